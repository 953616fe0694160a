"""``outreach brief``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.campaign import campaign_of, settings_of_campaign
from outreach.cli.output import need_output, put, say
from outreach.cli.shared import BRIEF, counted, language_option, next_or_example, remark, shell_quoted, usual_value
from outreach.errors import InputError, OutputError
from outreach.teasers.questions import ASKED, LANGUAGES, NEEDED, SEVERAL_LINES, questions_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.teasers.brief import Brief
    from outreach.teasers.questions import Questions

__all__ = ["brief"]

SUFFIX: Final = ": "
BACK: Final = "<"
RANKINGS: Final = ("ranking.csv", "ranking.xlsx")
"""What rankings are called in our own examples."""


@click.group()
def brief() -> None:
    """Write the brief of an article, or check one.

    A brief is a text file with everything that teasers are made from: the problem that readers share, a hint of the
    solution, the bonus, the address.

    Example:

    \b
        outreach brief new -o brief.toml
        outreach brief check sample_data/brief.toml

    """


@brief.command(short_help="Ask for what a brief needs and write it.")
@click.option(
    "-o", "--output", default=BRIEF, show_default=True, metavar="FILE", help="Write to FILE; - prints the brief."
)
@language_option(LANGUAGES, "Language of the questions and the notes in the file.")
@click.option("--no-input", is_flag=True, help="Ask nothing; write the file to fill in.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.pass_context
def new(ctx: click.Context, /, *, output: str, language: str, no_input: bool, force: bool) -> None:
    """Ask for what a brief needs and write the file.

    Answers to long questions may have several lines; an empty line ends them. Leave empty what you do not need; < goes
    back one question. You can change everything later in the file, with any plain text editor.

    Example:

    \b
        outreach brief new
        outreach brief new --lang ru -o brief.toml
        outreach brief new --no-input -o brief.toml

    """
    from outreach.teasers.brief_text import brief_text

    _refuse_replacing(output, force=force)
    if output == "-":
        need_output("give a file: -o brief.toml")
    questions = questions_in(language)
    usual = {"language": language} | _from_settings(ctx)
    if no_input:
        answers = usual
    elif can_ask():
        answers = {}
        try:
            _ask_all(answers, questions, usual)
        except click.Abort:
            if "problem" not in answers or output == "-" or os.path.lexists(output):
                raise
            where = _write(brief_text(usual | answers, language), output)
            remark(f"\nInterrupted; what you answered is in {where}: fill in the rest.")
            ctx.exit(130)
    else:
        raise click.UsageError("Questions need a terminal.\nExample: outreach brief new --no-input -o brief.toml")
    text = brief_text(answers, language)
    if output == "-":
        put(text, "toml")
        return
    where = _write(text, output)
    remark(f"Written to {where}{': fill it in' if no_input else ''}.")
    remark(f"Next: {shell_quoted(['outreach', 'brief', 'check', _path(where)])}")


@brief.command(short_help="Check how a brief is understood.")
@click.argument("path", metavar="FILE")
@click.pass_context
def check(ctx: click.Context, /, path: str) -> None:
    """Check how the brief in FILE is understood and what it lacks.

    Example:

    \b
        outreach brief check sample_data/brief.toml

    """
    from outreach.teasers.brief import read_brief

    need_output()
    read = read_brief(path, settings_of_campaign())
    for name, value in _understood(read):
        say(f"{name}: {value}")
    remark(*_missing(read, path))
    remark(_next(ctx, path))


def _next(ctx: click.Context, path: str) -> str:
    """Return the line that leads to drafts, with what the campaign's file says left out."""
    ranking = next(filter(os.path.lexists, RANKINGS), RANKINGS[0])
    table = usual_value(ctx, "draft", "table")
    if table and os.path.lexists(table):
        ranking = table
    else:
        table = None
    words = ["outreach", "draft"]
    words += [] if usual_value(ctx, "draft", "brief") else [_path(path)]
    words += [] if table else ["--from", ranking, "--top", "5"]
    words += [] if usual_value(ctx, "draft", "output") else ["-o", "drafts/"]
    return next_or_example(words, ranking)


def _from_settings(ctx: click.Context) -> dict[str, str]:
    """Return what the campaign's file says of every article; it is offered, and stands in the brief from then on."""
    campaign = campaign_of(ctx)
    if campaign is None:
        return {}
    known = campaign.settings
    usual = {"language": known.language, "market": known.market, "company": known.client}
    return {name: value for name, value in usual.items() if value}


def can_ask() -> bool:
    """Whether a person sits at standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def _refuse_replacing(output: str, *, force: bool) -> None:
    """Refuse before anything is asked, because answers are work."""
    if output == "-":
        return
    if not force and os.path.lexists(output):
        raise OutputError(
            f"{output}: this file is there already and may be filled in",
            hint="give another name, or --force to replace it",
        )
    folder = Path(output).parent
    if not os.path.isdir(folder):  # noqa: PTH112 - Path's fails at long names
        raise OutputError(f"{output}: the folder {folder} does not exist", hint="make it first")


def _ask_all(answers: dict[str, str], questions: Questions, usual: Mapping[str, str]) -> None:
    """Ask one question after the other into ``answers``; a < goes back to the one before."""
    at = 0
    while at < len(ASKED):
        name = ASKED[at]
        answer = _answer(name, f"{at + 1}/{len(ASKED)} ", questions, answers.get(name, usual.get(name, "")))
        if answer is None:
            at = max(0, at - 1)
            continue
        answers[name] = answer
        at += 1


def _answer(name: str, number: str, questions: Questions, usual: str) -> str | None:
    """Ask until the answer can be used; what is not needed may stay empty. None where the person wants to go back."""
    question = number + questions.names[name]
    if name in SEVERAL_LINES:
        question = f"{question} ({questions.several})"
    while True:
        answer: str = click.prompt(question, usual, show_default=bool(usual), prompt_suffix=SUFFIX, err=True)
        if answer.strip() == BACK:
            return None
        if usual and answer == usual:
            return answer
        lines = [answer]
        while name in SEVERAL_LINES and lines[-1].strip():
            lines.append(click.prompt("", "", show_default=False, prompt_suffix="  ", err=True))
        text = "\n".join(lines).strip()
        why = _refused(name, text)
        if not why:
            return text
        remark(why)


def _refused(name: str, text: str) -> str:
    """Say why an answer cannot be used; nothing where it can."""
    from outreach.teasers.brief import OF_ALL

    if not text:
        return f"{name} is needed." if name in NEEDED else ""
    try:
        OF_ALL[name](text)
    except InputError as err:
        return f"{err.message}{f'; {err.hint}' if err.hint else ''}."
    return ""


def _write(text: str, output: str) -> str:
    """Write the file whole or not at all; return its path, another one if the old file may not be replaced."""
    from outreach.files.output import describe_place, store_bytes

    where = store_bytes(Path(output), text.encode())
    remark(*describe_place(Path(output), where))
    return output if where == Path(output) else str(where)


def _understood(read: Brief) -> list[tuple[str, str]]:
    """Return what a brief says, in a few lines."""
    from outreach.teasers.slugs import slug

    texts = {"problem": read.problem, "solution": read.solution, "bonus": read.bonus}
    several = ", ".join(f"{name} {len(value)}" for name, value in texts.items())
    short = [name for name in texts if getattr(read.short, name)]
    told = {
        "url": read.url,
        "campaign": f"{read.campaign} ({slug(read.campaign)} in links)",
        "title": read.title,
        "author": read.author,
        "company": read.company,
        "language": read.language,
        "market": read.market,
        "variants": f"{len(read.variants)} ({several})",
        "short texts": ", ".join(short),
        "hashtags": " ".join(f"#{word}" for word in read.hashtags),
        "image": read.image,
        "disclosure": read.disclosure.text,
        "of their own": ", ".join(read.places),
    }
    return [(name, " ".join(value.split())) for name, value in told.items() if value]


def _missing(read: Brief, path: str) -> list[str]:
    """Say what a brief does without, and what that costs."""
    said = []
    if not read.bonus:
        said.append("No bonus: readers have no reason to follow the link now.")
    if not read.company:
        said.append("No company: its name cannot be looked for in the teasers.")
    if not (read.short.problem or read.short.solution):
        said.append("No short texts: networks with little room, like X, may get no draft.")
    if read.image and "://" not in read.image and not os.path.lexists(Path(path).parent / read.image):
        said.append(f"The image {read.image} is missing; its path begins at the folder of the brief.")
    count = len(read.variants)
    lists = {"problem": read.problem, "solution": read.solution, "bonus": read.bonus}
    uneven = [name for name, texts in lists.items() if len(texts) > 1 and count % len(texts)]
    if uneven:
        said.append(f"{counted(count, 'variant')}: some texts of {' and '.join(uneven)} appear more often than others.")
    return said


def _path(output: str) -> str:
    """Return a path that no command takes for an option."""
    return f"./{output}" if output.startswith("-") else output
