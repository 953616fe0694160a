"""Small files that the user wrote: addresses, and pairs of addresses that are one resource."""

from __future__ import annotations

import csv
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, UnknownResourceError
from outreach.files.long_cells import first_cells
from outreach.files.streams import read_once
from outreach.tables import verbatim
from outreach.words.columns import Form, map_headers
from outreach.words.vocabulary import keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.keys.aliases import Alias

__all__ = ["People", "addresses_given", "addresses_in", "community_names_in", "hand_aliases", "people_in"]

ALIASES: Final = Form("headers.aliases", keys_of("headers.aliases"))
"""What the columns of these files say."""
OURS: Final = "resource"
"""A column of tables that we write: the ranking, the ledger, aliases from ``outreach enrich``."""


LISTS_END: Final = (".csv", ".tsv", ".txt")  # what no address ends in that is not a link


class People(dict[str, str]):
    """Alias to the label that counts, and where the aliases stand.

    Args:
        path: The file.
        customers: Alias to customer.
        lines: Alias to its line.

    """

    def __init__(self, path: str | Path, customers: Mapping[str, str], lines: Mapping[str, int]) -> None:
        super().__init__(customers)
        self.path: Final = path
        self.lines: Final = lines


def hand_aliases(path: str | Path) -> list[Alias]:
    """Read aliases that the user wrote: a CSV file with the columns ``resource,same_as``.

    A bare name beside an address is a name on the platform of that address, and one of which no platform is known.

    Raises:
        InputError: The file cannot be read, or a line does not name two resources.

    """
    from outreach.keys import identify, is_name, name_key, platform_of
    from outreach.keys.aliases import Alias

    aliases: list[Alias] = []
    for line, row in _records(path, ("resource", "same_as")):
        keys = [identify(text).key for text in row]
        if keys[0] is None or keys[1] is None:
            bad = "resource" if keys[0] is None else "same_as"
            raise InputError(
                f"{path}, line {line}: the {bad} address is not one of a place", hint="outreach key ADDRESS shows why"
            )
        aliases.append(Alias(keys[0], keys[1], "by hand"))
        for (text, own), other in zip(zip(row, keys, strict=True), reversed(keys), strict=True):
            if own is not None and other is not None and is_name(own) and platform_of(own) == "other":
                named = name_key(text, platform_of(other))
                if named is not None and named != own:
                    aliases.append(Alias(named, other, "by hand"))
    return aliases


def people_in(path: str | Path) -> People:
    r"""Read the several labels of one person: a CSV file with the columns ``customer,alias``; return alias to customer.

    Raises:
        InputError: The file cannot be read, a cell is empty, or an alias is of two people.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "customers.csv")
        >>> _ = path.write_text("customer,alias\nanna,Anna P.\nAnna P.,anna-instagram\n")
        >>> people_in(path)
        {'Anna P.': 'anna', 'anna-instagram': 'anna'}

    """
    people: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in _records(path, ("customer", "alias")):
        customer, alias = (" ".join(unicodedata.normalize("NFC", cell).split()) for cell in row)
        if not customer or not alias:
            raise InputError(f"{path}, line {line}: both a customer and an alias are needed", hint="anna,Anna P.")
        if customer == alias:
            continue
        if _counting(customer, people) == alias:
            raise InputError(
                f"{path}, line {line}: each of these is an alias of the other", hint="remove one of the lines"
            )
        lines.setdefault(alias, line)
        if alias in people and _counting(customer, people) != _counting(alias, people):
            raise InputError(
                f"{path}, line {line}: this alias belongs to another customer too", hint="remove one of the lines"
            )
        people.setdefault(alias, customer)
    return People(path, {alias: _counting(customer, people) for alias, customer in people.items()}, lines)


def community_names_in(path: str | Path) -> dict[str, str]:
    r"""Read the names of communities: a CSV file with the columns ``place,name``; return address of a place to name.

    Raises:
        InputError: The file cannot be read, a cell is empty, or an address is none of a place.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "names.csv")
        >>> _ = path.write_text("place,name\nt.me/smm_riga,Marketers of Riga\n")
        >>> community_names_in(path)
        {'t.me/smm_riga': 'Marketers of Riga'}

    """
    names: dict[str, str] = {}
    for line, (place, name) in _records(path, ("place", "name")):
        if identify(place).key is None:
            raise InputError(f"{path}, line {line}: this address is not one of a place", hint="outreach key shows why")
        if not name.strip():
            raise InputError(f"{path}, line {line}: the name of the community is empty", hint="t.me/smm_riga,Marketers")
        names[place] = " ".join(name.split())
    return names


def _counting(customer: str, people: dict[str, str]) -> str:
    """Return the label that counts: a customer may be an alias himself."""
    way = []
    while customer in people:
        way.append(customer)
        customer = people[customer]
    for alias in way[:-1]:
        people[alias] = customer  # the next one comes here at once
    return customer


def addresses_in(path: str | Path) -> list[str]:
    """Return the addresses in a file: one a line, or the column ``resource`` of a table.

    Raises:
        InputError: The file cannot be read.

    """
    text = _small_text(path)
    first = text.partition("\n")[0].casefold()
    if "resource" in first:
        return [row[0] for _, row in _rows(path, text, ("resource",)) if row[0].strip()]
    return [line.strip() for line in text.splitlines() if line.strip()]


def addresses_given(option: str, entry: str, platform: str | None) -> list[str]:
    """Return the addresses in a file, or the entry itself where there is no such file.

    Args:
        option: Who asks, for messages.
        entry: A path or an address.
        platform: Of handles that come without one.

    Raises:
        InputError: The file cannot be read.
        UnknownResourceError: An address names no resource.

    """
    from outreach.keys import identify

    is_file = os.path.exists(entry) and not os.path.isdir(entry)  # noqa: PTH110, PTH112 - Path fails on long addresses
    if not is_file and entry.lower().endswith(LISTS_END) and "://" not in entry:
        raise InputError(f"{option} {entry}: no such file", hint="check the path")
    addresses = addresses_in(entry) if is_file else [entry]
    for address in addresses:
        key, why = identify(address, platform)
        if key is None:
            which = f"{entry}: an address in it" if is_file else f"{option} {entry}: this address"
            raise UnknownResourceError(f"{which} is not one of a place: {why}", hint="outreach key ADDRESS shows more")
    return addresses


def _small_text(path: str | Path) -> str:
    from outreach.files.encodings import encoding_of

    try:
        with read_once(path) as file:
            content = file.read_bytes()
    except OSError as err:
        raise InputError(f"{path}: cannot be read ({err.strerror})", hint="check the path") from err
    return content.decode(encoding_of(str(path), content).name, errors="replace").removeprefix("\ufeff")


def _records(path: str | Path, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Read the named columns of a small CSV file, with the line of each row."""
    return _rows(path, _small_text(path), columns)


def _rows(path: str | Path, text: str, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    lines = text.splitlines(keepends=True)
    delimiter = next((sign for sign in ",;\t" if set(columns) <= _header(lines[:1], sign).keys()), ",")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as err:
        raise InputError(
            f"{path}, line {reader.line_num}: a quotation mark that is never closed, or an endless cell",
            hint="check the quotation marks of that line",
        ) from err
    header = _header(lines[:1], delimiter)
    missing = [column for column in columns if column not in header]
    if missing:
        raise InputError(f"{path}: no column {missing[0]}", hint=f"its first line must be {','.join(columns)}")
    places = [header[column] for column in columns]
    ours = OURS in [cell.strip() for cell in rows[0][1]]
    return [
        (line, [(verbatim(row[place]) if ours else row[place]) if place < len(row) else "" for place in places])
        for line, row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _header(first_line: Sequence[str], delimiter: str) -> Mapping[str, int]:
    """Return which column says what."""
    cells = [cell for line in first_line for cell in first_cells(line, delimiter)]
    return map_headers(cells, ALIASES).positions
