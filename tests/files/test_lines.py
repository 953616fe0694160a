"""Our reading of delimited text against Python's csv module."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.files import lines
from outreach.files.find import find_sources
from outreach.likes.executors.relations import RelationExecutor
from outreach.likes.plain import text
from outreach.likes.planning import text_for_engine

HEADER = ("customer", "resource", "name")
WIDTH = len(HEADER)
SIGNS = "ab c'\",;\t|\n=-#é€я😀\u00a0\u200b\u2028\x0b\x1c\x85\\"


def cells(signs: str, **limits) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(signs), max_size=6, **limits)


def tables(cell: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.lists(st.tuples(*[cell] * WIDTH), min_size=1, max_size=8)


def written(rows, *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue()


@pytest.fixture(scope="module")
def read_back():
    """Return a function that gives the rows that we read, their lines, and the lines that were left out."""
    with Engine() as engine:  # nothing is kept in it, so that one will do for all examples

        def read(text: str | bytes):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "table.csv"
                path.write_bytes(text.encode() if isinstance(text, str) else text)
                (source,) = find_sources([path], engine.folder)
                table = bulk(engine, source)
                executor = RelationExecutor(engine, 0, table)
                with engine.in_order():
                    rows = engine.rows(f"select * from {executor.relation}")
                return rows, executor.lines(range(1, len(rows) + 1)), table.bad

        yield read


def bulk(engine, source):
    """Read a table as the engine reads it below a header line, whatever else it may look like."""
    lines = source.path.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    understood, _ = text._by_first_line(source.label, lines, 0, text.DELIMITERS, {})
    return text_for_engine(text._below_header(source.label, source.path, understood), source.path, engine.folder)


def flat(row) -> tuple[str | None, ...]:
    """Return a row as we read it: line breaks are spaces, empty is missing, one cell more than the header."""
    return (*(re.sub(r"[\r\n]+", " ", cell) or None for cell in row), None)


@given(tables(cells(SIGNS)), st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@example([("a", "b", 'c"'), ('"', '""', '","'), ("", '\n"', "\n\n")], ",", csv.QUOTE_MINIMAL)
def test_cells_come_back_as_python_wrote_them(read_back, rows, delimiter, quoting):
    """What Python's csv module writes with newlines is read cell for cell."""
    got, _, bad = read_back(written([HEADER, *rows], delimiter=delimiter, quoting=quoting))
    assert (got, bad) == ([flat(row) for row in rows], ())


@given(tables(cells(SIGNS + "\r")), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_cells_come_back_from_windows_lines(read_back, rows, quoting):
    """The same with carriage returns, at the ends of lines and inside cells."""
    got, _, bad = read_back(written([HEADER, *rows], quoting=quoting, end="\r\n"))
    assert (got, bad) == ([flat(row) for row in rows], ())


@given(tables(cells('ab",;é')))
def test_cells_come_back_from_an_old_mac(read_back, rows):
    """Lines that end with a carriage return alone."""
    got, _, bad = read_back(written([HEADER, *rows], end="\r"))
    assert (got, bad) == ([flat(row) for row in rows], ())


@given(st.lists(st.tuples(st.tuples(*[cells('ab"\n ,')] * WIDTH), st.booleans(), st.integers(0, 3)), max_size=8))
def test_lines_are_those_of_the_file(read_back, records):
    """A row's line is where it begins, whatever blank lines and cells over several lines stand above it."""
    text = written([HEADER])
    want: list[int] = []
    for row, long, blanks in records:
        text += "\n" * blanks
        want.append(text.count("\n") + 1)
        text += written([(*(cell.replace("\n", " ") for cell in row), "extra") if long else row])
    got, numbers, bad = read_back(text)
    assert (numbers, bad) == (want, ())
    assert [row[WIDTH] == "extra" for row in got] == [long for _, long, _ in records]


def test_a_quote_followed_by_a_blank_closes_no_cell_of_the_line_above(read_back):
    """A stray quote and the quote that opens a cell one line below are two, also when that cell begins with blanks."""
    got, _, bad = read_back(written([HEADER]) + ',,"\n," ,;",\n')
    assert [row[1] for row in got] == [" ,;"]
    assert [line.line for line in bad] == [2]


@given(st.data(), tables(st.text(st.sampled_from("ab ,;é"), max_size=6).filter(lambda cell: cell[:1] != ",")))
def test_a_stray_quote_costs_its_line_at_most(read_back, data, rows):
    """With one quote put anywhere each row is still read or rejected, and all other rows are as before."""
    end = written([HEADER, *rows]).index("\n") + 1
    text = written([HEADER, *rows])
    at = data.draw(st.integers(end, len(text) - 1))
    got, _, bad = read_back(text[:at] + '"' + text[at:])
    assert len(got) + len(bad) == len(rows)
    lost = Counter(flat(row) for row in rows) - Counter(got)
    assert lost.total() <= 1
    assert all(line.line == text.count("\n", 0, at) + 1 for line in bad)


@given(tables(cells('ab",\n', min_size=1)), st.integers(1, 40))
def test_blocks_do_not_matter(read_back, rows, size):
    """A file is read in blocks; where they end changes nothing."""
    text = written([HEADER, *rows])
    before = lines.BLOCK_BYTES, lines.GLANCE_BYTES
    try:
        lines.BLOCK_BYTES = lines.GLANCE_BYTES = size
        got, numbers, bad = read_back(text)
    finally:
        lines.BLOCK_BYTES, lines.GLANCE_BYTES = before
    assert (got, bad) == ([flat(row) for row in rows], ())
    assert numbers == read_back(text)[1]


def test_quotes_that_close_before_they_open(read_back):
    """Two stray quotes on one line, balanced by number, swallow nothing below them."""
    got, _, bad = read_back('customer,resource,name\na","b,x\nc,d,y\ne,"f",z\n')
    assert got == [("c", "d", "y", None), ("e", "f", "z", None)]
    assert [line.line for line in bad] == [2]


def test_two_open_quotes_are_two_rejected_lines(read_back):
    """The quote that opens in the next row does not close the first one."""
    got, _, bad = read_back('customer,resource,name\na,"b,x\nc,"d,y\ne,f,z\n')
    assert got == [("e", "f", "z", None)]
    assert [(line.line, line.reason) for line in bad] == [(2, lines.UNCLOSED), (3, lines.UNCLOSED)]


def test_a_quote_after_an_empty_one_is_kept(read_back):
    """``""a`` is no quoted cell; its text stays."""
    got, _, _ = read_back('customer,resource,name\n""a,b,x\n')
    assert got == [('""a', "b", "x", None)]


def test_an_inch_sign_beside_a_cell_over_two_lines(read_back):
    """A quote inside an unquoted cell is a letter, also in a row that goes over two lines."""
    got, _, bad = read_back('customer,resource,name\na,"b\nc",27" screens\n')
    assert (got, bad) == ([("a", "b c", '27" screens', None)], ())


def test_a_cell_over_too_many_lines_was_never_closed(read_back):
    """Beyond 200 lines the quote is taken for a stray one; a closing one far below is not believed."""
    text = 'customer,resource,name\na,"b,c\n' + "d,e,f\n" * lines.RECORD_LINES + 'g,h,i"\n'
    got, _, bad = read_back(text)
    assert len(got) == lines.RECORD_LINES + 1
    assert [line.line for line in bad] == [2]


def test_lines_that_are_too_long_are_left_out(read_back, monkeypatch):
    """A line beyond the limit is rejected with its number, also the last one and one without an end."""
    monkeypatch.setattr(lines, "BLOCK_BYTES", 64)
    monkeypatch.setattr(lines, "GLANCE_BYTES", 64)
    monkeypatch.setattr(lines, "LINE_BYTES", 128)
    text = "customer,resource,name\na,b,c\n" + "x" * 500 + "\nd,e,f\n" + "y" * 500
    got, numbers, bad = read_back(text)
    assert got == [("a", "b", "c", None), ("d", "e", "f", None)]
    assert numbers == [2, 4]
    assert [(line.line, line.reason) for line in bad] == [(3, lines.TOO_LONG), (5, lines.TOO_LONG)]


def test_mixed_line_ends_keep_their_lines(read_back):
    """Newlines, Windows and old Mac ends in one file each end a line; numbers hold beyond the first block."""
    ends = ("\n", "\r\n", "\r")
    text = "customer,resource,name\n" + "".join(f"a{n},b,c{ends[n % 3]}" for n in range(250_000)) + "x,y,z,extra\n"
    got, numbers, bad = read_back(text)
    assert bad == ()
    assert got[-1] == ("x", "y", "z", "extra")
    assert numbers[-1] == len(got) + 1 == 250_002


def test_old_mac_files_of_any_length(read_back):
    """More than one block without a newline."""
    text = "customer,resource,name\r" + "".join(f"a{n},b,c\r" for n in range(500_000))
    got, numbers, bad = read_back(text)
    assert (len(got), numbers[-1], bad) == (500_000, 500_001, ())
