"""What stands around the data of a table: names of files, tabs and folders, and rows above the header line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.keys import platform_named
from outreach.likes.tables.cells import is_unnamed_customer
from outreach.words.columns import VOCABULARY, fold_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head

__all__ = [
    "RESOURCE_ROLES", "TITLE_ROWS", "blank", "cell_at", "customer_of_titles", "either", "is_role", "may_be_handle",
    "platform_of_titles", "tells_followers", "top_rows", "whose",
]  # fmt: skip

TITLE_ROWS: Final = 20
"""So many rows, blank ones not counted, may stand above the header line."""

RESOURCE_ROLES: Final = ("url", "handle", "resource", "name")

GENERIC: Final = """
    like likes liked follow follows following followings followed follower followers subscription subscriptions
    subscribed subscribe subs list lists listing data dataset table tables export exports exported import output out
    result results report customer customers client clients people person persons users user audience sheet sheets
    book workbook tab page pages group groups channel channels community communities public publics resource
    resources link links url urls address addresses account accounts profile profiles file files new old final draft
    text texts
    copy of my the and all full test sample example template temp tmp untitled unnamed stdin csv tsv txt xls xlsx
    ods tab json utf utf8 download downloads desktop documents survey form forms response responses answers answer
    questionnaire matrix pasted paste columns column who where from for to in on by with what they read places media
    note notes chat chats dialog dialogs message messages favorites favourites
    social network networks sources source collected collect scraper scraped
    parser parsed marketing project work
    home document
    лайки лайк подписка подписки подписок подписчик подписчики подписан подписаны подписался список списки данные
    таблица таблицы экспорт выгрузка выгрузки импорт результат результаты отчет отчёт клиент клиенты клиентов
    покупатели люди пользователи аудитория лист листы книга вкладка страница страницы группа группы групп канал
    каналы каналов сообщество сообщества сообществ паблик паблики ресурс ресурсы площадки ссылка ссылки адрес адреса
    аккаунты профили файл файлы новый новая новые старый копия мой мои моя все всё тест образец пример шаблон
    безымянный загрузки документы рабочий стол анкета анкеты опрос форма формы ответ ответы на по для из и в с кто
    что где читают читает парсер парсинг собрано соцсети сети интересы медиа матрица
    заметка заметки записи чат чаты диалоги избранное документ текстовый переписка сообщения
    αντίγραφο λίστα λίστες δεδομένα πίνακας πίνακες εξαγωγή αποτελέσματα πελάτης πελάτες πελατών άνθρωποι χρήστες
    φύλλο φύλλα βιβλίο σελίδα σελίδες ομάδα ομάδες κανάλι κανάλια κοινότητες πηγές σύνδεσμοι διευθύνσεις λογαριασμοί
    αρχείο νέο συνδρομές συνδρομή ακολουθεί ακολουθούν ακόλουθοι έρευνα ερωτηματολόγιο φόρμα απαντήσεις δείγμα
    παράδειγμα σημειώσεις συνομιλία λήψεις τα των το η ο και έγγραφα
    kopija saraksts saraksti dati tabula tabulas eksports rezultāti klients klienti klientu cilvēki lietotāji lapa
    lapas lapu grāmata grupa grupas kanāls kanāli kopienas avoti saites saite adreses konti profili fails faili
    jauns jauna abonementi abonēti abonē seko sekotāji sekošana aptauja anketa forma atbildes paraugs piemērs
    piezīmes tērzēšana sarakste lejupielādes dokumenti un no ko kas visi mani
    պատճեն ցուցակ ցուցակներ տվյալներ աղյուսակ արտահանում արդյունքներ հաճախորդ հաճախորդներ մարդիկ օգտատերեր թերթ
    թերթիկ գիրք էջ էջեր խումբ խմբեր ալիք ալիքներ համայնքներ աղբյուրներ հղումներ հղում հասցեներ ֆայլ նոր
    բաժանորդագրություններ հետևում բաժանորդներ հարցում հարցաթերթ ձև պատասխաններ նմուշ օրինակ ներբեռնումներ փաստաթղթեր
    նշումներ զրույց եւ և
"""
ALSO_WORDS: Final = frozenset({"web", "other", "medium", "ok", "x", "meetup", "slack", "threads"})  # words too
FOLLOWERS: Final = frozenset({"followers", "подписчики", "ακολουθοι", "sekotaji", "հետեւորդներ", "հետևորդներ"})
FOLLOWED: Final = frozenset(
    {"following", "followings", "follows", "подписки", "ακολουθει", "seko", "abonementi", "հետեւում", "հետևում"}
)
HANDLE: Final = re.compile(r"(?![A-Z][a-z]+$)[A-Za-z0-9._-]{3,}")
WORD: Final = re.compile(r"[^\W_]+")
CUT_AFTER: Final = " _-–—([{,;:+&|/·."
CUT_BEFORE: Final = " _-–—)]},;:+&|/·."
PERSONS: Final = frozenset({"name", "full name", "username", "user name", "user", "profile", "account", "account name"})
FOUND_ACCOUNT: Final = PERSONS | {"имя", "профиль", "пользователь", "ονομα", "χρηστησ", "προφιλ", "vards", "անուն"}


def _bare(word: str) -> str:
    return fold_header(word).strip("0123456789 ")


GENERIC_WORDS: Final = frozenset(fold_header(word) for word in GENERIC.split())


@lru_cache(maxsize=1024)
def _is_noise(word: str) -> bool:
    """Whether a word of a title tells nobody's name."""
    return _bare(word) in GENERIC_WORDS or (len(word) > 1 and platform_named(word) is not None)


def customer_of_titles(titles: Sequence[str]) -> str | None:
    """Return the nearest name of a tab, file or folder that can be a customer's label; None where there is none.

    Names of platforms and words such as "subscriptions" or "лист" are no label, and are cut off one.

    Example:
        >>> customer_of_titles(["Telegram", "Анна К. подписки"]), customer_of_titles(["Лист1", "follows", "Customer 3"])
        ('Анна К.', 'Customer 3')
        >>> customer_of_titles(["Sheet1", "export 2026-05-01", "Downloads"]) is None
        True

    """
    return next((label for title in titles if (label := _label(title.strip()))), None)


def _label(title: str) -> str | None:
    if is_unnamed_customer(title):
        return title
    if platform_named(title) is not None:
        return None
    found = [word for word in WORD.finditer(title) if not word[0].isdecimal()]
    long = [word for word in found if len(word[0]) > 1]
    telling = [word for word in long if not _is_noise(word[0])]
    if not telling:
        return title[found[-1].start() :] if found and len(found[-1][0]) == 1 else None  # "Client A"
    before = [word for word in long if word.end() <= telling[0].start()]
    after = [word for word in long if word.start() >= telling[-1].end()]
    label = title[before[-1].end() if before else 0 : after[0].start() if after else len(title)]
    label = label.lstrip(CUT_BEFORE) if before else label
    if after:
        cut = label.rstrip(CUT_AFTER)
        initial = label[len(cut) : len(cut) + 1] == "." and re.search(r"(?:^|\W)\w$", cut)
        label = f"{cut}." if initial else cut
    return label.strip() or None


def platform_of_titles(titles: Sequence[str]) -> str | None:
    """Return the platform that the nearest name of a tab, file or folder tells; None where none does.

    Example:
        >>> platform_of_titles(["Подписки ВКонтакте"]), platform_of_titles(["Sheet1", "anna_telegram"])
        ('vk', 'telegram')
        >>> platform_of_titles(["Other"]), platform_of_titles(["other customers", "final ok"])
        ('other', None)

    """
    return next((platform for title in titles if (platform := _platform(title.strip()))), None)


def _platform(title: str) -> str | None:
    if (platform := platform_named(title)) is not None:
        return platform
    words = {platform_named(word) for word in WORD.findall(title) if len(word) > 1}
    told = words - ALSO_WORDS - {None}
    return told.pop() if len(told) == 1 else None


def tells_followers(title: str) -> bool:
    """Return whether a file's name says that people who follow the account are in it.

    Example:
        >>> [tells_followers(title) for title in ("anna followers", "подписчики", "anna following", "Анна")]
        [True, True, False, False]

    """
    words = set(fold_header(title).split())
    return not words.isdisjoint(FOLLOWERS) and words.isdisjoint(FOLLOWED)


def may_be_handle(text: str) -> bool:
    """Return whether a text can be a handle without its ``@``; a first name with a capital is rather a name.

    Example:
        >>> [may_be_handle(text) for text in ("riga_news", "rigasmammas", "RigaNews", "Ilze", "Anna K.", "Žurnāls")]
        [True, True, True, False, False, False]

    """
    return HANDLE.fullmatch(text) is not None and not is_unnamed_customer(text)


def whose(head: Head) -> str | None:
    """Return the customer whom the names around a table tell, or whom the user named; None where none does."""
    if head.customer is not None:
        return head.customer
    if head.customer_is == "column":
        return None
    if head.customer_is is not None:
        return head.title_of(head.customer_is)
    return customer_of_titles(head.titles)


def either(label: str) -> InputError:
    """Return the refusal of a list whose first line may be a customer as well as a place."""
    return InputError(
        f"{label}: nothing tells whether the first line is a customer or a place",
        hint='a customer\'s name ends with a colon ("Anna:"); where all are of one customer, give a place its address, '
        "and name the file or its folder after the customer",
    )


def blank(cells: Sequence[str]) -> bool:
    """Return whether a row holds nothing but white space."""
    return not any(cells) or not any(cell.strip() for cell in cells)


def cell_at(cells: Sequence[str], position: int) -> str:
    """Return a cell without white space around it; empty beyond the end of the row."""
    return cells[position].strip() if position < len(cells) else ""


def top_rows(head: Head) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Yield the rows that can be the header line, each with the rows below it that are not blank."""
    rows = [row for row in head.rows if not blank(row[1])]
    for at, row in enumerate(rows[:TITLE_ROWS]):
        yield row, rows[at + 1 :]


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Return whether a header is a known one, whatever it says.

    Example:
        >>> is_role("Подписчики"), is_role("Анна")
        (True, False)

    """
    header = fold_header(text)
    return any(header in known for known in VOCABULARY.values())
