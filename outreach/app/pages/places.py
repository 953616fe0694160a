"""Step 3: the sheet of places as a table to fill in; each cell is kept as soon as it is typed, and can be undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from outreach.app import placing
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import OutreachError, UnknownResourceError
from outreach.remote.tokens import Tokens
from outreach.reporting.resources.words import choices_in, followed_again, header_in, language_of, prompt_in
from outreach.reporting.words import plain
from outreach.sheet.filled import STATES, State, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from outreach.app.desk import Desk
    from outreach.app.placing import Done, Pasted, Shown
    from outreach.app.texts import Texts
    from outreach.messages import Message
    from outreach.reporting.sheet_edits import Refused
    from outreach.sheet.facts import Sheet

__all__ = ["ROUTES"]

ON_A_PAGE: Final = 100
MAIN: Final = ("place", "subscribers", "accepts_posts", "way_in", "price", "link_place", "rules", "contact")
"""Columns that are always shown, where the sheet has them; the other ones that can be filled in are asked for."""
MOST_PREVIEWED: Final = 100
MOST_NOTES: Final = 8
MEDIA: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column, its text, what there is to say about it, and what the file holds where that is another."""

    column: str
    value: str
    note: str = ""
    language: str = ""
    wrong: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the table shows it."""

    number: int
    name: str
    title: str
    platform: str
    customers: str
    address: str
    state: State
    faults: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One cell of a block that is pasted: where, before and after, and why it is not taken."""

    place: str
    column: str
    before: str
    after: str
    why: str = ""
    language: str = ""


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "places")
    with desk.lock:
        return _shown(page, desk, _number(request.query_params.get("page", "")), more=_more(request.query_params))


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _number(text: object) -> int:
    given = str(text)
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _more(values: Mapping[str, Any]) -> bool:
    return values.get("more") == "1"


def _shown(
    page: Page,
    desk: Desk,
    number: int,
    *,
    more: bool,
    refused: Sequence[Refused] = (),
    pasted: Pasted | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    typed: tuple[str, str, str] = ("", "", ""),
) -> Response:
    """Return the page.

    Args:
        page: In the making.
        desk: The campaign.
        number: Of the part of the table, from 1.
        more: Whether all columns are shown.
        refused: Cells that were typed and not kept: they show what was typed, and why.
        pasted: A block that waits for a yes.
        status: Of the answer.
        typed: Address of a place that was not added, why, and in which language.

    """
    try:
        shown = placing.show(desk)
        values = _found(shown, page.texts, number, more=more, refused=refused) | {"typed": typed}
        if pasted is not None and shown.sheet is not None:
            values["pasted"] = _previewed(pasted, shown.sheet, page.texts)
    except OutreachError as err:
        return failed(page, err)
    return render(page, "places.html", status, **values)


def _found(shown: Shown, texts: Texts, number: int, *, more: bool, refused: Sequence[Refused] = ()) -> dict[str, Any]:
    """Return what the page shows of the sheet."""
    from outreach.reporting.sheet_edits import named_rows

    sheet = shown.sheet
    columns = _columns(sheet, more=more)
    names = named_rows(sheet) if sheet else {}
    pages = max(1, -(-len(names) // ON_A_PAGE))
    here = min(max(1, number), pages)
    first = (here - 1) * ON_A_PAGE
    some = list(names.items())[first : first + ON_A_PAGE]
    rows = list(_Look(sheet, columns, texts, refused).rows(some, first + 1)) if sheet else []
    headers = [(name, header_in(name, texts.language), prompt_in(name, texts.language)) for name in columns]
    language = language_of(sheet.grid.headers) if sheet else "en"
    return {
        "counts": _counts(sheet),
        "states": STATES,
        "file": shown.path.name,
        "shown_columns": headers,
        "headers": _names(sheet, texts),
        "rows": rows,
        "titles": [(name, _title(sheet, row)) for name, row in names.items()] if sheet else [],
        "choices": [(name, offered) for name in columns if (offered := choices_in(name, language))],
        "choices_language": language,
        "more": more,
        "has_more": bool(sheet) and len(_columns(sheet, more=True)) > len(_columns(sheet, more=False)),
        "page_number": here,
        "pages": pages,
        "mark": shown.mark,
        "undo": _undo(shown.last, sheet, texts),
        "bad": _unnamed(sheet, texts) if sheet else [],
        "asked": _asked(sheet, texts) if sheet else None,
        "pasted": None,
    }


def _names(sheet: Sheet | None, texts: Texts) -> dict[str, str]:
    """Return what the columns are called in a sentence."""
    found = {name: header_in(name, texts.language) for name in sheet.grid.columns} if sheet else {}
    return {name: text[:1].lower() + text[1:] for name, text in found.items()}


def _columns(sheet: Sheet | None, *, more: bool) -> tuple[str, ...]:
    """Return the columns to show: of those that can be filled in the ones that the sheet has."""
    from outreach.reporting.sheet_edits import EDITABLE

    if sheet is None:
        return ()
    wanted = (*MAIN, *(name for name in EDITABLE if name not in MAIN)) if more else MAIN
    return tuple(name for name in wanted if name in sheet.grid.columns)


def _counts(sheet: Sheet | None) -> dict[str, int]:
    """Return how many places are in each state."""
    counts = dict.fromkeys(STATES, 0)
    for row, keys in sheet.named.items() if sheet else ():
        if keys and sheet:
            counts[state_of(sheet.rows[row], sheet.grid.columns).name] += 1
    return counts


@dataclass(frozen=True, slots=True)
class _Look:
    """What the rows of the table have in common: the sheet, the columns to show, and cells that were not kept."""

    sheet: Sheet
    columns: Sequence[str]
    texts: Texts
    refused: Sequence[Refused] = ()

    def rows(self, some: Sequence[tuple[str, int]], first: int) -> Iterator[Row]:
        """Yield places, the first of them under a number."""
        from outreach.reporting.collect_words import platform_title

        sheet, texts = self.sheet, self.texts
        kept = {(one.edit.place, one.edit.column): one for one in self.refused}
        faults: dict[int | None, list[Message]] = {}
        for one in (*sheet.bad, *sheet.doubts):
            faults.setdefault(one.line, []).append(one.reason)
        at_cells = {(row, doubt.why) for (row, _), doubt in sheet.odd.items()}
        sizes = {fact.row: fact.subscribers for fact in sheet.facts}
        for number, (name, row) in enumerate(some, start=first):
            cells, key = sheet.rows[row], sheet.named[row][0]
            yield Row(
                number=number,
                name=name,
                title=_title(sheet, row),
                platform=platform_title(key.partition(":")[0], texts.language),
                customers=plain(followed_again(cells.get("customers", ""), texts.language)),
                address=_address(cells, key),
                state=state_of(cells, sheet.grid.columns),
                faults=tuple(texts.sentence(why) for why in faults.get(row, ()) if (row, why) not in at_cells),
                cells=tuple(self.cell(row, one, sizes.get(row), kept.get((name, one))) for one in self.columns),
                seen=json.dumps({column: cells.get(column, "") for column in self.columns}, ensure_ascii=False),
            )

    def cell(self, row: int, column: str, size: int | None, refused: Refused | None) -> Cell:
        """Return a cell with what there is to say about it.

        Args:
            row: Of the sheet.
            column: Our name of it.
            size: What the row is understood to say about subscribers.
            refused: What was typed into the cell and not kept.

        """
        sheet, texts = self.sheet, self.texts
        value = sheet.rows[row].get(column, "")
        if refused is not None:
            return Cell(column, refused.edit.text, *_sentence(refused.why, texts), wrong=True, seen=value)
        if doubt := sheet.odd.get((row, column)):
            return Cell(column, value, *_sentence(doubt.why, texts), wrong=not doubt.used)
        if column == "subscribers" and size and not value.isdecimal():
            return Cell(column, value, texts("places.read-as", number=texts.number(size)), texts.language)
        if column == "link_place" and _is_no_link_place(value):
            known = ", ".join(choices_in(column, language_of(sheet.grid.headers)))
            return Cell(column, value, texts("places.unknown-word", known=known), texts.language)
        return Cell(column, value)


def _title(sheet: Sheet, row: int) -> str:
    from outreach.sheet.facts import own_words

    return plain(sheet.rows[row].get("place", "")) or plain(own_words(sheet.named[row][0]))


def _address(cells: Mapping[str, str], key: str) -> str:
    from outreach.keys import url_of

    return url_of(key) or cells.get("address", "")


def _is_no_link_place(text: str) -> bool:
    """Whether the drafts will not know where a link goes by this text."""
    from outreach.teasers.target_words import place_cells

    return bool(text) and bool(place_cells({"link_place": text}).doubts)


def _sentence(why: Message, texts: Texts) -> tuple[str, str]:
    """Return a sentence that stands at its cell, and so does not name the column."""
    from outreach.messages import Message

    inner = why["doubt"] if why.code == "size-doubtful" else why
    return texts.sentence(inner if isinstance(inner, Message) else why)


def _unnamed(sheet: Sheet, texts: Texts) -> list[tuple[int, str, str]]:
    """Return the rows that name no place: their number, why, and in which language."""
    return [(one.line or 0, *texts.sentence(one.reason)) for one in sheet.bad if not sheet.named.get(one.line or 0)]


def _asked(sheet: Sheet, texts: Texts) -> dict[str, Any]:
    """Return whom the sizes are asked of, and who wants a token first."""
    from outreach.reporting.collect_words import platform_title

    found = placing.asked_for_sizes(sheet, Tokens())
    titled = [(platform_title(one.platform, texts.language), one) for one in found]
    return {
        "open": [(title, one.host, one.places) for title, one in titled if not one.token],
        "locked": [(title, one.places, one.token) for title, one in titled if one.token],
    }


def _undo(last: Done | None, sheet: Sheet | None, texts: Texts) -> tuple[int, str] | None:
    """Return what can be undone: its number, and what it is called."""
    if last is None or sheet is None:
        return None
    return last.number, _called(last, sheet, texts)


def _called(done: Done, sheet: Sheet, texts: Texts) -> str:
    """Return what a change is called."""
    from outreach.reporting.sheet_edits import EDITABLE, named_rows

    typed = [one for one in done.step.changed if one.column in EDITABLE]
    if done.kind == "cell" and len(typed) == 1:
        row = named_rows(sheet).get(typed[0].place)
        title = _title(sheet, row) if row is not None else typed[0].place
        return texts("places.change-cell", column=header_in(typed[0].column, texts.language), place=title)
    if done.kind == "added":
        return texts("places.change-added", places=len(done.step.added))
    if done.kind == "sizes":
        return texts("places.change-sizes", places=len(typed))
    return texts("places.change-cells", cells=len(typed))


def _cell(request: Request, form: FormData) -> Response:
    """Keep one cell; answer with what there is to say about it, its row, and the whole."""
    from outreach.reporting.sheet_edits import Edit, named_rows

    desk = _desk(request)
    part = Page(request)  # of a page: it leaves the notes to the whole one
    texts = part.texts
    edit = Edit(*(str(form.get(name, "")) for name in ("place", "column", "text", "seen")))
    number = _number(form.get("row", ""))
    with desk.lock:
        try:
            elsewhere = placing.changed_elsewhere(desk, str(form.get("mark", "")))
            edited = placing.type_cells(desk, [edit])
            shown = placing.show(desk)
        except OutreachError as err:
            note = f"{plain(err.message)}. {plain(err.hint)}" if err.hint else plain(err.message)
            cell = Cell(edit.column, edit.text, note, "en", wrong=True, seen=edit.seen)
            return render(part, "places_cell.html", cell=cell, number=number, said=note, row=None, elsewhere=False)
    sheet = edited.sheet
    rows = named_rows(sheet)
    refused = next(iter(edited.refused), None)
    if refused and refused.why.code == "cell-not-there":
        note, language = texts.sentence(refused.why)
        cell = Cell(edit.column, edit.text, note, language, wrong=True, seen=edit.seen)
        return render(
            part, "places_cell.html", cell=cell, number=number, said=note, row=None, elsewhere=elsewhere,
        )  # fmt: skip
    row = rows[edit.place]
    one = next(_Look(sheet, (edit.column,), texts, edited.refused).rows([(edit.place, row)], number))
    cell = one.cells[0]
    if refused and refused.why.code.startswith("cell-"):  # the file wins
        cell = Cell(cell.column, refused.there, cell.note, cell.language, wrong=True, seen=refused.there)
    title, header = _title(sheet, row), header_in(edit.column, texts.language)
    saved = texts("places.saved", column=header, place=title)
    said = cell.note if cell.wrong else f"{saved} {cell.note}".strip()
    return render(
        part, "places_cell.html", cell=cell, number=number, said=said, row=one, elsewhere=elsewhere,
        counts=_counts(shown.sheet), mark=shown.mark, undo=_undo(shown.last, shown.sheet, texts), base=_base(desk),
        headers=_names(shown.sheet, texts), page_number=-(-number // ON_A_PAGE), more=_more(form),
    )  # fmt: skip


def _base(desk: Desk) -> str:
    return f"/c/{desk.id}/places"


def _row(request: Request, form: FormData) -> Response:
    """Keep what was typed into one row, where the browser runs no script."""
    from outreach.reporting.sheet_edits import EDITABLE, Edit

    desk = _desk(request)
    page = Page(request, desk, "places")
    seen = _seen(form)
    edits = [
        Edit(str(form.get("name", "")), column, str(form[column]), seen.get(column, ""))
        for column in EDITABLE
        if column in form and str(form[column]).split() != seen.get(column, "").split()
    ]
    with desk.lock:
        try:
            edited = placing.type_cells(desk, edits)
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk, form)
        desk.note("places.note-saved" if edited.step else "places.note-unchanged")
        if edited.refused:
            return _again(page, desk, form, edited.refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(desk, form)


def _seen(form: FormData) -> dict[str, str]:
    """Return what the row held when the page was made."""
    try:
        found = json.loads(str(form.get("seen", "{}")))
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _again(
    page: Page, desk: Desk, form: FormData, refused: Sequence[Refused], status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """Return the page with what was typed and not kept."""
    desk.note("places.note-refused", failed=True, cells=len(refused))
    return _shown(page, desk, _number(form.get("page", "")), more=_more(form), refused=refused, status=status)


def _back(desk: Desk, form: FormData, *, last: bool = False) -> Response:
    number = _number(form.get("page", ""))
    query = {"page": "9999" if last else str(number) if number > 1 else "", "more": "1" if _more(form) else ""}
    given = urlencode({name: value for name, value in query.items() if value})
    return see(f"{_base(desk)}{'?' + given if given else ''}")


def _paste(request: Request, form: FormData) -> Response:
    """Show what a block of copied cells would do."""
    desk = _desk(request)
    page = Page(request, desk, "places")
    with desk.lock:
        try:
            pasted = _look(desk, form)
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk, form)
        if not pasted.taken and not pasted.refused:
            desk.note("places.note-nothing-new", failed=True)
            return _back(desk, form)
        return _shown(page, desk, _number(form.get("page", "")), more=_more(form), pasted=pasted)


def _look(desk: Desk, form: FormData) -> Pasted:
    place, column, text = (str(form.get(name, "")) for name in ("place", "column", "text"))
    shown = placing.show(desk)
    return placing.look_at_block(desk, place, column, text, _columns(shown.sheet, more=_more(form)))


def _previewed(pasted: Pasted, sheet: Sheet, texts: Texts) -> dict[str, Any]:
    """Return what a block would change, in words."""
    from outreach.reporting.sheet_edits import named_rows

    rows = named_rows(sheet)
    taken = [
        Preview(_title(sheet, rows[one.place]), header_in(one.column, texts.language), plain(one.seen), plain(one.text))
        for one in pasted.taken
    ]
    refused = [
        Preview(
            _title(sheet, rows[one.edit.place]), header_in(one.edit.column, texts.language), plain(one.there),
            plain(one.edit.text), *_sentence(one.why, texts),
        )
        for one in pasted.refused
    ]  # fmt: skip
    return {
        "cells": len(taken),
        "shown": [*refused[:MOST_PREVIEWED], *taken[:MOST_PREVIEWED]],
        "refused": len(refused),
        "beyond": max(0, len(taken) - MOST_PREVIEWED),
        "rows_beyond": pasted.block.rows_beyond,
        "columns_beyond": pasted.block.columns_beyond,
        "mark": pasted.mark,
        "place": pasted.place,
        "column": pasted.column,
        "text": pasted.text,
    }


def _keep(request: Request, form: FormData) -> Response:
    """Put a block into the sheet that was looked at."""
    desk = _desk(request)
    page = Page(request, desk, "places")
    with desk.lock:
        try:
            pasted = _look(desk, form)
            if pasted.mark != form.get("mark"):
                desk.note("places.note-look-again", failed=True)
                return _shown(page, desk, _number(form.get("page", "")), more=_more(form), pasted=pasted)
            edited = placing.keep_block(desk, pasted)
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk, form)
        cells = len(pasted.taken)
        desk.note("places.note-pasted", cells=cells)
        if edited.refused:
            return _again(page, desk, form, edited.refused)
    return _back(desk, form)


def _undone(request: Request, form: FormData) -> Response:
    """Take the last change back."""
    desk = _desk(request)
    texts = Page(request).texts
    with desk.lock:
        try:
            done, edited = placing.undo_last(desk, _number(form.get("number", "")))
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk, form)
        desk.note("places.note-undone", change=_called(done, edited.sheet, texts))
        for why in list(dict.fromkeys(one.why for one in edited.refused))[:MOST_NOTES]:
            desk.note("places.note-not-undone", failed=True, why=texts.message(why)[0])
    return _back(desk, form)


def _add(request: Request, form: FormData) -> Response:
    """Put a place that a person names at the end of the sheet."""
    desk = _desk(request)
    address = str(form.get("address", "")).strip()
    with desk.lock:
        try:
            placing.add(desk, address, Page(request).texts.language)
            desk.note("places.note-added", place=plain(address))
        except OutreachError as err:
            page = Page(request, desk, "places")
            typed = address, *_why_not_added(desk, address, err, page.texts)
            return _shown(page, desk, _number(form.get("page", "")), more=_more(form), typed=typed)
    return _back(desk, form, last=True)


def _why_not_added(desk: Desk, address: str, error: OutreachError, texts: Texts) -> tuple[str, str]:
    """Return why a place is not added, and in which language."""
    from outreach.keys import identify

    if isinstance(error, UnknownResourceError):
        return texts("places.no-place"), texts.language
    sheet, key = placing.show(desk).sheet, identify(address).key
    row = next((row for row, keys in sheet.named.items() if key in keys), None) if sheet else None
    if sheet and row is not None:
        return texts("places.there-already", place=_title(sheet, row)), texts.language
    return f"{plain(error.message)}. {plain(error.hint)}" if error.hint else plain(error.message), "en"


def _sizes(request: Request, form: FormData) -> Response:
    """Ask the platforms that the page names for sizes."""
    desk = _desk(request)
    try:
        sizes = placing.look_up_sizes(desk, Tokens())
        desk.note("places.note-sizes", known=sizes.known, places=sizes.asked)
        if sizes.left:
            desk.note("places.note-sizes-left", places=sizes.left)
        for why, places in sorted(sizes.reasons.items())[:MOST_NOTES]:
            desk.note("places.note-no-size", failed=True, places=places, why=why)
    except OutreachError as err:
        desk.note_failure(err)
    return _back(desk, form)


def _changed(request: Request) -> Response:
    """Tell a page whether somebody wrote the sheet since it was made."""
    desk = _desk(request)
    with desk.lock:
        same = placing.mark_of(desk) == request.query_params.get("mark", "")
    if same:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return render(Page(request), "places_changed.html", base=_base(desk), changed=True)


def _file(request: Request) -> Response:
    """Give the sheet itself."""
    desk = _desk(request)
    with desk.lock:
        try:
            name, content = placing.content(desk)
        except OutreachError as err:
            return failed(Page(request, desk, "places"), err)
    kind = MEDIA.get(name[name.rfind(".") :].lower(), "application/octet-stream")
    return Response(
        content, media_type=kind, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


ROUTES: Final = (
    Route("/c/{id}/places", _page, methods=["GET"]),
    Route("/c/{id}/places/changed", _changed, methods=["GET"]),
    Route("/c/{id}/places/file", _file, methods=["GET"]),
    Route("/c/{id}/places/cell", with_form(_cell), methods=["POST"]),
    Route("/c/{id}/places/row", with_form(_row), methods=["POST"]),
    Route("/c/{id}/places/paste", with_form(_paste), methods=["POST"]),
    Route("/c/{id}/places/keep", with_form(_keep), methods=["POST"]),
    Route("/c/{id}/places/undo", with_form(_undone), methods=["POST"]),
    Route("/c/{id}/places/add", with_form(_add), methods=["POST"]),
    Route("/c/{id}/places/sizes", with_form(_sizes), methods=["POST"]),
)
