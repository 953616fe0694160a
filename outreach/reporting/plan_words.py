"""Why a place is in a plan, and what the plan comes to, as messages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.keys import platform_of
from outreach.messages import message
from outreach.reporting.collect_words import platform_title
from outreach.tracking.betas import Beta, chance_above
from outreach.tracking.nouns import counted_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.money import Money
    from outreach.messages import Message
    from outreach.ranking.coverage import Cover
    from outreach.reporting.planning import Step
    from outreach.tracking.tried import Measured, Tried

__all__ = ["Rates", "Short", "Told", "conclusion", "rates_by_platform", "reasons"]

SURE: Final = 0.9
"""Chance from which on the rates of platforms are said to differ."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Conversions of a hundred visits on a platform and on all others, where they differ by more than chance."""

    here: float
    elsewhere: float


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a place beside its numbers.

    Args:
        tried: What it brought.
        measured: What was measured at all.
        rates: Of its platform.
        currency: Of the costs.
        foreign: What a post costs in another currency.
        under_way: Whether a post is drafted, sent or booked.

    """

    tried: Tried | None
    measured: Measured | None
    rates: Rates | None
    currency: str
    foreign: Money | None
    under_way: bool


@dataclass(frozen=True, slots=True)
class Short:
    """How many posts were asked for, and why there are fewer."""

    posts: int
    why: Message


def rates_by_platform(measured: Measured) -> dict[str, Rates]:
    """Return the platforms whose rate differs from that of all others by more than chance."""
    if not measured.has_rates or measured.section.per_unit:
        return {}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, one in measured.tried.items():
        counts = sums[platform_of(key)]
        counts[0] += one.conversions or 0
        counts[1] += one.visits
    hits, visits = (sum(counts[place] for counts in sums.values()) for place in (0, 1))
    found = {}
    for platform, (k, n) in sums.items():
        others_k, others_n = hits - k, visits - n
        if not n or not others_n or k > n or others_k > others_n:
            continue
        above = chance_above(Beta(k + 0.5, n - k + 0.5), Beta(others_k + 0.5, others_n - others_k + 0.5))
        if not 1 - SURE < above < SURE:
            found[platform] = Rates(100 * k / n, 100 * others_k / others_n)
    return found


def reasons(step: Step, told: Told) -> tuple[Message, ...]:
    """Return why a place is in a plan, the weightiest reason first."""
    return tuple(_reasons(step, told))


def _reasons(step: Step, told: Told) -> Iterator[Message]:
    place, member = step.place, step.member
    if told.rates:
        code = "plan-pays" if told.rates.here > told.rates.elsewhere else "plan-pays-less"
        platform = platform_title(place.platform, "en")
        yield message(code, platform=platform, rate=told.rates.here, others=told.rates.elsewhere)
    if place.overlap:
        yield message("plan-followed", overlap=place.overlap, listed=place.listed)
    else:
        yield message("plan-followed-by-none")
    if told.measured:
        yield _tried(told.tried, told.measured)
    elif member and 0 < member.newly < place.overlap:
        yield message("plan-newly", count=member.newly)
    if step.same_as:
        yield message("plan-same-people", place=step.same_as)
    if told.under_way:
        yield message("plan-under-way")
    if told.foreign:
        yield message("plan-costs", amount=told.foreign.amount, currency=told.foreign.currency or "")
    if step.cost and step.outcome and step.outcome.expected:
        yield message("plan-each", amount=_rounded(step.cost / step.outcome.expected), currency=told.currency)


def _rounded(amount: float) -> float:
    """Return a sum that is only expected with two digits that mean something."""
    return float(f"{amount:.2g}")


def _tried(tried: Tried | None, measured: Measured) -> Message:
    if tried is None:
        return message("plan-not-tried")
    pair = measured.section.pair
    posts = message("plan-in-posts", count=tried.posts)
    if tried.conversions is not None:
        hits = counted_of(pair.kind, tried.conversions, "conversion")
        return message(
            "plan-tried", hits=hits, visits=message(f"of-{_unit(pair.unit)}", count=tried.visits), posts=posts
        )
    what = counted_of(pair.unit if pair.denominators is not None else pair.kind, tried.visits, "visit")
    return message("plan-tried-visits", visits=what, posts=posts)


def _unit(unit: str) -> str:
    return unit if unit in {"visit", "session", "visitor", "pageview", "click"} else "visit"


def conclusion(
    steps: Sequence[Step],
    cover: Cover,
    measured: Measured | None,
    together: tuple[float, float] | None,
    short: Short | None = None,
) -> tuple[Message, ...]:
    """Return what a plan comes to: what is expected of it, what share of customers it covers, what one more adds.

    Args:
        steps: Of the plan.
        cover: What its places cover together.
        measured: What was measured so far.
        together: The range of what all posts bring, where something was measured.
        short: Why there are fewer posts than asked for.

    """
    if not steps:
        return (message("plan-nothing-because", why=short.why) if short else message("plan-nothing"),)
    fewer = (message("plan-fewer", count=len(steps), posts=short.posts, why=short.why),) if short else ()
    return (*_expected(steps, measured, together), *_covered(cover, measured), *fewer)


def _expected(
    steps: Sequence[Step], measured: Measured | None, together: tuple[float, float] | None
) -> Iterator[Message]:
    if measured is None or together is None:
        return
    pair = measured.section.pair
    expected = round(sum(step.outcome.expected for step in steps if step.outcome))
    hits = counted_of(pair.kind if pair.numerators is not None else pair.unit, expected, "conversion")
    low, high = map(round, together)
    yield message("plan-expected", count=len(steps), hits=hits, low=low, high=max(high, expected))


def _covered(cover: Cover, measured: Measured | None) -> Iterator[Message]:
    if not cover.members:
        return
    last, count = cover.members[-1], len(cover.members)
    yield message("plan-covers", count=count, percent=100 * last.coverage, low=100 * last.low, high=100 * last.high)
    if measured is None and cover.further is not None:
        yield message("plan-adds", number=count + 1, points=100 * cover.further)
