"""Which visits a rate divides by: one series of each kind, over the days that both tell of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.messages import describe, message
from outreach.tracking.base import EVENTS, JOIN, LEFT, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from outreach.campaign.ledger.imports import Import, Result
    from outreach.messages import Message

__all__ = ["RATED", "Pair", "Series", "pairs", "series_of"]

RATED: Final = ("visit", "session", "visitor", "pageview")
"""Units that a rate is per; clicks only where nothing better is known."""

CLICKS: Final = "click"

LISTED: Final = {"signup": "sign-ups-end-early", "sale": "orders-end-early", "enquiry": "enquiries-end-early"}
"""Of bookings the enquiries tell; few come and pay, and the last of them later."""
SILENCE: Final = 6  # days without anybody are nothing to speak of


@dataclass(frozen=True, slots=True)
class Series:
    """Imports that count the same.

    Args:
        imports: In the order in which they came.
        rows: Of all of them.

    """

    imports: tuple[Import, ...]
    rows: tuple[Result, ...]

    @property
    def unit(self) -> str:
        """What its denominators count, empty where there are none."""
        return self.imports[0].unit

    @property
    def kind(self) -> str:
        """What its numerators count, empty where there are none."""
        return self.imports[0].kind

    @property
    def goal(self) -> str:
        """Which goal that is."""
        return self.imports[0].goal

    @property
    def meter(self) -> tuple[str, str, str]:
        """What measured its denominators: two goals of one tool share them."""
        first = self.imports[0]
        return (first.tool, first.source_name, first.unit)

    @property
    def called(self) -> str:
        """What messages call it."""
        first = self.imports[0]
        return first.source_name if first.source_name == first.tool else f"{first.source_name} ({first.tool})"

    @property
    def option(self) -> str:
        """What --visits and --conversions take for it, and for no other."""
        return self.imports[0].option

    @property
    def anytime(self) -> bool:
        """Whether nothing tells of which days it speaks: then it speaks of all."""
        return self.kind in EVENTS and not self.unit

    @property
    def counts_visits(self) -> bool:
        """Whether it has denominators of its own; a sheet may name conversions alone."""
        return bool(self.unit) and any(row.denominator is not None for row in self.rows)

    @property
    def days(self) -> frozenset[int] | None:
        """The days that it tells of, as ordinals; None for all."""
        if self.anytime or any(one.grain == "period" and not one.period_start for one in self.imports):
            return None
        spans = [_days(one) for one in self.imports if one.period_start]
        single = (date.fromisoformat(row.day).toordinal() for row in self.rows if row.day)
        return frozenset().union(*spans, single)

    @property
    def blocks(self) -> list[frozenset[int]]:
        """Sets of days that its rows cannot be taken out of one by one."""
        return [_days(one) for one in self.imports if one.grain == "period" and one.period_start]


@dataclass(frozen=True, slots=True)
class Pair:
    """A section of the report.

    Args:
        unit: What the denominators count, empty where there are none.
        kind: What the numerators count, empty where there are none.
        goal: Which goal that is.
        denominators: Rows that are counted; None where nothing was measured.
        numerators: Likewise; the same rows where one series has both.
        imports: That the rows are from.
        common: First and last day that both tell of, None where that is not known.
        outside: Denominators and numerators of other days, which are left out.
        doubts: What the user should know of this pairing.

    """

    unit: str
    kind: str
    goal: str
    denominators: tuple[Result, ...] | None
    numerators: tuple[Result, ...] | None
    imports: tuple[Import, ...]
    common: tuple[date, date] | None = None
    outside: tuple[int, int] = (0, 0)
    doubts: tuple[Message, ...] = ()


def series_of(imports: Iterable[Import], rows: Iterable[Result]) -> list[Series]:
    """Return the series in a ledger, in the order in which they first came."""
    by_import: dict[int | None, list[Result]] = defaultdict(list)
    for row in rows:
        by_import[row.import_id].append(row)
    groups: dict[tuple[str, ...], list[Import]] = defaultdict(list)
    for one in imports:
        groups[one.series].append(one)
    return [Series(tuple(some), tuple(row for one in some for row in by_import[one.id])) for some in groups.values()]


def pairs(
    series: Sequence[Series],
    places: Callable[[Result], str | None],
    *,
    visits: str = "",
    conversions: str = "",
) -> list[Pair]:
    """Return the sections of a report.

    A series with both counts is a pair by itself. Events (sign-ups, orders), and conversions that were typed without
    visits, are divided by the visits of the tool whose links brought the same places; where two tools know equally many
    of them, the user has to say which.

    Args:
        series: Of the ledger.
        places: The place that a row belongs to, None for none.
        visits: Name of the source (or the tool) of the denominators, empty for any.
        conversions: Likewise of the numerators.

    Raises:
        InputError: Several sources count the same, or there is none of a name that was given.

    """
    measured = _meters(
        _named(series, visits, "--visits", lambda one: one.unit in (*RATED, CLICKS) and one.counts_visits)
    )
    counted = _named(series, conversions, "--conversions", lambda one: bool(one.kind))
    found: list[Pair] = []
    for one in _once_only(counted, "--conversions"):
        if one.meter in measured:
            found.append(_by_itself(one))
        elif one.kind in (JOIN, LEFT) and not one.counts_visits:
            found.append(Pair("", one.kind, one.goal, None, one.rows, one.imports))
        elif not one.counts_visits:
            found += _with_visits(one, measured, places)
    alone = _unpaired(measured, {pair.unit for pair in found})
    wanted = {row for one in alone.values() for row in one.rows}
    return [*found, *map(_visits_only, _choose(alone, wanted, places).values())]


def _unpaired(measured: Mapping[tuple[str, str, str], Series], paired: set[str]) -> dict[tuple[str, str, str], Series]:
    """Return what nothing was divided by; clicks only where there is nothing else at all."""
    units = {one.unit for one in measured.values()} - paired
    if units - {CLICKS} or paired:
        units -= {CLICKS}
    return {meter: one for meter, one in measured.items() if one.unit in units}


def _named(series: Iterable[Series], name: str, option: str, fits: Callable[[Series], bool]) -> list[Series]:
    """Return the series that fit, of a name where one was given."""
    fitting = [one for one in series if fits(one)]
    if not name:
        return fitting
    wanted = name.casefold()
    names = {one: (one.imports[0].source_name, one.imports[0].tool, one.option) for one in fitting}
    found = [one for one in fitting if wanted in {text.casefold() for text in names[one]}]
    if not found:
        known = ", ".join(sorted({one.option for one in fitting})) or "none"
        raise InputError(f"{option} {name}: no such source was imported", hint=f"known: {known}")
    return found


def _once_only(series: Sequence[Series], option: str) -> Sequence[Series]:
    """Return series of which no two count the same.

    Raises:
        InputError: Two of them do.

    """
    seen: dict[tuple[str, str, str], Series] = {}
    for one in series:
        key = (one.unit, one.kind, one.goal)
        if key in seen:
            raise InputError(
                f"{one.goal or describe(units_of(one.kind))} were counted by two sources: "
                f"{seen[key].called} and {one.called}",
                hint=f"they would count twice; choose one: {option} {one.option}",
            )
        seen[key] = one
    return series


def _meters(series: Iterable[Series]) -> dict[tuple[str, str, str], Series]:
    """Return the denominators of each tool, those of several goals once."""
    groups: dict[tuple[str, str, str], list[Series]] = defaultdict(list)
    for one in series:
        if any(row.denominator is not None for row in one.rows):
            groups[one.meter].append(one)
    return {meter: _joined(some) for meter, some in groups.items()}


def _joined(series: Sequence[Series]) -> Series:
    """Return the denominators of series of one tool, each day from one of them only.

    A series never tells of a day twice; two goals of a tool may. Days are taken one by one where the rows allow it.
    """
    latest = sorted(
        (one for some in series for one in some.imports), key=lambda one: (len(_days(one)), one.id or 0), reverse=True
    )
    taken: set[int] = set()
    chosen: dict[int | None, frozenset[int]] = {}
    whole: set[int | None] = set()
    for one in latest:
        days = _days(one)
        free = days - taken if one.grain == "day" else days
        if chosen and (not free or free & taken):
            continue
        chosen[one.id] = free
        taken |= free
        if free == days:
            whole.add(one.id)
    rows = tuple(row for some in series for row in some.rows if row.import_id in whole or _is_of(row, chosen))
    imports = (one for one in latest if one.id in chosen)
    return Series(tuple(sorted(imports, key=lambda one: one.id or 0)), rows)


def _is_of(row: Result, chosen: Mapping[int | None, frozenset[int]]) -> bool:
    """Tell whether a row is of the days that are taken from its import."""
    return bool(row.day) and date.fromisoformat(str(row.day)).toordinal() in chosen.get(row.import_id, ())


def _choose(
    measured: Mapping[tuple[str, str, str], Series], rows: Iterable[Result], places: Callable[[Result], str | None]
) -> dict[str, Series]:
    """Return for each unit the series of denominators whose links brought most of the places of these rows.

    Raises:
        InputError: Two of them brought equally many.

    """
    wanted = {places(row) for row in rows} - {None}
    units: dict[str, list[tuple[int, Series]]] = defaultdict(list)
    for one in measured.values():
        units[one.unit].append((len({places(row) for row in one.rows} & wanted), one))
    chosen = {}
    for unit, some in units.items():
        best = max(known for known, _ in some)
        first, *rivals = [one for known, one in some if known == best]
        if rivals:
            names = " and ".join(one.called for one in (first, *rivals))
            raise InputError(
                f"{unit}s were counted by several sources: {names}",
                hint=f"they count the same people; choose one: --visits {first.option}",
            )
        chosen[unit] = first
    return chosen


def _with_visits(
    events: Series, measured: Mapping[tuple[str, str, str], Series], places: Callable[[Result], str | None]
) -> list[Pair]:
    """Return the events beside the visits of each unit; beside clicks where there are no visits."""
    best = {key: one for key, one in measured.items() if one.unit != CLICKS} or dict(measured)
    if not best:
        return [Pair("", events.kind, events.goal, None, events.rows, events.imports)]
    return [_matched(one, events) for one in _choose(best, events.rows, places).values()]


def _by_itself(one: Series) -> Pair:
    return Pair(one.unit, one.kind, one.goal, one.rows, one.rows, one.imports, _span(one.days))


def _visits_only(one: Series) -> Pair:
    return Pair(one.unit, "", "", one.rows, None, one.imports, _span(one.days))


def _matched(visits: Series, events: Series) -> Pair:
    """Return two series over the days that both tell of."""
    common = _common(visits, events)
    inside = [_inside(one, common) for one in (visits, events)]
    outside = tuple(
        sum(getattr(row, name) or 0 for row in one.rows) - sum(getattr(row, name) or 0 for row in kept)
        for one, kept, name in zip((visits, events), inside, ("denominator", "numerator"), strict=True)
    )
    return Pair(
        visits.unit,
        events.kind,
        events.goal,
        inside[0],
        inside[1],
        (*visits.imports, *events.imports),
        _span(common),
        (outside[0], outside[1]),
        tuple(_doubts(visits, events, common)),
    )


def _common(one: Series, other: Series) -> frozenset[int] | None:
    """Return the days that both tell of, without those of a period that is not whole in both; None for all."""
    if one.days is None or other.days is None:
        return one.days if other.days is None else other.days
    common = one.days & other.days
    blocks = [block for some in (one, other) for block in some.blocks]
    while cut := [block for block in blocks if block & common and not block <= common]:
        common = common.difference(*cut)
    return common


def _inside(series: Series, common: frozenset[int] | None) -> tuple[Result, ...]:
    """Return the rows of these days; rows of no known day count where their period does."""
    if common is None:
        return series.rows
    whole = {one.id for one in series.imports if not one.period_start or _days(one) <= common}
    return tuple(
        row
        for row in series.rows
        if (date.fromisoformat(row.day).toordinal() in common if row.day else row.import_id in whole)
    )


def _doubts(visits: Series, events: Series, common: frozenset[int] | None) -> Iterable[Message]:
    if common is None:
        yield message("period-unknown-all-divided")
    elif not common:
        yield message("no-common-day", visits=visits.called, events=events.called)
    zones = {one.timezone for one in (*visits.imports, *events.imports)} - {""}
    if len(zones) > 1:
        yield message("zones-differ", zones=tuple(sorted(zones)))
    undated = sum(row.numerator or 0 for row in events.rows if not row.day)
    if common and not undated and events.kind in LISTED:
        yield from _ends_early(events, common)
    if undated and common is not None:
        yield message("undated-counted", conversions=undated)


def _ends_early(events: Series, common: frozenset[int]) -> Iterable[Message]:
    """Yield where nobody came for longer than chance explains (three times as long as usual: 5 %)."""
    first = min(common)
    dated = ((date.fromisoformat(row.day).toordinal(), row.numerator) for row in events.rows if row.day)
    counts = [(day, count) for day, count in dated if count and day >= first]
    last = max((day for day, _ in counts), default=max(common))
    usual = (last - first + 1) / (sum(count for _, count in counts) or 1)
    if (left := max(common) - last) <= max(SILENCE, 3 * usual):
        return
    yield message(LISTED[events.kind], last=f"{date.fromordinal(last)}", days=left)


def _days(one: Import) -> frozenset[int]:
    if not (one.period_start and one.period_end):
        return frozenset()
    start, end = (date.fromisoformat(text).toordinal() for text in (one.period_start, one.period_end))
    return frozenset(range(start, end + 1))


def _span(days: frozenset[int] | None) -> tuple[date, date] | None:
    return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None
