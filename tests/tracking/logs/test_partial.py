"""What repeats a part of the link before it is no visit of its own; and a goal that is reached on the next day."""

import pytest

from tests.tracking.exports.conftest import asked, engine, export, read
from tests.tracking.exports.log_lines import FIREFOX, A, B, counted, hit, link

__all__ = ["asked", "counted", "engine", "export", "read"]


def by(referrer, line):
    return line.replace(f'"-" "{FIREFOX}"', f'"{referrer}" "{FIREFOX}"')


SOURCE = "utm_source=telegram"
PARTS = (f"/guide/?{SOURCE}&utm_campaign=spring", f"/guide/?{SOURCE}", "/?utm_campaign=Spring", "/?utm_source=site")


@pytest.mark.parametrize("part", PARTS)
def test_a_redirect_that_loses_parameters(counted, part):
    """The second request is the first one's, even in the same second and whichever is written first."""
    lines = [hit(link(A), status=301), hit(part)]
    assert counted(*lines) == counted(*reversed(lines)) == {(12, A): (1, None)}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_link_takes_no_conversion(counted, part):
    """Whoever came by our link converted by it, whatever the site's own links say."""
    goal = part.replace("/guide/", "/").replace("/?", "/thanks?")
    found = counted(hit(link(A)), hit(goal, "10:01:00"), goal_path="/thanks")
    assert found == {(12, A): (1, 1)}


@pytest.mark.parametrize(
    ("second", "clock"),
    [
        (f"/?{SOURCE}&utm_campaign=summer", "10:01:00"),
        ("/?utm_source=vk", "10:01:00"),
        (f"/?{SOURCE}", "10:31:00"),
        (link(B), "10:01:00"),
    ],
)
def test_another_link_later_is_another_visit(counted, second, clock):
    """Another campaign, another source, another teaser; or the same half an hour later."""
    assert sum(visits for visits, _ in counted(hit(link(A)), hit(second, clock)).values()) == 2


def test_a_part_of_the_link_on_another_site_is_another_visit(counted):
    """Somebody wrote the link down there without its end."""
    part = by("https://forum.example/t/1", hit(f"/?{SOURCE}", "10:01:00"))
    assert sum(visits for visits, _ in counted(hit(link(A)), part).values()) == 2
    same = [by("https://t.me/", hit(link(A), status=301)), by("https://t.me/", hit(f"/?{SOURCE}"))]
    assert counted(*same) == {(12, A): (1, None)}


def test_of_somebody_else_a_part_of_the_link_is_a_visit(counted):
    """Nothing tells which of the two he came by."""
    assert sum(visits for visits, _ in counted(hit(link(A)), hit(f"/?{SOURCE}", who="203.0.113.8")).values()) == 2


def test_the_goal_on_the_next_day(counted):
    """Who comes back to the goal on the next day converts by the link of the day before, on that day."""
    next_day = {"day": "13/May/2026"}
    found = counted(hit(link(A)), hit(link(B), "11:00:00"), hit("/thanks", **next_day), goal_path="/thanks")
    assert found == {(12, A): (1, 0), (12, B): (1, 1), (13, ""): (1, 0)}
    after = counted(hit(link(A)), hit("/thanks", day="14/May/2026"), goal_path="/thanks")
    assert after == {(12, A): (1, 0), (14, ""): (1, 1)}
    other = counted(hit(link(A)), hit(link(B), **next_day), hit("/thanks", "11:00:00", **next_day), goal_path="/thanks")
    assert other == {(12, A): (1, 0), (13, B): (1, 1)}


def test_a_reader_out_of_an_assistants_answer(read, export):
    """Its site is the source, as if the link were tagged."""
    lines = by("https://chatgpt.com/", hit("/guide")) + by("https://chatgpt.example/", hit("/", who="203.0.113.9"))
    report = read(export("access.log", lines)).report
    assert {row.tags.source: row.denominator for row in report.rows} == {"chatgpt.com": 1, "": 1}
