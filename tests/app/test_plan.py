"""The plan, what ticks cover, and groups: the pages show what the commands write."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.figures import STYLE
from outreach.figures.map import map_script
from outreach.reporting.planning import Wanted
from outreach.sheet.facts import read_sheet

SURVEY = Path(__file__).parents[2] / "sample_data" / "survey.csv"


@pytest.fixture
def sample(app, monkeypatch):
    """Give the pages of the sample, and go into its folder."""
    path = app.sample()
    monkeypatch.chdir(app.campaigns.desk(path.removeprefix("/c/")).folder)
    return path


def by_command(*words):
    """Return what a command writes to standard output, and the rows of it."""
    done = CliRunner().invoke(main, [*words])
    assert done.exit_code == 0, done.stderr
    return done, list(csv.DictReader(io.StringIO(done.stdout)))


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ({}, []),
        ({"posts": "3", "not": "instagram:storyfribble"}, ["--posts", "3", "--not", "instagram:storyfribble"]),
        ({"posts": "2", "must": "youtube:@quillandbarrowby"}, ["--posts", "2"]),
        ({"budget": "300 EUR"}, ["--budget", "300 EUR"]),
    ],
)
def test_a_plan_is_that_of_the_command(window, sample, query, options):
    """The same places in the same order with the same numbers, and byte by byte the same file."""
    if "must" in query:
        _, rows = by_command("rank", "--format", "csv")
        query["must"] = rows[4]["resource"]
        options = [*options, "--must", rows[4]["resource"]]
    done, rows = by_command("plan", "--format", "csv", *options)
    asked = urlencode(query)
    assert window.get(f"{sample}/plan.csv?{asked}").text == done.stdout
    page = window.get(f"{sample}/plan?{asked}").text
    assert re.findall(r'name="take" value="([^"]+)"', page) == [html.escape(row["resource"]) for row in rows]
    shown = text_of(page)
    for row in rows:
        assert f"{100 * float(row['coverage']):.0f} %" in shown
    said = " ".join(done.stderr.split())
    conclusion = re.findall(r'<p class="conclusion">(.*?)</p>', page)
    assert conclusion
    assert all(html.unescape(one) in said for one in conclusion)


def test_ticks_cover_what_a_plan_of_them_covers(window, sample):
    """On each tick, without a script by a button, and with the reason where a place is hidden."""
    _, ranked = by_command("rank", "--format", "csv")
    for keys in ([ranked[0]["resource"]], [row["resource"] for row in ranked[2:12:3]]):
        must = [word for key in keys for word in ("--must", key)]
        _, rows = by_command("plan", "--format", "csv", "--posts", str(len(keys)), *must)
        share, low, high = (
            round(100 * float(rows[-1][name])) for name in ("coverage", "coverage_low", "coverage_high")
        )
        ticks = urlencode([("take", key) for key in keys])
        sentence = f"about {share} % of customers like yours, likely {low}-{high} %."
        assert sentence in text_of(window.get(f"{sample}/ranking/ticked?{ticks}").text)
        seen = window.post(f"{sample}/ranking/cover", [("query", "sort=name&take=x"), *(("take", key) for key in keys)])
        address = seen.headers["location"].partition("#")[0]
        assert "sort=name" in address
        assert sentence in text_of(window.get(address).text)
    hidden = window.get(f"{sample}/ranking/ticked?f=1&size=90000000&take={ranked[0]['resource']}").text
    assert "hidden by a filter" in hidden


def test_a_plan_is_taken_and_texts_follow(app, window, sample):
    """The ticked places stand in the sheet; prices that are missing lead to their cells; a wrong budget is said."""
    page = window.get(f"{sample}/plan?posts=3").text
    keys = [html.unescape(one) for one in re.findall(r'name="take" value="([^"]+)"', page)]
    answer = window.post(f"{sample}/plan/take", [("take", key) for key in keys[:2]])
    assert (answer.status, answer.headers["location"]) == (303, f"{sample}/texts")
    desk = app.campaigns.desk(sample.removeprefix("/c/"))
    assert {fact.key for fact in read_sheet(desk.folder / "sheet.xlsx").facts} == set(keys[:2])
    page = window.get(f"{sample}/plan?posts=3").text
    cells = re.findall(rf'href="{sample}/(places\?page=\d+)#(c-\d+-price)"', page)
    assert len(cells) == 2
    assert all(f'id="{cell}"' in window.get(f"{sample}/{path}").text for path, cell in cells)
    assert window.get(f"{sample}/plan?budget=much").status == 422
    assert window.post(f"{sample}/plan/take", {}).headers["location"] == f"{sample}/plan"
    assert window.get(f"{sample}/ranking").text.count("<tr") > 70  # the ranking is made anew after a plan
    assert Wanted().posts == 5


def test_groups_are_compared_as_by_the_command(window, sample, tmp_path):
    """A survey that is dropped becomes groups; the page names no customer."""
    answer = window.send(f"{sample}/groups/files", ("survey.csv", SURVEY.read_bytes()))
    page = window.get(answer.headers["location"]).text
    done, _ = by_command("survey", str(SURVEY), "--format", "text", "-o", str(tmp_path / "groups.csv"))
    assert all(line in text_of(page) for line in done.stdout.splitlines()[:2])
    assert Path("groups.csv").read_bytes() == (tmp_path / "groups.csv").read_bytes()
    done, rows = by_command("compare", "--format", "csv", "--top", "20")
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>.*?</tr>", body)]
    assert [one[:2] for one in found] == [
        [f"{row['first']} of {row['first_of']}", f"{row['second']} of {row['second_of']}"] for row in rows
    ]
    said = html.unescape(re.search(r'<p class="conclusion"[^>]*>(.*?)</p>', page)[1])
    assert said.rstrip(".") in " ".join(done.stderr.split())
    _, rows = by_command("rank", "--group", "promoters", "--format", "csv")
    only = window.get(f"{sample}/groups?only=promoters").text
    places = re.findall(r'<li value="(\d+)">.*?: (\d+ of \d+)</li>', only)
    assert places == [(row["rank"], f"{row['overlap']} of {row['listed']}") for row in rows[:20]]
    labels = {row["customer"] for row in csv.DictReader(io.StringIO(Path("groups.csv").read_text("utf-8")))}
    assert len(labels) == 12
    assert [label for label in labels if html.escape(label) in page + only] == []
    assert window.send(f"{sample}/groups/files", ("x.csv", b"nothing\n1\n")).status == 303
    assert "x.csv" in window.get(f"{sample}/groups").text


def test_what_pictures_look_like_is_a_file(window, sample):
    """The policy of the pages allows nothing else."""
    page = window.get(f"{sample}/plan").text
    answer = window.get(re.search(r'href="(/static/figures.css[^"]*)"', page)[1])
    assert answer.text == STYLE
    assert answer.headers["content-type"].startswith("text/css")
    assert "style=" not in page


def test_the_map_is_that_of_the_command(app, window, sample, tmp_path):
    """The same dots, and the same script, as a file of ours; where chance explains all ties, it says so."""
    assert "data-place" in window.get(f"{sample}/ranking/map").text
    assert "data-place" not in window.get(f"{sample}/ranking/map?f=1&least=9&size=0").text
    rows = [
        f"C{customer},t.me/{side}_place_{place},{9000 + place}"
        for customer in range(40)
        for side in ("east", "west")
        for place in range(5)
        if (customer % 2 == 0) == (side == "east") or customer == place
    ]
    desk = app.campaigns.desk(sample.removeprefix("/c/"))
    for file in (desk.folder / "lists").iterdir():
        file.unlink()
    (desk.folder / "lists" / "likes.csv").write_text("\n".join(["customer,resource,subscribers", *rows, ""]), "utf-8")
    page = window.get(f"{sample}/ranking/map").text
    by_command("map", "-o", str(tmp_path / "map.svg"))
    dots = re.compile(r'data-place="([^"]+)"')
    assert dots.findall(page) == dots.findall((tmp_path / "map.svg").read_text("utf-8")) != []
    assert window.get(re.search(r'src="(/static/map.js[^"]*)"', page)[1]).text == map_script()
