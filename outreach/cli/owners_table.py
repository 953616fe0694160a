"""Owners as a picture for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.cli.output import say
from outreach.reporting import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.campaign.events import Event
    from outreach.owners.contacts import Contact

__all__ = ["show_contact", "show_contacts"]

COLUMNS: Final = ("stage", "place", "person", "channel", "way in", "last", "due", "price", "note")
STYLES: Final = {"published": "green", "agreed": "green", "booked": "green", "declined": "red", "removed": "red"}
WIDE: Final = 120
LONGEST: Final = 28
SPARED: Final = ("note", "price", "way in", "channel")  # in this order, on a terminal too narrow
EMPTY: Final = "No owners to show."


def show_contacts(rows: Sequence[Contact]) -> None:
    """Print contacts, a row each."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        say(EMPTY)
        return
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    total = console.width if sys.stdout.isatty() else WIDE
    cells = [_cells(one) for one in rows]
    widths = {
        name: min(LONGEST, max(len(name), *(cell_len(row[place]) for row in cells)))
        for place, name in enumerate(COLUMNS)
        if any(row[place] for row in cells) or name in {"stage", "place"}
    }
    for spared in SPARED:
        if sum(widths.values()) + 2 * len(widths) > total:
            widths.pop(spared, None)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)
    for name, width in widths.items():
        table.add_column(name, max_width=width, no_wrap=True, overflow="ellipsis")
    for row in cells:
        shown = [cell for name, cell in zip(COLUMNS, row, strict=True) if name in widths]
        table.add_row(Text(shown[0], STYLES.get(shown[0], "")), *map(Text, shown[1:]))
    console.width = total
    console.print(table)


def show_contact(one: Contact) -> None:
    """Print a contact with everything that happened."""
    for title, text in _facts(one):
        if text:
            say(f"{title:<10}  {text}")
    say("")
    for event in one.events:
        say(f"  {event.day}  {_line(event)}")
    if not one.events:
        say("  nothing yet")


def _facts(one: Contact) -> Iterator[tuple[str, str]]:
    from outreach.owners.channels import channels_text, link_of

    yield "place", _place(one)
    yield "key", one.place.resource
    yield "way in", " ".join(filter(None, (plain(one.place.way_in), f"({one.place.way})" if one.place.way else "")))
    yield "price", plain(one.price)
    yield "rules", plain(one.place.rules)
    if (person := one.person) is not None:
        yield "person", ", ".join(filter(None, map(plain, (person.name, person.role, person.language))))
        for channel in person.channels:
            yield "", plain(f"{channels_text([channel])}  {link_of(channel)}")
        yield "found", plain(person.found)
        yield "note", plain(person.note)
        yield "", "asked not to be contacted" if person.do_not_contact else ""
    yield "stage", one.stage
    yield "due", one.due


def _line(event: Event) -> str:
    from outreach.reporting.money_words import amount_text

    money = amount_text(event.amount, event.currency) if event.amount is not None else ""
    views = f"{event.count} views" if event.count is not None else ""
    what = " ".join(filter(None, (event.kind.replace("_", " "), event.answer.replace("_", " "))))
    due = f"due {event.due}" if event.due else ""
    parts = (what, event.channel, money, event.format, views, due, event.campaign, event.by, event.url, event.note)
    return plain(", ".join(filter(None, parts)))


def _place(one: Contact) -> str:
    return plain(one.place.name) or plain(unquote(one.place.resource.partition(":")[2]))


def _cells(one: Contact) -> list[str]:
    last = f"{one.last.day} {one.last.kind.replace('_', ' ')}" if one.last else ""
    channel = one.person.channels[0] if one.person and one.person.channels else None
    person = plain(one.person.name) if one.person else ""
    return [
        one.stage,
        _place(one),
        f"{person} (no contact)" if one.do_not_contact else person,
        plain(f"{channel.kind} {channel.address}") if channel else "",
        one.place.way or plain(one.place.way_in),
        last,
        one.due,
        plain(one.price),
        plain(one.note),
    ]
