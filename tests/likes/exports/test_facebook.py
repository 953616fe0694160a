"""Facebook's pages, people and groups, in every vintage and both formats."""

from pathlib import Path

import pytest

from outreach.keys import identify, name_key

DATA = Path(__file__).parent / "data" / "facebook"


@pytest.fixture
def told(read):
    """Return a function that reads one of our files by its path inside an export."""

    def run(vintage, inner):
        return read(inner, DATA / vintage / inner)

    return run


def named(told):
    return [(like.name, like.url, like.followed_at) for like in told.likes]


def test_pages_liked_of_2021_have_no_address(told):
    """Names are repaired once; a time of 0 is no date."""
    pages = told("pages_2021", "pages/pages_you've_liked.json")
    assert pages.reader == "facebook"
    assert pages.listed == {"facebook"}
    assert named(pages) == [
        ("Маркетинг без воды", "", "2020-08-31T10:38:42Z"),
        ("Café Rīga – кофе", "", "2019-12-31T21:43:41Z"),
        ("Plain Page", "", ""),
    ]
    assert name_key(pages.likes[1].name, "facebook") == "facebook:name/café%20rīga%20–%20кофе"


def test_pages_liked_of_2024_have_addresses(told):
    """An address that names no page is left out, the name stays; records without a name are told by number."""
    pages = told("pages_2024", "your_facebook_activity/pages/pages_you_ve_liked.json")
    assert named(pages) == [
        ("Ελληνικό Marketing", "https://www.facebook.com/ellinikomarketing", "2023-11-14T22:13:20Z"),
        ("Numbered", "https://www.facebook.com/profile.php?id=100063654321", "2023-11-14T22:13:21Z"),
        ("Address without an owner", "", "2023-11-14T22:13:22Z"),
    ]
    assert [identify(like.url).key for like in pages.likes[:2]] == [
        "facebook:ellinikomarketing",
        "facebook:100063654321",
    ]
    assert pages.rejected == [
        (4, "no name in this record"),
        (5, "no name in this record"),
        (6, "not a record of a page, a person or a group"),
    ]


def test_pages_followed(told):
    """The name stands in the data or in the title."""
    pages = told("pages_2024", "your_facebook_activity/pages/pages_and_profiles_you_follow.json")
    assert named(pages) == [
        ("SMM Ռիգա", "", "2023-07-22T04:26:40Z"),
        ("Only a title", "", "2023-07-22T04:26:41Z"),
        ("Only in data 💪🏼", "", "2023-07-22T04:26:42Z"),
    ]


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ("connections/followers/who_you've_followed.json", ["Ann Sample", "Sample Bakery"]),
        ("friends_and_followers/who_you_follow.json", ["Sample Bakery"]),
        ("following_and_followers/following.json", ["Sample Bakery"]),
    ],
)
def test_people_and_pages_followed_stand_together(told, inner, names):
    """All count, and that people are among them is said."""
    following = told("people", inner)
    assert following.reader == "facebook"
    assert [like.name for like in following.likes] == names
    assert following.remarks == ["this list has people and pages together, by name only; both are counted"]


def test_groups_are_what_is_left_at_the_end_of_the_log(told):
    """By time and by sentence, not by record; an approved request is a joining, a request is none."""
    groups = told("groups", "your_facebook_activity/groups/your_group_membership_activity.json")
    assert [(like.name, like.followed_at, like.line) for like in groups.likes] == [
        ("We Left Facebook", "2017-11-06T20:26:40Z", 3),
        ("Came Back", "2018-10-20T01:46:40Z", 6),
        ("Closed Club", "2019-02-12T19:33:20Z", 7),
        ("Grupa Rowerowa", "2019-10-02T07:06:40Z", 10),
    ]
    assert groups.rejected == [
        (9, "neither a join nor a leave: a request or an invitation"),
        (11, "an unknown sentence about a group, without the group's name"),
    ]
    assert groups.remarks == [
        "1 group that the person left, not counted",
        (
            "1 record of groups in unknown words: counted as memberships unless another record differs, though some "
            "may have ended"
        ),
    ]


def test_the_oldest_key_of_groups_and_a_log_with_the_newest_first(told):
    """Names are cut out of sentences where they stand nowhere else."""
    groups = told("groups/newest_first", "groups/your_group_membership_activity.json")
    assert [like.name for like in groups.likes] == ["Marketing d’abord"]


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("pages/pages_you've_unfollowed.json", "pages no longer followed"),
        ("pages/pages_and_profiles_you've_recommended.json", "pages that the person recommended"),
        ("pages/your_pages.json", "pages that the person runs"),
        ("groups/your_groups.json", "groups that the person administers"),
        ("groups/groups_you've_visited.json", "groups that the person only looked at"),
        ("friends/your_friends.json", "friends and friend requests: people, not places"),
    ],
)
def test_other_lists_are_passed_over(told, inner, why):
    """They have the shape of follows and are none."""
    other = told("others", inner)
    assert (other.reader, other.passed, other.likes, other.listed) == ("facebook", [why], [], set())


@pytest.mark.parametrize("inner", ["pages/pages_you've_liked.json", "groups/your_group_membership_activity.json"])
def test_an_empty_list_is_an_answer(told, inner):
    """Also where it is null."""
    empty = told("empty", inner)
    assert (empty.listed, empty.likes, empty.passed) == ({"facebook"}, [], [])


def test_pages_as_web_pages(told):
    """Text is UTF-8 there, entities are undone, the day is told without its hour."""
    pages = told("html", "your_facebook_activity/pages/pages_you've_liked.html")
    assert named(pages) == [
        ("Маркетинг & кофе", "https://www.facebook.com/marketingkofe", "2023-11-08"),
        ("Address without an owner", "", "2023-11-09"),
    ]


def test_names_alone_and_dates_in_other_languages(told):
    """A date that is not understood is left out; a name that reads like a date is a name."""
    pages = told("html", "your_facebook_activity/pages/pages_and_profiles_you_follow.html")
    assert named(pages) == [
        ("Café Rīga", "", "2013-05-28"),
        ("May 1, 2020 Marathon", "", "2021-11-28"),
        ("Undated", "", ""),
    ]


def test_people_as_a_web_page(told):
    """With the underscore that web pages have for the apostrophe."""
    assert [like.name for like in told("html", "connections/followers/who_you_ve_followed.html").likes] == [
        "Ann O'Sample"
    ]


@pytest.mark.parametrize(
    ("vintage", "inner", "names"),
    [
        ("html", "your_facebook_activity/groups/your_group_membership_activity.html", ["Baltic Marketers"]),
        ("html_2019", "groups/your_group_membership_activity.html", ["Wij stoppen"]),
    ],
)
def test_groups_as_web_pages(told, vintage, inner, names):
    """The log again, with sections and headings, or with boxes without them."""
    groups = told(vintage, inner)
    assert [like.name for like in groups.likes] == names
    assert groups.remarks == ["1 group that the person left, not counted"]
    assert not groups.rejected


def test_other_web_pages(told):
    """What is no list is passed over, and a page that says that there is nothing is an empty list."""
    assert told("html", "your_facebook_activity/pages/pages_you've_unfollowed.html").passed == [
        "pages no longer followed"
    ]
    empty = told("html_empty", "pages/pages_you've_liked.html")
    assert (empty.listed, empty.likes) == ({"facebook"}, [])


@pytest.mark.parametrize(
    "name",
    ["pages_you've_liked", "pages_you’ve_liked", "pages_you_ve_liked", "pages_youve_liked", "pages_you've_liked (1)"],
)
def test_apostrophes_in_names_of_files(read, name):
    """They change on the way through archives and systems."""
    page = "<html><main><section><h2>SMM</h2></section></main></html>"
    assert [like.name for like in read(f"pages/{name}.html", page).likes] == ["SMM"]


def test_real_files_give_what_a_person_counts(read, shared):
    """22 pages followed, 2 liked, 1 group of 2 events."""
    folder = shared / "facebook"
    counts = {
        "pages_you_follow.redacted.json": 22,
        "pages_you've_liked.redacted.json": 2,
        "your_group_membership_activity.json": 1,
        "pages_you've_unfollowed.redacted.json": 0,
    }
    for name, count in counts.items():
        assert len(read(name, folder / f"corsali__userdata-extractor__{name}").likes) == count
