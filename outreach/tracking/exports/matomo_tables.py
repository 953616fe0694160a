"""Matomo's reports as they lie in a file: CSV, TSV, JSON or XML, as records with Matomo's own names of the metrics.

The numbers of a goal are columns of their own here, ``goal_1_nb_conversions``, however the file nests them; subtables
(the keywords of a campaign) are left out, because the row has counted them already.

Translated headers are those of Matomo's own files of translations; columns of goals are known by their raw names only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from outreach.files.source import Source

__all__ = ["METRICS", "Part", "Record", "is_matomo", "parts"]

METRICS: Final = ("nb_visits", "nb_visits_converted", "nb_conversions", "revenue")
RAW: Final = frozenset(
    {*METRICS, "label", "nb_uniq_visitors", "nb_actions", "nb_users", "max_actions", "bounce_count", "sum_visit_length"}
)
GOAL: Final = re.compile(r"goals?_(?:idgoal=)?(\w+?)_(nb_visits_converted|nb_conversions|revenue)")
BEGIN_JSON: Final = re.compile(r'"label"\s*:')
BEGIN_XML: Final = re.compile(r"<results?[ >/]")
YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
CENTS: Final = re.compile(r"^(-?[0-9]+\.[0-9]{2})[0-9]+$")  # "24.125" in a sheet would be thousands
XML_MOST: Final = 64 << 20
AGAIN: Final = "download it again"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: where it stands, and its cells by Matomo's names."""

    where: str
    line: int
    cells: Mapping[str, str]

    @property
    def is_sum(self) -> bool:
        return self["is_aggregate"].strip().casefold() in {"1", "true"}

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one date and one site: the date as the file writes it, each empty where it tells none."""

    date: str
    records: tuple[Record, ...]
    site: str = ""


def is_matomo(source: Source) -> bool:
    """Tell by the beginning whether this is a report of Matomo with visits or conversions by label."""
    text = source.beginning.lstrip()
    if text.startswith(("{", "[")):
        return bool(BEGIN_JSON.search(text)) and ('"nb_visits"' in text or '"nb_conversions"' in text)
    if text.startswith("<"):
        return bool(BEGIN_XML.search(text[:500])) and ("<nb_visits>" in text or "<nb_conversions>" in text)
    header = source.first_rows[0] if source.first_rows else ()
    names = {_column(name) for name in header}
    counted = {"label", "nb_visits"} <= names or {"label", "nb_conversions"} <= names
    raw = len(RAW & {name.strip() for name in header}) > 1
    return counted and (raw or {"nb_uniq_visitors", "nb_actions"} <= names)  # other tools have a label and visits too


def parts(source: Source) -> tuple[Part, ...]:
    """Return the rows of a report, for each date that it has.

    A flat report may have a row for the sum of others too, marked as an aggregate: left out.

    Raises:
        InputError: It is damaged, or it has no table of labels.

    """
    text = source.beginning.lstrip()
    read = _json if text.startswith(("{", "[")) else _xml if text.startswith("<") else _table
    return tuple(
        replace(part, records=tuple(record for record in part.records if not record.is_sum)) for part in read(source)
    )


def _column(header: str) -> str:
    """Return Matomo's name of a column."""
    name = header.strip()
    if found := GOAL.fullmatch(name):
        return f"goal_{found[1]}_{found[2]}"
    if name in RAW:
        return name
    tidy = fold_header(name)
    if tidy.endswith("is aggregate"):
        return "is_aggregate"
    return "segment" if tidy.endswith("segment") else meanings_of("matomo").get(tidy, tidy)


def _table(source: Source) -> tuple[Part, ...]:
    (_, header), *lines = source.grids[0].rows
    names = [_column(name) for name in header]
    found: dict[str, list[Record]] = {}
    for line, cells in lines:
        where = f"{source.label}, line {line}"
        if len(cells) < len(header):
            raise InputError(f"{where}: cut off", hint=AGAIN)
        record = Record(where, line, dict(zip(reversed(names), reversed(cells[: len(names)]), strict=True)))
        found.setdefault(record["date"].strip(), []).append(record)
    return tuple(Part(date, tuple(records)) for date, records in found.items()) or (Part("", ()),)


def _json(source: Source) -> tuple[Part, ...]:
    found = source.json
    tables = found if isinstance(found, dict) else {"": found}
    return tuple(_json_parts(source.label, tables))


def _json_parts(label: str, tables: Mapping[str, Any], site: str = "") -> Iterator[Part]:
    """Yield the tables by date; those of several sites lie one level deeper, or are named by the site alone."""
    for name, rows in tables.items():
        is_site = not site and name.isdecimal() and not YEAR.fullmatch(name)
        if isinstance(rows, dict) and is_site:
            yield from _json_parts(label, rows, name)
        elif isinstance(rows, list):
            date = "" if is_site else name
            yield Part(date, tuple(_json_records(label, date, rows)), name if is_site else site)
        else:
            raise InputError(f"{label}: it has no table of labels", hint="export Referrers.getCampaigns or the like")


def _json_records(label: str, date: str, rows: Sequence[Any]) -> Iterator[Record]:
    of_date = f", {date}" if date else ""
    for number, row in enumerate(rows, 1):
        where = f"{label}{of_date}, row {number}"
        if not isinstance(row, dict) or not isinstance(row.get("label"), str | int):
            raise InputError(f"{where}: no label", hint="export Referrers.getCampaigns or the like")
        yield Record(where, number, dict(_json_cells(row)))


def _json_cells(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if name == "goals" and isinstance(value, dict):
            for goal, numbers in value.items():
                for metric, number in numbers.items() if isinstance(numbers, dict) else ():
                    yield f"goal_{goal.removeprefix('idgoal=')}_{metric}", _text(metric, number)
        elif not isinstance(value, dict | list):
            yield _column(name), _text(name, value)


def _text(name: str, value: Any) -> str:
    if value is None or value is False:  # PHP writes false for nothing
        return ""
    text = str(value)
    return CENTS.sub(r"\1", text) if name.endswith("revenue") else text


def _xml(source: Source) -> tuple[Part, ...]:
    import defusedxml
    from defusedxml.ElementTree import ParseError, fromstring

    if source.path.stat().st_size > XML_MOST:
        raise InputError(f"{source.label}: too long for a report", hint="export fewer days")
    try:
        root = fromstring(source.text.lstrip())
    except ParseError as err:
        line = err.position[0] if err.position else 1
        raise InputError(f"{source.label}, line {line}: this XML is cut off or damaged", hint=AGAIN) from err
    except defusedxml.DefusedXmlException as err:
        raise InputError(
            f"{source.label}: this XML defines its own entities, which reports never do", hint=AGAIN
        ) from err
    tables = root.findall("result") if root.tag == "results" else [root]
    return tuple(part for table in tables for part in _xml_parts(source.label, table))


def _xml_parts(label: str, table: Element, site: str = "") -> Iterator[Part]:
    """Yield a table, or those of a site, which lie one level deeper."""
    site = table.get("idSite") or site
    if inner := table.findall("result"):
        for one in inner:
            yield from _xml_parts(label, one, site)
    else:
        yield replace(_xml_part(label, table), site=site)


def _xml_part(label: str, table: Element) -> Part:
    date = table.get("date") or table.get("prettyDate") or ""
    of_date = f", {date}" if date else ""
    records = []
    for number, row in enumerate(table.findall("row"), 1):
        where = f"{label}{of_date}, row {number}"
        if row.find("label") is None:
            raise InputError(f"{where}: no label", hint="export Referrers.getCampaigns or the like")
        records.append(Record(where, number, dict(_xml_cells(row))))
    return Part(date, tuple(records))


def _xml_cells(row: Element) -> Iterator[tuple[str, str]]:
    for cell in row:
        if cell.tag == "goals":
            for goal in cell.findall("row"):
                for metric in goal:
                    yield f"goal_{goal.get('idgoal', '')}_{metric.tag}", _text(metric.tag, metric.text)
        elif cell.tag != "subtable" and not len(cell):
            yield _column(cell.tag), _text(cell.tag, cell.text)
