"""Which places share customers: our product of who follows what beside igraph's projection of the same likes.

    python benchmarks/map.py --check

Both take turns in one process; processor seconds, the least of the rounds. igraph's graph is made before it is measured.
"""

from __future__ import annotations

import argparse
import resource
import time

import igraph
import numpy as np

from outreach.ranking.followers import Followers
from outreach.ranking.shared import MapPlace, map_of, shared_customers


def made_up(likes: int, customers: int, places: int) -> Followers:
    """Return heavy-tailed likes: few places have most customers, few customers most places."""
    random = np.random.default_rng(1)
    pairs = np.zeros(0, dtype=np.int64)
    while len(pairs) < likes:
        who = (customers * random.random(likes) ** 1.6).astype(np.int64)
        what = (places * random.random(likes) ** 3).astype(np.int64)
        pairs = np.unique(np.concatenate((pairs, what * customers + who)))
    pairs = np.sort(random.permutation(pairs)[:likes])
    what, who = pairs // customers, pairs % customers
    overlap = np.bincount(what, minlength=places)
    number = np.empty(places, dtype=np.int64)
    number[np.argsort(-overlap, kind="stable")] = np.arange(places)
    order = np.lexsort((who, number[what]))
    overlap = -np.sort(-overlap)
    overlap = overlap[overlap > 0]
    size = len(overlap)
    return Followers(
        np.arange(size), overlap, np.full(size, np.nan), np.full(size, customers), np.zeros(size, dtype=np.int64),
        np.concatenate(([0], np.cumsum(overlap))), who[order].astype(np.int32), np.ones((customers, 1), dtype=bool),
    )  # fmt: skip


def timed(work):
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--likes", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--places", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    followers = made_up(options.likes, options.customers, options.places)
    rows = np.repeat(np.arange(followers.places), followers.overlap)
    edges = np.column_stack((rows, followers.places + followers.customers))
    kinds = [False] * followers.places + [True] * followers.everybody
    graph = igraph.Graph(n=len(kinds), edges=edges)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, theirs, after = [], [], 0
    for _ in range(options.rounds):
        seconds, (_first, _second, counts) = timed(lambda: shared_customers(followers, followers.places))
        ours.append(seconds)
        after = after or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # of the first round: igraph's is not in it
        seconds, projected = timed(lambda: graph.bipartite_projection(types=kinds, which=0, multiplicity=True))
        theirs.append(seconds)
        assert (projected.ecount(), sum(projected.es["weight"])) == (len(counts), int(counts.sum()))  # noqa: S101
    ratio = min(ours) / min(theirs)
    print(f"{options.likes:,} likes, {len(counts):,} pairs, {int(counts.sum()):,} shared customers")
    print(f"ours {min(ours):.2f} s, igraph {min(theirs):.2f} s, ratio {ratio:.2f}; ours took {(after - before) >> 10} MiB")
    places = [
        MapPlace(f"telegram:p{at}", None, "telegram", None, int(followers.overlap[at]), followers.everybody, None)
        for at in range(300)
    ]
    seconds, found = timed(lambda: map_of(followers, places))
    print(f"map of 300 places, with test and communities: {seconds:.2f} s, {found.all_ties} ties")
    if options.check and ratio > 3:
        raise SystemExit("slower than three times igraph")


if __name__ == "__main__":
    main()
