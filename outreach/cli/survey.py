"""``outreach survey``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.output import deliver, is_terminal, need_output, say
from outreach.cli.shared import (
    counted,
    next_or_example,
    refuse_foreign,
    refuse_overwriting,
    remark,
    shell_quoted,
    usual_value,
)
from outreach.errors import OptionError
from outreach.tables import GROUPS, REJECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.files.contract import Rejected
    from outreach.surveys import Survey

__all__ = ["survey"]

FORMS: Final = ("text", "csv", "tsv", "json", "jsonl", "md")
LINES_SHOWN: Final = 5
REASONS_SHOWN: Final = 8


@click.command()
@click.argument("path", metavar="FILE")
@click.option("-o", "--groups", metavar="FILE", help="Write the group of each customer to FILE, like groups.csv.")
@click.option(
    "--weight", "weights", multiple=True, metavar="FACTOR=NUMBER", help="Weight of a factor in the index. Repeatable."
)
@click.option(
    "--scale",
    "scales",
    multiple=True,
    metavar="1-5|QUESTION=1-5",
    help="Scale of the grades, if the file leaves it open. Repeatable.",
)
@click.option("--columns", metavar="ROLE=COLUMN,...", help="Give the columns: customer, recommend, time, step.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text, like cp1251. [default: recognised]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Format of the result. [default: text on a terminal, csv in a pipe]",
)
@click.option("--rejected", metavar="FILE", help="Write the answers that were not used, with their lines.")
@click.pass_context
def survey(
    ctx: click.Context,
    /,
    *,
    path: str,
    groups: str | None,
    weights: tuple[str, ...],
    scales: tuple[str, ...],
    columns: str | None,
    encoding: str | None,
    form: str | None,
    rejected: str | None,
) -> None:
    """Show who loves you, from the answers to a survey.

    FILE is a table of answers (CSV, Excel, JSON), as Google Forms, Typeform, SurveyMonkey and Yandex Forms export it:
    a column that says who answered, a question from 0 to 10 on recommending, grades of factors, and pairs such as
    "expected: delivery" and "received: delivery". Shown are the net promoter score and the satisfaction index with
    their likely ranges, and the gaps between what was expected and received. Customers are named on the terminal only,
    and in the file of groups, which outreach rank and outreach compare take.

    Example:

    \b
        outreach survey sample_data/survey.csv
        outreach survey sample_data/survey.csv -o groups.csv
        outreach survey answers.xlsx --scale 1-5 --weight Delivery=2

    """
    from outreach.surveys import ROLES, SurveyOptions
    from outreach.surveys import survey as survey_of
    from outreach.words.columns import parse_columns

    refuse_overwriting([path], groups, rejected)
    refuse_foreign(groups, GROUPS)
    refuse_foreign(rejected, REJECTED)
    if groups is None:
        need_output("give a file: -o groups.csv")
    chosen = parse_columns(columns, ROLES, "customer=Who,recommend=Score") if columns else {}
    found = survey_of(path, SurveyOptions(chosen, scales, _weights(weights), encoding))
    remark(*found.answers.remarks)
    _say_scale(found, scales)
    _say_unused(found.answers.unused, rejected)
    _say_nobody(found)
    if sys.stdout is None:  # the file of groups alone is wanted
        pass
    elif form == "text" or (form is None and is_terminal()):
        _show(found)
    else:
        _deliver(found, form or "csv")
    _write(found, groups, rejected)
    if groups:
        lists = [] if usual_value(ctx, "compare", "paths") else ["likes.csv"]
        remark(next_or_example(["outreach", "compare", *lists, "--groups", groups], *lists))
    elif found.members:
        remark(f"Next: {shell_quoted(['outreach', 'survey', path, '-o', 'groups.csv'])}")


def _say_scale(found: Survey, scales: Sequence[str]) -> None:
    """Say that a scale for all questions is not one for the question on recommending."""
    from outreach.surveys.scales import NPS, typed_scales

    usual = typed_scales(scales).get("", NPS)
    if found.answers.recommend and usual != NPS:
        remark(f"--scale {usual} is for the factors; the question on recommending is 0-10 all the same.")


def _weights(typed: Sequence[str]) -> dict[str, float]:
    """Return what ``--weight`` says.

    Raises:
        OptionError: It is no factor with a number.

    """
    weights = {}
    for text in typed:
        name, equals, number = text.rpartition("=")
        try:
            weights[name.strip()] = float(number.replace(",", "."))
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise OptionError(f"--weight {text}: no factor with a number", hint='write it like --weight "Delivery=2"')
    return weights


def _say_unused(unused: Sequence[Rejected], file: str | None) -> None:
    """Say which answers do not count, kind by kind with their lines."""
    from outreach.messages import describe

    if not unused:
        return
    where = f"written to {file}" if file else "--rejected FILE writes them all"
    remark(f"{counted(len(unused), 'answer')} not used ({where}):")
    kinds = Counter(one.reason for one in unused)
    for reason, count in sorted(kinds.items(), key=lambda item: (-item[1], describe(item[0])))[:REASONS_SHOWN]:
        lines = [str(one.line) for one in unused if one.reason == reason]
        more = f" and {count - LINES_SHOWN} more" if count > LINES_SHOWN else ""
        remark(f"  {count} x {describe(reason)} (line {', '.join(lines[:LINES_SHOWN])}{more})")
    if len(kinds) > REASONS_SHOWN:
        remark(f"  and {len(kinds) - REASONS_SHOWN} more reasons")


def _say_nobody(found: Survey) -> None:
    """Say what the survey lacks."""
    answers = found.answers
    if not answers.recommend:
        remark(
            "No question on recommending (0-10) was found, so there are no groups. Name it: --columns recommend=HEADER."
        )
    elif not answers.labelled:
        remark("No column says who answered, so there are no groups. Name it: --columns customer=HEADER.")
    elif nameless := sum(not one.customer for one in answers.answers):
        remark(f"{counted(nameless, 'answer')} without a name count, but belong to no group.")


def _show(found: Survey) -> None:
    from outreach.reporting.survey import survey_lines

    for line in survey_lines(found, labels=is_terminal()):
        say(line)


def _deliver(found: Survey, form: str) -> None:
    from outreach.engine import Engine
    from outreach.reporting.survey import survey_table

    with Engine() as engine:
        deliver(survey_table(engine, found), form)


def _write(found: Survey, groups: str | None, rejected: str | None) -> None:
    """Write the files that were asked for."""
    if groups is None and rejected is None:
        return
    from outreach.engine import Engine
    from outreach.reporting import format_of, write
    from outreach.reporting.survey import groups_table
    from outreach.tracking.table import rejected_table

    with Engine() as engine:
        if rejected is not None:
            write(rejected_table(engine, found.answers.unused), format_of(rejected), rejected)
        if groups is not None:
            where = write(groups_table(engine, found), format_of(groups), groups)
            remark(
                f"{counted(len(found.members), 'customer')} written to {where}. It holds names: keep it to yourself."
            )
