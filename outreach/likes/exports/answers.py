"""Answers of the interfaces of X and Instagram to whom somebody follows, saved page by page.

From documents only. The answers to who follows somebody look the same, so that the name of the file has to tell them
apart; where it tells neither, they are read and a remark says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected, Remark
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, number, records, text
from outreach.messages import message
from outreach.words.columns import map_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["InstagramAnswers", "XAnswers"]

FOLLOWERS: Final = re.compile(r"followers|fans|followed[-_ ]?by", re.IGNORECASE).search
FOLLOWING: Final = re.compile(r"following|followings|friends|subscri|\bfollows", re.IGNORECASE).search
OTHERS: Final = re.compile(r"block|mut(?:e|ing)|retweet|liking|likers|pending|requests|search", re.IGNORECASE).search
NO_RECORD: Final = message("not-an-account-record")
WRAPPERS: Final = ("data", "user", "result", "timeline", "timeline")
TELLING: Final = frozenset({"full_name", "is_private", "profile_pic_url", "pk"})


class _Answers(FileByFile):
    """What both readers do alike."""

    name = ""
    platform = ""

    def pages(self, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the answers of a file."""
        return answers

    def accounts(self, page: dict[str, Any]) -> list[Any] | None:
        """Return the accounts of an answer, None where it holds no list of follows."""
        raise NotImplementedError

    def more(self, page: dict[str, Any]) -> bool:
        """Return whether an answer tells of a next page."""
        raise NotImplementedError

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the accounts.

        Raises:
            InputError: The JSON is damaged.

        """
        if FOLLOWERS(source.name) and not FOLLOWING(source.name):
            yield other_list(source, "followers-refused")
            return
        if OTHERS(source.name):
            yield other_list(source, "accounts-not-follows")
            return
        pages = self.pages([fields(page) for page in documents(source)])
        lists = [found for page in pages if (found := self.accounts(page)) is not None]
        if not lists:
            yield other_list(source, "followers-refused" if "edge_followed_by" in source.json_keys else "not-follows")
            return
        yield Listed(self.platform)
        for line, account in records(one for found in lists for one in found):
            yield self._like(source.label, line, account)
        if self.more(pages[-1]):
            yield Remark(message("maybe-more"))
        if not (FOLLOWING(source.name) or "edge_follow" in source.json_keys):
            yield Remark(message("direction-unknown"))

    def _like(self, label: str, line: int, account: dict[str, Any]) -> Like | Rejected:
        account = fields(account.get("node")) or account
        handle = text(account.get("username")) or text(account.get("screen_name"))
        identity = "" if handle or self.platform != "x" else text(account.get("id_str")) or text(account.get("id"))
        name = text(account.get("full_name")) or text(account.get("name"))
        size = number(fields(account.get("public_metrics")).get("followers_count")) or number(
            account.get("followers_count", account.get("follower_count"))
        )
        if not handle and not identity:
            return Rejected(label, line, NO_RECORD)
        return Like(self.platform, handle=handle, resource=identity, name=name, subscribers=size, line=line)


class XAnswers(_Answers):
    """Accounts followed on X, by its interface."""

    name = "x-api"
    platform = "x"
    reads = "answers of X's interface: users/:id/following, friends/list"
    ask = "with an app that the customer authorises: api.x.com/2/users/ID/following (scope follows.read)"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?<![^/])(?:x|twitter)[-_ ]?(?:api|following)[^/]*\.json$", re.IGNORECASE)
    titled = True

    def identify(self, source: Source) -> bool:
        """Tell by the keys of a page, and of an account."""
        keys = source.json_keys
        if source.beginning.lstrip()[:1] not in {"{", "["}:
            return False
        if {"instructions", "user_results"} <= keys:
            return True
        if "result_count" in keys and "meta" in keys:
            return "username" in keys or bool("data" not in keys and FOLLOWING(source.name))
        return {"users", "next_cursor", "screen_name"} <= keys

    def accounts(self, page: dict[str, Any]) -> list[Any] | None:
        """Return ``data`` of the second version, ``users`` of the first."""
        if "meta" in page and "data" not in page:
            return []
        page = _direction(page)
        if (timeline := _timeline(page)) is not None:
            return timeline
        found = page.get("data", page.get("users"))
        return found if isinstance(found, list) else None

    def more(self, page: dict[str, Any]) -> bool:
        """Return whether there is the token of a next page."""
        page = _direction(page)
        return bool(text(fields(page.get("meta")).get("next_token"))) or text(page.get("next_cursor")) not in {"", "0"}


class InstagramAnswers(_Answers):
    """Accounts followed on Instagram, by what its site asks for."""

    name = "instagram-web"
    platform = "instagram"
    reads = "answers that Instagram's site gets: friendships/ID/following, edge_follow"
    ask = "better from Instagram's export: outreach formats instagram; browser extensions save these answers"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?<![^/])instagram[-_ ](?:following|follows)[^/]*\.json$", re.IGNORECASE)
    titled = True

    def identify(self, source: Source) -> bool:
        """Tell by the keys of an answer, and of an account."""
        keys = source.json_keys
        if source.beginning.lstrip()[:1] not in {"{", "["}:
            return False
        if not {"edge_follow", "edge_followed_by"}.isdisjoint(keys):
            return "edges" in keys
        if source.beginning.lstrip()[:1] == "[":  # tools that gather several people's name the one asked about
            return {"pk", "username"} <= keys and len(TELLING & keys) > 2 and map_columns([*keys]).queried is False
        return {"users", "username"} <= keys and len(TELLING & keys) > 1

    def pages(self, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the answers of a file; a bare list of accounts is one."""
        return [{"users": answers}] if any("pk" in one for one in answers) else answers

    def accounts(self, page: dict[str, Any]) -> list[Any] | None:
        """Return ``users`` of an answer, or the edges that lead to whom is followed."""
        if isinstance(page.get("users"), list):
            return list(page["users"])
        edges = _edge_follow(page).get("edges")
        return edges if isinstance(edges, list) else None

    def more(self, page: dict[str, Any]) -> bool:
        """Return whether there is the id of a next page."""
        info = fields(_edge_follow(page).get("page_info"))
        return bool(text(page.get("next_max_id"))) or info.get("has_next_page") is True


def _direction(page: dict[str, Any]) -> dict[str, Any]:
    """Return what stands under a word for following, where a file holds both directions; else the whole."""
    found = [one for key, one in page.items() if isinstance(one, dict) and FOLLOWING(key) and not FOLLOWERS(key)]
    return found[0] if len(found) == 1 and "meta" not in page else page


def _timeline(page: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the accounts of a timeline, however much of what wraps it was saved; None where this is none."""
    inner: Any = page
    for key in WRAPPERS:
        inner = fields(inner).get(key, inner)
    instructions = fields(inner).get("instructions")
    if not isinstance(instructions, list):
        return None
    entries = [fields(one) for part in instructions for one in members(fields(part).get("entries"))]
    accounts = [fields(fields(fields(one.get("content")).get("itemContent")).get("user_results")) for one in entries]
    return [
        {"id_str": one.get("rest_id"), **fields(one.get("legacy")), **fields(one.get("core"))}
        for account in accounts
        if (one := fields(account.get("result")))
    ]


def _edge_follow(page: dict[str, Any]) -> dict[str, Any]:
    """Return what an answer holds of whom is followed, however much of what wraps it was saved."""
    user = fields(fields(page.get("data")).get("user")) or fields(page.get("user")) or page
    return fields(user.get("edge_follow"))
