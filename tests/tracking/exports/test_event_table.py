"""Many events in the engine give the rows that few give in Python."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.answers import keep_paid_stages
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.schema import RESULTS
from outreach.cli.track_remarks import imported_lines
from outreach.errors import InputError
from outreach.tracking.base import Report
from outreach.tracking.event_rows import EventRows, has_stages
from outreach.tracking.exports import sign_ups
from outreach.tracking.exports.sign_ups import SignUps
from outreach.tracking.find import find_files
from outreach.tracking.lines import Choice
from outreach.tracking.report import import_files, report
from tests.examples import examples

DATA = Path(__file__).parent / "data" / "sign-ups"
CASES = Path(__file__).parents[2]
COLUMNS = {
    "Order ID": ["", "", "1", "1", "2", "#2", "A b"],
    "Email": ["a@x.example", "A@X.example ", "b@x.example", "", "", "nobody", "mailto:c@x.example", "Test@x.example"],
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
    "Stage": ["", "Оплата получена", "booked", "came", "В работе", "in talks", "closed won"],
    "Where did you hear about us?": ["", "-", "Riga life", "riga-life!", "a friend", "a@x.example", "Mamas; Riga life"],
    "Promo code": ["", "RIGA10", "riga10", "x@x.example"],
    "Canceled By": ["", "", "host"],
    "Test": ["", "true"],
    "Name": ["", "", "Anna", "Test", "тест 2", "Testa"],
}
ANSWERS = {"riga life": 3, "mamas": 4}


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
            (replace(part, rows=()), tuple(part.rows), has_stages(part.rows)) if isinstance(part, Report) else part
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


def tables(draw, folder, count):
    """Write tables of any of the columns; return the files."""
    files = []
    for number in range(count):
        fixed = ["Email", "Date", "utm_content"]
        others = [name for name in COLUMNS if name not in fixed]
        names = [*fixed, *draw(st.lists(st.sampled_from(others), unique=True))]
        cells = st.tuples(*(st.sampled_from(COLUMNS[name]) for name in names))
        rows = draw(st.lists(cells, min_size=1, max_size=25))
        files.append(folder / f"list-{number}.csv")
        with files[-1].open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([names, *rows])
    return files


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_is_read_alike(data, asked, tmp_path_factory):
    files = tables(data.draw, tmp_path_factory.mktemp("files"), data.draw(st.integers(1, 2)))
    said = {"answers": ANSWERS, "paid": data.draw(st.sampled_from([(), ("in talks",)]))}
    said["kind"] = data.draw(st.sampled_from(["", "", "", "signup", "sale"]))
    assert read(files, asked(**said), many=True) == read(files, asked(**said), many=False)


def kept(folder, calls, paid, *, many):
    """Return what stands in a ledger and in its report after some imports, or why one was refused."""
    link = {"utm_source": "vk", "utm_medium": "social", "utm_campaign": "spring", "utm_content": "place--a-00001"}
    url = "https://x.example/?" + "&".join(f"{name}={value}" for name, value in link.items())
    place = Placement(campaign="spring", resource="vk:place", final_url=url, promo="RIGA10", status="published", **link)
    ledger = open_ledger(str(folder / f"{many}.db"), create=True)
    ledger.put([place], what="draft")
    found = []
    with pytest.MonkeyPatch.context() as patch:
        if many:
            patch.setattr(sign_ups, "MANY_ROWS", 0)
            patch.setattr(sign_ups, "LONG_BYTES", 0)
        for files, options in calls:
            try:
                reading, done = import_files(ledger, [str(file) for file in files], options)
            except InputError as err:
                found.append(str(err))
                continue
            found += [reading.rejected, reading.remarks, reading.untied, [one.kept for one in done]]
            found.append(list(imported_lines(done)))
    keep_paid_stages(ledger.database, paid, calls[0][1].hidden)
    with ledger.database.reading() as connection:
        rows = connection.execute(select(RESULTS)).mappings().all()
    results = Results(ledger.database)
    imports = [replace(one, imported_at="") for one in results.imports()]
    written = sorted(str({name: value for name, value in row.items() if name != "id"}) for row in rows)
    told = report(ledger, Choice())
    sections = [(one.pair.kind, one.pair.common, one.lines) for one in told.sections]
    return found, imports, written, results.sums(), sections, [replace(one, maybe=()) for one in told.unmatched]


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_makes_the_same_ledger_and_report(data, asked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = tables(data.draw, folder, 2)
    paid = data.draw(st.sampled_from([(), ("in talks",), ("В работе", "booked")]))
    said = {"answers": ANSWERS, "currency": data.draw(st.sampled_from(["", "EUR"])), "paid": paid[:1]}
    calls = [(some, asked(**said)) for some in data.draw(st.sampled_from([[files], [files[:1], files[1:]]]))]
    assert kept(folder, calls, paid, many=True) == kept(folder, calls, paid, many=False)
