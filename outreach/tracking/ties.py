"""Wrong tags that a person ties to a place: which placement was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.ties import ANSWER, TAG, Tie
from outreach.errors import InputError, OptionError
from outreach.files.contract import Rejected
from outreach.messages import message
from outreach.tracking.attribution import BETWEEN, decode_tag, names_of
from outreach.tracking.base import is_personal
from outreach.tracking.exports.persons import name_of_number
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.tracking.attribution import Attribution
    from outreach.tracking.base import Tying

__all__ = ["answer_ties", "named_place", "tag_ties", "ties_in_file"]

MOST_SHOWN: Final = 5
NUMBER: Final = re.compile(r"(?:\+|00)[0-9][0-9() .-]{6,20}[0-9]")
EXAMPLES: Final = {"--tag": "wrong-tag=telegram:smm_riga", "--answer": '"Riga Life=telegram:rigalife"'}


def named_place(placements: Sequence[Placement], answer: str) -> str:
    """Return the key of the place that is called like an answer, empty where none or several are."""
    from outreach.tracking.attribution import Attribution

    attribution = Attribution(placements)
    found = attribution.meant(answer) or attribution.meant("".join(answer.split()))
    places = {one.resource for one in found}
    return places.pop() if len(places) == 1 else ""


def tag_ties(attribution: Attribution, given: Iterable[str]) -> tuple[Tie, ...]:
    """Return the ties that were typed as ``TAG=PLACE``.

    Raises:
        OptionError: One is no such pair.
        InputError: No placement, or several places, are called so.

    """
    return tuple(_tie("--tag", TAG, _parted("--tag", one, attribution), attribution) for one in given)


def answer_ties(attribution: Attribution, given: Iterable[str]) -> tuple[Tie, ...]:
    """Return the ties that were typed as ``ANSWER=PLACE``: an answer names a place, and none of its placements.

    Raises:
        OptionError: One is no such pair.
        InputError: No placement, or several places, are called so.

    """
    pairs = [_parted("--answer", one, attribution) for one in given]
    ties = [_tie("--answer", ANSWER, pair, attribution) for pair in pairs]
    return tuple(
        Tie(kind=ANSWER, text=fold_header(text), resource=one.resource)
        for one, (text, _) in zip(ties, pairs, strict=True)
    )


def _parted(option: str, text: str, attribution: Attribution) -> tuple[str, str]:
    """Return the two sides of a pair; both may hold its sign too, so that the first split that names a place counts."""
    pieces = text.split("=")
    splits = [("=".join(pieces[:at]), "=".join(pieces[at:])) for at in range(1, len(pieces))]
    splits = [(left.strip(), right.strip()) for left, right in splits if left.strip() and right.strip()]
    if not splits:
        raise OptionError(f"{option} {text}: not a pair", hint=f"write it like {option} {EXAMPLES[option]}")
    return next((one for one in splits if attribution.meant(one[1])), splits[0])


def _tie(option: str, kind: str, pair: tuple[str, str], attribution: Attribution) -> Tie:
    text, place = pair
    if kind == TAG and NUMBER.fullmatch(text):  # one's own, which was called
        text = name_of_number(text)
    if is_personal(text):
        raise OptionError(
            f"{option}: an e-mail address or a phone number is not kept", hint="tie another tag or answer"
        )
    found = attribution.meant(place)
    if not found:
        raise InputError(f"{option}: no place in the ledger has the name {place}", hint="outreach placements list")
    if len(places := sorted({one.resource for one in found})) > 1:
        shown = ", ".join(places[:MOST_SHOWN]) + (" …" if len(places) > MOST_SHOWN else "")
        raise InputError(f"{option}: {len(places)} places have the name {place}: {shown}", hint="give the key of one")
    return _tie_to(kind, _as_compared(text), found)


def _as_compared(text: str) -> str:
    """Return a name as it was typed, as rows are compared with it."""
    return BETWEEN.join(filter(None, (decode_tag(part) for part in text.split(BETWEEN))))


def _tie_to(kind: str, text: str, found: Sequence[Placement]) -> Tie:
    """Return the tie of a text to placements of one place: as exact as they are alike."""
    campaigns, variants, rounds = ({getattr(one, name) for one in found} for name in ("campaign", "variant", "round"))
    return Tie(
        kind=kind,
        text=text,
        resource=found[0].resource,
        campaign=campaigns.pop() if len(campaigns) == 1 else "",
        variant=variants.pop() if len(variants) == 1 else "",
        round=rounds.pop() if len(rounds) == 1 else 0,
    )


def ties_in_file(attribution: Attribution, rows: Iterable[Tying]) -> tuple[tuple[Tie, ...], tuple[Rejected, ...]]:
    """Return the ties of a file of unmatched links, and its rows whose place is not known or not clear."""
    ties: list[Tie] = []
    bad: list[Rejected] = []
    for one in rows:
        found = attribution.meant(one.place)
        if not found:
            bad.append(Rejected(one.source, one.line, message("tie-no-place")))
        elif len({each.resource for each in found}) > 1:
            bad.append(Rejected(one.source, one.line, message("tie-several-places")))
        elif (names := names_of(one.tags)) and not is_personal(names[0]):
            ties.append(_tie_to(TAG, names[0], found))
        else:
            bad.append(Rejected(one.source, one.line, message("tie-no-tag")))
    return tuple(ties), tuple(bad)
