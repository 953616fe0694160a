"""What ``outreach draft`` says of the files that it writes, and drafts on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.cli.output import put
from outreach.cli.shared import counted
from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.teasers.draft_plan import is_folder, store_plan, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.teasers.draft_plan import Plan
    from outreach.teasers.drafts import Draft

__all__ = ["shown", "text_in", "written"]

MOST_SHOWN: Final = 20


def shown(drafts: Sequence[Draft], addresses: Mapping[str, str], form: str) -> None:
    """Write drafts to standard output."""
    if form == "table":
        from outreach.cli.draft_table import show_drafts

        show_drafts(drafts)
        return
    put(whole(drafts, addresses, form), form)


def written(plan: Plan) -> list[str]:
    """Write the files of a plan; return what to say.

    Raises:
        OutputError: A file cannot be written.

    """
    said = store_plan(plan)
    if is_folder(plan.output):
        slash = "" if plan.output.endswith(("/", "\\")) else "/"
        said += [f"{counted(len(plan.texts), 'draft file')} in {plan.output}{slash}."] if plan.texts else []
        said += [_copies_written(plan.copies)] if plan.copies else []
    elif plan.texts:
        said.append(f"{counted(len(plan.drafts), 'draft')} written to {plan.output}.")
    elif not plan.edited:
        said.append(f"{plan.output}: nothing to change.")
    if plan.edited:
        said.append(f"Edited by hand, left as they are (--force replaces them): {_listed(plan.edited)}.")
    if plan.outdated:
        said.append(f"Files whose link is no longer the one from the brief: {_listed(plan.outdated)}.")
    if plan.foreign:
        said.append(
            f"Not drafts from outreach, left as they are (remove them, then draft again): {_listed(plan.foreign)}."
        )
    return said


def _copies_written(copies: Iterable[Path]) -> str:
    texts = [path for path in copies if path.suffix == ".txt"]
    counts = [counted(len(texts), "text file")] if texts else []
    return f"To paste or to pass on: {', '.join([*counts, *(str(path) for path in copies if path not in texts)])}."


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths[:MOST_SHOWN])) + (", …" if len(paths) > MOST_SHOWN else "")


def text_in(path: str) -> str:
    """Return the text of a file that may have been edited anywhere.

    Raises:
        InputError: It cannot be read, or is no text.

    """
    from outreach.files.encodings import encoding_of
    from outreach.files.streams import read_once

    try:
        with read_once(path) as file:
            content = file.read_bytes()
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is not a file name"
        raise InputError(f"{path}: cannot be read ({reason})", hint="check the path") from err
    if not content.strip():
        raise InputError(f"{path}: the file is empty", hint="put the text of the post into it")
    try:
        return content.decode(encoding_of(path, content[:HEAD_BYTES]).name)
    except (UnicodeDecodeError, InputError) as err:
        raise InputError(f"{path}: this is not text", hint="save it as plain text in UTF-8") from err
