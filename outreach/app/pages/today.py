"""The first page of a campaign: where it stands, what is due, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import contacting, measuring
from outreach.app.render import Page, campaigns_of, failed, render, see
from outreach.campaign.clock import this_day
from outreach.errors import OutreachError
from outreach.files.walk import walk
from outreach.owners.due import LATE, TODAY
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk
    from outreach.app.texts import Texts
    from outreach.owners.due import Due
    from outreach.reporting.standing import Standing

__all__ = ["ROUTES"]

POSTS: Final = frozenset({"link", "out", "views", "gone", "last-day"})
"""Kinds of what is due that want a post to be looked at."""
MONEY: Final = frozenset({"pay", "claim", "claim-answer"})
"""Kinds that are about money to pay or to get back."""
PAGES: Final = {
    "check": "lists", "collect": "lists", "rank": "ranking", "resources": "ranking", "brief": "texts", "draft": "texts",
    "placements": "texts", "track": "results",
}  # fmt: skip
"""Where on the pages a command's work is done."""
MOST: Final = 12
MOST_FILES: Final = 6


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is due: its day, whom it is about, what to do with its language, the note, where it is done."""

    day: str
    who: str
    what: str
    language: str
    note: str
    address: str
    late: bool


def _home(request: Request) -> Response:
    return see(f"/c/{_desk(request).id}/today")


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _today(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "today")
    texts = page.texts
    with desk.lock:
        try:
            campaign = desk.campaign()
            empty = not desk.has_lists(campaign)
            standing = desk.standing()
            made = contacting.overview(desk)
            dues, reached = made.dues, made.reached
            conclusion, counted = measuring.concluded(desk, texts.language)
        except OutreachError as err:
            return failed(page, err)
    now = [one for one in dues if one.when(this_day()) in {LATE, TODAY}]
    posts = [one for one in now if one.kind in POSTS]
    money = [one for one in now if one.kind in MONEY]
    rest = [one for one in now if one.kind not in POSTS | MONEY]
    figures = [
        ("customers", standing.customers), ("places", standing.places), ("written", reached["written"]),
        ("agreed", reached["agreed"]), ("out", reached["published"]),
    ]  # fmt: skip
    return render(
        page, "today.html",
        empty=empty and not dues and standing.places is None,
        faults=[(name, plain(why)) for name, why in standing.faults.items()],
        late=_tasks([one for one in rest if one.when(this_day()) == LATE], desk, texts),
        now=_tasks([one for one in rest if one.when(this_day()) == TODAY], desk, texts),
        posts=_tasks(posts, desk, texts),
        money=_tasks(money, desk, texts),
        counts=(sum(one.when(this_day()) == LATE for one in now), sum(one.when(this_day()) == TODAY for one in now)),
        soon=len(dues) - len(now),
        out=reached["published"], drafted=standing.statuses.get("drafted", 0),
        figures=[*((texts(f"today.figure-{name}"), _number(count, texts)) for name, count in figures),
                 (_counted(counted[0]) or texts("today.figure-enquiries"), _number(counted[1], texts))],
        conclusion=conclusion,
        files=_recent(desk, texts),
        next=_next(now, standing, desk, texts),
    )  # fmt: skip


def _counted(name: str) -> str:
    return name[:1].upper() + name[1:]


def _number(count: int | None, texts: Texts) -> str:
    return "–" if count is None else texts.number(count)


def _tasks(dues: Sequence[Due], desk: Desk, texts: Texts) -> list[Task]:
    return [_task(one, desk, texts) for one in dues]


def _task(one: Due, desk: Desk, texts: Texts) -> Task:
    what, language = texts.message(one.what)
    return Task(
        texts.day(one.day), plain(one.who), what, language, plain(one.note), _address(one, desk),
        one.when(this_day()) == LATE,
    )  # fmt: skip


def _address(one: Due, desk: Desk) -> str:
    """Return where something is done: the very row, where there is one."""
    base = f"/c/{desk.id}"
    if one.kind == "results":
        return f"{base}/results"
    if one.kind in POSTS or one.kind == "drafts":
        return f"{base}/texts{'?' + urlencode({'place': one.resource}) if one.resource else ''}"
    asked = {"who": one.person} if one.person else {"place": one.resource} if one.resource else {}
    return f"{base}/contacts{'?' + urlencode(asked) if asked else ''}"


def _next(now: Sequence[Due], standing: Standing, desk: Desk, texts: Texts) -> tuple[str, str]:
    """Return the next step, and where it is done: the oldest that is due, else what bare ``outreach`` names first."""
    if now:
        task = _task(now[0], desk, texts)
        return f"{task.what}: {task.who}" if task.who else task.what, task.address
    step = standing.steps[0][0] if standing.steps else "track"
    page = PAGES.get(step, "lists")
    if step == "rank" and len(standing.steps) > 1:  # the ranking is the way there
        page = "ranking" if standing.steps[1][0] == "resources" else PAGES[standing.steps[1][0]]
    return texts(f"today.next-{page}"), f"/c/{desk.id}/{page}"


def _recent(desk: Desk, texts: Texts) -> list[tuple[str, str]]:
    """Return the files of the campaign's folder that were changed last, with the day."""
    found = []
    for file in walk(desk.folder).files:
        name = desk.short(str(file))
        if file.suffix != ".db" and not name.startswith("replaced"):
            found.append((file.stat().st_mtime, name))
    newest = sorted(found, reverse=True)[:MOST_FILES]
    return [(plain(name), texts.day(datetime.fromtimestamp(at, UTC).astimezone().date())) for at, name in newest]


ROUTES: Final = (
    Route("/c/{id}/", _home, methods=["GET"]),
    Route("/c/{id}/today", _today, methods=["GET"]),
)
