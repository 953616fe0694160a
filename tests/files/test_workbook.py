"""Workbooks: every cell of Excel and LibreOffice as a text, and no file that harms."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from outreach.errors import InputError
from outreach.files import package, sheetxml
from outreach.files.grid import DateCell, FractionCell
from outreach.files.kinds import refused, workbook_kind
from outreach.files.workbook import tabs
from tests.examples import examples
from tests.files.workbooks import excel, excel_members, excel_xml, ods, ole, zipped

WORKBOOK = excel(likes=[["customer", "resource"], ["Анна", "t.me/smm_riga"]])
DAMAGED = "cut off or damaged"


@pytest.fixture
def opened(write):
    """Write a workbook, return its tabs."""

    def open_it(content: bytes):
        path = write("book", content)
        return tabs("book.xlsx", path, workbook_kind(path, content[:65536]))

    return open_it


@pytest.fixture
def cells(opened):
    """Write a workbook of one tab, return its rows."""

    def read(content: bytes):
        (tab,) = opened(content)
        return [(number, list(row)) for number, row in tab.rows()]

    return read


def a_cell(place: str, inside: str, more: str = "") -> str:
    number = "".join(sign for sign in place if sign.isdecimal())
    return f'<row r="{number}"><c r="{place}"{more}>{inside}</c></row>'


# --- which kind of file -------------------------------------------------------------------------------------------


def saved_by_openpyxl() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


KINDS = {
    "XlsxWriter": (WORKBOOK, "xlsx"),
    "openpyxl": (saved_by_openpyxl(), "xlsx"),
    "macros": (zipped({"[Content_Types].xml": "x.macroEnabled.main+xml", "xl/workbook.xml": ""}), "xlsm"),
    "binary": (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
    "ods": (ods(""), "ods"),
    "cut off": (WORKBOOK[:-100], "xlsx"),
    "cut off ods": (ods("")[:-100], "ods"),
    "docx": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), None),
    "zip": (zipped({"likes.csv": "customer,resource"}), None),
    "csv": (b"customer,resource\n", None),
    "empty": (b"", None),
}


@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=KINDS)
def test_a_workbook_is_known_by_its_content(content, kind, write):
    """The name of the file says nothing."""
    path = write("table.csv", content)
    assert workbook_kind(path, content[:65536]) == kind
    if kind:
        assert refused("table.csv", path, content[:65536]) is None


OTHERS = {
    "docx": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "a Word document"),
    "pptx": (zipped({"ppt/presentation.xml": ""}), "a PowerPoint presentation"),
    "numbers": (zipped({"Index/Document.iwa": "", "Data/x.png": ""}), "an Apple Numbers document"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument text"),
    "zip": (zipped({"likes.csv": ""}), "a ZIP archive, not"),
    "cut zip": (zipped({"likes.csv": "x" * 1000})[:-30], "a ZIP archive that is cut off"),
    "empty zip": (zipped({}), "an empty ZIP archive"),
    "xls": (ole("Workbook"), "an old Excel workbook (.xls)"),
    "doc": (ole("WordDocument"), "an old Word document (.doc)"),
    "other": (ole("Something"), "a document of an old office program"),
    "encrypted": (ole("EncryptionInfo", "EncryptedPackage"), "protected by a password"),
    "short": (b"\xd0\xcf\x11\xe0", "a document of an old office program"),
}


@pytest.mark.parametrize(("content", "what"), OTHERS.values(), ids=OTHERS)
def test_what_only_looks_like_a_workbook_is_named(content, what, write):
    """The sentence says what the file is, and the way out."""
    error = refused("x.xlsx", write("x.xlsx", content), content[:65536])
    assert error is not None
    assert error.message.startswith("x.xlsx: ")
    assert what in error.message
    assert error.hint


def test_other_files_are_left_to_others(write):
    """Only ZIP files and those of old office programs are judged here."""
    assert refused("x.csv", write("x.csv", b"customer,resource\n"), b"customer,resource\n") is None


# --- cells --------------------------------------------------------------------------------------------------------


def test_cells_become_texts(cells):
    """Texts stay as they are; numbers, dates and truths are written as a person reads them."""

    def fill(book):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        span = book.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_row(0, 0, [" padded ", "48 200", 5000, 12.345, -3, 0.1, 1e-7, True, False, 1390731234567890123])
        sheet.write_row(1, 0, ["=1+1 as text", 999_999_999_999_999, 1_000_000_000_000_000])
        sheet.write_datetime(2, 0, datetime(2026, 5, 12, tzinfo=UTC), day)
        sheet.write_datetime(2, 1, datetime(2026, 5, 12, 9, 30, tzinfo=UTC), moment)
        sheet.write_datetime(2, 2, timedelta(hours=26, minutes=5), span)

    rows = cells(excel(fill, options={"strings_to_formulas": False, "remove_timezone": True}))
    assert rows == [
        (1, [" padded ", "48 200", "5000", "12.345", "-3", "0.1", "0.0000001", "TRUE", "FALSE", "1.39073E+18"]),
        (2, ["=1+1 as text", "999999999999999", "1E+15"]),
        (3, ["2026-05-12", "2026-05-12 09:30:00", "26:05:00"]),
    ]
    assert [type(cell) for cell in rows[0][1][2:6]] == [str, FractionCell, str, FractionCell]
    assert [type(cell) for cell in rows[2][1]] == [DateCell, DateCell, str]


def test_rows_and_columns_count_from_the_corner(cells):
    """Empty rows above, empty columns to the left and rows between are counted; empty cells at the end are cut."""
    sheet = a_cell("C3", "<v>1</v>") + '<row r="6"><c r="B6"><v>2</v></c><c r="F6" s="1"/></row>'
    assert cells(excel_xml(sheet)) == [(1, []), (2, []), (3, ["", "", "1"]), (4, []), (5, []), (6, ["", "2"])]


def test_an_empty_tab_has_no_rows(cells):
    """That is no error here."""
    assert cells(excel(empty=[])) == []


def test_row_numbers_go_on(opened):
    """However many rows are turned at once, and as often as they are asked for."""
    (tab,) = opened(excel(many=[[number] for number in range(1, 1001)]))
    for _ in range(2):
        assert [(number, *row) for number, row in tab.rows()] == [(number, str(number)) for number in range(1, 1001)]


def test_two_tabs_may_be_read_in_turn(opened):
    """A tab keeps its own rows while another one is read."""
    first, second = opened(excel(a=[["a"]] * 300, b=[["b"]] * 300))
    pairs = list(zip(first.rows(), second.rows(), strict=True))
    assert {(one[1][0], other[1][0]) for one, other in pairs} == {("a", "b")}
    assert len(pairs) == 300


def test_hostile_texts_pass_unchanged(cells):
    """The longest cell, line breaks, formulas as texts, markup."""
    texts = ["x" * 32_767, "a\nb", "=HYPERLINK(1)", "<b>&amp;", "\u202e@admin", "😀"]
    assert cells(excel(likes=[texts], options={"strings_to_formulas": False})) == [(1, texts)]


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.booleans(),
    st.none(),
)


@settings(max_examples=examples(40), deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_what_openpyxl_wrote_is_read_back(rows, tmp_path_factory):
    """Every text, whole number, truth and gap comes back where it was."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell is not None:
                target = book.active.cell(number, column)
                target.value = cell
                if isinstance(cell, str):
                    target.data_type = "s"
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    book.save(path)
    (tab,) = tabs("book", path, "xlsx")
    want = []
    for row in rows:
        told = ["" if cell is None else str(cell).upper() if isinstance(cell, bool) else str(cell) for cell in row]
        while told and not told[-1]:
            told.pop()
        want.append(told)
    while want and not want[-1]:
        want.pop()
    assert [list(row) for _, row in tab.rows()] == want


# --- what stands beside the cells ---------------------------------------------------------------------------------


def test_hidden_tabs_and_rows_are_told(opened):
    """They are read all the same."""

    def fill(book):
        sheet = book.add_worksheet("hidden")
        sheet.write_column(0, 0, ["a", "b", "c"])
        sheet.set_row(1, options={"hidden": True})
        sheet.set_column(3, 3, options={"hidden": True})
        sheet.hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=hidden!$A$1:$A$3"})
        book.add_chartsheet("chart").set_chart(chart)

    shown, hidden = opened(excel(fill, shown=[["x"]]))
    assert (shown.name, shown.hidden, shown.hidden_rows) == ("shown", False, 0)
    assert (hidden.name, hidden.hidden, hidden.hidden_rows) == ("hidden", True, 1)
    assert [row[0] for _, row in hidden.rows()] == ["a", "b", "c"]


RESULTS = {
    "nothing": ("", "<f>1+1</f>", True),
    "empty": ("", "<f>1+1</f><v></v>", True),
    "closed": ("", "<f>1+1</f><v />", True),
    "shared": ("", '<f t="shared" si="0"/>', True),
    "number": ("", "<f>1+1</f><v>2</v>", False),
    "text": (' t="str"', "<f>A1</f><v>x</v>", False),
    "empty text": (' t="str"', '<f>""</f><v></v>', False),
    "zero": ("", "<f>1-1</f><v>0</v>", False),
}


@pytest.mark.parametrize(("kind", "inside", "missing"), RESULTS.values(), ids=RESULTS)
def test_formulas_without_a_stored_result_are_told(kind, inside, missing, opened):
    """A result that was stored is read as a value, an empty text too; nothing is ever computed."""
    sheet = a_cell("A1", "<f>2</f><v>2</v>") + f'<row r="2"><c r="A2"><v>1</v></c><c r="B2"{kind}>{inside}</c></row>'
    (tab,) = opened(excel_xml(sheet + a_cell("A3", "<v>3</v>")))
    assert (tab.formulas, tab.formula_count) == ((frozenset({2}), 1) if missing else (frozenset(), 0))


def test_tags_may_have_a_prefix(opened):
    """Some programs write ``x:row`` for ``row``."""
    sheet = '<x:row r="3" hidden="1"><x:c r="B3"><x:v>7</x:v></x:c><x:c r="C3"><x:f>1</x:f></x:c></x:row>'
    members = excel_members("")
    members["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<x:sheetData>{sheet}</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    (tab,) = opened(zipped(members))
    assert [list(row) for _, row in tab.rows()] == [[], [], []], "a row that cannot be used is empty"
    assert (tab.hidden_rows, tab.formulas, tab.merged) == (1, frozenset({3}), True)


def test_errors_of_formulas_are_texts(cells):
    """An error is no empty cell: what stands above it must not be filled in."""
    fails = '<c r="B1" t="e"><f>NA()</f><v>#N/A</v></c><c r="C1" t=\'e\'><v>#REF!</v></c><c r="D1" t="e"/>'
    assert cells(excel_xml(f'<row r="1"><c r="A1"><v>1</v></c>{fails}<c r="E1"><v>2</v></c></row>')) == [
        (1, ["1", "#N/A", "#REF!", "", "2"])
    ]
    failed = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>{}</text:p></table:table-cell>"
    )
    row = ods_row(text_cell("a"), failed.format("#DIV/0!"), failed.format("Err:502"))
    assert cells(ods(ods_table(ods_row(text_cell("b")), row))) == [(1, ["b"]), (2, ["a", "#DIV/0!", "#ERROR!"])]


def test_rows_without_a_stored_result_are_empty(cells):
    """They are rejected as a whole, and the rows around them keep their numbers."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}">{"<f>A1</f>" * (n % 2)}<v>7</v></c></row>'
        for n in range(2, 5)
    ).replace("</f><v>7</v>", "</f>")
    assert cells(excel_xml(rows)) == [(1, []), (2, ["2", "7"]), (3, []), (4, ["4", "7"])]


def test_merged_cells_are_told(opened):
    """A customer written across several rows."""

    def fill(book):
        book.get_worksheet_by_name("merged").merge_range("A1:A3", "Анна")

    assert [tab.merged for tab in opened(excel(fill, merged=[], plain=[["x"]]))] == [True, False]


def test_addresses_behind_cells_are_told(opened):
    """A cell that shows a name and leads to an address, by a link or by a formula."""

    def fill(book):
        sheet = book.get_worksheet_by_name("links")
        sheet.write_url(1, 1, "https://t.me/s/smm?a=1&b=2", string="SMM")
        sheet.write_url(2, 1, "internal:'links'!A1", string="here")
        sheet.write_formula(3, 0, '=HYPERLINK("https://vk.com/club7","Seven")', value="Seven")

    (tab,) = opened(excel(fill, links=[["Анна"]]))
    assert tab.links == {(2, 2): "https://t.me/s/smm?a=1&b=2", (4, 1): "https://vk.com/club7"}
    assert list(tab.rows())[3] == (4, ("Seven",))


@given(st.integers(1, 60), st.integers(1, 5))
def test_pieces_are_whole_rows(size, rows):
    """However the stream is cut into blocks, nothing is lost and no row is parted."""
    text = b"<sheet><data>" + b"".join(b'<row r="%d"><c>1</c></row>' % n for n in range(rows)) + b"</data><m/></sheet>"
    blocks = [text[at : at + size] for at in range(0, len(text), size)]
    found = list(sheetxml.pieces(blocks, b"", b"row", b"data"))
    assert b"".join(found) == text
    assert all(piece.count(b"<row") == piece.count(b"</row>") for piece in found)
    assert all(piece.endswith(b">") for piece in found)


# --- OpenDocument -------------------------------------------------------------------------------------------------


def text_cell(text: str, more: str = "", columns: int = 1) -> str:
    told = f'office:value-type="string" table:number-columns-repeated="{columns}"{more}'
    return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"


def ods_table(*rows: str, name: str = "A") -> str:
    return f"<table:table table:name='{name}'>{''.join(rows)}</table:table>"


def ods_row(*cells: str, rows: int = 1, more: str = "") -> str:
    return f"<table:table-row table:number-rows-repeated='{rows}'{more}>{''.join(cells)}</table:table-row>"


def test_a_workbook_of_libreoffice(cells):
    """Written by odfpy, read like Excel's."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="likes")
    for row in (["customer", "resource"], ["Անի", "t.me/smm"]):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    number = TableRow()
    number.addElement(TableCell(valuetype="float", value="12.5"))
    number.addElement(TableCell(valuetype="boolean", booleanvalue="true"))
    table.addElement(number)
    book.spreadsheet.addElement(table)
    stream = io.BytesIO()
    book.write(stream)
    assert cells(stream.getvalue()) == [
        (1, ["customer", "resource"]),
        (2, ["Անի", "t.me/smm"]),
        (3, ["12.5", "TRUE"]),
    ]


def test_repeated_cells_and_rows_are_written_out(cells):
    """The million empty rows at the end of every sheet are not."""
    rows = (
        ods_row(text_cell("a"), "<table:table-cell table:number-columns-repeated='16383'/>"),
        ods_row("<table:table-cell/>", text_cell("b", columns=2), rows=2),
        ods_row("<table:table-cell table:number-columns-repeated='16384'/>", rows=1_048_573),
    )
    assert cells(ods(ods_table(*rows))) == [(1, ["a"]), (2, ["", "b", "b"]), (3, ["", "b", "b"])]


def test_notes_of_libreoffice(opened):
    """Filtered rows, formulas without a result, merged cells and links are told for each table."""
    formula = '<table:table-cell table:formula="of:=1"/>'
    result = '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>'
    link = text_cell('<text:a xlink:href="https://t.me/x?a=1&amp;b=2">X</text:a>')
    first = ods_table(
        ods_row(text_cell("a"), rows=3),
        ods_row(result, formula, more=" table:visibility='filter'"),
        ods_row("<table:table-cell table:number-columns-repeated='2'/>", link),
        ods_row("<table:table-cell/>", rows=1_000_000, more=" table:visibility='collapse'"),
    )
    second = ods_table(ods_row(text_cell("m", ' table:number-columns-spanned="2"')), name="B")
    one, other = opened(ods(first + second))
    assert (one.hidden_rows, one.formulas, one.formula_count, one.merged) == (1, frozenset({4}), 1, False)
    assert one.links == {(5, 3): "https://t.me/x?a=1&b=2"}
    assert (other.hidden_rows, other.formulas, other.merged, dict(other.links)) == (0, frozenset(), True, {})


# --- what harms ---------------------------------------------------------------------------------------------------


def with_wrong_size(content: bytes, name: bytes, size: int) -> bytes:
    """Return a ZIP file that lies about the unpacked size of a member, in both places where it is written."""
    found = bytearray(content)
    at = found.find(name)
    found[at - 8 : at - 4] = size.to_bytes(4, "little")
    at = found.rfind(name)
    found[at - 22 : at - 18] = size.to_bytes(4, "little")
    return bytes(found)


def with_flipped_byte(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 90
    return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]


def without(name: str) -> bytes:
    members = excel_members(a_cell("A1", "<v>0</v>", ' t="s"'), shared=["a"])
    del members[name]
    return zipped(members)


ONE_TAB = excel_xml(a_cell("A1", "<v>1</v>"))
HARMFUL = {
    "half of it": (WORKBOOK[: len(WORKBOOK) // 2], DAMAGED),
    "without its end": (WORKBOOK[:-10], DAMAGED),
    "a flipped byte": (with_flipped_byte(WORKBOOK), DAMAGED),
    "a lying size": (with_wrong_size(ONE_TAB, b"xl/worksheets/sheet1.xml", 40), DAMAGED),
    "no sheet": (without("xl/worksheets/sheet1.xml"), DAMAGED),
    "ods without a table": (ods(""), DAMAGED),
    "no workbook": (without("xl/workbook.xml"), DAMAGED),
    "no references": (without("xl/_rels/workbook.xml.rels"), DAMAGED),
    "no texts": (without("xl/sharedStrings.xml"), DAMAGED),
    "a text that is not there": (excel_xml(a_cell("A1", "<v>9</v>", ' t="s"'), shared=["a"]), DAMAGED),
    "a sheet that stops": (excel_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c '), DAMAGED),
    "an entity": (excel_xml(a_cell("A1", "<is><t>&lol;</t></is>", ' t="inlineStr"')), DAMAGED),
    "a wrong place": (excel_xml(a_cell("1A", "<v>1</v>")), DAMAGED),
    "a place beyond the sheet": (excel_xml(a_cell("A1", "<v>1</v>") + a_cell("ZZZZZ9999999999", "<v>1</v>")), DAMAGED),
    "UTF-16": (zipped({**excel_members(""), "xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}), DAMAGED),
    "two corners": (excel_xml(a_cell("A1", "<v>1</v>") + a_cell("XFD1048576", "<v>1</v>")), "more than 30,000,000 cel"),
    "two corners, spaced": (
        excel_xml(a_cell("A1", "<v>1</v>") + '<row r="9"><c r = "XFD1048576"><v>1</v></c></row>'),
        "1,048,576 rows and 16,384 columns",
    ),
    "binary": (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "a binary Excel workbook"),
    "ods cut off": (ods(ods_table())[:-20], DAMAGED),
    "ods that stops": (ods("<table:table table:name='A'><table:table-row>"), DAMAGED),
    "ods whose table does not end": (ods(ods_table(ods_row(text_cell("x"))).replace("</table:table>", "")), DAMAGED),
    "ods with a wrong end": (ods(ods_table().replace("</table:table>", "</table:tab>")), DAMAGED),
    "ods with fewer rows than none": (ods(ods_table(ods_row(text_cell("x"), rows=-1))), DAMAGED),
    "ods of repeats": (
        ods(ods_table(ods_row(text_cell("x", columns=16_384), rows=1_048_576))),
        "1,048,576 rows and 16,384 columns",
    ),
    "ods of long repeats": (ods(ods_table(ods_row(text_cell("x" * 1000), rows=1_000_000))), "its text is more than"),
    "ods encrypted": (ods("", manifest="<m:encryption-data m:checksum=''/>"), "protected by a password"),
}


@pytest.mark.parametrize(("content", "sentence"), HARMFUL.values(), ids=HARMFUL)
def test_what_harms_is_refused_in_a_sentence(content, sentence, opened):
    """Never a traceback, never the memory of the machine."""

    def read_all():
        for tab in opened(content):
            list(tab.rows())

    with pytest.raises(InputError) as refusal:
        read_all()
    assert refusal.value.message.startswith("book.xlsx: ")
    assert sentence in refusal.value.message
    assert refusal.value.hint


def test_what_unpacks_to_too_much_is_refused(opened, monkeypatch):
    """The bytes are counted while they are unpacked, whatever the header says."""
    monkeypatch.setattr(package, "UNPACKED_BYTES", 3 << 20)
    monkeypatch.setattr(package, "UNPACKED_RATIO", 1)
    bomb = excel_xml(a_cell("A1", "<v>1</v>") + " " * (4 << 20))
    with pytest.raises(InputError, match="it unpacks to more than 3 MiB"):
        opened(bomb)
    monkeypatch.setattr(package, "UNPACKED_BYTES", 8 << 20)
    assert len(opened(bomb)) == 1


def test_long_texts_in_many_cells_are_refused(opened, monkeypatch):
    """The file holds the text once, the memory would for each cell; what only might be too much is counted."""
    monkeypatch.setattr(sheetxml, "LARGEST_TEXTS", 1_000_000)
    rows = "".join(a_cell(f"A{n}", f"<v>{n % 2}</v>", ' t="s"') for n in range(1, 501))
    with pytest.raises(InputError, match="is more"):
        opened(excel_xml(rows, shared=["x" * 30_000, "y"]))
    (tab,) = opened(excel_xml(rows.replace("<v>0</v>", "<v>1</v>"), shared=["x" * 30_000, "y"]))
    assert {row for _, row in tab.rows()} == {("y",)}


def test_two_members_of_one_name_are_refused(opened):
    """What one program sees, another one might not."""
    stream = io.BytesIO(ONE_TAB)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", "<worksheet/>")
    with pytest.raises(InputError, match=DAMAGED):
        opened(stream.getvalue())


def test_a_panic_of_the_reader_is_told(opened, monkeypatch):
    """It is no ``Exception``, and must not end the program; Ctrl-C must."""
    import python_calamine

    class PanicException(BaseException):
        pass

    failing = Mock()
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", failing)
    failing.from_filelike.side_effect = PanicException()
    with pytest.raises(InputError, match=DAMAGED):
        opened(WORKBOOK)
    failing.from_filelike.side_effect = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        opened(WORKBOOK)


def test_a_million_empty_rows_cost_little(opened):
    """Formatted rows without a value are no rows."""
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 1_000_001))
    (tab,) = opened(excel_xml(a_cell("A1", "<v>1</v>") + rows))
    assert list(tab.rows()) == [(1, ("1",))]


def test_five_hundred_tabs_are_read_and_thousands_refused(opened):
    """In the order of the workbook, with their names."""
    found = opened(excel_xml(*[a_cell("A1", f"<v>{n}</v>") for n in range(500)], hidden=[2]))
    assert [(tab.name, next(tab.rows())) for tab in found] == [(f"T{n + 1}", (1, (str(n),))) for n in range(500)]
    assert [tab.name for tab in found if tab.hidden] == ["T2"]
    with pytest.raises(InputError, match="1,001 tabs"):
        opened(excel_xml(*[""] * 1001))


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_no_damage_ends_in_a_traceback(data, tmp_path_factory):
    """Flipped bytes: a workbook, or a refusal."""
    content = bytearray(WORKBOOK)
    for at in data.draw(st.lists(st.integers(4, len(content) - 1), min_size=1, max_size=3)):
        content[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(content)
    kind = workbook_kind(path, bytes(content))
    if kind is None:
        assert refused("book.xlsx", path, bytes(content)) is not None
        return
    try:
        rows = [row for tab in tabs("book.xlsx", path, kind) for row in tab.rows()]
    except InputError as err:
        assert err.message.startswith("book.xlsx: ")  # noqa: PT017  # either outcome is right
    else:
        assert len(rows) == 2
