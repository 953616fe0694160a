"""A brief as it lies in its file: the text, the tables in it, and what to do where it is no TOML.

People write it in an editor for letters: quotes get curly, paths have backslashes, the encoding is that of Windows.
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

__all__ = ["Loaded", "load"]

MOST_BYTES: Final = 1_000_000
CURLY: Final = "“”„‟«»‘’‚‹›″"
NEW: Final = "outreach brief new --no-input writes one to fill in"
PLAIN: Final = f"save it as plain text in UTF-8; {NEW}"

_KEY: Final = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""")
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_CURLY_FIRST: Final = re.compile(rf"""\s*\[[^"'\]]*[{CURLY}]|(?:[^"']*|.*["']\s*)[=\[,]\s*[{CURLY}]|\s*[{CURLY}]""")
_CURLY_LAST: Final = re.compile(rf"""[^"']*["'][^"]*[{CURLY}]\s*[\],]*\s*$""")
_BACKSLASH: Final = re.compile(r'[^"\']*"[^\n]*\\')
_UNSEEN: Final = re.compile(r"[^\"']*[\u00a0\u2007\u202f\u200b\u2060\ufeff]")

STRAIGHT: Final = 'put straight quotes " around it; inside the text “ ” and « » may stay'
SLASHES: Final = "write a path with / (\"C:/new/pic.png\"), or in single quotes ('C:\\new\\pic.png')"
WAYS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Invalid value", "what stands behind = is no text in quotes", 'write name = "text", or true or false'),
    ("Illegal character '\\n'", "a text has no closing quote on its line", 'close it; """ holds several lines'),
    ("Unterminated string", 'a text in """ has no end', 'close it with """'),
    ("Illegal character", "a character that nobody sees stands in a text", "delete it and type that part again"),
    ("Cannot overwrite", "a name stands twice in it", 'put several texts in one list: problem = ["one", "another"]'),
    ("Cannot declare", "this heading stands twice", "put everything below one of them"),
    ("Cannot mutate", "a name stands twice in it", "keep one of them"),
    ("Unclosed array", "a list has no end, or a comma is missing in it", 'write ["one", "another"]'),
    ("Expected ']'", "this heading cannot be read", 'a key stands in quotes: [resource."telegram:smm_riga"]'),
    ("Expected newline", "something stands behind the end of a text", 'inside a text write “ ” or « » instead of "'),
    ("Expected '='", "a name and = are expected here", 'write name = "text"; a # begins a note'),
    ("Unescaped", "a backslash stands in a text", SLASHES),
    ("Invalid hex", "a backslash stands in a text", SLASHES),
    (
        "Invalid statement",
        "this line begins with no name that is known",
        f"names are English: problem, solution; {NEW}",
    ),
)
"""How the parser's own words begin, what a person is told instead, and the way out."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A brief as tables, before anything in it is checked.

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


def load(path: str | Path) -> Loaded:
    """Read a TOML file in any usual encoding.

    Raises:
        InputError: It cannot be read, or is no TOML; says the line and the way out.

    """
    label, text = str(path), _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise _plain_error(label, text, str(err)) from err
    except RecursionError as err:
        raise InputError(f"{label}: lists inside lists without end", hint=NEW) from err
    except ValueError as err:  # the only one of its own that the parser lets through
        raise InputError(f"{label}: a number in it is too long", hint='write it as a text: "…"') from err
    return Loaded(label, tables, _lines(text))


def _text(path: str | Path) -> str:
    """Return the text of a file with line ends as TOML wants them."""
    from outreach.files.encodings import encoding_of

    content = _content(path)
    if content.startswith(b"{\\rtf"):
        raise InputError(f"{path}: this is a letter with fonts (RTF), not plain text", hint=PLAIN)
    if content.startswith((ZIP, b"\xd0\xcf\x11\xe0")):
        raise InputError(f"{path}: this is a document of an office program, not plain text", hint=PLAIN)
    try:
        name = encoding_of(str(path), content[:HEAD_BYTES]).name
        text = content.decode(name)
    except InputError as err:
        raise InputError(err.message, hint=PLAIN) from err
    except UnicodeDecodeError as err:
        line = content.count(b"\n", 0, err.start) + 1
        raise InputError(f"{path}, line {line}: a damaged character", hint=PLAIN) from err
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _content(path: str | Path) -> bytes:
    try:
        with read_once(path) as file, file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is no name of a file"
        raise InputError(f"{path}: cannot be read ({reason})", hint=f"check the path; {NEW}") from err
    if len(content) > MOST_BYTES:
        raise InputError(f"{path}: too large for a brief", hint=NEW)
    if not content.strip():
        raise InputError(f"{path}: the file is empty", hint=NEW)
    return content


def _plain_error(label: str, text: str, said: str) -> InputError:
    """Return what a person is told of text that is no TOML; the parser's own words would not help him."""
    found = _AT.search(said)
    lines = text.rstrip().split("\n")
    number = int(found[1]) if found and found[1] else _last(lines, said)
    line = lines[number - 1] if number <= len(lines) else ""
    where = f"{label}, line {number}"
    if said.startswith("Unterminated string") and '"""' not in line and "'''" not in line:
        said = "Illegal character '\\n'"  # what it says where another line follows
    if _CURLY_FIRST.match(line) or _CURLY_LAST.match(line):
        return InputError(f"{where}: curly quotes stand where a text begins or ends", hint=STRAIGHT)
    if _BACKSLASH.match(line) and not said.startswith(("Expected", "Cannot")):
        return InputError(f"{where}: a backslash stands in a text", hint=SLASHES)
    if _UNSEEN.match(line):
        return InputError(f"{where}: a space of another kind stands before the text", hint="type that space again")
    for begins, sentence, hint in WAYS:
        if said.startswith(begins):
            return InputError(f"{where}: {sentence}", hint=hint)
    return InputError(f"{where}: this cannot be read", hint=NEW)


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
