"""The address book keeps what it is told, whoever else writes, and forgets whom it is to forget."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from outreach.campaign.events import Event, stage_of
from outreach.campaign.ledger import migrate, open_ledger
from outreach.campaign.ledger.database import open_database
from outreach.errors import InputError
from outreach.owners import Channel, Person, Place, open_book
from outreach.owners.schema import TABLES
from outreach.user_folder import FOLDER_VARIABLE

MARINA = Person(
    name="Marina Ozola",
    role="admin",
    channels=(Channel("telegram", "@marina_example"), Channel("email", "marina@mail.example")),
    language="ru",
    found="in the description of the channel",
    places=("telegram:smm_riga", "telegram:rigalife"),
)


def event(kind="commented", **values):
    return Event(**{"kind": kind, "at": "2026-11-03", "resource": "telegram:smm_riga"} | values)


def test_people_come_back_as_they_were(book):
    """With their channels in order, and their places; a place that was only named is there too."""
    marina = book.add(MARINA)
    assert book.people() == [
        replace(MARINA, id=marina.id, created_at=marina.created_at, places=tuple(sorted(MARINA.places)))
    ]
    assert [one.resource for one in book.places()] == ["telegram:rigalife", "telegram:smm_riga"]
    assert book.write([replace(marina, role="editor")], [Place(resource="vk:smm", price="20 EUR")]) == (1, 1)
    assert book.write([replace(marina, role="editor")], [Place(resource="vk:smm", price="20 EUR")]) == (0, 0)
    assert book.people()[0].role == "editor"


def test_events_are_added_and_never_changed(book):
    """Each as often as it is written down; an import adds only what is not there."""
    marina = book.add(MARINA)
    first = book.log([event(person=marina.id, amount=12.5, currency="EUR", count=7, due="2026-11-09", note="…")])[0]
    assert [one._replace(id=None) for one in book.events()] == [first]
    assert book.log([first, event(note="again")], again=False) == book.events()[1:] or len(book.events()) == 2
    assert len(book.log([event()])) == 1
    assert stage_of(book.events_about("telegram:smm_riga")) == "acquainted"


def test_a_value_that_cannot_be_is_refused(book):
    """And nothing is written."""
    with pytest.raises(InputError, match="an event cannot be saved"):
        book.log([event(), event("waved")])
    with pytest.raises(InputError, match="a person cannot be saved"):
        book.add(replace(MARINA, language="xx"))
    assert (book.events(), book.people()) == ([], [])


def test_the_file_is_for_its_user_alone(tmp_path, monkeypatch):
    """In the user's own folder, where no address is given."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    open_book().add(MARINA)
    file = tmp_path / "settings" / "owners.db"
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert len(open_book(create=False).people()) == 1


def test_a_ledger_is_no_address_book(tmp_path):
    """Neither is taken for the other."""
    open_ledger(tmp_path / "outreach.db")
    with pytest.raises(InputError, match="belongs to another program") as failure:
        open_book(tmp_path / "outreach.db")
    assert "--book" in str(failure.value.hint)
    open_book(tmp_path / "owners.db")
    with pytest.raises(InputError, match="belongs to another program"):
        open_ledger(tmp_path / "owners.db")


def test_a_new_book_equals_a_migrated_one(address, tmp_path):
    """The revisions make the tables of today."""
    open_book(address)
    other = open_database(str(tmp_path / "other.db"), create=True)
    with other.writing() as connection:
        migrate.upgrade(connection, tables=TABLES)
        theirs = shape(connection)
    with open_database(address, create=False).reading() as connection:
        ours = shape(connection)
    assert ours == theirs


def shape(connection):
    """Return the tables of a database: names of columns, which may be missing, keys and indexes."""
    found = inspect(connection)
    return {
        table: (
            [(one["name"], one["nullable"]) for one in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(one["name"] for one in found.get_indexes(table)),
            sorted((one["name"], one["referred_table"]) for one in found.get_foreign_keys(table)),
        )
        for table in TABLES.metadata.tables
    }


WRITER = """
import sys
from outreach.campaign.events import Event
from outreach.owners import Person, open_book
address, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
book = open_book(address)
for number in range(count):
    person = book.add(Person(name=f"{who} {number}", places=(f"vk:{who}_{number}",)))
    book.log([Event(kind="commented", at="2026-11-03", resource=f"vk:{who}_{number}", person=person.id)])
    print(number, flush=True)
"""


def test_two_processes_at_once_lose_nothing(address):
    """What either wrote down is there."""
    both = [subprocess.Popen([sys.executable, "-c", WRITER, address, who, "15"], stdout=subprocess.DEVNULL)
            for who in ("ann", "tom")]  # fmt: skip
    assert [one.wait(120) for one in both] == [0, 0]
    book = open_book(address, create=False)
    assert (len(book.people()), len(book.events()), len(book.places())) == (30, 30, 30)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05])
def test_a_killed_writer_leaves_whole_transactions(tmp_path, seconds):
    """Whatever it had said to be done is there, and the file works on."""
    path = tmp_path / "owners.db"
    open_book(path)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "ann", "100000"], stdout=subprocess.PIPE)
    writer.stdout.readline()
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    told = len(writer.communicate()[0].splitlines()) + 1
    book = open_book(path, create=False)
    people, events = len(book.people()), len(book.events())
    assert told <= events <= people <= events + 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    book.log([event()])


def test_who_is_forgotten_leaves_nothing_in_the_file(tmp_path):
    """Neither name nor address is found in it; what happened is still counted."""
    path = tmp_path / "owners.db"
    book = open_book(path)
    marina, tom = book.add(MARINA), book.add(Person(name="Tom", note="Marina Ozola knows him", places=("vk:smm",)))
    book.write(places=[Place(resource="telegram:smm_riga", price="ask marina@mail.example")])
    for number in range(50):
        book.log([event(person=marina.id, note=f"Marina said {number}", url="https://t.me/marina_example/1")])
    book.log([event("wrote", person=tom.id, resource="vk:smm", note="he says that @marina_example decides")])
    book.note_file("/home/ann/owners.xlsx")
    gone = book.forget(marina)
    assert (gone.events, gone.files, gone.compacted) == (50, ("/home/ann/owners.xlsx",), True)
    assert gone.texts == 3
    content = path.read_bytes().decode("utf-8", "replace").casefold()
    assert [word for word in ("marina", "ozola", marina.id, "in the description") if word in content] == []
    assert list(tmp_path.iterdir()) == [path]
    assert [one.name for one in book.people()] == ["Tom"]
    assert book.people()[0].note == "… knows him"
    assert sum(one.kind == "commented" for one in book.events()) == 50
    with pytest.raises(InputError, match="not in the book any more"):
        book.forget(marina)


def test_a_name_that_two_people_have_is_crossed_out_for_neither(book):
    """The address alone tells whom a note means."""
    ann, other = (book.add(Person(name="Ann", channels=(Channel("telegram", at),))) for at in ("@ann_one", "@ann_two"))
    book.log([event(person=other.id, note="Ann, @ann_one and @ann_two")])
    book.forget(ann)
    assert book.events()[0].note == "Ann, … and @ann_two"


def test_what_was_damaged_is_said_in_one_sentence(tmp_path):
    """A kind that no program of ours wrote."""
    path = tmp_path / "owners.db"
    book = open_book(path)
    book.log([event()])
    with book.database.writing() as connection:
        connection.execute(text("update book_events set kind = 'danced'"))
    with pytest.raises(InputError, match="this database is damaged"):
        book.events()
