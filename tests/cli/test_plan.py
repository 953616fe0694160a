"""``outreach plan``: which places together, how sure, and where next."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import outreach as library
from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import main
from outreach.cli.shared import WHAT_IS_MEANT
from outreach.errors import InputWarning
from outreach.owners import Person, open_book
from outreach.tables import PLAN

SAMPLE = Path(__file__).parents[2] / "sample_data"
FOLLOWS = {
    "t.me/alpha": "ABCDEF", "t.me/bravo": "ABCDE", "t.me/charlie": "ABCD", "vk.com/delta": "GHA", "vk.com/echo": "GH",
    "vk.com/foxtrot": "IJ", "vk.com/golf": "J",
}  # fmt: skip
COLUMNS = [
    "order", "resource", "name", "overlap", "newly", "coverage", "coverage_low", "coverage_high", "redundancy", "cost",
    "expected", "expected_low", "expected_high", "best_five", "reason",
]  # fmt: skip


@pytest.fixture
def lists(tmp_path):
    """Lists of ten customers, and a sheet with prices."""
    rows = [f"{who},{place},9000\n" for place, some in FOLLOWS.items() for who in some]
    (tmp_path / "likes.csv").write_text("customer,resource,subscribers\n" + "".join(rows), encoding="utf-8")
    prices = {
        "t.me/alpha": "300 EUR",
        "t.me/bravo": "100 EUR + 10 %",
        "vk.com/delta": "5000 RUB",
        "vk.com/foxtrot": "free",
    }
    sheet = "".join(f"{place.partition('/')[2]},{place},{prices.get(place, '')}\n" for place in FOLLOWS)
    (tmp_path / "sheet.csv").write_text("place,address,price\n" + sheet, encoding="utf-8")


def rows(result):
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def keys(result):
    return [row["resource"].partition(":")[2] for row in rows(result)]


def post(key, number, status="published", **more):
    """A post with a link of its own."""
    more = {"published_at": "2026-05-01"} | more if status in {"published", "removed"} else more
    content = f"place-{number}--a-00000"
    return Placement(
        campaign="spring", resource=key, status=status, utm_source=key.partition(":")[0], utm_campaign="spring",
        utm_content=content, final_url=f"https://x.example/?utm_content={content}", round=number, **more,
    )  # fmt: skip


def test_the_sample(outreach, tmp_path):
    """Five places in the order of adding, what they cover said plainly, and a table that the next commands take."""
    result = outreach("plan", str(SAMPLE / "likes.csv"), "-o", "plan.csv")
    assert re.search(
        r"^Five places cover about \d+ % of customers like these \(\d+-\d+ %\)\. A sixth adds [\d.]+\.$",
        result.stderr,
        re.MULTILINE,
    )
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as file:
        made = list(csv.DictReader(file))
    assert list(made[0]) == COLUMNS == list(PLAN.names)
    assert [row["order"] for row in made] == list("12345")
    coverage = [float(row["coverage"]) for row in made]
    assert coverage == sorted(coverage)
    assert all(float(row["coverage_low"]) <= float(row["coverage"]) <= float(row["coverage_high"]) for row in made)
    assert "mostly the same people as Vorblinka: content school" in made[1]["reason"]
    drafted = outreach("draft", str(SAMPLE / "brief.toml"), "--from", "plan.csv", "--format", "csv")
    assert [row["resource"] for row in rows(drafted)] == [row["resource"] for row in made]
    assert outreach("owners", "play", "--from", "plan.csv").stdout.startswith(made[0]["resource"])
    with pytest.warns(InputWarning):
        frame = library.plan(library.read_likes(SAMPLE / "likes.csv"))
    assert frame["resource"].tolist() == [row["resource"] for row in made]
    assert frame["coverage"].tolist() == pytest.approx(coverage)


def test_what_people_read(outreach, tmp_path):
    """A table fits a narrow terminal; a workbook begins with a sheet in the reader's language."""
    shown = outreach("plan", str(SAMPLE / "likes.csv"), "--format", "table").stdout
    assert shown.startswith("Five places cover about")
    assert re.search(r"^1\. Vorblinka: content school · facebook +10 of 11 +10 ", shown, re.MULTILINE)
    outreach("plan", str(SAMPLE / "likes.csv"), "--language", "ru", "-o", "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == ["План", "plan", "Столбцы"]
    assert "площадок охватывают примерно" in book["План"]["A2"].value


@pytest.mark.usefixtures("lists")
def test_places_asked_for_and_not(outreach):
    """--must comes first, --not never; who must be there and cannot is an error."""
    assert keys(outreach("plan", "likes.csv", "--posts", "2")) == ["alpha", "bravo"]
    found = outreach("plan", "likes.csv", "--posts", "2", "--must", "vk.com/golf", "--not", "t.me/alpha")
    assert keys(found) == ["golf", "bravo"]
    assert "Left out. As you asked: alpha." in found.stderr
    assert "1 place given with --not: " in outreach("plan", "likes.csv", "--not", "t.me/nobody").stderr
    hidden = outreach("plan", "likes.csv", "--must", "t.me/alpha", "--platform", "vk")
    assert (hidden.exit_code, "hidden by a filter" in hidden.stderr) == (3, True)
    nobody = outreach("plan", "likes.csv", "--must", "t.me/nobody")
    assert (nobody.exit_code, "followed by none of the customers" in nobody.stderr) == (3, True)


@pytest.mark.usefixtures("lists")
def test_a_budget(outreach):
    """Prices of the sheet with an exchange's fee count; sums of other currencies and unknown ones are left out."""
    found = outreach("plan", "likes.csv", "--resources", "sheet.csv", "--budget", "250 EUR")
    assert {row["resource"]: float(row["cost"]) for row in rows(found)} == {"telegram:bravo": 110, "vk:foxtrot": 0}
    assert "Left out. No price in EUR known: charlie, delta, echo, golf." in found.stderr
    assert keys(outreach("plan", "likes.csv", "--resources", "sheet.csv", "--budget", "310 EUR")) == [
        "alpha",
        "foxtrot",
    ]
    without = rows(outreach("plan", "likes.csv", "--resources", "sheet.csv"))
    assert "costs 5,000 RUB" in next(row["reason"] for row in without if row["resource"] == "vk:delta")
    assert outreach("plan", "likes.csv", "--budget", "much").exit_code == 2
    outreach("owners", "add", "Ann", "--place", "t.me/charlie", "--book", "owners.db")
    outreach("owners", "log", "t.me/charlie", "replied", "price", "--sum", "40 EUR", "--book", "owners.db")
    told = outreach("plan", "likes.csv", "--resources", "sheet.csv", "--book", "owners.db", "--budget", "45 EUR")
    assert {row["resource"]: float(row["cost"]) for row in rows(told)} == {"telegram:charlie": 40, "vk:foxtrot": 0}


@pytest.mark.usefixtures("lists")
def test_closed_places_are_left_out(outreach, tmp_path):
    """Ledger, address book and sheet speak against places, and each is named with its reason."""
    open_ledger(tmp_path / "outreach.db").put([
        post("telegram:alpha", 1, "declined"),
        post("telegram:bravo", 1, "removed"), post("telegram:bravo", 2, "removed"),
        post("vk:delta", 1, published_at="2026-01-01"), post("vk:echo", 1, published_at="2200-01-01"),
        post("vk:golf", 1, "removed", must_stay_until="2026-05-02", removed_at="2026-05-03"),
        post("vk:golf", 2, "removed", must_stay_until="2026-05-02", removed_at="2026-05-03"),
    ])  # fmt: skip
    open_book(tmp_path / "owners.db").add(Person(name="Ann", places=("telegram:charlie",), do_not_contact=True))
    (tmp_path / "sheet.csv").write_text("place,address,accepts_posts\nfoxtrot,vk.com/foxtrot,no\n", encoding="utf-8")
    found = outreach(
        "plan", "likes.csv", "--db", "outreach.db", "--book", "owners.db", "--resources", "sheet.csv",
        "--cool-down", "30d",
    )  # fmt: skip
    assert keys(found) == ["delta", "golf"]
    for line in (
        "Asked not to be contacted: charlie.",
        "Declined: alpha.",
        "Removed posts twice: bravo.",
        "Takes no posts: foxtrot.",
        "Had a post lately: echo.",
    ):
        assert f"Left out. {line}" in found.stderr


RESULTS = {"telegram:alpha": (100, 12), "telegram:bravo": (80, 8), "vk:delta": (120, 1), "telegram:unknown": (90, 30)}


@pytest.fixture
def results(lists, outreach, tmp_path):  # noqa: ARG001 - the lists have to be there
    """A ledger with posts, and what they brought."""
    posts = [post(key, number) for number, key in enumerate(RESULTS, start=1)]
    open_ledger(tmp_path / "outreach.db").put([*posts, post("vk:foxtrot", 9, "drafted")])
    table = "".join(
        f"{one.resource},{one.final_url},2026-05-01,{RESULTS[one.resource][0]},{RESULTS[one.resource][1]}\n"
        for one in posts
    )
    (tmp_path / "results.csv").write_text("key,link,date,visits,conversions\n" + table, encoding="utf-8")
    imported = outreach("track", "results.csv", "--db", "outreach.db")
    assert imported.exit_code == 0, imported.stderr


@pytest.mark.usefixtures("results")
def test_what_was_measured_decides(outreach):
    """Places come by what a post is expected to bring, with its range, and the reason in words."""
    found = outreach("plan", "likes.csv", "--db", "outreach.db", "--resources", "sheet.csv", "--posts", "8")
    made = {row["resource"]: row for row in rows(found)}
    expected = [float(row["expected"]) for row in made.values()]
    assert expected == sorted(expected, reverse=True)
    assert next(iter(made)) == "telegram:unknown"  # what nobody follows and pays is repeated
    assert made["telegram:unknown"]["reason"].startswith("Telegram pays for you: 18.5 % against 0.8 %; none of")
    assert (
        made["telegram:charlie"]["reason"]
        == "Telegram pays for you: 18.5 % against 0.8 %; followed by 4 of 6; not tried"
    )
    assert "; 12 conversions from 100 visits in 1 post; " in made["telegram:alpha"]["reason"]
    assert re.search(r"; about \d+ EUR each$", made["telegram:alpha"]["reason"])
    assert "a post is under way" in made["vk:foxtrot"]["reason"]
    assert all(float(row["expected_low"]) <= float(row["expected_high"]) for row in made.values())
    assert sum(float(row["best_five"]) for row in made.values()) == pytest.approx(5, abs=0.5)
    assert re.search(r"Eight posts bring about \d+ conversions \(\d+-\d+\)\. ", found.stderr)
    cheap = outreach(
        "plan", "likes.csv", "--db", "outreach.db", "--resources", "sheet.csv", "--posts", "2", "--budget", "120 EUR"
    )
    assert keys(cheap) == ["foxtrot", "bravo"]


def test_why_there_are_no_more_posts(outreach, lists, tmp_path):  # noqa: ARG001
    """Another currency, the budget, unknown prices or no other place: with the way out."""

    def last(*options):
        made = outreach("plan", "likes.csv", "--resources", "sheet.csv", *options)
        return " ".join(line for line in made.stderr.splitlines() if "planned" in line or "No place is left" in line)

    assert "2 of 5 posts are planned: the budget allows no more" in last("--budget", "120 EUR")
    dollars = last("--budget", "100 USD", "--not", "vk.com/foxtrot")
    assert "No place is left to plan a post for: prices are in EUR, RUB, which the budget is not" in dollars
    assert "give --budget in EUR" in dollars
    assert "7 of 9 posts are planned: no other place is left" in last("--posts", "9")
    (tmp_path / "sheet.csv").write_text("place,address,price\nalpha,t.me/alpha,100\n", encoding="utf-8")
    (tmp_path / "outreach.toml").write_text('currency = "EUR"\n', encoding="utf-8")
    assert "prices are in EUR" in last("--budget", "200 USD")
    assert "no price is known of 6 places" in last("--budget", "200 EUR")


def test_nothing_is_left(outreach, lists, tmp_path):  # noqa: ARG001
    """No place at all is no error, and the frame is empty."""
    found = outreach("plan", "likes.csv", "--min-subscribers", "10000")
    assert rows(found) == []
    assert "No place is left to plan a post for" in found.stderr
    follows = pd.DataFrame({"customer": ["a"], "resource": ["t.me/alpha"], "subscribers": [10]})
    assert library.coverage(follows).empty
    assert list(library.coverage(follows)) == COLUMNS[:9]


def test_rank_names_the_plan_with_its_own_filters(outreach, tmp_path):
    """Whatever says which places count is an option of both."""
    assert {*WHAT_IS_MEANT} <= {option for one in main.get_command(None, "plan").params for option in one.opts}
    (tmp_path / "likes.csv").write_text((SAMPLE / "likes.csv").read_text(encoding="utf-8"), encoding="utf-8")
    line = next(line for line in outreach(
        "rank", "likes.csv", "--by", "share", "--platform", "telegram", "--min-overlap", "2", "--top", "9"
    ).stderr.splitlines() if line.startswith("Next, "))  # fmt: skip
    assert line.endswith(": outreach plan likes.csv --min-overlap 2 --platform telegram")
