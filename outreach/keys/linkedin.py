"""LinkedIn: companies (schools among them), showcases, groups, newsletters, people.

A bare word with nothing but "LinkedIn" to go by is a name: it could be a company, a school or a person, and the
platform's own exports hold names only. ``company/word`` says which.
"""

from __future__ import annotations

from outreach.keys.base import NUMBER as _NUMBER
from outreach.keys.base import Identity, Platform, Url, fullmatch, lowered, no, query_value, quote, reserved, slug

__all__ = ["LINKEDIN"]

_KINDS = {
    "company": "company", "companies": "company", "company-beta": "company", "organization": "company",
    "school": "company", "showcase": "showcase", "groups": "groups", "in": "in", "newsletters": "newsletters",
}  # fmt: skip
_WRAPPERS = frozenset({"mwlite", "comm", "m", "organization-guest"})  # the mobile site and links from e-mails
_MEMBER_ID = fullmatch(r"ACoAA[A-Za-z0-9_-]{20,}")  # opaque, its case matters
_TRAILING_NUMBER = fullmatch(r"(?:.*-)?([1-9][0-9]{3,19})")

_WHY = {
    "company": "the company in a LinkedIn address",
    "showcase": "the showcase page in a LinkedIn address",
    "groups": "the group in a LinkedIn address",
    "in": "the person in a LinkedIn address",
    "newsletters": "the newsletter in a LinkedIn address",
}
_LOCALE = fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?")
_HOME = no("linkedin.com without a path is the home page: give the address of a company or a group")
_PAGE = no("a page of LinkedIn, not a company, group or person")
_NO_SLUG = no("not the address of a LinkedIn company, group or person: its name is missing or broken")
_RESERVED = reserved(
    "linkedin.com",
    {
        "a post or an article: give the company or the group": "feed posts pulse embed video",
        "a job, a course, an event or a product: give the company": "jobs job learning events event products services",
        "a search or a list": "search directory my-items mynetwork hashtag",
        "an old address of a person: open it and give the new one": "pub profile",
        "a part of an address: give all of it": "company companies company-beta school showcase groups in "
        "newsletters edu",
    },
)
_NOT_SLUGS = frozenset({"setup", "unavailable", "me", "edit", "discover", "my-groups", "requests", "create"})


def _from_url(url: Url) -> Identity:
    parts = url.parts
    while parts and parts[0].lower() in _WRAPPERS:
        parts = parts[1:]
    if len(parts) > 1 and parts[0].lower() not in _KINDS and _LOCALE(parts[0].lower()):
        parts = parts[1:]
    if not parts:
        return _HOME
    head = parts[0].lower()
    if head == "sales" and len(parts) > 2 and parts[1].lower() == "company":
        return _of_kind("company", parts[2])
    if head in _KINDS and len(parts) > 1:
        return _of_kind(_KINDS[head], parts[1])
    if head in {"groups", "grp", "groupitem", "groupanswers"} and _NUMBER(gid := query_value(url.query, "gid")):
        return _of_kind("groups", gid)
    return _RESERVED.get(head, _PAGE)


def _of_kind(kind: str, word: str) -> Identity:
    if kind == "in" and _MEMBER_ID(word):
        return Identity(f"linkedin:in/{word}", _WHY["in"])
    name = slug(word)
    if name is None or name in _NOT_SLUGS:
        return _NO_SLUG
    if kind in {"groups", "newsletters"} and (found := _TRAILING_NUMBER(name)):
        name = found[1]
    return Identity(f"linkedin:{kind}/{name}", _WHY[kind])


def _from_text(text: str) -> Identity | None:
    kind, slash, word = text.strip("/").partition("/")
    if not slash or lowered(kind) not in _KINDS:
        return None
    found = _of_kind(_KINDS[lowered(kind)], word)
    return found if found.key else None


def _url(rest: str) -> str:
    return f"https://www.linkedin.com/{quote(rest)}/"


def _immutable(rest: str) -> object:
    kind, _, word = rest.partition("/")
    return kind != "in" and _NUMBER(word)


LINKEDIN = Platform("linkedin", "LinkedIn", ("linkedin.com",), _from_url, _from_text, _url, _immutable)
