"""Tagged traffic that belongs to no placement of the ledger: why, and what it may mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.campaign.ledger.ties import ANSWERED
from outreach.messages import message
from outreach.tracking.attribution import decode_tag, names_of
from outreach.tracking.base import LEFT
from outreach.tracking.grouping import ASSISTANTS, tags_of_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.messages import Message
    from outreach.tracking.base import Tags
    from outreach.tracking.grouping import Grouping

__all__ = ["Unmatched", "unmatched"]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One link that is nobody's.

    Args:
        tags: As found.
        source_name: Import that it was found in.
        denominator: In its unit.
        numerator: Of its kind.
        why: Why it belongs to no placement.
        maybe: Placements that it may mean.

    """

    tags: Tags
    source_name: str
    denominator: int | None
    numerator: int | None
    why: Message
    maybe: tuple[Placement, ...] = ()

    @property
    def called(self) -> str:
        """What a person sees of it: the tag that says most."""
        return self.tags.content or self.tags.otherwise or self.tags.campaign or self.tags.source

    @property
    def tie_name(self) -> str:
        """The shortest name by which it can be tied, as it is compared; empty where it has none."""
        return next(reversed(names_of(self.tags)), "")


def unmatched(grouping: Grouping, imports: Iterable[Import], rows: Iterable[Result]) -> list[Unmatched]:
    """Return the tagged links that belong to no line of the report, those that count most first."""
    if not grouping.placements:
        return []
    names = {one.id: one.source_name for one in imports if one.kind not in (ANSWERED, LEFT)}
    sums: dict[tuple[Tags, str], list[int | None]] = defaultdict(lambda: [None, None])
    for row in rows:
        if row.import_id not in names or grouping.place(row) is not None or grouping.label(row) == ASSISTANTS:
            continue
        tags = tags_of_row(row)
        if not tags.rest and (tags.tagged or tags.by_source):
            both = sums[tags, names[row.import_id]]
            for place, count in enumerate((row.denominator, row.numerator)):
                if count is not None:
                    both[place] = (both[place] or 0) + count
    found = [_unmatched(tags, name, both, grouping) for (tags, name), both in sums.items()]
    return sorted(found, key=lambda one: (-(one.denominator or one.numerator or 0), one.tags, one.source_name))


def _unmatched(tags: Tags, name: str, both: Sequence[int | None], grouping: Grouping) -> Unmatched:
    match = grouping.attribution.match(tags)
    if match.placements:
        alone = match.by == "campaign"
        why = message("campaign-alone") if alone else message("several-placements", tag=match.by)
        return Unmatched(tags, name, both[0], both[1], why, match.placements[:2])
    what = "place" if tags.resource and not tags.content else "link"
    if tags.by_source:
        source = decode_tag(tags.source)
        maybe = tuple(one for one in grouping.placements if decode_tag(one.utm_source) == source)
        return Unmatched(tags, name, both[0], both[1], message("source-alone"), maybe[:2])
    if match.near:
        return Unmatched(tags, name, both[0], both[1], message(f"near-{what}"), match.near)
    return Unmatched(tags, name, both[0], both[1], message(f"no-such-{what}"))
