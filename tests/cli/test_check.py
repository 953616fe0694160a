"""``outreach check``: what is said of each table, and when the exit code is 3."""

from __future__ import annotations

import csv
import io
import json
import warnings

import pandas as pd
import pytest

import outreach as package
from outreach.cli import check as check_module
from outreach.cli import who as who_module
from outreach.errors import InputError, OptionError
from outreach.tables import CHECKED
from tests.files.workbooks import excel, ole

LIKES = "customer,resource\nAnna,t.me/alpha\nBoris,t.me/alpha\n"
ROWS = [["customer", "resource"], ["Anna", "t.me/alpha"], ["Boris", "t.me/alpha"]]
NOT_READ = "Error: something that should be read was not\nHint: the reason is shown above\n"
HITS = "resource,hits\nt.me/alpha,3\n"


@pytest.fixture
def write(tmp_path):
    """Write files into the current folder."""

    def make(**files: str | bytes) -> None:
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return make


@pytest.fixture
def told(outreach):
    """Check paths; return the exit code and the rows of the table."""

    def call(*args: str, **options):
        done = outreach("check", *args, "--format", "json", **options)
        return done.exit_code, json.loads(done.stdout)

    return call


# What is said


def test_a_table_is_told_in_a_paragraph(outreach, write):
    """The shape, the columns, the encoding, what it holds and what was rejected; a line for the whole; what is next."""
    write(likes_csv="клиент;канал\nАнна;t.me/alpha\nБорис;t.me/a\nВера;t.me/alpha\n".encode("cp1251"))
    done = outreach("check", "likes.csv")
    assert done.exit_code == 0
    assert done.stdout == (
        "likes.csv\n"
        "  read as      one row for each like\n"
        "  because      column 'клиент' names customers (3, each once), column 'канал' has 3 addresses\n"
        "  understood   customer = клиент, resource = канал\n"
        "  encoding     cp1251 (Windows, Cyrillic)\n"
        "  holds        2 customers, 2 likes\n"
        "  rejected     1: 1 x t.me/a is a part of a link to a private chat: give the whole address\n"
        "Together: 2 customers, 2 likes, 1 place.\n"
    )
    assert done.stderr == (
        "Customers without any usable row: 1; they are not counted.\n"
        "1 row could not be used (--rejected FILE writes them all):\n"
        "  1 x t.me/a is a part of a link to a private chat: give the whole address (first: likes.csv, line 3)\n"
        "Next: outreach rank likes.csv\n"
    )


def test_the_forms_say_the_same(outreach, write):
    """JSON, JSON lines and CSV have a row for each table and for each thing passed over."""
    write(lists__a_csv=LIKES, lists__b_xlsx=excel(one=ROWS, two=[]), lists__photo_png="x")
    want = [("lists/a.csv", 2), ("lists/b.xlsx, tab 1", 2), ("lists/b.xlsx, tab 2", None), ("lists/photo.png", None)]
    formats = {
        "json": json.loads,
        "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
        "csv": lambda text: list(csv.DictReader(io.StringIO(text))),
        "tsv": lambda text: list(csv.DictReader(io.StringIO(text), delimiter="\t")),
    }
    for name, read in formats.items():
        done = outreach("check", "lists", "--format", name)
        rows = read(done.stdout)
        assert done.exit_code == 0, done.stderr
        assert tuple(rows[0]) == CHECKED.names
        assert [(row["source"], int(row["likes"]) if row["likes"] else None) for row in rows] == want
        assert [row["passed_over"] or "" for row in rows] == [
            "",
            "",
            "it is empty",
            "its name is not that of a table",
        ]


def test_standard_input_is_checked(outreach):
    """As a file of the name stdin."""
    done = outreach("check", "-", stdin=LIKES.encode())
    assert done.exit_code == 0
    assert done.stdout.startswith("stdin\n  read as      one row for each like\n")


def test_names_of_tabs_stay_on_the_terminal(outreach, write, monkeypatch):
    """A tab that may bear a customer's label is called so on the user's own screen; elsewhere it has a number."""
    write(follows_xlsx=excel(**{"Anna Petrova": [["t.me/alpha"]], "Boris": [["t.me/alpha"], ["t.me/a"]]}))
    piped = outreach("check", "follows.xlsx")
    assert "follows.xlsx, tab 1\n" in piped.stdout
    assert "Petrova" not in piped.stdout + piped.stderr
    monkeypatch.setattr(check_module, "is_terminal", lambda: True)
    shown = outreach("check", "follows.xlsx")
    assert "follows.xlsx, tab Anna Petrova\n" in shown.stdout
    assert "Petrova" not in shown.stderr


def test_what_is_not_counted_is_named(outreach, write, monkeypatch):
    """Columns by their headers on the user's own screen, elsewhere by their numbers; lines of answers and headings."""
    write(likes_csv="client,Shoe size,page\nAnna,39,t.me/alpha\nAnna,39,t.me/alpha_jobs\n")
    write(Boris_txt="My channels:\nt.me/alpha\ndon't know\nt.me/alpha_jobs\n")
    piped = outreach("check", "likes.csv", "Boris.txt")
    assert "  not used     column 2\n" in piped.stdout
    assert "Shoe" not in piped.stdout
    assert (
        'answers such as "don\'t know", not counted: 1 (line 3); headings of lists, not counted: 1 (line 1)'
        in piped.stdout
    )
    monkeypatch.setattr(check_module, "is_terminal", lambda: True)
    assert "  not used     Shoe size\n" in outreach("check", "likes.csv").stdout
    ranked = outreach("rank", "likes.csv").stderr
    assert "columns not used: 1 (outreach check names them).\n" in ranked
    assert "Shoe" not in ranked


def test_the_forms_say_why_and_what_is_not_used(told, write):
    write(likes_csv="client,Shoe size,page\nAnna,39,t.me/alpha\n")
    _, (row,) = told("likes.csv")
    assert row["why"] == "column 'client' names customers (1, each once), column 'page' has 1 address"
    assert row["not_used"] == "column 2"


def test_readings_are_shown_with_their_points(outreach, write):
    """The best first, below what is said of the table."""
    write(likes_csv=LIKES)
    lines = outreach("check", "likes.csv", "--verbose").stdout.splitlines()
    assert lines[-2] == (
        "    one row for each like, 7.0 points: the header names customers +3.0, the header names places +2.0, "
        "there are addresses under it +2.0"
    )


def test_rejected_rows_are_written(outreach, write, tmp_path):
    """Source, line and reason of each, as for ``rank``; never over what is read."""
    write(likes_csv=LIKES + "Clara,t.me/a\n")
    assert outreach("check", "likes.csv", "--rejected", "bad.csv").exit_code == 0
    assert (tmp_path / "bad.csv").read_text(encoding="utf-8").splitlines() == [
        "source,line,reason",
        "likes.csv,4,t.me/a is a part of a link to a private chat: give the whole address",
    ]
    over = outreach("check", "likes.csv", "--rejected", "./likes.csv")
    assert (over.exit_code, over.stdout) == (1, "")
    assert (tmp_path / "likes.csv").read_text(encoding="utf-8").startswith(LIKES)


def test_customers_without_a_usable_row_are_told(outreach, write):
    """They are in no count; one with another row, or with an empty list, is."""
    write(
        likes_csv=(
            "customer,resource,platform\nAnna,t.me/alpha,\nAnna,t.me/a,\nBoris,t.me/a,\nClara,t.me/a,\nClara,t.me/a,\n"
            "Dora,t.me/a,\nDora,,vk\n"
        )
    )
    assert "Customers without any usable row: 2; they are not counted.\n" in outreach("check", "likes.csv").stderr
    ranked = outreach("rank", "likes.csv", "--min-subscribers", "0")
    assert "Customers without any usable row: 2; they are not counted.\n" in ranked.stderr


# The exit code

NOT_ALL_READ = {
    "a missing file": ({}, ("nowhere.csv",)),
    "an empty file": ({"lists__b_csv": ""}, ("lists",)),
    "an old workbook in a folder": ({"lists__b_xls": ole("Workbook")}, ("lists",)),
    "a Word document in a folder": ({"lists__b_docx": "x"}, ("lists",)),
    "a link to a Google Sheet in a folder": ({"lists__b_gsheet": '{"doc_id": "1"}'}, ("lists",)),
    "an old workbook": ({"b_xls": ole("Workbook")}, ("b.xls",)),
    "a tab that tells nothing": (
        {"b_xlsx": excel(one=ROWS, two=[["customer", "comment"], ["Anna", "x"]])},
        ("b.xlsx",),
    ),
    "a damaged workbook": ({"b_xlsx": excel(one=ROWS)[:-50]}, ("b.xlsx",)),
    "all rows rejected": ({"b_csv": "customer,resource\nClara,t.me/a\n"}, ("b.csv",)),
    "JSON cut off": ({"b_json": '[{"customer": "Clara", "resource": "t.me/alpha"}, {"cust'}, ("b.json",)),
    "prose": ({"b_txt": "Dear all,\n\nplease find the lists below. Thank you.\n"}, ("b.txt",)),
}


@pytest.mark.parametrize(("files", "paths"), NOT_ALL_READ.values(), ids=NOT_ALL_READ)
def test_what_was_not_read_is_exit_3(files, paths, outreach, write, told):
    """And the tables beside it are told all the same."""
    write(lists__a_csv=LIKES, a_csv=LIKES, **files)
    code, rows = told(*paths, "a.csv")
    assert code == 3
    assert {"a.csv": 2}.items() <= {row["source"]: row["likes"] for row in rows}.items()
    (odd,) = [row for row in rows if not row["likes"]]
    assert odd["passed_over"] or odd["reasons"]
    assert outreach("check", *paths, "a.csv").stderr.endswith(NOT_READ)


def test_nothing_but_a_header_is_exit_3(told, write):
    """As ``rank`` would refuse it; beside other tables it is only said."""
    write(a_csv="customer,resource\n", b_csv=LIKES)
    code, (row,) = told("a.csv")
    assert (code, row["understood"]) == (3, "customer = customer, resource = resource; no rows below the header line")
    assert told("a.csv", "b.csv")[0] == 0


ALL_READ = {
    "a picture in a folder": {"lists__photo_png": "x"},
    "a tab with nothing on it": {"lists__b_xlsx": excel(one=ROWS, two=[])},
    "the guide": {"lists__b_xlsx": excel(one=ROWS, two=[["outreach: how to fill this in"]])},
    "some rows rejected": {"lists__b_csv": LIKES + "Clara,t.me/a\n"},
    "an empty list and a rejected row": {"lists__b_csv": "customer,resource,platform\nAnna,,vk\nBoris,t.me/a,\n"},
}


@pytest.mark.parametrize("files", ALL_READ.values(), ids=ALL_READ)
def test_what_need_not_be_read_is_exit_0(files, told, write):
    """An empty list is an answer, too."""
    write(lists__a_csv=LIKES, **files)
    assert told("lists")[0] == 0


def test_no_list_at_all_is_exit_3(outreach, write):
    """Nothing is wrong with a list of followers, but there is nothing to rank."""
    write(followers_js='window.YTD.follower.part0 = [ { "follower" : { "accountId" : "7" } } ]')
    result = outreach("check", "followers.js", "--customer", "anna")
    assert result.exit_code == 3
    assert result.stdout == "followers.js\n  skipped  followers, not what the person follows\n"
    assert result.stderr == (
        "Error: these files have no list of follows\nHint: outreach formats lists the exports that have one\n"
    )


def test_a_file_is_told_once(told, write):
    """Also where it is the only one of its folder."""
    write(lists__a_csv="")
    code, (row,) = told("lists")
    assert (code, row["source"], row["passed_over"]) == (
        3,
        "lists/a.csv",
        "the file is empty; export or save it again",
    )


def test_no_paths(outreach):
    """Usage, with an example."""
    done = outreach("check")
    assert done.exit_code == 2
    assert "Example: outreach check follows.xlsx" in done.stderr


@pytest.mark.slow
def test_many_small_files_are_read_together(told, write):
    """Three hundred lists, one file a customer."""
    write(**{f"lists__Klient {number}_csv": f"t.me/alpha\nt.me/bravo{number}\n" for number in range(300)})
    code, rows = told("lists")
    assert (code, len(rows), sum(row["likes"] for row in rows)) == (0, 300, 600)


# Counted tables know no customers


def test_who_is_refused_for_counts(outreach, write, monkeypatch):
    """Which of the customers follow a place is not known."""
    write(hits_csv=HITS)
    monkeypatch.setattr(who_module, "is_terminal", lambda: True)
    done = outreach("who", "t.me/alpha", "hits.csv", "--counted", "12")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "it is unknown who follows a place" in done.stderr


def test_counts_are_checked(told, write):
    """With ``--counted`` they are read, without it refused."""
    write(hits_csv=HITS)
    code, (row,) = told("hits.csv", "--counted", "12")
    assert (code, row["customers"], row["likes"]) == (0, 3, 3)
    assert told("hits.csv")[0] == 3


# The twin


def test_the_twin_gives_what_the_command_gives(told, write, tmp_path):
    """The same rows as a frame, with the names of the tabs: it stays with the caller."""
    write(lists__a_csv=LIKES, lists__b_xlsx=excel(Anna=[["t.me/alpha"]], Boris=[["t.me/alpha"]]), lists__c_xls="x")
    frame = package.check(tmp_path / "lists")
    assert tuple(frame.columns) == CHECKED.names
    assert {str(frame.dtypes[name]) for name in ("customers", "likes", "rejected")} == {"Int64"}
    _, rows = told("lists")
    want = pd.DataFrame(rows, columns=list(CHECKED.names))
    assert frame["likes"].fillna(-1).tolist() == want["likes"].fillna(-1).tolist()
    assert frame["passed_over"].isna().tolist() == want["passed_over"].isna().tolist()
    assert [source.rpartition("/")[2] for source in frame["source"]] == [
        "a.csv",
        "b.xlsx, tab Anna",
        "b.xlsx, tab Boris",
        "c.xls",
    ]


def test_workbooks_through_the_library(write, tmp_path):
    """A workbook gives the frame of its table."""
    write(likes_csv=LIKES, likes_xlsx=excel(one=ROWS))
    text, book = (package.read_likes(tmp_path / name).drop(columns="source") for name in ("likes.csv", "likes.xlsx"))
    pd.testing.assert_frame_equal(text, book)
    assert package.check(str(tmp_path / "likes.xlsx"))["likes"].tolist() == [2]


def test_encoding_through_the_library(write, tmp_path):
    """It forces what would be guessed; one that is none is an error of the option."""
    write(likes_csv="клиент,канал\nАнна,t.me/alpha\n".encode("cp1251"))
    file = tmp_path / "likes.csv"
    assert package.read_likes(file, encoding="cp1251")["customer"].tolist() == ["Анна"]
    assert package.check(file, encoding="cp1251")["customers"].tolist() == [1]
    with pytest.raises(InputError):
        package.read_likes(file, encoding="utf-16")
    with pytest.raises(OptionError):
        package.read_likes(file, encoding="rot13")


def test_counts_through_the_library(write, tmp_path):
    """Customers are numbered; those who follow nothing have a row without a resource."""
    write(hits_csv=HITS)
    frame = package.read_likes(tmp_path / "hits.csv", counted=5)
    assert (frame["customer"].nunique(), int(frame["resource"].notna().sum())) == (5, 3)
    assert package.check(tmp_path / "hits.csv", counted=5)["likes"].tolist() == [3]


def test_the_twin_warns_of_nothing(tmp_path, write):
    """What could not be used is in the table."""
    write(likes_csv=LIKES + "Clara,t.me/a\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert package.check(tmp_path / "likes.csv")["rejected"].tolist() == [1]
