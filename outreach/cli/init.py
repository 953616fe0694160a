"""``outreach init``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.shared import DATABASE, counted, language_option, remark, shell_quoted
from outreach.errors import InputError, OutputError
from outreach.messages import LANGUAGES, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.cli.init_files import Found
    from outreach.messages import Message

__all__ = ["init"]

MOST_SHOWN: Final = 20


@click.command()
@click.argument("folder", default=".")
@language_option(LANGUAGES, "Language of the questions and the notes in the file.")
@click.option("--no-input", is_flag=True, help="Ask nothing.")
def init(folder: str, *, language: str, no_input: bool) -> None:
    """Make FOLDER a campaign folder and write outreach.toml.

    It asks seven short questions and writes the answers to outreach.toml, which you can change with any plain text
    editor. Every command then takes from that file what you do not type: outreach rank, outreach draft, outreach track.
    Files already in the folder are recognised and named in outreach.toml; none of them is moved or changed.

    Example:

    \b
        outreach init clinic
        outreach init clinic --lang ru
        outreach init . --no-input

    """
    from outreach.campaign.find import FILE
    from outreach.campaign.new import make_campaign
    from outreach.campaign.writing import DEFAULTS

    home = Path(folder)
    file = home / FILE
    if os.path.lexists(file):
        raise OutputError(f"{file}: this file is there already", hint="change it with any plain text editor")
    if home.exists() and not home.is_dir():
        raise InputError("this is a file, not a folder", where=folder, hint="outreach init clinic makes a folder")
    found = _found(home)
    values = {**DEFAULTS, "my_language": language, **_settings(found)}
    values |= {} if no_input else _answers(values, language)
    from outreach.files.output import describe_place

    where = make_campaign(home, values, language)
    remark(*describe_place(file, where), f"Written: {where}. You need not type what is in it.")
    remark(*_synchronised(home, str(values.get("db", ""))))
    remark(*_next(home, found))


def _synchronised(home: Path, database: str) -> list[Message]:
    """Return the warning of a folder that a service copies to other machines."""
    from outreach.campaign.synchronised import folder_of_database, unwarned_service

    folder = folder_of_database(database or DATABASE)
    if folder is None or not (service := unwarned_service(home / folder)):
        return []
    file, setting = str(home / (database or DATABASE)), 'db = "…" in outreach.toml'
    return [message("ledger-synchronised", file=file, service=service, setting=setting)]


def _found(home: Path) -> Sequence[Found]:
    """Look at the files that are there, and say what each is taken for."""
    if not home.is_dir():
        return ()
    from outreach.cli.init_files import look_at

    found = look_at(home)
    if found:
        remark(f"In {home if str(home) != '.' else 'this folder'}:")
        remark(*(f"  {one.name}: {one.describe()}" for one in found[:MOST_SHOWN]))
    if len(found) > MOST_SHOWN:
        remark(f"  and {counted(len(found) - MOST_SHOWN, 'more file')}")
    return found


def _settings(found: Sequence[Found]) -> dict[str, object]:
    """Return the settings that name what is there already."""
    values: dict[str, object] = {}
    for setting, many in (("lists", True), ("results", True), ("sheet", False), ("brief", False), ("db", False)):
        names = tuple(one.name for one in found if one.setting == setting)
        if names:
            values[setting] = names if many else names[0]
    for setting in ("lists", "results"):  # what comes later goes into the folder
        if setting in values:
            values[setting] = tuple(dict.fromkeys((*values[setting], setting)))  # type: ignore[misc]
    return values


def _answers(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Ask the questions, each until its answer can be used; an empty answer leaves things as they are.

    Raises:
        UsageError: Nobody can answer.

    """
    from outreach.campaign.new import answer_of
    from outreach.campaign.writing import ASKED, question
    from outreach.cli.brief import can_ask

    if not can_ask():
        raise click.UsageError("Questions need a terminal.\nExample: outreach init clinic --no-input")
    answers: dict[str, object] = {}
    for number, name in enumerate(ASKED, start=1):
        usual = values.get(name, language if name == "language" else "")
        shown = ", ".join(usual) if isinstance(usual, tuple) else str(usual)
        while True:
            typed = click.prompt(
                f"{number}/{len(ASKED)} {question(name, language)}", shown, show_default=bool(shown),
                prompt_suffix=": ", err=True,
            )  # fmt: skip
            try:
                answers[name] = answer_of(name, typed)
                break
            except InputError as err:
                remark(f"{err.message}{f'; {err.hint}' if err.hint else ''}.")
    return {name: value for name, value in answers.items() if value not in ("", ())}


def _next(home: Path, found: Sequence[Found]) -> list[str]:
    """Return how to go on: in the folder, with the lists that are there, or with the sheet for them."""
    steps = [] if str(home) == "." else [["cd", str(home)]]
    there = any(one.setting == "lists" for one in found)
    steps.append(["outreach", "check"] if there else ["outreach", "collect", "-o", "lists/follows.xlsx"])
    lines = [f"Next: {shell_quoted(step)}" for step in steps]
    own = "Lists that you have already go into lists/; outreach check then shows how they are understood."
    return lines if there else [own, *lines]
