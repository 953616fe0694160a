"""``outreach enrich``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach.cli.shared import (
    counted,
    next_or_example,
    platforms_of,
    refuse_overwriting,
    remark,
    shell_quoted,
    typed_options,
)
from outreach.errors import InputError, OutputError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.likes.subscribers import Answer, Outcome
    from outreach.reporting.resources_sheet import Saved

__all__ = ["enrich"]

WORTH_A_REMARK_SECONDS = 10
INTERRUPTED = 130


@click.command()
@click.argument("sheet")
@click.option(
    "--max-age", default="30d", show_default=True, metavar="AGE", help="Ask again for sizes older than this: 30d, 4w."
)
@click.option("--platform", "platforms", multiple=True, metavar="NAME", help="Only this platform. Repeatable.")
@click.option("--aliases", metavar="FILE", help="Write the addresses that are one place, for rank --same-as.")
@click.pass_context
def enrich(ctx: click.Context, /, sheet: str, *, max_age: str, platforms: tuple[str, ...], aliases: str | None) -> None:
    """Fill in the sizes of the places in SHEET from the platforms' own interfaces.

    It asks Bluesky, Discord, GitHub, Mastodon, Reddit, Telegram, Twitch, VK and YouTube for the sizes of places only;
    nothing about customers is sent. Numbers that you typed stay. Four platforms need your token, in
    OUTREACH_TELEGRAM_TOKEN (of a bot), OUTREACH_TWITCH_TOKEN (with OUTREACH_TWITCH_CLIENT_ID), OUTREACH_VK_TOKEN and
    OUTREACH_YOUTUBE_TOKEN, or saved in the app (Settings); OUTREACH_GITHUB_TOKEN allows more requests. If you stop it
    with Ctrl-C, it keeps what it has and continues from there the next time.

    Example:

    \b
        outreach enrich sheet.xlsx
        outreach enrich sheet.xlsx --platform reddit --max-age 1w

    """
    import requests

    from outreach.keys import platform_of
    from outreach.likes.subscribers import APIS, NO_API, look_up
    from outreach.remote.tokens import Tokens
    from outreach.reporting.resources_sheet import form_of_sheet
    from outreach.reporting.sizes_sheet import age_of, save_sizes, wanted
    from outreach.sheet.facts import read_sheet
    from outreach.stopping import postponed

    age, chosen = age_of(max_age), platforms_of(platforms)
    form_of_sheet(sheet)
    refuse_overwriting((sheet,), aliases)
    before = _old_aliases(aliases) if aliases is not None else set()
    today = datetime.now(UTC).date()
    old = read_sheet(sheet)
    remark(*old.describe())
    found = wanted(old, today, age)
    keys = [key for key in found.rows if not chosen or platform_of(key) in chosen]
    with requests.Session() as session:
        answers, stopped = _collected(look_up(keys, session=session, env=Tokens(), sleep=_wait), len(keys))
    sizes = {answer.key: answer.subscribers for answer in answers if answer.subscribers}
    with postponed() as waiting:  # it takes a second or two
        if aliases is not None:  # first: places whose size is in the sheet are not asked again
            _write_aliases(aliases, before | {(answer.key, answer.same_as) for answer in answers if answer.same_as})
        saved = save_sizes(sheet, sizes, today, age)
        waiting.clear()  # all is done that could still be done
    remark(*saved.remarks, *_summary(answers, len(keys), saved))
    remark(*(f"{platform}: {NO_API}." for platform in sorted(chosen) if platform not in APIS))
    if found.typed or found.fresh:
        remark(f"Left as they are: {found.typed} typed by hand, {found.fresh} looked up within {max_age}.")
    if stopped:
        remark(f"Next: {shell_quoted(['outreach', 'enrich', str(saved.path), *typed_options(ctx)])}")
        ctx.exit(INTERRUPTED)
    _refuse_nothing({answer.outcome for answer in answers})
    same = ["--same-as", aliases] if aliases is not None and os.path.lexists(aliases) else []
    rank = ["outreach", "rank", "likes.csv", "--resources", str(saved.path), *same]
    remark(next_or_example(rank, "likes.csv"))


def _refuse_nothing(outcomes: set[Outcome]) -> None:
    """Refuse to call it a success where nobody answered.

    Raises:
        InputError: Every platform wants a token.
        RemoteError: Every question failed.

    """
    from outreach.likes.subscribers import Outcome

    if outcomes == {Outcome.LOCKED}:
        raise InputError(
            "No size could be looked up without a token",
            hint="set the variables named above, or save tokens in the app: Settings",
        )
    asked = outcomes - {Outcome.LOCKED, Outcome.NOT_ASKED}
    if asked == {Outcome.UNREACHED}:
        raise RemoteError(
            "no platform could be reached",
            hint="this computer seems to be offline; the sheet was not changed",
        )
    if asked and Outcome.TOLD not in asked:
        raise RemoteError(
            "no platform answered", hint="the sheet was not changed; the lines above show why; try again later"
        )


def _collected(asking: Iterator[Answer], number: int) -> tuple[list[Answer], bool]:
    """Return the answers, and whether the user stopped before all were there; progress on a terminal only."""
    answers: list[Answer] = []
    shown = sys.stderr is not None and sys.stderr.isatty()
    try:
        if not shown:
            answers.extend(asking)
            return answers, False
        with click.progressbar(length=number, label="Asking for sizes", file=sys.stderr) as bar:
            for answer in asking:
                answers.append(answer)
                bar.update(1)
    except KeyboardInterrupt:
        return answers, True
    return answers, False


def _summary(answers: Sequence[Answer], number: int, saved: Saved) -> list[str]:
    """Say what became of the sheet, and why sizes are unknown."""
    known = sum(answer.subscribers is not None for answer in answers)
    reasons = Counter(answer.why for answer in answers if answer.why)
    told = [f"{counted(count, 'place')} of unknown size: {why}." for why, count in sorted(reasons.items())]
    if len(answers) < number:
        told.append(f"Interrupted: {counted(number - len(answers), 'place')} not looked up; the sizes so far are kept.")
    what = f"{counted(known, 'size')} of {number} looked up"
    return [
        *told,
        f"{what} and written to {saved.path}." if saved.changed else f"{what}; {saved.path} was not changed.",
    ]


def _old_aliases(path: str) -> set[tuple[str, str]]:
    """Return the pairs that a file holds already: what was not asked again is still true.

    Raises:
        OutputError: It is no such file, or its folder does not exist.

    """
    from outreach.likes.by_hand import hand_aliases

    file = Path(path)
    if not os.path.lexists(file):
        if not os.path.isdir(file.absolute().parent):  # noqa: PTH112 - Path's fails at long names
            raise OutputError(f"{path}: the folder does not exist", hint="make it first, or give another path")
        return set()
    foreign = OutputError(
        f"{path}: this file is there already and is not a table resource,same_as", hint="give another name"
    )
    if not os.path.isfile(file):  # noqa: PTH113 - as above
        raise foreign
    try:
        return {(alias.key, alias.same_as) for alias in hand_aliases(file)}
    except InputError as err:
        raise foreign from err


def _write_aliases(path: str, found: Iterable[tuple[str, str]]) -> None:
    """Write the pairs of keys that the platforms say are one place."""
    from outreach.files.delimited import delimited
    from outreach.files.output import store_bytes
    from outreach.tables import neutral

    pairs = sorted(found)
    rows = [(neutral(key), neutral(same_as)) for key, same_as in pairs]
    store_bytes(Path(path), delimited([("resource", "same_as"), *rows]).encode())


def _wait(seconds: float) -> None:
    """Wait, and say so where somebody would wonder."""
    import time

    if seconds >= WORTH_A_REMARK_SECONDS:
        remark(f"Waiting {seconds:.0f} seconds, as the platform asks.")
    time.sleep(seconds)
