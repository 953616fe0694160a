"""Bare ``outreach`` in a campaign's folder: where the campaign stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli.output import put, say
from outreach.cli.shared import counted, remark, shell_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.campaign.settings import Campaign
    from outreach.reporting.standing import Standing

__all__ = ["show_status"]

HALF_DONE = ("drafted", "sent", "quoted", "booked", "published", "removed", "declined")

WHEN = ("overdue", "today", "this week")


def show_status(campaign: Campaign, form: str) -> None:
    """Say in ten lines where a campaign stands, and the one or two next commands."""
    from outreach.reporting import plain
    from outreach.reporting.standing import standing

    found = standing(campaign)
    if form == "json":
        _as_json(campaign, found)
        return
    for title, text in _lines(campaign, found):
        say(f"{title:<9}  {plain(found.faults.get(title, text))}")
    remark(*(f"{'Example' if 'NAME' in step else 'Next'}: {shell_quoted(['outreach', *step])}" for step in found.steps))


def _lines(campaign: Campaign, found: Standing) -> Iterator[tuple[str, str]]:
    settings = campaign.settings
    yield "campaign", settings.client or campaign.folder.name
    yield "settings", campaign.path(campaign.file.name)
    if found.customers is not None:
        yield "lists", f"{counted(found.customers, 'customer')}, {counted(found.likes or 0, 'like')}"
    else:
        yield "lists", "none yet"
    if found.places is None:
        yield "places", "no sheet yet"
    else:
        yield "places", f"{counted(found.places, 'place')} in {campaign.path(settings.sheet)}, {found.filled} filled in"
    yield "brief", found.brief or "none yet"
    statuses = [f"{found.statuses[one]} {one}" for one in HALF_DONE if found.statuses.get(one)]
    yield "posts", ", ".join(statuses) or "none yet"
    due = [f"{found.due[one]} {one}" for one in WHEN if found.due.get(one)]
    yield "due", f"{', '.join(due)}: outreach today" if due else "nothing"
    until = f", until {found.results_until}" if found.results_until else ""
    yield "results", f"{counted(found.imports, 'import')}{until}" if found.imports else "none yet"


def _as_json(campaign: Campaign, found: Standing) -> None:
    import json

    answer = {
        "client": campaign.settings.client,
        "file": str(campaign.file),
        "customers": found.customers,
        "likes": found.likes,
        "faults": dict(found.faults),
        "places": found.places,
        "places_filled": found.filled,
        "brief": found.brief or None,
        "placements": dict(found.statuses),
        "due": dict(found.due),
        "imports": found.imports,
        "results_until": found.results_until or None,
        "next": [["outreach", *step] for step in found.steps],
    }
    put(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", "json")
