"""A ranking from a few words, for every test of the room."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from outreach.engine import Engine
from outreach.tables import RANKING, Table

MakeRanking = Callable[..., Table]

USUAL = {
    "rank": 1,
    "resource": "telegram:budget",
    "platform": "telegram",
    "name": "Budget",
    "url": "https://t.me/budget",
    "subscribers": 48_200,
    "overlap": 7,
    "listed": 9,
    "share": 7 / 9,
    "share_low": 0.4526,
    "share_high": 0.9368,
    "affinity": 132.4,
    "accepts_posts": None,
}


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


@pytest.fixture(scope="session")
def ranking(engine: Engine) -> MakeRanking:
    """Give a function: one row for each dict, what it does not say is usual; ranks are 1, 2, … unless said."""
    numbers = count(1)

    def make(*rows: dict[str, Any], order: str = "rank, resource") -> Table:
        relation = f"ranking_{next(numbers)}"
        engine.run(f"create table {relation} ({RANKING.definition()})")
        full = [USUAL | {"rank": number} | row for number, row in enumerate(rows, 1)]
        engine.append(relation, [[row[name] for row in full] for name in RANKING.names])
        return Table(engine, relation, RANKING, order)

    return make
