"""What names of files and tabs, and single cells, tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.likes.tables.cells import Splitter, is_address, is_counter, is_unnamed_customer
from outreach.likes.tables.contract import Head
from outreach.likes.tables.counted import counted_columns, is_own_ranking
from outreach.likes.tables.titles import customer_of_titles, platform_of_titles
from outreach.tables import CHECKED, CONTACTS, CONVERSION, IMPORTS, OWNER_EVENTS, OWNERS, REJECTED, UNMATCHED
from outreach.words.cells import is_total, mark_of

YES = "1 + x х V √ ✓ ✔ ✔️ ☑ • * да YES y Jā ja ναι ΝΑΙ այո TRUE ИСТИНА ΑΛΗΘΗΣ ΑΛΗΘΕΣ PATIESS ՃԻՇՏ д"
NO = "0 - – — нет NO n nē Ne όχι ΟΧΙ ոչ FALSE ЛОЖЬ ΨΕΥΔΗΣ ΨΕΥΔΕΣ APLAMS ՍԽԱԼ"


def head(*rows, titles=("list",), **more):
    return Head("t.csv", titles, [(line, cells) for line, cells in enumerate(rows, 1)], **more)


@pytest.mark.parametrize(
    "titles",
    [
        ["Sheet1", "follows"],
        ["Лист1", "подписки клиентов"],
        ["Φύλλο1", "Συνδρομές πελατών"],
        ["Lapa1", "klientu abonementi"],
        ["Թերթ1", "հաճախորդներ"],
        ["Telegram", "export_2026-05-01 (2)"],
        ["ВКонтакте", "stdin", "copy of data"],
        [],
        ["", "  ", "---"],
    ],
)
def test_generic_names_are_no_customers(titles):
    """Neither a platform nor a word such as "list" is anybody's name."""
    assert customer_of_titles(titles) is None


@pytest.mark.parametrize(
    ("titles", "customer"),
    [
        (["anna"], "anna"),
        (["Sheet1", "Ilze K."], "Ilze K."),
        (["Telegram", "Анна К. подписки"], "Анна К."),
        (["Ελένη - Telegram"], "Ελένη"),
        (["klients Jānis"], "Jānis"),
        (["Անի (telegram)"], "Անի"),
        (["vk_boris_2"], "boris_2"),
        (["Клиент 7", "follows"], "Клиент 7"),
        (["Client A"], "A"),
        (["following", "Downloads", "maria"], "maria"),
    ],
)
def test_nearest_name_is_the_customer(titles, customer):
    """Words about platforms and lists are cut off a label, and it keeps its own."""
    assert customer_of_titles(titles) == customer


@pytest.mark.parametrize(
    ("titles", "platform"),
    [
        (["Telegram"], "telegram"),
        (["Лист1", "Подписки ВКонтакте"], "vk"),
        (["Κανάλια Telegram"], "telegram"),
        (["anna_instagram"], "instagram"),
        (["FB", "Telegram"], "facebook"),
        (["other"], "other"),
        (["x"], "x"),
        (["telegram and vk"], None),
        (["final ok"], None),
        (["other customers"], None),
        ([], None),
    ],
)
def test_nearest_platform_is_told(titles, platform):
    """A platform is its own word, with others around it; two of them or an everyday word are none."""
    assert platform_of_titles(titles) == platform


@pytest.mark.parametrize("word", YES.split())
def test_marks_of_yes(word):
    """What people write for yes, in any case."""
    assert mark_of(word).value == "yes"


@pytest.mark.parametrize("word", ["", " ", *NO.split()])
def test_marks_of_no(word):
    """What people write for no; nothing is a no too."""
    assert mark_of(word).value == "no"


@pytest.mark.parametrize("word", ["?", "н/д", "N/A", "нет данных", "δ/υ", "nav datu", "տվյալ չկա"])
def test_marks_of_not_asked(word):
    """What people write where they do not know."""
    assert mark_of(word).value == "unknown"


@pytest.mark.parametrize("word", ["2", "12", "t.me/smm_riga", "Анна", "xx"])
def test_no_marks(word):
    """A number above 1 is no mark."""
    assert mark_of(word) is None


@pytest.mark.parametrize("word", ["Total", "Итого:", "ВСЕГО", "Σύνολο", "Kopā", "Ընդամենը", "Сумма", "Grand total"])
def test_totals(word):
    """Rows of sums are named alike."""
    assert is_total(word)
    assert not is_total(f"{word} Football")


def test_labels_of_the_template():
    """A label that was not changed is nobody's."""
    assert all(map(is_unnamed_customer, ["Customer 1", "Клиент 7", "Klients 10", "Πελάτης 3", "Հաճախորդ 2"]))
    assert not any(map(is_unnamed_customer, ["Customer", "Anna", "Клиент Иванов", "7"]))


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text):
    """No cell and no title makes the questions fail."""
    is_address(text), is_total(text), mark_of(text), is_unnamed_customer(text), is_counter(text, [text])
    label = customer_of_titles([text])
    assert label is None or label.strip() == label != ""
    platform_of_titles([text])


@given(st.text(max_size=40), st.sampled_from(["", "\n", "\n;|,"]))
def test_parting_loses_no_letter(cell, signs):
    """What a list is parted into are pieces of the cell."""
    assert all(part in cell for part in Splitter(signs).parts(cell))


@pytest.mark.parametrize(
    "header",
    [
        ["channel", "hits"],
        ["Сообщество", "Участников", "Пересечений"],
        ["Группа", "ЦА"],
        ["Σελίδα", "πλήθος"],
        ["Lapa", "Sakritības"],
        ["Էջ", "Համընկնումներ"],
        ["name", "customers"],
        ["link", "name", "count"],
    ],
)
def test_counted_tables_are_known(header):
    """A resource and a number of customers is a table that is counted already."""
    row = ["vk.com/club7", *["12"] * (len(header) - 1)]
    found = counted_columns(head(["Отчёт"], header, row))
    assert found.header_line == 2
    assert found.hits == len(header) - 1
    assert "customer" not in found.mapped.positions


@pytest.mark.parametrize(
    "rows",
    [
        [["customer", "resource", "count"], ["Anna", "vk.com/club7", "12"]],
        [["channel", "count"], ["vk.com/club7", "often"]],
        [["channel", "subscribers"], ["vk.com/club7", "1200"]],
        [["name", "customers"], ["vk.com/club7", "Anna"]],
        [["vk.com/club7", "12"]],
        [[""]],
    ],
)
def test_tables_with_customers_are_not_counted(rows):
    """With a customer column, or without a number of customers, nothing is counted yet."""
    assert counted_columns(head(*rows)) is None


def test_own_rankings_are_known():
    """What this program wrote is told from what marketers have."""
    assert is_own_ranking(["rank", "resource", "platform", "overlap", "listed", "share", "share_low", "share_high"])
    for schema in (CONVERSION, IMPORTS, UNMATCHED, REJECTED, CHECKED, OWNERS, OWNER_EVENTS, CONTACTS):
        assert is_own_ranking(schema.names)
    assert not is_own_ranking(["resource", "overlap", "share"])
