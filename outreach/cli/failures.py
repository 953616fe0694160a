"""Failures of the system that no command foresaw, as one sentence; and arguments that no system takes for a name."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["only_text", "reason_of", "refuse_impossible"]

NAMES_OF_FILES: Final = ("FILE", "DIR", "SHEET", "PATH")
"""Parts of a metavar: the name of a file may hold bytes that are no text."""

NAME_SHOWN: Final = 60  # characters of a name that is too long
REASONS: Final = {
    errno.EACCES: "no permission to use it",
    errno.EPERM: "no permission to use it",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "it is a link in a circle",
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "this is a folder",
    errno.EIO: "the disk does not give it",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}


def refuse_impossible(arguments: Sequence[str]) -> None:
    """Refuse what no name of a file and no text can hold, before a command meets it.

    Raises:
        click.UsageError: An argument holds a NUL or half a character.

    """
    for number, argument in enumerate(arguments, start=1):
        try:
            damaged = b"\0" in os.fsencode(argument)
        except UnicodeEncodeError:
            damaged = True
        if damaged:
            raise click.UsageError(f"Argument {number} holds a NUL or half a character: type it again.")


class _Text(click.types.StringParamType):
    """A text, and not the bytes that an old terminal sends for one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text; refuse what is none."""
        text = super().convert(value, param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("this is no text in UTF-8.", param, ctx)
        return text


def only_text(command: click.Command) -> click.Command:
    """Return a command whose options take texts only, but for those that name files."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            only_text(below)
    for option in command.params:
        if isinstance(option, click.Option) and option.type is click.STRING:
            named = option.metavar or ""
            if named == "/PATH" or not any(word in named for word in NAMES_OF_FILES):
                option.type = _Text()
    return command


def reason_of(error: OSError) -> str:
    """Return what the system refused, and of which file where it says so."""
    reason = REASONS.get(error.errno or 0) or (error.strerror or "it gives no reason").lower()
    if not isinstance(error.filename, (str, bytes)):
        return f"the system refuses: {reason}"
    name = os.fsdecode(error.filename)
    return f"{name if len(name) <= NAME_SHOWN * 4 else f'{name[:NAME_SHOWN]}…'}: {reason}"
