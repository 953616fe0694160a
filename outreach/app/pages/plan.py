"""Step 3: the next posts, as ``outreach plan`` chooses them; each is taken or left, and the texts follow."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import placing, reading
from outreach.app.downloads import TABLES, attachment, content_of
from outreach.app.pages.places import ON_A_PAGE
from outreach.app.planning import plan_of
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import OptionError, OutreachError
from outreach.figures import draw_coverage
from outreach.reporting.words import percent_range, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk
    from outreach.app.texts import Texts
    from outreach.reporting.planning import Plan, Step, Wanted

__all__ = ["ROUTES"]

MOST_POSTS: Final = 100
USUAL_POSTS: Final = 5
PAUSES: Final = (14, 30, 60, 90)
"""Days between two posts in one place that are offered."""
MOST_NAMED: Final = 200
"""Places that an address may name, to be in a plan or not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as the address of the page says it."""

    posts: int
    budget: str
    pause: int
    must: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the page shows it."""

    number: int
    key: str
    name: str
    address: str
    platform: str
    followed: str
    why: str
    language: str
    cost: str
    price_cell: str
    covered: str
    covered_range: str
    expected: str
    expected_range: str
    kept: bool


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "plan")
    with desk.lock:
        try:
            if not desk.has_lists(desk.campaign()):
                return render(page, "ranking.html", empty=True)
            asked = _asked(request.query_params)
            values: dict[str, Any] = {"asked": asked, "pauses": PAUSES, "formats": TABLES, "fault": ""}
            try:
                made, customers, ignored = plan_of(desk, _wanted(desk, asked), reading.PATIENCE_SECONDS)
            except OptionError as err:
                values |= {"fault": _said(err), "posts": [], "customers": 0, "made": None}
                return render(page, "plan.html", HTTPStatus.UNPROCESSABLE_ENTITY, **values)
            values |= _found(desk, made, asked, page.texts)
        except OutreachError as err:
            return failed(page, err)
    return render(page, "plan.html", customers=customers, ignored=ignored, **values)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _said(err: OutreachError) -> str:
    return f"{err.message}: {err.hint}" if err.hint else str(err.message)


def _asked(query: QueryParams) -> Asked:
    return Asked(
        posts=min(max(1, _number(query.get("posts", ""), USUAL_POSTS)), MOST_POSTS),
        budget=query.get("budget", "").strip()[:40],
        pause=min(_number(query.get("pause", ""), 0), 9999),
        must=_keys(query, "must"),
        without=_keys(query, "not"),
    )


def _keys(query: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in query.getlist(name) if one))[:MOST_NAMED]


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else usual


def _wanted(desk: Desk, asked: Asked) -> Wanted:
    """Return what the plan is asked for.

    Raises:
        OptionError: The budget is no sum of money, or more places must be there than posts are wanted.

    """
    from outreach.files.money import money
    from outreach.reporting.planning import Wanted

    budget = money(asked.budget) if asked.budget else None
    if asked.budget and budget is None:
        raise OptionError("this is not a sum of money", hint='write it like "300 EUR" or "15 000 RUB"')
    return Wanted(
        posts=asked.posts, must=asked.must, without=asked.without, budget=budget, cool_down=asked.pause or None,
        currency=desk.campaign().settings.currency or "",
    )  # fmt: skip


def _found(desk: Desk, made: Plan, asked: Asked, texts: Texts) -> dict[str, Any]:
    """Return what the page shows of a plan."""
    posts = list(_posts(desk, made, asked, texts))
    picture = draw_coverage(made.table.head(), language=texts.language) if len(posts) > 1 else None
    return {
        "made": made,
        "posts": posts,
        "conclusion": [texts.sentence(one) for one in made.conclusion],
        "left_out": [texts.sentence(one) for one in made.left_out],
        "total": _money(sum(step.cost or 0 for step in made.steps), made.currency, texts),
        "priceless": [one for one in posts if not one.cost],
        "picture": picture.inline("plan-picture") if picture and not made.measured else "",
        "address": lambda **changed: _address(asked, **changed),
    }


def _posts(desk: Desk, made: Plan, asked: Asked, texts: Texts) -> Iterator[Post]:
    from outreach.reporting.collect_words import platform_title

    cells = _price_cells(desk)
    for number, step in enumerate(made.steps, start=1):
        place, member = step.place, step.member
        why, language = texts.message(step.reason)
        yield Post(
            number=number,
            key=place.resource,
            name=plain(place.name),
            address=place.url or "",
            platform=platform_title(place.platform, texts.language),
            followed=texts("ranking.of", overlap=place.overlap, listed=place.listed) if place.overlap else "0",
            why=plain(why),
            language=language,
            cost="" if step.cost is None else _money(step.cost, made.currency, texts),
            price_cell=cells.get(place.resource, ""),
            covered=f"{100 * member.coverage:.0f} %" if member else "",
            covered_range=percent_range(member.low, member.high) if member else "",
            expected=_expected(step, texts),
            expected_range=_expected_range(step),
            kept=place.resource in asked.must,
        )


def _expected(step: Step, texts: Texts) -> str:
    outcome = step.outcome
    if outcome is None:
        return ""
    return texts.number(outcome.expected, 0 if outcome.expected >= 9.95 else 1)


def _expected_range(step: Step) -> str:
    outcome = step.outcome
    return (
        f"{outcome.low:.0f}-{outcome.high:.0f}"
        if outcome and outcome.low is not None and outcome.high is not None
        else ""
    )


def _money(amount: float, currency: str, texts: Texts) -> str:
    return f"{texts.number(amount, 0 if amount == round(amount) else 2)} {currency}".strip()


def _price_cells(desk: Desk) -> dict[str, str]:
    """Return where the price of each place is typed, by its key."""
    from outreach.reporting.sheet_edits import named_rows

    sheet = placing.show(desk).sheet
    if sheet is None or "price" not in sheet.grid.columns:
        return {}
    return {key: f"places?page={1 + at // ON_A_PAGE}#c-{at + 1}-price" for at, key in enumerate(named_rows(sheet))}


def _address(asked: Asked, **changed: Any) -> str:
    """Return this page's address with some places asked for, or left out."""
    must, without = changed.get("must", asked.must), changed.get("without", asked.without)
    items = [
        ("posts", str(asked.posts)), ("budget", asked.budget), ("pause", str(asked.pause or "")),
        *(("must", one) for one in must), *(("not", one) for one in without),
    ]  # fmt: skip
    return f"?{urlencode([(name, value) for name, value in items if value])}"


def _file(request: Request) -> Response:
    """Give the plan as the file that ``outreach plan -o`` writes."""
    from outreach.reporting.plan_sheet import plan_sheet

    desk = _desk(request)
    page = Page(request, desk, "plan")
    form = request.path_params["form"]
    if form not in TABLES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.lock:
        try:
            made, customers, _ = plan_of(desk, _wanted(desk, _asked(request.query_params)), None)
            around = plan_sheet(made, customers, page.texts.language) if form == "xlsx" else None
            content = content_of(made.table, form, around)
        except OutreachError as err:
            return failed(page, err)
    return attachment(content, f"plan.{form}")


def _take(request: Request, form: FormData) -> Response:
    """Put the posts that are ticked into the sheet of places, and go on to the texts."""
    desk = _desk(request)
    page = Page(request, desk, "plan")
    keys = tuple(dict.fromkeys(str(one) for one in form.getlist("take")))
    if not keys:
        desk.note("ranking.none-ticked", failed=True)
        query = str(form.get("query", ""))
        return see(f"/c/{desk.id}/plan?{query}" if query else f"/c/{desk.id}/plan")
    with desk.lock:
        try:
            added, where = placing.take(desk, keys, page.texts.language)
        except OutreachError as err:
            desk.note_failure(err)
            return see(f"/c/{desk.id}/plan")
    desk.note("notes.taken", places=added, there=len(keys) - added, file=where.name)
    return see(f"/c/{desk.id}/texts")


ROUTES: Final = (
    Route("/c/{id}/plan", _page, methods=["GET"]),
    Route("/c/{id}/plan/take", with_form(_take), methods=["POST"]),
    Route("/c/{id}/plan.{form}", _file, methods=["GET"]),
)
