"""What README and the manual show, made by the program itself; cog calls this.

CONTRIBUTING.md has the command that writes it into the pages.
"""

from __future__ import annotations

import dataclasses
import html
import os
import re
import shlex
import shutil
import tempfile
import textwrap
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import cog
from click.testing import CliRunner

from outreach import tables
from outreach.campaign import settings
from outreach.campaign.ledger.placement import PLACEMENTS
from outreach.campaign.writing import question
from outreach.cli import main
from outreach.cli.campaign import USES
from outreach.tables import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Folder", "columns", "commands", "fenced", "figure", "lists_readers", "picture", "result_readers", "settings_table",
]  # fmt: skip

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data"
COPY = ("cp", "copy")
WIDTH = 84
"""What fits on a page of the manual."""
_SETTINGS = tempfile.TemporaryDirectory(prefix="manual-")  # never this machine's own
os.environ |= {"COLUMNS": "80", "OUTREACH_CONFIG_DIR": _SETTINGS.name}
for name in ("OUTREACH_BOOK", "OUTREACH_DB", "OUTREACH_CAMPAIGN", "OUTREACH_SECRET"):
    os.environ.pop(name, None)


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Work in a folder for a while."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)


def fenced(text: str, language: str = "text") -> None:
    """Write a block of code into the page."""
    fence = "````" if "```" in text else "```"
    cog.outl(f"{fence}{language}\n{text.rstrip()}\n{fence}")


def _wrapped(line: str) -> list[str]:
    """Return a line as a terminal breaks it; those of tables stay whole."""
    label, text = re.fullmatch(r"( {2}[a-z ]{1,12} +(?=\S))?(.*)", line).groups("")
    if len(line) <= WIDTH or "  " in text.strip():
        return [line]
    if label:
        return textwrap.wrap(text, WIDTH, initial_indent=label, subsequent_indent=" " * len(label))
    if line.startswith(("Next:", "Example:")):  # to be pasted
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=indent + "  " * bool(indent), break_long_words=False, break_on_hyphens=False
    )


class Folder:
    """A folder of its own with the sample, in which the commands of a page run one after the other."""

    def __init__(self) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="manual-")
        self.path = Path(self._kept.name)
        shutil.copytree(SAMPLE, self.path / "sample_data")

    def run(self, line: str, also: str = "", *, fails: bool = False) -> tuple[str, str]:
        """Run a line of the page; return what it prints and what it says beside that.

        Args:
            line: As a reader types it.
            also: Options that a terminal makes needless, such as ``--format table``.
            fails: That is what it is to show.

        """
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            self.path = self.path / words[1]
            return "", ""
        if words[0] in COPY:
            shutil.copy(self.path / words[1], self.path / words[2])
            return "", ""
        with standing_in(self.path):
            done = CliRunner().invoke(
                main,
                [*words[1:], *shlex.split(also)],
                prog_name="outreach",
                catch_exceptions=False,
                env={"OUTREACH_BOOK": str(Path(self._kept.name, "owners.db"))},
            )
        if bool(done.exit_code) != fails:
            raise RuntimeError(f"{line}: {done.stderr}")
        return done.stdout, done.stderr

    def type(self, *lines: str) -> None:
        """Run lines, and write them into the page as lines to paste."""
        for line in lines:
            self.run(line)
        fenced("\n".join(lines), "sh")

    def write(self, file: str, text: str) -> None:
        """Make a small file of the folder, and write it into the page."""
        (self.path / file).write_text(text, encoding="utf-8")
        fenced(text, "text")

    def show(self, line: str, also: str = "", **how: Any) -> None:
        """Write a line to paste into the page, and below it what it shows.

        Args:
            line: As a reader types it.
            also: Options that a terminal makes needless.
            how: As for ``answer``.

        """
        fenced(line, "text" if how.get("fails") else "sh")
        cog.outl()
        self.answer(line, also, **how)

    def answer(
        self,
        line: str,
        also: str = "",
        *,
        remarks: bool | Sequence[str] = True,
        until: str = "",
        fails: bool = False,
    ) -> None:
        """Write what a line shows into the page, without the line.

        Args:
            line: As a reader types it.
            also: Options that a terminal makes needless.
            remarks: Whether to show what comes beside the result; or parts of the lines to show.
            until: Show the result as far as this text, and an ellipsis.
            fails: An error is what it is to show.

        """
        printed, said = self.run(line, also, fails=fails)
        if until:
            printed = printed.split(until)[0].rstrip() + "\n…\n"
        if not isinstance(remarks, bool):
            said = "\n".join(one for one in said.splitlines() if any(part in one for part in remarks))
        parts = (printed, said if remarks else "")
        shown = "\n\n".join(part.strip("\n") for part in parts if part.strip())
        fenced("\n".join(part for one in shown.splitlines() for part in _wrapped(one.rstrip())))

    def replace(self, file: str, *changes: tuple[str, str]) -> None:
        """Change lines of a text file, as a reader does with an editor."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            if before not in text:
                raise RuntimeError(f"{file}: no {before}")
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")


def _commands(command: click.Command, words: Sequence[str]) -> Iterator[tuple[Sequence[str], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _commands(inner, [*words, name])


def commands() -> None:
    """Write the help of every command, each under a heading of its own."""
    for words, _ in _commands(main, []):
        text = CliRunner().invoke(main, [*words, "--help"], prog_name="outreach").stdout
        title = " ".join(["outreach", *words])
        cog.outl(f"\n{'##' if len(words) < 2 else '###'} {title}\n")
        fenced(f"$ {title} --help\n{text}")


def columns() -> None:
    """Write every table of ``outreach/tables.py``, and that of placements, with its columns."""
    every = vars(tables) | {"PLACEMENTS": PLACEMENTS}
    for name in sorted(every):
        schema = every[name]
        if not isinstance(schema, Schema):
            continue
        title, writer = TITLES[name]
        cog.outl(f"\n## {title}\n\nWritten by {writer}.\n")
        cog.outl("| column | type | may be empty | meaning |\n| --- | --- | --- | --- |")
        for column in schema.columns:
            missing = "yes" if column.missing else ""
            meaning = column.meaning.replace("|", "\\|")
            cog.outl(f"| `{column.name}` | {TYPES[column.type]} | {missing} | {meaning} |")


TYPES = {
    "varchar": "text", "bigint": "whole number", "integer": "whole number", "double": "number", "timestamp": "moment",
    "boolean": "yes or no",
}  # fmt: skip
TITLES = {
    "AGENDA": ("What is due", "`outreach today --format csv`"),
    "CHECKED": ("How files were understood", "`outreach check --format csv`, `outreach.check`"),
    "COMPARISON": ("Two groups compared", "`outreach compare`, `outreach.compare`"),
    "CONTACTS": ("How far you are with owners", "`outreach owners list --format csv`"),
    "CONVERSION": ("What each place brought", "`outreach track --format csv`, `outreach.conversion`"),
    "GROUPS": ("Groups", "`outreach survey -o groups.csv`; `--groups FILE` reads it"),
    "GROUPS_WITH_STEPS": ("Groups with steps", "`outreach survey -o groups.csv`, if the survey has steps"),
    "IMPORTS": ("Imports", "`outreach track --imports`"),
    "LIKES": ("Likes", "the program, from lists"),
    "LISTS": ("Known lists", "the program, from lists"),
    "MEASURED": ("A ranking with results", "`outreach rank --db FILE`"),
    "OWNERS": ("The address book", "`outreach owners export`; `outreach owners import` reads it"),
    "OWNER_EVENTS": ("Events of owners", "`outreach owners export --events`; `outreach owners import` reads it"),
    "PLACEMENTS": ("Placements", "`outreach placements export`; `outreach placements import` reads them"),
    "PLAN": (
        "A plan",
        "`outreach plan`, `outreach.plan`, in part `outreach.coverage`; `outreach draft --from` reads it",
    ),
    "RANKING": ("A ranking", "`outreach rank`, `outreach.rank`; `outreach draft --from` reads it"),
    "REJECTED": ("Rows that could not be used", "`--rejected FILE`"),
    "RESOURCES": ("Places of a run", "the program, from lists"),
    "SHEET": ("The sheet", "`outreach resources`; you fill it in, `--resources FILE` reads it"),
    "STABLE": ("A ranking with how certain it is", "`outreach rank --stability`"),
    "STEPS": ("Places by step", "`outreach compare --steps`"),
    "SURVEY": ("A survey", "`outreach survey --format csv`, `outreach.survey`"),
    "TIES": ("Ties", "`outreach track --ties`"),
    "VARIANTS": (
        "What each text brought",
        '`outreach track --by variant --format csv`, `outreach.conversion(by="variant")`',
    ),
    "VERIFIED": ("Links and posts that were opened", "`outreach verify --format csv`"),
    "UNMATCHED": ("Unmatched links", "`outreach track --unmatched FILE`, which reads it back too"),
}
"""Each table's title, and who writes it."""


def lists_readers() -> None:
    """Write what is read of platforms' exports, as ``outreach formats`` prints it."""
    fenced("$ outreach formats\n" + CliRunner().invoke(main, ["formats"]).stdout)


def result_readers() -> None:
    """Write what is read of results, a row for each reader."""
    from outreach.tracking.exports import READERS

    cog.outl("| reader | reads |\n| --- | --- |")
    for reader in sorted(READERS.readers(), key=lambda one: one.name):
        cog.outl(f"| `{reader.name}` | {reader.reads.replace('|', '&#124;')} |")


def settings_table() -> None:
    """Write every setting of ``outreach.toml``, what it means and which commands use it."""
    used: dict[str, list[str]] = {}
    for command, taken in USES.items():
        for setting in taken.values():
            used.setdefault(setting.partition(".")[0], []).append(f"`{command}`")
    used["utm"] = ["`draft`", "`link`"]
    used["market"] = ["`draft`", *used["market"]]
    used["writer"] = ["`letter`"]
    used["reading"] = used["lists"]
    cog.outl("| setting | what it is | used by |\n| --- | --- | --- |")
    for field in dataclasses.fields(settings.Settings):
        where = ", ".join(dict.fromkeys(used.get(field.name, ())))
        cog.outl(f"| `{field.name}` | {question(field.name)} | {where} |")
    for table, names in (("utm", settings.OF_UTM), ("writer", settings.OF_WRITER)):
        cog.outl(f"\n`[{table}]` is a table of its own. It may hold {', '.join(f'`{name}`' for name in names)}.")
    codes = ", ".join(f"`[writer.{code}]`" for code in settings.MY_LANGUAGES)
    cog.outl(f"What a letter says otherwise in a language stands below {codes}.")
    names = ", ".join(f"`{name}`" for name in settings.OF_READING)
    cog.outl(f'\n`[reading."follows.csv"]` is a table of its own for that file. It may hold {names}.')


PICTURE = ("rank", "sample_data/likes.csv", "--own", "facebook.com/vorblinka", "--format", "table", "--top", "10")


def picture() -> None:
    """Write the picture of a terminal with the sample's ranking, as SVG that needs no font and no script of others."""
    with standing_in(ROOT):
        table = CliRunner().invoke(main, PICTURE).stdout.rstrip("\n").splitlines()
    shown = ["$ outreach rank sample_data/likes.csv --own facebook.com/vorblinka --top 10", "", *table]
    width, height, left, top, letter = 720, 40 + 20 * len(shown) + 16, 24, 56, 8.4
    cog.outl(f'<rect width="{width}" height="{height}" rx="10" fill="#1d2330"/>')
    for at, colour in ((24, "#ff5f57"), (44, "#febc2e"), (64, "#28c840")):
        cog.outl(f'<circle cx="{at}" cy="20" r="6" fill="{colour}"/>')
    cog.outl('<g font-family="Consolas, Menlo, DejaVu Sans Mono, monospace" font-size="14">')
    for number, line in enumerate(shown):
        if not line.strip():
            continue
        begins = len(line) - len(line.lstrip())
        text = html.escape(line.strip()).replace(" ", "\xa0")  # what SVG does not run together
        colour = "#8fd3ff" if number == 0 else "#7d8799" if line.startswith(" #") or set(text) == {"─"} else "#e6e9ef"
        cog.outl(
            f'<text x="{left + begins * letter:.1f}" y="{top + 20 * number}" fill="{colour}" '
            f'textLength="{len(line.strip()) * letter:.1f}">{text}</text>'
        )
    cog.outl("</g>")


FIGURES = {
    "places": ("outreach rank sample_data/likes.csv --own facebook.com/vorblinka --top 10 -o picture.svg",),
    "map": ("outreach map sample_data/likes.csv -o picture.svg",),
    "brought": (
        "outreach rank sample_data/likes.csv --own facebook.com/vorblinka -o ranking.csv",
        "outreach draft sample_data/brief.toml --from ranking.csv --top 5 -o drafts/",
        "outreach track sample_data/results -o picture.svg",
    ),
}
"""Name of a picture to the commands that draw it; a comment of XML could not hold their options."""


def figure(name: str) -> None:
    """Write a picture of the manual, as the command writes it."""
    here = Folder()
    for line in FIGURES[name]:
        here.run(line)
    cog.outl((here.path / "picture.svg").read_text(encoding="utf-8").rstrip())
