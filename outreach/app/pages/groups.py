"""Surveys, and groups of customers compared: which places those who love the client follow, and the others do not."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import grouping, reading
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.app.uploads import harmless, keep_file
from outreach.errors import OutreachError
from outreach.figures import draw_comparison
from outreach.messages import message
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk
    from outreach.app.grouping import Compared
    from outreach.app.texts import Texts
    from outreach.surveys import Survey

__all__ = ["ROUTES", "UPLOADS"]

UPLOADS: Final = "/groups/files"
"""End of the path that takes files."""
LONGEST: Final = 200
VERDICTS: Final = {"stands out": "compare-stands-out", "hint": "compare-hint"}
WORDS: Final = {
    "promoters": "survey-promoters", "passives": "survey-passives", "detractors": "survey-detractors",
}  # fmt: skip


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "groups")
    query = request.query_params
    group, against, only = (query.get(name, "")[:LONGEST] for name in ("group", "against", "only"))
    values: dict[str, Any] = {"survey": [], "compared": None, "picture": "", "rows": [], "only": None, "asked": group}
    with desk.lock:
        try:
            if name := query.get("survey", ""):
                values["survey"] = _survey(desk, name, page.texts)
            if grouping.file_of_groups(desk) and desk.has_lists(desk.campaign()):
                desk.ranked(None, reading.PATIENCE_SECONDS)  # long lists are read with their progress first
                found = grouping.compared(desk, group, against)
                values |= _compared(found, page.texts)
                if only:
                    values["only"] = _only(desk, only, page.texts)
        except OutreachError as err:
            return failed(page, err)
    return render(page, "groups.html", **values)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _survey(desk: Desk, name: str, texts: Texts) -> list[tuple[str, str]]:
    """Return what a survey that was handed over says, in sentences; nothing of one that is not there."""
    path = harmless(name)
    file = desk.within(desk.folder / grouping.FOLDER / path) if path else None
    return _sentences(grouping.survey_in(file), texts) if file and file.is_file() else []


def _sentences(found: Survey, texts: Texts) -> list[tuple[str, str]]:
    """Return score, index, and the widest gap between what was expected and received, each with its language."""
    from outreach.reporting.survey import index_message, score_message

    said = [texts.sentence(one) for one in (score_message(found), index_message(found)) if one is not None]
    short = [one for one in found.gaps if one.gap.value < 0]
    if short:
        one = min(short, key=lambda gap: (gap.gap.value, gap.touchpoint))
        said.append((
            texts(
                "groups.gap", touchpoint=plain(one.touchpoint), expected=texts.number(one.expected, 1),
                received=texts.number(one.received, 1),
            ),
            texts.language,
        ))  # fmt: skip
    if not found.members:
        said.append((texts("groups.nobody"), texts.language))
    return said


def _compared(found: Compared, texts: Texts) -> dict[str, Any]:
    """Return what the page shows of two groups."""
    names = {one.name: _name(one.name, texts) for one in found.groups}
    first, second = names.get(found.first, found.first), names.get(found.second, texts("groups.others"))
    picture = ""
    if found.rows:
        figure = draw_comparison(found.rows, first=first, second=second, language=texts.language)
        picture = figure.inline("groups-picture")
    return {
        "compared": found,
        "names": names,
        "first": first,
        "second": second,
        "conclusion": texts.sentence(found.conclusion) if found.conclusion else None,
        "rows": [_row(row, texts) for row in found.rows],
        "picture": picture,
    }


def _name(name: str, texts: Texts) -> str:
    return texts.message(message(WORDS[name]))[0] if name in WORDS else plain(name)


def _row(row: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    from outreach.sheet.facts import own_words

    verdict = row["verdict"] or ""
    known = row["difference"] is not None
    return {
        "name": plain(row["name"] or own_words(row["resource"])),
        "first": texts("ranking.of", overlap=row["first"], listed=row["first_of"]),
        "second": texts("ranking.of", overlap=row["second"], listed=row["second_of"]),
        "difference": f"{round(100 * row['difference']):+d} %" if known else "?",
        "range": f"{round(100 * row['difference_low']):+d} … {round(100 * row['difference_high']):+d} %"
        if known
        else "",
        "verdict": texts.message(message(VERDICTS[verdict]))[0] if verdict else "",
    }


def _only(desk: Desk, group: str, texts: Texts) -> dict[str, Any]:
    """Return the ranking of one group alone."""
    from outreach.sheet.facts import own_words

    customers, rows = grouping.ranked_in(desk, group)
    return {
        "name": _name(group, texts),
        "customers": customers,
        "rows": [
            (row["rank"], plain(row["name"] or own_words(row["resource"])),
             texts("ranking.of", overlap=row["overlap"], listed=row["listed"]))
            for row in rows
        ],
    }  # fmt: skip


def _take(request: Request, form: FormData) -> Response:
    """Keep a file that was handed over, and take it as the groups."""
    desk = _desk(request)
    given = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    back = f"/c/{desk.id}/groups"
    with desk.noting_failures():
        folder = desk.within(desk.folder / grouping.FOLDER)
        kept = next((one for one in (keep_file(desk, str(f.filename), f.file, folder) for f in given) if one), None)
        if kept is None:
            desk.note("notes.no-files", failed=True)
            return see(back)
        if grouping.take_file(desk, folder / kept.name) is not None:
            back = f"{back}?survey={quote(kept.name)}"
        desk.note("groups.taken", file=kept.name)
    return see(back)


ROUTES: Final = (
    Route("/c/{id}/groups", _page, methods=["GET"]),
    Route(f"/c/{{id}}{UPLOADS}", with_form(_take), methods=["POST"]),
)
