"""What commands take from the campaign's file where nothing was typed, and the line that says so.

Click's own order holds: an option that was typed, an environment variable, ``outreach.toml``, the default.
"""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from outreach.campaign.values import has_content, is_there, value_of
from outreach.cli.shared import DATABASE, USUAL, remark, usual_value
from outreach.errors import InputError
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from outreach.campaign.settings import Campaign, Settings

__all__ = ["CAMPAIGN", "campaign_of", "from_campaign", "set_defaults", "settings_of_campaign", "taken_from_campaign"]

CAMPAIGN: Final = "outreach.campaign"
"""Name in the context of the campaign that was found."""

NONE: Final = "none"
READING: Final = {"same_as": "same_as", "customers": "customers"}
DATABASE_ONLY: Final = {"db": "db"}

OWNERS: Final = ("list", "show", "log", "play", "report")
"""Commands of the address book that look into the ledger, too."""

USES: Final[Mapping[str, Mapping[str, str]]] = {
    "collect": {"platforms": "platforms", "language": "language", "field": "field"},
    "check": {"paths": "lists", **READING},
    "rank": {
        "paths": "lists", "min_subscribers": "min_subscribers", "accepts_posts": "accepts_posts", "topic": "topic",
        "platforms": "platforms", "own": "own", "exclude": "exclude", "resources": "sheet", "db": "db",
        "language": "my_language", "group": "group", "groups": "groups", **READING,
    },
    "map": {
        "paths": "lists", "min_subscribers": "min_subscribers", "accepts_posts": "accepts_posts", "topic": "topic",
        "platforms": "platforms", "own": "own", "exclude": "exclude", "resources": "sheet", "language": "my_language",
        **READING,
    },
    "compare": {
        "paths": "lists", "groups": "groups", "min_subscribers": "min_subscribers", "accepts_posts": "accepts_posts",
        "topic": "topic", "platforms": "platforms", "own": "own", "exclude": "exclude", "resources": "sheet",
        "language": "my_language", **READING,
    },
    "plan": {
        "paths": "lists", "min_subscribers": "min_subscribers", "accepts_posts": "accepts_posts", "topic": "topic",
        "platforms": "platforms", "own": "own", "exclude": "exclude", "resources": "sheet", "db": "db",
        "language": "my_language", **READING,
    },
    "who": {"paths": "lists", "resources": "sheet", **READING},
    "resources": {
        "paths": "lists", "platforms": "platforms", "own": "own", "exclude": "exclude", "output": "sheet",
        "language": "my_language", **READING,
    },
    "enrich": {"sheet": "sheet"},
    "brief new": {"output": "brief", "language": "my_language"},
    "brief check": {"path": "brief"},
    "letter": {"brief": "brief", "table": "sheet", "db": "db", "templates": "templates"},
    "draft": {"brief": "brief", "table": "sheet", "output": "drafts", "db": "db", "templates": "templates",
              "field": "field"},
    **{f"owners {name}": DATABASE_ONLY for name in OWNERS},
    "owners play": {**DATABASE_ONLY, "language": "my_language"},
    "owners export": {"language": "my_language"},
    "placements list": DATABASE_ONLY,
    "placements set": DATABASE_ONLY,
    "placements log": DATABASE_ONLY,
    "placements undo": DATABASE_ONLY,
    "placements export": DATABASE_ONLY,
    "placements import": DATABASE_ONLY,
    "track": {
        "paths": "results", "db": "db", "goal": "goal", "exclude_ip": "exclude_ip", "market": "market",
        "currency": "currency", "visits": "visits", "language": "my_language",
    },
    "report": {
        "paths": "lists", "min_subscribers": "min_subscribers", "accepts_posts": "accepts_posts", "topic": "topic",
        "platforms": "platforms", "own": "own", "exclude": "exclude", "resources": "sheet", "db": "db",
        "client": "client", "logo": "logo", "budget": "budget", "visits": "visits", "currency": "currency",
        "templates": "templates", "language": "my_language", **READING,
    },
    "link": {"db": "db", "medium": "utm.medium"},
    "verify": DATABASE_ONLY,
    "today": {"db": "db", "sheet": "sheet", "market": "market", "language": "my_language"},
    "merge": DATABASE_ONLY,
    "secret": DATABASE_ONLY,
}  # fmt: skip
"""Command to its parameters, each with the setting that it is taken from."""

MADE_LATER: Final = {
    ("rank", "sheet"), ("rank", "groups"), ("compare", "sheet"), ("map", "sheet"), ("who", "sheet"), ("draft", "sheet"),
    ("letter", "sheet"), ("letter", "brief"), ("letter", "db"), ("rank", "db"), ("track", "results"),
    ("today", "sheet"), ("plan", "sheet"), ("plan", "db"), ("report", "lists"), ("report", "sheet"), ("report", "db"),
    *((f"owners {name}", "db") for name in OWNERS),
}  # fmt: skip
"""Command and setting whose file may not be there yet: then the command goes without it."""


def set_defaults(ctx: click.Context, wanted: str | None) -> None:
    """Put what the campaign's file says under what was typed.

    Args:
        ctx: Of the whole program.
        wanted: The campaign's folder or file as typed, ``none`` for none of them, None to look for one.

    Raises:
        InputError: The file that was named is not there, or a file cannot be used.

    """
    if wanted == NONE:
        return
    from outreach.campaign.find import FILE, find_campaign_file

    if wanted is None:
        file = find_campaign_file()
    else:
        given = Path(wanted)
        file = given / FILE if given.is_dir() else given
        if not file.is_file():
            raise InputError(
                "no such file", where=str(file), hint="outreach init makes one; --campaign none does without"
            )
        file = Path(os.path.realpath(file))
    if file is None:
        return
    from outreach.campaign.settings import read_campaign

    campaign = read_campaign(file)
    ctx.meta[CAMPAIGN] = campaign
    ctx.meta[USUAL] = usual = _usual(campaign)
    ctx.default_map = _nested({command: _ready(command, values) for command, values in usual.items()})


def campaign_of(ctx: click.Context | None = None) -> Campaign | None:
    """Return the campaign that the command runs in."""
    context = ctx or click.get_current_context(silent=True)
    return context.find_root().meta.get(CAMPAIGN) if context else None


def settings_of_campaign() -> Settings | None:
    """Return what the campaign's file says, None without one."""
    campaign = campaign_of()
    return campaign.settings if campaign else None


def _usual(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """Return what each command takes from the file, by its parameters."""
    values = {setting: value_of(campaign, setting) for uses in USES.values() for setting in uses.values()}
    return {
        command: {
            parameter: values[setting] for parameter, setting in uses.items() if values[setting] not in (None, "", ())
        }
        for command, uses in USES.items()
    }


def _ready(command: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values without files that are still to be made, where the command goes without them."""
    later = [parameter for parameter, setting in USES[command].items() if (command, setting) in MADE_LATER]
    return {name: value for name, value in values.items() if name not in later or is_there(value)}


def _nested(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the map of defaults as click reads it: command, for some a command below, parameter."""
    found: dict[str, Any] = {}
    for command, of_command in values.items():
        *outer, last = command.split()
        at = found
        for word in outer:
            at = at.setdefault(word, {})
        at[last] = dict(of_command)
    return found


def taken_from_campaign(ctx: click.Context, parameter: str) -> bool:
    """Whether the value of a parameter stands in the campaign's file, and was not typed."""
    return ctx.get_parameter_source(parameter) is ParameterSource.DEFAULT_MAP


def from_campaign(command: click.Command, name: str) -> click.Command:
    """Return a command that says in one line what it takes from the campaign's file."""
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            from_campaign(below, f"{name} {word}")
    uses, callback = USES.get(name), command.callback
    if uses is None or callback is None or getattr(callback, "names_campaign", False):
        return command

    @functools.wraps(callback)
    def named(*args: Any, **given: Any) -> Any:
        ctx = click.get_current_context()
        if (campaign := campaign_of(ctx)) is not None:
            for parameter, value in ADJUSTED[name](ctx).items() if name in ADJUSTED else ():
                ctx.params[parameter] = given[parameter] = value
                usual = bool(value) and value == usual_value(ctx, name, parameter)
                source = ParameterSource.DEFAULT_MAP if usual else ParameterSource.DEFAULT
                ctx.set_parameter_source(parameter, ParameterSource.COMMANDLINE if value and not usual else source)
            _say(ctx, campaign, uses)
        with warned_once(ctx, uses):
            return callback(*args, **given)

    named.names_campaign = True  # type: ignore[attr-defined] # commands are fetched more than once
    command.callback = named
    return command


def _say(ctx: click.Context, campaign: Campaign, uses: Mapping[str, str]) -> None:
    taken = [setting for parameter, setting in uses.items() if taken_from_campaign(ctx, parameter)]
    if "db" in taken:
        _confirm_database(campaign)
    if taken:
        remark(f"From {campaign.path(campaign.file.name)}: {', '.join(dict.fromkeys(taken))}.")


@contextmanager
def warned_once(ctx: click.Context, uses: Mapping[str, str]) -> Iterator[None]:
    """Warn once of a database that a service copies to other machines: before it is used, or when it was made."""
    where = (ctx.params.get("db") or DATABASE) if "db" in uses else ""
    if where and not _warn_of_synchronised(ctx, where):
        yield
        _warn_of_synchronised(ctx, where)
    else:
        yield


def _warn_of_synchronised(ctx: click.Context, where: str) -> bool:
    """Warn of a database that is there; tell whether it is."""
    if "://" in where and not where.startswith("sqlite"):
        return True
    from outreach.campaign.synchronised import folder_of_database, unwarned_service

    if (folder := folder_of_database(where)) is None or not os.path.isfile(folder / Path(where).name):  # noqa: PTH113
        return False
    campaign = campaign_of(ctx)
    if service := unwarned_service(folder):
        setting = 'db = "…" in outreach.toml' if campaign else "--db FILE"
        remark(message("ledger-synchronised", file=str(folder / Path(where).name), service=service, setting=setting))
    return True


def _typed(ctx: click.Context, *parameters: str) -> bool:
    return any(ctx.get_parameter_source(one) is ParameterSource.COMMANDLINE for one in parameters)


def _of_draft(ctx: click.Context) -> dict[str, Any]:
    """Return what is different where places were typed, the first one in place of the brief, or a form for the pipe."""
    brief, usual = ctx.params["brief"], usual_value(ctx, "draft", "brief")
    changed: dict[str, Any] = {}
    if usual and _typed(ctx, "brief") and not brief.endswith(".toml") and not os.path.lexists(brief):
        changed |= {"brief": usual, "places": (brief, *ctx.params["places"])}
    if changed or _typed(ctx, "places"):
        changed |= {"table": None} if taken_from_campaign(ctx, "table") else {}
    if _typed(ctx, "form") and taken_from_campaign(ctx, "output"):
        changed["output"] = None
    return changed


def _of_track(ctx: click.Context) -> dict[str, Any]:
    """Return what is different where the command reads no files, or there is nothing yet."""
    alone = _typed(ctx, "listed", "forget", "ties", "template", "tag", "answer")
    changed: dict[str, Any] = {"paths": ()} if alone and taken_from_campaign(ctx, "paths") else {}
    nothing = not alone and not ctx.params["paths"] and not has_content(ctx.params["db"] or "")
    return changed | ({"db": None} if nothing and taken_from_campaign(ctx, "db") else {})


def _of_link(ctx: click.Context) -> dict[str, Any]:
    """Return what is different where the link is written into no ledger."""
    return {"db": None} if not ctx.params["add"] and taken_from_campaign(ctx, "db") else {}


ADJUSTED: Final[Mapping[str, Callable[[click.Context], dict[str, Any]]]] = {
    "draft": _of_draft,
    "link": _of_link,
    "track": _of_track,
}
"""Command to what gives the values of parameters that make no sense beside what was typed."""


def _confirm_database(campaign: Campaign) -> None:
    """Ask once whether a database outside the folder is the one to use.

    Raises:
        InputError: Nobody answered yes.

    """
    if not (where := campaign.database_outside):
        return
    from outreach.campaign.trusted import is_trusted, trust

    if is_trusted(campaign):
        return
    from outreach.cli.brief import can_ask

    asked = f"{campaign.path(campaign.file.name)} names a database outside its folder: {where}"
    if can_ask() and click.confirm(f"{asked}. Use it?", err=True):
        trust(campaign)
        return
    raise InputError(asked, hint=f"confirm it with --db {where} or OUTREACH_DB, or run the command on a terminal")
