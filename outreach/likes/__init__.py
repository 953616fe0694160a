"""Step 1: what the customers follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from outreach.errors import InputError, UnknownResourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.contract import Skipped
    from outreach.keys.aliases import Alias
    from outreach.likes.gather import Gathering
    from outreach.likes.plan import ReadOptions, SourceTable
    from outreach.likes.rejected import Rejection
    from outreach.messages import Message
    from outreach.tables import Table

__all__ = [
    "Likes", "find_resource", "following_any", "following_several", "from_tables", "other_keys", "read", "resource_key",
    "same_keys",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likes:
    """What was read: three tables, and what there is to say about the reading.

    Args:
        engine: Where the tables live; they are gone when it closes.
        likes: ``tables.LIKES``, one row for each (customer, resource).
        lists: ``tables.LISTS``, one row for each (customer, platform) of which a list is known.
        resources: ``tables.RESOURCES``, one row for each resource.
        labels: The sources that were read, as the user named them.
        rejections: Why rows could not be used, with counts, the most frequent first.
        skipped: What was passed over, and why.
        remarks: Which column was taken for what, what was decided, what was left out.
        doubts: What was not understood, or contradicts itself.
        gathering: What the steps behind made, for asking further.
        customers: Number of distinct customers of whom any list is known.

    """

    engine: Engine
    likes: Table
    lists: Table
    resources: Table
    labels: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Message, ...]
    doubts: tuple[Message, ...]
    gathering: Gathering
    customers: int

    @property
    def rejected_count(self) -> int:
        """Number of rows that could not be used."""
        return sum(rejection.rows for rejection in self.rejections)

    def rejected(self, limit: int | None = None) -> Table:
        """Return the rejected rows (``tables.REJECTED``) with their lines; ``limit`` of each reason and source."""
        from outreach.likes.rejected import rejected_rows

        return rejected_rows(self.gathering, limit)


def read(
    engine: Engine,
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
) -> Likes:
    """Read likes from files, folders and standard input.

    Args:
        engine: Where the tables are made; fresh.
        paths: Files, folders, or ``-``.
        options: What the user says about the tables.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of aliases by hand.

    Raises:
        InputError: Something cannot be read, or tells nothing about likes.

    """
    from outreach.likes.plan import ReadOptions
    from outreach.likes.planning import tables_in

    options = replace(options or ReadOptions(), assumed=assume_platform)
    tables, skipped = tables_in(engine, paths, options)
    by_hand: Sequence[Alias] = []
    if same_as is not None:
        from outreach.likes.by_hand import hand_aliases

        by_hand = hand_aliases(same_as)
    return from_tables(
        engine,
        tables,
        assume_platform=assume_platform,
        by_hand=by_hand,
        skipped=skipped,
        people=options.people,
    )


def from_tables(
    engine: Engine,
    tables: Sequence[SourceTable],
    *,
    assume_platform: str | None = None,
    by_hand: Sequence[Alias] = (),
    skipped: Sequence[Skipped] = (),
    may_be_empty: bool = False,
    people: Mapping[str, str] | None = None,
) -> Likes:
    """Read likes from recognised tables.

    Args:
        engine: Where the tables are made; fresh.
        tables: What to read.
        assume_platform: The platform of handles that come without one.
        by_hand: Aliases of resources that the user wrote.
        skipped: What was passed over on the way.
        may_be_empty: Whether it is fine that no row can be used.
        people: Another label of a customer to the one that counts.

    Raises:
        InputError: No row of any table can be used, unless that is fine.

    """
    from outreach.likes.gather import gather
    from outreach.likes.rejected import rejections
    from outreach.likes.remarks import choices, doubts, reading

    gathering = gather(engine, tables, assume_platform=assume_platform, by_hand=by_hand, people=people or {})
    likes, lists, resources = gathering.likes()
    why_not = rejections(gathering)
    labels = tuple(table.label for table in tables)
    customers, alike = gathering.follows.customers()
    if not customers and not may_be_empty:
        raise _nothing_usable(labels, why_not)
    return Likes(
        engine=engine,
        likes=likes,
        lists=lists,
        resources=resources,
        labels=labels,
        rejections=why_not,
        skipped=tuple(skipped),
        remarks=(*reading(tables, skipped), *choices(gathering, alike)),
        doubts=tuple(doubts(gathering)),
        gathering=gathering,
        customers=customers,
    )


def _nothing_usable(labels: Sequence[str], why_not: Sequence[Rejection]) -> InputError:
    from outreach.messages import describe  # at the top it would stand for the module of that name

    where = ", ".join(labels[:3])
    if not why_not:
        return InputError(f"{where}: it has a header and no rows", hint="fill it in, or export it again")
    rows = sum(rejection.rows for rejection in why_not)
    top = why_not[0]
    return InputError(
        f"{where}: none of the {rows} rows can be used; most often ({top.rows}): {describe(top.reason)}",
        hint="outreach key ADDRESS shows the place of an address",
    )


def resource_key(likes: Likes, address: str) -> str:
    """Return the key under which an address stands in these likes, aliases followed.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    from outreach.keys import identify

    key, why = identify(address, likes.gathering.identified.addresses.assume_platform)
    if key is None:
        raise UnknownResourceError(f"not the address of a place: {why}", hint="outreach key ADDRESS shows more")
    return likes.gathering.places.same_as.get(key, key)


def same_keys(likes: Likes, keys: Iterable[str]) -> dict[str, str]:
    """Return for each key the one under which its resource stands in these likes, aliases followed."""
    same_as = likes.gathering.places.same_as
    return {key: same_as.get(key, key) for key in keys}


def following_several(likes: Likes, keys: Iterable[str]) -> int:
    """Return how many customers like more than one of some resources; a number, never who.

    Args:
        likes: What the customers follow.
        keys: Of the resources; one that nobody likes counts for nobody, two of one resource are one.

    """
    wanted = sorted(set(same_keys(likes, keys).values()))
    rows = likes.engine.rows(
        f"select count(*) from (select l.customer from {likes.likes.relation} l "
        f"join {likes.resources.relation} r using (resource_id) where r.resource in (select unnest(?::varchar[])) "
        "group by l.customer having count(distinct l.resource_id) > 1)",
        [wanted],
    )
    return int(rows[0][0])


def following_any(likes: Likes, keys: Iterable[str]) -> int:
    """Return how many customers like at least one of some resources; a number, never who.

    Args:
        likes: What the customers follow.
        keys: Of the resources; one that nobody likes counts for nobody.

    """
    wanted = sorted(set(same_keys(likes, keys).values()))
    rows = likes.engine.rows(
        f"select count(distinct l.customer) from {likes.likes.relation} l "
        f"join {likes.resources.relation} r using (resource_id) where r.resource in (select unnest(?::varchar[]))",
        [wanted],
    )
    return int(rows[0][0])


def other_keys(likes: Likes, key: str) -> tuple[str, ...]:
    """Return the other keys under which a resource stands in these likes: its aliases, sorted."""
    return tuple(sorted(alias for alias, kept in likes.gathering.places.same_as.items() if kept == key != alias))


def find_resource(likes: Likes, text: str) -> int | None:
    """Return the number of a resource in these likes, None where nobody follows it.

    Args:
        likes: What the customers follow.
        text: Its address or key; its name or handle, as the lists and our tables have it: ``~ SMM Riga``,
            ``SMM Riga · telegram``.

    Raises:
        UnknownResourceError: The text names no resource, or several in these likes.

    """
    from outreach.keys import identify, is_name, platform_of

    wanted = text.removeprefix("~").strip()
    key = resource_key(likes, wanted)
    rows = likes.engine.rows(f"select resource_id from {likes.resources.relation} where resource = ?", [key])
    if not rows:
        bare = identify(wanted)[0] or key
        if platform_of(bare) == "other" and (is_name(bare) or wanted.startswith("@")):
            rows = _called(likes, wanted)
    return int(rows[0][0]) if rows else None


def _called(likes: Likes, text: str) -> list[tuple[int]]:
    """Return the number of the one resource that a name or a handle means, with its platform behind it or not.

    Raises:
        UnknownResourceError: Several resources are called so.

    """
    name, platform = _parted(text)
    found = _of_name(likes, text, None) or (_of_name(likes, name, platform) if platform else [])
    if len(found) > 1:
        raise UnknownResourceError(
            f"{len(found)} places have this name: {', '.join(key for _, key in found[:5])}",
            hint="give one of these keys",
        )
    return [(resource_id,) for resource_id, _ in found]


def _parted(text: str) -> tuple[str, str | None]:
    """Return a name and the platform that our tables put behind it.

    Example:
        >>> _parted("SMM Riga · telegram"), _parted("SMM Riga (telegram)"), _parted("SMM Riga")
        (('SMM Riga', 'telegram'), ('SMM Riga', 'telegram'), ('SMM Riga', None))

    """
    from outreach.keys import platform_named

    for sign, end in ((" · ", ""), (" (", ")")):
        name, between, word = text.removesuffix(end).rpartition(sign)
        if between and text.endswith(end) and (platform := platform_named(word)) is not None:
            return name.strip(), platform
    return text, None


def _of_name(likes: Likes, text: str, platform: str | None) -> list[tuple[int, str]]:
    """Return the resources that are called so: number and key."""
    from outreach.keys import name_key, platform_of

    handle, named = text.strip().removeprefix("@").casefold(), name_key(text, None)
    return [
        (resource_id, key)
        for resource_id, key, name in likes.engine.rows(
            f"select resource_id, resource, name from {likes.resources.relation} order by resource"
        )
        if (platform is None or platform_of(key) == platform)
        and (handle in _handles(key) or (name is not None and name_key(name, None) == named))
    ]


def _handles(key: str) -> set[str]:
    """Return what a resource is called by its key, as tables show it."""
    rest = key.partition(":")[2].casefold()
    return {rest.removeprefix("@"), unquote(rest).removeprefix("name/")}
