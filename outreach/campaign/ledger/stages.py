"""Stages of events: a code, and keyed hashes of the words in the file, for answers that come after the import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, or_

from outreach.campaign.ledger.schema import RESULTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement

__all__ = ["PAID", "booking_of", "counted", "is_paid", "person_of", "stage_of", "stage_under"]

PAID: Final = "paid"
MARK: Final = ":"
"""Stands in the number of a booking between that of the person and its own."""


def stage_of(code: str, words: Iterable[str] = ()) -> str:
    """Return how the ledger keeps a stage.

    Args:
        code: What it means, as far as that is known.
        words: Hashes of what stands in the file; an answer of the user may mean one of them.

    Example:
        >>> stage_of("unknown", ["7f", "a0"]), stage_under("unknown 7f a0", {"a0"}), stage_under("came 7f", {"a0"})
        ('unknown 7f a0', 'paid', 'came')

    """
    return " ".join([code, *words])


def stage_under(stage: str, answers: Collection[str]) -> str:
    """Return the code of a stage under the user's answers: hashes of words that mean that somebody paid."""
    code, *words = stage.split(" ")
    return PAID if any(word in answers for word in words) else code


def booking_of(person: str, booking: str) -> str:
    """Return the number of the event that a person has a booking.

    Example:
        >>> booking_of("7f", "a0"), person_of("7f:a0")
        ('7f:a0', '7f')

    """
    return f"{person}{MARK}{booking}"


def person_of(event_id: str) -> str:
    """Return the person of a booking; of any other event its number."""
    return event_id.partition(MARK)[0]


def is_paid(answers: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a row is at a stage that was answered."""
    return or_(*[RESULTS.c.stage.contains(f" {one}") for one in sorted(answers)])


def counted(answers: Collection[str]) -> dict[str, ColumnElement[Any]]:
    """Return what rows count under the user's answers: an order at a stage that was not answered is none yet."""
    table = RESULTS.c
    if not answers:
        paid = table.stage == ""
        return {
            "numerator": case((paid, table.numerator), else_=0),
            "revenue": case((paid | table.revenue.is_(None), table.revenue), else_=0.0),
        }
    answered = is_paid(answers)
    return {
        "numerator": case((table.stage == "", table.numerator), (answered, 1), else_=0),
        "revenue": case(((table.stage == "") | answered | table.revenue.is_(None), table.revenue), else_=0.0),
    }
