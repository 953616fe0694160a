"""What a command does with files, as text that does not depend on how its sentences are worded.

The one place that knows how to look inside: the likes as the engine holds them, the ledger as the run leaves it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shlex
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from outreach.cli import main
from outreach.messages import describe
from tests.golden.kinds import error_kind, reason_kind, remark_kinds, shape_kind, show_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from outreach.likes import Likes
    from tests.golden.cases import Case

MOST_LINES = 40
MOST_SHOWN = 12
"""Of places and of names in one line; in cases of words every word is to be seen."""
DEFAULTS = {
    "rank": ("--min-subscribers=0", "--format=csv"),
    "check": ("--format=json",),
    "track": ("--format=csv",),
}
"""What a case leaves out: nothing is hidden for its size, and the form is one that a program reads."""


def observed(case: Case, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the command of a case in the current folder; return what came of it."""
    command, *words = shlex.split(case.run)
    defaults = [one for one in DEFAULTS[command] if one.partition("=")[0] not in words]
    stdin = Path(case.stdin).read_bytes() if case.stdin else None
    seen = {"rank": LikesSeen, "check": Nothing, "track": LedgerSeen}[command](monkeypatch)
    seen.whole = bool(case.words)
    show_codes(monkeypatch)
    result = CliRunner().invoke(main, [command, *words, *defaults], input=stdin, catch_exceptions=False)
    lines = [f"exit {result.exit_code}"]
    if command == "rank" and not result.exit_code:
        lines += ranked(result.stdout, seen)
    elif command == "check" and result.stdout:
        lines += checked(result.stdout)
    elif command == "track" and not result.exit_code:
        lines += seen.lines
    lines += said(result.stderr)
    return "\n".join(lines) + "\n"


class Nothing:
    """Nothing is looked at inside."""

    whole = False

    def __init__(self, _: pytest.MonkeyPatch) -> None:
        pass


class LikesSeen(Nothing):
    """Who follows what, and which rows were rejected, as the reading hands it on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        likes = import_module("outreach.likes")  # which is also the name of a function
        self.followers: dict[str, list[str]] = defaultdict(list)
        self.facts: dict[str, list[str]] = {}
        self.lists: dict[str, list[str]] = defaultdict(list)
        self.rejected: dict[str, list[str]] = defaultdict(list)
        read = likes.read

        def seen(*args: Any, **options: Any) -> Likes:
            told = read(*args, **options)
            self.look(told)
            return told

        monkeypatch.setattr(likes, "read", seen)

    def look(self, told: Likes) -> None:
        rows = told.engine.rows
        for key, customer, day in rows(
            "select resource, customer, followed_at from likes join resources using (resource_id) order by all"
        ):
            self.followers[key].append(customer + (f" since {day:%Y-%m-%d}" if day else ""))
        for key, posts, topic in rows("select resource, accepts_posts, topic from resources"):
            posted = [] if posts is None else [f"posts {'yes' if posts else 'no'}"]
            self.facts[key] = posted + ([f"topic {topic}"] if topic else [])
        for platform, customer in rows("select platform, customer from lists order by all"):
            self.lists[platform].append(customer)
        if told.rejections:
            for row in told.rejected().head():
                self.rejected[reason_kind(row["reason"])].append(f"{row['source']}:{row['line']}")


def ranked(stdout: str, seen: LikesSeen) -> Iterator[str]:
    """Yield the customers, the places with who follows them, the rejected rows."""
    customers = sorted({customer for some in seen.lists.values() for customer in some})
    yield f"customers {len(customers)}: {few(customers, whole=seen.whole)}"
    for platform, some in sorted(seen.lists.items()):
        if len(some) < len(customers) or platform not in {key.partition(":")[0] for key in seen.followers}:
            yield f"lists {platform}: {few(some, whole=seen.whole)}"
    places = []
    for row in csv.DictReader(io.StringIO(stdout)):
        key = verbatim(row["resource"])
        size = f"size {row['subscribers']}" if row["subscribers"] else "size unknown"
        name = [json.dumps(verbatim(row["name"]), ensure_ascii=False)] if row["name"] else []
        who = few(sorted(seen.followers[key]), whole=seen.whole)
        parts = [key, f"{row['overlap']} of {row['listed']}", size, *name, *seen.facts[key], who]
        places.append(" | ".join(parts))
    yield from sorted(places) if seen.whole else shortened(sorted(places))
    yield from rejections(seen.rejected, whole=seen.whole)


def rejections(found: dict[str, list[str]], *, whole: bool = False) -> Iterator[str]:
    """Yield what kinds of rows were rejected, and where they stand."""
    for kind, where in sorted(found.items()):
        yield f"rejected {kind} {len(where)}: {few(sorted(where, key=by_line), whole=whole)}"


def by_line(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line) if line.isdigit() else 0


def verbatim(text: str) -> str:
    """Return a cell of a CSV file without the apostrophe that guards it."""
    return text.removeprefix("'")


def few(texts: list[str], *, whole: bool = False) -> str:
    """Return the first of many texts, and what changes when one of the others does; all of them for ``whole``."""
    most = len(texts) if whole else MOST_SHOWN
    shown = ", ".join(re.sub(r"[\x00-\x1f]", "?", text) for text in texts[:most])
    return shown + (f" and {len(texts) - most} more {digest(texts)}" if len(texts) > most else "")


def shortened(lines: list[str]) -> list[str]:
    """Return the first of many lines, and what changes when one of the others does."""
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more {digest(lines)}"]


def digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def checked(stdout: str) -> Iterator[str]:
    """Yield how each table was understood, or why it was passed over."""
    tables = [table for table in json.loads(stdout) if table["passed_over"] is None]
    passed = [table for table in json.loads(stdout) if table["passed_over"] is not None]
    for table in sorted(tables, key=lambda table: table["source"]):
        counts = f"{table['customers']} customers, {table['likes']} likes, {table['rejected']} rejected"
        yield f"{table['source']} | {shape_kind(table['read_as'])} | {table['encoding'] or 'UTF-8'} | {counts}"
        for count, reason in re.findall(r"(?:^|; )(\d+) x (.*?)(?=; \d+ x |; and \d+ more|$)", table["reasons"] or ""):
            yield f"  rejected {reason_kind(reason)} {count}"
    for table in sorted(passed, key=lambda table: table["source"]):
        yield f"{table['source']} | passed over: {reason_kind(table['passed_over'])}"


class LedgerSeen(Nothing):
    """What was counted for which link, as the ledger holds it after the import."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from outreach.tracking import report

        self.lines: list[str] = []
        import_files = report.import_files

        def seen(ledger: Any, *args: Any, **options: Any) -> Any:
            told = import_files(ledger, *args, **options)
            self.look(ledger, told[0])
            return told

        monkeypatch.setattr(report, "import_files", seen)

    def look(self, ledger: Any, reading: Any) -> None:
        from outreach.campaign.ledger.results import Results
        from outreach.tracking.steps import counted_steps

        imports, rows = counted_steps(*Results(ledger.database).imports_and_sums())
        sums = defaultdict(list)
        for row in rows:
            sums[row.import_id].append(row)
        for one, lines in sorted((head_of(one), counts_of(sums[one.id])) for one in imports):
            self.lines += [one, *shortened(lines)]
        found: dict[str, list[str]] = defaultdict(list)
        for one in reading.rejected:
            found[reason_kind(describe(one.reason))].append(f"{one.source}:{one.line}")
        self.lines += rejections(found)


def head_of(one: Any) -> str:
    """Return what an import counts, of when, by whom."""
    what = "/".join(filter(None, (one.unit, one.kind))) or "nothing"
    period = f"{one.period_start}..{one.period_end}" if one.period_start else "no period"
    said = {"goal": one.goal, "source": one.source_name, "zone": one.timezone, "model": one.attribution_model}
    more = [f"{name} {value}" for name, value in said.items() if value and not (name == "source" and value == one.tool)]
    return " | ".join([f"{one.tool}: {what}", one.grain, period, *more])


def counts_of(rows: Iterable[Any]) -> list[str]:
    """Return a line for each link and day."""
    lines = []
    for row in rows:
        tags = [row.utm_source, row.utm_medium, row.utm_campaign, row.utm_content]
        named = [
            f"{name}={value}" for name in ("promo", "start", "short_url", "resource") if (value := getattr(row, name))
        ]
        link = "/".join(tags).rstrip("/") if any(tags) else ""
        which = " ".join(filter(None, [link, *named, "(rest)" if row.rest else ""])) or "(no link)"
        counts = [
            f"{name} {value}" for name in ("denominator", "numerator") if (value := getattr(row, name)) is not None
        ]
        sums = [
            f"{name} {round(value, 6):g} {row.currency}".strip()
            for name in ("revenue", "cost")
            if (value := getattr(row, name)) is not None
        ]
        lines.append("  " + " | ".join(filter(None, [which, row.day or "", *counts, *sums])))
    return sorted(lines)


def said(stderr: str) -> Iterator[str]:
    """Yield the kinds of what was said, sorted."""
    assert "Traceback" not in stderr, stderr
    for line in stderr.splitlines():
        if line.startswith("Error: "):
            hint = "" if re.search(r"^Hint: ", stderr, re.MULTILINE) else ", no hint"
            yield f"error {error_kind(line.removeprefix('Error: '))}{hint}"
    kinds = Counter(remark_kinds(stderr))
    for kind, times in sorted(kinds.items()):
        yield f"remark {kind}" + (f" x {times}" if times > 1 else "")
