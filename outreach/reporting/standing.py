"""Where a campaign stands: what each step has, and what comes next."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.clock import this_day
from outreach.errors import InputError, OutreachError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outreach.campaign.settings import Campaign

__all__ = ["Standing", "count_lists", "standing"]

ASKED_OF_A_PERSON: Final = ("accepts_posts", "owner", "contact", "price")
MOST_BYTES: Final = 50_000_000
"""Lists that are larger are not read for this: the ranking reads them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What each step of a campaign has; None where there is nothing yet.

    Args:
        customers: With lists.
        likes: Of them.
        places: Rows of the sheet of places.
        filled: Of these, how many say whether they take posts, whose they are or what they cost.
        brief: Name of the campaign in the brief.
        statuses: Status of placements to their number.
        imports: Number of imports.
        results_until: Last day that they speak of.
        due: ``overdue``, ``today``, ``this week`` to how many things are.
        faults: Step (``lists``, ``places``, ``brief``, ``posts``) to why it cannot be told.
        steps: Commands to run next, without ``outreach``.

    """

    customers: int | None = None
    likes: int | None = None
    places: int | None = None
    filled: int = 0
    brief: str = ""
    statuses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    imports: int = 0
    results_until: str = ""
    due: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    faults: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[tuple[str, ...], ...] = ()


def standing(campaign: Campaign, lists: Callable[[Campaign], dict[str, Any]] | None = None) -> Standing:
    """Return where a campaign stands, from its files as they are now; what cannot be read is among the faults.

    Args:
        campaign: Which.
        lists: Counts its lists where their state is known already; None to read them.

    """
    found, faults = Standing(), {}
    for step, told in (("lists", lists or count_lists), ("places", _sheet), ("brief", _brief), ("posts", _ledger)):
        try:
            found = replace(found, **told(campaign))
        except OutreachError as err:
            faults[step] = err.message
    found = replace(found, faults=MappingProxyType(faults))
    return replace(found, steps=_steps(found, campaign))


def count_lists(campaign: Campaign) -> dict[str, Any]:
    """Return how many customers and likes the lists hold."""
    paths = [path for path in map(campaign.path, campaign.settings.lists) if _size(path)]
    if not paths:
        return {}
    if sum(map(_size, paths)) > MOST_BYTES:
        raise InputError("too large to count here")
    from outreach.engine import Engine
    from outreach.likes import read

    same_as = campaign.path(campaign.settings.same_as) or None
    with Engine() as engine:
        likes = read(engine, paths, same_as=same_as)
        return {"customers": likes.customers, "likes": len(likes.likes)}


def _size(path: str) -> int:
    """Return the size of a file, or of what lies in a folder and is not hidden."""
    from outreach.files.walk import walk

    if not os.path.isdir(path):  # noqa: PTH112 - Path's fails at long names
        return os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202
    return sum(file.stat().st_size for file in walk(Path(path)).files)


def _sheet(campaign: Campaign) -> dict[str, Any]:
    path = campaign.path(campaign.settings.sheet)
    if not path or not os.path.isfile(path):  # noqa: PTH113
        return {}
    from outreach.sheet.facts import read_sheet

    facts = read_sheet(path).facts
    return {"places": len(facts), "filled": sum(any(one in fact.cells for one in ASKED_OF_A_PERSON) for fact in facts)}


def _brief(campaign: Campaign) -> dict[str, Any]:
    path = campaign.path(campaign.settings.brief)
    if not path or not os.path.isfile(path):  # noqa: PTH113
        return {}
    from outreach.teasers.brief import read_brief

    return {"brief": read_brief(path).campaign}


def _ledger(campaign: Campaign) -> dict[str, Any]:
    """Return the placements by status, how many imports there are, and until which day they speak."""
    where = campaign.settings.db
    if campaign.database_outside:
        raise InputError("in a database outside the folder: outreach placements list shows them")
    if not where or not os.path.isfile(campaign.path(where)):  # noqa: PTH113
        return {}
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.results import Results

    ledger = open_ledger(campaign.path(where), create=False)
    statuses = Counter(one.status for one in ledger.placements())
    imports = Results(ledger.database).imports()
    until = max((one.period_end or "" for one in imports), default="")
    return {
        "statuses": MappingProxyType(dict(statuses)), "imports": len(imports), "results_until": until,
        "due": _due(campaign) if statuses else MappingProxyType({}),
    }  # fmt: skip


def _due(campaign: Campaign) -> Mapping[str, int]:
    """Return how many things are overdue, due today and this week."""
    from outreach.owners import BOOK_VARIABLE
    from outreach.owners.agenda import agenda
    from outreach.owners.working_days import WorkingDays
    from outreach.reporting.matters import matters_of

    today = this_day()
    sheet = campaign.path(campaign.settings.sheet)
    there = sheet if sheet and os.path.isfile(sheet) else None  # noqa: PTH113
    days = WorkingDays(campaign.settings.market)
    book = os.environ.get(BOOK_VARIABLE) or None
    matters = matters_of(campaign.path(campaign.settings.db), there, book, campaign=campaign, days=days)
    dues = agenda(matters, today, days)
    return MappingProxyType(dict(Counter(one.when(today) for one in dues)))


def _steps(found: Standing, campaign: Campaign) -> tuple[tuple[str, ...], ...]:  # noqa: PLR0911 - a list of states
    """Return the one or two commands that come next."""
    out = sum(found.statuses.get(status, 0) for status in ("published", "removed"))
    if "lists" in found.faults and found.places is None:
        return (("check",),)
    if found.customers is None and "lists" not in found.faults:
        return (("collect", "-o", _inside(campaign, campaign.settings.lists, "lists", "follows.xlsx")),)
    if "brief" in found.faults:
        return (("brief", "check"),)
    if found.places is None:
        return ("rank",), ("resources",)
    if not found.brief:
        return ("rank",), ("brief", "new")
    if "posts" in found.faults:
        return (("placements", "list"),)
    if not found.statuses:
        return ("rank",), ("draft", "--top", "5")
    if not out:
        return ("placements", "list"), ("placements", "set", "NAME", "--status", "published", "--date", "today")
    if not found.imports:
        sheet = _inside(campaign, campaign.settings.results, "results", "results.xlsx")
        return ("track", "--template", "-o", sheet), ("track",)
    return (("track",),)


def _inside(campaign: Campaign, folders: tuple[str, ...], usual: str, name: str) -> str:
    """Return a file in the last folder that a setting names."""
    return campaign.path(f"{folders[-1] if folders else usual}/{name}")
