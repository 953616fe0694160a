"""GitHub, Twitch, Spotify, Discord."""

from pathlib import Path

import pytest

from outreach.keys import identify
from outreach.likes.exports import READERS

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[3] / "sample_data"
OURS = {"bluesky", "bluesky-repo", "discord", "github-stars", "mastodon", "reddit", "spotify", "twitch"}


def test_stars_with_dates(read):
    """A star belongs to the repository, and so does the number of stars."""
    told = read("starred.json", DATA / "github" / "starred_with_dates.json")
    assert [(identify(like.url, "github").key, like.subscribers, like.followed_at) for like in told.likes] == [
        ("github:zvartuk/utm-lint", "1969", "2024-03-05T09:14:07Z"),
        ("github:vorblinka/texts.js", "", ""),
    ]
    assert [line for line, _ in told.rejected] == [3]
    assert (told.listed, told.remarks) == ({"github"}, [])


def test_plain_repositories_are_taken_for_stars(read):
    told = read("anna.json", DATA / "github" / "repositories.json")
    assert [identify(like.url or like.handle, "github").key for like in told.likes] == [
        "github:zvartuk/utm-lint",
        "github:frintzidakia/kopirulle",
    ]
    assert told.remarks == ["repositories without the date of a star were taken for starred ones"]


def test_repositories_of_one_owner_are_not(read):
    told = read("repos.json", DATA / "github" / "own.json")
    assert (told.likes, told.listed) == ([], set())
    assert told.passed[0].startswith("repositories of one owner")
    assert len(read("starred.json", DATA / "github" / "own.json").likes) == 2


def test_flattened_stars(read):
    (like,) = read("ghstars.json", DATA / "github" / "ghstars.json").likes
    assert like.followed_at == "2024-03-05T09:14:07Z"


def test_no_star_is_an_answer(read):
    told = read("ghstars.json", "[]")
    assert (told.likes, told.listed) == ([], {"github"})


def test_pages_of_stars(read):
    """One after the other, and in a list."""
    page = (DATA / "github" / "ghstars.json").read_text()
    assert [like.line for like in read("x.json", page * 2).likes] == [1, 2]
    assert [like.line for like in read("y.json", f"[{page},{page}]").likes] == [1, 2]


def test_real_stars(shared, read):
    folder = shared / "github"
    (like,) = read("ghstars.json", folder / "timelinize__timelinize__ghstars.json").likes
    assert (identify(like.url, "github").key, like.subscribers) == ("github:mojombo/grit", "1969")
    assert read("ghstars.json", folder / "timelinize__timelinize__ghstars-empty.json").listed == {"github"}
    ((line, _),) = read("ghstars.json", folder / "timelinize__timelinize__ghstars-malformed.json").rejected
    assert line == 1


def test_followed_channels(read):
    told = read("x.json", DATA / "twitch" / "followed.json")
    assert [(like.handle, like.name, like.followed_at) for like in told.likes] == [
        ("smallbizwhirly", "SmallBizWhirly", "2022-05-24T22:22:08Z"),
        ("podorozhnik", "подорожник", ""),
    ]
    assert identify(told.likes[0].handle, "twitch").key == "twitch:smallbizwhirly"
    assert [line for line, _ in told.rejected] == [3]
    assert told.remarks == ["the answer has a next page: the list may be longer"]


def test_followed_channels_of_the_older_interface(read):
    """The date is the follow's, not the channel's."""
    (like,) = read("x.json", DATA / "twitch" / "kraken.json").likes
    assert (like.handle, like.name, like.subscribers, like.followed_at) == (
        "tavernagraphe",
        "TavernaGraphe",
        "40063",
        "2013-06-02T09:38:45Z",
    )


def test_no_followed_channel_is_an_answer(read):
    told = read("followed_channels.json", DATA / "twitch" / "followed_channels.json")
    assert (told.likes, told.listed) == ([], {"twitch"})


def test_twitch_followers_are_passed_over(read):
    assert read("x.json", DATA / "twitch" / "followers.json").passed == ["who follows them"]
    assert read("followers_twitch.json", DATA / "twitch" / "kraken.json").passed == ["who follows them"]


def test_artists(read):
    """Names only."""
    told = read("MyData/Follow.json", DATA / "spotify" / "Follow.json")
    assert [(like.line, identify(like.name, "spotify").key) for like in told.likes] == [
        (1, "spotify:name/vorblinka"),
        (2, "spotify:name/πλουμιδώ"),
        (4, "spotify:name/звонкая%20сорока"),
    ]
    assert [line for line, _ in told.rejected] == [3, 5]
    assert told.listed == {"spotify"}


def test_counts_of_people_are_no_list(read):
    told = read("Follow.json", DATA / "spotify" / "Follow_counts.json")
    assert (told.listed, told.passed) == (set(), ["numbers of follows and followers, not a list of artists"])


def test_no_artist_is_an_answer(read):
    assert read("Follow.json", '{"followingArtists": []}').listed == {"spotify"}
    assert read("Follow.json", '{"followingArtists": null}').listed == {"spotify"}


def test_servers(read):
    told = read("package/Servers/index.json", DATA / "discord" / "servers" / "index.json")
    assert [(identify(like.resource, "discord").key, like.name) for like in told.likes] == [
        ("discord:100000000000000017", "Kopirulle club"),
        ("discord:100000000000000018", "Тексты и чай ☕"),
        ("discord:100000000000000019", ""),
    ]
    assert told.rejected == [(3, "a server without an id")]
    assert told.listed == {"discord"}


def test_conversations_are_passed_over(read):
    path = DATA / "discord" / "messages" / "index.json"
    assert read("messages/index.json", path).passed == ["conversations, not servers"]
    assert "only its folder shows which" in read("index.json", path).passed[0]


def test_no_server_is_an_answer(read, source):
    assert read("servers/index.json", "{}").listed == {"discord"}
    assert READERS.claimed(source("index.json", "{}")) is None


@pytest.mark.parametrize(
    "path", sorted(path for path in SAMPLES.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_the_samples_are_plain_tables(source, path):
    found = READERS.claimed(source(path.name, path))
    assert found is None or found.name not in OURS


def test_other_platforms_files_are_not_ours(source, shared):
    """Each real file of another platform belongs to its own reader or to none."""
    ours = {"bluesky", "github", "mastodon"}
    for path in sorted(path for path in shared.rglob("*") if path.is_file() and path.parent.name not in ours):
        found = READERS.claimed(source(path.name, path))
        assert found is None or found.name not in OURS, path.name


def test_real_tables_of_mastodon(shared, read):
    folder = shared / "mastodon"
    told = read("following_accounts.csv", folder / "mastodon__mastodon__following_accounts.csv")
    assert [identify(like.handle, "mastodon").key for like in told.likes] == [
        "mastodon:user@example.com",
        "mastodon:user@test.com",
    ]
    told = read("new-following-imports.txt", folder / "mastodon__mastodon__new-following-imports.txt")
    assert ([like.handle for like in told.likes], [line for line, _ in told.rejected]) == (["@eve@example.com"], [2])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("follows.json", '[{"customer": "Ilze", "handle": "riga", "follows": "yes"}]'),
        ("github.json", '{"items": [{"full_name": "a/b", "html_url": "x", "stargazers_count": 1}]}'),
        ("repos.json", '[{"name": "a", "html_url": "https://github.com/a/b"}]'),
        ("starred.json", '["riga", {"customer": "Ilze"}]'),
        ("twitch.json", '{"data": [{"customer": "Ilze", "followed_at": "2024-01-01"}]}'),
        ("data.json", '{"total": 0, "data": [], "pagination": {}}'),
        ("Follow.json", '{"followers": 3}'),
        ("servers/index.json", '{"Ilze": "riga"}'),
        ("Ilze.json", '{"100000000000000017": "Kopirulle club"}'),
        ("list.json", '{"kind": "Listing"}'),
        ("subscribed_subreddits.csv", "customer,resource\nIlze,riga\n"),
        ("subscribed.csv", "subreddit\nriga\n"),
        ("car.car", "a picture"),
        ("empty.json", ""),
    ],
)
def test_near_misses_are_left_alone(source, name, text):
    assert READERS.claimed(source(name, text)) is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("anna/export_anna_20240501/subscribed_subreddits.csv", "reddit"),
        ("anna/package/servers/index.json", "discord"),
        ("anna/my_spotify_data/Spotify Account Data/Follow.json", "spotify"),
        ("anna/following_accounts.csv", "mastodon"),
        ("anna/repo.car", "bluesky-repo"),
        ("anna/getFollows.json", "bluesky"),
        ("anna/ghstars.json", "github-stars"),
        ("anna/twitch_followed.json", "twitch"),
    ],
)
def test_paths_find_the_file_and_leave_the_customer(path, name):
    (reader,) = (reader for reader in READERS.readers() if reader.name == name)
    found = reader.paths.search(path)
    assert found is not None
    assert path[: found.start()] == "anna/"
