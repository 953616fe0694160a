"""What several commands share: options, remarks, the way out for results."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.engine import Engine
    from outreach.likes import Likes

__all__ = [
    "is_terminal",
    "platform_option",
    "platforms_of",
    "read_likes",
    "reading_options",
    "remark",
    "shell_quoted",
]

F = TypeVar("F", bound="Callable[..., Any]")

REASONS_SHOWN: Final = 5


def reading_options(command: F) -> F:
    """Add the options with which every command reads likes."""
    for option in reversed(
        (
            click.option("--columns", metavar="ROLE=COLUMN,…", help="Say which column is which, by header or number."),
            click.option("--assume-platform", metavar="NAME", help="Platform of handles that come without one."),
            click.option("--same-as", metavar="FILE", help="Table resource,same_as: addresses of one resource."),
            click.option("--rejected", metavar="FILE", help="Write the rows that could not be used, with their lines."),
            click.option("--memory-limit", metavar="SIZE", help="Most memory to use, like 1GB; the rest goes to disk."),
        )
    ):
        command = option(command)
    return command


def remark(*sentences: str) -> None:
    """Say something on standard error."""
    for sentence in sentences:
        click.echo(sentence, err=True)


def read_likes(engine: Engine, paths: Sequence[str], given: dict[str, Any]) -> Likes:
    """Read likes with the shared options, and say what was read and what could not be used."""
    from outreach.likes import read as read_tables
    from outreach.likes.plain.columns import parse_columns

    if not paths:
        raise click.UsageError("Give the file with your customers' lists.\nExample: outreach rank likes.csv")
    platform = platform_option(given["assume_platform"], "--assume-platform")
    columns = parse_columns(given["columns"]) if given["columns"] else None
    read = read_tables(engine, paths, columns=columns, assume_platform=platform, same_as=given["same_as"])
    remark(*read.remarks)
    _say_rejected(read, given["rejected"])
    return read


def _say_rejected(read: Likes, file: str | None) -> None:
    """Tell why rows could not be used; write them all where the user asked for it."""
    if file is not None:
        from outreach.reporting import format_of, write

        write(read.rejected(), format_of(file), file)
    if not read.rejections:
        return
    lines = {row["reason"]: row for row in read.rejected(limit=1).head()} if file is None else {}
    where = f"written to {file}" if file is not None else "--rejected FILE writes them all"
    remark(f"{read.rejected_count} rows could not be used ({where}):")
    for rejection in read.rejections[:REASONS_SHOWN]:
        first = lines.get(rejection.reason)
        at = f" (first: {first['source']}, line {first['line']})" if first else ""
        remark(f"  {rejection.rows} x {rejection.reason}{at}")
    if len(read.rejections) > REASONS_SHOWN:
        remark(f"  and {len(read.rejections) - REASONS_SHOWN} more reasons")


def is_terminal() -> bool:
    """Whether standard output is a person's terminal."""
    return sys.stdout.isatty()


def shell_quoted(words: Sequence[str]) -> str:
    """Return words as one line to paste, quoted only where needed, with quotes that every shell takes."""
    return " ".join(f'"{word}"' if any(sign in word for sign in " &();'*?[]<>|") else word for word in words)


def platform_option(name: str | None, option: str) -> str | None:
    """Return the canonical platform for what the user typed, None for nothing.

    Raises:
        InputError: It is no platform.

    """
    from outreach.keys import PLATFORMS, platform_named

    if not name:
        return None
    platform = platform_named(name)
    if platform is None:
        raise InputError(f"{option} {name}: not a platform", hint=f"known: {', '.join(PLATFORMS)}")
    return platform


def platforms_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the canonical platforms of a repeatable option."""
    return tuple(platform for name in names if (platform := platform_option(name, "--platform")))
