"""Which placement a row belongs to, and what is never joined by guess."""

from __future__ import annotations

import pytest

from outreach.campaign.ledger import Placement
from outreach.tracking.attribution import Attribution, decode_tag
from outreach.tracking.base import Tags


def found(placements, **tags):
    """Return the places that a row is attributed to, and by what."""
    match = Attribution(placements).match(Tags(**tags))
    return [(one.resource, one.variant, one.round) for one in match.placements], match.by


@pytest.mark.parametrize("content", ["a--a-1xxxx", "A--A-1XXXX", " a--a-1xxxx ", "a%2D%2Da-1xxxx", "a--a-1xxxx\u00a0"])
def test_case_and_encoding_do_not_matter(placement, content):
    """Tools fold, encode and pad; the link is the same."""
    assert found([placement("a"), placement("b")], content=content) == ([("vk:a", "a", 1)], "utm_content")


def test_letters_that_are_composed_in_two_ways_are_the_same():
    """A Mac takes й for two characters."""
    assert decode_tag("Весенний") == decode_tag("Весенний")
    assert decode_tag("%D0%92esna") == decode_tag("вESNA")


def test_content_decides_before_all_else(placement):
    """A promotion code or a source of another place does not take the row away."""
    placements = [placement("a"), placement("b", promo="SPRING", utm_source="telegram")]
    tags = {"content": "a--a-1xxxx", "promo": "SPRING", "source": "telegram", "campaign": "spring"}
    assert found(placements, **tags) == ([("vk:a", "a", 1)], "utm_content")


def test_a_hand_made_content_of_two_places_is_told_by_campaign_and_source(placement):
    """utm_content=post in every link: the rest of the tags says where it was."""
    placements = [
        placement("a", utm_content="post"),
        placement("b", utm_content="post", utm_source="telegram"),
        placement("c", utm_content="post", utm_campaign="autumn", campaign="autumn"),
    ]
    assert found(placements, content="post", source="telegram", campaign="spring")[0] == [("vk:b", "a", 1)]
    assert found(placements, content="post", campaign="autumn")[0] == [("vk:c", "a", 1)]
    assert len(found(placements, content="post")[0]) == 3


@pytest.mark.parametrize(
    ("tags", "by"),
    [
        ({"promo": "riga10"}, "promo"),
        ({"start": "a--a-1XXXX"}, "start"),
        ({"short_url": "http://clck.example/Ab1?x=1"}, "short link"),
        ({"resource": "https://vk.com/mamy"}, "place"),
        ({"resource": "Мамы Риги"}, "place"),
        ({"campaign": "Spring", "source": "VK"}, "campaign and source"),
        ({"campaign": "spring"}, "campaign"),
    ],
)
def test_what_else_tells_the_placement(placement, tags, by):
    """A code, a payload, a short link, the place itself, and at last campaign and source."""
    ours = placement(
        "mamy", promo="RIGA10", utm_content="a--a-1xxxx", short_url="https://clck.example/Ab1", name="Мамы Риги",
        final_url="https://t.me/riga_bot?start=a--a-1xxxx",
    )  # fmt: skip
    assert found([ours, placement("b", utm_source="telegram", utm_campaign="autumn")], **tags) == (
        [("vk:mamy", "a", 1)], by,
    )  # fmt: skip


def test_an_unknown_content_does_not_fall_back_to_its_campaign(placement):
    """Somebody else's link of the same campaign is not ours."""
    assert found([placement("a")], content="banner", campaign="spring", source="vk") == ([], "")


@pytest.mark.parametrize("content", ["a-long-name--a-1xxx", "a-long-name--a", "a-long-nome--a-1xxxx"])
def test_a_near_miss_is_suggested_and_not_joined(placement, content):
    """A lost end or a wrong letter is for the user to decide."""
    match = Attribution([placement("a-long-name"), placement("other")]).match(Tags(content=content))
    assert match.placements == ()
    assert [one.resource for one in match.near] == ["vk:a-long-name"]


def test_a_tie_of_near_misses_names_both(placement):
    """Where two placements are equally close, both are told."""
    match = Attribution([placement("riga-1"), placement("riga-2")]).match(Tags(content="riga-3--a-1xxxx"))
    assert {one.resource for one in match.near} == {"vk:riga-1", "vk:riga-2"}


def test_the_rest_belongs_to_nobody(placement):
    """What a tool no longer tells apart may hold anybody's visits."""
    assert found([placement("a")], content="a--a-1xxxx", rest=True) == ([], "")


@pytest.mark.parametrize(
    "typed",
    ["Rigalife", "@rigalife", "rigalife · telegram", "rigalife · Telegram", "Rigalife (telegram)", "t.me/rigalife",
     "https://t.me/rigalife/77", "life"],
)  # fmt: skip
def test_a_place_is_found_as_people_type_it(typed):
    """As ``placements set`` finds it, as our own tables print it, and by its post."""
    ours = Placement(
        id=1, campaign="spring", resource="telegram:rigalife", name="Riga Life", platform="telegram",
        final_url="https://x.example", post_url="https://t.me/rigalife/77", utm_content="rigalife--a-1xxxx",
    )  # fmt: skip
    other = Placement(id=2, campaign="spring", resource="vk:club5", name="Club", platform="vk", final_url="https://x")
    found = Attribution([ours, other]).match(Tags(resource=typed))
    assert (found.placements, found.by) == ((ours,), "place")


def test_of_two_candidates_none_is_taken():
    """Both are shown."""
    both = [
        Placement(id=n, campaign="spring", resource=f"{platform}:rigalife", platform=platform, final_url="https://x")
        for n, platform in enumerate(("telegram", "vk"))
    ]
    attribution = Attribution(both)
    assert set(attribution.match(Tags(resource="rigalife")).placements) == set(both)
    assert attribution.match(Tags(resource="rigalife · vk")).placements == (both[1],)
