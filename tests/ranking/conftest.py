"""What the tests of the ranking share: ranking a frame with all that there is to say about it."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from outreach import ranking
from outreach.engine import Engine
from outreach.likes import from_tables
from outreach.likes.frame import table_of_frame


@pytest.fixture(scope="session")
def read():
    """Read a frame once and give a function that ranks it, any number of times.

    The result has the rows as dictionaries, and what was hidden, absent, followed once, unknown, undated.
    """

    @contextmanager
    def reading(frame):
        with Engine() as engine:
            likes = from_tables(engine, [table_of_frame(engine, frame, {})], may_be_empty=True)

            def rank(**options):
                result = ranking.rank(likes, ranking.Choice(**options))
                return SimpleNamespace(
                    rows=result.table.head(),
                    hidden={hidden.by: hidden for hidden in result.hidden},
                    reasons=[hidden.by for hidden in result.hidden],
                    absent=result.absent,
                    followed_once=result.followed_once,
                    unknown=result.unknown,
                    undated=result.undated,
                )

            yield rank

    return reading


@pytest.fixture(scope="session")
def ranked(read):
    """Rank a frame once."""

    def rank(frame, **options):
        with read(frame) as ranks:
            return ranks(**options)

    return rank
