"""On how many examples a property is tried."""

from __future__ import annotations

import os

STRICT = os.environ.get("OUTREACH_TEST_STRICT") == "1"
ALL = os.environ.get("OUTREACH_TEST_EXAMPLES") == "all"
FEWEST = 10


def examples(full: int) -> int:
    """Return all of them where OUTREACH_TEST_EXAMPLES=all, else a quarter; others each time, but on CI."""
    return full if ALL else max(min(full, FEWEST), full // 4)
