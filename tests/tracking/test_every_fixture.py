"""Whatever a tool exports, the report adds up to it: with a ledger, without one, by whatever the lines are."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.results import Results
from outreach.engine import Engine
from outreach.tracking.attribution import Attribution
from outreach.tracking.base import ImportOptions, Report
from outreach.tracking.conversion import conversion
from outreach.tracking.grouping import Grouping
from outreach.tracking.importing import Reading, keep, read
from outreach.tracking.lines import BY
from tests.tracking.described import described

HERE = Path(__file__).parent
DATA = HERE / "exports" / "data"
SHARED = HERE.parents[2] / "shared" / "fixtures" / "results"
NO_GOAL = ""
GOALS = ("Signup", "purchase", "1", "2", "Заявка", "generate_lead")
TOGETHER = ("plausible_dashboard/all", "plausible_dashboard/signup", "plausible_export")


def cases():
    """Return what is read together: the folders of one export, and every other file by itself."""
    together = [DATA / name for name in TOGETHER]
    alone = [path for path in sorted(DATA.rglob("*")) if path.is_file() and not set(path.parents) & set(together)]
    real = [path for path in sorted(SHARED.rglob("*")) if path.is_file() and path.parent.name != "stats"]
    return [*together, *alone, *real]


@pytest.fixture
def asked():
    """Give what is said beside the files."""
    from datetime import date

    with Engine() as engine:
        yield lambda **values: ImportOptions(engine, lambda: b"secret", date(2026, 6, 15), **values)


def told(path, asked):
    """Read a file; where it asks for a goal, or an order of day and month, give it one."""
    from outreach.errors import InputError

    for goal in (NO_GOAL, *GOALS):
        try:
            return read([str(path)], asked(goal=goal))
        except InputError as error:
            refused = error
            if "goal" not in error.message and "event" not in error.message:
                break
    return refused


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
@pytest.mark.parametrize("ledger", [False, True], ids=["without a ledger", "with one"])
def test_the_report_adds_up_to_the_file(path, ledger, asked, tmp_path):
    """Every denominator and every numerator of a report is in exactly one line, as many times as the file says."""
    reading = told(path, asked)
    if not isinstance(reading, Reading):
        assert SHARED in path.parents, str(reading)  # ours are all read; of the real ones some hold no links
        return
    for number, (report, _) in enumerate(reading.reports):
        assert isinstance(report, Report)
        ledger = open_ledger(tmp_path / f"{number}.db")
        if ledger:
            ledger.put([known(report)])
        results = Results(ledger.database)
        keep(results, Reading((reading.reports[number],), (), (), ()))
        sums = results.sums()
        assert total(sums) == total(report.rows)
        for by in BY:
            sections = conversion(Grouping(Attribution(ledger.placements()), by), results.imports(), sums)
            assert sections or report.unit == "view" or not any(total(report.rows)), "counts that are in no line"
            for section in sections:
                counted = section.pair.denominators is not None, section.pair.numerators is not None
                assert total_of_lines(section) == tuple(
                    side if wanted else 0 for side, wanted in zip(total(report.rows), counted, strict=True)
                )
        check_own_total(report)


def known(report):
    """Return a placement with the tags of the first tagged row, so that something is attributed."""
    tags = next((row.tags for row in report.rows if row.tags.tagged), report.rows[0].tags if report.rows else None)
    content = tags.content if tags else ""
    return Placement(
        campaign="spring", resource="vk:place", final_url="https://x.example", utm_content=content,
        utm_source=tags.source if tags else "", utm_campaign=tags.campaign if tags else "", status="published",
    )  # fmt: skip


def total(rows):
    """Return the sums of both counts."""
    return sum(row.denominator or 0 for row in rows), sum(row.numerator or 0 for row in rows)


def total_of_lines(section):
    """Return the sums of both counts over the lines of a section."""
    lines = section.lines
    return sum(line.denominator or 0 for line in lines), sum(line.conversions or 0 for line in lines)


def check_own_total(report):
    """What the file says that it adds up to is what its rows say."""
    for side, said in zip(total(report.rows), report.total, strict=True):
        flagged = any("add" in flag or "total" in flag for flag in described(report.flags))
        assert said is None or side == said or flagged
