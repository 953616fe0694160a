"""Keys of before: wherever a key is read, one that changed is an alias of the key of today."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.keys import identify, name_key

UC = "UC" + "aB3_-xYz901" * 2
OLD = [
    ("web:patreon.com/c/smm", "web:patreon.com/smm"),
    ("web:patreon.com/cw/smm", "web:patreon.com/smm"),
    ("web:patreon.com/Smm/posts", "web:patreon.com/smm"),
    ("web:patreon.com/user/posts?u=7", "web:patreon.com/user?u=7"),
    ("web:boosty.to/Smm/media/all", "web:boosty.to/smm"),
    ("web:smm.tumblr.com", "web:tumblr.com/smm"),
    ("web:tumblr.com/blog/view/smm", "web:tumblr.com/smm"),
    ("web:snapchat.com/@smm", "web:snapchat.com/add/smm"),
    ("web:m.soundcloud.com/smm/tracks", "web:soundcloud.com/smm"),
    ("web:nitter.net/smm_riga", "x:smm_riga"),
    ("web:fxtwitter.com/smm_riga/status/1", "x:smm_riga"),
    ("web:fxbsky.app/profile/smm.bsky.social", "bluesky:smm.bsky.social"),
    (f"web:yewtu.be/channel/{UC}", f"youtube:{UC}"),
    (f"web:inv.example.com/channel/{UC}", f"youtube:{UC}"),
    ("web:tgstat.ru/channel/@smm_riga/stat", "telegram:smm_riga"),
    ("web:telemetr.io/en/channels/1234567890-smm_riga", "telegram:smm_riga"),
    ("web:pinterest.com.tr/smm/board", "pinterest:smm/board"),
    ("mastodon:smm.bsky.social@bsky.brid.gy", "bluesky:smm.bsky.social"),
    ("mastodon:smm.rss@mas.to", "mastodon:smm@mas.to"),
    ("web:hooktube.com/user/smm", "youtube:user/smm"),
    ("web:picuki.com/profile/smm_riga", "instagram:smm_riga"),
    ("web:raw.githubusercontent.com/smm/riga/main/README.md", "github:smm/riga"),
    ("vk:gim7", "vk:club7"),
    ("other:name/club7", "vk:club7"),
    ("other:name/public7", "vk:club7"),
    ("other:name/@smm.bsky.social", "bluesky:smm.bsky.social"),
    ("x:name/@smm.bsky.social", "bluesky:smm.bsky.social"),
]
PLACES = sorted({(old, new) for old, new in OLD if not old.startswith("x:")})[::4]


@pytest.mark.parametrize(("old", "new"), OLD)
def test_an_old_key_leads_to_the_key_of_today(old, new):
    """As a key, whatever platform it is found under."""
    assert identify(old).key == new
    assert identify(old, "instagram").key == new
    assert identify(new).key == new


def test_a_platform_that_is_known_wins_over_a_form():
    """A handle of another platform can look like an id of VK or YouTube; Bluesky's own ending has no other account."""
    assert identify("club7", "telegram").key == "telegram:club7"
    assert identify("club7", "vk").key == "vk:club7"
    assert identify(UC, "x").key == f"x:name/{UC.lower()}"
    assert identify("@smm.bsky.social", "instagram").key == "bluesky:smm.bsky.social"
    assert name_key("club7", "facebook") == "facebook:name/club7"
    assert name_key("Club7", None) == "vk:club7"


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in a folder with two customers' lists."""
    monkeypatch.chdir(tmp_path)
    rows = [f"Anna,{old}\nBoris,{new}\n" for old, new in PLACES]
    (tmp_path / "likes.csv").write_text("customer,page\n" + "".join(rows) + "Anna,t.me/other_place\n")

    def call(*args):
        done = CliRunner().invoke(main, ["rank", "likes.csv", "--min-subscribers", "0", "--format", "csv", *args])
        assert done.exit_code == 0, done.output
        return {line.split(",")[1]: line.split(",")[6] for line in done.stdout.splitlines()[1:]}

    return call


def test_both_spellings_are_one_place(outreach):
    """A list of today and one with keys of before count together."""
    assert outreach() == dict.fromkeys([new for _, new in PLACES], "2") | {"telegram:other_place": "1"}


@pytest.mark.parametrize("option", ["--own", "--exclude"])
def test_an_old_key_leaves_its_place_out(outreach, option, tmp_path):
    """Typed, or in a file."""
    (tmp_path / "own.txt").write_text("".join(f"{old}\n" for old, _ in PLACES))
    assert outreach(option, "own.txt") == {"telegram:other_place": "1"}
    old, new = PLACES[0]
    assert new not in outreach(option, old)


def test_an_old_key_joins_by_hand(outreach, tmp_path):
    """A table of aliases that was written before still joins."""
    old, new = PLACES[0]
    (tmp_path / "same.csv").write_text(f"resource,same_as\n{old},t.me/other_place\n")
    assert outreach("--same-as", "same.csv")[new] == "2"
    assert "telegram:other_place" not in outreach("--same-as", "same.csv")


def test_an_old_key_in_a_sheet_tells_of_its_place(outreach, tmp_path):
    """A sheet filled in before gives its sizes."""
    lines = [f"{old},{1000 + number}" for number, (old, _) in enumerate(PLACES)]
    (tmp_path / "sheet.csv").write_text("resource,subscribers\n" + "\n".join(lines) + "\n")
    found = outreach("--resources", "sheet.csv", "--unknown-size", "drop")
    assert set(found) == {new for _, new in PLACES}
