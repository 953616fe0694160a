"""JSON as a table: a list of records, or one record a line, whose nested names become headers with points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.grid import Grid
from outreach.files.json_text import parsed
from outreach.tracking.sums import AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.source import Source

__all__ = ["grids_of", "headers_of", "is_json"]

DEEPEST: Final = 6
WRAPPERS: Final = ("data", "results", "links", "events", "rows", "invites", "shortUrls", "visits")


def is_json(source: Source) -> bool:
    """Tell a text of JSON."""
    return source.beginning.lstrip().startswith(("{", "["))


def headers_of(source: Source) -> list[Sequence[str]]:
    """Return what may be headers: the first rows of a table; of JSON the names at its beginning, however deep."""
    return [tuple(source.json_keys)] if is_json(source) else list(source.first_rows)


def grids_of(source: Source) -> Sequence[Grid]:
    """Return the tables in a file; one of its records where it is JSON.

    Raises:
        InputError: It is damaged, or holds no list of records.

    """
    if not is_json(source):
        return source.grids
    records = [(number, dict(_flat(record))) for number, record in _records(source)]
    names = list(dict.fromkeys(name for _, record in records for name in record))
    rows = tuple((number, [record.get(name, "") for name in names]) for number, record in records)
    return [Grid("", ((0, names), *rows))]


def _records(source: Source) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = source.text.split("\n")
    if sum(line.startswith("{") and line.rstrip().endswith("}") for line in lines[:3]) > 1:
        found = [(at, parsed(f"{source.label}, line {at}", line)) for at, line in enumerate(lines, 1) if line.strip()]
    else:
        found = list(enumerate(_list_in(source.json), 1))
    if not found or not all(isinstance(record, dict) for _, record in found):
        raise InputError(f"{source.label}: it has no list of records", hint=AGAIN)
    yield from found


def _list_in(found: Any) -> Sequence[Any]:
    """Return the list in an answer of an interface, whatever it is wrapped in; a record alone is a list of one."""
    for _ in range(DEEPEST):
        if isinstance(found, list):
            return found
        if not isinstance(found, dict):
            break
        inside = next((found[name] for name in WRAPPERS if isinstance(found.get(name), dict | list)), None)
        if inside is None:
            values = list(found.values())
            return values if values and all(isinstance(value, dict) for value in values) else [found]
        found = inside
    return []


def _flat(record: Mapping[str, Any], above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield names and texts; of a list of keys with their values each key is a name."""
    for key, value in record.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict) and isinstance(one.get("key"), str):
                    yield f"{name}.{one['key']}", _value(one.get("value"))
        elif value is not None:
            yield name, _value(value)


def _value(value: Any) -> str:
    """Return a value as text; one that says its type is what it holds."""
    if isinstance(value, dict):
        return next((str(one) for one in value.values() if one is not None), "")
    return "" if value is None else str(value)
