"""The resources sheet: made once, added to ever after, and never a cell of a person's changed."""

from __future__ import annotations

import csv
import errno
import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table

from outreach.engine import Engine
from outreach.errors import InputError, OutputError
from outreach.keys import name_key
from outreach.likes import read
from outreach.likes.facts import apply_sheet
from outreach.ranking import Choice
from outreach.reporting.resources.base import Change, Changes, Place
from outreach.reporting.resources.book import new_book, updated_book
from outreach.reporting.resources.text import new_text, updated_text
from outreach.reporting.resources.words import header_in
from outreach.reporting.resources_sheet import form_of_sheet, save_sheet
from outreach.sheet.facts import is_own, read_sheet
from outreach.tables import SHEET
from tests.examples import examples

ALL = Choice(min_subscribers=0)
COLUMNS = {name: position for position, name in enumerate(SHEET.names, 1)}
TWO = """\
customer,resource,name,subscribers
Anna,t.me/smm_riga,SMM Riga,48200
Boris,t.me/smm_riga,SMM Riga,48200
Anna,vk.com/club7,,
"""
THREE = (
    TWO
    + """\
Clara,t.me/smm_riga,SMM Riga,48200
Clara,vk.com/club7,Семь,7000
Clara,t.me/third_one,Third,
"""
)


def a_place(number=1, **told):
    """Make a place."""
    usual = {
        "key": f"telegram:place_{number}",
        "platform": "telegram",
        "name": f"Place {number}",
        "url": f"https://t.me/place_{number}",
        "subscribers": 1000,
        "accepts_posts": None,
        "topic": None,
        "overlap": 2,
        "listed": 9,
    }
    return Place(**usual | told)


@pytest.fixture
def save(tmp_path):
    """Save a sheet from the text of likes, as the command does."""

    def make(text, name="sheet.xlsx", choice=ALL):
        source, path = tmp_path / "likes.csv", tmp_path / name
        source.write_text(text, encoding="utf-8")
        old = read_sheet(path) if path.exists() else None
        with Engine() as engine:
            return save_sheet(read(engine, [source]), choice, path, old)

    return make


def cells_of(path, tab="places"):
    """Return every filled cell of a tab with its looks."""
    sheet = openpyxl.load_workbook(path)[tab]
    return {
        cell.coordinate: (
            cell.value,
            cell.data_type,
            cell.number_format,
            cell.fill.fgColor.rgb,
            cell.font.color and cell.font.color.rgb,
            cell.hyperlink and cell.hyperlink.target,
            cell.comment and cell.comment.text,
        )
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def column(sheet, name):
    """Return the values of one of our columns, below the header."""
    return [cell.value for cell in sheet[openpyxl.utils.get_column_letter(COLUMNS[name])]][1:]


def test_a_new_workbook_is_ready_to_be_filled_in(save, tmp_path):
    """Rank order, typed cells, clickable addresses, frozen header, filter, drop-downs, a grey key."""
    saved = save(TWO)
    sheet = openpyxl.load_workbook(tmp_path / "sheet.xlsx")["places"]
    assert (saved.added, saved.kept) == (2, 0)
    assert [cell.value for cell in sheet[1]] == [header_in(name, "en") for name in SHEET.names]
    assert column(sheet, "place") == ["SMM Riga", "club7"]
    assert column(sheet, "customers") == ["2 of 2", "1 of 1"]
    assert column(sheet, "subscribers") == [48_200, None]
    assert column(sheet, "subscribers_from") == ["export", None]
    assert column(sheet, "key") == ["telegram:smm_riga", "vk:club7"]
    assert sheet["C2"].hyperlink.target == sheet["C2"].value == "https://t.me/smm_riga"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:S3")
    assert sheet["S2"].font.color.rgb == "FF9E9E9E"
    assert sheet["L2"].number_format == "@"
    offered = {str(rule.sqref).rstrip("0123456789"): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered["H2:H"] == '"yes,no,paid,ask,no reply"'
    assert offered["O2:O"] == '"post myself,submit,write,buy,buy through an exchange"'
    prompts = {rule.promptTitle: rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt}
    assert list(prompts) == [header_in(name, "en") for name in SHEET.names]
    assert prompts["Key"] == "leave this column as it is: it links the row to the place"
    for name in ("Subscribers from", "Checked on"):  # read one by one, so each says which number it is about
        assert "number of subscribers" in prompts[name]


@pytest.mark.parametrize("name", ["=1+1", "+7", "-x", "@me", "'quoted", '=HYPERLINK("http://x.example")', "_x0041_"])
@pytest.mark.parametrize("make", [new_book, new_text])
def test_a_name_is_never_a_formula(tmp_path, name, make):
    """A text is a text in both forms, and comes back as it was."""
    path = tmp_path / "sheet.xlsx"  # the content counts
    make(path, [a_place(name=name)])
    assert read_sheet(path).facts[0].name == name
    if make is new_book:
        assert openpyxl.load_workbook(path)["places"]["A2"].data_type == "s"
    else:
        assert name == "_x0041_" or f"'{name[0]}" in path.read_text("utf-8")


@pytest.mark.parametrize("make", [new_book, new_text])
def test_signs_that_no_cell_can_hold_go(tmp_path, make):
    """Control characters, half characters and what is too long for Excel."""
    path = tmp_path / "sheet"
    make(path, [a_place(name="A\x00\x1b[31mB\ud800\u202eC\uffff"), a_place(2, name="x" * 40_000)])
    assert [fact.name for fact in read_sheet(path).facts] == ["ABC\ufffd", "x" * 32_767]


def test_unsafe_addresses_are_not_clickable(tmp_path):
    """They stand there as text."""
    path = tmp_path / "sheet.xlsx"
    new_book(path, [a_place(url="javascript:alert(1)"), a_place(2, url=None)])
    sheet = openpyxl.load_workbook(path)["places"]
    assert (sheet["C2"].value, sheet["C2"].hyperlink, sheet["C3"].value) == ("javascript:alert(1)", None, None)


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
def test_an_update_adds_fills_and_refreshes_only(save, tmp_path, name):
    """New places at the end; the count is refreshed; an empty name and size are filled; nothing else moves."""
    save(TWO, name)
    saved = save(THREE, name)
    assert (saved.added, saved.kept, saved.filled) == (1, 2, 2)
    facts = {fact.key: fact.cells for fact in read_sheet(tmp_path / name).facts}
    assert list(facts) == ["telegram:smm_riga", "vk:club7", "telegram:third_one"]
    told = ("place", "customers", "subscribers", "subscribers_from")
    assert [facts["vk:club7"].get(column) for column in told] == ["Семь", "2 of 2", "7000", "export"]
    assert facts["telegram:smm_riga"]["customers"] == "3 of 3"


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
def test_the_words_of_a_key_become_a_name_once(save, tmp_path, name):
    """A place without a name shows its key's words; the name that an export brings later replaces them, and stays."""
    save(TWO, name)
    (cells,) = (fact.cells for fact in read_sheet(tmp_path / name).facts if fact.key == "vk:club7")
    assert cells["place"] == "club7"
    save(TWO.replace("club7,,", "club7,Семь,"), name)
    assert save(TWO.replace("club7,,", "club7,Восемь,"), name).changed is False
    assert [fact.name for fact in read_sheet(tmp_path / name).facts] == ["SMM Riga", "Семь"]


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
@pytest.mark.parametrize("told", ["", "club7"])
def test_ten_round_trips_without_a_name_change_nothing(save, tmp_path, name, told):
    """The words stay words, also where an export calls the place so; nothing is written again."""
    likes = TWO.replace("club7,,", f"club7,{told},")
    save(likes, name)
    before = (tmp_path / name).read_bytes()
    for _ in range(10):
        assert save(likes, name).changed is False
    assert (tmp_path / name).read_bytes() == before
    assert [fact.name for fact in read_sheet(tmp_path / name).facts] == ["SMM Riga", None]


def test_an_empty_place_in_a_row_by_hand_stays_empty_without_a_name(save, tmp_path):
    """Only a name is worth a cell of a person's row."""
    path = tmp_path / "sheet.csv"
    path.write_text("place,address,note\n,vk.com/club7,mine\n,t.me/smm_riga,\n", encoding="utf-8")
    assert save(TWO, "sheet.csv").filled == 1
    assert path.read_text("utf-8").splitlines()[1:] == [",vk.com/club7,mine", "SMM Riga,t.me/smm_riga,"]


@given(st.text(min_size=1, max_size=20))
def test_no_words_of_a_key_come_back_as_a_name(text):
    """Whatever a key holds: either its words are read as its words, or the cell stays empty."""
    key = name_key(text, "telegram") or "telegram:id/7"
    shown = a_place(key=key, name=None).cells({"place": 0}).get("place")
    assert shown is None or is_own(str(shown), [key])


def test_filled_cells_are_never_overwritten(save, tmp_path):
    """What a person wrote stays, a dash and a word of his own too."""
    path = tmp_path / "sheet.xlsx"
    save(TWO)
    book = openpyxl.load_workbook(path)
    sheet = book["places"]
    sheet["A3"], sheet["E3"], sheet["F2"] = "Моя группа", "-", "hand"
    book.save(path)
    save(THREE)
    sheet = openpyxl.load_workbook(path)["places"]
    assert (sheet["A3"].value, sheet["E3"].value, sheet["F3"].value, sheet["F2"].value) == (
        "Моя группа", "-", None, "hand",
    )  # fmt: skip


def test_ten_round_trips_through_a_workbook(save, tmp_path):
    """Cells by hand in any alphabet, own columns, colours, comments, tabs, formulas: all as they were."""
    path = tmp_path / "sheet.xlsx"
    save(THREE)
    book = openpyxl.load_workbook(path)
    sheet = book["places"]
    sheet["K2"], sheet["M2"], sheet["N2"] = "Κανόνες: όχι σύνδεσμοι", "Ծովինար", "@ivan, +371 2000"
    sheet["R3"], sheet["T1"], sheet["T3"], sheet["T2"] = "две\nстроки", "моё", 12.5, "=1+1"
    sheet["K2"].fill = PatternFill("solid", fgColor="FFFFC000")
    sheet["M2"].comment = Comment("спросить", "Ира")
    sheet.append(["По рукам", None, "t.me/by_hand_added"])
    sheet.column_dimensions["A"].width = 55
    sheet.auto_filter.ref = "A1:T5"
    book.create_sheet("Планы")["B2"] = "не трогать"
    book.save(path)
    save(THREE)  # says how many follow the place that was added by hand
    before = cells_of(path)
    assert before["D5"][0] == "0 of 3"
    for number in range(10):
        saved = save(TWO if number % 2 == 0 else THREE)  # the counts change each time
        assert (saved.changed, saved.added) == (True, 0)
    assert cells_of(path) == before
    assert cells_of(path, "Планы")["B2"][0] == "не трогать"
    sheet = openpyxl.load_workbook(path)["places"]
    assert (sheet.column_dimensions["A"].width, sheet.freeze_panes, sheet.auto_filter.ref) == (55, "B2", "A1:T5")
    assert len(sheet.data_validations.dataValidation) == len(SHEET.names) + 5
    names = zipfile.ZipFile(path).read("xl/workbook.xml").count(b"_FilterDatabase")
    assert names == 1


def test_ten_round_trips_leave_the_ranking_alone(save, tmp_path):
    """What is read back does not drift either."""
    save(THREE)
    first = read_sheet(tmp_path / "sheet.xlsx").facts
    for _ in range(5):
        save(TWO)
        save(THREE)
    assert read_sheet(tmp_path / "sheet.xlsx").facts == first


RUSSIAN = st.lists(
    st.sampled_from(
        [
            "правила",
            "для",
            "авторов",
            "«цена»",
            "1 500 ₽",
            "—",
            "№ 5;",
            '"да"',
            "с,запятой",
            "Ёлка",
            "=1",
            "две\nстроки",
        ]
    ),
    max_size=6,
).map(lambda words: " ".join(words).replace("₽", "р."))


@settings(max_examples=examples(30))  # each is ten files
@given(
    st.lists(st.tuples(RUSSIAN, RUSSIAN, RUSSIAN), min_size=1, max_size=4),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["cp1251", "utf-8", "utf-8-sig"]),
)
def test_ten_round_trips_through_a_text_with_semicolons(rows, line_end, encoding):
    """As Excel in Russian saves it: every cell, the encoding, the delimiter and the line ends stay."""
    header = ["Заметка", "Адрес", "клиенты", "Владелец", "моё"]
    table = [header, *([one, f"t.me/place_{n}", "", two, three] for n, (one, two, three) in enumerate(rows))]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator=line_end).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        for number in range(10):
            grid = read_sheet(path).grid
            changes = [Change(row, "customers", f"{number} of 9", only_empty=False) for row, _ in grid.rows]
            updated_text(path, path, grid, Changes(changes, []))
        content = path.read_bytes().decode(encoding)
    got = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert got == [header, *([one, address, "9 of 9", two, three] for one, address, _, two, three in table[1:])]
    assert content.count("\r\n") == (len(table) if line_end == "\r\n" else 0)


def test_a_text_without_the_letters_of_a_new_name_becomes_utf_8(save, tmp_path):
    """Question marks would be a loss; the change is said."""
    path = tmp_path / "sheet.csv"
    path.write_bytes("Адрес;Название;Заметка\r\nt.me/smm_riga;СММ Рига;моя заметка о правилах\r\n".encode("cp1251"))
    saved = save(TWO.replace("club7,,", "club7,Երեւան,"), "sheet.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text("utf-8-sig").splitlines() == [
        "Адрес;Название;Заметка", "t.me/smm_riga;СММ Рига;моя заметка о правилах", "https://vk.com/club7;Երեւան;",
    ]  # fmt: skip
    assert "is now UTF-8" in saved.remarks[0]


def test_without_a_key_column_a_name_only_place_keeps_its_key(save, tmp_path):
    """It has no address, and the next update must know it again."""
    path = tmp_path / "sheet.csv"
    path.write_text("address,place\nt.me/smm_riga,SMM Riga\n", encoding="utf-8")
    likes = TWO + "Boris,,Baltic Marketers,\n"
    likes = likes.replace("customer,resource", "customer,platform,resource").replace(",t.me", ",,t.me")
    likes = likes.replace(",vk.com", ",,vk.com").replace("Boris,,Baltic", "Boris,facebook,,Baltic")
    assert save(likes, "sheet.csv").added == 2
    assert "facebook:name/baltic%20marketers,Baltic Marketers" in path.read_text("utf-8")
    assert save(likes, "sheet.csv").changed is False


def test_new_rows_stand_below_everything_and_tables_grow(tmp_path):
    """Below a note in an unknown column; Excel's own table, its filter and drop-downs end with the new rows."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["address", "accepts_posts", "mine"], ["t.me/smm_riga", "yes", None], [None, None, "the end"]):
        sheet.append(row)
    sheet.row_dimensions[900].height = 30
    sheet.add_table(Table(displayName="Places", ref="A1:C3"))
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"yes,no"')
    rule.add("B2:B3")
    sheet.add_data_validation(rule)
    book.save(old)
    updated_book(old, new, read_sheet(old).grid, Changes([], [a_place(1), a_place(2)]))
    sheet = openpyxl.load_workbook(new).active
    assert [cell.value for cell in sheet["A"]][3:5] == ["https://t.me/place_1", "https://t.me/place_2"]
    assert sheet["C3"].value == "the end"
    assert sheet.tables["Places"].ref == sheet.tables["Places"].autoFilter.ref == "A1:C5"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B2:B5"


@pytest.mark.parametrize(
    ("area", "longer"),
    [
        ("A1:R2", "A1:T5"),  # all columns of ours: the person's own beside them too
        ("A1:S2", "A1:T5"),
        ("A1:T9", "A1:T9"),
        ("A1:D2", "A1:D5"),  # fewer columns are what a person chose
        (None, None),
    ],
)
def test_the_filter_covers_new_rows_whatever_stands_below_it(tmp_path, area, longer):
    """A row and columns that a person added lie outside of it; the empty header ends the columns."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    new_book(old, [a_place(1)])
    book = openpyxl.load_workbook(old)
    sheet = book["places"]
    sheet["S1"], sheet["T1"], sheet["V1"] = "mine", "mine too", "apart"
    sheet["C3"] = "t.me/by_hand_added"
    sheet.auto_filter.ref = area
    book.save(old)
    updated_book(old, new, read_sheet(old).grid, Changes([], [a_place(2), a_place(3)]))
    sheet = openpyxl.load_workbook(new)["places"]
    assert (sheet.auto_filter.ref, sheet.max_row) == (longer, 5)


def test_the_filter_stays_where_no_row_is_added(save, tmp_path):
    """It is the person's."""
    path = tmp_path / "sheet.xlsx"
    save(THREE)
    book = openpyxl.load_workbook(path)
    book["places"].auto_filter.ref = "A1:D3"
    book.save(path)
    assert save(TWO).changed is True
    assert openpyxl.load_workbook(path)["places"].auto_filter.ref == "A1:D3"


def test_hand_added_places_stay_and_need_no_key(save, tmp_path):
    """Nobody follows it yet; it can be drafted for, and is not added again once somebody does."""
    path = tmp_path / "sheet.csv"
    save(TWO, "sheet.csv")
    with path.open("a", encoding="utf-8") as file:
        file.write("Third,,t.me/s/Third_One" + "," * 15 + "\n")
    assert save(THREE, "sheet.csv").added == 0
    (third,) = [fact for fact in read_sheet(path).facts if fact.key == "telegram:third_one"]
    assert third.cells["customers"] == "1 of 3"


def test_a_row_that_contradicts_itself_is_not_touched(save, tmp_path):
    """And neither of its two places is added again."""
    path = tmp_path / "sheet.csv"
    line = "telegram:smm_riga,vk.com/club7,5 of 9"
    path.write_text(f"key,address,customers\n{line}\n", encoding="utf-8")
    assert save(TWO, "sheet.csv").changed is False
    assert line in path.read_text("utf-8")


def with_chart(path):
    """Write a sheet with a chart beside it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("places")
        sheet.write_row("A1", ["address", "subscribers"])
        sheet.write_row("A2", ["t.me/smm_riga", 5])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=places!$B$2:$B$2"})
        sheet.insert_chart("F2", chart)


def test_what_cannot_be_kept_goes_into_a_file_of_its_own(save, tmp_path):
    """A chart would be lost: the old sheet stays as it is, the result is beside it, under a name that is free."""
    path = tmp_path / "sheet.xlsx"
    with_chart(path)
    before = path.read_bytes()
    (tmp_path / "sheet.new.xlsx").write_text("somebody's")
    saved = save(TWO)
    assert saved.path == tmp_path / "sheet.new2.xlsx"
    assert "has parts that cannot be kept (charts, shapes)" in saved.remarks[0]
    assert path.read_bytes() == before
    assert (tmp_path / "sheet.new.xlsx").read_text() == "somebody's"
    assert len(read_sheet(saved.path).facts) == 2


def test_looks_inside_a_cell_and_rules_for_looks_stay(save, tmp_path):
    """Bold words in a note, colours by condition, rows hidden by a filter, defined names."""
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("places")
        sheet.write_row("A1", ["address", "note"])
        sheet.write_row("A2", ["t.me/smm_riga"])
        sheet.write_rich_string("B2", "ask ", book.add_format({"bold": True}), "Ivan", " first")
        sheet.write_row("A3", ["t.me/hidden_one"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.conditional_format("A2:A9", {"type": "duplicate", "format": book.add_format({"bg_color": "#FFC7CE"})})
        book.define_name("Mine", "=places!$A$2")
    saved = save(TWO)
    assert (saved.path, saved.added) == (path, 1)
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["places"]
    assert [str(part) for part in sheet["B2"].value] == ["ask ", "Ivan", " first"]
    assert sheet["B2"].value[1].font.b
    assert sheet.row_dimensions[3].hidden
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A2:A9"]
    assert book.defined_names["Mine"].attr_text == "places!$A$2"


def test_macros_are_refused(save, tmp_path):
    """They would be lost; nothing is written."""
    path = tmp_path / "sheet.xlsx"
    new_book(path, [a_place()])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(InputError, match="has macros"):
        save(TWO)
    assert sorted(tmp_path.iterdir()) == [tmp_path / "likes.csv", path]


def test_a_file_open_in_excel_goes_beside(save, tmp_path, monkeypatch):
    """Windows lets nobody replace it; the result has another name, and that is said."""
    path = tmp_path / "sheet.xlsx"
    save(TWO)
    before = path.read_bytes()
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == path:
            raise PermissionError(errno.EACCES, "open elsewhere")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    saved = save(THREE)
    assert saved.path == tmp_path / "sheet.new.xlsx"
    assert "is it open in Excel?" in saved.remarks[0]
    assert path.read_bytes() == before
    assert len(read_sheet(saved.path).facts) == 3
    assert not list(tmp_path.glob(".outreach-*"))


def test_a_file_open_in_libreoffice_goes_beside(save, tmp_path):
    """No system says so; the mark beside the file does."""
    save(TWO)
    before = (tmp_path / "sheet.xlsx").read_bytes()
    (tmp_path / ".~lock.sheet.xlsx#").write_text("somebody")
    saved = save(THREE)
    assert (saved.path, (tmp_path / "sheet.xlsx").read_bytes()) == (tmp_path / "sheet.new.xlsx", before)
    assert ".~lock.sheet.xlsx# next to it is left over" in saved.remarks[0]


@pytest.mark.parametrize(("name", "make"), [("sheet.csv", new_book), ("sheet.xlsx", new_text)])
def test_content_and_name_must_agree(save, tmp_path, name, make):
    """A workbook named .csv would become a text that no longer is one."""
    path = tmp_path / name
    make(path, [a_place()])
    before = path.read_bytes()
    with pytest.raises(InputError, match="despite the name"):
        save(TWO, name)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["sheet.xlsm", "sheet.ods", "sheet.json", "sheet"])
def test_other_endings_are_refused(name):
    """What we cannot bring up to date later is not begun."""
    with pytest.raises(OutputError, match=r"macros|ends in \.xlsx or \.csv"):
        form_of_sheet(name)


def test_the_best_places_are_taken(save, tmp_path):
    """As many as were asked for; an older row does not take a new one's place away."""
    assert save(THREE, choice=Choice(min_subscribers=0, top=1)).added == 1
    assert save(THREE, choice=Choice(min_subscribers=0, top=2)).added == 1
    assert [fact.key for fact in read_sheet(tmp_path / "sheet.xlsx").facts] == ["telegram:smm_riga", "vk:club7"]


def test_a_sheet_as_it_was_made_changes_nothing(save, tmp_path):
    """Read back at once, it says what the exports said."""
    save(THREE)
    with Engine() as engine:
        likes = read(engine, [tmp_path / "likes.csv"])
        query = f"select * from {likes.resources.relation} order by resource"
        before = engine.rows(query)
        applied = apply_sheet(likes, read_sheet(tmp_path / "sheet.xlsx"))
        assert engine.rows(query) == before
    assert (applied.places, applied.absent, applied.excluded) == (3, 0, ())


def test_no_sheet_lies_among_temporary_files(tmp_path, monkeypatch):
    """Where a kill would leave it, and nobody would remove it."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    new_book(old, [a_place()])
    updated_book(old, new, read_sheet(old).grid, Changes([], [a_place(2)]))
    assert [cell.value for cell in openpyxl.load_workbook(new).active["A"]] == ["Place", "Place 1", "Place 2"]
