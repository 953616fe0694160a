"""What is due, as a table, as a sheet for people, and as a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from outreach.keys import url_of
from outreach.messages import describe, full_sentence, message
from outreach.owners.due import LATE, SOON, TODAY
from outreach.reporting.people_sheet import Link, PeopleRow, PeopleSheet, field_of
from outreach.reporting.words import plain
from outreach.tables import AGENDA, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outreach.engine import Engine
    from outreach.owners.due import Due

__all__ = ["PRODUCT", "agenda_calendar", "agenda_line", "agenda_sheet", "agenda_table"]

WHEN: Final = {LATE: "today-overdue", TODAY: "today-today", SOON: "today-this-week"}
MORNING: Final = time(9)
NOTE_WIDTH: Final = 60
PRODUCT: Final = "-//outreach//today//EN"
"""What our calendars say that they come from."""


def agenda_table(engine: Engine, dues: Sequence[Due], today: date) -> Table:
    """Return what is due as a table in the engine.

    Args:
        engine: Where it lies.
        dues: In their order.
        today: What is overdue is older.

    """
    rows = [
        (
            one.day.isoformat(), one.when(today), one.kind, describe(one.what), one.who, one.resource, one.campaign,
            one.variant, one.round or None, one.note, one.uid,
        )
        for one in dues
    ]  # fmt: skip
    engine.run(f"create or replace table agenda ({AGENDA.definition()})")
    engine.append("agenda", [[row[place] for row in rows] for place in range(len(AGENDA.names))])
    return Table(engine, "agenda", AGENDA, order="due, kind, campaign, resource, who, uid")


def agenda_line(one: Due) -> str:
    """Return one thing that is due in a line for a terminal.

    Example:
        >>> from datetime import date
        >>> from outreach.owners.due import Due
        >>> agenda_line(Due(day=date(2026, 11, 6), kind="answer", what=message("today-answer"), since="", who="Marina"))
        '2026-11-06  Marina: Answer the reply'

    """
    about = f"{plain(one.who)}: " if one.who else f"{one.campaign}: " if one.campaign else ""
    note = f" ({plain(one.note)})" if one.note else ""
    return f"{one.day.isoformat()}  {about}{describe(one.what)}{note}"


def agenda_sheet(dues: Sequence[Due], today: date, language: str = "en") -> PeopleSheet:
    """Return the sheets for people around the table of what is due.

    Args:
        dues: In their order.
        today: What is overdue is older.
        language: Of the reader, one of ``messages.LANGUAGES``.

    """
    fields = [
        field_of("due", language),
        field_of("when", language),
        field_of("todo", language, widest=NOTE_WIDTH),
        field_of("whom", language, "link"),
        field_of("campaign", language),
        field_of("note", language, widest=NOTE_WIDTH),
    ]
    rows, before = [], None
    for one in dues:
        when = one.when(today)
        cells = [
            one.day.isoformat(), describe(message(WHEN[when]), language), describe(one.what, language),
            Link(plain(one.who), url_of(one.resource) if one.resource else None) if one.who else None,
            one.campaign, plain(one.note),
        ]  # fmt: skip
        rows.append(PeopleRow(cells, before not in (None, when)))
        before = when
    counts = {name: sum(one.when(today) == name for one in dues) for name in WHEN}
    above = message("book-today", late=counts[LATE], now=counts[TODAY], soon=counts[SOON])
    return PeopleSheet(
        "today", language, [today.isoformat(), full_sentence(above, language)], fields, rows, AGENDA.name, fixed=1
    )


def agenda_calendar(dues: Sequence[Due], today: date, language: str = "en") -> bytes:
    """Return what is due as a calendar: a whole day each, with a reminder at nine, under a number that stays.

    Args:
        dues: In their order.
        today: When the calendar was made.
        language: Of the reader, one of ``messages.LANGUAGES``.

    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for one in dues:
        about = plain(one.who) or one.campaign
        what = describe(one.what, language)
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", f"{about}: {what}" if about else what)
        if text := "\n".join(filter(None, (plain(one.note), url_of(one.resource) if one.resource else ""))):
            event.add("description", text)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", timedelta(hours=MORNING.hour))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
