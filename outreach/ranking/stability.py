"""How certain the first places of a ranking are, and how many of them would stay with ten more customers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from outreach.messages import Message, message
from outreach.ranking.followers import PSEUDO_CUSTOMERS, expected_share, may_be_first, parts
from outreach.tables import IN_TOP_FIVE, Schema, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from outreach.ranking.followers import Followers

__all__ = ["FIRST", "Stability", "advice", "stability", "with_chances"]

FIRST: Final = 5
FEWEST_CUSTOMERS: Final = 4
DRAWS: Final = 2000
MORE: Final = 10
MOST_BLOCKS: Final = 1000


@dataclass(frozen=True, slots=True)
class Stability:
    """How certain the first places of a ranking are.

    Args:
        k: How many places are the first ones.
        chances: Of each place, the chance to be among the first k of them if all customers were asked, 0..1; empty
            where nothing can be estimated.
        later: Of each place, the chance to be among the first k after ten more customers; likewise.
        why: Why nothing can be estimated.

    """

    k: int
    chances: NDArray[Any]
    later: NDArray[Any]
    why: Message | None = None

    @property
    def stay(self) -> float:
        """How many of today's first k are expected to be among the first k after ten more customers."""
        return float(self.later[: self.k].sum())


def stability(followers: Followers, k: int = FIRST) -> Stability:
    """Estimate for each place of a ranking by overlap the chance to be among its first k, were all customers asked.

    Among the places of this ranking, that is: those that nobody in the sample follows are not there.

    Half of 2,000 draws (fixed seed) resample the customers and count again, ties by size; the other half draw the share
    of each place from ``Beta((n + 4) p, (n + 4) (1 - p))``, with its expected share p and the n customers with a list,
    who stay the same part of all customers.
    The first half alone is too sure: it takes the sample for all there is. Places are drawn from that have nearly as
    many customers as the last of the first k, at least 60 and at most 400; the others have no chance.

    For ten more customers, the first half adds ten drawn from the sample, the other half as many followers among ten as
    the share drawn brings.

    Args:
        followers: Who follows the ranked places, in the order of a ranking by overlap.
        k: How many places are the first ones.

    Returns:
        With ``why`` if there are fewer than four customers, or no more than k places.

    Source:
        Measured on public memberships; what is called .45, .65, .85 is true in .44, .64, .89 of cases.
        ``benchmarks/stability.py`` does that again.

    """
    import numpy as np

    why = _why_not(followers, k)
    if why is not None:
        return Stability(k, np.zeros(0), np.zeros(0), why)
    count = min(followers.places, max(may_be_first(followers.overlap, k), k + 1))
    random = np.random.default_rng(0)
    merit = _merit(followers.sizes[:count])
    chances, later = np.zeros(followers.places), np.zeros(followers.places)
    for whole, more in chain(_resampled(followers, merit, random), _shares(followers, merit, random)):
        chances[:count] += np.bincount(_first(whole, k), minlength=count)
        later[:count] += np.bincount(_first(more, k), minlength=count)
    return Stability(k, chances / DRAWS, later / DRAWS)


def advice(found: Stability) -> Message:
    """Return what ten more customers would change, or why nothing can be estimated."""
    if found.why is not None:
        return found.why
    stay = round(found.stay)
    return message("stability-settled" if stay >= found.k else "stability-ask-more", stay=stay, k=found.k, more=MORE)


def with_chances(table: Table, followers: Followers, found: Stability) -> Table:
    """Return a ranking with the chance of each place to be among the first five, missing where there is no estimate."""
    engine = table.engine
    some = [(int(followers.resource_ids[at]), float(found.chances[at])) for at in found.chances.nonzero()[0]]
    engine.run("create or replace table first_chances (resource_id integer, chance double)")
    engine.append("first_chances", [list(column) for column in zip(*some, strict=True)])
    chance = "null::double" if found.why else "coalesce(c.chance, 0.0)"
    engine.run(
        f"create or replace table ranking_stable as select k.*, {chance} as {IN_TOP_FIVE.name} "
        f"from {table.relation} k join resources r using (resource) left join first_chances c using (resource_id)"
    )
    schema = Schema(table.schema.name, (*table.schema.columns, IN_TOP_FIVE))
    return Table(engine, "ranking_stable", schema, table.order)


def _why_not(followers: Followers, k: int) -> Message | None:
    if followers.everybody < FEWEST_CUSTOMERS:
        return message("stability-few-customers", customers=followers.everybody, fewest=FEWEST_CUSTOMERS)
    if followers.places <= k:
        return message("stability-few-places", places=followers.places, k=k)
    return None


def _merit(sizes: NDArray[Any]) -> NDArray[Any]:
    """Return a number below 1 for each place that decides between equal counts: by size, then as they are ranked."""
    import numpy as np

    merit = np.empty(len(sizes))
    merit[np.lexsort((np.arange(len(sizes)), -np.nan_to_num(sizes, nan=-1.0)))] = np.arange(len(sizes), 0, -1)
    return merit / (len(sizes) + 1)


def _resampled(
    followers: Followers, merit: NDArray[Any], random: Generator
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield counts of resamples, and today's counts with ten more customers drawn from the sample.

    From 1,000 customers on, blocks of customers are drawn: their sums vary as those of single customers do.
    """
    import numpy as np

    count, draws, everybody = len(merit), DRAWS // 2, followers.everybody
    pairs = int(followers.starts[count])
    places, customers = np.repeat(np.arange(count), followers.overlap[:count]), followers.customers[:pairs]
    blocks = min(everybody, MOST_BLOCKS)
    block = random.permutation(everybody) % blocks
    sums = np.bincount(block[customers] * count + places, minlength=blocks * count).reshape(blocks, count)
    weights = random.multinomial(blocks, np.full(blocks, 1 / blocks), size=draws)
    ten = random.integers(0, everybody, draws * MORE)
    order = np.argsort(customers, kind="stable")
    starts = np.searchsorted(customers[order], np.arange(everybody + 1))
    followed, lengths = parts(starts, places[order], ten)
    draw = np.repeat(np.repeat(np.arange(draws), MORE), lengths)
    more = np.bincount(draw * count + followed, minlength=draws * count).reshape(draws, count)
    yield weights.astype(float) @ sums + merit, followers.overlap[:count] + more + merit


def _shares(
    followers: Followers, merit: NDArray[Any], random: Generator
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield drawn shares of all customers, and today's counts with as many of ten more as these bring."""
    count = len(merit)
    share = expected_share(followers)[:count]
    strength = followers.listed[:count] + PSEUDO_CUSTOMERS
    of_listed = random.beta(strength * share, strength * (1 - share), size=(DRAWS // 2, count))
    drawn = of_listed * followers.listed[:count] / followers.everybody  # only who has a list there counts in a ranking
    yield drawn, followers.overlap[:count] + random.binomial(MORE, drawn) + merit


def _first(found: NDArray[Any], k: int) -> NDArray[Any]:
    """Return the numbers of the first k places of each draw, one draw after another."""
    import numpy as np

    return np.argpartition(-found, k - 1, axis=1)[:, :k].ravel()
