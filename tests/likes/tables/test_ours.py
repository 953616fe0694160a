"""Tabs of the workbook that we lay out, after people worked in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes.tables import recognise
from outreach.likes.tables.columns import NO_LABEL
from outreach.likes.tables.contract import Head, Tally


def read(tab, *rows):
    numbered = list(enumerate(rows, 1))
    shape = recognise(Head("f.xlsx, tab 2", [tab, "Anna", "telegram"], numbered, ours=True))
    tally = Tally()
    return [tuple(values) for _, values in shape.records(numbered, tally)], tally


@pytest.mark.parametrize(("tab", "platform"), [("Facebook", "facebook"), ("Фейсбук", "facebook"), ("TikTok", "tiktok")])
def test_a_single_column_is_a_customer(tab, platform):
    """Neither the file's name nor a folder is, whatever stands below."""
    assert read(tab, ["Ilze"], ["rigasmammas"], ["Baltic SMM"])[0] == [
        ("Ilze", "rigasmammas", platform), ("Ilze", "Baltic SMM", platform),
    ]  # fmt: skip
    assert read(tab, ["anna_k"], ["rigasmammas"])[0] == [("anna_k", "rigasmammas", platform)]


def test_names_are_read_on_every_tab():
    """With addresses beside them or without."""
    records, _ = read("TikTok", ["Ilze", "Zane"], ["rigatok", "@rigatok"], ["Kūkas", ""])
    assert [values[:2] for values in records] == [("Ilze", "rigatok"), ("Zane", "@rigatok"), ("Ilze", "Kūkas")]


@pytest.mark.parametrize("tab", ["Draugiem.lv", "Jānis", "Sheet1", "Другое"])
def test_the_name_of_a_tab_is_no_customer(tab):
    """One that is no platform's may be anybody's: it is repeated nowhere."""
    rows = [["Ilze", "Zane"], ["Latvijas radio", "Latvijas radio"], ["Ūdensrozes", ""]]
    records, _ = read(tab, *rows)
    assert {(customer, platform) for customer, _, platform in records} == {("Ilze", "other"), ("Zane", "other")}
    head = Head("f.xlsx", [tab], list(enumerate(rows, 1)), ours=True)
    assert tab not in recognise(head).describe()


def test_what_stands_under_no_name_is_told():
    """A title in the first row, or a column without a header: nothing vanishes."""
    records, tally = read("Telegram", ["Ilze", ""], ["@smm_lv", "@smm_ru"])
    assert records == [("Ilze", "@smm_lv", "telegram")]
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(2, NO_LABEL)]


@pytest.mark.parametrize(
    ("tab", "rows", "sentence"),
    [
        ("piezīmes", [["Ilze zvanīt otrdien"], ["Zane nopirka"]], "look like notes"),
        ("Notes", [["Ilze", "Zane"], ["called", "later"]], "look like notes"),
        ("Sheet1", [["Call Ilze on Tuesday."], ["Zane has bought it, send a letter."]], "look like notes"),
        ("Facebook", [["We asked them all in May."], ["Nobody knew what a page is."]], "look like notes"),
        ("Telegram", [["t.me/smm_lv", "Zane"], ["@smm_ru", "@smm_lv"]], "the first row has addresses"),
        ("Ilze", [["Telegram", "Facebook"], ["@smm_ru", "rigasmammas"]], "the first row has platforms"),
        ("Sizes", [["Ilze", "Zane"], ["31", "1 200"], ["7", ""]], "below the names of customers are numbers"),
    ],
)
def test_what_is_no_list_is_refused(tab, rows, sentence):
    """One sentence, without the texts of the tab."""
    with pytest.raises(InputError, match=sentence) as caught:
        read(tab, *rows)
    assert not any(cell in caught.value.message + caught.value.hint for row in rows for cell in row if len(cell) > 3)


def test_a_table_with_columns_that_we_know_is_read_as_one():
    """Somebody added a tab of his own: one like a row."""
    rows = [["customer", "resource"], ["Anna", "t.me/smm_lv"]]
    shape = recognise(Head("f.xlsx", ["Telegram"], list(enumerate(rows, 1)), ours=True))
    assert shape.describe().startswith("customer = customer, resource = resource")


LABELS = st.lists(st.sampled_from(["Ilze", "anna", "Борис К.", "Ελένη", "Անի", "c7", "SMM"]), min_size=1, unique=True)
PLACES = st.sampled_from(["@smm_lv", "t.me/smm_ru", "rigasmammas", "Baltic SMM", "Ūdensrozes"])


@given(LABELS, st.data())
def test_every_cell_is_its_columns(labels, data):
    """Whatever the labels and the places look like, and however many columns there are."""
    lists = [data.draw(st.lists(PLACES, min_size=1, max_size=4)) for _ in labels]
    height = max(map(len, lists))
    rows = [labels, *([one[at] if at < len(one) else "" for one in lists] for at in range(height))]
    records, tally = read("Facebook", *rows)
    wanted = sorted((label, place, "facebook") for label, one in zip(labels, lists, strict=True) for place in one)
    assert sorted(records) == wanted
    assert tally == Tally()
