"""Failures of the system that no command foresaw, as one sentence; and arguments that no system takes for a name."""

from __future__ import annotations

import errno
import functools
import os
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["only_text", "reason_of", "refuse_impossible", "without_shared_pipes"]

NAMES_OF_FILES: Final = ("FILE", "DIR", "SHEET", "PATH")
"""Parts of a metavar: the name of a file may hold bytes that are no text."""

NAME_SHOWN: Final = 60  # characters of a name that is too long
REASONS: Final = {
    errno.EACCES: "no permission to use it",
    errno.EPERM: "no permission to use it",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "the link points to itself",
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "this is a folder",
    errno.EIO: "the disk cannot read it",
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
            raise click.UsageError(f"Argument {number} has a NUL or half a character: type it again.")


class _Text(click.types.StringParamType):
    """A text, and not the bytes that an old terminal sends for one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text; refuse what is none."""
        text = super().convert(value, param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("this is not text in UTF-8.", param, ctx)
        return text


class _Whole(click.IntRange):
    """A whole number, and what to write instead of anything else."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; refuse what is none, or too small or large."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            low, high = self.min, self.max
            ends = f"{low} or more" if high is None else f"up to {high}" if low is None else f"from {low} to {high}"
            shown = str(value) if len(str(value)) <= NAME_SHOWN else f"{str(value)[:NAME_SHOWN]}…"
            self.fail(f"{shown!r} does not fit: write a whole number in digits, {ends}.", param, ctx)


def only_text(command: click.Command) -> click.Command:
    """Return a command whose options take texts and whole numbers only, but for those that name files."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            only_text(below)
    for option in command.params:
        if isinstance(option, click.Option) and option.type is click.STRING:
            named = option.metavar or ""
            if named == "/PATH" or not any(word in named for word in NAMES_OF_FILES):
                option.type = _Text()
        elif isinstance(option, click.Option) and type(option.type) is click.IntRange:
            option.type = _Whole(option.type.min, option.type.max)
    return command


def without_shared_pipes(command: click.Command) -> click.Command:
    """Return a command that refuses one pipe for two of its options: the second would wait for ever, or get nothing."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            without_shared_pipes(below)
    callback = command.callback
    if callback is None or getattr(callback, "checks_pipes", False):
        return command

    @functools.wraps(callback)
    def checked(*args: Any, **given: Any) -> Any:
        _refuse_shared_pipes(click.get_current_context())
        return callback(*args, **given)

    checked.checks_pipes = True  # type: ignore[attr-defined] # commands are fetched more than once
    command.callback = checked
    return command


def _names_files(option: click.Parameter) -> bool:
    return isinstance(option, click.Argument) or any(word in (option.metavar or "") for word in NAMES_OF_FILES)


def _refuse_shared_pipes(ctx: click.Context) -> None:
    from outreach.files.streams import STDIN, identity

    seen: dict[tuple[int, int], tuple[str | None, str]] = {}
    for option in filter(_names_files, ctx.command.params):
        given = ctx.params.get(option.name or "")
        for word in given if isinstance(given, tuple) else [given]:
            if not isinstance(word, str) or (found := identity(word)) is None:
                continue
            name, before = seen.setdefault(found, (option.name, word))
            if name != option.name or (before == STDIN) != (word == STDIN):
                raise click.UsageError(
                    f"{before} and {word} are one pipe, which can be read only once: save it to a file."
                )


def reason_of(error: OSError) -> str:
    """Return what the system refused, and of which file where it says so."""
    reason = REASONS.get(error.errno or 0) or (error.strerror or "no reason given").lower()
    if not isinstance(error.filename, (str, bytes)):
        return f"the system refused it: {reason}"
    name = os.fsdecode(error.filename)
    return f"{name if len(name) <= NAME_SHOWN * 4 else f'{name[:NAME_SHOWN]}…'}: {reason}"
