"""Lists in one column or a text: a customer's name and what he follows below it, or only addresses, one a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from outreach.likes.tables.amounts import size_of
from outreach.likes.tables.answers import (
    in_sentence,
    is_address,
    is_nothing,
    is_prose,
    is_unknown,
    is_unsaid,
    line_of,
    parts,
)
from outreach.likes.tables.cells import is_tidy_address, mostly
from outreach.likes.tables.interface import is_button, is_interface_word
from outreach.likes.tables.lines import COLON, Line, are_messages, heading, lines_of, tells_address, with_next
from outreach.likes.tables.reading import Reading
from outreach.likes.tables.readings import names_of_places, undecided
from outreach.likes.tables.sentences import LIST_WORDS, is_said, is_speech
from outreach.likes.tables.titles import customer_of_titles, either, may_be_handle, platform_of_titles, whose
from outreach.likes.tables.vocabulary import ACCOUNTS
from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.columns import VOCABULARY
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.messages import Message

__all__ = ["Addresses", "Blocks", "recognise_addresses", "recognise_blocks", "recognise_plain_addresses"]

Layout: TypeAlias = Literal["colons", "gaps", "turns", "none"]
Behind: TypeAlias = Literal["nothing", "addresses", "anything", "card"]

LAYOUTS: Final[dict[Layout, str]] = {
    "colons": "customer = the text before a colon",
    "gaps": "customer = the first line of a block, blank lines between the blocks",
    "turns": "customer = a line that is not an address, above addresses",
}
HEADINGS: Final = frozenset(
    word for role in ("customer", "resource", "url", "handle", "name", "platform") for word in VOCABULARY[role]
).union(ACCOUNTS)
CARD_WORDS: Final = words_of("headers.likes.customer") | words_of("headers.likes.name_of_person")
PROSE_SHARE: Final = 0.1  # so many lines may be remarks between the others
CHAT_SHARE: Final = 0.25  # where at least half of them are addresses
ID: Final = pattern(r"-?\d{4,}")
MAIL: Final = pattern(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
NO_ADDRESS_BELOW: Final = message("name-without-address")
PLAIN_ADDRESS: Final = pattern(r"(?:https?://)?(?:[a-z][a-z0-9-]*\.)+[a-z]{2,12}/(?:@?[A-Za-z0-9_.-]*[A-Za-z0-9_])")
"""What no other way to read a text finds anything in."""
FEWEST_PLAIN: Final = 2
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
        apart: Whether blank lines stand between some lines, and not between all: then a block may begin in either way,
            ``Anna`` above addresses or ``Anna: addresses``.
        assumed: The platform of bare handles, where the user said it.
        pasted: Whether words of a network's page stand among the places.
        title: The text of the header, where it is a word for places or customers.

    """

    layout: Layout
    platform: str | None = None
    header: int = 0
    behind: Behind = "addresses"
    apart: bool = False
    assumed: str | None = None
    pasted: bool = False
    title: str = ""

    @property
    def kind(self) -> Message:
        return message("shape-blocks")

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "resource")

    def describe(self) -> str:
        return LAYOUTS[self.layout] + _of_all(self.platform, self.title)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        return Reading(self, tally, None, self.platform).records(rows)

    def label(self, line: Line, following: Line | None) -> Label | None:
        """Return the customer whom a line names, None where it names none; the next line helps to tell."""
        if self.layout == "none":
            return None
        if self.layout == "colons":
            return _before_colon(line.text, self.behind) or self._bare(line, following)
        begins = line.first and self.apart and ": " in line.text
        if line.text.endswith(":") or (begins and _before_colon(line.text)):
            return _before_colon(line.text)
        names = line.first if self.layout == "gaps" else _is_above_list(following)
        return Label(line.text, "") if names and not _is_no_name(line.text) else None

    def _bare(self, line: Line, following: Line | None) -> Label | None:
        """Return the customer on a line of his own, where the others stand before colons."""
        begins = (line.first and self.apart) or self.behind == "anything"
        known = not begins or self.behind == "card" or _is_no_name(line.text) or COLON.search(line.text) is not None
        return None if known or may_be_handle(line.text) or not _is_above_list(following) else Label(line.text, "")


@dataclass(frozen=True, slots=True)
class Addresses:
    """What one customer follows, one address a line; a title names the customer.

    Args:
        customer: Of whom all lines are.
        platform: The platform that a title names.
        header: The line of a header above it all; 0 without one.
        named: Whether names of places stand before or above their addresses.
        assumed: The platform of bare handles, where the user said it.
        pasted: Whether words of a network's page stand among the places.
        title: The text of the header, where it is a word for places or customers.

    """

    customer: str
    platform: str | None = None
    header: int = 0
    named: bool = False
    assumed: str | None = None
    pasted: bool = False
    title: str = ""

    @property
    def kind(self) -> Message:
        return message("shape-addresses")

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "resource", "name") if self.named else ("customer", "platform", "resource")

    def describe(self) -> str:
        return "customer = the name of the file or tab" + _of_all(self.platform, self.title)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        if self.named:
            return self._named(rows, tally)
        shape = Blocks("none", header=self.header, assumed=self.assumed, pasted=self.pasted)
        return Reading(shape, tally, self.customer, self.platform).records(rows)

    def _named(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield the addresses with their names."""
        name: str | None = None
        for line in lines_of(rows, tally):
            if line.number == self.header:
                tally.headings.append(line.number)
                continue
            items = [item for item in parts(line.text) if is_address(item)]
            found = COLON.search(line.text)
            before = line.text[: found.start()].strip() if found and items and not is_address(line.text) else None
            for item in items:
                yield line.number, (self.customer, self.platform, item, before or name)
            if name is not None and not items:
                tally.reject(line.number - 1, NO_ADDRESS_BELOW)
            name = None if items else line.text.rstrip(": ")


def _of_all(platform: str | None, title: str) -> str:
    """Describe what holds for all of a text: its platform, and a heading that is no place."""
    return (f", platform = {platform}" if platform else "") + (f", heading = {title}" if title else "")


def recognise_blocks(head: Head) -> Blocks | None:
    """Recognise customers with what they follow below or behind each; None where the text is something else.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> rows = [(1, ["Anna:"]), (2, ["t.me/smm_lv"]), (3, ["Boris: vk.com/smm, @durov"])]
        >>> shape = recognise_blocks(Head("notes.txt", ["notes"], rows))
        >>> [values for _, values in shape.records(rows, Tally())]
        [('Anna', None, 't.me/smm_lv'), ('Boris', None, 'vk.com/smm'), ('Boris', None, '@durov')]

    """
    lines = _lines_of_head(head)
    if lines is None:
        return None
    header = _header(lines, head)
    lines = [line for line in lines if line.number != header]
    platform = platform_of_titles(head.titles)
    shape = _laid_out(lines, platform, header)
    if shape is None:
        return None
    shape = replace(shape, assumed=head.assumed, pasted=_pasted(head), title=_title(head, header))
    labels = _labels(shape, lines)
    if (platform is not None and _begins_with_place(shape, lines, labels, head)) or (
        head.assumed is not None and _begins_with_handle(lines, labels, head)
    ):
        return None
    if whose(head) and labels[0] is None and all(MAIL.fullmatch(label.customer) for label in labels if label):
        return None  # an e-mail address between the places of the one whom a title names
    sent = are_messages([text for _, cells in head.rows if (text := line_of(cells))])  # then names are of who wrote
    if whose(head) and not sent and (pairs := _one_each(lines, labels)):
        if head.owner_given or names_of_places(pairs, head):
            return None  # the names are those of the places
        if len(pairs) > 1:
            raise undecided(head, pairs)
    rest = [line for line, label in zip(lines, labels, strict=True) if label is None or label.rest]
    known = platform is not None or any(heading(line.text) for line in lines) or _are_asked_for(shape, head)
    known = known or _share_names(lines, labels)
    return shape if any(labels) and _plausible(rest, known=known) else None


def _share_names(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether several labels with a colon stand above lists of names, and some name stands in two of them."""
    lists: list[set[str]] = []
    for line, label in zip(lines, labels, strict=True):
        if label is not None:
            if label.rest or not line.text.endswith(":"):
                return False
            lists.append(set())
        elif not lists or COLON.search(line.text):
            return False
        else:
            lists[-1].add(line.text.casefold())
    names = [name for one in lists for name in one]
    return len(lists) > 1 and all(lists) and len(set(names)) < len(names)


def _are_asked_for(shape: Blocks, head: Head) -> bool:
    """Whether the user said what platform names are of, and colons tell the customers: the file is not one's own."""
    if head.read_as == "blocks":
        return True
    named = head.customer or head.customer_is not in {None, "column"} or customer_of_titles(head.titles[:1])
    return shape.layout == "colons" and head.assumed is not None and not named


def recognise_addresses(head: Head) -> Addresses | None:
    """Recognise the list of one customer, whom a title names; None where there is none, and where it is prose.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> rows = [(1, ["Сообщество"]), (2, ["- vk.com/smm_riga"]), (3, ["- @smm"])]
        >>> shape = recognise_addresses(Head("Anna/вк.txt", ["вк", "Anna"], rows))
        >>> list(shape.records(rows, Tally()))
        [(2, ('Anna', 'vk', 'vk.com/smm_riga')), (3, ('Anna', 'vk', '@smm'))]

    """
    lines, customer = _lines_of_head(head), whose(head)
    if lines is None or customer is None:
        return None
    header = _header(lines, head)
    lines = [line for line in lines if line.number != header]
    platform = platform_of_titles(head.titles)
    known = platform is not None or any(heading(line.text) for line in lines) or _is_plain_list(lines)
    if not _plausible(lines, known=known):
        return None
    return Addresses(
        customer,
        platform,
        header,
        named=_have_names(lines, platform, header, head),
        assumed=head.assumed,
        pasted=_pasted(head),
        title=_title(head, header),
    )


def recognise_plain_addresses(head: Head) -> Addresses | None:
    """Recognise a list of nothing but plain addresses, without a look at the other ways to read it.

    For lists of this kind :func:`recognise_addresses` says the same, and beats the others; most lists in folders of
    many are of it.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> rows = [(1, ["vk.com/smm_riga"]), (2, ["t.me/smm"])]
        >>> recognise_plain_addresses(Head("Anna.txt", ["Anna"], rows)).customer
        'Anna'
        >>> recognise_plain_addresses(Head("Anna.txt", ["Anna"], [*rows, (3, ["Boris:"])])) is None
        True

    """
    if head.chosen or head.read_as is not None or head.ours or len(head.rows) < FEWEST_PLAIN:
        return None
    if not all(len(cells) == 1 and PLAIN_ADDRESS.fullmatch(cells[0]) for _, cells in head.rows):
        return None
    customer = whose(head)
    return None if customer is None else Addresses(customer, platform_of_titles(head.titles), assumed=head.assumed)


def _have_names(lines: Sequence[Line], platform: str | None, header: int, head: Head) -> bool:
    """Whether names of places stand before or above their addresses, one each."""
    shape = _laid_out(lines, platform, header)
    pairs = frozenset() if shape is None else _one_each(lines, _labels(shape, lines))
    return bool(pairs) and (names_of_places(pairs, head) or (head.owner_given and len(pairs) > 1))


def _is_plain_list(lines: Sequence[Line]) -> bool:
    """Whether nothing hints at other customers, or at a text of settings: no colons, no blocks."""
    gaps = {line.first for line in lines[1:]}
    return len(gaps) < 2 and not any(":" in line.text and not is_tidy_address(line.text) for line in lines)


def _is_no_name(text: str) -> bool:
    return is_nothing(text) or is_unsaid(text) or is_said(text) or tells_address(text)


def _is_above_list(following: Line | None) -> bool:
    return following is not None and (tells_address(following.text) or heading(following.text) is not None)


def _before_colon(text: str, behind: Behind = "addresses") -> Label | None:
    """Return the customer before a colon, or behind it where a word such as ``Customer`` stands before."""
    found = COLON.search(text)
    if found is None or heading(text) is not None:
        return None
    word, rest = text[: found.start()].strip(), text[found.end() :].strip()
    if not word or is_said(f"{word}:" if not rest else word) or is_speech(f"{word}:") or tells_address(word):
        return None
    if rest and fold_header(word) in CARD_WORDS and not tells_address(rest):
        return Label(rest, "", card=True)
    if behind == "card":
        return None
    if not rest:
        return Label(word, "")
    listed = tells_address(rest) or is_nothing(rest) or is_unknown(rest) or (behind == "anything" and ":" in found[0])
    return Label(word, rest) if listed and behind != "nothing" else None


def _lines_of_head(head: Head) -> list[Line] | None:
    """Return the lines of a head, None where it is a table, or the user named columns."""
    if head.chosen or any(_is_table_row(cells) for _, cells in head.rows):
        return None
    return list(lines_of(head.rows, pasted=_pasted(head))) or None


def _pasted(head: Head) -> bool:
    """Whether words of a network's page stand between the lines: buttons, sizes, or anything of it among addresses."""
    texts = [text for _, cells in head.rows if (text := line_of(cells))]
    if any(is_button(text) or size_of(text) is not None for text in texts):
        return True
    others = [text for text in texts if not is_interface_word(text)]
    return len(others) < len(texts) and mostly(map(tells_address, others), 0.9)


def _is_table_row(cells: Sequence[str]) -> bool:
    """Whether cells stand side by side that are no list."""
    texts = [cell for cell in cells if cell and not cell.isspace()]
    if len(texts) < 2:
        return False
    label = _before_colon(texts[0]) or heading(texts[0])
    return not all(tells_address(text) for text in (texts[1:] if label else texts))


def _header(lines: Sequence[Line], head: Head) -> int:
    """Return the number of the first line where it is a header, or a sentence such as ``Hi! My channels:``.

    A number is a place; so is a word in small letters where the user says what platform bare handles are of.
    """
    text = lines[0].text
    if tells_address(text) or heading(text) is not None or ID.fullmatch(text):
        return 0
    if fold_header(text).split()[-1:] in (["id"], ["ids"]) and all(ID.fullmatch(line.text) for line in lines[1:]):
        return lines[0].number
    if head.assumed is not None and may_be_handle(text) and text == text.lower():
        return 0
    said = text.endswith(":") and (LIST_WORDS & set(fold_header(text).split()) or "!" in text)
    known = said or fold_header(text) in HEADINGS or customer_of_titles([text.rstrip(": ")]) is None
    return lines[0].number if known else 0


def _title(head: Head, header: int) -> str:
    """Return the text of a header where it is known and can be shown; a sentence may hold anything."""
    text = next((line_of(cells) for number, cells in head.rows if number == header), "")
    return text if fold_header(text) in HEADINGS or customer_of_titles([text]) is None else ""


def _laid_out(lines: Sequence[Line], platform: str | None, header: int) -> Blocks | None:
    """Return how customers are told from what they follow."""
    plain = [line for line in lines if heading(line.text) is None]
    if not plain:
        return None
    apart = len({line.first for line in lines[1:]}) > 1 and not _stand_over_colons(plain)
    if _before_colon(plain[0].text, "anything"):
        return Blocks("colons", platform, header, _behind(lines), apart)
    starts = [line for line in plain if line.first and not is_said(line.text)]
    if len(starts) > 1 and not tells_address(plain[0].text):
        return Blocks("gaps", platform, header, apart=apart)
    return Blocks("turns", platform, header)


def _stand_over_colons(lines: Sequence[Line]) -> bool:
    """Whether below every name, after a blank line, comes ``text: address``: then that is the name of a place."""
    over = [
        under.first and _before_colon(under.text) is not None
        for line, under in pairwise(lines)
        if line.first and COLON.search(line.text) is None and not _is_no_name(line.text)
    ]
    return bool(over) and all(over)


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


def _begins_with_place(shape: Blocks, lines: Sequence[Line], labels: Sequence[Label | None], head: Head) -> bool:
    """Whether the first line is no customer but a place of the one whom a title names: ``club7`` above addresses.

    Raises:
        InputError: It may be either.

    """
    told = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None]
    if not told or shape.layout == "colons" or told[0][0].text.endswith(":") or told[0][1].rest:
        return False
    titled = whose(head) is not None
    if titled and shape.layout == "turns" and labels[0] is None:
        return True  # what stands above the first name is his, too
    if may_be_handle(told[0][1].customer) and (len(told) == 1 or shape.layout == "turns" or not shape.apart):
        if not titled:
            raise either(head.label)
        return True
    if titled and len(told) == 1:
        raise either(head.label)
    return False


def _begins_with_handle(lines: Sequence[Line], labels: Sequence[Label | None], head: Head) -> bool:
    """Whether a bare handle stands above the addresses of the one whom a title names."""
    plain = [(line.text, label) for line, label in zip(lines, labels, strict=True) if heading(line.text) is None]
    (text, first), owner = plain[0], whose(head)
    if owner is not None and any(label and not label.rest and ID.fullmatch(label.customer) for _, label in plain):
        return True  # the network's numbers
    single = first is not None and not first.rest and not any(label for _, label in plain[1:])
    return owner is not None and single and may_be_handle(text) and text == text.lower() != owner.lower()


def _one_each(lines: Sequence[Line], labels: Sequence[Label | None]) -> frozenset[tuple[str, str]]:
    """Return the names with their addresses where each has one, and no two the same; else nothing.

    Nothing then tells customers from names of places.
    """
    lists: list[tuple[str, list[str]]] = []
    for line, label in zip(lines, labels, strict=True):
        if label is None and heading(line.text) is not None:
            return frozenset()
        if label is not None:
            lists.append((label.customer, []))
        elif not lists:
            return frozenset()
        lists[-1][1].extend(item for item in parts(line.text if label is None else label.rest) if is_address(item))
    single = all(len(items) == 1 for _, items in lists)
    found = frozenset((name, item) for name, items in lists for item in items)
    return found if single and len({item for _, item in found}) == len(lists) else frozenset()


def _labels(shape: Blocks, lines: Sequence[Line]) -> list[Label | None]:
    return [None if heading(line.text) else shape.label(line, following) for line, following in with_next(lines)]


def _plausible(lines: Sequence[Line], *, known: bool) -> bool:
    """Whether lines are addresses, or names where it is known whose and of what; never prose."""
    texts = [found.rest if (found := heading(line.text)) else line.text for line in lines]
    texts = [text for text in texts if text and not is_nothing(text) and not is_unknown(text)]
    texts = [text for text in texts if not is_speech(text)]  # greetings and thanks among them
    told = [in_sentence(text) for text in texts]
    addresses = sum(tells_address(text) and not said for text, said in zip(texts, told, strict=True))
    prose = sum(said or (is_prose(text) and not tells_address(text)) for text, said in zip(texts, told, strict=True))
    if addresses and addresses >= ADDRESS_SHARE * len(texts):
        share = CHAT_SHARE if addresses * 2 >= len(texts) else PROSE_SHARE
        return prose <= share * len(texts)
    return known and prose == 0
