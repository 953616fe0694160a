"""Why a table is read as it is, and which of its columns are not."""

from __future__ import annotations

import pytest

from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head
from outreach.likes.tables.explain import explain, scored_readings
from outreach.likes.tables.unused import unused_columns
from outreach.messages import describe, en


def head(text, titles=("lists",), **given):
    """Return a head of a text with semicolons between the cells."""
    return Head("f.csv", titles, [(line, row.split(";")) for line, row in enumerate(text.split("\n"), 1)], **given)


@pytest.mark.parametrize(
    ("text", "given", "why"),
    [
        (
            "client;page\nAnna;t.me/smm_riga\nAnna;vk.com/club7\nBoris;t.me/smm_riga",
            {},
            "column 'client' names customers (2, repeating), column 'page' has 3 addresses",
        ),
        (
            "Клиент;Канал\nАнна;t.me/smm_riga\n;vk.com/club7\nБорис;t.me/smm_riga",
            {},
            (
                "column 'Клиент' names customers (2, each above the rows that belong to it), "
                "column 'Канал' has 3 addresses"
            ),
        ),
        (
            "Buyer no. 7;Reads\nLapin;t.me/smm_riga\nLapin;vk.com/club7",
            {},
            "column 1 names customers (1, repeating), column 2 has 2 addresses",
        ),
        (
            "customer;page;likes it\nAnna;t.me/smm_riga;x\nBoris;SMM Riga;x",
            {"read_as": "long"},
            (
                "--read-as says so, column 'customer' names customers (2, each once), "
                "column 'page' has 1 address and 1 name"
            ),
        ),
        (
            "Anna;Boris\nt.me/smm_riga;t.me/smm_riga\nvk.com/club7;",
            {},
            "the header names 2 customers, the cells below have 3 addresses",
        ),
        (
            "Customer;t.me/smm_riga;vk.com/club7\nAnna;x;\nBoris;x;x",
            {},
            "column 'Customer' names customers (2, each once), there are marks below 2 places",
        ),
        (
            "Page;Anna;Boris\nt.me/smm_riga;x;\nvk.com/club7;x;x",
            {},
            "column 'Page' names places, there are marks below 2 customers",
        ),
        (
            "Anna;t.me/smm_riga;vk.com/club7\nBoris;t.me/smm_riga",
            {},
            "column 1 names customers (2, each once), the cells after it have 3 addresses",
        ),
        ("Anna:\nt.me/smm_riga\n\nBoris:\nvk.com/club7", {}, "2 names are above or before 2 addresses"),
        (
            "t.me/smm_riga\nvk.com/club7",
            {"titles": ("Anna",)},
            "the lines have 2 addresses, the name of the file, tab or folder may be a customer's",
        ),
        ("t.me/smm_riga\nvk.com/club7", {"customer": "Anna"}, "the lines have 2 addresses, you named the customer"),
        (
            "a;b\nAnna;t.me/smm_riga",
            {"chosen": {"customer": "a", "resource": "b"}, "whole": False},
            (
                "--columns names the columns, column 1 names customers (1, each once), "
                "column 2 has 1 address, in the first 2 rows"
            ),
        ),
        (
            "First name;Last name;Page\nAnna;Lapin;t.me/smm_riga\nAnna;Berg;t.me/smm_riga",
            {},
            "column 'First name' names customers (2, each once), column 'Page' has 2 addresses",
        ),
        (
            "client;page\nAnna;t.me/smm_riga (12,5K)\nBoris;t.me/smm_riga",
            {},
            "column 'client' names customers (2, each once), column 'page' has 2 addresses",
        ),
    ],
)
def test_the_reason_in_one_line(text, given, why):
    """In plain words, with counts; a header that nobody knows is not repeated."""
    one = head(text, **given)
    assert describe(explain(one, recognise(one))) == why


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("client;Shoe size;page\nAnna;39;t.me/smm_riga", [(1, "Shoe size")]),
        ("client;Shoe size;page\nAnna;;t.me/smm_riga", []),
        ("client;page\nAnna;t.me/smm_riga;see below", [(2, "")]),
        ("Customer;Town;t.me/smm_riga;vk.com/club7\nAnna;Riga;x;\nBoris;Riga;x;x", [(1, "Town")]),
        ("Page;Note;Anna;Boris\nt.me/smm_riga;fine;x;\nvk.com/club7;well;x;x", [(1, "Note")]),
        ("№;Anna;Boris\n1;t.me/smm_riga;t.me/smm_riga\n2;vk.com/club7;", [(0, "№")]),
        ("First name;Last name;Page;Shoe size\nAnna;Lapin;t.me/smm_riga;39", [(3, "Shoe size")]),
        ("Anna:\nt.me/smm_riga\n\nBoris:\nvk.com/club7", []),
    ],
)
def test_columns_that_hold_something_and_are_not_read(text, unused):
    one = head(text)
    assert list(unused_columns(one, recognise(one))) == unused


def test_readings_with_their_points():
    """The best first; each reason has a sentence."""
    first, *others = scored_readings(head("Anna:\nt.me/a_b_c\nvk.com/club7\n\nBoris:\nvk.com/club7", ("Anna",)))
    assert describe(first) == (
        "blocks with a customer above each, 8.0 points: its rows are lines of text +6.0, "
        "names are above or before addresses +2.0"
    )
    assert all(one["points"] <= first["points"] for one in others)


def test_every_reason_has_a_sentence():
    """Whatever speaks for a reading can be shown."""
    import re
    from pathlib import Path

    import outreach.likes.tables as package

    texts = [path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py")]
    codes = {code for text in texts for code in re.findall(r'\d\.\d[^"\n]*, "([a-z]+(?:-[a-z]+)+)"', text)}
    assert len(codes) > 20
    assert codes <= en.SENTENCES.keys()
