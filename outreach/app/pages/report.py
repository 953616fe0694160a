"""The client's page: what stands in it is chosen here, it is looked at, and it is downloaded."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from outreach.app import reading, reporting
from outreach.app.downloads import attachment
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import OutreachError
from outreach.messages import LANGUAGES
from outreach.reporting.client_page.options import SECTIONS
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from outreach.app.desk import Desk
    from outreach.app.reporting import Chosen
    from outreach.app.texts import Texts
    from outreach.reporting.client_page.wording import Wording

__all__ = ["LOGO", "MOST_SENT", "ROUTES"]

LOGO: Final = "/report/logo"
"""End of the path that takes a logo."""
MOST_SENT: Final = 32 << 20
"""Bytes of a picture that may be sent: what is larger than a logo may be is refused with the reason."""
LONGEST_MONTH: Final = 10
FORMATS: Final = ("html", "xlsx", "md")


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    return _shown(desk, Page(request, desk, "report"), _chosen(desk, request.query_params), {}, None)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _chosen(desk: Desk, query: QueryParams) -> Chosen:
    """Return what an address asks for; what it does not say is as the command has it."""
    with desk.lock:
        usual = desk.campaign().settings.my_language or "en"
    language = query.get("language", "")
    asked = set(query.getlist("section"))
    return reporting.Chosen(
        month=query.get("month", "").strip()[:LONGEST_MONTH],
        sections=tuple(one for one in SECTIONS if one in asked) if query.get("f") else SECTIONS,
        language=language if language in LANGUAGES else usual if usual in LANGUAGES else "en",
        with_owners=query.get("owners") == "1",
    )


def _address(chosen: Chosen) -> str:
    """Return what an address says of what is chosen."""
    items = [
        ("f", "1"), ("month", chosen.month), ("language", chosen.language),
        ("owners", "1" if chosen.with_owners else ""),
        *(("section", one) for one in chosen.sections),
    ]  # fmt: skip
    return urlencode([(name, value) for name, value in items if value])


def _shown(
    desk: Desk, page: Page, chosen: Chosen, typed: Mapping[str, str], fault: OutreachError | None
) -> Response:  # fmt: skip
    """Return the page, with what was typed and why it was not kept."""
    with desk.lock:
        try:
            made = reporting.made(desk, chosen, reading.PATIENCE_SECONDS)
            words = reporting.own_words(desk)
            values: dict[str, Any] = {
                "made": made.page,
                "nothing": made.nothing,
                "months": _months(desk, chosen, page.texts),
                "words": {**words, **typed},
                "seen": reporting.mark_of(words),
                "version": reporting.version(desk, made),
                "logo": plain(desk.campaign().settings.logo),
                "undo": reporting.undone_next(desk),
            }
        except OutreachError as err:
            return failed(page, err)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    named = _wording(page.texts.language)
    return render(
        page, "report.html", status, chosen=chosen, address=_address(chosen), formats=FORMATS, fault=fault,
        sections=[(one, named.text(one)) for one in SECTIONS], **values,
    )  # fmt: skip


def _wording(language: str) -> Wording:
    """Return the words of the program's own template."""
    from outreach.reporting.client_page.page import KIND
    from outreach.reporting.client_page.wording import Wording
    from outreach.teasers.template_folders import TemplateFolders

    return Wording(TemplateFolders(KIND, None, ()).words[language], language)


def _months(desk: Desk, chosen: Chosen, texts: Texts) -> list[tuple[str, str]]:
    """Return the months that can be chosen, each with its name."""
    words = _wording(texts.language)
    found = reporting.months(desk)
    if chosen.month and chosen.month not in found:
        found.append(chosen.month)
    return [(one, _name(one, words)) for one in found]


def _name(month: str, words: Wording) -> str:
    try:
        return f"{words.month(date.fromisoformat(f'{month}-01'))} {month[:4]}"
    except ValueError:  # 2026-5 is a month for the command, too
        return month


def _preview(request: Request) -> Response:
    """Give the page as it is, with its own policy: a frame of ours shows it."""
    desk = _desk(request)
    with desk.lock:
        try:
            html, policy = reporting.preview(desk, _chosen(desk, request.query_params))
        except OutreachError as err:
            return failed(Page(request, desk, "report"), err)
    return HTMLResponse(html, headers={"content-security-policy": policy})


def _file(request: Request) -> Response:
    """Give the file that ``outreach report -o`` writes."""
    desk = _desk(request)
    form = request.path_params["form"]
    if form not in FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    chosen = _chosen(desk, request.query_params)
    with desk.lock:
        try:
            content = reporting.file_of(desk, chosen, form)
        except OutreachError as err:
            return failed(Page(request, desk, "report"), err)
    month = "".join(sign for sign in chosen.month if sign in "0123456789-")
    name = f"report{'-' if month else ''}{month}.{form}"
    return attachment(content, name)


def _keep(request: Request, form: FormData) -> Response:
    """Keep own words; where that cannot be, the page comes back with them."""
    desk = _desk(request)
    typed = {name: str(form[name]) for name in reporting.WORDS if name in form}
    with desk.lock:
        try:
            changed = reporting.keep_words(desk, typed, str(form.get("seen", "")))
        except OutreachError as err:
            chosen = _chosen(desk, QueryParams(str(form.get("query", ""))))
            return _shown(desk, Page(request, desk, "report"), chosen, typed, err)
    desk.note("report.note-words" if changed else "report.note-as-before")
    return _back(desk, form)


def _take_logo(request: Request, form: FormData) -> Response:
    """Keep a logo, or let the page go without one."""
    desk = _desk(request)
    given = form.get("logo")
    with desk.noting_failures():
        if "remove" in form:
            reporting.remove_logo(desk)
            desk.note("report.note-logo-removed")
        elif isinstance(given, UploadFile) and given.filename:
            reporting.keep_logo(desk, given.file.read())
            desk.note("report.note-logo")
        else:
            desk.note("notes.no-files", failed=True)
    return _back(desk, form)


def _undo(request: Request, form: FormData) -> Response:
    """Take the last change back."""
    desk = _desk(request)
    number = str(form.get("number", ""))
    with desk.noting_failures():
        chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
        what = reporting.undo(desk, chosen).what
        desk.note("report.note-logo-undone" if what == "logo" else "report.note-words-undone")
    return _back(desk, form)


def _back(desk: Desk, form: FormData) -> Response:
    """Return to the page with the same choices."""
    return see(f"/c/{desk.id}/report?{_address(_chosen(desk, QueryParams(str(form.get('query', '')))))}")


ROUTES: Final = (
    Route("/c/{id}/report", _page, methods=["GET"]),
    Route("/c/{id}/report/preview", _preview, methods=["GET"]),
    Route("/c/{id}/report.{form}", _file, methods=["GET"]),
    Route("/c/{id}/report/words", with_form(_keep), methods=["POST"]),
    Route(f"/c/{{id}}{LOGO}", with_form(_take_logo), methods=["POST"]),
    Route("/c/{id}/report/undo", with_form(_undo), methods=["POST"]),
)
