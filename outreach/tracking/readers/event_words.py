"""What lists of sign-ups and orders can say, and what the status of a row means."""

from __future__ import annotations

from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

__all__ = ["ROLES", "status_of"]

ROLES: Final = (
    "id", "email", "phone", "date", "source", "medium", "campaign", "content", "url", "promo", "start", "revenue",
    "currency", "status", "refund", "date_order",
)  # fmt: skip
"""What ``--columns`` may name; ``date_order=day`` or ``month`` says how to read 05/06/2026."""

WHY_NOT: Final = {
    "paid": "",
    "refunded": "refunded",
    "cancelled": "cancelled or lost",
    "unpaid": "not paid",
    "payout": "no payment but a payout, a fee or a transfer",
    "test": "a test, spam or not finished",
}
"""Why a row of a status is not counted; empty for those that are."""


def status_of(text: str) -> str | None:
    """Return why a row of that status is not counted, empty where it is, None where the word is not known.

    Example:
        >>> status_of("Paid"), status_of("Не оплачен"), status_of("partially_refunded"), status_of("Думает")
        ('', 'not paid', '', None)

    """
    meaning = meanings_of("payments").get(fold_header(text))
    return None if meaning is None else WHY_NOT[meaning]
