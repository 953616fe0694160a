"""Surveys and groups of customers of a campaign, as ``outreach survey``, ``compare`` and ``rank --group`` have them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.values import is_there, value_of
from outreach.engine import Engine
from outreach.errors import InputError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.app.desk import Desk
    from outreach.likes import Likes
    from outreach.likes.groups import Matched
    from outreach.messages import Message
    from outreach.surveys import Survey

__all__ = ["FOLDER", "Compared", "Group", "compared", "file_of_groups", "ranked_in", "survey_in", "take_file"]

FOLDER: Final = "surveys"
"""Where files with answers or groups go, in the campaign's folder."""
GROUPS: Final = "groups.csv"
MOST_PLACES: Final = 20


@dataclass(frozen=True, slots=True)
class Group:
    """A group, and how many of its customers have a list."""

    name: str
    customers: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two groups compared.

    Args:
        groups: All of the file.
        first: Name of the first one; empty where it is not clear which are meant.
        second: Of the other.
        sizes: Customers of both.
        rows: With the columns of ``tables.COMPARISON``.
        conclusion: What can be said of all places; None where nothing was compared.
        without_list: Customers of the file who have no list.
        without_group: Customers who have a list and no group.

    """

    groups: tuple[Group, ...]
    first: str = ""
    second: str = ""
    sizes: tuple[int, int] = (0, 0)
    rows: tuple[Mapping[str, Any], ...] = ()
    conclusion: Message | None = None
    without_list: int = 0
    without_group: int = 0


def file_of_groups(desk: Desk) -> str:
    """Return the campaign's file of groups, empty where there is none yet."""
    named: str = value_of(desk.campaign(), "groups") or ""
    return named if named and is_there(named) else ""


def take_file(desk: Desk, path: Path) -> Survey | None:
    """Take a file as the campaign's groups; of answers to a survey the groups are written first. Return the survey.

    Args:
        desk: The campaign.
        path: The file, in its folder.

    Raises:
        InputError: It is neither answers nor groups.
        OutputError: The groups or the settings cannot be written.

    """
    from outreach.campaign.editing import keep_settings
    from outreach.likes.groups import read_groups
    from outreach.reporting import write
    from outreach.reporting.survey import groups_table

    found = None
    try:
        read_groups(path)
        groups = path
    except UnknownFormatError:
        found = survey_in(path)
        if not found.members:
            return found
        groups = desk.within(desk.folder / GROUPS)
        with Engine() as engine:
            write(groups_table(engine, found), "csv", groups)
    keep_settings(desk.campaign().file, {"groups": groups.relative_to(desk.within(desk.folder)).as_posix()})
    return found


def survey_in(path: Path) -> Survey:
    """Return what answers to a survey say.

    Raises:
        InputError: They cannot be read, or their scale is not clear.

    """
    from outreach.surveys import survey

    return survey(path)


def compared(desk: Desk, group: str, against: str) -> Compared:
    """Return two groups compared as ``outreach compare`` does.

    Args:
        desk: The campaign.
        group: Name of the first one; empty for the usual one.
        against: Of the other; likewise.

    Raises:
        InputError: Lists, sheet or groups cannot be used.

    """
    from outreach.errors import OptionError
    from outreach.likes.groups import OTHERS, of_groups, two_groups
    from outreach.ranking.compare import compare
    from outreach.reporting.comparison import comparison_message

    with Engine() as engine:
        likes, matched = _read(desk, engine)
        known = tuple(Group(name, size) for name, size in matched.sizes().items())
        absent = len(matched.without_list), len(matched.without_group)
        try:
            first, second = two_groups(matched.groups, group or None, against or None)
        except OptionError:
            return Compared(known, without_list=absent[0], without_group=absent[1])
        likes = of_groups(likes, matched, first, second)
        choice = _choice(desk, likes)
        found = compare(likes, (first, second or OTHERS), replace(choice, top=MOST_PLACES))
        return Compared(
            known, *found.groups, found.sizes, tuple(found.table.head(MOST_PLACES)), comparison_message(found), *absent
        )


def ranked_in(desk: Desk, group: str) -> tuple[int, tuple[Mapping[str, Any], ...]]:
    """Return how many customers of a group have lists, and the places they share, as ``outreach rank --group`` does.

    Raises:
        InputError: Lists, sheet or groups cannot be used, or there is no such group.

    """
    from outreach.likes.groups import in_group, named_group
    from outreach.ranking import rank

    with Engine() as engine:
        likes, matched = _read(desk, engine)
        likes = in_group(likes, matched, named_group(matched.groups, group, "--group"))
        return likes.customers, tuple(rank(likes, _choice(desk, likes)).table.head(MOST_PLACES))


def _read(desk: Desk, engine: Engine) -> tuple[Likes, Matched]:
    from outreach.app.desk import how_to_read
    from outreach.likes import read
    from outreach.likes.groups import match_groups, read_groups

    campaign = desk.campaign()
    file = file_of_groups(desk)
    if not file:
        raise InputError("there are no groups yet", hint="drop a file with answers or with groups")
    options, more = how_to_read(campaign)
    likes = read(engine, value_of(campaign, "lists"), options, **more)
    return likes, match_groups(likes, read_groups(file))


def _choice(desk: Desk, likes: Likes) -> Any:
    """Return how the campaign ranks, once the sheet is over the lists."""
    from outreach.likes.facts import apply_sheet

    campaign = desk.campaign()
    choice = desk.usual_choice(campaign)
    sheet = value_of(campaign, "sheet")
    if not sheet or not is_there(sheet):
        return choice
    return replace(choice, exclude=(*choice.exclude, *apply_sheet(likes, desk.sheet(campaign)).excluded))
