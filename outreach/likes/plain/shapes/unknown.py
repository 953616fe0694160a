"""A table of texts beside addresses, whatever its header says: ``Фамилия;Что читает``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.plain.shapes.cells import Splitter, holds_address, is_counter, mostly
from outreach.likes.plain.shapes.header import FOUND_ACCOUNT, Header, cell_at, customer_of_titles, is_role, top_rows
from outreach.likes.plain.shapes.long import Long, long_below
from outreach.likes.plain.shapes.words import in_sentence, is_prose
from outreach.words.cells import is_total, mark_of
from outreach.words.columns import VOCABULARY, Mapped, map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.plain.shapes.base import Head

__all__ = ["recognise_unknown"]

NOTE_WORDS: Final = words_of("headers.notes")
CUSTOMERS: Final = VOCABULARY["customer"] - FOUND_ACCOUNT


def recognise_unknown(head: Head) -> Long | None:
    """Recognise one column of addresses and one of texts under headers that nobody knows: the texts are customers.

    Where labels and addresses are all different, and the file has a name of its own, the texts may as well be the names
    of the places that one customer follows: then nothing is guessed.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head
        >>> rows = [(1, ["Who?", "Reads"]), (2, ["Anna", "t.me/smm_riga"]), (3, ["Boris", "t.me/smm_riga"])]
        >>> recognise_unknown(Head("likes.csv", [], rows)).said()
        'customer = Who?, resource = Reads'

    """
    if head.chosen:
        return None
    for (line, cells), below in top_rows(head):
        if any(map(holds_address, cells)):
            return None
        body = [row for _, row in below if not is_total(row[0])]
        if sum(bool(cell.strip()) for cell in cells) < 2 or not body:
            continue
        mapped = _mapped(cells, body, alone=customer_of_titles(head.titles) is None)
        return None if mapped is None else long_below(Header(mapped, line, line, cells, below), head)
    return None


def _mapped(header: Sequence[str], body: Sequence[Sequence[str]], *, alone: bool) -> Mapped | None:
    """Map the one column of texts and the one of addresses; None where there are more, or nothing tells them apart."""
    width = max(len(header), *map(len, body))
    columns = [[text for row in body if (text := cell_at(row, at))] for at in range(width)]
    places = [at for at in range(width) if mostly(map(holds_address, columns[at]))]
    people = [at for at in range(width) if at not in places and _are_labels(cell_at(header, at), columns[at])]
    if len(places) != 1 or len(people) != 1 or not cell_at(header, people[0]):
        return None
    sure = alone or fold_header(cell_at(header, people[0])) in CUSTOMERS
    if any(map(in_sentence, columns[places[0]])) or not (sure or _repeats(columns[people[0]], columns[places[0]])):
        return None
    cells = [text if at not in {*places, *people} else "" for at, text in enumerate(header)]
    more = map_columns(cells).positions
    facts = {role: more[role] for role in ("platform", "subscribers", "followed_at", "topic") if role in more}
    role = "url" if fold_header(cell_at(header, places[0])) in VOCABULARY["url"] else "resource"
    return Mapped({"customer": people[0], role: places[0], **facts}, [*header, *[""] * (width - len(header))])


def _are_labels(header: str, cells: Sequence[str]) -> bool:
    """Whether a column can hold customers: texts, and nothing else that its header is known for."""
    name = fold_header(header)
    known = (is_role(header) and name not in CUSTOMERS) or name in NOTE_WORDS
    if known or not cells or is_counter(header, cells) or any(map(is_prose, cells)):
        return False
    return mostly((any(map(str.isalpha, cell)) and mark_of(cell) is None for cell in cells), 0.8)


def _repeats(labels: Sequence[str], places: Sequence[str]) -> bool:
    """Whether some customer has several places, or some place several customers; or customers are written once."""
    told = len(set(labels)) < len(labels) or len(set(places)) < len(places) or len(labels) < len(places)
    return told or any(len(Splitter("\n;|").parts(place)) > 1 for place in places)
