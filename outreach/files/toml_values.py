"""Values of TOML files that people write; each function returns one as it is kept, or says what is wrong with it."""

from __future__ import annotations

import re
from typing import Final

from outreach.errors import InputError
from outreach.words.vocabulary import meanings_of

__all__ = ["flag", "language", "market", "name", "text"]

LONGEST_NAME: Final = 300
LONGEST: Final = 20_000

NO_LANGUAGES: Final = {"gr": "el", "am": "hy", "arm": "hy", "lat": "lv", "rus": "ru", "eng": "en"}

_CODE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*").fullmatch
_COUNTRY: Final = re.compile(r"[A-Z]{2}").fullmatch
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def text(value: object, longest: int = LONGEST) -> str:
    r"""Return one text, without white space around it and at the ends of its lines.

    Example:
        >>> text("  One line. \nAnother one.  ")
        'One line.\nAnother one.'

    """
    if not isinstance(value, str):
        raise InputError("it must be a text in quotes", hint='write it as "…"')
    if _CONTROL.search(value):
        raise InputError("a backslash in it means an invisible character", hint="write \\\\ for a backslash")
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


def flag(value: object) -> bool:
    """Return yes or no."""
    if not isinstance(value, bool):
        raise InputError("it must be true or false", hint="without quotes, in lower case")
    return value


def language(value: object) -> str:
    """Return the code of a language.

    Example:
        >>> language("RU"), language("Latviešu"), language("pt_BR")
        ('ru', 'lv', 'pt-br')

    """
    word = text(value).casefold()
    code = meanings_of("languages").get(word, word.replace("_", "-"))
    if code in NO_LANGUAGES:
        raise InputError(f"this is not the code of a language; do you mean {NO_LANGUAGES[code]}?")
    if code and not _CODE(code):
        raise InputError("it must be a code of two or three letters", hint="en, ru, el, lv, hy or another one")
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
        raise InputError("it must be a code of two letters", hint="RU, GR, LV, AM, EU, US or another one")
    return code
