"""The sections about where the customers are: next posts, ranking, coverage, map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from outreach.figures import draw_coverage, draw_map, draw_ranking
from outreach.messages import describe, message, number_in
from outreach.reporting.client_page.blocks import WIDTH, Drawing, Grid, Lines, Part
from outreach.reporting.collect_words import platform_title
from outreach.reporting.people_sheet import Link, PeopleRow, field_of
from outreach.reporting.ranking_sheet import ranking_sheet
from outreach.reporting.resources.words import followed_in
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.reporting.client_page.blocks import Block
    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions
    from outreach.reporting.client_page.wording import Wording
    from outreach.reporting.people_sheet import Field
    from outreach.reporting.planning import Outcome, Plan

__all__ = ["coverage", "next_posts", "places_map", "ranking"]

EXACT: Final = 10
"""Fewer than these are expected with a decimal."""
DRAWN: Final = 12
"""Places of the picture above the table."""


def next_posts(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return where to post next, and what that costs together."""
    plan = found.plan
    if plan is None:
        return None
    said = [words.sentence(one) for one in plan.conclusion]
    known = [step.cost for step in plan.steps if step.cost is not None]
    if known:
        amount = words.money(sum(known), plan.currency)
        missing = len(plan.steps) - len(known)
        said.append(words.text("plan_cost_some" if missing else "plan_cost", amount=amount, count=missing))
    columns = dict(_columns(plan, options.language, words))
    every = [PeopleRow([values[at] for values in columns.values()]) for at in range(len(plan.steps))]
    fields, rows = _filled(list(columns), every)
    blocks: list[Block] = [Lines(tuple(said), "text"), Grid("plan", words.text("next"), fields, rows)]
    return Part("next", words.text("next"), tuple(blocks))


def _columns(plan: Plan, language: str, words: Wording) -> Iterator[tuple[Field, list[Any]]]:
    """Yield the columns that a client decides by; the picture of coverage has the others."""
    steps = plan.steps
    yield field_of("order", language, "middle"), list(range(1, len(steps) + 1))
    yield field_of("place", language, "link"), [Link(plain(one.place.name), one.place.url) for one in steps]
    yield field_of("platform", language), [platform_title(one.place.platform, language) for one in steps]
    followed = [followed_in(one.place.overlap, one.place.listed, language) for one in steps]
    yield field_of("followed", language, "right"), followed
    yield field_of("expected", language, "right"), [_expected(one.outcome, words) for one in steps]
    cost = field_of("cost", language, "decimal")
    yield (
        replace(cost, header=f"{cost.header}, {plan.currency}" if plan.currency else cost.header),
        [one.cost for one in steps],
    )
    yield field_of("reason", language), [describe(one.reason, language) for one in steps]


def _expected(outcome: Outcome | None, words: Wording) -> str:
    """Return what a post may bring, with its range, and no more digits than it deserves."""
    if outcome is None:
        return ""
    about = number_in(outcome.expected, words.language, 1 if outcome.expected < EXACT else 0)
    if outcome.low is None or outcome.high is None:
        return about
    return f"{about} ({outcome.low:.0f}–{outcome.high:.0f})"


def ranking(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return the ranking: its first places as a picture, and a table to look through."""
    table = found.ranking
    if table is None:
        return None
    sheet = ranking_sheet(table, found.customers, language=options.language)
    shown = sheet.rows[: options.most]
    fields, rows = _filled(sheet.fields[:-1], [PeopleRow(row.cells[:-1], row.ruled) for row in shown])
    everywhere = len(table)
    note = "" if everywhere <= len(rows) else words.text(
        "not_shown", shown=words.number(len(rows)), all=words.number(everywhere)
    )  # fmt: skip
    title = words.text("ranking")
    folded = frozenset(field_of(name, options.language).header for name in ("affinity", "verdict"))
    about = words.sentence(message("book-customers", customers=found.customers))
    drawn = Drawing("ranking", draw_ranking(table.head(DRAWN), language=options.language, width=WIDTH))
    grid = Grid("ranking", title, fields, rows, note, tools=True, folded=folded)
    return Part("ranking", title, (Lines((about,), "text"), drawn, grid))


def places_map(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return how the places hang together, by the customers that they share."""
    if found.shared is None:
        return None
    drawn = Drawing("map", draw_map(found.shared, language=options.language, width=WIDTH))
    return Part("map", words.text("map"), (drawn,))


def coverage(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return how coverage grows with each place."""
    rows = [row for row in found.curve if row.get("coverage") is not None]
    if not rows:
        return None
    drawn = Drawing("coverage", draw_coverage(rows, language=options.language, width=WIDTH))
    return Part("coverage", words.text("coverage"), (drawn,))


def _filled(fields: Sequence[Field], rows: Sequence[PeopleRow]) -> tuple[list[Field], list[PeopleRow]]:
    """Return a table without the columns that say nothing."""
    kept = [at for at in range(len(fields)) if any(row.cells[at] not in (None, "") for row in rows)]
    return [fields[at] for at in kept], [PeopleRow([row.cells[at] for at in kept], row.ruled) for row in rows]
