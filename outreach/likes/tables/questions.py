"""What the columns of a survey are: a question about resources, who answers, when; the rest is none of our business."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from outreach.keys import platform_named
from outreach.words.columns import VOCABULARY, fold_header

__all__ = [
    "Question",
    "asks",
    "asks_elsewhere",
    "platforms_in",
    "tells_mail",
    "tells_name",
    "tells_phone",
    "tells_time",
]

NOUNS: Final = """
    channel group communit blog author page publics account podcast newsletter forum website site influencer creator
    media publication resource subreddit source magazine server
    канал групп сообществ блог автор страниц паблик аккаунт подкаст рассылк форум сайт медиа инфлюенсер ресурс издани
    журнал источник спільнот сторінк груп видань джерел чат
    καναλ ομαδ κοινοτητ ιστολογ σελιδ συγγραφ λογαριασμ ιστοσελιδ ιστοτοπ φορουμ μεσα δημιουργ πηγ περιοδικ
    kanal grup kopien autor lap kont podkast viet majaslap medij avot zurnal
    ալիք խումբ խմբ համայնք բլոգ հեղինակ էջ հաշիվ կայք ֆորում մեդիա ամսագ
"""
VERBS: Final = """
    read follow subscrib watch visit listen join belong member
    чита подписа смотр след слуша посеща состо сидите листа участв підпис дивит стеж слуха
    διαβαζ ακολουθ παρακολουθ βλεπ εγγεγραμμ συνδρομητ επισκεπ ακου
    las seko abone skat klaus apmekl
    կարդ հետեւ բաժանորդագր դիտ լս այցել
"""
OTHER_QUESTIONS: Final = """
    how why when сколько как почему зачем когда откуда насколько скільки як чому звідки ποσο ποσα ποσεσ ποσοι πωσ γιατι
    ποτε cik ka kapec kad որքան քանի ինչպես ինչու երբ
"""
OWN_ACCOUNT: Final = """
    username nick nickname handle login contact ник никнейм юзернейм логин контакт контакта связи связаться нік логін
    ψευδωνυμο επικοινωνια lietotajvards segvards sazina kontakts մականուն կապ
"""
ELSEWHERE: Final = """
    where else; what else; who else; anything else; any others; any other; other places; где еще; что еще; кого еще;
    куда еще; какие еще; что нибудь еще; другие; де ще; що ще; кого ще; які ще; που αλλου; τι αλλο; ποιον αλλον;
    ποιουσ αλλουσ; αλλα; kur vel; ko vel; kas vel; kadus vel; citur; ուրիշ որտեղ; էլ որտեղ; որտեղ էլ; ուրիշ ինչ; էլ ինչ;
    ինչ էլ; ուրիշ ում
"""
OF_ONESELF: Final = """
    your my own ваш ваша ваше ваши вашей вашего вашу твой свой свою мой ваші твій ваше σασ σου μου jusu tavs tavu savu
    mans ձեր քո իմ
"""
MAILS: Final = """
    email; e mail; mail; mail address; почта; почты; почте; имейл; емейл; мейл; пошта; пошти; ηλεκτρονικο ταχυδρομειο;
    ηλεκτρονικου ταχυδρομειου; διευθυνση email; e pasts; epasts; e pasta; epasta; էլ փոստ; էլփոստ; էլեկտրոնային փոստ
"""
NAMES: Final = """
    name; your name; what is your name; what s your name; имя и фамилия; ваше имя; как вас зовут; имя фамилия; ваші імя;
    ваше ім я; ім я; як вас звати; прізвище; ονομα; το ονομα σασ; ονομα και επωνυμο; ονοματεπωνυμο; πωσ σασ λενε; vards;
    jusu vards; vards uzvards; vards un uzvards; ka jus sauc; անուն; ձեր անունը; անուն ազգանուն; անունը;
    որն է ձեր անունը
"""
TIMES: Final = """
    timestamp; time stamp; submitted at; submit date; submit date utc; start date; start date utc; submission date;
    submission time; completion time; start time; end time; recorded date; date submitted; id; response id; network id;
    submission id; respondent id; отметка времени; дата и время; время создания; время изменения; время ответа;
    дата ответа; дата заполнения; дата создания; позначка часу; χρονικη σημανση; σφραγιδα χρονου; ημερομηνια υποβολησ;
    laika zimogs; laikspiedols; iesniegsanas laiks; ժամանակի դրոշմ; ժամանակի կնիք; ժամադրոշմ; ժամանակ
"""
PHONES: Final = """
    phone; mobile; telephone; phone number; whatsapp number; телефон; номер телефона; моб телефон; мобильный; τηλεφωνο;
    κινητο; talrunis; telefons; talruna numurs; հեռախոս; հեռախոսահամար
"""
AMBIGUOUS: Final = frozenset({"web", "other"})  # a site is no network
PLAIN_WORDS: Final = frozenset({"medium", "threads", "meetup", "slack", "x", "ok"})  # mean other things in a sentence
SHORT: Final = frozenset({"vk", "вк", "tg", "тг", "тгк", "fb", "фб", "yt"})
ENDINGS: Final = re.compile("(?:ом|ах|ов|[аеуыиі])$|(?:os|us|[aāuēs])$|(?:ում|ից|ի)$")
MARKED: Final = re.compile(r"[(\[«\"“]\s*([^()\[\]«»\"“”]{1,24})\s*[)\]»\"”]")
WORD: Final = re.compile(r"[^\W_]+")
LONGEST_QUESTION: Final = 400


def _texts(words: str) -> frozenset[str]:
    return frozenset(fold_header(word) for word in words.split(";"))


MAIL_TEXTS, NAME_TEXTS, TIME_TEXTS, PHONE_TEXTS = map(_texts, (MAILS, NAMES, TIMES, PHONES))
NOUN_STEMS: Final = tuple(fold_header(word) for word in NOUNS.split())
VERB_STEMS: Final = tuple(fold_header(word) for word in VERBS.split())
OTHER_WORDS: Final = frozenset(map(fold_header, OTHER_QUESTIONS.split()))
OWN_WORDS: Final = frozenset(map(fold_header, OWN_ACCOUNT.split()))
SELF_WORDS: Final = OWN_WORDS | frozenset(map(fold_header, OF_ONESELF.split()))
ELSEWHERE_TEXTS: Final = tuple(_texts(ELSEWHERE))
QUESTION_SIGNS: Final = ("?", ";", "\u037e", "՞")


class Question(NamedTuple):
    """A question about resources; ``bare`` is one that consists of a platform's name."""

    platform: str | None
    bare: bool


def asks(header: str) -> Question | None:
    """Return what a header asks about resources; None where it asks something else.

    Example:
        >>> asks("Which Telegram channels do you read?"), asks("Какие группы ВКонтакте вы читаете?").platform
        (Question(platform='telegram', bare=False), 'vk')
        >>> asks("VK"), asks("Ποια blogs διαβάζετε;"), asks("How satisfied are you?"), asks("Ваш ник в Telegram")
        (Question(platform='vk', bare=True), Question(platform=None, bare=False), None, None)

    """
    text = header.strip(" \t\n:?*.;")
    if not text or len(header) > LONGEST_QUESTION:
        return None
    if whole := platform_named(text):
        return Question(None if whole == "other" else whole, bare=True)
    words = fold_header(text).split()
    if not words or words[0] in OTHER_WORDS or not OWN_WORDS.isdisjoint(words):
        return None
    noun, verb = (any(word.startswith(stems) for word in words) for stems in (NOUN_STEMS, VERB_STEMS))
    platforms = platforms_in(text)
    if not (noun or verb) or not (platforms or (noun and verb)):
        return None
    return Question(platforms.pop() if len(platforms) == 1 else None, bare=False)


def asks_elsewhere(header: str) -> bool:
    """Return whether a header may ask about places without naming any kind: the answers have to tell.

    Questions about whoever answers ("Your profile?") do not.

    Example:
        >>> [asks_elsewhere(header) for header in ("Где ещё?", "Kur vēl", "Πού αλλού;", "Ուրիշ որտեղ՞", "Favourites?")]
        [True, True, True, True, True]
        >>> [asks_elsewhere(header) for header in ("Link to your profile?", "Age", "How did you find us?", "Website")]
        [False, False, False, False]

    """
    words = fold_header(header).split()
    if not words or len(header) > LONGEST_QUESTION or not SELF_WORDS.isdisjoint(words) or words[0] in OTHER_WORDS:
        return False
    asked = any(sign in header for sign in QUESTION_SIGNS)
    return asked or f"{' '.join(words)} ".startswith(tuple(f"{text} " for text in ELSEWHERE_TEXTS))


def tells_mail(header: str) -> bool:
    """Return whether a column holds e-mail addresses.

    Example:
        >>> [tells_mail(header) for header in ("E-mail", "Адрес электронной почты", "Διεύθυνση email", "Mailing list")]
        [True, True, True, False]

    """
    text = f" {fold_header(header)} "
    return len(text.split()) <= 6 and any(f" {mail} " in text for mail in MAIL_TEXTS)


def tells_name(header: str) -> bool:
    """Return whether a column holds the names of those who answer."""
    text = fold_header(header)
    return text in NAME_TEXTS or text in VOCABULARY["customer"]


def tells_time(header: str) -> bool:
    """Return whether a column holds the time or the number of the answer."""
    return header.strip() == "#" or fold_header(header) in TIME_TEXTS


def tells_phone(header: str) -> bool:
    """Return whether a column holds telephone numbers: then it is a list of contacts."""
    return fold_header(header) in PHONE_TEXTS


def platforms_in(text: str) -> set[str]:
    """Return the platforms that a sentence names; words that can mean something else only in brackets or quotes."""
    found = {platform for mark in MARKED.finditer(text) if (platform := platform_named(mark[1]))}
    words = WORD.findall(text)
    taken: set[int] = set()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            places = set(range(at, at + size))
            if places & taken:
                continue
            platform = _platform_of(words[at : at + size])
            if platform is not None:
                found.add(platform)
                taken |= places
    return found - AMBIGUOUS


def _platform_of(words: list[str]) -> str | None:
    """Return the platform that some words of a sentence mean."""
    text = " ".join(words)
    short = text.casefold() in SHORT
    if not short and (len(text) < 4 or any(word.casefold() in PLAIN_WORDS for word in words)):
        return None
    if len(words) > 1 and any(fold_header(word).startswith(NOUN_STEMS) for word in words):
        return None  # "Telegram channels": the word alone tells it
    platform = platform_named(text)
    if platform is None and len(words) == 1:
        stem = ENDINGS.sub("", text)
        if len(stem) >= 4 and stem.casefold() not in PLAIN_WORDS:
            platform = platform_named(stem) or platform_named(f"{stem}а")
    return platform
