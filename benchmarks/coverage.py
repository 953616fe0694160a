"""Hide most customers of a list, choose places from the few that are left, and see what share of the hidden they cover.

``README.md`` beside this file says what is compared. A list needs columns for customers and places, and may have one
for subscribers; a place that every customer follows counts as their own and is left out. Of a list with a thousand
customers or more, the members of each place with 40 to 400 of them are customers, one place after another.

    python benchmarks/coverage.py                       # customers that are made up
    python benchmarks/coverage.py FILE FOLDER --check   # fail where a bar is missed
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import outreach
from outreach.errors import InputError, InputWarning
from outreach.ranking.choosing import Limits
from outreach.ranking.coverage import cover
from outreach.ranking.followers import Followers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


MANY: Final = 1000
MEMBERS: Final = (40, 400)
FEWEST: Final = 15
FEW: Final = 25
"""Of fewer customers six are drawn, of others ten."""
BEHIND: Final = 0.002
"""So much of the hidden the set may cover less than the first places of the ranking do: luck of the draws."""
OFF: Final = 0.05
HOLDS: Final = 0.9
SUFFIXES: Final = {".csv", ".tsv", ".xlsx", ".parquet", ".json"}


@dataclass(frozen=True, slots=True)
class Group:
    """Customers of one niche: of each the places that they follow, and of each place its subscribers."""

    name: str
    follows: Sequence[frozenset[str]]
    sizes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one draw gave.

    Args:
        overlap: Share of the hidden customers whom the first places of the ranking cover.
        chosen: Share whom the set covers.
        told: What the program tells of the set.
        holds: Whether its interval holds the share.
        sample: Share of the drawn customers whom the set covers.

    """

    overlap: float
    chosen: float
    told: float
    holds: bool
    sample: float


def made_up() -> Group:
    """Return three hundred customers with six tastes, who follow sixty places of skewed popularity."""
    random = np.random.default_rng(0)
    places = [f"t.me/place_{number:02}" for number in range(60)]
    appeal = 0.6 * random.power(0.6, 60) ** 2
    taste = random.integers(0, 6, 60)
    sizes = 1000 * np.exp(3 * appeal / appeal.max() + random.normal(0, 0.7, 60))
    follows = []
    for customer in random.integers(0, 6, 300):
        chance = np.clip(appeal * np.where(taste == customer, 1.8, 0.6), 0, 0.95)
        follows.append(frozenset(np.array(places)[random.random(60) < chance].tolist()))
    return Group("made up", [some for some in follows if some], dict(zip(places, sizes, strict=True)))


def groups_in(path: Path) -> Iterator[Group]:
    """Yield the groups of customers in a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        likes = outreach.read_likes(path).dropna(subset=["resource"])
    subscribers = likes["subscribers"].to_numpy(float, na_value=np.nan)
    sizes = dict(zip(likes["resource"], map(float, subscribers), strict=True))
    by_customer = likes.groupby("customer")["resource"].agg(frozenset)
    if len(by_customer) < MANY:
        yield _without_own(path.name, list(by_customer), sizes)
        return
    for place, members in likes.groupby("resource")["customer"]:
        follows = [some - {place} for some in by_customer[sorted(members)] if len(some) > 1]
        if MEMBERS[0] <= len(follows) <= MEMBERS[1]:
            yield Group(path.name, follows, sizes)


def _without_own(name: str, follows: Sequence[frozenset[str]], sizes: Mapping[str, float]) -> Group:
    own = frozenset.intersection(*follows)
    return Group(name, [some - own for some in follows if some - own], sizes)


def tried(group: Group, seed: int, count: int, posts: int) -> Outcome:
    """Draw customers, choose places, and look at the others."""
    random = np.random.default_rng(seed)
    everybody = sorted(group.follows, key=sorted)
    drawn = set(random.choice(len(everybody), count, replace=False).tolist())
    inside = [everybody[one] for one in sorted(drawn)]
    outside = [some for one, some in enumerate(everybody) if one not in drawn]
    names, followers = followers_in(inside, group.sizes)
    found = cover(followers, Limits(posts))
    chosen = {names[member.place] for member in found.members}
    last, truth = found.members[-1], _share(outside, chosen)
    return Outcome(
        _share(outside, set(names[:posts])),
        truth,
        last.coverage,
        last.low <= truth <= last.high,
        _share(inside, chosen),
    )


def followers_in(follows: Sequence[frozenset[str]], sizes: Mapping[str, float]) -> tuple[list[str], Followers]:
    """Return the places of some customers in the order of a ranking, and who follows them."""
    by_place: dict[str, list[int]] = {}
    for customer, some in enumerate(follows):
        for place in some:
            by_place.setdefault(place, []).append(customer)
    size = {place: sizes.get(place, float("nan")) for place in by_place}
    names = sorted(by_place, key=lambda one: (-len(by_place[one]), -np.nan_to_num(size[one], nan=-1.0), one))
    overlap = np.array([len(by_place[name]) for name in names])
    none = np.zeros(len(names), dtype=np.int64)
    return names, Followers(
        resource_ids=np.arange(len(names)),
        overlap=overlap,
        sizes=np.array([size[name] for name in names]),
        listed=np.full(len(names), len(follows)),
        platforms=none,
        starts=np.concatenate(([0], np.cumsum(overlap))),
        customers=np.concatenate([by_place[name] for name in names]).astype(np.int32),
        lists=np.ones((len(follows), 1), dtype=bool),
    )


def _share(follows: Sequence[frozenset[str]], chosen: set[str]) -> float:
    return sum(not some.isdisjoint(chosen) for some in follows) / len(follows)


def measure(
    groups: Sequence[Group], seeds: int, posts: Sequence[int] | None
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the means over groups and draws, a line for each number of posts."""
    few = len(groups) == 1 and len(groups[0].follows) < FEW
    count = 6 if few else 10
    for number in posts or ((2, 3) if few else (5,)):
        start = time.process_time()
        outcomes = [tried(group, seed, count, number) for group in groups for seed in range(seeds)]
        seconds = time.process_time() - start
        means = {
            name: float(np.mean([getattr(one, name) for one in outcomes]))
            for name in ("overlap", "chosen", "told", "sample", "holds")
        }
        niches = "" if len(groups) == 1 else f", {len(groups)} niches"
        yield (
            f"{groups[0].name}{niches}, {count} customers, {number} places",
            {**means, "ms": 1000 * seconds / len(outcomes)},
        )


def files_in(paths: Sequence[str]) -> Iterator[Path]:
    """Yield files, and those of folders."""
    for path in map(Path, paths):
        yield from sorted(one for one in path.iterdir() if one.suffix in SUFFIXES) if path.is_dir() else [path]


def main() -> int:
    """Print a table; with --check return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", metavar="FILE|FOLDER")
    parser.add_argument("--seeds", type=int, default=100, help="draws from each group; 40 of each of several niches")
    parser.add_argument("--posts", type=int, nargs="+", help="default: 5; of few customers 2 and 3")
    parser.add_argument("--check", action="store_true", help="fail where a bar is missed")
    asked = parser.parse_args()
    missed = 0
    print("| list | overlap | set | told | of the sample | interval holds | ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for groups in [[made_up()], *_all_groups(asked.paths)]:
        seeds = asked.seeds if len(groups) == 1 else min(asked.seeds, 40)
        for name, found in measure(groups, seeds, asked.posts):
            cells = (f"{found[one]:.3f}" for one in ("overlap", "chosen", "told", "sample", "holds"))
            print(f"| {name} | {' | '.join(cells)} | {found['ms']:.0f} |", flush=True)
            missed += found["chosen"] < found["overlap"] - BEHIND
            missed += abs(found["told"] - found["chosen"]) > OFF
            missed += found["holds"] < HOLDS
    if missed:
        print(f"{missed} bars missed", file=sys.stderr)
    return int(bool(missed) and asked.check)


def _all_groups(paths: Sequence[str]) -> Iterator[list[Group]]:
    for path in files_in(paths):
        try:
            groups = list(groups_in(path))
        except InputError as err:
            print(f"{path}: left out, {err.message}", file=sys.stderr)
            continue
        if groups and len(groups[0].follows) >= FEWEST:
            yield groups


if __name__ == "__main__":
    sys.exit(main())
