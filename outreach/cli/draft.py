"""``outreach draft``."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.campaign import settings_of_campaign
from outreach.cli.output import need_output
from outreach.cli.shared import (
    DATABASE,
    counted,
    database_option,
    next_or_example,
    refuse_overwriting,
    remark,
    shell_quoted,
    typed_database,
    typed_options,
    usual_value,
)
from outreach.errors import InputError, OptionError
from outreach.messages import describe
from outreach.tables import DEALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.teasers.draft_plan import CopiesOf, Plan
    from outreach.teasers.drafts import Draft, Drafted
    from outreach.teasers.history import History
    from outreach.teasers.same_texts import Shared
    from outreach.teasers.shorteners import Short
    from outreach.teasers.targets import Chosen
    from outreach.teasers.terms import Terms

__all__ = ["draft"]

COPIES: Final = ("txt", "docx")
FORMS: Final = ("md", "table", "json", "csv")
NOTHING_LEFT: Final = ("outreach", "rank", "likes.csv", "--min-subscribers", "0", "-o", "ranking.csv")
MOST_SHOWN: Final = 20
WORTH_A_REMARK_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What was typed behind ``outreach draft``, beside the brief and the places."""

    table: str | None
    top: int | None
    output: str | None
    form: str | None
    db: str | None
    again: bool
    all_variants: bool
    anyway: bool
    likes: tuple[str, ...]
    deal: str | None
    cost: str | None
    limits: tuple[str, ...]
    field: str
    existing: str
    templates: str | None
    shorten: str | None
    domain: str
    force: bool
    strict: bool
    copies: tuple[str, ...]
    checked: tuple[str, ...]
    platform: str | None


@click.command(short_help="Write a teaser for each place, with its own link.")
@click.argument("brief", required=False)
@click.argument("places", nargs=-1)
@click.option(
    "--from", "table", metavar="FILE", help="Places from a ranking, a sheet of places or a list; - is standard input."
)
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the first N places of that table.")
@click.option(
    "-o", "--output", metavar="DIR|FILE", help="A file for each place in DIR, or all in FILE (.md, .csv, .json)."
)
@click.option("--format", "form", type=click.Choice(FORMS), help="Format to print. [default: md]")
@click.option("--as", "copies", multiple=True, type=click.Choice(COPIES),
              help="Also a .txt for each place to paste, or one .docx for all, in DIR. Repeatable.")  # fmt: skip
@database_option(f"The campaign's database, which keeps the posts. [default: {DATABASE} with -o, else none]")
@click.option("--again", is_flag=True, help="Repeat: new links for places that had a teaser before.")
@click.option("--all-variants", is_flag=True, help="Every variant for every place, instead of one for each.")
@click.option(
    "--anyway",
    is_flag=True,
    help="Include places that take no posts, do not reply, or declined or removed the last one.",
)
@click.option(
    "--likes",
    multiple=True,
    metavar="PATH",
    help="Your customers' lists, to count who sees a text twice. Repeatable.",
)
@click.option("--deal", type=click.Choice(DEALS), help="What places get for the post. [default: from the sheet]")
@click.option("--cost", metavar="SUM", help='Cost of a post, like "20 EUR".')
@click.option("--limit", "limits", multiple=True, metavar="PLATFORM=N", help="Longest post, like mastodon=5000.")
@click.option("--field", default="", metavar="NAME", help="Regulated field with rules of its own, like health.")
@click.option("--existing", type=click.Choice(["error", "keep", "replace"]), default="error", show_default=True,
              help="What to do with utm parameters already in the brief's address.")  # fmt: skip
@click.option("--templates", metavar="DIR", help="Folder of your own templates, used first.")
@click.option("--shorten", metavar="NAME", help="Shorten the links: bitly, clck.ru, vk.cc, dub or shlink.")
@click.option("--domain", default="", metavar="D", help="Your own domain for short links.")
@click.option("--force", is_flag=True, help="Replace tables and files edited by hand, too.")
@click.option("--strict", is_flag=True, help="Exit code 3 if a place gets no draft or --check finds something.")
@click.option("--check", "checked", multiple=True, metavar="FILE", help="Only check a draft or a post again.")
@click.option("--platform", metavar="NAME", help="Platform of a post for --check, if its link does not show it.")
@click.pass_context
def draft(ctx: click.Context, /, brief: str | None, places: tuple[str, ...], **typed: Any) -> None:
    """Write a teaser from the brief for each of PLACES or each place of a table.

    A text that is too long loses hashtags, then sentences of the solution, never the link. Nothing is sent: you copy
    the text from its file. The same brief and places give the same links on every computer. Files that you edited stay
    as they are.

    With --check, the length and links of texts are checked again; the exit code is 0 unless you give --strict.

    Example:

    \b
        outreach draft sample_data/brief.toml --from ranking.csv --top 5 -o drafts/
        outreach draft brief.toml t.me/smm_riga vk.com/smm_riga --format json
        outreach draft brief.toml --from sheet.xlsx -o drafts/ --as txt --as docx
        outreach draft --check drafts/*.md

    """
    options = DraftOptions(**typed)
    if options.checked:
        from outreach.cli.draft_check import check_files

        more = [path for path in (brief, *places) if path and not path.endswith(".toml")]  # drafts/*.md is many words
        check_files(ctx, [*options.checked, *more])
        return
    if not brief:
        raise click.UsageError(
            "Give the file of a brief.\nExample: outreach draft brief.toml --from ranking.csv --top 5 -o drafts/"
        )
    from outreach.teasers.draft_plan import refuse_name

    options = replace(options, output=None if options.output == "-" else options.output)
    if not options.output:
        need_output("give a folder: -o drafts/")
    refuse_overwriting([path for path in (brief, options.table, *options.likes) if path], _where(options) or DATABASE,
                       options.output)  # fmt: skip
    if options.output:
        refuse_name(options.output, options.form)
    _refuse_copies(options)
    known, history = _known(options)
    drafted, chosen = _drafted(brief, places, options, known, history)
    addresses = {target.resource: target.url for target in chosen.targets}
    _deliver(drafted, addresses, options, known)
    _report(drafted)
    made = drafted.drafts or drafted.frozen or drafted.unfit
    remark(_next(ctx) if made else next_or_example(NOTHING_LEFT, "likes.csv"))
    if options.strict and drafted.unfit:
        raise InputError(f"{counted(len(drafted.unfit), 'place')} without a draft", hint="the lines above show why")


def _refuse_copies(options: DraftOptions) -> None:
    """Refuse other forms where there is no folder to write them into.

    Raises:
        OptionError: There is none.

    """
    from outreach.teasers.draft_plan import is_folder

    if options.copies and not (options.output and is_folder(options.output)):
        raise OptionError(f"--as {options.copies[0]}: goes beside the drafts in a folder", hint="-o drafts/")


def _drafted(
    brief: str, places: Sequence[str], options: DraftOptions, known: Sequence[Placement], history: History
) -> tuple[Drafted, Chosen]:
    """Return the drafts, and the places."""
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import draft as write_drafts
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import choose

    terms, limits = _terms(options), _limits(options.limits)
    read = read_brief(brief, settings_of_campaign())
    templates = Templates(options.templates)
    chosen = choose(places, options.table, options.top)
    remark(*map(describe, chosen.remarks))
    with _shared(options.likes) as shared:
        drafted = write_drafts(
            read,
            chosen.targets,
            templates,
            terms=terms,
            history=history,
            limits=limits,
            every_variant=options.all_variants,
            anyway=options.anyway,
            existing=options.existing,
            shorten=_shortener(options, known),
            shared=shared,
            regulated=options.field,
        )
    return drafted, chosen


def _deliver(drafted: Drafted, addresses: Mapping[str, str], options: DraftOptions, known: Sequence[Placement]) -> None:
    """Write the drafts into the ledger and into files, or print them; what may be refused is before both."""
    from outreach.cli.draft_output import shown, written
    from outreach.teasers.draft_plan import planned

    where, output = _where(options), options.output
    plan: Plan | None = None
    if output and drafted.drafts:
        plan = planned(drafted.drafts, addresses, output, form=options.form, force=options.force,
                       copies=_copies(addresses, options))  # fmt: skip
    fresh = [one for one in (plan.drafts if plan else drafted.drafts) if not one.frozen]
    if where and fresh:
        _put(where, fresh, known)
    if plan:
        remark(*written(plan))
        if plan.edited:
            remark(*_changed_links(plan))
        remark(*_to_look_at(fresh))
    elif not output:
        shown(drafted.drafts, addresses, options.form or "md")


def _copies(addresses: Mapping[str, str], options: DraftOptions) -> CopiesOf | None:
    """Return what plans the other forms of the drafts, None where none was asked for."""
    if not options.copies:
        return None
    from outreach.reporting.draft_copies import copies_of

    return partial(copies_of, addresses=addresses, forms=options.copies, force=options.force)


def _changed_links(plan: Plan) -> Iterator[str]:
    """Yield which edited files carry another link than their own."""
    from outreach.cli.changed_links import changed_link_lines
    from outreach.teasers.changed_links import changed_in_files
    from outreach.teasers.drafts import placement_of

    placements = [placement_of(draft) for draft in plan.drafts if not draft.frozen]
    return changed_link_lines(changed_in_files(placements, plan.edited), typed_database())


def _where(options: DraftOptions) -> str | None:
    """Return the ledger that was asked for, or the usual one where files are written: their links are to be found."""
    where = options.db or (DATABASE if options.output else None)
    if where is None and options.again:
        raise OptionError("--again: it needs the ledger with the posts so far", hint=f"--db {DATABASE}")
    return where


def _known(options: DraftOptions) -> tuple[Sequence[Placement], History]:
    """Return what the ledger has; nothing where there is none yet."""
    from outreach.teasers.history import History

    where = _where(options)
    if where is not None:
        from outreach.campaign.ledger import is_there, open_ledger

        if is_there(where):
            ledger = open_ledger(where)
            known = ledger.placements()
            return known, History(known, again=options.again, by_hand=ledger.by_hand())
    return [], History()


@contextmanager
def _shared(paths: Sequence[str]) -> Iterator[Shared | None]:
    """Give what counts the customers who follow several of some places; None where their lists are not given."""
    if not paths:
        yield None
        return
    from outreach.engine import Engine
    from outreach.likes import following_several, read
    from outreach.messages import message

    with Engine() as engine:
        likes = read(engine, paths)
        remark(*(message("passed-over", file=one.source, why=one.why) for one in likes.skipped if one.wanted))
        remark(*likes.doubts)
        if likes.rejections:
            remark(
                f"{counted(likes.rejected_count, 'row')} of the customers' lists could not be used; "
                "outreach check shows them"
            )
        yield lambda keys: following_several(likes, keys)


def _terms(options: DraftOptions) -> Terms:
    """Return what places get.

    Raises:
        OptionError: The cost is no sum of money.

    """
    from outreach.files.money import money
    from outreach.teasers.terms import Terms

    settings = settings_of_campaign()
    currency = (settings.currency if settings else "") or None
    if options.cost is None:
        return Terms(options.deal, currency=currency)
    if (found := money(options.cost)) is None:
        raise OptionError(f"--cost {options.cost}: not a sum of money", hint='write it like 12.50 or "1500 RUB"')
    return Terms(options.deal or ("paid" if found.amount else None), found.amount, found.currency or currency)


def _limits(entries: Sequence[str]) -> dict[str, int]:
    """Return the limits that were typed, by platform.

    Raises:
        OptionError: One of them is none.

    """
    from outreach.keys import platform_asked

    limits = {}
    for entry in entries:
        name, _, number = entry.partition("=")
        if not number.strip().isascii() or not number.strip().isdigit() or not 0 < len(number.strip()) < 10:
            raise OptionError(f"--limit {entry}: not a platform and a number", hint="write it like mastodon=5000")
        limits[platform_asked(name, f"--limit {entry}")] = int(number)
    return limits


def _shortener(
    options: DraftOptions, known: Sequence[Placement]
) -> Callable[[Iterable[str]], Mapping[str, Short]] | None:
    """Return what shortens links, where the user wants it; nobody is asked for those of the ledger."""
    if not options.shorten:
        return None
    from outreach.remote.tokens import Tokens
    from outreach.teasers.short_links import ShortLinks
    from outreach.teasers.shorteners import shorten, shortener_named

    service = shortener_named(options.shorten)

    def short(urls: Iterable[str]) -> Mapping[str, Short]:
        import requests

        cache = ShortLinks([(one.final_url, one.short_url) for one in known if one.short_url], options.domain)
        with requests.Session() as session:
            return shorten(
                urls, service.name, session=session, env=Tokens(), cache=cache, domain=options.domain, sleep=_wait
            )

    return short


def _put(where: str, drafts: Sequence[Draft], known: Iterable[Placement]) -> None:
    """Write the placements into the ledger, all or none, and say what stays as it was."""
    from outreach.campaign.ledger import open_ledger
    from outreach.teasers.drafts import placement_of

    placements = [placement_of(one) for one in drafts]
    ledger = open_ledger(where)
    put = ledger.put(placements, what="draft")
    remark(f"{ledger.label}: {counted(put.created, 'post')} added, {put.updated} updated, {put.unchanged} as before.")
    now = {one.natural for one in placements}
    places = {(one.campaign, one.resource, one.round) for one in placements}
    if stale := [
        f"{one.resource} ({one.variant})"
        for one in known
        if one.status == "drafted" and one.natural not in now and (one.campaign, one.resource, one.round) in places
    ]:
        shown = ", ".join(stale[:MOST_SHOWN]) + (", …" if len(stale) > MOST_SHOWN else "")
        remark(f"The ledger keeps the drafts of other variants for these places: {shown}.")


def _report(drafted: Drafted) -> None:
    """Say what concerns several drafts, and which places got none."""
    if not drafted.drafts:
        remark("No draft was written.")
    for old in drafted.frozen[:MOST_SHOWN]:
        text = "its text, link and file stay as they are" if old.text else "the ledger has no text of it"
        remark(f"{old.resource}, variant {old.variant}: is {old.status}; {text}; --again drafts a repeat")
    if len(drafted.frozen) > MOST_SHOWN:
        remark(f"and {counted(len(drafted.frozen) - MOST_SHOWN, 'more such post')}")
    remark(*(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in map(describe, drafted.remarks)))
    for one in drafted.unfit[:MOST_SHOWN]:
        remark(f"{one.platform}: {describe(one.reason)} ({one.resource}, variant {one.variant})")
    if len(drafted.unfit) > MOST_SHOWN:
        remark(f"and {counted(len(drafted.unfit) - MOST_SHOWN, 'place')} more without a draft")


def _to_look_at(drafts: Sequence[Draft]) -> list[str]:
    """Return in one line what stands in the files beside the texts, since nobody may open all of them."""
    from outreach.teasers.drafts import TAKES_NO_POSTS, label_of

    warnings = ({warning for warning in one.warnings if warning != TAKES_NO_POSTS} for one in drafts)  # named already
    codes = Counter(code for some in warnings for code in set(map(label_of, some)))
    if not codes:
        return []
    shown = ", ".join(f"{code} ({count})" for code, count in sorted(codes.items())[:MOST_SHOWN])
    return [f"Please check; the drafts show the reasons: {shown}."]


def _next(ctx: click.Context) -> str:
    """Return the line that says how to go on, with the options that matter there."""
    given = ctx.params
    if given["output"] and given["output"] != "-":
        if sheet := _sheet_of_owners(given["table"]):
            return f"Next: {shell_quoted(['outreach', 'owners', 'import', sheet])}"
        return f"Next: {shell_quoted(['outreach', 'placements', 'list', *typed_database()])}"
    options = typed_options(ctx, without=("--output", "--format", "--force", "--strict"))
    brief = [] if usual_value(ctx, "draft", "brief") == given["brief"] else [given["brief"]]
    where = [] if usual_value(ctx, "draft", "output") else ["-o", "drafts/"]
    line = shell_quoted(["outreach", "draft", *brief, *given["places"], *options, *where])
    again = "-" in (given["brief"], given["table"], *given["likes"])  # standard input is read only once
    return f"With the same input once more: {line}" if again else f"Next: {line}"


def _sheet_of_owners(table: str | None) -> str:
    """Return the sheet whose owners are still to be written to; empty where there is none, or an address book."""
    from outreach.owners import existing_book
    from outreach.sheet.facts import facts_in
    from outreach.words.ways_in import WRITE, way_of

    if not table or table == "-" or existing_book() is not None:
        return ""
    return table if any(way_of(one.cells.get("way_in", "")) == WRITE for one in facts_in(table)) else ""


def _wait(seconds: float) -> None:
    """Wait, and say so where somebody would wonder."""
    if seconds >= WORTH_A_REMARK_SECONDS:
        remark(f"Waiting {seconds:.0f} seconds, as the service asks.")
    time.sleep(seconds)
