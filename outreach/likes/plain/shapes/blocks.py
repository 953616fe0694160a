"""Lists in one column or a text: a customer's name and what he follows below it, or only addresses, one a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from outreach.errors import InputError
from outreach.keys import identify, is_name
from outreach.likes.plain.columns import VOCABULARY, folded
from outreach.likes.plain.lines import BadLine
from outreach.likes.plain.shapes.cells import is_tidy_address
from outreach.likes.plain.shapes.header import customer_of_titles, platform_of_titles
from outreach.likes.plain.shapes.texts import COLON, Heading, Line, heading, lines_of, with_next
from outreach.likes.plain.shapes.words import (
    NOT_A_LIST,
    in_sentence,
    is_address,
    is_courtesy,
    is_nothing,
    is_prose,
    is_unknown,
    parts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.likes.plain.shapes.base import Head, Record, Row, Tally

__all__ = ["Addresses", "Blocks", "recognise_addresses", "recognise_blocks"]

Layout: TypeAlias = Literal["colons", "gaps", "turns", "none"]
Behind: TypeAlias = Literal["nothing", "addresses", "anything", "card"]

LAYOUTS: Final[dict[Layout, str]] = {
    "colons": "customer = the text before a colon",
    "gaps": "customer = the first line of a block, blank lines between the blocks",
    "turns": "customer = a line that is no address, above addresses",
}
HEADINGS: Final = frozenset(
    word for role in ("customer", "resource", "url", "handle", "name", "platform") for word in VOCABULARY[role]
)
CARD_WORDS: Final = VOCABULARY["customer"] | {"name", "ονομα"}
LISTS: Final = """
    channels groups communities pages blogs authors subscriptions list links каналы каналов группы сообщества паблики
    страницы блоги авторы подписки список ссылки канали групи спільноти сторінки підписки κανάλια ομάδες κοινότητες
    σελίδες συνδρομές λίστα kanāli kanālus grupas kopienas lapas blogi abonementi saraksts ալիքներ ալիքները խմբեր խմբերը
    էջեր էջերը ցանկ ցուցակ
"""
LIST_WORDS: Final = frozenset(map(folded, LISTS.split()))
NO_ADDRESS: Final = "neither the name of a customer or a platform, nor an address"
PROSE_SHARE: Final = 0.1  # so many lines may be remarks between the others
ADDRESS_SHARE: Final = 0.34  # with fewer addresses it may be anything


class Label(NamedTuple):
    """A customer, what stands behind him on his line, and whether a word such as ``Customer`` stands before him."""

    customer: str
    rest: str
    card: bool = False


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text or one column with the name of each customer above what he follows, or before it.

    Args:
        layout: How a customer is told from what he follows.
        platform: The platform that a title names.
        header: The line of a header above it all; 0 without one.
        behind: What may stand behind a colon, so that the text before it is a customer: ``nothing`` where
            ``text: address`` is a resource with its name, ``card`` where only ``Customer: Anna`` tells one.

    """

    layout: Layout
    platform: str | None = None
    header: int = 0
    behind: Behind = "addresses"

    @property
    def kind(self) -> str:
        return "blocks, a customer above each"

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "resource")

    def said(self) -> str:
        return LAYOUTS[self.layout] + (f", platform = {self.platform}" if self.platform else "")

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        return _Reading(self, tally, None, self.platform).records(rows)

    def label(self, line: Line, following: Line | None) -> Label | None:
        """Return the customer whom a line names, None where it names none; the next line helps to tell."""
        if self.layout == "colons":
            return _before_colon(line.text, self.behind)
        if line.text.endswith(":") and self.layout != "none":
            return _before_colon(line.text)
        if is_nothing(line.text) or is_prose(line.text) or is_courtesy(line.text) or _holds_address(line.text):
            return None
        if self.layout == "gaps":
            return Label(line.text, "") if line.first else None
        follows = following is not None and (_holds_address(following.text) or heading(following.text) is not None)
        return Label(line.text, "") if self.layout == "turns" and follows else None


@dataclass(frozen=True, slots=True)
class Addresses:
    """What one customer follows, one address a line; a title names the customer.

    Args:
        customer: Of whom all lines are.
        platform: The platform that a title names.
        header: The line of a header above it all; 0 without one.

    """

    customer: str
    platform: str | None = None
    header: int = 0

    @property
    def kind(self) -> str:
        return "what one customer follows, one address a line"

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "resource")

    def said(self) -> str:
        return "customer = the name of the file or tab" + (f", platform = {self.platform}" if self.platform else "")

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        return _Reading(Blocks("none", header=self.header), tally, self.customer, self.platform).records(rows)


@dataclass(slots=True)
class _Reading:
    """Where one is in a text: under which customer and platform, and what was found there."""

    shape: Blocks
    tally: Tally
    customer: str | None
    platform: str | None
    heading: Heading | None = None
    outer: bool = False  # platforms stand above the customers
    line: int = 1
    found: int = 0  # records of the customer
    found_here: int = 0  # records since the heading
    unknown: bool = False
    fresh_card: bool = False

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        for line, following in with_next(lines_of(rows, self.tally)):
            if line.number != self.shape.header:
                yield from self._read(line, following)
        yield from self._leave_customer()

    def _read(self, line: Line, following: Line | None) -> Iterator[Record]:
        if is_tidy_address(line.text):
            yield from self._item(line, line.text)
        elif found := heading(line.text):
            self.fresh_card = False
            yield from self._enter_platform(line, found)
            yield from self._items(line, found.rest, listed=True)
        elif label := self.shape.label(line, following):
            if label.card and self.fresh_card:  # a name, and then an e-mail address
                return
            self.fresh_card = label.card
            yield from self._leave_customer()
            self.customer, self.line, self.found, self.unknown = label.customer, line.number, 0, False
            yield from self._items(line, label.rest, listed=True)
        elif self.shape.behind == "card" and COLON.search(line.text) and not _holds_address(line.text):
            self.tally.bad.append(BadLine(line.number, NO_ADDRESS))
        else:
            yield from self._items(line, line.text, listed=False)

    def _items(self, line: Line, text: str, *, listed: bool) -> Iterator[Record]:
        """Yield the resources of a line; names are cut at commas only where a list was announced."""
        if not text or is_nothing(text):
            return
        if is_unknown(text):
            self.unknown = True
            return
        items = [item for item in parts(text) if not listed or not is_courtesy(item)]
        if not any(map(is_address, items)) and not listed:
            if is_prose(text) or is_courtesy(text):
                self.tally.bad.append(BadLine(line.number, NOT_A_LIST))
                return
            items = [text] if not re.search("[;|]", text) else items
        for item in items:
            yield from self._item(line, item)

    def _item(self, line: Line, item: str) -> Iterator[Record]:
        self.fresh_card = False
        self.found += 1
        self.found_here += 1
        yield line.number, (self.customer, self._platform(), item)

    def _platform(self) -> str | None:
        return self.heading.platform if self.heading else self.platform

    def _enter_platform(self, line: Line, found: Heading) -> Iterator[Record]:
        if self.customer is None and self.shape.layout != "none":
            self.outer = True
        if self.outer:
            yield from self._leave_customer()
            self.customer, self.platform = None, found.platform
            return
        yield from self._leave_platform()
        self.heading, self.line, self.found_here, self.unknown = found, line.number, 0, False

    def _leave_platform(self) -> Iterator[Record]:
        """Say that a list is empty where nothing stands under its platform."""
        if self.heading is None:
            return
        if not self.found_here and self.heading.platform and not self.unknown:
            self.found += 1
            yield self.line, (self.customer, self.heading.platform, None)
        self.heading = None

    def _leave_customer(self) -> Iterator[Record]:
        yield from self._leave_platform()
        if self.customer is None or self.found or self.unknown:
            return
        if self.platform:
            yield self.line, (self.customer, self.platform, None)
        else:
            self.tally.nothing += 1


def recognise_blocks(head: Head) -> Blocks | None:
    """Recognise customers with what they follow below or behind each; None where the text is something else.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Anna:"]), (2, ["t.me/smm_lv"]), (3, ["Boris: vk.com/smm, @durov"])]
        >>> shape = recognise_blocks(Head("notes.txt", ["notes"], rows))
        >>> [values for _, values in shape.records(rows, Tally())]
        [('Anna', None, 't.me/smm_lv'), ('Boris', None, 'vk.com/smm'), ('Boris', None, '@durov')]

    """
    lines = _lines_of_head(head)
    if lines is None:
        return None
    header = _header(lines)
    lines = [line for line in lines if line.number != header]
    platform = platform_of_titles(head.titles)
    shape = _laid_out(lines, platform, header)
    if shape is None:
        return None
    labels = _labels(shape, lines)
    if platform is not None and customer_of_titles(head.titles) and _are_accounts(shape, labels, platform):
        return None
    if customer_of_titles(head.titles) and _one_each(lines, labels):
        raise InputError(
            f"{head.label}: nothing tells whether the names beside the addresses are customers or names of places",
            hint="leave out names of places; or name the file after no customer, but list, clients or the like",
        )
    rest = [line for line, label in zip(lines, labels, strict=True) if label is None or label.rest]
    known = platform is not None or any(heading(line.text) for line in lines)
    return shape if any(labels) and _plausible(rest, known=known) else None


def recognise_addresses(head: Head) -> Addresses | None:
    """Recognise the list of one customer, whom a title names; None where there is none, and where it is prose.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Сообщество"]), (2, ["- vk.com/smm_riga"]), (3, ["- @smm"])]
        >>> shape = recognise_addresses(Head("Anna/вк.txt", ["вк", "Anna"], rows))
        >>> list(shape.records(rows, Tally()))
        [(2, ('Anna', 'vk', 'vk.com/smm_riga')), (3, ('Anna', 'vk', '@smm'))]

    """
    lines, customer = _lines_of_head(head), customer_of_titles(head.titles)
    if lines is None or customer is None:
        return None
    header = _header(lines)
    lines = [line for line in lines if line.number != header]
    platform = platform_of_titles(head.titles)
    known = platform is not None or any(heading(line.text) for line in lines) or _is_plain_list(lines)
    return Addresses(customer, platform, header) if _plausible(lines, known=known) else None


def _is_plain_list(lines: Sequence[Line]) -> bool:
    """Whether nothing hints at other customers, or at a text of settings: no colons, no blocks."""
    gaps = {line.first for line in lines[1:]}
    return len(gaps) < 2 and not any(":" in line.text for line in lines)


def _holds_address(text: str) -> bool:
    return is_tidy_address(text) or any(map(is_address, parts(text)))


def _before_colon(text: str, behind: Behind = "addresses") -> Label | None:
    """Return the customer before a colon, or behind it where a word such as ``Customer`` stands before."""
    found = COLON.search(text)
    if found is None or heading(text) is not None:
        return None
    word, rest = text[: found.start()].strip(), text[found.end() :].strip()
    if not word or is_prose(word) or _holds_address(word):
        return None
    if rest and folded(word) in CARD_WORDS and not _holds_address(rest):
        return Label(rest, "", card=True)
    if behind == "card":
        return None
    if not rest:
        return Label(word, "")
    listed = _holds_address(rest) or is_nothing(rest) or is_unknown(rest) or (behind == "anything" and ":" in found[0])
    return Label(word, rest) if listed and behind != "nothing" else None


def _lines_of_head(head: Head) -> list[Line] | None:
    """Return the lines of a head, None where it is a table, or the user named columns."""
    if head.chosen or any(_is_table_row(cells) for _, cells in head.rows):
        return None
    return list(lines_of(head.rows)) or None


def _is_table_row(cells: Sequence[str]) -> bool:
    """Whether cells stand side by side that are no list."""
    texts = [cell for cell in cells if cell and not cell.isspace()]
    if len(texts) < 2:
        return False
    label = _before_colon(texts[0]) or heading(texts[0])
    return not all(_holds_address(text) for text in (texts[1:] if label else texts))


def _header(lines: Sequence[Line]) -> int:
    """Return the number of the first line where it is a header, or a sentence such as ``Hi! My channels:``."""
    text = lines[0].text
    if _holds_address(text) or heading(text) is not None:
        return 0
    said = text.endswith(":") and (LIST_WORDS & set(folded(text).split()) or "!" in text)
    known = said or folded(text) in HEADINGS or customer_of_titles([text.rstrip(": ")]) is None
    return lines[0].number if known else 0


def _laid_out(lines: Sequence[Line], platform: str | None, header: int) -> Blocks | None:
    """Return how customers are told from what they follow."""
    plain = [line for line in lines if heading(line.text) is None]
    if not plain:
        return None
    if _before_colon(plain[0].text, "anything"):
        return Blocks("colons", platform, header, _behind(lines))
    starts = [line for line in plain if line.first]
    if len(starts) > 1 and not _holds_address(plain[0].text):
        return Blocks("gaps", platform, header)
    return Blocks("turns", platform, header)


def _behind(lines: Sequence[Line]) -> Behind:
    """Return what stands behind the colons of customers.

    Where ``text: address`` stands right below a customer it is his: nobody leaves the first one empty.
    """
    labels = [None if heading(line.text) else _before_colon(line.text) for line in lines]
    if any(label and label.card for label in labels):
        return "card"
    if not any(label and not label.rest for label in labels):
        return "anything"
    below = (under for above, under in pairwise(labels) if above and not above.rest)
    return "nothing" if any(under and under.rest for under in below) else "addresses"


def _are_accounts(shape: Blocks, labels: Sequence[Label | None], platform: str) -> bool:
    """Whether what may be names of customers are short names of resources: ``club7`` above ``vk.com/smm``."""
    words = [label.customer for label in labels if label is not None]
    keys = [identify(word, platform)[0] for word in words]
    known = shape.layout == "turns" and all(key is not None and not is_name(key) for key in keys)
    return known and any(re.search(r"[\d_.]", word) for word in words)


def _one_each(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether every name has one address, and no two the same: nothing then tells customers from names of places."""
    lists: list[list[str]] = []
    for line, label in zip(lines, labels, strict=True):
        if label is None and heading(line.text) is not None:
            return False
        if label is not None:
            lists.append([])
        elif not lists:
            return False
        lists[-1] += [item for item in parts(line.text if label is None else label.rest) if is_address(item)]
    single = all(len(items) == 1 for items in lists)
    return single and len(lists) > 1 and len({item for items in lists for item in items}) == len(lists)


def _labels(shape: Blocks, lines: Sequence[Line]) -> list[Label | None]:
    return [None if heading(line.text) else shape.label(line, following) for line, following in with_next(lines)]


def _plausible(lines: Sequence[Line], *, known: bool) -> bool:
    """Whether lines are addresses, or names where it is known whose and of what; never prose."""
    texts = [found.rest if (found := heading(line.text)) else line.text for line in lines]
    texts = [text for text in texts if text and not is_nothing(text) and not is_unknown(text)]
    texts = [text for text in texts if not is_courtesy(text)]
    told = [in_sentence(text) for text in texts]
    addresses = sum(_holds_address(text) and not said for text, said in zip(texts, told, strict=True))
    prose = sum(said or (is_prose(text) and not _holds_address(text)) for text, said in zip(texts, told, strict=True))
    if addresses and addresses >= ADDRESS_SHARE * len(texts):
        return prose <= PROSE_SHARE * len(texts)
    return known and prose == 0
