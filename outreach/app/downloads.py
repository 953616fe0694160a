"""Files that pages give: what they are called, of which kind they are, and a table as the one that ``-o`` writes."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.reporting.sheet import Around
    from outreach.tables import Table

__all__ = ["KINDS", "TABLES", "attachment", "content_of"]

KINDS: Final[Mapping[str, str]] = MappingProxyType({
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
"""Ending of a file to its media type."""

TABLES: Final = ("xlsx", "csv")
"""Endings of the tables that pages give."""


def attachment(content: bytes, name: str) -> Response:
    """Return an answer that the browser saves as a file.

    Args:
        content: Of the file.
        name: In plain letters; its ending says the kind.

    """
    kind = KINDS[name.rpartition(".")[2]]
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def content_of(table: Table, form: str, around: Around | None = None) -> bytes:
    """Return the bytes of the file that a command writes of a table with ``-o``.

    Args:
        table: In an engine that is open.
        form: One of :data:`TABLES`.
        around: Sheets for people around the table's, for a workbook.

    Raises:
        OutputError: The format cannot hold the table.

    """
    from outreach.reporting import send

    stream = io.BytesIO()
    send(table, form, stream, around=around)
    return stream.getvalue()
