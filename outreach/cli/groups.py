"""Groups of customers: what commands that read likes ask of the file of groups, and say of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from click.core import ParameterSource

from outreach.cli.output import is_terminal
from outreach.cli.shared import counted, remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.likes import Likes
    from outreach.likes.groups import Matched

__all__ = ["group_options", "matched_groups", "one_group", "refuse_group_alone"]

NAMES_SHOWN: Final = 10

F = TypeVar("F", bound="Callable[..., Any]")


def group_options(command: F) -> F:
    """Add the options that leave one group of customers."""
    command = click.option("--groups", metavar="FILE", help="The groups; outreach survey makes the file.")(command)
    return click.option("--group", metavar="NAME", help="Only the lists of this group of customers, like promoters.")(
        command
    )


def refuse_group_alone(ctx: click.Context) -> None:
    """Refuse a group without the file that says who is in it, and the file without a group.

    Raises:
        click.UsageError: One of the two was typed, and the other one is nowhere.

    """
    typed = {name: ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in ("group", "groups")}
    if typed["group"] and not ctx.params["groups"]:
        raise click.UsageError(
            "--group needs the file that says who is in it: --groups groups.csv.\n"
            "Example: outreach survey answers.csv -o groups.csv"
        )
    if typed["groups"] and not ctx.params["group"]:
        raise click.UsageError("--groups needs the name of a group: --group promoters.")


def one_group(likes: Likes, file: str | None, name: str) -> Likes:
    """Return the likes of one group, and say how many customers that leaves.

    Args:
        likes: Of everybody.
        file: The file of groups; None where the campaign's is still to be made.
        name: The group.

    """
    if file is None:
        remark(f"The file of groups is not there yet, so all customers count, not only the group {name}.")
        return likes
    from outreach.likes.groups import in_group, named_group

    matched = matched_groups(likes, file)
    group = named_group(matched.groups, name, "--group")
    kept = in_group(likes, matched, group)
    remark(f"Only the group {group}: {counted(kept.customers, 'customer')} of {likes.customers}.")
    return kept


def matched_groups(likes: Likes, file: str) -> Matched:
    """Read the file of groups, and say who of it has no list, and who of the lists has no group; in numbers."""
    from outreach.likes.groups import match_groups, read_groups

    matched = match_groups(likes, read_groups(file))
    sizes = ", ".join(f"{name} {size}" for name, size in matched.sizes().items())
    remark(f"Groups with lists: {sizes}.")
    if matched.without_list:
        who = counted(len(matched.without_list), "customer")
        remark(f"{who} of {file} with no list under that label{_named(matched.without_list)}.")
    if matched.without_group:
        who = counted(len(matched.without_group), "customer")
        remark(f"{who} of the lists in no group{_named(matched.without_group)}.")
    if matched.without_list and matched.without_group:
        remark("If two labels are one person, join them: --customers FILE, with the columns customer and alias.")
    if matched.groups.unused:
        remark(f"{counted(matched.groups.unused, 'row')} of {file} without a customer or a group.")
    return matched


def _named(labels: Sequence[str]) -> str:
    """Return the customers in question, on a person's own screen alone: elsewhere they are personal data."""
    from outreach.reporting.words import plain

    if sys.stderr is None or not sys.stderr.isatty() or not is_terminal():
        return ""
    more = len(labels) - NAMES_SHOWN
    return f": {', '.join(map(plain, labels[:NAMES_SHOWN]))}" + (f" and {more} more" if more > 0 else "")
