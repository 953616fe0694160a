"""What lists of sign-ups and orders can say, and what the status of a row means."""

from __future__ import annotations

from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

__all__ = [
    "BOOKED", "BOOKED_STAGES", "CAME", "CANCELLED", "ENQUIRY", "NO_SHOW", "PAID", "PAYOUT", "REFUNDED", "ROLES",
    "TESTED", "UNKNOWN", "UNPAID", "status_of",
]  # fmt: skip

ROLES: Final = (
    "id", "email", "phone", "date", "source", "medium", "campaign", "content", "url", "promo", "start", "revenue",
    "currency", "status", "refund", "date_order", "order_sum", "line_sum", "place", "heard_from",
)  # fmt: skip
"""What ``--columns`` may name; ``date_order=day`` or ``month`` says how to read 05/06/2026."""

# What a status means, as the section ``payments`` of the words has it; only rows of the first count as orders.
# Those of bookings are names in ``tracking/steps.py`` too.
PAID: Final = "paid"
REFUNDED: Final = "refunded"
CANCELLED: Final = "cancelled"
UNPAID: Final = "unpaid"
PAYOUT: Final = "payout"
TESTED: Final = "test"
ENQUIRY: Final = "enquiry"
BOOKED: Final = "booked"
CAME: Final = "came"
NO_SHOW: Final = "no_show"
UNKNOWN: Final = "unknown"
"""A status or a stage that no list has: it counts as nothing until the user says what it means."""

BOOKED_STAGES: Final = frozenset({BOOKED, CAME, NO_SHOW})
"""What shows that a table is of bookings: each row is an enquiry, whatever became of it."""


def status_of(text: str) -> str | None:
    """Return what a status means: one of the codes above; None where the word is not known.

    Example:
        >>> status_of("Paid"), status_of("Не оплачен"), status_of("partially_refunded"), status_of("Думает")
        ('paid', 'unpaid', 'paid', None)

    """
    return meanings_of("payments").get(fold_header(text))
