"""The rules of plans in Python: what is done to cells, and what is wrong with a row.

``expressions.py`` has those that the engine applies; a property test holds both to the same rows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.likes.plan import ADDRESS_CELLS, Fault
from outreach.words.cells import TOTAL_WORDS
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.likes.plan import ReadPlan

__all__ = ["ERROR", "FOLLOWERS", "PERSONS", "SIGN", "WHOLE_ADDRESS", "RowRules", "is_askew", "is_error", "tidy"]

ERROR: Final = r"#(?:N/A|Н/Д|Δ/Υ|[A-ZА-ЯΑ-Ω][A-ZА-ЯΑ-Ω./0]*[!?])"
"""What Excel shows where a formula failed, as Python and the engine both understand it."""

SIGN: Final = r"[/@]|[^ .][.][A-Za-z]{2}"
"""What an address has and few names do, as both understand it."""

WHOLE_ADDRESS: Final = (
    r" *(?:@[^ @]+|[Hh][Tt][Tt][Pp][Ss]?://[^ ]+|[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+/[^ ]*|/?[ru]/[^ /]+) *"
)
"""What is an address beyond doubt, as both understand it."""

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


def is_askew(address: str, beside: Iterable[str | None]) -> bool:
    """Return whether a row has a cell too many or too few: its address stands in a column beside that of the others.

    Args:
        address: What stands in the column of the addresses.
        beside: What stands in the columns around it.

    Example:
        >>> is_askew("cheap", ["ads", "t.me/smm_riga"]), is_askew("SMM Riga", ["10/12", None])
        (True, False)

    """
    return not A_SIGN.search(address) and any(cell is not None and AN_ADDRESS.fullmatch(cell) for cell in beside)


class RowRules:
    """Tells what is wrong with rows.

    Args:
        plan: Says what is looked for.
        roles: What the values of a row are; behind them may stand the cell that the header has no column for, and
            those on both sides of the address.

    """

    def __init__(self, plan: ReadPlan, roles: Sequence[str]) -> None:
        at = {role: number for number, role in enumerate(roles)}
        self._owner: Final = at["customer"]
        self._direction: Final = at.get("direction", -1)
        self._addresses: Final = [at[role] for role in ADDRESS_CELLS if role in at]
        self._places: Final = [at[role] for role in (*ADDRESS_CELLS, "name") if role in at]
        self._faults: Final = frozenset(plan.faults)
        self._cells: Final = len(roles)
        self._place: Final = self._places[0] if self._places else -1
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
        if Fault.ASKEW in self._faults and is_askew(values[self._place] or "", values[self._cells + 1 :]):
            return Fault.ASKEW
        return 0
