"""Try all inputs, say by kind how many hold and what the others gave: ``python -m tests.everyday [PART OF A NAME …]``.

``python -m tests.everyday facts 300`` tries as many ways to write facts down, the same each time, and counts by shape.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.everyday.cases import all_cases, missed
from tests.everyday.facts import tried, written


def report(parts: list[str]) -> int:
    """Print a line for each input that does not hold, then the counts."""
    count: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for case in all_cases():
        if parts and not any(part in case.id for part in parts):
            continue
        count[case.kind] += 1
        with tempfile.TemporaryDirectory() as folder:
            why = missed(case, Path(folder))
        held[case.kind] += not why
        if why:
            sys.stdout.write(f"{case.id}\t{why}\n")
    for kind, number in sorted(count.items()):
        sys.stdout.write(f"{kind}: {held[kind]} of {number} hold\n")
    sys.stdout.write(f"{held.total()} of {count.total()} hold\n")
    return held != count


def report_facts(count: int) -> int:
    """Print a line for each way of writing that is not read as it should be, then the counts by shape."""
    tally: dict[str, Counter[str]] = {}

    for facts in map(written, range(count)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                why, refused = tried(facts, Path(folder))
            except Exception as err:  # noqa: BLE001  # a crash is a miss like others
                why, refused = f"{'/'.join(facts.combination)}: {type(err).__name__}: {err}", False
        tally.setdefault(facts.shape, Counter()).update(tried=1, held=not why, refused=refused)
        if why:
            sys.stdout.write(f"{why[:500]}\n")
        elif refused:
            sys.stdout.write(f"{'/'.join(facts.combination)}: refused, and its hint gives the facts\n")
    for shape, counts in sorted(tally.items()):
        sys.stdout.write(
            f"{shape}: {counts['held']} of {counts['tried']} hold, {counts['refused']} were refused first\n"
        )
    whole = sum(tally.values(), Counter())
    sys.stdout.write(f"{whole['held']} of {whole['tried']} hold, {whole['refused']} were refused first\n")
    return whole["held"] != whole["tried"]


if __name__ == "__main__":
    sys.exit(report_facts(int(sys.argv[2])) if sys.argv[1:2] == ["facts"] else report(sys.argv[1:]))
