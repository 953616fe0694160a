"""Drafts whose link a person changed: visits by it would be counted for no place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.teasers.draft_checks import page_of, stands_in
from outreach.teasers.draft_text import drafts_in, is_edited
from outreach.teasers.in_text import links
from outreach.teasers.markup import target_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.campaign.ledger import Placement

__all__ = ["DRAFTS", "ChangedLink", "changed_in_files", "changed_in_ledger", "link_instead"]

DRAFTS: Final = "drafts"
"""The folder of drafts in all of our examples."""
LONGEST: Final = 200_000  # bytes; a larger file is no draft


@dataclass(frozen=True, slots=True)
class ChangedLink:
    """A text that carries another link than its own.

    Args:
        placement: Whose text it is.
        link: What stands there instead.
        where: The file; empty for the text in the ledger.

    """

    placement: Placement
    link: str
    where: str = ""


def link_instead(placement: Placement, text: str) -> str:
    """Return the link to the same page that stands in a text instead of the placement's own; empty where none does.

    A text without any link to that page is no matter of this: the link may stand in the profile.

    Example:
        >>> from outreach.campaign.ledger import Placement
        >>> one = Placement(campaign="s", resource="vk:smm", final_url="https://x.example/a?utm_content=smm--a")
        >>> link_instead(one, "Lost? https://x.example/a?utm_content=smm"), link_instead(one, "Lost? " + one.final_url)
        ('https://x.example/a?utm_content=smm', '')

    """
    own = [link for link in (placement.final_url, placement.short_url) if link]
    if not text or any(stands_in(text, link) or stands_in(text, target_for(link)) for link in own):
        return ""
    folded = text.casefold()
    if not any(re.split("[/?#]", link.casefold().partition("://")[2], maxsplit=1)[0] in folded for link in own):
        return ""  # most texts: looking for links takes long
    pages = set(map(page_of, own))
    found = (text[link.start : link.end] for link in links(text))
    return next((link for link in found if page_of(link) in pages), "")


def changed_in_ledger(placements: Iterable[Placement]) -> Iterator[ChangedLink]:
    """Yield the placements in whose kept texts another link stands."""
    for one in placements:
        if not one.text or stands_in(one.text, one.final_url):
            continue
        if link := link_instead(one, f"{one.text}\n{one.comment or ''}".strip()):
            yield ChangedLink(one, link)


def changed_in_files(placements: Iterable[Placement], files: Iterable[Path] | None = None) -> Iterator[ChangedLink]:
    """Yield the drafts in whose files another link stands; what cannot be read there is no draft.

    Args:
        placements: With the links that the texts should carry.
        files: To look into; None is the usual folder.

    """
    paths = list(_usual() if files is None else files)
    by_natural = {one.natural: one for one in placements} if paths else {}
    for path in paths:
        text = _text(path)
        for kept in drafts_in(text) if text and is_edited(text) else ():
            one, body = by_natural.get(kept.natural), f"{kept.text or ''}\n{kept.comment}"
            ours = kept.sealed and stands_in(body, kept.link)  # an older link of ours, which nobody changed by hand
            if one and not ours and (link := link_instead(one, body)):
                yield ChangedLink(one, link, str(path))


def _usual() -> list[Path]:
    try:
        return sorted(path for path in Path(DRAFTS).iterdir() if path.suffix in {".md", ".txt"})
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace") if path.stat().st_size <= LONGEST else ""
    except OSError:
        return ""
