"""What the posts so far brought in each place, post by post where their links tell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.tracking.attribution import Attribution
from outreach.tracking.conclusion import nearest
from outreach.tracking.grouping import tags_of_row
from outreach.tracking.lines import Choice
from outreach.tracking.report import kept_in, report_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.tracking.lines import Section
    from outreach.tracking.report import Kept

__all__ = ["OUT", "Measured", "Tried", "measured", "measured_in"]

OUT: Final = ("published", "removed")


@dataclass(frozen=True, slots=True)
class Tried:
    """What one place brought.

    Args:
        posts: That were published, or brought somebody.
        ran: Of these, those with a visit.
        visits: Of all of them; conversions, where no visits are measured.
        conversions: Of all of them; None where none are measured, or nothing else is.
        later: Visits of posts that came after another one there.
        before: Visits of the posts before those.

    """

    posts: int
    ran: int
    visits: int
    conversions: int | None
    later: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a campaign brought so far.

    Args:
        section: What was divided by what; the kind of conversion nearest to money.
        tried: By the key of the place.

    """

    section: Section
    tried: Mapping[str, Tried]

    @property
    def has_rates(self) -> bool:
        """Whether visits and their conversions are both measured."""
        return self.section.pair.denominators is not None and self.section.pair.numerators is not None


def measured(ledger: Ledger) -> Measured | None:
    """Return what a campaign brought so far, None where nothing is measured yet.

    Raises:
        InputError: Several sources count the same; outreach track lets the user choose.

    """
    kept = kept_in(ledger)
    return measured_in(report_of(kept, Choice()).sections, kept)


def measured_in(sections: Sequence[Section], kept: Kept) -> Measured | None:
    """Return what a campaign brought so far by a report of it, None where nothing is measured yet.

    Args:
        sections: Of the report.
        kept: What the report was made of.

    """
    section = nearest(sections)
    if section is None:
        return None
    pair = section.pair
    by_visits = pair.denominators is not None
    posts: dict[str, list[Placement]] = defaultdict(list)
    for one in kept.placements:
        posts[one.resource].append(one)
    counts = _by_post(section, kept)
    tried = {}
    for line in section.lines:
        if not line.ours:
            continue
        brought = (line.denominator if by_visits else line.conversions) or 0
        conversions = line.conversions or 0 if by_visits and pair.numerators is not None else None
        tried[line.label] = _tried(posts.get(line.label, ()), counts, brought, conversions)
    tried = {key: one for key, one in tried.items() if one.posts}
    return Measured(section, tried) if any(one.visits or one.conversions for one in tried.values()) else None


def _by_post(section: Section, kept: Kept) -> Mapping[int | None, int]:
    """Return visits by placement, of rows that tell one from the others."""
    attribution = Attribution(kept.placements, kept.ties)
    rows = section.pair.denominators
    counts: dict[int | None, int] = defaultdict(int)
    for row in rows if rows is not None else section.pair.numerators or ():
        found = attribution.match(tags_of_row(row)).placements
        if len(found) == 1:
            counts[found[0].id] += (row.denominator if rows is not None else row.numerator) or 0
    return counts


def _tried(
    posts: Sequence[Placement], counts: Mapping[int | None, int], brought: int, conversions: int | None
) -> Tried:
    """Return what a place brought, by its posts."""
    out = [one for one in posts if one.status in OUT or counts.get(one.id)]
    out.sort(key=lambda one: (one.published_at or one.created_at or "", one.round, one.variant))
    ran = [counts[one.id] for one in out if counts.get(one.id)]
    with_visits = max(len(ran), int(brought > 0))
    return Tried(
        posts=max(len(out), with_visits),
        ran=with_visits,
        visits=max(brought, conversions or 0),
        conversions=conversions,
        later=sum(ran[1:]),
        before=sum(ran[:-1]),
    )
