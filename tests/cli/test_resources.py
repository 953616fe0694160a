"""``outreach resources``, with everything that it says."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

LIKES = """\
customer,platform,resource,name,subscribers
Anna Secret,telegram,smm_riga,SMM Riga,48200
Boris Secret,telegram,smm_riga,SMM Riga,48200
Anna Secret,vk,club7,Семь,
"""
UNDERSTOOD = (
    "likes.csv: customer = customer, resource = resource, name = name, platform = platform, subscribers = subscribers\n"
)


@pytest.fixture
def likes(outreach):
    """Write the little table into the folder of the test."""
    Path("likes.csv").write_text(LIKES, encoding="utf-8")
    return outreach


def test_a_new_sheet(likes):
    """The result is a file; what to do next is said."""
    result = likes("resources", "likes.csv", "-o", "sheet.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        UNDERSTOOD + "2 places written to sheet.xlsx: fill in what you find out.\n"
        "outreach enrich sheet.xlsx asks the platforms for unknown sizes.\n"
        "Next: outreach rank likes.csv --resources sheet.xlsx\n"
    )
    assert [cell.value for cell in openpyxl.load_workbook("sheet.xlsx")["places"]["A"]] == ["Place", "SMM Riga", "Семь"]


def test_an_old_sheet_gets_new_places(likes):
    """How many are new and kept is said; the second time there is nothing to do."""
    likes("resources", "likes.csv", "--top", "1", "-o", "sheet.csv")
    added = likes("resources", "likes.csv", "-o", "sheet.csv")
    assert "sheet.csv: 1 new place added, 1 row kept as it is.\n" in added.stderr
    before = Path("sheet.csv").read_bytes()
    again = likes("resources", "likes.csv", "-o", "sheet.csv")
    assert "sheet.csv: up to date, nothing to add.\n" in again.stderr
    assert Path("sheet.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_no_label_of_a_customer_is_in_the_sheet(likes, name):
    """The sheet is meant to be passed on."""
    likes("resources", "likes.csv", "-o", name)
    if name.endswith("csv"):
        text = Path(name).read_text("utf-8")
    else:
        rows = openpyxl.load_workbook(name)["places"].iter_rows(values_only=True)
        text = str(list(rows))
    assert "SMM Riga" in text
    assert "Secret" not in text


def test_what_cannot_be_used_in_the_old_sheet_is_said(likes):
    """With the file and the row; the row stays."""
    Path("sheet.csv").write_text("address,note\nhttps://www.instagram.com/p/Cx1/,mine\n", encoding="utf-8")
    result = likes("resources", "likes.csv", "-o", "sheet.csv")
    assert "sheet.csv, row 2: not the address of a place: instagram.com/p is a post" in result.stderr
    assert Path("sheet.csv").read_text("utf-8").splitlines()[1] == "https://www.instagram.com/p/Cx1/,mine"


def test_a_column_that_was_sorted_alone_is_refused(likes):
    """By both commands, and the sheet stays as it was."""
    rows = ["t.me/smm_riga,vk:club7", "t.me/smm_two,telegram:smm_riga", "vk.com/club7,telegram:smm_two", ",vk:club9"]
    Path("sheet.csv").write_text("\n".join(["address,key", *rows, ""]), encoding="utf-8")
    before = Path("sheet.csv").read_bytes()
    for result in (
        likes("resources", "likes.csv", "-o", "sheet.csv"),
        likes("rank", "likes.csv", "--resources", "sheet.csv"),
    ):
        assert (result.exit_code, result.stdout) == (3, "")
        assert (
            "sheet.csv: the address and the key belong to different places in 3 of the 3 rows that have both"
            in result.stderr
        )
        assert "Hint: undo the sorting and sort all columns together" in result.stderr
    assert Path("sheet.csv").read_bytes() == before


def test_own_and_excluded_places_are_left_out(likes):
    """As in the ranking."""
    result = likes("resources", "likes.csv", "--own", "t.me/smm_riga", "-o", "sheet.csv")
    assert "smm_riga" not in Path("sheet.csv").read_text("utf-8")
    assert result.stderr.endswith("Next: outreach rank likes.csv --own t.me/smm_riga --resources sheet.csv\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["likes.csv"], 2, "Missing option '-o'"),
        (["likes.csv", "-o", "sheet.xlsm"], 1, "sheet.xlsm: macros cannot be kept"),
        (["likes.csv", "-o", "sheet.ods"], 1, "the name of a sheet of places ends in .xlsx or .csv"),
        (["likes.csv", "-o", "likes.csv"], 1, "likes.csv: given twice"),
        (["likes.csv", "-o", "other.csv"], 3, "other.csv: this is not a sheet of places"),
        (["likes.csv", "-o", "none/sheet.csv"], 1, "the folder none does not exist"),
        (["likes.csv", "-o", "."], 1, "the name of a sheet of places ends in .xlsx or .csv"),
        (["likes.csv", "-o", "folder.csv"], 3, "folder.csv: cannot be read"),
        (["missing.csv", "-o", "sheet.csv"], 3, "missing.csv"),
    ],
)
def test_bad_input_is_one_sentence(likes, arguments, code, said):
    """And no sheet is made, nothing is written over."""
    Path("other.csv").write_text("some,thing\n1,2\n", encoding="utf-8")
    Path("folder.csv").mkdir()
    before = {path.name for path in Path().iterdir()}
    result = likes("resources", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert {path.name for path in Path().iterdir()} == before
    assert Path("likes.csv").read_text("utf-8") == LIKES
