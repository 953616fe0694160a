"""Groups of customers: the file that names them, and the likes of some groups alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from outreach.engine import as_array
from outreach.errors import InputError, OptionError, UnknownFormatError
from outreach.files.contract import Skipped
from outreach.files.find import find_sources
from outreach.files.grid import HEADER_WITHIN
from outreach.leftovers import private_folder
from outreach.likes.plan import NONE
from outreach.tables import GROUPS, verbatim
from outreach.words.columns import Form, map_headers
from outreach.words.fold import fold, fold_header
from outreach.words.vocabulary import keys_of, meanings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.likes import Likes

__all__ = [
    "OTHERS", "Groups", "Matched", "groups_given", "in_group", "match_groups", "named_group", "of_groups",
    "read_groups", "two_groups", "with_steps",
]  # fmt: skip

PROMOTERS: Final = "promoters"
DETRACTORS: Final = "detractors"
MANY: Final = 20_000
"""From so many customers on arrays are faster than lists, though numpy has to be loaded."""
OTHERS: Final = "others"
"""What everybody else is called, beside one group."""

FORM: Final = Form(
    "headers.groups", ("customer", "group", "step"), more=(("customer", "headers.likes.customer"),)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each customer is in.

    Args:
        label: What messages call the file.
        group: Label of a customer to the name of the group.
        step: Label of a customer to the step; only where it is known.
        unused: Rows that name no customer or no group.

    """

    label: str
    group: Mapping[str, str]
    step: Mapping[str, str]
    unused: int

    @property
    def names(self) -> tuple[str, ...]:
        """The groups: promoters, passives, detractors first, all others in the order of their names."""
        order = {name: place for place, name in enumerate(keys_of("survey_groups"))}
        return tuple(sorted({*self.group.values()}, key=lambda name: (order.get(name, len(order)), name)))


@dataclass(frozen=True, slots=True)
class Matched:
    """Groups of the customers of these likes.

    Args:
        groups: As they were read.
        group: Label in these likes to the group.
        step: Label in these likes to the step.
        without_list: Customers of the file who have no list here, as the file calls them, sorted.
        without_group: Customers of these likes who are in no group, sorted.

    """

    groups: Groups
    group: Mapping[str, str]
    step: Mapping[str, str]
    without_list: tuple[str, ...]
    without_group: tuple[str, ...]

    def sizes(self) -> Mapping[str, int]:
        """Return how many customers with a list each group has, in the order of the groups."""
        counts = Counter(self.group.values())
        return {name: counts[name] for name in self.groups.names}


def read_groups(path: str | Path) -> Groups:
    """Read which group each customer is in: a table with the columns customer and group, and perhaps step.

    Args:
        path: CSV, TSV, Excel or OpenDocument; headers in any of five languages.

    Raises:
        InputError: It cannot be read, has no such columns, or puts a customer into two groups.

    """
    label = str(path)
    with private_folder() as folder:
        for source in find_sources([str(path)], folder):
            if isinstance(source, Skipped):
                continue
            label = source.label
            tables = (grid.rows for grid in source.grids) if source.workbook else [source.rows_of_text()]
            for rows in tables:
                if found := _in_rows(label, rows, text=source.workbook is None):
                    return found
    raise UnknownFormatError(
        "no header line names a customer and a group",
        where=label,
        hint="its first line must be customer,group; outreach survey answers.csv -o groups.csv makes it",
    )


def groups_given(rows: Iterable[tuple[str, str]]) -> Groups:
    """Return groups from pairs of a customer and a group, as a program gives them.

    Raises:
        InputError: A customer is in two groups, or there is none.

    """
    return _groups(
        "groups", {"customer": 0, "group": 1}, ((line, pair) for line, pair in enumerate(rows, 1)), ours=False
    )


def _in_rows(label: str, rows: Iterable[Row], *, text: bool) -> Groups | None:
    """Return the groups of a table; None where none of its first rows is their header."""
    waiting = iter(rows)
    for _, header in islice(waiting, HEADER_WITHIN + 1):
        at = map_headers(header, FORM).positions
        if {"customer", "group"} <= at.keys():
            ours = text and [cell.strip() for cell in header[:2]] == list(GROUPS.names)
            return _groups(label, at, waiting, ours=ours)
    return None


def _groups(label: str, at: Mapping[str, int], rows: Iterable[Row], *, ours: bool) -> Groups:
    columns = [at.get(role, -1) for role in ("customer", "group", "step")]
    clean = _verbatim if ours else _tidy
    names, steps = _Meanings("survey_groups", clean), _Meanings("survey_steps", clean)
    group: dict[str, str] = {}
    step: dict[str, str] = {}
    unused = 0
    for line, cells in rows:
        who, which, stage = (cells[place] if 0 <= place < len(cells) else "" for place in columns)
        customer, of = clean(who), names[which]
        if not customer or not of:
            unused += 1
            continue
        if group.setdefault(customer, of) != of:
            raise InputError(
                "this customer is in another group too", where=label, line=line, hint="leave one row for each customer"
            )
        if stage and steps[stage]:
            step[customer] = steps[stage]
    if not group:
        raise InputError(
            "it names no customer with a group", where=label, hint="fill in the columns customer and group"
        )
    return Groups(label, group, step, unused)


def _tidy(text: str) -> str:
    """Return a label as the reader of likes has it."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def _verbatim(text: str) -> str:
    return _tidy(verbatim(text))


class _Meanings(dict[str, str]):
    """What cells mean, each looked up once; as it is written where it is no word of ours."""

    def __init__(self, table: str, clean: Callable[[str], str]) -> None:
        super().__init__()
        self._meanings: Final = meanings_of(table)
        self._clean: Final = clean

    def __missing__(self, cell: str) -> str:
        text = self._clean(cell)
        self[cell] = meaning = self._meanings.get(fold_header(text), text)
        return meaning


def named_group(groups: Groups, name: str, option: str) -> str:
    """Return the group that the user named, however it was spelled.

    Args:
        groups: Those of the file.
        name: As it was typed.
        option: Who asks, for messages.

    Raises:
        OptionError: There is none.

    """
    wanted = meanings_of("survey_groups").get(fold_header(name), name)
    for known in groups.names:
        if wanted == known or fold(wanted) == fold(known):
            return known
    raise OptionError(f"{option} {name}: no such group", hint=f"groups of {groups.label}: {', '.join(groups.names)}")


def two_groups(groups: Groups, group: str | None, against: str | None) -> tuple[str, str | None]:
    """Return the two groups to compare; None for the second one is everybody else in the file.

    Args:
        groups: Those of the file.
        group: The first one, as the user named it; None is promoters, or the first of two.
        against: The second one; None is detractors, the other one of two, or everybody else.

    Raises:
        OptionError: A group is not there, or it is not clear which are meant.

    """
    names = groups.names
    first = None if group is None else named_group(groups, group, "--group")
    second = None if against is None else named_group(groups, against, "--against")
    if first is None and second is None and {PROMOTERS, DETRACTORS} <= set(names):
        return PROMOTERS, DETRACTORS
    rest = [name for name in names if name not in (first, second)]
    if first is not None and second is None and rest:
        return first, rest[0] if len(rest) == 1 else None
    if first is None and second is not None and len(rest) == 1:
        return rest[0], second
    if first is None and second is None and len(names) == 2:
        return names[0], names[1]
    if first is None or second is None or first == second:
        raise OptionError(
            f"{groups.label}: it is not clear which two groups to compare: {', '.join(names)}",
            hint="name two: --group A --against B",
        )
    return first, second


def match_groups(likes: Likes, groups: Groups) -> Matched:
    """Find the customers of groups among those of these likes, by their labels.

    Labels are compared as the lists have them, with the aliases of ``--customers``; a label that differs from one of
    the lists in case alone is the same customer, if it is the only one.
    """
    people: Mapping[str, str] = likes.gathering.people or NONE
    labels = {label for (label,) in likes.engine.rows(f"select distinct customer from {likes.lists.relation}")}
    found = {customer: label for customer in groups.group if (label := people.get(customer, customer)) in labels}
    left = {fold(label): label for label in labels.difference(found.values())} if len(found) < len(groups.group) else {}
    alike = Counter(map(fold, labels)) if left else {}
    for customer in groups.group.keys() - found.keys():
        folded = fold(people.get(customer, customer))
        if folded in left and alike[folded] == 1:
            found[customer] = left[folded]
    group: dict[str, str] = {}
    for customer, label in found.items():
        if group.setdefault(label, groups.group[customer]) != groups.group[customer]:
            raise InputError(
                "two labels of one customer are in different groups",
                where=groups.label,
                hint="leave one of them, or check --customers",
            )
    step = {label: groups.step[customer] for customer, label in found.items() if customer in groups.step}
    without_list = tuple(sorted(groups.group.keys() - found.keys()))
    return Matched(groups, group, step, without_list, tuple(sorted(labels - group.keys())))


def in_group(likes: Likes, matched: Matched, name: str) -> Likes:
    """Return the likes of one group alone; the engine's tables change.

    Raises:
        InputError: Nobody of the group has a list.

    """
    return _only(likes, {label: True for label, group in matched.group.items() if group == name}, name)


def of_groups(likes: Likes, matched: Matched, first: str, second: str | None) -> Likes:
    """Return the likes of two groups alone, with the table ``in_group`` (customer, first) in the engine.

    Args:
        likes: Of everybody; the engine's tables change.
        matched: Groups of these customers.
        first: Name of a group.
        second: Name of the other; None is everybody else in the file.

    Raises:
        InputError: Nobody of them has a list.

    """
    members = {
        label: group == first for label, group in matched.group.items() if group == first or second in (None, group)
    }
    return _only(likes, members, first if second is None else f"{first} or {second}")


def with_steps(likes: Likes, matched: Matched) -> int:
    """Put the table ``in_step`` (customer, step) into the engine; return how many customers have a step.

    Raises:
        InputError: Nobody has.

    """
    if not matched.step:
        raise InputError(
            "no customer with a list has a step",
            where=matched.groups.label,
            hint="add a column step: visitor, subscriber, buyer, repeat buyer, advocate",
        )
    likes.engine.run("create or replace table in_step (customer varchar, step varchar)")
    likes.engine.append("in_step", [list(matched.step), list(matched.step.values())])
    return len(matched.step)


def _only(likes: Likes, members: Mapping[str, bool], name: str) -> Likes:
    """Keep the likes and lists of some customers."""
    if not members:
        raise InputError(
            f"no customer of the group {name} has a list here",
            hint="the labels in the file of groups must be those of the lists; --customers FILE joins several labels",
        )
    engine = likes.engine
    engine.run("create or replace table in_group (customer varchar, first boolean)")
    if len(members) < MANY:
        engine.append("in_group", [list(members), list(members.values())])
    else:
        import numpy as np

        arrays = {"customer": as_array(list(members), "varchar"), "first": np.array(list(members.values()))}
        engine.append_arrays("insert into in_group select customer, first from arrays", arrays)
    for table in (likes.likes, likes.lists):
        kept = f"kept_{table.relation}"
        engine.run(
            f"create or replace table {kept} as select t.* from {table.relation} t semi join in_group using (customer)"
        )
        is_view = engine.rows(
            "select count(*) from duckdb_views() where view_name = $1 and not internal", [table.relation]
        )[0][0]
        engine.run(f"drop {'view' if is_view else 'table'} {table.relation}")
        engine.run(f"alter table {kept} rename to {table.relation}")
    customers = int(engine.rows(f"select count(distinct customer) from {likes.lists.relation}")[0][0])
    return replace(likes, customers=customers)
