"""One like a row, below a header line: the plain table, with what people do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.grid import DateCell, FractionCell
from outreach.files.lines import BadLine
from outreach.keys import identify, is_name, platform_of
from outreach.likes.plain.interface import is_interface_word
from outreach.likes.plain.shapes.cells import Splitter, is_address, is_tidy_address, mostly
from outreach.likes.plain.shapes.counted import counted_columns, is_own_ranking
from outreach.likes.plain.shapes.header import (
    FOUND_ACCOUNT,
    RESOURCE_ROLES,
    TITLE_ROWS,
    Header,
    cell_at,
    customer_of_titles,
    found_accounts,
    header_line_of,
    is_role,
    platform_of_titles,
)
from outreach.likes.plain.shapes.lists import recognise_rows
from outreach.likes.plain.shapes.questions import tells_phone
from outreach.likes.plain.shapes.words import is_nothing
from outreach.words.cells import Mark, is_total, mark_of
from outreach.words.columns import ROLES, Mapped, fold_header, map_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.plain.shapes.base import Head, Record, Tally

__all__ = ["AS_HEADER", "Long", "recognise_exported", "recognise_long"]

AS_HEADER: Final = "the first line was taken for column names, because it holds no address"
SHORT_NAME: Final = 60
NAMES: Final = frozenset({"name", "full name", "display name", "имя", "фио", "ονομα", "vards", "անուն"})
SITES: Final = frozenset(
    fold_header(word)
    for word in (
        "website", "site", "web site", "web", "сайт", "веб сайт", "ιστοσελίδα", "vietne", "mājaslapa", "կայք",
        "url", "web address", "company", "organization",
    )
)  # fmt: skip
JOBS: Final = frozenset(
    {"position", "job title", "title position", "connected on", "должность", "θεση", "amats", "պաշտոն"}
)


@dataclass(frozen=True, slots=True)
class Long:
    """One like a row.

    Args:
        mapped: Which column says what.
        header_line: The line of the header, 0 without one.
        skip: The last line above the data.
        fill: Whether a customer is written once, above the rows that are his.
        fill_platform: Whether that goes for the platform beside him too.
        splitter: How the lists in single cells are parted; None where there are none.
        customer: Whose table it is, where no column says it.
        platform: The platform of all rows, where no column says it.
        totals: Whether a row of sums was seen.
        bad: Lines that are passed over with a reason, whoever reads the rows.

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
    bad: tuple[BadLine, ...] = ()

    @property
    def kind(self) -> str:
        """What the remark calls it."""
        if self.customer is not None:
            return "one customer's list"
        return "a list in one cell" if self.lists else "one like a row"

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

    def said(self) -> str:
        """Return how it was understood."""
        said = [self.mapped.said()]
        if self.customer is not None:
            said.append("customer = the name of the file, tab or folder")
        if self.platform is not None:
            said.append(f"platform = {self.platform}, by the name of the file, tab or folder")
        if self.fill:
            said.append("a customer is written once, above the rows that are his")
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
            if (is_total(cells[0]) or is_total(cell_at(cells, owner))) and not any(map(is_address, cells)):
                tally.totals += 1
                continue
            row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
            values: list[str | None] = [row[at] or None for at in positions]
            if size >= 0 and type(row[size]) is not str:
                values[roles.index("subscribers")] = _marked(row[size])
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
            items = [part for part in parts if not is_interface_word(part)]
            tally.dropped += len(parts) - len(items)
            if parts and not items:
                continue
            if len(items) < 2:
                empty = bool(items) and (mark_of(items[0]) is Mark.NO or is_nothing(items[0]))
                values[at] = None if empty or not items else items[0]
                yield line, values
                continue
            rest = [value if keep else None for value, keep in zip(values, kept, strict=True)]
            for item in items:
                yield line, [*rest[:at], item, *rest[at + 1 :]]


def _marked(cell: str) -> str:
    """Return a number's cell, with a word before what Excel made of it."""
    if isinstance(cell, DateCell):
        return f"date {cell}"
    return f"number {cell}" if isinstance(cell, FractionCell) else cell


def recognise_long(head: Head) -> Long | None:
    """Recognise a table of one like a row, title rows above its header or not.

    Raises:
        InputError: The columns that the user named are not in the table.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Клиенты"]), (2, ["Клиент", "Канал"]), (3, ["Анна", "t.me/a_b_c"]), (4, ["", "vk.com/club7"])]
        >>> shape = recognise_long(Head("likes.csv", [], rows))
        >>> shape.said()
        'customer = Клиент, resource = Канал, a customer is written once, above the rows that are his'
        >>> list(shape.records(rows, Tally()))
        [(3, ['Анна', 't.me/a_b_c']), (4, ['Анна', 'vk.com/club7'])]

    """
    header = header_line_of(head)
    if header is None or not header.mapped.complete:
        return None
    if not head.chosen and (_names_itself(header) or recognise_rows(head) is not None):
        return None
    if not head.chosen and _are_contacts(header):
        raise InputError(
            "this looks like a list of contacts, and the sites in it like their own",
            where=head.label,
            hint="if they are what the customers follow, say so: --columns customer=HEADER,resource=HEADER",
        )
    return long_below(header, head)


def recognise_exported(head: Head) -> Long | None:
    """Recognise what a parser exported of one customer: resources, and the customer is the name of the file or tab.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["username", "fullName"]), (2, ["smm_riga", "SMM Riga"])]
        >>> shape = recognise_exported(Head("anna.csv", ["anna instagram following"], rows))
        >>> list(shape.roles), list(shape.records(rows, Tally()))
        (['customer', 'handle', 'name', 'platform'], [(2, ['anna', 'smm_riga', 'SMM Riga', 'instagram'])])

    """
    customer = customer_of_titles(head.titles)
    if counted_columns(head) is not None or any(is_own_ranking(cells) for _, cells in head.rows[:TITLE_ROWS]):
        return None
    header = found_accounts(head) if customer is not None else None
    if header is None or sum(bool(cell.strip()) for cell in header.cells) < 2 or _are_goods(header):
        return None
    return long_below(header, head, customer)


def _are_goods(header: Header) -> bool:
    """Whether web addresses stand beside texts of which nothing is known: of a shop, of a library, of anything."""
    at = _resources(header.mapped)[0]
    texts = [text for _, cells in header.body if (text := cell_at(cells, at))]
    known = "platform" in header.mapped.positions or all(is_role(cell) for cell in header.cells if cell.strip())
    return not known and mostly((_is_of_web(text) for text in texts), 0.8)


def _is_of_web(text: str) -> bool:
    key = identify(text)[0]
    return key is not None and not is_name(key) and platform_of(key) == "web"


def long_below(header: Header, head: Head, customer: str | None = None) -> Long:
    """Return the shape of the rows below a header line."""
    mapped = header.mapped
    told = [(line, cells) for line, cells in header.body if not is_total(cells[0])]
    owner = mapped.positions.get("customer", -1)
    labels = [cell_at(cells, owner) if owner >= 0 else "" for _, cells in told]
    named = [cells for _, cells in told if any(cell_at(cells, at) for at in _resources(mapped))]
    fill = owner >= 0 and _written_once(labels) and any(not cell_at(cells, owner) for cells in named)
    platform = None if "platform" in mapped.positions else platform_of_titles(head.titles)
    guessed = header.line and mapped.headers is None and not map_columns(header.cells).positions
    return Long(
        mapped,
        header.line,
        header.skip,
        fill=fill,
        fill_platform=fill and _platform_goes_along(mapped, named),
        splitter=_splitter(
            [cells for _, cells in told],
            mapped,
            once=_once(labels) and customer is None,
            told_platform=platform is not None or "platform" in mapped.positions,
        ),
        customer=customer,
        platform=platform,
        totals=len(told) < len(header.body) or any(is_total(label) for label in labels),
        bad=(BadLine(header.line, AS_HEADER),) if guessed else (),
    )


def _names_itself(header: Header) -> bool:
    """Whether the column of users names the accounts of the addresses: then it is no customer's."""
    owner = header.mapped.positions["customer"]
    addresses = [header.mapped.positions[role] for role in ("url", "handle") if role in header.mapped.positions]
    if header.mapped.queried or fold_header(header.cells[owner]) not in FOUND_ACCOUNT:
        return False
    if not addresses:
        name = header.mapped.positions.get("name", -1)
        users = [cell_at(cells, owner) for _, cells in header.body]
        return "resource" not in header.mapped.positions and fold_header(header.cells[name]) in NAMES and _once(users)
    pairs = [(cell_at(cells, owner).removeprefix("@"), cell_at(cells, addresses[0])) for _, cells in header.body]
    if len(pairs) == 1:
        return pairs[0][1].rstrip("/").rsplit("/", 1)[-1].casefold() == pairs[0][0].casefold()
    return mostly((user.casefold() in address.casefold() for user, address in pairs if user), 0.8)


def _are_contacts(header: Header) -> bool:
    """Whether the only places are sites, and there are telephone numbers too."""
    places = {
        fold_header(header.cells[at]) for at in _resources(header.mapped) if at != header.mapped.positions.get("name")
    }
    known = any(tells_phone(cell) or fold_header(cell) in JOBS for cell in header.cells)
    at = _resources(header.mapped)[0]
    own = any(not is_address(text) or _is_of_web(text) for _, cells in header.body if (text := cell_at(cells, at)))
    return bool(places) and places <= SITES and known and own


def _resources(mapped: Mapped) -> list[int]:
    return [mapped.positions[role] for role in RESOURCE_ROLES if role in mapped.positions]


def _written_once(labels: Sequence[str]) -> bool:
    """Whether no label is repeated; in a table that repeats them a row without one lacks it."""
    told = [label for label in labels if label]
    return bool(told) and len(told) == len(set(told))


def _once(labels: Sequence[str]) -> bool:
    """Whether each row has a customer of its own."""
    return all(labels) and len(set(labels)) == len(labels) > 0


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
    only where each customer has one row and half of the cells hold them.
    """
    at = _resources(mapped)[0]
    texts = [text for cells in rows if (text := cell_at(cells, at))]
    needed = 1 if once else 2
    often = max(2, len(texts) / 2)
    hard = [sign for sign in "\n;" if sum(_short_names(text.split(sign)) for text in texts) >= needed]
    soft = [sign for sign in "|," if once and sum(_short_names(text.split(sign)) for text in texts) >= often]
    addresses = sum(sum(map(is_address, Splitter("").parts(text))) > 1 for text in texts)
    nothing = told_platform and any(map(is_nothing, texts))  # "none" is an answer where the platform is known
    return Splitter("".join(hard + soft)) if hard or soft or nothing or addresses >= needed else None


def _short_names(parts: Sequence[str]) -> bool:
    """Whether the parts of a cell can be a list of names."""
    told = [part.strip() for part in parts if part.strip()]
    return len(told) > 1 and all(len(part) <= SHORT_NAME for part in told)
