"""Headers in two rows, words written once for several cells, notes below the table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.notes import A_NOTE


def told(*rows, titles=("list",)):
    """Return what a table says: customer, resource, platform; and what was counted."""
    numbered = list(enumerate(rows, 1))
    shape = recognise(Head("t.xlsx", titles, numbered))
    tally = Tally()
    found = set()
    for _, values in shape.records(numbered, tally):
        of = dict(zip(shape.roles, values, strict=True))
        found.add((of["customer"], of["resource"], of["platform"]))
    return found, tally


@given(
    st.lists(st.tuples(*[st.sampled_from(["x", ""])] * 4), min_size=1, max_size=6).filter(lambda r: any(map(any, r)))
)
def test_a_matrix_with_the_platforms_above(marks):
    """Every mark is a like on the platform of its column, whatever is merged."""
    places = [("telegram", "smm_riga"), ("telegram", "kopuking"), ("vk", "club7"), ("vk", "smm")]
    body = [[f"Customer {number}", *row] for number, row in enumerate(marks, 1)]
    found, _ = told(["", "Telegram", "", "ВК", ""], ["Клиент", *(place for _, place in places)], *body)
    want = {
        (row[0], place, platform)
        for row in body
        for (platform, place), mark in zip(places, row[1:], strict=True)
        if mark
    }
    assert {record for record in found if record[1]} == want
    assert {record for record in found if not record[1]} == {
        (row[0], None, platform) for row in body for platform in ("telegram", "vk")
    }


PEOPLE = {
    ("Anna", "@smm_riga", "telegram"),
    ("Anna", "club7", "vk"),
    ("Boris", "@kopuking", "telegram"),
    ("Boris", "smm", "vk"),
}


def test_columns_of_customers_above_platforms():
    """Merged cells hold the customers."""
    rows = [["Anna", "", "Boris", ""], ["Telegram", "VK", "Telegram", "VK"], ["@smm_riga", "club7", "@kopuking", "smm"]]
    assert told(*rows)[0] == PEOPLE


def test_columns_of_platforms_above_customers():
    """Merged cells hold the platforms; the name of the file is not the customer's."""
    rows = [["Telegram", "", "VK", ""], ["Anna", "Boris", "Anna", "Boris"], ["@smm_riga", "@kopuking", "club7", "smm"]]
    assert told(*rows, titles=("project",))[0] == PEOPLE


def test_one_customers_columns_of_platforms_are_no_second_header():
    """Names below platforms are places where each platform has one column."""
    rows = [["Telegram", "VK"], ["Marketing", "Business"], ["@smm_riga", "club7"]]
    assert {customer for customer, _, _ in told(*rows, titles=("Anna",))[0]} == {"Anna"}


def test_a_platform_written_once_beside_resources():
    """It holds for the rows below; where every row says its own, an empty cell stays empty."""
    head = ["Соцсеть", "Канал", "Анна", "Борис"]
    found, _ = told(head, ["Telegram", "smm_riga", "1", "0"], ["", "kopuking", "1", "1"], ["ВК", "club7", "1", "0"])
    assert ("Борис", "kopuking", "Telegram") in found
    found, _ = told(head, ["ВК", "club7", "1", "0"], ["ВК", "club8", "1", "0"], ["", "kopuking", "1", "1"])
    assert ("Борис", "kopuking", None) in found


@pytest.mark.parametrize("note", ["* x — подписан", "Source: interviews", "x - читает", "Անանուն = 5 մարդ"])
def test_a_note_below_a_matrix_is_no_customer(note):
    """It is rejected; a customer without a mark stays one."""
    found, tally = told(["", "t.me/smm_riga", "vk.com/club7"], ["Anna", "x", ""], ["Vera Bērziņa", "", ""], [note])
    assert {customer for customer, _, _ in found} == {"Anna", "Vera Bērziņa"}
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(4, A_NOTE)]


def test_a_note_below_columns_of_customers_is_no_place():
    """A sentence alone in its row."""
    found, tally = told(["Anna", "Boris"], ["t.me/smm_riga", "vk.com/club7"], ["The lists are not complete yet.", ""])
    assert len(found) == 2
    assert [bad.reason for bad in tally.bad] == [A_NOTE]


def test_a_customer_whom_the_totals_outnumber_keeps_his_column():
    """Totals are no marks, and do not count against the column."""
    found, tally = told(
        ["Канал", "Анна", "Борис"], ["t.me/smm_riga", "1", "1"], ["vk.com/club7", "", "1"], ["Всего", "1", "2"]
    )
    assert ("Борис", "vk.com/club7", None) in found
    assert tally.totals == 1


def test_a_row_of_addresses_is_no_header_of_a_matrix():
    """Neither below labels nor below a real header; the rows above would be lost."""
    found, _ = told(["Anna", "t.me/smm_riga", "vk.com/club7"], ["Boris", "vk.com/club7"], ["Vera", "no"])
    assert {(customer, place) for customer, place, _ in found} == {
        ("Anna", "t.me/smm_riga"), ("Anna", "vk.com/club7"), ("Boris", "vk.com/club7"),
    }  # fmt: skip
    rows = [
        ["№", "Anna", "Boris"],
        ["1", "t.me/smm_riga", "vk.com/club7"],
        ["2", "vk.com/club7", ""],
        ["Total", "2", "1"],
    ]
    assert {customer for customer, _, _ in told(*rows)[0]} == {"Anna", "Boris"}
