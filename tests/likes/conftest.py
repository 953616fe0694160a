"""Likes read from files in a folder of their own."""

from __future__ import annotations

import pytest

from outreach.engine import Engine
from outreach.likes import read
from outreach.likes.plan import ReadOptions
from outreach.ranking import Choice, rank


@pytest.fixture
def engine():
    with Engine() as engine:
        yield engine


@pytest.fixture
def reading(write):
    """Read likes from texts and from paths; the engines close with the test."""
    engines: list[Engine] = []

    def read_them(*inputs, columns=None, encoding=None, counted=None, **options):
        engine = Engine()
        engines.append(engine)
        paths = [
            write(f"text{number}.csv", one) if isinstance(one, str) and one.endswith("\n") else one
            for number, one in enumerate(inputs)
        ]
        return read(engine, paths, ReadOptions(columns or {}, encoding, counted), **options)

    yield read_them
    for engine in engines:
        engine.close()


@pytest.fixture
def ranked():
    """Rank without filters; each place as the named columns."""

    def places(likes, *columns: str):
        rows = rank(likes, Choice(min_subscribers=0)).table.head()
        return [tuple(row[column] for column in columns) for row in rows]

    return places
