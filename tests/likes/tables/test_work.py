"""How much work a table takes: as much as it is long, and small lists that lie together little."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes import tables
from outreach.likes.tables import answers, lines, recognise
from outreach.likes.tables.contract import Head, first_rows

HOSTS = (
    "t.me",
    "vk.com",
    "https://www.instagram.com",
    "facebook.com",
    "example.com",
    "anna.livejournal.com",
    "total.com",
)
ENDS = ("smm", "@durov", "follow", "id7", "1.5k", "groups", "total", "7", "riga_ads", "x.y")
TITLES = (["Anna"], ["vk", "Anna"], ["followers"], ["Anna followers"], ["sizes"], ["list"], ["Лист1", "Анна"])


def calls_of(head):
    """Return how many calls the recognition of a table takes."""
    count = 0

    def note(_frame, event, _value):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        recognise(head)
    except InputError:
        pass
    finally:
        sys.setprofile(None)
    return count


WIDE = {
    "short": lambda n, _: [["a"] * n, ["t"] * n],
    "names": lambda n, mark: [[f"{mark}{at}" for at in range(n)], ["Anna", "t.me/a"]],
    "marks": lambda n, mark: [["customer", *(f"t.me/{mark}{at}" for at in range(n))], ["Anna", *["1"] * n]],
    "columns": lambda n, mark: [[f"{mark} {at}" for at in range(n)], ["t.me/smm_riga"] * n],
    "empty": lambda n, _: [["customer", "resource", *[""] * n], ["Anna", "t.me/smm_riga"]],
}


@pytest.mark.parametrize("kind", WIDE)
def test_twice_the_columns_are_twice_the_work(kind):
    """No column is compared with all others."""
    once, twice = (
        calls_of(Head("f.csv", ["f"], list(enumerate(WIDE[kind](n, mark), 1)))) for n, mark in ((400, "q"), (800, "w"))
    )
    assert twice < 2.6 * once


def test_of_a_wide_table_few_rows_are_looked_at():
    """Two hundred rows of sixteen thousand cells would be three million."""
    rows = [(line, [""] * 16_000) for line in range(1, 400)]
    head, whole = first_rows(rows)
    assert sum(len(cells) for _, cells in head) <= 116_000
    assert not whole


@given(
    st.lists(st.tuples(st.sampled_from(HOSTS), st.sampled_from(ENDS)), min_size=2, max_size=6),
    st.sampled_from(TITLES),
    st.sampled_from([None, "vk", "telegram"]),
    st.sampled_from([None, "file", "column"]),
)
def test_the_short_way_to_a_plain_list_says_what_the_long_one_says(places, titles, assumed, customer_is):
    """Only the time differs."""
    rows = [(line, ["/".join(place)]) for line, place in enumerate(places, 1)]
    head = Head("f.txt", titles, rows, assumed=assumed, customer_is=customer_is)
    plain = tables._plain_list(head)
    assert plain is None or plain == tables._best(head)


@given(st.text(alphabet='«»“”„"()\na ', max_size=16))
def test_quotes_are_found_in_one_pass(text):
    """As the expression finds them, which begins again at every sign that nothing closes."""
    found = [one.span() for one in answers._quoted(text)]
    assert found == [one.span() for one in answers.QUOTED.finditer(text)]


@given(st.text(alphabet="a :：-–\t\n", max_size=14))
def test_a_colon_is_found_wherever_the_blanks_before_it_begin(text):
    """The lookbehind saves beginning again at each blank, and changes nothing."""
    plain = re.compile(r"\s*[:：](?:\s+|$)|\s+[-–—]\s+")
    found, wanted = lines.COLON.search(text), plain.search(text)
    assert (found and found.span()) == (wanted and wanted.span())
