"""Names of the files of drafts: a person's, the same on every run, and never another place's."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.draft_names import Whose, names_of_files

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}

rests = st.text(alphabet="abAB19_-./% Жж", min_size=1, max_size=9) | st.text(
    alphabet=string.ascii_letters, min_size=78, max_size=90
)
owners = st.builds(
    Whose,
    st.sampled_from(["spring", "spring-2"]),
    st.builds("{}:{}".format, st.sampled_from(["youtube", "other", "web"]), rests),
    st.integers(1, 2),
)
several = st.lists(owners, max_size=12, unique=True)


def name_of(resource, campaign="spring", number=1):
    return names_of_files([Whose(campaign, resource, number)], {}).popitem()[1]


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("telegram:smm_riga", "telegram-smm_riga.md"),
        ("vk:club1", "vk-club1.md"),
        ("bluesky:riga.bsky.social", "bluesky-riga.bsky.social.md"),
        ("mastodon:riga@mastodon.social", "mastodon-riga@mastodon.social.md"),
        ("linkedin:company/foo-bar", "linkedin-company-foo-bar.md"),
        ("reddit:r/smm", "reddit-r-smm.md"),
        ("youtube:@foo.bar", "youtube-foo-bar.md"),
        ("other:name/мамы%20риги", "other-name-mamy-rigi.md"),
        ("web:example.org/", "web-example-org.md"),
        ("other:name/CON", "other-name-con.md"),
    ],
)
def test_a_name_is_what_people_call_the_place(resource, name):
    """Without a hash."""
    assert name_of(resource) == name


def test_rounds_have_files_of_their_own():
    """The first one's name has no number."""
    assert name_of("vk:club1", number=2) == "vk-club1.round-2.md"


@given(several, st.randoms())
def test_no_two_places_share_a_name(wanted, random):
    """On disks that ignore case neither, whatever the order; every system takes the names."""
    names = names_of_files(wanted, {})
    assert len({name.casefold() for name in names.values()}) == len(wanted)
    random.shuffle(wanted)
    assert names_of_files(wanted, {}) == names
    for name in names.values():
        assert set(name) <= set(string.ascii_lowercase + string.digits + "-_.@")
        assert name.partition(".")[0] not in RESERVED
        assert len(name) < 130


@given(several, several)
def test_the_same_names_on_every_run(first, second):
    """Whatever else is drafted: who has a file keeps it, and nobody gets another's."""
    there = {name: whose for whose, name in names_of_files(first, {}).items()}
    later = names_of_files([*second, *first[:3]], there)
    for whose, name in later.items():
        assert there.get(name, whose) == whose
        if whose in there.values():
            assert there[name] == whose


def test_capitals_of_a_file_that_is_there_do_not_count():
    """On a Mac and on Windows it is the same file."""
    held = Whose("spring", "telegram:smm_riga", 1)
    other = Whose("spring", "telegram:smm/riga", 1)
    assert names_of_files([other], {"Telegram-SMM-Riga.md": held})[other] == "telegram-smm-riga-2.md"


def test_a_name_of_an_earlier_version_stays():
    """With what was edited in it; a renamed copy is no file of ours to write over."""
    hashed = Whose("spring", "reddit:r/smm", 1)
    assert (
        names_of_files([hashed], {"spring--reddit-r-smm-ergbq.md": hashed})[hashed] == "spring--reddit-r-smm-ergbq.md"
    )
    plain = Whose("spring", "vk:club1", 1)
    assert names_of_files([plain], {"spring--vk-club1.md": plain})[plain] == "spring--vk-club1.md"
    assert names_of_files([plain], {"my copy.md": plain})[plain] == "vk-club1.md"


def test_two_campaigns_in_one_folder():
    """The later one's files carry its name; both stay."""
    spring, summer = Whose("spring", "vk:club1", 1), Whose("summer", "vk:club1", 1)
    there = {"vk-club1.md": spring}
    assert names_of_files([summer], there)[summer] == "vk-club1.summer.md"
    there["vk-club1.summer.md"] = summer
    assert names_of_files([summer, spring], there) == {spring: "vk-club1.md", summer: "vk-club1.summer.md"}


def test_a_file_of_somebody_elses_is_no_collision():
    """It stays, and is named: nobody knows what it is."""
    one = Whose("spring", "vk:club1", 1)
    assert names_of_files([one], {"vk-club1.md": None})[one] == "vk-club1.md"
