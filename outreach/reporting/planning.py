"""Where to post next: what the lists say of sets of places, and what the posts so far brought, as one plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outreach.engine import quoted
from outreach.errors import OptionError
from outreach.messages import describe, message
from outreach.reporting.plan_places import Candidates, Known, Place, candidates
from outreach.tables import PLAN, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from outreach.files.money import Money
    from outreach.likes import Likes
    from outreach.messages import Message
    from outreach.ranking import Choice, Ranking
    from outreach.ranking.choosing import Limits
    from outreach.ranking.coverage import Cover, Member
    from outreach.ranking.followers import Followers
    from outreach.reporting.plan_words import Short
    from outreach.tracking.outlook import Outlook, Record
    from outreach.tracking.tried import Measured

__all__ = ["Outcome", "Plan", "Sample", "Step", "Wanted", "cover_of", "plan", "sample_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a plan is asked for.

    Args:
        posts: How many places at most.
        must: Addresses or names of places that have to be in it.
        without: Addresses or names of places that may not.
        budget: What all posts may cost together; None for no limit.
        cool_down: Days between two posts in one place; None for none.
        currency: The campaign's; empty where none is known.

    Raises:
        OptionError: A number makes no sense, or more places have to be in it than posts are wanted.

    """

    posts: int = 5
    must: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    budget: Money | None = None
    cool_down: int | None = None
    currency: str = ""

    def __post_init__(self) -> None:
        if self.posts < 1:
            raise OptionError("posts must be 1 or more")
        if len(set(self.must)) > self.posts:
            raise OptionError("more places have to be in the plan than posts are wanted", hint="give more --posts")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one more post in a place may bring.

    Args:
        expected: Conversions; visits where no conversions are measured.
        low: Lower end of the range that holds four outcomes of five; None for a place far behind.
        high: Upper end.
        best: Chance that it is among the five best, 0..1.

    """

    expected: float
    low: float | None
    high: float | None
    best: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One post of a plan; None is not known.

    Args:
        place: Where.
        member: What it adds to the places before it; None where none of the customers follows it.
        same_as: What the place is called that it mostly shares its people with; empty where there is none.
        cost: Of a post.
        outcome: What it may bring, where something was measured.
        reasons: Why it is there.

    """

    place: Place
    member: Member | None
    same_as: str = ""
    cost: float | None = None
    outcome: Outcome | None = None
    reasons: tuple[Message, ...] = ()

    @property
    def reason(self) -> Message:
        """All reasons as one message."""
        return message("plan-reasons", reasons=self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where to post next.

    Args:
        table: ``tables.PLAN``.
        steps: Its rows, with what else is known of them.
        ranked: The ranking behind it.
        currency: Of all costs; empty where it is not known.
        measured: What was measured so far, None where nothing was.
        conclusion: What the plan comes to, in sentences.
        left_out: Places that may not be in it, by reason.
        absent: How many of the places that were not wanted are not there anyway.

    """

    table: Table
    steps: tuple[Step, ...]
    ranked: Ranking
    currency: str = ""
    measured: Measured | None = None
    conclusion: tuple[Message, ...] = ()
    left_out: tuple[Message, ...] = ()
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """What plans are made of: all places that may be in them, and who follows which.

    Args:
        ranked: By overlap, as the last ranking in its engine.
        followers: Of its places.

    """

    ranked: Ranking
    followers: Followers


def sample_of(likes: Likes, choice: Choice) -> Sample:
    """Return what plans of these likes are made of."""
    from outreach import ranking
    from outreach.ranking.followers import followers_of

    ranked = ranking.rank(likes, replace(choice, by="overlap", top=None, min_overlap=choice.fewest))
    return Sample(ranked, followers_of(likes, choice.since))


def plan(
    likes: Likes,
    choice: Choice,
    wanted: Wanted,
    known: Known,
    measured: Measured | None = None,
    *,
    sample: Sample | None = None,
) -> Plan:
    """Plan the next posts.

    Where nothing is measured yet, the places that together have the most customers come in the order of choosing. Else
    those come first of whose next post most conversions are expected; what they cover together is told too.

    Args:
        likes: What the customers follow.
        choice: The filters; the order is the plan's own.
        wanted: How many posts, which places, what they may cost.
        known: Ledger, address book, sheet.
        measured: What the posts so far brought.
        sample: Of the same likes and choice, where several plans are made of it; it is made where none is given.

    Raises:
        InputError: A place that has to be in it is not followed, hidden by a filter, or closed.
        OptionError: The places that have to be in it cost more than the budget.

    """
    from outreach.reporting.plan_words import conclusion

    sample = sample or sample_of(likes, choice)
    followers = sample.followers
    currency = (wanted.budget.currency if wanted.budget else None) or wanted.currency
    of = candidates(
        likes, followers, choice, known,
        must=wanted.must, without=wanted.without, tried=measured.tried if measured else (), currency=currency,
        bare_currency=wanted.currency, cool_down=wanted.cool_down,
    )  # fmt: skip
    _refuse_costs(of, wanted)
    made = _by_results(of, measured, wanted) if measured else _by_coverage(of, wanted)
    steps = tuple(_steps(of, made, measured))
    return Plan(
        table=_table(likes, steps),
        steps=steps,
        ranked=sample.ranked,
        currency=of.currency,
        measured=measured,
        conclusion=conclusion(
            steps,
            made.cover,
            measured,
            made.outlook.together(made.places) if made.outlook else None,
            _short(of, made.places, wanted),
        ),
        left_out=tuple(of.left_out(priced=wanted.budget is not None)),
        absent=of.absent,
    )


def cover_of(likes: Likes, followers: Followers, choice: Choice, places: Sequence[str], known: Known) -> Cover:
    """Return what given places cover together, as a plan of them alone says before anything is measured.

    Args:
        likes: What the customers follow, ranked by :func:`outreach.ranking.rank` with no ``top``.
        followers: Of the places of that ranking.
        choice: How it was filtered.
        places: Their keys, in the order of posts.
        known: Ledger, address book, sheet.

    Raises:
        InputError: One of them is not followed, hidden by a filter, or closed.

    """
    wanted = Wanted(posts=len(places), must=tuple(places))
    return _by_coverage(candidates(likes, followers, choice, known, must=wanted.must), wanted).cover


def _short(of: Candidates, places: Sequence[int], wanted: Wanted) -> Short | None:
    """Return why a plan has fewer posts than asked for, None where it has as many."""
    import numpy as np

    from outreach.reporting.plan_words import Short

    if len(places) >= wanted.posts:
        return None
    left = [int(one) for one in np.flatnonzero(~of.out) if one not in places]
    why = message("plan-why-places")
    if wanted.budget is not None:
        others = Counter(of.foreign[one].currency or "" for one in left if one in of.foreign)
        unknown = sum(1 for one in left if np.isnan(of.cost[one]))
        if any(of.cost[one] > 0 for one in left):
            why = message("plan-why-budget")
        elif others:
            named = tuple(sorted(others, key=lambda one: (-others[one], one)))
            why = message("plan-why-currency", prices=named, first=named[0])
        elif unknown:
            why = message("plan-why-price", count=unknown)
    return Short(wanted.posts, why)


def _refuse_costs(of: Candidates, wanted: Wanted) -> None:
    import math

    if wanted.budget is None or not of.must:
        return
    costs = [float(of.cost[one]) for one in of.must]
    if any(map(math.isnan, costs)) or sum(costs) > wanted.budget.amount:
        raise OptionError(
            "the places that have to be in the plan cost more than the budget, or their price is not known",
            hint="give a larger --budget, or write the prices into the sheet of places",
        )


@dataclass(frozen=True, slots=True)
class _Made:
    """The chosen places in order, what they cover, and what each may bring."""

    places: Sequence[int]
    cover: Cover
    outlook: Outlook | None = None


def _by_coverage(of: Candidates, wanted: Wanted) -> _Made:
    from outreach.ranking.coverage import cover

    here = of.followers.places
    given = 0 < wanted.posts <= len(of.must)  # by a person, who saw the ranking
    found = cover(of.followers, _limits(of, wanted, tuple(one for one in of.must if one < here)), given=given)
    places = [member.place for member in found.members]
    return _Made([*(one for one in of.must if one >= here), *places], found)


def _limits(of: Candidates, wanted: Wanted, must: tuple[int, ...], posts: int | None = None) -> Limits:
    from outreach.ranking.choosing import Limits

    here = of.followers.places
    budget = wanted.budget
    return Limits(
        posts=wanted.posts if posts is None else posts,
        must=must,
        out=of.out[:here],
        cost=None if budget is None else of.cost[:here],
        budget=0.0 if budget is None else budget.amount,
    )


def _by_results(of: Candidates, measured: Measured, wanted: Wanted) -> _Made:
    from outreach.ranking.choosing import Limits
    from outreach.ranking.coverage import cover
    from outreach.tracking.outlook import outlook

    found = outlook(_record(of, measured))
    places = _most_expected(of, found.expected, wanted)
    here = of.followers.places
    followed = tuple(one for one in places if one < here)
    return _Made(places, cover(of.followers, Limits(len(followed), must=followed), given=True), found)


def _most_expected(of: Candidates, expected: NDArray[Any], wanted: Wanted) -> list[int]:
    """Return the places of which most is expected; with a budget the better of most and most for the money."""
    import numpy as np

    allowed = ~of.out & (expected > 0)
    if wanted.budget is None:
        orders = [np.argsort(-expected, kind="stable")]
    else:
        allowed &= ~np.isnan(of.cost)
        for_money = expected / np.maximum(np.nan_to_num(of.cost, nan=np.inf), 0.01)
        orders = [np.argsort(-expected, kind="stable"), np.argsort(-for_money, kind="stable")]
    found = [_affordable(of, order[allowed[order]], wanted) for order in orders]
    best = max(found, key=lambda places: float(expected[places].sum()))
    return sorted(best, key=lambda place: (place not in of.must, -expected[place], place))


def _affordable(of: Candidates, order: NDArray[Any], wanted: Wanted) -> list[int]:
    """Return the first places of an order that the budget allows, those that must be there before all others."""
    places = list(of.must)
    left = wanted.budget.amount - float(of.cost[places].sum()) if wanted.budget else 0.0
    for place in map(int, order):
        if len(places) >= wanted.posts:
            break
        if place in of.must or (wanted.budget and of.cost[place] > left):
            continue
        places.append(place)
        left -= float(of.cost[place]) if wanted.budget else 0.0
    return places


def _record(of: Candidates, measured: Measured) -> Record:
    """Return what is known of all candidates, as arrays."""
    import numpy as np

    from outreach.tracking.outlook import Record

    here, total = of.followers.places, len(of.cost)
    counts = {name: np.zeros(total) for name in ("posts", "ran", "visits", "conversions", "later", "before")}
    for key, one in measured.tried.items():
        if (number := of.at.get(key)) is not None:
            for name, values in counts.items():
                values[number] += getattr(one, name) or 0
    names = {name: number for number, name in enumerate(of.platforms)}
    for place, _ in of.others:
        names.setdefault(place.platform, len(names))
    platforms = [names[place.platform] for place, _ in of.others]
    return Record(
        sizes=np.concatenate([of.followers.sizes, [size for _, size in of.others]]),
        platforms=np.concatenate([of.followers.platforms, platforms]).astype(np.int64),
        overlap=np.concatenate([of.followers.overlap, np.zeros(total - here)]),
        posts=counts["posts"],
        ran=counts["ran"],
        visits=counts["visits"],
        conversions=counts["conversions"] if measured.has_rates else None,
        later=counts["later"],
        before=counts["before"],
    )


def _steps(of: Candidates, made: _Made, measured: Measured | None) -> Iterator[Step]:
    import math

    from outreach.reporting.plan_words import Told, rates_by_platform, reasons

    members = {one.place: one for one in made.cover.members}
    shared = [one.same_as for one in members.values() if one.same_as is not None]
    named = of.places([*made.places, *shared])
    rates = rates_by_platform(measured) if measured else {}
    keys = {number: key for key, number in of.at.items() if measured and key in measured.tried}
    for number in made.places:
        member, outlook = members.get(number), made.outlook
        outcome = None
        if outlook is not None:
            low, high = (None if math.isnan(end[number]) else float(end[number]) for end in (outlook.low, outlook.high))
            outcome = Outcome(float(outlook.expected[number]), low, high, float(outlook.best[number]))
        step = Step(
            place=named[number],
            member=member,
            same_as=named[member.same_as].name if member and member.same_as is not None else "",
            cost=None if math.isnan(of.cost[number]) else float(of.cost[number]),
            outcome=outcome,
        )
        told = Told(
            measured.tried.get(keys.get(number, "")) if measured else None, measured, rates.get(named[number].platform),
            of.currency, of.foreign.get(number), under_way=number in of.under_way,
        )  # fmt: skip
        yield replace(step, reasons=reasons(step, told))


def _table(likes: Likes, steps: Sequence[Step]) -> Table:
    """Return the steps as a table, in their order."""
    engine = likes.engine
    columns = ", ".join(f"{quoted(column.name)} {column.type}" for column in PLAN.columns)
    engine.run(f"create or replace table {PLAN.name} ({columns})")
    rows = [_cells(number, step) for number, step in enumerate(steps, start=1)]
    engine.append(PLAN.name, [[row[place] for row in rows] for place in range(len(PLAN.columns))])
    return Table(engine, PLAN.name, PLAN, order="rowid")


def _cells(number: int, step: Step) -> list[object]:
    member, outcome = step.member, step.outcome
    return [
        number,
        step.place.resource,
        step.place.name,
        step.place.overlap,
        *((member.newly, member.coverage, member.low, member.high, member.redundancy) if member else [None] * 5),
        step.cost,
        *((outcome.expected, outcome.low, outcome.high, outcome.best) if outcome else [None] * 4),
        describe(step.reason),
    ]
