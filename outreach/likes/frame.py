"""A pandas frame as the engine sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.likes.plain.columns import columns_of
from outreach.likes.plain.named import mapped_columns
from outreach.likes.plan import Form, ReadPlan, SourceTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from outreach.engine import Engine

__all__ = ["table_of_frame"]

LABEL: Final = "frame"
NUMBERS: Final = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
EXACT: Final = 2.0**53  # from here on a float skips whole numbers


def table_of_frame(engine: Engine, frame: pd.DataFrame, chosen: Mapping[str, str]) -> SourceTable:
    """Recognise the columns of a frame and lend it to the engine.

    Args:
        engine: Where it is read.
        frame: One row for each like; any column type.
        chosen: Roles that the caller gave to columns.

    Raises:
        InputError: The frame does not tell who follows what.

    """
    import pandas as pd

    mapped = mapped_columns(LABEL, [str(name) for name in frame.columns], chosen)
    lent = pd.DataFrame({f"c{position}": _lendable(frame.iloc[:, position]) for position in mapped.positions.values()})
    engine.connection.register("lent_frame", lent)
    plan = ReadPlan(
        LABEL, Form.FRAME, columns=columns_of(mapped.positions), description=mapped.describe(), mapped=mapped
    )
    return SourceTable(plan)


def _lendable(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return whole numbers and times as they are, everything else as text.

    pandas turns whole numbers beside a gap into floats; as text they lose the ``.0`` again, as long as a float holds
    them exactly.
    """
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column.dtype) or str(column.dtype) in NUMBERS:
        return column.reset_index(drop=True)
    texts = [None if missing else _text(value) for value, missing in zip(column, column.isna(), strict=True)]
    return pd.Series(texts, dtype=object)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return str(value).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
