"""Regulated fields, as people call them in the users' languages."""

from __future__ import annotations

from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

__all__ = ["is_health"]


def is_health(field: str) -> bool:
    """Tell whether a field is health, where who is a customer is itself data about a person's health.

    Example:
        >>> is_health("Health"), is_health("стоматология"), is_health("dental clinic"), is_health("finance")
        (True, True, True, False)

    """
    text = fold_header(field)
    return not words_of("regulated.health").isdisjoint([text, *text.split()])
