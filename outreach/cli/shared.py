"""What several commands share: options, remarks, the way out for results."""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

import click
from click.core import ParameterSource

from outreach.errors import OutputError
from outreach.passwords import without_password, without_passwords

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from outreach.engine import Engine
    from outreach.likes import Likes
    from outreach.messages import Message
    from outreach.tables import Schema

__all__ = [
    "BRIEF",
    "DATABASE",
    "DATABASES",
    "MOST",
    "OUTPUT_HELP",
    "REASONS_SHOWN",
    "TYPED",
    "USUAL",
    "WHAT_IS_MEANT",
    "ReadingOptions",
    "addresses_of",
    "apply_sheet",
    "columns_of",
    "command_line",
    "counted",
    "database_option",
    "drafts_line",
    "language_option",
    "next_line",
    "next_or_example",
    "platform_option",
    "platforms_of",
    "read_likes",
    "reading_of",
    "reading_options",
    "refuse_foreign",
    "refuse_overwriting",
    "remark",
    "say_rejected",
    "shell_quoted",
    "the_database",
    "typed_database",
    "typed_options",
    "usual_value",
    "wrapped",
]

F = TypeVar("F", bound="Callable[..., Any]")

HOW_TO_READ: Final = (
    "--columns", "--encoding", "--counted", "--assume-platform", "--same-as", "--customer", "--customers",
    "--customer-is", "--read-as", "--include-people", "--memory-limit",
)  # fmt: skip
WHAT_IS_MEANT: Final = (
    *HOW_TO_READ, "--own", "--exclude", "--platform", "--resources", "--db", "--topic", "--accepts-posts", "--since",
    "--min-subscribers", "--unknown-size", "--min-overlap",
)  # fmt: skip
"""Options that another command is given too, where it has them: without them it would tell of something else."""
READ_AS: Final = ("long", "list", "columns", "matrix", "rows", "blocks", "page", "survey")
DATABASE: Final = "outreach.db"
"""The campaign's database, where none is named."""

DATABASES: Final = ("--db", "--book", "--engine")
"""Options whose value may hold a password or a token."""

BRIEF: Final = "brief.toml"
"""The brief of the article, where none is named."""

OUTPUT_HELP: Final = (
    "Write to FILE; its ending sets the format: .xlsx, .csv, .json, .md, or .svg, .png, .html as a picture."
)
MOST: Final = 10**15
"""The largest number that an option takes; the engine counts no further than 2**63."""
ENTRIES: Final = {
    "few-many-lists", "more-rows-of-sheet", "more-tables", "odd-size", "passed-over",
    "passed-over-more", "passed-over-with-hint", "row-of-sheet", "rows-of-one-place", "table-understood",
    "tabs-understood",
}  # fmt: skip
"""Codes of remarks that are entries of a list of files; all others are sentences, with a full stop."""
REASONS_SHOWN: Final = 5
PASTED: Final = (
    "Next",
    "With the same input once more: ",
    "To take it back: ",
    "Example: ",
    "Usage: ",
    "    outreach ",
)
"""What lines begin with that are not to be broken: they hold a command."""
LEAST_WIDTH: Final = 20
USUAL: Final = "outreach.usual"
"""Name in the context of what commands take from the campaign's file: command to parameter to value."""
TYPED: Final = "outreach.typed"
"""Name in the context of what the user typed."""
MOST_COUNTED: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What was typed for :func:`reading_options`, by the names of the options."""

    columns: str | None
    encoding: str | None
    counted: int | None
    assume_platform: str | None
    same_as: str | None
    customer: str | None
    customer_is: str | None
    read_as: str | None
    customers: str | None
    include_people: bool
    rejected: str | None
    memory_limit: str | None


def _once(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Refuse an option that was given twice: of two names the first would vanish."""
    if len(given) > 1:
        raise click.UsageError(
            "--customer is the customer of all PATHS and was given twice: put each person's exports into a folder with "
            "the name, or give them one by one."
        )
    return given[0] if given else None


def reading_options(command: F) -> F:
    """Add the options with which every command reads likes."""
    for option in reversed(
        (
            click.option("--columns", metavar="ROLE=COLUMN,...", help="Give the columns, by header or number."),
            click.option("--encoding", metavar="NAME", help="Encoding of texts, like cp1251. [default: recognised]"),
            click.option(
                "--counted",
                type=click.IntRange(1, MOST_COUNTED),
                metavar="N",
                help="PATHS hold counts (resource, hits) of N customers, not lists.",
            ),
            click.option("--assume-platform", metavar="NAME", help="Platform of handles without one."),
            click.option("--same-as", metavar="FILE", help="Table resource,same_as: addresses of one place."),
            click.option(
                "--customer",
                metavar="NAME",
                multiple=True,
                callback=_once,
                help="The customer of PATHS, if no folder has the name.",
            ),
            click.option(
                "--customer-is",
                type=click.Choice(["file", "folder", "tab", "column"]),
                help="What names the customer, if the tables leave it open.",
            ),
            click.option("--read-as", type=click.Choice(READ_AS), help="Shape of the tables. [default: recognised]"),
            click.option("--customers", metavar="FILE", help="Table customer,alias: several labels of one customer."),
            click.option("--include-people", is_flag=True, help="Count profiles of people in exports too."),
            click.option("--rejected", metavar="FILE", help="Write the rows that could not be used, with their lines."),
            click.option("--memory-limit", metavar="SIZE", help="Most memory to use, like 1GB; the rest goes to disk."),
        )
    ):
        command = option(command)
    return command


def language_option(languages: Sequence[str], help_: str) -> Callable[[F], F]:
    """Return the option that says in which language something is written."""
    return click.option("--lang", "language", type=click.Choice(languages), default="en", show_default=True, help=help_)


def remark(*remarks: str | Message) -> None:
    """Write remarks on standard error; whoever does not listen there still gets the result."""
    from outreach.tables import UNSAFE

    for one in remarks:
        sentence = one if isinstance(one, str) else _line(one)
        if sys.stderr is None:
            return
        try:
            shown = UNSAFE.sub("?", without_passwords(sentence, typed_words()))
            sys.stderr.write((wrapped(shown, columns_of(sys.stderr)) if sys.stderr.isatty() else shown) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            sys.stderr = None  # what Python itself puts there where it is closed


def columns_of(stream: TextIO) -> int:
    """Return how many cells a line of a terminal has; the last one stays empty, for some break the line after it."""
    import shutil

    try:
        return int(os.environ.get("COLUMNS", "")) - 1
    except ValueError:
        pass
    try:
        return os.get_terminal_size(stream.fileno()).columns - 1
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns - 1


def wrapped(text: str, width: int) -> str:
    r"""Return a remark broken at words; what is to be pasted stays in one line, and so does a long word.

    Example:
        >>> wrapped("Three places have no size", 20), wrapped("Next: outreach rank likes.csv", 20)
        ('Three places have no\nsize', 'Next: outreach rank likes.csv')

    """
    if max(map(len, text.split("\n"))) <= width or width < LEAST_WIDTH:
        return text
    import textwrap

    lines: list[str] = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if len(line) <= width or line.startswith(PASTED):
            lines.append(line)
        else:
            lines += textwrap.wrap(
                line, width, initial_indent="", subsequent_indent=indent + "  " * bool(indent), drop_whitespace=True,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
    return "\n".join(lines)


def _line(message: Message) -> str:
    """Return a message as a line: a sentence, or an entry of the list of files."""
    from outreach.messages import describe

    return describe(message) + ("" if message.code in ENTRIES else ".")


def typed_words() -> list[str]:
    """Return everything that the user typed, and the addresses of the databases that are set."""
    context = click.get_current_context(silent=True)
    typed = context.find_root().meta.get(TYPED, ()) if context else ()
    return [*typed, os.environ.get("OUTREACH_DB", ""), os.environ.get("OUTREACH_BOOK", "")]


def read_likes(
    engine: Engine, paths: Sequence[str], options: ReadingOptions, *, output: str | None = None, dated: bool = False
) -> Likes:
    """Read likes with the shared options, and say what was read and what could not be used.

    Args:
        engine: Where the tables are made.
        paths: As they were typed.
        options: How to read them.
        output: File that will be written; refused where it is one of those that are read.
        dated: Whether the day of a like matters.

    """
    from outreach.likes import read as read_tables

    if not paths:
        raise click.UsageError("Give the files with your customers' lists.\nExample: outreach rank likes.csv")
    read = read_tables(engine, paths, **reading_of(options, dated=dated))
    files = [table.plan.book or table.label for table in read.gathering.tables]  # those of a folder were not named
    refuse_overwriting(files, options.rejected, output)
    remark(*read.remarks, *read.doubts)
    say_rejected(read, options.rejected)
    return read


def apply_sheet(likes: Likes, path: str) -> Sequence[str]:
    """Put what the marketer knows over what the lists say; return the places that he does not want."""
    from outreach.likes.facts import apply_sheet as put_over
    from outreach.sheet.facts import read_sheet

    sheet = read_sheet(path)
    remark(*sheet.describe())
    applied = put_over(likes, sheet)
    remark(*applied.doubts)
    return applied.excluded


def reading_of(options: ReadingOptions, *, dated: bool = False) -> dict[str, Any]:
    """Return what the shared options say, as the arguments of the room that reads.

    Raises:
        OptionError: A value is none of its option's.
        OutputError: The name of the file for rejected rows tells no format.

    """
    from outreach.likes.plan import ReadOptions

    if options.rejected:
        from outreach.reporting import format_of
        from outreach.tables import REJECTED

        format_of(options.rejected)  # refuses an unknown ending before anything is read
        refuse_foreign(options.rejected, REJECTED)
    columns: Mapping[str, str] = {}
    people: Mapping[str, str] = {}
    if options.columns:
        from outreach.words.columns import parse_columns

        columns = parse_columns(options.columns)
    if options.customers:
        from outreach.likes.by_hand import people_in

        people = people_in(options.customers)
    return {
        "options": ReadOptions(
            columns,
            options.encoding,
            options.counted,
            " ".join((options.customer or "").split()) or None,
            people,
            options.include_people,
            dated=dated,
            read_as=options.read_as,
            customer_is=options.customer_is,
            answers=_answers(),
        ),
        "assume_platform": platform_option(options.assume_platform, "--assume-platform"),
        "same_as": options.same_as,
    }


def _answers() -> Mapping[str, Mapping[str, str]]:
    """Return what the campaign's file says of single files of lists."""
    from outreach.cli.campaign import campaign_of

    campaign = campaign_of()
    return campaign.settings.reading if campaign else {}


def refuse_overwriting(paths: Sequence[str], *outputs: str | None) -> None:
    """Refuse to write over what is read.

    Raises:
        OutputError: An output is one of the files to read, or two outputs are one file.

    """
    taken = {os.path.realpath(path) for path in paths}
    for output in filter(None, outputs):
        if (real := os.path.realpath(output)) in taken and not real.startswith("/dev/"):
            raise OutputError(f"{output}: given twice; it would be overwritten", hint="give another name")
        taken.add(real)


def refuse_foreign(output: str | None, schema: Schema) -> None:
    """Refuse to write over a table that is not of the kind to be written: it may be somebody's work.

    Raises:
        OutputError: It is another table, or a picture is asked for of a table that has none.

    """
    from outreach.reporting import is_of_another_kind
    from outreach.reporting.pictures import PICTURES, refuse_without_picture

    if output is None:
        return
    is_picture = output.lower().endswith(tuple(f".{form}" for form in PICTURES))
    if is_picture:
        refuse_without_picture(Path(output).name, schema)
    if is_of_another_kind(output, schema):
        what = "picture" if is_picture else f"{schema.name} table"
        raise OutputError(
            f"{output}: this file is there already and is not a {what} of outreach",
            hint="give another name, or remove it first",
        )


def say_rejected(read: Likes, file: str | None) -> None:
    """Describe why rows could not be used; write them all where the user asked for it."""
    from outreach.messages import describe

    if file is not None:
        from outreach.reporting import format_of, write

        write(read.rejected(), format_of(file), file)
    if not read.rejections:
        return
    firsts: dict[str, dict[str, Any]] = {}
    for row in read.rejected(limit=1).head() if file is None else ():
        firsts.setdefault(row["reason"], row)
    where = f"written to {file}" if file is not None else "--rejected FILE writes them all"
    remark(f"{counted(read.rejected_count, 'row')} could not be used ({where}):")
    for rejection in read.rejections[:REASONS_SHOWN]:
        reason = describe(rejection.reason)
        first = firsts.get(reason)
        at = f" (first: {first['source']}, line {first['line']})" if first else ""
        remark(f"  {rejection.rows} x {reason}{at}")
    if len(read.rejections) > REASONS_SHOWN:
        remark(f"  and {len(read.rejections) - REASONS_SHOWN} more reasons")


def counted(number: int, noun: str) -> str:
    """Return a number of things in words.

    Example:
        >>> counted(1, "row"), counted(1200, "row")
        ('1 row', '1 200 rows')

    """
    from outreach.reporting import thousands

    return f"{thousands(number)} {noun}{'s' if number != 1 else ''}"


def command_line(
    ctx: click.Context,
    name: str,
    *first: str,
    instead: Mapping[str, str | None] = MappingProxyType({}),
    has: Collection[str] = (),
) -> str:
    """Return a command to paste: the paths and options as they were typed, but for those that change.

    Args:
        ctx: Of the command that runs.
        name: The command to paste; another one gets only the options that change what it tells of.
        first: Arguments before the paths.
        instead: Flag to its value; None drops it.
        has: Options that another command has, where it need not be imported to know; empty asks it.

    """
    words = ["outreach", name, *first]
    if ctx.get_parameter_source("paths") is ParameterSource.COMMANDLINE:
        words += [f"./{path}" if path.startswith("-") and path != "-" else path for path in ctx.params["paths"]]
    instead = {flag: value for flag, value in instead.items() if not _is_usual(ctx, name, flag, value)}
    known = WHAT_IS_MEANT if name != ctx.info_name else None
    has = has or (_options_of(ctx, name) if known else ())
    for option in ctx.command.params:
        if not isinstance(option, click.Option) or not instead.keys().isdisjoint(option.opts):
            continue
        if known is None or (option.opts[0] in known and option.opts[0] in has):
            words += _typed(ctx, option)
    words += [word for flag, value in instead.items() if value is not None for word in (flag, value)]
    return shell_quoted(words)


def _options_of(ctx: click.Context, name: str) -> dict[str, str | None]:
    """Return the options of another command, each with the name of its value."""
    group = ctx.find_root().command
    command = group.get_command(ctx, name) if isinstance(group, click.Group) else None
    return {option: one.name for one in (command.params if command else ()) for option in one.opts}


def usual_value(ctx: click.Context, command: str, parameter: str) -> Any:
    """Return what a command takes for a parameter from the campaign's file, None for nothing."""
    return ctx.find_root().meta.get(USUAL, {}).get(command, {}).get(parameter)


def _is_usual(ctx: click.Context, name: str, flag: str, value: str | None) -> bool:
    """Whether a command takes this value from the campaign's file, so that nobody need type it."""
    if value is None or USUAL not in ctx.find_root().meta:
        return False
    parameter = _options_of(ctx, name).get(flag)
    usual = usual_value(ctx, name, parameter) if parameter else None
    return isinstance(usual, str) and os.path.realpath(usual) == os.path.realpath(value)


def next_line(
    ctx: click.Context, name: str, *first: str, instead: Mapping[str, str | None] = MappingProxyType({})
) -> str:
    """Return the line that says how to go on: a command as :func:`command_line` makes it.

    Where standard input was read it is gone, so that the line alone would wait for it.
    """
    words = command_line(ctx, name, *first, instead=instead)
    return f"With the same input once more: {words}" if "-" in ctx.params["paths"] else f"Next: {words}"


def drafts_line(ctx: click.Context, ranking: str) -> str:
    """Return the line that leads from a ranking to drafts: over the brief, where there is none yet."""
    usual = usual_value(ctx, "draft", "brief")
    brief = usual or BRIEF
    if not os.path.lexists(brief):
        return "Next: outreach brief new"
    words = ["outreach", "draft", *([] if usual else [brief]), "--from", ranking, "--top", "5"]
    return f"Next: {shell_quoted([*words, *([] if usual_value(ctx, 'draft', 'output') else ['-o', 'drafts/'])])}"


def next_or_example(words: Sequence[str], *files: str) -> str:
    """Return a command as the next line where the files in it are there, else as an example.

    Example:
        >>> next_or_example(["outreach", "rank", "no such.csv"], "no such.csv")
        "Example: outreach rank 'no such.csv'"

    """
    there = all(map(os.path.lexists, files))
    return f"{'Next' if there else 'Example'}: {shell_quoted(words)}"


def typed_options(ctx: click.Context, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Return the options as they were typed, all of them or some."""
    options = [one for one in ctx.command.params if isinstance(one, click.Option)]
    wanted = [
        one for one in options if not {*one.opts}.isdisjoint(only or one.opts) and {*one.opts}.isdisjoint(without)
    ]
    return [word for option in wanted for word in _typed(ctx, option)]


def typed_database() -> list[str]:
    """Return the option that names the ledger, as it was typed; nothing where the environment or nothing names it."""
    return typed_options(click.get_current_context(), only=("--db",))


def _typed(ctx: click.Context, option: click.Option) -> list[str]:
    """Return an option as it was typed, but for a password; nothing where it was not typed."""
    if option.name is None or ctx.get_parameter_source(option.name) is not ParameterSource.COMMANDLINE:
        return []
    value = ctx.params[option.name]
    if option.is_flag:
        return [option.opts[0]]
    if option.opts[0] in DATABASES:
        return [option.opts[0], without_password(value)]
    return [word for one in (value if isinstance(value, tuple) else [value]) for word in (option.opts[0], str(one))]


def shell_quoted(words: Sequence[str], *, windows: bool = os.name == "nt") -> str:
    """Return words as one line to paste, quoted only where needed.

    Example:
        >>> shell_quoted(["rank", "my likes.csv", "лайки.csv"], windows=False)
        "rank 'my likes.csv' лайки.csv"
        >>> print(shell_quoted(["rank", "my likes.csv", "$5.csv"], windows=True))
        rank "my likes.csv" '$5.csv'

    """
    if windows:
        return " ".join(map(_windows_quoted, words))
    return " ".join(word if re.fullmatch(r"(?!=)[\w@%+=:,./-]+", word) else shlex.quote(word) for word in words)


def _windows_quoted(word: str) -> str:
    """Return a word as PowerShell takes it, and cmd.exe wherever that can be.

    Both know "…", in which PowerShell evaluates $ and ` and ends at any sign that looks like a double quotation mark;
    only PowerShell knows '…', which ends at any that looks like a single one, unless it stands twice.
    """
    if re.fullmatch(r"--?\w[\w-]*|(?![@-])[\w@%+=:./\\-]+", word):
        return word
    if re.search(r'[$`"\u201c-\u201e]', word):
        return "'" + re.sub("(['\u2018-\u201b])", r"\1\1", word) + "'"
    doubled = word[len(word.rstrip("\\")) :]  # a backslash before a quotation mark belongs to it
    return f'"{word}{doubled}"'


def platform_option(name: str | None, option: str) -> str | None:
    """Return the canonical platform for what the user typed, None for nothing.

    Raises:
        OptionError: It is no platform.

    """
    from outreach.keys import platform_asked

    return platform_asked(name, f"{option} {name}") if name else None


def platforms_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the canonical platforms of a repeatable option."""
    return tuple(platform for name in names if (platform := platform_option(name, "--platform")))


def addresses_of(option: str, entry: str, platform: str | None) -> list[str]:
    """Return the addresses in a file, or the entry itself where there is no such file.

    Raises:
        InputError: The file cannot be read.
        UnknownResourceError: An address names no resource.

    """
    from outreach.likes.by_hand import addresses_given

    return addresses_given(option, entry, platform)


def database_option(text: str, **attributes: Any) -> Callable[[F], F]:
    """Return the decorator that adds the option for the campaign's database.

    Args:
        text: Its help.
        attributes: Those of the option that differ from command to command.

    """
    return click.option("--db", **{"envvar": "OUTREACH_DB", "metavar": "FILE|URL", "help": text, **attributes})


def the_database(command: F) -> F:
    """Add the option for the campaign's database to a command that cannot do without one."""
    shown = {"show_default": True, "show_envvar": True}
    return database_option("The campaign's database.", default=DATABASE, **shown)(command)
