"""Which line of the report a row stands in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.campaign.ledger.linked import OURS
from outreach.keys import platform_of
from outreach.tracking.attribution import Attribution, Match, decode_tag
from outreach.tracking.base import Tags
from outreach.tracking.channels import is_assistant

if TYPE_CHECKING:
    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.imports import Result
    from outreach.campaign.ledger.ties import Tie

__all__ = ["ASSISTANTS", "NOBODYS", "OTHER", "OURS_NOT", "UNTAGGED", "Grouping", "is_nobodys", "tags_of_row"]

OURS_NOT: Final = "(not in the ledger)"
ASSISTANTS: Final = "(AI assistants)"
UNTAGGED: Final = "(untagged)"
OTHER: Final = "(other)"
NOBODYS: Final = (OURS_NOT, ASSISTANTS, UNTAGGED, OTHER)
"""Lines of no place; what was tagged by others is by platform where the lines are."""


class Grouping:
    """Puts rows into lines.

    Args:
        attribution: Of the ledger's placements.
        by: What a line is about: ``resource``, ``campaign``, ``platform``, ``variant``.

    """

    def __init__(self, attribution: Attribution, by: str = "resource") -> None:
        self.attribution: Final = attribution
        self.by: Final = by
        self._campaigns: Final = len({one.campaign for one in attribution.placements})
        self._behind: Final[dict[str, list[Placement]]] = defaultdict(list)
        for one in attribution.placements:
            self._behind[self.of(one)].append(one)
        self._labels: Final[dict[object, str]] = {}
        self._typed: Final[dict[str, str]] = {}

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Those of the ledger."""
        return self.attribution.placements

    def of(self, placement: Placement) -> str:
        """Return the label of a placement's line; the variants of two campaigns are different texts."""
        if self.by == "variant" and self._campaigns > 1:
            return f"{placement.variant} · {placement.campaign}"
        return str(getattr(placement, self.by))

    def behind(self, label: str) -> list[Placement]:
        """Return the placements behind a line."""
        return self._behind.get(label, [])

    def name(self, label: str) -> str:
        """Return what a line's resource is called."""
        if self.by != "resource" or not self.placements:
            return self._typed.get(label, "")
        names = [one.name for one in self.behind(label) if one.name]
        return names[-1] if names else unquote(label.partition(":")[2]).removeprefix("name/")

    def place(self, row: Result) -> str | None:
        """Return the label of a row that belongs to a line of ours, None for all others."""
        label = self.label(row)
        return None if is_nobodys(label) else label

    def label(self, row: Result) -> str:
        """Return the label of the line that a row stands in."""
        link = row.link
        found = self._labels.get(link)
        if found is None:
            found = self._labels[link] = self._label(tags_of_row(row))
        return found

    def _label(self, tags: Tags) -> str:
        if tags.rest:
            return OTHER
        if self.placements and (found := self.one_of(self.attribution.match(tags))):
            return found
        if is_assistant(tags.source):
            return ASSISTANTS
        if not (tags.tagged or tags.by_source):
            return UNTAGGED
        if not self.placements:
            return self._without_ledger(tags)
        platform = decode_tag(tags.source) if self.by == "platform" else ""
        return f"{OURS_NOT[:-1]}: {platform})" if platform else OURS_NOT

    def of_tie(self, tie: Tie) -> str | None:
        """Return the label of the line that a tie leads to; None where its placements are gone or are in several."""
        return self.one_of(Match(tuple(filter(tie.fits, self.placements)), "tie"))

    def one_of(self, match: Match) -> str | None:
        """Return the label that all placements of a match share, None where they differ or there is none.

        A campaign alone tells the campaign, and not which of its places a visit came from.
        """
        if match.by == "campaign" and self.by != "campaign":
            return None
        labels = {self.of(one) for one in match.placements}
        return labels.pop() if len(labels) == 1 else None

    def _without_ledger(self, tags: Tags) -> str:
        """Return the label that the tags alone give."""
        ours = OURS.fullmatch(decode_tag(tags.content))
        unknown = f"(no {self.by})"
        if self.by == "campaign":
            return decode_tag(tags.campaign) or unknown
        if self.by == "variant":
            return ours["variant"] if ours else unknown
        source = decode_tag(tags.source)
        if self.by == "platform":
            return platform_of(tags.resource) if ":" in tags.resource else source or unknown
        if tags.resource and not tags.content:
            self._typed.setdefault(decode_tag(tags.resource), tags.resource)  # a name keeps its letters
        said = (tags.content, tags.resource, tags.promo, tags.start, tags.short_url)
        return next(
            (decode_tag(one) for one in said if one), " / ".join(filter(None, [source, decode_tag(tags.campaign)]))
        )


def is_nobodys(label: str) -> bool:
    """Tell whether a line is of no place."""
    return label.startswith("(") and (label in NOBODYS or label.startswith(OURS_NOT[:-1]))


def tags_of_row(row: Result) -> Tags:
    """Return the tags of a row of the ledger."""
    return Tags(*row[2:10], bool(row.rest))
