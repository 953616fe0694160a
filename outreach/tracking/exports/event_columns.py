"""Which column of a list of sign-ups or orders says what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.files.grid import HEADER_WITHIN
from outreach.messages import message
from outreach.tracking.exports.event_words import BOOKED_STAGES, ROLES, status_of
from outreach.words.columns import named_columns, no_column
from outreach.words.fold import fold_header
from outreach.words.vocabulary import ordered_words_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.files.grid import Row as Cells
    from outreach.messages import Message

__all__ = ["Columns", "TagSet", "find_columns", "is_list_of_events"]

SAMPLE: Final = 200
PARTS: Final = ("source", "medium", "campaign", "content")
UTM: Final = re.compile(r"\b(?:utm|mtm) ?(source|medium|campaign|content)\b")
NOISE: Final = words_of("headers.around_tags") | {""}
ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
DATED: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d|\d{5}(?:\.\d+)?$|\d{8}$|[^\W\d]+\.? \d")
FORMS: Final = {
    "email": ADDRESS,
    "date": DATED,
    "id": re.compile(r"\d"),
    "revenue": re.compile(r"\d"),
    "cookies": re.compile("utm_"),
}
"""What half of the filled cells of a column must look like."""
OTHERS: Final = ordered_words_of("headers.other_people")
SINGLE: Final = (
    "id", "email", "phone", "date", "promo", "start", "refund", "currency", "status", "stage", "cancelled", "mode",
    "captured", "notes", "payment", "revenue", "record", "place", "cookies",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagSet:
    """The columns of one link: of the order, or of the person's first visit."""

    source: int | None = None
    medium: int | None = None
    campaign: int | None = None
    content: int | None = None

    @property
    def places(self) -> tuple[int | None, ...]:
        """Positions, in the order of the parts."""
        return self.source, self.medium, self.campaign, self.content


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table say.

    Args:
        header: Which of the rows is the header, from 0; -1 for none.
        headers: Its texts, folded.
        raw: As written.
        at: Role to position.
        tags: Columns of tags, the first that are filled count.
        urls: Columns of addresses, the most certain first.
        weak: Whether the tags come from columns like "source", which may mean something else.
        named: Roles that the user named.

    """

    header: int
    headers: tuple[str, ...]
    raw: tuple[str, ...]
    at: Mapping[str, int]
    tags: tuple[TagSet, ...] = ()
    urls: tuple[int, ...] = ()
    weak: bool = False
    named: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def tells_links(self) -> bool:
        """Whether anything in the table tells where people came from."""
        return bool(self.tags or self.urls or {"promo", "start", "notes", "place", "cookies"} & self.at.keys())

    @property
    def sum_of(self) -> str:
        """What its sums are of, where the user or the header says: ``order_sum`` or ``line_sum``; else empty."""
        for role in ("order_sum", "line_sum"):
            if role in self.at:
                return role
        place = self.at.get("revenue")
        text = _tidy(self.headers, "revenue")[place] if place is not None and self.header >= 0 else ""
        return next((role for role in ("order_sum", "line_sum") if text in _words(role)), "")

    def describe(self) -> tuple[Message, ...]:
        """Return how the columns were understood, for the remark; only headers that are known words are repeated."""
        roles = ROLES if "id" in self.at else (*ROLES, "record")
        known = [(role.replace("record", "id"), place) for role, place in self.at.items() if role in roles]
        known += [("url", position) for position in self.urls[:1]]
        known += [(part, place) for part, place in zip(PARTS, self._first_tags(), strict=True) if place is not None]
        return tuple(message("column-of", role=role, column=self._shown(role, position)) for role, position in known)

    def _first_tags(self) -> tuple[int | None, ...]:
        return self.tags[0].places if self.tags else (None,) * len(PARTS)

    def _shown(self, role: str, position: int) -> str | Message:
        recognised = role in {*PARTS, *self.named} or _tidy(self.headers, role)[position] in (*_known(role), "name")
        if recognised and self.header >= 0:
            return self.raw[position].strip()
        return message("column-number", number=position + 1)


def _words(role: str) -> tuple[str, ...]:
    """Return the words of a role, the most certain first."""
    if role == "revenue":
        return tuple(word for name in ("revenue", "order_sum", "line_sum") for word in _listed(name))
    return _listed(role)


def _listed(role: str) -> tuple[str, ...]:
    return ordered_words_of(f"headers.events.{role}")


def _known(role: str) -> tuple[str, ...]:
    if role == "url":
        return _url_words()
    return (*_words(role), *(_words("record") if role == "id" else ()))


def find_columns(label: str, rows: Sequence[Cells], chosen: Mapping[str, str]) -> Columns | None:
    """Return what the columns of a table say, None where no row of its beginning is a header.

    Args:
        label: What messages call it.
        rows: Its rows.
        chosen: Role to header or number, as the user named them.

    Raises:
        InputError: A column that the user named is not there.

    """
    named = {role: column for role, column in chosen.items() if role in ROLES and role != "date_order"}
    header = _header_row(rows, named)
    if header is None:
        if named and all(column.isdecimal() for column in named.values()):
            return _numbered(label, rows, named)
        if named:
            raise no_column(label, next(iter(named)))
        return None
    raw = rows[header][1]
    forced = named_columns(raw, named, label)
    body = rows[header + 1 : header + 1 + SAMPLE]
    return _mapped(header, tuple(raw), body, forced, named)


def _texts(raw: Sequence[str]) -> tuple[str, ...]:
    """Return headers folded; those of signs alone, like ``#``, as they are."""
    return tuple(fold_header(text) or text.strip() for text in raw)


def _header_row(rows: Sequence[Cells], named: Mapping[str, str]) -> int | None:
    """Return the row of the first ones that has most headers of ours, None where none has two."""
    best, most = None, 1
    wanted = {fold_header(column) for column in named.values() if not column.isdecimal()}
    for place, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
        texts = _texts([cell for cell in cells if len(cell) < 200])
        if any(ADDRESS.fullmatch(cell.strip()) for cell in cells):
            break  # a row of people: what stands below is no header either
        count = sum(
            text in _all_words() or bool(UTM.search(text)) or _asks_email(text) or _asks_where(text) for text in texts
        )
        count += len(cells) if wanted and wanted <= set(texts) else 0
        if count > most:
            best, most = place, count
    return best


def _asks_email(text: str) -> bool:
    """Tell a question of a form, like "Ваш e-mail для связи", which is never the bare word."""
    return any(f" {word} " in f" {text} " for word in _words("email")) and not any(word in text for word in OTHERS)


def _asks_where(text: str) -> bool:
    """Tell a question like "Откуда вы о нас узнали?", however it is put."""
    words = set(text.split())
    return any(asked <= words for asked in _questions())


@cache
def _questions() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text.split()) for text in ordered_words_of("headers.events.heard_from"))


def _all_words() -> frozenset[str]:
    return frozenset().union(*(_words(role) for role in SINGLE), _words("landing"), _words("address"))


def _url_words() -> tuple[str, ...]:
    return (*_words("landing"), *_words("address"))


def _numbered(label: str, rows: Sequence[Cells], named: Mapping[str, str]) -> Columns:
    """Return the columns of a table without a header, by their numbers."""
    width = max((len(cells) for _, cells in rows[:SAMPLE]), default=0)
    blank = ("",) * width
    forced = named_columns(blank, named, label)
    return _mapped(-1, blank, (), forced, named)


def _mapped(
    header: int,
    raw: tuple[str, ...],
    body: Sequence[Cells],
    forced: Mapping[str, int],
    named: Mapping[str, str],
) -> Columns:
    headers = _texts(raw)
    at = {role: position for role, position in forced.items() if role not in {*PARTS, "url"}}
    for role in ("order_sum", "line_sum"):  # the sum, and what it is the sum of
        if role in at:
            at.setdefault("revenue", at[role])
    taken = set(forced.values())
    for role in SINGLE:
        if role not in at and (found := _first(headers, role, taken, body)) is not None:
            at[role] = found
            taken.add(found)
    asked = next((place for place, text in enumerate(headers) if place not in taken and _asks_where(text)), None)
    if "heard_from" not in at and asked is not None:
        at["heard_from"] = asked
        taken.add(asked)
    tags = _tag_sets(headers, taken)
    urls = tuple(place for word in _url_words() for place, text in enumerate(headers) if text == word)
    urls = (*urls, *(place for place in range(len(headers)) if _tagged_links(body, place)))
    urls = tuple(place for place in dict.fromkeys(urls) if place not in taken)
    if own := {part: forced[part] for part in PARTS if part in forced}:
        tags = (TagSet(**own), *tags)
    if "url" in forced:
        urls = (forced["url"], *urls)
    weak = () if tags or {"promo", "start", "notes", "place", "cookies"} & at.keys() else _weak(headers, taken)
    return Columns(header, headers, raw, at, tags or weak, urls, weak=bool(weak), named=named)


def _first(headers: Sequence[str], role: str, taken: set[int], body: Sequence[Cells]) -> int | None:
    """Return the column that bears the most certain of the names of a role."""
    if role == "id" and _is_shop(headers):
        return headers.index("name") if "name" in headers else None
    free = {text: place for place, text in reversed(list(enumerate(_tidy(headers, role)))) if place not in taken}
    fitting = (free[word] for word in _words(role) if word in free and _fits(role, body, free[word]))
    found = next(fitting, None)
    return _email(headers, found, taken, body) if role == "email" else found


def _fits(role: str, body: Sequence[Cells], place: int) -> bool:
    """Tell whether the cells of a column can be what its header says: "subscribed" may be a day, or yes and no."""
    wanted = FORMS.get(role)
    cells = _filled(body, place)
    if role == "start":
        return not cells or not all(DATED.match(cell) for cell in cells)
    return wanted is None or not cells or sum(bool(wanted.search(cell)) for cell in cells) * 2 >= len(cells)


def _is_shop(headers: Sequence[str]) -> bool:
    """Tell Shopify's orders, whose "Name" is the number of the order."""
    return "financial status" in headers and any(text.startswith("lineitem") for text in headers)


def _tidy(headers: Sequence[str], role: str) -> Sequence[str]:
    """Return headers without the currency that sums have behind them."""
    from outreach.files.money import CURRENCIES

    if role not in {"revenue", "refund"}:
        return headers
    return [" ".join(word for word in text.split() if word not in CURRENCIES) for text in headers]


def _email(headers: Sequence[str], found: int | None, taken: set[int], body: Sequence[Cells]) -> int | None:
    """Return the column of addresses: by its name, else by its cells."""
    if found is not None:
        return found
    own = (place for place, text in enumerate(headers) if not any(word in text for word in OTHERS))
    return next((place for place in own if place not in taken and _addresses(body, place)), None)


def _filled(body: Sequence[Cells], place: int) -> list[str]:
    return [cells[place].strip() for _, cells in body if place < len(cells) and cells[place].strip()]


def _addresses(body: Sequence[Cells], place: int) -> bool:
    cells = _filled(body, place)
    return bool(cells) and sum(bool(ADDRESS.fullmatch(cell)) for cell in cells) * 2 >= len(cells)


def _tagged_links(body: Sequence[Cells], place: int) -> bool:
    """Tell a column of tagged addresses by its cells, whatever the form asked."""
    cells = _filled(body, place)
    return bool(cells) and sum("://" in cell and "utm_" in cell for cell in cells) * 2 >= len(cells)


def _tag_sets(headers: Sequence[str], taken: set[int]) -> tuple[TagSet, ...]:
    """Return the columns with utm in their name, those of one link together, the plain names first."""
    found: dict[str, dict[str, int]] = {}
    for place, text in enumerate(headers):
        if place not in taken and (match := UTM.search(text)):
            rest = " ".join((text[: match.start()] + text[match.end() :]).split())
            found.setdefault("" if rest in NOISE else rest, {}).setdefault(match[1], place)
    return tuple(TagSet(**found[rest]) for rest in sorted(found, key=bool))


def _weak(headers: Sequence[str], taken: set[int]) -> tuple[TagSet, ...]:
    found = {part: _first(headers, f"weak_{part}", taken, ()) for part in PARTS}
    if _is_shop(headers) or all(place is None for place in found.values()):
        return ()
    return (TagSet(**found),)


def is_list_of_events(columns: Columns, rows: Sequence[Cells]) -> bool:
    """Tell a list of people or orders from reports of counts and from lists of what people follow.

    A row must be somebody or something of its own: an address, a telephone, an order's number, a submission. Then
    either links are told, or sums, or it is at least dated and no header speaks of what people follow.
    """
    at = columns.at
    body = rows[columns.header + 1 : columns.header + 1 + SAMPLE]
    person = "email" in at or "phone" in at
    counted = words_of("headers.counted") & set(columns.headers)
    counts = counted or any(text.startswith("ym ") for text in columns.headers)
    if counts and "email" not in at:
        return False
    if (
        not person
        and words_of("hits.clicks.any") & set(columns.headers)
        and not {"id", "record", "revenue"} & at.keys()
    ):
        return False  # what was clicked with, and no person: clicks
    asked = "heard_from" in at  # a sheet at the desk has a day and an answer
    if not (person or "id" in at or ("date" in at and (asked or _is_submission(columns, body)))):
        return False
    if _has_links(columns, body):
        return True
    if "date" not in at:
        return False
    follows = columns.urls or any(words_of("headers.follows") & set(text.split()) for text in columns.headers)
    return "revenue" in at or ("refund" in at and "id" in at) or (person and not follows)


def _is_submission(columns: Columns, body: Sequence[Cells]) -> bool:
    """Tell whether rows have numbers of their own, times to the minute as forms write them, or stages of bookings."""
    cells = _filled(body, columns.at["date"])
    timed = bool(cells) and all(re.search(r"\d:\d\d", cell) for cell in cells)
    return "record" in columns.at or timed or any(_are_stages(columns, body, role) for role in ("stage", "status"))


def _are_stages(columns: Columns, body: Sequence[Cells], role: str) -> bool:
    """Tell whether half of the cells of a column say who booked, came or did not come."""
    cells = _filled(body, columns.at[role]) if role in columns.at else []
    return bool(cells) and 2 * sum(status_of(cell) in BOOKED_STAGES for cell in cells) >= len(cells)


def _has_links(columns: Columns, body: Sequence[Cells]) -> bool:
    """Tell whether columns of tags are there; a column of addresses counts where its name or its cells say so."""
    if (columns.tags and not columns.weak) or {"promo", "start", "notes", "cookies"} & columns.at.keys():
        return True
    if "heard_from" in columns.at:
        return True
    landing = _words("landing")
    return any(
        columns.headers[place] in landing or any("utm_" in cell for cell in _filled(body, place))
        for place in columns.urls
    )
