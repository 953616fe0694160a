"""Step 5: the brief as a form, and a text for each place to copy, to change, and to write down when it is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from outreach.app import drafting
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.campaign.clock import this_day
from outreach.errors import OutreachError
from outreach.messages import Message
from outreach.reporting.collect_words import platform_title
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from outreach.app.desk import Desk
    from outreach.app.drafting import Work
    from outreach.app.texts import Texts
    from outreach.teasers.drafts import Draft, Unfit

__all__ = ["ROUTES"]

SEVERAL: Final = ("problem", "solution", "bonus")
"""Answers that may come in several versions."""
NEEDED: Final = ("problem", "solution", "url", "campaign")
COPIES: Final[Mapping[str, str]] = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
"""Forms in which texts can be saved."""
OUT: Final = ("published", "removed")


@dataclass(frozen=True, slots=True)
class Chip:
    """One text in the list: its name in addresses, what it is called, its network, how far it is."""

    name: str
    title: str
    platform: str
    status: str
    too_long: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a text is to its network: a sentence, whether that is too long, and what "more" hides of it."""

    sentence: str
    too_long: bool
    shown: str
    hidden: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as the page shows it."""

    name: str
    title: str
    platform: str
    address: str
    heading: str
    text: str
    comment: str
    link: str
    link_place: str
    carried: bool
    measure: Measure
    warnings: Sequence[tuple[str, str]]
    rules: str
    promo: str
    status: str
    is_out: bool
    sent: bool
    edited: bool
    post_url: str
    day: str
    state: str


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "texts")
    with desk.lock:
        try:
            return _shown(page, desk, drafting.answers_in(desk))
        except OutreachError as err:
            return failed(page, err)


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _shown(
    page: Page,
    desk: Desk,
    answers: Mapping[str, Sequence[str]],
    fault: OutreachError | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    """Return the page.

    Args:
        page: In the making.
        desk: The campaign.
        answers: Of the brief.
        fault: What is wrong with them.
        typed: Name of a text, and what was typed into it and could not be kept.

    """
    texts = page.texts
    work = drafting.work_on(desk)
    drafts = list(work.drafts) if work else []
    wanted = typed[0] or page.request.query_params.get("place", "")
    chosen = next((one for one in drafts if one.tags["utm_content"] == wanted), None)
    chosen = chosen or next((one for one in drafts if not one.frozen), drafts[0] if drafts else None)
    chips = [_chip(one, texts) for one in drafts]
    after = _following(drafts, chosen)
    values: dict[str, Any] = {
        "brief": work.brief if work else None,
        "fields": _fields(answers),
        "needed": NEEDED,
        "several": SEVERAL,
        "questions": _questions(texts.language),
        "brief_open": fault is not None or not drafts or page.request.query_params.get("brief") == "1",
        "fault": fault,
        "faults": _faults(fault, texts),
        "chips": chips,
        "one": _one(work, chosen, texts, typed[1]) if work and chosen else None,
        "next_name": after.tags["utm_content"] if after else "",
        "next_title": _title(after) if after else "",
        "unwritten": work.unwritten if work else 0,
        "unfit": [(_of_unfit(one, texts)) for one in work.drafted.unfit] if work else [],
        "remarks": [texts.sentence(one) for one in work.remarks] if work else [],
        "too_long": [chip for chip in chips if chip.too_long],
        "today": this_day().isoformat(),
        "previews": [],
        "waiting": "",
    }
    if values["brief_open"]:
        values |= _previews(desk, answers, texts)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(page, "teasers.html", status, **values)


def _faults(fault: OutreachError | None, texts: Texts) -> dict[str, tuple[str, str]]:
    """Return what is wrong by the field, each with its language; nothing where that is not all of it."""
    from outreach.teasers.brief import UnusableBriefError

    if not isinstance(fault, UnusableBriefError) or fault.others or not fault.answers.keys() <= set(drafting.FIELDS):
        return {}
    found = {name: (plain(why), "en") for name, why in fault.answers.items()}
    return found | ({"url": (texts("texts.fault-url"), texts.language)} if "url" in found else {})


def _following(drafts: Sequence[Draft], chosen: Draft | None) -> Draft | None:
    """Return the next text that did not go out yet."""
    at = drafts.index(chosen) + 1 if chosen else 0
    return next((one for one in [*drafts[at:], *drafts[:at]] if not one.frozen and one is not chosen), None)


def _fields(answers: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {name: answers.get(name) or ("",) for name in drafting.FIELDS}


def _questions(language: str) -> Mapping[str, str]:
    from outreach.teasers.questions import questions_in

    return questions_in(language).names


def _chip(one: Draft, texts: Texts) -> Chip:
    too_long = not one.frozen and _measure(one.text, one, texts).too_long
    return Chip(
        one.tags["utm_content"], _title(one), platform_title(one.platform, texts.language), one.status, too_long
    )


def _title(one: Draft) -> str:
    from outreach.sheet.facts import own_words

    return plain(one.name) or plain(own_words(one.resource))


def _measure(text: str, one: Draft, texts: Texts) -> Measure:
    """Return how long a text is to the network of a draft, in a sentence."""
    from outreach.teasers.lengths import at_fold, measure

    found = measure(text, one.platform, limit=one.limit, picture=one.picture)
    name = platform_title(one.platform, texts.language)
    if found.limit is None:
        sentence = texts("texts.length-free", length=found.length, network=name)
    elif found.over:
        code = "texts.length-over-bytes" if found.unit == "bytes" else "texts.length-over"
        sentence = texts(code, over=found.over, length=found.length, limit=found.limit, network=name)
    else:
        sentence = texts("texts.length", length=found.length, limit=found.limit, network=name)
    return Measure(sentence, found.over > 0, *at_fold(text, one.platform))


def _one(work: Work, draft: Draft, texts: Texts, typed: str = "") -> Shown:
    """Return the text that is shown; what was typed and could not be kept stands in its place, to be sent again."""
    from outreach.teasers.draft_checks import carries

    placement = work.placement(draft)
    target = next((one for one in work.targets if one.resource == draft.resource), None)
    edited = work.edited(draft)
    published = (placement.published_at or "")[:10] if placement else ""
    return Shown(
        name=draft.tags["utm_content"],
        title=_title(draft),
        platform=platform_title(draft.platform, texts.language),
        address=target.url if target else "",
        heading=draft.title,
        text=typed or draft.text,
        comment=draft.comment,
        link=draft.link,
        link_place=draft.link_place,
        carried=draft.link_place != "text" or carries(typed or draft.text, draft.link),
        measure=_measure(typed or draft.text, draft, texts),
        warnings=_warnings(draft, work, texts, edited=edited),
        rules=draft.rules,
        promo=draft.promo,
        status=draft.status,
        is_out=draft.status in OUT,
        sent=draft.frozen,
        edited=edited,
        post_url=(placement.post_url or "") if placement else "",
        day=texts.day(date.fromisoformat(published)) if published else "",
        state=drafting.state_of(draft.text, draft.comment),
    )


def _warnings(draft: Draft, work: Work, texts: Texts, *, edited: bool) -> list[tuple[str, str]]:
    """Return what a person should look at: of an edited text what the check finds, else what the draft says."""
    if draft.frozen:
        return []
    return _sentences(work.findings(draft) if edited else draft.warnings, texts)


def _sentences(found: Iterable[Message], texts: Texts) -> list[tuple[str, str]]:
    """Return what is to be looked at; the label before it is for those who filter by it in files."""
    bare = (what if one.code == "labelled" and isinstance(what := one["what"], Message) else one for one in found)
    return [texts.sentence(one) for one in bare]


def _of_unfit(one: Unfit, texts: Texts) -> tuple[str, str, str]:
    """Return a place without a text: what it is called, why, and in which language."""
    from outreach.sheet.facts import own_words

    return (plain(own_words(one.resource)), *texts.message(one.reason))


def _previews(desk: Desk, answers: Mapping[str, Sequence[str]], texts: Texts) -> dict[str, Any]:
    """Return what answers give in each network, or what is still missing."""
    from outreach.teasers.drafts import Draft

    if missing := [name for name in NEEDED if not any(one.strip() for one in answers.get(name, ()))]:
        names = ", ".join(texts(f"texts.field-{name}") for name in missing)
        return {"previews": [], "waiting": texts("texts.preview-waits", names=names), "preview_fault": None,
                "preview_faults": {}}  # fmt: skip
    try:
        found = drafting.preview(desk, answers, texts.language)
    except OutreachError as err:
        return {"previews": [], "waiting": "", "preview_fault": err, "preview_faults": _faults(err, texts)}
    shown: list[tuple[str, Measure | None, list[tuple[str, str]], str]] = []
    for one in found:
        name = platform_title(one.platform, texts.language)
        if isinstance(one, Draft):
            shown.append((name, _measure(one.text, one, texts), _sentences(one.warnings, texts), one.comment))
        else:
            shown.append((name, None, [texts.sentence(one.reason)], ""))
    return {"previews": shown, "waiting": "", "preview_fault": None, "preview_faults": {}}


def _answers(form: FormData) -> dict[str, list[str]]:
    """Return what was typed into the form of the brief."""
    answers = {
        name: [str(one).replace("\r\n", "\n").strip() for one in form.getlist(name)]
        for name in drafting.FIELDS
        if name in form
    }
    if "url" in answers:
        answers["url"] = [drafting.with_scheme(one) for one in answers["url"]]
    return answers


def _preview(request: Request, form: FormData) -> Response:
    """Show what the answers give so far; nothing is kept."""
    desk = _desk(request)
    part = Page(request)  # of a page: it leaves the notes to the whole one
    with desk.lock:
        values = _previews(desk, _answers(form), part.texts)
    return render(part, "teasers_preview.html", base=f"/c/{desk.id}/texts", **values)


def _brief(request: Request, form: FormData) -> Response:
    """Keep the brief, and write the texts of all places."""
    desk = _desk(request)
    page = Page(request, desk, "texts")
    answers = _answers(form)
    with desk.lock:
        try:
            drafting.save_brief(desk, answers, page.texts.language)
        except OutreachError as err:
            return _shown(page, desk, answers, err)
        _write_all(desk)
    return _back(desk)


def _write(request: Request, _form: FormData) -> Response:
    """Write the texts that are not written yet."""
    desk = _desk(request)
    with desk.lock:
        _write_all(desk)
    return _back(desk)


def _write_all(desk: Desk) -> None:
    try:
        written = drafting.write(desk)
        desk.note("texts.note-written" if written else "texts.note-no-places", texts=written)
    except OutreachError as err:
        desk.note_failure(err)


def _back(desk: Desk, place: str = "") -> Response:
    return see(f"/c/{desk.id}/texts{'?' + urlencode({'place': place}) if place else ''}")


def _measure_again(request: Request, form: FormData) -> Response:
    """Show how long a text is while it is typed."""
    desk = _desk(request)
    part = Page(request)
    with desk.lock:
        work = drafting.work_on(desk)
        if work is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        measure = _measure(_typed(form, "text"), work.draft(str(form.get("name", ""))), part.texts)
    return render(part, "teasers_measure.html", measure=measure)


def _typed(form: FormData, name: str) -> str:
    return str(form.get(name, "")).replace("\r\n", "\n").strip()


def _edit(request: Request, form: FormData) -> Response:
    """Keep a text that was changed on the page; where it cannot be kept it stays there."""
    desk = _desk(request)
    name, text = str(form.get("name", "")), _typed(form, "text")
    comment = _typed(form, "comment") if "comment" in form else None
    with desk.lock:
        try:
            drafting.edit(desk, name, text, comment, str(form.get("seen", "")))
            desk.note("texts.note-kept")
        except OutreachError as err:
            desk.note_failure(err)
            return _shown(Page(request, desk, "texts"), desk, drafting.answers_in(desk), typed=(name, text))
    return _back(desk, name)


def _publish(request: Request, form: FormData) -> Response:
    """Write down that a post is out, and look for its link in what was published."""
    desk = _desk(request)
    texts = Page(request, desk, "texts").texts
    name = str(form.get("name", ""))
    typed = {"post_url": str(form.get("address", "")), "day": str(form.get("day", ""))}
    called = {"post_url": texts("texts.out-address"), "day": texts("texts.out-day")}
    with desk.lock:
        try:
            one, findings, other = drafting.publish(desk, name, typed, _typed(form, "posted"), called)
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk, name)
        desk.note("texts.note-out", place=plain(one.name or one.resource))
        if other:
            desk.note("texts.note-other-place", failed=True, place=plain(other))
        for finding in findings:
            desk.note("texts.note-odd", failed=True, why=texts.sentence(finding)[0])
        if not findings and form.get("posted"):
            desk.note("texts.note-link-right")
    return _back(desk, name)


def _take_back(request: Request, form: FormData) -> Response:
    """Write down that a post is not out after all."""
    desk = _desk(request)
    name = str(form.get("name", ""))
    with desk.lock:
        try:
            drafting.take_back(desk, name)
            desk.note("texts.note-back")
        except OutreachError as err:
            desk.note_failure(err)
    return _back(desk, name)


def _copy(request: Request) -> Response:
    """Give a text as a file, or all of them."""
    desk = _desk(request)
    form = request.path_params["form"]
    if form not in COPIES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.lock:
        try:
            name, content = drafting.copy(desk, form, request.query_params.get("place", ""))
        except OutreachError as err:
            return failed(Page(request, desk, "texts"), err)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=COPIES[form], headers=headers)


ROUTES: Final = (
    Route("/c/{id}/texts", _page, methods=["GET"]),
    Route("/c/{id}/texts/copy/{form}", _copy, methods=["GET"]),
    Route("/c/{id}/texts/brief", with_form(_brief), methods=["POST"]),
    Route("/c/{id}/texts/preview", with_form(_preview), methods=["POST"]),
    Route("/c/{id}/texts/write", with_form(_write), methods=["POST"]),
    Route("/c/{id}/texts/measure", with_form(_measure_again), methods=["POST"]),
    Route("/c/{id}/texts/edit", with_form(_edit), methods=["POST"]),
    Route("/c/{id}/texts/out", with_form(_publish), methods=["POST"]),
    Route("/c/{id}/texts/back", with_form(_take_back), methods=["POST"]),
)
