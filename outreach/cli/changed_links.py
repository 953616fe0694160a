"""Tells drafts whose link was changed by hand: the same of ``draft``, ``placements set`` and ``track``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.cli.shared import shell_quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from outreach.teasers.changed_links import ChangedLink

__all__ = ["changed_link_lines"]

MOST_SHOWN: Final = 5


def changed_link_lines(
    found: Iterable[ChangedLink], database: Sequence[str] = (), tied: Collection[str] = ()
) -> Iterator[str]:
    """Yield which texts carry another link than their own, and the line that ties it to the place.

    Args:
        found: The texts; of one in the ledger and in a file the first counts.
        database: The option that names the ledger, for lines to paste.
        tied: Tags that are tied to a place already.

    """
    from outreach.reporting import plain
    from outreach.tracking.attribution import names_of
    from outreach.tracking.tags import tags_in

    seen: dict[tuple[object, str], tuple[ChangedLink, str]] = {}
    for one in found:
        names = names_of(tags_in(one.link))
        if not set(names) & set(tied):
            seen.setdefault((one.placement.natural, one.link), (one, names[-1] if names else ""))
    for one, tag in list(seen.values())[:MOST_SHOWN]:
        of = f"{one.placement.resource}, variant {one.placement.variant}"
        yield f"{f'{one.where}: ' if one.where else ''}the link of {of} was changed by hand: {plain(one.link)}"
        place = one.placement.utm_content or one.placement.resource
        line = shell_quoted(["outreach", "track", *database, "--tag", f"{tag}={place}"])
        yield f"  The right link: {plain(one.placement.short_url or one.placement.final_url)}"
        if tag:
            yield f"  If the post has this link, tie it: {line}"
    if len(seen) > MOST_SHOWN:
        yield f"  and {len(seen) - MOST_SHOWN} more changed links"
