"""The map: dots apart, labels beside them, neighbours by keyboard, and the same numbers in the table below."""

from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import outreach
from outreach.errors import OptionError
from outreach.figures import draw_map
from outreach.messages import LANGUAGES
from outreach.ranking.shared import Community, MapPlace, SharedMap, Tie
from outreach.reporting.graph_files import graph_file
from tests.figures.drawn import covered, labels, overlapping, tree

NAMES = (
    "Riga Life", "Рижские мамы", "Ελληνίδες μαμάδες", "Latvijas mārketings", "Հայաստանի շուկայավարներ", "قناة التسويق",
    "<script>alert(1)</script>", "A community with a name of three hundred letters " * 6, 'Quote " & \' and ]]>',
    "\u202eevil\x00\x1b[31m\ufffe", "😀" * 40,
)  # fmt: skip


def made(places, communities, seed=1):
    """Return a map with so many places, tied within their communities, and a few ties between these."""
    random = np.random.default_rng(seed)
    number = [at % communities + 1 for at in range(places)]
    overlap = np.sort(random.integers(2, 90, places))[::-1]
    pairs = {(at - communities, at) for at in range(communities, places)}
    for at in range(places):
        other = int(random.integers(0, places))
        near = number[at] == number[other] or random.random() < 0.05
        if at != other and near:
            pairs.add((min(at, other), max(at, other)))
    ties = tuple(Tie(a, b, 5 + (a + b) % 7, 2.25, 0.001 * (1 + a), (a + b) % 3 > 0) for a, b in sorted(pairs))
    every = tuple(
        MapPlace(f"telegram:place_{at}", f"{NAMES[at % len(NAMES)]} {at}", "telegram", None, int(overlap[at]), 99,
                 None if at % 4 == 0 else 1000 + at, number[at])
        for at in range(places)
    )  # fmt: skip
    groups = tuple(
        Community(one, f"{NAMES[one % len(NAMES)]}", tuple(at for at in range(places) if number[at] == one))
        for one in range(1, communities + 1)
    )
    lonely = MapPlace("vk:alone", "Alone", "vk", None, 1, 99, None)
    return SharedMap((*every, lonely), ties, groups, len(ties), sum(one.proven for one in ties), 3.2, 99, 7)


def circles(figure):
    return [
        (float(dot.get("cx")), float(dot.get("cy")), float(dot.get("r")))
        for group in tree(figure).iter() if group.get("class") == "place"
        for dot in group if dot.tag.endswith("circle")
    ]  # fmt: skip


@pytest.mark.parametrize(("places", "communities"), [(2, 1), (40, 3), (300, 7)])
def test_nothing_lies_over_anything(places, communities):
    figure = draw_map(made(places, communities))
    dots = circles(figure)
    assert len(dots) == places
    for at, (x, y, r) in enumerate(dots):
        assert x - r >= -1
        assert x + r <= figure.width + 1
        assert y + r <= figure.height
        for u, v, s in dots[at + 1 :]:
            assert (x - u) ** 2 + (y - v) ** 2 >= (r + s) ** 2
    assert covered(figure) == []
    names = {one.text for one in labels(figure) if "ground" not in one.kind}
    assert not [pair for pair in overlapping(figure) if set(pair) & names]


def test_of_three_hundred_places_most_have_a_name():
    """And the picture is not higher than one and a half times its width."""
    figure = draw_map(made(300, 9))
    assert figure.body.count('class="label"') >= 180
    assert figure.height <= 1.6 * figure.width


def test_parts_stand_beside_each_other():
    """Ten pairs take the width of the picture."""
    places = tuple(MapPlace(f"vk:club{at}", f"Club {at}", "vk", None, 9, 99, None, at // 2 + 1) for at in range(20))
    ties = tuple(Tie(at, at + 1, 5, 1.0, 0.001) for at in range(0, 20, 2))
    groups = tuple(Community(at + 1, f"Club {at}", (2 * at, 2 * at + 1)) for at in range(10))
    figure = draw_map(SharedMap(places, ties, groups, 10, 10, 0.5, 99, 0))
    dots = circles(figure)
    assert max(y for _, y, _ in dots) < 400
    assert max(x for x, _, _ in dots) > figure.width / 2


def test_three_hundred_places_are_laid_out_in_a_second():
    shared = made(300, 7)
    draw_map(made(5, 1))  # imports
    begin = time.process_time()
    first = draw_map(shared).svg
    assert time.process_time() - begin < 1.5  # one second on a machine that does nothing else
    assert draw_map(shared).svg == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(language):
    figure = draw_map(made(12, 2), language=language)
    tree(figure)
    assert "{" not in figure.description + figure.body
    empty = draw_map(SharedMap((), (), (), 0, 0, 0.0, 0, 0), language=language)
    assert empty.description
    assert not empty.script


def test_a_notebook_shows_it():
    shared = made(8, 2)
    assert outreach.show(shared, language="hy") == draw_map(shared, language="hy")
    with pytest.raises(OptionError, match="no picture"):
        outreach.show(pd.DataFrame({"month": []}))


def test_golden(golden_picture):
    golden_picture(draw_map(made(8, 2)), "map")


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_names_that_xml_forbids(form, tmp_path):
    """Every place stays one, with what XML can hold of its name; both programs read the same back."""
    letters = "".join(map(chr, (*range(32), 0x7F, 0x85, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x2028, 0x202E, 0x1F600)))
    places = tuple(
        MapPlace(f"site:a{one}b", f"x{one}y", "site", None, 3, 9, 5, 1) for one in (*letters, "]]>", "&amp;", letters)
    )
    ties = tuple(Tie(at, at + 1, 3, 1.0, 0.01) for at in range(len(places) - 1))
    shared = SharedMap(places, ties, (Community(1, letters, tuple(range(len(places)))),), len(ties), 9, 0.1, 9, 0)
    path = tmp_path / f"map.{form}"
    path.write_bytes(graph_file(shared, form))
    graph = nx.read_gexf(path) if form == "gexf" else nx.read_graphml(path)
    assert (len(graph), graph.number_of_edges()) == (len(places), len(ties))
    tree(draw_map(shared))
    if form == "graphml":
        read = igraph.Graph.Read_GraphML(str(path))
        assert (read.vcount(), read.ecount()) == (len(places), len(ties))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_graphs_are_read_by_others(form, tmp_path):
    """With types, whatever the names hold, and the same bytes each time."""
    shared = made(len(NAMES), 2)
    content = graph_file(shared, form)
    assert content == graph_file(shared, form)
    path = tmp_path / f"map.{form}"
    path.write_bytes(content)
    root = ET.fromstring(content)  # noqa: S314 - ours
    graph = nx.read_gexf(path) if form == "gexf" else nx.read_graphml(path)
    assert (len(graph), graph.number_of_edges()) == (len(shared.places), len(shared.ties))
    first = graph.nodes["telegram:place_1"]
    assert (first["overlap"], first["subscribers"], first["platform"]) == (shared.places[1].overlap, 1001, "telegram")
    assert "subscribers" not in graph.nodes["telegram:place_0"] or form == "gexf"
    tie = shared.ties[0]
    edge = graph.edges[shared.places[tie.first].resource, shared.places[tie.second].resource]
    assert (edge["weight"], edge["expected"], edge["p"], edge["proven"]) == (tie.shared, 2.25, tie.p, tie.proven)
    if form == "graphml":
        assert root.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
        keys = {one.get("attr.name"): one.get("attr.type") for one in root if one.tag.endswith("key")}
        assert keys["overlap"] == "long"
        assert keys["weight"] == keys["p"] == "double"
        assert keys["proven"] == "boolean"
        read = igraph.Graph.Read_GraphML(str(path))  # igraph reads no GEXF
        assert (read.vcount(), read.ecount()) == (len(shared.places), len(shared.ties))
