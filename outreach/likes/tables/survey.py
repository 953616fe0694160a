"""Survey exports: one row a respondent, a column a question, a list of resources in each answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.keys import platform_named
from outreach.likes.tables.answers import (
    NOT_A_LIST,
    is_address,
    is_nothing,
    is_prose,
    is_unknown,
    is_yes,
    parts,
)
from outreach.likes.tables.cells import holds_address, mostly, tells_total
from outreach.likes.tables.interface import is_interface_word
from outreach.likes.tables.lines import heading
from outreach.likes.tables.questions import (
    Question,
    asks,
    asks_elsewhere,
    tells_mail,
    tells_name,
    tells_phone,
    tells_time,
)
from outreach.likes.tables.titles import blank, cell_at, top_rows
from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.columns import choose_columns, map_columns
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.messages import Message

__all__ = ["Asked", "Survey", "recognise_survey"]

TITLE_ROWS: Final = 5  # more never stand above the questions
SHOWN: Final = 40
OTHER: Final = pattern(rf"^(?:{'|'.join(map(re.escape, texts_of('forms.other')))})\s*:\s*", re.IGNORECASE)
OTHERS: Final = frozenset(text.casefold() for text in texts_of("forms.other"))
ONLY_YES: Final = message("only-yes")


class Asked(NamedTuple):
    """A question about resources: its column, its platform, its text; or one of the answers offered, as a column."""

    position: int
    platform: str | None
    text: str
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """The answers to questions about what people read and follow.

    Args:
        asked: The questions about resources.
        labels: Columns that tell who answers, the best first.
        header: The questions, as they stand in the table.
        line: Their line.
        title: Names of tab, file and folders; respondents without a name are numbered within them.

    """

    asked: tuple[Asked, ...]
    labels: tuple[int, ...]
    header: tuple[str, ...]
    line: int
    title: str = ""

    @property
    def kind(self) -> Message:
        return message("shape-survey")

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "resource")

    def describe(self) -> str:
        who = _shown(self.header[self.labels[0]]) if self.labels else "respondent and the number of the row"
        open_ones = [each for each in self.asked if not each.offered]
        told = [f"customer = {who}", *(f"{each.platform or 'resource'} = {_shown(each.text)}" for each in open_ones)]
        if len(open_ones) < len(self.asked):
            told.append(f"resources = {len(self.asked) - len(open_ones)} columns, one for each answer offered")
        return ", ".join(told)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        for line, cells in rows:
            if line <= self.line or blank(cells) or tuple(map(str.strip, cells)) == self.header:
                continue
            if self._is_total(cells):
                tally.totals += 1
                continue
            customer = self._label(line, cells)
            told = False
            for each in self.asked:
                answer = cell_at(cells, each.position)
                if each.offered:
                    if answer:
                        told = True
                        yield line, (customer, each.platform, each.text)
                    continue
                for found in self._answer(line, answer, each.platform, tally):
                    told = True
                    if found is not None:
                        yield line, (customer, *found)
            tally.nothing += not told

    def _is_total(self, cells: Sequence[str]) -> bool:
        """Whether a row holds sums: a word such as ``Итого`` where a name stands, and no address."""
        names = [cell_at(cells, at) for at in self.labels] + [cell for cell in cells if cell.strip()][:1]
        return any(map(tells_total, names)) and not any(map(holds_address, cells))

    def _label(self, line: int, cells: Sequence[str]) -> str:
        texts = (cell_at(cells, position) for position in self.labels)
        return next((text for text in texts if text), " ".join(filter(None, (f"respondent {line}", self.title))))

    def _answer(
        self, line: int, answer: str, platform: str | None, tally: Tally
    ) -> Iterator[tuple[str | None, str | None] | None]:
        """Yield platform and resource for what an answer names; None for what was noted and names nothing."""
        if is_unknown(answer):
            tally.unsaid.append(line)
            yield None
            return
        empty = True
        for found, where in _items(answer, platform):
            item = OTHER.sub("", found)
            if _says_nothing(item):
                continue
            empty = False
            if is_interface_word(item):
                tally.dropped += 1
            elif not is_unknown(item) and (reason := _fault(item)):
                tally.reject(line, reason)
            elif not is_unknown(item):
                yield where, item
                continue
            else:
                tally.unsaid.append(line)
            yield None
        if empty and platform is not None:
            yield platform, None


def recognise_survey(head: Head) -> Survey | None:
    """Recognise a survey by its questions; None where the table is something else.

    Raises:
        InputError: The user named a column that the table does not have.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> rows = [(1, ["Timestamp", "E-mail", "Which Telegram channels do you read?", "Age"]),
        ...         (2, ["5/1/2026", "anna@example.com", "t.me/smm_lv, Baltic Ads", "31"]),
        ...         (3, ["5/2/2026", "boris@example.com", "none", "40"])]
        >>> shape = recognise_survey(Head("answers.csv", ["answers"], rows))
        >>> for _, values in shape.records(rows, Tally()):
        ...     print(values)
        ('anna@example.com', 'telegram', 't.me/smm_lv')
        ('anna@example.com', 'telegram', 'Baltic Ads')
        ('boris@example.com', 'telegram', None)

    """
    if set(head.chosen) - {"customer"}:
        return None
    for (line, cells), body in islice(top_rows(head), TITLE_ROWS):
        header = tuple(map(str.strip, cells))
        if any(map(is_address, header)):
            return None
        if sum(map(bool, header)) > 1 and (shape := _asked_by(line, header, body)):
            shape = replace(shape, title=f"({', '.join(head.titles)})" if head.titles else "")
            if head.chosen:
                chosen = choose_columns(header, head.chosen, head.label).positions["customer"]
                return replace(shape, labels=(chosen, *shape.labels))
            return shape
    return None


def _asked_by(line: int, header: tuple[str, ...], body: Sequence[Row]) -> Survey | None:
    """Return the survey with these questions; None where they are none."""
    mails, names, times = ([at for at, text in enumerate(header) if tells(text)] for tells in _TELLS)
    labels = [*mails, *(at for at in names if at not in mails)]
    rest = [at for at, text in enumerate(header) if text and at not in {*labels, *times}]
    offered = _offered(rest, header, body)
    found = {
        at: question
        for at in rest
        if at not in offered and (question := asks(header[at])) and _names_resources(at, body)
    }
    bare = [question.platform for question in found.values() if question.bare]
    if len(bare) == len(found) and not offered:  # a table with the columns of contacts, or one row a like, is no survey
        networks = [platform for platform in bare if platform != "web"]
        contacts = any(map(tells_phone, header)) or not networks
        likes = map_columns([text for at, text in enumerate(header) if at not in found]).complete
        if not bare or contacts or likes or not labels:
            return None
    elif not labels and not times and len(found) < 2:
        return None
    others = {at: Question(None, bare=False) for at in rest if offered and header[at].casefold() in OTHERS}
    found |= {at: question for at, question in others.items() if _told(at, body)}
    found |= {at: Question(None, bare=False) for at in rest if at not in found and _tells_elsewhere(at, header, body)}
    asked = [Asked(at, question.platform, header[at]) for at, question in found.items()]
    asked += [Asked(at, None, header[at], offered=True) for at in offered]
    return Survey(tuple(sorted(asked)), tuple(labels), header, line)


def _offered(rest: Sequence[int], header: Sequence[str], body: Sequence[Row]) -> list[int]:
    """Return the columns of answers that were offered: nothing but the header stands below, where somebody chose it.

    A form that asks which networks people use offers networks, and no places.
    """
    rows = [cells for _, cells in body if tuple(map(str.strip, cells)) != tuple(header)]
    found = [at for at in rest if {cell_at(cells, at) for cells in rows} - {""} == {header[at]}]
    places = [at for at in found if platform_named(header[at]) is None and not is_nothing(header[at])]
    return places if len(places) > 1 else []


def _tells_elsewhere(position: int, header: Sequence[str], body: Sequence[Row]) -> bool:
    """Whether a question asks where else, or something that we do not know, and is mostly answered with addresses."""
    return asks_elsewhere(header[position]) and mostly(map(holds_address, _told(position, body)))


_TELLS: Final = (tells_mail, tells_name, tells_time)


def _names_resources(position: int, body: Sequence[Row]) -> bool:
    """Whether the answers to a question can name resources: not all of them are yes, no or a number."""
    told = _told(position, body)
    return not told or not all(is_yes(answer) or answer.isdecimal() for answer in told)


def _told(position: int, body: Sequence[Row]) -> list[str]:
    """Return the answers to a question that say something."""
    answers = [answer for _, cells in body if (answer := cell_at(cells, position))]
    return [answer for answer in answers if not is_nothing(answer) and not is_unknown(answer)]


def _items(answer: str, platform: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield what an answer lists, each with its platform; a line can begin with another one."""
    for line in answer.split("\n") if "\n" in answer else [answer]:
        found = heading(line)
        if found is not None and found.rest:
            yield from ((item, found.platform or platform) for item in parts(found.rest))
        else:
            yield from ((item, platform) for item in parts(line))


def _says_nothing(item: str) -> bool:
    """Whether an item says that there is none: ``no``, ``I don't use Facebook``."""
    if is_nothing(item):
        return True
    words = item.split()
    rest = [word for word in words if platform_named(word) is None]
    return 0 < len(rest) < len(words) < 7 and is_nothing(" ".join(rest))


def _fault(item: str) -> Message | None:
    """Return why an item names no resource; None where it does."""
    if is_yes(item):
        return ONLY_YES
    return NOT_A_LIST if is_prose(item) and not is_address(item) else None


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
