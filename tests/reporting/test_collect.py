"""The sheet to fill in and the message that goes with it."""

import io
import re
from unicodedata import name as letter_name

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from outreach.errors import OutputError
from outreach.keys import PLATFORMS, platform_named
from outreach.reporting.collect_sheet import Tab, collect_book, empty_tabs, platform_title, write_collect
from outreach.reporting.collect_words import LANGUAGES, words_in
from outreach.tables import GUIDE

SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC", "lv": "LATIN", "el": "GREEK", "hy": "ARMENIAN"}
KEPT = {
    "en": ("six months", "object", "delete it"),
    "ru": ("полугода", "против", "удалю"),
    "el": ("έξι μήνες", "αντίρρηση", "διαγράψω"),
    "lv": ("sešus mēnešus", "iebilstat", "izdzēsīšu"),
    "hy": ("վեց ամիս", "դեմ", "կջնջեմ"),
}
every_language = pytest.mark.parametrize("language", LANGUAGES)


def opened(data):
    return load_workbook(io.BytesIO(data))


def empty_book(language="en", customers=2, platforms=("telegram", "vk")):
    return opened(collect_book(empty_tabs(customers, platforms, language), language))


def guide_of(book):
    return [cell.value for cell in book.worksheets[0]["A"] if cell.value]


@every_language
def test_guide_comes_first_and_is_known_by_its_first_cell(language):
    """The tab's own name is in the user's language, so a reader goes by the constant."""
    book = empty_book(language)
    assert book.sheetnames[0] == words_in(language).guide
    assert book.worksheets[0]["A1"].value == GUIDE


@every_language
def test_guide_tells_every_step_in_its_language(language):
    """Seven numbered steps that name the unnamed column, the tab for the rest and the command to run."""
    title, *steps = guide_of(empty_book(language))
    assert title == GUIDE
    assert [step.split(".")[0] for step in steps] == list("1234567")
    text = "\n".join(steps)
    assert "{" not in text
    assert text.count(words_in(language).label(1)) == 2
    assert words_in(language).other in text
    assert text.endswith("outreach check follows.xlsx")


def test_guide_names_the_file_that_was_written():
    """The line to paste fits the file."""
    book = opened(collect_book(empty_tabs(1, (), "en"), "en", "'my follows.xlsx'"))
    assert guide_of(book)[-1].endswith("outreach check 'my follows.xlsx'")


@every_language
def test_a_tab_a_platform_and_a_column_a_customer(language):
    """Headers are numbered in the user's language; nothing stands below them."""
    book = empty_book(language, customers=2, platforms=("telegram", "vk"))
    assert book.sheetnames[1:] == ["Telegram", "VK"]
    for tab in book.worksheets[1:]:
        assert list(tab.values) == [(words_in(language).label(1), words_in(language).label(2))]


@every_language
@pytest.mark.parametrize("platform", PLATFORMS)
def test_tabs_are_named_so_that_the_platform_is_recognised(language, platform):
    """What we write we can read, in every language."""
    assert platform_named(platform_title(platform, language)) == platform


@every_language
def test_usual_platforms_are_six_and_have_room_for_the_rest(language):
    """Each is known, none twice, the last takes what has no tab of its own."""
    platforms = words_in(language).platforms
    assert len(set(platforms)) == 6
    assert set(platforms) <= set(PLATFORMS)
    assert platforms[-1] == "other"
    assert [tab.name for tab in empty_tabs(1, (), language)] == [platform_title(name, language) for name in platforms]


def test_a_platform_given_twice_is_one_tab():
    """A workbook cannot hold two tabs of one name."""
    assert [tab.name for tab in empty_tabs(1, ["vk", "x", "vk"], "en")] == ["VK", "X"]


def test_header_stays_in_sight_and_columns_are_wide():
    """Bold, frozen, wide enough for an address, printed on every page."""
    for tab in empty_book().worksheets[1:]:
        assert tab.freeze_panes == "A2"
        assert all(cell.font.bold for cell in tab[1])
        assert tab.column_dimensions["A"].width > 30
        assert tab.print_title_rows == "$1:$1"


@pytest.mark.parametrize(("customers", "pages"), [(1, 1), (10, 1), (12, 1), (13, 2), (40, 4)])
def test_it_prints_on_few_pages(customers, pages):
    """Landscape, ten customers on a page's width; of the columns only the rows that are filled in."""
    for tab in empty_book(customers=customers).worksheets[1:]:
        setup = tab.page_setup
        assert (setup.orientation, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", pages, 0)
        assert tab.sheet_properties.pageSetUpPr.fitToPage
        assert tab.print_area.endswith(f"$A$1:${tab.cell(1, customers).column_letter}$1048576")


def test_rows_of_long_addresses_are_high():
    """So that nothing of them is hidden where a program sets no heights itself."""
    tabs = [Tab("VK", {f"Customer {number}": ("https://vk.com/" + "a" * 50, "vk.com/a") for number in range(10)})]
    sheet = opened(collect_book(tabs, "en"))["VK"]
    assert sheet.row_dimensions[2].height > 40
    assert sheet.row_dimensions[3].height is None


def test_cells_that_are_still_empty_are_text():
    """So that Excel makes neither a date of 12.5 nor a formula of @name when somebody types it."""
    for tab in empty_book(customers=3).worksheets[1:]:
        (columns,) = tab.column_dimensions.values()
        assert (columns.min, columns.max, columns.number_format) == (1, 3, "@")
        assert {cell.number_format for cell in tab[1]} == {"@"}


@given(
    st.lists(
        st.sampled_from(["@name", "=1+1", "-7", "007", "12.5", "2026-05-12", "https://t.me/a", "TRUE", "Ёж"]),
        min_size=1,
        max_size=9,
    )
)
def test_addresses_stay_what_they_are(addresses):
    """A filled column comes back as text, downwards from the header, in its order."""
    sheet = opened(collect_book([Tab("VK", {"Anna": addresses, "Boris": ()})], "en"))["VK"]
    assert [row[0] for row in sheet.values] == ["Anna", *addresses]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


@given(customers=st.integers(1, 200), language=st.sampled_from(LANGUAGES))
def test_every_customer_has_one_column_on_every_tab(customers, language):
    """The same names in the same order, each once."""
    first, *others = empty_tabs(customers, (), language)
    assert list(first.columns) == [words_in(language).label(number) for number in range(1, customers + 1)]
    assert all(tab.columns == first.columns for tab in others)


def test_same_words_give_the_same_bytes():
    """Whatever the clock says."""
    tabs = empty_tabs(10, (), "hy")
    assert collect_book(tabs, "hy") == collect_book(tabs, "hy")
    assert opened(collect_book(tabs, "hy")).properties.created.year == 2000


@every_language
def test_message_is_short_and_complete(language):
    """Five to eight lines of one paragraph each, mostly in the letters of the language."""
    text = words_in(language).question
    lines = [line for line in text.splitlines() if line]
    assert 5 <= len(lines) <= 8
    assert text.endswith("\n")
    assert not re.search(r"[{}\t]|  | $", text, re.MULTILINE)
    letters = [letter_name(letter) for letter in text if letter.isalpha()]
    assert sum(name.startswith(SCRIPTS[language]) for name in letters) > 0.7 * len(letters)


@every_language
def test_message_says_how_long_lists_are_kept_and_how_to_object(language):
    """With the number of months, and a verb for each."""
    (kept,) = [line for line in words_in(language).question.splitlines() if KEPT[language][0] in line]
    assert all(part in kept for part in KEPT[language])


@every_language
def test_message_names_platforms_that_have_a_tab(language):
    """What customers are asked about is what the sheet has room for."""
    usual = set(words_in(language).platforms)
    words = re.findall(r"\w+", words_in(language).question)
    named = {platform for word in words if len(word) > 3 and (platform := platform_named(word))}
    assert len(named) >= 3
    assert named <= usual


def test_a_file_that_is_there_is_not_replaced(tmp_path):
    """It may be filled in; --force says that it is not."""
    path = tmp_path / "follows.xlsx"
    path.write_bytes(b"filled in")
    with pytest.raises(OutputError, match="this file is there already") as caught:
        write_collect(b"new", path)
    assert "--force" in caught.value.hint
    assert path.read_bytes() == b"filled in"
    write_collect(b"new", path, force=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["follows.csv", "follows", "follows.xlsx.txt", ".xls"])
def test_only_a_workbook_is_written(tmp_path, name):
    """A name that promises something else is refused before anything is there."""
    with pytest.raises(OutputError, match="Excel workbook"):
        write_collect(b"new", tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    """Neither half a workbook nor a temporary file; the message names the file."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OutputError, match=r"follows\.XLSX: no space left"):
        write_collect(b"new", tmp_path / "follows.XLSX")
    assert not list(tmp_path.iterdir())
