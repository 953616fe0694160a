"""Many events in the engine give the rows that few give in Python."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.tracking.base import Report
from outreach.tracking.event_rows import EventRows
from outreach.tracking.exports import sign_ups
from outreach.tracking.exports.sign_ups import SignUps
from outreach.tracking.find import find_files
from tests.examples import examples

DATA = Path(__file__).parent / "data" / "sign-ups"
CASES = Path(__file__).parents[2]
COLUMNS = {
    "Order ID": ["", "", "1", "1", "2", "#2", "A b"],
    "Email": ["a@x.example", "A@X.example ", "b@x.example", "", "", "nobody", "mailto:c@x.example"],
    "Phone": ["", "29 000 001", "+371 29000001", "29000002", "0037129000003"],
    "Date": ["2026-05-01", "2026-05-02 10:00", "13.05.2026", "", "no day", "2026-05-01 11:59:59"],
    "Total": ["", "10", "10.00 EUR", "20 USD", "-10", "5 zlotych", "free", "0"],
    "Refund": ["", "10", "3"],
    "Currency": ["", "EUR", "usd"],
    "Status": ["", "paid", "test", "cancelled", "refunded", "booked", "came", "no-show", "in talks"],
    "utm_source": ["vk", "telegram", ""],
    "utm_content": ["place--a-00001", "", "place%20b", "PLACE)"],
    "Landing page": ["", "https://x.example/?utm_content=p1", "https://x.example/?utm_source=vk&amp;utm_content=p2"],
    "Note": ["", "x", "Total"],
}


def read(paths, asked, *, many):
    """Return what the reader hands over, or says of files that it refuses."""
    sources = list(find_files([str(path) for path in paths], asked.engine.folder))
    with pytest.MonkeyPatch.context() as patch:
        if many:
            patch.setattr(sign_ups, "MANY_ROWS", 0)
            patch.setattr(sign_ups, "LONG_BYTES", 0)
        try:
            parts = list(SignUps().read(sources, asked))
        except InputError as err:
            return str(err)
        for part in parts:
            assert not isinstance(part, Report) or isinstance(part.rows, EventRows) == many
        return [
            (part.kind, part.period, part.total, part.timezone, tuple(part.rows)) if isinstance(part, Report) else part
            for part in parts
        ]


def fixtures():
    """Return every file of sign-ups and orders among the tests."""
    return sorted([*DATA.iterdir(), *(CASES / "golden").rglob("*order*.csv"), *(CASES / "golden").rglob("*sign*.csv")])


@pytest.mark.parametrize("file", fixtures(), ids=lambda file: file.name)
def test_the_engine_and_python_read_a_file_alike(file, asked):
    assert read([file], asked(), many=True) == read([file], asked(), many=False)


@pytest.mark.parametrize("roles", [{"id": "Order ID"}, {"order_sum": "Total"}, {"line_sum": "Total"}], ids=str)
def test_what_the_user_says_of_columns_counts_in_both(roles, asked, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(
        "Order ID,Email,Date,Total,utm_content\n"
        "1,a@x.example,2026-05-02,10,p1\n1,a@x.example,2026-05-01,10,p2\n2,a@x.example,2026-05-03,5,p1\n"
    )
    said = asked(columns=roles)
    assert read([file], said, many=True) == read([file], said, many=False)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_is_read_alike(data, asked, tmp_path_factory):
    files = []
    for _ in range(data.draw(st.integers(1, 2))):
        fixed = ["Email", "Date", "utm_content"]
        others = [name for name in COLUMNS if name not in fixed]
        names = [*fixed, *data.draw(st.lists(st.sampled_from(others), unique=True))]
        cells = st.tuples(*(st.sampled_from(COLUMNS[name]) for name in names))
        rows = data.draw(st.lists(cells, min_size=1, max_size=25))
        files.append(tmp_path_factory.mktemp("files") / "list.csv")
        with files[-1].open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([names, *rows])
    assert read(files, asked(), many=True) == read(files, asked(), many=False)
