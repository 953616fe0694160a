"""Tables that a customer opened in a spreadsheet and saved again, and what newer versions of servers write."""

import pytest

from outreach.likes.exports import READERS

CHANNEL = "UC" + "a" * 22
ADDRESS = f"http://www.youtube.com/channel/{CHANNEL}"
TAKEOUT = "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv"


@pytest.mark.parametrize("first", ["", "sep=;\n", '"sep=;"\n'])
@pytest.mark.parametrize(
    ("inner", "table", "likes"),
    [
        (
            "following_accounts.csv",
            "Account address;Show boosts;Notify on new posts\nsmm@gr.example;true;false\nriga@lv.example;true;true\n",
            ["@smm@gr.example", "@riga@lv.example"],
        ),
        ("subscribed_subreddits.csv", "subreddit;\nPython;\nriga;\n", ["Python", "riga"]),
        (TAKEOUT, f"Channel Id;Channel Url;Channel Title\n{CHANNEL};{ADDRESS};Кухня\n", [CHANNEL]),
        ("Company Follows.csv", "Organization;Followed On\nAcme;x\nBeta, Inc;y\n", ["Acme", "Beta, Inc"]),
        ("Company Follows.csv", "Organisation;Gefolgt am\nAcme;x\nBeta, Inc;y\n", ["Acme", "Beta, Inc"]),
    ],
)
def test_semicolons_and_the_line_that_says_so(read, inner, table, likes, first):
    told = read(inner, first + table)
    assert [like.handle or like.resource or like.name for like in told.likes] == likes
    assert told.rejected == []


def test_lines_keep_their_numbers_under_the_line_of_a_spreadsheet(read):
    told = read(TAKEOUT, f"sep=;\nChannel Id;Channel Url;Channel Title\n{CHANNEL};{ADDRESS};Кухня\n")
    assert [like.line for like in told.likes] == [3]


def test_misskey_says_whose_replies_it_shows(read):
    told = read("following-2026-05-01.csv", "smm@gr.example,withReplies=false\nriga@lv.example,withReplies=true\n")
    assert [like.handle for like in told.likes] == ["@smm@gr.example", "@riga@lv.example"]


def test_one_odd_line_does_not_hide_a_list_of_accounts(read):
    told = read("following_accounts.csv", "smm@gr.example\nriga@lv.example\n???\n")
    assert [like.handle for like in told.likes] == ["@smm@gr.example", "@riga@lv.example"]
    assert told.rejected == [(3, "no address of the account")]


@pytest.mark.parametrize("folder", ["suscripciones/suscripciones", "подписки/подписки", "εγγραφές/εγγραφές"])
def test_the_old_list_of_youtube_has_names_in_other_languages(source, folder):
    """In an archive only what is known by its path is opened at all."""
    inner = f"Takeout/YouTube y YouTube Music/{folder}.json"
    opened = source(inner, '[{"kind": "youtube#subscription", "snippet": {}}]')
    reader = READERS.claimed(opened)
    assert reader.name == "youtube-json"
    assert reader.paths.search(inner).end() == len(inner)


def test_a_long_export_of_tiktok_begins_with_comments(read):
    """The keys that only TikTok has come after the first 64 KiB."""
    comments = ", ".join(['{"date": "2026-05-01 10:00:00", "comment": "hello"}'] * 2000)
    told = read(
        "user_data_tiktok.json",
        f'{{"Comment": {{"Comments": {{"CommentsList": [{comments}]}}}}, '
        '"Your Activity": {"Following": {"Following": [{"Date": "2026-05-01 10:00:00", "UserName": "smm_riga"}]}}}',
    )
    assert [like.handle for like in told.likes] == ["smm_riga"]
