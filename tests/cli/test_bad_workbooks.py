"""Bad input in workbooks gets a sentence, too, and what only looks bad is read."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.cases import LABEL, LIKES, POSIX, SLOW, TEXT, Case, Outcome, judge
from tests.cli.test_bad_input import environment
from tests.examples import examples
from tests.files.workbooks import excel, excel_members, excel_xml, ods, ole, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ADDRESS = f"t.me/{TEXT}"
ROWS = [["customer", "resource"], [LABEL, ADDRESS], [f"{LABEL} 2", ADDRESS]]
SIZED = [["customer", "resource", "subscribers"], [LABEL, ADDRESS, 9000]]
SHEET = "xl/worksheets/sheet1.xml"
RUNS = {"strings_to_formulas": False, "strings_to_urls": False}
CUT_OFF = "the workbook is cut off or damaged"


def spreadsheet(**tabs: Sequence[Sequence]) -> bytes:
    """Return an OpenDocument workbook: a tab for each keyword."""

    def cell(value) -> str:
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    return ods(
        "".join(
            f'<table:table table:name="{name}">'
            + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
            + "</table:table>"
            for name, rows in tabs.items()
        )
    )


def text(place: str, said: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def like(number: int) -> str:
    return row(number, text(f"A{number}", f"{LABEL} {number}"), text(f"B{number}", ADDRESS))


HEAD = row(1, text("A1", "customer"), text("B1", "resource"))


def with_member(name: str, change) -> bytes:
    members = excel_members(HEAD + like(2) + like(3))
    return zipped({**members, name: change(members[name])})


def bomb(rows: bytes, times: int) -> bytes:
    """Return a workbook whose sheet unpacks to a mebibyte of ``rows`` so many times; made in no time and no room."""
    block = rows * ((1 << 20) // len(rows))
    begin, _, end = excel_members(HEAD + like(2))[SHEET].partition("</sheetData>")
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = pack.compress(begin.encode()) + pack.flush(zlib.Z_FULL_FLUSH)
    once = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed += (once.compress(block) + once.flush(zlib.Z_FULL_FLUSH)) * times
    last = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed += last.compress(f"</sheetData>{end}".encode()) + last.flush()
    content = bytearray(zipped({**excel_members(HEAD + like(2)), SHEET: packed}, zipfile.ZIP_STORED))
    size = (len(begin) + len(block) * times).to_bytes(8, "little")[:4]
    at = content.find(SHEET.encode())  # its local header; the name stands 30 bytes behind the beginning
    content[at - 22 : at - 20] = zipfile.ZIP_DEFLATED.to_bytes(2, "little")
    content[at - 8 : at - 4] = size
    at = content.rfind(SHEET.encode())  # the directory's entry; the name stands 46 bytes behind the beginning
    content[at - 36 : at - 34] = zipfile.ZIP_DEFLATED.to_bytes(2, "little")
    content[at - 22 : at - 18] = size
    return bytes(content)


def with_wrong_sum() -> bytes:
    """Return a workbook whose sheet has another CRC than its bytes."""
    content = bytearray(excel(likes=ROWS))
    for at, back in ((content.find(SHEET.encode()), 16), (content.rfind(SHEET.encode()), 30)):
        content[at - back] ^= 255
    return bytes(content)


def chart(book) -> None:
    sheet = book.add_chartsheet("Chart")
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=Sheet1!$A$1:$A$2"})
    sheet.set_chart(drawn)


def protected_sheet(book) -> None:
    book.worksheets()[0].protect("password")


def hidden_tab(book) -> None:
    book.worksheets()[1].hide()


def hidden_row(book) -> None:
    book.worksheets()[0].set_row(1, None, None, {"hidden": True})


def errors(book) -> None:
    """Put errors of formulas where a customer and a resource should be."""
    sheet = book.worksheets()[0]
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")


def unsaved(rows: Sequence[Sequence]) -> bytes:
    """Return a workbook whose formulas were written by a program that cannot compute."""
    book = openpyxl.Workbook()
    for values in rows:
        book.active.append(values)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def many_empty_rows() -> bytes:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(4, 1_048_577))
    return excel_xml(HEAD + like(2) + like(3) + empty)


def tabs(number: int) -> bytes:
    return excel(**{f"Anna {LABEL} {n}": [[ADDRESS]] for n in range(number)})


def measured(content, most_mb: int):
    """Return an action that ranks a workbook in a process of its own, and measures the memory."""

    def act(folder: Path) -> Outcome:
        (folder / "likes.xlsx").write_bytes(content())
        code = (
            "import sys\nfrom pathlib import Path\nfrom outreach.cli import main\n"
            "try:\n    main(['rank', 'likes.xlsx', '--min-subscribers', '0', '-o', 'out.csv'])\n"
            "finally:\n    status = Path('/proc/self/status')\n"
            "    print(int(status.read_text().split('VmHWM:')[1].split()[0]) // 1024 if status.exists() else 0)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment())
        assert int(done.stdout.split()[-1]) < most_mb
        return Outcome(done.returncode, b"", done.stderr.decode())

    return act


def book(name: str, code: int, says: str, content, overlap: int | None = None, *, file: str = "likes.xlsx") -> Case:
    """Return the case of one file."""
    return Case(name, code, says, {file: content}, (file,), overlap)


EXCEL, DOCUMENT = excel(likes=ROWS), spreadsheet(likes=ROWS)
READ = "customer = customer, resource = resource"
CUTS = {"half": 2, "a third": 3, "a tenth": 10}
NO_VALUE = "a formula without a stored value: open the file in Excel and save it"
GOOGLE = "https://docs.google.com/spreadsheets/d/1abc/edit#gid=0"
A_LINK = "likes.gsheet: this is only a link to a Google Sheet, without the lists"
LINK = {"doc_id": "1abc", "resource_key": "", "email": f"{LABEL}@example.org"}

CASES = (
    # what is not whole
    *(book(f"xlsx, {cut}", 3, f"likes.xlsx: {CUT_OFF}", EXCEL[: len(EXCEL) // part]) for cut, part in CUTS.items()),
    *(
        book(f"ods, {cut}", 3, f"likes.ods: {CUT_OFF}", DOCUMENT[: len(DOCUMENT) // part], file="likes.ods")
        for cut, part in CUTS.items()
    ),
    book("xlsx without its last bytes", 3, f"likes.xlsx: {CUT_OFF}", EXCEL[:-5]),
    book("ods without its last bytes", 3, f"likes.ods: {CUT_OFF}", DOCUMENT[:-5], file="likes.ods"),
    book("ten bytes", 3, "likes.xlsx: this is a ZIP archive that is cut off or damaged, not a table", EXCEL[:10]),
    book("no bytes", 3, "likes.xlsx: the file is empty", b""),
    book("a wrong CRC", 3, f"likes.xlsx: {CUT_OFF}", with_wrong_sum()),
    book(
        "no shared texts",
        3,
        f"likes.xlsx: {CUT_OFF}",
        excel_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    ),
    # what is locked, or harms
    book(
        "xlsx with a password",
        3,
        "likes.xlsx: the workbook is protected by a password",
        ole("EncryptionInfo", "EncryptedPackage"),
    ),
    book(
        "ods with a password",
        3,
        "likes.ods: the workbook is protected by a password",
        ods("", manifest="<manifest:encryption-data/>"),
        file="likes.ods",
    ),
    book("a sheet with a password", 0, READ, excel(protected_sheet, likes=ROWS), 2),
    Case(
        "a bomb of rows",
        3,
        "likes.xlsx: it unpacks to more than 1,024 MiB",
        act=measured(partial(bomb, b'<row r="9"><c r="A9"/></row>'.ljust(4096), 2000), 300),
        marks=(POSIX, SLOW),
    ),
    Case(
        "a bomb of blanks",
        3,
        f"likes.xlsx: {CUT_OFF}",
        act=measured(partial(bomb, b" ", 2000), 300),
        marks=(POSIX, SLOW),
    ),
    Case(
        "a million empty rows",
        0,
        READ,
        overlap=2,
        act=measured(many_empty_rows, 160),
        marks=(POSIX, SLOW),
    ),
    book(
        "two far corners",
        3,
        "likes.xlsx: a tab covers 1,048,576 rows and 16,384 columns, more than 30,000,000 cells",
        excel_xml(HEAD + like(2) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    book(
        "a dimension that lies",
        0,
        READ,
        with_member(SHEET, lambda xml: xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
        2,
    ),
    book("500 tabs", 0, "9, 10 and 490 more: what one customer follows", partial(tabs, 500), 500),
    book("1,001 tabs", 3, "likes.xlsx: it has 1,001 tabs, more than 1,000", partial(tabs, 1001)),
    # what has another name
    book("text named .xlsx", 0, READ, LIKES, 2),
    book("xlsx named .csv", 0, READ, EXCEL, 2, file="likes.csv"),
    book("xlsx named .xls", 0, READ, EXCEL, 2, file="likes.xls"),
    book("xlsx named .ods", 0, READ, EXCEL, 2, file="likes.ods"),
    book("ods named .xlsx", 0, READ, DOCUMENT, 2),
    book("ods", 0, READ, DOCUMENT, 2, file="likes.ods"),
    # what holds no likes
    book("nothing on its tab", 3, "likes.xlsx: the workbook is empty", excel(a=[])),
    book("nothing on its tabs", 3, "likes.ods: the workbook is empty", spreadsheet(a=[], b=[]), file="likes.ods"),
    book("only the guide", 3, "likes.xlsx: the workbook is empty", excel(a=[["outreach: how to fill this in"]])),
    book("a chart beside the list", 0, READ, excel(chart, Sheet1=ROWS), 2),
    book("only a chart", 3, "likes.xlsx: the workbook is empty", excel(chart, Sheet1=[])),
    # what is read, and said
    book("a hidden tab", 0, "the tab is hidden, but was read", excel(hidden_tab, a=ROWS[:2], b=ROWS), 2),
    book("hidden rows", 0, "hidden rows, read like the others: 1", excel(hidden_row, likes=ROWS), 2),
    book(
        "a tab with a customer's label",
        0,
        "likes.xlsx, tabs 1, 2: what one customer follows",
        excel(**{LABEL: [[ADDRESS]], f"{LABEL} 2": [[ADDRESS]]}),
        2,
    ),
    book(
        "a bad row on a tab with a customer's label",
        0,
        "give the whole address (first: likes.xlsx, tab 2, line 2)",
        excel(**{LABEL: [[ADDRESS]], f"{LABEL} 2": [[ADDRESS], ["t.me/a"]]}),
        2,
    ),
    book(
        "tabs with labels that tell nothing",
        3,
        "likes.xlsx, tab 1: it does not show who follows what",
        excel(**{LABEL: [["customer", "comment"], [LABEL, TEXT]], f"{LABEL} 2": []}),
    ),
    # cells that Excel spoilt
    book(
        "a date as a size",
        0,
        "likes.xlsx, line 2: Excel turned 12.5 into 12 May: type 12500",
        excel(
            likes=[SIZED[0], [LABEL, ADDRESS, dt.date(2026, 5, 12)], ["Boris", ADDRESS, 9000]],
            options={"default_date_format": "dd.mm.yyyy"},
        ),
        2,
    ),
    book(
        "a fraction as a size",
        0,
        "likes.xlsx, line 2: 12.345 is a fraction: if it is 12 345, type 12345",
        excel(likes=[SIZED[0], [LABEL, ADDRESS, 12.345], ["Boris", ADDRESS, 9000]]),
        2,
    ),
    book(
        "a rounded id as a size",
        0,
        "likes.xlsx, line 2: Excel has rounded it: this is an id, not a size; taken as unknown",
        excel(likes=[SIZED[0], [LABEL, ADDRESS, 1390731234567890123]]),
        1,
    ),
    book(
        "a rounded id as an address",
        0,
        "1 x an id rounded by a spreadsheet: export it again and keep the column as text (first: likes.xlsx, line 3)",
        excel(likes=[*ROWS[:2], ["Boris", 1390731234567890123]]),
        1,
    ),
    book("12,5K as a text", 0, READ, excel(likes=[SIZED[0], [LABEL, ADDRESS, "12,5K"]]), 1),
    book(
        "question marks instead of letters",
        0,
        "1 x question marks instead of letters: the encoding of the file lacks them; save it as UTF-8 "
        "(first: likes.xlsx, line 3)",
        excel(likes=[*ROWS[:2], ["Boris", "???? ??????"]]),
        1,
    ),
    book(
        "a customer of question marks",
        0,
        "Customers whose label is question marks: 1;",
        excel(likes=[*ROWS[:2], ["?????", ADDRESS]]),
        2,
    ),
    book(
        "formulas without a value",
        0,
        f"1 x {NO_VALUE} (first: likes.xlsx, line 3)",
        unsaved([*ROWS[:2], ["Boris", f'=CONCATENATE("t.me/","{TEXT}")']]),
        1,
    ),
    book(
        "a link as a formula without a value",
        0,
        f"1 x {NO_VALUE} (first: likes.xlsx, line 3)",
        unsaved([*ROWS[:2], [f'=HYPERLINK("https://example.org/{TEXT}","{LABEL}")', ADDRESS]]),
        1,
    ),
    book(
        "an error where an address should be",
        0,
        "1 x the address is a formula error (#N/A, #REF! …): correct the formula, or type the address "
        "(first: likes.xlsx, line 3)",
        excel(errors, likes=[*ROWS[:2], ["Boris", "x"], ["x", ADDRESS], ["Clara", ADDRESS]]),
        2,
    ),
    book(
        "an error where a customer should be",
        0,
        "1 x the customer is a formula error (#N/A, #REF! …): correct the formula, or type the label "
        "(first: likes.xlsx, line 4)",
        excel(errors, likes=[*ROWS[:2], ["Boris", "x"], ["x", ADDRESS], ["Clara", ADDRESS]]),
        2,
    ),
    Case(
        "an error in a text",
        0,
        "1 x the customer is a formula error",
        {"likes.csv": LIKES + f"#ДЕЛ/0!,{ADDRESS}\n#smm,{ADDRESS}\n"},
        overlap=3,
    ),
    # hostile texts
    book(
        "the longest cells",
        0,
        "1 x not a Telegram name: 4 to 32 letters, digits and underscores, a letter first (first: likes.xlsx, line 4)",
        excel(options=RUNS, likes=[*ROWS[:2], ["c" * 32_767, ADDRESS], ["Boris", "t.me/" + "a" * 32_762]]),
        2,
    ),
    book("line breaks in cells", 0, READ, excel(likes=[ROWS[0], [f"{LABEL}\r\nBoris", f"{ADDRESS}\n"]]), 1),
    # what is no workbook
    book(
        "a Word document",
        3,
        "likes.docx: this is a Word document, not a table",
        zipped({"[Content_Types].xml": "", "word/document.xml": LABEL}),
        file="likes.docx",
    ),
    book(
        "an old workbook",
        3,
        "likes.xls: this is an old Excel workbook (.xls), not a table",
        ole("Workbook"),
        file="likes.xls",
    ),
    book("a PDF document", 3, "likes.pdf: this is a PDF document, not a table", b"%PDF-1.7\n", file="likes.pdf"),
    book("a picture", 3, "likes.png: this is a picture, not a table", b"\x89PNG\r\n\x1a\n", file="likes.png"),
    book(
        "a picture of a phone",
        3,
        "likes.heic: this is a picture or a film, not a table",
        b"\x00\x00\x00\x24ftypheic" + bytes(20),
        file="likes.heic",
    ),
    Case("the address of a Google Sheet", 3, f"{GOOGLE}: no such file or folder", args=(GOOGLE,)),
    book("the link to a Google Sheet", 3, A_LINK, json.dumps(LINK), file="likes.gsheet"),
    book(
        "an older link to a Google Sheet",
        3,
        A_LINK,
        json.dumps({"url": "https://docs.google.com/spreadsheet/ccc?key=1abc", "resource_id": "spreadsheet:1abc"}),
        file="likes.gsheet",
    ),
    Case(
        "only files that are not read",
        3,
        "lists: no tables in this folder",
        {"lists/likes.gsheet": json.dumps(LINK), "lists/likes.docx": "x"},
        ("lists",),
    ),
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name, marks=case.marks) for case in CASES])
def test_bad_workbooks_get_a_sentence(case, outreach, tmp_path):
    """As for texts: the exit code, one sentence, no label, nothing left behind."""
    judge(case, outreach, tmp_path)


@pytest.mark.parametrize(("name", "content"), [("likes.xlsx", EXCEL), ("likes.ods", DOCUMENT)])
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_workbook_cut_off_anywhere_is_refused(name, content, outreach, tmp_path, data):
    """Never half of the lists, never a traceback."""
    size = data.draw(st.integers(0, len(content) - 1))
    (tmp_path / name).write_bytes(content[:size])
    done = outreach("rank", name, "-o", "out.csv")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"Error: {name}: ")
    assert LABEL not in done.stderr
    assert not (tmp_path / "out.csv").exists()


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "\tx", "'x"]


@pytest.mark.parametrize("output", ["out.csv", "out.tsv", "out.md"])
def test_texts_that_look_like_formulas_stay_texts(output, outreach, tmp_path):
    """As customer, resource and name; what is written begins no cell with a sign that starts a formula."""
    rows = [["customer", "resource", "name"], *([said, f"t.me/{TEXT}{n}", said] for n, said in enumerate(HOSTILE))]
    rows += [[said, said, ""] for said in HOSTILE]
    (tmp_path / "likes.xlsx").write_bytes(excel(options=RUNS, likes=rows))
    done = outreach("rank", "likes.xlsx", "--min-subscribers", "0", "-o", output)
    assert done.exit_code == 0, done.stderr
    written = (tmp_path / output).read_text(encoding="utf-8")
    assert "HYPERLINK" in written
    separator = {"out.csv": ",", "out.tsv": "\t", "out.md": "|"}[output]
    cells = [cell.strip().removeprefix('"') for line in written.splitlines() for cell in line.split(separator)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-1"))]


def test_formulas_are_texts_in_a_written_workbook(outreach, tmp_path):
    """Typed text cells; openpyxl would tell a formula."""
    rows = [["customer", "resource", "name"], *([said, f"t.me/{TEXT}{n}", said] for n, said in enumerate(HOSTILE))]
    (tmp_path / "likes.xlsx").write_bytes(excel(options=RUNS, likes=rows))
    assert outreach("rank", "likes.xlsx", "--min-subscribers", "0", "-o", "out.xlsx").exit_code == 0
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert '=HYPERLINK("http://example.org","x")' in [cell.value for cell in cells]


def test_rows_that_are_rejected_are_not_counted(outreach, tmp_path):
    """A formula without a value takes its row out of the count: a row is used or rejected, never both."""
    (tmp_path / "likes.xlsx").write_bytes(unsaved([*ROWS, ["Boris", ADDRESS], ["=A2", f"{ADDRESS}1"]]))
    done = outreach("check", "likes.xlsx", "--format", "json")
    (told,) = json.loads(done.stdout)
    assert (told["customers"], told["likes"], told["rejected"]) == (3, 3, 1)


def test_an_error_is_not_filled_from_above(outreach, tmp_path):
    """A customer is written once above his rows; a cell of an error below is no empty cell."""
    rows = [ROWS[0], ["Boris", f"{ADDRESS}1"], ["", f"{ADDRESS}2"], ["Clara", f"{ADDRESS}1"], ["x", f"{ADDRESS}3"]]
    made = excel(lambda b: b.worksheets()[0].write_formula(4, 0, "=1/0", None, "#DIV/0!"), likes=rows)
    (tmp_path / "likes.xlsx").write_bytes(made)
    (told,) = json.loads(outreach("check", "likes.xlsx", "--format", "json").stdout)
    assert (told["customers"], told["likes"], told["rejected"]) == (2, 3, 1)
