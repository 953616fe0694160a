"""Open workbooks: looked at while plans are made, and read when all of them are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from outreach.files.kinds import Kind
    from outreach.files.workbook import Tab
    from outreach.likes.plan import ReadPlan

__all__ = ["Workbooks"]

KEPT_BYTES: Final = 8 * 1024 * 1024
"""Workbooks of so many bytes together stay open; what lies in their cells takes many times as much memory."""


class Workbooks:
    """Workbooks that are open, or were."""

    def __init__(self) -> None:
        self._open: Final[dict[Path, list[Tab]]] = {}
        self._openers: Final[dict[Path, Callable[[], list[Tab]]]] = {}

    def open(self, label: str, path: Path, kind: Kind) -> list[Tab]:
        """Open a workbook and return its tabs; others are closed where it would be too much.

        Raises:
            InputError: It is damaged, protected, or would not fit into memory.

        """
        from outreach.files.workbook import tabs

        return self.opened(path, lambda: tabs(label, path, kind))

    def opened(self, path: Path, opener: Callable[[], list[Tab]]) -> list[Tab]:
        """Return the tabs of a file that is opened in a way of its own.

        Raises:
            InputError: As the opener does.

        """
        size = path.stat().st_size + sum(other.stat().st_size for other in self._open)
        if size > KEPT_BYTES:
            self._open.clear()
        self._openers[path] = opener
        self._open[path] = found = opener()
        return found

    def tab(self, plan: ReadPlan) -> Tab | None:
        """Return the tab of a plan, None where it is of another form; a workbook that was closed is opened again."""
        if plan.path is None or plan.path not in self._openers:
            return None
        if plan.path not in self._open:
            self.opened(plan.path, self._openers[plan.path])
        return self._open[plan.path][plan.tab]

    def close(self, path: Path | None) -> None:
        """Close a workbook of which all tabs were read."""
        if path is not None:
            self._open.pop(path, None)
