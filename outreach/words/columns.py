"""Which column of a plain table says what, in the languages of our users.

A header is compared after folding: case, accents, punctuation and camelCase do not matter. ``X name`` is the name of
X. Where a table has two account columns, the one that was *queried* is the customer (exporters write
``queryUsername`` or ``target_username``) and the one that was found is the resource.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ROLES", "Mapped", "choose_columns", "fold_header", "map_columns", "parse_columns"]

ROLES: Final = (
    "customer", "url", "handle", "resource", "name", "platform",
    "subscribers", "followed_at", "accepts_posts", "topic", "direction",
)  # fmt: skip
"""What a column can say. ``url``, ``handle``, ``resource`` and ``name`` together tell which resource."""

QUERIED: Final = """
    query; query username; query user; queried; queried username; queried account; target username; target account;
    username scrape; source username; source account; input username; input
"""
CUSTOMER: Final = """
    customer; customer id; customer name; client; client id; client name; buyer; buyer name; person; respondent;
    participant; member id; user; user id; user name; username; profile; profile name; follower; fan; subscriber;
    first name; last name; surname; family name; full name; who; lead; contact; e mail; email; mail; account;
    account name;
    клиент; имя клиента; фамилия; фамилия имя; фамилия и имя; имя и фамилия; прізвище; покупатель; заказчик;
    пользователь; пользователи; юзер; профиль; имя; фио; участник;
    подписчик; респондент; человек; кто; ид клиента; контакт; почта;
    πελατησ; ονομα πελατη; χρηστησ; προφιλ; ονοματεπωνυμο; επωνυμο; ονομα και επωνυμο; αγοραστησ; ακολουθοσ;
    klients; klienta vards; uzvards; vards uzvards; vards un uzvards; pircejs; lietotajs; profils; vards;
    respondents; sekotajs;
    հաճախորդ; օգտատեր; գնորդ; անուն; ազգանուն; անուն ազգանուն
"""
RESOURCE: Final = """
    resource; page; group; community; channel; public; subreddit; account followed; following; followed; followee;
    follows; likes; liked; like; subscription; subscribed to; blog; forum; place; where; site; website;
    organization; company; artist; server; guild; board; newsletter; podcast; event;
    resources; pages; groups; communities; channels; subreddits; subscriptions; blogs; forums; places; websites;
    ресурс; страница; группа; сообщество; канал; паблик; подписка; блог; сайт; площадка; источник; форум; медиа;
    link or name; link or a name; name or link; ссылка или название; название или ссылка; подписан на; подписана на;
    saite vai nosaukums; συνδεσμοσ η ονομα; հղում կամ անուն;
    на что подписан; на кого подписан; тг канал; телеграм канал;
    ресурсы; страницы; группы; сообщества; каналы; паблики; подписки; блоги; сайты; площадки; источники; форумы;
    тг каналы; телеграм каналы; σελιδεσ; ομαδεσ; κοινοτητεσ; καναλια; ιστοσελιδεσ; πηγεσ; ιστολογια; συνδρομεσ;
    lapas; grupas; kopienas; kanali; resursi; vietnes; avoti; blogi; forumi; abonementi;
    էջեր; խմբեր; համայնքներ; ալիքներ; կայքեր;
    σελιδα; ομαδα; κοινοτητα; καναλι; ιστοσελιδα; πηγη; ιστολογιο; συνδρομη;
    lapa; grupa; kopiena; kanals; resurss; vietne; avots; blogs; forums; abonements;
    էջ; խումբ; համայնք; ալիք; ռեսուրս; կայք
"""
URL: Final = """
    url; link; address; account address; web address; href; permalink; uri; profile url; profile link; page url;
    channel url;
    адрес; ссылка; урл; линк; адрес страницы; ссылка на страницу; ссылка на группу; ссылка на сообщество;
    ссылка на канал; адрес сообщества; адрес группы; адрес канала;
    συνδεσμοσ; διευθυνση; ηλεκτρονικη διευθυνση; saite; adrese; hipersaite; հղում; հասցե
"""
HANDLE: Final = """
    handle; screen name; nickname; nick; slug; short name; page username; channel username; group username; login;
    domain; did; ник; никнейм; короткое имя; короткий адрес; логин; юзернейм; ψευδωνυμο; segvards
"""
NAME: Final = """
    name; title; caption; display name; full name; resource title; label; название; наименование; имя страницы;
    заголовок; τιτλοσ; ονομα; ονομασια; nosaukums; virsraksts; անվանում; վերնագիր
"""
SUBSCRIBERS: Final = """
    subscribers; subscriber count; subscribers count; followers; follower count; followers count; members;
    member count; members count; size; audience; audience size; fans; fan count; readers; likes count; participants;
    participants count; stargazers count; number of subscribers; number of followers; number of members; total members;
    подписчики; подписчиков; число подписчиков; количество подписчиков; кол во подписчиков; участники; участников;
    число участников; количество участников; аудитория; читатели; размер; охват подписчиков;
    συνδρομητεσ; ακολουθοι; μελη; αριθμοσ μελων; αριθμοσ συνδρομητων; αριθμοσ ακολουθων; μεγεθοσ; κοινο;
    sekotaji; abonenti; dalibnieki; biedri; sekotaju skaits; abonentu skaits; dalibnieku skaits; lielums; auditorija;
    բաժանորդներ; հետեւորդներ; հետևորդներ; անդամներ
"""
PLATFORM: Final = """
    platform; network; social network; social media; service; site name; channel type; соцсеть; соц сеть;
    социальная сеть; платформа; сеть; сервис; площадка соцсеть;
    πλατφορμα; δικτυο; κοινωνικο δικτυο; platforma; socialais tikls; tikls; հարթակ; սոցցանց; ցանց
"""
FOLLOWED_AT: Final = """
    followed at; followed on; follow date; date followed; liked at; subscribed at; joined at; since; date; timestamp;
    time; added at; starred at; дата; дата подписки; когда; время; подписан с; ημερομηνια; απο; datums; kops; ամսաթիվ
"""
ACCEPTS: Final = """
    accepts posts; accepts guest posts; guest posts; accepts articles; accepts authors; third party authors;
    takes posts; берет посты; принимает посты; принимает статьи; гостевые посты; сторонние авторы; публикует авторов;
    δεχεται αρθρα; δεχεται αναρτησεισ; pienem rakstus; pienem ierakstus
"""
TOPIC: Final = """
    topic; topics; category; theme; subject; field; niche; genre; тема; тематика; категория; ниша; θεμα; κατηγορια;
    tema; kategorija; nozare; թեմա; կատեգորիա
"""
DIRECTION: Final = "relation; relationship; direction; list type; type; тип; связь"


def fold_header(header: str) -> str:
    """Return a header with everything removed that people write differently.

    Example:
        >>> fold_header("queryUsername"), fold_header("Page_URL "), fold_header("Συνδρομητές"), fold_header("Sekotāji")
        ('query username', 'page url', 'συνδρομητεσ', 'sekotaji')

    """
    spaced = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", header)
    return re.sub(r"[\W_]+", " ", fold(spaced)).strip()


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(fold_header(word) for word in text.split(";"))


VOCABULARY: Final[Mapping[str, frozenset[str]]] = {
    role: _folded_words(text)
    for role, text in (
        ("queried", QUERIED),
        ("customer", CUSTOMER),
        ("url", URL),
        ("handle", HANDLE),
        ("resource", RESOURCE),
        ("name", NAME),
        ("platform", PLATFORM),
        ("subscribers", SUBSCRIBERS),
        ("followed_at", FOLLOWED_AT),
        ("accepts_posts", ACCEPTS),
        ("topic", TOPIC),
        ("direction", DIRECTION),
    )
}


SCENES: Final = _folded_words("площадка; источник; source; site; place; πηγη; avots; vietne; աղբյուր; կայք")
"""What some call the resource and others, beside it, the platform."""

NAME_OF: Final = _folded_words("name; title; display name; название; имя; ονομα; τιτλοσ; nosaukums; անվանում")
URL_OF: Final = _folded_words("url; link; address; href; ссылка; адрес; συνδεσμοσ; διευθυνση; saite; adrese")
NAME_BEFORE: Final = _folded_words("name of; title of; название; имя; наименование; ονομα; τιτλοσ")
URL_BEFORE: Final = _folded_words("url of; link to; link of; address of; ссылка на; адрес; συνδεσμοσ; saite uz")


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column plays which role.

    Args:
        positions: Role to position, from 0.
        headers: The header texts, as written; None where the table has no header line.
        queried: Whether the customer column is an exporter's queried account.

    """

    positions: Mapping[str, int]
    headers: Sequence[str] | None
    queried: bool = False

    @property
    def complete(self) -> bool:
        """Whether the table tells who follows what."""
        return "customer" in self.positions and self.tells_resource

    @property
    def tells_resource(self) -> bool:
        """Whether the table tells what is followed."""
        return not {"url", "handle", "resource", "name"}.isdisjoint(self.positions)

    def said(self) -> str:
        """Return the mapping for the remark; only headers that were recognised are repeated.

        Example:
            >>> Mapped({"customer": 0, "resource": 2}, ["Client", "x", "Page"]).said()
            'customer = Client, resource = Page'

        """
        return ", ".join(
            f"{role} = {self.headers[position] if self.headers else f'column {position + 1}'}"
            for role, position in sorted(self.positions.items(), key=lambda item: ROLES.index(item[0]))
        )


def map_columns(headers: Sequence[str]) -> Mapped:
    """Recognise the columns of a table by their headers.

    Args:
        headers: Texts of the header line. Of two columns with one meaning the first counts.

    Returns:
        The mapping; ask it whether it is ``complete``.

    Example:
        >>> map_columns(["Клиент", "Сообщество", "Подписчики"]).said()
        'customer = Клиент, resource = Сообщество, subscribers = Подписчики'
        >>> map_columns(["queryUsername", "username", "fullName"]).said()
        'customer = queryUsername, handle = username, name = fullName'

    """
    texts = [fold_header(header) for header in headers]
    queried = _first(texts, VOCABULARY["queried"])
    roles: dict[str, int] = {}
    if queried is not None:
        roles["customer"] = queried
        _claim(roles, "direction", texts, VOCABULARY["direction"])
        _claim(roles, "handle", texts, VOCABULARY["handle"] | {"username", "user name", "user", "account"})
    _claim(roles, "platform", texts, VOCABULARY["platform"])
    if any(text in VOCABULARY["resource"] - SCENES for text in texts):  # "площадка, сообщество": the first is wider
        _claim(roles, "platform", texts, SCENES)
    _claim(roles, "subscribers", texts, VOCABULARY["subscribers"])
    if queried is None:
        _claim(roles, "customer", texts, VOCABULARY["customer"] - {"full name"})
    _claim(roles, "url", texts, VOCABULARY["url"] | _about_resource(texts, URL_OF, URL_BEFORE))
    _claim(roles, "name", texts, _about_resource(texts, NAME_OF, NAME_BEFORE))
    _claim(roles, "handle", texts, VOCABULARY["handle"])
    _claim(roles, "resource", texts, VOCABULARY["resource"])
    _claim(roles, "customer", texts, {"name", "full name", "ονομα"})  # "name, page": then the name is the person's
    _claim(roles, "name", texts, VOCABULARY["name"])
    for role in ("followed_at", "accepts_posts", "topic"):
        _claim(roles, role, texts, VOCABULARY[role])
    return Mapped(roles, list(headers), queried=queried is not None)


def _about_resource(texts: Sequence[str], behind: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """Return the headers that say "X name" or "name of X" for a resource X."""
    nouns = VOCABULARY["resource"]
    return frozenset(
        text
        for text in texts
        for at in (place for place, sign in enumerate(text) if sign == " ")
        if (text[:at] in nouns and text[at + 1 :] in behind) or (text[:at] in before and text[at + 1 :] in nouns)
    )


def _first(texts: Sequence[str], words: frozenset[str] | set[str]) -> int | None:
    return next((position for position, text in enumerate(texts) if text in words), None)


def _claim(roles: dict[str, int], role: str, texts: Sequence[str], words: frozenset[str] | set[str]) -> None:
    """Give a role to the first column that bears its name and has no role yet."""
    if role in roles:
        return
    taken = set(roles.values())
    position = next((i for i, text in enumerate(texts) if text in words and i not in taken), None)
    if position is not None:
        roles[role] = position


def parse_columns(text: str) -> dict[str, str]:
    """Parse what ``--columns`` takes: ``customer=A,resource=B``.

    Raises:
        OptionError: A part is not ``role=column``, or the role is unknown.

    Example:
        >>> parse_columns("customer=Who, resource=Where do you read?")
        {'customer': 'Who', 'resource': 'Where do you read?'}

    """
    chosen: dict[str, str] = {}
    for part in text.split(","):
        role, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or role not in ROLES:
            raise OptionError(
                "--columns: write role=column pairs with commas between",
                hint=f"for example customer=Client,resource=Page; roles: {', '.join(ROLES)}",
            )
        chosen[role] = column
    return chosen


def choose_columns(headers: Sequence[str], chosen: Mapping[str, str], label: str) -> Mapped:
    """Map the columns that the user named, by header or by number from 1; the others by their headers.

    Raises:
        InputError: A named column is not in the table.

    """
    texts = [fold_header(header) for header in headers]
    forced: dict[str, int] = {}
    for role, column in chosen.items():
        if column in headers:
            forced[role] = list(headers).index(column)
        elif fold_header(column) in texts:
            forced[role] = texts.index(fold_header(column))
        elif column.isdecimal() and 1 <= int(column) <= len(headers):
            forced[role] = int(column) - 1
        else:
            raise InputError(
                f"{label}: --columns names a {role} column that the table does not have",
                hint="write the header as it stands in the file, or the column's number from 1",
            )
    guessed = map_columns(headers)
    taken = set(forced.values())
    address = {"url", "handle", "resource", "name"}
    rest = {
        role: position
        for role, position in guessed.positions.items()
        if role not in forced and position not in taken and not (role in address and address & set(forced))
    }
    numbers_only = all(column.isdecimal() and column not in headers for column in chosen.values())
    return Mapped(
        forced if numbers_only else {**rest, **forced},
        None if numbers_only else list(headers),
        queried="customer" not in forced and guessed.queried,
    )
