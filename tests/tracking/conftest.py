"""What the tests of the report share: placements, imports and rows in few words."""

from __future__ import annotations

import pytest

from outreach.campaign.ledger import Placement
from outreach.campaign.ledger.imports import Import, Result
from outreach.tracking.base import EVENTS

NUMBERS = {"ga4": "session", "access-log": "visit", "short-links": "click", "sheet": "visit", "plausible": "visitor"}


@pytest.fixture
def placement():
    """Make a placement of a place, with a link of its own."""

    def make(place="a", variant="a", turn=1, **values):
        content = values.pop("utm_content", f"{place}--{variant}-{turn}xxxx")
        tags = {"utm_source": "vk", "utm_medium": "social", "utm_campaign": "spring", "utm_content": content}
        tags |= {name: values.pop(name) for name in list(values) if name in tags}
        link = "https://x.example/?" + "&".join(f"{name}={value}" for name, value in tags.items())
        values = {"campaign": "spring", "status": "published", "final_url": link, "name": place.upper(), **values}
        return Placement(resource=f"vk:{place}", platform="vk", variant=variant, round=turn, **tags, **values)

    return make


@pytest.fixture
def imported():
    """Make an import of a tool and its rows."""
    numbers = iter(range(1, 1000))

    def make(tool, *rows, start="2026-05-01", end="2026-05-31", **values):
        number = next(numbers)
        events = values.get("kind") in EVENTS
        dated = any(row.day for row in rows)
        grain = "event" if events else "day" if dated else "period"
        unit = "" if events else NUMBERS.get(tool, "visit")
        period = {} if events else {"period_start": start, "period_end": end}
        told = {"sha256": str(number), "tool": tool, "source_name": tool, "grain": grain, "unit": unit, **period}
        one = Import(id=number, **(told | values))
        return one, [row._replace(import_id=number) for row in rows]

    return make


@pytest.fixture
def row():
    """Make a row of a link that was tagged for a place."""

    def make(place="", visits=None, conversions=None, **values):
        content = values.pop("utm_content", f"{place}--a-1xxxx" if place else "")
        values.setdefault("utm_source", "vk" if content else "")
        values.setdefault("utm_campaign", "spring" if content else "")
        return Result(utm_content=content, denominator=visits, numerator=conversions, **values)

    return make
