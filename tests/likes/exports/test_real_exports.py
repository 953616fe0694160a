"""What platforms really gave, where such files lie beside the checkout: what a person counts in them.

Names in this table end what the files are called; of the people inside there is nothing here.
"""

import pytest

import outreach

COUNTED = {
    "greenground.repo.car": ("bluesky", 2, 0),
    "pages_you've_liked.redacted.json": ("facebook", 2, 0),
    "pages_you_follow.redacted.json": ("facebook", 22, 0),
    "your_group_membership_activity.json": ("facebook", 1, 0),  # of two groups one was left
    "ghstars.json": ("github", 1, 0),
    "ghstars-empty.json": ("github", 0, 0),
    "ghstars-malformed.json": ("github", 0, 1),
    "back__following.redacted.json": ("instagram", 365, 0),
    "extractor__following.redacted.json": ("instagram", 7, 0),
    "Member_Follows.redacted.csv": ("linkedin", 28, 0),  # 28 are Active, 15 Unfollow
    "following_accounts.csv": ("mastodon", 2, 0),
    "new-following-imports.txt": ("mastodon", 1, 1),  # one account bears no server
    "user_data_tiktok.redacted.json": ("tiktok", 0, 0),
    "sqlite__following.js": ("x", 2, 0),
    "takeout_import_test_1.csv": ("youtube", 5, 0),
    "takeout_import_test_1.zip": ("youtube", 5, 0),
    "inspector__subscriptions.csv": ("youtube", 2, 0),
}
"""End of a name -> platform, likes, rows that cannot be used."""
PASSED = (
    "pages_you've_unfollowed.redacted.json",
    "followers.redacted.json",
    "following_hashtags.json",
    "Connections.redacted.csv",
    "follower.js",
)


def the_one(folder, end):
    paths = [path for path in folder.rglob("*") if path.name.endswith(end)]
    if not paths:
        pytest.skip("no such file beside the checkout")
    (path,) = paths
    return path


@pytest.mark.parametrize("end", COUNTED)
def test_likes_that_a_person_counts(shared, end):
    path = the_one(shared, end)
    platform, likes, rejected = COUNTED[end]
    table = outreach.check(path, customer="anna")
    read = table[table["passed_over"].isna()]
    assert read[["customers", "likes", "rejected"]].to_numpy().tolist() == [[1, likes, rejected]]
    if not likes:
        return
    if rejected:
        with pytest.warns(UserWarning, match="could not be used"):
            frame = outreach.read_likes(path, customer="anna")
    else:
        frame = outreach.read_likes(path, customer="anna")
    assert set(frame["platform"]) == {platform}
    assert frame["resource"].nunique() == likes


@pytest.mark.parametrize("end", PASSED)
def test_lists_that_do_not_count(shared, end):
    (row,) = outreach.check(the_one(shared, end), customer="anna").to_dict("records")
    assert row["passed_over"]


def test_every_file_is_told_of_here(shared):
    names = [path.name for path in shared.rglob("*") if path.is_file()]
    assert [name for name in names if not name.endswith((*COUNTED, *PASSED))] == []
