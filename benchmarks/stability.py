"""Whether the chances of ``outreach rank --stability`` come true, and what they cost beside the plain ranking.

``python benchmarks/stability.py --memberships FILE.csv`` takes each niche (a place with 40 to 400 members) of a public
table of memberships (customer, resource, subscribers) for a market: some of its members are the sample, all others tell
what is true. Without a file, markets are simulated. ``--time`` times whole commands in turn, in processor seconds;
``--check`` fails where a bar is missed.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from outreach.ranking.followers import Followers

K: Final = 5
MEMBERS: Final = (40, 400)
BINS: Final = (0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)
WIDE_BINS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
MOST_OFF: Final = 0.1
MOST_TIMES: Final = 3.0
ROUNDS: Final = 5


def followers_of_matrix(matrix: NDArray[np.bool_], sizes: NDArray[np.float64]) -> tuple[Followers, NDArray[np.int64]]:
    """Return who follows what as the ranking has it, and which columns its places are.

    Args:
        matrix: Customers x places.
        sizes: Of each place; NaN is unknown.

    """
    from outreach.ranking.followers import Followers

    overlap = matrix.sum(axis=0)
    order = np.lexsort((np.arange(len(overlap)), -np.nan_to_num(sizes, nan=-1.0), -overlap))
    order = order[overlap[order] > 0]
    customers, everybody = [np.flatnonzero(matrix[:, place]) for place in order], len(matrix)
    found = Followers(
        resource_ids=order,
        overlap=overlap[order],
        sizes=sizes[order],
        listed=np.full(len(order), everybody),
        platforms=np.zeros(len(order), dtype=np.int64),
        starts=np.concatenate(([0], np.cumsum(overlap[order]))),
        customers=np.concatenate(customers) if customers else np.zeros(0, dtype=np.int64),
        lists=np.ones((everybody, 1), dtype=bool),
    )
    return found, order


def niches(path: Path) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.float64]]]:
    """Yield the members of each niche with the other places that they follow; who follows no other is no customer."""
    of_place, of_member, size = defaultdict(set), defaultdict(set), {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_place[row["resource"]].add(row["customer"])
            of_member[row["customer"]].add(row["resource"])
            size[row["resource"]] = float(row.get("subscribers") or "nan")
    for niche in sorted(of_place):
        members = sorted(one for one in of_place[niche] if len(of_member[one]) > 1)
        if MEMBERS[0] <= len(members) <= MEMBERS[1]:
            places = sorted(set().union(*(of_member[one] for one in members)) - {niche})
            column = {place: at for at, place in enumerate(places)}
            matrix = np.zeros((len(members), len(places)), dtype=bool)
            for at, member in enumerate(members):
                matrix[at, [column[place] for place in of_member[member] - {niche}]] = True
            yield matrix, np.array([size[place] for place in places])


def simulated(markets: int, seed: int = 0) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.float64]]]:
    """Yield made-up markets: customers of three kinds, places of very different size that appeal to some of them."""
    draws = np.random.default_rng(seed)
    for _ in range(markets):
        places, members = int(draws.integers(60, 300)), int(draws.integers(400, 800))
        size = np.round(10 ** draws.uniform(3, 6, places))
        appeal = draws.gamma(0.1, 1.0, (3, places)) * size**0.5
        share = np.minimum(0.8, appeal / appeal.mean() * draws.uniform(0.01, 0.03))
        kind = draws.integers(0, 3, members)
        yield draws.random((members, places)) < share[kind], size


def come_true(
    markets: Iterator[tuple[NDArray[np.bool_], NDArray[np.float64]]], n: int, seeds: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    """Return chances with whether they came true, and how many places stay: as expected, and in truth.

    True is what those say who are not in the sample, of the places that somebody in the sample follows: no others are
    listed. For what stays, ten more of them are asked.
    """
    from outreach.ranking.stability import MORE, stability

    chances, true, expected, stayed = [], [], [], []
    for number, (matrix, sizes) in enumerate(markets):
        if len(matrix) < n + MORE + 10:
            continue
        for seed in range(seeds):
            mixed = np.random.default_rng([number, seed]).permutation(len(matrix))
            sample, more, others = mixed[:n], mixed[n : n + MORE], mixed[n:]
            followers, columns = followers_of_matrix(matrix[sample], sizes)
            found = stability(followers, K)
            if found.why is not None:
                continue
            _, first = followers_of_matrix(matrix[others] & matrix[sample].any(axis=0), sizes)
            _, then = followers_of_matrix(matrix[np.concatenate((sample, more))], sizes)
            chances.append(found.chances)
            true.append(np.isin(columns, first[:K]))
            expected.append(found.stay)
            stayed.append(len(set(columns[:K]) & set(then[:K])))
    return np.concatenate(chances), np.concatenate(true), float(np.mean(expected)), float(np.mean(stayed))


def calibrated(
    chances: NDArray[np.float64], true: NDArray[np.float64], bins: tuple[float, ...] = BINS
) -> list[tuple[float, float, int]]:
    """Return for each step of chances their mean, how often that was true, and of how many places."""
    step = np.digitize(chances, bins[1:-1])
    return [
        (float(chances[step == one].mean()), float(true[step == one].mean()), int((step == one).sum()))
        for one in range(len(bins) - 1)
        if (step == one).any()
    ]


def seconds(*arguments: str) -> float:
    """Return the processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "outreach", *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def made_up(path: Path, pairs: int) -> None:
    """Write a table of that many pairs, skewed as memberships are."""
    draws = np.random.default_rng(0)
    customers, places = pairs * 3 // 4, pairs // 5
    who, what = draws.integers(0, customers, pairs), (places * draws.random(pairs) ** 3).astype(int)
    size = (10 ** draws.uniform(3, 6, places)).astype(int)
    with path.open("w", encoding="utf-8") as file:
        file.write("customer,resource,subscribers\n")
        file.writelines(f"c{a},t.me/place_{b},{size[b]}\n" for a, b in zip(who, what, strict=True))


def times(path: Path, rounds: int) -> tuple[float, float]:
    """Return the seconds of the plain ranking and of one with --stability, minima of runs in turn."""
    with tempfile.TemporaryDirectory() as folder:
        plain, stable = [], []
        for _ in range(rounds):
            plain.append(seconds("rank", str(path), "-o", str(Path(folder, "a.csv"))))
            stable.append(seconds("rank", str(path), "-o", str(Path(folder, "b.csv")), "--stability"))
    return min(plain), min(stable)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memberships", type=Path, help="table of customer, resource, subscribers; else simulated")
    parser.add_argument("--time", action="store_true", help="time whole commands too")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    bad = []
    for n in (10, 30):
        markets = niches(asked.memberships) if asked.memberships else simulated(40)
        chances, true, expected, stayed = come_true(markets, n, asked.seeds)
        print(f"{n} customers: of the first {K}, {expected:.2f} expected to stay, {stayed:.2f} stayed")
        for chance, share, places in calibrated(chances, true):
            print(f"  {chance:5.2f} said  {share:5.2f} true  {places:7d} places")
        for chance, share, places in calibrated(chances, true, WIDE_BINS):
            if places >= 100 and abs(chance - share) > MOST_OFF:
                bad.append(f"{n} customers: {chance:.2f} is true in {share:.2f}")
    for pairs in (125_000, 1_000_000) if asked.time else ():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "pairs.csv")
            made_up(path, pairs)
            plain, stable = times(path, ROUNDS)
        print(f"{pairs:9,} pairs: plain {plain:.2f} s, --stability {stable:.2f} s, ratio {stable / plain:.2f}")
        if stable > MOST_TIMES * plain:
            bad.append(f"{pairs} pairs: {stable / plain:.2f} times the plain ranking")
    if asked.check and bad:
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
