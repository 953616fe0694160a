"""Results at the command line: what is read, what is refused whole, what is said."""

from __future__ import annotations

import csv
import io
import re

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.results import Results
from outreach.cli import main

CANARY = "secret.person@example.org"
VISITS = "place,visits,conversions\nvk:one,100,9\nvk:two,50,1\n"
SIGNUPS = (
    "Submitted at,Email,utm_source,utm_campaign,utm_content\n"
    f"2026-05-02 10:00,{CANARY},vk,spring,one--a-1xxxx\n"
    "2026-05-03 11:00,other@example.org,vk,spring,two--a-1xxxx\n"
    "2026-05-03 12:00,third@example.org,,,\n"
)
GA4 = (
    "# ----------------------------------------\n# Traffic acquisition\n# Property: Shop - GA4\n"
    "# Start date: 20260501\n# End date: 20260531\n"
    "Session source / medium,Session campaign,Session manual ad content,Sessions\n"
    "vk / social,spring,one--a-1xxxx,{one}\nvk / social,spring,two--a-1xxxx,40\n"
    "(direct) / (none),(direct),(not set),60\n"
)


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)

    def call(*args: str, stdin: bytes | None = None):
        return CliRunner().invoke(main, ("track", *args), input=stdin, catch_exceptions=False)

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file into the folder; give its name."""

    def make(name, text, encoding="utf-8"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return name

    return make


@pytest.fixture
def ledger(tmp_path):
    """Make a ledger of two published placements."""
    ledger = open_ledger(tmp_path / "outreach.db")
    ledger.put(
        Placement(
            campaign="spring", resource=f"vk:{place}", name=place.title(), status="published", utm_source="vk",
            utm_medium="social", utm_campaign="spring", utm_content=f"{place}--a-1xxxx",
            final_url=f"https://x.example/?utm_source=vk&utm_campaign=spring&utm_content={place}--a-1xxxx",
        )
        for place in ("one", "two")
    )  # fmt: skip
    return ledger


def lines(result):
    """Return the report as rows by label."""
    return {row["resource"]: row for row in csv.DictReader(io.StringIO(result.stdout))}


@pytest.mark.usefixtures("ledger")
def test_sign_ups_and_sessions_become_a_rate(outreach, write):
    """Two files, one section, the untagged share always said."""
    result = outreach(write("signups.csv", SIGNUPS), write("ga4.csv", GA4.format(one=100)))
    assert result.exit_code == 0
    found = lines(result)
    assert [(row["denominator"], row["conversions"]) for row in found.values()] == [
        ("40", "1"), ("100", "1"), ("60", "1"),
    ]  # fmt: skip
    assert found["vk:two"]["rate"] == "0.025"
    assert (found["vk:one"]["unit"], found["vk:one"]["conversion_kind"]) == ("session", "signup")
    assert "33 % of the 3 sign-ups came without a tag." in result.stderr
    assert "signups.csv: sign-ups; 3 sign-ups; 3 new." in result.stderr
    assert result.stderr.splitlines()[-1] == "Next: outreach track -o report.xlsx"


@pytest.mark.usefixtures("ledger")
def test_nobody_s_name_leaves_the_file(outreach, write, tmp_path):
    """Addresses are hashed while they are read: none is in the output nor in the database."""
    write("signups.csv", SIGNUPS)
    result = outreach("signups.csv", "--rejected", "rejected.csv")
    assert CANARY not in result.stdout + result.stderr
    assert all(CANARY.encode() not in path.read_bytes() for path in tmp_path.iterdir() if path.name != "signups.csv")


def test_the_same_files_again_change_nothing(outreach, write, ledger):
    """The report of the second run is the report of the first."""
    files = (write("signups.csv", SIGNUPS), write("ga4.csv", GA4.format(one=100)))
    first, again = outreach(*files), outreach(*files)
    assert again.stdout == first.stdout
    assert again.stderr.count("imported before; nothing changed") == 2
    assert len(Results(ledger.database).imports()) == 2


@pytest.mark.usefixtures("ledger")
def test_without_files_the_ledger_reports(outreach, write):
    """What was imported stays."""
    first = outreach(write("ga4.csv", GA4.format(one=100)))
    assert outreach().stdout == first.stdout


@pytest.mark.usefixtures("ledger")
def test_a_later_export_of_the_same_period_replaces(outreach, write):
    """And says whose place it took."""
    outreach(write("ga4.csv", GA4.format(one=100)))
    result = outreach(write("later.csv", GA4.format(one=120)))
    assert lines(result)["vk:one"]["denominator"] == "120"
    assert "instead of 3 rows of Shop - GA4 imported before" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_visits_in_no_line_are_told(outreach, write, tmp_path):
    """A sheet with visits and conversions of its own leaves the log's visits aside, and never in silence."""
    log = (
        '192.0.2.1 - - [02/May/2026:10:00:00 +0000] "GET /?utm_content=one--a-1xxxx HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
    )
    said = "--visits access-log shows them."
    result = outreach(write("visits.csv", VISITS), write("access.log", log))
    assert said in result.stderr
    assert result.stderr.splitlines()[-1] == "Next: outreach track -o report.xlsx"
    write("likes.csv", "customer,resource\nAnna,vk:one\n")
    chosen = outreach("--visits", "access-log")
    assert lines(chosen)["vk:one"]["denominator"] == "1"
    assert said not in chosen.stderr
    assert outreach("--by", "platform").stderr.splitlines()[-1] == "Next: outreach rank likes.csv --db outreach.db"
    (tmp_path / "likes.csv").unlink()
    assert outreach("--visits", "access-log").stderr.splitlines()[-1] == (
        "Next: outreach track --visits=access-log -o report.xlsx"
    )
    assert chosen.stderr.splitlines()[-1] == "Next: outreach rank likes.csv --db outreach.db"


@pytest.mark.usefixtures("ledger")
def test_another_sheet_without_days_says_how_to_keep_both(outreach, write):
    """May and June typed by hand are two files of the same series, and nothing tells their days: it is asked."""
    outreach(write("may.csv", VISITS))
    result = outreach(write("june.csv", VISITS.replace("100", "90")))
    assert result.exit_code == 3
    assert (
        "this differs from what was typed before: visits of vk:one 100, now 90; nothing was imported" in result.stderr
    )
    assert "--source NAME or --period DAY..DAY keeps both" in result.stderr
    assert outreach("june.csv", "--replace").exit_code == 0
    assert lines(outreach())["vk:one"]["denominator"] == "90"


@pytest.mark.usefixtures("ledger")
def test_another_sheet_is_added_cell_by_cell(outreach, write):
    """One table of visits and one of conversions, given together or one after the other, are one table."""
    outreach(write("visits.csv", "place,visits\nvk:one,100\nvk:two,50\n"))
    outreach(write("conversions.csv", "place,conversions\nvk:one,9\n"))
    found = lines(outreach(write("more.csv", "place,visits,conversions\nvk:one,100,\nvk:two,,1\n")))
    assert [(found[key]["denominator"], found[key]["conversions"]) for key in ("vk:one", "vk:two")] == [
        ("100", "9"),
        ("50", "1"),
    ]


def test_a_partial_overlap_is_refused_and_nothing_is_imported(outreach, write, ledger):
    """Also the other file of the same call, though nothing is wrong with it."""
    outreach(write("ga4.csv", GA4.format(one=100)))
    other = GA4.format(one=1).replace("20260501", "20260515").replace("20260531", "20260615")
    result = outreach(write("signups.csv", SIGNUPS), write("other.csv", other))
    assert result.exit_code == 3
    assert "partly overlaps an import of Shop - GA4 (sessions, 2026-05-01 to 2026-05-31)" in result.stderr
    assert "--replace" in result.stderr
    assert len(Results(ledger.database).imports()) == 1
    assert outreach("other.csv", "--replace").exit_code == 0
    assert lines(outreach())["vk:one"]["denominator"] == "1"


def test_without_a_ledger_nothing_is_kept(outreach, write, tmp_path):
    """The lines are by the tags, and the way to keep them is said."""
    result = outreach(write("ga4.csv", GA4.format(one=100)))
    assert set(lines(result)) == {"one--a-1xxxx", "two--a-1xxxx", "(untagged)"}
    assert "lines are by utm_content" in result.stderr
    assert "ga4.csv: ga4, 2026-05-01 to 2026-05-31; 200 sessions.\n" in result.stderr
    assert "The results are not kept" in result.stderr
    assert result.stderr.splitlines()[-1] == "Next: outreach track ga4.csv --db outreach.db"
    assert not (tmp_path / "outreach.db").exists()


def test_without_a_ledger_a_typed_name_keeps_its_letters(outreach, write):
    """It is compared folded, and shown as it was typed."""
    shown = outreach(write("visits.csv", "Площадка;Визиты;Заявки\nБлог Анны;100;9\n", "cp1251"), "--format", "table")
    assert "\nБлог Анны  " in shown.stdout


@pytest.mark.usefixtures("ledger")
def test_a_link_that_is_nobody_s_is_listed_with_what_it_may_mean(outreach, write, tmp_path):
    """A cut off end is suggested and not joined."""
    text = SIGNUPS.replace("two--a-1xxxx", "two--a-1xx")
    result = outreach(write("signups.csv", text), "--unmatched", "unmatched.csv")
    assert lines(result)["(not in the ledger)"]["conversions"] == "1"
    assert "two--a-1xx (1): no such utm_content; one is similar: vk:two (two--a-1xxxx)?" in result.stderr
    line = "outreach track --tag two--a-1xx=two--a-1xxxx"
    assert f"  If that is right, tie it: {line}\n" in result.stderr
    (row,) = csv.DictReader(io.StringIO((tmp_path / "unmatched.csv").read_text()))
    assert (row["utm_content"], row["numerator"], row["maybe"]) == ("two--a-1xx", "1", "vk:two (two--a-1xxxx)")
    corrected = outreach(write("corrected.csv", SIGNUPS), "--replace")
    assert lines(corrected)["vk:two"]["conversions"] == "1"


@pytest.mark.usefixtures("ledger")
def test_a_typed_place_that_is_nobody_s_is_named(outreach, write, tmp_path):
    """A name that was typed wrong is found by who typed it: on the screen and in the file."""
    text = "place,visits,conversions\nvk:one,100,9\nvk:twoo,50,1\nSomewhere,7,0\n"
    result = outreach(write("visits.csv", text), "--unmatched", "unmatched.csv")
    assert "2 links or places belong to none of the posts in the ledger" in result.stderr
    assert "  vk:twoo (50): no such place; one is similar: vk:two (two--a-1xxxx)?\n" in result.stderr
    assert "  Somewhere (7): no such place in the ledger.\n" in result.stderr
    rows = csv.DictReader(io.StringIO((tmp_path / "unmatched.csv").read_text()))
    assert [row["named"] for row in rows] == ["vk:twoo", "Somewhere"]


@pytest.mark.usefixtures("ledger")
def test_what_holds_for_all_sections_is_said_once(outreach, write):
    """Sign-ups beside the visits of two tools are the same sign-ups; a goal is called as in its tool."""
    log = (
        '192.0.2.1 - - [02/May/2026:10:00:00 +0000] "GET /?utm_content=one--a-1xxxx HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
    )
    files = write("signups.csv", SIGNUPS), write("ga4.csv", GA4.format(one=100)), write("access.log", log)
    assert outreach(*files).stderr.count("33 % of the 3 sign-ups came without a tag.") == 1
    text = "UTM Source,UTM Content,Визиты,Целевые визиты (Заявка)\nvk,one--a-1xxxx,9,2\n"
    shown = outreach(write("Отчет_2026-06-01_2026-06-30.csv", text), "--format", "table", "--wide", "--db", "other.db")
    assert "\nConversions (Заявка) per visit · " in shown.stdout


@pytest.mark.usefixtures("ledger")
def test_the_sheet_goes_out_and_comes_back(outreach, tmp_path):
    """What a person types into the template is what the report says."""
    assert outreach("--template", "-o", "results.xlsx").exit_code == 0
    book = load_workbook(tmp_path / "results.xlsx")
    sheet = book.active
    header = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, header["key"]).value == "vk:one":
            for column, value in {"views": 4000, "visits": 80, "conversions": 4, "cost": 20, "currency": "EUR"}.items():
                sheet.cell(row, header[column]).value = value
    book.save(tmp_path / "results.xlsx")
    result = outreach("results.xlsx")
    row = lines(result)["vk:one"]
    assert [row[name] for name in ("denominator", "conversions", "views", "cost", "cost_per_conversion")] == [
        "80", "4", "4000", "20.0", "5.0",
    ]  # fmt: skip
    assert lines(result)["vk:two"]["denominator"] == ""
    again = outreach("--template", "-o", "results.xlsx")
    assert "0 posts added, 2 rows left as they were" in again.stderr


@pytest.mark.usefixtures("ledger")
def test_a_plain_table_in_the_excel_of_a_russian(outreach, write):
    """Semicolons, cp1251, words of the country."""
    write("итоги.csv", "Площадка;Визиты;Заявки\r\nvk.com/one;1\u00a0200;30\r\nvk.com/two;800;2\r\n", "cp1251")
    result = outreach("итоги.csv", "--period", "2026-05-01..2026-05-31")
    assert result.exit_code == 0, result.stderr
    assert {key: row["denominator"] for key, row in lines(result).items()} == {"vk:one": "1200", "vk:two": "800"}


@pytest.mark.usefixtures("ledger")
def test_standard_input(outreach):
    """A pipe is a file too."""
    result = outreach("-", stdin=SIGNUPS.encode("utf-8-sig"))
    assert result.exit_code == 0
    assert "stdin: sign-ups; 3 sign-ups; 3 new." in result.stderr


BAD = {
    "empty": (b"", "the file is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "neither a text nor a workbook|no text"),
    "someone else's": (b"song,artist\nOne,Two\n", "no reader recognises this file"),
    "negative": (VISITS.replace("100", "-100").encode(), "line 2: .*negative"),
    "fraction": (VISITS.replace("100", "100.5").encode(), "line 2: .*fraction"),
    "too many": (VISITS.replace("100", "1000000000000000").encode(), "line 2: .*larger than any real site"),
    "more conversions than visits": (VISITS.replace("9", "900").encode(), "line 2: .*more (conversions|than)"),
    "dates reversed": (GA4.format(one=1).replace("20260501", "20260631").encode(), "ga4|period|date|day"),
    "cut off": (
        b'{"query": {"dimensions": ["ym:s:UTMSource"], "metrics": ["ym:s:visits"',
        "cut off or damaged|no reader",
    ),
    "a survey": ("Имя,Порекомендуете нас? (0-10)\nAnna,9\n".encode(), "this is a survey, not a report of results"),
    "likes": (b"customer,resource\nAnna,t.me/smm\n", "this is a list of what customers follow"),
    "an archive of nothing": (b"PK\x05\x06" + bytes(18), "ZIP|neither"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_sentence_and_imports_nothing(outreach, write, ledger, name):
    """Exit code 3, the file's name, the way out, no traceback; the good file beside it is not imported either."""
    content, reason = BAD[name]
    result = outreach(write("signups.csv", SIGNUPS), write("bad.csv", content))
    assert result.exit_code == 3
    error = result.stderr[result.stderr.index("Error: ") :]
    assert error.startswith("Error: bad.csv")
    assert re.search(reason, error)
    assert "\nHint: " in error
    assert "Traceback" not in result.stderr
    assert Results(ledger.database).imports() == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--period", "soon"], "--period soon: not a period"),
        (["--columns", "utm_content=3"], "--columns utm_content=…: no such role"),
        (["--columns", "url=Link, from where"], "if a header has a comma, give the number of the column"),
        (["--period", "2026-06-01..2026-05-01"], "not a period"),
        (["--currency", "shells"], "not a currency"),
        (["--goal-path", "thanks"], "not the path of a page"),
        (["--columns", "visits"], "--columns: write role=column pairs, separated by commas"),
        (["--read-as", "tea-leaves"], "no such reader"),
    ],
)
def test_wrong_values_are_usage(outreach, write, ledger, options, reason):
    """Exit code 2, before anything is imported."""
    result = outreach(write("signups.csv", SIGNUPS), *options)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert Results(ledger.database).imports() == []


def test_no_files_and_no_ledger_is_usage(outreach):
    """With an example."""
    result = outreach()
    assert result.exit_code == 2
    assert "Example: outreach track access.log signups.csv" in result.stderr


def test_looking_for_imports_without_a_ledger_says_so(outreach):
    """Who looks in the wrong folder has no file to give."""
    for options in (["--imports"], ["--forget", "1"]):
        result = outreach(*options)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (3, "Error: outreach.db: no such file")


@pytest.mark.usefixtures("ledger")
def test_imports_are_listed_and_forgotten(outreach, write, ledger):
    """A mistake is taken back whole."""
    outreach(write("signups.csv", SIGNUPS), write("ga4.csv", GA4.format(one=100)))
    listed = list(csv.DictReader(io.StringIO(outreach("--imports").stdout)))
    assert [(row["id"], row["tool"]) for row in listed] == [("1", "ga4"), ("2", "sign-ups")]
    assert "removed" in outreach("--forget", "1").stderr
    assert [one.tool for one in Results(ledger.database).imports()] == ["sign-ups"]
    assert outreach("--forget", "9").exit_code == 3


@pytest.mark.usefixtures("ledger")
def test_the_report_as_a_workbook_and_as_a_picture(outreach, write, tmp_path):
    """A file gets all columns; text from outside stands in it as text."""
    text = SIGNUPS.replace("third@example.org,,,", 'third@example.org,,spring,"=HYPERLINK(""x"")"')
    result = outreach(write("signups.csv", text), "-o", "report.xlsx")
    assert result.exit_code == 0
    assert [cell.data_type for row in load_workbook(tmp_path / "report.xlsx").active for cell in row].count("f") == 0
    picture = outreach("--format", "table").stdout
    assert "One · vk" in picture
    assert outreach("-o", "report.xlsx", "--format", "table").exit_code == 2


@pytest.mark.usefixtures("ledger")
def test_our_own_report_is_no_sheet_of_results(outreach, write):
    """A folder that is given again holds last week's report: its numbers must not count twice."""
    outreach(write("visits.csv", VISITS), "-o", "report.csv")
    outreach("visits.csv", "-o", "report.xlsx")
    for name in ("report.csv", "report.xlsx"):
        result = outreach(name)
        assert (result.exit_code, result.stdout) == (3, "")
        assert f"{name}: no reader recognises this file" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_files_that_are_read_are_never_written_over(outreach, write):
    """Nor a table of another kind."""
    write("signups.csv", SIGNUPS)
    assert outreach("signups.csv", "-o", "signups.csv").exit_code == 1
    assert outreach("signups.csv", "--unmatched", "outreach.db.csv", "-o", write("mine.csv", "a,b\n")).exit_code == 1


@pytest.mark.parametrize("by", ["resource", "campaign", "platform", "variant"])
@pytest.mark.usefixtures("ledger")
def test_by(outreach, write, by):
    """Whatever the lines are by, they add up."""
    result = outreach(write("ga4.csv", GA4.format(one=100)), "--by", by)
    assert sum(int(row["denominator"]) for row in lines(result).values()) == 200


@pytest.mark.usefixtures("ledger")
def test_the_ranking_shows_what_converted(outreach, write):
    """The loop is closed: the overlap, and what came of it, in one line."""
    outreach(write("signups.csv", SIGNUPS), write("ga4.csv", GA4.format(one=100)))
    likes = write("likes.csv", "customer,resource\nAnna,vk.com/one\nBoris,vk.com/one\nBoris,vk.com/three\n")
    result = CliRunner().invoke(main, ["rank", likes, "--db", "outreach.db"], catch_exceptions=False)
    found = {row["resource"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert [found["vk:one"][name] for name in ("overlap", "visits", "unit", "conversions", "rate")] == [
        "2", "100", "session", "1", "0.01",
    ]  # fmt: skip
    assert found["vk:three"]["visits"] == ""
    assert "1 place with results are not listed here" in result.stderr
    table = CliRunner().invoke(main, ["rank", likes, "--db", "outreach.db", "--format", "table"]).stdout
    assert "1 of 100" in table


@pytest.mark.usefixtures("ledger")
def test_a_file_names_its_source_also_where_it_has_no_name(outreach, write):
    """A sheet is called by its tool."""
    sheet, people = write("sheet.csv", VISITS), write("signups.csv", SIGNUPS)
    result = outreach(sheet, people, "--visits", "sheet.csv", "--conversions", "signups.csv")
    assert result.exit_code == 0, result.stderr
    assert {row["conversion_kind"] for row in lines(result).values()} == {"signup"}


@pytest.mark.usefixtures("ledger")
def test_files_that_would_not_be_read_are_refused(outreach, write):
    """Whoever gives a file wants it imported; two things at once are one too many."""
    file = write("ga4.csv", GA4.format(one=100))
    for words in (["--imports"], ["--forget", "1"], ["--template", "-o", "sheet.xlsx"]):
        result = outreach(file, *words)
        assert result.exit_code == 2
        assert f"{words[0]} does not read files" in result.stderr
    assert "one of them at a time" in outreach("--forget", "1", "--imports").stderr
    assert outreach(file, "--format", "table", "-o", "report.csv").exit_code == 2
    assert "0 imports." in outreach("--imports").stderr


@pytest.mark.usefixtures("ledger")
def test_a_ranking_is_shown_though_two_sources_count_the_same(outreach, write):
    """Only outreach track can be told which of them counts."""
    assert outreach(write("log.csv", VISITS), "--source", "one").exit_code == 0
    outreach("log.csv", "--source", "two")
    write("likes.csv", "customer,resource\na,vk:one\nb,vk:one\n")
    result = CliRunner().invoke(main, ("rank", "likes.csv", "--db", "outreach.db"), catch_exceptions=False)
    assert result.exit_code == 0
    assert "vk:one" in result.stdout
    assert "conversions were counted by two sources: one (sheet) and two (sheet)" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_visits_that_are_not_shown_are_said(outreach, write):
    """A sheet with conversions makes the section; another counter's visits of the same people stand nowhere."""
    outreach(
        write("other.csv", VISITS.replace(",conversions", "").replace(",9", "").replace(",1", "")), "--source", "x"
    )
    result = outreach(write("sheet.csv", VISITS), "--period", "2026-05-01..2026-05-31")
    assert "Not shown: visits of x (visits); --visits sheet:x shows them." in result.stderr
    assert result.stderr.count("Not shown") == 1
    assert "Not shown" not in outreach("--visits", "sheet").stderr


@pytest.mark.usefixtures("ledger")
def test_a_stage_that_was_answered_is_kept(outreach, write):
    """It is asked for once; the same file again counts, and so does the next one."""
    text = "Order ID,Date,Email,Total,Stage,utm_content\n{0},2026-05-02,a@x.lv,10,Оплата получена,one--a-1xxxx\n"
    result = outreach(write("a.csv", text.format(1)))
    assert "Оплата получена (1)" in result.stderr
    assert lines(result)["vk:one"]["conversions"] == "0"
    assert lines(outreach("a.csv", "--paid", "Оплата получена"))["vk:one"]["conversions"] == "1"
    assert lines(outreach(write("b.csv", text.format(2))))["vk:one"]["conversions"] == "2"


def test_conversions_before_the_post_are_named(outreach, write, ledger):
    """A customer of last week did not come from a post of today: the tag or the date is wrong."""
    ledger.set(ledger.find("vk:one"), published_at="2026-05-10")
    text = "Email,Date,utm_content\na@x.lv,2026-05-02,one--a-1xxxx\nb@x.lv,2026-05-12,one--a-1xxxx\n"
    sentence = "One: 1 conversion is older (from 2026-05-02) than its first post of 2026-05-10."
    assert sentence in outreach(write("a.csv", text)).stderr
    ledger.set(ledger.find("vk:one"), published_at="2026-05-02")
    assert "older" not in outreach().stderr
