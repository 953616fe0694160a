"""One row a customer; and every rectangular shape says the same."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally


def numbered(rows):
    return list(enumerate(rows, 1))


def head(*rows, titles=("list",), **more):
    return Head("t.csv", titles, numbered(rows), **more)


def told(shape, *rows):
    tally = Tally()
    records = [(line, *values) for line, values in shape.records(numbered(rows), tally)]
    return records, tally


@pytest.mark.parametrize(
    "header",
    [
        ["customer", "link 1", "link 2", "link 3"],
        ["customer", "resource", "", ""],
        ["Клиент", "Канал 1", "Канал 2", "Канал 3"],
        ["Πελάτης", "Σύνδεσμος", "Σύνδεσμος", "Σύνδεσμος"],
        ["Klients", "Saite_1", "Saite_2", "Saite_3"],
        ["Հաճախորդ", "Հղում1", "Հղում2", "Հղում3"],
        ["Who is it", "url1", "url2", "url3"],
    ],
)
def test_resources_in_the_following_cells(header):
    """Each filled cell behind the label is a resource; rows are as long as they need to be."""
    rows = [["Our customers"], header, ["Anna", "t.me/smm_riga", "", "vk.com/club7"], [], ["Boris", "@kopuking"]]
    shape = recognise(head(*rows))
    assert shape.header_line == 2
    assert recognise(head(*rows)).kind == shape.kind
    assert told(shape, *rows)[0] == [
        (3, "Anna", "t.me/smm_riga", None), (3, "Anna", "vk.com/club7", None), (5, "Boris", "@kopuking", None),
    ]  # fmt: skip


def test_rows_without_a_header():
    """Labels that differ, each before addresses, need no header."""
    rows = [["Анна", "@smm_riga", "vk.com/club7"], ["Борис", "t.me/smm_riga; vk.com/club8"], ["Итого", "4"]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert [record[:3] for record in records] == [
        (1, "Анна", "@smm_riga"), (1, "Анна", "vk.com/club7"),
        (2, "Борис", "t.me/smm_riga"), (2, "Борис", "vk.com/club8"),
    ]  # fmt: skip
    assert tally.totals == 1


def test_columns_that_are_not_resources_are_left_alone():
    """An e-mail and a number of the customer stay outside; a platform column is the platform."""
    rows = [
        ["№", "customer", "city", "platform", "page 1", "page 2"],
        ["1", "Anna", "Riga", "vk", "club7", "vk.com/smm"],
        ["2", "Boris", "Riga", "vk", "vk.com/club7", "vk.com/tri"],
    ]
    assert told(recognise(head(*rows)), *rows)[0][:2] == [
        (2, "Anna", "club7", "vk"),
        (2, "Anna", "vk.com/smm", "vk"),
    ]


def test_customer_with_nothing_behind():
    """An empty row is an answer where the platform is known, and else only counted."""
    rows = [["customer", "link 1", "link 2"], ["Anna", "@smm_riga", "@kopuking"], ["Boris", "", "-"], ["Vera", "?"]]
    records, tally = told(recognise(head(*rows, titles=["Telegram"])), *rows)
    assert records[2:] == [(3, "Boris", None, "telegram")]
    assert tally.nothing == 1
    records, tally = told(recognise(head(*rows)), *rows)
    assert (len(records), tally.nothing) == (2, 2)


def test_buttons_are_dropped():
    """Words of a network's page are no resources."""
    rows = [["customer", "link 1", "link 2"], ["Anna", "@smm_riga", "Following"], ["Boris", "@kopuking", "@smm_riga"]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert (len(records), tally.dropped) == (3, 1)


LABELS = ["Anna", "Борис", "Ελένη", "Jānis Bērziņš", "Անի", "P. Smith"]
PLACES = [
    "t.me/smm_riga",
    "https://vk.com/club7",
    "@kopuking",
    "https://www.facebook.com/vorblinka",
    "r/smm",
    "t.me/s/bez_bublixa",
]
FACTS = st.dictionaries(
    st.sampled_from(LABELS), st.sets(st.sampled_from(PLACES), min_size=1), min_size=2, max_size=len(LABELS)
).filter(lambda facts: any(len(places) > 1 for places in facts.values()))


def as_long(facts):
    return [["customer", "resource"], *([label, place] for label in facts for place in sorted(facts[label]))]


def as_blocks(facts):
    blocks = ([["" if at else label, place] for at, place in enumerate(sorted(facts[label]))] for label in facts)
    return [["Клиент", "Канал"], *(row for block in blocks for row in block)]


def as_headerless(facts):
    return as_long(facts)[1:]


def in_cells(facts, sign):
    return [["customer", "resource"], *([label, sign.join(sorted(places))] for label, places in facts.items())]


def as_rows(facts):
    return [["customer", "link 1", "link 2"], *([label, *sorted(places)] for label, places in facts.items())]


def as_bare_rows(facts):
    return as_rows(facts)[1:]


def as_matrix(facts):
    places = sorted({place for told_places in facts.values() for place in told_places} | set(PLACES[:2]))
    return [["", *places], *([label, *("x" if p in facts[label] else "" for p in places)] for label in facts)]


def turned(rows):
    return [list(row) for row in zip(*rows, strict=True)]


def as_columns(facts):
    longest = max(map(len, facts.values()))
    return turned([[label, *sorted(places), *[""] * (longest - len(places))] for label, places in facts.items()])


WRITTEN = {
    "long": as_long,
    "blocks": as_blocks,
    "headerless": as_headerless,
    "semicolons": lambda facts: in_cells(facts, "; "),
    "commas": lambda facts: in_cells(facts, ", "),
    "line breaks": lambda facts: in_cells(facts, "\n"),
    "rows": as_rows,
    "bare rows": as_bare_rows,
    "matrix": as_matrix,
    "turned matrix": lambda facts: turned(as_matrix(facts)),
    "columns": as_columns,
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
@given(facts=FACTS, data=st.data())
def test_what_is_written_is_read(written, facts, data):
    """Every shape that says the same is read as the same pairs, with blank rows and a title row too."""
    rows = written(facts)
    at = data.draw(st.integers(0, len(rows)))
    rows = [*rows[:at], [], *rows[at:]]
    if data.draw(st.booleans()) and rows[0] and not any("@" in cell or "/" in cell for cell in rows[0][1:]):
        rows = [["What our customers read"], *rows]
    shape = recognise(head(*rows))
    positions = [list(shape.roles).index(role) for role in ("customer", "resource")]
    tally = Tally()
    pairs = {tuple(values[at] for at in positions) for _, values in shape.records(numbered(rows), tally)}
    assert {pair for pair in pairs if pair[1]} == {(label, place) for label in facts for place in facts[label]}
    assert tally.bad == []


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    "x",
                    "?",
                    "Anna",
                    "@smm_riga",
                    "vk.com/club7",
                    "customer",
                    "link",
                    "Total",
                    "12",
                    "Telegram",
                    "Customer 1",
                    "a; b",
                    "Following",
                    "username",
                    "count",
                ]
            ),
            max_size=4,
        ),
        max_size=6,
    ),
    st.sampled_from([[], ["Telegram"], ["anna"]]),
)
def test_any_table_gets_an_answer(rows, titles):
    """A shape, none, or one clear refusal; and records have a value for each role."""
    shape = None
    with suppress(InputError):
        shape = recognise(head(*rows, titles=titles))
    if shape is not None:
        assert shape.describe()
        assert all(len(values) == len(shape.roles) for _, values in shape.records(numbered(rows), Tally()))
