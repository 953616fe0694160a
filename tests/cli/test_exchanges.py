"""Lists of orders of placement exchanges, and statistics of posts as networks write them: costs and views."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "tracking" / "exports" / "data" / "hand_sheet"


@pytest.fixture
def places(outreach):
    """Write links of some places down, and read a file; give cost, views and clicks by place, and what was said."""
    for number, place in enumerate(
        ("telegram:rigalife", "telegram:mamas_riga", "facebook:rigalife", "vk:wall_club"), 1
    ):
        url = f"https://example.com/?utm_source=x&utm_campaign=spring&utm_content=c{number}"
        assert outreach("link", url, "--resource", place, "--add", "--db", "o.db").exit_code == 0

    def call(name, *arguments):
        if (DATA / name).exists():
            shutil.copy(DATA / name, name)
        done = outreach("track", name, *arguments, "--db", "o.db", "--format", "csv")
        assert done.exit_code == 0, done.stderr
        lines = csv.DictReader(io.StringIO(done.stdout))
        found = {one["resource"]: tuple(one[name] for name in ("cost", "currency", "views", "clicks")) for one in lines}
        return found, done.stderr

    return call


def test_orders_of_an_exchange(places):
    """Two posts of one channel are added; who refused or has not published costs nothing; the rest is listed."""
    found, said = places("exchange.csv", "--unmatched", "unmatched.csv")
    assert found == {
        "telegram:rigalife": ("7000.0", "RUB", "5740", ""),
        "telegram:mamas_riga": ("1200.0", "RUB", "900", ""),
        "(not in the ledger)": ("500.0", "RUB", "300", ""),
    }
    assert "1 row of posts that were declined, cancelled or refunded" in said
    assert "1 row of posts that are not published yet: their price is left out" in said
    assert "Новый канал (300): no such place in the ledger" in said
    assert "Новый канал" in Path("unmatched.csv").read_text("utf-8")


def test_a_channel_is_found_by_its_title_or_by_its_post(places):
    """And a post that the ledger knows goes before both: there may be several of one channel."""
    text = "Channel,Post link,Price (EUR),Views,Status\nAnything at all,https://t.me/rigalife/77,30,2900,Completed\n"
    Path("orders.csv").write_text(text, "utf-8")
    found, _ = places("orders.csv")
    assert found["telegram:rigalife"] == ("30.0", "EUR", "2900", "")


def test_a_post_of_facebook(places):
    """Its page is the place, views go before reach, and of clicks those on the link count."""
    found, said = places("facebook.csv")
    assert found["facebook:rigalife"][2:] == ("1000", "30")
    assert "Reach" in said


def test_a_post_of_telegram(places):
    """By its address."""
    assert places("telegram.csv")[0]["telegram:rigalife"][2:] == ("2940", "")


@pytest.mark.parametrize(("name", "views"), [("instagram.csv", "1000"), ("vk.csv", "1200")])
def test_posts_of_no_place_of_ours_are_listed(places, name, views):
    """Instagram's addresses of posts name no account: its column does."""
    found, said = places(name, "--unmatched", "unmatched.csv")
    assert found["(not in the ledger)"][2] == views
    assert "belongs to none of the posts" in said


def test_two_posts_in_one_place_are_added(places):
    """A table that somebody typed has a row a post."""
    Path("typed.csv").write_text(
        "place,views,cost\nrigalife · telegram,100,5\nt.me/rigalife,200,7\nt.me/rigalife,,1\n", "utf-8"
    )
    found, said = places("typed.csv", "--currency", "EUR")
    assert found["telegram:rigalife"] == ("13.0", "EUR", "300", "")
    assert "1 row is of a place that is there already, and added to it" in said


@pytest.mark.parametrize(
    ("header", "views"), [("place,reach,views", "9"), ("place,views,reach", "8"), ("place,reach,x", "8")]
)
def test_views_go_before_reach(places, header, views):
    """Whatever their order; the reach stands in for them."""
    Path("typed.csv").write_text(f"{header}\nt.me/rigalife,8,9\n", "utf-8")
    assert places("typed.csv")[0]["telegram:rigalife"][2] == views


def test_what_became_of_the_orders_is_said_and_not_written(places, outreach):
    """With the line that writes it; what the ledger knows is not said again."""
    _, said = places("exchange.csv")
    line = "telegram:rigalife is published in the list of orders, but not yet in the ledger: outreach placements set"
    assert line in said
    assert "--status published" in said
    set_ = ["placements", "set", "telegram:rigalife", "--status", "published", "--date", "2026-05-12", "--db", "o.db"]
    assert outreach(*set_).exit_code == 0
    _, said = places("exchange.csv")
    assert "rigalife is published" not in said
    assert "telegram:mamas_riga is published" in said
