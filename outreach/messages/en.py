"""The sentences in English, room by room.

``{name}`` is a value of the message, ``{name:# row|# rows}`` a counted noun, ``{name:money}`` a sum, ``{name:percent}``
a number of percent.
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
    # files: rows that cannot be used
    "quote-never-closed": "a quote is opened and never closed",
    "nul-byte": "a NUL byte: the file is damaged here",
    "not-utf8": "not UTF-8: letters were damaged or the line has another encoding",
    "line-too-long": "a line of more than 2 MB",
    "formula-without-value": "a formula without a stored value: open the file in Excel and save it",
    # files: sizes that are doubtful
    "size-is-date": "a date where a size should be: Excel makes one of 12.5",
    "size-is-fraction": "a fraction: a size is a whole number; taken as unknown",
    "size-fraction-of-thousands": "{text} is a fraction: if it is {spaced}, type {size}",
    "size-approximate": 'a range, or "less than": its first number was taken',
    "size-approximate-text": "{text} is not one number: taken as {size}",
    "size-not-a-number": "not a whole number above 0: write 12500 or 12 500; taken as unknown",
    "size-rounded": "rounded by Excel, digits are lost: this is an id, not a size; taken as unknown",
    "size-in-thousands": ("the column's fractions say that it is in thousands: write 12500 or 12.5K; taken as unknown"),
    "size-ambiguous": (
        "the sign before three digits could set thousands apart or begin a fraction (1,234): read as thousands"
    ),
    "size-ambiguous-text": "{text} could be {size} or a fraction: taken as {size}",
    "size-ambiguous-fraction": (
        "the sign before three digits could set thousands apart or begin a fraction (1,234K): read as a fraction"
    ),
    "size-ambiguous-fraction-text": "{text} could be {size} or a thousand times more: taken as {size}",
    "date-not-size": "a date where a size should be: type the number",
    "date-is-number": "Excel shows the number {number} as a date: type {number}",
    "date-of-number": "Excel made {date} of {typed}: type {size}",
    "date-of-one-number": "Excel made a date of {typed}: type {size}",
    "date-of-two-numbers": "Excel made a date of {typed} or of {other}: type {size} or {other_size}",
    # sheet: rows and cells that cannot be used
    "row-of-sheet": "{file}, row {row}: {reason}",
    "more-rows-of-sheet": "{file}: and {rows} more such rows",
    "sheet-no-address": "no address and no key: nothing tells which place this is",
    "address-and-key-disagree": (
        "the address and the key disagree: a column was sorted alone, or one of them was changed; the row is not used"
    ),
    "platform-and-key-disagree": (
        "the platform and the key disagree: a column was sorted alone, or one of them was changed; the row is not used"
    ),
    "formula-without-value-others-count": (
        "a formula without a stored value: open the file in Excel and save it; the other cells of the row count"
    ),
    "key-names-no-place": "the key names no place; the address counts",
    "address-names-nothing": "the address names no resource: {why}",
    "place-twice": "this place stands in row {row} too, and {columns} differ there",
    "letters-lost-in-sheet": (
        "question marks where letters were: the file was saved in an encoding that lacks them; save it as CSV UTF-8"
    ),
    "size-doubtful": "subscribers: {doubt}",
    "exclude-unclear": "exclude: neither yes nor no; the place stays in",
    "accepts-posts-unknown": (
        "accepts_posts: none of the known words (yes, no, paid, ask, or the same in Russian, Greek, Latvian, "
        "Armenian); kept as it is written"
    ),
    "rows-of-one-place": "{file}: rows {row} and {other} are one place, and {columns} differ; row {row} counts",
    # store: rows of tables of links that cannot be used, and what was taken for granted
    "places-from-utm-content": "places taken from utm_content, for want of a column that names them: {places}",
    "rows-without-status": "rows without a status, taken as published: {rows}",
    "tag-twice": "{tag} stands twice in the link",
    "no-campaign": "no campaign, neither in a column nor in the link; --campaign names one for all",
    "link-no-address": "the link is no address",
    "no-link": "no link",
    "link-no-page": "the link is no address of a page: it begins with http:// or https://",
    "link-without-tags": "the link carries no utm tags (a short link? give the long one too)",
    "place-names-nothing": "the place names no resource: {why}",
    "place-unknown": ("nothing tells which place this is: no column names it, and the link no platform in utm_source"),
    "currency-unknown": "the currency is not a known one: write it like EUR",
    "cost-no-sum": "the cost is no sum of money: write it like 12.50 or 1500 RUB",
    "word-unknown": "the {column} is a word that is not known; outreach placements set --help lists them",
    "date-unclear": "a date that could be read in two ways, or none: write it like 2026-05-12",
    "round-no-number": "the round is no number from 1",
    "placement-twice": "the same placement as in line {line}",
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
    # likes: why a table is read as it is
    "because": "{reasons}",
    "reading-scored": "{shape}, {points:.1f} points: {reasons}",
    "reason-scored": "{reason} {points:+.1f}",
    "cannot-be-read": "cannot be read",
    "in-first-rows": "in the first {rows:# row|# rows}",
    "shape-given": "--read-as says so",
    "columns-given": "--columns says which column is which",
    "column-headed": "column '{header}'",
    "column-of-customers": "{column} names customers ({customers:,}, {how})",
    "repeating": "repeating",
    "each-once": "each once",
    "above-their-rows": "each above the rows that are his",
    "column-holds": "{column} holds {what}",
    "so-many-addresses": "{addresses:# address|# addresses}",
    "so-many-names": "{names:# name|# names}",
    "addresses-and-names": "{addresses:# address|# addresses} and {names:# name|# names}",
    "column-of-places": "{column} names places",
    "marks-below-places": "marks stand below {places:# place|# places}",
    "marks-below-customers": "marks stand below {customers:# customer|# customers}",
    "cells-behind-hold": "the cells behind hold {what}",
    "customers-above": "the header names {customers:# customer|# customers}",
    "platforms-above": "the header names platforms",
    "cells-below-hold": "the cells below hold {what}",
    "questions-about-places": "{questions:# question asks|# questions ask} what people follow",
    "answers-hold": "the answers hold {what}",
    "names-above-lists": "{customers:# name stands|# names stand} above or before {what}",
    "lines-hold": "the lines hold {what}",
    "page-of-network": "copied from a network's page, with {what}",
    "already-counted": "{column} holds counts",
    "keys-name-columns": "its columns have names that are known",
    # likes: what of a table is not counted
    "columns-not-used": "columns not used: {columns:,} (outreach check names them)",
    "answers-not-counted": 'answers such as "don\'t know", not counted: {count:,} (line {lines})',
    "headings-not-counted": "headings of lists, not counted: {count:,} (line {lines})",
    # likes: what speaks for a reading of a table, as check --verbose shows it
    "names-with-ids": "names with numbers of the network",
    "name-says-sizes": "the name of the tab or file says that it holds sizes",
    "header-asks-what-people-read": "the header asks what people read",
    "rows-above-header": "rows of several cells stand above the header",
    "contacts-with-sites": "these are contacts with their own sites",
    "header-names-customers": "the header names customers",
    "header-names-people": "the header names people or accounts",
    "title-is-customer": "the name of the file, tab or folder can be a customer's",
    "owner-given": "the user says whose it is",
    "header-names-places": "the header names places",
    "addresses-under-it": "addresses stand under it",
    "addresses-in-other-columns": "addresses stand in another column, too",
    "address-beside-two-names": "one address stands beside two names",
    "address-a-platform": "each name has one address a platform",
    "name-beside-several-addresses": "one name stands beside several addresses",
    "names-spell-addresses": "the names are those of the addresses",
    "called-a-place": "what stands beside the names is called a place",
    "pairs-in-other-lists": "the same names and addresses stand in other lists",
    "no-names-beside": "no names stand beside them",
    "accounts-alone": "only names of accounts stand in it",
    "texts-beside-addresses": "texts stand beside addresses",
    "addresses-in-one-column": "addresses stand in one column",
    "texts-or-addresses-repeat": "texts or addresses repeat",
    "names-of-places-of-one": "the names are those of the places of one customer",
    "label-before-address": "a label before an address",
    "first-line-is-data": "the first line is data",
    "two-rows-above": "customers and platforms stand in two rows above",
    "header-may-be-customers": "the header can be names of customers",
    "addresses-below": "addresses stand below",
    "title-names-platform": "the tab or file names the platform",
    "same-names-below-several": "the same names stand below several",
    "header-names-platforms": "the header names platforms",
    "lists-below": "lists stand below",
    "marks-below-header": "marks stand below the header",
    "one-side-holds-places": "one side holds places",
    "labels-before-addresses": "labels that differ stand before addresses",
    "addresses-fill-rows": "addresses fill the rows",
    "several-columns-of-places": "the header names several columns of places",
    "lines-of-one-cell": "its rows are lines of text",
    "buttons-between-entries": "buttons or counts stand between the entries",
    "names-above-addresses": "names stand above or before addresses",
    "lines-of-one-customer": "all lines can be one customer's",
    "heard-or-watched": "what was heard or watched, not follows",
    "no-follows-in-json": "lists that are no follows: posts, blocks, a history or the like",
    "playlists": "playlists, not follows",
    "profile-or-settings": "a JSON object without a list of follows, such as a profile or settings",
    # likes: records of exports that cannot be used
    "account-deleted": "an account that was deleted",
    "artist-without-name": "an artist without a name",
    "channel-without-id": "a channel or group without its id",
    "community-blocked": "a community that VK has blocked",
    "community-deleted": "a community that VK has deleted",
    "community-without-address": "a community without its address",
    "community-without-id": "a community without its id",
    "feed-without-address": "a feed without its address",
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
    "direction-unknown": (
        "the answer does not tell whom the person follows from who follows the person: taken for the former; a name "
        "such as following.json or followers.json tells"
    ),
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
    "communities-not-subscribed": (
        "communities that the answer says they are not subscribed to, not counted: {communities:,}"
    ),
    "not-subscribed-left-out": "subreddits that the answer says they are not subscribed to, not counted: {subreddits}",
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
    # likes: how tables were read, what was decided, what is doubtful
    "table-understood": "{file}: {how:;}",
    "customers-from-above": "rows whose customer stands in a row above: {rows}",
    "totals-passed-over": "rows of totals passed over: {rows}",
    "words-of-page-dropped": "words of the network's page dropped (Follow, Подписаться …): {words}",
    "customers-with-nothing": "customers with nothing under their name, not counted: {customers}",
    "addresses-behind-texts": "addresses taken from the links behind texts: {addresses}",
    "tab-hidden": "the tab is hidden, and was read",
    "rows-hidden": "hidden rows, read like the others: {rows}",
    "signs-not-in-encoding": "signs that {encoding} does not have: {signs}",
    "tabs-understood": "{file}, tabs {tabs}: {shape}",
    "more-tables": "and {tables:# more table|# more tables}",
    "few-many-lists": "{lists} lists of follows in exports: {platforms}; {more:;}",
    "check-tells": "outreach check tells of each",
    "note-of-lists": "{note} ({lists} lists)",
    "note-of-files": "{note} ({files} files)",
    "passed-over": "Passed over {file}: {why}",
    "passed-over-with-hint": "Passed over {file}: {why} ({hint})",
    "passed-over-more": "Passed over {files} more files",
    "passed-over-quietly": (
        "Passed over {files} files of exports that hold no follows; outreach check --verbose names them"
    ),
    "customers-lost": "Customers without any usable row: {customers}; they are not counted",
    "aliases-not-met": "Aliases of customers that no list bears: {aliases}; write them as the lists do",
    "aliases-not-met-in-lines": (
        "Aliases of customers that no list bears: {aliases} ({file}, line {lines}); write them as the lists do"
    ),
    "handles-without-platform": (
        "Handles without a platform: {handles}; a platform column or --assume-platform NAME gives them one"
    ),
    "names-of-several-addresses": (
        "Names that several addresses bear: {number} ({names}); kept apart, --same-as joins them"
    ),
    "labels-differ-in-case": (
        "Customers whose labels differ from another's only in upper and lower case: {customers}; kept apart"
    ),
    "two-sizes": "Resources of two sizes, one at least twice the other: {resources}; the larger size counts",
    "odd-size": "{file}, line {line}: {what}{more}",
    "more-such-rows": " ({rows:# more such row|# more such rows})",
    "dates-not-understood": "Dates that were not understood: {dates}; taken as unknown",
    "aliases-contradict": "Pairs of addresses said to be one resource that cannot be: {pairs} ({shown}); kept apart",
    "ids-maybe-rounded": (
        "Ids that a spreadsheet may have rounded, their last digits being zeros: {ids}; where that is so, export the "
        "list again and keep the column as text"
    ),
    "labels-are-question-marks": (
        "Customers whose label is question marks: {customers}; several may be one, because the file was saved in an "
        "encoding without their letters. Save it again as CSV UTF-8"
    ),
    # likes: why rows of tables cannot be used
    "sentences-not-a-list": "whole sentences, not an address or a name",
    "name-without-address": "a name without an address",
    "no-id-behind-name": "no number of the network behind the name",
    "cell-without-customer": "a cell under no name of a customer",
    "hits-no-number": "the hits are no whole number above 0",
    "hits-too-many": "more hits than customers were counted (--counted)",
    "first-line-as-header": "the first line was taken for column names, because it holds no address",
    "mark-unclear": "a cell that says neither yes nor no",
    "marks-without-name": "a row or column of marks without a name",
    "header-again": "the header line again",
    "a-note": "a note, neither a customer nor a resource",
    "list-cut-off": "no button behind this: not a part of the list, or the list was cut off here",
    "neither-name-nor-address": "neither the name of a customer or a platform, nor an address",
    "only-yes": 'an answer such as "yes", which names no resource',
    "no-resource": "no resource in this row",
    "several-addresses": ("several addresses in one cell, not all of them of a resource: give each a row of its own"),
    "answer-names-nothing": 'an answer such as "don\'t know", which names no resource',
    "button-of-page": "a word of the network's page (Follow, Подписаться …), not a resource",
    "letters-lost": (
        "question marks where letters were: the file was saved in an encoding without them; save it as UTF-8"
    ),
    "more-cells-than-columns": "more cells than the header has columns: quote cells that hold the separator",
    "record-of-other-columns": "no JSON record with the columns of the others",
    "a-person": "a person or a bot, not a place",
    "a-follower": "a follower of the account, not something that it follows",
    "a-row-of-totals": "a row of totals",
    "cells-beside-their-columns": "cells stand beside their columns: the row has a cell too many or too few",
    "formula-error-customer": "the customer is an error of a formula (#N/A, #REF! …): mend it, or type the label",
    "formula-error-address": "the address is an error of a formula (#N/A, #REF! …): mend it, or type the address",
    "no-customer": "no customer in this row",
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
    # tracking: files of results, and what was found in them
    "in-file": "{file}: {what}",
    "and-more": "{first} and {more} more",
    "no-reader": "no reader recognises this file",
    "no-clicks": "no clicks in it",
    "columns-unused": "columns not used: {columns}",
    "placements-not-out": "{rows:# row|# rows} of posts that are not out yet: their price is left out",
    "rows-of-a-place-added": "{rows:# row is|# rows are} of a place that stands there already, and added to it",
    "placements-fell-through": "{rows:# row|# rows} of posts that were declined, cancelled or paid back: left out",
    "no-row-filled": "no row of it is filled in yet",
    "report-empty": "an empty report: it has a header and no rows",
    "report-empty-by-api": "an empty report, the API says {reason}",
    "source-and-medium-only": "it tells source and medium only, so links of one platform cannot be told apart",
    "no-tagged-traffic": "no tagged traffic",
    "no-tagged-traffic-among": "no tagged traffic among its {count} {units}",
    "labels-guessed": (
        "its labels were taken for campaigns; if they are not, keep the name of the report in the file's name "
        "(getContent.csv), or say --columns content=label"
    ),
    "visits-in-several-lines": "{visits} visits stand in more than one line, and count once",
    "goal-never-reached": "no visit reached the goal {goal}; reached were {others}",
    "no-goal-reached": "no visit reached the goal {goal}",
    "plausible-export-without-conversions": (
        "Plausible's full export does not tell which link a conversion came by: filter the dashboard by your goal and "
        'export that too ("Export stats"), or give the file of your sign-ups'
    ),
    "bots-left-out": "clicks of bots left out: {clicks}",
    "scans-left-out": "scans of QR codes left out: {scans}",
    "secret-inside": (
        "the secret of its hashes lies in it, so that a copy of it tells whether somebody bought; "
        '"outreach secret" shows it, and {variable} set to that takes it out'
    ),
    # tracking: what several of a unit or a kind are called
    "units-visit": "visits",
    "units-session": "sessions",
    "units-visitor": "visitors",
    "units-pageview": "page views",
    "units-click": "clicks",
    "units-view": "views",
    "units-signup": "sign-ups",
    "units-sale": "orders",
    "units-enquiry": "enquiries",
    "units-booked": "bookings",
    "units-came": "arrivals",
    "units-paid": "customers",
    "units-no-show": "no-shows",
    "units-cancelled": "cancellations",
    "units-conversion": "conversions",
    "units-event": "events",
    "units-join": "joins",
    "units-left": "people who left again",
    "units-count": "rows",
    # tracking: logs of servers
    "lines-no-request": "{lines:# line is|# lines are} no request, of {all:,}",
    "no-log-line": "no line of an access log",
    "not-whole-json": "not whole JSON, or no request in it",
    "requests-left-out": "left out are requests that are no visits: {reasons}",
    "requests-asset": "{requests:,} for parts of pages (pictures, styles, scripts)",
    "requests-error": "{requests:,} answered with an error (not 2xx or 3xx)",
    "requests-method": "{requests:,} with other methods than GET",
    "requests-head": "{requests:,} with HEAD (nobody reads the page)",
    "requests-crawler": "{requests:,} of crawlers and programs",
    "requests-preview": "{requests:,} for the preview of a link",
    "requests-no-agent": "{requests:,} without a user agent",
    "requests-excluded": "{requests:,} from excluded addresses",
    # tracking: lists of sign-ups and orders
    "read-as-sign-ups": "read as sign-ups or orders: {columns}",
    "column-of": "{role} = {column}",
    "column-number": "column {number}",
    "stages-unknown": (
        "{rows:# row is|# rows are} at a stage that is not known, and counted as nothing: {stages}; say which of them "
        "mean that somebody paid: --paid STAGE"
    ),
    "stage": "{stage} ({rows})",
    "links-mended": "{links:# link was|# links were} damaged on the way, and read as meant",
    "sums-left-out": "{sums:# sum is|# sums are} in a currency that is not known, and left out: write its code",
    "sums-repeated": (
        "{orders:# order repeats|# orders repeat} one sum on several lines: taken for that of the whole order; if it "
        "is that of each line, say --columns line_sum=HEADER"
    ),
    "not-counted-enquiry": "{rows} not counted: an enquiry, and no more yet",
    "not-counted-booked": "{rows} not counted: booked, and neither come nor paid yet",
    "not-counted-no-show": "{rows} not counted: did not come",
    "not-counted-came": "{rows} not counted: came, and did not pay",
    "no-column-of-days": "no column of days was recognised; --columns date=NAME tells which it is",
    "no-tags-in-form": (
        "nothing in it tells where people came from, so those that are new count as untagged; let the form keep "
        "utm_source, utm_campaign and utm_content as hidden fields, or give each place a promotion code of its own"
    ),
    "joined-same-person": "{rows:# row is|# rows are} of the same person as another and joined with it",
    "joined-same-order": "{rows:# row is|# rows are} of the same order as another and joined with it",
    "not-counted-test": "{rows} not counted: a test, spam or not finished",
    "not-counted-cancelled": "{rows} not counted: cancelled or lost",
    "not-counted-no-payment": "{rows} not counted: no payment but a payout, a fee or a transfer",
    "not-counted-unpaid": "{rows} not counted: not paid",
    "not-counted-refunded": "{rows} not counted: refunded",
    "orders-of-different-sums": "orders whose rows have different sums, which were added: {orders}",
    "orders-of-several-currencies": (
        "orders with sums in several currencies, of which only the first was counted: {orders}"
    ),
    "neither-person-nor-number": "neither a person nor a number nor a date in it",
    # tracking: logs of calls
    "no-caller": "the number of who called is not told",
    "calls-again": "{rows:# call is|# calls are} of somebody who had called before, and counted once",
    "callers-missed": "{callers:# caller was|# callers were} never answered",
    "calls-outgoing": "calls that went out or stayed inside, left out: {rows}",
    # tracking: joins of a channel
    "no-invite": "no invite link, and no name of one",
    "joins-pending": "{people:# person waits|# people wait} to be let in, and did not join yet",
    # tracking: cells that cannot be used
    "count-too-large": "a count larger than any site has",
    "count-with-fraction": "a count with a fraction",
    "count-negative": "a negative count",
    "count-no-number": "no number where a count should be",
    "no-sum": "no sum of money",
    "sum-too-large": "a sum larger than any order",
    "date-two-ways": "a date that could be read in two ways, or none: write it like 2026-05-12",
    "no-day": "no day of the calendar",
    "day-of-another-century": "a day of another century",
    "day-a-century-later": "a day a century after the start",
    # tracking: what makes the counts of a file doubtful
    "sampled": "sampled at {percent} %",
    "sampled-somewhat": "sampled",
    "thresholding": "GA4 left out small rows, for privacy (thresholding)",
    "rare-links-in-other": "GA4 put rare links into (other)",
    "sum-of-key-events": ("Key events is a sum over all key events: choose one in the report, or count it with --goal"),
    "any-key-event": "counts sessions with any of the key events",
    "api-rows-missing": "holds {rows} of {all} rows: ask the API for all of them (limit, offset)",
    "rows-missing": "only {rows} of its {all} rows",
    "maybe-cut-off": "perhaps cut off at {rows} rows",
    "goal-is-your-word": "that its conversions are those of {goal} is your word, the file does not name them",
    "rows-short-of-total": "its rows hold {rows} of {all} {units}",
    "rows-against-total": "its rows add up to {rows} {units}, its total says {all}: some stand in two rows",
    "any-goal": "visits with any goal: the file does not tell goals apart",
    "matomo-cookie-no-visits": (
        "{links:# link|# links} with conversions but no visits, credited by Matomo's cookie to an earlier visit: "
        "no rate"
    ),
    "matomo-cookie-unknown": (
        "{links:# link|# links} with conversions but no visits, credited by Matomo's cookie to an earlier visit: "
        "no rate; how many is not told"
    ),
    "matomo-cookie": (
        "{links:# link|# links} with more conversions than visits, credited by Matomo's cookie to earlier visits"
    ),
    "metrica-left-out-small": "Metrica left out small rows, for privacy",
    "metrica-rounded": "Metrica rounded the number of rows",
    "visits-without-numbers": "its visits have no numbers: a line that stands twice counts twice",
    "reaches-not-visits": "counts reaches of the goal, not visits with it: one visit may count many times",
    "imported-from-other-tool": "with data imported from another tool",
    "imported-left-out": "imported data left out by Plausible",
    "imported-left-out-why": "imported data left out by Plausible: {reason}",
    "imported-in-part": "imported data in it only in part",
    "filtered": "filtered by {dimensions}",
    "no-links-without-conversions": "links without conversions are not in it",
    "cut-off-by-plausible": "cut off by Plausible at {rows} rows: the smallest links are not told apart",
    "goal-unknown": "the export does not tell which goal it counts",
    "bots-counted": "clicks of bots are counted too: the file does not tell them apart",
    "several-offsets": "more than one offset from UTC: {offsets}",
    "zone-unknown": "the log does not tell its zone",
    "several-sites-added": "visits of {sites} sites, added",
    "users-once-a-day": "people are counted once on each day, so that the sum of days is no number of people: no rate",
    "several-sites": "{sites} sites in one log",
    "no-user-agents": "no user agents in the log: crawlers count as people",
    "no-methods": "no methods in the log: HEAD counts like GET",
    "a-proxy": ("most visits come from one address, a proxy's: people with the same browser are one visitor a day"),
    # tracking: what makes lines of the report doubtful
    "sum": "{amount:.2f} {currency}",
    "sum-without-currency": "{amount:.2f} (no currency: --currency)",
    "revenue-in-several-currencies": "revenue in several currencies, not added: {sums}",
    "revenue-in-other-currency": "revenue {revenue}, in another currency than the cost",
    "costs-in-several-currencies": "costs in several currencies, not added: {sums}",
    "cost-of-ledger": "the ledger's cost counts, not the {costs} of a sheet",
    "events-repeat": "may happen several times in a visit: where one person does it often, the range is too narrow",
    "no-rate": "more conversions than visits: counted in different ways, no rate",
    "period-unknown-all-divided": (
        "the period of the visits is not known: all sign-ups and orders are divided by them (--period tells it)"
    ),
    "no-common-day": "{visits} and {events} have no day in common: no rate can be made",
    "zones-differ": "days begin at different hours ({zones}): near midnight a count may be a day off",
    "undated-counted": ("{conversions} of the conversions have no date and are counted as if they were of these days"),
    "sign-ups-end-early": (
        "the last of the sign-ups is of {last}, and the visits go on for {days} days: if the list ends there, these "
        "rates are too low; give a newer one"
    ),
    "orders-end-early": (
        "the last of the orders is of {last}, and the visits go on for {days} days: if the list ends there, these "
        "rates are too low; give a newer one"
    ),
    "enquiries-end-early": (
        "the last of the enquiries is of {last}, and the visits go on for {days} days: if the list ends there, these "
        "rates are too low; give a newer one"
    ),
    "source-alone": "the source alone tells no place",
    "campaign-alone": "the campaign alone tells no place",
    "several-placements": "the {tag} fits several placements",
    "near-place": "no such place; one is close to it",
    "answers-untied": (
        "{people:# answer to where people heard of us is|# answers to where people heard of us are} tied to no place"
    ),
    "tie-no-place": "place is no placement of the ledger",
    "tie-several-places": "place is the name of several places: give the key of one",
    "tie-no-tag": "no tag stands in the row that could be tied",
    "ties-read": "{rows:# place was filled in|# places were filled in}; ties are kept",
    "no-ties-in-file": "the column place is empty: fill in where the links belong",
    "near-link": "no such utm_content; one is close to it",
    "no-such-place": "no such place in the ledger",
    "no-such-link": "no such link in the ledger",
    # teasers: what an editor would say
    "hook-long": "the first sentence of the problem has {length} characters: under {most} is read",
    "hook-names-company": (
        "the first sentence of the problem names the company: begin with the reader, not with yourself"
    ),
    "bonus-not-announced": "the bonus is not announced: say what readers get, it is why they click",
    "wall-of-capitals": "a wall of capitals is skipped, and moderators delete it",
    "exclamations": '"!!!" reads like an advertisement: one mark is enough',
    "spam-words": "{words}: words of an advertisement, which readers skip and filters hide",
    "second-link": "a second link ({link}) takes readers away from yours",
    "link-not-clickable": "a link in the text cannot be clicked on {platform}: put it where one can",
    "hook-beyond-fold": '{platform} shows {fold} characters before "more", and the first sentence ends at {end}',
    "many-hashtags": "{hashtags} hashtags, and {platform} takes {allowed}",
    "emoji-count-twice": "some apps count an emoji as two characters, and this is then {length} of {limit}",
    # teasers: what is odd about a link
    "telegram-carries-no-tags": "Telegram carries no utm parameters: nobody will see these",
    "x-cuts-tags": (
        "X ends this link at a letter that is not Latin, and the tags are lost: write the address so: {link}"
    ),
    "x-cuts-tags-in-brief": (
        "X ends this link at a letter that is not Latin, and the tags are lost: write the address so in the brief: "
        "{link}"
    ),
    "x-cuts-rest": (
        "X ends this link at a letter that is not Latin, and what follows is lost: write the address so: {link}"
    ),
    "x-cuts-rest-in-brief": (
        "X ends this link at a letter that is not Latin, and what follows is lost: write the address so in the "
        "brief: {link}"
    ),
    "click-id": "{names} belongs to one click: every visitor would count as that one",
    "parameter-twice": "{names} stands there twice: which one counts differs from tool to tool",
    "parameter-in-capitals": "{names}: not every tool reads parameters in capitals: write them small",
    "parameter-private": (
        "{names} looks like an e-mail address or a phone number: analytics tools forbid those in links"
    ),
    "tags-after-hash": "utm parameters after # are not read by most tools: they belong before it",
    "page-after-hash": (
        "the page stands after #, the tags before it: open the link and see in your analytics tool that both work"
    ),
    "tags-escaped": "%3Futm, %26utm or &amp;utm is no parameter of this address: write ?utm or &utm",
    "placeholder-left": "a placeholder like {{campaign}} was not replaced: nothing does that outside an ad system",
    "tag-empty": "{name} is empty",
    "tag-spelling": "{name}: reports count each spelling apart, write {value}",
    "no-tags": "no utm parameters: the visits cannot be told from others",
    "tags-missing": "{names} missing: reports need utm_source, utm_medium and utm_campaign",
    "wrong-channel": "Google Analytics would file it under {channel}, not Organic Social: utm_medium=social",
    "cross-network": "Google Analytics takes a campaign with cross-network in its name for Cross-network",
    "source-is-shopping": "Google Analytics takes this source for Shopping: name the place of the post",
    "campaign-is-shopping": (
        "Google Analytics takes the campaign for Shopping, because shop begins a word of it or stands behind an e: "
        "workshop is fine, work-shop and onlineshop are not"
    ),
    "medium-is-paid": (
        "Google Analytics takes a medium with cp in it, ppc, retargeting or paid… for an ad: write social"
    ),
    # teasers: what is missing where a post is paid for
    "deal-not-disclosed": "{deal}, and the text does not say so: write a [disclosure]",
    "market-unknown": "market {market}: nothing is known here of its rules for paid posts",
    "market-closed": "market {market}: paid posts on {platform} may be forbidden {source}",
    "market-source": "({source}; looked up {checked})",
    "market-source-doubtful": "({source}; looked up {checked}; {doubt})",
    "disclosure-lacks": "market {market}: the disclosure has no {what} {source}",
    "disclosure-without-label": "market {market}: the disclosure has none of the words that readers look for {source}",
    # teasers: what a person should look at in a draft
    "labelled": "{label}: {what}",
    "template-without-link": "the template leaves the link out, and nobody will come: write {{{{ link }}}} into it",
    "template-without-disclosure": "the template leaves it out: write {{{{ disclosure }}}} into it",
    "title-long": "{length} characters, and {platform} takes {most}",
    "price-no-sum": "the price in the sheet is no sum of money: outreach placements set --cost",
    "address-shares": "this address shares another one on Telegram: tag the address inside it",
    "invite-link": (
        "Telegram carries no utm parameters: use this invite link for one placement only; it counts who joins"
    ),
    "make-invite-link": (
        "Telegram carries no utm parameters: make an invite link for each placement in the channel's settings, "
        "which counts who joins by it, and give that instead"
    ),
    "make-invite-link-of-name": (
        "Telegram carries no utm parameters: make an invite link for each placement in the channel's settings, "
        "which counts who joins by it, call this one {name}, and write it down: "
        "outreach link INVITE --resource PLACE --campaign NAME --add"
    ),
    "link-stays-long": "the link stays long: {why}",
    "short-useless-on-x": "X counts every link as 23 characters: a short one gains nothing",
    "short-useless-on-mastodon": "Mastodon counts every link as 23 characters: a short one gains nothing",
    "short-useless-on-linkedin": "LinkedIn wraps long links in lnkd.in by itself: a short one gains nothing",
    "short-removed-on-reddit": "Reddit's filters and moderators remove shortened links: keep the long one",
    "short-is-spam-on-facebook": (
        "Facebook groups take shortened links for spam, and so do their moderators: keep the long one"
    ),
    "placement-frozen": "is {status}: the ledger has this text, and nothing of it changes any more",
    "sticker-or-code": (
        "nobody can click in a post there, and the profile is not yours: let them put the link on a sticker in a "
        "story, or give the place a promotion code of its own: outreach placements set --promo"
    ),
    "bio-of-somebody-else": (
        "the profile of somebody else has a link of its own: a link sticker in a story, or a promotion code of the "
        "place (outreach placements set --promo), tells who came from there"
    ),
    "code-not-in-text": "the code {code} stands nowhere in the text: name it there or in the story",
    "takes-no-posts": "the sheet says that this place takes no posts",
    "place-does-not-reply": "the sheet says that this place does not reply",
    "place-declined": "it declined the post of campaign {campaign}",
    "place-removed": "it removed the post of campaign {campaign}",
    "unless-anyway": "{why}; --anyway drafts it",
    "text-unfilled": "its text still holds {word}: fill it in",
    "language-differs": "the sheet says that posts there are in {there}, and the brief is in {here}",
    "bytes-too-long": "{over:# byte|# bytes} too long, shorten {what}",
    "characters-too-long": "{over:# character|# characters} too long, shorten {what}",
    # teasers: what concerns several drafts
    "disclosure-left-out": "nobody said that places are paid: the disclosure of the brief is left out (--deal paid)",
    "places-take-no-posts": "the sheet says that no posts are taken by {places}",
    "priced-and-free": (
        "the sheet has a price for {places}, and nobody said that it is paid, so that the deal is free: "
        "accepts_posts = paid in the sheet, or --deal paid"
    ),
    "round-begins-early": (
        "a new round begins, and nothing of the last one was sent to {places}: outreach placements undo takes it back"
    ),
    "same-text": "these {places} places get the same text (variant {variant}): {shown}; {way}",
    "same-text-seen-twice": "these {places} places get the same text (variant {variant}): {shown}; {who}; {way}",
    "another-variant": 'variant = "{variant}" below [resource."{place}"] in the brief gives that place another',
    "texts-take-turns": "several texts in the brief take turns over the places",
    "none-follows-several": "none of your customers follows more than one",
    "follow-several": "{customers:# of your customers follows|# of your customers follow} more than one",
    "follow-several-at-least": (
        "at least {customers:# of your customers follows|# of your customers follow} more than one"
    ),
    # teasers: tables of places
    "no-place-left": "{file}: no place is left in it; outreach rank shows which filters hide places",
    "more-remarks": "and {remarks} more such remarks",
    "place-further-up": "this place stands further up; the first row counts",
    "line-of-list": "{file}, line {line}: {reason}",
    "names-no-place": "it names no place",
    "word-not-known": "{column}: none that is known; taken as empty",
    # teasers: a draft measured once more
    "text-gone": "its text is gone from the file",
    "link-lost": "the link is lost: {link}",
    "link-changed": "the link was changed: it was {link}",
    "link-in-no-placement-again": "its link is in no placement of the ledger: draft it again",
    "link-in-no-placement": "its link is in no placement of the ledger",
    "ledger-has-another-link": "the ledger has another link for it: {link}",
    "link-changed-everywhere": "the link was changed everywhere in the file: draft it again",
    "text-without-tagged-link": "no link with utm tags stands in it: visits from there cannot be told from others",
    "text-too-long": "{over} characters too long",
    "text-too-long-bytes": "{over} bytes too long",
    # tracking: the conclusion, in every language of messages.LANGUAGES
    "count-signup": "{count:# sign-up|# sign-ups}",
    "count-sale": "{count:# sale|# sales}",
    "count-enquiry": "{count:# enquiry|# enquiries}",
    "count-booked": "{count:# booking|# bookings}",
    "count-came": "{count:# arrival|# arrivals}",
    "count-paid": "{count:# customer|# customers}",
    "count-no-show": "{count:# no-show|# no-shows}",
    "count-cancelled": "{count:# cancellation|# cancellations}",
    "count-conversion": "{count:# conversion|# conversions}",
    "count-event": "{count:# event|# events}",
    "count-join": "{count:# join|# joins}",
    "count-visit": "{count:# visit|# visits}",
    "count-session": "{count:# session|# sessions}",
    "count-visitor": "{count:# visitor|# visitors}",
    "count-pageview": "{count:# page view|# page views}",
    "count-click": "{count:# click|# clicks}",
    "of-visit": "{count:# visit|# visits}",
    "of-session": "{count:# session|# sessions}",
    "of-visitor": "{count:# visitor|# visitors}",
    "of-pageview": "{count:# page view|# page views}",
    "of-click": "{count:# click|# clicks}",
    "in-places": "{count:# place|# places}",
    "share-likely": "{rate:percent} %, likely {low:percent}-{high:percent} %",
    "likely-under": "likely under {high:percent} %",
    "likely": "likely {low:percent}-{high:percent} %",
    "each": "{amount:money} {currency} each",
    "brought": "{hits} from {visits} ({notes})",
    "brought-only": "{hits} from {visits}",
    "either": "{one} or {other}",
    "some-posts": " (some {count} posts like these)",
    "conclusion-best": "Best: {place}, {result}. Chance hardly explains the lead",
    "conclusion-repeat": "Repeat it. No other place is proven weak enough to drop",
    "conclusion-repeat-without": "Repeat it. Next round without {place}: {result}",
    "conclusion-unknown": "Not known yet: {notes:;}",
    "conclusion-all-known": "Every place had 60 visits or more, and every conversion had a tag",
    "unknown-which": "which of the other {count} is better",
    "unknown-places": "{count:# place|# places} with under {visits}",
    "untagged-few": "{count} of {hits} had no tag, too few to change this",
    "untagged-some": "{count} of {hits} had no tag, so every place may have a few more",
    "conclusion-drop": "Drop {place}: {result}. The others: {others}",
    "conclusion-move": "Even with luck it stays behind them. The next post goes to {places}",
    "conclusion-move-money": "Even with luck it stays behind them. Move the {amount:money} {currency} to {places}",
    "conclusion-none-ahead": (
        "No place is ahead yet: {hits} from {visits} in {places}. Differences like these arise by chance"
    ),
    "conclusion-one-place": "One place so far: {hits} from {visits}. There is nothing to compare it with",
    "conclusion-drop-nothing": "Drop nothing, pay no more for any",
    "conclusion-cheapest": (
        "Drop nothing, pay no more for any. The next post where visits are cheapest: "
        "{place}, {amount:money} {currency} each"
    ),
    "conclusion-more-visits": (
        'About {visits} more at {place}{posts} would tell; asking "Where did you hear of us?" tells sooner'
    ),
    "conclusion-ask": 'Visits alone will not tell soon: ask every customer "Where did you hear of us?"',
    "conclusion-no-tags": "No ranking is possible: {count} of {hits} ({percent:percent} %) came without a tag",
    "conclusion-bare-links": (
        "{count:# place shows|# places show} no visit by the tagged link ({places}): look whether the post carries it, "
        "and ask for an edit"
    ),
    "conclusion-check-links": "Look whether the posts carry the tagged links; outreach placements lists them",
    "conclusion-ask-until-then": 'Until then, ask every customer "Where did you hear of us?"',
    "conclusion-count": "{what}: {count}",
    "conclusion-codes-and-answers": (
        "Until then go by codes ({codes}) and by what people say when asked ({said}). These are separate counts"
    ),
    "conclusion-codes": 'Until then go by codes ({codes}), and ask every customer "Where did you hear of us?"',
    "conclusion-answers": "Until then go by what people say when asked ({said}). This is a count of its own",
    "conclusion-none-yet": "{hits} so far, from {visits} in {places}",
    "conclusion-nobody-yet": "Nobody came by the tagged links of {places} yet",
    "conclusion-visits-only": "{visits} in {places}; what people did there is not known",
    "conclusion-cheapest-visit": "Visits are cheapest at {place}: {amount:money} {currency} each",
    "conclusion-give-conversions": "A list of sign-ups or orders, or --goal-path with a log, shows which place pays",
    "conclusion-most": "Most came from {place}: {count} of {hits}",
    "conclusion-no-visits": "How good a place is for its size, visits tell: give the log or your analytics' export too",
    "conclusion-views": "Views are cheapest at {place}: {amount:money} {currency} per 1,000",
    "conclusion-give-visits": "Views are no customers: the log or your analytics' export shows who came",
    "setting-head": "Settings of this campaign: what stands here need not be typed",
    "setting-typed": "What is typed goes first",
    "setting-note": "A # begins a note: take it away to use the line",
    "setting-client": "For whom the campaign is: a company or a product",
    "setting-lists": "Files and folders with the customers' lists",
    "setting-own": "Your own pages, which are not to be listed: addresses, or a file of them",
    "setting-exclude": "Other places that are not to be listed",
    "setting-min-subscribers": "Smallest place to list, in subscribers",
    "setting-platforms": "Only these platforms",
    "setting-accepts-posts": "Whether places must take posts of others: any, yes, not-no",
    "setting-topic": "Only places whose topic holds this text",
    "setting-same-as": "Table of addresses that are one place",
    "setting-customers": "Table of labels that are one customer",
    "setting-sheet": "The sheet of places that you fill in: outreach resources makes it",
    "setting-brief": "The brief of the article: outreach brief new makes it",
    "setting-drafts": "Folder of the drafts",
    "setting-results": "Files and folders with exports of analytics, orders, sign-ups",
    "setting-db": "The campaign's database",
    "setting-market": "Country whose rules hold: RU, GR, LV, AM, EU, US or another one",
    "setting-language": "Language of the audience: en, ru, el, lv, hy or another code",
    "setting-my-language": "Your own language: en, ru, el, lv, hy",
    "setting-currency": "Currency of sums without one, like EUR",
    "setting-field": "Regulated field, if it is one: health, finance, law",
    "setting-budget": "What posts may cost together, like 300 EUR",
    "setting-goal": "Goal or key event that counts, where a file has several",
    "setting-visits": "Whose visits count, where several sources have them",
    "setting-exclude-ip": "Your own addresses, which access logs leave out",
    "setting-logo": "The client's logo, for the report",
    "setting-templates": "Folder of your own templates",
    "setting-utm": "How links are tagged; what stands here is the default",
    "setting-writer": "Who writes to the owners of places, for letters",
    "setting-reading": "How single files of lists are to be read, where they leave it open",
    "merge-differs": "{where}: {column} is {ours} here, and {theirs} there",
    "merge-text-differs": "{where}: the {column} differs",
    "merge-tie-differs": "a tied {kind}: {ours} here, and {theirs} there",
    "merge-other-secret": "{what}: about people, and hashed with another secret; import its files here again",
    "merge-same-days": "{what}: both have results of these days; import the newer file again",
    "merge-events-differ": (
        "{what}: {events:# person or order|# people or orders} counted otherwise here; import the newer file again"
    ),
    # The sheets for people in workbooks.
    "book-column-rank": "Rank",
    "book-column-place": "Place",
    "book-column-platform": "Platform",
    "book-column-followed": "Followed by",
    "book-column-share": "Share",
    "book-column-low": "Likely from",
    "book-column-high": "Likely to",
    "book-column-subscribers": "Subscribers",
    "book-column-affinity": "Affinity",
    "book-column-accepts": "Accepts posts",
    "book-column-address": "Address",
    "book-column-rate": "Rate",
    "book-column-verdict": "What it means",
    "book-column-cost": "Cost",
    "book-column-currency": "Currency",
    "book-column-views": "Views",
    "book-column-per-1000": "Cost per 1,000 views",
    "book-column-said": "Said",
    "book-column-cost-each": "Cost per {one}",
    "book-column-campaign": "Campaign",
    "book-column-variant": "Variant",
    "book-column-visit": "Visits",
    "book-column-session": "Sessions",
    "book-column-visitor": "Visitors",
    "book-column-pageview": "Page views",
    "book-column-click": "Clicks",
    "book-column-view": "Views",
    "book-column-signup": "Sign-ups",
    "book-column-sale": "Sales",
    "book-column-enquiry": "Enquiries",
    "book-column-booked": "Bookings",
    "book-column-came": "Arrivals",
    "book-column-paid": "Customers",
    "book-column-no-show": "No-shows",
    "book-column-cancelled": "Cancellations",
    "book-column-conversion": "Conversions",
    "book-column-event": "Events",
    "book-column-join": "Joins",
    "book-column-left": "Left again",
    "book-column-answer": "Answers",
    "book-about-rank": "1 is best; places that nothing tells apart share a number",
    "book-about-place": "Page, group, channel or community; a click opens it",
    "book-about-platform": "Where the place is",
    "book-about-followed": (
        "How many of your customers follow the place, and how many lists from its platform there are"
    ),
    "book-about-share": "The same in percent",
    "book-about-low": (
        "A small sample: among all customers like these the share is likely between these two numbers (95 %)"
    ),
    "book-about-subscribers": "Of the place; an empty cell is not known",
    "book-about-affinity": (
        "100 is the average for its size; more means that your customers are there more often than its size explains"
    ),
    "book-about-accepts": "Whether it publishes others",
    "book-about-address": "Where the place is found",
    "book-about-visits": "Came by the links of the place",
    "book-about-conversions": "Of those who came by the links of the place",
    "book-about-rate": "Conversions per visit",
    "book-about-verdict": "What the numbers prove, and how many visits are missing where they prove nothing yet",
    "book-about-cost": "What the posts cost, as written down",
    "book-about-currency": "Of the sums in the row",
    "book-about-views": "How often the posts were seen, as written down",
    "book-about-per-1000": "Cost divided by views, times 1,000",
    "book-about-said": "Named the place when asked how they heard of you; a count of its own",
    "book-about-cost-each": "Cost divided by that number",
    "book-of-listed": "{overlap} of {listed}",
    "book-customers": "Lists of {customers:# customer|# customers}",
    "book-first": "The first {shown:# place|# places} of {places:#|#}; the sheet “{tab}” has all",
    "book-ruled": "Between two lines stand places that equally many of your customers follow",
    "book-machine": "The sheet “{tab}” holds the same for programs: leave it as it is",
    "book-column": "Column",
    "book-meaning": "What it says",
    "book-accepts-yes": "yes",
    "book-accepts-no": "no",
    "book-accepts-paid": "paid",
    "book-accepts-ask": "ask",
    "book-accepts-no-reply": "no reply",
    "book-verdict-ahead": "ahead",
    "book-verdict-below": "probably below average",
    "book-verdict-no-difference": "no clear difference",
    "book-verdict-unknown": "can't tell yet",
    "book-verdict-by-visits": "can't tell by visits alone",
    "book-verdict-no-visits": "no visits yet",
    "book-verdict-more": "{verdict}: about {visits} more",
    "book-verdict-ask": "{verdict}: ask where customers heard of you",
    "book-about-campaign": "What the links of one article share",
    "book-about-variant": "Which of several texts",
    "book-sheet-place": "Place",
    "book-sheet-platform": "Platform",
    "book-sheet-address": "Address",
    "book-sheet-customers": "Customers",
    "book-sheet-subscribers": "Subscribers",
    "book-sheet-subscribers-from": "Subscribers from",
    "book-sheet-fetched-at": "Checked on",
    "book-sheet-accepts-posts": "Accepts posts",
    "book-sheet-topic": "Topic",
    "book-sheet-exclude": "Exclude",
    "book-sheet-rules": "Rules",
    "book-sheet-link-place": "Link place",
    "book-sheet-owner": "Owner",
    "book-sheet-contact": "Contact",
    "book-sheet-way-in": "Way in",
    "book-sheet-price": "Price",
    "book-sheet-views": "Views",
    "book-sheet-note": "Note",
    "book-sheet-key": "Key",
    "book-say-place": "name of the place",
    "book-say-platform": "network or site where the place is",
    "book-say-address": "public address",
    "book-say-customers": "how many customers follow it, of how many lists; for reading only",
    "book-say-subscribers": "people, like 12500 or 12.5K; a dash says that the number is not to be found",
    "book-say-subscribers-from": "where the number of subscribers comes from: {choices}",
    "book-say-fetched-at": "when the number of subscribers was looked up: a day such as 2026-05-12",
    "book-say-accepts-posts": "whether it publishes others: {choices}",
    "book-say-topic": "what it is about; a dash says that it has no topic of its own",
    "book-say-exclude": "“{yes}” takes the place out of the ranking",
    "book-say-rules": "what it asks of posts: length, links, days",
    "book-say-link-place": "where the link goes: {choices}",
    "book-say-owner": "who decides there",
    "book-say-contact": "how to reach the owner",
    "book-say-way-in": "how a post gets there: {choices}",
    "book-say-price": "what a post costs, with the currency; or barter, free, ask",
    "book-say-views": "people who see an ordinary post",
    "book-say-note": "anything else",
    "book-say-key": "leave this column as it is: it ties the row to the place",
    "book-choice-hand": "hand",
    "book-choice-export": "export",
    "book-choice-api": "api",
    "book-choice-text": "text",
    "book-choice-comment": "comment",
    "book-choice-button": "button",
    "book-choice-bio": "bio",
    "book-choice-sticker": "sticker",
    "book-choice-post-myself": "post myself",
    "book-choice-submit": "submit",
    "book-choice-write": "write",
    "book-choice-buy": "buy",
    "book-days": "{first} to {last}",
    "book-not-ours": "not in the ledger",
    "book-assistants": "AI assistants",
    "book-untagged": "untagged",
    "book-other": "other",
}
