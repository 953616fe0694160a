"""What a marketer should take from the report: three lines, as messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.intervals import wilson
from outreach.messages import Message, message
from outreach.tracking.base import JOIN
from outreach.tracking.nouns import NEAREST, counted_of, hits_of, of_units
from outreach.tracking.text_conclusion import conclude_texts
from outreach.tracking.verdict import AHEAD, CANNOT_TELL, proven_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.tracking.lines import Line, Section

__all__ = ["conclude", "nearest", "towards_money"]

DROPPED: Final = {"no-show": "came", "cancelled": "booked", "left": "join"}
"""Who dropped out is nothing to conclude from; it stands before the step that was missed."""
MOST_UNTAGGED: Final = 0.5
FEW_UNTAGGED: Final = 0.15
FEW_VISITS: Final = 60
MOST_NAMED: Final = 2
MOST_COUNTS: Final = 4


def nearest(sections: Sequence[Section]) -> Section | None:
    """Return the section to conclude from: with visits, of the kind nearest to money; None where there is none."""
    return min(sections, key=_distance, default=None)


def _distance(section: Section) -> tuple[object, ...]:
    kind = section.pair.kind
    return (section.pair.denominators is None, NEAREST.index(kind) if kind in NEAREST else len(NEAREST))


def towards_money(section: Section) -> tuple[object, ...]:
    """Return what sorts sections: the nearest to money first, of equals as :func:`nearest` chooses."""
    kind = section.pair.kind
    of = DROPPED.get(kind, kind)
    return (NEAREST.index(of) if of in NEAREST else len(NEAREST), kind in DROPPED, section.pair.denominators is None)


def conclude(sections: Sequence[Section]) -> tuple[Message, ...]:
    """Return the conclusion of a report: a few lines, none where nothing was measured.

    The best place and how sure that is; what to repeat or to drop; what is not known, and what would tell it. A place
    is "best" only where the verdict says "ahead", and one to drop only where the same tests prove that it is behind. A
    report by variant concludes on its texts instead.

    Args:
        sections: Of the report; the nearest to money speaks.

    Example:
        >>> conclude([])
        ()

    """
    section = nearest(sections)
    if section is None or not any(line.ours for line in section.lines):
        return ()
    said = _of_places(section) if section.texts is None else conclude_texts(section)
    return (*said, *_costs_missing(section))


def _costs_missing(section: Section) -> tuple[Message, ...]:
    """Return whose cost is only the least that it was, as posts have none."""
    lines = [line for line in section.lines if line.unpriced]
    if not lines:
        return ()
    posts = sum(line.unpriced for line in lines)
    return (message("conclusion-costs-missing", count=posts, places=_names(lines[:MOST_NAMED])),)


def _of_places(section: Section) -> tuple[Message, ...]:
    found = _Report.of(section)
    if section.pair.denominators is None or not any(line.denominator for line in found.lines):
        return _without_visits(found)
    if not section.total:
        return _without_conversions(found)
    if (section.untagged or 0) > MOST_UNTAGGED:
        return _tags_missing(found)
    return _judged(found)


@dataclass(frozen=True, slots=True)
class _Report:
    """The section that speaks, sorted for a conclusion.

    Args:
        section: All of it.
        lines: Of places, best first.
        visited: Those with visits and a rate.
        best: The one that is ahead.
        behind: The one that is behind beyond chance.

    """

    section: Section
    lines: tuple[Line, ...]
    visited: tuple[Line, ...]
    best: Line | None
    behind: Line | None

    @classmethod
    def of(cls, section: Section) -> _Report:
        lines = tuple(line for line in section.lines if line.ours)
        visited = tuple(line for line in lines if line.denominator and line.rate is not None)
        best = next((line for line in visited if line.verdict == AHEAD), None)
        behind = None if section.per_unit else _behind(visited, told_apart=section.told_apart)
        return cls(section, lines, visited, best, behind)

    @property
    def visits(self) -> int:
        return sum(line.denominator or 0 for line in self.visited)

    @property
    def conversions(self) -> int:
        return sum(line.conversions or 0 for line in self.visited)

    def hits(self, count: int) -> Message:
        """Return a number of conversions as a counted noun."""
        return hits_of(self.section.pair.kind, count)

    def units(self, count: int) -> Message:
        """Return a number of visits as a counted noun, as it stands behind "of"."""
        return of_units(self.section.pair.unit, count)


def _behind(visited: Sequence[Line], *, told_apart: bool | None) -> Line | None:
    """Return the place with the lowest rate, where it is behind the others beyond chance."""
    from outreach.tracking.pooling import fit

    counts = [(line.conversions or 0, line.denominator or 0) for line in visited]
    if not (fit(counts).told_apart if told_apart is None else told_apart):
        return None
    all_k, all_n = sum(k for k, _ in counts), sum(n for _, n in counts)
    for line, (k, n) in reversed(list(zip(visited, counts, strict=True))):
        if proven_below(k, n, all_k - k, all_n - n):
            return line
    return None


def _name(line: Line) -> str:
    return line.name or line.label


def _names(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(_name(line) for line in lines)


def _share(line: Line) -> Message:
    """Return the rate of a line with its likely range."""
    rate, low, high = line.rate or 0.0, line.low or 0.0, line.high or 0.0
    if not line.conversions:
        return message("likely-under", high=100 * high)
    return message("share-likely", rate=100 * rate, low=100 * low, high=100 * high)


def _each(line: Line) -> tuple[Message, ...]:
    """Return what one conversion of a line cost, where that is known and is anything."""
    cost = line.cost_per_conversion
    return (message("each", amount=cost, currency=line.currency),) if cost else ()


def _result(report: _Report, line: Line) -> Message:
    """Return what a place brought: so many of so many visits, the rate, what one cost."""
    notes = (*(() if report.section.per_unit else (_share(line),)), *_each(line))
    return _brought(report, line.conversions or 0, line.denominator or 0, notes)


def _brought(report: _Report, hits: int, visits: int, notes: tuple[Message, ...]) -> Message:
    counts = {"hits": report.hits(hits), "visits": report.units(visits)}
    return message("brought", **counts, notes=notes) if notes else message("brought-only", **counts)


def _either(lines: Sequence[Line]) -> Message | str:
    """Return one place, or one of two."""
    if len(lines) < 2:
        return _name(lines[0])
    return message("either", one=_name(lines[0]), other=_name(lines[1]))


def _judged(report: _Report) -> tuple[Message, ...]:
    if report.best:
        return _winner(report, report.best)
    return _one_to_drop(report, report.behind) if report.behind else _nothing_told(report)


def _winner(report: _Report, best: Line) -> tuple[Message, ...]:
    first = message("conclusion-best", place=_name(best), result=_result(report, best))
    if report.behind:
        behind = _result(report, report.behind)
        second = message("conclusion-repeat-without", place=_name(report.behind), result=behind)
    else:
        second = message("conclusion-repeat")
    return first, second, _unknown(report)


def _one_to_drop(report: _Report, behind: Line) -> tuple[Message, ...]:
    others = [line for line in report.visited if line is not behind]
    hits, visits = sum(line.conversions or 0 for line in others), sum(line.denominator or 0 for line in others)
    interval = wilson(hits, visits)
    likely = (message("likely", low=100 * interval.low, high=100 * interval.high),) if interval else ()
    together = _brought(report, hits, visits, likely)
    first = message("conclusion-drop", place=_name(behind), result=_result(report, behind), others=together)
    named = _either(others)
    if behind.whole_cost:
        second = message("conclusion-move-money", amount=behind.whole_cost, currency=behind.currency, places=named)
    else:
        second = message("conclusion-move", places=named)
    return first, second, _unknown(report, others=len(others))


def _nothing_told(report: _Report) -> tuple[Message, ...]:
    first = message(
        "conclusion-none-ahead" if len(report.visited) > 1 else "conclusion-one-place",
        hits=report.hits(report.conversions),
        visits=report.units(report.visits),
        places=message("in-places", count=len(report.visited)),
    )
    cheapest = _cheapest(report)
    if cheapest is None:
        second = message("conclusion-drop-nothing")
    else:
        line, price = cheapest
        second = message("conclusion-cheapest", place=_name(line), amount=price, currency=line.currency)
    return first, second, _what_would_tell(report)


def _cheapest(report: _Report) -> tuple[Line, float] | None:
    """Return where a visit cost least, where prices are known of two places and in one currency."""
    priced = [(line, line.whole_cost / line.denominator) for line in report.visited
              if line.whole_cost and line.denominator]  # fmt: skip
    if len(priced) < 2 or len({line.currency for line, _ in priced}) > 1:
        return None
    return min(priced, key=lambda one: (one[1], one[0].label))


def _what_would_tell(report: _Report) -> Message:
    """Return after how many visits more can be said, where that is known: of the place that needs fewest."""
    asked = [line for line in report.visited if line.verdict == CANNOT_TELL and line.more]
    if not asked:
        return message("conclusion-ask")
    line = min(asked, key=lambda one: (one.more or 0, one.label))
    posts = round((line.more or 0) / ((line.denominator or 1) / (line.placements or 1)))
    return message(
        "conclusion-more-visits",
        place=_name(line),
        visits=counted_of(report.section.pair.unit, line.more or 0, "visit"),
        posts=(message("some-posts", count=posts),) if posts > 1 else (),
    )


def _unknown(report: _Report, others: int = 0) -> Message:
    """Return what is not known: places with few visits, and conversions without a tag."""
    few = sum(1 for line in report.lines if (line.denominator or 0) < FEW_VISITS)
    notes: list[Message] = []
    if others > 1:
        notes.append(message("unknown-which", count=others))
    if few:
        notes.append(message("unknown-places", count=few, visits=report.units(FEW_VISITS)))
    untagged = report.section.untagged or 0.0
    if untagged:
        code = "untagged-few" if untagged <= FEW_UNTAGGED else "untagged-some"
        count = round(untagged * report.section.total)
        notes.append(message(code, count=count, hits=report.hits(report.section.total)))
    return message("conclusion-unknown", notes=tuple(notes)) if notes else message("conclusion-all-known")


def _tags_missing(report: _Report) -> tuple[Message, ...]:
    untagged, total = report.section.untagged or 0.0, report.section.total
    first = message(
        "conclusion-no-tags", count=round(untagged * total), hits=report.hits(total), percent=100 * untagged
    )
    bare = [line for line in report.lines if not line.denominator]
    second = (
        message("conclusion-bare-links", count=len(bare), places=_names(bare[:MOST_NAMED]))
        if bare
        else message("conclusion-check-links")
    )
    codes = [message("conclusion-count", what=code, count=count) for line in report.lines for code, count in line.codes]
    said = [message("conclusion-count", what=_name(line), count=line.said) for line in report.lines if line.said]
    return first, second, _until_then(_most(codes), _most(said))


def _most(counts: Sequence[Message]) -> tuple[Message, ...]:
    """Return the largest counts."""
    return tuple(sorted(counts, key=lambda one: (-int(str(one["count"])), str(one["what"])))[:MOST_COUNTS])


def _until_then(codes: tuple[Message, ...], said: tuple[Message, ...]) -> Message:
    """Return what to go by where the tags are missing: codes and answers, where there are any."""
    if codes and said:
        return message("conclusion-codes-and-answers", codes=codes, said=said)
    if codes:
        return message("conclusion-codes", codes=codes)
    return message("conclusion-answers", said=said) if said else message("conclusion-ask-until-then")


def _without_conversions(report: _Report) -> tuple[Message, ...]:
    visits = sum(line.denominator or 0 for line in report.lines)
    where = message("in-places", count=sum(1 for line in report.lines if line.denominator))
    kind = report.section.pair.kind
    first = message(
        "conclusion-none-yet" if kind else "conclusion-visits-only",
        hits=report.hits(0),
        visits=report.units(visits) if kind else counted_of(report.section.pair.unit, visits, "visit"),
        places=where,
    )
    cheapest = _cheapest(report)
    if cheapest is None:
        return first, message("conclusion-give-conversions")
    line, price = cheapest
    second = message("conclusion-cheapest-visit", place=_name(line), amount=price, currency=line.currency)
    return first, second, message("conclusion-give-conversions")


def _without_visits(report: _Report) -> tuple[Message, ...]:
    """Conclude from conversions without visits, or from views and prices alone."""
    most = max(report.lines, key=lambda line: (line.conversions or 0, line.label))
    if most.conversions:
        total = sum(line.conversions or 0 for line in report.section.lines)
        first = message("conclusion-most", place=_name(most), count=most.conversions, hits=report.hits(total))
        return (first,) if report.section.pair.kind == JOIN else (first, message("conclusion-no-visits"))
    viewed = [(line, line.cost_per_1000_views) for line in report.lines if line.cost_per_1000_views]
    if not viewed:
        return () if report.section.pair.denominators is None else _nobody(report)
    line, price = min(viewed, key=lambda one: (one[1], one[0].label))
    first = message(
        "conclusion-views",
        place=_name(line),
        amount=round(price, 2),
        currency=line.currency,
        views=line.views or 0,
    )
    return first, message("conclusion-give-visits")


def _nobody(report: _Report) -> tuple[Message, ...]:
    places = message("in-places", count=len(report.lines))
    return message("conclusion-nobody-yet", places=places), message("conclusion-check-links")
