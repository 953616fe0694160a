"""Which placement a row of an export belongs to, by what its link says.

Nothing is guessed: a link that almost fits is told with the placement that it may mean, and one that fits several is
left to the user.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.campaign.ledger.names import Names, matching
from outreach.campaign.ledger.ties import TAG
from outreach.keys import identify
from outreach.teasers.invites import invite_id, invite_name
from outreach.tracking.tags import tags_in, without_signs
from outreach.words.fold import fold
from outreach.words.vocabulary import meanings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ties import Tie
    from outreach.tracking.base import Tags

__all__ = ["BETWEEN", "Attribution", "Match", "decode_tag", "names_of"]

BETWEEN: Final = " / "
CLOSE: Final = 0.85  # difflib's ratio: one letter of seven
LEAST_PREFIX: Final = 4
NEAR: Final = 2  # as many are shown
BESIDE_NAME: Final = re.compile(r"(.+?)\s*(?:[·|,/]\s*([^·|,/()]+)|\(([^()]+)\))")
TELEGRAM: Final = ("t.me/", "telegram.me/", "telegram.dog/")
SHORT: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """What a row belongs to.

    Args:
        placements: The placement; several where the row does not tell them apart; none where it is nobody's.
        by: What told it: ``tie``, ``utm_content``, ``promo``, ``start``, ``short link``, ``place``,
            ``post``, ``campaign and source``, ``campaign``; empty where nothing did.
        near: Placements that it may mean, where a letter or the end of ``utm_content`` or of a typed name is
            missing.

    """

    placements: tuple[Placement, ...] = ()
    by: str = ""
    near: tuple[Placement, ...] = ()


NOBODY: Final = Match()


class Attribution:
    """Finds the placement of a row.

    Args:
        placements: Of the ledger.
        ties: Of the ledger; tags that were tied to places by hand go before what they themselves say.

    Example:
        >>> from outreach.campaign.ledger import Placement
        >>> from outreach.tracking.base import Tags
        >>> ours = Placement(id=1, campaign="spring", resource="vk:smm", final_url="https://x.example/?utm_source=vk",
        ...                  utm_source="vk", utm_campaign="spring", utm_content="smm--a-f871v")
        >>> found = Attribution([ours])
        >>> found.match(Tags(content="SMM--A-F871V")).by, found.match(Tags(content="smm--a-f871")).near == (ours,)
        ('utm_content', True)

    """

    def __init__(self, placements: Iterable[Placement], ties: Iterable[Tie] = ()) -> None:
        self.placements: Final = tuple(placements)
        self._known: Final[dict[Tags, Match]] = {}
        self.ties: Final = tuple(ties)
        self._tags: Final = {one.text: one for one in self.ties if one.kind == TAG}

    def _index(self, names: Callable[[Placement], Iterable[str]]) -> Mapping[str, tuple[Placement, ...]]:
        found: dict[str, list[Placement]] = defaultdict(list)
        for one in self.placements:
            for name in filter(None, set(map(decode_tag, names(one)))):
                found[name].append(one)
        return {name: tuple(some) for name, some in found.items()}

    @cached_property
    def _by_content(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [one.utm_content])

    @cached_property
    def _by_promo(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [one.promo or ""])

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [tags_in(one.final_url).start])

    @cached_property
    def _by_short(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [_short(one.short_url or ""), _invite(one)])

    @cached_property
    def _by_campaign(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [one.utm_campaign])

    @cached_property
    def _by_place(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [one.resource, _key(one.resource), one.name or ""])

    def match(self, tags: Tags) -> Match:
        """Return what a row belongs to; the first of its tags that says anything decides."""
        found = self._known.get(tags)
        if found is None:
            tied = self._tied(tags) if self._tags and not tags.rest else ()
            found = self._known[tags] = Match(tied, "tie") if tied else self._match(tags)
        return found

    def _match(self, tags: Tags) -> Match:
        if tags.rest:
            return NOBODY
        if tags.content and (found := self._matching(tags.content, self._by_content, tags)):
            return Match(found, "utm_content")
        for value, index, by in (  # an index is made when something is looked for in it
            (tags.promo, "_by_promo", "promo"),
            (tags.start, "_by_start", "start"),
            (_short(tags.short_url), "_by_short", "short link"),
            *_named_posts(tags),
            (tags.resource, "_by_place", "place"),
            (_key(tags.resource), "_by_place", "place"),
            (_key(tags.short_url) if tags.resource else "", "_by_place", "place"),
        ):
            if value and (found := self._matching(value, getattr(self, index), tags)):
                return Match(found, by)
        if tags.resource and (named := _one_place(self._as_typed(tags.resource), tags)):
            return Match(named, "place")
        if tags.content:
            return Match(near=_near(tags.content, self._by_content))
        told = self._by_tags(tags)
        return told if told.placements or not tags.resource else Match(near=_near(tags.resource, self._by_place))

    def _tied(self, tags: Tags) -> tuple[Placement, ...]:
        """Return the placements that a row was tied to by hand; none where they are gone."""
        ties = [self._tags[name] for name in names_of(tags) if name in self._tags]
        return next((found for tie in ties if (found := tuple(filter(tie.fits, self.placements)))), ())

    def meant(self, text: str) -> tuple[Placement, ...]:
        """Return the placements that a person means by a key, an address, a link, a code, a name, or a part of one."""
        return tuple(matching(self.placements, text, {})) or self._as_typed(text)

    def _as_typed(self, text: str) -> tuple[Placement, ...]:
        """Return the placements that a person means, as ``placements set`` finds them and our own tables print them."""
        name, platform = _with_platform(text)
        found = self._names.find(name, platform) or self._names.find(name.lstrip("@"), platform)
        return tuple(found) or self._by_post.get(decode_tag(_short(text)), ())

    @cached_property
    def _names(self) -> Names:
        return Names(self.placements)

    @cached_property
    def _by_post(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [_short(one.post_url or "")])

    @cached_property
    def _by_invite(self) -> Mapping[str, tuple[Placement, ...]]:
        return self._index(lambda one: [invite_name(one.utm_content)])

    def _matching(self, value: str, index: Mapping[str, tuple[Placement, ...]], tags: Tags) -> tuple[Placement, ...]:
        """Return the placements with this value; of several those whose campaign and source are the row's."""
        found = index.get(decode_tag(value), ())
        if len(found) < 2:
            return found
        for name in ("campaign", "source"):
            wanted = decode_tag(getattr(tags, name))
            narrowed = tuple(one for one in found if decode_tag(getattr(one, f"utm_{name}")) == wanted)
            found = narrowed or found
        return found

    def _by_tags(self, tags: Tags) -> Match:
        """Return what campaign and source say together, or the campaign alone in an export without sources."""
        found = self._by_campaign.get(decode_tag(tags.campaign), ()) if tags.campaign else ()
        if not tags.source:
            return Match(found, "campaign" if found else "")
        source = decode_tag(tags.source)
        of_both = tuple(one for one in found if decode_tag(one.utm_source) == source)
        return Match(of_both, "campaign and source" if of_both else "")


def names_of(tags: Tags) -> tuple[str, ...]:
    """Return the names by which a row can be tied, the most exact first; none where it has no tag.

    Example:
        >>> from outreach.tracking.base import Tags
        >>> names_of(Tags(source="vk", campaign="Spring", content="old")), names_of(Tags(source="vk", medium="social"))
        (('vk / spring / old', 'old'), ('vk',))

    """
    name = decode_tag(tags.content or tags.otherwise)
    whole = BETWEEN.join(filter(None, [decode_tag(tags.source), decode_tag(tags.campaign), name]))
    return tuple(dict.fromkeys(filter(None, [whole, name])))


def _one_place(found: Sequence[Placement], tags: Tags) -> tuple[Placement, ...]:
    """Return placements narrowed to the campaign of a row, where it names one that they have."""
    wanted = decode_tag(tags.campaign)
    return tuple(one for one in found if decode_tag(one.utm_campaign) == wanted) or tuple(found)


def _with_platform(text: str) -> tuple[str, str]:
    """Return a name and the platform beside it, as our own tables print both; the platform empty where there is none.

    Example:
        >>> _with_platform("rigalife · telegram"), _with_platform("Riga Life (VK)"), _with_platform("Riga (life)")
        (('rigalife', 'telegram'), ('Riga Life', 'vk'), ('Riga (life)', ''))

    """
    found = BESIDE_NAME.fullmatch(text.strip())
    platform = meanings_of("platforms").get(fold((found[2] or found[3] or "").strip()), "") if found else ""
    return (found[1].strip(), platform) if found and platform else (text, "")


def _near(text: str, index: Mapping[str, tuple[Placement, ...]]) -> tuple[Placement, ...]:
    """Return the placements whose name is almost this one, or begins with it."""
    wanted = decode_tag(text)
    least, most = int(len(wanted) * CLOSE / (2 - CLOSE)), len(wanted) * (2 - CLOSE) / CLOSE + 1
    alike = [name for name in index if least <= len(name) <= most]  # others cannot be close, and there are many
    close = difflib.get_close_matches(wanted, alike, n=NEAR, cutoff=CLOSE)
    if len(wanted) >= LEAST_PREFIX:
        close += [name for name in index if name.startswith(wanted) and name not in close]
    return tuple(one for name in close[:NEAR] for one in index[name])


def decode_tag(value: str) -> str:
    """Return a value of a tag as it is compared: tools decode, compose and lower it or do not.

    Example:
        >>> decode_tag("Caf%C3%A9 ") == decode_tag("CAFE\u0301") == decode_tag("café).")
        True

    """
    if value.isascii() and value.isprintable() and value[-1:].isalnum() and "%" not in value and " " not in value:
        return value.lower()  # most are so, and there are many
    decoded = unquote(value) if "%" in value else value
    return " ".join(without_signs(unicodedata.normalize("NFC", decoded).casefold()).split())


def _short(url: str) -> str:
    """Return a short link without what is written in several ways; its code keeps its case until it is folded."""
    return SHORT.sub("", url.strip()).partition("?")[0].partition("#")[0].rstrip("/")


def _named_posts(tags: Tags) -> Iterator[tuple[str, str, str]]:
    """Yield where to look for the post of a row that names its place or its invite link, too."""
    if tags.resource:
        yield _short(tags.short_url), "_by_post", "post"
        yield tags.resource, "_by_content", "utm_content"
        yield tags.resource, "_by_invite", "utm_content"


def _invite(one: Placement) -> str:
    """Return what stands for the invite link that a post carries, empty for any other link."""
    return invite_id(one.final_url) if any(host in one.final_url for host in TELEGRAM) else ""


def _key(text: str) -> str:
    """Return the key of a place that a person named by an address, empty where it is none."""
    return (identify(text).key or "") if text else ""
