"""What the address book exports it reads again, and what people keep in their own tables is read too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from outreach.campaign.events import ANSWERS, CHANNELS, KINDS, PLAYS, Event
from outreach.campaign.events import checked as checked_event
from outreach.engine import Engine
from outreach.messages import describe
from outreach.owners.person import Channel, Person
from outreach.owners.person import checked as checked_person
from outreach.owners.place import Place
from outreach.owners.place import checked as checked_place
from outreach.owners.reading import read_book_file
from outreach.owners.table import events_table, owners_table
from outreach.reporting import write

TODAY = date(2026, 11, 30)
SIGNS = st.one_of(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), st.sampled_from(" \n=+-@'\",;\t"))
TEXTS = st.text(SIGNS, max_size=30).map(str.strip)
NAMES = TEXTS.filter(bool)
ADDRESSES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12).map(
    lambda one: f"@{one}"
)
KEYS = ["telegram:smm_riga", "vk:smm", "facebook:name/baltic%20marketers", "web:shop.example"]
IDS = ["aa1", "bb2", "cc3", "dd4"]
PEOPLE = st.builds(
    Person,
    name=NAMES,
    role=TEXTS,
    channels=st.lists(st.builds(Channel, st.sampled_from(CHANNELS), ADDRESSES), max_size=3).map(tuple),
    language=st.sampled_from(["", "ru", "hy"]),
    found=TEXTS,
    note=TEXTS,
    do_not_contact=st.booleans(),
    keep=st.none() | st.integers(1, 1200),
    places=st.sets(st.sampled_from(KEYS)).map(tuple),
    created_at=st.just("2026-11-12T09:00:00Z"),
)
PLACES = st.builds(Place, resource=st.sampled_from(KEYS), name=TEXTS, way_in=TEXTS, price=TEXTS, rules=TEXTS)
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(sorted(set(KINDS) - {"replied", "began", "set_back", "looked", "claimed"})),
    at=st.sampled_from(["2026-11-12", "2026-11-12T09:30:00Z"]),
    answer=st.just(""),
    id=st.none(),
    channel=st.sampled_from(["", *CHANNELS]),
    campaign=TEXTS,
    resource=st.sampled_from(KEYS),
    variant=TEXTS,
    round=st.integers(0, 9),
    person=st.sampled_from(["", *IDS]),
    by=TEXTS,
    amount=st.none() | st.integers(0, 10**9).map(lambda cents: cents / 100),
    currency=st.sampled_from(["", "EUR", "RUB"]),
    format=st.sampled_from(["", "1/24", "story"]),
    count=st.none() | st.integers(0, 10**9),
    due=st.sampled_from(["", "2026-12-01"]),
    url=TEXTS,
    note=TEXTS,
    recorded_at=st.just("2026-11-12T09:30:00.000123Z"),
)
ANSWERED = st.sampled_from([("replied", one) for one in ANSWERS] + [("began", one) for one in PLAYS])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.lists(PEOPLE, max_size=4), st.lists(PLACES, max_size=4, unique_by=lambda one: one.resource))
def test_import_of_an_export_is_the_identity(tmp_path_factory, form, people, places):
    """People with all of their places, channels in their order, five alphabets and the signs of formulas."""
    kept = [checked_person(replace(one, id=number)) for number, one in zip(IDS, people, strict=False)]
    known = {one.resource: checked_place(one) for one in places}
    for key in {key for one in kept for key in one.places} - known.keys():
        known[key] = Place(resource=key)
    if not (kept or known):
        return
    path = tmp_path_factory.mktemp("trip") / f"owners.{form}"
    with Engine() as engine:
        write(owners_table(engine, kept, list(known.values())), form, path)
    read = read_book_file(path, today=TODAY)
    assert read.bad == ()
    assert sorted(read.people, key=lambda one: one.id) == kept
    assert {one.resource: one for one in read.places} == known
    again = read_book_file(path, today=TODAY, people=read.people, places=read.places)
    assert (again.people, again.places, again.bad) == ((), (), ())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.lists(EVENTS, min_size=1, max_size=5), ANSWERED)
def test_events_come_back_as_they_were(tmp_path_factory, form, events, answered):
    """Moments, sums, promises and notes."""
    kept = [checked_event(one) for one in events]
    kept.append(kept[0]._replace(kind=answered[0], answer=answered[1]))
    path = tmp_path_factory.mktemp("trip") / f"events.{form}"
    with Engine() as engine:
        write(events_table(engine, kept), form, path)
    read = read_book_file(path, today=TODAY)
    assert read.bad == ()
    assert sorted(map(repr, read.events)) == sorted(map(repr, kept))


def test_a_table_that_a_person_keeps(tmp_path):
    """Headers in Russian, one row a place, several ways to reach the same admin, and a row without a place."""
    path = tmp_path / "админы.csv"
    path.write_text(
        "Площадка;Ссылка;Админ;Телеграм;Почта;Как попасть;Цена;Не писать\n"
        "SMM Рига;t.me/smm_riga;Марина;@marina_ex;;написать;20 EUR;\n"
        "Рига Life;t.me/rigalife;Марина;@marina_ex;m@example.org;через биржу;;\n"
        "Форум;vk.com/smm;;;;сами;;\n"
        ";;Том;;tom@example.org;;;да\n"
        "неизвестно где;;Анна;;;;;\n",
        encoding="utf-8",
    )
    read = read_book_file(path, today=TODAY)
    marina, tom = sorted(read.people, key=lambda one: one.name)
    assert marina.places == ("telegram:rigalife", "telegram:smm_riga")
    assert {(one.kind, one.address) for one in marina.channels} == {
        ("telegram", "@marina_ex"),
        ("email", "m@example.org"),
    }
    assert (tom.name, tom.do_not_contact, tom.places) == ("Том", True, ())
    assert {one.resource: one.way for one in read.places} == {
        "telegram:smm_riga": "write", "telegram:rigalife": "exchange", "vk:smm": "post",
    }  # fmt: skip
    assert [(one.line, describe(one.reason)) for one in read.bad] == [
        (6, "the place is unknown: give its address, or its name in the address book")
    ]


def test_events_that_a_person_keeps(tmp_path):
    """Dates and words as people write them; names instead of ids."""
    marina = Person(id="aa1", name="Марина", places=("telegram:smm_riga",))
    place = Place(resource="telegram:smm_riga", name="SMM Рига")
    path = tmp_path / "события.csv"
    path.write_text(
        "дата,площадка,событие,ответ,кому,сумма,заметка\n"
        "вчера,SMM Рига,прокомментировала,,,,под постом о ценах\n"
        "28.11.2026,t.me/smm_riga,ответила,цена,Марина,20 EUR,\n"
        "28.11.2026,SMM Рига,станцевала,,,,\n",
        encoding="utf-8",
    )
    read = read_book_file(path, today=TODAY, people=[marina], places=[place])
    assert [(one.kind, one.answer, one.at, one.person, one.amount, one.currency) for one in read.events] == [
        ("commented", "", "2026-11-29", "", None, ""),
        ("replied", "price", "2026-11-28", "aa1", 20.0, "EUR"),
    ]
    assert [one.line for one in read.bad] == [4]
