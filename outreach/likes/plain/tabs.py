"""The tabs of a workbook, each a table of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach.errors import InputError
from outreach.files.contract import Rejected, Skipped, refusal, sentence
from outreach.likes.plain.columns import below_header, explained, turned, without_followers
from outreach.likes.plan import Fault, Form, ReadPlan
from outreach.likes.tables import Long, offered, pairs_of_head, peers_of, recognise, shapes_to_ask
from outreach.likes.tables.cells import is_address
from outreach.likes.tables.columns import People
from outreach.likes.tables.contract import Head, first_rows
from outreach.likes.tables.links import recognise_linked
from outreach.likes.tables.template import is_guide
from outreach.likes.tables.titles import (
    blank,
    customer_of_titles,
    is_role,
    may_be_handle,
    platform_of_titles,
)
from outreach.messages import message
from outreach.words.own_sheets import is_own_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.files.source import Source
    from outreach.files.workbook import Tab
    from outreach.likes.plan import ReadOptions
    from outreach.likes.tables.contract import Record, Tally
    from outreach.likes.tables.links import Linked
    from outreach.messages import Message

__all__ = ["plan_tabs"]

NO_VALUE = message("formula-without-value")


def plan_tabs(source: Source, tabs: Sequence[Tab], options: ReadOptions) -> Iterator[ReadPlan | Skipped]:
    """Yield how the tables on the tabs of a workbook are to be read.

    A tab that tells nothing is passed over; where that goes for all of them the first reason is the error.

    Raises:
        InputError: None of the tabs tells who follows what.

    """
    read = False
    refused: InputError | None = None
    for number, (tab, found) in enumerate(zip(tabs, _heads(source, tabs, options), strict=True)):
        label = found.label
        why = _nothing_there(found)
        if why:
            if len(tabs) > 1:
                yield Skipped(label, sentence(why))
            continue
        try:
            if isinstance(found, _Damaged):
                raise found.error
            plan = _plan(source, number, tab, found, options)
        except InputError as err:
            refused = refused or err
            if len(tabs) > 1:
                yield replace(refusal(label, err), hint="")
            continue
        read = True
        alone = label == source.label
        yield plan if alone else replace(plan, book=source.label, named=f"{source.label}, tab {tab.name}")
    if not read:
        raise refused or InputError("the workbook is empty", where=source.label, hint="save it again with your lists")


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A tab whose cells cannot be read."""

    label: str
    error: InputError


def _heads(source: Source, several: Sequence[Tab], options: ReadOptions) -> list[Head | _Damaged]:
    """Return the beginnings of all tabs: what one of them is depends on the others."""
    heads = [
        _head(source, tab, number if len(several) > 1 else 0, options) for number, tab in enumerate(several, start=1)
    ]
    sound = [head for head in heads if isinstance(head, Head)]
    if peers := peers_of(sound):
        heads = [replace(head, peers=head.peers | peers) if isinstance(head, Head) else head for head in heads]
        sound = [head for head in heads if isinstance(head, Head)]
    if any(is_guide(head.rows) for head in sound):
        return [replace(head, ours=True) if isinstance(head, Head) else head for head in heads]
    if _have_customers_above(sound):  # then neither the file nor a folder is a customer
        return [
            replace(head, titles=head.titles[:1]) if isinstance(head, Head) and _is_of_platform(head) else head
            for head in heads
        ]
    return heads


def _head(source: Source, tab: Tab, number: int, options: ReadOptions) -> Head | _Damaged:
    label = f"{source.label}, tab {_public_name(tab.name) or number}" if number else source.label
    try:
        rows, whole = first_rows(tab.rows())
    except InputError as err:
        return _Damaged(label, err)
    titles = (tab.name, *source.titles)
    return replace(Head.asked(label, titles, rows, options, whole=whole), tabbed=True)


def _is_of_platform(head: Head) -> bool:
    return platform_of_titles(head.titles[:1]) is not None and customer_of_titles(head.titles[:1]) is None


def _have_customers_above(heads: Sequence[Head]) -> bool:
    """Whether tabs of platforms have customers above their columns.

    One of them has several, or two that have but one column begin with the same name.
    """
    of_platforms = [replace(head, titles=head.titles[:1]) for head in heads if _is_of_platform(head)]
    shapes = [shape for head in of_platforms if (shape := _people_of(head)) is not None]
    if any(len(shape.columns) > 1 for shape in shapes):
        return True
    firsts = [label for head in of_platforms if (label := _first_of_single(head))]
    return len(set(firsts)) < len(firsts)


def _people_of(head: Head) -> People | None:
    try:
        shape = recognise(head)
    except InputError:
        return None
    return shape if isinstance(shape, People) else None


def _first_of_single(head: Head) -> str:
    """Return the first text of a tab with one column where it may be a name; empty where it is none."""
    rows = [[text for cell in row if (text := cell.strip())] for _, row in head.rows]
    filled = [row for row in rows if row]
    if any(len(row) > 1 for row in filled) or not filled:
        return ""
    text = filled[0][0]
    known = is_address(text) or is_role(text) or may_be_handle(text) or platform_of_titles([text]) is not None
    return "" if known or not text[0].isupper() else text


def _public_name(name: str) -> str:
    """Return a tab's name where it cannot be a customer's label, which messages must not hold."""
    return name if customer_of_titles((name,)) is None else ""


def _nothing_there(head: Head | _Damaged) -> str:
    """Return why a tab need not be read, nothing where it must."""
    if isinstance(head, _Damaged):
        return ""
    if all(blank(row) for _, row in head.rows):
        return "it is empty"
    if is_own_sheet(head.rows):
        return "our summary for people"
    return "our guide" if is_guide(head.rows) else ""


@dataclass(frozen=True, slots=True)
class LinkedShape:
    """A shape of a table some of whose texts give way to the addresses behind them.

    Args:
        linked: The shape that it has then, and the addresses.

    """

    linked: Linked

    @property
    def kind(self) -> Message:
        """What the remark calls it."""
        return self.linked.shape.kind

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return self.linked.shape.roles

    def describe(self) -> str:
        """Return how it was understood."""
        return self.linked.shape.describe()

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows say."""
        return self.linked.shape.records(self.linked.rows(rows), tally)


def _plan(source: Source, number: int, tab: Tab, head: Head, options: ReadOptions) -> ReadPlan:
    """Return how a tab is to be read.

    Raises:
        InputError: It does not tell who follows what.

    """
    label = head.label
    linked = recognise_linked(head, tab.links, options.counted)
    if linked is None:
        error = InputError(
            "it does not show who follows what",
            where=label,
            hint="use a customer column and a resource column, or one column for each customer; outreach collect makes "
            "a sheet",
        )
        raise offered(error, shapes_to_ask(head))
    shape = linked.shape
    bad = tuple(Rejected("", row, NO_VALUE) for row in sorted(tab.formulas))
    pairs = pairs_of_head(head) if isinstance(shape, Long) else frozenset()
    notes = tuple(_notes(tab, linked))
    plan = ReadPlan(label, Form.TAB, source.path, tab=number, pairs=pairs, bad=bad, notes=notes)
    plan = explained(plan, replace(head, rows=list(linked.rows(head.rows))), shape, options)
    if isinstance(shape, Long) and shape.plain and not linked.links:
        faults = () if head.whole else (Fault.A_TOTAL,)
        plan = replace(plan, skip=shape.skip, faults=faults, bad=(*shape.bad, *bad))
        plan = replace(plan, kind=shape.kind, description=shape.describe(), of_places=shape.of_places)
        return below_header(plan, shape.mapped, shape.constants)
    plan = turned(plan, shape)
    if linked.links:
        plan = replace(plan, layout=LinkedShape(linked))
    if isinstance(shape, Long):
        plan = without_followers(replace(plan, headers=frozenset(shape.mapped.headers or ())), shape.mapped)
    return plan


def _notes(tab: Tab, linked: Linked) -> Iterator[Message]:
    if linked.links:
        yield message("addresses-behind-texts", addresses=len(linked.links))
    if tab.hidden:
        yield message("tab-hidden")
    if tab.hidden_rows:
        yield message("rows-hidden", rows=tab.hidden_rows)
