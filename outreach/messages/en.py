"""The sentences in English, room by room.

``{name}`` is a value of the message, ``{name:# row|# rows}`` a counted noun, ``{name:money}`` a sum, ``{name:percent}``
a number of percent.
"""

from __future__ import annotations

from typing import Final

__all__ = ["NUMBERS", "ONE_MORE", "SENTENCES"]

SENTENCES: Final = {
    # files: where they come from, and plug-ins
    "sentence": "{text}",
    "plug-in-broken": "the plug-in {name} is broken ({error}) and was left out",
    "plug-in-failed": "the plug-in {name} failed",
    "given-twice": "given twice; read once",
    "archive-not-read": "this kind of archive cannot be read: unpack it, or save it as ZIP",
    "only-a-link": "only a link to a Google Sheet: open it and choose File > Download > Microsoft Excel",
    "save-as-table": "save it as .xlsx or .csv",
    "not-a-table-by-name": "its name is not that of a table",
    # campaign
    "ledger-synchronised": (
        "{file} lies in a folder that {service} copies to other machines: when two of them write at once, the later "
        "copy overwrites the earlier. Work on one machine at a time and let {service} finish first; or keep the "
        "database elsewhere ({setting}) and join two of them with outreach merge; or use a server (PostgreSQL)"
    ),
    # collect
    "customers-numbered": (
        "Customers are numbered, so that a lost file names nobody: keep who is who elsewhere; --names asks for names"
    ),
    "customers-numbered-health": (
        "Customers are numbered: the field is {field}, where a name on the list already says something about "
        "a person's health; keep who is who elsewhere"
    ),
    # survey
    "survey-understood": "{file}: {columns}",
    "survey-not-used": "columns not used: {columns}",
    "survey-from-one": (
        "the question on recommending is from 1 to 10: nobody could give 0; promoters, passives and detractors are "
        "counted as usual"
    ),
    "survey-scales-apart": "expected and received are on different scales, so no gap is shown for: {touchpoints}",
    "survey-empty": "no answer to {question}",
    "survey-empty-recommend": "no answer to the question on recommending",
    "survey-unknown": "{question}: does not know",
    "survey-unknown-recommend": "the question on recommending: does not know",
    "survey-no-grade": "{question}: no number",
    "survey-no-grade-recommend": "the question on recommending: no number",
    "survey-outside": "{question}: outside the scale",
    "survey-outside-recommend": "the question on recommending: outside the scale",
    "survey-total": "a row of sums or means, no answer",
    "survey-answered-again": "the same person answered again later",
    "survey-answered-twice": "the same answers of the same person once more",
    "survey-score": (
        "Net promoter score {score} (likely {low} to {high}): {promoters:# promoter|# promoters}, "
        "{passives:# passive|# passives}, {detractors:# detractor|# detractors} of {answers:# answer|# answers}"
    ),
    "survey-index": "Satisfaction index {index} of 100 (likely {low} to {high}), {answers:# customer|# customers}",
    "survey-index-equal": (
        "Satisfaction index {index} of 100, {answers:# customer|# customers}: all answers are equal, so no range can "
        "be given"
    ),
    "survey-index-one": "Satisfaction index {index} of 100 by one customer: no range can be given",
    "survey-promoters": "Promoters",
    "survey-passives": "Passives",
    "survey-detractors": "Detractors",
    "compare-stands-out": "stands out",
    "compare-hint": "hint",
    "compare-found": (
        "{places:# place stands out|# places stand out}: a random split shows as large a difference in at most 5 % of "
        "cases"
    ),
    "compare-nothing": (
        "No place stands out: a random split shows as large a difference in {percent} % of cases; nothing can be said"
    ),
    "compare-none": "No place is followed by at least two of these customers; nothing can be said",
    "survey-which-is-last": "the same person gave different answers, and no time says which is the last",
    # files: rows that cannot be used
    "quote-never-closed": "a quotation mark is opened and never closed",
    "nul-byte": "a NUL byte: the file is damaged here",
    "not-utf8": "not UTF-8: letters are damaged, or the line has another encoding",
    "line-too-long": "a line of more than 2 MB",
    "formula-without-value": "a formula without a stored value: open the file in Excel and save it",
    # files: sizes that are doubtful
    "size-is-date": "a date where a size should be: Excel turns 12.5 into one",
    "size-is-fraction": "a fraction, but a size is a whole number; taken as unknown",
    "size-fraction-of-thousands": "{text} is a fraction: if it is {spaced}, type {size}",
    "size-approximate": 'a range, or "less than": the first number was taken',
    "size-approximate-text": "{text} is not one number: taken as {size}",
    "size-not-a-number": "not a whole number above 0; taken as unknown: write 12500 or 12 500",
    "size-rounded": "Excel has rounded it: this is an id, not a size; taken as unknown",
    "size-in-thousands": ("the fractions in the column suggest thousands; taken as unknown: write 12500 or 12.5K"),
    "size-ambiguous": ("the sign before three digits may separate thousands or decimals (1,234): read as thousands"),
    "size-ambiguous-text": "{text} could be {size} or a fraction: taken as {size}",
    "size-ambiguous-fraction": (
        "the sign before three digits may separate thousands or decimals (1,234K): read as decimals"
    ),
    "size-ambiguous-fraction-text": "{text} could be {size} or a thousand times more: taken as {size}",
    "date-not-size": "a date where a size should be: type the number",
    "date-is-number": "Excel shows the number {number} as a date: type {number}",
    "date-of-number": "Excel turned {typed} into {date}: type {size}",
    "date-of-one-number": "Excel turned {typed} into a date: type {size}",
    "date-of-two-numbers": "Excel turned {typed} or {other} into a date: type {size} or {other_size}",
    # sheet: rows and cells that cannot be used
    "row-of-sheet": "{file}, row {row}: {reason}",
    "more-rows-of-sheet": "{file}: {rows} more such rows",
    "sheet-no-address": "neither an address nor a key: the place is unknown",
    "address-and-key-disagree": (
        "the address and the key belong to different places: one column was sorted alone, or a cell was changed; the "
        "row is not used"
    ),
    "platform-and-key-disagree": (
        "the platform and the key belong to different places: one column was sorted alone, or a cell was changed; the "
        "row is not used"
    ),
    "formula-without-value-others-count": (
        "a formula without a stored value: open the file in Excel and save it; the other cells of the row count"
    ),
    "key-names-no-place": "the key is not one of a place; the address counts",
    "address-names-nothing": "not the address of a place: {why}",
    "place-twice": "this place is in row {row} too, with different {columns}",
    # cells of the sheet that are changed on a page
    "cell-not-there": "the sheet has no such cell any more",
    "cell-changed-meanwhile": "the file was changed meanwhile and says “{text}” here; “{typed}” was not saved",
    "cell-emptied-meanwhile": "the file was changed meanwhile and this cell is empty now; “{typed}” was not saved",
    "cell-of-formula": "a formula or a merged cell stands here: change it in Excel",
    "added-place-stays": "the sheet was changed since, so the place that was added stays; remove its row in Excel",
    "letters-lost-in-sheet": (
        "question marks instead of letters: the encoding of the file lacks them; save it as CSV UTF-8"
    ),
    "size-doubtful": "subscribers: {doubt}",
    "exclude-unclear": "exclude: neither yes nor no; the place stays in",
    "price-unclear": "price: not one sum, so none counts; write one, like 40 EUR",
    "accepts-posts-unknown": (
        "accepts_posts: not a known word (yes, no, paid, ask, or the same in Russian, Greek, Latvian, Armenian); kept "
        "as written"
    ),
    "rows-of-one-place": "{file}: rows {row} and {other} are the same place with different {columns}; row {row} counts",
    # store: rows of tables of links that cannot be used, and what was taken for granted
    "places-from-utm-content": "no column names the places; taken from utm_content: {places}",
    "rows-without-status": "rows without a status, taken as published: {rows}",
    "tag-twice": "{tag} is twice in the link",
    "no-campaign": "no campaign, neither in a column nor in the link; --campaign sets one for all",
    "link-no-address": "the link is not an address",
    "no-link": "no link",
    "link-no-page": "the link is not the address of a page: write http:// or https:// at its beginning",
    "link-without-tags": "the link has no utm tags (a short link? give the long one too)",
    "place-names-nothing": "this is not a place: {why}",
    "place-unknown": ("the place is unknown: no column names it, and utm_source in the link is not a platform"),
    "currency-unknown": "the currency is unknown: write it like EUR",
    "cost-no-sum": "the cost is not a sum of money: write it like 12.50 or 1500 RUB",
    "word-unknown": "the {column} is not a known word; outreach placements set --help lists them",
    "date-unclear": "not a date, or one that can be read in two ways: write it like 2026-05-12",
    "round-no-number": "the round is not a number from 1 up",
    "column-no-number": "{column} is not a whole number",
    # links and posts that were opened
    "verify-closed": "the page is closed to visitors ({status}): check it with your account",
    "verify-invite": "an invitation to a closed chat, which outreach never opens: check it with your account",
    "verify-link-there": "your link is in it",
    "verify-link-unseen": "the page opens, but a visitor does not see your link: check it with your account",
    "verify-login": "the page asks visitors to sign in: check it with your account",
    "verify-no-page": "the page no longer exists ({status})",
    "verify-opens": "it opens and keeps its tags",
    "verify-out-of-order": "the server reports an error ({status})",
    "verify-tags-lost": "it opens, but loses {tags} on the way",
    "placement-twice": "the same post as in line {line}",
    # owners: rows that cannot be used
    "owner-without-name": "no name: neither a person nor a contact",
    "owner-place-unknown": "the place is unknown: give its address, or its name in the address book",
    "owner-language-unknown": "the language must be one of en, ru, el, lv, hy",
    "owner-neither-yes-nor-no": "do_not_contact is neither yes nor no",
    "owner-no-number": "not a whole number",
    "event-kind-unknown": "not a known event; outreach owners log --help lists them",
    "event-answer-unknown": "an event of this kind does not have this answer",
    "event-channel-unknown": "not a known channel: write telegram, whatsapp, email, telephone",
    "event-person-unknown": "no person in the address book has this name",
    # owners: plays, and whether acquaintance pays
    "play-days": "{days:# working day|# working days}",
    "play-write-down": "Write down:",
    "play-enough": "Enough:",
    "play-change": "Change:",
    "play-stop": "Stop:",
    "acquaintance-pays": (
        "Acquaintance pays: {replied} of {written} answered after it, {others} of {others_written} without it; chance "
        "hardly explains the difference"
    ),
    "acquaintance-behind": (
        "Fewer answered after acquaintance: {replied} of {written}, without it {others} of {others_written}; chance "
        "hardly explains the difference"
    ),
    "acquaintance-unknown": (
        "It is too early to say whether acquaintance pays: {replied} of {written} answered after it, {others} of "
        "{others_written} without it, and such differences arise by chance"
    ),
    "acquaintance-one-kind": (
        "No way to say whether acquaintance pays: {replied} of {written} answered after it, {others} of "
        "{others_written} without it, so there is nothing to compare"
    ),
    # likes: what files of exports hold instead of follows
    "accounts-blocked": "accounts that the person blocked or hid",
    "accounts-muted": "accounts that the person muted",
    "accounts-no-longer-followed": "accounts no longer followed",
    "accounts-not-follows": "accounts, but not a list of follows",
    "accounts-of-what": "a list of accounts that does not say what it is; followers look the same",
    "accounts-searched-for": "accounts that the person searched for",
    "accounts-suggested": "accounts that Bluesky suggests",
    "car-holds-no-repository": "a CAR file without a Bluesky repository",
    "close-friends": "close friends and favourites: a part of the list of follows",
    "connections": "connections: people, not places",
    "contacts-of-telephone": "contacts from the person's phone",
    "conversations": "conversations, not servers",
    "discord-index-of-what": (
        "an index.json of servers or of conversations; only its folder shows which: give the whole package"
    ),
    "followed-lately": "a history of recent follows; the list itself is another file",
    "followers-refused": "followers, not what the person follows",
    "friends": "friends and friend requests: people, not places",
    "group-invitations": "invitations to groups",
    "groups-administered": "groups that the person administers",
    "groups-visited": "groups that the person only looked at",
    "hashtags": "hashtags, not accounts",
    "invitations": "invitations to connect",
    "likes-of-posts": "likes of posts, not follows",
    "lists-member": "lists that others put the person on",
    "lists-of-accounts": "lists of accounts; their follows are in following_accounts.csv",
    "lists-own": "lists that the person runs",
    "no-list-in-it": "it has no list of follows",
    "not-follows": "not the list of follows",
    "one-conversation": "one conversation, not a list of channels",
    "pages-no-longer-followed": "pages no longer followed",
    "pages-of-shops": "pages of shops where the person bought something",
    "pages-recommended": "pages that the person recommended",
    "pages-run": "pages that the person runs",
    "people-not-communities": "a list of people, not of communities",
    "reddit-friends": "their friends",
    "reddit-no-subreddits": "posts, comments or accounts, not subreddits",
    "reddit-own-lists": "their own lists of subreddits",
    "reddit-posts": "posts, comments or votes",
    "repositories-unsure": ("repositories of one owner that may not be stars; if they are, name the file starred.json"),
    "requests-received": "requests to follow the person",
    "requests-unanswered": "requests to follow, not answered yet",
    "spotify-counts-only": "numbers of follows and followers, not a list of artists",
    "subreddits-moderated": "subreddits that they moderate or may post to",
    "suggestions-removed": "suggestions that the person removed",
    "telegram-html": "a page of Telegram's HTML export, which lacks the ids of channels",
    "telegram-no-chats": "this export has no chats",
    "tiktok-no-list": "this export has no list of follows",
    "tiktok-other-list": "another list from TikTok, not the follows",
    "who-follows-them": "who follows them",
    "x-no-lists": "not subscribed to any list on X",
    "youtube-other-answer": "an answer from YouTube, but not the list of subscriptions",
    "youtube-other-file": "a file from YouTube, but not the list of subscriptions",
    # likes: what a table is read as
    "shape-one-by-platform": "one customer's list, one column for each platform",
    "shape-ids": "what one customer follows, names with ids",
    "shape-counted": "already counted",
    "shape-rows": "one row for each customer",
    "shape-matrix": "a matrix with customers as rows",
    "shape-matrix-turned": "a matrix with resources as rows",
    "shape-columns": "one column for each customer",
    "shape-page": "text of a network's page",
    "shape-survey": "survey with one row for each respondent",
    "shape-blocks": "blocks with a customer above each",
    "shape-addresses": "what one customer follows, one address on each line",
    "shape-sizes": "sizes of places",
    "shape-one": "one customer's list",
    "shape-long-lists": "one row for each like; some cells hold a list",
    "shape-long": "one row for each like",
    "shape-followed": "what one customer follows",
    "shape-export": "an export of {platform}",
    "column-of-role": "{role} = {column}",
    "role-customer": "customer",
    "role-resource": "resource",
    "role-platform": "platform",
    "role-url": "url",
    "role-handle": "handle",
    "role-name": "name",
    "role-subscribers": "subscribers",
    "role-followed_at": "followed_at",
    "role-accepts_posts": "accepts_posts",
    "role-topic": "topic",
    "role-direction": "direction",
    # likes: why a table is read as it is
    "because": "{reasons}",
    "reading-scored": "{shape}, {points:.1f} points: {reasons}",
    "reason-scored": "{reason} {points:+.1f}",
    "cannot-be-read": "cannot be read",
    "in-first-rows": "in the first {rows:# row|# rows}",
    "shape-given": "--read-as says so",
    "columns-given": "--columns names the columns",
    "column-headed": "column '{header}'",
    "column-of-customers": "{column} names customers ({customers:,}, {how})",
    "repeating": "repeating",
    "each-once": "each once",
    "above-their-rows": "each above the rows that belong to it",
    "column-holds": "{column} has {what}",
    "so-many-addresses": "{addresses:# address|# addresses}",
    "so-many-names": "{names:# name|# names}",
    "addresses-and-names": "{addresses:# address|# addresses} and {names:# name|# names}",
    "column-of-places": "{column} names places",
    "marks-below-places": "there are marks below {places:# place|# places}",
    "marks-below-customers": "there are marks below {customers:# customer|# customers}",
    "cells-behind-hold": "the cells after it have {what}",
    "customers-above": "the header names {customers:# customer|# customers}",
    "platforms-above": "the header names platforms",
    "cells-below-hold": "the cells below have {what}",
    "questions-about-places": "{questions:# question asks|# questions ask} what people follow",
    "answers-hold": "the answers have {what}",
    "names-above-lists": "{customers:# name is|# names are} above or before {what}",
    "lines-hold": "the lines have {what}",
    "page-of-network": "copied from a network's page, with {what}",
    "already-counted": "{column} has counts",
    "keys-name-columns": "its columns have known names",
    # likes: what of a table is not counted
    "columns-not-used": "columns not used: {columns:,} (outreach check names them)",
    "answers-not-counted": 'answers such as "don\'t know", not counted: {count:,} (line {lines})',
    "headings-not-counted": "headings of lists, not counted: {count:,} (line {lines})",
    # likes: what speaks for a reading of a table, as check --verbose shows it
    "names-with-ids": "names with the network's ids",
    "name-says-sizes": "the name of the tab or file says that it has sizes",
    "header-asks-what-people-read": "the header asks what people read",
    "rows-above-header": "there are rows of several cells above the header",
    "contacts-with-sites": "these are contacts with their own websites",
    "header-names-customers": "the header names customers",
    "header-names-people": "the header names people or accounts",
    "title-is-customer": "the name of the file, tab or folder may be a customer's",
    "owner-given": "you named the customer",
    "header-names-places": "the header names places",
    "addresses-under-it": "there are addresses under it",
    "addresses-in-other-columns": "there are addresses in another column, too",
    "address-beside-two-names": "one address is next to two names",
    "address-a-platform": "each name has one address on each platform",
    "name-beside-several-addresses": "one name is next to several addresses",
    "names-spell-addresses": "the names are spelled like the addresses",
    "called-a-place": "the column next to the names is called a place",
    "pairs-in-other-lists": "the same names and addresses are in other lists",
    "no-names-beside": "there are no names next to them",
    "accounts-alone": "it has only names of accounts",
    "texts-beside-addresses": "there are texts next to addresses",
    "addresses-in-one-column": "the addresses are in one column",
    "texts-or-addresses-repeat": "texts or addresses repeat",
    "names-of-places-of-one": "the names are those of the places of one customer",
    "label-before-address": "a label before an address",
    "first-line-is-data": "the first line is data",
    "two-rows-above": "customers and platforms are in two rows above",
    "header-may-be-customers": "the header may be names of customers",
    "addresses-below": "there are addresses below",
    "title-names-platform": "the tab or file names the platform",
    "same-names-below-several": "the same names are below several",
    "header-names-platforms": "the header names platforms",
    "lists-below": "there are lists below",
    "marks-below-header": "there are marks below the header",
    "one-side-holds-places": "one side has places",
    "labels-before-addresses": "different labels are before addresses",
    "addresses-fill-rows": "addresses fill the rows",
    "several-columns-of-places": "the header names several columns of places",
    "lines-of-one-cell": "its rows are lines of text",
    "buttons-between-entries": "there are buttons or counts between the entries",
    "names-above-addresses": "names are above or before addresses",
    "lines-of-one-customer": "all lines may be one customer's",
    "heard-or-watched": "what the person heard or watched, not follows",
    "no-follows-in-json": "lists of something else than follows: posts, blocks, a history or the like",
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
    "follow-of-whom": "a follow without the account",
    "group-event-neither": "neither a join nor a leave: a request or an invitation",
    "group-sentence-unknown": "an unknown sentence about a group, without the group's name",
    "id-rounded": "an id that another program has rounded: give the original file from X",
    "linkedin-status": "a status that is neither Active nor Unfollow",
    "local-account": "an account on the server that wrote the file; the file does not name that server",
    "neither-id-nor-title": "neither an id nor a title of a channel",
    "no-account-id": "no account id in this record",
    "no-address-of-account": "no address of the account",
    "no-address-of-list": "no list address in this record",
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
        "the file is cut off or damaged after record {records}; the records before it were read: download it again"
    ),
    "channels-by-title-only": "channels known by title only, because their id is not one of YouTube's: {channels:,}",
    "direction-unknown": (
        "the answer may list follows or followers: taken for follows; name the file following.json or followers.json "
        "to decide"
    ),
    "dids-only": "accounts have only their dids in this file, not names or sizes",
    "follows-ended": "{follows:# follow that has ended, not counted|# follows that have ended, not counted}",
    "group-words-unknown": (
        "{records:# record|# records} of groups in unknown words: counted as memberships unless another record "
        "differs, though some may have ended"
    ),
    "groups-left": "{groups:# group that the person left, not counted|# groups that the person left, not counted}",
    "header-in-other-language": "headers in another language: read by position",
    "ids-taken-for-communities": (
        "ids of an unknown kind were taken for communities, as in answers of groups.get; friends look the same"
    ),
    "lines-neither-day-nor-name": "lines that are neither a date nor a user name: {lines:,}",
    "maybe-more": "the answer has a next page: the list may be longer",
    "no-channels-left-out": "records that are not YouTube channels were left out: {records:,}",
    "communities-not-subscribed": ("communities without a subscription by the answer, not counted: {communities:,}"),
    "not-subscribed-left-out": "subreddits without a subscription by the answer, not counted: {subreddits}",
    "own-profile": "the person's own profile is not counted",
    "people-and-pages-together": "this list has people and pages together, by name only; both are counted",
    "people-left-out": "people are not communities and were left out: {people} (--include-people counts them)",
    "read-up-to-damage": "the file is damaged or cut off at byte {byte:,}; everything before it was read",
    "repositories-taken-for-stars": "repositories without the date of a star were taken for starred ones",
    "second-list-of-kind": "a second list of this kind for --customer: is it the same person's?",
    "telegram-bots": "bots ({chats:,})",
    "telegram-chats-left": "chats that the person left ({chats:,})",
    "telegram-html-alone": (
        "Telegram's HTML export lacks the ids of channels: export again in Telegram Desktop, as machine-readable JSON"
    ),
    "telegram-left-out": "left out: {chats}",
    "telegram-no-channels": (
        'this export has no channels or public groups: Telegram Desktop includes them only if "Private channels", '
        '"Public channels" and "Public groups" are ticked'
    ),
    "telegram-one-chat": (
        "the export of one chat, not the list of channels: export again in Telegram Desktop, all channels, as "
        "machine-readable JSON"
    ),
    "telegram-personal-chats": "personal chats ({chats:,})",
    "telegram-replies": "replies ({chats:,})",
    "telegram-saved-messages": "saved messages ({chats:,})",
    "telegram-small-groups": "small private groups ({chats:,})",
    "telegram-chat-kinds-unknown": "chats of an unknown kind ({chats:,})",
    "telegram-verification-codes": "verification codes ({chats:,})",
    "vk-errors": "VK answered with an error {times:,} times: ask for those pages again",
    "vk-more-pages": "VK counts {counted:,}, the file has {held:,}: ask VK for the other pages",
    "x-by-number": (
        "X gives these accounts by number, without names; name them in the sheet that outreach resources makes"
    ),
    # likes: files of exports that are left out
    "beside-lists": "next to a list of follows, with names of other lists",
    "list-not-recognised": "named like a list of follows, but not recognised as one",
    "no-lists-by-name": "by their names not lists of follows",
    "same-list": "the same list as {before}; read once",
    "zip-without-lists": "a ZIP archive of {files:# file|# files} without a list of follows",
    # likes: how tables were read, what was decided, what is doubtful
    "table-understood": "{file}: {how:;}",
    "customers-from-above": "rows whose customer is in a row above: {rows}",
    "totals-passed-over": "rows of totals left out: {rows}",
    "words-of-page-dropped": "words of the network's page left out (Follow, Подписаться …): {words}",
    "customers-with-nothing": "customers with nothing under their name, not counted: {customers}",
    "addresses-behind-texts": "addresses taken from the links behind texts: {addresses}",
    "tab-hidden": "the tab is hidden, but was read",
    "rows-hidden": "hidden rows, read like the others: {rows}",
    "signs-not-in-encoding": "characters that {encoding} does not have: {signs}",
    "tabs-understood": "{file}, tabs {tabs}: {shape}",
    "more-tables": "and {tables:# more table|# more tables}",
    "few-many-lists": "{lists} lists of follows in exports: {platforms}; {more:;}",
    "check-tells": "outreach check shows each",
    "note-of-lists": "{note} ({lists} lists)",
    "note-of-files": "{note} ({files} files)",
    "passed-over": "Skipped {file}: {why}",
    "passed-over-with-hint": "Skipped {file}: {why} ({hint})",
    "passed-over-more": "Skipped {files} more files",
    "passed-over-quietly": (
        "Skipped {files} files of exports that have no follows; outreach check --verbose names them"
    ),
    "customers-lost": "Customers without any usable row: {customers}; they are not counted",
    "aliases-not-met": "Aliases of customers that are in no list: {aliases}; write them as in the lists",
    "aliases-not-met-in-lines": (
        "Aliases of customers that are in no list: {aliases} ({file}, line {lines}); write them as in the lists"
    ),
    "handles-without-platform": (
        "Handles without a platform: {handles}; add a platform column, or --assume-platform NAME"
    ),
    "names-of-several-addresses": (
        "Names with several addresses: {number} ({names}); kept apart; --same-as joins them"
    ),
    "maybe-one-place": "Perhaps one place: {number} ({pairs}); kept apart; --same-as joins them",
    "labels-differ-in-case": ("Customers whose labels differ only in upper and lower case: {customers}; kept apart"),
    "two-sizes": "Places with two sizes, one at least twice the other: {resources}; the larger size counts",
    "odd-size": "{file}, line {line}: {what}{more}",
    "more-such-rows": " ({rows:# more such row|# more such rows})",
    "dates-not-understood": "Dates not understood: {dates}; taken as unknown",
    "aliases-contradict": "Pairs in --same-as that cannot be one place: {pairs} ({shown}); kept apart",
    "ids-maybe-rounded": (
        "Ids ending in zeros that a spreadsheet may have rounded: {ids}; if so, export the list again and keep the "
        "column as text"
    ),
    "labels-are-question-marks": (
        "Customers whose label is question marks: {customers}; several may look like one, because the encoding of the "
        "file lacks their letters. Save it again as CSV UTF-8"
    ),
    # likes: why rows of tables cannot be used
    "sentences-not-a-list": "whole sentences, not an address or a name",
    "name-without-address": "a name without an address",
    "no-id-behind-name": "no id of the network after the name",
    "cell-without-customer": "a cell without a customer's name above it",
    "hits-no-number": "the hits are not a whole number above 0",
    "hits-too-many": "more hits than there are customers (--counted)",
    "first-line-as-header": "the first line was taken for column names, because it has no address",
    "mark-unclear": "a cell that is neither yes nor no",
    "marks-without-name": "a row or column of marks without a name",
    "header-again": "the header line again",
    "a-note": "a note, neither a customer nor a place",
    "list-cut-off": "no button after this: not a part of the list, or the list is cut off here",
    "neither-name-nor-address": "neither the name of a customer or a platform, nor an address",
    "only-yes": 'an answer such as "yes", which does not name a place',
    "no-resource": "no place in this row",
    "several-addresses": ("several addresses in one cell, not all of them of places: give each its own row"),
    "answer-names-nothing": 'an answer such as "don\'t know", which does not name a place',
    "button-of-page": "a word of the network's page (Follow, Подписаться …), not a place",
    "letters-lost": ("question marks instead of letters: the encoding of the file lacks them; save it as UTF-8"),
    "more-cells-than-columns": "more cells than the header has columns: quote the cells that contain the separator",
    "record-of-other-columns": "not a JSON record with the same columns as the others",
    "a-person": "a person or a bot, not a place",
    "a-follower": "a follower of the account, not a follow",
    "a-row-of-totals": "a row of totals",
    "cells-beside-their-columns": "cells are not under their columns: the row has a cell too many or too few",
    "formula-error-customer": "the customer is a formula error (#N/A, #REF! …): correct the formula, or type the label",
    "formula-error-address": "the address is a formula error (#N/A, #REF! …): correct the formula, or type the address",
    "no-customer": "no customer in this row",
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
    # tracking: files of results, and what was found in them
    "in-file": "{file}: {what}",
    "and-more": "{first} and {more} more",
    "no-reader": "no reader recognises this file",
    "no-clicks": "no clicks in it",
    "columns-unused": "columns not used: {columns}",
    "placements-not-out": "{rows:# row|# rows} of posts that are not published yet: their price is left out",
    "rows-of-a-place-added": "{rows:# row is|# rows are} of a place that is there already, and added to it",
    "placements-fell-through": "{rows:# row|# rows} of posts that were declined, cancelled or refunded: left out",
    "no-row-filled": "none of its rows is filled in yet",
    "report-empty": "an empty report: a header without rows",
    "report-empty-by-api": "an empty report; the API says {reason}",
    "source-and-medium-only": "it has source and medium only, so links of one platform cannot be distinguished",
    "no-tagged-traffic": "no tagged traffic",
    "no-tagged-traffic-among": "no tagged traffic among its {count} {units}",
    "labels-guessed": (
        "its labels were taken for campaigns; if they are not, keep the name of the report in the file name "
        "(getContent.csv), or give --columns content=label"
    ),
    "visits-in-several-lines": "{visits} visits are in more than one line and count once",
    "goal-never-reached": "no visit reached the goal {goal}; goals reached: {others}",
    "no-goal-reached": "no visit reached the goal {goal}",
    "plausible-export-without-conversions": (
        "Plausible's full export does not link conversions to visits: filter the dashboard by your goal and export "
        'that too ("Export stats"), or give the file of your sign-ups'
    ),
    "bots-left-out": "clicks of bots left out: {clicks}",
    "scans-left-out": "scans of QR codes left out: {scans}",
    "secret-inside": (
        'it contains the secret of its hashes, so anybody with a copy can find out whether somebody bought; "outreach '
        'secret" shows the secret; set {variable} to it and it is removed from the file'
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
    "lines-no-request": "{lines:# line is not a request|# lines are not requests}, of {all:,}",
    "no-log-line": "not a line of an access log",
    "not-whole-json": "not complete JSON, or without a request",
    "requests-left-out": "requests that are not visits, left out: {reasons}",
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
        "{rows:# row has|# rows have} an unknown stage and do not count: {stages}; name the stages that mean payment: "
        "--paid STAGE"
    ),
    "stage": "{stage} ({rows})",
    "links-mended": "{links:# damaged link was|# damaged links were} repaired",
    "sums-left-out": "{sums:# sum is|# sums are} in an unknown currency and left out: write its code",
    "sums-repeated": (
        "{orders:# order repeats|# orders repeat} one sum on several lines: taken for the sum of the order; if it is "
        "the sum of each line, give --columns line_sum=HEADER"
    ),
    "not-counted-enquiry": "{rows} not counted: only an enquiry so far",
    "not-counted-booked": "{rows} not counted: booked, but not come or paid yet",
    "not-counted-no-show": "{rows} not counted: did not come",
    "not-counted-came": "{rows} not counted: came, but did not pay",
    "trials-left-out": (
        "{rows:# row was|# rows were} left out as a test: the name, or the address before its @, is a test word"
    ),
    "no-column-of-days": "no column of days was recognised; --columns date=NAME names it",
    "no-tags-in-form": (
        "it does not show where people came from, so new ones count as untagged; let the form keep utm_source, "
        "utm_campaign and utm_content as hidden fields, or give each place its own promotion code"
    ),
    "joined-same-person": "{rows:# row is|# rows are} of the same person as another row and joined with it",
    "joined-same-order": "{rows:# row is|# rows are} of the same order as another row and joined with it",
    "not-counted-test": "{rows} not counted: a test, spam or unfinished",
    "not-counted-cancelled": "{rows} not counted: cancelled or lost",
    "not-counted-no-payment": "{rows} not counted: a payout, a fee or a transfer instead of a payment",
    "not-counted-unpaid": "{rows} not counted: not paid",
    "not-counted-refunded": "{rows} not counted: refunded",
    "orders-of-different-sums": "orders with different sums in their rows, which were added: {orders}",
    "orders-of-several-currencies": (
        "orders with sums in several currencies, of which only the first was counted: {orders}"
    ),
    "trial-entry": "a test entry, by its name or address",
    "neither-person-nor-number": "no person, number or date in it",
    # tracking: logs of calls
    "no-caller": "the caller's number is missing",
    "calls-again": "{rows:# call is|# calls are} of a person who had called before; each person counts once",
    "callers-missed": "{callers:# caller|# callers} got no answer",
    "calls-outgoing": "outgoing and internal calls, left out: {rows}",
    # tracking: joins of a channel
    "no-invite": "neither an invite link nor the name of one",
    "joins-pending": "{people:# person waits|# people wait} for approval and did not join yet",
    # tracking: cells that cannot be used
    "count-too-large": "a count larger than any real site has",
    "count-with-fraction": "a count with a fraction",
    "count-negative": "a negative count",
    "count-no-number": "a count that is not a number",
    "no-sum": "not a sum of money",
    "sum-too-large": "a sum larger than any real order",
    "date-two-ways": "not a date, or one that can be read in two ways: write it like 2026-05-12",
    "no-day": "not a day of the calendar",
    "day-of-another-century": "a day of another century",
    "day-a-century-later": "a day a century after the start",
    # tracking: what makes the counts of a file doubtful
    "sampled": "sampled at {percent} %",
    "sampled-somewhat": "sampled",
    "thresholding": "GA4 left out small rows, for privacy (thresholding)",
    "rare-links-in-other": "GA4 put rare links into (other)",
    "sum-of-key-events": ("Key events adds up all key events: choose one in the report, or name it with --goal"),
    "any-key-event": "counts sessions with any of the key events",
    "api-rows-missing": "has {rows} of {all} rows: ask the API for all of them (limit, offset)",
    "rows-missing": "only {rows} of its {all} rows",
    "maybe-cut-off": "perhaps cut off at {rows} rows",
    "goal-is-your-word": "its conversions count as {goal}, as you stated; the file does not name them",
    "rows-short-of-total": "its rows have {rows} of {all} {units}",
    "rows-against-total": "its rows add up to {rows} {units}, its total is {all}: some are in two rows",
    "any-goal": "visits with any goal: the file does not separate goals",
    "matomo-cookie-no-visits": (
        "{links:# link|# links} with conversions but no visits, credited by Matomo's cookie to an earlier visit: "
        "no rate"
    ),
    "matomo-cookie-unknown": (
        "{links:# link|# links} with conversions but no visits, credited by Matomo's cookie to an earlier visit: no "
        "rate; their number is unknown"
    ),
    "matomo-cookie": (
        "{links:# link|# links} with more conversions than visits, credited by Matomo's cookie to earlier visits"
    ),
    "metrica-left-out-small": "Metrica left out small rows, for privacy",
    "metrica-rounded": "Metrica rounded the number of rows",
    "visits-without-numbers": "its visits have no ids: a repeated line counts twice",
    "reaches-not-visits": "counts how often the goal was reached, not visits: one visit may count many times",
    "imported-from-other-tool": "includes data imported from another tool",
    "imported-left-out": "imported data left out by Plausible",
    "imported-left-out-why": "imported data left out by Plausible: {reason}",
    "imported-in-part": "includes imported data only in part",
    "filtered": "filtered by {dimensions}",
    "no-links-without-conversions": "it lacks links without conversions",
    "cut-off-by-plausible": "cut off by Plausible at {rows} rows: the smallest links are not shown separately",
    "goal-unknown": "the export does not name the goal that it counts",
    "bots-counted": "clicks of bots are counted too: the file does not mark them",
    "several-offsets": "several offsets from UTC: {offsets}",
    "zone-unknown": "the log does not name its time zone",
    "several-sites-added": "visits of {sites} sites, added",
    "users-once-a-day": "people count once on each day, so the sum of days is not the number of people: no rate",
    "several-sites": "{sites} sites in one log",
    "no-user-agents": "no user agents in the log: crawlers count as people",
    "no-methods": "no methods in the log: HEAD counts like GET",
    "a-proxy": (
        "most visits come from the one address of a proxy: people with the same browser count as one visitor a day"
    ),
    # tracking: what makes lines of the report doubtful
    "sum": "{amount:.2f} {currency}",
    "sum-without-currency": "{amount:.2f} (no currency: --currency)",
    "revenue-in-several-currencies": "revenue in several currencies, not added: {sums}",
    "revenue-in-other-currency": "revenue {revenue}, not in the currency of the cost",
    "costs-in-several-currencies": "costs in several currencies, not added: {sums}",
    "costs-missing": "{count} of {posts} posts have no cost: the cost shown is the least, and no price per one",
    "cost-of-ledger": "the cost in the ledger counts, not {costs} in a sheet",
    "events-repeat": "may happen several times in a visit: if one person does it often, the range is too narrow",
    "no-rate": "more conversions than visits: they are counted in different ways, no rate",
    "period-unknown-all-divided": (
        "the period of the visits is unknown: all sign-ups and orders are divided by them (--period sets it)"
    ),
    "no-common-day": "{visits} and {events} have no day in common: no rate",
    "zones-differ": "days begin at different hours ({zones}): near midnight a count may be a day off",
    "undated-counted": ("{conversions} of the conversions have no date and count for these days"),
    "sign-ups-end-early": (
        "the last sign-up is of {last}, but visits go on for {days} days: if the list ends there, these rates are too "
        "low; give a newer one"
    ),
    "orders-end-early": (
        "the last order is of {last}, but visits go on for {days} days: if the list ends there, these rates are too "
        "low; give a newer one"
    ),
    "enquiries-end-early": (
        "the last enquiry is of {last}, but visits go on for {days} days: if the list ends there, these rates are too "
        "low; give a newer one"
    ),
    "source-alone": "the source alone does not identify a place",
    "campaign-alone": "the campaign alone does not identify a place",
    "several-placements": "the {tag} fits several posts",
    "near-place": "no such place; one is similar",
    "answers-untied": ('{people:# answer|# answers} to "Where did you hear of us?" not tied to a place'),
    "tie-no-place": "place is not in the ledger",
    "tie-several-places": "several places have this name: give the key of one",
    "tie-no-tag": "the row has no tag to tie",
    "ties-read": "{rows:# place was filled in|# places were filled in}; the ties are kept",
    "no-ties-in-file": "the column place is empty: fill in the places of the links",
    "near-link": "no such utm_content; one is similar",
    "no-such-place": "no such place in the ledger",
    "no-such-link": "no such link in the ledger",
    # teasers: what an editor would say
    "hook-long": "the first sentence of the problem has {length} characters: people read under {most}",
    "hook-names-company": (
        "the first sentence of the problem names the company: begin with the reader, not with yourself"
    ),
    "bonus-not-announced": "the bonus is not announced: say what readers get, because that is why they click",
    "wall-of-capitals": "text in capitals: readers skip it and moderators delete it",
    "exclamations": '"!!!" reads like an advertisement: one exclamation mark is enough',
    "spam-words": "{words}: advertising words, which readers skip and filters hide",
    "second-link": "a second link ({link}) takes readers away from yours",
    "link-not-clickable": "a link in the text cannot be clicked on {platform}: put it where one can",
    "hook-beyond-fold": '{platform} shows {fold} characters before "more", and the first sentence ends at {end}',
    "many-hashtags": "{hashtags} hashtags, but {platform} takes {allowed}",
    "emoji-count-twice": "some apps count an emoji as two characters; the text then has {length} of {limit}",
    # teasers: what is odd about a link
    "telegram-carries-no-tags": "Telegram drops utm parameters: you will not see these",
    "x-cuts-tags": (
        "X ends this link at a letter that is not Latin and the tags are lost: write the address as {link}"
    ),
    "x-cuts-tags-in-brief": (
        "X ends this link at a letter that is not Latin and the tags are lost: in the brief, write the address as "
        "{link}"
    ),
    "x-cuts-rest": ("X ends this link at a letter that is not Latin and the rest is lost: write the address as {link}"),
    "x-cuts-rest-in-brief": (
        "X ends this link at a letter that is not Latin and the rest is lost: in the brief, write the address as {link}"
    ),
    "click-id": "{names} belongs to one click: every visitor would count as that one",
    "parameter-twice": "{names} is there twice: tools differ on which one counts",
    "parameter-in-capitals": "{names}: not every tool reads parameters in capitals: write lower case",
    "parameter-private": (
        "{names} looks like an e-mail address or a phone number: analytics tools forbid those in links"
    ),
    "tags-after-hash": "most tools do not read utm parameters after #: put them before it",
    "page-after-hash": (
        "the page is after #, the tags are before it: open the link and check in your analytics tool that both work"
    ),
    "tags-escaped": "%3Futm, %26utm or &amp;utm is not a parameter of this address: write ?utm or &utm",
    "placeholder-left": "a placeholder like {{campaign}} was not replaced: only ad systems do that",
    "tag-empty": "{name} is empty",
    "tag-spelling": "{name}: reports count each spelling separately; write {value}",
    "no-tags": "no utm parameters: its visits cannot be distinguished from others",
    "tags-missing": "{names} missing: reports need utm_source, utm_medium and utm_campaign",
    "wrong-channel": "Google Analytics puts it under {channel}, not Organic Social: use utm_medium=social",
    "cross-network": "Google Analytics counts a campaign with cross-network in its name as Cross-network",
    "source-is-shopping": "Google Analytics counts this source as Shopping: name the place of the post",
    "campaign-is-shopping": (
        "Google Analytics counts the campaign as Shopping, because a word in it begins with shop, or shop follows an "
        "e: workshop is fine, work-shop and onlineshop are not"
    ),
    "medium-is-paid": ("Google Analytics counts a medium with cp, ppc, retargeting or paid… as an ad: write social"),
    # teasers: what is missing where a post is paid for
    "deal-paid": "paid",
    "deal-barter": "barter",
    "deal-not-disclosed": "{deal}, but the text does not say so: write a [disclosure]",
    "market-unknown": "market {market}: its rules for paid posts are unknown here",
    "market-closed": "market {market}: paid posts on {platform} may be forbidden {source}",
    "field-without-label": 'market {market}, field {field}: the post has no word like "{word}" {source}',
    "market-source": "({source}; looked up {checked})",
    "market-source-doubtful": "({source}; looked up {checked}; {doubt})",
    "disclosure-lacks": "market {market}: the disclosure has no {what} {source}",
    "disclosure-without-label": "market {market}: the disclosure lacks the words that readers look for {source}",
    # owners: what a letter still needs, and where to write it
    "letter-needs-name": 'who writes: name = "…" below [{table}] in outreach.toml',
    "letter-needs-role": 'what you do: role = "…" below [{table}] in outreach.toml',
    "letter-needs-years": "for how many years: years = 14 below [{table}] in outreach.toml",
    "letter-needs-published": (
        'two or three published texts of yours: published = ["https://…", "https://…"] below [{table}] in outreach.toml'
    ),
    "letter-needs-gets": 'what readers get: bonus in the brief, --gets, offer = "…" below [{table}] in outreach.toml',
    "letter-needs-to": "the name of the owner, as you address them: owner in the sheet, or --to NAME",
    "letter-needs-found": 'where you found the contact: --found "channel description"',
    "letter-needs-post-date": "the day of a post of theirs that you read, today or before: --post-date 2026-11-03",
    "letter-needs-post-fact": (
        'what you noticed in it: --post-fact "…", which continues "In your post of 3 November …"'
    ),
    "letter-needs-topic": (
        'a topic: title and solution in the brief in the language of the letter, or --topic "Headline | One. Two."'
    ),
    "letter-needs-why": (
        "why this audience: a table (--from) where five or more customers were asked and a quarter of them follow the "
        'place, or --why "…"'
    ),
    "letter-foreign-writer": (
        "{name} in the language of the letter ({language}), it is in another alphabet: below [writer.{language}] in "
        "outreach.toml"
    ),
    "letter-foreign": "{name} in the language of the letter ({language}): it is in another alphabet",
    # owners: what is to be mended in a letter
    "letter-too-long": "{characters:# character|# characters} too long: at most {most}",
    "letter-too-short": "{characters:# character|# characters} too short: at least {least}",
    "letter-words-over": "{words:# word|# words} too many: at most {most}",
    "letter-subject-long": "the subject is {characters:# character|# characters} too long: {least} to {most}",
    "letter-subject-short": "the subject is {characters:# character|# characters} too short: {least} to {most}",
    "letter-no-subject": "no subject: {least} to {most} characters",
    "letter-greets-anybody": "the greeting names no person",
    "letter-no-name": "the greeting has no name",
    "letter-no-greeting": "no greeting",
    "letter-no-introduction": "no line on who writes and for how long in the field",
    "letter-no-proof": "no post of theirs with its date",
    "letter-no-topic": "no topic as a headline in quotes",
    "letter-topics-many": "{topics} topics: at most {most}",
    "letter-links-few": "{links:# link|# links} to your texts: {wanted} wanted",
    "letter-links-many": "{links:# link|# links}: {wanted} wanted",
    "letter-no-question": "no question to answer",
    "letter-questions-unnumbered": "{questions} questions without numbers: ask one, or number them",
    "letter-question-early": "the question is not at the end",
    "letter-sentence-long": "a sentence of {words} words: at most {most}",
    "letter-hard-to-read": "hard to read (LIX {index}, above {most}): shorter sentences, shorter words",
    "letter-placeholder": "a placeholder is left: {words}",
    "letter-no-source": "no sentence on where you found the contact and how to have it deleted",
    # owners: why no letter is written
    "letter-way-post": "you post there yourself; no letter is needed",
    "letter-way-submit": "submit your post there, by a form or as a suggested post; no letter is needed",
    "letter-way-buy": "buy your post there: ask for the price, or book",
    "letter-way-exchange": "buy your post through an exchange: choose a format and a day there",
    "letter-refused-declined": "the owner declined the post of campaign {campaign}",
    "letter-refused-asked": "the owner asked not to be contacted",
    "letter-refused-no": "the sheet says that the place takes no posts",
    # teasers: what a person should look at in a draft
    "labelled": "{label}: {what}",
    "template-without-link": "the template leaves the link out: write {{{{ link }}}} into it",
    "template-without-disclosure": "the template leaves the disclosure out: write {{{{ disclosure }}}} into it",
    "title-long": "{length} characters, but {platform} takes {most}",
    "price-no-sum": "the price in the sheet is not a sum of money: outreach placements set --cost",
    "address-shares": "this address shares another one on Telegram: tag the address inside it",
    "invite-link": ("Telegram drops utm parameters: use this invite link for one post only; it counts who joins"),
    "make-invite-link": (
        "Telegram drops utm parameters: in the channel's settings, make an invite link for each post, which counts who "
        "joins, and give that instead"
    ),
    "make-invite-link-of-name": (
        "Telegram drops utm parameters: in the channel's settings, make an invite link for each post, which counts who "
        "joins, name this one {name}, and add it: outreach link INVITE --resource PLACE --campaign NAME --add"
    ),
    "link-stays-long": "the link stays long: {why}",
    "short-useless-on-x": "X counts every link as 23 characters: shortening it gains nothing",
    "short-useless-on-mastodon": "Mastodon counts every link as 23 characters: shortening it gains nothing",
    "short-useless-on-linkedin": "LinkedIn shortens long links to lnkd.in itself: shortening it gains nothing",
    "short-removed-on-reddit": "Reddit's filters and moderators remove shortened links: keep the long one",
    "short-is-spam-on-facebook": (
        "Facebook and moderators of its groups take shortened links for spam: keep the long one"
    ),
    "placement-frozen": "is {status}: its text is in the ledger and does not change any more",
    "sticker-or-code": (
        "links in posts there cannot be clicked, and the profile is not yours: ask for a link sticker in a story, or "
        "give the place its own promotion code: outreach placements set --promo"
    ),
    "bio-of-somebody-else": (
        "somebody else's profile has its own link: a link sticker in a story, or a promotion code of the place "
        "(outreach placements set --promo), shows who came from there"
    ),
    "code-not-in-text": "the code {code} is not in the text: name it there or in the story",
    "takes-no-posts": "the sheet says that this place takes no posts",
    "place-does-not-reply": "the sheet says that this place does not reply",
    "place-declined": "it declined the post of campaign {campaign}",
    "place-removed": "it removed the post of campaign {campaign}",
    "unless-anyway": "{why}; --anyway drafts it",
    "text-unfilled": "its text still has {word}: fill it in",
    "language-differs": "the sheet says that posts there are in {there}, and the brief is in {here}",
    "bytes-too-long": "{over:# byte|# bytes} too long, shorten {what}",
    "characters-too-long": "{over:# character|# characters} too long, shorten {what}",
    # teasers: what concerns several drafts
    "disclosure-left-out": (
        "without the disclosure of the brief, because not marked as paid: {places} (--deal paid puts it in)"
    ),
    "places-take-no-posts": "by the sheet, these places take no posts: {places}",
    "priced-so-paid": (
        "the sheet has a price for {places}, so the post counts as paid: if no money is paid, write free or barter as "
        "the price, or give --deal free"
    ),
    "round-begins-early": (
        "this repeats a post although the last one was not sent to {places}: outreach placements undo takes it back"
    ),
    "same-text": "these {places} places get the same text (variant {variant}): {shown}; {way}",
    "same-text-seen-twice": "these {places} places get the same text (variant {variant}): {shown}; {who}; {way}",
    "another-variant": 'write variant = "{variant}" below [resource."{place}"] in the brief to give that place another',
    "texts-take-turns": "write several texts in the brief; places get them in turn",
    "none-follows-several": "none of your customers follows more than one of them",
    "follow-several": "{customers:# of your customers follows|# of your customers follow} more than one of them",
    "follow-several-at-least": (
        "at least {customers:# of your customers follows|# of your customers follow} more than one of them"
    ),
    # teasers: tables of places
    "no-place-left": "{file}: it has no places left; outreach rank shows which filters hide places",
    "more-remarks": "and {remarks} more such remarks",
    "place-further-up": "this place is in a row above too; the first row counts",
    "line-of-list": "{file}, line {line}: {reason}",
    "names-no-place": "it does not name a place",
    "word-not-known": "{column}: not a known word; taken as empty",
    # teasers: a draft measured once more
    "text-gone": "its text is no longer in the file",
    "link-lost": "the link is lost: {link}",
    "link-changed": "the link was changed: it was {link}",
    "link-in-no-placement-again": "the ledger has no post with its link: draft it again",
    "link-in-no-placement": "the ledger has no post with its link",
    "ledger-has-another-link": "the ledger has another link for it: {link}",
    "link-changed-everywhere": "the link was changed everywhere in the file: draft it again",
    "text-without-tagged-link": "it has no link with utm tags: visits from there cannot be distinguished from others",
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
    "conclusion-best": "Best: {place}, {result}. Chance hardly explains its lead",
    "conclusion-repeat": "Repeat it. No other place is proven weak enough to drop it",
    "conclusion-repeat-without": "Repeat it. Next round without {place}: {result}",
    "conclusion-unknown": "Not known yet: {notes:;}",
    "conclusion-all-known": "Every place had 60 visits or more, and every conversion had a tag",
    "unknown-which": "which of the other {count} is better",
    "unknown-places": "{count:# place|# places} with under {visits}",
    "untagged-few": "{count} of {hits} had no tag: too few to change this",
    "untagged-some": "{count} of {hits} had no tag: every place may have a few more",
    "conclusion-drop": "Drop {place}: {result}. The others: {others}",
    "conclusion-move": "Even with luck it stays behind them. Place the next post in {places}",
    "conclusion-move-money": "Even with luck it stays behind them. Move the {amount:money} {currency} to {places}",
    "conclusion-none-ahead": (
        "No place is ahead yet: {hits} from {visits} in {places}. Differences like these arise by chance"
    ),
    "conclusion-one-place": "One place so far: {hits} from {visits}. There is nothing to compare it with",
    "conclusion-drop-nothing": "Drop none yet, and pay no more than before",
    "conclusion-cheapest": (
        "Drop none yet, and pay no more than before. Place the next post where visits are cheapest: {place}, "
        "{amount:money} {currency} each"
    ),
    "conclusion-more-visits": (
        'About {visits} more at {place}{posts} would decide it; asking "Where did you hear of us?" is quicker'
    ),
    "conclusion-ask": 'Visits alone will not decide it soon: ask every customer "Where did you hear of us?"',
    "conclusion-no-tags": "No ranking is possible: {count} of {hits} ({percent:percent} %) came without a tag",
    "conclusion-bare-links": (
        "{count:# place shows|# places show} no visit by the tagged link ({places}): check the post; if the link is "
        "not in it, ask for an edit"
    ),
    "conclusion-check-links": "Check that the posts have the tagged links; outreach placements lists them",
    "conclusion-ask-until-then": 'Until then, ask every customer "Where did you hear of us?"',
    "conclusion-count": "{what}: {count}",
    "conclusion-codes-and-answers": (
        "Until then, use promotion codes ({codes}) and the answers of people you ask ({said}). These are separate "
        "counts"
    ),
    "conclusion-codes": 'Until then, use promotion codes ({codes}), and ask every customer "Where did you hear of us?"',
    "conclusion-answers": "Until then, use the answers of people you ask ({said}). This is a separate count",
    "conclusion-none-yet": "{hits} so far, from {visits} in {places}",
    "conclusion-nobody-yet": "No visits by the tagged links of {places} yet",
    "conclusion-visits-only": "{visits} in {places}; what people did next is unknown",
    "conclusion-cheapest-visit": "Visits are cheapest at {place}: {amount:money} {currency} each",
    "conclusion-give-conversions": "A list of sign-ups or orders, or --goal-path with a log, shows which place pays",
    "conclusion-most": "Most came from {place}: {count} of {hits}",
    "conclusion-no-visits": (
        "Visits show how good a place is for its size: give the log or the export of your analytics too"
    ),
    "conclusion-views": "Views are cheapest at {place}: {amount:money} {currency} per 1,000",
    "conclusion-give-visits": "Views are not customers: the log or the export of your analytics shows who came",
    "texts-ahead": (
        "Text {text} is ahead of text {other}: {own} against {others}, in "
        "{count:the same place|the same # places}. Chance hardly explains it"
    ),
    "texts-same": (
        "No clear difference between texts {text} and {other}: {own} against {others}, in "
        "{count:the same place|the same # places}"
    ),
    "texts-unproven": (
        "It is not proven yet that text {text} is better than text {other}: {own} against {others}, in "
        "{count:the same place|the same # places}"
    ),
    "texts-open": (
        "No conclusion yet about texts {text} and {other}: {own} against {others}, in "
        "{count:the same place|the same # places}"
    ),
    "texts-no-place": (
        "No conclusion about texts {text} and {other}: no place had visits by both. Publish both in the same places"
    ),
    "at-least": "{amount:money}+",
    "conclusion-costs-missing": (
        "The cost of {places} is the least that it was: {count:# post has|# posts have} no cost yet (0 if it was free)"
    ),
    "texts-one-used": "No conclusion about the texts: only text {text} was used. Write another one to compare it with",
    "texts-repeat": (
        "No conclusion about the texts: what was counted may happen several times in a visit; --once-per-visit GOAL "
        "counts it once"
    ),
    "texts-only-one": "No conclusion about the texts: only one of them has visits",
    "texts-no-rates": (
        "No conclusion about the texts: that needs the visits by their links, and who of these converted"
    ),
    "texts-difference": (
        "Of {visits} in the same place, text {text} converts {difference:tenths} more than text {other} (likely "
        "{low:tenths} to {high:tenths}); it is better with a chance of {chance}"
    ),
    "texts-chance": "about {percent} %",
    "texts-surely": "over 99 %",
    "texts-use": "Use text {text} in the next posts",
    "texts-either": "A difference by half would probably have been seen: use either text",
    "texts-more": "About {visits} more by each text in these places would decide it",
    "texts-not-by-visits": "Visits alone will not decide it soon: use either text",
    "texts-elsewhere": "Not compared: {count:# place|# places} where only one of these texts had visits ({places})",
    "texts-more-places": "{count} more",
    "texts-first": "Every text is compared with text {other}, the first",
    "texts-of-campaign": "{campaign}: {line}",
    "stability-ask-more": (
        "With {more} more customers, about {stay} of today's first {k} places would stay: ask {more} more before you "
        "pay for a post"
    ),
    "stability-settled": (
        "With {more} more customers, about {stay} of today's first {k} places would stay: more answers would change "
        "little"
    ),
    "stability-few-customers": (
        "How certain the first places are is not known: {customers:# customer is|# customers are} too few, at least "
        "{fewest} are needed"
    ),
    "stability-few-places": (
        "How certain the first {k} places are is not known: {places:only # place is|only # places are} listed"
    ),
    "setting-head": "Settings of this campaign: you need not type what is written here",
    "setting-typed": "What you type takes precedence",
    "setting-note": "A # begins a note: remove it to use the line",
    "setting-client": "The client of the campaign: a company or a product",
    "setting-lists": "Files and folders with the customers' lists",
    "setting-own": "Your own pages, to leave out: addresses, or a file of them",
    "setting-exclude": "Other places to leave out",
    "setting-min-subscribers": "Smallest place to list, in subscribers",
    "setting-platforms": "Only these platforms",
    "setting-accepts-posts": "Places by whether they take posts of others: any, yes, not-no",
    "setting-topic": "Only places whose topic contains this text",
    "setting-same-as": "Table of addresses that belong to one place",
    "setting-customers": "Table of labels that belong to one customer",
    "setting-groups": "Table of the group of each customer: outreach survey makes it",
    "setting-group": "Only the lists of this group are ranked, such as promoters; empty: all",
    "setting-sheet": "The sheet of places that you fill in: outreach resources makes it",
    "setting-brief": "The brief of the article: outreach brief new makes it",
    "setting-drafts": "Folder of the drafts",
    "setting-results": "Files and folders with exports of analytics, orders, sign-ups",
    "setting-db": "The campaign's database",
    "setting-market": "Country whose rules apply: RU, GR, LV, AM, EU, US or another one",
    "setting-language": "Language of the audience: en, ru, el, lv, hy or another code",
    "setting-my-language": "Your own language: en, ru, el, lv, hy",
    "setting-currency": "Currency of sums that name none, like EUR",
    "setting-field": "Regulated field, if it is one: health, finance, law",
    "setting-budget": "What all posts together may cost, like 300 EUR",
    "setting-goal": "Goal or key event to count, if a file has several",
    "setting-visits": "Source of the visits to count, if there are several",
    "setting-exclude-ip": "Your own addresses, which access logs leave out",
    "setting-logo": "The client's logo, for the report",
    "setting-templates": "Folder of your own templates",
    "setting-utm": "How links are tagged; these are the defaults",
    "setting-writer": "Who writes to the owners of places, for letters",
    "setting-reading": "How single files of lists are to be read, where they leave it open",
    "merge-differs": "{where}: {column} is {ours} here, and {theirs} there",
    "merge-text-differs": "{where}: the {column} differs",
    "merge-tie-differs": "a tied {kind}: {ours} here, and {theirs} there",
    "merge-other-secret": "{what}: about people, hashed with another secret; import its files again here",
    "merge-same-days": "{what}: both have results of these days; import the newer file again",
    "merge-events-differ": (
        "{what}: {events:# person or order|# people or orders} counted differently here; import the newer file again"
    ),
    # what is due
    "today-answer": "Answer the reply",
    "today-running": "Write again: the conversation has gone quiet",
    "today-follow-up": "Follow up once; after that, leave it",
    "today-promise": "Do what was promised for this day",
    "today-promise-of-theirs": "Ask again: they named this day",
    "today-link": "Repair the link before you publish it: it does not open, or loses its tags",
    "today-out": "Booked for this day: check whether the post is out",
    "today-views": "Record the views of the first 24 hours",
    "today-gone": "The post is gone: check it yourself, then ask for a repeat or a refund",
    "today-last-day": "Check that the post is still there, before its time ends",
    "today-claim": "The post was removed early: ask for a repeat or a refund",
    "today-claim-answer": "Ask about the repeat or refund",
    "today-pay": "Pay {amount:money} {currency}",
    "today-pay-invoice": "Pay the invoice",
    "today-drafts": "Send the waiting drafts: {count}",
    "today-drafts-early": "Send the waiting drafts: {count}; places to get acquainted with first: {early}",
    "today-step": "{text}",
    "today-results": "Import new results: yours are older than a week",
    "today-overdue": "overdue",
    "today-today": "today",
    "today-this-week": "this week",
    # The sheets for people in workbooks.
    "book-column-rank": "Rank",
    "book-column-due": "Due",
    "book-column-when": "When",
    "book-column-todo": "What to do",
    "book-column-whom": "Contact",
    "book-column-note": "Last note",
    "book-about-due": "The day on which it is due",
    "book-about-when": "Overdue, today or this week",
    "book-about-todo": "The next step; completed ones are no longer listed",
    "book-about-whom": "The owner, or the place if the owner is unknown",
    "book-about-note": "The last note about it",
    "book-today": "{late} overdue, {now} today, {soon} this week",
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
    "book-column-top-five": "In the top five",
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
    "book-about-rank": "1 is best; places that are equal share a number",
    "book-about-place": "Page, group, channel or community; click to open it",
    "book-about-platform": "The platform of the place",
    "book-about-followed": (
        "How many of your customers follow the place, and how many lists from its platform there are"
    ),
    "book-about-share": "The same in percent",
    "book-about-low": (
        "A small sample: among all customers like these the share is likely between these two numbers (95 %)"
    ),
    "book-about-subscribers": "Number of people; an empty cell is unknown",
    "book-about-affinity": (
        "100 is the average for its size; more means that your customers are there more often than its size explains"
    ),
    "book-about-accepts": "Whether it publishes posts of others",
    "book-about-address": "The address of the place",
    "book-about-visits": "Counted by the links of the place",
    "book-about-conversions": "Of those who came by the links of the place",
    "book-about-rate": "Conversions per visit",
    "book-about-top-five": "The chance to be among the first five if all customers were asked; it is rough",
    "book-about-verdict": "What the numbers prove, and how many visits are missing where they prove nothing yet",
    "book-about-cost": "What the posts cost, as entered",
    "book-about-currency": "Currency of the sums in the row",
    "book-about-views": "How often the posts were seen, as entered",
    "book-about-per-1000": "Cost divided by views, times 1,000",
    "book-about-said": "People who named the place when asked how they heard of you; a separate count",
    "book-about-cost-each": "Cost divided by that number",
    "book-of-listed": "{overlap} of {listed}",
    "book-customers": "Lists of {customers:# customer|# customers}",
    "book-first": "The first {shown:# place|# places} of {places:#|#}; the sheet “{tab}” has all",
    "book-ruled": "Places between two lines have equally many of your customers",
    "book-machine": "The sheet “{tab}” has the same for programs: leave it as it is",
    "book-column": "Column",
    "book-meaning": "Meaning",
    "book-accepts-yes": "yes",
    "book-accepts-no": "no",
    "book-accepts-paid": "paid",
    "book-accepts-ask": "ask",
    "book-accepts-no-reply": "no reply",
    "book-top-five-about": "about {percent} %",
    "book-top-five-under": "under 5 %",
    "book-top-five-over": "over 95 %",
    "book-verdict-ahead": "ahead",
    "book-verdict-behind": "behind",
    "book-verdict-against": "{verdict} (against text {text})",
    "book-verdict-more-each": "{verdict}: about {visits} more by each text",
    "book-verdict-below": "probably below average",
    "book-verdict-no-difference": "no clear difference",
    "book-verdict-unknown": "can't tell yet",
    "book-verdict-by-visits": "can't tell by visits alone",
    "book-verdict-no-visits": "no visits yet",
    "book-verdict-repeats": "not compared: an event may happen several times in a visit",
    "book-verdict-more": "{verdict}: about {visits} more",
    "book-verdict-ask": "{verdict}: ask where customers heard of you",
    "book-about-campaign": "Name that the links of one article share",
    "book-about-variant": "Which of several texts it is",
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
    "book-say-subscribers": "number of people, like 12500 or 12.5K; a dash means that it cannot be found",
    "book-say-subscribers-from": "where the number of subscribers comes from: {choices}",
    "book-say-fetched-at": "when the number of subscribers was looked up: a day such as 2026-05-12",
    "book-say-accepts-posts": "whether it publishes posts of others: {choices}",
    "book-say-topic": "what it is about; a dash means that it has no topic of its own",
    "book-say-exclude": "“{yes}” takes the place out of the ranking",
    "book-say-rules": "what it asks of posts: length, links, days",
    "book-say-link-place": "where the link goes: {choices}",
    "book-say-owner": "who decides what is published",
    "book-say-contact": "how to reach the owner",
    "book-say-way-in": "how a post gets there: {choices}",
    "book-say-price": "what a post costs, with the currency; or barter, free, ask",
    "book-say-views": "people who see an ordinary post",
    "book-say-note": "anything else",
    "book-say-key": "leave this column as it is: it links the row to the place",
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
    "book-choice-exchange": "buy through an exchange",
    "book-days": "{first} to {last}",
    "book-not-ours": "not in the ledger",
    "book-assistants": "AI assistants",
    "book-untagged": "untagged",
    "book-other": "other",
    "plan-reasons": "{reasons:;}",
    "plan-pays": "{platform} pays for you: {rate:tenths} % against {others:tenths} %",
    "plan-pays-less": "{platform} pays less for you: {rate:tenths} % against {others:tenths} %",
    "plan-followed": "followed by {overlap} of {listed}",
    "plan-followed-by-none": "none of your customers follows it",
    "plan-newly": "{count:# follows|# follow} none of the places above",
    "plan-same-people": "mostly the same people as {place}",
    "plan-not-tried": "not tried",
    "plan-tried": "{hits} from {visits} in {posts}",
    "plan-tried-visits": "{visits} in {posts}",
    "plan-in-posts": "{count:# post|# posts}",
    "plan-under-way": "a post is under way",
    "plan-costs": "costs {amount:money} {currency}",
    "plan-each": "about {amount:money} {currency} each",
    "plan-nothing": "No place is left to plan a post for",
    "plan-nothing-because": "No place is left to plan a post for: {why}",
    "plan-fewer": "{count} of {posts} posts are planned: {why}",
    "plan-why-currency": "prices are in {prices}, which the budget is not: give --budget in {first}",
    "plan-why-budget": "the budget allows no more: give a larger --budget",
    "plan-why-price": (
        "no price is known of {count:# place|# places}: write it into the sheet of places, or leave out --budget"
    ),
    "plan-why-places": "no other place is left that adds anything",
    "plan-covers": (
        "{count:Words} {count:place covers|places cover} about {percent:percent} % of customers like these "
        "({low:percent}-{high:percent} %)"
    ),
    "plan-adds": "{number:ordinal} adds {points:percent}",
    "plan-expected": "{count:Words} {count:post brings|posts bring} about {hits} ({low:whole}-{high:whole})",
    "plan-left-not": "As you asked: {places}",
    "plan-left-do-not-contact": "Asked not to be contacted: {places}",
    "plan-left-declined": "Declined: {places}",
    "plan-left-removed-twice": "Removed posts twice: {places}",
    "plan-left-takes-no-posts": "Takes no posts: {places}",
    "plan-left-cool-down": "Had a post lately: {places}",
    "plan-left-no-price": "No price in {currency} known: {places}",
    "book-column-order": "Order",
    "book-column-newly": "Newly reached",
    "book-column-coverage": "Covered so far",
    "book-column-redundancy": "Shared with those above",
    "book-column-expected": "Expected",
    "book-column-best-five": "Among the best five",
    "book-column-reason": "Why",
    "book-about-order": "Post there first, then go down the list",
    "book-about-newly": "Your customers who follow this place and none above it",
    "book-about-coverage": (
        "Expected share of customers like yours, outside of your sample, who follow this place or one above it"
    ),
    "book-about-coverage-low": "With these bounds the share is right in 95 of 100 cases",
    "book-about-redundancy": "Expected share of its followers who follow a place above it, too",
    "book-about-expected": "What one more post is expected to bring: conversions; visits if only those are measured",
    "book-about-expected-low": "Four of five posts bring a number between these two",
    "book-about-best-five": "Chance that a post there is one of the five that bring most",
    "book-about-reason": "Why it is in the plan",
    "book-about-plan-cost": "What a post costs, with an exchange's fee, in {currency}",
    # What stands in pictures.
    "figure-customers": "Customers",
    "figure-subscribers": "Subscribers",
    "figure-of": "{count:#} of {of:#}",
    "figure-share": "Share of your customers who follow it",
    "figure-more": "{count:# more place is not shown|# more places are not shown}",
    "figure-best": "{place}: {count:#} of {of:# customer|# customers}",
    "figure-nothing": "Nothing to show",
    "figure-ranking": "Places that your customers share",
    "figure-newly": "{count:# more customer|# more customers}",
    "figure-range": "{low} to {high}",
    "figure-covered": "Covered",
    "figure-likely": "Likely",
    "figure-coverage-scale": "Expected share of customers like yours in these places",
    "figure-covers": (
        "{count:# place covers|# places cover} about {share} of customers like yours, likely {low} to {high}"
    ),
    "figure-coverage": "What the places cover together",
    "figure-first-group": "First group",
    "figure-second-group": "Second group",
    "figure-others": "Everybody else",
    "figure-verdict": "What it means",
    "figure-compared": "{place}: {first} ({one}), {second} ({other})",
    "figure-comparison": "Two groups compared",
    "figure-stands-out": "stands out",
    "figure-hint": "a hint only",
    "figure-converted": "Converted",
    "figure-rate": "Rate",
    "figure-rate-scale": "Share that converted, with its likely range",
    "figure-open-dot": "A dot without filling: no difference that is proven",
    "figure-converts": "{place}: {count:#} of {of:#}, {rate}, likely {low} to {high}",
    "figure-conversion": "What the places brought",
    "figure-timeline": "The campaign day by day",
    "figure-course": "{what}: {count} from {first} to {last}",
    "figure-posts": "Posts: {posts}",
    "figure-counted": "counted",
    "figure-spent": "Spent",
    "figure-each": "Cost of one",
    "figure-month": "{month}: {spent} spent, {what}: {count}, {each} each",
    "figure-months": "Month by month",
    # The map of places.
    "figure-map": "Places that share your customers",
    "figure-map-place": (
        "{place}: {count:#} of {of:# customer|# customers}, community {community}. Shared customers: {shares}"
    ),
    "figure-map-shares": "{place} ({count:#})",
    "figure-map-count": "{count:# place|# places}",
    "figure-map-more": "and {count:# more community|# more communities}",
    "figure-map-lines": (
        "A line: more shared customers than chance would give. A dashed line is a hint only; "
        "a larger dot has more customers"
    ),
    "figure-map-chance": "{ties:# tie|# ties}, of which {proven:#} proven; chance alone would show up to {chance}",
    "figure-map-isolated": "{count:# place is tied to none and not drawn|# places are tied to none and not drawn}",
    "figure-map-left-out": "{count:# place further down the ranking is|# places further down the ranking are} left out",
    "figure-map-nothing": "{count:# place|# places}, and no two share more customers than chance would give",
    "figure-map-described": "{places:# place|# places} in {communities:# community|# communities}",
    "figure-map-community": "Community {number}, {name}: {count:# place|# places}",
    "figure-map-place-head": "Place",
    "figure-map-community-head": "Community",
}

NUMBERS: Final = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
"""Numbers at the beginning of a sentence."""

ONE_MORE: Final = (
    "A first", "A second", "A third", "A fourth", "A fifth", "A sixth", "A seventh", "An eighth", "A ninth", "A tenth",
    "An eleventh",
)  # fmt: skip
"""What comes behind so many less one."""
