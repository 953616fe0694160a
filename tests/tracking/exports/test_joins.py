"""Who joined a Telegram channel by which invite link; the link itself stands in nothing that is read."""

from pathlib import Path

import pytest

from outreach.teasers.invites import invite_id

DATA = Path(__file__).parent / "data" / "joins"
FIRST, SECOND = (invite_id(f"https://t.me/+{letter}bCdEfGhIjKlMnOp") for letter in "AZ")


def counts(told):
    """Return for each kind how many by which name or link."""
    return {
        report.kind: {(row.tags.resource, row.tags.short_url): row.numerator for row in report.rows}
        for report in told.reports
    }


def test_a_table_of_links(read):
    """Joins are a kind of their own, and who left again another; who waits did not join."""
    told = read(DATA / "links.csv")
    names = ("rigalife--a-f871v", FIRST), ("mamas--a-f871v", SECOND)
    assert counts(told) == {
        "join": dict(zip(names, (40, 12), strict=True)),
        "left": dict(zip(names, (6, 1), strict=True)),
    }
    assert [report.total for report in told.reports] == [(None, 52), (None, 7)]
    assert told.remarks[0].endswith("1 person waits for approval and did not join yet")
    assert "AbCdEf" not in repr(told.reports)


def test_in_russian(read):
    """A name that a person gave a link is kept beside what stands for the link."""
    assert counts(read(DATA / "ru.csv"))["join"] == {("Рига Life", FIRST): 40, ("", SECOND): 12}


def test_what_telegrams_interface_answers(read):
    """Without who left, of whom it does not speak."""
    assert counts(read(DATA / "api.json")) == {"join": {("smm-riga--a-f871v", FIRST): 40, ("", SECOND): 12}}


def test_a_list_of_people(read):
    """One row a person, with the day on which he left; of nobody is anything kept."""
    told = read(DATA / "people.csv")
    assert counts(told) == {"join": {("", FIRST): 1}, "left": {("", FIRST): 1}}  # of two days, the later is shown
    assert [report.total for report in told.reports] == [(None, 2), (None, 1)]
    assert "anna" not in repr(told.reports)


def test_a_log_of_a_bot(read):
    """Who comes again joined once; who came without a link is untagged; who left did so by the link of the joining."""
    told = read(DATA / "log.csv")
    assert [report.total for report in told.reports] == [(None, 3), (None, 1)]
    assert counts(told)["join"] == {("", FIRST): 1, ("", ""): 1}
    assert counts(told)["left"] == {("", FIRST): 1}
    assert told.remarks[0].endswith("1 person waits for approval and did not join yet")


@pytest.mark.parametrize(
    ("header", "row", "joined"),
    [
        ("place,joined,left", "Riga Life,40,6", ("Riga Life", "")),
        ("Канал;Подписалось;Отписалось", "Riga Life;40;6", ("Riga Life", "")),
        ("Saites nosaukums;Pievienojās;Aizgāja", "Riga Life;40;6", ("Riga Life", "")),
        ("Όνομα συνδέσμου;Εντάχθηκαν;Έφυγαν", "Riga Life;40;6", ("Riga Life", "")),
        ("Հղման անվանում;Միացել են;Հեռացել են", "Riga Life;40;6", ("Riga Life", "")),
        ("place,views,joined,left", "Riga Life,2900,40,6", ("Riga Life", "")),
    ],
)
def test_typed_tables(read, export, header, row, joined):
    """In the languages of our users; beside views too."""
    told = read(export("a.csv", f"{header}\n{row}\n"))
    found = counts(told)
    assert (found["join"], found["left"]) == ({joined: 40}, {joined: 6})


def test_rows_that_name_no_link_or_no_number_are_refused(read, export):
    """With their lines; a formula as a name is a text."""
    told = read(export("a.csv", "Invite link,Link name,Joined\n,,5\nhttps://t.me/+AbCdEfGhIjKlMnOp,,many\n,=1+1,7\n"))
    assert [one.line for one in told.rejected] == [2, 3]
    assert counts(told) == {"join": {("=1+1", ""): 7}}


def test_a_group_with_the_day_of_joining_is_none(export):
    """That is what a customer follows."""
    from outreach.tracking.exports import READERS

    assert READERS.claimed(export("a.csv", "Group,Joined\nRiga Mamas,2026-05-12\n")) is None
