"""``outreach collect``."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.output import fits, need_output, say
from outreach.cli.shared import counted, language_option, platforms_of, remark, shell_quoted
from outreach.errors import OptionError
from outreach.messages import message
from outreach.reporting.collect_words import LANGUAGES, words_in
from outreach.words.regulated import is_health

if TYPE_CHECKING:
    from outreach.messages import Message

__all__ = ["collect"]

CUSTOMERS_NUMBERED: Final = message("customers-numbered")


@click.command()
@click.option(
    "--customers",
    type=click.IntRange(1, 200),
    default=10,
    show_default=True,
    metavar="N",
    help="Number of customers to make room for.",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME",
    help="A tab for this platform. Repeatable. [default: the usual ones for the language]",
)
@click.option("--names", is_flag=True, help="Ask for customers' names in place of their numbers.")
@click.option("--field", default="", metavar="NAME", help="Regulated field; in health customers stay numbered.")
@language_option(LANGUAGES, "Language of the guide and the headers.")
@click.option("--ask", type=click.Choice(LANGUAGES), help="Print the message to send to customers, in this language.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("-o", "--output", metavar="FILE", help="Write the workbook to FILE, which ends in .xlsx.")
def collect(
    *,
    customers: int,
    platforms: tuple[str, ...],
    names: bool,
    field: str,
    language: str,
    ask: str | None,
    force: bool,
    output: str | None,
) -> None:
    """Make the sheet to fill in, and the message to send to customers.

    The workbook has a guide and a tab for each platform, with a column for each customer; what the customer follows
    goes below. Ten customers are enough to begin. They are numbered: only you
    know who is who. With --ask, the message goes to standard output; it says why you ask, how long you keep the
    lists, and how to object.

    Example:

    \b
        outreach collect --customers 10 -o follows.xlsx
        outreach collect --lang lv --platform facebook --platform telegram -o follows.xlsx
        outreach collect --ask ru

    """
    if output is None and ask is None:
        raise click.UsageError("Give a file for the sheet.\nExample: outreach collect -o follows.xlsx")
    numbered = _numbered(field, names=names)
    chosen = platforms_of(platforms)
    if ask is not None:
        need_output()
    if output is not None:
        _write(output, customers, chosen, language, named=names, force=force)
        remark(*numbered)
    if ask is not None:
        _ask(words_in(ask).question)
    if output is not None:
        remark("Fill it in, save it and close it.", f"Next: {shell_quoted(['outreach', 'check', _path(output)])}")
    else:
        sheet = "lists/follows.xlsx" if Path("lists").is_dir() else "follows.xlsx"
        steps = ["check", sheet] if Path(sheet).exists() else ["collect", "--lang", str(ask), "-o", sheet]
        remark(f"Next: {shell_quoted(['outreach', *steps])}")


def _numbered(field: str, *, names: bool) -> list[Message]:
    """Return why customers are numbered; nothing where they get names.

    Raises:
        OptionError: Names are wanted in a field where the list alone tells something about a person.

    """
    health = is_health(field)
    if names and health:
        raise OptionError(
            f"--names: the field is {field}, where a name on the list already says something about a person's health",
            hint="leave --names out, and keep who is who elsewhere",
        )
    return [] if names else [message("customers-numbered-health", field=field) if health else CUSTOMERS_NUMBERED]


def _write(output: str, customers: int, platforms: tuple[str, ...], language: str, *, named: bool, force: bool) -> None:
    """Write the workbook and say what it holds."""
    from outreach.reporting.collect_sheet import collect_book, empty_tabs, write_collect

    tabs = empty_tabs(customers, platforms, language)
    shown = output.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text, and a guide none
    file = shell_quoted([_path(PurePath(shown).name)])
    write_collect(collect_book(tabs, language, file, named=named), output, force=force)
    names = ", ".join(tab.name for tab in tabs)
    remark(f"Written to {output}: room for {counted(customers, 'customer')} on {counted(len(tabs), 'tab')} ({names}).")


def _ask(question: str) -> None:
    """Print the message; one that lost its letters is to be sent to nobody."""
    say(question, end="")
    if not fits(question):
        remark("Letters that this output cannot show appear as ?: PYTHONIOENCODING=utf-8 keeps them.")


def _path(output: str) -> str:
    """Return a path that no command takes for an option."""
    return f"./{output}" if output.startswith("-") else output
