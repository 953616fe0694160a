"""Who loves us: what customers answered to a survey, and the groups that their answers put them into."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from outreach.errors import OptionError
from outreach.surveys.estimates import Estimate, mean_difference, mean_share, net_promoter_score
from outreach.surveys.reading import ROLES, Answers, SurveyOptions, read_answers
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.surveys.reading import Answer

__all__ = [
    "DETRACTORS", "PASSIVES", "PROMOTERS", "ROLES", "FactorResult", "Gap", "Member", "Survey", "SurveyOptions",
    "group_of", "read_answers", "survey",
]  # fmt: skip

PROMOTERS: Final = "promoters"
PASSIVES: Final = "passives"
DETRACTORS: Final = "detractors"
FROM_PROMOTER: Final = 9
UP_TO_DETRACTOR: Final = 6


@dataclass(frozen=True, slots=True)
class FactorResult:
    """How satisfied customers are with one factor.

    Args:
        name: What was rated.
        scale: Its ends, like ``1-5``.
        weight: In the index.
        satisfaction: 0 to 1; None where nobody rated it.

    """

    name: str
    scale: str
    weight: float
    satisfaction: Estimate | None


@dataclass(frozen=True, slots=True)
class Gap:
    """What was received of a touchpoint, less what was expected.

    Args:
        touchpoint: What was rated.
        scale: Its ends.
        expected: Mean grade of those who gave both.
        received: Likewise.
        gap: Mean difference; below 0, less was received than expected.

    """

    touchpoint: str
    scale: str
    expected: float
    received: float
    gap: Estimate


@dataclass(frozen=True, slots=True)
class Member:
    """A customer, the group that the answer puts them into, and their step, empty if unknown."""

    customer: str
    group: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey says.

    Args:
        answers: As they were read.
        score: The net promoter score; None where nobody was asked, or nobody answered.
        promoters: Who gave 9 or 10.
        passives: Who gave 7 or 8.
        detractors: Who gave 6 or less.
        index: The satisfaction index, 0 to 1; None where no factor was rated.
        factors: In the order of the columns.
        gaps: The largest shortfall first.
        members: Customers with a group, by their labels.

    """

    answers: Answers
    score: Estimate | None
    promoters: int
    passives: int
    detractors: int
    index: Estimate | None
    factors: tuple[FactorResult, ...]
    gaps: tuple[Gap, ...]
    members: tuple[Member, ...]


def group_of(grade: float) -> str:
    """Return the group of who gave a grade from 0 to 10 to the question on recommending.

    Example:
        >>> group_of(9), group_of(7), group_of(6.5), group_of(0)
        ('promoters', 'passives', 'detractors', 'detractors')

    """
    if grade >= FROM_PROMOTER:
        return PROMOTERS
    return PASSIVES if grade >= UP_TO_DETRACTOR + 1 else DETRACTORS


def survey(path: str | Path, options: SurveyOptions | None = None) -> Survey:
    """Read a survey and say what it says.

    Args:
        path: A table of answers.
        options: What the user says of it.

    Raises:
        InputError: It cannot be read, or a scale or a column is not clear.
        OptionError: A weight is of no factor.

    """
    options = options or SurveyOptions()
    answers = read_answers(path, options)
    weights = _weights(answers, options.weight)
    groups = [group_of(one.recommend) for one in answers.answers if one.recommend is not None]
    promoters, passives, detractors = map(groups.count, (PROMOTERS, PASSIVES, DETRACTORS))
    shares = [_shares(answers, one) for one in answers.answers]
    members = sorted(
        (
            Member(one.customer, group_of(one.recommend), one.step)
            for one in answers.answers
            if one.customer and one.recommend is not None
        ),
        key=lambda one: one.customer,
    )
    return Survey(
        answers,
        net_promoter_score(promoters, detractors, len(groups)),
        promoters,
        passives,
        detractors,
        mean_share([value for one in shares if (value := _weighted(one, weights)) is not None]),
        tuple(
            FactorResult(factor.name, str(factor.scale), weight, mean_share(_filled([one[at] for one in shares])))
            for at, (factor, weight) in enumerate(zip(answers.factors, weights, strict=True))
        ),
        _gaps(answers),
        tuple(members),
    )


def _weights(answers: Answers, typed: Mapping[str, float]) -> tuple[float, ...]:
    """Return the weight of each factor; 1 where none was typed."""
    names = {
        fold_header(text): at
        for at, factor in enumerate(answers.factors)
        for text in (factor.header, factor.name)
        if text
    }
    weights = [1.0] * len(answers.factors)
    for name, weight in typed.items():
        at = names.get(fold_header(name))
        if at is None:
            raise OptionError(
                f"--weight {name}=…: no such factor",
                hint=f"factors: {', '.join(one.name for one in answers.factors) or 'none'}",
            )
        if not 0 <= weight < float("inf"):
            raise OptionError(
                f"--weight {name}=…: a weight is a number from 0 up", hint=f'write it like --weight "{name}=2"'
            )
        weights[at] = weight
    if weights and not any(weights):
        raise OptionError("--weight: all factors have the weight 0", hint="leave at least one above 0")
    return tuple(weights)


def _shares(answers: Answers, one: Answer) -> list[float | None]:
    """Return what a customer gave to each factor, 0 to 1."""
    return [
        None if grade is None else factor.scale.share(grade)
        for factor, grade in zip(answers.factors, one.factors, strict=True)
    ]


def _filled(shares: list[float | None]) -> list[float]:
    return [share for share in shares if share is not None]


def _weighted(shares: list[float | None], weights: tuple[float, ...]) -> float | None:
    """Return the weighted mean of the factors that a customer rated; None where none of them counts."""
    pairs = [(share, weight) for share, weight in zip(shares, weights, strict=True) if share is not None and weight]
    total = sum(weight for _, weight in pairs)
    return sum(share * weight for share, weight in pairs) / total if total else None


def _gaps(answers: Answers) -> tuple[Gap, ...]:
    """Return what was received less what was expected, the largest shortfall first, as a part of the scale."""
    found: list[tuple[float, Gap]] = []
    for at, point in enumerate(answers.touchpoints):
        both = [
            (before, after)
            for one in answers.answers
            if (before := one.expected[at]) is not None and (after := one.received[at]) is not None
        ]
        gap = mean_difference([after - before for before, after in both])
        if gap is not None:
            expected, received = (fmean(side) for side in zip(*both, strict=True))
            part = gap.value / (point.scale.high - point.scale.low)
            found.append((part, Gap(point.name, str(point.scale), expected, received, gap)))
    return tuple(gap for _, gap in sorted(found, key=lambda one: (one[0], one[1].touchpoint)))
