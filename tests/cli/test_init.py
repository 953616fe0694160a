"""The folder of a campaign is laid out; what is there is named, and never moved."""

import shutil
from pathlib import Path

import pytest

from outreach.campaign.settings import read_campaign

SAMPLE = Path(__file__).parents[2] / "sample_data"


def settings(folder):
    return read_campaign(folder / "outreach.toml").settings


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_folder(outreach, tmp_path):
    """Lists, results and drafts have a place."""
    made = outreach("init", "clinic", "--no-input", "--lang", "ru")
    assert made.exit_code == 0
    assert made.stderr.splitlines()[-2:] == ["Next: cd clinic", "Next: outreach collect -o lists/follows.xlsx"]
    assert sorted(path.name for path in (tmp_path / "clinic").iterdir()) == [
        "drafts",
        "lists",
        "outreach.toml",
        "results",
    ]
    found = settings(tmp_path / "clinic")
    assert (found.lists, found.results, found.min_subscribers, found.my_language) == (
        ("lists",),
        ("results",),
        5000,
        "ru",
    )
    assert "Для какой компании или продукта кампания" in (tmp_path / "clinic" / "outreach.toml").read_text(
        encoding="utf-8"
    )


def test_what_is_there_is_named_and_left(outreach, tmp_path):
    """Each file as what it is."""
    for name in ("likes.csv", "brief.toml", "README.md"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    shutil.copy(SAMPLE / "results" / "orders.csv", tmp_path / "orders.csv")
    shutil.copytree(SAMPLE / "exports", tmp_path / "from customers")
    before = files(tmp_path)
    made = outreach("init", "--no-input")
    assert made.exit_code == 0
    assert "  likes.csv: customers' lists (12 customers, 240 likes)" in made.stderr
    assert "  brief.toml: the brief of an article" in made.stderr
    assert "  orders.csv: results" in made.stderr
    assert "  from customers: customers' lists (" in made.stderr
    assert "  README.md: not known" in made.stderr
    assert made.stderr.splitlines()[-1] == "Next: outreach check"
    found = settings(tmp_path)
    assert found.lists == ("from customers", "likes.csv", "lists")
    assert (found.results, found.brief) == (("orders.csv", "results"), "brief.toml")
    assert {name: content for name, content in files(tmp_path).items() if name != Path("outreach.toml")} == before
    assert outreach("rank").exit_code == 0
    assert "customers" in outreach().stdout


def test_no_customer_is_named(outreach, tmp_path):
    """Names of tabs and columns stay on the sheets; what is said may be shown to anybody."""
    shutil.copy(SAMPLE / "matrix.xlsx", tmp_path / "matrix.xlsx")
    (tmp_path / "wide.csv").write_text("Zebediah,Yolanda\nt.me/a_place,t.me/b_place\n", encoding="utf-8")
    made = outreach("init", "--no-input")
    assert "Zebediah" not in made.stderr
    assert "Zebediah" not in (tmp_path / "outreach.toml").read_text(encoding="utf-8")


def test_seven_questions(outreach, tmp_path, monkeypatch):
    """Each is asked until its answer can be used; an empty one leaves things as they are."""
    monkeypatch.setattr("outreach.cli.brief.can_ask", lambda: True)
    answers = ["Clinic", "t.me/clinic, vk.com/clinic", "Latvia??", "LV", "ru", "posts", "EUR", "health", ""]
    made = outreach("init", "clinic", stdin="\n".join([*answers, ""]).encode())
    assert made.exit_code == 0, made.stderr
    found = settings(tmp_path / "clinic")
    assert (found.client, found.own, found.market) == ("Clinic", ("t.me/clinic", "vk.com/clinic"), "LV")
    assert (found.language, found.currency, found.field, found.lists) == ("ru", "EUR", "health", ("lists",))
    assert "this is not a currency" in made.stderr
    assert "7/7" in made.stderr


@pytest.mark.parametrize("name", ["outreach.toml", "clinic"])
def test_nothing_is_replaced(outreach, tmp_path, name):
    """Neither a file of that name, nor one where the folder should be."""
    (tmp_path / name).write_text('client = "Mine"\n', encoding="utf-8")
    refused = outreach("init", "." if name == "outreach.toml" else "clinic", "--no-input")
    assert refused.exit_code in {1, 3}
    assert (tmp_path / name).read_text(encoding="utf-8") == 'client = "Mine"\n'


def test_nobody_to_answer(outreach, tmp_path):
    """The way out is named, and nothing is written."""
    refused = outreach("init", "clinic")
    assert refused.exit_code == 2
    assert "outreach init clinic --no-input" in refused.stderr
    assert not (tmp_path / "clinic").exists()
