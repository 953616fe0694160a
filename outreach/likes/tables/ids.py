"""Names of one customer's places with the network's numbers behind them, as scripts print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.answers import is_address, line_of, unmarked
from outreach.likes.tables.readings import Reading
from outreach.likes.tables.titles import platform_of_titles, whose
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally

__all__ = ["NamedIds", "id_readings"]

BETWEEN: Final = r"\s*(?:[|;,\t]|[-–—:](?=\s))\s*"
NUMBER: Final = r"(?:[(\[]?\s*id\s*[:=#]?\s*)?(?P<id>-?\d{6,20})\s*[)\]]?"
NAME_FIRST: Final = re.compile(rf"(?P<name>[^\s\d].*?)(?:{BETWEEN}|\s+(?=[(\[])){NUMBER}", re.IGNORECASE)
NUMBER_FIRST: Final = re.compile(rf"{NUMBER}{BETWEEN}(?P<name>[^\s\d].*)", re.IGNORECASE)
LONGEST: Final = 300
NO_ID: Final = message("no-id-behind-name")


def parted(text: str) -> tuple[str, str] | None:
    """Return the name and the number of a line; None where it is something else.

    Example:
        >>> parted("Riga Food — ID: -1001987654321"), parted("Riga Food|1987654321"), parted("1987654321: Riga Food")
        (('Riga Food', '-1001987654321'), ('Riga Food', '1987654321'), ('Riga Food', '1987654321'))
        >>> parted("Route 66"), parted("t.me/riga_food"), parted("1987654321")
        (None, None, None)

    """
    text = unmarked(text) if len(text) < LONGEST else ""
    found = NAME_FIRST.fullmatch(text) or NUMBER_FIRST.fullmatch(text)
    return None if found is None or _holds_address(found["name"]) else (found["name"].strip(), found["id"])


def _holds_address(name: str) -> bool:
    return "/" in name and any(map(is_address, name.split()))


@dataclass(frozen=True, slots=True)
class NamedIds:
    """What one customer follows, a name and a number a line.

    Args:
        customer: Of whom all lines are.
        platform: The platform that a title names, or the user.

    """

    customer: str
    platform: str | None

    kind = message("shape-ids")
    roles = ("customer", "platform", "handle", "name")

    def describe(self) -> str:
        """Return how it was understood."""
        return "customer = the name of the file or tab, names with the network's ids"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield the numbers with their names."""
        for line, cells in rows:
            text = line_of(cells)
            found = parted(text) if text else None
            if found is not None:
                yield line, (self.customer, self.platform, found[1], found[0])
            elif text:
                tally.reject(line, NO_ID)


def id_readings(head: Head) -> Iterator[Reading]:
    """Yield how lines can be names with numbers: nearly all are, no two alike, and the network is known.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> rows = [(1, ["Riga Food|1987654321"]), (2, ["Night Run|1876543210"])]
        >>> shape = next(id_readings(Head("anna.txt", ["anna"], rows, assumed="telegram"))).shape
        >>> [values for _, values in shape.records(rows, Tally())]
        [('anna', 'telegram', '1987654321', 'Riga Food'), ('anna', 'telegram', '1876543210', 'Night Run')]

    """
    customer, platform = whose(head), head.assumed or platform_of_titles(head.titles)
    texts = [text for _, cells in head.rows if (text := line_of(cells))]
    wide = any(sum(bool(cell.strip()) for cell in cells) > 2 for _, cells in head.rows)
    if customer is None or platform is None or wide or not texts or parted(texts[-1]) is None:
        return
    found = [pair for text in texts if (pair := parted(text))]
    alike = _alike([number for _, number in found]) or _alike([name for name, _ in found])
    if not alike and len(found) >= 0.8 * len(texts):
        yield Reading(NamedIds(customer, platform), ((9.0, "names-with-ids"),))


def _alike(texts: Sequence[str]) -> bool:
    return len(set(texts)) < len(texts)
