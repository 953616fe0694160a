"""``outreach map``: files of every kind, and a clear line where nothing is tied."""

from __future__ import annotations

import csv

import networkx as nx
import pytest
from click.testing import CliRunner

from outreach.cli import main

TIED = [(f"{group} person {n}", f"t.me/{group}_{p}") for group in ("one", "two") for n in range(15) for p in range(5)]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def start(rows, *words):
        with open("likes.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
            csv.writer(file).writerows([("customer", "resource"), *rows])
        return CliRunner().invoke(main, ["map", "likes.csv", *words])

    return start


@pytest.mark.parametrize("form", ["svg", "html", "png", "gexf", "graphml"])
def test_every_form(run, tmp_path, form):
    """The same map, and no customer in any of them."""
    done = run(TIED, "-o", f"map.{form}", "--language", "ru")
    assert done.exit_code == 0, done.stderr
    assert f"10 places in 2 communities written to map.{form}; 0 places tied to none." in done.stderr
    assert "20 ties, of which 20 proven" in done.stderr
    content = (tmp_path / f"map.{form}").read_bytes()
    assert b"person" not in content
    if form == "gexf":
        assert nx.read_gexf(tmp_path / "map.gexf").number_of_nodes() == 10


def test_names_of_communities(run, tmp_path):
    (tmp_path / "names.csv").write_text("resource,community\nt.me/two_4,Sewing <circle>\n", encoding="utf-8")
    assert run(TIED, "-o", "map.html", "--names", "names.csv").exit_code == 0
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Sewing &lt;circle&gt;" in page
    assert "two_0, two_1" not in page
    (tmp_path / "names.csv").write_text("resource,community\nt.me/nobody_here,Sewing\n", encoding="utf-8")
    done = run(TIED, "-o", "map.html", "--names", "names.csv")
    assert (done.exit_code, "no community of the map has this place" in done.stderr) == (3, True)


@pytest.mark.parametrize("count", [1, 3, 10_000])
def test_where_nothing_is_tied(run, tmp_path, count):
    """One place, few places, and more than a map takes."""
    done = run([(f"c{n % 12}", f"t.me/place_{n}x") for n in range(count)], "-o", "map.svg", "--top", "50")
    assert done.exit_code == 0, done.stderr
    assert "share more customers than chance explains, with" in done.stderr
    assert ("9 950 places with fewer customers left out" in done.stderr) == (count == 10_000)
    assert (tmp_path / "map.svg").stat().st_size < 5000


def test_no_place_at_all(run):
    assert run(TIED, "-o", "map.svg", "--min-overlap", "99").exit_code == 0


def test_what_is_refused(run, tmp_path):
    """Before anything is read."""
    assert run(TIED).exit_code == 2
    assert run(TIED, "-o", "map.csv").exit_code == 1
    assert run(TIED, "-o", "likes.csv").exit_code == 1
    assert not (tmp_path / "map.csv").exists()
