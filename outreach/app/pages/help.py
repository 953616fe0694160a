"""The manual, on this computer: its chapters as pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app.render import Page, campaigns_of, help_address, language_of, render, see
from outreach.reporting.manual import CONTENTS, chapter, chapters

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk

__all__ = ["ROUTES"]

SHOWN: Final = (
    "howto/app", "start", "story", "howto/index", "reference/index", "explanation/index", "troubleshooting", "glossary",
)  # fmt: skip
"""Chapters that each page of the help links to."""


def _contents(request: Request) -> Response:
    """Go to the chapter about the app, as the links of all pages do."""
    desk = _desk(request)
    return see(help_address("", language_of(request), desk.id if desk else ""))


def _chapter(request: Request) -> Response:
    """Show a chapter."""
    desk = _desk(request)
    page = Page(request, desk, "help")
    base = _base(desk)
    name = request.path_params["chapter"].rstrip("/") or CONTENTS
    shown = chapter(name, lambda one: f"{base}/{one}")
    if shown is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    own = f"{page.texts.language}/"
    listed = [one for one in chapters() if one.startswith(own) and one != f"{own}{CONTENTS}"] + list(SHOWN)
    found = [chapter(one, str) for one in listed]
    contents = [(f"{base}/{one.name}", one) for one in found if one]
    return render(page, "help.html", chapter=shown, contents=contents, base=base)


def _desk(request: Request) -> Desk | None:
    campaign_id = request.path_params.get("id")
    if campaign_id is None:
        return None
    desk = campaigns_of(request).desk(campaign_id)
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _base(desk: Desk | None) -> str:
    return f"/c/{desk.id}/help" if desk else "/help"


ROUTES: Final = (
    Route("/help", _contents, methods=["GET"]),
    Route("/help/{chapter:path}", _chapter, methods=["GET"]),
    Route("/c/{id}/help", _contents, methods=["GET"]),
    Route("/c/{id}/help/{chapter:path}", _chapter, methods=["GET"]),
)
