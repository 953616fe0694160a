"""The page's own texts, in the reader's language, with numbers as it writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.messages import day_in, describe, filled, full_sentence, number_in
from outreach.reporting.words import plain
from outreach.tables import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from outreach.messages import Message, Value

__all__ = ["Wording"]

MOST_NAMED = 5
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of a page.

    Args:
        words: By name, as ``words.toml`` of the templates has them.
        language: One of ``messages.LANGUAGES``.

    """

    words: Mapping[str, str]
    language: str

    def text(self, name: str, /, **values: Value) -> str:
        """Return a text with its values."""
        return filled(self.words[name], values, self.language)

    def sentence(self, message: Message) -> str:
        """Return the sentence of a message; names in it change nothing around them."""
        return UNSAFE.sub("", full_sentence(message, self.language)).replace(" %", "\N{NO-BREAK SPACE}%")

    def said(self, message: Message) -> str:
        """Return the sentence of a message, without a full stop."""
        return describe(message, self.language)

    def day(self, day: date) -> str:
        """Return a day."""
        return day_in(day, self.language)

    def month(self, day: date) -> str:
        """Return the name of a day's month."""
        return self.words[f"month_{day.month}"]

    def number(self, number: float) -> str:
        """Return a number, cents only where there are any."""
        return number_in(number, self.language, 0 if number == int(number) else 2)

    def money(self, amount: float, currency: str) -> str:
        """Return a sum."""
        return f"{self.number(round(amount, 2))} {currency}".strip()

    def names(self, names: Iterable[str]) -> str:
        """Return names of places with commas between, and how many more there are."""
        some = [one if len(one) <= LONGEST_NAME else f"{one[: LONGEST_NAME - 1]}…" for one in map(plain, names)]
        more = [f"+ {len(some) - MOST_NAMED}"] if len(some) > MOST_NAMED else []
        return ", ".join([*some[:MOST_NAMED], *more])
