"""Drafts in Markdown, a file a place or one for all: what to know before posting, then the texts to copy.

A record in the last line holds a hash of the rest, so that a file that a person edited is never lost by mistake.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from outreach.campaign.ledger import Natural
from outreach.errors import InputError
from outreach.messages import describe
from outreach.teasers.draft_names import Whose
from outreach.teasers.markup import escaper, one_line
from outreach.teasers.slugs import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.teasers.drafts import Draft

__all__ = ["Kept", "book", "edited", "is_ours", "kept_in", "page", "section", "whose", "with_text"]

COMMENT: Final = "First comment:"
MARKED: Final = "The same for tools that take Markdown:"
WHERE: Final = {
    "text": "in the text",
    "comment": "in the first comment",
    "bio": "put it into the profile",
    "sticker": "on a link sticker in a story",
    "button": "put it on the button",
}

_RECORD: Final = re.compile(r"^<!-- outreach draft (?P<about>\{.*\}) -->[^\S\n]*$", re.MULTILINE)
_KEY: Final = re.compile(r"- key: `(.+)`\s*")
_VARIANT: Final = re.compile(r"## Variant (\S+)\s*")
_FENCE: Final = re.compile(r"(`{3,})text\s*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]*`|~]+")
_ESCAPED: Final = re.compile(r"\\(?=[_#^])|(?<=&)amp;")
_escape: Final = escaper("reddit")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it stands in its file, edited or not.

    Args:
        campaign: As a slug.
        resource: Key.
        platform: Of the key.
        variant: Which text.
        round: Of publishing.
        sealed: Whether the link below is still the one that was written.
        link: What it carried when it was written.
        link_place: Where.
        limit: The most that the platform takes, None without limit.
        picture: Whether a picture goes with it.
        text: As it stands there now; None where it is gone.
        comment: Likewise; empty where there is none.

    """

    campaign: str
    resource: str
    platform: str
    variant: str
    round: int
    sealed: bool
    link: str
    link_place: str
    limit: int | None
    picture: bool
    text: str | None
    comment: str

    @property
    def natural(self) -> Natural:
        """Which placement it is."""
        return Natural(self.campaign, self.resource, self.variant, self.round)


def book(drafts: Sequence[Draft], addresses: Mapping[str, str]) -> str:
    """Return one file for all drafts.

    Args:
        drafts: In their order; those of one resource stand together.
        addresses: Of the resources, by key.

    """
    places: dict[str, list[Draft]] = {}
    for one in drafts:
        places.setdefault(one.resource, []).append(one)
    pages = (page(several, addresses.get(resource, ""), alone=False) for resource, several in places.items())
    body = "\n".join(pages)
    return f"{body}{_record(body, drafts)}\n"


def page(drafts: Sequence[Draft], address: str = "", *, alone: bool = True) -> str:
    """Return the file of a resource.

    Args:
        drafts: Of this resource, one for each variant.
        address: Of the resource.
        alone: Whether it is a file, and gets the line by which it is known again.

    """
    first = drafts[0]
    about = [("place", address), ("rules", _copied(first.rules)), ("deal", _deal(first))]
    lines = [f"# {_escape(first.name) or '`' + first.resource + '`'}", "", f"- key: `{first.resource}`", *_items(about)]
    body = "\n".join([*lines, "", *(section(one) for one in drafts)])
    return f"{body}{_record(body, drafts)}\n" if alone else body


def section(one: Draft) -> str:
    """Return one draft in Markdown: what to know, the text, the comment."""
    limit = f" of {one.limit}" if one.limit is not None else ""
    about = [
        (f"link, {WHERE[one.link_place]}", one.link),
        ("link behind it", one.final_url if one.final_url != one.link else ""),
        ("code of this place", _escape(one.promo)),
        ("title", _escape(one.title)),
        ("length", f"{one.length}{limit} {one.unit}"),
        ("left out", _escape(", ".join(one.dropped))),
        *(("look at", _copied(describe(warning))) for warning in one.warnings),
    ]
    blocks = [_fenced(one.text)]
    if one.comment:
        blocks.append(f"{COMMENT}\n\n{_fenced(one.comment)}")
    if one.marked:
        blocks.append(f"{MARKED}\n\n{_fenced(one.marked)}")
    head = "\n".join([f"## Variant {one.variant}", "", *_items(about)])
    return "\n\n".join([head, *blocks]) + "\n"


def edited(text: str) -> bool:
    r"""Tell whether a person changed a file after it was written; line ends and a BOM do not count.

    Example:
        >>> edited("my own notes\n")
        True

    """
    text, about = _parts(text)
    return about.get("sha256") != _hash(text)


def is_ours(text: str) -> bool:
    """Tell whether a file holds drafts of ours, edited or not."""
    return bool(_parts(text)[1])


def whose(text: str) -> Whose | None:
    """Return of which place a file holds the drafts; None where it holds none of ours, or those of several."""
    found = {Whose(one.campaign, one.resource, one.round) for one in kept_in(text)}
    return found.pop() if len(found) == 1 else None


def kept_in(text: str) -> list[Kept]:
    """Return the drafts of a file; none where it is no file of ours."""
    text, about = _parts(text)
    try:
        blocks = _blocks(text, str(about["drafts"][0]["resource"]) if about["drafts"] else "")
        return [
            Kept(
                campaign=str(one["campaign"]),
                resource=str(one["resource"]),
                platform=str(one["platform"]),
                variant=str(one["variant"]),
                round=int(one["round"]),
                sealed=digest(str(one["link"]), 8) == one["seal"],
                link=str(one["link"]),
                link_place=str(one["link_place"]),
                limit=one["limit"] if isinstance(one["limit"], int) and one["limit"] > 0 else None,
                picture=bool(one["picture"]),
                text=blocks.get((str(one["resource"]), str(one["variant"]), "text")),
                comment=blocks.get((str(one["resource"]), str(one["variant"]), "comment"), ""),
            )
            for one in about["drafts"]
        ]
    except (KeyError, TypeError, ValueError, OverflowError):  # the record was changed by hand
        return []


def with_text(content: str, natural: Natural, text: str, comment: str | None = None) -> str:
    """Return a file of drafts in which one of them has another text, as if a person had typed it there.

    Args:
        content: Of the file.
        natural: Whose text.
        text: The new one.
        comment: The new first comment; None leaves it as it is.

    Raises:
        InputError: The file does not hold this draft any more.

    """
    new = {"text": text, "comment": comment}
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = kept_in(content)
    blocks = list(_blocks_at(lines, parts[0].resource if parts else ""))
    found = [one for one in blocks if one.owner == (natural.resource, natural.variant)]
    if natural not in {one.natural for one in parts} or not any(one.kind == "text" for one in found):
        raise InputError("the file of this draft does not hold its text any more", hint="write the texts again")
    for one in reversed(found):
        if (body := new.get(one.kind)) is not None:
            lines[one.first : one.last] = _fenced(body).split("\n")
    return "\n".join(lines)


def _parts(text: str) -> tuple[str, Mapping[str, Any]]:
    """Return a file without its record, and the record; that is empty where there is none of ours."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_RECORD.finditer(text))
    if not found:
        return text, {}
    last = found[-1]
    return (text[: last.start()] + text[last.end() :]).rstrip("\n"), _about(last)


def _deal(one: Draft) -> str:
    cost = "" if one.cost is None else f", {one.cost:g} {one.currency or ''}".rstrip()
    return f"{one.deal}{cost}"


def _items(about: Sequence[tuple[str, str]]) -> list[str]:
    return [f"- {name}: {one_line(value)}" for name, value in about if value]


def _copied(text: str) -> str:
    r"""Return a text as Markdown whose addresses can be copied out of the file.

    Example:
        >>> _copied("see [1]: https://example.org/a_b?c=1&d=2#e")
        'see \\[1\\]: https://example.org/a_b?c=1&d=2#e'

    """
    return _ADDRESS.sub(lambda found: _ESCAPED.sub("", found[0]), _escape(text))


def _fenced(text: str) -> str:
    """Return a text as a block that holds it whole, whatever it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _record(body: str, drafts: Sequence[Draft]) -> str:
    """Return the line by which a file is known again."""
    about = {
        "drafts": [
            {
                "campaign": one.campaign,
                "resource": one.resource,
                "platform": one.platform,
                "variant": one.variant,
                "round": one.round,
                "link": one.link,
                "link_place": one.link_place,
                "seal": digest(one.link, 8),
                "limit": one.limit,
                "picture": one.picture,
            }
            for one in drafts
        ],
        "sha256": _hash(body.rstrip("\n")),
    }
    # Nothing in a comment of HTML may look like its end.
    shown = json.dumps(about).replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"\n<!-- outreach draft {shown} -->"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _about(found: re.Match[str]) -> Mapping[str, Any]:
    try:
        about = json.loads(found["about"])
    except (ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


class _Block(NamedTuple):
    """One text of a file: whose it is, which one, and its lines with the fences."""

    owner: tuple[str, str]
    kind: str
    first: int
    last: int


def _blocks(text: str, resource: str) -> dict[tuple[str, str, str], str]:
    """Return the texts of a file by resource, variant and kind; the resource is the first one's."""
    lines = text.split("\n")
    blocks: dict[tuple[str, str, str], str] = {}
    for one in _blocks_at(lines, resource):
        closed = lines[one.last - 1].rstrip() == _fence_of(lines[one.first]) and one.last - 1 > one.first
        body = lines[one.first + 1 : one.last - 1 if closed else one.last]
        blocks.setdefault((*one.owner, one.kind), "\n".join(body))
    return blocks


def _blocks_at(lines: Sequence[str], resource: str) -> Iterator[_Block]:
    """Yield where the texts of a file stand."""
    variant = label = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if key := _KEY.fullmatch(line):
            resource, variant, label = key[1], "", ""
        elif heading := _VARIANT.fullmatch(line):
            variant, label = heading[1], ""
        elif fence := _fence_of(line):
            first = at - 1
            while at < len(lines) and lines[at].rstrip() != fence:
                at += 1
            at = min(at + 1, len(lines))
            yield _Block((resource, variant), {COMMENT: "comment", MARKED: "marked"}.get(label, "text"), first, at)
            label = ""
        elif line.strip():
            label = line.strip()


def _fence_of(line: str) -> str:
    found = _FENCE.fullmatch(line)
    return found[1] if found else ""
