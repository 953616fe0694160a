"""What the exports of Facebook, Instagram and Threads have in common: names of files, texts, and web pages as records.

The layouts of their web pages changed several times and their classes mean nothing, so records are told by the shape of
the page: a ``section`` each, or a box with a border each, or whatever lies directly in the main part. A record has a
heading, or begins with its name; links and the date follow. The date is in the language and the time zone of the
account.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.dates import moment_in

if TYPE_CHECKING:
    from datetime import datetime

    from outreach.files.source import Source

__all__ = [
    "COPY",
    "FOLDERS",
    "REST",
    "PageRecord",
    "first_key",
    "items",
    "looks_like_page",
    "page_records",
    "repaired",
    "stem",
    "text_of",
]

FOLDERS: Final = (
    r"(?:(?:your_(?:facebook|instagram)_activity|your_activity_across_facebook|connections|followers_and_following|"
    r"following_and_followers|friends_and_followers|followers|friends|pages(?:_and_profiles)?|groups|threads|"
    r"personal_information|profile_information)/){0,8}"
)
"""Folders of these exports, for the patterns of paths: whatever lies in them is no folder of a customer."""

REST: Final = r"[^/]{0,60}"
"""Of the name of a file; short, because names in archives can be made to match slowly."""

COPY: Final = r"(?: ?\(\d{1,3}\)| copy)?"
"""What browsers and systems put behind the name of a second copy."""

FIRST_KEY: Final = re.compile(r'\s*\{\s*"([^"\\]{1,80})"\s*:')
HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
APOSTROPHE: Final = re.compile(r"(?<=_you)(?:[^a-z/]{1,3})?(?=ve_)")

VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
UNSEEN: Final = frozenset({"head", "script", "style", "title", "template"})
BOXES: Final = frozenset({"_a6-g", "uiBoxWhite"})
KINDS: Final = ("section", "box", "child", "heading")  # the surest first
NO_TAG: Final = re.compile(r"""<(?!/?[a-zA-Z](?:[^<>"']|"[^<"]*"|'[^<']*')*+>)""")
EMPTY_PAGE: Final = 12  # texts: a heading, a sentence or two, who made it and when


def first_key(source: Source) -> str:
    """Return the first key of a file that is one JSON object, empty where it is none: these exports name it so."""
    found = FIRST_KEY.match(source.beginning)
    return found[1] if found else ""


def stem(source: Source) -> str:
    """Return the name of a file as it was before the apostrophe in it was changed on its way, without the ending."""
    name = source.name.rpartition(".")[0].lower()
    return APOSTROPHE.sub("_", re.sub(f"{COPY}$", "", name))


def text_of(value: object) -> str:
    r"""Return a text of these exports as it was typed, on one line; empty for what is no text.

    Example:
        >>> text_of("Caf\u00c3\u00a9\n Riga"), text_of(["Riga"])
        ('Café Riga', '')

    """
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable() and " " not in value:  # a handle, an address
        return value
    return " ".join(HALF_CHARACTER.sub("", repaired(value)).split())


def items(source: Source, listed: Any) -> list[Any]:
    """Return the records of a list; none where it is null.

    Raises:
        InputError: It is no list.

    """
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise InputError("a list of records is missing", where=source.label, hint="download the export again")
    return listed


def repaired(text: str) -> str:
    r"""Return a text of Meta's exports as it was typed: they write every byte of its UTF-8 as one character.

    Once and only where that gives a text; anything else stays as it is.

    Example:
        >>> repaired("Caf\u00c3\u00a9"), repaired("Café"), repaired("\u00d0\u00a1\u00d0\u009c\u00d0\u0098")
        ('Café', 'Café', 'СМИ')

    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@dataclass
class PageRecord:
    """One record of a page.

    Args:
        heading: Text of its heading, empty where it has none.
        texts: Its other texts in their order.
        links: Where it leads, in order.

    """

    heading: str = ""
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is about: the heading, else the first text."""
        return self.heading or (self.texts[0] if self.texts else "")

    @cached_property
    def moment(self) -> datetime | None:
        """When, as far as the last text that is a date tells; the name is none, though it may read like one."""
        rest = self.texts if self.heading else self.texts[1:]
        return next((moment for text in reversed(rest) if (moment := moment_in(text))), None)


def looks_like_page(beginning: str) -> bool:
    """Tell whether a text begins like a web page.

    Example:
        >>> looks_like_page(" <!DOCTYPE html><html>"), looks_like_page("a < b")
        (True, False)

    """
    return beginning.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<head", "<body", "<main", "<div"))


def page_records(label: str, text: str) -> list[PageRecord]:
    """Return the records of a page in their order.

    Args:
        label: What messages call the file.
        text: The whole page.

    Raises:
        InputError: Much stands in it and nothing of it is a record that we know.

    Example:
        >>> page = "<main><section><h2>SMM</h2><footer>Nov 08, 2005 4:19:54 am</footer></section></main>"
        >>> [(record.name, record.moment.year) for record in page_records("pages.html", page)]
        [('SMM', 2005)]

    """
    page = _Page()
    page.feed(_tame(text))
    page.close()
    page.end_heading()
    found = [records for kind in KINDS if (records := _records_among(page.groups[kind]))]
    if found:
        inside = [records for records in found[1:] if len(found[0]) == 1 and _are_inside(records, found[0][0])]
        return inside[0] if inside else found[0]
    if page.texts > EMPTY_PAGE:
        raise InputError(
            "a web page in an unknown layout", where=label, hint="ask for the export again, in the format JSON"
        )
    return []


def _tame(text: str) -> str:
    """Leave out comments, and make a text of every ``<`` that begins no whole tag: with those the parser takes hours.

    Example:
        >>> _tame("<!DOCTYPE html><p>a<!-- b -->c<!-- d"), _tame("1 < 2 <p class='x")
        ('&lt;!DOCTYPE html><p>ac', "1 &lt; 2 &lt;p class='x")

    """
    first, *rest = text.split("<!--")
    text = first + "".join(part.partition("-->")[2] for part in rest)
    return NO_TAG.sub("&lt;", text)


def _records_among(groups: list[PageRecord]) -> list[PageRecord]:
    """Leave out what is no record: where one has a heading, the others have that or a link and a date; else either."""
    if any(group.heading for group in groups):
        return [group for group in groups if group.heading or (group.links and group.moment)]
    return [group for group in groups if group.name and (group.links or group.moment or _clock(group))]


def _are_inside(records: list[PageRecord], around: PageRecord) -> bool:
    """Whether several records, each with a date, are parts of one that lies around them: then that is none."""
    texts = set(around.texts)
    return len(records) > 1 and all(one.moment and texts.issuperset(one.texts) for one in records)


def _clock(group: PageRecord) -> bool:
    """Whether the last text could be a date in a language that we do not know."""
    last = group.texts[-1] if len(group.texts) > 1 else ""
    return len(last) < 60 and sum(sign.isdigit() for sign in last) >= 5


class _Page(HTMLParser):
    """Notes texts and links with each kind of group that could be their record."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.groups: Final[dict[str, list[PageRecord]]] = {kind: [] for kind in KINDS}
        self.texts = 0
        self._open: Final[list[tuple[str, bool, tuple[str, ...]]]] = []  # tag, main part or not, groups that it opened
        self._count: Final[Counter[str]] = Counter()  # of open tags
        self._inside: Final[dict[str, list[PageRecord]]] = {kind: [] for kind in KINDS}
        self._heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what is a group; note where a link leads."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and (href := given.get("href", "").strip()):
            for record in self._records():
                record.links.append(href)
        if tag in VOID:
            return
        if tag == "body":
            self.handle_endtag("head")  # which may be left open
        if tag == "h2":
            self._begin_heading()
        kinds = tuple(self._kinds(tag, given))
        for kind in kinds:
            self._begin(kind)
        self._open.append((tag, tag == "main" or given.get("role") == "main", kinds))
        self._count[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """Close everything up to the last open one of this name."""
        if tag == "h2":
            self.end_heading()
        if not self._count[tag]:
            return
        while True:
            closed, _, kinds = self._open.pop()
            self._count[closed] -= 1
            for kind in kinds:
                self._inside[kind].pop()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        """Note a text."""
        text = " ".join(data.split())
        if not text or any(self._count[tag] for tag in UNSEEN):
            return
        self.texts += 1
        if self._heading is not None:
            self._heading.append(data)
            return
        for record in self._records():
            record.texts.append(text)

    def end_heading(self) -> None:
        """Give the heading to the records around it."""
        if self._heading is None:
            return
        text = " ".join("".join(self._heading).split())
        self._heading = None
        for record in self._records():
            if record.heading:
                record.texts.append(text)
            else:
                record.heading = text

    def _begin_heading(self) -> None:
        self.end_heading()
        self._inside["heading"].clear()
        self._begin("heading")
        self._heading = []

    def _begin(self, kind: str) -> None:
        record = PageRecord()
        self.groups[kind].append(record)
        self._inside[kind].append(record)

    def _kinds(self, tag: str, given: dict[str, str]) -> list[str]:
        """Return which kinds of group an element is."""
        inside_main = bool(self._open) and self._open[-1][1]
        return [
            kind
            for kind, fits in (
                ("section", tag == "section"),
                ("box", not BOXES.isdisjoint(given.get("class", "").split())),
                ("child", inside_main and tag in {"div", "section", "article", "li"}),
            )
            if fits
        ]

    def _records(self) -> list[PageRecord]:
        return [inside[-1] for inside in self._inside.values() if inside]
