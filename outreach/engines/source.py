"""The tables that hold who follows what, where Spark finds them: Parquet, CSV, or a table by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.engines.failures import translated_failures
from outreach.errors import InputError
from outreach.files.delimited import delimiter_of
from outreach.likes.plain.named import mapped_columns
from outreach.likes.plan import ADDRESS_CELLS
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.engines.spark import Spark
    from outreach.messages import Message
    from outreach.words.columns import Mapped

__all__ = ["ROLES", "Given", "give"]

ROLES: Final = (
    "customer", "address", "called", "word", "name", "subscribers", "accepts_posts", "topic", "followed_at",
)  # fmt: skip
"""What the view ``given`` tells of a row: ``called`` is the name where there is no address, ``word`` the platform."""

TABLE: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d][\w-]*){0,2}|.*`.*`")
TEXTS: Final = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".csv.bz2")
FILES: Final = (*TEXTS, ".parquet")
OTHER_FORMATS: Final = (".xlsx", ".xls", ".ods", ".json", ".jsonl", ".zip", ".html")
UNSEEN: Final = r"[\\x{AD}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2064}\\x{2066}-\\x{2069}\\x{FEFF}]+"
BLANKS: Final = r"[\\s\\p{Z}\\x{85}]+"


@dataclass(frozen=True, slots=True)
class Given:
    """How the tables were understood.

    Args:
        roles: What any of them tells.
        headers: Texts of their header lines.
        remarks: Which column was taken for what.

    """

    roles: frozenset[str]
    headers: frozenset[str]
    remarks: tuple[Message, ...]


def give(
    spark: Spark, tables: Sequence[Any], columns: Mapping[str, str], *, encoding: str | None = None, send: bool = False
) -> Given:
    """Make the view ``given`` of all rows.

    Args:
        spark: Where they are.
        tables: Paths and names of tables; data frames of Spark or pandas.
        columns: Roles that the user gave to columns.
        encoding: Of texts.
        send: Paths are of this machine, and the rows are sent.

    Raises:
        InputError: A table is not there, or does not tell who follows what.

    """
    queries, remarks = [], []
    roles: set[str] = set()
    headers: set[str] = set()
    for number, table in enumerate(tables):
        label = table if isinstance(table, str) else "the frame"
        with translated_failures(label):
            frame = _frame(spark, table, encoding, send=send)
            names = list(frame.columns)
            types = dict(frame.dtypes)
        mapped = mapped_columns(label, names, columns)
        cells = _cells(mapped, names, types)
        spark.view(f"given_{number}", frame)
        queries.append(f"select {', '.join(f'{cells[role]} as {role}' for role in ROLES)} from given_{number}")
        roles |= {role for role in ROLES if cells[role] != NOTHING.get(role, NO_TEXT)}
        headers |= {*names}
        remarks.append(message("table-understood", file=label, how=(mapped.describe(),)))
        if unused := len(names) - len(set(mapped.positions.values())) + _more_addresses(mapped):
            remarks.append(message("columns-not-used", columns=unused))
    spark.view("given", " union all ".join(queries))
    return Given(frozenset(roles), frozenset(headers), tuple(remarks))


NO_TEXT: Final = "cast(null as string)"
NOTHING: Final = {"subscribers": "cast(null as bigint)", "followed_at": "cast(null as timestamp_ntz)"}


def _more_addresses(mapped: Mapped) -> int:
    """Return how many columns of addresses are not used: of several the first counts."""
    return max(0, len([role for role in ADDRESS_CELLS if role in mapped.positions]) - 1)


def _cells(mapped: Mapped, names: Sequence[str], types: Mapping[str, str]) -> dict[str, str]:
    """Return the expression of each role."""
    quoted = {role: "`" + names[at].replace("`", "``") + "`" for role, at in mapped.positions.items()}
    address = next((role for role in ADDRESS_CELLS if role in quoted), None)
    cells = {role: NOTHING.get(role, NO_TEXT) for role in ROLES}
    cells["customer"] = _tidy(f"cast({quoted['customer']} as string)")
    if address is not None:
        cells["address"] = f"case when trim({quoted[address]}) <> '' then cast({quoted[address]} as string) end"
    if "name" in quoted:
        cells["called"] = _filled(quoted["name"])
        if address is not None:
            cells["called"] = f"case when {cells['address']} is null then {cells['called']} end"
    if "platform" in quoted:
        cells["word"] = _filled(quoted["platform"])
    for role in ("name", "accepts_posts", "topic"):
        if role in quoted:
            cells[role] = _tidy(f"cast({quoted[role]} as string)")
    if "subscribers" in quoted:
        cells["subscribers"] = _size(quoted["subscribers"], types[names[mapped.positions["subscribers"]]])
    if "followed_at" in quoted:
        cells["followed_at"] = f"try_cast({quoted['followed_at']} as timestamp_ntz)"
    return cells


def _tidy(cell: str) -> str:
    """Return the expression of a text as people see it; see ``tidy`` of the engine of this machine."""
    seen = f"trim(regexp_replace(regexp_replace({cell}, '{UNSEEN}', ''), '{BLANKS}', ' '))"
    return f"nullif(case when {cell} rlike '^[!-~]+( [!-~]+)*$' then {cell} else {seen} end, '')"


def _filled(cell: str) -> str:
    return f"nullif(cast({cell} as string), '')"


def _size(cell: str, kind: str) -> str:
    """Return the expression of a size: whole numbers; a text must be plain digits."""
    if kind.startswith(("int", "bigint", "smallint", "tinyint", "double", "float", "decimal")):
        return f"case when {cell} >= 1 then try_cast({cell} as bigint) end"
    return f"case when {cell} rlike '^[1-9][0-9]{{0,10}}$' then try_cast({cell} as bigint) end"


def _frame(spark: Spark, table: Any, encoding: str | None, *, send: bool) -> Any:
    """Return a table as a data frame of Spark."""
    if not isinstance(table, str):
        return table if hasattr(table, "createOrReplaceTempView") else spark.session.createDataFrame(table)
    lower = table.lower().rstrip("/")
    if lower.endswith(OTHER_FORMATS) or table == "-":
        raise InputError("Spark reads Parquet, CSV and tables by name", where=table, hint="rank it without --engine")
    if send:
        return spark.session.createDataFrame(_local(table, encoding))
    if lower.endswith(TEXTS):
        texts = spark.session.read.option("encoding", encoding or "UTF-8")
        lines = [row[0] for row in spark.session.read.text(table).limit(1).collect()]
        return texts.option("header", True).option("escape", '"').option("sep", delimiter_of(lines)).csv(table)
    if not lower.endswith(FILES) and TABLE.fullmatch(table):
        return spark.session.table(table)
    return spark.session.read.parquet(table)


def _local(path: str, encoding: str | None) -> Any:
    """Return a file of this machine as a table of Arrow."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    try:
        if not path.lower().endswith(TEXTS):
            return parquet.read_table(path)
        with open(path, encoding=encoding or "utf-8-sig", newline="") as stream:  # noqa: PTH123 - it is a name as typed
            first = stream.readline()
        return csv.read_csv(
            path,
            csv.ReadOptions(encoding=encoding or "utf-8"),
            csv.ParseOptions(delimiter=delimiter_of([first])),
        )
    except FileNotFoundError:
        raise InputError("no such file", where=path) from None
    except (pa.ArrowInvalid, UnicodeDecodeError, LookupError) as err:
        raise InputError("the file is damaged or no table", where=path, hint="Parquet and CSV are sent") from err
