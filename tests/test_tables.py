"""Texts in files that a spreadsheet opens, and on a terminal."""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from outreach.campaign.ledger.linkfile import read_link_file
from outreach.campaign.ledger.placement import Placement
from outreach.campaign.ledger.table import placements_table
from outreach.cli.enrich import _write_aliases
from outreach.engine import Engine
from outreach.keys import identify
from outreach.likes.by_hand import addresses_in, hand_aliases
from outreach.reporting import write
from outreach.reporting.markdown import escape
from outreach.reporting.resources.base import Place, shown_cell
from outreach.reporting.resources.text import new_text
from outreach.reporting.results_sheet import save_results_sheet
from outreach.sheet.facts import read_sheet
from outreach.tables import UNSAFE, neutral, verbatim, visible
from outreach.teasers.draft_plan import _csv
from outreach.teasers.drafts import COLUMNS
from outreach.teasers.target_rows import places_of

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
TEXT = st.text(st.sampled_from(SIGNS + "'\";, \t\r\n\u00a0\u2028\x1c\ufeffaä1"), max_size=12)
DROPPED = re.compile('[\\s"\\ufeff]*')  # blanks and quotes
NUMBER = re.compile(r"[+-]?[\d.]+\Z")
ENGINE = Engine()

PAYLOADS = [
    "{sign}cmd|'/C calc'!A0",
    "Nice;{sign}cmd|'/C calc'!A0;x",
    'Nice;"{sign}cmd|""/C calc""!A0";x',
    'Nice; "" {sign}1;x',
    "Nice\t{sign}1\tx",
    "Nice\n{sign}1\nx",
    "Nice\r{sign}1\rx",
    "Nice\r\n {sign}1",
    "Nice;\t{sign}1;\r{sign}1;;{sign}1",
    "Nice;'{sign}1",
    '"{sign}1"',
    " {sign}1",
    "\u00a0{sign}1",
    "Nice,{sign}1",
    'a;"',
    'a"b;{sign}1',
    'a;"b;{sign}1";',
]


@pytest.fixture(scope="module", autouse=True)
def closed():
    yield
    ENGINE.close()


def placed(texts):
    """Return a placement with each text."""
    return [
        Placement(
            id=number, campaign="spring", resource=f"telegram:smm_{number}", final_url="https://x.example",
            text=text, name=text,
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip


def places(names):
    """Return a place with each name."""
    return [
        Place(f"telegram:smm_{number}", "telegram", name, f"https://t.me/smm_{number}", 5, "yes", None, 1, 2)
        for number, name in enumerate(names)
    ]


def formulas(content, *delimiters):
    """Return the cells that a spreadsheet with one of these separators computes."""
    return [
        cell
        for delimiter in delimiters
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        for cell in row
        if DROPPED.sub("", cell, count=1).startswith(tuple(SIGNS)) and not NUMBER.match(cell.strip())
    ]


@settings(max_examples=500, deadline=None)
@given(text=TEXT)
def test_a_neutral_text_comes_back(text):
    """Reading gives back what was written, also when that was neutral already."""
    written = neutral(text)
    assert verbatim(written) == text
    assert verbatim(verbatim(neutral(written))) == text


@settings(max_examples=500, deadline=None)
@given(text=TEXT)
def test_no_part_of_a_neutral_text_is_a_formula(text):
    """Whichever sign cuts it: nothing that begins with a formula's sign is left, blanks and quotes or not."""
    parts = re.split("[;\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", neutral(text))
    assert not [part for part in parts if DROPPED.sub("", part, count=1).startswith(tuple(SIGNS))]
    assert not any(f",{sign}" in neutral(text) for sign in SIGNS)


@pytest.mark.parametrize("text", ["SMM Riga", "a;b", "a - b", "Yes, - he said", "1;2", "5 'o clock", "e-mail"])
def test_ordinary_texts_stay(text):
    """An apostrophe stands only where a formula could."""
    assert neutral(text) == verbatim(text) == text


@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(texts=st.lists(TEXT, min_size=200, max_size=200))
def test_the_engine_writes_what_python_would(texts, tmp_path_factory):
    """Both make a text neutral in the same way."""
    path = tmp_path_factory.mktemp("csv") / "p.csv"
    write(placements_table(ENGINE, placed(texts)), "csv", path)
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [neutral(text) for text in texts]


@pytest.mark.parametrize("sign", SIGNS)
def test_an_attacker_finds_no_formula(sign, tmp_path):
    """Opened with any of the usual separators, no cell of a file of ours begins with a formula but for numbers."""
    texts = [payload.format(sign=sign) for payload in PAYLOADS]
    for form in ("csv", "tsv"):
        write(placements_table(ENGINE, placed(texts)), form, tmp_path / f"p.{form}")
        assert not formulas((tmp_path / f"p.{form}").read_bytes().decode(), ",", ";", "\t")
    new_text(tmp_path / "sheet.csv", places(texts))
    assert not formulas((tmp_path / "sheet.csv").read_bytes().decode("utf-8-sig"), ",", ";", "\t")


@settings(max_examples=5, deadline=None, phases=[Phase.generate])  # to shrink would take minutes
@given(texts=st.lists(TEXT.filter(str.strip), min_size=40, max_size=40))
def test_readers_of_ours_give_the_text_back(texts, tmp_path_factory):
    """The ledger's export and the sheet of resources, written and read again."""
    folder = tmp_path_factory.mktemp("files")
    write(placements_table(ENGINE, placed(texts)), "csv", folder / "p.csv")
    assert [cells["text"] for _, cells in read_link_file(folder / "p.csv").rows] == texts
    assert [found.name for found in places_of(folder / "p.csv", "p.csv", [])] == [text.strip() for text in texts]
    new_text(folder / "sheet.csv", places(texts))
    assert [verbatim(cells[0]) for _, cells in read_sheet(folder / "sheet.csv").grid.rows] == [
        shown_cell(text) for text in texts
    ]


@pytest.mark.parametrize("sign", SIGNS)
def test_drafts_and_results_hold_no_formula(sign, tmp_path):
    """The two tables that Python writes cell by cell."""
    texts = [payload.format(sign=sign) for payload in PAYLOADS]
    drafts = [SimpleNamespace(**dict.fromkeys(COLUMNS, text) | {"dropped": (), "warnings": ()}) for text in texts]
    written = _csv(drafts)
    assert not formulas(written, ",", ";", "\t")
    assert [verbatim(row["text"]) for row in csv.DictReader(io.StringIO(written, newline=""))] == texts
    save_results_sheet(placed(texts), tmp_path / "results.csv")
    assert not formulas((tmp_path / "results.csv").read_bytes().decode("utf-8-sig"), ",", ";", "\t")
    assert save_results_sheet(placed(texts), tmp_path / "results.csv").added == 0


def test_aliases_come_back(tmp_path):
    """A key may hold a separator too; a table of ours with addresses as well."""
    path = tmp_path / "aliases.csv"
    key, same_as = (identify(address).key for address in ("https://example.org/a;-b", "https://example.org/c;@d"))
    _write_aliases(str(path), [(key, same_as)])
    assert [(alias.key, alias.same_as) for alias in hand_aliases(path)] == [(key, same_as)]
    assert addresses_in(path) == [key]


@pytest.mark.parametrize("sign", [*"\x00\x07\x08\r\x1b\x7f\x85\x9b\x9d", *"\u061c\u200e\u202e\u2066\u2069\u2028\u2029"])
def test_what_a_terminal_obeys_is_shown_by_its_number(sign):
    """As text where text is expected; as an escape of JSON there."""
    text = f"a{sign}b\tc\n"
    assert visible(text) == (f"a\\x{ord(sign):02x}b\tc\n" if sign < "\x80" else f"a\\u{ord(sign):04x}b\tc\n")
    assert not UNSAFE.search(visible(text))
    assert json.loads(visible(f'"a{sign}b"', in_json=True)) == f"a{sign}b"


@pytest.mark.parametrize("sign", SIGNS)
def test_markdown_that_is_pasted_holds_no_formula(sign):
    """Tables are pasted into spreadsheets; an apostrophe stands there as in the other files."""
    for text in (f"{sign}1", f"\t{sign}1", f'"{sign}1', f"Nice;{sign}1", f'Nice; "{sign}1'):
        shown = escape(text).replace("\\", "")
        assert not [part for part in shown.split(";") if DROPPED.sub("", part, count=1).startswith(tuple(SIGNS))]
        assert shown.replace("'", "") == text.strip()
