"""Answers about single files of lists, kept in the campaign's file: all else of it stays letter by letter."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from outreach.errors import OutputError
from outreach.files.output import store_bytes
from outreach.files.toml import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["keep_answer", "with_answer"]


def keep_answer(file: Path, name: str, answer: Mapping[str, str]) -> None:
    """Write what was answered about a file of lists into the campaign's file.

    Args:
        file: ``outreach.toml``.
        name: Name of the file of lists, without folders.
        answer: Option of reading to its value; nothing takes an answer back.

    Raises:
        OutputError: It cannot be written, or was changed in between.

    """
    before = file.read_bytes()
    written = with_answer(before.decode("utf-8-sig", "surrogateescape"), name, answer)
    if file.read_bytes() != before:
        raise OutputError(f"{file}: it was changed by another program meanwhile", hint="try again")
    store_bytes(file, written.encode("utf-8", "surrogateescape"))


def with_answer(text: str, name: str, answer: Mapping[str, str]) -> str:
    r"""Return the text of a campaign's file with an answer in it, in place of an older one about the same file.

    Raises:
        OutputError: The text would say something else afterwards.

    Example:
        >>> print(with_answer('client = "Clinic"\n', "a.csv", {"read_as": "matrix"}))
        client = "Clinic"
        <BLANKLINE>
        [reading."a.csv"]
        read_as = "matrix"
        <BLANKLINE>

    """
    heading = f"[reading.{quoted(name)}]"
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.strip().startswith("["):
            inside = line.strip() == heading
        if not inside:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    if answer:
        kept += ["", heading, *(f"{option} = {quoted(value)}" for option, value in answer.items())]
    made = "\n".join(kept) + "\n"
    _compare(text, made, name, answer)
    return made


def _compare(old: str, new: str, name: str, answer: Mapping[str, str]) -> None:
    """Refuse a text that says anything but the old one and the answer."""
    try:
        wanted = tomllib.loads(old.replace("\r\n", "\n"))
        reading = {file: given for file, given in wanted.get("reading", {}).items() if file != name}
        wanted["reading"] = reading | ({name: dict(answer)} if answer else {})
        found = tomllib.loads(new)
    except (tomllib.TOMLDecodeError, AttributeError) as err:
        raise _no_place(name) from err
    if {"reading": {}} | found != wanted:
        raise _no_place(name)


def _no_place(name: str) -> OutputError:
    return OutputError(f"the answer about {name} has no place in outreach.toml", hint="look at [reading] in it")
