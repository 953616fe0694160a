"""How the page was counted, and what its numbers do not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.reporting.client_page.blocks import Lines, Part
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.campaign.ledger.imports import Import
    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions
    from outreach.reporting.client_page.wording import Wording

__all__ = ["method"]


def method(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return the rules behind the numbers that the page has; None where it has none."""
    lines = tuple(_lines(found, options, words))
    return Part("method", words.text("method"), (Lines(lines, "note"),)) if lines else None


def _lines(found: Facts, options: PageOptions, words: Wording) -> Iterator[str]:
    if (made := found.report) is not None and made.sections:
        yield words.text("m_days")
        if options.month is not None:
            yield words.text("m_late")
        if made.imports:
            sources = sorted({plain(one.source_name) for one in made.imports if one.source_name})
            yield words.text("m_sources", sources=words.names(sources))
        yield words.text("m_range")
        yield words.text("m_chance")
        yield words.text("m_last")
    if made is not None and made.uncut:
        yield words.text("m_uncut", imports=", ".join(dict.fromkeys(_called(made.uncut, words))))
    costly = [one for one in found.undated if one.cost]
    if options.month is not None and costly:
        yield words.text("m_undated", count=len(costly))
    if found.totals.untagged:
        yield words.text("m_untagged", count=found.totals.untagged)
    if len(found.totals.spent) > 1:
        yield words.text("m_currencies")
    if found.ranking is not None:
        yield words.text("m_customers", count=found.customers)


def _called(imports: Iterable[Import], words: Wording) -> Iterator[str]:
    from datetime import date

    for one in imports:
        days = ""
        if one.period_start and one.period_end:
            first, last = (words.day(date.fromisoformat(day[:10])) for day in (one.period_start, one.period_end))
            days = f" ({words.text('days', first=first, last=last)})"
        yield f"{plain(one.source_name)}{days}"
