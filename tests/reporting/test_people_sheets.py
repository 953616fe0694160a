"""Workbooks that people read: their sheet first, the machine's behind it, and one that explains the columns."""

from datetime import date, timedelta
from string import Formatter

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from outreach.engine import Engine
from outreach.likes import read
from outreach.messages import LANGUAGES, _language
from outreach.ranking import Choice
from outreach.reporting import is_of_another_kind, write
from outreach.reporting.ranking_sheet import MOST_SHOWN, ranking_sheet
from outreach.reporting.resources.base import Place
from outreach.reporting.resources.book import new_book
from outreach.reporting.resources.text import new_text
from outreach.reporting.resources.words import choices_in, followed_in, language_of
from outreach.reporting.resources_sheet import save_sheet
from outreach.reporting.sizes_sheet import REPLACEABLE, wanted
from outreach.sheet.facts import read_sheet
from outreach.tables import RANKING, SHEET
from outreach.teasers.target_rows import places_of
from outreach.teasers.target_words import place_cells
from outreach.words.accepting import meaning_of
from outreach.words.fold import fold_header
from outreach.words.own_sheets import own_tab, own_title
from outreach.words.ways_in import WAYS, way_of

every_language = pytest.mark.parametrize("language", LANGUAGES)
OF_SHEETS = ("book-", "today-")


@pytest.fixture
def written(ranking, tmp_path):
    """Give a function that writes a ranking with its sheets for people."""

    def write_it(*rows, **how):
        table = ranking(*rows)
        return write(table, "xlsx", tmp_path / "ranking.xlsx", around=ranking_sheet(table, 12, **how))

    return write_it


def fields(sentence):
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name is not None})


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_sheets_speak_every_language(language):
    """No header, meaning or word in a cell is missing, and each names the same values."""
    english = {code: text for code, text in _language("en").sentences.items() if code.startswith(OF_SHEETS)}
    mine = {code: text for code, text in _language(language).sentences.items() if code.startswith(OF_SHEETS)}
    assert mine.keys() == english.keys()
    allowed = {"book-column-cost-each": ["kind"]}
    for code, text in mine.items():
        assert fields(text) == allowed.get(code, fields(english[code])), code
        assert not text.endswith((".", "։")), code


@every_language
def test_a_ranking_opens_with_what_people_read(written, language):
    """Human headers, "7 of 9", percent and thousands as formats; the machine's table has its name and columns."""
    path = written({}, {"name": "=Name", "url": None, "subscribers": None, "accepts_posts": "ask"}, language=language)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == [own_tab("ranking", language), "ranking", own_tab("columns", language)]
    assert tuple(book.get_sheet_by_name("ranking").to_python()[0]) == RANKING.names
    sheet = load_workbook(path)[own_tab("ranking", language)]
    assert sheet["A1"].value == own_title("ranking", language)
    header = [cell.value for cell in sheet[4]]
    assert all(header)
    assert not set(header) & set(RANKING.names)
    place, followed, share, subscribers = sheet["B5"], sheet["D5"], sheet["E5"], sheet["H5"]
    assert (place.value, place.hyperlink.target) == ("Budget", "https://t.me/budget")
    assert followed.value == ("7 / 9" if language == "hy" else followed.value)
    assert followed.value.split(" ")[::2] == ["7", "9"]
    assert (share.number_format, subscribers.number_format, subscribers.value) == ("0%", "#,##0", 48_200)
    assert (sheet["B6"].value, sheet["B6"].data_type, sheet["B6"].hyperlink) == ("=Name", "s", None)
    assert sheet["J6"].value not in (None, "ask") or language == "en"
    assert (sheet["H6"].value, sheet["K6"].value) == (None, None)
    explained = [row[0] for row in book.get_sheet_by_name(own_tab("columns", language)).to_python()[3:]]
    assert explained[: len(header)] == header


def test_equal_counts_stand_between_lines(written):
    """Also above empty cells; where ratios decide there are no groups."""
    path = written({"overlap": 9, "listed": 9}, {"overlap": 7}, {"overlap": 7}, {"overlap": 2, "subscribers": None})
    sheet = load_workbook(path)["Top places"]
    assert [sheet.cell(row, 1).border.top.style for row in (5, 6, 7, 8)] == [None, "thin", None, "thin"]
    assert sheet["H8"].border.top.style == "thin"
    path = written({"overlap": 9, "listed": 9}, {"overlap": 7}, by="share")
    assert load_workbook(path)["Top places"]["A6"].border.top.style is None


def test_a_ranking_is_printed_on_pages_of_one_width(written):
    """Landscape, the header on every page; it stays in sight on the screen, with a filter."""
    book = load_workbook(written({}))
    for name, header in (("Top places", 4), ("ranking", 1)):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == f"${header}:${header}"
    assert (book["Top places"].freeze_panes, book["Top places"].auto_filter.ref) == ("C5", "A4:K5")


def test_long_texts_are_broken_in_rows_that_show_them(written):
    """A name of a stranger makes no column wider than a page."""
    sheet = load_workbook(written({"name": "so many words " * 12}))["Top places"]
    assert sheet.column_dimensions["B"].width < 45
    assert sheet.row_dimensions[5].height >= 60


@every_language
def test_a_resources_sheet_is_read_back(tmp_path, language):
    """Every header, and every word of the drop-downs, in every language; also as a text."""
    place = Place("telegram:one_place", "telegram", "One", "https://t.me/one_place", 900, "no", None, 7, 9, language)
    for path, make in ((tmp_path / "sheet.xlsx", new_book), (tmp_path / "sheet.csv", new_text)):
        make(path, [place], language)
        sheet = read_sheet(path)
        assert tuple(sheet.grid.columns) == SHEET.names
        assert language_of(sheet.grid.headers) == language
        (fact,) = sheet.facts
        assert (fact.key, fact.subscribers, fact.accepts_posts, sheet.doubts) == ("telegram:one_place", 900, "no", ())
        assert not wanted(sheet, date(2026, 5, 1), timedelta(0)).typed  # an export's size may be looked up
        assert not is_of_another_kind(path, SHEET)
        (found,) = places_of(path, path.name, [])
        assert (found.overlap, found.listed) == (7, 9)


@every_language
def test_words_of_the_drop_downs_are_known(language):
    """What the sheet offers is what its readers understand."""
    accepting = choices_in("accepts_posts", language)
    assert [meaning_of(word) for word in accepting] == ["yes", "no", "paid", "ask", "no reply"]
    assert [meaning_of(word) for word in choices_in("exclude", language)] == ["yes", "no"]
    found = [place_cells({"link_place": word}) for word in choices_in("link_place", language)]
    assert [one.values["link_place"] for one in found] == ["text", "comment", "button", "bio", "sticker"]
    ways = choices_in("way_in", language)
    assert [place_cells({"way_in": word}).values.get("deal") for word in ways] == [None, None, None, "paid", "paid"]
    assert tuple(map(way_of, ways)) == WAYS
    origins = [fold_header(word) for word in choices_in("subscribers_from", language)]
    assert [word in REPLACEABLE for word in origins] == [False, True, True]
    assert all("," not in word for column in SHEET.names for word in choices_in(column, language))
    assert all(len(f'"{",".join(choices_in(column, language))}"') <= 255 for column in SHEET.names)


@every_language
@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
def test_a_sheet_keeps_its_language(tmp_path, language, name):
    """New rows, and the counts of old ones, speak as its headers do, whatever is asked for."""
    lists, path = tmp_path / "likes.csv", tmp_path / name

    def save(text, asked):
        lists.write_text(text, encoding="utf-8")
        with Engine() as engine:
            old = read_sheet(path) if path.exists() else None
            save_sheet(read(engine, [lists]), Choice(min_subscribers=0), path, old, asked)
        return [fact.cells for fact in read_sheet(path).facts]

    (first,) = save("customer,resource,subscribers\nAnna,t.me/one_place,900\n", language)
    assert first["customers"] == followed_in(1, 1, language)
    text = (
        "customer,resource,subscribers\nAnna,t.me/one_place,900\nBoris,t.me/one_place,900\nBoris,t.me/two_places,800\n"
    )
    assert [one["customers"] for one in save(text, "lv" if language == "en" else "en")] == [
        followed_in(2, 2, language),
        followed_in(1, 2, language),
    ]
    assert {one["subscribers_from"] for one in save(text, "ru")} == {choices_in("subscribers_from", language)[1]}


def test_the_sheet_to_fill_in_is_printed_on_pages_of_one_width(tmp_path):
    """The header stands on every page; a second sheet says what belongs into the columns."""
    new_book(tmp_path / "sheet.xlsx", [], "el")
    book = load_workbook(tmp_path / "sheet.xlsx")
    assert book.sheetnames == ["places", own_tab("columns", "el")]
    sheet = book["places"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    explained = [cell.value for cell in book.worksheets[1]["A"]][3:]
    assert explained == [cell.value for cell in sheet[1]]


@every_language
def test_our_readers_know_the_file(written, language):
    """It may be replaced, and drafts and sheets find the places on the machine's table."""
    path = written({}, {"resource": "vk:club7", "platform": "vk", "url": None}, language=language)
    assert not is_of_another_kind(path, RANKING)
    assert [place.key for place in places_of(path, "ranking.xlsx", [])] == ["telegram:budget", "vk:club7"]
    assert read_sheet(path).grid.tab == "ranking"
    book = load_workbook(path)
    book.create_sheet("my own notes")
    book.save(path)
    assert is_of_another_kind(path, RANKING)


def test_a_long_ranking_says_how_much_of_it_is_shown(written, monkeypatch):
    """The machine's table has the rest."""
    monkeypatch.setattr("outreach.reporting.ranking_sheet.MOST_SHOWN", 2)
    assert MOST_SHOWN > 1000
    book = CalamineWorkbook.from_path(written({}, {}, {}))
    rows = book.get_sheet_by_name("Top places").to_python()
    assert rows[2][0] == "The first 2 places of 3; the sheet “ranking” has all."
    assert len(rows) == 7
    assert len(book.get_sheet_by_name("ranking").to_python()) == 4
