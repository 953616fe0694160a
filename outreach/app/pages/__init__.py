"""The pages: one file each, and the app that they make together."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from outreach.app.guard import AGAIN, OPEN
from outreach.app.guard import MOST_BYTES as MOST_BYTES_OF_FORMS
from outreach.app.pages import (
    contacts,
    groups,
    lists,
    places,
    plan,
    ranking,
    reading,
    report,
    results,
    settings,
    start,
    teasers,
    today,
)
from outreach.app.pages import help as manual
from outreach.app.reading import StillReading
from outreach.app.render import FIGURES_STYLE, MAP_SCRIPT, STATIC_FILES, Page, failed, render
from outreach.errors import OutreachError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.campaigns import Campaigns
    from outreach.app.keys import Keys

__all__ = ["MOST_BYTES", "MOST_UPLOADED", "app_for"]

MOST_UPLOADED: Final = 512 << 20
"""Bytes of files that may be handed over at once."""


def MOST_BYTES(path: str) -> int:  # noqa: N802 - a table by its kind
    """Return how much may be sent to a path."""
    if path.endswith(report.LOGO):
        return report.MOST_SENT
    return MOST_UPLOADED if path.endswith((lists.UPLOADS, results.UPLOADS, groups.UPLOADS)) else MOST_BYTES_OF_FORMS


def app_for(keys: Keys, campaigns: Campaigns) -> Starlette:
    """Return the app, to be put behind a :class:`~outreach.app.guard.Guard`."""
    app = Starlette(
        routes=[
            Route(OPEN, _open, methods=["GET"]),
            Route(AGAIN, _again, methods=["POST"]),
            *start.ROUTES,
            *today.ROUTES,
            *lists.ROUTES,
            *ranking.ROUTES,
            *groups.ROUTES,
            *places.ROUTES,
            *plan.ROUTES,
            *contacts.ROUTES,
            *teasers.ROUTES,
            *results.ROUTES,
            *report.ROUTES,
            *reading.ROUTES,
            *settings.ROUTES,
            *manual.ROUTES,
            Route(FIGURES_STYLE, _figures_style, methods=["GET"]),
            Route(MAP_SCRIPT, _map_script, methods=["GET"]),
            Mount("/static", StaticFiles(directory=STATIC_FILES)),
        ],
        exception_handlers={
            HTTPException: _http_failure,
            StillReading: reading.still_reading,
            OutreachError: _told_failure,
            Exception: _bug,
        },
    )
    app.state.keys, app.state.campaigns = keys, campaigns
    return app


def _figures_style(_request: Request) -> Response:
    """Give what pictures look like: pages may not say it themselves."""
    from outreach.figures import STYLE

    return PlainTextResponse(STYLE, media_type="text/css")


def _map_script(_request: Request) -> Response:
    """Give the script of maps, the one that pages outside of the app carry themselves."""
    from outreach.figures.map import map_script

    return PlainTextResponse(map_script(), media_type="text/javascript")


async def _open(request: Request) -> Response:
    """Take a one-time token, give the cookie, and go on from a page of ours: a redirect would not send the cookie."""
    keys: Keys = request.app.state.keys
    path = keys.take(request.query_params.get("token", ""))
    if path is None:
        return PlainTextResponse(
            "403 Forbidden\nThis address works once. Start outreach again for another window.\n", HTTPStatus.FORBIDDEN
        )
    answer = HTMLResponse(
        '<!doctype html><html lang="en"><title>outreach</title><link rel="icon" href="/static/icon.svg">'
        f'<meta http-equiv="refresh" content="0;url={path}"><p><a href="{path}">outreach</a></html>'
    )
    answer.set_cookie(keys.cookie_name, keys.cookie, path="/", httponly=True, samesite="strict")
    return answer


async def _again(request: Request) -> Response:
    """Give a second start of the program a token for another window."""
    keys: Keys = request.app.state.keys
    campaigns: Campaigns = request.app.state.campaigns
    asked: dict[str, Any] = json.loads(await request.body() or b"{}")
    path = "/"
    if folder := asked.get("campaign"):
        from pathlib import Path

        path = f"/c/{await run_in_threadpool(campaigns.add, Path(str(folder)))}/"
    return JSONResponse({"path": keys.address(path).removeprefix(keys.origin)})


def _http_failure(request: Request, error: Exception) -> Response:
    """Say in a sentence what HTTP says in a number."""
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    answer = render(Page(request), "http.html", status, status=status.value)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


def _told_failure(request: Request, error: Exception) -> Response:
    if not isinstance(error, OutreachError):
        raise error
    return failed(Page(request), error)


def _bug(request: Request, _error: Exception) -> Response:
    """Say that it is our fault; the traceback goes to standard error, where the server writes it."""
    return render(Page(request), "http.html", HTTPStatus.INTERNAL_SERVER_ERROR, status=500)
