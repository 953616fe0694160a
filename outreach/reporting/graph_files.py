"""The map as a graph for other programs: GEXF for Gephi, GraphML for most others."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import clean

if TYPE_CHECKING:
    from outreach.ranking.shared import SharedMap

__all__ = ["GRAPHS", "graph_file"]

GRAPHS: Final = ("gexf", "graphml")
"""Formats of graphs, by the endings of their files."""


def graph_file(shared: SharedMap, form: str) -> bytes:
    """Return a map as a file of a graph.

    Places without ties are there too. Of each place: name (``label``), platform, overlap (customers), subscribers,
    community (its number) and community_name; of each tie: weight (shared customers), expected (by chance), p (chance
    of as many or more) and proven. What is unknown is left out. No customer is named.

    Args:
        shared: The map.
        form: ``gexf`` or ``graphml``.

    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    keys = _keys(shared)
    for key, place in zip(keys, shared.places, strict=True):
        known: dict[str, Any] = {
            "label": clean(place.name or place.resource), "key": key, "platform": place.platform,
            "overlap": place.overlap, "subscribers": place.subscribers, "community": place.community,
            "community_name": clean(shared.communities[place.community - 1].name) if place.community else None,
        }  # fmt: skip
        graph.add_node(key, **{name: value for name, value in known.items() if value is not None})
    for tie in shared.ties:
        graph.add_edge(
            keys[tie.first], keys[tie.second], weight=float(tie.shared), expected=round(tie.expected, 6), p=tie.p,
            proven=tie.proven,
        )  # fmt: skip
    written = BytesIO()
    if form == "gexf":
        nx.write_gexf(graph, written)
        # networkx writes today's date: the same map would be another file tomorrow.
        return re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue())
    nx.write_graphml(graph, written)
    return written.getvalue()


def _keys(shared: SharedMap) -> list[str]:
    """Return the key of each place as XML can hold it; two that differ only by what it cannot stay two."""
    found: dict[str, int] = {}
    for at, place in enumerate(shared.places):
        key = clean(place.resource)
        while key in found:
            key = f"{key} #{at}"
        found[key] = at
    return list(found)
