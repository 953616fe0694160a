"""Step 1: the customers' lists, how each file was understood, and what is asked of the user."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import measuring, reading, uploads
from outreach.app.downloads import attachment
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.errors import OutreachError
from outreach.messages import LANGUAGES, describe, message
from outreach.reporting.words import plain
from outreach.words.columns import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk, Written
    from outreach.app.texts import Texts
    from outreach.files.contract import Skipped
    from outreach.likes import Likes
    from outreach.likes.check import Checked
    from outreach.likes.plan import ReadPlan, SourceTable
    from outreach.likes.tables.contract import Shape
    from outreach.messages import Message
    from outreach.words.columns import Mapped

__all__ = ["ROUTES", "UPLOADS"]

UPLOADS: Final = "/lists/files"
"""End of the path that takes files."""
ROWS_SHOWN: Final = 5
LINES_SHOWN: Final = 5
CUSTOMERS_SHOWN: Final = 200
CUSTOMERS_IN_WORKBOOK: Final = 10
WORKBOOK: Final = "follows.xlsx"


@dataclass(frozen=True, slots=True)
class Row:
    """One like as it was understood: customer, place, its platform, its size as a text."""

    customer: str
    place: str
    platform: str
    subscribers: str


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a file: how it was understood."""

    label: str
    read_as: tuple[str, str]
    understood: str
    notes: tuple[tuple[str, str], ...]
    why: tuple[str, str]
    not_used: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were not used: how many, the sentence and its language, the lines of the first."""

    rows: int
    sentence: str
    language: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One file: what it was taken for, its first rows, what of it was not used.

    Args:
        title: What the page calls it.
        path: Its path in the folder of lists, by which it is put aside; empty for files elsewhere.
        name: By which an answer about it is kept.
        parts: Its tables.
        customers: With a list in it.
        likes: In it.
        reasons: Why rows were not used.
        rows: The first as understood.
        answered: Whether the user said how to read it.

    """

    title: str
    path: str
    name: str
    parts: tuple[Part, ...]
    customers: int
    likes: int
    reasons: tuple[Reason, ...]
    rows: tuple[Row, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A file that can be read in several ways: why it is asked, and each answer with its text."""

    title: str
    name: str
    why: str
    language: str
    answers: tuple[tuple[str, str], ...]
    path: str
    is_report: bool


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file, or a part of one, that was not read.

    Args:
        title: What the page calls it.
        why: It was not.
        language: Of that.
        hint: The way out.
        path: In the folder of lists, by which the file is put aside; empty where an earlier one names it.
        is_report: Whether the page of results reads it.

    """

    title: str
    why: str
    language: str
    hint: str
    path: str
    is_report: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """What the parts of the page have in common: whether customers are called by their names, and how."""

    desk: Desk
    texts: Texts
    names: Mapping[str, str]
    hidden: frozenset[str]
    named: bool

    def title(self, label: str, number: int) -> str:
        """Return what a file is called: its path, or a number where that holds the name of a customer to be hidden."""
        short = self.desk.short(label)
        folded = short.casefold()
        return self.texts("lists.file-number", number=number) if any(one in folded for one in self.hidden) else short


def _lists(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "lists")
    named = request.query_params.get("names") == "1"
    asked = request.query_params.get("ask", "")
    ask = asked if asked in LANGUAGES else page.texts.language
    from outreach.reporting.collect_words import words_in

    values: dict[str, Any] = {"named": named, "ask": ask, "message": words_in(ask).question}
    with desk.lock:
        try:
            if not desk.has_lists(desk.campaign()):
                return render(page, "lists.html", empty=True, **values)
            values |= _found(desk.checked(named=named, seconds=reading.PATIENCE_SECONDS), desk, page.texts, named=named)
        except OutreachError as err:
            return failed(page, err)
    return render(page, "lists.html", empty=False, **values)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _found(checked: Checked, desk: Desk, texts: Texts, *, named: bool) -> dict[str, Any]:
    """Return what the page shows of lists that were read."""
    from outreach.likes.examples import likes_by_customer

    likes = checked.likes
    people = likes_by_customer(likes) if likes is not None else []
    numbers = enumerate((label for label, _ in people), start=1)
    names = {label: label if named else texts("lists.customer", number=number) for number, label in numbers}
    hidden = frozenset() if named else frozenset(label.casefold() for label in names)
    look = _Look(desk, texts, names, hidden, named)
    cards = _cards(checked, look)
    asked = [one for one in checked.skipped if one.choices]
    others = [one for one in checked.skipped if not one.choices and not one.quiet]
    offered = {card.path for card in cards}
    missed = [_passed_over(one, look, offered) for one in others if one.wanted]
    left_out = [_passed_over(one, look, offered) for one in others if not one.wanted]
    return {
        "customers": likes.customers if likes is not None else 0,
        "likes": len(likes.likes) if likes is not None else 0,
        "rejected": likes.rejected_count if likes is not None else 0,
        "cards": cards,
        "questions": [_question(one, look, number) for number, one in enumerate(asked, start=len(cards) + 1)],
        "missed": missed,
        "left_out": left_out,
        "remarks": [texts.sentence(one) for one in checked.remarks],
        "people": [(names[label], count) for label, count in people[:CUSTOMERS_SHOWN]],
        "more_people": max(0, len(people) - CUSTOMERS_SHOWN),
    }


def _cards(checked: Checked, look: _Look) -> list[Card]:
    """Return a card for each file that was read, in the order of reading."""
    likes = checked.likes
    if likes is None:
        return []
    from outreach.likes.examples import customers_in
    from outreach.likes.rejected import rejections_by_table

    tables = likes.gathering.tables
    rows = checked.table.head(len(tables))
    reasons = rejections_by_table(likes.gathering)
    lines = _first_lines(likes) if likes.rejections else {}
    answered = look.desk.campaign().settings.reading
    files: dict[str, list[int]] = {}
    for number, table in enumerate(tables):
        files.setdefault(_file_of(look.desk, table.label), []).append(number)
    cards = []
    for place, (file, numbers) in enumerate(files.items(), start=1):
        labels = {tables[number].label for number in numbers}
        counts: Counter[Message] = Counter()
        for number in numbers:
            counts.update({one.reason: one.rows for one in reasons[number]})
        why = tuple(_reason(one, count, lines, labels, look.texts) for one, count in counts.most_common())
        name = PurePath(file).name
        cards.append(
            Card(
                title=look.title(file, place),
                path=_path_in_lists(look.desk, file),
                name=name,
                parts=tuple(_part(rows[number], tables[number], file, look) for number in numbers),
                customers=customers_in(likes, numbers),
                likes=sum(rows[number]["likes"] or 0 for number in numbers),
                reasons=why,
                rows=_rows(likes, numbers, look),
                answered=name in answered,
            )
        )
    return cards


def _file_of(desk: Desk, label: str) -> str:
    """Return the file that a table's label begins with: it may go on with a tab or with a member of an archive."""
    for sign in (": ", ", tab "):
        before, found, _ = label.partition(sign)
        if found and (desk.folder / desk.short(before)).is_file():
            return before
    return label


def _path_in_lists(desk: Desk, label: str) -> str:
    """Return the path of a file in the folder that takes lists, empty for files elsewhere."""
    path = Path(os.path.realpath(desk.folder / desk.short(label)))
    lists = desk.lists_folder()
    return path.relative_to(lists).as_posix() if path.is_relative_to(lists) and path.is_file() else ""


def _part(row: Mapping[str, Any], table: SourceTable, file: str, look: _Look) -> Part:
    """Return one table of a file; tabs that may bear a customer's name have numbers where names are hidden."""
    from outreach.likes.check import unused_in

    plan, texts = table.plan, look.texts
    return Part(
        label=row["source"].removeprefix(file).lstrip(":, ") if row["source"] != file else "",
        read_as=texts.message(plan.kind),
        understood=_columns(plan.layout, texts) if plan.layout else _columns(plan, texts),
        notes=tuple(texts.message(one) for one in table.notes),
        why=texts.message(plan.why) if plan.why and not plan.export else ("", ""),
        not_used=texts.message(unused)[0] if (unused := unused_in(plan, named=look.named)) else "",
        encoding=row["encoding"] or "",
    )


def _columns(read: ReadPlan | Shape, texts: Texts) -> str:
    """Return which column says what, of a table where each column says one thing."""
    mapped: Mapped | None = getattr(read, "mapped", None)
    if mapped is None:
        return ""
    found = []
    for role, at in sorted(mapped.positions.items(), key=lambda item: ROLES.index(item[0])):
        column = mapped.headers[at] if mapped.headers else message("column-number", number=at + 1)
        found.append(message("column-of-role", role=message(f"role-{role}"), column=column))
    return ", ".join(texts.message(one)[0] for one in found)


def _first_lines(likes: Likes) -> dict[tuple[str, str], list[int]]:
    """Return the first lines that were not used, by file and reason."""
    lines: dict[tuple[str, str], list[int]] = {}
    for row in likes.rejected(limit=LINES_SHOWN).head():
        if row["line"]:
            lines.setdefault((row["source"], row["reason"]), []).append(row["line"])
    return lines


def _reason(
    why: Message, rows: int, lines: Mapping[tuple[str, str], list[int]], labels: set[str], texts: Texts
) -> Reason:
    told = describe(why)
    found = sorted(
        line for (label, reason), some in lines.items() if reason == told and label in labels for line in some
    )
    return Reason(rows, *texts.message(why), tuple(found[:LINES_SHOWN]))


def _rows(likes: Likes, numbers: Sequence[int], look: _Look) -> tuple[Row, ...]:
    """Return the first likes of a file as they were understood."""
    from outreach.likes.examples import examples
    from outreach.reporting.collect_words import platform_title
    from outreach.sheet.facts import own_words

    return tuple(
        Row(
            look.names.get(one.customer, one.customer),
            plain(one.name or "") or plain(own_words(one.resource)),
            platform_title(one.platform, look.texts.language),
            look.texts.number(one.subscribers) if one.subscribers is not None else "",
        )
        for one in examples(likes, numbers, ROWS_SHOWN)
    )


def _question(one: Skipped, look: _Look, number: int) -> Question:
    """Return what is asked about a file: its answers are options of reading."""
    file = _file_of(look.desk, one.source)
    sentence, language = look.texts.message(one.why)
    if language != look.texts.language:  # what is asked is the same in each of its sentences
        sentence, language = look.texts(f"lists.why-{one.choices[0][0].replace('_', '-')}"), look.texts.language
    answers = tuple((f"{option}={value}", _answer_text(option, value, look.texts)) for option, value in one.choices)
    path = _path_in_lists(look.desk, file)
    return Question(
        look.title(one.source, number), PurePath(file).name, sentence, language, answers, path, _is_report(look, path)
    )


def _answer_text(option: str, value: str, texts: Texts) -> str:
    """Return what an answer means in words."""
    if option == "columns":
        return texts("answers.columns", columns=value.replace("=", " ").replace(",", ", "))
    return texts(f"answers.{option.replace('_', '-')}-{value}")


def _passed_over(one: Skipped, look: _Look, offered: set[str]) -> PassedOver:
    """Return a file that was left out.

    Args:
        one: Which, and why.
        look: What the parts of the page have in common.
        offered: Files that can be put aside already; this one joins them.

    """
    short = look.desk.short(one.source)
    hide = any(label in short.casefold() for label in look.hidden)
    path = _path_in_lists(look.desk, _file_of(look.desk, one.source))
    path = "" if path in offered else path
    offered.add(path)
    title = look.texts("lists.a-file") if hide else short
    return PassedOver(title, *look.texts.message(one.why), one.hint, path, _is_report(look, path))


def _is_report(look: _Look, path: str) -> bool:
    return bool(path) and measuring.is_report(look.desk.lists_folder() / path)


def _take(request: Request, form: FormData) -> Response:
    """Keep files that were dropped or chosen."""
    desk = _desk(request)
    given = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    try:
        with desk.lock:
            written = [uploads.keep_file(desk, one.filename or "", one.file) for one in given]
            desk.added.extend(one for one in written if one)
    except OutreachError as err:
        desk.note_failure(err)
        return _back(request)
    _note_written(desk, [one for one in written if one])
    return _back(request)


def _paste(request: Request, form: FormData) -> Response:
    """Keep a pasted list as a file."""
    desk = _desk(request)
    text = str(form.get("text", ""))
    if not text.strip():
        desk.note("notes.nothing-pasted", failed=True)
        return _back(request)
    try:
        with desk.lock:
            desk.added.append(uploads.keep_text(desk, text))
            _note_written(desk, desk.added[-1:])
    except OutreachError as err:
        desk.note_failure(err)
    return _back(request)


def _note_written(desk: Desk, written: Sequence[Written]) -> None:
    replaced = sum(one.replaced for one in written)
    if not written:
        desk.note("notes.no-files", failed=True)
    elif replaced:
        desk.note("notes.files-replaced", files=len(written), replaced=replaced)
    else:
        desk.note("notes.files", files=len(written))


def _remove(request: Request, form: FormData) -> Response:
    """Put a file of lists aside."""
    desk = _desk(request)
    try:
        with desk.lock:
            uploads.put_aside(desk, str(form.get("path", "")))
        desk.note("notes.put-aside")
    except OutreachError as err:
        desk.note_failure(err)
    return _back(request)


def _answer(request: Request, form: FormData) -> Response:
    """Keep an answer about a file in the campaign's file, or take it back."""
    from outreach.campaign.answering import keep_answer
    from outreach.campaign.settings import OF_READING

    desk = _desk(request)
    option, _, value = str(form.get("answer", "")).partition("=")
    try:
        if option and option not in OF_READING:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        answer = {option: OF_READING[option](value)} if option else {}
        with desk.lock:
            keep_answer(desk.campaign().file, str(form.get("file", "")), answer)
        desk.note("notes.answer-kept" if answer else "notes.answer-taken-back")
    except OutreachError as err:
        desk.note_failure(err)
    return _back(request)


def _back(request: Request) -> Response:
    named = "?names=1" if request.query_params.get("names") == "1" else ""
    return see(f"/c/{request.path_params['id']}/lists{named}")


def _workbook(request: Request) -> Response:
    """Give the empty workbook, as ``outreach collect`` writes it."""
    from outreach.reporting.collect_sheet import collect_book, empty_tabs

    desk = _desk(request)
    asked = request.query_params.get("ask", "")
    language = asked if asked in LANGUAGES else Page(request).texts.language
    tabs = empty_tabs(CUSTOMERS_IN_WORKBOOK, desk.campaign().settings.platforms, language)
    return attachment(collect_book(tabs, language, WORKBOOK), WORKBOOK)


ROUTES: Final = (
    Route("/c/{id}/lists", _lists, methods=["GET"]),
    Route("/c/{id}/lists/follows.xlsx", _workbook, methods=["GET"]),
    Route(f"/c/{{id}}{UPLOADS}", with_form(_take), methods=["POST"]),
    Route("/c/{id}/lists/text", with_form(_paste), methods=["POST"]),
    Route("/c/{id}/lists/remove", with_form(_remove), methods=["POST"]),
    Route("/c/{id}/lists/answer", with_form(_answer), methods=["POST"]),
)
