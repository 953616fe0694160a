"""What a client's page is made from, and what is chosen for it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.errors import OptionError
from outreach.messages import LANGUAGES
from outreach.tracking.base import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.files.money import Money
    from outreach.likes import Likes
    from outreach.owners.book import Book
    from outreach.ranking import Choice
    from outreach.reporting.client_page.logo import Logo
    from outreach.sheet.facts import Fact

__all__ = ["SECTIONS", "PageOptions", "Sources", "month_before", "month_of"]

SECTIONS: Final = (
    "conclusion", "figures", "places", "posts", "next", "need", "ranking", "coverage", "map", "method",
)  # fmt: skip
"""Sections of the page, in their order."""
MOST_WORDS: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the page is made from; None where there is none.

    Args:
        ledger: Posts, costs, results.
        likes: What the customers follow.
        choice: Which places are ranked.
        facts: Rows of the sheet of places.
        book: The address book, for the names of owners and for who may not be asked.
        visits: Source whose visits count, where there are several.
        currency: Of sums that name none.

    """

    ledger: Ledger | None = None
    likes: Likes | None = None
    choice: Choice | None = None
    facts: Sequence[Fact] = ()
    book: Book | None = None
    visits: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """What is chosen for a page.

    Args:
        today: Day on which it is made.
        client: Whose page it is.
        logo: Of the client.
        month: Its days; None for the whole campaign.
        language: One of ``messages.LANGUAGES``.
        budget: Of the month, or of the campaign where no month is chosen.
        intro: Words before the conclusion, in Markdown.
        outro: Words behind it all.
        need: Words in place of what is found to be needed from the client.
        sections: Which ones, of :data:`SECTIONS`; they keep their own order.
        with_owners: Whether owners of places are named.
        most: Most rows of the ranking.
        posts: Posts of the plan.
        templates: Folder of own templates.

    Raises:
        OptionError: A section or a language is not known, or a text is too long.

    """

    today: date
    client: str = ""
    logo: Logo | None = None
    month: Period | None = None
    language: str = "en"
    budget: Money | None = None
    intro: str = ""
    outro: str = ""
    need: str = ""
    sections: tuple[str, ...] = SECTIONS
    with_owners: bool = False
    most: int = 300
    posts: int = 5
    templates: str | None = None

    def __post_init__(self) -> None:
        for name in self.sections:
            if name not in SECTIONS:
                raise OptionError(f"{name}: not a section of the report", hint=f"known: {', '.join(SECTIONS)}")
        if self.language not in LANGUAGES:
            raise OptionError(f"{self.language}: not a language of the report", hint=f"known: {', '.join(LANGUAGES)}")
        if max(map(len, (self.intro, self.outro, self.need))) > MOST_WORDS:
            raise OptionError(f"own words are longer than {MOST_WORDS:,} characters", hint="shorten them")


def month_of(text: str) -> Period:
    """Return the days of a month.

    Raises:
        OptionError: It is none.

    Example:
        >>> month_of("2026-11").end
        datetime.date(2026, 11, 30)

    """
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        raise OptionError(f"{text}: not a month", hint="write it like 2026-11")
    year, month = int(found[1]), int(found[2])
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def month_before(month: Period) -> Period | None:
    """Return the days of the month before; None before the first one that there is.

    Example:
        >>> month_before(month_of("2026-01")).start
        datetime.date(2025, 12, 1)

    """
    first = month.start.toordinal()
    if first <= 1:
        return None
    end = date.fromordinal(first - 1)
    return Period(end.replace(day=1), end)
