"""The texts of a campaign compared: each variant beside the first one, over the places where both had visits."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from outreach.campaign.ledger.linked import OURS
from outreach.messages import decoded
from outreach.tracking.attribution import decode_tag
from outreach.tracking.base import DROPPED_OUT
from outreach.tracking.conversion import ONCE_A_DAY, counts_by_label
from outreach.tracking.grouping import Grouping
from outreach.tracking.strata import Compared, Stratum, compare
from outreach.tracking.verdict import NO_VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.tracking.base import Tags
    from outreach.tracking.lines import Line, Section

__all__ = ["TextsCompared", "compare_texts"]


class Text(NamedTuple):
    """One text: the variants of another campaign are other texts."""

    campaign: str
    variant: str


@dataclass(frozen=True, slots=True)
class TextsCompared:
    """A text beside the first one of its campaign.

    Args:
        text: It.
        other: The first one.
        strata: The places where both had visits, with what they brought; the repeats of a text in a place together.
        elsewhere: Names of the places where only one of them had visits.
        found: What can be said; None where there is no such place.

    """

    text: Text
    other: Text
    strata: tuple[Stratum, ...]
    elsewhere: tuple[str, ...]
    found: Compared | None


class _ByTextAndPlace(Grouping):
    """Puts rows into a line for each text in each place; the label holds the three of them."""

    def of(self, placement: Placement) -> str:
        return json.dumps([placement.campaign, placement.variant, placement.resource])

    def _without_ledger(self, tags: Tags) -> str:
        """Return what our own links say by themselves."""
        ours = OURS.fullmatch(decode_tag(tags.content))
        campaign = decode_tag(tags.campaign)
        place = f"{decode_tag(tags.source)}:{ours['place']}" if ours else ""
        return json.dumps([campaign, ours["variant"], place] if ours else ["", "", ""])


def compare_texts(grouping: Grouping, section: Section) -> Section:
    """Return a section by variant with its texts compared, and with what that says in place of verdicts.

    A verdict on a text beside all other visits would be one on the places where it ran. Only places where both texts
    had visits say which is better. The repeats of a text in a place count together: they number the posts of that
    text, so that the first ones of two texts need not be of the same week.

    Args:
        grouping: By variant.
        section: Its lines.

    """
    lines = tuple(
        line._replace(verdict=line.verdict if line.verdict == NO_VISITS else "", more=None) for line in section.lines
    )
    if not can_be_compared(section):
        return replace(section, lines=lines, told_apart=None, texts=())
    by_place = _ByTextAndPlace(grouping.attribution)
    cells: dict[Text, dict[str, tuple[int, int]]] = {}
    for label, (k, n) in counts_by_label(section.pair, by_place).items():
        campaign, variant, place = json.loads(label)
        if variant and n and k is not None and k <= n:
            cells.setdefault(Text(campaign, variant), {})[place] = (k, n)
    names = Grouping(grouping.attribution)
    found = tuple(_compared(cells, names))
    return replace(section, lines=tuple(_judged(lines, found, grouping)), told_apart=None, texts=found)


def can_be_compared(section: Section) -> bool:
    """Return whether conversions are parts of the visits."""
    pair = section.pair
    flags = (flag.code for one in pair.imports for flag in map(decoded, one.flags.splitlines()))
    return bool(
        pair.kind
        and pair.denominators is not None
        and pair.numerators is not None
        and not section.per_unit
        and pair.kind not in DROPPED_OUT
        and ONCE_A_DAY not in flags
    )


def _compared(cells: Mapping[Text, Mapping[str, tuple[int, int]]], names: Grouping) -> Iterator[TextsCompared]:
    """Yield each text beside the first one of its campaign."""
    first: dict[str, Text] = {}
    for text in sorted(cells):
        other = first.setdefault(text.campaign, text)
        if other == text:
            continue
        common = sorted(cells[text].keys() & cells[other].keys())
        strata = tuple(Stratum(*cells[text][place], *cells[other][place]) for place in common)
        elsewhere = sorted(names.name(place) or place for place in cells[text].keys() ^ cells[other].keys())
        yield TextsCompared(text, other, strata, tuple(elsewhere), compare(strata) if strata else None)


def _judged(lines: Sequence[Line], found: Sequence[TextsCompared], grouping: Grouping) -> Iterator[Line]:
    """Yield lines with the comparison of their text, where it is of one campaign."""
    for line in lines:
        texts = {Text(one.campaign, one.variant) for one in grouping.behind(line.label)}
        of_line = [one for one in found if one.text in texts or (not texts and one.text.variant == line.label)]
        if len(of_line) == 1 and (said := of_line[0].found):
            yield line._replace(verdict=said.word, more=said.more, compared=of_line[0])
        else:
            yield line
