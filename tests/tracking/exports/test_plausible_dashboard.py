"""Plausible's dashboard: one dimension, visitors or people with the goal."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "plausible_dashboard"
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
PLAIN = "name,visitors,bounce_rate,visit_duration\n"
WEEKS = b"date,visitors,pageviews,visits,views_per_visit,bounce_rate,visit_duration\n"
GOAL = "name,conversions,conversion_rate\n"


@pytest.fixture
def packed(tmp_path):
    """Return a function that packs a folder as "Export stats" does."""

    def pack(name, files):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for inner, content in files.items():
                archive.writestr(inner, content)
        return path

    return pack


def files(folder):
    return {path.name: path.read_bytes() for path in sorted((DATA / folder).iterdir())}


def test_content_is_read_and_nothing_is_added_to_it(read, packed):
    """Campaigns and sources are the same visitors once more."""
    report = read(packed("Plausible export shop.example 2026-05-01  to 2026-05-31 .zip", files("all"))).report
    assert [(row.tags.content, row.denominator) for row in report.rows[:-1]] == [
        ("smm-riga--a-f871v", 40),
        ("kafija, tēja--b-2k9wq", 25),
        ("Отзыв--c-77abc", 5),
    ]
    assert (report.unit, report.kind, described(report.flags)) == ("visitor", "", ())


def test_the_archive_tells_site_and_period(read, packed):
    """Plausible writes both into its name, and browsers put underscores for the blanks."""
    for name in ("Plausible export shop.example 2026-05-01  to 2026-05-31 .zip",
                 "Plausible_export_shop.example_2026-05-01__to_2026-05-31_.zip"):  # fmt: skip
        report = read(packed(name, files("all"))).report
        assert (report.source_name, report.period) == ("shop.example", MAY)


def test_what_the_site_had_beyond_the_links_is_a_row(read, packed):
    """visitors.csv has all of them, so that the share of untagged ones is known."""
    report = read(packed("export.zip", files("all"))).report
    assert (report.rows[-1].tags, report.rows[-1].denominator) == (Tags(rest=True), 50)
    assert sum(row.denominator for row in report.rows) == 120 == report.total[0]


def test_days_tell_the_period_of_a_renamed_archive(read, packed):
    """Not where they are weeks: of the last only the first day is told."""
    assert read(packed("a.zip", files("all"))).report.period == Period(date(2026, 5, 1), date(2026, 5, 3))
    weeks = WEEKS + b"2026-05-04,9,9,9,1,1,1\n2026-05-11,3,3,3,1,1,1\n"
    assert read(packed("b.zip", files("all") | {"visitors.csv": weeks}), period=MAY).report.period == MAY


def test_with_a_goal_there_are_numerators_only(read, packed):
    """The rate beside them is of all visitors of the site and says nothing of the link's."""
    report = read(packed("goal.zip", files("signup"))).report
    assert [row.numerator for row in report.rows] == [6, 1, 2]
    assert all(row.denominator is None for row in report.rows)
    assert (report.unit, report.kind, report.goal, report.total) == ("", "conversion", "Signup", (None, 9))


def test_both_exports_together_are_two_reports_of_one_dimension(read, packed):
    """Though nobody with a tagged content reached the goal, its table is the one that pairs up."""
    goal = files("signup") | {"utm_contents.csv": GOAL.encode()}
    found = read(packed("all.zip", files("all")), packed("goal.zip", goal))
    assert [(one.unit, one.kind, one.labels[0].rpartition(": ")[2]) for one in found.reports] == [
        ("visitor", "", "utm_contents.csv"),
        ("", "conversion", "utm_contents.csv"),
    ]


@pytest.mark.parametrize(
    ("there", "tags"),
    [
        (["utm_campaigns", "utm_sources", "sources"], Tags(campaign="x")),
        (["utm_sources", "sources"], Tags(source="x")),
        (["sources", "channels"], Tags(source="x", medium="referral")),
    ],
)
def test_the_best_dimension_that_there_is(read, packed, there, tags):
    """Content before campaign before source; an empty table is passed over."""
    report = read(
        packed("a.zip", {f"{name}.csv": f"{PLAIN}x,3,0,0\n" for name in there} | {"utm_contents.csv": PLAIN})
    ).report
    assert [row.tags for row in report.rows] == [tags]


def test_several_goals_are_refused_by_name(read, packed):
    """A person with either is one person: they cannot be told apart any more, named or not."""
    goals = files("signup") | {"conversions.csv": b"name,unique_conversions,total_conversions\nSignup,9,11\nBuy,2,2\n"}
    for named in ("", "Signup"):
        with pytest.raises(InputError, match=r"several goals \(Buy, Signup\)"):
            read(packed("goal.zip", goals), goal=named)


def test_goals_listed_without_a_filter_do_not_matter(read, packed):
    """conversions.csv of an unfiltered export lists all goals of the site."""
    assert read(packed("a.zip", files("all")), goal="Purchase").report.goal == ""


def test_another_goal_than_the_named_is_refused(read, packed):
    """Not counted under a name that it does not have; case does not matter."""
    assert read(packed("goal.zip", files("signup")), goal="signup").report.goal == "Signup"
    with pytest.raises(InputError, match="no goal Buy in it, it counts Signup"):
        read(packed("other.zip", files("signup")), goal="Buy")


def test_a_plain_file_with_a_goal_does_not_tell_which(read, export):
    """The user may say; else it is flagged."""
    file = export("utm_contents.csv", f"{GOAL}a,2,1.5\n")
    assert read(file, goal="Signup").report.goal == "Signup"
    assert described(read(file).report.flags) == ("the export does not name the goal that it counts",)


def test_a_table_at_the_limit_is_flagged(read, export):
    """300 rows are all that Plausible gives; what was below is nowhere."""
    rows = [f"c{number},1,0,0\n" for number in range(300)]
    assert described(read(export("utm_contents.csv", PLAIN + "".join(rows[:-1]))).report.flags) == ()
    assert "300 rows" in described(read(export("utm_contents.csv", PLAIN + "".join(rows))).report.flags)[0]


def test_a_downloaded_copy_keeps_its_dimension(read, export):
    """Browsers number what they download twice."""
    assert read(export("utm_campaigns (2).csv", f"{PLAIN}May,3,0,0\n")).report.rows[0].tags == Tags(campaign="May")


def test_one_table_twice_is_refused(read, export):
    """Two months, perhaps, and nothing tells which; the same file once more does not matter."""
    first, same = export("utm_contents.csv", f"{PLAIN}a,3,0,0\n"), export("utm_contents (1).csv", f"{PLAIN}a,3,0,0\n")
    assert read(first, same).report.total == (3, None)
    with pytest.raises(InputError, match="utm_contents is there 2 times"):
        read(first, export("utm_contents (2).csv", f"{PLAIN}a,4,0,0\n"))


def test_the_asked_period_is_for_files_that_tell_none(read, export):
    """A plain table has no dates."""
    assert read(export("sources.csv", f"{PLAIN}Google,1,0,60\n"), period=MAY).report.period == MAY


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("may.csv", f"{PLAIN}a,1,0,0\n", "neither its name nor its content"),
        ("utm_contents.csv", f"{PLAIN}a,-1,0,0\n", "line 2: a negative count"),
        ("utm_contents.csv", f"{PLAIN}a,1.5,0,0\n", "line 2: a count with a fraction"),
        ("utm_contents.csv", f"{PLAIN}a,1000000000000000,0,0\n", "line 2: a count larger"),
        ("utm_contents.csv", f"{PLAIN}a,3\n", "line 2: cut off"),
        ("browsers.csv", "name,visitors\nFirefox,1\n", "no table of links"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(read, export, name, text, said):
    """One sentence, with the line."""
    with pytest.raises(InputError, match=said):
        read(export(name, text))


def test_dates_backwards_in_the_archive_are_refused(read, packed):
    """Somebody renamed it."""
    with pytest.raises(InputError, match="ends before it begins"):
        read(packed("Plausible export a.example 2026-05-31 to 2026-05-01.zip", files("all")))


def test_the_real_tables(read, shared):
    """Each adds up: rows, what the goal's own table has beyond them, and the total."""
    found = read(*sorted((shared / "plausible").glob("dashboard_*")))
    goal, plain = found.reports
    assert (goal.goal, goal.total, sum(row.numerator for row in goal.rows)) == ("Signup", (None, 1), 1)
    assert (plain.rows[0].tags, plain.total) == (Tags(source="google"), (1, None))
