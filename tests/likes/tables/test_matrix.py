"""Customers x resources, and the other way round."""

from __future__ import annotations

import pytest

from outreach.errors import InputError
from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.matrix import HEADER_AGAIN, NEITHER


def numbered(rows):
    return list(enumerate(rows, 1))


def head(*rows, titles=("list",), **more):
    return Head("t.csv", titles, numbered(rows), **more)


def told(shape, *rows):
    tally = Tally()
    records = [
        (line, dict(zip(shape.roles, values, strict=True))) for line, values in shape.records(numbered(rows), tally)
    ]
    return records, tally


def likes(records):
    return [(line, of["customer"], of["resource"]) for line, of in records if of.get("resource")]


def lists(records):
    return sorted((of["customer"], of["platform"]) for _, of in records if not of.get("resource"))


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("1", "0"),
        ("x", ""),
        ("+", "-"),
        ("да", "нет"),
        ("Jā", "Nē"),
        ("ναι", "όχι"),
        ("այո", "ոչ"),
        ("TRUE", "FALSE"),
        ("ИСТИНА", "ЛОЖЬ"),
        ("✔", "—"),
    ],
)
@pytest.mark.parametrize("corner", ["", "customer", "Имя"])
def test_customers_as_rows(yes, no, corner):
    """Each yes is a like; each customer has been asked about each platform of the header."""
    rows = [["Матрица"], [corner, "t.me/smm_riga", "vk.com/club7"], ["Anna", yes, no], [], ["Boris", no, no]]
    shape = recognise(head(*rows))
    records, tally = told(shape, *rows)
    assert likes(records) == [(3, "Anna", "t.me/smm_riga")]
    assert lists(records) == [("Anna", "telegram"), ("Anna", "vk"), ("Boris", "telegram"), ("Boris", "vk")]
    assert tally.bad == []


@pytest.mark.parametrize("corner", ["", "resource", "Сообщество"])
def test_resources_as_rows(corner):
    """The same facts the other way round; known columns say something of the resource."""
    rows = [
        [corner, "Название", "Подписчики", "Anna", "Борис"],
        ["t.me/smm_riga", "SMM", "5000", "x", ""],
        ["vk.com/club7", "Club", "12,5K", "?", ""],
    ]
    shape = recognise(head(*rows))
    records, _ = told(shape, *rows)
    assert likes(records) == [(2, "Anna", "t.me/smm_riga")]
    assert records[0][1]["name"] == "SMM"
    assert records[0][1]["subscribers"] == "5000"
    assert lists(records) == [("Anna", "telegram"), ("Борис", "telegram"), ("Борис", "vk")]


def test_names_need_the_first_cell_to_tell():
    """Where neither side holds addresses the first cell decides."""
    rows = [["customer", "Cosmo", "Elle"], ["Anna", "x", ""], ["Boris", "", "x"]]
    assert likes(told(recognise(head(*rows)), *rows)[0]) == [(2, "Anna", "Cosmo"), (3, "Boris", "Elle")]
    rows[0][0] = "Канал"
    assert likes(told(recognise(head(*rows)), *rows)[0]) == [(2, "Cosmo", "Anna"), (3, "Elle", "Boris")]


@pytest.mark.parametrize("corner", ["", "Название", "July"])
def test_nothing_tells_the_customers(corner):
    """Without addresses and without a word in the first cell the table is refused, with the way out."""
    with pytest.raises(InputError) as caught:
        recognise(head([corner, "Cosmo", "Elle"], ["Anna", "x", ""], ["Boris", "", "x"]))
    assert str(caught.value) == (
        "t.csv: a table of marks, but it is unknown whether its rows or its columns are the customers\n"
        'Hint: write "customer" or "resource" into its first cell'
    )


def test_platform_of_the_tab_is_that_of_names():
    """Names on a tab that is called like a platform are there, and so is the empty list."""
    rows = [["customer", "Cosmo", "Elle"], ["Anna", "x", ""], ["Boris", "", ""]]
    records, _ = told(recognise(head(*rows, titles=["Facebook"])), *rows)
    assert records[0] == (2, {"customer": "Anna", "resource": "Cosmo", "platform": "facebook"})
    assert lists(records) == [("Anna", "facebook"), ("Boris", "facebook")]


def test_names_without_a_platform_are_asked_as_other():
    """An empty row is an answer for names too."""
    rows = [["customer", "Cosmo", "Elle"], ["Anna", "x", ""], ["Boris", "", ""]]
    assert lists(told(recognise(head(*rows)), *rows)[0]) == [("Anna", "other"), ("Boris", "other")]


def test_not_asked_is_not_empty():
    """Question marks for a whole platform: nothing is known of that list; one known cell is enough."""
    rows = [["", "t.me/smm_riga", "t.me/kopuking", "vk.com/club7"], ["Anna", "?", "н/д", "x"], ["Boris", "?", "-", "?"]]
    assert lists(told(recognise(head(*rows)), *rows)[0]) == [("Anna", "vk"), ("Boris", "telegram")]


def test_cells_that_are_no_marks_are_told():
    """Such a cell is rejected with its line, and the others of its row count."""
    rows = [
        ["", "t.me/smm_riga", "vk.com/club7"],
        ["Anna", "maybe", "x"],
        ["Boris", "x", "2"],
        *[["Vera", "x", "x"]] * 3,
    ]
    records, tally = told(recognise(head(*rows)), *rows)
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(2, NEITHER), (3, NEITHER)]
    assert likes(records)[:2] == [(2, "Anna", "vk.com/club7"), (3, "Boris", "t.me/smm_riga")]


@pytest.mark.parametrize("word", ["Total", "Итого", "Σύνολο", "Kopā", "Ընդամենը"])
def test_totals_of_rows_and_columns(word):
    """Sums are neither customers nor resources."""
    rows = [
        ["№", "customer", "e-mail", "t.me/smm_riga", "vk.com/club7", word],
        ["1", "Anna", "a@example.org", "x", "x", "2"],
        ["2", "Boris", "", "x", "", "1"],
        ["", word, "", "2", "1", "3"],
    ]
    records, tally = told(recognise(head(*rows)), *rows)
    assert likes(records) == [(2, "Anna", "t.me/smm_riga"), (2, "Anna", "vk.com/club7"), (3, "Boris", "t.me/smm_riga")]
    assert (tally.totals, tally.bad) == (1, [])


def test_columns_nobody_marked():
    """A customer whose column is empty follows nothing, and is an answer."""
    rows = [["resource", "Anna", "Boris", "Vera"], ["t.me/smm_riga", "x", "", ""], ["vk.com/club7", "", "x", ""]]
    assert ("Vera", "vk") in lists(told(recognise(head(*rows)), *rows)[0])


def test_marks_without_a_name_are_told():
    """A row of marks without a label, and a row without a resource, are no likes and do not vanish."""
    rows = [["resource", "Anna", "Boris"], ["t.me/smm_riga", "x", ""], ["", "x", ""]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert (len(likes(records)), [bad.line for bad in tally.bad]) == (1, [3])
    rows = [["customer", "t.me/smm_riga", "t.me/kopuking"], ["Anna", "x", ""], ["", "x", ""], ["", "-", ""]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert (likes(records)[1:], [bad.line for bad in tally.bad]) == ([(3, None, "t.me/smm_riga")], [4])


def test_header_again_is_told():
    """A header that is repeated below is no customer."""
    rows = [
        ["customer", "t.me/smm_riga", "vk.com/club7"],
        ["Anna", "x", ""],
        ["customer", "t.me/smm_riga", "vk.com/club7"],
    ]
    records, tally = told(recognise(head(*rows)), *rows)
    assert (len(likes(records)), [(bad.line, bad.reason) for bad in tally.bad]) == (1, [(3, HEADER_AGAIN)])
