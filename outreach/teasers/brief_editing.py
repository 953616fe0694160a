"""Answers put into a brief that is there already: all else of it stays letter by letter."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach.errors import OutputError
from outreach.files.output import store_bytes
from outreach.files.toml import text_in_file
from outreach.files.toml_editing import with_values
from outreach.teasers.brief import KIND
from outreach.teasers.brief_text import brief_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    try:
        return with_values(text, {name: value for name, value in wanted.items() if value or name in before})
    except OutputError as err:
        raise OutputError(
            "this answer has no place in the brief", hint="put it there with any plain text editor"
        ) from err


def _value(texts: Any) -> str | list[str]:
    """Return texts as a brief holds them: one alone, several as a list, without the spaces around them."""
    several = [texts] if isinstance(texts, str) else list(texts)
    filled = [one.strip() for one in several if isinstance(one, str) and one.strip()]
    return filled if len(filled) > 1 else filled[0] if filled else ""
