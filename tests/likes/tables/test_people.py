"""One column a customer, and one column a platform."""

from __future__ import annotations

import pytest

from outreach.likes.tables import recognise
from outreach.likes.tables.columns import NO_LABEL
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
    "labels", [["Anna", "Boris"], ["Анна К.", "Клиент 2"], ["Ελένη", "Jānis"], ["Անի", "@vera's friend"]]
)
def test_columns_of_addresses(labels):
    """The header is the customers, what stands below is theirs; columns are as long as they need to be."""
    rows = [["Кто что читает"], [], labels, ["t.me/smm_riga", "vk.com/club7"], ["@kopuking"], [], ["", "Some Page"]]
    shape = recognise(head(*rows))
    records, tally = told(shape, *rows)
    assert records == [
        (4, labels[0], "t.me/smm_riga", None),
        (4, labels[1], "vk.com/club7", None),
        (5, labels[0], "@kopuking", None),
        (7, labels[1], "Some Page", None),
    ]
    assert tally.nothing == 0


def test_names_need_a_platform():
    """Names below labels are read where the tab tells the platform."""
    rows = [["Anna", "Boris"], ["Cosmo", "Elle"], ["Forbes", ""]]
    assert recognise(head(*rows)) is None
    shape = recognise(head(*rows, titles=["Facebook"]))
    assert [record[2] for record in told(shape, *rows)[0]] == ["Cosmo", "Elle", "Forbes"]


@pytest.mark.parametrize("word", ["Customer", "Клиент", "Klients", "Πελάτης", "Հաճախորդ"])
def test_our_template(word):
    """A customer whose name was written and who has nothing below follows nothing; a label of ours was not asked."""
    rows = [[f"{word} 1", f"{word} 2", "Vera", f"{word} 4"], ["@smm_riga", "", "", "@kopuking"]]
    records, tally = told(recognise(head(*rows, titles=["Telegram", "follows"])), *rows)
    assert records == [
        (2, f"{word} 1", "@smm_riga", "telegram"),
        (2, f"{word} 4", "@kopuking", "telegram"),
        (1, "Vera", None, "telegram"),
    ]
    assert tally.nothing == 0


def test_template_that_nobody_filled_in():
    """An untouched tab is the shape and says nothing."""
    rows = [["Customer 1", "Customer 2"]]
    assert told(recognise(head(*rows, titles=["VK"])), *rows) == ([], Tally())


def test_empty_column_without_a_platform_is_counted():
    """Of whom nothing stands there, and no platform, nothing is known."""
    rows = [["Anna", "Boris", "Vera"], ["@smm_riga", "@kopuking", ""]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert (len(records), tally.nothing) == (2, 1)


def test_none_and_not_asked():
    """ "None" below a label is an empty list, a question mark is not."""
    rows = [["Anna", "Boris", "Vera"], ["@smm_riga", "нет", "?"], ["@kopuking", "", ""]]
    records, _ = told(recognise(head(*rows, titles=["Telegram"])), *rows)
    assert records[2:] == [(1, "Boris", None, "telegram")]


def test_buttons_totals_and_numbers():
    """Words of a page, a row of sums and a column of row numbers are no resources; a nameless column is told."""
    rows = [
        ["№", "Anna", "Boris", ""],
        ["1", "@smm_riga", "@kopuking", "@tri"],
        ["2", "Following", "t.me/a_b_c; t.me/d_e_f", ""],
        ["Итого", "1", "3", ""],
    ]
    records, tally = told(recognise(head(*rows)), *rows)
    assert [record[2] for record in records] == ["@smm_riga", "@kopuking", "t.me/a_b_c", "t.me/d_e_f"]
    assert (tally.dropped, tally.totals) == (1, 1)
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(2, NO_LABEL)]


@pytest.mark.parametrize("header", [["Telegram", "VK"], ["Телеграм", "ВКонтакте"], ["TG каналы", "группы вк"]])
def test_columns_of_platforms_are_one_customers(header):
    """The name of the file is the customer; handles and names belong to the platform above them."""
    rows = [header, ["@smm_riga", "club7"], ["", "Some Group"]]
    shape = recognise(head(*rows, titles=["Sheet1", "anna"]))
    assert told(shape, *rows)[0] == [
        (2, "anna", "@smm_riga", "telegram"),
        (2, "anna", "club7", "vk"),
        (3, "anna", "Some Group", "vk"),
    ]
    assert "anna" not in shape.describe()


def test_platform_without_anything_below_is_an_empty_list():
    """An empty column under a platform is an answer."""
    rows = [["Telegram", "VK", "Instagram"], ["@smm_riga", "club7", ""]]
    records, _ = told(recognise(head(*rows, titles=["anna"])), *rows)
    assert records[-1] == (1, "anna", None, "instagram")
