"""Try all inputs, say by kind how many hold and what the others gave: ``python -m tests.everyday [PART OF A NAME …]``."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.everyday.cases import all_cases, missed


def report(parts: list[str]) -> int:
    """Print a line for each input that does not hold, then the counts."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for case in all_cases():
        if parts and not any(part in case.id for part in parts):
            continue
        tried[case.kind] += 1
        with tempfile.TemporaryDirectory() as folder:
            why = missed(case, Path(folder))
        held[case.kind] += not why
        if why:
            sys.stdout.write(f"{case.id}\t{why}\n")
    for kind, count in sorted(tried.items()):
        sys.stdout.write(f"{kind}: {held[kind]} of {count} hold\n")
    sys.stdout.write(f"{held.total()} of {tried.total()} hold\n")
    return held != tried


if __name__ == "__main__":
    sys.exit(report(sys.argv[1:]))
