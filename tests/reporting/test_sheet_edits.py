"""Cells that are changed elsewhere than in Excel: the file wins, what cannot be read is not written, undo is exact."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from outreach.errors import InputError, OutputError
from outreach.reporting.resources.base import Place
from outreach.reporting.resources.book import new_book
from outreach.reporting.resources.text import new_text
from outreach.reporting.resources_sheet import save_place
from outreach.reporting.sheet_edits import Edit, block, named_rows, set_cells, undo
from outreach.sheet.facts import read_sheet

TODAY = date(2026, 11, 30)
ONE, TWO = "telegram:place_1", "telegram:place_2"


def places(number):
    return [
        Place(f"telegram:place_{one}", "telegram", f"P {one}", f"https://t.me/place_{one}", 900 + one, None, None, 2, 9)
        for one in range(1, number + 1)
    ]


@pytest.fixture(params=[".xlsx", ".csv"])
def sheet(request, tmp_path):
    path = tmp_path / f"sheet{request.param}"
    (new_book if request.param == ".xlsx" else new_text)(path, places(3))
    return path


def cells(path, name):
    now = read_sheet(path)
    return now.rows[named_rows(now)[name]]


def codes(edited):
    return [(one.edit.place, one.edit.column, one.why.code) for one in edited.refused]


def test_a_cell_reads_as_it_was_typed(sheet):
    """Whatever it looks like; a size that was typed says so, so that no lookup replaces it."""
    typed = {"subscribers": "12 тыс.", "accepts_posts": "платно", "price": "=1+1", "note": "'quoted", "rules": "-"}
    edits = [Edit(ONE, column, text, cells(sheet, ONE).get(column, "")) for column, text in typed.items()]
    edited = set_cells(sheet, edits, TODAY)
    assert edited.refused == ()
    there = cells(sheet, ONE)
    assert {column: there[column] for column in typed} == typed
    assert (there["subscribers_from"], there["fetched_at"]) == ("hand", "2026-11-30")
    fact = next(one for one in read_sheet(sheet).facts if one.key == ONE)
    assert (fact.subscribers, fact.accepts_posts) == (12000, "paid")
    set_cells(sheet, [Edit(ONE, "subscribers", "", "12 тыс.")], TODAY)
    assert {"subscribers", "subscribers_from", "fetched_at"}.isdisjoint(cells(sheet, ONE))


def test_what_cannot_be_read_is_not_written(sheet):
    """The others of the same call are."""
    edits = [
        Edit(ONE, "subscribers", "many", "901"), Edit(ONE, "exclude", "perhaps", ""), Edit(ONE, "note", "kept", ""),
        Edit("telegram:nobody", "note", "x", ""), Edit(ONE, "key", "telegram:other", ONE), Edit(ONE, "mine", "x", ""),
    ]  # fmt: skip
    assert codes(set_cells(sheet, edits, TODAY)) == [
        ("telegram:nobody", "note", "cell-not-there"), (ONE, "key", "cell-not-there"), (ONE, "mine", "cell-not-there"),
        (ONE, "subscribers", "size-doubtful"), (ONE, "exclude", "exclude-unclear"),
    ]  # fmt: skip
    assert cells(sheet, ONE)["subscribers"] == "901"
    assert cells(sheet, ONE)["note"] == "kept"


def test_the_file_wins(sheet):
    """A cell that was changed meanwhile stays; its neighbours are written."""
    set_cells(sheet, [Edit(ONE, "note", "from Excel", "")], TODAY)
    edited = set_cells(sheet, [Edit(ONE, "note", "mine", ""), Edit(TWO, "note", "mine", "")], TODAY)
    assert codes(edited) == [(ONE, "note", "cell-changed-meanwhile")]
    assert edited.refused[0].there == "from Excel"
    assert (cells(sheet, ONE)["note"], cells(sheet, TWO)["note"]) == ("from Excel", "mine")


def test_undo(sheet):
    """The same bytes where nobody wrote since; else cell by cell, and never over what came since."""
    before = sheet.read_bytes()
    step = set_cells(sheet, [Edit(ONE, "subscribers", "5", "901"), Edit(TWO, "note", "x", "")], TODAY).step
    assert undo(sheet, step).refused == ()
    assert sheet.read_bytes() == before
    step = set_cells(sheet, [Edit(ONE, "subscribers", "5", "901"), Edit(TWO, "note", "x", "")], TODAY).step
    set_cells(sheet, [Edit(TWO, "note", "y", "x"), Edit(TWO, "price", "5 EUR", "")], TODAY)
    assert codes(undo(sheet, step)) == [(TWO, "note", "cell-changed-meanwhile")]
    assert cells(sheet, ONE)["subscribers"] == "901"
    assert cells(sheet, ONE)["subscribers_from"] == "export"
    assert (cells(sheet, TWO)["note"], cells(sheet, TWO)["price"]) == ("y", "5 EUR")


def test_a_block_from_excel(sheet):
    """Right of and below a cell; empty cells change nothing; what is beyond the sheet is counted."""
    now = read_sheet(sheet)
    columns = ("place", "subscribers", "price", "note")
    found = block(now, TWO, "price", '10\t"a ""b""\nc"\tx\n\td\n5\t\n6\t\n\n', columns)
    assert [(one.place, one.column, one.text) for one in found.edits] == [
        (TWO, "price", "10"), (TWO, "note", 'a "b"\nc'), ("telegram:place_3", "note", "d"),
    ]  # fmt: skip
    assert (found.rows_beyond, found.columns_beyond) == (2, 1)
    assert [one.text for one in block(now, ONE, "note", '"broken\nsecond\n', columns).edits] == ['"broken', "second"]
    with pytest.raises(InputError):
        block(now, ONE, "key", "x", columns)


def test_what_a_person_made_of_a_workbook_stays(tmp_path):
    """His columns, order, colours and formulas; a formula takes no text, and that is said."""
    path = tmp_path / "sheet.xlsx"
    new_book(path, places(2))
    book = openpyxl.load_workbook(path)
    tab = book["places"]
    tab.insert_cols(1)
    tab["A1"], tab["A2"] = "Mine", "own text"
    price = next(cell.column for cell in tab[1] if cell.value == "Price")
    tab.cell(2, price).value = "=2+3"
    tab["B3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF0000")
    book.save(path)
    edited = set_cells(path, [Edit(ONE, "note", "n", ""), Edit(ONE, "price", "7", "")], TODAY)
    assert codes(edited) == [(ONE, "price", "cell-of-formula")]
    tab = openpyxl.load_workbook(path)["places"]
    assert (tab["A1"].value, tab["A2"].value, tab.cell(2, price).value) == ("Mine", "own text", "=2+3")
    assert tab["B3"].fill.fgColor.rgb == "FFFF0000"
    assert cells(path, ONE)["note"] == "n"


def test_a_sheet_that_is_open_elsewhere(sheet):
    """Nothing is written beside it, as a command does: a page would make a file for each cell."""
    lock = sheet.with_name(f"~${sheet.name}")
    lock.write_text("")
    for change in (
        lambda: set_cells(sheet, [Edit(ONE, "note", "x", "")], TODAY),
        lambda: save_place(sheet, read_sheet(sheet), "t.me/another"),
    ):
        with pytest.raises(OutputError, match="open in another program"):
            change()
    assert sorted(sheet.parent.iterdir()) == sorted([sheet, lock])


def test_a_place_is_added_once(sheet):
    """At the end, without a count of customers; by any of its addresses only once."""
    save_place(sheet, read_sheet(sheet), "https://t.me/New_Place?x=1")
    assert list(named_rows(read_sheet(sheet)))[-1] == "telegram:new_place"
    assert cells(sheet, "telegram:new_place").get("customers") is None
    for address in ("t.me/new_place", "just words", "https://t.me/"):
        with pytest.raises(InputError):
            save_place(sheet, read_sheet(sheet), address)
