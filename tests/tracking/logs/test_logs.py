"""Logs are parsed, sorted and counted as slower, plainer code does it."""

import json
import random
import re
from importlib.metadata import distribution

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.files.source import Source
from outreach.tracking.logs import visits
from outreach.tracking.logs.bots import PERSON, PREVIEW, _Patterns, kind_of
from outreach.tracking.logs.formats import REGULAR, classic
from outreach.tracking.logs.requests import create, load

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.fixture(scope="module")
def shared_engine():
    with Engine() as engine:
        yield engine


def listed():
    path = distribution("crawler-user-agents").locate_file("crawleruseragents/crawler-user-agents.json")
    return json.loads(path.read_text("utf-8"))


def test_every_crawler_of_the_list_is_found():
    """Looking patterns up by their first letters finds what trying each of them finds; but for apps on telephones."""
    agents = [agent for entry in listed() for agent in entry["instances"]]
    assert len(agents) > 2000
    people = [agent for agent in agents if kind_of(agent) == PERSON]
    assert len(people) < 5
    assert all("; wv)" in agent and ("Instagram" in agent or "MetaIAB" in agent) for agent in people)


def test_patterns_are_found_as_by_trying_each():
    """Also in texts that are not made of patterns: pieces of agents, cut anywhere."""
    chosen = random.Random(1)  # noqa: S311 - the same each time
    patterns = [entry["pattern"] for entry in listed()]
    agents = [agent for entry in listed() for agent in entry["instances"]]
    ours = _Patterns(patterns)
    for agent in chosen.sample(agents, 60):
        piece = agent[chosen.randrange(len(agent)) : chosen.randrange(len(agent)) + 30]
        assert ours.finds(piece) == any(re.search(pattern, piece) for pattern in patterns), piece


@pytest.mark.parametrize(
    "agent", ["TelegramBot (like TwitterBot)", "Bluesky Cardyb/1.1", "Signal-Desktop/7.0", "WhatsApp/2"]
)
def test_previews_are_told_from_crawlers(agent):
    """They tell where a link was posted, not that somebody searches the site."""
    assert kind_of(agent) == PREVIEW


# What Apache and nginx make of whatever is sent: a backslash never stands alone.
words = st.lists(st.sampled_from([*"a /?=&[]é-", '\\"', "\\\\", "\\x22"]), max_size=8).map("".join)
lines = st.builds(
    '{} {} {} [12/May/2026:10:00:{:02} +0300] "GET {}" {} 5 "{}" "{}"{}'.format,
    st.sampled_from(["::1", "203.0.113.7"]), words, words, st.integers(0, 61), words, st.sampled_from([200, 404, "-"]),
    words, words, st.sampled_from(["", ' "x"', " x", ' "x" "y"', ' "x" "y" "z"']),
)  # fmt: skip


@given(st.lists(lines, min_size=1, max_size=20))
def test_lines_that_are_cut_are_lines_that_are_parsed(shared_engine, some):
    """Cutting a line at its quotes gives the parts that parsing it gives."""
    form = classic(['::1 - - [12/May/2026:10:00:00 +0300] "GET / HTTP/1.1" 200 5 "-" "x"'])
    shared_engine.run("create or replace temp table log_lines (number integer, line varchar)")
    shared_engine.append("log_lines", [list(range(len(some))), some])
    parsed = form.query.replace(REGULAR, "false")
    assert parsed != form.query
    read = "where local is not null and status is not null order by number"
    cut = shared_engine.rows(f"select * from ({form.query}) {read}")
    assert cut == shared_engine.rows(f"select * from ({parsed}) {read}")
    shared_engine.run("drop table log_lines")


def made_up(seed):
    """Return requests: second of the day, visitor, link or None, whether it is the goal."""
    chosen = random.Random(seed)  # noqa: S311 - the same each time
    return [
        (chosen.randrange(40), chosen.randrange(6), chosen.choice([None, None, "a", "b", "c"]), chosen.random() < 0.3)
        for _ in range(60)
    ]


def expected(requests):
    """Return visits and conversions by link, counted one by one."""
    visitors = {}
    for one in sorted(requests, key=lambda one: (one[0], one[3], one[2] is None, one[2] or "")):
        visitors.setdefault(one[1], []).append(one)
    visited, reached = {}, {}
    for who, seen in visitors.items():
        last, converted = None, set()
        for _, _, link, goal in seen:
            last = link or last
            converted |= {last} if goal else set()
        came = {link for _, _, link, _ in seen if link}
        for link in came | ({None} if not came or None in converted else set()):
            visited.setdefault(link, set()).add(who)
        for link in converted:
            reached.setdefault(link, set()).add(who)
    return {link: (len(who), len(reached.get(link, ()))) for link, who in visited.items()}


@pytest.mark.parametrize("seed", range(20))
def test_visits_and_conversions_are_counted_as_one_by_one(shared_engine, tmp_path, seed):
    """Six visitors, three links and the goal, in any order of the lines."""
    requests = made_up(seed)
    text = "".join(
        f'203.0.113.{who} - - [12/May/2026:10:00:{second:02} +0300] "GET /{"thanks" * goal}'
        f'{f"?utm_content={link}" * (link is not None)} HTTP/1.1" 200 5 "-" "{BROWSER}"\n'
        for second, who, link, goal in requests
    )
    path = tmp_path / "x.log"
    path.write_text(text)
    create(shared_engine)
    load(Source("x.log", path, text.encode()), shared_engine, "/thanks")
    tags = visits.prepare(shared_engine, (), goal=True)
    rows = visits.rows(shared_engine, tags, goal=True)
    assert {row.tags.content or None: (row.denominator, row.numerator) for row in rows} == expected(requests)
    visits.drop(shared_engine)


def test_no_row_has_more_conversions_than_visits():
    """Whatever the order, a conversion is a visit."""
    for seed in range(100):
        assert all(visited >= reached for visited, reached in expected(made_up(seed)).values())
