"""Which files of a folder lie beside a list of follows and are of the same export: messages, posts, settings.

In an archive such files are passed over by their names alone. In an unpacked folder the user's own tables may lie
between them, and those are never passed over: workbooks, and texts with a column for the customer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ITS_NAME", "Claim", "belongs"]

ITS_NAME: Final = re.compile(
    r"(?:^|/)(?:following(?:_\d+)?\.(?:json|html?|js)|following_accounts[^/]*\.csv|subscribed_subreddits[^/]*\.csv"
    r"|(?:company|member)[ _]follows[^/]*\.csv|[^/]*user_data_tiktok\.json|subscriptions?\.(?:csv|json|opml|xml)"
    r"|your_group_membership_activity\.(?:json|html)|result\.json|follows?\.json"
    r"|pages?_(?:and_profiles_)?you(?:_follow|.{1,3}ve_liked)\.(?:json|html))$",
    re.IGNORECASE,
)
"""A list of follows for sure; other names that readers look at are also those of messages, settings and the like."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that a reader knows by its path.

    Args:
        before: The folders around the export.
        parts: The whole path of the file, below the folder that the user gave.

    """

    before: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def deep(self) -> bool:
        """Whether it lies in folders of the export itself, which then has others beside them."""
        return len(self.parts) > len(self.before) + 1


def belongs(
    parts: tuple[str, ...], claims: Mapping[tuple[str, ...], Sequence[Claim]], *, whole: bool
) -> tuple[str, ...] | None:
    """Return the folder of the export that a file lies beside a list of; None where it lies beside none.

    Args:
        parts: Its path below the folder that the user gave.
        claims: The lists there, by the folders around their exports.
        whole: Whether the folder is one customer's.

    Example:
        >>> lists = [Claim(("anna",), ("anna", "Takeout", "subscriptions.csv")), Claim((), ("following.json",))]
        >>> claims = {claim.before: [claim] for claim in lists}
        >>> [
        ...     belongs(parts, claims, whole=False)
        ...     for parts in [("anna", "Keep", "a.json"), ("boris", "b.csv"), ("posts.json",)]
        ... ]
        [('anna',), None, ()]

    """
    around = (parts[:depth] for depth in range(len(parts)))
    return next(
        (before for before in around if any(_is_beside(parts, claim, whole=whole) for claim in claims.get(before, ()))),
        None,
    )


def _is_beside(parts: tuple[str, ...], claim: Claim, *, whole: bool) -> bool:
    depth = len(claim.before)
    if not claim.deep:  # an export without folders
        return len(parts) == depth + 1
    return depth > 0 or whole or parts[0] == claim.parts[0]
