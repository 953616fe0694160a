"""Names of the files of drafts: what a person calls the place, and the same name again on every run.

A file that is there keeps its place by what stands in it, whatever it is called; so a file of another place is never
written over, and files of earlier versions stay where they are.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.keys.base import unescape
from outreach.teasers.slugs import digest, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Whose", "names_of_files"]

ENDING: Final = ".md"
LONGEST_NAME: Final = 80
_SAFE: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.@-]*[a-z0-9_-])?").fullmatch
_OLD_SAFE: Final = re.compile(r"[a-z0-9_-]+").fullmatch


class Whose(NamedTuple):
    """Of what a file holds the drafts."""

    campaign: str
    resource: str
    round: int


def names_of_files(wanted: Iterable[Whose], there: Mapping[str, Whose | None]) -> dict[Whose, str]:
    """Return the name of the file of each place; no two are equal, also where capitals do not count.

    Where two places would have one name, the later key gets a number; where one place has files of two campaigns, the
    later file gets the name of its campaign.

    Args:
        wanted: In any order.
        there: Names of the files in the folder, with whose drafts they hold; None where they hold none of ours.

    Example:
        >>> riga = Whose("spring", "telegram:smm_riga", 1)
        >>> mothers = [Whose("spring", f"other:name/Мамы{between}Риги", 1) for between in ("%20", "-")]
        >>> [*names_of_files([riga, *mothers], {}).values()]
        ['other-name-mamy-rigi.md', 'other-name-mamy-rigi-2.md', 'telegram-smm_riga.md']
        >>> names_of_files([riga._replace(campaign="autumn")], {"telegram-smm_riga.md": riga}).popitem()[1]
        'telegram-smm_riga.autumn.md'

    """
    taken = {name.casefold(): whose for name, whose in there.items()}
    found: dict[Whose, str] = {}
    new = []
    for one in sorted(wanted):
        if (own := _own_name(one, there)) is not None:
            found[one] = own
        else:
            new.append(one)
    for one in new:
        found[one] = next(name for name in _names(one, taken) if taken.get(name.casefold()) is None)
        taken[found[one].casefold()] = one
    return dict(sorted(found.items()))


def _names(one: Whose, taken: Mapping[str, Whose | None]) -> Iterator[str]:
    """Yield names that a file may have, the best one first."""
    plain, tail = _plain(one.resource), _tail(one)
    holder = taken.get(f"{plain}{tail}")
    if holder is not None and holder.resource == one.resource:
        plain = f"{plain}.{slug(one.campaign)}"
    yield plain + tail
    yield from (f"{plain}-{number}{tail}" for number in count(2))


def _own_name(one: Whose, there: Mapping[str, Whose | None]) -> str | None:
    """Return the name of the file that a place has already, None where it has none; a copy that was renamed is none."""
    named = re.compile(
        rf"{re.escape(_plain(one.resource))}(?:\.{re.escape(slug(one.campaign))})?(?:-[0-9]+)?{re.escape(_tail(one))}",
        re.IGNORECASE,
    ).fullmatch
    own = [name for name, whose in there.items() if whose == one and (named(name) or name == _old_name(one))]
    return min(own, key=lambda name: (len(name), name), default=None)


def _plain(resource: str) -> str:
    platform, _, rest = resource.partition(":")
    tidy = rest if _SAFE(rest) and len(rest) <= LONGEST_NAME else slug(unescape(rest), LONGEST_NAME)
    return f"{platform}-{tidy}"


def _tail(one: Whose) -> str:
    return f".round-{one.round}{ENDING}" if one.round > 1 else ENDING


def _old_name(one: Whose) -> str:
    """Return the name that files of earlier versions have."""
    platform, _, rest = one.resource.partition(":")
    if not _OLD_SAFE(rest) or len(rest) > LONGEST_NAME:
        rest = f"{slug(unescape(rest), LONGEST_NAME)}-{digest(one.resource, 5)}"
    return f"{one.campaign}--{platform}-{rest}{_tail(one)}"
