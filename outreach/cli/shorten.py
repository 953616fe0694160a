"""``outreach shorten``."""

from __future__ import annotations

import time

import click

from outreach.cli.output import need_output, put
from outreach.cli.shared import counted, next_or_example, remark
from outreach.errors import InputError, RemoteError

__all__ = ["shorten"]

WORTH_A_REMARK_SECONDS = 5


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--with", "name", required=True, metavar="NAME", help="bitly, clck.ru, vk.cc, dub or shlink.")
@click.option("--domain", default="", metavar="D", help="Your own domain for short links. [default: the usual one]")
def shorten(urls: tuple[str, ...], *, name: str, domain: str) -> None:
    """Shorten tagged links; - reads them from standard input, one on each line.

    Tag a link first, then shorten it. A link that cannot be shortened stays long, with a remark why. Tokens come from
    the environment: OUTREACH_BITLY_TOKEN, OUTREACH_VK_TOKEN, OUTREACH_DUB_TOKEN, OUTREACH_SHLINK_TOKEN;
    OUTREACH_SHLINK_URL is the address of your own Shlink server. Those saved in the app (Settings) are used where the
    environment has none. clck.ru needs no token.

    Example:

    \b
        outreach shorten "https://example.com/guide?utm_source=vk&utm_medium=social&utm_campaign=guide" --with clck.ru

    """
    import requests

    from outreach.remote.tokens import Tokens
    from outreach.reporting import plain
    from outreach.teasers.shorteners import Memory, shortener_named, unfit
    from outreach.teasers.shorteners import shorten as shorten_links

    need_output()
    links = _links(urls)
    with requests.Session() as session:
        shorts = shorten_links(links, name, session=session, env=Tokens(), cache=Memory(), domain=domain, sleep=_wait)
    failed = {url: short.error for url, short in shorts.items() if short.error}
    for url, error in failed.items():
        remark(f"{plain(url)} stays long: {error}")
    if len(failed) == len(shorts):
        if all(unfit(url) for url in failed):
            raise InputError("None of these links can be shortened", hint="give tagged http(s) links: outreach link")
        raise RemoteError("No link was shortened", hint="the long links work; try again later, or use another service")
    for url in links:
        put(f"{shorts[url].url}\n")
    remark(f"{len(shorts) - len(failed)} of {counted(len(shorts), 'link')} shortened.")
    own = ["--domain", domain] if domain else []
    draft = ["outreach", "draft", "brief.toml", "--shorten", shortener_named(name).name, *own]
    remark(next_or_example(draft, "brief.toml"))


def _links(urls: tuple[str, ...]) -> list[str]:
    """Return the links as they were typed, or the lines of standard input or a pipe.

    Raises:
        InputError: It holds none, or is no text.

    """
    from outreach.files.streams import STDIN, is_stream

    found = {url: _lines(url) for url in dict.fromkeys(urls) if url == STDIN or is_stream(url)}
    links = [link for url in urls for link in found.get(url, [url])]
    if not links:
        raise InputError(f"{_called(urls[0])} has no links", hint="give one link on each line")
    return links


def _lines(path: str) -> list[str]:
    from outreach.files.streams import read_once

    try:
        with read_once(path) as file:
            lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{_called(path)} is not text in UTF-8", hint="give the links as arguments") from None
    return [line.strip() for line in lines if line.strip()]


def _called(path: str) -> str:
    return "Standard input" if path == "-" else path


def _wait(seconds: float) -> None:
    """Wait, and say so where somebody would wonder."""
    if seconds >= WORTH_A_REMARK_SECONDS:
        remark(f"Waiting {seconds:.0f} seconds, as the service asks.")
    time.sleep(seconds)
