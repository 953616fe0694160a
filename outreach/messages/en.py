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
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
    # tracking: files of results, and what was found in them
    "in-file": "{file}: {what}",
    "and-more": "{first} and {more} more",
    "no-reader": "no reader recognises this file",
    "no-clicks": "no clicks in it",
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
    "statuses-unknown": "{rows:# row has|# rows have} a status that is not known: counted",
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
    "campaign-alone": "the campaign alone tells no place",
    "several-placements": "the {tag} fits several placements",
    "near-place": "no such place; one is close to it",
    "near-link": "no such utm_content; one is close to it",
    "no-such-place": "no such place in the ledger",
    "no-such-link": "no such link in the ledger",
}
