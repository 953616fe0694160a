"""``outreach draft``."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.shared import counted, refuse_overwriting, remark, shell_quoted
from outreach.errors import InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from outreach.store import Placement
    from outreach.store.ledger import Store
    from outreach.teasers.drafts import Drafted, Terms
    from outreach.teasers.shorteners import Short

__all__ = ["draft"]

FORMS: Final = ("md", "table", "json", "csv")
ENDINGS: Final = (".md", ".json", ".csv")
DATABASE: Final = "outreach.db"
MOST_SHOWN: Final = 20
WORTH_A_REMARK_SECONDS: Final = 5


@click.command(short_help="Write a teaser for each place, with its own link.")
@click.argument("brief", required=False)
@click.argument("places", nargs=-1)
@click.option("--from", "table", metavar="FILE", help="Places from a ranking, a resources sheet or a list; - is stdin.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the first N places of that table.")
@click.option("-o", "--output", metavar="DIR|FILE", help="A file a place in DIR, or all in FILE (.md, .csv, .json).")
@click.option("--format", "form", type=click.Choice(FORMS), help="How to print them. [default: md]")
@click.option(
    "--db",
    envvar="OUTREACH_DB",
    metavar="FILE|URL",
    help="The campaign's database, where placements are written down. [default: outreach.db with -o, else none]",
)
@click.option("--again", is_flag=True, help="Start the next round: new links for places that had a teaser before.")
@click.option("--all-variants", is_flag=True, help="Every variant for every place; else they take turns.")
@click.option("--deal", type=click.Choice(["free", "barter", "paid"]), help="What places get. [default: the sheet's]")
@click.option("--cost", metavar="SUM", help='What a place costs, like "20 EUR".')
@click.option("--limit", "limits", multiple=True, metavar="PLATFORM=N", help="Longest post, like mastodon=5000.")
@click.option("--existing", type=click.Choice(["error", "keep", "replace"]), default="error", show_default=True,
              help="What to do with utm parameters that the brief's address has already.")  # fmt: skip
@click.option("--templates", metavar="DIR", help="Your own templates, looked through first.")
@click.option("--shorten", metavar="NAME", help="Shorten the links: bitly, clck.ru, vk.cc, dub or shlink.")
@click.option("--domain", default="", metavar="D", help="Domain of the short links, if yours.")
@click.option("--force", is_flag=True, help="Replace files that were edited by hand, too.")
@click.option("--strict", is_flag=True, help="Exit code 3 where a place gets no draft, or --check finds something.")
@click.option("--check", "checked", multiple=True, metavar="FILE", help="Only measure a draft or a post once more.")
@click.option("--platform", metavar="NAME", help="Of a post, with --check, where its link does not tell.")
def draft(brief: str | None, places: tuple[str, ...], **given: Any) -> None:
    """Write a teaser from the brief for each of PLACES, or for the places of a table.

    A text that is too long gives up hashtags, then sentences of the solution; the link never. Nothing is sent: you copy
    the text from its file. The same brief and places give the same links on every machine. Files that you edited stay
    as they are.

    With --check, texts are measured again and their links looked for; exit code 0 unless --strict is given.

    Example:

    \b
        outreach draft sample_data/brief.toml --from ranking.csv --top 5 -o drafts/
        outreach draft brief.toml t.me/smm_riga vk.com/smm_riga --format json
        outreach draft --check drafts/*.md

    """
    if given["checked"]:
        more = [path for path in (brief, *places) if path and not path.endswith(".toml")]  # drafts/*.md is many words
        _check([*given["checked"], *more], given)
        return
    if not brief:
        raise click.UsageError(
            "Give a brief.\nExample: outreach draft brief.toml --from ranking.csv --top 5 -o drafts/"
        )
    from outreach.cli.draft_output import made_ready, shown, written

    output = given["output"] = None if given["output"] == "-" else given["output"]
    refuse_overwriting([path for path in (brief, given["table"], given["db"] or DATABASE) if path], output)
    store = _store(given)
    known = store.placements() if store else []
    drafted, named = _drafted(brief, places, given, known)
    if output:
        made_ready(output, given["form"], [one.resource for one in drafted.drafts])
    if store:
        _put(store, drafted, known)
    if output:
        remark(*written(drafted.drafts, named, output, form=given["form"], force=given["force"]))
    else:
        shown(drafted.drafts, named, given["form"] or "md")
    _tell(drafted)
    remark(f"Next: {_next(brief, places, given)}")
    if given["strict"] and drafted.unfit:
        raise InputError(f"{counted(len(drafted.unfit), 'place')} without a draft", hint="the lines above say why")


def _drafted(
    brief: str, places: Sequence[str], given: dict[str, Any], known: Sequence[Placement]
) -> tuple[Drafted, Mapping[str, str]]:
    """Return the drafts, and the addresses of the places."""
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import draft as write_drafts
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import choose

    terms, limits = _terms(given), _limits(given["limits"])
    read = read_brief(brief)
    templates = Templates(given["templates"])
    chosen = choose(places, given["table"], given["top"])
    remark(*chosen.said)
    drafted = write_drafts(
        read,
        chosen.targets,
        templates,
        terms=terms,
        rounds=_rounds(known, again=given["again"]),
        limits=limits,
        every_variant=given["all_variants"],
        existing=given["existing"],
        shorten=_shortener(given, known),
    )
    return drafted, {target.resource: target.url for target in chosen.targets}


def _store(given: dict[str, Any]) -> Store | None:
    """Open the ledger where one was asked for, or files are written whose links are to be found again."""
    where = given["db"] or (DATABASE if given["output"] else None)
    if where is None:
        if given["again"]:
            raise OptionError("--again: the ledger knows what was before, and none is open", hint=f"--db {DATABASE}")
        return None
    from outreach.store import open_store

    return open_store(where)


def _terms(given: dict[str, Any]) -> Terms:
    """Return what places get.

    Raises:
        OptionError: The cost is no sum of money.

    """
    from outreach.store.money import money
    from outreach.teasers.drafts import Terms

    if given["cost"] is None:
        return Terms(given["deal"])
    if (found := money(given["cost"])) is None:
        raise OptionError(f"--cost {given['cost']}: not a sum of money", hint='write it like 12.50 or "1500 RUB"')
    return Terms(given["deal"] or ("paid" if found.amount else None), found.amount, found.currency)


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
            raise OptionError(f"--limit {entry}: no platform and number", hint="write it like mastodon=5000")
        limits[platform_asked(name, f"--limit {entry}")] = int(number)
    return limits


def _rounds(known: Iterable[Placement], *, again: bool) -> dict[tuple[str, str, str], int]:
    """Return the round of each place that had a teaser before: the last one, or the next."""
    rounds: dict[tuple[str, str, str], int] = {}
    for one in known:
        key = (one.campaign, one.resource, one.variant)
        rounds[key] = max(rounds.get(key, 1), one.round + again)
    return rounds


def _shortener(
    given: dict[str, Any], known: Sequence[Placement]
) -> Callable[[Iterable[str]], Mapping[str, Short]] | None:
    """Return what shortens links, where the user wants it; nobody is asked for those of the ledger."""
    if not given["shorten"]:
        return None
    from outreach.teasers.short_links import ShortLinks
    from outreach.teasers.shorteners import shorten, shortener_named

    service = shortener_named(given["shorten"])

    def short(urls: Iterable[str]) -> Mapping[str, Short]:
        import requests

        cache = ShortLinks([(one.final_url, one.short_url) for one in known if one.short_url], given["domain"])
        with requests.Session() as session:
            return shorten(
                urls, service.name, session=session, env=os.environ, cache=cache, domain=given["domain"], sleep=_wait
            )

    return short


def _put(store: Store, drafted: Drafted, known: Iterable[Placement]) -> None:
    """Write the placements into the ledger, all or none, and say what stays as it was."""
    from outreach.teasers.drafts import placement_of

    placements = [placement_of(one) for one in drafted.drafts]
    put = store.put(placements, what="draft")
    remark(
        f"{store.label}: {counted(put.created, 'placement')} added, {put.updated} updated, {put.unchanged} as before."
    )
    for one in put.kept[:MOST_SHOWN]:
        remark(f"  {one.resource}, variant {one.variant}: is {one.status}, and stays so in the ledger; --again starts "
               "the next round")  # fmt: skip
    if len(put.kept) > MOST_SHOWN:
        remark(f"  and {len(put.kept) - MOST_SHOWN} more such placements")
    now = {one.natural for one in placements}
    places = {(one.campaign, one.resource, one.round) for one in placements}
    if stale := [
        f"{one.resource} ({one.variant})"
        for one in known
        if one.status == "drafted" and one.natural not in now and (one.campaign, one.resource, one.round) in places
    ]:
        shown = ", ".join(stale[:MOST_SHOWN]) + (", …" if len(stale) > MOST_SHOWN else "")
        remark(f"Drafts of other variants for these places stay in the ledger too: {shown}.")


def _tell(drafted: Drafted) -> None:
    """Say what concerns several drafts, and which places got none."""
    if not drafted.drafts:
        remark("No draft was written.")
    remark(*(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in drafted.remarks))
    for one in drafted.unfit[:MOST_SHOWN]:
        remark(f"{one.platform}: {one.reason} ({one.resource}, variant {one.variant})")
    if len(drafted.unfit) > MOST_SHOWN:
        remark(f"and {counted(len(drafted.unfit) - MOST_SHOWN, 'place')} more without a draft")


def _check(paths: Sequence[str], given: dict[str, Any]) -> None:
    """Measure texts once more, one line each.

    Raises:
        InputError: A file cannot be read, or something was found and --strict was given.

    """
    from outreach.cli.draft_output import text_in
    from outreach.cli.shared import platform_option
    from outreach.store import open_store
    from outreach.teasers.draft_checks import check_again

    platform = platform_option(given["platform"], "--platform") or ""
    where = given["db"] or (DATABASE if Path(DATABASE).is_file() else None)
    known = open_store(where, create=False).placements() if where else []
    found = 0
    for path in paths:
        for one in check_again(text_in(path), platform=platform, known=known):
            measured = one.measured
            limit = f" of {measured.limit}" if measured and measured.limit is not None else ""
            length = f"{measured.length}{limit} {measured.unit}" if measured else "not measured (--platform NAME)"
            variant = f", variant {one.variant}" if one.variant else ""
            click.echo(f"{path}{variant}: {length}; {'; '.join(one.findings) or 'nothing to mend'}")
            found += len(one.findings)
    remark("Next: outreach placements set NAME --status sent" if not found else "Next: mend it, then check it again")
    if found and given["strict"]:
        raise InputError(f"{counted(found, 'finding')}", hint="the lines above say which")


def _next(brief: str, places: Sequence[str], given: dict[str, Any]) -> str:
    """Return the line to paste."""
    if given["output"]:
        return shell_quoted(["outreach", "placements", "list", *(["--db", given["db"]] if given["db"] else [])])
    options = [word for flag, name in (("--from", "table"), ("--top", "top")) if given[name] for word in
               (flag, str(given[name]))]  # fmt: skip
    return shell_quoted(["outreach", "draft", brief, *places, *options, "-o", "drafts/"])


def _wait(seconds: float) -> None:
    """Wait, and say so where somebody would wonder."""
    if seconds >= WORTH_A_REMARK_SECONDS:
        remark(f"Waiting {seconds:.0f} seconds, as the service asks.")
    time.sleep(seconds)
