"""A report by variant: texts are compared over the places where both had visits, and what cannot be said is said."""

from __future__ import annotations

import pytest

from outreach.engine import Engine
from outreach.messages import full_sentence
from outreach.tables import VARIANTS
from outreach.tracking.attribution import Attribution
from outreach.tracking.conclusion import conclude
from outreach.tracking.conversion import conversion
from outreach.tracking.grouping import Grouping
from outreach.tracking.lines import Choice
from outreach.tracking.table import conversion_table
from outreach.tracking.texts import compare_texts


@pytest.fixture
def by_variant(placement, imported, row):
    """Make the sections of a report by variant from (place, variant, repeat, visits, conversions)."""

    def make(*posts, tool="sheet", kind="conversion", campaign="spring", ledger=True):
        tags = {"campaign": campaign, "utm_campaign": campaign}
        placements = [placement(place, variant, turn, **tags) for place, variant, turn, _, _ in posts]
        rows = [
            row(visits=visits, conversions=hits, utm_content=one.utm_content, utm_campaign=campaign, utm_source="vk")
            for one, (*_, visits, hits) in zip(placements, posts, strict=True)
        ]
        return placements if ledger else [], imported(tool, *rows, kind=kind)

    def report(*made):
        grouping = Grouping(Attribution([one for placements, _ in made for one in placements]), "variant")
        imports, rows = zip(*(some for _, some in made), strict=True)
        found = conversion(grouping, list(imports), [one for some in rows for one in some], Choice("variant"))
        return [compare_texts(grouping, section) for section in found]

    return lambda *posts, **how: report(make(*posts, **how)), make, report


def said(sections):
    return [full_sentence(one) for one in conclude(sections)]


def test_only_common_places_count_and_repeats_are_added_up(by_variant):
    """A text that ran in a good place alone is no better; its repeat in a common place belongs to it."""
    told, *_ = by_variant
    (section,) = told(
        ("one", "a", 1, 100, 5), ("one", "b", 1, 60, 9), ("one", "b", 2, 40, 6), ("two", "a", 1, 50, 4),
        ("two", "b", 1, 50, 5), ("three", "b", 1, 100, 60), ("four", "a", 1, None, None), ("four", "b", 1, 10, 1),
    )  # fmt: skip
    (pair,) = section.texts
    assert [tuple(one) for one in pair.strata] == [(15, 100, 5, 100), (5, 50, 4, 50)]
    assert pair.elsewhere == ("FOUR", "THREE")
    line = next(line for line in section.lines if line.label == "b")
    assert (line.denominator, line.verdict, line.more > 100) == (260, "can't tell yet", True)
    assert [line.verdict for line in section.lines if line.label == "a"] == [""]
    assert said([section]) == [
        (
            "It is not proven yet that text b is better than text a: 20 conversions from 150 visits against 9 "
            "conversions from 150 visits, in the same 2 places."
        ),
        (
            "Of 100 visits in the same place, text b converts 7.3 more than text a (likely 0.6 to 14.3); it is better "
            "with a chance of about 95 %."
        ),
        f"About {line.more} visits more by each text in these places would decide it.",
        "Not compared: 2 places where only one of these texts had visits (FOUR, THREE).",
    ]
    with Engine() as engine:
        table = conversion_table(engine, [section])
        assert table.schema is VARIANTS
        row = table.head()[0]
    names = ("compared_with", "compared_places", "compared_visits", "compared_conversions", "other_visits")
    assert [row[name] for name in names] == ["a", 2, 150, 20, 150]
    assert row["difference"] == pytest.approx(pair.found.difference)


def test_a_lead_is_named_whichever_text_has_it(by_variant):
    """The better text comes first in the sentence."""
    told, *_ = by_variant
    sections = told(("one", "a", 1, 200, 40), ("one", "b", 1, 200, 10))
    first, second, third = said(sections)
    assert first.startswith("Text a is ahead of text b: 40 conversions from 200 visits against 10 conversions")
    assert "text a converts 15.0 more than text b" in second
    assert "over 99 %" in second
    assert third == "Use text a in the next posts."
    assert [line.verdict for line in sections[0].lines] == ["", "behind"]


def test_where_nothing_can_be_said_that_is_the_sentence(by_variant):
    """No common place, one text, no conversions, events that repeat, visits alone."""
    told, *_ = by_variant
    assert said(told(("one", "a", 1, 50, 3), ("two", "b", 1, 50, 9))) == [
        "No conclusion about texts b and a: no place had visits by both. Publish both in the same places."
    ]
    one_text = "No conclusion about the texts: only text a was used. Write another one to compare it with."
    assert said(told(("one", "a", 1, 50, 3))) == said(told(("one", "a", 1, 50, 3), kind="event")) == [one_text]
    assert said(told(("one", "a", 1, 50, 3), ("one", "b", 1, 0, 0))) == [
        "No conclusion about the texts: only one of them has visits."
    ]
    (none_yet,) = said(told(("one", "a", 1, 50, 0), ("one", "b", 1, 40, 0)))
    assert none_yet.startswith("No conclusion yet about texts b and a: 0 conversions from 40 visits against 0")
    (alone,) = said(told(("one", "a", 1, 50, 7), ("one", "b", 1, 40, 9), kind="event"))
    assert alone == (
        "No conclusion about the texts: what was counted may happen several times in a visit; --once-per-visit GOAL "
        "counts it once."
    )


def test_texts_of_two_campaigns_are_not_the_same_texts(by_variant):
    """Each campaign has its own a and b, and more than two are all beside the first."""
    _, make, report = by_variant
    spring = make(("one", "a", 1, 100, 5), ("one", "b", 1, 100, 9), ("one", "c", 1, 100, 30))
    autumn = make(("one", "a", 2, 100, 50), ("one", "b", 2, 100, 10), campaign="autumn", tool="other")
    (section,) = report(spring, (autumn[0], (spring[1][0], [one._replace(import_id=1) for one in autumn[1][1]])))
    assert {line.label for line in section.lines} == {
        "a · spring", "b · spring", "c · spring", "a · autumn", "b · autumn",
    }  # fmt: skip
    assert [(one.text.campaign, one.text.variant, one.other.variant) for one in section.texts] == [
        ("autumn", "b", "a"), ("spring", "b", "a"), ("spring", "c", "a"),
    ]  # fmt: skip
    assert said([section])[0].startswith("autumn: Text a is ahead of text b")
    assert said([section])[-1] == "spring: Every text is compared with text a, the first."
    assert {line.label: line.verdict for line in section.lines}["c · spring"] == "ahead"


def test_without_a_ledger_our_own_links_say_enough(by_variant):
    """Place and variant stand in utm_content."""
    told, *_ = by_variant
    (section,) = told(("one", "a", 1, 200, 10), ("one", "b", 1, 200, 40), ledger=False)
    assert {line.label: line.verdict for line in section.lines} == {"a": "", "b": "ahead"}
