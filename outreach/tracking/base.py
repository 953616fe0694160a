"""What readers of analytics exports hand over: reports of rows, each row a link and what was counted for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from outreach.files.contract import Remark
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from outreach.engine import Engine
    from outreach.files.contract import Reader
    from outreach.messages import Message, Value

__all__ = [
    "DROPPED_OUT",
    "EVENTS",
    "JOIN",
    "KINDS",
    "LEFT",
    "STEP",
    "STEPS",
    "UNITS",
    "ImportOptions",
    "Period",
    "Report",
    "ResultsReader",
    "Row",
    "Tags",
    "Tying",
    "Untied",
    "about",
    "is_personal",
    "units_of",
]

UNITS: Final = ("visit", "session", "visitor", "pageview", "click", "view")
"""What a denominator counts. They are never added to each other: a visitor may come for several visits."""

STEPS: Final = ("enquiry", "cancelled", "booked", "no-show", "came", "paid")
"""Kinds of a table of bookings or deals, the later the nearer to money: how far people came, and who dropped out.

Who is at a step passed all before it; who cancelled or did not come counts as that, and as having enquired.
"""

JOIN: Final = "join"
LEFT: Final = "left"
"""Kinds of what a Telegram channel counts by its invite links: who joined, and who of them left again.

Nobody comes to a site by an invite link, so that nothing divides them.
"""

DROPPED_OUT: Final = ("cancelled", "no-show", LEFT)
"""Kinds that lead nowhere: more of them are no merit of a place."""

STEP: Final = "step"
"""Kind of a report whose rows are bookings or deals, each at a stage: the steps are counted when they are shown."""

KINDS: Final = ("signup", "sale", *STEPS, "conversion", "event", JOIN, LEFT)
"""What a numerator counts: who signed up, orders, steps, visits (or visitors) with the goal, its reaches, joins.

Only ``event`` may exceed its denominator by its nature: a goal that is reached twice in one visit counts twice.
"""

EVENTS: Final = ("signup", "sale", *STEPS, STEP, "answer")
"""Kinds of which every row is one person, order or answer, with an id, and no denominator beside it."""


PERSONAL: Final = re.compile(r"[^\s@/?&=]@[^\s@/?&=]{1,250}\.[^\W\d_]{2}|\+[0-9][0-9() .-]{7,20}[0-9]")
"""An e-mail address or a telephone number; mail tools put them into links."""


class Tags(NamedTuple):
    """What tells which link a row is about, each as found (decoded once, never folded); empty where nothing does.

    Args:
        source: utm_source, or what the tool calls the source.
        medium: Likewise.
        campaign: Likewise.
        content: utm_content.
        promo: A promotion code.
        start: What a Telegram bot received with /start.
        short_url: The short link that was clicked.
        resource: Key or name of the place, in a file that a person filled in.
        rest: Whether the row is what the tool no longer tells apart: ``(other)``, or what is missing to its total.

    Example:
        >>> Tags(source="google", medium="organic").tagged, Tags(content="smm-riga--a-f871v").tagged
        (False, True)

    """

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""
    promo: str = ""
    start: str = ""
    short_url: str = ""
    resource: str = ""
    rest: bool = False

    @property
    def tagged(self) -> bool:
        """Whether somebody tagged the link; tools make up a source and a medium for every visit."""
        return bool(self.campaign or self.content or self.otherwise)

    @property
    def by_source(self) -> bool:
        """Whether the source alone shows a tag: a tool made up neither it nor its medium.

        Example:
            >>> Tags(source="vk", medium="social").by_source, Tags(source="google", medium="organic").by_source
            (True, False)
            >>> Tags(source="telegram").by_source, Tags(source="t.me").by_source
            (True, False)

        """
        from outreach.tracking.channels import is_made_up

        return not self.tagged and not is_made_up(self.source, self.medium)

    @property
    def otherwise(self) -> str:
        """What tells the link where no utm tag does: a code, a payload, a short link, the name of a place."""
        return self.promo or self.start or self.resource or self.short_url


@dataclass(frozen=True, slots=True)
class Tying:
    """A row of a file that says where a link belongs.

    Args:
        source: What messages call the file.
        line: Where it stands.
        tags: Of the link; what is no utm tag stands under ``resource``.
        place: As a person wrote it.

    """

    source: str
    line: int
    tags: Tags
    place: str


@dataclass(frozen=True, slots=True)
class Untied:
    """Answers to "How did you hear of us?" that are tied to no place; their texts are for the screen alone.

    Args:
        source: What messages call the file.
        answers: Text to how many people gave it.

    """

    source: str
    answers: Mapping[str, int]


class Row(NamedTuple):
    """What was counted for one link, on one day or in the whole period of the report.

    Args:
        tags: The link.
        day: Of the counts, in the zone of the report; None where only the period is known.
        denominator: In the unit of the report; None where the file does not tell (never 0 for unknown).
        numerator: In the kind of the report; likewise.
        revenue: In ``currency``; negative where money was paid back.
        currency: Three letters, or empty.
        cost: What was paid for the placement, in ``currency``; in files that a person filled in.
        id: Of the person or the order in a report of events: :meth:`Asked.hidden`, never the text itself.
        line: Where it stands, for messages.
        refund_of: The id of the order that money was paid back for; ``id`` is then of the paying back.
        person: Whose booking it is, likewise hidden; empty where ``id`` is the person's or an order's.
        stage: Of an event, as :func:`outreach.campaign.ledger.stages.stage_of` writes it; empty where it counts so.
        expected: What an order brings once its stage means paid.
        assumed: Whether the user said the currency, and the file does not.

    """

    tags: Tags
    day: date | None = None
    denominator: int | None = None
    numerator: int | None = None
    revenue: float | None = None
    currency: str = ""
    cost: float | None = None
    id: str = ""
    line: int | None = None
    refund_of: str = ""
    person: str = ""
    stage: str = ""
    expected: float | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Report:
    """One table of an export: what it counts, of when, by whom.

    Args:
        tool: What wrote it, like ``ga4`` or ``plausible``: the same for all forms of export of one tool.
        labels: Files that it was read from, as messages call them.
        rows: One for each link, and day where the file tells days; for events one for each person or order.
        unit: One of :data:`UNITS`, empty where the rows have no denominators.
        kind: One of :data:`KINDS`, or :data:`STEP`; empty where the rows have no numerators.
        goal: Name of the goal that the numerators count, empty where the kind says all.
        source_name: What was measured, as the file tells it: a property, a counter, a site. Empty where it does not;
            never the file's name, which may be a customer's.
        period: The days that it covers; None where neither the file nor the user tells.
        timezone: Name or offset of the zone of its days, empty where unknown.
        attribution: The tool's rule for which link a visit belongs to, in its own word, like ``lastsign``.
        flags: What makes the counts doubtful, like ``sampled``.
        total: Denominator and numerator over all of the file, as the file itself says or as its rows add up.
        form: What stands for the headers of a list, by which the user's answer on its rows is kept.
        statuses: What a list of orders says of posts, one of :data:`outreach.tables.STATUSES` each: nothing is changed
            by that, but the user is told.

    """

    tool: str
    labels: tuple[str, ...]
    rows: Sequence[Row]
    unit: str = ""
    kind: str = ""
    goal: str = ""
    source_name: str = ""
    period: Period | None = None
    timezone: str = ""
    attribution: str = ""
    flags: tuple[Message, ...] = ()
    total: tuple[int | None, int | None] = (None, None)
    form: str = ""
    statuses: tuple[tuple[Tags, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user asked of the import, and what every reader may use.

    Args:
        engine: For files that are read in bulk.
        secret: Gives the secret of the ledger's hashes, 32 bytes: without it no list of addresses can be tried on them.
            Asked for only where something is hashed; may raise an OutreachError.
        today: For dates like "yesterday".
        goal: Name or number of the goal to count, empty where none was named.
        goal_path: Path of the page behind the goal, for access logs.
        columns: Role to header or number, where the headers do not tell.
        encoding: Of texts, where it is not to be recognised.
        exclude: Addresses (or networks like 10.0.0.0/8) of one's own machines, for access logs.
        period: Of files that do not tell it.
        kind: ``signup`` or ``sale``, for files of events that do not tell; empty where the user did not say.
        kinds: Likewise as said before, by the form of the list.
        currency: Of sums without one.
        market: Two letters of the country of telephone numbers without a code; empty where the user did not say.
        paid: Stages and statuses that mean that somebody paid.
        answers: Answers to "How did you hear of us?" that are tied to places, as compared, to the numbers of their
            ties.

    """

    engine: Engine
    secret: Callable[[], bytes]
    today: date
    goal: str = ""
    goal_path: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    encoding: str | None = None
    exclude: tuple[str, ...] = ()
    period: Period | None = None
    kind: str = ""
    currency: str = ""
    market: str = ""
    paid: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def hidden(self, text: str) -> str:
        """Return what stands for a person or an order: the same for the same text, and no way back.

        White space around and letter case do not count, as in e-mail addresses.

        Raises:
            OutreachError: The ledger's secret is not on this machine, or has no place there.

        """
        return self.all_hidden([text])[0]

    def all_hidden(self, texts: Iterable[str]) -> list[str]:
        """Return what stands for each of many, see :meth:`hidden`."""
        from hashlib import blake2b

        keyed = blake2b(key=self.secret(), digest_size=16)
        found = []
        for text in texts:
            one = keyed.copy()  # the key is worked in once
            one.update(" ".join(text.split()).casefold().encode("utf-8", "surrogatepass"))
            found.append(one.hexdigest())
        return found


def is_personal(text: str) -> bool:
    """Tell whether a value holds an e-mail address or a telephone number.

    Example:
        >>> is_personal("anna@example.org"), is_personal("%2B371 2900 0000"), is_personal("RIGA10")
        (True, True, False)

    """
    return PERSONAL.search(unquote(text)) is not None


def about(label: str, code: str, /, *, usual: bool = False, **values: Value) -> Remark:
    """Return a remark on a file.

    Args:
        label: What messages call the file.
        code: What there is to say of it.
        usual: Whether it only explains how the file was understood.
        values: Of the message.

    Example:
        >>> from outreach.messages import describe
        >>> describe(about("a.csv", "no-clicks").message)
        'a.csv: no clicks in it'

    """
    return Remark(message("in-file", file=label, what=message(code, **values)), usual=usual)


def units_of(unit: str) -> Message:
    """Return what several of a unit, or of a kind of conversion, are called."""
    return message(f"units-{unit or 'count'}")


ResultsReader: TypeAlias = "Reader[Report | Tying | Untied, ImportOptions]"
