"""How a table is to be read, as a value: what its first rows tell, before any of its rows is read.

Two executors take the same plan (``likes/executors``): the engine reads large texts, Parquet and JSON, and Python reads
everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.files.contract import Rejected
    from outreach.files.lines import SafeText
    from outreach.likes.tables.contract import Shape
    from outreach.messages import Message
    from outreach.words.columns import Mapped

__all__ = [
    "ADDRESS_CELLS",
    "NONE",
    "Column",
    "Fault",
    "Fit",
    "Form",
    "Kind",
    "ReadOptions",
    "ReadPlan",
    "SourceTable",
    "Transform",
    "WrittenRows",
]

NONE: Final[Mapping[str, str]] = MappingProxyType({})
LONG: Final = message("shape-long")
ADDRESS_CELLS: Final = ("url", "handle", "resource")
"""Roles whose cells may be addresses; of several the first that is filled is looked at."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the tables to read.

    Args:
        columns: Role to header or number, where headers are not recognised.
        encoding: The encoding of texts; None to find out.
        counted: How many customers an already counted table counts; None where there is none.
        customer: Whose export it is, where neither a folder nor its name tells.
        people: Another label of a customer to the one that counts.
        profiles: Whether people's own profiles count, in exports that tell them from communities.
        dated: Whether it matters when exports say that somebody began to follow.
        read_as: The shape of the tables, where it is not to be found out.
        customer_is: Whether the file, its folder, the tab or a column is the customer.
        peers: Names beside addresses that stand in several of the lists.
        assumed: The platform of handles that come without one.
        explained: Whether plans tell why tables are read as they are.
        answers: Name of a file to what was answered about it: ``read_as``, ``customer_is``, ``columns``.

    """

    columns: Mapping[str, str] = field(default_factory=lambda: NONE)
    encoding: str | None = None
    counted: int | None = None
    customer: str | None = None
    people: Mapping[str, str] = field(default_factory=lambda: NONE)
    profiles: bool = False
    dated: bool = True
    read_as: str | None = None
    customer_is: str | None = None
    peers: frozenset[tuple[str, str]] = frozenset()
    assumed: str | None = None
    explained: bool = False
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def for_file(self, label: str) -> ReadOptions:
        """Return the options for one file: what was said of all files goes before what was answered about this one.

        Args:
            label: What messages call the file; its last part counts.

        Raises:
            OptionError: The answer about columns is none.

        Example:
            >>> ReadOptions(answers={"a.csv": {"read_as": "matrix"}}).for_file("lists/a.csv").read_as
            'matrix'

        """
        if not self.answers or not (answer := self.answers.get(PurePath(label).name)):
            return self
        columns = self.columns
        if not columns and "columns" in answer:
            from outreach.words.columns import parse_columns

            columns = parse_columns(answer["columns"])
        return replace(
            self,
            columns=columns,
            read_as=self.read_as or answer.get("read_as"),
            customer_is=self.customer_is or answer.get("customer_is"),
        )


class Form(Enum):
    """What holds a table."""

    TEXT = "a delimited text in UTF-8"
    TAB = "a tab of a workbook"
    PARQUET = "a Parquet file"
    JSON_LIST = "a JSON list of records"
    JSON_LINES = "one JSON record a line"
    FRAME = "a pandas frame that the engine was lent"
    EXPORT = "lists in platforms' exports, which their readers wrote down as rows"


class Transform(Enum):
    """What is done to a cell; an empty one is always missing."""

    AS_FOUND = "nothing"
    LABEL = "no white space around it, one blank inside, NFC"
    NAME = "as found; a formula error is not a name"
    SIZE = "as found; in a workbook with what kind of number it is"


class Fault(IntEnum):
    """Why a row of a table cannot be used; the first that applies counts, none is 0."""

    MORE_CELLS = 1
    NO_RECORD = 2
    A_PERSON = 3
    A_FOLLOWER = 4
    A_TOTAL = 5
    ASKEW = 6
    NO_LABEL = 7
    NO_ADDRESS = 8
    NO_CUSTOMER = 9

    @property
    def reason(self) -> Message:
        """Why such a row cannot be used."""
        return REASONS[self]


REASONS: Final = {
    Fault.MORE_CELLS: message("more-cells-than-columns"),
    Fault.NO_RECORD: message("record-of-other-columns"),
    Fault.A_PERSON: message("a-person"),
    Fault.A_FOLLOWER: message("a-follower"),
    Fault.A_TOTAL: message("a-row-of-totals"),
    Fault.ASKEW: message("cells-beside-their-columns"),
    Fault.NO_LABEL: message("formula-error-customer"),
    Fault.NO_ADDRESS: message("formula-error-address"),
    Fault.NO_CUSTOMER: message("no-customer"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """Where the cells of a role are.

    Args:
        place: Number of the column from 0, or its name.
        transform: What is done to a cell.

    """

    place: int | str
    transform: Transform = Transform.AS_FOUND


class Kind(Enum):
    """What the cells of a column are."""

    ADDRESS = "addresses"
    PLATFORM = "names of platforms"
    NUMBER = "numbers"


@dataclass(frozen=True, slots=True)
class Fit:
    """What stands in a column, and where it stands only in rows with a cell too many or too few.

    Args:
        kind: What its cells are.
        at: Number of the column from 0.
        beside: Columns that hold something else.
        filled: Whether an empty cell fits, too.

    """

    kind: Kind
    at: int
    beside: tuple[int, ...]
    filled: bool = False

    @property
    def columns(self) -> tuple[int, ...]:
        """All that have to be looked at, its own first."""
        return (self.at, *self.beside)


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """Rows of one list that Python wrote down for the engine.

    Args:
        number: The first cell of each of them, which tells them from others in the same file.
        path: The file.
        label: What messages call the list.
        customer: Whose it is, where the rows do not tell.
        rows: How many they are, where that was counted.

    """

    number: int
    path: Path
    label: str
    customer: str | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """How one table is to be read; everything that its beginning tells, and no function.

    Args:
        label: What messages call it: the file, and the tab where there are several.
        form: What holds it.
        path: Where its bytes are; of exports see ``lists``.
        tab: Number of the tab in the workbook, from 0.
        delimiter: Between the cells of a text; None where a line is one cell.
        start: Lines before the first row: blank ones, and Excel's ``sep=;``.
        skip: The last line above the data.
        width: Number of columns of the header line of a text.
        columns: Role to its column; empty where there is a layout.
        constants: Roles that have one value in all rows, with it.
        layout: How rows have to be turned into one like a row; None where they are so.
        faults: What is looked for in a row, besides a missing customer.
        fits: By what a row is known that has a cell too many or too few.
        size_unit: ``K`` or ``M`` where the header says that sizes are in thousands or millions.
        headers: Texts of the columns, to recognise a header that is repeated below.
        pairs: Names beside addresses in its first rows, which other lists may show to be names of places.
        bad: Lines that cannot be used, as far as the beginning tells.
        lists: The lists of exports that it is made of.
        kind: The shape in a few words, for ``check``.
        description: How it was understood, for the remark.
        notes: What else there is to say about how it is read.
        encoding: Of the text, in words; empty for UTF-8 and for formats that have one of their own.
        counted: How many customers are behind an already counted table.
        mapped: Which column says what, where each says one thing.
        of_places: Whether its rows say how large places are, and nobody follows them by it.
        book: What messages call the workbook that it is a tab of; empty where there are no others.
        named: What ``check`` calls it, where the label does without a tab's name that may be a customer's.
        export: Name of the reader, where it is a list in a platform's export.
        platform: Of that export.
        unused: Position and header of the columns that hold something and are not read.
        why: What speaks for this way to read it, where that was asked for.
        readings: The ways to read it with their points, where that was asked for.

    """

    label: str
    form: Form
    path: Path | None = None
    tab: int = 0
    delimiter: str | None = None
    start: int = 0
    skip: int = 0
    width: int = 0
    columns: Mapping[str, Column] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: NONE)
    layout: Shape | None = None
    faults: tuple[Fault, ...] = ()
    fits: tuple[Fit, ...] = ()
    size_unit: str = ""
    headers: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    bad: tuple[Rejected, ...] = ()
    lists: tuple[WrittenRows, ...] = ()
    kind: Message = LONG
    description: str = ""
    notes: tuple[Message, ...] = ()
    encoding: str = ""
    counted: int | None = None
    mapped: Mapped | None = None
    of_places: bool = False
    book: str = ""
    named: str = ""
    export: str = ""
    platform: str = ""
    unused: tuple[tuple[int, str], ...] = ()
    why: Message | None = None
    readings: tuple[Message, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """What its rows may tell."""
        turned = () if self.layout is None else self.layout.roles
        return frozenset((*self.columns, *self.constants, *turned))


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table whose plan is made and whose rows an executor can read.

    Args:
        plan: How it is read.
        bad: Lines that cannot be used, and that no executor sees.
        notes: What else there is to say about how it was read.
        text: What the engine reads of a delimited text.
        written: What Python wrote down of other tables; empty where the engine reads the table itself.

    """

    plan: ReadPlan
    bad: tuple[Rejected, ...] = ()
    notes: tuple[Message, ...] = ()
    text: SafeText | None = None
    written: tuple[WrittenRows, ...] = ()

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.plan.label
