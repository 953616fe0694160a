"""The plan as people read it: on a terminal, and as the first sheet of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.messages import describe, full_sentence, message
from outreach.reporting.collect_words import platform_title
from outreach.reporting.conversion import money_words
from outreach.reporting.people_sheet import Field, Link, PeopleRow, PeopleSheet, field_of
from outreach.reporting.picture import PLACE, Picture, Row, show
from outreach.reporting.resources.words import followed_in
from outreach.reporting.words import percent_range, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach.messages import Message
    from outreach.reporting.planning import Plan, Step

__all__ = ["plan_sheet", "show_plan"]

REASON_WIDTH: Final = 60
STEP_OF_CHANCE: Final = 10
SPARED: Final = (("likely",), ("range",))


def show_plan(plan: Plan, width: int | None = None) -> list[str]:
    """Print the posts of a plan, each with its reasons; return the columns that there was no room for."""
    rows = [
        Row(dict(_cells(number, step, plan)), plain(describe(_beside(step, plan))), ours=True, style="")
        for number, step in enumerate(plan.steps, start=1)
    ]
    if not rows:
        return []
    columns = [name for name in rows[0].cells if name != PLACE and any(row.cells[name] for row in rows)]
    return show(Picture("", "place", columns, rows, SPARED), width)


def _beside(step: Step, plan: Plan) -> Message:
    """Return the reasons that no column shows."""
    shown = () if plan.measured else ("plan-followed", "plan-newly")
    return message("plan-reasons", reasons=tuple(one for one in step.reasons if one.code not in shown))


def _cells(number: int, step: Step, plan: Plan) -> Iterator[tuple[str, str]]:
    place, member, outcome = step.place, step.member, step.outcome
    yield PLACE, f"{number}. {plain(place.name)} · {place.platform}"
    if plan.measured:
        yield "expected", _number(outcome.expected) if outcome else ""
        known = outcome is not None and outcome.low is not None and outcome.high is not None
        yield "range", f"{outcome.low:.0f}-{outcome.high:.0f}" if known and outcome else ""
        yield "best five", f"{_chance(outcome.best)} %" if outcome else ""
    else:
        yield "followed", f"{place.overlap} of {place.listed}" if place.overlap else "0"
        yield "newly", str(member.newly) if member else ""
        yield "covered", f"{100 * member.coverage:.0f} %" if member else ""
        yield "likely", percent_range(member.low, member.high) if member else ""
    yield "cost", money_words(step.cost, plan.currency)


def _number(expected: float) -> str:
    """Return a number that is only expected, with no more digits than it deserves.

    Example:
        >>> _number(0.234), _number(2.345), _number(48.6)
        ('0.2', '2.3', '49')

    """
    return f"{expected:.1f}" if expected < STEP_OF_CHANCE else f"{expected:.0f}"


def _chance(chance: float) -> int:
    """Return a chance in steps of 10 %: it is not known better.

    Example:
        >>> _chance(0.57), _chance(0.03)
        (60, 0)

    """
    return round(100 * chance / STEP_OF_CHANCE) * STEP_OF_CHANCE


def plan_sheet(plan: Plan, customers: int, language: str = "en") -> PeopleSheet:
    """Return the sheets for people around a plan.

    Args:
        plan: What is planned.
        customers: Whose lists were read.
        language: Of the reader, one of ``messages.LANGUAGES``.

    """
    conclusion = [full_sentence(one, language) for one in plan.conclusion]
    about = [*conclusion, full_sentence(message("book-customers", customers=customers), language)]
    columns = dict(_columns(plan, language))
    return PeopleSheet(
        "plan",
        language,
        about,
        list(columns),
        [PeopleRow([values[number] for values in columns.values()]) for number in range(len(plan.steps))],
        plan.table.schema.name,
        fixed=2,
        bold=0 if conclusion else None,
    )


def _columns(plan: Plan, language: str) -> Iterator[tuple[Field, list[Any]]]:
    """Yield the columns that say anything, each with its cells."""
    steps = plan.steps
    yield field_of("order", language, "middle"), list(range(1, len(steps) + 1))
    names = [Link(plain(step.place.name), step.place.url) for step in steps]
    yield field_of("place", language, "link"), names
    yield field_of("platform", language), [platform_title(step.place.platform, language) for step in steps]
    followed = [followed_in(step.place.overlap, step.place.listed, language) for step in steps]
    yield field_of("followed", language, "right"), followed
    for name, look, values in _numbers(plan):
        if any(value is not None for value in values):
            yield _field(name, look, plan, language), values
    reasons = [describe(step.reason, language) for step in steps]
    yield field_of("reason", language, widest=REASON_WIDTH), reasons


def _numbers(plan: Plan) -> Iterator[tuple[str, str, list[Any]]]:
    members = [step.member for step in plan.steps]
    outcomes = [step.outcome for step in plan.steps]
    for name, field, look in (
        ("newly", "newly", "number"), ("coverage", "coverage", "percent"), ("coverage-low", "low", "percent"),
        ("coverage-high", "high", "percent"), ("redundancy", "redundancy", "percent"),
    ):  # fmt: skip
        yield name, look, [getattr(one, field) if one else None for one in members]
    for name, field, look in (
        ("expected", "expected", "decimal"), ("expected-low", "low", "number"), ("expected-high", "high", "number"),
        ("best-five", "best", "percent"),
    ):  # fmt: skip
        yield name, look, [getattr(one, field) if one else None for one in outcomes]
    yield "plan-cost", "decimal", [step.cost for step in plan.steps]


HEADERS: Final[Mapping[str, tuple[str, str]]] = {
    "coverage-low": ("low", "coverage-low"),
    "coverage-high": ("high", "coverage-low"),
    "expected-low": ("low", "expected-low"),
    "expected-high": ("high", "expected-low"),
}
"""Columns whose header another one has too: header and meaning."""


def _field(name: str, look: str, plan: Plan, language: str) -> Field:
    if name == "plan-cost":
        about = describe(message("book-about-plan-cost", currency=plan.currency), language)
        return Field(describe(message("book-column-cost"), language), about, look)
    header, about = HEADERS.get(name, (name, name))
    return field_of(header, language, look, about=about)
