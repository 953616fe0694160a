"""Values put into a TOML file that a person wrote: notes, order and all else of it stay as they were."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from outreach.errors import OutputError
from outreach.files.toml import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["New", "with_values"]

New: TypeAlias = "str | int | Sequence[str] | None"
"""What a name is to hold; None turns its line into a note."""

LONGEST_LINE: Final = 100
_PARTS: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
"""Texts and comments; of these the comments begin with ``#``."""


def with_values(text: str, values: Mapping[str, New]) -> str:
    r"""Return a TOML text with values in it; a note with the name gives its place to the value.

    Args:
        text: TOML.
        values: Name to what it is to hold; ``heading.name`` for a name below a heading.

    Raises:
        OutputError: The text is no TOML, or would say something else afterwards.

    Example:
        >>> print(with_values('url = "a"  # ours\n# author = ""\nday = 3\n', {"author": "A", "url": "b", "day": None}))
        url = "b"  # ours
        author = "A"
        # day = 3
        <BLANKLINE>

    """
    before = _loaded(text)
    if before is None:
        raise OutputError("this file cannot be read as it is", hint="open it with any plain text editor")
    for path, value in values.items():
        heading, _, name = path.rpartition(".")
        table = before.get(heading, {}) if heading else before
        wanted = _plain(value)
        if not isinstance(table, dict):
            raise _no_place(path)
        if table[name] == wanted if name in table else wanted is None:
            continue
        text, before = _with_value(text, before, heading, name, wanted)
    return text


def _with_value(text: str, before: dict[str, Any], heading: str, name: str, value: Any) -> tuple[str, dict[str, Any]]:
    """Return the text with one value in it, and what it says."""
    table = dict(before.get(heading, {})) if heading else dict(before)
    table.pop(name, None)
    if value is not None:
        table[name] = value
    wanted = before | {heading: table} if heading else table
    for lines in _ways(text.split("\n"), heading):
        first, last = _place(lines, heading, name)
        lines[first:last] = _changed(lines[first:last], name, value)
        made = "\n".join(lines)
        if _loaded(made) == wanted:
            return made, wanted
    raise _no_place(f"{heading}.{name}" if heading else name)


def _no_place(path: str) -> OutputError:
    return OutputError(f"{path} has no place in the file", hint="put it there with any plain text editor")


def _ways(lines: list[str], heading: str) -> Iterator[list[str]]:
    """Yield the lines with a heading among them: as they are, with that of a note, with a new one at the end."""
    if not heading or _heading(lines, heading) is not None:
        yield lines
        return
    note = re.compile(rf"#\s*\[{re.escape(heading)}\]\s*$")
    if (at := next((number for number, line in enumerate(lines) if note.match(line)), None)) is not None:
        yield [*lines[:at], f"[{heading}]", *lines[at + 1 :]]
    kept = lines[: len(lines) - next((number for number, line in enumerate(reversed(lines)) if line.strip()), 0)]
    yield [*kept, "", f"[{heading}]", ""]


def _heading(lines: Sequence[str], heading: str) -> int | None:
    """Return the line of a heading, None where there is none."""
    return next((first for first, _ in _spans(lines, 0) if _is_heading(lines[first], heading)), None)


def _is_heading(line: str, heading: str) -> bool:
    return line.lstrip().startswith("[") and _loaded(line) == {heading: {}}


def _place(lines: Sequence[str], heading: str, name: str) -> tuple[int, int]:
    """Return the lines of a name: its own, those of a note with it, else none behind the others."""
    start = 0 if not heading else (_heading(lines, heading) or 0) + 1
    note = re.compile(rf"#\s*{re.escape(name)}\s*=")
    end, of_note = start, None
    for first, last in _spans(lines, start):
        if lines[first].lstrip().startswith("["):
            break
        if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", lines[first]):
            return first, last
        if of_note is None and note.match(lines[first]):
            of_note = first, last
        if not heading or lines[first].strip():
            end = last
    return of_note or (end, end)


def _spans(lines: Sequence[str], first: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines that hold a whole value, a heading or a note each."""
    while first < len(lines):
        last = first + 1
        while last < len(lines) and _loaded("\n".join(lines[first:last])) is None:
            last += 1
        yield first, last
        first = last


def _changed(lines: Sequence[str], name: str, value: Any) -> list[str]:
    """Return what stands in place of the lines of a name, the comments among them included."""
    if value is None:
        return [f"# {line}" for line in lines]
    written = f"{name} = {_written(value)}".split("\n")
    if not lines or lines[0].lstrip().startswith("#"):
        return written
    last = len("\n".join(lines[:-1]))
    comments = [found for found in _PARTS.finditer("\n".join(lines)) if found[0].startswith("#")]
    inside = [found[0] for found in comments if found.start() < last]
    behind = "".join(f"  {found[0]}" for found in comments if found.start() >= last)
    return [*inside, *written[:-1], written[-1] + behind]


def _plain(value: New) -> Any:
    """Return a value as a file holds it."""
    return value if value is None or isinstance(value, (str, int)) else list(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    several = [quoted(one) for one in value]
    line = f"[{', '.join(several)}]"
    if len(line) <= LONGEST_LINE and "\n" not in line:
        return line
    return "[\n" + "".join(f"{one},\n" for one in several) + "]"


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
