"""Step 6: what the posts brought, what is still to be tied to a place, and where next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import measuring, uploads
from outreach.app.downloads import attachment
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import OutreachError
from outreach.messages import describe, has_sentence, message
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk
    from outreach.app.measuring import Shown
    from outreach.app.texts import Texts
    from outreach.campaign.ledger import Natural, Placement
    from outreach.campaign.ledger.imports import Import
    from outreach.reporting.people_sheet import PeopleSheet
    from outreach.tracking.importing import Imported, Reading
    from outreach.tracking.read_counts import ReadCount

__all__ = ["ROUTES", "UPLOADS"]

Header: TypeAlias = "tuple[str, str, bool]"
Row: TypeAlias = "tuple[bool, list[Cell]]"

UPLOADS: Final = "/results/files"
"""End of the path that takes files."""
ALL: Final = "*"
"""Stands for all files of the folder, where one is asked about; no file has this name."""
MOST_TO_TIE: Final = 12
MOST_NOTES: Final = 8
OUT: Final = ("published", "removed")
REPORT: Final = "report.xlsx"
NUMERIC: Final = frozenset({"number", "decimal", "percent", "fine percent", "right"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: a text, where it leads, whether it is a number."""

    text: str
    address: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its number in the ledger, what it is called, where it is published, what was typed of it."""

    number: int
    title: str
    place: str
    tag: str
    status: str
    typed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stray:
    """What is tied to no place: its text, the name by which it is tied, how often it comes, why, what it may mean."""

    text: str
    name: str
    count: int
    why: str
    language: str
    maybe: str


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "results")
    with desk.lock:
        try:
            shown = measuring.show(desk, page.texts.language)
        except OutreachError as err:
            return failed(page, err)
        return render(page, "results.html", **_found(shown, page))


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _found(shown: Shown, page: Page) -> dict[str, Any]:
    """Return what the page shows of the results."""
    from outreach.reporting.results_sheet import TYPED

    texts = page.texts
    table = _table(shown.sheet, texts) if shown.sheet else ([], [], "")
    posts = _posts(shown)
    out = [one for one in shown.placements if one.status in OUT]
    tags = [_of_tag(one, texts) for one in (shown.report.unmatched if shown.report else ())]
    answers = [one for one in shown.answers if one.text]
    return {
        "conclusion": shown.conclusion,
        "since": _first_day(out, texts),
        "headers": table[0],
        "currency": table[2],
        "days": shown.sheet.above[0] if shown.sheet else "",
        "rows": table[1],
        "tags": [one for one in tags if one.name][:MOST_TO_TIE],
        "more_tags": max(0, len(tags) - MOST_TO_TIE),
        "answers": [_of_answer(one.text, one.people, shown) for one in answers[:MOST_TO_TIE]],
        "changed": [
            (plain(one.placement.name or one.placement.resource), one.link, _name_of(one.link),
             one.placement.short_url or one.placement.final_url, one.placement.utm_content or one.placement.resource)
            for one in shown.changed[:MOST_TO_TIE]
        ],
        "ties": [(one.number, plain(one.text), one.kind, _place(one.resource, shown)) for one in shown.ties],
        "posts": posts,
        "places": list({post.place: post for post in posts}.values()),
        "columns": TYPED,
        "imports": [_of_import(one, texts) for one in shown.imports],
        "waiting": shown.waiting,
        "remarks": list(dict.fromkeys(_remarks(shown, texts))),
        "typing": page.request.query_params.get("typing") == "1",
        "all_files": ALL,
        "again": page.request.query_params.get("again", ""),
    }  # fmt: skip


def _first_day(out: Sequence[Placement], texts: Texts) -> str:
    days = sorted(one.published_at[:10] for one in out if one.published_at)
    return texts.day(date.fromisoformat(days[0])) if days else ""


def _table(sheet: PeopleSheet, texts: Texts) -> tuple[list[Header], list[Row], str]:
    """Return headers and rows of the table, and the currency of its sums where all have one: its column is left out."""
    from outreach.reporting.people_sheet import field_of

    fields = list(sheet.fields)
    of_money = field_of("currency", texts.language).header
    at = next((place for place, field in enumerate(fields) if field.header == of_money), None)
    named = {row.cells[at] for row in sheet.rows} - {None} if at is not None else set()
    left_out = at if len(named) == 1 else None
    shown = [place for place in range(len(fields)) if place != left_out]
    headers = [(fields[place].header, fields[place].meaning, fields[place].look in NUMERIC) for place in shown]
    rows = [(row.ruled, [_cell(row.cells[place], fields[place].look, texts) for place in shown]) for row in sheet.rows]
    return headers, rows, str(named.pop()) if left_out is not None else ""


def _cell(value: Any, look: str, texts: Texts) -> Cell:
    from outreach.reporting.people_sheet import Link

    if isinstance(value, Link):
        return Cell(value.text, value.address or "")
    if isinstance(value, int | float):
        return Cell(texts.number(value, 2 if look == "decimal" else 0), number=True)
    return Cell("" if value is None else str(value), number=look in NUMERIC)


def _posts(shown: Shown) -> list[Post]:
    several = [one.resource for one in shown.placements]
    return [
        Post(
            number=one.id or 0,
            title=_title(one, alone=several.count(one.resource) == 1),
            place=one.resource,
            tag=one.utm_content or one.resource,
            status=one.status,
            typed=dict(shown.typed.get(one.natural, {})),
        )
        for one in shown.placements
    ]


def _title(one: Placement, *, alone: bool) -> str:
    from outreach.sheet.facts import own_words

    name = plain(one.name or "") or plain(own_words(one.resource))
    return name if alone else f"{name} ({one.variant}{f', {one.round}' if one.round > 1 else ''})"


def _place(resource: str, shown: Shown) -> str:
    named = next((one.name for one in shown.placements if one.resource == resource and one.name), "")
    return plain(named or resource)


def _remarks(shown: Shown, texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield what the numbers rest on and what is not among them, each with its language."""
    report = shown.report
    if report is None:
        return
    for one in report.not_shown:
        yield texts("results.not-shown", what=_header(one.unit, texts), source=plain(one.source_name)), texts.language
    if shown.left_out:
        yield texts("results.left-out", names=", ".join(shown.left_out)), texts.language
    for section in report.sections:
        yield from (texts.sentence(doubt) for doubt in section.pair.doubts)
        for line in section.lines:
            for flag in line.flags:
                sentence, language = texts.sentence(flag)
                yield f"{plain(line.label)}: {sentence}", language


def _of_tag(one: Any, texts: Texts) -> Stray:
    """Return a tagged link of no placement."""
    maybe = one.maybe[0].utm_content or one.maybe[0].resource if len(one.maybe) == 1 else ""
    count = one.denominator if one.denominator is not None else one.numerator
    return Stray(plain(one.called), one.tie_name, count or 0, *texts.message(one.why), maybe)


def _of_answer(text: str, people: int, shown: Shown) -> Stray:
    """Return an answer of no place."""
    from outreach.tracking.ties import named_place

    return Stray(plain(text), text, people, "", "", named_place(shown.placements, text))


def _name_of(link: str) -> str:
    """Return the name by which a link can be tied."""
    from outreach.tracking.attribution import names_of
    from outreach.tracking.tags import tags_in

    names = names_of(tags_in(link))
    return names[-1] if names else ""


def _of_import(one: Import, texts: Texts) -> tuple[int, str, str, str]:
    """Return what was read: its number, what it was taken for, what it counts, its days."""
    days = ""
    if one.period_start and one.period_end:
        first, last = (texts.day(date.fromisoformat(day)) for day in (one.period_start, one.period_end))
        days = first if first == last else f"{first} – {last}"
    counts = filter(None, [_header(one.unit, texts), _kind(one.kind, one.goal, texts)])
    source = one.source_name if one.source_name != one.tool else ""
    return one.id or 0, plain(" · ".join(filter(None, [one.tool, source]))), ", ".join(counts), days


def _header(unit: str, texts: Texts) -> str:
    column = message(f"book-column-{unit}")
    return describe(column, texts.language) if unit and has_sentence(column, texts.language) else unit


def _kind(kind: str, goal: str, texts: Texts) -> str:
    from outreach.reporting.measure_words import kind_in
    from outreach.tracking.base import KINDS

    if not kind:
        return ""
    return kind_in(kind, goal, texts.language) if kind in KINDS else _header(kind, texts)


def _take(request: Request, form: FormData) -> Response:
    """Keep files that were dropped or chosen, and read them."""
    desk = _desk(request)
    given = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    with desk.lock:
        folder = measuring.results_folder(desk)
        conflict = ""
        read = False
        for one in given:
            try:
                written = uploads.keep_file(desk, one.filename or "", one.file, folder)
            except OutreachError as err:
                desk.note_failure(err)
                continue
            if written is None:
                continue
            read = True
            conflict = _read_one(request, desk, written.name) or conflict
        if not read:
            desk.note("notes.no-files", failed=True)
    return _back(desk, again=conflict)


def _from_lists(request: Request, form: FormData) -> Response:
    """Move a file that was put among the lists by mistake, and read it."""
    desk = _desk(request)
    conflict = ""
    with desk.lock:
        try:
            moved = uploads.move(desk, str(form.get("path", "")), measuring.results_folder(desk))
            desk.note("results.note-moved", file=plain(moved.name))
            conflict = _read_one(request, desk, moved.name)
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk, again=conflict)


def _read_one(request: Request, desk: Desk, name: str, *, again: bool = False) -> str:
    """Read one file of the folder; one that cannot be used is put aside, one that overlaps is asked about."""
    from outreach.campaign.ledger.imports import Conflict

    folder = measuring.results_folder(desk)
    try:
        _note_read(desk, *measuring.read_files(desk, [folder / name], again=again), Page(request).texts)
    except Conflict as err:
        desk.note("notes.failed", failed=True, why=str(err.message), hint="")
        return name
    except OutreachError as err:
        desk.note_failure(err)
        uploads.put_aside(desk, name, folder)
        desk.note("notes.put-aside")
    return ""


def _note_read(desk: Desk, reading: Reading, imported: Sequence[Imported], texts: Texts) -> None:
    """Say how each file was understood, and what of it could not be used."""
    for one, counts in list(_counted(imported))[:MOST_NOTES]:
        labels = ", ".join(desk.short(label) for label in one.report.labels[:2])
        told = "results.note-as-before" if one.kept.change == "as before" else "results.note-read"
        desk.note(told, file=labels, tool=one.entry.tool, counts=_listed(counts, texts))
    if reading.rejected:
        first = reading.rejected[0]
        why = texts.message(first.reason)[0]
        desk.note("results.note-rejected", failed=True, rows=len(reading.rejected), why=why)
    for skipped in reading.skipped[:MOST_NOTES]:
        desk.note(
            "results.note-skipped", failed=True, file=desk.short(skipped.source), why=texts.message(skipped.why)[0]
        )


def _counted(imported: Iterable[Imported]) -> Iterator[tuple[Imported, Sequence[ReadCount]]]:
    from outreach.tracking.read_counts import read_counts

    for one in imported:
        if (counts := read_counts(one)) is not None:
            yield one, counts


def _listed(counts: Iterable[ReadCount], texts: Texts) -> str:
    """Return counts in words."""
    return ", ".join(
        f"{_header(one.unit, texts) if one.unit else _kind(one.kind, one.goal, texts)}: {texts.number(one.count)}"
        for one in counts
    )


def _read(request: Request, form: FormData) -> Response:
    """Read all files with results, or one that overlaps in place of what was read before."""
    from outreach.campaign.ledger.imports import Conflict

    desk = _desk(request)
    name = str(form.get("file", ""))
    with desk.lock:
        if name and name != ALL:
            return _back(desk, again=_read_one(request, desk, name, again=True))
        try:
            _note_read(desk, *measuring.read_files(desk, again=name == ALL), Page(request).texts)
        except Conflict as err:
            desk.note("notes.failed", failed=True, why=str(err.message), hint="")
            return _back(desk, again=ALL)
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk)


def _leave_out(request: Request, form: FormData) -> Response:
    """Put a file aside that overlaps."""
    desk = _desk(request)
    with desk.lock:
        try:
            uploads.put_aside(desk, str(form.get("file", "")), measuring.results_folder(desk))
            desk.note("notes.put-aside")
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk)


def _type(request: Request, form: FormData) -> Response:
    """Put typed numbers into their sheet, and read it."""
    from outreach.reporting.results_sheet import TYPED

    desk = _desk(request)
    with desk.lock:
        try:
            shown = measuring.show(desk, Page(request).texts.language)
            values: dict[Natural, dict[str, str]] = {
                one.natural: {
                    column: str(form[name]).strip() for column in TYPED if (name := f"{one.id}.{column}") in form
                }
                for one in shown.placements
            }
            read = measuring.type_numbers(desk, values)
            desk.note("results.note-typed")
            _note_read(desk, *read, Page(request).texts)
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk, typing="1")


def _tie(request: Request, form: FormData) -> Response:
    """Tie a tag or an answer to a place."""
    desk = _desk(request)
    kind, text, place = (str(form.get(name, "")) for name in ("kind", "text", "place"))
    with desk.lock:
        try:
            if not (text and place):
                desk.note("results.note-no-place", failed=True)
            else:
                measuring.tie(desk, kind, text, place)
                desk.note("results.note-tied", name=plain(text))
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk)


def _remove(request: Request, form: FormData) -> Response:
    """Remove a tie, or what was read from a file."""
    desk = _desk(request)
    what, _, number = str(form.get("what", "")).partition(".")
    with desk.lock:
        try:
            chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
            if what == "tie":
                desk.note("results.note-untied", name=plain(measuring.untie(desk, chosen).text))
            else:
                desk.note("results.note-forgotten", file=plain(measuring.forget(desk, chosen)))
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk)


def _back(desk: Desk, **query: str) -> Response:
    given = urlencode({name: value for name, value in query.items() if value})
    return see(f"/c/{desk.id}/results{'?' + given if given else ''}")


def _export(request: Request) -> Response:
    """Give the report as a workbook."""
    desk = _desk(request)
    page = Page(request, desk, "results")
    with desk.lock:
        try:
            content = measuring.export(desk, page.texts.language)
        except OutreachError as err:
            return failed(page, err)
    return attachment(content, REPORT)


ROUTES: Final = (
    Route("/c/{id}/results", _page, methods=["GET"]),
    Route("/c/{id}/results/report.xlsx", _export, methods=["GET"]),
    Route(f"/c/{{id}}{UPLOADS}", with_form(_take), methods=["POST"]),
    Route("/c/{id}/results/from-lists", with_form(_from_lists), methods=["POST"]),
    Route("/c/{id}/results/read", with_form(_read), methods=["POST"]),
    Route("/c/{id}/results/leave-out", with_form(_leave_out), methods=["POST"]),
    Route("/c/{id}/results/type", with_form(_type), methods=["POST"]),
    Route("/c/{id}/results/tie", with_form(_tie), methods=["POST"]),
    Route("/c/{id}/results/remove", with_form(_remove), methods=["POST"]),
)
