"""What the campaign's file says, as a form; and the tokens of this computer, which are written and never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.campaign.clock import this_day
from outreach.campaign.editing import MANY, NUMBERS, keep_settings, setting_as_text, setting_typed
from outreach.campaign.settings import ACCEPTS_POSTS, OF_READING
from outreach.campaign.writing import DEFAULTS, question
from outreach.errors import InputError, OptionError, OutreachError
from outreach.messages import LANGUAGES
from outreach.remote.tokens import forget_token, keep_token, known_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.desk import Desk
    from outreach.app.texts import Texts
    from outreach.campaign.settings import Campaign

__all__ = ["ROUTES"]

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "campaign": ("client", "market", "language", "my_language", "currency", "field", "budget"),
    "ranking": ("min_subscribers", "accepts_posts", "topic", "own", "exclude", "platforms"),
    "results": ("goal", "visits", "exclude_ip"),
    "writer": tuple(
        f"writer.{name}"
        for name in ("name", "role", "company", "specialisation", "years", "contact", "proof", "published", "offer")
    ),
}  # fmt: skip
"""What is asked, part by part."""
TYPED: Final = tuple(name for names in GROUPS.values() for name in names)
PATHS: Final = (
    "lists", "same_as", "customers", "sheet", "brief", "drafts", "results", "db", "templates", "logo",
)  # fmt: skip
"""Settings that name files: no page changes where files are read and written."""
SUGGESTED: Final[Mapping[str, tuple[str, ...]]] = {
    "market": ("RU", "GR", "LV", "AM", "EU", "US"),
    "language": LANGUAGES,
    "currency": ("EUR", "RUB", "AMD", "USD", "GBP"),
    "field": ("health", "finance", "law"),
}
LONG: Final = frozenset({"writer.offer"})
"""Texts of several lines."""
ASKED_OF_FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "read_as": ("long", "list", "columns", "matrix", "rows", "blocks", "page", "survey"),
    "customer_is": ("column", "file", "tab", "folder"),
}
WANTED: Final[Mapping[str, str]] = {
    "budget": "settings.wants-sum",
    "currency": "settings.wants-currency",
    "min_subscribers": "settings.wants-number",
    "writer.years": "settings.wants-number",
}
"""What is said of an answer that cannot be used, in the reader's language; of others what the file's check says."""
MOST_FILES: Final = 200
WITHOUT_NEED: Final = frozenset({"github"})
"""Platforms that answer without a token, and answer more with one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as the form shows it.

    Args:
        name: In the file.
        label: What it is.
        kind: ``text``, ``number``, ``lines``, ``choice`` or ``several``.
        value: As it is typed.
        before: What the file said when the page was made.
        options: Value and text of each that can be chosen, or that is suggested.
        fault: What is wrong with what was typed.
        usual: What holds where nothing is set.

    """

    name: str
    label: str
    kind: str
    value: str
    before: str
    options: Sequence[tuple[str, str]]
    fault: str
    usual: str

    @property
    def chosen(self) -> Sequence[str]:
        """The values, where several can be chosen."""
        return self.value.split("\n")


@dataclass(frozen=True, slots=True)
class Answered:
    """How one file of lists is to be read: its name, the answer to each question, and both as one text."""

    file: str
    answers: Mapping[str, str]
    before: str


@dataclass(frozen=True, slots=True)
class Token:
    """What one service wants to know its user by; its value is nowhere here.

    Args:
        variable: Of the environment.
        service: What the service is called.
        kind: ``token``, ``client-id`` or ``address``.
        purposes: What it is for.
        token_from: Where to get it, in English.
        state: Whether it is there, and since when.
        saved: Whether it can be removed.

    """

    variable: str
    service: str
    kind: str
    purposes: Sequence[str]
    token_from: str
    state: str
    saved: bool


def _page(request: Request) -> Response:
    """Show the page."""
    desk = _desk(request)
    page = Page(request, desk, "settings")
    with desk.lock:
        try:
            campaign = desk.campaign()
        except OutreachError as err:
            return failed(page, err)
        return _shown(page, desk, campaign, {}, {})


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _shown(page: Page, desk: Desk, campaign: Campaign, typed: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    """Return the page with what was typed, and what is wrong with it."""
    texts, settings = page.texts, campaign.settings
    tokens, locked = _tokens(texts)
    answered = [_answered(file, answers) for file, answers in settings.reading.items()]
    names = {one.file for one in answered}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(
        page, "settings.html", status,
        groups={
            group: [_field(name, campaign, texts, typed, faults) for name in members]
            for group, members in GROUPS.items()
        },
        answered=answered,
        unanswered=[name for name in _names_of_lists(desk) if name not in names],
        asked_of_files=ASKED_OF_FILES,
        paths=[
            (question(name, texts.language), value)
            for name in PATHS
            if (value := "\n".join(_several(getattr(settings, name))))
        ],
        tokens=tokens,
        locked=locked,
        wanted=WANTED,
    )  # fmt: skip


def _several(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _field(name: str, campaign: Campaign, texts: Texts, typed: Mapping[str, str], faults: Mapping[str, str]) -> Field:
    before = _text(campaign, name)
    own = f"settings.{name.replace('.', '-').replace('_', '-')}"
    label = texts(own) if texts.has(own) else question(name, texts.language)
    kind, options = _choices(name, texts)
    usual = str(DEFAULTS.get(name, "")) if name in NUMBERS else ""
    return Field(name, label, kind, typed.get(name, before), before, options, faults.get(name, ""), usual)


def _text(campaign: Campaign, name: str) -> str:
    """Return a setting as the form has it: platforms in the order of the form."""
    text = setting_as_text(campaign.settings, name)
    return "\n".join(sorted(text.split("\n"))) if name == "platforms" else text


def _choices(name: str, texts: Texts) -> tuple[str, Sequence[tuple[str, str]]]:
    """Return how a setting is asked, and what can be chosen."""
    from outreach.app.texts import names_of_languages

    if name == "accepts_posts":
        return "choice", [(one, texts(f"ranking.posts-{one}")) for one in ACCEPTS_POSTS]
    if name == "my_language":
        return "choice", list(names_of_languages().items())
    if name == "platforms":
        from outreach.keys import PLATFORMS
        from outreach.reporting.collect_words import platform_title

        return "several", [(one, platform_title(one, texts.language)) for one in sorted(PLATFORMS)]
    if name in MANY or name in LONG:
        return "lines", ()
    return ("number" if name in NUMBERS else "text"), [(one, one) for one in SUGGESTED.get(name, ())]


def _answered(file: str, answers: Mapping[str, str]) -> Answered:
    shown = {**dict.fromkeys((*ASKED_OF_FILES, "columns"), ""), **answers}
    return Answered(file, shown, ";".join(f"{option}={value}" for option, value in sorted(answers.items())))


def _names_of_lists(desk: Desk) -> list[str]:
    """Return the names of the files in the folder of lists."""
    from outreach.files.walk import walk

    folder = desk.lists_folder()
    found = {os.path.basename(file) for file in walk(folder).files} if folder.is_dir() else set()  # noqa: PTH119
    return sorted(found)[:MOST_FILES]


def _save(request: Request, form: FormData) -> Response:
    """Keep what was changed on the page; where the file says something else meanwhile, it goes first."""
    desk = _desk(request)
    page = Page(request, desk, "settings")
    typed = {name: _typed(form, name) for name in TYPED if f"was-{name}" in form}
    before = {name: _line_ends(str(form.get(f"was-{name}", ""))) for name in typed}
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    kept: list[str] = []
    with desk.lock:
        try:
            campaign = desk.campaign()
            for name, text in typed.items():
                now = _text(campaign, name)
                if text in (before[name], now):
                    continue
                if now != before[name]:
                    kept.append(name)
                    continue
                try:
                    values[name] = setting_typed(campaign, name, text)
                except InputError as err:
                    wanted = WANTED.get(name)
                    told = "; ".join(filter(None, (err.message, err.hint)))
                    faults[name] = page.texts(wanted) if wanted else told
            if faults:
                return _shown(page, desk, campaign, typed, faults)
            keep_settings(campaign.file, values)
        except OutreachError as err:
            desk.note_failure(err)
            return _back(desk)
    if kept:
        labels = [_field(name, campaign, page.texts, {}, {}).label for name in kept]
        desk.note("settings.note-file-first", failed=True, names="; ".join(labels))
    if values or not kept:
        desk.note("settings.note-saved" if values else "settings.note-unchanged")
    return _back(desk)


def _typed(form: FormData, name: str) -> str:
    """Return what was typed into a field, a line each where there are several."""
    return _line_ends("\n".join(sorted(str(one) for one in form.getlist(name) if str(one))))


def _line_ends(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _back(desk: Desk, part: str = "") -> Response:
    return see(f"/c/{desk.id}/settings{part}")


def _reading(request: Request, form: FormData) -> Response:
    """Keep how one file of lists is to be read."""
    from outreach.campaign.answering import keep_answer

    desk = _desk(request)
    file = str(form.get("file", ""))
    try:
        with desk.lock:
            campaign = desk.campaign()
            known = campaign.settings.reading.get(file, {})
            if not known and file not in _names_of_lists(desk):
                raise InputError("there is no such file among the lists", hint="reload the page")
            if _answered(file, known).before != str(form.get("was", "")):
                desk.note("settings.note-file-first", failed=True, names=file)
                return _back(desk)
            chosen = {option: OF_READING[option](str(form.get(option, ""))) for option in ASKED_OF_FILES}
            answer = {**known, **chosen}
            keep_answer(campaign.file, file, {option: value for option, value in answer.items() if value})
        desk.note("settings.note-saved")
    except OutreachError as err:
        desk.note_failure(err)
    return _back(desk)


def _tokens(texts: Texts) -> tuple[list[Token], OutreachError | None]:
    """Return what services want, and why what was saved cannot be used."""
    locked: OutreachError | None = None
    try:
        saved = known_tokens()
    except OutreachError as err:
        saved, locked = {}, err
    found = []
    for variable, (service, kind, purposes, token_from) in _wanted().items():
        known = saved.get(variable)
        if os.environ.get(variable, "").strip():
            state = texts("settings.token-environment", variable=variable)
        elif known:
            state = texts("settings.token-saved", day=texts.day(date.fromisoformat(known.saved)))
        else:
            state = texts("settings.token-none")
        named = [texts(f"settings.token-for-{one}") for one in purposes]
        way = f"settings.get-{variable.removesuffix('_TOKEN').removeprefix('OUTREACH_').lower()}"
        where = texts(way) if token_from and texts.has(way) else token_from
        found.append(Token(variable, service, kind, named, where, state, known is not None))
    return found, locked


def _wanted() -> dict[str, tuple[str, str, list[str], str]]:
    """Return what services may want: variable to service, kind, purposes and where to get it."""
    from outreach.likes.subscribers import APIS
    from outreach.teasers.shorteners import SHORTENERS

    found: dict[str, tuple[str, str, list[str], str]] = {}
    for api in APIS.values():
        if api.token_from or api.platform in WITHOUT_NEED:
            found[f"{api.variable}_TOKEN"] = (api.title, "token", ["sizes"], api.token_from)
        if api.wants_client_id:
            found[f"{api.variable}_CLIENT_ID"] = (api.title, "client-id", ["sizes"], "")
    for service in SHORTENERS.values():
        if service.token_from:
            known = found.setdefault(f"{service.variable}_TOKEN", (service.title, "token", [], service.token_from))
            known[2].append("links")
        if not service.base:
            found[f"{service.variable}_URL"] = (service.title, "address", ["links"], "")
    return found


def _token(request: Request, form: FormData) -> Response:
    """Save a token, or remove it."""
    desk = _desk(request)
    variable = str(form.get("variable", ""))
    if (wanted := _wanted().get(variable)) is None:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    try:
        if "remove" in form:
            forget_token(variable)
            desk.note("settings.note-token-removed", service=wanted[0])
        else:
            keep_token(variable, str(form.get("token", "")), wanted[0], this_day().isoformat())
            desk.note("settings.note-token-saved", service=wanted[0])
    except OptionError:
        desk.note("settings.note-token-refused", failed=True, service=wanted[0])
    except OutreachError as err:
        desk.note_failure(err)
    return _back(desk, "#tokens")


ROUTES: Final = (
    Route("/c/{id}/settings", _page, methods=["GET"]),
    Route("/c/{id}/settings", with_form(_save), methods=["POST"]),
    Route("/c/{id}/settings/reading", with_form(_reading), methods=["POST"]),
    Route("/c/{id}/settings/token", with_form(_token), methods=["POST"]),
)
