"""Which file a page becomes, and whether one that is there already may be written over."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from outreach.errors import OutputError
from outreach.files.output import store, store_bytes
from outreach.reporting.client_page.html import MADE_BY, page_html
from outreach.reporting.client_page.md import page_markdown
from outreach.reporting.client_page.xlsx import page_workbook

if TYPE_CHECKING:
    from outreach.reporting.client_page.blocks import Page

__all__ = ["FORMS", "form_of", "refuse_other_file", "store_page"]

FORMS: Final = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".xlsx": "xlsx"}
LOOKED_AT: Final = 4096


def form_of(output: str) -> str:
    """Return what a file becomes by its ending.

    Raises:
        OutputError: The ending is another one.

    Example:
        >>> form_of("November.HTML")
        'html'

    """
    name = PurePath(output).name
    try:
        return FORMS[PurePath(name).suffix.lower()]
    except KeyError:
        raise OutputError(f"{name}: a report ends in .html, .md or .xlsx", hint="-o report.html") from None


def refuse_other_file(output: str) -> None:
    """Refuse to write over a file that is no report of this program: it may be somebody's work.

    Raises:
        OutputError: It is another file.

    """
    if not os.path.isfile(output):  # noqa: PTH113 - Path's fails at long names
        return
    try:
        ours = _is_ours(Path(output))
    except OSError:
        ours = False
    if not ours:
        raise OutputError(
            f"{output}: this file is there already and is not a report of outreach",
            hint="give another name, or remove it first",
        )


def _is_ours(path: Path) -> bool:
    if not path.stat().st_size:
        return True
    if form_of(path.name) != "xlsx":
        with path.open("rb") as file:
            return MADE_BY.encode() in file.read(LOOKED_AT)
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive, archive.open("docProps/core.xml") as file:
            return MADE_BY.encode() in file.read(LOOKED_AT)
    except (BadZipFile, KeyError, RuntimeError):
        return False


def store_page(page: Page, output: str, templates: str | None = None) -> Path:
    """Write a page to a file that is there whole or not at all; return its path.

    Args:
        page: What it says.
        output: Its ending says how it is written.
        templates: Folder of own templates, for HTML.

    Raises:
        OutputError: It cannot be written, or the file there is no report.
        TemplateError: A template of the user's own cannot be used.

    """
    form = form_of(output)
    refuse_other_file(output)
    if form == "xlsx":
        return store(Path(output), lambda temporary: page_workbook(page, temporary))
    text = page_markdown(page) if form == "md" else page_html(page, templates)
    return store_bytes(Path(output), text.encode("utf-8"))
