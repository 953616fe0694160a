"""GitHub: starred repositories in three shapes.

With the date (``{starred_at, repo}``, the interface asked for ``application/vnd.github.star+json``), as plain
repositories, and flattened by an archiving tool (one real record of it was seen; the others are from documents only).

The resource is the repository: it is what is starred, and what its size, the number of stars, belongs to. Plain
repositories do not tell why they are in a list: those of one owner are taken for the owner's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, number, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["GitHubStars"]

NO_REPOSITORY: Final = message("no-repository")
_NAMED = re.compile(r"(?<![a-z])(?:ghstars|git-?hub[-_ ]?star(?:s|red)|starred)(?![a-z])[^/]*\.json$", re.IGNORECASE)
_REPOSITORY: Final = frozenset({"full_name", "stargazers_count", "html_url"})


class GitHubStars(FileByFile):
    """Repositories that a person starred."""

    name = "github-stars"
    platform = "github"
    reads = "answers of /users/NAME/starred: with dates, plain, and flattened (ghstars.json)"
    ask = "needs only the name: api.github.com/users/NAME/starred?per_page=100"
    evidence: Evidence = "real file"
    paths = re.compile(r"[^/]*(?:ghstars|starred|git-?hub)[^/]*\.json$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by a list of repositories; of a list without any by its name."""
        if source.beginning.lstrip()[:1] != "[":
            return False
        if source.json_keys >= _REPOSITORY:
            return True
        return _NAMED.search(source.name) is not None and ("full_name" in source.json_keys or not source.json_keys)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the repositories of one or several answers."""
        stars = [fields(one) for page in documents(source) for one in (page if isinstance(page, list) else [page])]
        dated = any("starred_at" in star for star in stars) or bool(_NAMED.search(source.name))
        if not dated and len({_owner(star) for star in stars}) == 1:
            yield other_list(source, "repositories-unsure")
            return
        yield Listed("github")
        yield from _likes(stars, source.label)
        if not dated:
            yield Remark(message("repositories-taken-for-stars"))


def _likes(stars: Sequence[dict[str, Any]], label: str) -> Iterator[Like | Rejected]:
    for line, star in enumerate(stars, start=1):
        repository = fields(star.get("repo")) or star
        name = text(repository.get("full_name"))
        url = text(repository.get("html_url"))
        if name or url:
            size = number(repository.get("stargazers_count"))
            when = iso(star.get("starred_at"))
            yield Like(
                "github", url=url, handle="" if url else name, name=name, subscribers=size, followed_at=when, line=line
            )
        else:
            yield Rejected(label, line, NO_REPOSITORY)


def _owner(star: dict[str, Any]) -> str:
    return text(star.get("full_name")).partition("/")[0].lower()
