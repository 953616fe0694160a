"""One like a row: title rows, totals, customers written once, lists in one cell, no header, no customer column."""

from __future__ import annotations

import pytest

from outreach.errors import InputError
from outreach.files.grid import DateCell, FractionCell
from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.long import AS_HEADER, COMMAS


def numbered(rows):
    return list(enumerate(rows, 1))


def head(*rows, titles=("list",), **more):
    return Head("t.csv", titles, numbered(rows), **more)


def told(shape, *rows):
    tally = Tally()
    records = [(line, *values) for line, values in shape.records(numbered(rows), tally)]
    return records, tally


@pytest.mark.parametrize(
    "header", ["customer,resource", "Клиент,Канал", "Πελάτης,Σελίδα", "Klients,Lapa", "Հաճախորդ,Էջ"]
)
def test_header_below_titles(header):
    """The header may stand below title rows and blank rows; what is above it is no data."""
    rows = [["Наши клиенты", "2026"], ["", ""], header.split(","), ["Anna", "t.me/smm_riga"], ["Anna", "vk.com/club7"]]
    shape = recognise(head(*rows))
    assert (shape.header_line, shape.simple, shape.fill, shape.lists) == (3, True, False, False)
    assert told(shape, *rows)[0] == [(4, "Anna", "t.me/smm_riga"), (5, "Anna", "vk.com/club7")]


@pytest.mark.parametrize("number", ["№", "#", "No", "п/п", "Nr", "α/α", "Հ/Հ"])
def test_row_numbers_say_nothing(number):
    """A column that numbers the rows is not read."""
    rows = [[number, "customer", "resource"], ["1", "Anna", "t.me/smm_riga"], ["2", "Boris", "vk.com/club7"]]
    assert told(recognise(head(*rows)), *rows)[0] == [(2, "Anna", "t.me/smm_riga"), (3, "Boris", "vk.com/club7")]


@pytest.mark.parametrize("word", ["Total", "Итого", "Всего:", "Σύνολο", "Kopā", "Ընդամենը", "Grand total"])
@pytest.mark.parametrize("cells", [("", "2"), ("2", "7300")])
def test_totals_are_no_customers(word, cells):
    """A row of sums is passed over and counted."""
    rows = [["customer", "resource", "subscribers"], ["Anna", "t.me/smm_riga", "5000"], [word, *cells]]
    shape = recognise(head(*rows))
    records, tally = told(shape, *rows)
    assert (tally.totals, shape.simple) == (1, False)
    assert records == [(2, "Anna", "t.me/smm_riga", "5000")]


def test_customer_named_total_with_an_address_stays():
    """A row with an address is data, whatever its first word."""
    rows = [["customer", "resource"], ["Total", "t.me/smm_riga"]]
    assert told(recognise(head(*rows)), *rows)[0] == [(2, "Total", "t.me/smm_riga")]


def test_customer_written_once_is_filled_down():
    """In merged cells the customer stands in the first row only."""
    rows = [
        ["Клиент", "Канал"],
        ["Анна", "@smm_riga"],
        ["", "@kopuking"],
        ["", ""],
        ["Борис", "@kopuking"],
        ["", "@tri"],
    ]
    shape = recognise(head(*rows))
    records, tally = told(shape, *rows)
    assert (shape.fill, shape.simple, tally.filled) == (True, False, 2)
    assert "above" in shape.describe()
    assert records == [
        (2, "Анна", "@smm_riga"), (3, "Анна", "@kopuking"), (5, "Борис", "@kopuking"), (6, "Борис", "@tri"),
    ]  # fmt: skip


def test_label_alone_heads_its_block():
    """A label in a row of its own is no like; without a row below it nothing is known of the customer."""
    rows = [["Клиент", "Канал"], ["Анна", ""], ["", "@smm_riga"], ["Вера", ""], ["Борис", "@tri"], ["Глеб", ""]]
    records, tally = told(recognise(head(*rows)), *rows)
    assert records == [(3, "Анна", "@smm_riga"), (5, "Борис", "@tri")]
    assert (tally.filled, tally.nothing) == (1, 2)


def test_platforms_merged_beside_customers_are_filled_too():
    """Two merged cells side by side hold for the same rows."""
    rows = [
        ["customer", "platform", "resource"],
        ["Anna", "vk", "smm"],
        ["", "", "club7"],
        ["", "telegram", "kopuking"],
    ]
    records, _ = told(recognise(head(*rows)), *rows)
    assert records == [(2, "Anna", "smm", "vk"), (3, "Anna", "club7", "vk"), (4, "Anna", "kopuking", "telegram")]


def test_labels_all_over_are_not_filled_down():
    """Where a label is written again and again an empty one is a fault, and is told."""
    rows = [["customer", "resource"], ["Anna", "@a_b_c"], ["Boris", "@d_e_f"], ["Anna", "@d_e_f"], ["", "@a_b_c"]]
    shape = recognise(head(*rows))
    records, tally = told(shape, *rows)
    assert (shape.simple, tally.filled) == (True, 0)
    assert records[-1] == (5, None, "@a_b_c")


@pytest.mark.parametrize(
    "cell",
    [
        "t.me/smm_riga; vk.com/club7",
        "t.me/smm_riga,vk.com/club7",
        "t.me/smm_riga | vk.com/club7",
        "t.me/smm_riga\nvk.com/club7",
    ],
)
def test_lists_of_addresses_in_one_cell(cell):
    """A cell of several addresses is as many records; what the row says of one resource holds for none of them."""
    rows = [["customer", "resource", "subscribers"], ["Anna", cell, "100"], ["Boris", "@kopuking", "200"]]
    shape = recognise(head(*rows))
    assert (shape.lists, shape.simple) == (True, False)
    assert told(shape, *rows)[0] == [
        (2, "Anna", "t.me/smm_riga", None), (2, "Anna", "vk.com/club7", None), (3, "Boris", "@kopuking", "200"),
    ]  # fmt: skip


def test_lists_of_names():
    """Names are parted by semicolons, and by commas where that is the habit of the table."""
    rows = [["Имя", "Возраст", "Канал"], ["Анна", "", "Cosmo; Elle"], ["Борис", "", "Forbes; Vogue; Elle"]]
    assert [record[2] for record in told(recognise(head(*rows)), *rows)[0]] == [
        "Cosmo",
        "Elle",
        "Forbes",
        "Vogue",
        "Elle",
    ]
    rows = [["customer", "page"], ["Anna", "Cosmo, Elle"], ["Boris", "Forbes, Elle"], ["Vera", "Vogue"]]
    assert [record[2] for record in told(recognise(head(*rows)), *rows)[0]] == [
        "Cosmo",
        "Elle",
        "Forbes",
        "Elle",
        "Vogue",
    ]


def test_commas_inside_names_do_not_part():
    """Where customers have several rows, or one cell has a comma, the comma belongs to the name."""
    rows = [["customer", "page"], ["Anna", "Smith, Jones"], ["Anna", "Shop, Inc"], ["Boris", "Elle"]]
    assert not recognise(head(*rows)).lists
    rows = [["customer", "page"], ["Anna", "Smith, Jones"], ["Vera", "Elle"], ["Boris", "Forbes"]]
    assert not recognise(head(*rows)).lists


def test_a_name_that_may_be_a_list_is_pointed_out():
    """One comma among customers with one row each proves nothing: it is one name, and that is said."""
    rows = [["Customer", "Page"], ["Anna", "Riga Food, Mums of Riga"], ["Boris", "New Kitchen"], ["Clara", "Old Town"]]
    assert COMMAS in recognise(head(*rows)).describe()
    assert COMMAS not in recognise(head(*rows[:1], *rows[2:])).describe()
    assert recognise(head(*rows[:2], ["Boris", "New Kitchen, Old Town"])).lists


def test_buttons_and_none_in_lists():
    """Words of a network's page are left out and counted; "none" is an empty list where the platform is known."""
    rows = [
        ["customer", "platform", "resource"],
        ["Anna", "telegram", "@smm_riga\nFollowing\n@kopuking"],
        ["Boris", "telegram", "@a_b_c;@d_e_f"],
        ["Vera", "telegram", "нет"],
        ["Gleb", "telegram", ""],
    ]
    records, tally = told(recognise(head(*rows)), *rows)
    assert tally.dropped == 1
    assert records[-2:] == [(4, "Vera", None, "telegram"), (5, "Gleb", None, "telegram")]


def test_what_excel_made_of_sizes_is_marked():
    """A date and a fraction in the column of sizes are told apart from texts."""
    rows = [
        ["customer", "resource", "subscribers"],
        ["Anna", "@a_b_c", DateCell("2026-05-12")],
        ["Boris", "@a_b_c", FractionCell("12.345")],
        ["Vera", "@a_b_c", "12.5"],
    ]
    records, _ = told(recognise(head(*rows)), *rows)
    assert [record[3] for record in records] == ["date 2026-05-12", "number 12.345", "12.5"]


def test_short_rows_and_blank_rows():
    """Cells that are missing at the end of a row say nothing, blank rows are no records."""
    rows = [["customer", "resource", "topic"], ["Anna", "@a_b_c"], [], ["", "", ""], ["Boris"]]
    assert told(recognise(head(*rows)), *rows)[0] == [(2, "Anna", "@a_b_c", None), (5, "Boris", None, None)]


def test_chosen_columns():
    """The user's columns are found below title rows, by header and by number."""
    rows = [["Отчёт"], ["Кто читает", "Что читает"], ["Анна", "@smm_riga"]]
    shape = recognise(head(*rows, chosen={"customer": "Кто читает", "resource": "Что читает"}))
    assert shape.header_line == 2
    assert told(shape, *rows)[0] == [(3, "Анна", "@smm_riga")]
    shape = recognise(head(*rows[2:], chosen={"customer": "1", "resource": "2"}))
    assert (shape.header_line, shape.simple) == (0, True)
    assert told(shape, *rows[2:])[0] == [(1, "Анна", "@smm_riga")]


def test_numbers_below_a_title_of_a_sheet():
    """A title row of a sheet has as many cells as the others; the columns' numbers are meant below it."""
    rows = [["Отчёт", ""], ["", ""], ["Клиент", "Канал"], ["Анна", "@smm_riga"]]
    shape = recognise(head(*rows, chosen={"customer": "1", "resource": "2"}))
    assert (shape.header_line, shape.bad) == (3, ())
    assert told(shape, *rows)[0] == [(4, "Анна", "@smm_riga")]


def test_line_taken_for_a_header_is_told():
    """Under numbers a first line without an address is passed over with the reason."""
    rows = [["кто", "что ещё"], ["Анна", "@smm_riga"]]
    shape = recognise(head(["Вася", "Хабр"], rows[1], chosen={"customer": "1", "resource": "2"}))
    assert [(line.line, line.reason) for line in told(shape, *rows)[1].bad] == [(1, AS_HEADER)]


def test_chosen_column_that_is_missing():
    """A column that no row has is an error that says so."""
    with pytest.raises(InputError, match="--columns names a customer column that the table does not have"):
        recognise(head(["a", "b"], ["c", "d"], chosen={"customer": "who is it", "resource": "b"}))


def test_platform_of_the_tab():
    """Handles of a tab that is called like a platform are that platform's."""
    rows = [["customer", "resource"], ["Anna", "@smm_riga"], ["Boris", ""]]
    shape = recognise(head(*rows, titles=["Telegram", "follows"]))
    assert told(shape, *rows)[0] == [(2, "Anna", "@smm_riga", "telegram"), (3, "Boris", None, "telegram")]


@pytest.mark.parametrize("rows", [[["foo", "bar"], ["1", "2"]], [["customer", "age"], ["Anna", "31"]], [[]], []])
def test_other_tables_are_not_long(rows):
    """Without a customer and a resource column it is another shape."""
    assert recognise(head(*rows)) is None


def test_exported_of_one_customer():
    """The name of the file is the customer of a table of accounts."""
    rows = [["name", "username", "userId", "fullName"], ["x", "smm_riga", "7", "SMM Riga"]]
    shape = recognise(head(*rows, titles=["anna_instagram_following"]))
    assert list(shape.roles) == ["customer", "handle", "name", "platform"]
    assert told(shape, *rows)[0] == [(2, "anna", "smm_riga", "x", "instagram")]
    assert "anna" not in shape.describe()


def test_users_that_are_the_accounts_themselves():
    """Beside addresses that hold the same user names the column of users is no customer column."""
    rows = [
        ["profileUrl", "username", "fullName"],
        ["https://www.instagram.com/smm_riga", "smm_riga", "SMM Riga"],
        ["https://www.instagram.com/kopuking", "kopuking", "Kopuking"],
    ]
    assert recognise(head(*rows)) is None
    shape = recognise(head(*rows, titles=["anna"]))
    assert told(shape, *rows)[0][0] == (2, "anna", "https://www.instagram.com/smm_riga", "smm_riga", "SMM Riga")
    rows[1][1] = rows[2][1] = "anna"
    assert told(recognise(head(*rows)), *rows)[0][0][1] == "anna"


def test_headerless_label_and_address():
    """One column of labels before one of addresses needs no header."""
    rows = [["1", "Anna", "Telegram", "@smm_riga", "5000"], ["2", "Anna", "VK", "vk.com/club7", ""]]
    shape = recognise(head(*rows))
    assert shape.describe() == "customer = column 2, resource = column 4, platform = column 3"
    assert told(shape, *rows)[0] == [(1, "Anna", "@smm_riga", "Telegram"), (2, "Anna", "vk.com/club7", "VK")]


def test_headerless_two_columns_of_addresses_are_refused():
    """Nothing tells which of two accounts is the customer; the hint is the option to paste."""
    with pytest.raises(InputError) as caught:
        recognise(head(["@anna", "@smm_riga"], ["@boris", "@kopuking"]))
    assert str(caught.value) == (
        "t.csv: the first line looks like data, not like column names\n"
        "Hint: give the columns: --columns customer=1,resource=2"
    )
