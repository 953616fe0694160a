"""What a marketer should take from texts that were compared, as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.messages import Message, message
from outreach.tracking.nouns import counted_of, hits_of, of_units
from outreach.tracking.texts import can_be_compared
from outreach.tracking.verdict import AHEAD, BEHIND, CANNOT_TELL, SAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.tracking.lines import Section
    from outreach.tracking.strata import Compared
    from outreach.tracking.texts import TextsCompared

__all__ = ["conclude_texts"]

MOST_NAMED: Final = 3
LIKELY: Final = 0.9
SURE_ENOUGH: Final = 0.99
RARE: Final = 0.01  # so few convert that a hundred visits have none


def conclude_texts(section: Section) -> tuple[Message, ...]:
    """Return what can be said of the texts of a report by variant: of each beside the first one of its campaign.

    Args:
        section: By variant, compared.

    Returns:
        Up to four lines a comparison: who is ahead, by how much and how sure that is, what to do or what would decide
        it, which places were left out. Where nothing can be said, that is the line.

    """
    if not section.texts:
        return (_nothing_to_compare(section),)
    campaigns = {one.text.campaign for one in section.texts}
    lines = [(one.text.campaign, line) for one in section.texts for line in _of_pair(one, section)]
    firsts = sorted({one.other for one in section.texts if _others(one, section) > 1})
    lines += [(text.campaign, message("texts-first", other=text.variant)) for text in firsts]
    if len(campaigns) == 1:
        return tuple(line for _, line in lines)
    return tuple(message("texts-of-campaign", campaign=campaign, line=line) for campaign, line in lines)


def _nothing_to_compare(section: Section) -> Message:
    """Return why no text stands beside another one."""
    used = [line.label for line in section.lines if not line.label.startswith("(")]
    if len(used) == 1:
        return message("texts-one-used", text=used[0])
    if can_be_compared(section):
        return message("texts-only-one")
    return message("texts-repeat" if section.per_unit else "texts-no-rates")


def _others(one: TextsCompared, section: Section) -> int:
    return sum(1 for other in section.texts or () if other.other == one.other)


def _of_pair(one: TextsCompared, section: Section) -> Iterator[Message]:
    texts = {"text": one.text.variant, "other": one.other.variant}
    if one.found is None:
        yield message("texts-no-place", **texts)
    elif not any(place.conversions for place in one.strata):
        yield message("texts-open", **texts, **_counts(one, section))
    else:
        yield from _found(one, one.found, section)
    if one.elsewhere and one.found is not None:
        named = one.elsewhere[:MOST_NAMED]
        more = len(one.elsewhere) - len(named)
        others = (message("texts-more-places", count=more),) if more else ()
        yield message("texts-elsewhere", count=len(one.elsewhere), places=(*named, *others))


def _found(one: TextsCompared, found: Compared, section: Section) -> Iterator[Message]:
    """Yield what is said of two texts, the one that stands better named first."""
    above = found.difference >= 0
    better, other = (one.text, one.other) if above else (one.other, one.text)
    texts = {"text": better.variant, "other": other.variant}
    low, high = (found.low, found.high) if above else (-found.high, -found.low)
    chance = found.chance if above else 1 - found.chance
    code = {AHEAD: "texts-ahead", BEHIND: "texts-ahead", SAME: "texts-same"}.get(found.word)
    code = code or ("texts-unproven" if chance >= LIKELY else "texts-open")
    yield message(code, **texts, **_counts(one, section, above=above))
    per = 1000 if sum(place.conversions for place in one.strata) < RARE * sum(p.visits for p in one.strata) else 100
    yield message(
        "texts-difference",
        **texts,
        visits=of_units(section.pair.unit, per),
        difference=per * abs(found.difference),
        low=per * low,
        high=per * high,
        chance=message("texts-surely")
        if chance > SURE_ENOUGH
        else message("texts-chance", percent=round(100 * chance)),
    )
    if found.word in (AHEAD, BEHIND):
        yield message("texts-use", text=better.variant)
    elif found.word == SAME:
        yield message("texts-either")
    elif found.word == CANNOT_TELL and found.more:
        yield message("texts-more", visits=counted_of(section.pair.unit, found.more, "visit"))
    else:
        yield message("texts-not-by-visits")


def _counts(one: TextsCompared, section: Section, *, above: bool = True) -> dict[str, Message | int]:
    """Return what the two texts brought in the places of both, the better one first."""
    pair = section.pair
    own = (sum(place.k for place in one.strata), sum(place.n for place in one.strata))
    others = (sum(place.other_k for place in one.strata), sum(place.other_n for place in one.strata))
    first, second = (
        message("brought-only", hits=hits_of(pair.kind, int(k)), visits=of_units(pair.unit, int(n)))
        for k, n in ((own, others) if above else (others, own))
    )
    return {"own": first, "others": second, "count": len(one.strata)}
