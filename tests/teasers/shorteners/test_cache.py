"""What was shortened before is not asked for again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach.teasers.shorteners import Memory, Short, ShortLink
from tests.teasers.shorteners.answers import LONG, MADE, SHORT

TWO = LONG.replace("guide", "two")


def test_second_run_asks_nobody(ask, server):
    """The same link, service and domain."""
    server.answers = [MADE["bitly"]]
    cache = Memory()
    assert ask("bitly", cache=cache) == ask("bitly", cache=cache) == {LONG: Short(SHORT["bitly"])}
    assert len(server.asked) == 1


def test_repeated_link_is_asked_for_once(ask, server):
    """Placements may share one."""
    server.answers = [MADE["bitly"]]
    ask("bitly", LONG, LONG)
    assert len(server.asked) == 1


def test_record_holds_what_the_ledger_keeps(ask, server):
    """Link as given, service, domain, short link, time in UTC; another server than the usual one is part of it."""
    server.answers = [MADE["bitly"]]
    cache = Memory()
    before = datetime.now(UTC)
    ask("bitly", cache=cache, domain="bit.ly")
    ask("bitly", cache=cache)
    with_domain, without = cache.links.values()
    assert with_domain == ShortLink(LONG, "bitly", "bit.ly", SHORT["bitly"], with_domain.created_at)
    assert before <= with_domain.created_at <= datetime.now(UTC)
    assert without.domain == server.base.removeprefix("http://")


@pytest.mark.parametrize("other", [{"name": "shlink"}, {"name": "bitly", "domain": "bit.ly"}])
def test_other_service_and_other_domain_are_asked(ask, server, other):
    """Another short link is wanted there."""
    cache = Memory()
    server.answers = [MADE["bitly"], MADE[other["name"]]]
    ask("bitly", cache=cache)
    ask(cache=cache, **other)
    assert len(server.asked) == 2


def test_failure_is_not_kept(ask, server):
    """The next run tries again."""
    server.answers = [(400, b"{}"), MADE["bitly"]]
    cache = Memory()
    assert ask("bitly", cache=cache)[LONG].error
    assert cache.links == {}
    assert ask("bitly", cache=cache) == {LONG: Short(SHORT["bitly"])}


def test_what_was_made_is_kept_before_the_next_is_asked(ask, server):
    """A crash at the second link does not lose the first."""

    class Full(Memory):
        def put(self, link):
            super().put(link)
            raise OSError

    cache = Full()
    server.answers = [MADE["bitly"]]
    with pytest.raises(OSError):  # noqa: PT011 - ours, from above
        ask("bitly", LONG, TWO, cache=cache)
    assert [link.url for link in cache.links.values()] == [LONG]
    assert len(server.asked) == 1


def test_order_of_the_links_stays(ask, server):
    """Kept, refused and new ones alike."""
    cache = Memory()
    server.answers = [MADE["bitly"]]
    ask("bitly", cache=cache)
    server.answers = [(400, b"{}")]
    assert list(ask("bitly", TWO, "x", LONG, cache=cache)) == [TWO, "x", LONG]
