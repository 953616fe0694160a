"""Tables in web pages and in Excel's old XML."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from outreach.errors import InputError
from outreach.files.grid import DateCell, FractionCell
from outreach.files.markup import is_markup, markup_tabs

SHEET = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="x">{}</Workbook>'


@pytest.fixture
def tabs(tmp_path):
    """Return a function that gives the rows of each table in a page, and the addresses behind them."""

    def read(content: str | bytes):
        path = tmp_path / "page.xls"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = markup_tabs("page.xls", path, path.read_bytes()[:65536])
        return [([(number, list(cells)) for number, cells in tab.rows()], dict(tab.links)) for tab in found]

    return read


def test_cells_without_closing_tags(tabs):
    """As programs of the nineties write them; entities are letters, line breaks stay."""
    ((rows, links),) = tabs(
        "<TABLE><TR><TH>A<TH>B<TR><TD>x&amp;y<br>z<TD><a href='https://t.me/a?b=1&amp;c'>L</a></TABLE>"
    )
    assert rows == [(1, ["A", "B"]), (2, ["x&y\nz", "L"])]
    assert links == {(2, 2): "https://t.me/a?b=1&c"}


def test_merged_cells_keep_the_columns(tabs):
    ((rows, _),) = tabs(
        "<table><tr><td rowspan=2 colspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>"
    )
    assert rows == [(1, ["a", "", "b"]), (2, ["", "", "c"]), (3, ["d"])]


def test_a_table_in_a_table_is_another_one(tabs):
    outer, inner = tabs("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>")
    assert (outer[0], inner[0]) == ([(1, ["a", "c"])], [(1, ["b"])])


def test_scripts_and_comments_are_no_cells(tabs):
    page = (
        "<!-- <table> --><table><tr><td>a<script>'<td>x'</script><!--[if mso]><td>y<![endif]--></td></tr></table><!--"
    )
    assert tabs(page)[0][0] == [(1, ["a"])]


def test_sheets_of_excel(tabs):
    """Their places, kinds of cells and links; a comment on a cell is none of its text."""
    ((rows, links),) = tabs(
        SHEET.format(
            '<Worksheet ss:Name="Likes"><Table><Row ss:Index="3"><Cell ss:Index="2" ss:HRef="https://t.me/a">'
            '<Data ss:Type="String">A &lt; B</Data><Comment><ss:Data>note</ss:Data></Comment></Cell>'
            '<Cell><Data ss:Type="Number">12.5</Data></Cell><Cell/><Cell><Data ss:Type="DateTime">'
            "2026-05-12T00:00:00.000</Data></Cell></Row></Table></Worksheet>"
        )
    )
    assert rows == [(3, ["", "A < B", "12.5", "", "2026-05-12"])]
    assert (type(rows[0][1][2]), type(rows[0][1][4])) == (FractionCell, DateCell)
    assert links == {(3, 2): "https://t.me/a"}


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><p>no table</p></body></html>",
        "<html><table></table></html>",
        '<!DOCTYPE a [<!ENTITY b "cc">]><html>&b;</html>',
    ],
)
def test_a_page_without_a_table_is_refused(tabs, content):
    with pytest.raises(InputError):
        tabs(content)


def test_entities_that_a_page_declares_are_not_repeated(tabs):
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    assert tabs(f"{bomb}<table><tr><td>&b;</td><td>&c;</td></tr></table>")[0][0] == [(1, ["&b;", "&c;"])]


def test_cells_that_spread_over_everything_are_refused(tabs):
    """Few letters that would be millions of cells."""
    with pytest.raises(InputError, match="cells in this page"):
        tabs("<table>" + "<tr><td colspan=999999999 rowspan=999999999>a</td></tr>" * 9000 + "</table>")
    assert len(tabs("<table><tr><td colspan=99999999>a</td></tr></table>")[0][0][0][1]) <= 1024


@pytest.mark.parametrize("piece", ["<", "<!--", "<a '", '<td "', "<table", "<script>", "<table>", "<td>", "&", "</td>"])
def test_hostile_pages_take_no_longer_than_they_are(tabs, piece):
    """The time grows with the length, not with its square."""
    start = time.process_time()
    with suppress(InputError):
        tabs("<table><tr><td>a</td></tr></table>" + piece * (400_000 // len(piece)))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"\xef\xbb\xbf <HTML>", True), ("<table>".encode("utf-16"), True), (b"<opml>", False), (b"a,<html>", False)],
)
def test_what_begins_like_a_page(head, expected):
    assert is_markup(head) is expected
