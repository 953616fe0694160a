"""What a survey says, for people and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.messages import describe, message
from outreach.reporting.words import plain
from outreach.surveys import DETRACTORS, PASSIVES, PROMOTERS
from outreach.tables import GROUPS, GROUPS_WITH_STEPS, SURVEY, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine
    from outreach.messages import Message
    from outreach.surveys import Survey
    from outreach.surveys.estimates import Estimate

__all__ = ["groups_table", "index_message", "score_message", "survey_lines", "survey_table"]

NAMES = {PROMOTERS: "survey-promoters", PASSIVES: "survey-passives", DETRACTORS: "survey-detractors"}


def score_message(found: Survey) -> Message | None:
    """Return the net promoter score in words; None where nobody answered.

    Example:
        >>> from outreach.surveys import Survey
        >>> from outreach.surveys.estimates import net_promoter_score
        >>> found = Survey(None, net_promoter_score(7, 2, 12), 7, 3, 2, None, (), (), ())
        >>> print(score_message(found))
        Net promoter score 42 (likely -6 to 72): 7 promoters, 3 passives, 2 detractors of 12 answers

    """
    score = found.score
    if score is None or score.interval is None:
        return None
    return message(
        "survey-score",
        score=round(score.value),
        low=round(score.interval.low),
        high=round(score.interval.high),
        promoters=found.promoters,
        passives=found.passives,
        detractors=found.detractors,
        answers=score.n,
    )


def index_message(found: Survey) -> Message | None:
    """Return the satisfaction index in words; None where no factor was rated."""
    index = found.index
    if index is None:
        return None
    value = round(100 * index.value)
    if index.interval is None:
        return message("survey-index-one" if index.n == 1 else "survey-index-equal", index=value, answers=index.n)
    low, high = round(100 * index.interval.low), round(100 * index.interval.high)
    return message("survey-index", index=value, low=low, high=high, answers=index.n)


def survey_lines(found: Survey, *, labels: bool) -> Iterator[str]:
    """Yield what a survey says, line by line.

    Args:
        found: What it says.
        labels: Whether to name the customers of each group: on the user's own screen alone.

    """
    yield from (f"{describe(one)}." for one in (score_message(found), index_message(found)) if one is not None)
    if found.factors:
        weighted = any(one.weight != found.factors[0].weight for one in found.factors)
        rows = [
            [plain(one.name), *_in_percent(one.satisfaction), f"{one.weight:g}" if weighted else ""]
            for one in found.factors
        ]
        yield ""
        yield from _columns(["Factor", "of 100", "likely", "customers", "weight" if weighted else ""], rows)
    if found.gaps:
        rows = [
            [
                plain(one.touchpoint),
                f"{one.expected:.1f}",
                f"{one.received:.1f}",
                f"{one.gap.value:+.1f}",
                f"{one.gap.interval.low:+.1f} to {one.gap.interval.high:+.1f}" if one.gap.interval else "?",
                str(one.gap.n),
            ]
            for one in found.gaps
        ]
        yield ""
        yield from _columns(["Touchpoint", "expected", "received", "gap", "likely", "customers"], rows)
    if labels and found.members:
        yield ""
        for group, code in NAMES.items():
            names = [plain(one.customer) for one in found.members if one.group == group]
            if names:
                yield f"{describe(message(code))}: {', '.join(names)}"


def _in_percent(share: Estimate | None) -> tuple[str, str, str]:
    """Return a share, its range and how many customers it is of."""
    if share is None:
        return "?", "?", "0"
    likely = f"{100 * share.interval.low:.0f} to {100 * share.interval.high:.0f}" if share.interval else "?"
    return f"{100 * share.value:.0f}", likely, str(share.n)


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows below a header, the first column to the left, numbers to the right."""
    from rich.cells import cell_len

    widths = [max(cell_len(line[at]) for line in (header, *rows)) for at in range(len(header))]
    for first, *others in (header, *rows):
        numbers = "".join(f"  {cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True) if width)
        yield f"{first}{' ' * (widths[0] - cell_len(first))}{numbers}".rstrip()


def survey_table(engine: Engine, found: Survey) -> Table:
    """Return what a survey says as a table (``tables.SURVEY``)."""
    rows: list[dict[str, object]] = []
    if found.score is not None:
        counts = {"promoters": found.promoters, "passives": found.passives, "detractors": found.detractors}
        rows.append({"kind": "nps", **_numbers(found.score), **counts})
    if found.index is not None:
        rows.append({"kind": "satisfaction", **_numbers(found.index)})
    for factor in found.factors:
        numbers = _numbers(factor.satisfaction) if factor.satisfaction else {"answers": 0, "value": None}
        rows.append({"kind": "factor", "name": factor.name, **numbers, "weight": factor.weight, "scale": factor.scale})
    for gap in found.gaps:
        means = {"expected": gap.expected, "received": gap.received}
        rows.append({"kind": "gap", "name": gap.touchpoint, **_numbers(gap.gap), "scale": gap.scale, **means})
    engine.run(f"create or replace table survey ({SURVEY.definition()})")
    engine.append("survey", [[row.get(name) for row in rows] for name in SURVEY.names])
    return Table(engine, "survey", SURVEY, order="rowid")


def _numbers(one: Estimate) -> dict[str, object]:
    ends = (one.interval.low, one.interval.high) if one.interval else (None, None)
    return {"answers": one.n, "value": one.value, "low": ends[0], "high": ends[1]}


def groups_table(engine: Engine, found: Survey) -> Table:
    """Return the group of each customer as a table; with their steps where the survey has them."""
    stepped = any(one.step for one in found.members)
    schema = GROUPS_WITH_STEPS if stepped else GROUPS
    engine.run('create or replace table groups (customer varchar, "group" varchar, step varchar)')
    engine.append(
        "groups",
        [[getattr(one, name) or None for one in found.members] for name in GROUPS_WITH_STEPS.names],
    )
    shown = ", ".join(f'"{name}"' for name in schema.names)
    engine.run(f"create or replace table groups as select {shown} from groups order by customer")
    return Table(engine, "groups", schema, order="customer")
