"""Plausible's full export: visits by day and link, and no conversions."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags

DATA = Path(__file__).parent / "data" / "plausible_export"
HEADER = (
    "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,"
    "pageviews,visitors,visits,visit_duration,bounces"
)
NAME = "imported_sources_20260501_20260503.csv"


def packed(folder, name="Export.zip", files=None):
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(DATA.iterdir()) if files is None else files:
            archive.write(file, file.name)
    return path


def test_visits_of_a_day_are_added_by_link(read):
    """Two referrers of one link are one row, because every visit has one source; they add up to the file's visits."""
    report = read(DATA / NAME).report
    riga = [(row.day.day, row.denominator) for row in report.rows if row.tags.content == "smm-riga--a-f871v"]
    assert riga == [(1, 15), (2, 6)]
    assert (report.tool, report.unit, report.kind) == ("plausible", "visit", "")
    assert sum(row.denominator for row in report.rows) == 54 == report.total[0]


def test_tags_are_kept_as_found(read):
    """Case, other letters and commas stay; where no utm_source is, Plausible's own source is told."""
    tags = [row.tags for row in read(DATA / NAME).report.rows]
    assert Tags(source="telegram", medium="social", campaign="Весна", content="kafija, tēja--b-2k9wq") in tags
    assert Tags(source="Google") in tags
    assert Tags() in tags  # Direct / None


def test_the_name_tells_the_period(read):
    """A day without visits at its end belongs to the period too."""
    assert read(DATA / NAME).report.period == Period(date(2026, 5, 1), date(2026, 5, 3))


def test_without_a_telling_name_the_days_are_the_period(read, export):
    """A renamed file is read all the same."""
    found = read(export("may.csv", f"{HEADER}\n2026-05-04,,,vk,,,a,,1,1,1,0,0\n2026-05-02,,,vk,,,a,,1,1,2,0,0\n"))
    assert found.report.period == Period(date(2026, 5, 2), date(2026, 5, 4))


def test_the_archive_is_read_and_its_other_tables_are_passed_over(read, tmp_path):
    """They hold no links, so nothing is said of each; that conversions are missing is said once."""
    found = read(packed(tmp_path))
    assert found.report.total == (54, None)
    assert len(found.remarks) == 1
    assert "sign-ups" in found.remarks[0]


def test_an_archive_without_sources_is_refused(read, tmp_path):
    """Browsers tell no links."""
    files = [file for file in DATA.iterdir() if "sources" not in file.name]
    with pytest.raises(InputError, match="lacks the table of sources"):
        read(packed(tmp_path, files=files))


def test_older_exports_have_only_a_source(read, export):
    """Before 2024 there was no utm_source in it: the source is that."""
    header = "date,source,utm_medium,utm_campaign,utm_content,utm_term,visitors,visits,visit_duration,bounces"
    report = read(export("sources_20230101_20230102.csv", f"{header}\n2023-01-01,vk,social,May,a,,3,4,10,1\n")).report
    assert report.rows[0].tags == Tags("vk", "social", "May", "a")
    assert report.total == (4, None)


def test_a_copy_saved_by_excel_is_read(read, export):
    """Semicolons, a mark, days with points and thousands with a space."""
    text = "\ufeff" + HEADER.replace(",", ";") + "\n01.05.2026;;;vk;social;Весна;a;;1;1;1 204;0;0\n"
    assert read(export(NAME, text)).report.total == (1204, None)


def test_an_export_of_no_traffic_is_a_report_of_nothing(read, export):
    """Nobody came: that is an answer."""
    report = read(export(NAME, f"{HEADER}\n")).report
    assert report.rows == ()
    assert report.total == (0, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-05-01,,,vk,,,a,,1,1,-1,0,0", "line 2: a negative count"),
        ("2026-05-01,,,vk,,,a,,1,1,1.5,0,0", "line 2: a count with a fraction"),
        ("2026-05-01,,,vk,,,a,,1,1,1000000000000000,0,0", "line 2: a count larger"),
        ("2026-05-01,,,vk,,,a,,1,1,many,0,0", "line 2: a count that is not a number"),
        ("2026-05-01,,,vk,,,a,,1,1", "line 2: cut off"),
        ("2026-05-32,,,vk,,,a,,1,1,1,0,0", "line 2: not a day of the calendar"),
        (",,,vk,,,a,,1,1,1,0,0", "line 2: no day"),
        ("2026-06-01,,,vk,,,a,,1,1,1,0,0", "line 2: a day outside the period"),
        ('2026-05-01,,,vk,,,"a,,1,1,1,0,0', "line 2: a quotation mark that is never closed"),
    ],
)
def test_a_line_that_cannot_be_used_refuses_the_file(read, export, line, said):
    """Without it the report would not add up."""
    with pytest.raises(InputError, match=said):
        read(export(NAME, f"{HEADER}\n{line}\n"))


def test_a_period_backwards_is_refused(read, export):
    """Somebody changed the name."""
    with pytest.raises(InputError, match="ends before it begins"):
        read(export("imported_sources_20260503_20260501.csv", f"{HEADER}\n2026-05-01,,,vk,,,a,,1,1,1,0,0\n"))


def test_the_real_export(read, shared):
    """Its rows add up to the visits in the file."""
    files = sorted((shared / "plausible").glob("imported_*"))
    report = read(*files).report
    assert report.total == (35, None) == (sum(row.denominator for row in report.rows), None)
    assert report.period == Period(date(2023, 2, 9), date(2024, 1, 23))
