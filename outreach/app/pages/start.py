"""Without a campaign: those that were opened before, a new one, the sample."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from outreach.app.render import LANGUAGE_COOKIE, Page, campaigns_of, render, see, with_form
from outreach.campaign.new import answer_of
from outreach.campaign.writing import ASKED, question
from outreach.errors import InputError, OutreachError
from outreach.messages import LANGUAGES

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["ROUTES"]

QUESTIONS: Final = tuple(name for name in ASKED if name != "lists")
"""What a new campaign is asked; its lists come into its own folder."""
YEAR: Final = 365 * 24 * 3600


def _start(request: Request) -> Response:
    page = Page(request)
    return _form(page, {}, {})


def _form(page: Page, given: dict[str, str], faults: dict[str, str], failure: OutreachError | None = None) -> Response:
    """Return the page with what was typed, and what is wrong with it."""
    language = page.texts.language
    questions = [(name, question(name, language), given.get(name, ""), faults.get(name, "")) for name in QUESTIONS]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults or failure else HTTPStatus.OK
    root = campaigns_of(page.request).root
    return render(page, "start.html", status, questions=questions, failure=failure, root=root)


def _create(request: Request, form: FormData) -> Response:
    """Make a campaign from the answers; an empty one leaves things as they are."""
    page = Page(request)
    given = {name: str(form.get(name, "")).strip() for name in QUESTIONS}
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for name, typed in given.items():
        try:
            values[name] = answer_of(name, typed) if typed else ""
        except InputError as err:
            faults[name] = "; ".join(filter(None, (err.message, err.hint)))
    if not given["client"]:
        faults["client"] = page.texts("start.client-needed")
    if faults:
        return _form(page, given, faults)
    kept = {name: value for name, value in values.items() if value not in ("", ())}
    try:
        made = campaigns_of(request).create(given["client"], kept, page.texts.language)
    except OutreachError as err:
        return _form(page, given, {}, err)
    return see(f"/c/{made}/lists")


def _sample(request: Request, _form: FormData) -> Response:
    """Make a campaign of made-up customers."""
    page = Page(request)
    made = campaigns_of(request).create_sample(page.texts("start.sample-name"), page.texts.language)
    return see(f"/c/{made}/lists")


def _language(_request: Request, form: FormData) -> Response:
    """Keep the language that was chosen, and go back to where that was."""
    chosen = str(form.get("language", ""))
    back = str(form.get("back", "/"))
    answer = see(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if chosen in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, path="/", httponly=True, samesite="strict")
    return answer


ROUTES: Final = (
    Route("/", _start, methods=["GET"]),
    Route("/new", with_form(_create), methods=["POST"]),
    Route("/sample", with_form(_sample), methods=["POST"]),
    Route("/language", with_form(_language), methods=["POST"]),
)
