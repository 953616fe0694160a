"""A pandas frame as the engine sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.likes.plain.scan import Scan, mapped_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from outreach.engine import Engine

__all__ = ["frame_scan"]

LABEL: Final = "frame"


def frame_scan(engine: Engine, frame: pd.DataFrame, chosen: Mapping[str, str]) -> Scan:
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
    return Scan(
        label=LABEL,
        relation="lent_frame",
        cells={role: f"nullif(cast(c{position} as varchar), '')" for role, position in mapped.positions.items()},
        mapped=mapped,
    )


def _lendable(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers and times as they are, everything else as text."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.reset_index(drop=True)
    texts = [None if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]
    return pd.Series(texts, dtype=object)
