"""What each resource brought: the lines of the report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.ledger.ties import ANSWER, ANSWERED, answer_name
from outreach.messages import decoded, message
from outreach.tracking.base import DROPPED_OUT, EVENTS
from outreach.tracking.grouping import is_nobodys, tags_of_row
from outreach.tracking.lines import SPECIAL, Choice, Line, Section
from outreach.tracking.pairing import Pair, pairs, series_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.campaign.ledger import Natural
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.messages import Message
    from outreach.tracking.base import Tags
    from outreach.tracking.grouping import Grouping
    from outreach.tracking.pooling import Pool

__all__ = ["BESIDE", "ONCE_A_DAY", "conversion", "counts_by_label"]

USUAL: Final = Choice()
NOT_OUT: Final = ("drafted", "declined")
PAID: Final = ("booked", "published", "removed")
"""A price that was only asked for is no cost."""

BESIDE: Final = ("click", "view")
"""Units that stand beside the visits in columns of their own."""

ONCE_A_DAY: Final = "users-once-a-day"
"""What an import says whose visitors of several days were added: no rate divides by them."""

DIRECT: Final = "sheet"
"""What a person typed gives way to what a tool counted."""


@dataclass(slots=True)
class _Sums:
    """What is being added up for one line."""

    denominator: int | None = None
    numerator: int | None = None
    revenue: dict[str, float] = field(default_factory=dict)

    def add_denominator(self, row: Result) -> None:
        if row.denominator is not None:
            self.denominator = (self.denominator or 0) + row.denominator

    def add_numerator(self, row: Result) -> None:
        if row.numerator is not None:
            self.numerator = (self.numerator or 0) + row.numerator
        if row.revenue is not None:
            self.revenue[row.currency] = self.revenue.get(row.currency, 0.0) + row.revenue


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the counts of a section, by label.

    Args:
        counts: Clicks and views.
        typed: Costs that a person typed.
        said: How many people named the place.

    """

    counts: Mapping[str, Mapping[str, int]]
    typed: Mapping[str, _Typed]
    said: Mapping[str, int]


@dataclass(slots=True)
class _Typed:
    """What a person typed of a line's costs: sums by currency, of which posts, and what the ledger knows otherwise."""

    costs: dict[str, float] = field(default_factory=dict)
    posts: set[Natural] = field(default_factory=set)
    others: list[str] = field(default_factory=list)


def conversion(
    grouping: Grouping,
    imports: Sequence[Import],
    rows: Sequence[Result],
    choice: Choice = USUAL,
) -> list[Section]:
    """Return what each resource brought, a section for each unit and kind of conversion.

    Every row of an import is in exactly one line of a section, or outside of its days: the lines add up to the file.
    A line of a resource stands there too when nothing came of it. Best first: by the shrunk rate, then by conversions,
    then by visits, ties by key; lines of no resource last.

    Args:
        grouping: By the ledger's placements and ties; without placements, the lines are by ``utm_content``, else by
            source and campaign.
        imports: Of the ledger.
        rows: Of these imports, added up by link and day.
        choice: What to report.

    Raises:
        InputError: Several sources count the same, and none was chosen.

    """
    answers = {one.id for one in imports if one.kind == ANSWERED}
    said = _said([row for row in rows if row.import_id in answers], grouping) if answers else {}
    imports = [one for one in imports if one.id not in answers]
    series = series_of(imports, [row for row in rows if row.import_id not in answers] if answers else rows)
    found = pairs(series, grouping.place, visits=choice.visits, conversions=choice.conversions)
    beside = _beside([row for one in series if one.unit in BESIDE for row in one.rows], imports, grouping)
    typed = _typed_costs([row for one in series for row in one.rows], grouping)
    if not found and (beside["view"] or typed):  # views and prices alone still tell what a thousand views cost
        found = [Pair("", "", "", None, None, tuple(imports))]
    return [
        _section(pair, grouping, _Beside(beside, typed, said), choice)
        for pair in found
        if not choice.kind or pair.kind == choice.kind
    ]


def _section(
    pair: Pair,
    grouping: Grouping,
    beside: _Beside,
    choice: Choice,
) -> Section:
    sums, codes = _added(pair, grouping), _codes(pair, grouping)
    alone = set() if pair.denominators or pair.numerators else beside.counts["view"].keys() | beside.typed.keys()
    labels = sorted(_labels(sums, grouping) | beside.said.keys() | alone)
    nobody = _Nobody.of(pair)
    total = sum(one.numerator or 0 for one in sums.values())
    none = _Sums()
    lines = [_line(label, sums.get(label, none), nobody, total, grouping) for label in labels]
    if beside.said or codes:
        lines = [line._replace(said=beside.said.get(line.label), codes=codes.get(line.label, ())) for line in lines]
    if any(beside.counts.values()):
        lines = [_with_beside(line, beside.counts) for line in lines]
    untyped = _Typed()
    lines = [_paid(line, grouping, beside.typed.get(line.label, untyped)) for line in lines]
    rated, differ = _rated(lines, pair, choice)
    return Section(pair, tuple(sorted(rated, key=_order)), differ, _per_visit(pair, choice))


def _added(pair: Pair, grouping: Grouping) -> dict[str, _Sums]:
    """Return the sums of a pair by label."""
    sums: dict[str, _Sums] = defaultdict(_Sums)
    if pair.denominators is pair.numerators:
        for row in pair.denominators or ():
            line = sums[grouping.label(row)]
            line.add_denominator(row)
            line.add_numerator(row)
        return sums
    for row in pair.denominators or ():
        sums[grouping.label(row)].add_denominator(row)
    for row in pair.numerators or ():
        sums[grouping.label(row)].add_numerator(row)
    return sums


def counts_by_label(pair: Pair, grouping: Grouping) -> dict[str, tuple[int | None, int | None]]:
    """Return the conversions and the visits of each line of ours; None is not known."""
    nobody = _Nobody.of(pair)
    return {
        label: (
            nobody.numerator if sums.numerator is None else sums.numerator,
            nobody.denominator if sums.denominator is None else sums.denominator,
        )
        for label, sums in _added(pair, grouping).items()
        if not is_nobodys(label)
    }


def _codes(pair: Pair, grouping: Grouping) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return by label the promotion codes that alone told where a conversion belongs, and how many."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in pair.numerators or ():
        if row.promo and row.numerator and grouping.attribution.match(tags_of_row(row)).by == "promo":
            of_line = counts[grouping.label(row)]
            code = row.promo.upper()
            of_line[code] = of_line.get(code, 0) + row.numerator
    return {label: tuple(sorted(codes.items())) for label, codes in counts.items()}


def _said(rows: Iterable[Result], grouping: Grouping) -> dict[str, int]:
    """Return by label how many people named a place; not known of a place that no answer is tied to."""
    by_name = {answer_name(one.number): one for one in grouping.attribution.ties if one.kind == ANSWER}
    labels = map(grouping.of_tie, by_name.values())
    found: dict[str, int] = {label: 0 for label in labels if label is not None}
    for row in rows:
        if (tie := by_name.get(row.resource)) and (label := grouping.of_tie(tie)) is not None:
            found[label] += row.numerator or 0
    return found


def _labels(sums: Mapping[str, _Sums], grouping: Grouping) -> set[str]:
    """Return the labels of the lines: what was counted, and the places where a teaser is out."""
    out = {grouping.of(one) for one in grouping.placements if one.status not in NOT_OUT}
    return out | sums.keys()


@dataclass(frozen=True, slots=True)
class _Nobody:
    """What a line without counts of its own has: where a tool counted and has no row for a link, nobody came."""

    denominator: int | None
    numerator: int | None

    @classmethod
    def of(cls, pair: Pair) -> _Nobody:
        counted = pair.denominators is not None and not _typed(pair, pair.denominators)
        listed = pair.kind in EVENTS  # who is not in a list did not sign up
        told = pair.numerators is not None and (listed or not _typed(pair, pair.numerators))
        return cls(0 if counted else None, 0 if told else None)


def _line(label: str, sums: _Sums, nobody: _Nobody, total: int, grouping: Grouping) -> Line:
    """Return the counts of a line, and its share of all conversions."""
    conversions = nobody.numerator if sums.numerator is None else sums.numerator
    line = Line(
        label,
        grouping.name(label),
        len(grouping.behind(label)),
        denominator=nobody.denominator if sums.denominator is None else sums.denominator,
        conversions=conversions,
        share=(conversions or 0) / total if total else None,
    )
    return _with_revenue(line, sums.revenue) if sums.revenue else line


def _typed(pair: Pair, rows: Sequence[Result]) -> bool:
    """Tell whether a person typed counts: he leaves a cell empty where he does not know; tools have no row for none."""
    imports = {row.import_id for row in rows}
    tools = {one.tool for one in pair.imports if one.id in imports} or {one.tool for one in pair.imports}
    return DIRECT in tools


def _with_revenue(line: Line, revenue: Mapping[str, float]) -> Line:
    """Return a line with its revenue; a sum of 0 is the same in every currency."""
    sums = {currency: amount for currency, amount in revenue.items() if amount} or dict(sorted(revenue.items())[:1])
    if len(sums) > 1:
        return _flagged(line, message("revenue-in-several-currencies", sums=_sums(sums)))
    for currency, amount in sums.items():
        return line._replace(revenue=amount, currency=currency)
    return line


def _beside(rows: Iterable[Result], imports: Iterable[Import], grouping: Grouping) -> dict[str, dict[str, int]]:
    """Return clicks and views by label; where two tools counted them, a tool goes before what a person typed."""
    meters = {one.id: (one.unit, (one.tool == DIRECT, one.tool, one.source_name)) for one in imports}
    counts: dict[tuple[str, str], dict[tuple[bool, str, str], int]] = defaultdict(dict)
    for row in rows:
        unit, meter = meters[row.import_id]
        if row.denominator is not None:
            of_line = counts[unit, grouping.label(row)]
            of_line[meter] = of_line.get(meter, 0) + row.denominator
    found: dict[str, dict[str, int]] = {unit: {} for unit in BESIDE}
    for (unit, label), by_meter in counts.items():
        found[unit][label] = by_meter[min(by_meter)]
    return found


def _with_beside(line: Line, beside: Mapping[str, Mapping[str, int]]) -> Line:
    return line._replace(clicks=beside["click"].get(line.label), views=beside["view"].get(line.label))


def _typed_costs(rows: Iterable[Result], grouping: Grouping) -> dict[str, _Typed]:
    """Return the costs that a person typed beside his counts, by label; those of each link once.

    What the ledger says of a placement goes before what was typed for it: the two are the same money.
    """
    links: dict[tuple[str, Tags, str], float] = {}
    for row in rows:
        if row.cost is not None:
            link = (grouping.label(row), tags_of_row(row), row.currency)
            links[link] = max(links.get(link, 0.0), row.cost)
    found: dict[str, _Typed] = defaultdict(_Typed)
    for (label, tags, currency), cost in links.items():
        matched = grouping.attribution.match(tags).placements
        known = [one for one in matched if one.cost is not None]
        if not known:
            found[label].posts.update(one.natural for one in matched)
            found[label].costs[currency] = found[label].costs.get(currency, 0.0) + cost
        elif all(one.cost != cost or currency not in ("", one.currency or "") for one in known):
            found[label].others.append(_amount(cost, currency))
    return found


def _paid(line: Line, grouping: Grouping, typed: _Typed) -> Line:
    """Return a line with what its placements cost: the ledger's sums, and those typed where it has none."""
    behind = [one for one in grouping.behind(line.label) if one.status != "declined"]
    paid = [one for one in behind if one.status in PAID] or behind  # nobody keeps a status: what there is
    costs = dict(typed.costs)
    for one in paid:
        if one.cost is not None:
            costs[one.currency or ""] = costs.get(one.currency or "", 0.0) + one.cost
    costs = {currency: amount for currency, amount in costs.items() if amount} or dict(sorted(costs.items())[:1])
    if typed.others:
        line = _flagged(line, message("cost-of-ledger", costs=tuple(sorted(typed.others))))
    if len(costs) > 1:
        return _flagged(line, message("costs-in-several-currencies", sums=_sums(costs)))
    missing = sum(1 for one in paid if one.cost is None and one.deal != "barter" and one.natural not in typed.posts)
    if costs and missing:
        line = _flagged(line, message("costs-missing", count=missing, posts=len(paid)))._replace(unpriced=missing)
    for currency, amount in costs.items():
        if line.revenue and currency != line.currency:
            other = message("revenue-in-other-currency", revenue=_amount(line.revenue, line.currency))
            line = _flagged(line, other)._replace(revenue=None)
        return line._replace(cost=amount, currency=currency)
    return line


def _flagged(line: Line, flag: Message) -> Line:
    return line._replace(flags=(*line.flags, flag))


def _sums(sums: Mapping[str, float]) -> tuple[Message, ...]:
    """Return sums by currency; one without a currency is none of the others."""
    return tuple(
        message("sum", amount=amount, currency=currency) if currency else message("sum-without-currency", amount=amount)
        for currency, amount in sorted(sums.items())
    )


def _amount(amount: float, currency: str) -> str:
    return f"{amount:.2f} {currency}".strip()


def _rated(lines: Sequence[Line], pair: Pair, choice: Choice) -> tuple[list[Line], bool | None]:
    """Return lines with their rates, and whether the data tell the resources apart."""
    from outreach.tracking.pooling import fit

    if not choice.rated:
        return list(lines), None
    if any(flag.code == ONCE_A_DAY for one in pair.imports for flag in map(decoded, one.flags.splitlines())):
        return list(lines), None
    if _per_visit(pair, choice):
        return [_with_number(line) for line in lines], None
    if pair.denominators is None or pair.numerators is None:
        return list(lines), None
    lines = [_flagged(line, message("no-rate")) if line.ours and _impossible(line) else line for line in lines]
    if pair.kind in DROPPED_OUT:
        return [line._replace(**_rate(line)) for line in lines], None
    usable = [line for line in lines if line.ours and line.denominator and not _impossible(line)]
    pool = fit([_counts(line) for line in usable])
    return _judged(lines, usable, pool), pool.told_apart if len(usable) > 1 else None


def _per_visit(pair: Pair, choice: Choice) -> bool:
    """Return whether what is counted may happen several times in a visit."""
    return pair.kind == "event" and pair.goal not in choice.once_per_visit


def _counts(line: Line) -> tuple[int, int]:
    return line.conversions or 0, line.denominator or 0


def _impossible(line: Line) -> bool:
    return line.denominator is not None and (line.conversions or 0) > line.denominator


def _with_number(line: Line) -> Line:
    """Return a line with a number per visit and its range, for what may happen several times in a visit."""
    from outreach.intervals import garwood

    if not line.denominator or line.conversions is None:
        return line
    interval, visits = garwood(line.conversions), line.denominator
    line = line._replace(rate=line.conversions / visits, low=interval.low / visits, high=interval.high / visits)
    return _flagged(line, message("events-repeat")) if line.ours else line


def _rate(line: Line) -> dict[str, Any]:
    """Return the rate of a line and its interval, where it has visits; a line is written anew once for all of it."""
    from outreach.intervals import wilson

    if not line.denominator or line.conversions is None or _impossible(line):
        return {}
    interval = wilson(line.conversions, line.denominator)
    if interval is None:
        return {}
    return {"rate": line.conversions / line.denominator, "low": interval.low, "high": interval.high}


def _judged(lines: Sequence[Line], usable: Sequence[Line], pool: Pool) -> list[Line]:
    """Return lines with their rates and their places among the others, and what can be said of each in words."""
    from outreach.tracking.verdict import NO_VISITS, verdicts

    judged = verdicts([_counts(line) for line in usable], pool)
    words = {line.label: verdict for line, verdict in zip(usable, judged, strict=True)}
    rates: dict[tuple[int | None, int | None], dict[str, Any]] = {}  # many places have the same counts

    def in_words(line: Line) -> Line:
        counts = line.conversions, line.denominator
        if line.label not in words:
            return line._replace(**_rate(line), verdict=NO_VISITS if line.ours and counts[1] == 0 else line.verdict)
        if counts not in rates:
            rates[counts] = {**_rate(line), "shrunk": pool.after(*_counts(line)).mean}
        found = words[line.label]
        word, more = (found.word, found.more) if found else ("", None)
        return line._replace(**rates[counts], verdict=word, more=more)

    return [in_words(line) for line in lines]


def _order(line: Line) -> tuple[object, ...]:
    special = SPECIAL.index(line.label) + 1 if line.label in SPECIAL else int(not line.ours)
    return (special, -(line.shrunk or -1.0), -(line.conversions or 0), -(line.denominator or 0), line.label)
