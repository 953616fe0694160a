"""Second step: every distinct address gets its key, or the platform of an empty list, or the reason for neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from outreach.collector import paused
from outreach.likes.bare_texts import names_like_sites
from outreach.likes.executors import ADDRESS, ADDRESSES, COUNTS
from outreach.likes.plain_keys import add_plain_keys
from outreach.messages import decoded, encoded

if TYPE_CHECKING:
    from outreach.likes.addresses import Addresses
    from outreach.likes.counts import Counts
    from outreach.messages import Message

__all__ = ["Identified", "identify_addresses"]


@dataclass(frozen=True, slots=True)
class Identified:
    """The tables ``ADDRESSES`` and ``identified`` (address_id, key, empty_list, reason), and what they answer.

    An address that is a list of addresses has several rows in ``identified`` and one in ``address_lists``.

    Args:
        counts: What was counted.
        addresses: Gave the keys, and noted the aliases on the way.

    """

    counts: Counts
    addresses: Addresses

    def any_without_key(self) -> bool:
        """Return whether any address has no key, for a reason."""
        return bool(self.counts.engine.rows("select exists (from identified where reason is not null)")[0][0])

    def without_key(self) -> list[tuple[int, Message, int]]:
        """Return number of the table, reason and number of rows whose address has no key."""
        rows = self.counts.engine.rows(
            f"select c.source, i.reason, sum(c.rows) from identified i join {ADDRESSES.name} a using (address_id) "
            f"join {COUNTS.name} c on {self.counts.same_address()} where i.reason is not null and c.fault = 0 "
            "group by all order by all"
        )
        return [(int(source), decoded(reason), int(number)) for source, reason, number in rows]


def identify_addresses(counts: Counts, addresses: Addresses) -> Identified:
    """Number the addresses of usable rows, and give them their keys."""
    engine = counts.engine
    roles = ", ".join(ADDRESS)
    engine.run(
        f"create table {ADDRESSES.name} as select {roles}, (row_number() over ())::integer as address_id "
        f"from (select distinct {roles} from {COUNTS.name} where fault = 0)"
    )
    addresses.names = names_like_sites(counts)
    engine.run("create table identified (address_id integer, key varchar, empty_list varchar, reason varchar)")
    left = ADDRESSES.name
    if counts.tell_resource_alone() and addresses.assume_platform is None:
        add_plain_keys(engine, ADDRESSES.name)
        left = f"(from {ADDRESSES.name} anti join identified using (address_id))"
    texts = cache(encoded)  # few reasons, and maybe a million addresses
    for batch in engine.batches(f"select {roles}, address_id from {left}"):
        with paused():
            numbers, keys, others = addresses.answers(batch)
        engine.append("identified (address_id, key)", [numbers, keys])
        answers = zip(*((key, empty, why and texts(why)) for _, (key, empty, why, _) in others), strict=True)
        engine.append("identified", [[number for number, _ in others], *answers])
    engine.run("create table address_lists (address_id integer)")
    engine.append("address_lists", [addresses.lists])
    return Identified(counts, addresses)
