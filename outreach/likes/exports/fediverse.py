"""Mastodon and its relatives: tables of followed accounts with and without a header, and Pixelfed's list of addresses.

Headers are those of Mastodon's, Akkoma's and Misskey's own source text, of which Mastodon's test files were read;
everything else is from documents only.

A table without a header looks like any list of e-mail addresses. It is ours only if its name says that it holds follows
(or what else these servers export), the lines of its beginning are ``user@domain`` (some without the domain, not the
first; one in ten may be odd), and no domain is one of the large mail providers'. A plain list of ``@user@domain`` needs
no reader.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.files.contract import Rejected
from outreach.keys import is_mail
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, resaved, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Fediverse"]

LOCAL: Final = message("local-account")
LINE_LETTERS: Final = 400
NO_ADDRESS: Final = message("no-address-of-account")
_HEADER = re.compile(r'\s*"?Account address"?\s*(?:[,;\t]|\r|\n|$)', re.IGNORECASE)
_MUTES = re.compile(r"^[^\n]*hide notifications", re.IGNORECASE)
_ADDRESS = r"@?[A-Za-z0-9_][A-Za-z0-9_.-]*@[^\s@,;/:\"']+\.[^\s@,;/:\"']+"
_FLAG = r"\s*[,;\t]\s*(?:withReplies=)?(?:true|false)"
_LANGUAGES = r"""\s*[,;\t]\s*(?:"[a-z, -]*"|[a-z]{2,3}(?:-[a-z]+)?)?"""
_LINE = re.compile(rf'\s*"?{_ADDRESS}"?(?:{_FLAG}(?:{_FLAG}(?:{_LANGUAGES})?)?)?\s*', re.IGNORECASE)
_LISTS_LINE = re.compile(rf'\s*(?:"[^"]+"|[^",@]+)\s*,\s*{_ADDRESS}\s*(?:,[^,]*)?', re.IGNORECASE)
_LOCAL = re.compile(rf"\s*@?[A-Za-z0-9_]{{1,100}}(?:{_FLAG}){{0,2}}\s*[,;]?\s*", re.IGNORECASE).fullmatch
_NAME = r"(?<![a-z])(?:{})(?![a-z])[^/]*\.(?:csv|txt)$"
_FOLLOWS = re.compile(
    _NAME.format(r"following|follows|followed_accounts|follow[-_]export|new-following-imports"), re.IGNORECASE
)
_OTHERS: Final = tuple(
    (re.compile(_NAME.format(names), re.IGNORECASE), code)
    for names, code in (
        (r"followers|follower_accounts", "who-follows-them"),
        (r"block|blocks|blocking|blocked|blocked_accounts", "accounts-blocked"),
        (r"mute|mutes|muting|muted|muted_accounts", "accounts-muted"),
        (r"lists|user-lists|user_lists", "lists-of-accounts"),
    )
)
_PIXELFED = re.compile(r"pixelfed[-_](following|followers)(?![a-z])[^/]*\.json$", re.IGNORECASE)


class Fediverse(FileByFile):
    """Accounts that a person follows from Mastodon, Misskey, Akkoma, Pleroma, GoToSocial, Friendica or Pixelfed."""

    name = "mastodon"
    platform = "mastodon"
    reads = "following_accounts.csv of Mastodon and its relatives, with and without a header; pixelfed-following.json"
    ask = "Preferences > Import and export > Data export > You follow > CSV (Misskey: Settings > Import and export)"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"[^/]*(?:following|follows|followers|followed_accounts|blocked_accounts|muted_accounts|blocking|muting|mutes"
        r"|(?<![a-z])(?:user[-_])?lists)(?![a-z])[^/]*\.csv$|[^/]*pixelfed-follow(?:ing|ers)[^/]*\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the header; without one by the name and every line."""
        if _PIXELFED.search(source.name):
            return re.match(r'\s*\[\s*(?:\]|"https?:)', source.beginning) is not None
        if _HEADER.match(resaved(source.beginning)[0]):
            return True
        return bool(_FOLLOWS.search(source.name) or _other(source)) and _are_accounts(source)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the accounts of a table or of a list of addresses."""
        if found := _PIXELFED.search(source.name):
            other = "" if found[1].lower() == "following" else "who-follows-them"
            return iter([other_list(source, other)]) if other else _addresses(source)
        other = _other(source) or ("accounts-muted" if _MUTES.match(source.beginning) else "")
        return iter([other_list(source, other)]) if other else _table(source)


def _other(source: Source) -> str:
    """Return what a file holds instead of follows, empty where it may hold those."""
    return next((code for pattern, code in _OTHERS if pattern.search(source.name)), "")


def _are_accounts(source: Source) -> bool:
    """Whether every line of the beginning is an account, or a line of a list's export."""
    lines = source.beginning.splitlines()
    if len(source.head) >= HEAD_BYTES:  # the last one may be cut
        lines = lines[:-1]
    lines = [line for line in lines if line.strip()]
    whole = _LISTS_LINE.fullmatch if "lists" in source.name.lower() else _LINE.fullmatch
    local = [line for line in lines if len(line) > LINE_LETTERS or not whole(line)]
    if len(local) * 2 >= len(lines) or local[:1] == lines[:1]:
        return False
    odd = sum(not _LOCAL(line) for line in local)
    return odd <= max(1, len(lines) // 10) and not any(_is_mail(line) for line in lines)


def _is_mail(line: str) -> bool:
    found = re.search(_ADDRESS, line[:LINE_LETTERS], re.IGNORECASE)
    return found is not None and is_mail(found[0])


def _table(source: Source) -> Iterator[Part]:
    yield Listed("mastodon")
    table, delimiter = resaved(source.text)
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter, skipinitialspace=True)
    headed = _HEADER.match(table) is not None
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if headed:
                headed = False
                continue
            yield _account(text(row[0]), source.label, rows.line_num)
    except csv.Error as err:
        raise InputError("damaged table", where=source.label, line=rows.line_num, hint="download it again") from err


def _account(address: str, label: str, line: int) -> Like | Rejected:
    user, _, domain = address.removeprefix("@").partition("@")
    if not user:
        return Rejected(label, line, NO_ADDRESS)
    if domain:
        return Like("mastodon", handle=f"@{user}@{domain}", line=line)
    return Rejected(label, line, LOCAL if _LOCAL(user) else NO_ADDRESS)


def _addresses(source: Source) -> Iterator[Part]:
    yield Listed("mastodon")
    for line, address in enumerate(documents(source), start=1):
        yield _profile(text(address), source.label, line)


def _profile(address: str, label: str, line: int) -> Like | Rejected:
    """Return whom an address leads to: Pixelfed writes its own accounts as ``https://server/user``."""
    try:
        parts = urlsplit(address)
        words = [word for word in parts.path.split("/") if word]
        host = parts.hostname or ""
    except ValueError:
        return Rejected(label, line, NO_ADDRESS)
    if parts.scheme not in {"http", "https"} or not host or not words:
        return Rejected(label, line, NO_ADDRESS)
    if len(words) == 1 and words[0][0] != "@":
        return Like("mastodon", handle=f"@{words[0]}@{host}", line=line)
    return Like("mastodon", url=address, line=line)
