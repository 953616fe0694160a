"""What the user says of stages, currencies and kinds counts for files that were imported before."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from outreach.cli import main

BOOKINGS = (
    "Дата;Телефон;Сумма;Статус;utm_source;utm_content\n"
    "2026-05-02;29000001;40;Пришёл;vk;a\n"
    "2026-05-02;29000002;40;Не пришла;vk;a\n"
    "2026-05-03;29000003;50;Записан;vk;b\n"
    "2026-05-03;29000004;50;Отменён;vk;b\n"
    "2026-05-03;29000005;60;Внесла задаток;vk;b\n"
)
ORDERS = "Order ID,Date,Email,Total,utm_content\n1,2026-05-02,a@x.lv,10,a\n2,2026-05-02,a@x.lv,20,b\n"
STEPS = {"enquiry": 4, "cancelled": 1, "booked": 3, "no-show": 1, "came": 1}


@pytest.fixture
def track(tmp_path, monkeypatch):
    """Call ``track`` in a folder with both files; give the counts of each kind, the sums, and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    (tmp_path / "bookings.csv").write_text(BOOKINGS, "utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")

    def call(*arguments):
        done = CliRunner().invoke(main, ["track", *arguments, "--db", "o.db", "--format", "json"])
        assert done.exit_code == 0, done.stderr
        lines = json.loads(done.stdout)
        counts = {}
        for line in lines:
            counts[line["conversion_kind"]] = counts.get(line["conversion_kind"], 0) + line["conversions"]
        sums = {(line["conversion_kind"], line["currency"]): line["revenue"] for line in lines if line["revenue"]}
        return counts, sums, done.stderr

    return call


def test_bookings_count_by_step(track):
    """Who did not come and who cancelled is that and no customer; a stage that nobody knows is named with its count."""
    counts, sums, said = track("bookings.csv")
    assert counts == STEPS
    assert sums == {("came", None): 40}
    assert "Внесла задаток (1)" in said
    assert "4 enquiries, 1 cancellation, 3 bookings, 1 no-show, 1 arrival" in said


def test_an_answer_recounts_without_the_file(track, tmp_path):
    """And for the file given again; its words are not in the ledger before somebody types them."""
    track("bookings.csv")
    assert "задаток".encode() not in (tmp_path / "o.db").read_bytes()
    want = {"enquiry": 5, "cancelled": 1, "booked": 4, "no-show": 1, "came": 2, "paid": 1}
    counts, sums, said = track("--paid", "Внесла  задаток")
    assert (counts, sums) == (want, {("paid", None): 60})
    assert "1 row imported before now count as paid" in said
    assert track("bookings.csv")[0] == want
    assert "nothing imported before has that stage" in track("--paid", "Forgotten")[2]


def test_a_later_table_moves_people_on(track, tmp_path):
    """Who came meanwhile is no longer only booked, though the row names nobody."""
    text = BOOKINGS.replace("Телефон", "Услуга")
    (tmp_path / "bookings.csv").write_text(text, "utf-8")
    assert track("bookings.csv")[0] == STEPS
    (tmp_path / "bookings.csv").write_text(text.replace("Записан", "Пришёл"), "utf-8")
    assert track("bookings.csv")[0] == STEPS | {"came": 2}


def test_tables_of_several_months(track, tmp_path):
    """A person of both counts once, as far as she came in either, whatever order they are read in."""
    head = "Дата;Телефон;Сумма;Статус;utm_content\n"
    (tmp_path / "may.csv").write_text(f"{head}2026-05-02;29000001;40;Оплачено;a\n", "utf-8")
    (tmp_path / "june.csv").write_text(f"{head}2026-06-02;29000001;50;Записан;a\n", "utf-8")
    track("june.csv")
    counts, sums, _ = track("may.csv")
    assert (counts["enquiry"], counts["booked"], counts["paid"], sums) == (1, 1, 1, {("paid", None): 40})


def test_a_currency_counts_for_what_was_imported(track):
    """A wrong one is corrected by another."""
    assert track("orders.csv")[1] == {("sale", None): 20}
    assert track("--currency", "eur")[1] == {("sale", "EUR"): 20}
    assert track("--currency", "usd")[1] == {("sale", "USD"): 20}
    assert track("orders.csv", "--currency", "gbp")[1] == {("sale", "GBP"): 20}
    assert track("orders.csv")[1] == {("sale", "GBP"): 20}


def test_a_kind_takes_the_place_of_what_was_read(track):
    """The file given again with its kind is not counted as both; the answer is kept for lists with these headers."""
    assert track("orders.csv")[0] == {"sale": 2}
    assert track("orders.csv", "--kind", "signup")[0] == {"signup": 1}
    assert track("orders.csv")[0] == {"signup": 1}
    refused = CliRunner().invoke(main, ["track", "--kind", "sale", "--db", "o.db"])
    assert (refused.exit_code, "needs the file" in refused.stderr) == (2, True)
