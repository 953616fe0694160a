"""Every table that crosses a room's border: its columns, their types and units.

That of placements is made from their dataclass, in ``campaign/ledger/placement.py``.

A :class:`Table` is a relation in the engine and the schema it keeps. Rooms hand each other tables; only
``outreach/__init__.py`` makes pandas frames of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.engine import Engine

__all__ = [
    "AGENDA",
    "CHECKED",
    "COMPARISON",
    "CONTACTS",
    "CONVERSION",
    "DEALS",
    "DRAFT",
    "GROUPS",
    "GROUPS_WITH_STEPS",
    "GUIDE",
    "IMPORTS",
    "IN_TOP_FIVE",
    "LIKES",
    "LISTS",
    "MEASURED",
    "NEUTRAL",
    "OWNERS",
    "OWNER_EVENTS",
    "PLAN",
    "RANKING",
    "REJECTED",
    "RESOURCES",
    "SHEET",
    "STABLE",
    "STATUSES",
    "STEPS",
    "SURVEY",
    "TIES",
    "UNMATCHED",
    "UNSAFE",
    "VARIANTS",
    "VERIFIED",
    "Column",
    "Schema",
    "Table",
    "neutral",
    "verbatim",
    "visible",
]


VERDICTS: Final = (
    "ahead; probably below average; no clear difference; can't tell yet; can't tell by visits alone; no visits yet"
)
"""What may stand under verdict."""

KINDS: Final = (
    "signup, sale; enquiry, booked, came, paid, no-show, cancelled of bookings; conversion, event; join, left of a "
    "Telegram channel; and the goal"
)
"""What may stand under conversion_kind."""

GUIDE: Final = "outreach: how to fill this in"
"""The first cell of a tab that explains, and holds no likes."""

DRAFT: Final = "Outreach draft:"
"""What stands behind a bar in the last line of a draft that is plain text."""

NEUTRAL: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "'")
"""What a spreadsheet takes for a formula at the beginning of a cell, and the apostrophe that keeps it from that."""

# Classes of a regular expression, as Python and the engine both understand them.
SIGNS: Final = r"[=+\-@'" + "\uff1d\uff0b\uff0d\uff20]"
"""Those of ``NEUTRAL`` that are no separators."""
SEPARATORS: Final = r"[;\t-\r\x1c-\x1e\x85" + "\u2028\u2029]"
"""Behind them some program begins a new cell or a new line, also where the file has another separator."""
SKIPPED: Final = (
    r'["\x00-\x08\x0e-\x1b\x1f \x7f-\x84\x86-\xa0\xad'
    "\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff]*"
)
"""What some program drops from the beginning of a cell: quotes, blanks, what nobody sees; no separator."""

UNSAFE: Final = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]")
"""What a terminal obeys, or what turns the text around it round; a tab and a line feed are harmless."""

# A comma ends a cell of ours only in files whose own separator is another one; behind ", " a dash is ordinary prose.
_GUARDED: Final = rf"(?:\A|(?<={SEPARATORS})){{0}}(?={SKIPPED}(?:{SIGNS}|[\t\r]))|(?<=,){{0}}(?=\"*{SIGNS})"
_TO_GUARD: Final = pattern(_GUARDED.format(""))
_GUARDS: Final = pattern(_GUARDED.format("'"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its SQL type, what it means, and whether a value may be missing."""

    name: str
    type: str
    meaning: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def definition(self) -> str:
        """Return the columns as the inside of a ``CREATE TABLE``.

        Example:
            >>> REJECTED.definition()
            'source varchar, line bigint, reason varchar'

        """
        return ", ".join(f"{column.name} {column.type}" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A relation in the engine that keeps a schema.

    Args:
        engine: Where the relation lives; the table is gone when the engine closes.
        relation: Its name there.
        schema: Its columns. The relation has these and no others, in this order.
        order: The ``ORDER BY`` that makes its rows a list; every reader of the rows uses it.

    """

    engine: Engine
    relation: str
    schema: Schema
    order: str

    def select(self, columns: str = "*") -> str:
        """Return the query for its rows in order."""
        return f"select {columns} from {self.relation} order by {self.order}"

    def __len__(self) -> int:
        return int(self.engine.rows(f"select count(*) from {self.relation}")[0][0])

    def head(self, count: int | None = None) -> list[dict[str, Any]]:
        """Return the first ``count`` rows (all of them for None) for showing, each by column name."""
        limit = "" if count is None else f" limit {count:d}"
        names = self.schema.names
        return [dict(zip(names, row, strict=True)) for row in self.engine.rows(self.select() + limit)]

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Yield all rows in order, in lists."""
        return self.engine.batches(self.select())


LIKES: Final = Schema(
    "likes",
    (
        Column("customer", "varchar", "label that the marketer gave"),
        Column("resource_id", "integer", "number of the place in the table of places"),
        Column("followed_at", "timestamp", "when, UTC; the latest date known", missing=True),
        Column("source", "varchar", "file that the like was read from, the first one by name"),
    ),
)
"""One row for each (customer, resource)."""

LISTS: Final = Schema(
    "lists",
    (
        Column("customer", "varchar", "label that the marketer gave"),
        Column("platform", "varchar", "platform from which a list of this customer is known, empty or not"),
    ),
)
"""One row for each (customer, platform) of which a list was read; what ``listed`` counts."""

RESOURCES: Final = Schema(
    "resources",
    (
        Column("resource_id", "integer", "number of the place in this run, from 1"),
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("platforms", "varchar", "all platforms on which it is followed, sorted, comma between"),
        Column("name", "varchar", "name as most often written", missing=True),
        Column("subscribers", "bigint", "people; the largest number found", missing=True),
        Column("accepts_posts", "varchar", "yes, no, or as the marketer wrote it", missing=True),
        Column("topic", "varchar", "as the marketer wrote it", missing=True),
        Column("address_key", "varchar", "another key of it, with the public address that its own lacks", missing=True),
    ),
)
"""One row for each resource that somebody follows."""

REJECTED: Final = Schema(
    "rejected",
    (
        Column("source", "varchar", "file, as the user named it"),
        Column("line", "bigint", "line of the file (row for Parquet and JSON), from 1", missing=True),
        Column("reason", "varchar", "why the row cannot be used; never its text"),
    ),
)
"""One row for each input row that could not be used."""

CHECKED: Final = Schema(
    "checked",
    (
        Column("source", "varchar", "file, and the tab where there are several, as the user named it"),
        Column("read_as", "varchar", "the shape that was recognised", missing=True),
        Column("why", "varchar", "reasons for that shape", missing=True),
        Column("understood", "varchar", "roles of the columns, and what was done to the rows", missing=True),
        Column("not_used", "varchar", "columns with content that were not read", missing=True),
        Column(
            "encoding", "varchar", "of a text; missing for UTF-8 and for formats with their own encoding", missing=True
        ),
        Column("customers", "bigint", "number of customers with a known list, empty or not", missing=True),
        Column("likes", "bigint", "distinct (customer, resource)", missing=True),
        Column("rejected", "bigint", "rows that could not be used", missing=True),
        Column("reasons", "varchar", "why, the most frequent first", missing=True),
        Column("passed_over", "varchar", "why it was not read", missing=True),
    ),
)
"""One row for each table that was read or passed over, in the order of reading."""

RANKING: Final = Schema(
    "ranking",
    (
        Column("rank", "bigint", "1 is best; equal rows share a number"),
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("name", "varchar", "name as most often written", missing=True),
        Column("url", "varchar", "public address", missing=True),
        Column("subscribers", "bigint", "people", missing=True),
        Column("overlap", "bigint", "number of customers who follow the place"),
        Column("listed", "bigint", "number of customers with a known list from that platform"),
        Column("share", "double", "overlap / listed, 0..1"),
        Column("share_low", "double", "lower end of the share's Wilson 95 % interval"),
        Column("share_high", "double", "upper end of the share's Wilson 95 % interval"),
        Column("affinity", "double", "index, 100 = subscriber-weighted average", missing=True),
        Column("accepts_posts", "varchar", "yes, no, or as the marketer wrote it", missing=True),
    ),
)
"""Target resources, best first."""

IN_TOP_FIVE: Final = Column(
    "in_top_five",
    "double",
    "chance to be among the first five of these places if all customers were asked, 0..1; missing if unknown",
    missing=True,
)

STABLE: Final = Schema(RANKING.name, (*RANKING.columns, IN_TOP_FIVE))
"""A ranking with how certain its first places are."""

MEASURED: Final = Schema(
    RANKING.name,
    (
        *RANKING.columns,
        Column("visits", "bigint", "number brought by its links, in the unit", missing=True),
        Column("unit", "varchar", "visit, session, visitor, pageview, click", missing=True),
        Column("conversions", "bigint", "number brought by its links, of the kind", missing=True),
        Column("conversion_kind", "varchar", "sale, signup, conversion, event; and the goal", missing=True),
        Column("rate", "double", "conversions / visits", missing=True),
        Column("verdict", "varchar", VERDICTS, missing=True),
    ),
)
"""A ranking with what the resources brought so far beside the overlap."""

PLAN: Final = Schema(
    "plan",
    (
        Column("order", "bigint", "1 is the first place to post in"),
        Column("resource", "varchar", "key"),
        Column("name", "varchar", "name as most often written", missing=True),
        Column("overlap", "bigint", "number of customers who follow the place"),
        Column("newly", "bigint", "number of them who follow no place before it", missing=True),
        Column(
            "coverage",
            "double",
            "expected share of customers like these, outside of the sample, who follow this place "
            "or one before it, 0..1",
            missing=True,
        ),
        Column("coverage_low", "double", "lower end of that share's 95 % interval", missing=True),
        Column("coverage_high", "double", "upper end of that share's 95 % interval", missing=True),
        Column(
            "redundancy", "double", "expected share of its followers who follow a place before it, 0..1", missing=True
        ),
        Column("cost", "double", "of a post, with an exchange's fee, in the currency of the plan", missing=True),
        Column(
            "expected", "double", "conversions (visits, if nothing else is measured) of one more post", missing=True
        ),
        Column("expected_low", "double", "lower end of the range that holds four outcomes of five", missing=True),
        Column("expected_high", "double", "upper end of that range", missing=True),
        Column(
            "best_five", "double", "chance that one more post is among the five that bring most, 0..1", missing=True
        ),
        Column("reason", "varchar", "why it is there, in words"),
    ),
)
"""Where to post next, in this order."""

SHEET: Final = Schema(
    "places",
    (
        Column("place", "varchar", "name of the place", missing=True),
        Column("platform", "varchar", "platform of the key", missing=True),
        Column("address", "varchar", "public address", missing=True),
        Column("customers", "varchar", "how many follow it, of how many lists; for reading only", missing=True),
        Column(
            "subscribers",
            "bigint",
            "number of people, like 12500 or 12.5K; - means that it cannot be found",
            missing=True,
        ),
        Column("subscribers_from", "varchar", "where that number comes from: hand, export or api", missing=True),
        Column("fetched_at", "varchar", "when that number was looked up", missing=True),
        Column(
            "accepts_posts",
            "varchar",
            "whether it publishes posts of others: yes, no, paid, ask, no reply",
            missing=True,
        ),
        Column("topic", "varchar", "what it is about; - means that it has no topic of its own", missing=True),
        Column("exclude", "varchar", "yes takes the place out of the ranking", missing=True),
        Column("rules", "varchar", "what it asks of posts: length, links, days", missing=True),
        Column("link_place", "varchar", "where the link goes: text, comment, button, bio, sticker", missing=True),
        Column("owner", "varchar", "who decides what is published", missing=True),
        Column("contact", "varchar", "how to reach the owner", missing=True),
        Column(
            "way_in",
            "varchar",
            "how a post gets there: post myself, submit, write, buy, buy through an exchange",
            missing=True,
        ),
        Column("price", "varchar", "what a post costs, with the currency; or barter, free, ask", missing=True),
        Column("views", "bigint", "people who see an ordinary post", missing=True),
        Column("note", "varchar", "anything else", missing=True),
        Column("key", "varchar", "leave this column as it is: it links the row to the place", missing=True),
    ),
)
"""The sheet that a marketer fills in by hand: one row for each place; a file's columns may stand in any order."""

STATUSES: Final = ("drafted", "sent", "quoted", "booked", "published", "declined", "removed")
"""How far a placement is. Only a drafted one follows a change of the text."""

DEALS: Final = ("free", "barter", "paid")
"""What a place gets for publishing a teaser."""

AGENDA: Final = Schema(
    "agenda",
    (
        Column("due", "varchar", "day on which it is due, ISO 8601"),
        Column("when_due", "varchar", "overdue, today, this week"),
        Column("kind", "varchar", "rule behind it, like answer, follow-up, views, pay"),
        Column("what", "varchar", "what to do"),
        Column("who", "varchar", "the owner, or the place if the owner is unknown; empty if about all"),
        Column("resource", "varchar", "key of the place; empty if about all"),
        Column("campaign", "varchar", "slug of the campaign; empty if about none"),
        Column("variant", "varchar", "variant of the post; empty if not about a post"),
        Column("round", "bigint", "repeat of the post, from 1", missing=True),
        Column("note", "varchar", "last note about it"),
        Column("uid", "varchar", "identifier of the task, stable across runs, also in calendars"),
    ),
)
"""One row for each thing that is due, the oldest first."""

VERIFIED: Final = Schema(
    "verified",
    (
        Column("resource", "varchar", "key"),
        Column("name", "varchar", "name of the place; empty if unknown"),
        Column("campaign", "varchar", "slug of the campaign"),
        Column("what", "varchar", "link (still to be published) or post"),
        Column("address", "varchar", "address that was opened"),
        Column("answer", "varchar", "there, gone, cannot be seen without an account, unreachable"),
        Column("why", "varchar", "the reason"),
    ),
)
"""One row for each address that was opened."""

OWNERS: Final = Schema(
    "owners",
    (
        Column("id", "varchar", "identifier of the person, the same on every machine; do not change", missing=True),
        Column("person", "varchar", "who decides there", missing=True),
        Column("role", "varchar", "their role: admin, editor", missing=True),
        Column("channels", "varchar", "how to reach them, the best first: telegram @name; email a@b.c", missing=True),
        Column("language", "varchar", "language in which you write to them: en, ru, el, lv, hy", missing=True),
        Column("found", "varchar", "where the contact was found", missing=True),
        Column("note", "varchar", "anything else", missing=True),
        Column("do_not_contact", "varchar", "yes: they asked not to be contacted", missing=True),
        Column("keep", "bigint", "months after the last event until their data should be removed", missing=True),
        Column("since", "varchar", "when they were added, UTC, ISO 8601", missing=True),
        Column("place", "varchar", "name of the place", missing=True),
        Column("key", "varchar", "key of the place", missing=True),
        Column("way_in", "varchar", "how a post gets there: post myself, submit, write, buy, exchange", missing=True),
        Column("price", "varchar", "what a post costs", missing=True),
        Column("rules", "varchar", "rules for posts", missing=True),
    ),
)
"""The address book: one row for each (person, place); people without a place and places without a person too."""

OWNER_EVENTS: Final = Schema(
    "owner events",
    (
        Column("kind", "varchar", "what happened: commented, wrote, replied, quoted, ..."),
        Column("date", "varchar", "day or moment in UTC, ISO 8601"),
        Column("answer", "varchar", "of a reply: yes, no, price, later; of began: which play", missing=True),
        Column("channel", "varchar", "channel: telegram, email, ...", missing=True),
        Column("campaign", "varchar", "slug of the campaign", missing=True),
        Column("resource", "varchar", "key of the place", missing=True),
        Column("variant", "varchar", "variant of the post", missing=True),
        Column("round", "bigint", "repeat of the post, from 1", missing=True),
        Column("person", "varchar", "id of the person", missing=True),
        Column("acted", "varchar", "who acted, on your side", missing=True),
        Column("amount", "double", "sum of money, in the currency", missing=True),
        Column("currency", "varchar", "three letters", missing=True),
        Column("format", "varchar", "format sold: 1/24, 2/48, story", missing=True),
        Column("count", "bigint", "views of a post", missing=True),
        Column("due", "varchar", "day for which something is promised, ISO 8601", missing=True),
        Column("url", "varchar", "address of the post, comment or invoice", missing=True),
        Column("note", "varchar", "anything else", missing=True),
        Column("recorded_at", "varchar", "when it was recorded, UTC, ISO 8601", missing=True),
    ),
)
"""What happened between you and the owners, in the order in which it was written down."""

CONTACTS: Final = Schema(
    "contacts",
    (
        Column("place", "varchar", "name of the place", missing=True),
        Column("key", "varchar", "key of the place", missing=True),
        Column("person", "varchar", "who decides there", missing=True),
        Column("channel", "varchar", "the best way to reach them", missing=True),
        Column("way_in", "varchar", "post, submit, write, buy, exchange", missing=True),
        Column("stage", "varchar", "how far it is: new to published, declined, removed"),
        Column("last_event", "varchar", "what happened last", missing=True),
        Column("last_on", "varchar", "on which day", missing=True),
        Column("due", "varchar", "the earliest day on which something is promised and not done", missing=True),
        Column("price", "varchar", "what a post costs", missing=True),
        Column("note", "varchar", "the last note", missing=True),
        Column("do_not_contact", "varchar", "yes: they asked not to be contacted", missing=True),
    ),
)
"""How far one is with each owner: one row for each (place, person)."""

IMPORTS: Final = Schema(
    "imports",
    (
        Column("id", "bigint", "number in the ledger"),
        Column("tool", "varchar", "what wrote the export"),
        Column("source_name", "varchar", "what was measured: a site, a counter, a property"),
        Column("grain", "varchar", "what a row is about: day, period, event"),
        Column("unit", "varchar", "what the denominators count; empty if there are none"),
        Column("kind", "varchar", "what the numerators count; empty if there are none"),
        Column("goal", "varchar", "the goal that they count; empty if there is none"),
        Column("period_start", "varchar", "first day, ISO 8601", missing=True),
        Column("period_end", "varchar", "last day, included", missing=True),
        Column("timezone", "varchar", "of the days; empty where unknown"),
        Column("attribution_model", "varchar", "the tool's rule for linking visits to links"),
        Column("flags", "varchar", "what makes the counts doubtful, semicolons between"),
        Column("imported_at", "varchar", "UTC, ISO 8601"),
    ),
)
"""One row for each table that was read from an analytics export."""

CONVERSION: Final = Schema(
    "conversion",
    (
        Column("resource", "varchar", "key, or what the lines are by; in brackets what does not belong to our posts"),
        Column("name", "varchar", "name of the place", missing=True),
        Column("placements", "bigint", "posts in the ledger that the line counts"),
        Column(
            "unit", "varchar", "what the denominator counts: visit, session, visitor, pageview, click", missing=True
        ),
        Column("denominator", "bigint", "visits, or what unit says", missing=True),
        Column("conversions", "bigint", "of the kind", missing=True),
        Column("conversion_kind", "varchar", KINDS, missing=True),
        Column(
            "rate", "double", "conversions / denominator; per unit, and not 0..1, where the kind is event", missing=True
        ),
        Column(
            "rate_low", "double", "lower end of the rate's 95 % interval (Wilson; Garwood for events)", missing=True
        ),
        Column("rate_high", "double", "upper end of the rate's 95 % interval", missing=True),
        Column("rate_shrunk", "double", "rate adjusted towards the average, for comparison", missing=True),
        Column("verdict", "varchar", VERDICTS, missing=True),
        Column(
            "more_needed",
            "bigint",
            "visits of its own that are still needed to decide in 80 of 100 cases",
            missing=True,
        ),
        Column("share_of_conversions", "double", "of all conversions of the kind, 0..1", missing=True),
        Column("clicks", "bigint", "of the short link, or as typed", missing=True),
        Column("views", "bigint", "of the posts, as typed", missing=True),
        Column("visits_per_1000_views", "double", "1000 x denominator / views", missing=True),
        Column("cost", "double", "of the posts, in the currency", missing=True),
        Column("cost_per_conversion", "double", "in the currency", missing=True),
        Column("revenue", "double", "in the currency, without refunds", missing=True),
        Column("currency", "varchar", "three letters", missing=True),
        Column("flags", "varchar", "what makes the line doubtful, semicolons between", missing=True),
    ),
)
"""What each resource brought: one row for each (resource, unit, kind of conversion)."""

MORE_EACH: Final = "visits of each of the two texts that are still needed to decide in 80 of 100 cases"
TEXT_VERDICTS: Final = (
    "of the comparison: ahead; behind; no clear difference; can't tell yet; can't tell by visits alone; no visits yet"
)
"""What may stand under verdict where the lines are texts."""

VARIANTS: Final = Schema(
    CONVERSION.name,
    (
        *(
            Column(
                one.name,
                one.type,
                {"verdict": TEXT_VERDICTS, "more_needed": MORE_EACH}.get(one.name, one.meaning),
                missing=one.missing,
            )
            for one in CONVERSION.columns
        ),
        Column(
            "compared_with", "varchar", "the first text of the campaign, which this one is compared with", missing=True
        ),
        Column("compared_places", "bigint", "places where both texts had visits", missing=True),
        Column("compared_visits", "bigint", "of this text in these places", missing=True),
        Column("compared_conversions", "bigint", "of this text in these places", missing=True),
        Column("other_visits", "bigint", "of the other text in these places", missing=True),
        Column("other_conversions", "bigint", "of the other text in these places", missing=True),
        Column(
            "difference", "double", "Mantel-Haenszel difference of the two rates in the same place, -1..1", missing=True
        ),
        Column("difference_low", "double", "lower end of its 95 % interval (stratified Newcombe)", missing=True),
        Column("difference_high", "double", "upper end of its 95 % interval", missing=True),
        Column(
            "p_value", "double", "Cochran-Mantel-Haenszel test, two-sided, with continuity correction", missing=True
        ),
        Column("chance_better", "double", "chance that this text is better than the other, 0..1", missing=True),
    ),
)
"""What each text brought, and how it compares with the first one of its campaign over the places where both ran."""

UNMATCHED: Final = Schema(
    "unmatched",
    (
        Column("utm_source", "varchar", "as found"),
        Column("utm_medium", "varchar", "as found"),
        Column("utm_campaign", "varchar", "as found"),
        Column("utm_content", "varchar", "as found"),
        Column("named", "varchar", "promotion code, start payload, short link or place, as found", missing=True),
        Column("source_name", "varchar", "import that it was found in"),
        Column("denominator", "bigint", "in the import's unit", missing=True),
        Column("numerator", "bigint", "of the import's kind", missing=True),
        Column("why", "varchar", "why it does not belong to a post"),
        Column("maybe", "varchar", "post that it may belong to", missing=True),
        Column("place", "varchar", "place of the tag, filled in by hand and read back", missing=True),
    ),
)
"""Tagged traffic that belongs to no placement of the ledger, the most first."""


TIES: Final = Schema(
    "ties",
    (
        Column("number", "bigint", "in the ledger, for --forget"),
        Column("kind", "varchar", "tag or answer"),
        Column("text", "varchar", "the tag or the answer, as it is compared"),
        Column("resource", "varchar", "key of the place"),
        Column("campaign", "varchar", "of the post, if one is meant", missing=True),
        Column("variant", "varchar", "likewise", missing=True),
        Column("round", "bigint", "likewise", missing=True),
    ),
)
"""Tags and answers that were tied to places by hand, in the order of their numbers."""

COMPARISON: Final = Schema(
    "comparison",
    (
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("name", "varchar", "name of the place", missing=True),
        Column("url", "varchar", "public address", missing=True),
        Column("subscribers", "bigint", "people", missing=True),
        Column("first", "bigint", "customers of the first group who follow it"),
        Column("first_of", "bigint", "customers of the first group with a list from that platform"),
        Column("second", "bigint", "customers of the second group who follow it"),
        Column("second_of", "bigint", "customers of the second group with a list from that platform"),
        Column("difference", "double", "first / first_of less second / second_of, -1..1", missing=True),
        Column("difference_low", "double", "lower end of its 95 % interval (Newcombe)", missing=True),
        Column("difference_high", "double", "upper end of its 95 % interval", missing=True),
        Column("p", "double", "share of random splits in which some place differs as much, 0..1"),
        Column("verdict", "varchar", "stands out (p up to 0.05), hint (up to 0.2)", missing=True),
    ),
)
"""Which places two groups of customers follow: one row for each place, the largest difference first."""

GROUPS: Final = Schema(
    "groups",
    (
        Column("customer", "varchar", "label, as in the lists"),
        Column("group", "varchar", "promoters, passives, detractors, or what you call a part of your customers"),
    ),
)
"""One row for each customer: the group that the answers put them into."""

GROUPS_WITH_STEPS: Final = Schema(
    GROUPS.name,
    (
        *GROUPS.columns,
        Column("step", "varchar", "visitor, subscriber, buyer, repeat_buyer, advocate, or as written", missing=True),
    ),
)
"""The same, where it is known how near to the firm each customer is."""

STEPS: Final = Schema(
    "steps",
    (
        Column("rank", "bigint", "1 is best; places of equal overlap and size share a number"),
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("name", "varchar", "name of the place", missing=True),
        Column("url", "varchar", "public address", missing=True),
        Column("subscribers", "bigint", "people", missing=True),
        Column("overlap", "bigint", "customers who follow it"),
        Column("listed", "bigint", "customers with a list from that platform"),
        Column("visitor", "bigint", "of those who follow it: visitors"),
        Column("subscriber", "bigint", "subscribers"),
        Column("buyer", "bigint", "buyers"),
        Column("repeat_buyer", "bigint", "repeat buyers"),
        Column("advocate", "bigint", "advocates"),
        Column("other", "bigint", "at another step; who has none is in the overlap alone"),
    ),
)
"""How near to the firm the followers of each place are: one row for each place, in the order of the ranking."""

SURVEY: Final = Schema(
    "survey",
    (
        Column("kind", "varchar", "nps, satisfaction (the index), factor, gap"),
        Column("name", "varchar", "the factor or the touchpoint; empty for the score and the index", missing=True),
        Column("answers", "bigint", "customers whose answers count"),
        Column("value", "double", "nps: -100 to 100; satisfaction and factor: 0 to 100; gap: in grades"),
        Column("low", "double", "lower end of its 95 % interval; empty if all answers are equal", missing=True),
        Column("high", "double", "upper end of its 95 % interval", missing=True),
        Column("promoters", "bigint", "nps: customers who gave 9 or 10", missing=True),
        Column("passives", "bigint", "nps: customers who gave 7 or 8", missing=True),
        Column("detractors", "bigint", "nps: customers who gave 6 or less", missing=True),
        Column("weight", "double", "factor: its weight in the index", missing=True),
        Column("scale", "varchar", "factor and gap: scale of the grades, like 1-5", missing=True),
        Column("expected", "double", "gap: mean grade expected, of those who gave both", missing=True),
        Column("received", "double", "gap: mean grade received, likewise", missing=True),
    ),
)
"""What a survey says: the score, the index, its factors, and gaps between what was expected and received."""


def neutral(text: str) -> str:
    """Return a text as it stands in a CSV file of ours, where no spreadsheet takes it or a part of it for a formula.

    An apostrophe goes before what could be one: at the beginning, and behind each sign at which a spreadsheet with
    another separator begins a new cell. Quotes and blanks in between do not count.

    Example:
        >>> neutral("=1+1"), neutral("SMM Riga"), neutral("Nice;=1+1"), verbatim(neutral("'quoted'"))
        ("'=1+1", 'SMM Riga', "Nice;'=1+1", "'quoted'")

    """
    return _TO_GUARD.sub("'", text)


def verbatim(text: str) -> str:
    """Return a text without the apostrophes that ``neutral`` put into it.

    That gives every text back: one of its own in such a place was itself given another one.
    """
    return _GUARDS.sub("", text) if "'" in text else text


def visible(text: str, *, in_json: bool = False) -> str:
    r"""Return a text in which a terminal finds nothing to obey: such a sign stands there by its number.

    Args:
        text: What is shown.
        in_json: The text is JSON, and stays that.

    Example:
        >>> print(visible("SMM \x1b[31mRiga"), visible('"SMM \u202eagiR"', in_json=True))
        SMM \x1b[31mRiga "SMM \u202eagiR"

    """
    return UNSAFE.sub(lambda sign: _number(sign[0], in_json=in_json), text)


def _number(sign: str, *, in_json: bool) -> str:
    return f"\\x{ord(sign):02x}" if sign < "\x80" and not in_json else f"\\u{ord(sign):04x}"
