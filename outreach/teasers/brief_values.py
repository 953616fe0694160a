"""What the values of a brief may be; each function returns one as it is kept, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from outreach.errors import InputError
from outreach.teasers.brief import MOST_VARIANTS
from outreach.words.vocabulary import meanings_of

__all__ = ["address", "flag", "hashtags", "language", "limit", "link_place", "market", "name", "path", "text", "texts"]

LINK_PLACES: Final = ("text", "comment", "button", "bio", "sticker")
LONGEST_POST: Final = 10**6  # characters: no network takes more
LONGEST_NAME: Final = 300
LONGEST: Final = 20_000

NO_LANGUAGES: Final = {"gr": "el", "am": "hy", "arm": "hy", "lat": "lv", "rus": "ru", "eng": "en"}

_CODE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*").fullmatch
_COUNTRY: Final = re.compile(r"[A-Z]{2}").fullmatch
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TAG: Final = re.compile(r"\w*[^\W\d_]\w*").fullmatch
_BETWEEN: Final = re.compile(r"[\s\-‐-―]+")


def text(value: object, longest: int = LONGEST) -> str:
    r"""Return one text, without white space around it and at the ends of its lines.

    Example:
        >>> text("  One line. \nAnother one.  ")
        'One line.\nAnother one.'

    """
    if not isinstance(value, str):
        raise InputError("a text in quotes is meant", hint='write it as "…"')
    if _CONTROL.search(value):
        raise InputError("a backslash in it stands for a character that nobody sees", hint="write \\\\ for a backslash")
    tidy = "\n".join(line.rstrip() for line in value.strip().split("\n"))
    if len(tidy) > longest:
        raise InputError(f"longer than {longest} characters")
    return tidy


def name(value: object) -> str:
    r"""Return a text of one line.

    Example:
        >>> name("Spring\n 2026")
        'Spring 2026'

    """
    return " ".join(text(value, LONGEST_NAME).split())


def texts(value: object) -> tuple[str, ...]:
    """Return one text or several, none of them empty; of an optional name an empty text is none.

    Example:
        >>> texts("Late?"), texts(["Late?", "Lost?"])
        (('Late?',), ('Late?', 'Lost?'))

    """
    several = [text(one) for one in value] if isinstance(value, list) else [text(value)]
    if not isinstance(value, list) and not several[0]:
        return ()
    if not several or not all(several):
        raise InputError("an empty text stands in this list" if several else "this list is empty")
    if len(several) > MOST_VARIANTS:
        raise InputError(f"more than {MOST_VARIANTS} variants")
    return tuple(several)


def address(value: object) -> str:
    """Return the address of a page."""
    from outreach.teasers.addresses import cut

    url = text(value)
    if url:
        cut(url)
    return url


def path(value: object) -> str:
    r"""Return the path or the address of a picture.

    Example:
        >>> path("pictures/plan.png")
        'pictures/plan.png'

    """
    if isinstance(value, str) and re.search(r"[\t\n\r\f\x08\x1b]", value):  # "C:\new\team.png" holds no backslash now
        raise InputError(
            "a backslash in it was read as a line break or a tab",
            hint="write the path with / (\"C:/new/pic.png\"), or in single quotes ('C:\\new\\pic.png')",
        )
    return text(value)


def flag(value: object) -> bool:
    """Return yes or no."""
    if not isinstance(value, bool):
        raise InputError("true or false is meant", hint="without quotes, in small letters")
    return value


def limit(value: object) -> int:
    """Return the longest post that a place takes.

    Raises:
        InputError: It is no whole number above 0.

    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < LONGEST_POST:
        raise InputError("a whole number of characters above 0, without quotes")
    return value


def hashtags(value: object) -> tuple[str, ...]:
    """Return words without their sign, each once; what would end a hashtag becomes an underscore.

    Example:
        >>> hashtags(["#SMM", "content marketing", "smm"]), hashtags("#рига #контент-план")
        (('SMM', 'content_marketing'), ('рига', 'контент_план'))

    """
    several = value if isinstance(value, list) else re.split(r"[\s,;]+", text(value))
    found: dict[str, str] = {}
    for one in several:
        word = _BETWEEN.sub("_", unicodedata.normalize("NFC", text(one)).lstrip("#＃").strip())
        if word and not _TAG(word):
            raise InputError("a hashtag has letters, digits and _ only, and one letter at least")
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def language(value: object) -> str:
    """Return the code of a language.

    Example:
        >>> language("RU"), language("Latviešu"), language("pt_BR")
        ('ru', 'lv', 'pt-br')

    """
    word = text(value).casefold()
    code = meanings_of("languages").get(word, word.replace("_", "-"))
    if code in NO_LANGUAGES:
        raise InputError(f"this is no code of a language; is {NO_LANGUAGES[code]} meant?")
    if code and not _CODE(code):
        raise InputError("a code of two or three letters is meant", hint="en, ru, el, lv, hy or another one")
    return code or "en"


def market(value: object) -> str:
    """Return the code of a country, or EU; empty for none.

    Example:
        >>> market("ru"), market("Ελλάδα"), market("")
        ('RU', 'GR', '')

    """
    word = text(value).casefold()
    code = meanings_of("markets").get(word, word.upper())
    if code and not _COUNTRY(code):
        raise InputError("a code of two letters is meant", hint="RU, GR, LV, AM, EU, US or another one")
    return code


def link_place(value: object) -> str:
    """Return where the link stands; empty for where the platform has it."""
    word = text(value).casefold()
    if word and word not in LINK_PLACES:
        raise InputError("none of the places for a link", hint=f"known: {', '.join(LINK_PLACES)}")
    return word
