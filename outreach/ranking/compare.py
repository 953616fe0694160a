"""Two groups of customers: which places one of them follows more, and whether chance alone does as much.

A test for each place finds differences in most random splits of ten customers; corrected for the number of places it
finds none at all. The smallest of all p values, compared with those of random splits, keeps its promise and finds most.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.intervals import newcombe_difference
from outreach.ranking import Choice, rank
from outreach.ranking.followers import followers_of
from outreach.tables import COMPARISON, RANKING, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from outreach.likes import Likes
    from outreach.ranking import Ranking
    from outreach.ranking.followers import Followers

__all__ = ["HINT", "STANDS_OUT", "Comparison", "chance_of_each", "compare", "log_mid_p", "newcombe", "verdict_of"]

STANDS_OUT: Final = 0.05
HINT: Final = 0.20
ALL_SPLITS: Final = 5005
RANDOM_SPLITS: Final = 2000
FEWEST: Final = 2
"""Followers below which a place can tell nothing."""
DIGITS: Final = 9
"""Decimals of a logarithm: chances that are equal on paper are equal here."""
LEAST_LOG: Final = -700.0
MOST_TABLES: Final = 5000
SPLITS_AT_ONCE: Final = 125
"""A part of the random ones; more take more memory, fewer more time."""
PAIRS_AT_ONCE: Final = 1 << 15
BYTE: Final = 255
"""So many ones add up in a byte."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups compared.

    Args:
        table: ``tables.COMPARISON``, the largest difference first.
        groups: Their names.
        sizes: Customers of each with a list.
        places: Number of places compared, those behind the first ``top`` too.
        stand_out: How many of them stand out.
        hints: How many are a hint.
        chance: Share of random splits that show as large a difference somewhere; None where nothing is compared.
        ranking: Of the customers of both, for what the filters hid.

    """

    table: Table
    groups: tuple[str, str]
    sizes: tuple[int, int]
    places: int
    stand_out: int
    hints: int
    chance: float | None
    ranking: Ranking


def compare(likes: Likes, groups: tuple[str, str], choice: Choice | None = None) -> Comparison:
    """Compare what two groups of customers follow.

    For each place that at least two customers follow: a of the n1 customers of one group with a list, b of n2 of the
    other, and the two-sided mid-p of the hypergeometric distribution. All splits of the customers into groups of these
    sizes (from 5,006 on 2,000 random ones, always the same) give the smallest mid-p that chance finds anywhere; the p
    of a place is the share of splits with a smaller one, and half of those with the same.

    Args:
        likes: Of the customers of the two groups alone, with the table ``in_group`` (customer, first) beside them;
            see :func:`outreach.likes.groups.of_groups`.
        groups: What the two are called.
        choice: Filters; ``by`` counts for nothing, ``top`` is the most places to list.

    Raises:
        InputError: Nobody of a group has a list.

    Source:
        Westfall and Young, Resampling-based multiple testing (1993): the permutation of the smallest p.

    """
    import numpy as np

    choice = choice or Choice()
    fewest = max(FEWEST, choice.min_overlap or 0)
    ranked = rank(likes, replace(choice, top=None, by="overlap", min_overlap=fewest))
    if fewest == FEWEST:  # what one customer follows was not asked to be hidden
        ranked = replace(ranked, hidden=tuple(one for one in ranked.hidden if one.by != "overlap"))
    engine = likes.engine
    sizes = [int(count) for count in engine.rows(
        f"select count(*) filter (first), count(*) filter (not first) from in_group semi join {likes.lists.relation} "
        "using (customer)"
    )[0]]  # fmt: skip
    for name, size in zip(groups, sizes, strict=True):
        if size == 0:
            raise InputError(f"no customer of the group {name} has a list", hint="give the lists of both groups")
    first, second = sizes
    followers = followers_of(likes, choice.since)
    a, n1 = _first_group(likes, followers, choice)
    b, n2 = followers.overlap - a, followers.listed - n1
    p = chance_of_each(followers, a, n1, (first, second))
    low, high = newcombe(a, n1, b, n2)
    rows = {
        "place": np.arange(followers.places),
        "first": a,
        "first_of": n1,
        "second": b,
        "second_of": n2,
        "difference": np.where((n1 > 0) & (n2 > 0), a / np.maximum(n1, 1) - b / np.maximum(n2, 1), np.nan),
        "difference_low": low,
        "difference_high": high,
        "p": p,
    }
    return Comparison(
        _table(likes, rows, choice.top),
        groups,
        (first, second),
        followers.places,
        int((p <= STANDS_OUT).sum()),
        int(((p > STANDS_OUT) & (p <= HINT)).sum()),
        float(p.min()) if len(p) else None,
        ranked,
    )


def chance_of_each(followers: Followers, a: NDArray[Any], n1: NDArray[Any], sizes: tuple[int, int]) -> NDArray[Any]:
    """Return for each place the share of random splits in which some place differs as much.

    Args:
        followers: Who follows the places.
        a: Of each place, its followers in the first group.
        n1: Of each place, the customers of the first group with a list.
        sizes: Customers in the two groups.

    """
    first, second = sizes
    if first > second:  # a split is drawn by its smaller group, and a mid-p is that of both
        return chance_of_each(followers, followers.overlap - a, followers.listed - n1, (second, first))
    tables = _Tables(followers, n1, first)
    return _share_below(_smallest_of_splits(followers, tables, first), tables.log_p(a, n1))


def verdict_of(p: float) -> str:
    """Return what can be said of a place by its p.

    Example:
        >>> verdict_of(0.05), verdict_of(0.2), verdict_of(0.21)
        ('stands out', 'hint', '')

    """
    return "stands out" if p <= STANDS_OUT else "hint" if p <= HINT else ""


def _first_group(likes: Likes, followers: Followers, choice: Choice) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return of each place how many of the first group follow it, and how many of them have a list."""
    import numpy as np

    moment = choice.since.replace(tzinfo=None).isoformat(" ") if choice.since is not None else None
    recent = "" if moment is None else f"and (l.followed_at is null or l.followed_at >= timestamp '{moment}')"
    counts = likes.engine.arrays(
        f"select p.place, count(*) as followers from {likes.likes.relation} l join ranked_places p using (resource_id) "
        f"join in_group g using (customer) where g.first {recent} group by p.place"
    )
    a = np.zeros(followers.places, dtype=np.int64)
    a[counts["place"]] = counts["followers"]
    listed = likes.engine.arrays(
        "select r.column_number, count(distinct l.customer) as customers from ranked_platforms r "
        f"join platform_columns c using (column_number) join {likes.lists.relation} l on l.platform = c.platform "
        "or c.platform in ('web', 'other') join in_group g on g.customer = l.customer and g.first "
        "group by r.column_number"
    )
    by_platform = np.zeros(int(followers.platforms.max(initial=-1)) + 1, dtype=np.int64)
    by_platform[listed["column_number"]] = listed["customers"]
    return a, by_platform[followers.platforms]


class _Tables:
    """The logarithm of the mid-p of each place for each number of its followers in the smaller group.

    Where not everybody gave a list of a platform, how many in the smaller group did differs from split to split: there
    is a table for each number that can be. With many customers these would be too many; then all splits are measured as
    if as many had lists as in the groups themselves, which finds fewer differences, and none too many.

    Args:
        followers: Who follows the places.
        n1: Of each place, the customers of the smaller group with a list.
        smaller: Customers in the smaller group.

    """

    def __init__(self, followers: Followers, n1: NDArray[Any], smaller: int) -> None:
        import numpy as np

        least_n1 = np.maximum(0, smaller - (followers.everybody - followers.listed))
        most_n1 = np.minimum(followers.listed, smaller)
        kinds, of_place = _distinct(followers.overlap, followers.listed, least_n1, most_n1)
        self.by_split: Final = bool((least_n1 < most_n1).any()) and _tables_needed(kinds) <= MOST_TABLES
        """Whether a split has its own numbers of lists."""
        if not self.by_split:
            kinds, of_place = _distinct(followers.overlap, followers.listed, n1, n1)
        logs = _log_factorials(int(followers.listed.max(initial=0)))
        tables = [
            np.concatenate([log_mid_p(x, one, listed - one, logs) for one in range(low, high + 1)])
            for x, listed, low, high in kinds.tolist()
        ]
        starts = np.cumsum([0, *map(len, tables)])
        self.values: Final[NDArray[Any]] = np.concatenate([*tables, np.zeros(0)])
        self.starts: Final[NDArray[Any]] = starts[of_place] - kinds[of_place, 2] * (followers.overlap + 1)
        self.least: Final[NDArray[Any]] = np.array([table.min() for table in tables] + [0.0])[of_place]
        """The smallest logarithm that a place can reach."""
        self.widths: Final[NDArray[Any]] = followers.overlap + 1
        self.fixed: Final[NDArray[Any]] = n1

    def log_p(self, a: NDArray[Any], n1: NDArray[Any], places: NDArray[Any] | slice = slice(None)) -> NDArray[Any]:
        """Return the logarithms for the followers and the lists in the smaller group, of each place or of some."""
        extra = (slice(None), None)[: a.ndim]
        starts, widths = self.starts[places], self.widths[places]
        values: NDArray[Any] = self.values[starts[extra] + widths[extra] * n1 + a]
        return values


def _distinct(*columns: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the distinct rows of some columns, and of each row the number of its kind."""
    import numpy as np

    rows = np.stack(columns, axis=1).astype(np.int64)
    kinds, number = np.unique(rows.reshape(-1, len(columns)), axis=0, return_inverse=True)
    return kinds, number.ravel()


def _tables_needed(kinds: NDArray[Any]) -> int:
    return int((kinds[:, 3] - kinds[:, 2] + 1).sum())


def log_mid_p(x: int, n1: int, n2: int, logs: NDArray[Any] | None = None) -> NDArray[Any]:
    """Return the logarithm of the two-sided mid-p for 0..x followers in the first of two groups.

    The chance of all less likely numbers and half of that of the equally likely ones, of x followers among n1 + n2
    customers; a number that cannot be has that of the least likely one.

    Args:
        x: Followers in both groups.
        n1: Customers in the first one.
        n2: Customers in the second one.
        logs: Logarithms of factorials, at least up to n1 + n2.

    Example:
        >>> import numpy
        >>> numpy.exp(log_mid_p(2, 8, 6)).round(4).tolist()
        [0.0824, 0.7363, 0.3187]

    """
    import numpy as np

    logs = _log_factorials(n1 + n2) if logs is None else logs
    low, high = max(0, x - n2), min(x, n1)
    a = np.arange(low, high + 1)
    log_pmf = (
        logs[n1] - logs[a] - logs[n1 - a] + logs[n2] - logs[x - a] - logs[n2 - x + a]
        - (logs[n1 + n2] - logs[x] - logs[n1 + n2 - x])
    )  # fmt: skip
    rounded = np.round(log_pmf, DIGITS)
    order = np.argsort(rounded, kind="stable")
    ranked = rounded[order]
    below = np.concatenate(([0.0], np.cumsum(np.exp(log_pmf[order]))))
    left, right = np.searchsorted(ranked, rounded, "left"), np.searchsorted(ranked, rounded, "right")
    mid = (below[left] + below[right]) / 2
    found = np.full(x + 1, np.nan)
    found[a] = np.round(np.log(np.maximum(mid, np.exp(LEAST_LOG))), DIGITS)
    return np.where(np.isnan(found), found[a].min(), found)


def _log_factorials(most: int) -> NDArray[Any]:
    import numpy as np

    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, most + 1)))))


def _smallest_of_splits(followers: Followers, tables: _Tables, smaller: int) -> NDArray[Any]:
    """Return for each split the smallest logarithm of a mid-p that any place shows, in ascending order.

    Args:
        followers: Who follows the places.
        tables: Of the mid-p.
        smaller: Customers in the smaller group.

    """
    import numpy as np

    batches = list(_batches(followers, tables))
    found = []
    for members in _splits(smaller, followers.everybody):
        smallest = np.zeros(members.shape[1])
        lists = followers.lists.T.astype(np.int64) @ members if tables.by_split else None
        for places, customers in batches:
            if tables.least[places[0]] < smallest.max():
                n1 = tables.fixed[places][:, None] if lists is None else lists[followers.platforms[places]]
                log_p = tables.log_p(_counts(members, customers), n1, places)
                np.minimum(smallest, log_p.min(axis=0), out=smallest)
        found.append(smallest)
    return np.sort(np.concatenate(found))


def _batches(followers: Followers, tables: _Tables) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield places with as many followers, and these (places x followers), what can be most extreme first."""
    import numpy as np

    order = np.lexsort((followers.overlap, tables.least))
    counts = followers.overlap[order].astype(np.int64)
    begin = 0
    while begin < len(order):
        x = int(counts[begin])
        same = counts[begin : begin + max(1, PAIRS_AT_ONCE // x)] == x
        end = begin + (int(same.argmin()) if not same.all() else len(same))
        places = order[begin:end]
        yield places, followers.customers[followers.starts[places][:, None] + np.arange(x)]
        begin = end


def _counts(members: NDArray[Any], customers: NDArray[Any]) -> NDArray[Any]:
    """Return how many of some customers each split puts into the smaller group (places x splits)."""
    import numpy as np

    counts = np.zeros((len(customers), members.shape[1]), dtype=np.int64)
    for at in range(0, customers.shape[1], BYTE):
        counts += np.add.reduce(members[customers[:, at : at + BYTE]], axis=1, dtype=np.uint8)
    return counts


def _splits(smaller: int, n: int) -> Iterator[NDArray[Any]]:
    """Yield splits, some at a time: of each customer and each split, whether it puts them into the smaller group."""
    import numpy as np

    if comb(n, smaller) <= ALL_SPLITS:
        chosen = np.array(list(combinations(range(n), smaller)), dtype=np.int64)
        for begin in range(0, len(chosen), SPLITS_AT_ONCE):
            some = chosen[begin : begin + SPLITS_AT_ONCE]
            members = np.zeros((n, len(some)), dtype=np.uint8)
            members[some.ravel(), np.repeat(np.arange(len(some)), smaller)] = 1
            yield members
        return
    dice = np.random.default_rng(0)
    rows = np.empty((SPLITS_AT_ONCE, n), dtype=np.uint8)
    for _ in range(RANDOM_SPLITS // SPLITS_AT_ONCE):
        for row in rows:
            row[:] = _random_split(dice, smaller, n)
        yield np.ascontiguousarray(rows.T)


def _random_split(dice: Generator, smaller: int, n: int) -> NDArray[Any]:
    """Return a random set of so many of n customers: about as many by a coin for each, then as many more or less."""
    import numpy as np

    member = (np.frombuffer(dice.bytes(n), dtype=np.uint8) < round(256 * smaller / n)).view(np.uint8)
    missing = smaller - np.count_nonzero(member)
    if missing:
        others = np.flatnonzero(member == (missing < 0))
        member[dice.choice(others, abs(missing), replace=False, shuffle=False)] = missing > 0
    return member


def _share_below(smallest: NDArray[Any], found: NDArray[Any]) -> NDArray[Any]:
    """Return for each place the share of splits with a smaller p anywhere, and half of those with the same."""
    import numpy as np

    left, right = np.searchsorted(smallest, found, "left"), np.searchsorted(smallest, found, "right")
    return (left + right) / (2 * len(smallest))


def newcombe(
    k1: NDArray[Any], n1: NDArray[Any], k2: NDArray[Any], n2: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return Newcombe's 95 % range of the differences of two shares, as arrays; NaN where a group has no list.

    See :func:`outreach.intervals.newcombe_difference`; places of equal counts share one calculation.

    Example:
        >>> import numpy
        >>> low, high = newcombe(*(numpy.array([number]) for number in (56, 70, 48, 80)))
        >>> low.round(4).tolist(), high.round(4).tolist()
        ([0.0524], [0.3339])

    """
    import numpy as np

    kinds, of_place = _distinct(k1, n1, k2, n2)
    found = [newcombe_difference(*kind) for kind in kinds.tolist()]
    ends = np.array([(one.low, one.high) if one else (np.nan, np.nan) for one in found]).reshape(-1, 2)[of_place]
    return ends[:, 0], ends[:, 1]


def _table(likes: Likes, rows: dict[str, NDArray[Any]], top: int | None) -> Table:
    """Return the places with their counts and verdicts, the largest difference first."""
    engine = likes.engine
    engine.run(
        "create or replace table compared (place integer, first bigint, first_of bigint, second bigint, "
        "second_of bigint, difference double, difference_low double, difference_high double, p double)"
    )
    if len(rows["place"]):
        engine.append_arrays(f"insert into compared select {', '.join(rows)} from arrays", rows)
    shown = {
        "resource": "r.resource",
        "platform": "r.platform",
        "name": "r.name",
        "url": "r.url",
        "subscribers": "r.subscribers",
        **{
            name: f"if(isnan(c.{name}), null, c.{name})" for name in ("difference", "difference_low", "difference_high")
        },
        "verdict": f"case when p <= {STANDS_OUT} then 'stands out' when p <= {HINT} then 'hint' end",
    }
    names = ", ".join(f"{shown.get(name, 'c.' + name)} as {name}" for name in COMPARISON.names)
    order = "isnan(c.difference), abs(c.difference) desc, r.subscribers desc nulls last, r.resource"
    limit = f" limit {top:d}" if top else ""
    with engine.in_order():
        engine.run(
            f"create or replace table {COMPARISON.name} as select {names} from compared c "
            "join ranked_places p using (place) join resources s using (resource_id) "
            f"join {RANKING.name} r on r.resource = s.resource order by {order}{limit}"
        )
    return Table(engine, COMPARISON.name, COMPARISON, order="rowid")
