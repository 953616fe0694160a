"""Any other site: one key for the ways of writing one address.

- ``http`` is ``https``, ``www.`` and the usual ports are dropped, the host is in its ASCII form.
- ``.`` and ``..`` are resolved; empty path words and the final ``/`` are dropped; index files stay.
- Letters of any script stand as themselves, and so do ``! $ ' ( ) * , : @``; other reserved characters stay
  encoded where they were encoded (``%2F`` is no ``/``), in upper-case hex.
- The query is sorted by name (values of one name keep their order) without the parameters that only trace a
  visit; short ones such as ``ref`` and ``id`` stay, because on some sites they decide what is shown.
- The fragment is dropped.
"""

from __future__ import annotations

import re

from outreach.keys.address import trim
from outreach.keys.base import Identity, Platform, Url, keep_none, words

__all__ = ["WEB", "from_site"]

_PLAIN = re.compile(r"[A-Za-z0-9_~!$&'()*+,;=:@/-]*").fullmatch
_ODD = re.compile(r"(?:%[0-9A-Fa-f]{2})+|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_STANDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@")
_TRACKING = words(
    "fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid msclkid yclid ysclid ymclid yadclid yadordid "
    "twclid "
    "ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok _openstat openstat _hsenc _hsmi __hstc __hssc __hsfp "
    "hsctatracking "
    "vero_id vero_conv oly_anon_id oly_enc_id _ga _gl _branch_match_id _branch_referrer srsltid epik irclickid "
    "rb_clickid "
    "s_kwcid cm_mmc wickedid fb_action_ids fb_action_types fb_source fb_ref mibextid ref_src ref_url roistat "
    "calltouch_tm etext admitad_uid sc_channel sc_campaign pk_campaign pk_kwd pk_source pk_medium mtm_campaign "
    "mtm_kwd "
    "mtm_source mtm_medium mtm_content"
)
_WHY = "the address of a site outside the known platforms"


def from_site(url: Url) -> Identity:
    """The key of a page.

    Example:
        >>> from outreach.keys.address import cut
        >>> from_site(cut("www.Example.com/a/../Page/?utm_source=x&b=2&a=1#top")).key
        'web:example.com/Page?a=1&b=2'

    """
    host = url.host
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    rest = f"{host}:{url.port}" if url.port else host
    if path := _path(url.path):
        rest = f"{rest}/{path}"
    if query := _query(url.query):
        rest = f"{rest}?{query}"
    if trim(rest) != rest:  # it must not look like the punctuation around an address
        rest = rest[:-1] + _encoded(rest[-1])
    return Identity(f"web:{rest}", _WHY)


def _path(path: str) -> str:
    if _PLAIN(path) and "//" not in path:
        return path.strip("/")
    words: list[str] = []
    for word in _plainly(path).split("/"):
        if word == "..":
            del words[-1:]
        elif word not in {"", "."}:
            words.append(word)
    return "/".join(words)


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = [pair for pair in _plainly(query).split("&") if pair and not _only_traces(pair)]
    return "&".join(sorted(pairs, key=lambda pair: pair.partition("=")[0]))


def _only_traces(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def _plainly(text: str) -> str:
    """One spelling for the percent-encodings of a text."""
    return _ODD.sub(lambda run: _respelled(run[0]), text)


def _respelled(run: str) -> str:
    if run[0] != "%" or len(run) == 1:
        return run if _is_letter(run) else _encoded(run)
    try:
        text = bytes.fromhex(run.replace("%", "")).decode()
    except UnicodeDecodeError:
        return run.upper()
    return "".join(char if char in _STANDS or _is_letter(char) else _encoded(char) for char in text)


def _is_letter(char: str) -> bool:
    return not char.isascii() and char.isprintable()


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _url(rest: str) -> str:
    return f"https://{rest}" if "/" in rest or "?" in rest else f"https://{rest}/"


def _from_text(_text: str) -> None:
    """Answer for a bare text: ``identify`` knows which of them are addresses."""


WEB = Platform("web", "the web", (), from_site, _from_text, _url, keep_none)
