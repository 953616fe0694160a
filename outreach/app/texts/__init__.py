"""The texts of the pages in the languages of their readers: a file a language, all with the same names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from outreach.messages import LANGUAGES, day_in, describe, filled, full_sentence, has_sentence, number_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from outreach.messages import Message, Value

__all__ = ["Texts", "names_of_languages", "texts_in", "wanted_language"]


class Texts:
    """The texts of one language; called with a name and the values that the text names.

    Args:
        language: Its code.

    Example:
        >>> Texts("en")("lists.customer", number=3), Texts("ru")("lists.customer", number=3)
        ('Customer 3', 'Клиент 3')

    """

    def __init__(self, language: str) -> None:
        self.language: Final = language

    def __call__(self, name: str, /, **values: Value) -> str:
        """Return a text with its values."""
        return filled(_texts(self.language)[name], values, self.language)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as the language writes it."""
        return number_in(value, self.language, decimals)

    def day(self, value: date) -> str:
        """Return a day as the language writes it.

        Example:
            >>> from datetime import date
            >>> [Texts(one).day(date(2026, 11, 5)) for one in ("en", "el", "lv")]
            ['05 Nov 2026', '05/11/2026', '05.11.2026.']

        """
        return day_in(value, self.language)

    def message(self, message: Message) -> tuple[str, str]:
        """Return the sentence of a message, and its language: English where there is none in this one."""
        language = self.language if has_sentence(message, self.language) else "en"
        return describe(message, language), language

    def sentence(self, message: Message) -> tuple[str, str]:
        """Return the sentence of a message with its full stop, and its language."""
        language = self.language if has_sentence(message, self.language) else "en"
        return full_sentence(message, language), language

    def has(self, name: str) -> bool:
        """Return whether there is a text of this name."""
        return name in _texts(self.language)


@cache
def names_of_languages() -> Mapping[str, str]:
    """Return what each language calls itself, by its code.

    Example:
        >>> names_of_languages()["lv"]
        'Latviešu'

    """
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


@cache
def texts_in(language: str) -> Texts:
    """Return the texts of a language, one of ``messages.LANGUAGES``."""
    return Texts(language)


@cache
def _texts(language: str) -> Mapping[str, str]:
    """Return every text by its name, ``page.name``."""
    tables = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf-8"))
    return {f"{page}.{name}": text for page, texts in tables.items() for name, text in texts.items()}


def wanted_language(accepted: str) -> str:
    """Return the first of our languages that a browser asks for, English without one.

    Example:
        >>> wanted_language("de-AT,de;q=0.9,ru-RU;q=0.8,en;q=0.7"), wanted_language("*")
        ('ru', 'en')

    """
    asked = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))
    return next((one for one in asked if one in LANGUAGES), "en")
