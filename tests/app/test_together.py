"""Several windows at once lose nothing, and pages keep to what the guard allows."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outreach.app.render import FOLDER
from outreach.sheet.facts import read_sheet


def test_windows_at_once_lose_nothing(app, window):
    """Places that are taken, lists that are pasted and files of one name, all at the same time."""
    campaign = app.sample()
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    with desk.lock:
        keys = [row["resource"] for row in desk.ranked().ranking.table.head(8)]

    def work(number):
        window.post(f"{campaign}/ranking/take", {"take": keys[number]})
        window.post(f"{campaign}/lists/text", {"text": f"C{number}\nhttps://t.me/zelvorika{number}"})
        window.send(f"{campaign}/lists/files", ("one.csv", f"customer,resource\nD{number},t.me/plumbariq".encode()))
        return window.get(f"{campaign}/lists").status

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [200] * 8
    assert {fact.key for fact in read_sheet(desk.folder / "sheet.xlsx").facts} == set(keys)
    lists = sorted(path.name for path in (desk.folder / "lists").iterdir())
    assert lists == sorted(["likes.csv", "one.csv", *(f"pasted {number}.txt" for number in range(1, 9))])
    files = [desk.folder / "lists" / "one.csv", *(desk.folder / "replaced").iterdir()]
    assert {path.read_text() for path in files} == {
        f"customer,resource\nD{number},t.me/plumbariq" for number in range(8)
    }


TEMPLATES = sorted((FOLDER / "templates").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_keep_to_the_policy(path):
    """No style and no script stands in a page; pictures and the manual alone are not escaped; forms need no script."""
    text = Path(path).read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]* src=)", text) == []
    drawn = {"row.bar|safe", "picture|safe", "drawn|safe", "figure.beside|safe"}
    assert set(re.findall(r"[\w.]+\|safe\b", text)) <= {*drawn, "chapter.html|safe"}
    for form in re.findall(r"<form[^>]*>", text):
        assert "method=" in form
        assert "action=" in form
        if "hx-post" in form:
            assert re.search(r'action="([^"]+)"', form)[1] == re.search(r'hx-post="([^"]+)"', form)[1]
