"""The rules of plans in Python: what is done to cells, and what is wrong with a row.

``expressions.py`` has those that the engine applies; a property test holds both to the same rows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from outreach.likes.plan import ADDRESS_CELLS, Fault, Kind
from outreach.words.cells import TOTAL_WORDS
from outreach.words.vocabulary import keys_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.likes.plan import Fit, ReadPlan

__all__ = [
    "ERROR", "FOLLOWERS", "NUMBER", "PERSONS", "SIGN", "WHOLE_ADDRESS", "RowRules", "is_askew", "is_error", "platforms",
    "tidy",
]  # fmt: skip

ERROR: Final = r"#(?:N/A|Н/Д|Δ/Υ|[A-ZА-ЯΑ-Ω][A-ZА-ЯΑ-Ω./0]*[!?])"
"""What Excel shows where a formula failed, as Python and the engine both understand it."""

SIGN: Final = r"[/@]|[^ .][.][A-Za-z]{2}"
"""What an address has and few names do, as both understand it."""

WHOLE_ADDRESS: Final = (
    r" *(?:@[^ @]+|[Hh][Tt][Tt][Pp][Ss]?://[^ ]+|[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+/[^ ]*|/?[ru]/[^ /]+) *"
)
"""What is an address beyond doubt, as both understand it."""

NUMBER: Final = r" *[0-9][0-9 .,:/-]*[KkMm]? *"
"""What is a number, a date or a size and no name, as both understand it."""

FOLLOWERS: Final = texts_of("tables.follower")
"""How the words begin by which exporters tell a follower from somebody followed."""

PERSONS: Final = frozenset(texts_of("tables.person"))
"""What exporters call a person or a bot, in the same column."""

REMEMBERED: Final = 100_000
PLAIN: Final = re.compile("[!-~]+(?: [!-~]+)*")
UNSEEN: Final = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
BLANKS: Final = re.compile("[\t\n\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
AN_ERROR: Final = re.compile(ERROR)
ADDRESS_SIGNS: Final = re.compile("[/@]")
A_SIGN: Final = re.compile(SIGN)
AN_ADDRESS: Final = re.compile(WHOLE_ADDRESS)
A_NUMBER: Final = re.compile(NUMBER)
A_DIGIT: Final = re.compile("[0-9]")
NO_PLATFORMS: Final = frozenset({"web", "other"})


@lru_cache(REMEMBERED)
def tidy(text: str) -> str | None:
    r"""Return a text as people see it: no white space around it, one blank inside, NFC; None where nothing is left.

    Example:
        >>> tidy(" Anna\u00a0 P.\u200b"), tidy("\u200b ")
        ('Anna P.', None)

    """
    if PLAIN.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", BLANKS.sub(" ", UNSEEN.sub("", text))).strip(" ") or None


def is_error(text: str) -> bool:
    """Return whether a cell is the error of a formula."""
    return AN_ERROR.fullmatch(text) is not None


@lru_cache(REMEMBERED)
def _is_total(text: str) -> bool:
    bare = unicodedata.normalize("NFD", text.strip(" :=."))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).lower() in TOTAL_WORDS


@cache
def platforms(*, sure: bool) -> frozenset[str]:
    """Return how people write the names of platforms, in small letters; ``sure`` are those of networks alone."""
    names = [name for name in keys_of("platforms") if not (sure and name in NO_PLATFORMS)]
    texts = {text.lower() for name in names for text in (name, *texts_of(f"platforms.{name}"))}
    return frozenset(text for text in texts if len(text) > 1) if sure else frozenset(texts)


def is_askew(kind: Kind, cell: str, beside: Iterable[str | None], *, filled: bool = False) -> bool:
    """Return whether a row has a cell too many or too few: what its column holds stands in a column beside it.

    Args:
        kind: What the column holds.
        cell: What stands there.
        beside: What stands in columns that hold something else.
        filled: Whether an empty cell fits, too.

    Example:
        >>> is_askew(Kind.ADDRESS, "cheap", ["t.me/smm_riga"]), is_askew(Kind.ADDRESS, "SMM Riga", ["10/12", None])
        (True, False)
        >>> is_askew(Kind.PLATFORM, "", ["telegram"]), is_askew(Kind.PLATFORM, "Telegram", ["telegram"])
        (True, False)
        >>> is_askew(Kind.NUMBER, "", ["9000"]), is_askew(Kind.NUMBER, "8K", ["9000"])
        (True, False)

    """
    if filled and not cell.strip(" "):
        return False
    if kind is Kind.ADDRESS:
        return not A_SIGN.search(cell) and any(one is not None and AN_ADDRESS.fullmatch(one) for one in beside)
    if kind is Kind.NUMBER:
        return not A_DIGIT.search(cell) and any(one is not None and A_NUMBER.fullmatch(one) for one in beside)
    if _plain(cell) in platforms(sure=False):
        return False
    return any(one is not None and _plain(one) in platforms(sure=True) for one in beside)


def _plain(text: str) -> str:
    return text.strip(" ").lower()


class RowRules:
    """Tells what is wrong with rows.

    Args:
        plan: Says what is looked for.
        roles: What the values of a row are; behind them may stand the cell that the header has no column for, and
            those of ``plan.fits``.

    """

    def __init__(self, plan: ReadPlan, roles: Sequence[str]) -> None:
        at = {role: number for number, role in enumerate(roles)}
        self._owner: Final = at["customer"]
        self._direction: Final = at.get("direction", -1)
        self._addresses: Final = [at[role] for role in ADDRESS_CELLS if role in at]
        self._places: Final = [at[role] for role in (*ADDRESS_CELLS, "name") if role in at]
        self._faults: Final = frozenset(plan.faults)
        self._cells: Final = len(roles)
        self._fits: Final = list(_placed(plan.fits, len(roles) + 1))
        self._rare: Final = not {
            Fault.MORE_CELLS, Fault.A_PERSON, Fault.A_FOLLOWER, Fault.A_TOTAL, Fault.ASKEW,
        }.isdisjoint(plan.faults)  # fmt: skip
        self._errors: Final = Fault.NO_LABEL in plan.faults
        self._nobody: Final = 0 if plan.of_places else Fault.NO_CUSTOMER

    def fault(self, values: Sequence[str | None]) -> int:
        """Return the number of the first fault of a row, 0 for none."""
        if self._rare and (fault := self._rare_fault(values)):
            return fault
        customer = values[self._owner]
        if self._errors:
            if customer and customer[0] == "#" and is_error(customer):
                return Fault.NO_LABEL
            for place in self._addresses:
                if text := values[place]:
                    if text[0] == "#" and is_error(text):
                        return Fault.NO_ADDRESS
                    break
        return 0 if customer and tidy(customer) else self._nobody

    def are_rare(self, customers: Sequence[str]) -> bool:
        """Return whether rows of these customers may have a fault that has nothing to do with errors of formulas."""
        if self._faults & {Fault.MORE_CELLS, Fault.A_PERSON, Fault.A_FOLLOWER, Fault.ASKEW}:
            return True
        return Fault.A_TOTAL in self._faults and any(map(_is_total, customers))

    def _rare_fault(self, values: Sequence[str | None]) -> int:
        if Fault.MORE_CELLS in self._faults and values[self._cells]:
            return Fault.MORE_CELLS
        if Fault.A_PERSON in self._faults and (values[self._direction] or "").strip(" ").lower() in PERSONS:
            return Fault.A_PERSON
        if Fault.A_FOLLOWER in self._faults and (values[self._direction] or "").lower().startswith(FOLLOWERS):
            return Fault.A_FOLLOWER
        if Fault.A_TOTAL in self._faults and _is_total(values[self._owner] or ""):
            return 0 if any(ADDRESS_SIGNS.search(values[at] or "") for at in self._places) else Fault.A_TOTAL
        if Fault.ASKEW in self._faults and any(
            is_askew(fit.kind, values[at] or "", values[at + 1 : end], filled=fit.filled) for fit, at, end in self._fits
        ):
            return Fault.ASKEW
        return 0


def _placed(fits: Iterable[Fit], first: int) -> Iterator[tuple[Fit, int, int]]:
    """Yield what columns hold with where their cells stand in the values of a row, from the first one to the end."""
    for fit in fits:
        yield fit, first, first + len(fit.columns)
        first += len(fit.columns)
