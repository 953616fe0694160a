"""The sentences in English, room by room.

``{name}`` is a value of the message, ``{name:# row|# rows}`` a counted noun.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SENTENCES"]

SENTENCES: Final = {
    # files: where they come from, and plug-ins
    "sentence": "{text}",
    "plug-in-broken": "the plug-in {name} is broken ({error}), and was left out",
    "plug-in-failed": "the plug-in {name} failed",
    "given-twice": "given twice, read once",
    "archive-not-read": "an archive that is not read: unpack it, or save it as ZIP",
    "only-a-link": "only a link to a Google Sheet: choose File > Download > Microsoft Excel there",
    "save-as-table": "save it as .xlsx or .csv",
    "not-a-table-by-name": "not a table by its name",
    # likes: what files of exports hold instead of follows
    "accounts-blocked": "accounts that the person blocked or hid",
    "accounts-muted": "accounts that the person muted",
    "accounts-no-longer-followed": "accounts no longer followed",
    "accounts-not-follows": "accounts, but no list of follows",
    "accounts-of-what": "a list of accounts without a word on what it is, as followers have it",
    "accounts-searched-for": "accounts that were searched for",
    "accounts-suggested": "accounts that Bluesky suggests",
    "car-holds-no-repository": "a CAR file that holds no repository of Bluesky",
    "close-friends": "close friends and favourites: a part of the list of who is followed",
    "connections": "connections: people, not resources",
    "contacts-of-telephone": "contacts from the person's telephone",
    "conversations": "conversations, not servers",
    "discord-index-of-what": (
        "an index.json of servers or of conversations, which only its folder tells: give the whole package"
    ),
    "followed-lately": "a history of what was followed lately; the list itself is another file",
    "followers-refused": "followers, not what the person follows",
    "friends": "friends and requests to be one: people, not resources",
    "group-invitations": "invitations to groups",
    "groups-administered": "groups that the person administers",
    "groups-visited": "groups that the person only looked at",
    "hashtags": "hashtags, which are no accounts",
    "invitations": "invitations to be a connection",
    "likes-of-posts": "likes of posts, not follows",
    "lists-member": "lists that others put the person on",
    "lists-of-accounts": "lists of accounts; whom they follow is in following_accounts.csv",
    "lists-own": "lists that the person runs",
    "no-list-in-it": "no list of follows in it",
    "not-follows": "not the list of who is followed",
    "one-conversation": "one conversation, no list of channels",
    "pages-no-longer-followed": "pages no longer followed",
    "pages-of-shops": "pages of shops where the person bought",
    "pages-recommended": "pages that the person recommended",
    "pages-run": "pages that the person runs",
    "people-not-communities": "a list of people, not of communities",
    "reddit-friends": "their friends",
    "reddit-no-subreddits": "posts, comments or accounts, no subreddits",
    "reddit-own-lists": "their own lists of subreddits",
    "reddit-posts": "posts, comments or votes",
    "repositories-unsure": (
        "repositories of one owner, which nothing tells to be stars; if they are, name the file starred.json"
    ),
    "requests-received": "requests to follow the person",
    "requests-unanswered": "requests to follow, not answered yet",
    "spotify-counts-only": "how many follow and are followed, no list of artists",
    "subreddits-moderated": "subreddits that they moderate or may post to",
    "suggestions-removed": "suggestions that the person removed",
    "telegram-html": "a page of Telegram's HTML export, which has no ids of channels",
    "telegram-no-chats": "this export holds no chats",
    "tiktok-no-list": "this export holds no list of who is followed",
    "tiktok-other-list": "a list of TikTok's that is not who is followed",
    "who-follows-them": "who follows them",
    "x-no-lists": "subscribed to no list of X",
    "youtube-other-answer": "an answer of YouTube's that is no list of subscriptions",
    "youtube-other-file": "a file of YouTube's that is no list of subscriptions",
    # likes: records of exports that cannot be used
    "account-deleted": "an account that was deleted",
    "artist-without-name": "an artist without a name",
    "channel-without-id": "a channel or group without its id",
    "community-blocked": "a community that VK has blocked",
    "community-deleted": "a community that VK has deleted",
    "community-without-id": "a community without its id",
    "follow-of-whom": "a follow that does not tell whom",
    "group-event-neither": "neither joined nor left: a request or an invitation",
    "group-sentence-unknown": "a sentence on a group in words that are not known, and no name beside it",
    "id-rounded": "an id that a program rounded: give the file as X made it",
    "linkedin-status": "a status that is neither Active nor Unfollow",
    "local-account": "an account of the server that wrote the file, whose name the file does not tell",
    "neither-id-nor-title": "neither the id nor the title of a channel",
    "no-account-id": "no id of an account in this record",
    "no-address-of-account": "no address of an account",
    "no-address-of-list": "no address of a list in this record",
    "no-channel": "no channel",
    "no-did": "no did and no handle",
    "no-handle": "no handle in this record",
    "no-name": "no name in this record",
    "no-repository": "no repository",
    "no-tiktok-handle": "no handle of a TikTok account",
    "not-a-facebook-record": "not a record of a page, a person or a group",
    "not-an-account-or-list": "not a record of an account or a list",
    "not-an-account-record": "not a record of an account",
    "server-without-id": "a server without an id",
    "subreddit-without-name": "a subreddit without a name",
    # likes: what else there is to know of an export
    "car-cut-off": (
        "the file is cut off or damaged after record {records}; what stands before is read: download it again"
    ),
    "channels-by-title-only": "channels whose id is none of YouTube's are known by their title only: {channels:,}",
    "dids-only": "accounts are known by their dids only; names and sizes are not in this file",
    "follows-ended": "{follows:# follow|# follows} ended, not counted",
    "group-words-unknown": (
        "{records:# record|# records} of groups in words that are not known: counted as memberships where nothing else "
        "is said of the group, though some may have ended"
    ),
    "groups-left": "{groups:# group|# groups} left again, not counted",
    "header-in-other-language": "headers in another language: read by position",
    "ids-taken-for-communities": (
        "numbers without a kind were taken for communities, as groups.get gives them; friends look the same"
    ),
    "lines-neither-day-nor-name": "lines that are neither a date nor a user name: {lines:,}",
    "maybe-more": "the answer tells of a next page: the list may be longer",
    "no-channels-left-out": "records that are no channels of YouTube were left out: {records:,}",
    "not-subscribed-left-out": "subreddits that the answer says they are not subscribed to, not counted: {subreddits}",
    "other-feeds-left-out": "feeds of other sites were left out: {feeds:,}",
    "own-profile": "their own profile is not counted",
    "people-and-pages-together": "people and pages stand together in this list, by name only; both are counted",
    "people-left-out": "people are no communities and were left out: {people} (--include-people)",
    "read-up-to-damage": "the file is damaged or cut off at byte {byte:,}: what stands before it was read",
    "repositories-taken-for-stars": "repositories without the date of a star, taken for starred ones",
    "second-list-of-kind": "a second list of its kind for --customer: is it the same person's?",
    "telegram-bots": "bots ({chats:,})",
    "telegram-chats-left": "chats that were left ({chats:,})",
    "telegram-html-alone": (
        "Telegram's HTML export has no ids of channels: in Telegram Desktop export again, as machine-readable JSON"
    ),
    "telegram-left-out": "left out: {chats}",
    "telegram-no-channels": (
        'no channel or public group stands in this export: Telegram Desktop leaves them out unless "Private channels", '
        '"Public channels" and "Public groups" are ticked'
    ),
    "telegram-one-chat": (
        "the export of one chat, not a list of what this person follows: in Telegram Desktop export again, as "
        "machine-readable JSON, all channels"
    ),
    "telegram-personal-chats": "personal chats ({chats:,})",
    "telegram-replies": "replies ({chats:,})",
    "telegram-saved-messages": "saved messages ({chats:,})",
    "telegram-small-groups": "small private groups ({chats:,})",
    "telegram-chat-kinds-unknown": "chats of an unknown kind ({chats:,})",
    "telegram-verification-codes": "verification codes ({chats:,})",
    "vk-errors": "VK answered with an error {times:,} times: ask for those pages again",
    "vk-more-pages": "VK counts {counted:,}, the file holds {held:,}: ask VK for the other pages",
    "x-by-number": "X tells these accounts by number, without a name; outreach resources makes a sheet to name them in",
    # likes: files of exports that are left out
    "beside-lists": "beside a list of follows, and by their names none",
    "list-not-recognised": "called like a list of follows, and not recognised as one",
    "no-lists-by-name": "no lists of follows by their names",
    "same-list": "the same list as {before}, read once",
    "zip-without-lists": "a ZIP archive of {files:# file|# files} without a list of follows",
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
}
