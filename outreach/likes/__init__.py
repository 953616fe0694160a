"""Step 1: what the customers follow."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING

from outreach import _likes as _public_likes
from outreach.errors import InputError, UnknownResourceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.sources import Skipped
    from outreach.keys.aliases import Alias
    from outreach.likes.gather import Gathering
    from outreach.likes.plain.base import How, Scan
    from outreach.likes.rejected import Rejection
    from outreach.tables import Table

__all__ = ["Likes", "find_resource", "from_scans", "read", "resource_key"]


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
        remarks: Sentences for the user: which column was taken for what, what was passed over.
        doubts: Sentences for the user: what was not understood, or contradicts itself.
        gathering: The steps behind, for asking further.
        customers: Number of distinct customers of whom any list is known.

    """

    engine: Engine
    likes: Table
    lists: Table
    resources: Table
    labels: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]
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
    how: How | None = None,
    *,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    measured: bool = False,
) -> Likes:
    """Read likes from files, folders and standard input.

    Args:
        engine: Where the tables are made; fresh.
        paths: Files, folders, or ``-``.
        how: What the user says about the tables.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of aliases by hand.
        measured: Count customers and likes table by table too.

    Raises:
        InputError: Something cannot be read, or tells nothing about likes.

    """
    from outreach.likes.by_hand import hand_aliases
    from outreach.likes.finding import tables_in
    from outreach.likes.plain.base import How

    found, skipped = tables_in(engine, paths, replace(how or How(), assumed=assume_platform))
    by_hand = hand_aliases(same_as) if same_as is not None else []
    return from_scans(
        engine, found, assume_platform=assume_platform, by_hand=by_hand, skipped=skipped, measured=measured
    )


def from_scans(
    engine: Engine,
    scans: Sequence[Scan],
    *,
    assume_platform: str | None = None,
    by_hand: Sequence[Alias] = (),
    skipped: Sequence[Skipped] = (),
    may_be_empty: bool = False,
    measured: bool = False,
) -> Likes:
    """Read likes from recognised tables.

    Raises:
        InputError: No row of any table can be used, unless that is fine.

    """
    from outreach.likes.gather import Gathering
    from outreach.likes.rejected import rejections
    from outreach.likes.remarks import choices, doubts, reading

    gathering = Gathering(engine, scans, assume_platform=assume_platform, by_hand=by_hand, measured=measured)
    gathering.run()
    likes, lists, resources = gathering.tables()
    why_not = rejections(gathering)
    labels = tuple(table.label for table in scans)
    customers, alike = gathering.customers()
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
        remarks=(*reading(scans, skipped), *choices(gathering, alike)),
        doubts=tuple(doubts(gathering)),
        gathering=gathering,
        customers=customers,
    )


def _nothing_usable(labels: Sequence[str], why_not: Sequence[Rejection]) -> InputError:
    where = ", ".join(labels[:3])
    if not why_not:
        return InputError(
            f"{where}: there is a header line, and no rows below it", hint="fill it in, or export it again"
        )
    rows = sum(rejection.rows for rejection in why_not)
    top = why_not[0]
    return InputError(
        f"{where}: none of the {rows} rows can be used; most often ({top.rows}): {top.reason}",
        hint="outreach key ADDRESS tells what an address leads to",
    )


def resource_key(likes: Likes, address: str) -> str:
    """Return the key under which an address stands in these likes, aliases followed.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    from outreach.keys import identify

    key, why = identify(address, likes.gathering.addresses.assume_platform)
    if key is None:
        raise UnknownResourceError(f"this address names no resource: {why}", hint="outreach key ADDRESS tells more")
    merged = likes.engine.rows("select same_as from merged where key = ?", [key])
    return str(merged[0][0]) if merged else key


def find_resource(likes: Likes, address: str) -> int | None:
    """Return the number of a resource in these likes, None where nobody follows it.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    from outreach.keys import is_name, platform_of

    key = resource_key(likes, address)
    rows = likes.engine.rows(f"select resource_id from {likes.resources.relation} where resource = ?", [key])
    if not rows and is_name(key) and platform_of(key) == "other":
        rows = _called(likes, address)
    return int(rows[0][0]) if rows else None


def _called(likes: Likes, text: str) -> list[tuple[int]]:
    """Return the number of the one resource that a name or a handle without its platform means.

    Raises:
        UnknownResourceError: Several resources are called so.

    """
    from outreach.keys import name_key

    handle, named = text.strip().removeprefix("@").casefold(), name_key(text, None)
    found = [
        (resource_id, key)
        for resource_id, key, name in likes.engine.rows(
            f"select resource_id, resource, name from {likes.resources.relation} order by resource"
        )
        if key.partition(":")[2].removeprefix("@") == handle or (name is not None and name_key(name, None) == named)
    ]
    if len(found) > 1:
        raise UnknownResourceError(
            f"{len(found)} places are called so: {', '.join(key for _, key in found[:5])}",
            hint="give one of these keys",
        )
    return [(resource_id,) for resource_id, _ in found]


class _Room(ModuleType):
    """This room when it is called: ``outreach.likes`` is a public function too, and importing must not hide it."""

    __call__ = staticmethod(_public_likes)


sys.modules[__name__].__class__ = _Room
