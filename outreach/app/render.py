"""From a page's values to its answer: templates, and what all pages have in common."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from outreach.app.texts import names_of_languages, texts_in, wanted_language
from outreach.messages import LANGUAGES
from outreach.reporting.words import plain, safe_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jinja2 import Environment
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.campaigns import Campaigns
    from outreach.app.desk import Desk
    from outreach.app.texts import Texts
    from outreach.errors import OutreachError

__all__ = [
    "FIGURES_STYLE", "MAP_SCRIPT", "NAVIGATION", "STATIC_FILES", "Page", "campaigns_of", "failed", "help_address",
    "language_of", "render", "see", "with_form",
]  # fmt: skip

FOLDER: Final = Path(__file__).parent
STATIC_FILES: Final = FOLDER / "static"
FIGURES_STYLE: Final = "/static/figures.css"
"""Where pages find what their pictures look like."""
MAP_SCRIPT: Final = "/static/map.js"
LANGUAGE_COOKIE: Final = "outreach-language"

NAVIGATION: Final = ("today", "lists", "ranking", "places", "contacts", "texts", "results", "report")
"""The pages of a campaign in the order of the work."""
THERE: Final = frozenset({"today", "lists", "ranking", "places", "contacts", "texts", "results", "report"})
"""Those that are made; the others stand in the navigation without a link."""

OF_LIBRARY: Final = "notes.failed"
"""The note that carries an error's own sentence, which is English."""
HELPED: Final = frozenset({*THERE, "plan", "groups", "settings"})
"""Pages with a part of their own in the chapter about the app, under the page's name."""

MOST_FILES: Final = 2000
MOST_FIELDS: Final = 2000


class Page:
    """One answer in the making.

    Args:
        request: What was asked.
        desk: The open campaign, None where there is none.
        name: Of the page in the navigation.

    """

    def __init__(self, request: Request, desk: Desk | None = None, name: str = "") -> None:
        self.request: Final = request
        self.desk: Final = desk
        self.name: Final = name
        self.texts: Final[Texts] = texts_in(language_of(request))


def campaigns_of(request: Request) -> Campaigns:
    """Return the campaigns of this run."""
    found: Campaigns = request.app.state.campaigns
    return found


def language_of(request: Request) -> str:
    """Return in which language to answer: the one that was chosen, else the first of ours that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else wanted_language(request.headers.get("accept-language", ""))


def render(page: Page, template: str, status: HTTPStatus = HTTPStatus.OK, /, **values: Any) -> HTMLResponse:
    """Return a page as an answer."""
    texts, desk = page.texts, page.desk
    known = campaigns_of(page.request).known()
    taken = desk.take_notes() if desk else []
    notes = [
        (texts(note.text, **note.values), note.failed, "en" if note.text == OF_LIBRARY else texts.language)
        for note in taken
    ]
    body = _templates().get_template(template).render(
        t=texts, page=page.name, desk=desk, known=known, notes=notes, languages=names_of_languages(),
        navigation=NAVIGATION, there=THERE, here=page.request.url.path, query=page.request.url.query,
        help_address=help_address(page.name, texts.language, desk.id if desk else ""),
        campaign_name=next((one.name for one in known if desk and one.id == desk.id), ""), **values,
    )  # fmt: skip
    return HTMLResponse(body, status)


def help_address(name: str, language: str, campaign: str = "") -> str:
    """Return where the help about a page begins: in the language of the page, if that has the chapter.

    Example:
        >>> help_address("lists", "lv", "1"), help_address("", "en")
        ('/c/1/help/howto/app#lists', '/help/howto/app')

    """
    from outreach.reporting.manual import anchor, chapters

    own = f"{language}/app"
    chapter, of_chapter = (own, language) if own in chapters() else ("howto/app", "en")
    part = f"#{anchor(texts_in(of_chapter)(f'pages.{name}'))}" if name in HELPED else ""
    return f"{f'/c/{campaign}' if campaign else ''}/help/{chapter}{part}"


def failed(page: Page, error: OutreachError, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> HTMLResponse:
    """Return the page that says what the library says of a failure."""
    return render(page, "failed.html", status, error=error)


def see(path: str) -> RedirectResponse:
    """Return that the answer to what was sent is another page."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def with_form(
    work: Callable[[Request, FormData], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes a form to its end, files on the disk, and then works beside the other requests."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
            return await run_in_threadpool(work, request, form)

    return endpoint


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    templates.filters["extract"] = lambda name, names: names[name]
    templates.filters["plain"] = lambda text: plain(str(text))
    templates.filters["safe_address"] = safe_address
    templates.globals["static"] = _static
    templates.globals["figures_style"] = _figures_style
    templates.globals["map_script"] = _map_script
    return templates


@cache
def _figures_style() -> str:
    """Return the address of what pictures look like; it changes with that."""
    from outreach.figures import STYLE

    return f"{FIGURES_STYLE}?{sha256(STYLE.encode()).hexdigest()[:12]}"


@cache
def _map_script() -> str:
    """Return the address of the script of maps; it changes with that."""
    from outreach.figures.map import map_script

    return f"{MAP_SCRIPT}?{sha256(map_script().encode()).hexdigest()[:12]}"


@cache
def _static(name: str) -> str:
    """Return the address of a file of ours; it changes with the file."""
    return f"/static/{name}?{sha256((STATIC_FILES / name).read_bytes()).hexdigest()[:12]}"
