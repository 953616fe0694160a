"""``outreach link``."""

from __future__ import annotations

from typing import Any

import click

from outreach.cli.output import need_output, put
from outreach.cli.shared import counted, next_or_example, remark, shell_quoted, typed_options
from outreach.messages import describe
from outreach.tables import DEALS

__all__ = ["link"]


@click.command(short_help="Tag a link, or tell what is odd about one.")
@click.argument("url")
@click.option("--source", default="", metavar="NAME", help="utm_source: the platform, like telegram.")
@click.option("--medium", default="social", show_default=True, metavar="NAME", help="utm_medium: the kind of place.")
@click.option("--campaign", default="", metavar="NAME", help="utm_campaign: the article or the season, like spring.")
@click.option("--content", default="", metavar="TEXT", help="utm_content: the place or the variant.")
@click.option("--term", default="", metavar="TEXT", help="utm_term.")
@click.option("--id", "campaign_id", default="", metavar="TEXT", help="utm_id: the campaign's id.")
@click.option("--resource", default="", metavar="KEY", help="The place, key or address: makes --source and --content.")
@click.option("--variant", default="a", show_default=True, metavar="NAME", help="Of the text, with --resource.")
@click.option(
    "--round",
    "number",
    type=click.IntRange(1, 9999),
    default=1,
    show_default=True,
    help="Of publishing there, with --resource.",
)
@click.option(
    "--existing",
    type=click.Choice(["error", "keep", "replace"]),
    default="error",
    show_default=True,
    help="What to do where URL has utm parameters already: refuse it, add only what is missing, or take them out.",
)
@click.option(
    "--deal",
    type=click.Choice(DEALS),
    default="free",
    show_default=True,
    help="What the place gets; a paid link may say so.",
)
@click.option("--check", is_flag=True, help="Only tell what is odd about URL.")
@click.pass_context
def link(ctx: click.Context, /, url: str, **given: Any) -> None:
    """Tag URL, so that visits by it can be told from others.

    Standard output gets the link and nothing else; what is odd about it is said beside it. Put URL in quotes: a shell
    takes & for an end. Names become short words of Latin letters: the same names give the same link everywhere.

    With --check, URL stays as it is and standard output gets one line a finding: a word, a tab, the reason. Findings
    are remarks, exit code 0; a URL that cannot be published at all is exit code 3.

    Example:

    \b
        outreach link https://example.com/post --source telegram --campaign spring --content smm-riga
        outreach link https://example.com/post --resource t.me/smm_riga --campaign spring
        outreach link --check "https://example.com/post?utm_source=telegram&utm_medium=post"

    """
    from outreach.teasers.links import target_link
    from outreach.teasers.lints import lints

    need_output()
    if given["check"]:
        found = lints(url, given["deal"])
        for lint in found:
            put(f"{lint.code}\t{describe(lint.reason)}\n")
        remark(f"{counted(len(found), 'finding')}." if found else "Nothing odd about it.")
        draft = ["outreach", "draft", "brief.toml", "--from", "ranking.csv", "--top", "5"]
        remark(next_or_example(draft, "brief.toml", "ranking.csv"))
        return
    tags = _tags(given)
    made = target_link(url, tags, existing=given["existing"])
    put(f"{made.url}\n")
    if made.advice:
        remark(f"Nothing was added: {describe(made.advice)}.")
    else:
        remark(*_rewritten(given, tags))
    remark(*(f"{lint.code}: {describe(lint.reason)}" for lint in lints(made.url, given["deal"])))
    deal = typed_options(ctx, only=("--deal",))
    remark(f"Next: {shell_quoted(['outreach', 'link', '--check', made.url, *deal])}")


def _tags(given: dict[str, Any]) -> dict[str, str]:
    """Return the tags that the options ask for.

    Raises:
        OptionError: They do not say enough, or one thing twice.
        UnknownResourceError: The resource is none.

    """
    from outreach.errors import OptionError, UnknownResourceError
    from outreach.keys import identify
    from outreach.teasers.links import Scheme, asked_tags, tags_for

    names = ("source", "medium", "campaign", "content", "term", "campaign_id")
    if not given["resource"]:
        return asked_tags(**{name: given[name] for name in names})
    if given["content"]:
        raise OptionError("--resource makes utm_content itself", hint="leave --content out, or --resource")
    if not given["campaign"].strip():
        raise OptionError("--campaign missing", hint="it tells one article or season from another")
    key, why = identify(given["resource"])
    if key is None or (key.startswith("other:") and not given["resource"].lstrip().startswith("other:")):
        raise UnknownResourceError(f"--resource: this address names no resource: {why}", hint="outreach key tells more")
    scheme = Scheme(source=given["source"], medium=given["medium"])
    own = tags_for(given["campaign"], key, given["variant"], given["number"], scheme)
    asked = asked_tags(
        source=own["utm_source"],
        medium=own["utm_medium"],
        campaign=own["utm_campaign"],
        term=given["term"],
        campaign_id=given["campaign_id"],
    )
    return {**own, **asked}


def _rewritten(given: dict[str, Any], tags: dict[str, str]) -> list[str]:
    """Say which of the names that were typed stand otherwise in the link."""
    return [
        f"{option} is {tags[name]} in the link." if name in tags else f"{option} is blank: the link goes without it."
        for option, name in (
            ("--source", "utm_source"),
            ("--medium", "utm_medium"),
            ("--campaign", "utm_campaign"),
            ("--content", "utm_content"),
            ("--term", "utm_term"),
            ("--id", "utm_id"),
        )
        if (typed := given[{"--id": "campaign_id"}.get(option, option[2:])]) and tags.get(name) != typed
    ]
