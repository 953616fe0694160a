"""TOML as people write it: the tables of a file with their lines, and what to do where it is no TOML.

It is written in an editor for letters: quotes get curly, paths have backslashes, the encoding is that of Windows.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files import HEAD_BYTES, ZIP
from outreach.files.streams import read_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Kind", "Loaded", "load", "load_text", "quoted", "text_in_file"]

MOST_BYTES: Final = 1_000_000
CURLY: Final = "“”„‟«»‘’‚‹›″"
PLAIN: Final = "save it as plain text in UTF-8"

_KEY: Final = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""")
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_CURLY_FIRST: Final = re.compile(rf"""\s*\[[^"'\]]*[{CURLY}]|(?:[^"']*|.*["']\s*)[=\[,]\s*[{CURLY}]|\s*[{CURLY}]""")
_CURLY_LAST: Final = re.compile(rf"""[^"']*["'][^"]*[{CURLY}]\s*[\],]*\s*$""")
_BACKSLASH: Final = re.compile(r'[^"\']*"[^\n]*\\')
_UNSEEN: Final = re.compile(r"[^\"']*[\u00a0\u2007\u202f\u200b\u2060\ufeff]")

_ESCAPED: Final = re.compile(r'[\\"\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]')

STRAIGHT: Final = 'put straight quotes " around it; inside the text, “ ” and « » may stay'
SLASHES: Final = "write a path with / (\"C:/new/pic.png\"), or in single quotes ('C:\\new\\pic.png')"
WAYS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Invalid value", "the value after = is not a text in quotes", 'write name = "text", or true or false'),
    ("Illegal character '\\n'", "a text has no closing quote on its line", 'close it; for several lines use """'),
    ("Unterminated string", 'a text in """ is not closed', 'close it with """'),
    ("Illegal character", "a text has an invisible character", "delete it and type that part again"),
    ("Cannot overwrite", "a name is in it twice", 'put several texts in one list: problem = ["one", "another"]'),
    ("Cannot declare", "this heading is in it twice", "put everything below one of them"),
    ("Cannot mutate", "a name is in it twice", "keep one of them"),
    ("Unclosed array", "a list is not closed, or a comma is missing in it", 'write ["one", "another"]'),
    ("Expected ']'", "this heading cannot be read", 'put the key in quotes: [resource."telegram:smm_riga"]'),
    ("Expected newline", "there is something after the end of a text", 'inside a text write “ ” or « » instead of "'),
    ("Expected '='", "a name and = are expected here", 'write name = "text"; a # begins a note'),
    ("Unescaped", "a text has a backslash", SLASHES),
    ("Invalid hex", "a text has a backslash", SLASHES),
    (
        "Invalid statement",
        "this line does not begin with a known name",
        "",
    ),
)
"""How the parser's own words begin, what a person reads instead, and the way out; empty for the names of the kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is for.

    Args:
        what: A word for it with its article.
        names: Some of the names in it.
        new: What makes one to fill in, as a hint.
        may_be_empty: Whether a file without anything is one, too.

    """

    what: str
    names: str
    new: str
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as tables, before anything in it is checked.

    Args:
        label: What messages call it.
        tables: As in the file.
        lines: Where a heading or a name first stands: its path to the line, from 1.

    """

    label: str
    tables: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]

    def where(self, *path: str) -> str:
        """Return the file and the line of a name, or of what it stands below, for a message."""
        line = next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), 0)
        return f"{self.label}, line {line}" if line else self.label


def load(path: str | Path, kind: Kind) -> Loaded:
    """Read a TOML file in any usual encoding.

    Raises:
        InputError: It cannot be read, or is no TOML; says the line and the way out.

    """
    return load_text(text_in_file(path, kind), str(path), kind)


def load_text(text: str, label: str, kind: Kind) -> Loaded:
    """Read TOML from a text.

    Args:
        text: With line ends as TOML wants them.
        label: What messages call it.
        kind: What it is for.

    Raises:
        InputError: It is no TOML; says the line and the way out.

    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise _plain_error(label, text, str(err), kind) from err
    except RecursionError as err:
        raise InputError("lists nested too deeply", where=label, hint=kind.new) from err
    except ValueError as err:  # the only one of its own that the parser lets through
        raise InputError("a number in it is too long", where=label, hint='write it as a text: "…"') from err
    return Loaded(label, tables, _lines(text))


def text_in_file(path: str | Path, kind: Kind) -> str:
    """Return the text of a file, in whatever encoding, with line ends as TOML wants them.

    Raises:
        InputError: It cannot be read, or is no text.

    """
    from outreach.files.encodings import encoding_of

    content = _content(path, kind)
    plain = f"{PLAIN}; {kind.new}"
    if content.startswith(b"{\\rtf"):
        raise InputError("this is a letter with fonts (RTF), not plain text", where=str(path), hint=plain)
    if content.startswith((ZIP, b"\xd0\xcf\x11\xe0")):
        raise InputError("this is a document of an office program, not plain text", where=str(path), hint=plain)
    try:
        name = encoding_of(str(path), content[:HEAD_BYTES]).name
        text = content.decode(name)
    except InputError as err:
        raise InputError(err.what, where=err.where, line=err.line, hint=plain) from err
    except UnicodeDecodeError as err:
        line = content.count(b"\n", 0, err.start) + 1
        raise InputError("a damaged character", where=str(path), line=line, hint=plain) from err
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _content(path: str | Path, kind: Kind) -> bytes:
    try:
        with read_once(path) as file, file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is not a file name"
        raise InputError(f"cannot be read ({reason})", where=str(path), hint=f"check the path; {kind.new}") from err
    if len(content) > MOST_BYTES:
        raise InputError(f"too large for {kind.what}", where=str(path), hint=kind.new)
    if not content.strip() and not kind.may_be_empty:
        raise InputError("the file is empty", where=str(path), hint=kind.new)
    return content


def _plain_error(label: str, text: str, said: str, kind: Kind) -> InputError:
    """Return what a person reads of text that is no TOML; the parser's own words would not help him."""
    found = _AT.search(said)
    lines = text.rstrip().split("\n")
    number = int(found[1]) if found and found[1] else _last(lines, said)
    line = lines[number - 1] if number <= len(lines) else ""
    if said.startswith("Unterminated string") and '"""' not in line and "'''" not in line:
        said = "Illegal character '\\n'"  # what it says where another line follows
    if _CURLY_FIRST.match(line) or _CURLY_LAST.match(line):
        return InputError("a text begins or ends with curly quotes", where=label, line=number, hint=STRAIGHT)
    if _BACKSLASH.match(line) and not said.startswith(("Expected", "Cannot")):
        return InputError("a text has a backslash", where=label, line=number, hint=SLASHES)
    if _UNSEEN.match(line):
        return InputError(
            "there is a special space before the text", where=label, line=number, hint="type that space again"
        )
    for begins, sentence, hint in WAYS:
        if said.startswith(begins):
            return InputError(
                sentence, where=label, line=number, hint=hint or f"names are English: {kind.names}; {kind.new}"
            )
    return InputError("this cannot be read", where=label, line=number, hint=kind.new)


def _last(lines: Sequence[str], said: str) -> int:
    """Return the line to look at where the parser came to the end: where the open text begins, or the last one."""
    if said.startswith("Unterminated string") and "\n".join(lines).count('"""') % 2:
        return max(number for number, line in enumerate(lines, start=1) if '"""' in line)
    return len(lines)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return where headings and names first stand; a text over several lines may hold one more."""
    found: dict[tuple[str, ...], int] = {}
    path: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            path = _heading(line) or path
            for end in range(1, len(path) + 1):
                found.setdefault(path[:end], number)
        elif name := _KEY.match(line):
            found.setdefault((*path, name[1].strip("\"'")), number)
    return found


def _heading(line: str) -> tuple[str, ...]:
    """Return the names of a heading, none where the line is no heading."""
    try:
        table: Any = tomllib.loads(line)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    names: list[str] = []
    while isinstance(table, dict) and table:
        name, table = next(iter(table.items()))
        names.append(name)
    return tuple(names)


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it, several lines as several lines.

    Example:
        >>> print(quoted("C:\\pics"))
        "C:\\pics"

    """
    plain = _ESCAPED.sub(_escape, text)
    return f'"""\n{plain}"""' if "\n" in plain else f'"{plain}"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in '\\"':
        return f"\\{sign}"
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04x}"
