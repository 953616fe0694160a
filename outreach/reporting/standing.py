"""Where a campaign stands: what each step has, and what comes next."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import OutreachError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.campaign.settings import Campaign

__all__ = ["Standing", "standing"]

ASKED_OF_A_PERSON: Final = ("accepts_posts", "owner", "contact", "price")
MOST_BYTES: Final = 50_000_000
"""Lists that are larger are not read for this: the ranking reads them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What each step of a campaign has; None where there is nothing yet.

    Args:
        customers: With lists.
        likes: Of them.
        lists_fault: Why the lists cannot be read.
        places: Rows of the sheet of places.
        filled: Of these, how many say whether they take posts, whose they are or what they cost.
        brief: Name of the campaign in the brief.
        statuses: Status of placements to their number.
        imports: Number of imports.
        results_until: Last day that they speak of.
        steps: Commands to run next, without ``outreach``.

    """

    customers: int | None = None
    likes: int | None = None
    lists_fault: str = ""
    places: int | None = None
    filled: int = 0
    brief: str = ""
    statuses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    imports: int = 0
    results_until: str = ""
    steps: tuple[tuple[str, ...], ...] = ()


def standing(campaign: Campaign) -> Standing:
    """Return where a campaign stands, from its files as they are now."""
    customers, likes, fault = _lists(campaign)
    places, filled = _sheet(campaign)
    brief = _brief(campaign)
    statuses, imports, until = _ledger(campaign)
    found = Standing(customers, likes, fault, places, filled, brief, MappingProxyType(statuses), imports, until)
    return replace(found, steps=_steps(found, campaign))


def _lists(campaign: Campaign) -> tuple[int | None, int | None, str]:
    """Return how many customers and likes the lists hold, or why they cannot be read."""
    paths = [path for path in map(campaign.path, campaign.settings.lists) if _size(path)]
    if not paths:
        return None, None, ""
    if sum(map(_size, paths)) > MOST_BYTES:
        return None, None, "too large to be counted here"
    from outreach.engine import Engine
    from outreach.likes import read

    same_as = campaign.path(campaign.settings.same_as) or None
    try:
        with Engine() as engine:
            likes = read(engine, paths, same_as=same_as)
            return likes.customers, len(likes.likes), ""
    except OutreachError as err:
        return None, None, err.message


def _size(path: str) -> int:
    """Return the size of a file, or of what lies in a folder and is not hidden."""
    if not os.path.isdir(path):  # noqa: PTH112 - Path's fails at long names
        return os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202
    sizes = 0
    for folder, _, names in os.walk(path):
        sizes += sum(os.path.getsize(os.path.join(folder, name)) for name in names if not name.startswith("."))  # noqa: PTH118, PTH202
    return sizes


def _sheet(campaign: Campaign) -> tuple[int | None, int]:
    path = campaign.path(campaign.settings.sheet)
    if not path or not os.path.isfile(path):  # noqa: PTH113
        return None, 0
    from outreach.sheet.facts import read_sheet

    try:
        facts = read_sheet(path).facts
    except OutreachError:
        return None, 0
    return len(facts), sum(any(column in one.cells for column in ASKED_OF_A_PERSON) for one in facts)


def _brief(campaign: Campaign) -> str:
    path = campaign.path(campaign.settings.brief)
    if not path or not os.path.isfile(path):  # noqa: PTH113
        return ""
    from outreach.teasers.brief import read_brief

    try:
        return read_brief(path).campaign
    except OutreachError:
        return ""


def _ledger(campaign: Campaign) -> tuple[dict[str, int], int, str]:
    """Return the placements by status, how many imports there are, and until which day they speak."""
    where = campaign.settings.db
    if not where or campaign.database_outside or not os.path.isfile(campaign.path(where)):  # noqa: PTH113
        return {}, 0, ""
    from outreach.store import open_store
    from outreach.store.results import Results

    try:
        store = open_store(campaign.path(where), create=False)
        statuses = Counter(one.status for one in store.placements())
        imports = Results(store.database).imports()
    except OutreachError:
        return {}, 0, ""
    return dict(statuses), len(imports), max((one.period_end or "" for one in imports), default="")


def _steps(found: Standing, campaign: Campaign) -> tuple[tuple[str, ...], ...]:  # noqa: PLR0911 - a list of states
    """Return the one or two commands that come next."""
    out = sum(found.statuses.get(status, 0) for status in ("published", "removed"))
    if found.lists_fault and found.customers is None:
        return (("check",),)
    if found.customers is None:
        return (("collect", "-o", _inside(campaign, campaign.settings.lists, "lists", "follows.xlsx")),)
    if found.places is None:
        return ("rank",), ("resources",)
    if not found.brief:
        return ("rank",), ("brief", "new")
    if not found.statuses:
        return ("rank",), ("draft",)
    if not out:
        return ("placements", "list"), ("placements", "set", "NAME", "--status", "published", "--date", "today")
    if not found.imports:
        sheet = _inside(campaign, campaign.settings.results, "results", "results.xlsx")
        return ("track", "--template", "-o", sheet), ("track",)
    return (("track",),)


def _inside(campaign: Campaign, folders: tuple[str, ...], usual: str, name: str) -> str:
    """Return a file in the last folder that a setting names."""
    return campaign.path(f"{folders[-1] if folders else usual}/{name}")
