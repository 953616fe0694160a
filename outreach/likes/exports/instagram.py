"""Instagram's and Threads' "Download your information": who is followed, as JSON and as web pages.

Until October 2025 the handle is the ``value`` of a record; since then it is the ``title``, and the address reads
``/_u/handle``. In Threads the title is the display name.

Built from files of 2022 and 2025 (before the change). From documents only: Threads, the web pages, the menu path in
``ask``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected
from outreach.files.dates import from_seconds, iso_moment
from outreach.likes.exports.base import Like, Listed, other_list
from outreach.likes.exports.meta import (
    COPY,
    FOLDERS,
    REST,
    first_key,
    items,
    looks_like_page,
    page_records,
    stem,
    text_of,
)
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, ListOptions, Part
    from outreach.likes.exports.meta import PageRecord

__all__ = ["Instagram", "Threads"]

FOLLOWING: Final = {"instagram": "relationships_following", "threads": "text_post_app_text_post_app_following"}
OTHERS: Final = (
    ("unfollow", "accounts-no-longer-followed"),
    ("hashtag", "hashtags"),
    ("dismissed|removed_suggestions", "suggestions-removed"),
    ("permanent_follow_requests|recent_follow_requests|requests?_sent|pending", "requests-unanswered"),
    ("follow_requests", "requests-received"),
    ("blocked|restricted|hide_|muted", "accounts-blocked"),
    ("close_friends|favou?rite|custom_lists", "close-friends"),
    ("followers", "followers-refused"),
    ("likes|liked", "likes-of-posts"),
)
"""By words in the key or in the name of the file; the first that fits."""

NO_RECORD: Final = message("not-an-account-record")
NO_HANDLE: Final = message("no-handle")
DELETED: Final = message("account-deleted")

NAMES: Final = re.compile(
    r"following(?:_\d+)?|followers(?:_\d+)?|following_hashtags|(?:recently_)?unfollowed_\w+|recently_unfollowed_\w+|"
    r"pending_follow_requests|recent_follow_requests|follow_requests\w*|close_friends|blocked_\w+|restricted_\w+|"
    r"removed_suggestions|hide_story_from|profiles_you_ve_favorited|accounts_you_ve_favorited|custom_lists"
)
PATHS: Final = re.compile(
    rf"(?<![^/]){FOLDERS}(?:following(?:_\d+|_hashtags)?|followers(?:_\d+)?|{REST}unfollowed_{REST}|{REST}follow_requests{REST}"
    rf"|close_friends|blocked_{REST}|restricted_{REST}|removed_suggestions|hide_story_from|custom_lists"
    rf"|{REST}_you{REST}ve_favorited){COPY}\.(?:json|html?)\Z",
    re.IGNORECASE,
)
FOLDER: Final = {"instagram": "followers_and_following/", "threads": "threads/"}
ADDRESS: Final = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?(?:instagram\.com|threads\.(?:com|net))/(?:_u/)?@?([^/?#\s]+)", re.IGNORECASE
)
ADDRESS_ALONE: Final = re.compile(
    r"https://www\.(?:instagram\.com|threads\.(?:com|net))/(?:_u/)?@?([A-Za-z0-9._]{1,60})"
)
HANDLE: Final = re.compile(r"@?([A-Za-z0-9._]{1,60})")


class _Accounts:
    """What the readers of both platforms do alike."""

    name = ""
    platform = ""
    evidence: Evidence = "documents"
    paths = PATHS

    def identify(self, source: Source) -> bool:
        """Tell by the first key; of bare lists and web pages by the name of the file and what leads where."""
        return _platform(source) == self.platform

    def read(self, sources: Sequence[Source], options: ListOptions) -> Iterator[Part]:
        """Yield who is followed; skip every other list of accounts."""
        for source in sources:
            yield from self._read_file(source, from_seconds if options.dated else _never)

    def _read_file(self, source: Source, followed_at: Callable[[object], str]) -> Iterator[Part]:
        if not _is_list(source, self.platform):
            yield other_list(source, _other(source))
            return
        yield Listed(self.platform)
        if looks_like_page(source.beginning):
            for line, record in enumerate(page_records(source.label, source.text), start=1):
                yield self._from_page(source.label, line, record)
            return
        listed = source.json
        if isinstance(listed, dict):
            listed = listed.get(FOLLOWING[self.platform])
        elif isinstance(listed, list):  # of several exports, as scripts join them
            key = FOLLOWING[self.platform]
            joined = [one[key] if isinstance(one, dict) and isinstance(one.get(key), list) else [one] for one in listed]
            listed = [one for part in joined for one in part]
        for line, item in enumerate(items(source, listed), start=1):
            like = self._plain_like(line, item, followed_at)
            if like is not None:
                yield like
            else:
                yield from self._from_json(source.label, line, item, followed_at)

    def _plain_like(self, line: int, item: Any, followed_at: Callable[[object], str]) -> Like | None:
        """Return a record as nearly all are, with one account and no name beside it; None for any other."""
        listed = item.get("string_list_data") if type(item) is dict else None
        if type(listed) is not list or len(listed) != 1 or type(account := listed[0]) is not dict:
            return None
        value = account.get("value")
        found = None
        if value is None:
            if type(href := account.get("href")) is str:
                found = ADDRESS_ALONE.fullmatch(href)
        elif type(value) is str and not item.get("title"):
            found = HANDLE.fullmatch(value)
        if found is None or (handle := found[1])[0] == "_":
            return None
        return Like(self.platform, "", handle, "", "", "", followed_at(account.get("timestamp")), line)

    def _from_json(
        self, label: str, line: int, item: Any, followed_at: Callable[[object], str]
    ) -> Sequence[Like | Rejected]:
        """Return one record; its list holds one account, or none where the title is all there is."""
        if not isinstance(item, dict):
            return (Rejected(label, line, NO_RECORD),)
        listed = item.get("string_list_data")
        accounts = [account for account in listed if isinstance(account, dict)] if isinstance(listed, list) else []
        return [self._from_account(label, line, item, account, followed_at) for account in accounts or ({},)]

    def _from_account(
        self, label: str, line: int, item: Any, account: Any, followed_at: Callable[[object], str]
    ) -> Like | Rejected:
        """Return one account of a record; of millions only the text that is needed is looked at."""
        when = followed_at(account.get("timestamp"))
        value = text_of(account.get("value"))
        linked = "" if value and HANDLE.fullmatch(value) else _in_address(text_of(account.get("href")))
        title = text_of(item.get("title")) if value or not linked else ""
        return self._like(label, line, (value, linked, title), title if value else "", when)

    def _from_page(self, label: str, line: int, record: PageRecord) -> Like | Rejected:
        linked = next((handle for link in record.links if (handle := _in_address(link))), "")
        when = iso_moment(record.moment) if record.moment else ""
        name = record.heading if linked else ""
        return self._like(label, line, (linked, record.heading, *record.texts[:1]), name, when)

    def _like(self, label: str, line: int, texts: tuple[str, ...], name: str, when: str) -> Like | Rejected:
        """Return the first text that is a handle; a name that differs from it is kept."""
        for text in texts:
            if text and (found := HANDLE.fullmatch(text)):
                handle = found[1]
                break
        else:
            return Rejected(label, line, NO_HANDLE)
        if handle[0] == "_" and handle.lower().startswith("__deleted__"):
            return Rejected(label, line, DELETED)
        own = name if name and name.lower().lstrip("@") != handle.lower() else ""
        return Like(self.platform, "", handle, "", own, "", when, line)


class Instagram(_Accounts):
    """Accounts followed on Instagram."""

    name = "instagram"
    platform = "instagram"
    reads = "accounts followed: following.json as it is since October 2025 and before, and following.html"
    ask = (
        "Settings > Accounts Center > Your information and permissions > Export your information: Instagram profile, "
        "format JSON, date range All time; the category Followers and following is enough"
    )
    evidence: Evidence = "real file"


class Threads(_Accounts):
    """Accounts followed on Threads; their list comes in Instagram's export."""

    name = "threads"
    platform = "threads"
    reads = "accounts followed on Threads: following.json or following.html in the folder threads"
    ask = (
        "Settings > Accounts Center > Your information and permissions > Export your information: Instagram profile, "
        "format JSON, date range All time; the category Threads is enough"
    )
    evidence: Evidence = "documents"


def _platform(source: Source) -> str | None:
    """Return whose list of accounts a file is, None where it is neither's."""
    if key := first_key(source):
        if key.startswith("text_post_app_"):
            return "threads"
        return "instagram" if key.startswith("relationships_") or re.fullmatch(r"likes_\w+_likes", key) else None
    beginning = source.beginning
    bare = beginning.lstrip().startswith("[") and (
        "string_list_data" in source.json_keys or (_named(source) and FOLDER["instagram"] in source.inner)
    )
    if not bare and not (looks_like_page(beginning) and NAMES.fullmatch(stem(source))):
        return None
    return _by_words(source, otherwise="instagram" if bare else None)


def _by_words(source: Source, otherwise: str | None) -> str | None:
    """Tell the platform by the folder, else by what the beginning speaks of."""
    inner, words = f"/{source.inner}", source.beginning.lower()
    if f"/{FOLDER['threads']}" in inner or ("threads." in words and "instagram.com/" not in words):
        return "threads"
    if f"/{FOLDER['instagram']}" in inner or ("instagram" in words and "/following_and_followers/" not in inner):
        return "instagram"
    return otherwise


def _is_list(source: Source, platform: str) -> bool:
    """Tell whether a file is the list of who is followed."""
    if key := first_key(source):
        return key == FOLLOWING[platform]
    return re.fullmatch(r"following(?:_\d+)?", stem(source)) is not None


def _named(source: Source) -> bool:
    return NAMES.fullmatch(stem(source)) is not None


def _other(source: Source) -> str:
    """Return the code of what a list of accounts is that is not counted."""
    words = first_key(source) or stem(source)
    bare = source.beginning.lstrip().startswith("[")
    default = "accounts-of-what" if bare else "not-follows"
    return next((code for pattern, code in OTHERS if re.search(pattern, words)), default)


def _never(_value: object) -> str:
    """Return no date: a third of the time goes into millions of them."""
    return ""


def _in_address(text: str) -> str:
    """Return the handle in an address, empty where there is none."""
    found = ADDRESS.match(text)
    return found[1] if found else ""
