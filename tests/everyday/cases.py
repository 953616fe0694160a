"""Everyday inputs, each with what a careful person reads in it.

A case is one table of a TOML file; the file's name is the kind of mistake that such inputs invite::

    [[case]]
    name = "the place's own name stands first"
    args = "--assume-platform vk"
    files."anna.csv" = '''
    Name,Link
    Riga Food,https://t.me/riga_food
    '''
    expected = "telegram:riga_food=1"

``expected`` lists keys with their overlaps; ``=2@12500`` also tells the size, ``=2@?`` that it is unknown. The result
has these places and no others. ``accept`` holds other results that are as good; ``refused = true`` says that a refusal
with a hint is as good, or the only right answer where nothing is expected. ``says`` are texts that the remarks must
hold. ``customers`` are the labels that have likes, where the places alone do not tell whether the right were taken.

Files are written as in ``tests/golden/cases.py``. ``files."f.xlsx".tabs`` (or ``.ods``) holds a text a tab, with
semicolons between the cells; whole numbers and numbers with a point become numbers. Where a case has ``vary``, rows of
words, it is tried once for each; ``{0}``, ``{1}`` … are its words, in names of files too. ``args`` are options of
``rank``; ``paths`` is what is read, without it the whole folder.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
import shlex
import tomllib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

import outreach
from tests.files.workbooks import excel, ods
from tests.golden.cases import content_of, put, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
FEW_WORDS = 3
"""How many of the words are tried where slow tests are left out."""
NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
Overlaps = dict[str, tuple[int, str | None]]


@dataclass(frozen=True)
class Case:
    """Files, how they are given, and what a person reads in them."""

    kind: str
    name: str
    files: Mapping[str, Any]
    expected: str | None = None
    args: str = ""
    paths: str = "."
    accept: Sequence[str] = ()
    refused: bool = False
    says: Sequence[str] = ()
    customers: Sequence[str] = ()
    vary: Sequence[Sequence[str]] = field(default=(), repr=False)
    slow: bool = False

    @property
    def id(self) -> str:
        """What pytest and ``known.txt`` call it."""
        return f"{self.kind}: {self.name}"


def all_cases() -> list[Case]:
    """Return the cases of every file, in order; their names differ."""
    found = [case for path in sorted(HERE.glob("inputs/*.toml")) for case in cases_of(path)]
    ids = [case.id for case in found]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    return found


def cases_of(path: Path) -> Iterator[Case]:
    """Yield the cases of one file, one for each row of words."""
    for table in tomllib.loads(path.read_text("utf-8"))["case"]:
        case = Case(path.stem, **table)
        assert case.expected is not None or case.refused, f"{case.id}: nothing is expected of it"
        if not case.vary:
            yield case
        for number, words in enumerate(case.vary, 1):
            one = filled(table, words)
            one["name"] = f"{one['name']} [{number}: {words[0].expandtabs(1)}]"
            yield Case(path.stem, **one, slow=number > FEW_WORDS)


def filled(value: Any, words: Sequence[str]) -> Any:
    """Return a value with the words in their places, wherever a text stands in it."""
    if isinstance(value, str):
        for number, word in enumerate(words):
            value = value.replace(f"{{{number}}}", word)
        return value
    if isinstance(value, dict):
        return {filled(key, words): filled(one, words) for key, one in value.items() if key != "vary"}
    return [filled(one, words) for one in value] if isinstance(value, list) else value


def write(files: Mapping[str, Any], folder: Path) -> None:
    """Write the files of a case into a folder."""
    archives: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        made = (
            workbook(name, content["tabs"]) if isinstance(content, dict) and "tabs" in content else content_of(content)
        )
        if "!/" in name:
            archive, _, member = name.partition("!/")
            archives.setdefault(archive, {})[member] = made
        else:
            put(folder / name, made)
    for archive, members in archives.items():
        put(folder / archive, zipped(members))


def workbook(name: str, tabs: Mapping[str, str]) -> bytes:
    """Return a workbook of tabs that are written as text, with semicolons between the cells."""
    grids = {
        tab: [list(map(typed, row)) for row in csv.reader(io.StringIO(text), delimiter=";")]
        for tab, text in tabs.items()
    }
    if name.endswith(".xlsx"):
        return excel(**grids)
    return ods("".join(map(sheet, grids, grids.values())))


def typed(cell: str) -> str | float:
    """Return a number where a spreadsheet would make one of what is typed."""
    if not NUMBER.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


def sheet(name: str, rows: Sequence[Sequence[str | float]]) -> str:
    """Return a tab of an OpenDocument workbook."""
    lines = "".join(f"<table:table-row>{''.join(map(cell_of, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{html.escape(name)}">{lines}</table:table>'


def cell_of(cell: str | float) -> str:
    if isinstance(cell, str):
        text = html.escape(cell)
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    exit_code: int
    places: dict[str, tuple[int, str]]
    stderr: str

    @property
    def refused(self) -> bool:
        """Whether it ended with a sentence and a way out."""
        return self.exit_code == 3 and "Hint: " in self.stderr

    def __str__(self) -> str:
        if self.exit_code:
            return f"exit {self.exit_code}: {' '.join(self.stderr.split())[:300]}"
        places = " ".join(f"{key}={count}" + (f"@{size}" if size else "") for key, (count, size) in self.places.items())
        return places or "no place"


def run(folder: Path, args: Sequence[str], paths: Sequence[str] = (".",)) -> Outcome:
    """Rank the files of a folder; return the places with overlap and size, and the remarks."""
    from outreach.cli import main

    with inside(folder):
        words = ["rank", *paths, "--min-subscribers", "0", "--format", "csv", *args]
        result = CliRunner().invoke(main, words, catch_exceptions=False)
    rows = csv.DictReader(io.StringIO(result.stdout)) if not result.exit_code else ()
    places = {row["resource"].removeprefix("'"): (int(row["overlap"]), row["subscribers"]) for row in rows}
    return Outcome(result.exit_code, places, result.stderr)


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def overlaps(text: str) -> Overlaps:
    """Return what ``expected`` says.

    Example:
        >>> overlaps("telegram:riga_food=2@12500 vk:club7=1@? web:example.com/a=b=1")
        {'telegram:riga_food': (2, '12500'), 'vk:club7': (1, ''), 'web:example.com/a=b': (1, None)}

    """
    found: Overlaps = {}
    for word in text.split():
        key, _, counts = word.rpartition("=")
        count, at, size = counts.partition("@")
        found[key] = (int(count), size.replace("?", "") if at else None)
    return found


def missed(case: Case, folder: Path) -> str:
    """Return why a case does not hold, empty where it does."""
    write(case.files, folder)
    try:
        got = run(folder, shlex.split(case.args), shlex.split(case.paths))
    except Exception as err:  # noqa: BLE001  # a crash is a miss like others, and shows its kind
        return f"{type(err).__name__}: {err}"[:300]
    unsaid = [text for text in case.says if " ".join(text.split()) not in " ".join(got.stderr.split())]
    if unsaid:
        return f"does not say {unsaid}; {got}"
    if case.refused and got.refused:
        return ""
    wanted = [overlaps(one) for one in ([] if case.expected is None else [case.expected]) + list(case.accept)]
    if any(agrees(one, got) for one in wanted):
        labels = customers_in(case, folder) if case.customers else []
        return "" if labels == sorted(case.customers) else f"want customers {sorted(case.customers)}, got {labels}"
    return f"want {case.expected if case.expected is not None else 'a refusal'}, got {got}"


def customers_in(case: Case, folder: Path) -> list[str]:
    """Return the labels that have likes, as the library reads them."""
    words = shlex.split(case.args)
    options: dict[str, Any] = dict(
        zip((word.removeprefix("--").replace("-", "_") for word in words[::2]), words[1::2], strict=True)
    )
    if "columns" in options:
        options["columns"] = dict(pair.split("=", 1) for pair in options["columns"].split(","))
    with inside(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        likes = outreach.read_likes(shlex.split(case.paths), **options)
    return sorted(likes.dropna(subset="resource")["customer"].unique())


def agrees(wanted: Overlaps, got: Outcome) -> bool:
    """Return whether a result is the one wanted; nothing at all must be explained."""
    if not wanted and not got.places:
        return got.exit_code in (0, 3) and bool(got.stderr.strip())
    return wanted.keys() == got.places.keys() and all(
        got.places[key][0] == count and (size is None or got.places[key][1] == size)
        for key, (count, size) in wanted.items()
    )
