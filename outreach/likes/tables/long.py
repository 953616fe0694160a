"""One like a row: with a customer column, or of one customer whom a title names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected
from outreach.files.grid import marked
from outreach.keys import identify, platform_named, platform_of
from outreach.likes.executors.rules import is_askew
from outreach.likes.plan import Fault
from outreach.likes.tables.answers import in_sentence, is_none, is_prose
from outreach.likes.tables.cells import LISTS, Splitter, is_address, is_tidy_address, mostly, tells_total
from outreach.likes.tables.fits import fits_of
from outreach.likes.tables.foreign import are_contacts, are_people, contacts_refused, is_of_web, sites_refused
from outreach.likes.tables.interface import are_pasted, is_interface_word
from outreach.likes.tables.profile import labels_written_once, typed
from outreach.likes.tables.readings import Reading, names_of_places, resembles, undecided
from outreach.likes.tables.titles import (
    RESOURCE_ROLES,
    TITLE_ROWS,
    cell_at,
    customer_of_titles,
    is_role,
    may_be_handle,
    places_in,
    platform_of_titles,
    tells_followers,
    tells_sizes,
    whose,
)
from outreach.likes.tables.vocabulary import ACCOUNTS, NOTES, NOUNS, SITES
from outreach.messages import message
from outreach.words.cells import Mark, mark_of
from outreach.words.columns import ROLES, VOCABULARY, Mapped, choose_columns, map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.plan import Fit
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.likes.tables.profile import Column, Table
    from outreach.messages import Message

__all__ = ["ASKEW", "AS_HEADER", "COMMAS", "Long", "chosen", "long_readings", "pairs_of"]

AS_HEADER: Final = message("first-line-as-header")
SHORT_NAME: Final = 60
ID: Final = re.compile(r"-?\d{5,20}")
FEWEST_CONTACTS: Final = 3
NAMES_OF_ADDRESSES: Final = VOCABULARY["url"]
PRONOUNS: Final = words_of("headers.likes.pronouns")
ASKEW: Final = Fault.ASKEW.reason
MORE_CELLS: Final = Fault.MORE_CELLS.reason
COMMAS: Final = "a name with a comma is one place (put ; between places if it is several)"


@dataclass(frozen=True, slots=True)
class Long:
    """One like a row.

    Args:
        mapped: Which column says what.
        header_line: The line of the header, 0 without one.
        skip: The last line above the data.
        fill: Whether a customer is written once, above the rows that belong to it.
        fill_platform: Whether that goes for the platform beside him too.
        splitter: How the lists in single cells are parted; None where there are none.
        customer: Whose table it is, where no column says it.
        platform: The platform of all rows, where no column says it.
        totals: Whether a row of sums was seen.
        bad: Lines that are passed over with a reason, whoever reads the rows.
        pasted: Whether words of a network's page stand among the places.
        fits: By what a row is known that has a cell too many or too few.
        width: Number of the columns, where a cell beyond them is one too many; 0 where it may be a note.
        of_places: Whether it is nobody's list, and only tells how large places are.
        commas: Whether a cell that may be a list of names with commas is taken for one name.

    """

    mapped: Mapped
    header_line: int
    skip: int
    fill: bool = False
    fill_platform: bool = False
    splitter: Splitter | None = None
    customer: str | None = None
    platform: str | None = None
    totals: bool = False
    bad: tuple[Rejected, ...] = ()
    pasted: bool = False
    fits: tuple[Fit, ...] = ()
    width: int = 0
    of_places: bool = False
    commas: bool = False

    @property
    def kind(self) -> Message:
        """What the remark calls it."""
        if self.of_places:
            return message("shape-sizes")
        if self.customer is not None:
            return message("shape-one")
        return message("shape-long-lists" if self.lists else "shape-long")

    @property
    def lists(self) -> bool:
        """Whether single cells hold lists."""
        return self.splitter is not None

    @property
    def simple(self) -> bool:
        """Whether there is nothing but plain rows below the header."""
        return self.plain and not self.constants

    @property
    def plain(self) -> bool:
        """Whether all that rows say stands in their columns, or is the same for all of them."""
        return not (self.fill or self.lists or self.totals)

    @property
    def constants(self) -> dict[str, str]:
        """Roles that have one value in all rows, with it."""
        told = {"customer": self.customer, "platform": self.platform}
        return {role: said for role, said in told.items() if said is not None}

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are, the customer first."""
        more = {"customer"} | ({"platform"} if self.platform else set())
        return [role for role in ROLES if role in self.mapped.positions or role in more]

    def describe(self) -> str:
        """Return how it was understood."""
        said = [self.mapped.describe()]
        if self.of_places:
            said.append("sizes of places, not a customer's list")
        elif self.customer is not None:
            said.append("customer = the name of the file, tab or folder")
        if self.platform is not None:
            said.append(f"platform = {self.platform}, by the name of the file, tab or folder")
        if self.fill:
            said.append("a customer is written once, above the rows that belong to it")
        if self.commas:
            said.append(COMMAS)
        return ", ".join(said)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows below the header say."""
        tally.bad.extend(self.bad)
        told = self._values(rows, tally)
        if self.fill:
            told = self._filled(told, tally)
        return self._parted(told, tally) if self.splitter else iter(told)

    def _values(self, rows: Iterable[Row], tally: Tally) -> Iterator[tuple[int, list[str | None]]]:
        """Yield one value for each role; rows of sums are passed over."""
        roles = self.roles
        positions = [self.mapped.positions.get(role, -1) for role in roles]
        owner, size = self.mapped.positions.get("customer", 0), self.mapped.positions.get("subscribers", -1)
        width = max(positions) + 1
        constants = [(roles.index(role), said) for role, said in self.constants.items()]
        for line, cells in rows:
            if line <= self.skip or not any(cells):
                continue
            if (tells_total(cells[0]) or tells_total(cell_at(cells, owner))) and not any(map(is_address, cells)):
                tally.totals += 1
                continue
            if self.width and any(cell.strip() for cell in cells[self.width :]):
                tally.reject(line, MORE_CELLS)
                continue
            if any(
                is_askew(fit.kind, cell_at(cells, fit.at), [cell_at(cells, at) for at in fit.beside], filled=fit.filled)
                for fit in self.fits
            ):
                tally.reject(line, ASKEW)
                continue
            row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
            values: list[str | None] = [row[at] or None for at in positions]
            if size >= 0 and type(row[size]) is not str:
                values[roles.index("subscribers")] = marked(row[size])
            for at, said in constants:
                values[at] = said
            yield line, values

    def _filled(
        self, told: Iterable[tuple[int, list[str | None]]], tally: Tally
    ) -> Iterator[tuple[int, list[str | None]]]:
        """Yield the values with the customers that stand in rows above; a label alone in its row heads a block."""
        roles = self.roles
        answers = [at for at, role in enumerate(roles) if role in {*RESOURCE_ROLES, "platform"}]
        network = roles.index("platform") if self.fill_platform else -1
        customer: str | None = None
        platform: str | None = None
        alone = False
        for line, values in told:
            label = values[0]
            if label and label.strip():
                tally.nothing += alone
                customer, platform = label, None
                alone = not any(values[at] for at in answers)
                if alone:
                    continue
            elif customer is not None:
                values[0] = customer
                tally.filled += 1
                alone = False
            if network >= 0:
                platform = values[network] = values[network] or platform
            yield line, values
        tally.nothing += alone

    def _parted(
        self, told: Iterable[tuple[int, list[str | None]]], tally: Tally
    ) -> Iterator[tuple[int, list[str | None]]]:
        """Yield one record for each item of a list; what other columns say of a resource holds for a single item."""
        roles = self.roles
        at = roles.index(next(role for role in RESOURCE_ROLES if role in roles))
        kept = [role in {"customer", "platform", "followed_at", "direction"} for role in roles]
        for line, values in told:
            text = values[at] or ""
            if self.splitter is None or is_tidy_address(text):
                yield line, values
                continue
            parts = self.splitter.parts(text)
            items = [part for part in parts if not (self.pasted and is_interface_word(part))]
            tally.dropped += len(parts) - len(items)
            if parts and not items:
                continue
            if len(items) < 2:
                empty = bool(items) and (mark_of(items[0]) is Mark.NO or is_none(items[0]))
                values[at] = None if empty or not items else items[0]
                yield line, values
                continue
            rest = [value if keep else None for value, keep in zip(values, kept, strict=True)]
            for item in items:
                yield line, [*rest[:at], item, *rest[at + 1 :]]


def chosen(head: Head) -> Long | None:
    """Return the table whose columns the user named; None where they do not tell what is followed.

    Raises:
        InputError: The columns are not in the table.

    """
    failure: InputError | None = None
    customer = whose(head)
    for table in replace(head, chosen={}).tables if head.chosen else head.tables:
        cells = table.header if table.line else (table.body[0][1] if table.body else ())
        try:
            mapped = choose_columns(cells, head.chosen, head.label)
        except InputError as err:
            failure = failure or err
            continue
        if not mapped.complete and not (mapped.tells_resource and customer):
            continue
        owner = None if "customer" in mapped.positions else customer
        if mapped.headers is not None:
            if table.line and not any(typed(cell).address for cell in cells):
                return long_below(table, mapped, head, owner)
        elif not table.line:
            return long_below(table, mapped, head, owner)
        elif not table.addressed and (table.words > 1 or not table.body or len(mapped.positions) < 2):
            return long_below(table, mapped, head, owner)  # else a title in a row of a sheet, as wide as the others
    if failure is not None:
        raise failure
    return None


def long_readings(table: Table, head: Head) -> Iterator[Reading]:
    """Yield how a table can be one like a row, under one header.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["Клиент", "Канал"]), (2, ["Анна", "t.me/a_b_c"]), (3, ["", "vk.com/club7"])]
        >>> head = Head("likes.csv", [], rows)
        >>> shape = next(long_readings(next(tables_of(head)), head)).shape
        >>> shape.describe()
        'customer = Клиент, resource = Канал, a customer is written once, above the rows that belong to it'
        >>> list(shape.records(rows, Tally()))
        [(2, ['Анна', 't.me/a_b_c']), (3, ['Анна', 'vk.com/club7'])]

    """
    if not table.line:
        yield from _headerless(table, head)
    elif not table.addressed or not any(typed(cell).address for cell in table.header):
        yield from _of_places_alone(table, head)
        yield from _with_customers(table, head)
        yield from _of_one(table, head)
        yield from _unknown(table, head)


def _with_customers(table: Table, head: Head) -> Iterator[Reading]:
    """Read the customers from a column that the header calls so."""
    mapped = _with_ids(table, table.mapped, head)
    if not mapped.complete or _holds_marks(table, mapped):
        return
    owner, place = table.columns[mapped.positions["customer"]], table.columns[places_in(mapped)[0]]
    if _says_only_what(table, mapped, place):
        return
    sure = names_customers(table)
    if are_contacts(table, mapped) or (not sure and _has_sites_of_its_own(table, mapped, head)):
        yield Reading(sites_refused(head.label), ((9.0, "contacts-with-sites"),))
        return
    reasons = [(3.0, "header-names-customers") if sure else (1.5, "header-names-people")]
    reasons += _of_places(table, mapped, place)
    if are_people(table, mapped):
        yield Reading(contacts_refused(head.label), tuple(reasons))
        return
    if not sure:
        customers, places = _evidence(table, mapped, head)
        if places and not customers and whose(head) is None and head.customer_is != "column":
            return  # the accounts themselves, and nobody says whose list it is
        named = "handle" in mapped.positions and owner.word not in VOCABULARY["name"]  # the place has its own account
        if not named and _may_be_either(customers, places, head):
            yield Reading(undecided(head, pairs_of(table)), tuple(reasons))
            return
        reasons += customers
    yield Reading(long_below(table, mapped, head), tuple(reasons))


def _may_be_either(customers: Sequence[object], places: Sequence[object], head: Head) -> bool:
    """Whether nothing tells customers from names of places, and nothing around the table tells a customer.

    The beginning of a long table shows no more of customers with one place each; but nobody calls them channels.
    """
    if customers or places or whose(head) is not None or head.customer_is is not None:
        return False
    from outreach.likes.tables.sentences import LIST_WORDS

    return head.whole or any(not LIST_WORDS.isdisjoint(fold_header(title).split()) for title in head.titles[:1])


def _of_one(table: Table, head: Head) -> Iterator[Reading]:
    """Read the list of one customer, whom a title names."""
    customer = whose(head)
    if customer is None or table.words < 2:
        return
    if names_customers(table):
        return
    accounts = _with_ids(table, _without_customers(table), head)
    if not accounts.tells_resource or _holds_marks(table, accounts) or _are_goods(table, accounts):
        return
    place = table.columns[places_in(accounts)[0]]
    if _says_only_what(table, accounts, place):
        return
    reasons = [(1.5, "title-is-customer")]
    if head.owner_given:
        reasons.append((5.0, "owner-given"))
    elif are_people(table, accounts):
        yield Reading(contacts_refused(head.label), (*reasons, *_of_places(table, accounts, place)))
        return
    reasons += _of_places(table, accounts, place)
    if table.mapped.complete:
        reasons += _evidence(table, table.mapped, head)[1]
    yield Reading(long_below(table, accounts, head, customer), tuple(reasons))


def _without_customers(table: Table) -> Mapped:
    """Return what columns say where none is a customer's: beside a queried account "username" is one that was found."""
    found = map_columns([*table.header, "queried"]).positions
    return Mapped({role: at for role, at in found.items() if role != "customer"}, list(table.header))


def _says_only_what(table: Table, mapped: Mapped, place: Column) -> bool:
    """Whether a column is called "what" and addresses stand in another that nothing tells what it is."""
    others = [one for one in table.columns if one.at not in mapped.positions.values()]
    return place.word in PRONOUNS and not place.addressed and any(one.addressed for one in others)


def _with_ids(table: Table, mapped: Mapped, head: Head) -> Mapped:
    """Return columns with that of a network's numbers, where nothing else but names tells the places."""
    known = head.assumed or platform_of_titles(head.titles) or "platform" in mapped.positions
    if not known or "name" not in mapped.positions or not {"url", "handle", "resource"}.isdisjoint(mapped.positions):
        return mapped
    ids = [
        one.at
        for one in table.columns
        if one.word.split()[-1:] == ["id"] and one.filled and all(map(ID.fullmatch, one.texts))
    ]
    free = [at for at in ids if at not in mapped.positions.values()]
    if len(free) != 1:
        return mapped
    positions = {**mapped.positions, "handle": free[0]}
    kinds = [
        one.at for one in table.columns if one.word in VOCABULARY["direction"] and one.at not in positions.values()
    ]
    return replace(mapped, positions={"direction": kinds[0], **positions} if kinds else positions)


def names_customers(table: Table) -> bool:
    """Return whether a header says customer or respondent, and not a word that may be the places' own."""
    owner = table.mapped.positions.get("customer")
    return owner is not None and (table.mapped.queried or table.columns[owner].word not in ACCOUNTS)


def _of_places_alone(table: Table, head: Head) -> Iterator[Reading]:
    """Read sizes of places, where the name of the tab or file says that they are nobody's list."""
    if head.owner_given or not head.titles:
        return
    title = head.titles[0]
    nobodys = tells_sizes(title)
    counts = tells_followers(title) and customer_of_titles([title]) is None
    if not (nobodys or counts or fold_header(title) in VOCABULARY["subscribers"]):
        return
    places = _without_customers(table)
    sizes = places.positions.get("subscribers")
    if sizes is None or not places.tells_resource or names_customers(table):
        return
    if nobodys or (table.columns[sizes].share("number") == 1 and {"resource", "url"} & set(places.positions)):
        shape = long_below(table, places, head, "")
        yield Reading(replace(shape, of_places=True), ((10.0, "name-says-sizes"),))


def _of_places(table: Table, mapped: Mapped, place: Column) -> list[tuple[float, str]]:
    """Return what speaks for a column of places."""
    reasons = [(2.0, "header-names-places"), (2 * place.share("holds"), "addresses-under-it")]
    used = set(mapped.positions.values())
    others = [one for one in table.columns if one.at not in used and one.addressed and not is_role(one.header)]
    bare = [
        one for one in others if not one.header or one.word.rstrip("0123456789 ") == place.word.rstrip("0123456789 ")
    ]
    return [*reasons, *((-2.0, "addresses-in-other-columns") for _ in bare)]


def _evidence(table: Table, mapped: Mapped, head: Head) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """Return what speaks for names being customers, and for their being the places' own."""
    owner, place = (table.columns[at] for at in (mapped.positions["customer"], places_in(mapped)[0]))
    pairs = pairs_of(table)
    customers: list[tuple[float, str]] = []
    places: list[tuple[float, str]] = []
    labels_of: dict[str, set[str]] = {}
    places_of: dict[str, set[str]] = {}
    for label, cell in pairs:
        labels_of.setdefault(cell, set()).add(label)
        places_of.setdefault(label, set()).add(cell)
    several = [cells for cells in places_of.values() if len(cells) > 1]
    if any(len(labels) > 1 for labels in labels_of.values()):
        customers.append((4.0, "address-beside-two-names"))
    elif several and all(_on_platforms(cells) for cells in several):
        places.append((2.0, "address-a-platform"))
    elif several or (owner.repeats and len(pairs) > len(places_of)):
        customers.append((3.0, "name-beside-several-addresses"))
    if mostly((resembles(label, cell) for label, cell in pairs), 0.8):
        places.append((3.0, "names-spell-addresses"))
    elif "resource" in mapped.positions and place.word in NOUNS:
        customers.append((2.5, "called-a-place"))
    if head.peers & pairs:
        places.append((6.0, "pairs-in-other-lists"))
    if not owner.filled or place.at == owner.at:
        places.append((2.0, "no-names-beside"))
    if {"url", "handle"}.isdisjoint(mapped.positions) and "resource" not in mapped.positions:
        places.append((2.0, "accounts-alone"))
    return customers, places


def pairs_of(table: Table) -> frozenset[tuple[str, str]]:
    """Return the names beside addresses, where a header names people or accounts."""
    mapped = table.mapped
    if not mapped.complete or names_customers(table):
        return frozenset()
    owner, place = (table.columns[at] for at in (mapped.positions["customer"], places_in(mapped)[0]))
    return frozenset(
        (label.text, cell.text)
        for label, cell in zip(owner.cells, place.cells, strict=True)
        if label.text and cell.text
    )


def _on_platforms(addresses: Iterable[str]) -> bool:
    """Whether addresses are each of another platform."""
    keys = [identify(address)[0] for address in addresses]
    platforms = [platform_of(key) for key in keys if key is not None]
    return len(platforms) == len(keys) and len(set(platforms)) == len(platforms) and "other" not in platforms


def _unknown(table: Table, head: Head) -> Iterator[Reading]:
    """Read one column of texts beside one of addresses, whatever the header calls them.

    Where labels and addresses are all different, and a title names a customer, the texts may be names of places.
    """
    if table.words < 2 or not table.body or table.addressed or table.mapped.complete:
        return
    if any(map_columns(cells).complete for _, cells in table.body[:TITLE_ROWS]):
        return  # the header that is known stands further down
    places = [one for one in table.columns if one.addressed]
    people = [one for one in table.columns if not one.addressed and _are_labels(one)]
    if len(places) != 1 or len(people) != 1 or not people[0].header:
        return
    owner, place = people[0], places[0]
    sure = whose(head) is None or (owner.word in VOCABULARY["customer"] and owner.word not in ACCOUNTS)
    if any(map(in_sentence, place.texts)) or not (sure or _repeats(owner, place)):
        return
    cells = [text if at not in {owner.at, place.at} else "" for at, text in enumerate(table.header)]
    more = map_columns(cells).positions
    facts = {role: more[role] for role in ("platform", "subscribers", "followed_at", "topic") if role in more}
    role = "url" if place.word in VOCABULARY["url"] else "resource"
    width = len(table.columns)
    mapped = Mapped(
        {"customer": owner.at, role: place.at, **facts}, [*table.header, *[""] * (width - len(table.header))]
    )
    reasons = [(1.5, "texts-beside-addresses"), (2 * place.share("holds"), "addresses-in-one-column")]
    if _repeats(owner, place):
        reasons.append((4.0, "texts-or-addresses-repeat"))
    yield Reading(long_below(table, mapped, head), tuple(reasons))


def _are_labels(column: Column) -> bool:
    """Whether a column can hold customers: texts, and nothing else that its header is known for."""
    sure = column.word in VOCABULARY["customer"] and column.word not in ACCOUNTS
    known = (is_role(column.header) and not sure) or column.word in NOTES
    if known or not column.filled or column.counts or any(map(is_prose, column.texts)) or column.share("holds") > 0.2:
        return False
    return mostly((any(map(str.isalpha, cell.text)) and cell.mark is None for cell in column.filled), 0.8)


def _repeats(owner: Column, place: Column) -> bool:
    """Whether some customer has several places, or some place several customers; or customers are written once."""
    told = owner.repeats or place.repeats or len(owner.filled) < len(place.filled)
    return told or any(len(LISTS.parts(text)) > 1 for text in place.texts)


def _headerless(table: Table, head: Head) -> Iterator[Reading]:
    """Read rows of a label and an address, under no header."""
    filled = [one for one in table.columns if one.filled]
    places = [one for one in filled if mostly(cell.address for cell in one.filled)]
    if not places or len(filled) < 2 or table.lost:
        return
    before = [one for one in filled if one.at < places[0].at and not one.counts]
    networks = [one for one in before if _mostly_networks(one)]
    labels = [one for one in before if one not in networks]
    if len(places) == len(labels) == 1 and len(networks) < 2:
        owner, place = labels[0], places[0]
        customer = whose(head)
        pairs = frozenset((label.text, cell.text) for label, cell in zip(owner.cells, place.cells, strict=True))
        error: InputError | None = None
        if customer is not None and (head.owner_given or names_of_places(pairs, head)):
            named = {"url": place.at, "name": owner.at} | ({"platform": networks[0].at} if networks else {})
            shape = long_below(table, Mapped(named, None), head, customer)
            yield Reading(shape, ((4.0, "names-of-places-of-one"),))
            return
        if customer is not None and not owner.repeats and not place.repeats:
            error = undecided(head, pairs)
        roles = zip(
            ("customer", "resource", "platform"), (owner.at, place.at, *(one.at for one in networks)), strict=False
        )
        reasons = ((1.0, "label-before-address"), (2 * place.share("address"), "addresses-in-one-column"))
        yield Reading(error or long_below(table, Mapped(dict(roles), None), head), reasons)
        return
    error = InputError(
        "the first line looks like data, not like column names",
        where=head.label,
        hint="give the columns: --columns customer=1,resource=2",
    )
    yield Reading(error, ((1.5, "first-line-is-data"),))


def _mostly_networks(column: Column) -> bool:
    return mostly((platform_named(text) is not None for text in column.texts), 0.8)


def _holds_marks(table: Table, mapped: Mapped) -> bool:
    """Whether what a header calls a resource holds marks: "customer, blog, forum" with crosses below."""
    cells = [cell for at in places_in(mapped) for cell in table.columns[at].filled]
    return any(cell.mark is Mark.YES for cell in cells) and all(cell.mark is not None for cell in cells)


def _has_sites_of_its_own(table: Table, mapped: Mapped, head: Head) -> bool:
    """Whether each name has one site, of no network, no two the same, and nothing says that they are places."""
    place = table.columns[places_in(mapped)[0]]
    if place.word not in SITES or place.word in NAMES_OF_ADDRESSES or len(place.filled) < FEWEST_CONTACTS:
        return False
    if place.repeats or table.columns[mapped.positions["customer"]].repeats or head.customer_is is not None:
        return False
    return all(map(is_of_web, place.texts)) and not names_of_places(pairs_of(table), head)


def _are_goods(table: Table, mapped: Mapped) -> bool:
    """Whether web addresses stand beside texts of which nothing is known: of a shop, of a library, of anything."""
    known = "platform" in mapped.positions or all(is_role(cell) for cell in table.header if cell.strip())
    return not known and mostly(map(is_of_web, table.columns[places_in(mapped)[0]].texts), 0.8)


def long_below(table: Table, mapped: Mapped, head: Head, customer: str | None = None) -> Long:
    """Return the shape of the rows below a header."""
    owner = mapped.positions.get("customer", -1)
    rows = [cells for _, cells in table.body]
    labels = [cell_at(cells, owner) if owner >= 0 else "" for cells in rows]
    named = [cells for cells in rows if any(cell_at(cells, at) for at in places_in(mapped))]
    fill = (
        owner >= 0 and labels_written_once(table.columns[owner]) and any(not cell_at(cells, owner) for cells in named)
    )
    platform = None if "platform" in mapped.positions else platform_of_titles(head.titles)
    guessed = table.line and mapped.headers is None and not map_columns(table.header).positions
    once = all(labels) and len(set(labels)) == len(labels) > 0 and customer is None
    told_platform = platform is not None or "platform" in mapped.positions
    splitter = _splitter(rows, mapped, once=once, told_platform=told_platform)
    return Long(
        mapped,
        table.line,
        table.skip,
        fill=fill,
        fill_platform=fill and _platform_goes_along(mapped, named),
        splitter=splitter,
        customer=customer,
        platform=platform,
        totals=table.sums,
        bad=(Rejected("", table.line, AS_HEADER),) if guessed else (),
        pasted=are_pasted(table.columns[places_in(mapped)[0]].filled),
        fits=fits_of(table, mapped, places_in(mapped)[0]),
        commas=once and splitter is None and any(_may_list(cell_at(cells, places_in(mapped)[0])) for cells in rows),
    )


def _may_list(text: str) -> bool:
    """Whether a name may be several with commas between."""
    return "," in text and not is_address(text) and _short_names(text.split(","))


def _platform_goes_along(mapped: Mapped, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the platform is left out exactly where the customer may be: merged cells side by side."""
    at, owner = mapped.positions.get("platform"), mapped.positions["customer"]
    if at is None:
        return False
    first = [cell_at(cells, at) for cells in rows if cell_at(cells, owner)]
    others = [cell_at(cells, at) for cells in rows if not cell_at(cells, owner)]
    return all(first) and not all(others)


def _splitter(rows: Sequence[Sequence[str]], mapped: Mapped, *, once: bool, told_platform: bool) -> Splitter | None:
    """Return how cells with lists are parted; None where cells hold single resources.

    Names are parted by a sign that stands in several cells. A comma or a bar can be a part of a name: they part names
    only where each customer has one row, and half of the cells hold them, or what they part is known to be places.
    """
    at = places_in(mapped)[0]
    texts = [text for cells in rows if (text := cell_at(cells, at))]
    needed = 1 if once else 2
    often = max(2, len(texts) / 2)
    cut = {sign: [text for text in texts if sign in text] for sign in "\n;|,"}
    hard = [sign for sign in "\n;" if sum(_short_names(text.split(sign)) for text in cut[sign]) >= needed]
    soft = [
        sign
        for sign in "|,"
        if once and (sum(_short_names(text.split(sign)) for text in cut[sign]) >= often or _parts_places(sign, texts))
    ]
    lists = [items for items in map(Splitter("").parts, texts) if len(items) > 1]
    addresses = sum(sum(map(is_address, items)) > 1 for items in lists)
    nothing = told_platform and any(map(is_none, texts))  # "none" is an answer where the platform is known
    return Splitter("".join(hard + soft)) if hard or soft or nothing or addresses >= needed else None


def _parts_places(sign: str, texts: Sequence[str]) -> bool:
    """Whether a sign stands between places: in each cell one that another cell names too, or nothing but handles.

    What only ends cells may be a town behind the names of places.

    Example:
        >>> _parts_places(",", ["Riga Food, Walks", "Walks"]), _parts_places(",", ["Pizza, Riga", "Tea, Riga"])
        (True, False)

    """
    cells = {tuple(part.strip() for part in text.split(sign) if part.strip()) for text in texts}
    counts = Counter(part for parts in cells for part in set(parts))
    begin = {part for parts in cells for part in parts[: max(1, len(parts) - 1)]}
    known = {part for part in begin if counts[part] > 1}
    lists = [parts for parts in cells if len(parts) > 1]
    return bool(lists) and all(not known.isdisjoint(parts) or all(map(may_be_handle, parts)) for parts in lists)


def _short_names(parts: Sequence[str]) -> bool:
    """Whether the parts of a cell can be a list of names."""
    told = [part.strip() for part in parts if part.strip()]
    return len(told) > 1 and all(len(part) <= SHORT_NAME for part in told)
