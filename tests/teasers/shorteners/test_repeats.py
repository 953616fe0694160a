"""When a request is repeated, how long that waits, and when a service is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach.teasers.shorteners import SHORTENERS, Short
from outreach.teasers.shorteners.base import Reply
from tests.teasers.shorteners.answers import LONG, MADE, SHORT, bitly_error, vk_error

REPEATABLE = [name for name, service in SHORTENERS.items() if service.repeatable]
TWO, THREE = LONG.replace("guide", "two"), LONG.replace("guide", "three")


def hang_up(handler):
    """Close the connection without a word."""
    handler.close_connection = True


def made(name, url):
    """Return the answer for another link."""
    status, data = MADE[name]
    return status, data | {"long_url": url}


def test_only_vk_is_not_known_to_give_the_same_link_again():
    """What is safe to repeat is said service by service."""
    assert set(SHORTENERS) - set(REPEATABLE) == {"vk.cc"}


@pytest.mark.parametrize("name", REPEATABLE)
@pytest.mark.parametrize("failure", [(500, b""), (502, b""), (503, b""), (429, b""), hang_up])
def test_passing_failure_is_repeated(ask, server, name, failure):
    """With longer and longer waits."""
    server.answers = [failure, failure, failure, MADE[name]]
    assert ask(name) == {LONG: Short(SHORT[name])}
    assert ask.waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("failure", [(503, b""), hang_up, vk_error(10, "Internal server error")])
def test_what_may_have_made_a_link_is_not_repeated_at_vk(ask, server, failure):
    """A second link for one placement would split its clicks."""
    server.answers = [failure, MADE["vk.cc"]]
    assert ask("vk.cc")[LONG].url == LONG
    assert (len(server.asked), ask.waits) == (1, [])


@pytest.mark.parametrize("failure", [(429, b""), vk_error(6, "Too many requests per second")])
def test_what_was_turned_away_is_repeated_at_vk_too(ask, server, failure):
    """Nothing was done, so nothing is done twice."""
    server.answers = [failure, MADE["vk.cc"]]
    assert ask("vk.cc") == {LONG: Short(SHORT["vk.cc"])}


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 417, 422])
def test_refusal_is_not_repeated(ask, server, status):
    """The same request would be refused again."""
    server.answers = [(status, b"{}"), MADE["bitly"]]
    assert ask("bitly")[LONG].error.endswith(f"({status})")
    assert (len(server.asked), ask.waits) == (1, [])


def test_four_attempts_are_all(ask, server):
    """Then the long link stays."""
    server.answers = [(503, b"")]
    assert ask("bitly") == {LONG: Short(LONG, "Bitly is out of order (503)")}
    assert len(server.asked) == 4


def test_service_says_how_long_to_wait(ask, server):
    """Less than our own wait is no reason to hurry."""
    server.answers = [(429, b"", {"Retry-After": "30"}), (503, b"", {"Retry-After": "0"}), MADE["bitly"]]
    assert ask("bitly") == {LONG: Short(SHORT["bitly"])}
    assert ask.waits == [30.0, 2.0]


def test_nobody_waits_an_hour(ask, server):
    """A longer wait than a minute is told instead."""
    server.answers = [(429, b"", {"Retry-After": "3600"})]
    assert ask("dub")[LONG].error == "Dub takes no more requests for now (429) and asks you to wait 3600 seconds"
    assert ask.waits == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 5000, None),
        ("Mon, 99 Nov 2026 99:00:00 GMT", None),
        (" 7 ", 7.0),
        ("Mon, 23 Nov 2026 10:00:20 GMT", 20.0),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 10:00:20 -0000", 20.0),
    ],
)
def test_wait_is_a_number_or_a_date(header, seconds):
    """What is neither is as if nothing was said."""
    assert Reply(429, b"", header).wait_seconds(datetime(2026, 11, 23, 10, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("answer", [(401, b""), (403, b""), (429, b""), (302, b"", {"Location": "/elsewhere"})])
def test_other_links_are_not_tried_where_none_can_work(ask, server, answer):
    """Three hundred links with a wrong token are one request."""
    server.answers = [answer]
    first, second = ask("bitly", LONG, TWO).items()
    assert second == (TWO, Short(TWO, f"not tried, because {first[1].error}"))
    assert len(server.asked) == (4 if answer[0] == 429 else 1)


def test_one_bad_link_leaves_the_others_alone(ask, server):
    """What is wrong with a link is that link's."""
    server.answers = [bitly_error(400, "INVALID_ARG_LONG_URL"), MADE["bitly"]]
    assert ask("bitly", TWO, LONG) == {
        TWO: Short(TWO, "Bitly does not accept this link (400)"),
        LONG: Short(SHORT["bitly"]),
    }


def test_one_link_may_break_a_service_two_say_that_it_is_down(ask, server):
    """The third is not tried."""
    server.answers = [(500, b"")]
    errors = [short.error for short in ask("bitly", LONG, TWO, THREE).values()]
    down = "Bitly is out of order (500)"
    assert errors == [down, down, f"not tried, because {down}"]


@pytest.mark.parametrize("between", [(400, b""), made("bitly", TWO)])
def test_failures_count_in_a_row_only(ask, server, between):
    """A link that worked, or was refused, says that the service is there."""
    broken = [(500, b"")] * 4
    four = LONG.replace("guide", "four")
    server.answers = [*broken, between, *broken, made("bitly", four)]
    shorts = ask("bitly", LONG, TWO, THREE, four)
    assert shorts[four] == Short(SHORT["bitly"])
