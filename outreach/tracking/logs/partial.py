"""Links that repeat a part of the link before them: redirects lose parameters, and sites tag their own pages.

Such a request is none of another visit, and takes no conversion away from the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from outreach.keys import identify
from outreach.tracking.tags import tags_in
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.engine import Engine
    from outreach.tracking.base import Tags

__all__ = ["join_partial", "repeats"]

RIGHT_AFTER_SECONDS: Final = 30 * 60
FIELDS: Final = ("source", "medium", "campaign", "content")

# Only visitors with a link that may be a part of another, and another one.
CANDIDATES: Final = """
select rowid, visitor, moment, tag, coalesce(referrer, ''), coalesce(vhost, '') from log_judged
where tag is not null and visitor in (
    select visitor from log_judged where tag is not null and visitor is not null
    group by visitor having count(distinct tag) > 1 and bool_or(list_contains($partial, tag))
)
order by visitor, moment, list_contains($partial, tag), rowid"""
JOINED: Final = "update log_judged set tag = j.tag from log_joined j where log_judged.rowid = j.row_number"


def join_partial(engine: Engine, tags: Sequence[Tags]) -> None:
    """Give requests by a part of a link, right after a visit by that link, the tags of the visit.

    Right after: the same visitor within half an hour of his last request by it, and no other site led him there.

    Args:
        engine: With the tables of one run.
        tags: What the numbers of tags stand for.

    """
    partial = [number for number, one in enumerate(tags) if _is_partial(one)]
    if not partial or len(tags) < 2:
        return
    found = list(_joined(engine.rows(CANDIDATES, {"partial": partial}), tags))
    if found:
        engine.run("create or replace temp table log_joined (row_number bigint, tag integer)")
        engine.append("log_joined", [[row for row, _ in found], [tag for _, tag in found]])
        engine.run(JOINED)


def repeats(part: Tags, whole: Tags) -> bool:
    """Tell whether a link says nothing that another does not say as well, or comes from a page of the site itself.

    Example:
        >>> from outreach.tracking.base import Tags
        >>> whole = Tags(source="vk", medium="social", campaign="spring", content="smm--a-f871v")
        >>> repeats(Tags(source="VK", campaign="spring"), whole), repeats(Tags(source="site"), whole)
        (True, True)
        >>> repeats(Tags(source="vk", campaign="summer"), whole), repeats(Tags(source="telegram"), whole)
        (False, False)

    """
    from outreach.tracking.attribution import decode_tag  # it loads the ledger, which few logs need

    if part == whole or not whole.tagged:
        return False
    if _of_the_site(part):
        return not _of_the_site(whole)
    told = [(decode_tag(getattr(part, name)), decode_tag(getattr(whole, name))) for name in FIELDS]
    return all(mine in {"", its} for mine, its in told) and not part.otherwise


def _is_partial(tags: Tags) -> bool:
    return _of_the_site(tags) or not (tags.content or tags.otherwise)


def _of_the_site(tags: Tags) -> bool:
    return fold_header(tags.source) in words_of("own_sources.names")


def _joined(rows: Iterable[Sequence[Any]], tags: Sequence[Tags]) -> Iterator[tuple[int, int]]:
    """Yield the number of each row that is right after a visit by a whole link, and the tags of that."""
    visitor, last, seen, came_from = None, -1, 0, ""
    for row, who, moment, tag, referrer, host in rows:
        if who != visitor:
            visitor, last = who, -1
        within = last >= 0 and moment - seen <= RIGHT_AFTER_SECONDS
        if within and repeats(tags[tag], tags[last]) and not _other_site(referrer, came_from, host, tags[tag]):
            yield row, last
        else:
            last, seen, came_from = tag, moment, referrer


def _other_site(referrer: str, before: str, host: str, part: Tags) -> bool:
    """Tell whether another site led to a request: not the one that led to the visit, nor the visited one.

    A log that does not name its site leaves open which referrer is its own; a link that says "site" is believed then.
    """
    if referrer in {"", "-", before} or tags_in(referrer).tagged:
        return False
    if own := _host(f"//{host}"):
        return _host(referrer) != own
    return not _of_the_site(part) or not (identify(referrer).key or "web:").startswith("web:")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
