"""On how many examples a property is tried."""

from __future__ import annotations

import os

STRICT = os.environ.get("OUTREACH_TEST_STRICT") == "1"
FEWEST = 10


def examples(full: int) -> int:
    """Return all of them where OUTREACH_TEST_STRICT=1, as ``.ci/run`` has it, else a quarter; others each time."""
    return full if STRICT else max(min(full, FEWEST), full // 4)
