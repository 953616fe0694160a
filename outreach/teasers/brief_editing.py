"""Answers put into a brief that is there already: all else of it stays letter by letter."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach.errors import OutputError
from outreach.files.output import store_bytes
from outreach.files.toml import quoted, text_in_file
from outreach.teasers.brief import KIND
from outreach.teasers.brief_text import brief_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["answered_brief", "keep_brief", "with_answers"]


def answered_brief(path: str | Path, answers: Mapping[str, Sequence[str]], language: str) -> str:
    """Return the text of a brief with answers in it; nothing is written.

    Args:
        path: Of the brief; where there is none, a new one with notes is made.
        answers: Name to its texts; several of them are variants.
        language: Of the notes in a new one.

    Raises:
        InputError: The file that is there cannot be read.
        OutputError: An answer has no place in it.

    """
    file = Path(path)
    text = text_in_file(file, KIND) if file.exists() else brief_text({"language": language}, language)
    return with_answers(text, answers)


def keep_brief(path: Path, text: str) -> Path:
    """Write a brief, whole or not at all; return where it is.

    Raises:
        OutputError: It cannot be written.

    """
    return store_bytes(path, text.encode())


def with_answers(text: str, answers: Mapping[str, Sequence[str]]) -> str:
    r"""Return a brief with answers in place of the older ones; a note with the name gives its place to the answer.

    Args:
        text: TOML.
        answers: Name to its texts; no text empties it.

    Raises:
        OutputError: The brief would say something else afterwards.

    Example:
        >>> print(with_answers('url = "https://a.example"  # ours\n# author = ""\n', {"author": ["Ann"]}))
        url = "https://a.example"  # ours
        author = "Ann"
        <BLANKLINE>

    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise OutputError("the brief cannot be read as it is", hint="outreach brief check shows why") from err
    wanted = {name: _value(texts) for name, texts in answers.items() if _value(before.get(name, "")) != _value(texts)}
    wanted = {name: value for name, value in wanted.items() if value or name in before}
    lines = text.split("\n")
    for name, value in wanted.items():
        first, last = _place(lines, name)
        lines[first:last] = f"{name} = {_written(value)}".split("\n")
    made = "\n".join(lines)
    if _loaded(made) != before | wanted:
        raise OutputError("this answer has no place in the brief", hint="put it there with any plain text editor")
    return made


def _value(texts: Any) -> str | list[str]:
    """Return texts as a brief holds them: one alone, several as a list, without the spaces around them."""
    several = [texts] if isinstance(texts, str) else list(texts)
    filled = [one.strip() for one in several if isinstance(one, str) and one.strip()]
    return filled if len(filled) > 1 else filled[0] if filled else ""


def _written(value: str | list[str]) -> str:
    if isinstance(value, str):
        return quoted(value)
    return "[\n" + "".join(f"{quoted(one)},\n" for one in value) + "]"


def _place(lines: Sequence[str], name: str) -> tuple[int, int]:
    """Return the lines of a name: its own, those of a note with it, else none before the first heading."""
    note = re.compile(rf"#\s*{name}\s*=")
    end, of_note = 0, None
    for first, last in _parts(lines):
        if re.match(rf"\s*[\"']?{name}[\"']?\s*=", lines[first]):
            return first, last
        if of_note is None and note.match(lines[first]):
            of_note = first, last
        end = last
    return of_note or (end, end)


def _parts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines that stand before the first heading, each with a whole value."""
    first = 0
    while first < len(lines) and not lines[first].lstrip().startswith("["):
        last = first + 1
        while last < len(lines) and _loaded("\n".join(lines[first:last])) is None:
            last += 1
        yield first, last
        first = last


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
