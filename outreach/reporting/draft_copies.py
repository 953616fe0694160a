"""``outreach draft --as``: the drafts of a folder once more, as plain text to paste and as one Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import OutputError
from outreach.files.output import translate_errors
from outreach.teasers.draft_files import book
from outreach.teasers.draft_plan import Copies
from outreach.teasers.draft_text import is_plain, plain_edited, plain_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.teasers.drafts import Draft

__all__ = ["FORMS", "copies_of", "copy_of"]

FORMS: Final = ("txt", "docx", "md")
"""In which drafts can be handed on."""


def copy_of(drafts: Sequence[Draft], addresses: Mapping[str, str], form: str) -> bytes:
    """Return drafts as one file.

    Args:
        drafts: In their order; those of one place stand together.
        addresses: Of the places, by key.
        form: One of :data:`FORMS`.

    """
    if form == "docx":
        from outreach.reporting.draft_document import document

        return document(drafts, addresses)
    text = plain_page(drafts) if form == "txt" else book(drafts, addresses)
    return text.encode()


def copies_of(
    files: Mapping[Path, Sequence[Draft]], addresses: Mapping[str, str], forms: Sequence[str], *, force: bool
) -> Copies:
    """Plan the copies of drafts.

    Args:
        files: Markdown file to its drafts, with the texts that a person gave them there.
        addresses: Of the places, by key.
        forms: Of ``txt`` and ``docx``.
        force: Replace what a person edited.

    Raises:
        OutputError: A file cannot be read, or a folder is in the way.

    """
    new: dict[Path, bytes] = {}
    edited: list[Path] = []
    foreign: list[Path] = []
    for path, drafts in files.items() if "txt" in forms else ():
        copy, content = path.with_suffix(".txt"), copy_of(drafts, addresses, "txt")
        old = _old(copy)
        text = (old or b"").decode("utf-8", "replace")
        if old is None or not text.strip():
            new[copy] = content
        elif not is_plain(text):
            foreign.append(copy)
        elif plain_edited(text) and not force:
            edited += [copy] if old != content else []
        elif old != content and not any(one.frozen for one in drafts):
            new[copy] = content
    if "docx" in forms and files:
        _plan_document(files, addresses, new, edited, foreign, force=force)
    return Copies(new, tuple(edited), tuple(foreign))


def _plan_document(
    files: Mapping[Path, Sequence[Draft]],
    addresses: Mapping[str, str],
    new: dict[Path, bytes],
    edited: list[Path],
    foreign: list[Path],
    *,
    force: bool,
) -> None:
    from outreach.reporting.draft_document import document_edited, is_document, same_document

    drafts = [one for several in files.values() for one in several]
    path = next(iter(files)).with_name(f"drafts-{drafts[0].campaign}.docx")
    content, old = copy_of(drafts, addresses, "docx"), _old(path)
    if not old:
        new[path] = content
    elif not is_document(old):
        foreign.append(path)
    elif document_edited(old) and not force:
        edited.append(path)
    elif not same_document(old, content):
        new[path] = content


def _old(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none."""
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder, and a copy of the drafts has that name", hint="move it")
    with translate_errors(str(path)):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
