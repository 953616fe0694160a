"""What goes to standard output: words for people in its encoding, everything for programs in UTF-8.

On a terminal nothing of it is obeyed; in a pipe and in a file bytes stay as they are.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, Any, Final, TextIO

from outreach.errors import OutputError

if TYPE_CHECKING:
    from outreach.tables import Table

__all__ = ["deliver", "fits", "is_terminal", "need_output", "prepare_streams", "put", "say", "say_wrapped"]

SIMPLER: Final = "outreach.simpler"
"""Name of the error handler for letters that an encoding lacks."""
SIGNS: Final = {
    "─": "-", "━": "-", "–": "-", "—": "-", "·": "-", "×": "x", "…": ".", "’": "'", "‘": "'", "“": '"', "”": '"',
    "«": '"', "»": '"', "\xa0": " ",
}  # fmt: skip
"""A sign of our own texts to one as wide that every encoding has; all others become a question mark."""
JSON: Final = ("json", "jsonl")
USUAL: Final = ("strict", "surrogateescape")
"""How Python itself treats letters that standard output lacks, where nobody chose otherwise."""


def prepare_streams() -> None:
    """Let what is said be said whatever the encoding; take a stream that cannot be written to for a closed one."""
    codecs.register_error(SIMPLER, _simpler)
    if not _takes_any(sys.stdout):
        sys.stdout = None  # what Python itself puts there where it is closed
    if not _takes_any(sys.stderr):
        sys.stderr = None
    for stream, usual in ((sys.stdout, USUAL), (sys.stderr, (*USUAL, "backslashreplace"))):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in usual:
            stream.reconfigure(errors=SIMPLER)


def _takes_any(stream: TextIO | None) -> bool:
    """Whether a stream is open, and for writing; stand-ins without a file behind them are."""
    if stream is None or getattr(stream, "closed", False):
        return False
    try:
        number = stream.fileno()
    except (AttributeError, OSError, ValueError):
        return True
    try:
        os.write(number, b"")
    except OSError:
        return False
    return True


def _simpler(error: UnicodeError) -> tuple[str, int]:
    """Return signs for those that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SIGNS.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def is_terminal() -> bool:
    """Whether standard output is a person's terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def need_output(hint: str = "the result goes there") -> TextIO:
    """Return standard output.

    Raises:
        OutputError: It is closed.

    """
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint=hint)
    return sys.stdout


def fits(text: str) -> bool:
    """Whether the encoding of standard output has all letters of a text."""
    try:
        text.encode(need_output().encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def say(line: str, *, end: str = "\n") -> None:
    """Print a line for people.

    Raises:
        OutputError: Standard output is closed.

    """
    out = need_output()
    out.write(_shown(line) + end)
    out.flush()


def say_wrapped(line: str) -> None:
    """Print a line for people; on a terminal that is narrower it is broken at words, below the text of its column.

    Raises:
        OutputError: Standard output is closed.

    """
    from outreach.cli.shared import columns_of

    out = need_output()
    width = columns_of(out) if out.isatty() else 0
    say(in_columns(line, width) if width else line)


def in_columns(line: str, width: int) -> str:
    """Return a line broken at words, what goes on below the text that follows its first gap of two spaces.

    Example:
        >>> in_columns("  read as  one like in each row", 24).split(chr(10))
        ['  read as  one like in', '           each row']

    """
    if len(line) <= width:
        return line
    import re
    import textwrap

    title = re.match(r" *(?:\S+(?: \S+)*? {2,}){0,2}", line)
    indent = min(len(title[0]) if title else 0, width // 2)
    return "\n".join(
        textwrap.wrap(
            line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False,
            drop_whitespace=True,
        )
    )  # fmt: skip


def put(text: str, form: str = "") -> None:
    """Print a text that a program may read, in UTF-8.

    Args:
        text: All of it, with its line ends.
        form: What it is, ``json`` or another.

    Raises:
        OutputError: Standard output is closed.

    """
    out = need_output()
    shown = _shown(text, in_json=form in JSON)
    if (buffer := getattr(out, "buffer", None)) is None:
        out.write(shown)
    else:
        out.flush()
        buffer.write(shown.encode("utf-8", "replace"))  # a name of a file may hold what is no text
    out.flush()


def deliver(table: Table, form: str, **how: Any) -> None:
    """Write a table to standard output: the bytes that a file would hold.

    Raises:
        OutputError: It cannot be written.

    """
    from outreach.reporting import send

    out = need_output()
    out.flush()
    send(table, form, out.buffer, screen=is_terminal(), **how)


def _shown(text: str, *, in_json: bool = False) -> str:
    from outreach.tables import visible

    return visible(text, in_json=in_json) if is_terminal() else text
