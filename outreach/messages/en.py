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
    # likes: how tables were read, what was decided, what is doubtful
    "table-understood": "{file}: {how}",
    "tabs-understood": "{file}, tabs {tabs}: {shape}",
    "more-tables": "and {tables:# more table|# more tables}",
    "few-many-lists": "{lists} lists of follows in exports: {platforms}; outreach check tells of each{notes}",
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
    "more-cells-than-columns": "more cells than the header has columns: quote cells that hold the separator",
    "record-of-other-columns": "no JSON record with the columns of the others",
    "a-person": "a person or a bot, not a place",
    "a-follower": "a follower of the account, not something that it follows",
    "a-row-of-totals": "a row of totals",
    "address-beside-its-column": "the address stands beside its column: the row has a cell too many or too few",
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
    "units-conversion": "conversions",
    "units-event": "events",
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
    "source-alone": "the source alone tells no place",
    "campaign-alone": "the campaign alone tells no place",
    "several-placements": "the {tag} fits several placements",
    "near-place": "no such place; one is close to it",
    "near-link": "no such utm_content; one is close to it",
    "no-such-place": "no such place in the ledger",
    "no-such-link": "no such link in the ledger",
}
