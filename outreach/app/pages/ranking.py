"""Step 2: whom the customers share, filtered, sorted, and taken into the sheet of places."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import placing, reading
from outreach.app.downloads import TABLES, attachment, content_of
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import InputError, OutreachError
from outreach.figures import interval
from outreach.reporting.words import percent_range, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk, Ranked
    from outreach.app.texts import Texts
    from outreach.ranking import Choice, Hidden
    from outreach.ranking.shown import View
    from outreach.tables import Table

__all__ = ["ROUTES"]

ON_A_PAGE: Final = 100
TICKED_FIRST: Final = 5
FEW_CUSTOMERS: Final = 10
MOST_TOPICS: Final = 12
MOST_COVERED: Final = 100
"""Ticks up to which it is told what they cover: as many posts as a plan has at most."""
MOST_CHANCES: Final = 10
MOST_QUERY: Final = 8000
SIZES: Final = (0, 1000, 5000, 20_000, 100_000)
"""Smallest sizes that are offered."""
POSTS: Final = ("any", "not-no", "yes")
COLUMNS: Final = ("platform", "overlap", "range", "subscribers", "accepts_posts", "affinity", "topic")
"""Columns that can be chosen; the rank and the place are always there."""
USUAL_COLUMNS: Final = ("platform", "overlap", "range", "subscribers", "accepts_posts")
SORTED_BY: Final[Mapping[str, str]] = {"range": "share"}
"""Column to what it is sorted by, where that has another name."""
MOST_NUMBER: Final = 10**15
FILTERED: Final = "f"
"""Parameter that says that the others were chosen on the page: without it the campaign's settings count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the ranking is asked for, as the address of the page says it.

    Args:
        choice: What is ranked, and how.
        view: What of it is shown, in which order.
        columns: Those to show.
        page: From 1.
        place: Key of the place in the side panel.

    """

    choice: Choice
    view: View
    columns: tuple[str, ...]
    page: int
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the table shows it."""

    key: str
    id: str
    rank: int
    name: str
    url: str | None
    platform: str
    overlap: int
    listed: int
    bar: str
    range: str
    subscribers: int | None
    accepts_posts: str
    affinity: int | None
    topic: str
    ruled: bool
    ticked: bool


def _ranking(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "ranking")
    with desk.lock:
        try:
            campaign = desk.campaign()
            if not desk.has_lists(campaign):
                return render(page, "ranking.html", empty=True)
            asked = _asked(request.query_params, desk.usual_choice(campaign))
            ranked = desk.ranked(asked.choice, reading.PATIENCE_SECONDS)
            values = _found(ranked, asked, page.texts, request.query_params, placing.closed(desk))
            values |= _covered(desk, ranked, values["ticks"], page.texts)
            values["stability"] = _stability(desk, ranked, page.texts) if request.query_params.get("sure") else None
            values["panel"] = _panel(ranked, asked, page.texts) if asked.place else None
        except OutreachError as err:
            return failed(page, err)
    return render(page, "ranking.html", empty=False, **values)


def _covered(desk: Desk, ranked: Ranked, keys: Sequence[str], texts: Texts) -> dict[str, str]:
    """Return what share of customers like these the ticked places cover, in a sentence, or why that is not known."""
    from outreach.app.planning import covered

    if not keys or len(keys) > MOST_COVERED:
        return {"covered": "", "uncovered": ""}
    try:
        one = covered(desk, ranked, keys)
    except InputError as err:  # a place is hidden, or closed
        return {"covered": "", "uncovered": f"{plain(err.where or '')}: {err.message}".removeprefix(": ")}
    share, low, high = (round(100 * value) for value in (one.coverage, one.low, one.high))
    return {"covered": texts("ranking.covers", places=len(keys), share=share, low=low, high=high), "uncovered": ""}


def _stability(desk: Desk, ranked: Ranked, texts: Texts) -> dict[str, Any]:
    """Return what ten more customers would change, and the chance of each of the first places to stay one."""
    from outreach.ranking.stability import FIRST, advice
    from outreach.sheet.facts import own_words

    found = desk.stability(ranked)
    if found is None:
        return {"advice": None, "chances": [], "first": FIRST}
    first = ranked.ranking.table.head(MOST_CHANCES) if found.why is None else []
    return {
        "advice": texts.sentence(advice(found)),
        "chances": [
            (plain(row["name"] or own_words(row["resource"])), round(100 * float(chance)))
            for row, chance in zip(first, found.chances, strict=False)
        ],
        "first": FIRST,
    }


def _certain(request: Request) -> Response:
    """Show how certain the first places are: the page does not wait for it."""
    desk = _desk(request)
    part = Page(request)
    with desk.lock:
        try:
            asked = _asked(request.query_params, desk.usual_choice(desk.campaign()))
            found = _stability(desk, desk.ranked(asked.choice, reading.PATIENCE_SECONDS), part.texts)
        except OutreachError as err:
            return failed(part, err)
    return render(part, "ranking_stability.html", stability=found)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _asked(query: QueryParams, usual: Choice) -> Asked:
    """Return what an address asks for; what it does not say stands in the campaign's settings.

    Raises:
        OptionError: A value is none of its values.

    """
    from outreach.keys import platform_asked
    from outreach.ranking.shown import View

    choice = usual
    if query.get(FILTERED):
        platforms = tuple(platform_asked(name, name) for name in query.getlist("platform") if name)
        choice = replace(
            usual,
            platforms=platforms,
            min_subscribers=_number(query, "size", usual.min_subscribers),
            unknown_size="keep" if query.get("unknown") else "drop",
            accepts_posts=query.get("posts") or usual.accepts_posts,
            topic=query.get("topic", "").strip(),
            min_overlap=_number(query, "least", 1),
        )
    view = View(
        text=query.get("text", "").strip(),
        without=query.get("not", "").strip(),
        sort=query.get("sort") or "rank",
        descending=query.get("down") == "1",
    )
    columns = tuple(one for one in COLUMNS if one in query.getlist("col")) if query.get(FILTERED) else USUAL_COLUMNS
    return Asked(choice, view, columns, max(1, _number(query, "page", 1)), query.get("place", ""))


def _number(query: QueryParams, name: str, usual: int) -> int:
    text = query.get(name, "")
    return min(int(text), MOST_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 20 else usual


def _found(ranked: Ranked, asked: Asked, texts: Texts, query: QueryParams, closed: Collection[str]) -> dict[str, Any]:
    """Return what the page shows of a ranking.

    Args:
        ranked: The ranking.
        asked: What of it.
        texts: Of the page.
        query: Of its address.
        closed: Keys of places that are not ticked beforehand.

    """
    from outreach.ranking.shown import View, show

    likes, ranking = ranked.likes, ranked.ranking
    table = show(ranking.table, asked.view)
    places = len(table)
    pages = max(1, -(-places // ON_A_PAGE))
    page = min(asked.page, pages)
    ticks = list(dict.fromkeys(query.getlist("take"))) or (_first_keys(table, closed) if page == 1 else [])
    rows = list(_rows(table, page, frozenset(ticks), texts, likes.resources.relation))
    here = {row.key for row in rows}
    usual = not query.get(FILTERED) and asked.view == View()
    missed = _would_be_first(ranked, table) if usual else None
    ruled = asked.view.sort == "rank" and ranked.choice.by == "overlap"
    return {
        "customers": likes.customers,
        "few": likes.customers < FEW_CUSTOMERS,
        "missed": sum(one.wanted for one in likes.skipped),
        "places": places,
        "found": ranking.places,
        "rows": rows,
        "ruled": ruled,
        "asked": asked,
        "page_number": page,
        "pages": pages,
        "hidden": [_hidden(one, ranked.choice, texts, query) for one in ranking.hidden if one is not missed],
        "hidden_first": _hidden(missed, ranked.choice, texts, query) if missed else None,
        "chips": _chips(ranked, asked, texts),
        "sizes": SIZES,
        "all_columns": COLUMNS,
        "sort_of": {one: SORTED_BY.get(one, one) for one in COLUMNS},
        "address": lambda **changed: _address(query, **changed),
        "ticks": ticks,
        "ticked": len(ticks),
        "ticked_elsewhere": [key for key in ticks if key not in here],
        "reached": _reached(ranked, ticks, texts),
        "once": ranking.followed_once,
        "unknown": ranking.unknown,
        "doubts": [texts.sentence(one) for one in ranked.doubts],
        "formats": TABLES,
    }


def _first_keys(table: Table, closed: Collection[str]) -> list[str]:
    """Return the first places of a page that may take a post."""
    keys = [row["resource"] for row in table.head(ON_A_PAGE) if row["accepts_posts"] != "no"]
    return [key for key in keys if key not in closed][:TICKED_FIRST]


def _would_be_first(ranked: Ranked, table: Table) -> Hidden | None:
    """Return what the smallest size hid, where its best place would be one of the first."""
    hidden = next((one for one in ranked.ranking.hidden if one.by == "size"), None)
    if hidden is None or ranked.choice.by != "overlap":
        return None
    first = sorted((_weight(row) for row in table.head(TICKED_FIRST)), reverse=True)
    return hidden if len(first) < TICKED_FIRST or _weight(hidden.best) > first[-1] else None


def _weight(row: Mapping[str, Any]) -> tuple[int, int]:
    """Return by what places are ordered."""
    return row["overlap"], row["subscribers"] or 0


def _rows(table: Table, page: int, ticked: frozenset[str], texts: Texts, resources: str) -> Iterator[Row]:
    """Yield the places of one page; a rule goes before a smaller overlap."""
    from outreach.reporting.collect_words import platform_title
    from outreach.reporting.resources.words import accepts_in
    from outreach.sheet.facts import own_words

    names = (*table.schema.names, "topic")
    found = table.engine.rows(_page_query(table, page, resources))
    before: int | None = None
    for number, values in enumerate(found):
        row = dict(zip(names, values, strict=True))
        label = texts(
            "ranking.share", share=row["share"] * 100, low=row["share_low"] * 100, high=row["share_high"] * 100
        )
        yield Row(
            key=row["resource"],
            id=f"place-{(page - 1) * ON_A_PAGE + number + 1}",
            rank=row["rank"],
            name=plain(row["name"] or "") or plain(own_words(row["resource"])),
            url=row["url"],
            platform=platform_title(row["platform"], texts.language),
            overlap=row["overlap"],
            listed=row["listed"],
            bar=interval(row["share"], row["share_low"], row["share_high"], label),
            range=percent_range(row["share_low"], row["share_high"]),
            subscribers=row["subscribers"],
            accepts_posts=accepts_in(row["accepts_posts"], texts.language) or "",
            affinity=None if row["affinity"] is None else round(row["affinity"]),
            topic=plain(row["topic"] or ""),
            ruled=before is not None and before != row["overlap"],
            ticked=row["resource"] in ticked,
        )
        before = row["overlap"]


def _page_query(table: Table, page: int, resources: str) -> str:
    """Return the query for the rows of one page with their topics."""
    columns = ", ".join(f"k.{name}" for name in table.schema.names)
    return (
        f"select {columns}, r.topic from (select *, row_number() over (order by {table.order}) as at "
        f"from {table.relation}) k left join {resources} r on r.resource = k.resource "
        f"where k.at > {(page - 1) * ON_A_PAGE} and k.at <= {page * ON_A_PAGE} order by k.at"
    )


def _chips(ranked: Ranked, asked: Asked, texts: Texts) -> dict[str, Any]:
    """Return what can be filtered by, each with how many of all places it is."""
    from outreach.ranking.shown import counts_of
    from outreach.reporting.collect_words import platform_title

    counts = counts_of(ranked.likes, MOST_TOPICS)
    return {
        "platforms": [
            (name, platform_title(name, texts.language), count, name in asked.choice.platforms)
            for name, count in counts.platforms
        ],
        "topics": [(name, count, name == asked.choice.topic) for name, count in counts.topics],
        "posts": [(name, texts(f"ranking.posts-{name}"), name == asked.choice.accepts_posts) for name in POSTS],
    }


def _hidden(hidden: Hidden, choice: Choice, texts: Texts, query: QueryParams) -> tuple[str, str]:
    """Return what a filter hid in a sentence, and the address that shows it; empty where hiding was the wish."""
    best = hidden.best
    name = plain(best["name"] or best["resource"].partition(":")[2])
    code = f"hidden.{hidden.by.replace(' ', '-')}"
    sentence = texts(
        code, places=hidden.resources, name=name, overlap=best["overlap"], listed=best["listed"],
        size=choice.min_subscribers, fewest=choice.fewest,
    )  # fmt: skip
    from outreach.ranking import way_to_see

    field, value = way_to_see(hidden)
    if not field:
        return sentence, ""
    ways: dict[str, dict[str, Any]] = {
        "platforms": {"platform": [*query.getlist("platform"), value]},
        "min_subscribers": {"size": value},
        "unknown_size": {"unknown": "1"},
        "accepts_posts": {"posts": "any"},
        "topic": {"topic": ""},
        "min_overlap": {"least": value},
    }
    return sentence, _address(_with_usual(query, choice), **ways[field])


def _with_usual(query: QueryParams, choice: Choice) -> Sequence[tuple[str, str]]:
    """Return the parameters of an address with all filters said."""
    if query.get(FILTERED):
        return query.multi_items()
    return [
        *query.multi_items(),
        (FILTERED, "1"),
        *(("platform", name) for name in choice.platforms),
        ("size", str(choice.min_subscribers)),
        *([("unknown", "1")] if choice.unknown_size == "keep" else []),
        ("posts", choice.accepts_posts),
        *([("topic", choice.topic)] if choice.topic else []),
        *(("col", name) for name in USUAL_COLUMNS),
    ]


def _address(query: QueryParams | Sequence[tuple[str, str]], **changed: Any) -> str:
    """Return this page's address with some parameters changed: without ticks, and the first page unless it is said."""
    items = list(query) if isinstance(query, (list, tuple)) else query.multi_items()  # type: ignore[union-attr]
    dropped = {*changed, "page", "take"}
    kept = [(name, value) for name, value in items if name not in dropped]
    for name, value in changed.items():
        kept += [(name, one) for one in (value if isinstance(value, list) else [value]) if one != ""]
    return f"?{urlencode(kept)}" if kept else "?"


def _reached(ranked: Ranked, keys: Sequence[str], texts: Texts) -> str:
    """Return how many customers follow at least one of some places, in a sentence."""
    from outreach.likes import following_any

    if not keys:
        return texts("ranking.none-ticked")
    return texts(
        "ranking.reached", places=len(keys), reached=following_any(ranked.likes, keys), customers=ranked.likes.customers
    )


def _ticked(request: Request) -> Response:
    """Show what the ticked places reach, beside the main button."""
    desk = _desk(request)
    part = Page(request)  # of a page: it leaves the notes to the whole one
    keys = request.query_params.getlist("take")
    with desk.lock:
        try:
            campaign = desk.campaign()
            asked = _asked(request.query_params, desk.usual_choice(campaign))
            ranked = desk.ranked(asked.choice, reading.PATIENCE_SECONDS)
            reached = _reached(ranked, keys, part.texts)
            values = _covered(desk, ranked, keys, part.texts)
        except OutreachError as err:
            return failed(part, err)
    return render(part, "ranking_taking.html", desk_id=desk.id, ticked=len(keys), reached=reached, **values)


def _panel(ranked: Ranked, asked: Asked, texts: Texts) -> dict[str, Any]:
    """Return what is known of one place; who follows it is for the screen only.

    Raises:
        UnknownResourceError: There is no such place.

    """
    from outreach.keys import url_of
    from outreach.likes import other_keys
    from outreach.ranking import who
    from outreach.reporting.collect_words import platform_title

    likes = ranked.likes
    row = next((one for one in _one(ranked, asked.place)), None)
    others = other_keys(likes, asked.place)
    return {
        "key": asked.place,
        "row": row,
        "name": plain((row or {}).get("name") or asked.place.partition(":")[2]),
        "platform": platform_title(asked.place.partition(":")[0], texts.language),
        "addresses": [address for key in (asked.place, *others) if (address := url_of(key))],
        "others": others,
        "who": [plain(customer) for customer in who(likes, asked.place)],
        "range": percent_range(row["share_low"], row["share_high"]) if row else "",
    }


def _one(ranked: Ranked, key: str) -> Iterator[dict[str, Any]]:
    table = ranked.ranking.table
    for values in table.engine.rows(f"select * from {table.relation} where resource = ?", [key]):
        yield dict(zip(table.schema.names, values, strict=True))


def _export(request: Request) -> Response:
    """Give what is shown as a file: the same filters, the same order, all pages of it."""
    from outreach.ranking.shown import show
    from outreach.reporting.ranking_sheet import ranking_sheet

    desk = _desk(request)
    page = Page(request, desk, "ranking")
    form = request.path_params["form"]
    if form not in TABLES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.lock:
        try:
            asked = _asked(request.query_params, desk.usual_choice(desk.campaign()))
            ranked = desk.ranked(asked.choice)
            table = show(ranked.ranking.table, asked.view)
            language = page.texts.language
            around = None
            if form == "xlsx":
                around = ranking_sheet(table, ranked.likes.customers, by=asked.choice.by, language=language)
            content = content_of(table, form, around)
        except OutreachError as err:
            return failed(page, err)
    return attachment(content, f"ranking.{form}")


def _take(request: Request, form: FormData) -> Response:
    """Put the ticked places into the sheet of places."""
    desk = _desk(request)
    page = Page(request, desk, "ranking")
    keys = tuple(dict.fromkeys(str(one) for one in form.getlist("take")))
    if not keys:
        desk.note("ranking.none-ticked", failed=True)
    else:
        with desk.lock:
            try:
                added, where = placing.take(desk, keys, page.texts.language)
                desk.note(
                    "notes.taken", places=added, there=len(keys) - added, file=os.path.relpath(where, desk.folder)
                )
                return see(f"/c/{desk.id}/places")
            except OutreachError as err:
                desk.note_failure(err)
    query = str(form.get("query", ""))
    return see(f"/c/{desk.id}/ranking?{query}" if query else f"/c/{desk.id}/ranking")


def _map(request: Request) -> Response:
    """Show which of the places share customers, as ``outreach map`` draws them."""
    from outreach.figures import draw_map
    from outreach.ranking.shared import MOST_PLACES, MapPlace, map_of

    desk = _desk(request)
    page = Page(request, desk, "ranking")
    with desk.lock:
        try:
            asked = _asked(request.query_params, desk.usual_choice(desk.campaign()))
            ranked = desk.ranked(asked.choice, reading.PATIENCE_SECONDS)
            names = ("resource", "name", "platform", "url", "overlap", "listed", "subscribers")
            places = [MapPlace(*(row[name] for name in names)) for row in ranked.ranking.table.head(MOST_PLACES)]
            figure = draw_map(map_of(desk.followers(ranked), places), language=page.texts.language)
        except OutreachError as err:
            return failed(page, err)
    return render(page, "map.html", figure=figure, drawn=figure.inline("map-picture"))


def _cover(request: Request, form: FormData) -> Response:
    """Show the page again with these ticks in its address: so it tells what they cover where there is no script."""
    from urllib.parse import parse_qsl

    desk = _desk(request)
    kept = [(name, value) for name, value in parse_qsl(str(form.get("query", ""))[:MOST_QUERY]) if name != "take"]
    ticks = list(dict.fromkeys(str(one) for one in form.getlist("take")))[:MOST_COVERED]
    return see(f"/c/{desk.id}/ranking?{urlencode([*kept, *(('take', one) for one in ticks)])}#take")


ROUTES: Final = (
    Route("/c/{id}/ranking", _ranking, methods=["GET"]),
    Route("/c/{id}/ranking/ticked", _ticked, methods=["GET"]),
    Route("/c/{id}/ranking/certain", _certain, methods=["GET"]),
    Route("/c/{id}/ranking/map", _map, methods=["GET"]),
    Route("/c/{id}/ranking/cover", with_form(_cover), methods=["POST"]),
    Route("/c/{id}/ranking/take", with_form(_take), methods=["POST"]),
    Route("/c/{id}/ranking.{form}", _export, methods=["GET"]),
)
