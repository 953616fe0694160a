"""``outreach link``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from outreach.cli.output import need_output, put
from outreach.cli.shared import (
    DATABASE,
    counted,
    database_option,
    next_or_example,
    remark,
    shell_quoted,
    typed_database,
    typed_options,
)
from outreach.errors import InputError, OptionError, UnknownResourceError
from outreach.messages import describe, message
from outreach.tables import DEALS

__all__ = ["link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions:
    """What was typed, by the names of the options."""

    url: str
    source: str
    medium: str
    campaign: str
    content: str
    term: str
    campaign_id: str
    resource: str
    variant: str
    number: int
    existing: str
    deal: str
    check: bool
    add: bool
    db: str | None


@click.command(short_help="Tag a link, or check one.")
@click.argument("url")
@click.option("--source", default="", metavar="NAME", help="utm_source: the platform, like telegram.")
@click.option("--medium", default="social", show_default=True, metavar="NAME", help="utm_medium: the kind of place.")
@click.option("--campaign", default="", metavar="NAME", help="utm_campaign: the article or the season, like spring.")
@click.option("--content", default="", metavar="TEXT", help="utm_content: the place or the variant.")
@click.option("--term", default="", metavar="TEXT", help="utm_term.")
@click.option("--id", "campaign_id", default="", metavar="TEXT", help="utm_id: the campaign's id.")
@click.option(
    "--resource", default="", metavar="KEY", help="The place, as a key or an address; it sets --source and --content."
)
@click.option("--variant", default="a", show_default=True, metavar="NAME", help="Variant of the text, with --resource.")
@click.option(
    "--round",
    "number",
    type=click.IntRange(1, 9999),
    default=1,
    show_default=True,
    help="Repeat in the same place, with --resource.",
)
@click.option(
    "--existing",
    type=click.Choice(["error", "keep", "replace"]),
    default="error",
    show_default=True,
    help="What to do if URL has utm parameters already: refuse it, add only the missing ones, or replace them.",
)
@click.option(
    "--deal",
    type=click.Choice(DEALS),
    default="free",
    show_default=True,
    help="What the place gets; a paid link may be marked as paid.",
)
@click.option("--check", is_flag=True, help="Only check URL.")
@click.option("--add", is_flag=True, help="Add the link to the ledger as a post in --resource.")
@database_option(f"The campaign's database, with --add. [default: {DATABASE}]")
@click.pass_context
def link(ctx: click.Context, /, **typed: Any) -> None:
    """Tag URL, so that its visits can be counted separately.

    Standard output gets only the link; remarks go to standard error. Put URL in quotes, because a shell ends a command
    at &. Names become short words of Latin letters; the same names give the same link everywhere.

    With --add, the ledger keeps the link as a post, so that its visits are counted; a URL tagged by hand stays as it
    is.

    With --check, URL stays as it is and standard output gets one line for each finding: a word, a tab, the reason. The
    exit code is 0 with findings, and 3 if URL cannot be published at all.

    Example:

    \b
        outreach link https://example.com/post --source telegram --campaign spring --content smm-riga
        outreach link https://example.com/post --resource t.me/smm_riga --campaign spring
        outreach link "https://example.com/post?utm_source=vk&utm_campaign=may" --resource vk.com/smm_riga --add
        outreach link --check "https://example.com/post?utm_source=telegram&utm_medium=post"

    """
    from outreach.teasers.links import target_link
    from outreach.teasers.lints import lints

    need_output()
    options = LinkOptions(**typed)
    url = options.url
    if options.check and options.add:
        raise click.UsageError("--add and --check: one of them at a time.")
    if options.check:
        found = lints(url, options.deal)
        for lint in found:
            put(f"{lint.code}\t{describe(lint.reason)}\n")
        remark(f"{counted(len(found), 'finding')}." if found else "No findings.")
        draft = ["outreach", "draft", "brief.toml", "--from", "ranking.csv", "--top", "5"]
        remark(next_or_example(draft, "brief.toml", "ranking.csv"))
        return
    if options.add and not options.resource:
        raise OptionError("--add: give the place of the link", hint="--resource t.me/smm_riga")
    by_hand = options.add and options.existing == "error" and _tagged(url)
    tags = {} if by_hand else _tags(options)
    made = target_link(url, tags, existing="keep" if by_hand else options.existing)
    added = _add(made.url, options) if options.add else []
    put(f"{made.url}\n")
    if made.advice:
        remark(f"{'The link stays as it is' if added else 'Nothing was added'}: {describe(made.advice)}.")
    else:
        remark(*(() if by_hand else _rewritten(options, tags)))
    remark(*(f"{lint.code}: {describe(lint.reason)}" for lint in lints(made.url, options.deal)))
    if options.resource and _resource(options).startswith("instagram:"):
        remark(f"Instagram: {describe(message('sticker-or-code'))}.")
    if added:
        remark(*added)
        return
    deal = typed_options(ctx, only=("--deal",))
    remark(f"Next: {shell_quoted(['outreach', 'link', '--check', made.url, *deal])}")


def _tagged(url: str) -> bool:
    """Tell whether somebody tagged a link already, or it is an invite link of Telegram, which is told by itself."""
    from outreach.campaign.ledger.linked import Unusable, tags_of

    try:
        return bool(tags_of(url))
    except (Unusable, ValueError):
        return False


def _add(link: str, options: LinkOptions) -> list[str]:
    """Write a link into the ledger; return what to say.

    Raises:
        OptionError: The place or the campaign is missing.
        InputError: Another link is there already for the same text of the same place.

    """
    from outreach.campaign.ledger import Placement, open_ledger
    from outreach.campaign.ledger.linked import TAGS, tags_of, untagged
    from outreach.teasers.addresses import cut, telegram_path
    from outreach.teasers.invites import invite_id, with_link
    from outreach.teasers.lints import lints
    from outreach.teasers.slugs import slug

    if any(lint.code == "private" for lint in lints(link, options.deal)):
        raise InputError(
            "--add: the link has an e-mail address or a phone number", hint="take it out of the link first"
        )
    invite = bool(invite_id(link))
    tags: dict[str, Any] = dict(tags_of(link))
    if invite and options.campaign.strip():  # the link carries none; the ledger knows it by them
        tags = {name: value for name, value in _tags(options).items() if name in TAGS}
    campaign = options.campaign or tags.get("utm_campaign", "")
    if not campaign.strip():
        raise OptionError("--campaign missing", hint="it separates one article or season from another")
    ledger = open_ledger(options.db or DATABASE)
    there = ledger.placements()
    one = Placement(
        campaign=campaign if any(old.campaign == campaign for old in there) else slug(campaign),
        resource=_resource(options),
        variant=options.variant,
        round=options.number,
        url=untagged(link),
        final_url=link,
        deal=options.deal,
        **tags,
    )
    called = f"{one.resource}, campaign {one.campaign}, variant {one.variant}, repeat {one.round}"
    known = next((old for old in there if old.natural == one.natural), None)
    awaited = known and invite and known.status == "drafted" and telegram_path(cut(known.final_url).head) is not None
    if known and known.final_url != link and not awaited:
        number = ledger.next_round(one.campaign, one.resource, one.variant)
        raise InputError(
            f"{ledger.label}: {called} has another link already", hint=f"--round {number} adds this one as a repeat"
        )
    if other := next((old for old in there if old.final_url == link and old is not known), None):
        raise InputError(
            f"{ledger.label}: this link belongs to {other.resource} already", hint="tag another link for it"
        )
    if known is None:
        ledger.put([one], what="link")
    elif known.final_url != link:
        ledger.put([with_link(known, link)], what="link")
        return [f"{ledger.label}: {called} has this invite link now.", "Next: outreach draft writes it into the text"]
    name = [one.resource, "--campaign", one.campaign, "--variant", one.variant, "--round", str(one.round)]
    line = shell_quoted(
        ["outreach", "placements", "set", *name, *typed_database(), "--status", "published", "--date", "today"]
    )
    return [f"{ledger.label}: {called} {'was there already' if known else 'added'}.", f"When the post is out: {line}"]


def _resource(options: LinkOptions) -> str:
    """Return the key of the place that was named.

    Raises:
        UnknownResourceError: It is none.

    """
    from outreach.keys import identify

    key, why = identify(options.resource)
    if key is None or (key.startswith("other:") and not options.resource.lstrip().startswith("other:")):
        raise UnknownResourceError(f"--resource: not the address of a place: {why}", hint="outreach key shows more")
    return key


def _tags(options: LinkOptions) -> dict[str, str]:
    """Return the tags that the options ask for.

    Raises:
        OptionError: They do not say enough, or one thing twice.
        UnknownResourceError: The resource is none.

    """
    from outreach.teasers.links import Scheme, asked_tags, tags_for

    names = ("source", "medium", "campaign", "content", "term", "campaign_id")
    if not options.resource:
        return asked_tags(**{name: getattr(options, name) for name in names})
    if options.content:
        raise OptionError("--resource sets utm_content", hint="leave out --content or --resource")
    if not options.campaign.strip():
        raise OptionError("--campaign missing", hint="it separates one article or season from another")
    scheme = Scheme(source=options.source, medium=options.medium)
    own = tags_for(options.campaign, _resource(options), options.variant, options.number, scheme)
    asked = asked_tags(
        source=own["utm_source"],
        medium=own["utm_medium"],
        campaign=own["utm_campaign"],
        term=options.term,
        campaign_id=options.campaign_id,
    )
    return {**own, **asked}


def _rewritten(options: LinkOptions, tags: dict[str, str]) -> list[str]:
    """Say which of the names that were typed stand otherwise in the link."""
    return [
        f"{option} is {tags[name]} in the link." if name in tags else f"{option} is blank: the link does without it."
        for option, name in (
            ("--source", "utm_source"),
            ("--medium", "utm_medium"),
            ("--campaign", "utm_campaign"),
            ("--content", "utm_content"),
            ("--term", "utm_term"),
            ("--id", "utm_id"),
        )
        if (typed := getattr(options, {"--id": "campaign_id"}.get(option, option[2:]))) and tags.get(name) != typed
    ]
