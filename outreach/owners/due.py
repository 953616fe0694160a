"""One thing that is due, and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from outreach.messages import Message

__all__ = ["LATE", "SOON", "TODAY", "Due"]

LATE: Final = "overdue"
TODAY: Final = "today"
SOON: Final = "this week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due.

    Args:
        day: On which it is due.
        kind: Which rule it comes from, like ``answer`` or ``pay``.
        what: What to do.
        since: The day or moment of what it comes from.
        who: Whom or what it is about, for people.
        person: Id in the address book, or empty.
        campaign: Slug, or empty where it is about none.
        resource: Key of the place, or empty.
        variant: Of the placement, or empty.
        round: Of the placement, or 0.
        note: The last note about it.

    """

    day: date
    kind: str
    what: Message
    since: str
    who: str = ""
    person: str = ""
    campaign: str = ""
    resource: str = ""
    variant: str = ""
    round: int = 0
    note: str = ""

    @property
    def uid(self) -> str:
        """The same as long as it is the same thing, whatever day it is due on."""
        parts = (self.kind, self.campaign, self.resource, self.variant, str(self.round), self.person, self.since)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@outreach"

    def when(self, today: date) -> str:
        """Return whether it is overdue, due today or this week."""
        return LATE if self.day < today else TODAY if self.day == today else SOON
