"""While lists are read: how long it takes, and a way to stop it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import uploads
from outreach.app.reading import StillReading
from outreach.app.render import Page, campaigns_of, render, see, with_form
from outreach.errors import OutreachError

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk

__all__ = ["ROUTES", "still_reading"]

STOPPING_SECONDS: Final = 5.0
"""How long an answer waits for a reading to stop; it ends later if it must."""
PAGES: Final = frozenset({"lists", "ranking"})
"""Pages that may wait for lists."""


def still_reading(request: Request, waiting: Exception) -> Response:
    """Return the page that shows a reading in place of the one that was asked for, and asks for that again."""
    if not isinstance(waiting, StillReading):
        raise waiting
    desk = _desk(request)
    name = request.url.path.split("/")[3]
    page = Page(request, desk, name)
    reading, texts = waiting.reading, page.texts
    files, megabytes = desk.size_of_lists()
    whole = request.url.path.endswith(f"/{name}")
    query = f"?{request.url.query}" if request.url.query and whole else ""
    back = f"/c/{desk.id}/{name}{query}"
    answer = render(
        page, "reading.html", stopped=reading.stopped, files=files, megabytes=megabytes,
        seconds=reading.seconds, status=texts("reading.status", files=files), back=back,
    )  # fmt: skip
    if "hx-request" in request.headers and "main" not in request.headers.get("hx-target", ""):
        answer.headers["HX-Redirect"] = back  # a part of a page has no place for it
    return answer


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _cancel(request: Request, _form: FormData) -> Response:
    """Stop what is read; files that were just added are put aside again."""
    desk = _desk(request)
    if not desk.stop_reading(STOPPING_SECONDS):
        return see(f"/c/{desk.id}/lists")
    try:
        with desk.lock:
            moved = uploads.take_back(desk)
        if moved:
            desk.note("reading.note-taken-back", files=moved)
    except OutreachError as err:
        desk.note_failure(err)
    return see(f"/c/{desk.id}/lists")


def _again(request: Request, form: FormData) -> Response:
    """Read what was stopped."""
    desk = _desk(request)
    with desk.lock:
        desk.read_again()
    back = str(form.get("back", ""))
    allowed = {f"/c/{desk.id}/{name}" for name in PAGES}
    return see(back if back.partition("?")[0] in allowed else f"/c/{desk.id}/lists")


ROUTES: Final = (
    Route("/c/{id}/reading/cancel", with_form(_cancel), methods=["POST"]),
    Route("/c/{id}/reading/again", with_form(_again), methods=["POST"]),
)
