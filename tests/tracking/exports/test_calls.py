"""Logs of calls: every caller is one enquiry, and the number that was called tells the place."""

from datetime import date
from pathlib import Path

import pytest

from outreach.messages import describe

DATA = Path(__file__).parent / "data" / "calls"


def enquiries(report):
    return sorted((row.day.isoformat(), row.tags.resource or row.tags.content) for row in report.rows)


def notes(report):
    return [describe(flag) for flag in report.flags]


def test_a_caller_counts_once(read):
    """However the number is written; of the first call is the day."""
    report = read(DATA / "plain.csv").report
    assert (report.kind, report.total) == ("step", (None, 2))
    assert enquiries(report) == [("2026-05-12", "tel 37167000001"), ("2026-05-13", "tel 37167000002")]
    assert notes(report) == ["1 call is of a person who had called before; each person counts once"]


def test_nobodys_number_is_kept(read):
    """Neither that of who called, nor its hash without a key."""
    report = read(DATA / "plain.csv").report
    assert "29000001" not in repr(report.rows)


def test_an_exchange(read):
    """FreePBX: who hides the number cannot be told from others; who was never answered called all the same."""
    told = read(DATA / "freepbx.csv")
    assert enquiries(told.report) == [("2026-05-12", "tel 67000001"), ("2026-05-13", "tel 67000002")]
    assert [one.line for one in told.rejected] == [4]
    assert notes(told.report)[1] == "1 caller got no answer"


def test_a_service_of_tracked_numbers(read):
    """The name that was given to a number goes before the number; a tagged page before both."""
    report = read(DATA / "tracked.csv").report
    assert [(row.tags.resource, row.tags.content) for row in report.rows] == [
        ("Riga Life post", ""), ("Website", "smm-riga--a-f871v"),
    ]  # fmt: skip


def test_calls_that_went_out_are_left_out(read):
    """And with them the numbers of customers that were called; sums are no calls."""
    report = read(DATA / "ru.csv").report
    assert enquiries(report) == [("2026-05-12", "tel 74950000001"), ("2026-05-14", "tel 74950000002")]
    assert notes(report)[1:] == ["1 caller got no answer", "outgoing and internal calls, left out: 1"]


def test_numbers_called_that_are_customers_are_not_kept(read, export):
    """Nothing says which calls came in: who called is called too."""
    text = "Date,Caller,Number called\n2026-05-12,+37167000001,+37129000001\n2026-05-13,+37129000001,+37167000001\n"
    report = read(export("a.csv", text)).report
    assert enquiries(report) == [("2026-05-12", ""), ("2026-05-13", "")]


@pytest.mark.parametrize(
    ("header", "reader"),
    [
        ("Date,Caller,Seconds", "calls"),
        ("Datums;Zvanītājs;Ilgums", "calls"),
        ("Ημερομηνία;Καλών;Διάρκεια κλήσης", "calls"),
        ("Ամսաթիվ;Զանգահարող;Տևողություն", "calls"),
        ("Дата;Телефон;Длительность звонка", "calls"),
        ("Дата;Звонивший;Откуда узнали", "sign-ups"),
        ("Date,Caller,Seconds,How did you hear of us?", "sign-ups"),
        ("Date,Phone,Duration,Email", "sign-ups"),
    ],
)
def test_which_table_is_a_log_of_calls(export, header, reader):
    """A telephone alone is any person's; a list that asks where people heard of us is one of sign-ups."""
    from outreach.tracking.exports import READERS

    between = ";" if ";" in header else ","
    row = between.join(["2026-05-12", "+37129000001", "65", "Riga Life"][: header.count(between) + 1])
    found = READERS.claimed(export("a.csv", f"{header}\n{row}\n"))
    assert found is not None
    assert found.name == reader


def test_a_day_that_is_none_is_refused_with_its_line(read, export):
    """The other calls count."""
    told = read(export("a.csv", "Date,Caller,Seconds\n2026-05-12,+37129000001,5\n2026-02-31,+37129000002,5\n"))
    assert [row.day for row in told.report.rows] == [date(2026, 5, 12)]
    assert [one.line for one in told.rejected] == [3]
