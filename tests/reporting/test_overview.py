"""One table of all places, on the screen and in the workbook."""

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from outreach.engine import Engine
from outreach.reporting import write
from outreach.reporting.formats import is_of_another_kind
from outreach.reporting.overview import columns_of, overview, show_overview
from outreach.reporting.report_sheet import report_sheet
from outreach.tables import CONVERSION
from outreach.tracking.attribution import Attribution
from outreach.tracking.conversion import conversion
from outreach.tracking.grouping import Grouping
from outreach.tracking.lines import Choice
from outreach.tracking.table import conversion_table
from outreach.words.own_sheets import is_own_sheet, own_title
from tests.tracking.conftest import imported, placement, row

__all__ = ["imported", "placement", "row"]


@pytest.fixture
def sections(placement, imported, row):
    """Two places with visits, sign-ups and sales; one of them with a price and views."""
    given = (
        imported("access-log", row("a", 100), row("b", 50), row("", 30), unit="visit"),
        imported("sign-ups", row("a", None, 12, day="2026-05-02"), row("b", None, 1, day="2026-05-02"), kind="signup"),
        imported("orders", row("a", None, 4, day="2026-05-02"), row("", None, 1, day="2026-05-03"), kind="sale"),
        imported("sheet", row("a", 4000), unit="view"),
        imported("short-links", row("a", 120), unit="click"),
    )
    placements = [placement("a", name="Art & Co", cost=40.0, currency="EUR"), placement("b", name="=Best")]
    rows = [one for _, rows in given for one in rows]
    return conversion(Grouping(Attribution(placements)), [one for one, _ in given], rows, Choice())


def test_one_table_has_all_kinds_in_columns(sections):
    """The kind nearest to money comes last, and the cost of one is its."""
    table = overview(sections)
    assert columns_of(table) == ["cost", "views", "visits", "sign-ups", "sales", "cost per sale"]
    first = table.rows[0]
    assert (first.line.label, first.counts) == ("vk:a", {"visits": 100, "sign-ups": 12, "sales": 4})
    assert [one.line.label for one in table.rows] == ["vk:a", "vk:b", "(untagged)"]


def test_steps_of_bookings_stand_in_their_order(placement, imported, row):
    """Towards money; who dropped out gives way first, and sign-ups, sales beside them keep their names."""
    visits = imported("access-log", row("a", 100), row("b", 50), unit="visit")
    kinds = ("paid", "no-show", "came", "booked", "cancelled", "enquiry", "signup")
    given = [visits, *(imported(kind, row("a", None, 3, day="2026-05-02"), kind=kind) for kind in kinds)]
    rows = [one for _, some in given for one in some]
    placements = [placement("a", cost=40.0, currency="EUR"), placement("b")]
    table = overview(conversion(Grouping(Attribution(placements)), [one for one, _ in given], rows, Choice()))
    assert columns_of(table) == [
        "cost", "visits", "enquiries", "sign-ups", "cancellations", "bookings", "no-shows", "arrivals", "customers",
        "cost per customer",
    ]  # fmt: skip
    assert table.section.pair.kind == "paid"
    assert set(show_overview(table, width=115)) == {"no-shows", "cancellations"}


def test_who_dropped_out_gets_no_verdict(placement, imported, row):
    """More of them are no merit."""
    given = [
        imported("access-log", row("a", 100), row("b", 500), unit="visit"),
        imported("c", row("a", None, 30, day="2026-05-02"), kind="no-show"),
    ]
    rows = [one for _, some in given for one in some]
    (found,) = conversion(
        Grouping(Attribution([placement("a"), placement("b")])), [one for one, _ in given], rows, Choice()
    )
    assert {line.verdict for line in found.lines} == {""}
    assert found.lines[0].rate == 0.3


def test_there_is_no_table_of_nothing():
    assert overview([]) is None


def test_the_screen_leaves_out_what_has_no_room(sections, capsys):
    """Views first, then prices, then the kinds between; what the rows are about stays."""
    assert show_overview(overview(sections), width=120) == []
    wide = capsys.readouterr().out
    assert "Art & Co · vk" in wide
    assert "10 EUR" in wide  # 40 EUR for four sales
    left_out = show_overview(overview(sections), width=60)
    assert left_out[0] == "views"
    assert all(len(line) < 60 or line.startswith("  ") for line in capsys.readouterr().out.splitlines())


def test_the_workbook_opens_with_what_people_read(sections, tmp_path):
    """A conclusion, a table of numbers with human headers; the raw table behind it, and the file may be replaced."""
    where = tmp_path / "report.xlsx"
    with Engine() as engine:
        around = report_sheet(overview(sections), ["Best: Art & Co.", "Repeat it."])
        for _ in range(2):
            assert not is_of_another_kind(where, CONVERSION)
            write(conversion_table(engine, sections), "xlsx", where, around=around)
    book = CalamineWorkbook.from_path(where)
    assert book.sheet_names == ["report", "conversion", "Columns"]
    rows = book.get_sheet_by_name("report").to_python()
    assert rows[0][0] == own_title("report", "en")
    assert [one[0] for one in rows[3:5]] == ["Best: Art & Co.", "Repeat it."]
    assert rows[6] == [
        "Place", "Cost", "Views", "Visits", "Sign-ups", "Sales", "Cost per sale", "Currency", "What it means",
    ]  # fmt: skip
    assert rows[7][:8] == ["Art & Co · vk", 40, 4000, 100, 12, 4, 10, "EUR"]
    assert rows[8][0] == "=Best · vk"  # a text, and no formula
    assert tuple(book.get_sheet_by_name("conversion").to_python()[0]) == CONVERSION.names
    sheet = load_workbook(where)["report"]
    assert [sheet[cell].font.b for cell in ("A1", "A4", "A5", "A7", "B7")] == [True, True, False, True, True]
    assert [sheet[cell].alignment.horizontal for cell in ("A7", "B7")] == [None, "right"]


def test_the_workbook_speaks_the_language_of_its_reader(sections, tmp_path):
    """Headers, days, verdicts and what belongs to no place; places can be clicked."""
    where = tmp_path / "report.xlsx"
    with Engine() as engine:
        around = report_sheet(overview(sections), ["Лучше всех."], language="ru")
        write(conversion_table(engine, sections), "xlsx", where, around=around)
    assert not is_of_another_kind(where, CONVERSION)
    sheet = load_workbook(where)["отчёт"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert rows[0] == [
        "Площадка", "Расходы", "Просмотры", "Визиты", "Регистрации", "Продажи", "Цена одного результата (продажи)",
        "Валюта", "Что это значит",
    ]  # fmt: skip
    assert rows[1][-1] == "по одним визитам не понять: спрашивайте клиентов, откуда они о вас узнали"
    assert sheet["A7"].hyperlink.target.startswith("https://vk.com/")
    assert is_own_sheet([(1, [sheet["A1"].value])])


def test_what_belongs_to_no_place_looks_like_no_link(placement, imported, row, tmp_path):
    """It is parted from the places by a line, and is called in the reader's language."""
    one, rows = imported("access-log", row("a", 100, 9), row("", 40, 2), unit="visit", kind="signup")
    found = conversion(Grouping(Attribution([placement("a")])), [one], rows, Choice())
    with Engine() as engine:
        around = report_sheet(overview(found), [], language="lv")
        write(conversion_table(engine, found), "xlsx", tmp_path / "report.xlsx", around=around)
    sheet = load_workbook(tmp_path / "report.xlsx")["pārskats"]
    cells = {cell.value: cell for cell in sheet["A"]}
    assert cells["(bez birkas)"].font.u is None
    assert cells["(bez birkas)"].border.top.style == "thin"
