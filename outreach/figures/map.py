"""The map: places tied by shared customers, their communities, and what may be chance."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from outreach.figures.drawing import Box, clean, element, text, text_width
from outreach.figures.figure import Figure
from outreach.figures.layout import MANY, labels_of, positions, widest_label
from outreach.figures.style import COMMUNITIES, SMALL
from outreach.figures.values import named, numeral, sentence, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.ranking.shared import MapPlace, SharedMap, Tie

__all__ = ["draw_map", "map_script"]

WIDTH: Final = 960.0
SMALLEST: Final = 8.0
LARGEST: Final = 18.0
LARGEST_OF_MANY: Final = 14.0
"""Radii of dots: the area grows with the customers, and the number of the community has room in each."""
LEGEND: Final = 20.0
MOST_LISTED: Final = 12
"""Communities in the legend."""
FEW_LISTED: Final = 4
LEAST_COLUMN: Final = 300.0
"""More communities than that stand in two columns, each so wide."""
MOST_READ: Final = 5
"""Neighbours that are read out, those with the most shared customers."""


def map_script() -> str:
    """Return the script by which a map answers to pointer and keys; nobody needs it to see the map."""
    return files(__package__).joinpath("map.js").read_text("utf-8")


def draw_map(shared: SharedMap, *, language: str = "en", width: float = WIDTH) -> Figure:
    """Return the map of places.

    A dot is a place, its area the customers who follow it, its number and colour its community. A line is a tie; a
    dashed one is a hint only. Names stand where there is room, the most followed places first.

    Args:
        shared: From :func:`outreach.ranking.shared.shared_map`.
        language: Of the texts, one of five.
        width: In pixels.

    """
    tied = [at for at, one in enumerate(shared.places) if one.community]
    most = max((shared.places[at].overlap for at in tied), default=1)
    largest = LARGEST if len(tied) <= MANY else LARGEST_OF_MANY
    radii = {at: max(SMALLEST, largest * (shared.places[at].overlap / most) ** 0.5) for at in tied}
    names = {at: _named(shared.places[at]) for at in tied}
    room = widest_label(len(tied))
    wide = {at: min(text_width(name, SMALL), room) for at, name in names.items()}
    weights = [(one.first, one.second, round(max(one.shared - one.expected, 0.1), 3)) for one in shared.ties]
    spots, high = positions(radii, weights, width, wide)
    top = LEGEND
    spots = {at: (x, y + top) for at, (x, y) in spots.items()}
    order = sorted(tied, key=lambda at: (-shared.places[at].overlap, at))
    ends = [(one.first, one.second) for one in shared.ties]
    labels = labels_of(names, spots, radii, order, Box(0, 0, width, high + 2 * top), ends)
    near: Mapping[int, list[Tie]] = defaultdict(list)
    for one in shared.ties:
        near[one.first].append(one)
        near[one.second].append(one)
    heaviest = max((weight for *_, weight in weights), default=1.0)
    parts = [_tie(one, spots, weight / heaviest) for one, (*_, weight) in zip(shared.ties, weights, strict=True)]
    parts += [_dot(at, shared.places[at], spots[at], radii[at], near[at], names, language) for at in tied]
    parts += [
        element("g", text(label.x, label.y, label.text, "small halo", anchor=label.anchor, size=SMALL),
                class_="label", data_of=at, aria_hidden="true")
        for at, label in labels.items()
    ]  # fmt: skip
    body = element("g", "".join(parts)) if parts else ""
    below, height = _legend(shared, high + 2 * top if tied else 0.0, width, language)
    return Figure(
        body + below, word("figure-map", language), _described(shared, language), width, height, language,
        map_script() if tied else "", _table(shared, language),
    )  # fmt: skip


def _named(place: MapPlace) -> str:
    return named({"name": place.name, "resource": place.resource})


def _tie(one: Tie, spots: Mapping[int, tuple[float, float]], share: float) -> str:
    (x1, y1), (x2, y2) = spots[one.first], spots[one.second]
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, class_="tie", stroke_width=round(1 + 2.5 * share, 1),
        stroke_dasharray=None if one.proven else "3 4", data_ends=f"{one.first} {one.second}",
    )  # fmt: skip


def _dot(  # noqa: PLR0917 - what a dot shows
    at: int,
    place: MapPlace,
    spot: tuple[float, float],
    radius: float,
    ties: Sequence[Tie],
    names: Mapping[int, str],
    language: str,
) -> str:
    others = {one.second if one.first == at else one.first: one.shared for one in ties}
    shares = tuple(
        word("figure-map-shares", language, place=names[other], count=count)
        for other, count in sorted(others.items(), key=lambda item: (-item[1], item[0]))[:MOST_READ]
    )
    said = sentence(
        "figure-map-place", language, place=names[at], count=place.overlap, of=place.listed,
        community=place.community or 0, shares=shares,
    )  # fmt: skip
    x, y = spot
    inner = element("title", escape(clean(said))) + element(
        "circle", cx=x, cy=y, r=radius, class_=_colour(place.community or 1)
    )
    inner += text(x, y + 4, place.community, "ground small", anchor="middle", size=SMALL)
    return element(
        "g", inner, class_="place", tabindex=0, role="button", aria_label=clean(said), data_place=clean(place.resource),
        data_at=at, data_near=" ".join(map(str, sorted(others))),
    )  # fmt: skip


def _colour(community: int) -> str:
    return f"c{(community - 1) % COMMUNITIES + 1}"


def _legend(shared: SharedMap, top: float, width: float, language: str) -> tuple[str, float]:
    """Return what numbers, lines and sizes mean, and where that ends."""
    listed = shared.communities[:MOST_LISTED]
    columns = 2 if len(listed) > FEW_LISTED and width >= 2 * LEAST_COLUMN else 1
    wide, rows = width / columns, -(-len(listed) // columns)
    counts = [word("figure-map-count", language, count=len(one.places)) for one in listed]
    room = wide - 24 - 10 - LEGEND - max((text_width(count, SMALL) for count in counts), default=0.0)
    longest = max((text_width(clean(one.name), SMALL, bold=True) for one in listed), default=0.0)
    parts = []
    for place, (one, count) in enumerate(zip(listed, counts, strict=True)):
        x, y = wide * (place // rows), top + LEGEND * (place % rows + 1)
        parts.append(element("circle", cx=x + SMALLEST, cy=y - 4, r=SMALLEST, class_=_colour(one.number)))
        parts.append(text(x + SMALLEST, y, one.number, "ground small", anchor="middle", size=SMALL))
        parts.append(text(x + 24, y, one.name, "small bold", width=room, size=SMALL))
        parts.append(text(x + 34 + min(longest, room), y, count, "small muted", size=SMALL))
    y = top + LEGEND * rows
    rest = len(shared.communities) - MOST_LISTED
    notes = [
        word("figure-map-more", language, count=rest) if rest > 0 else "",
        sentence("figure-map-lines", language) if shared.ties else "",
        _chance(shared, language) if shared.all_ties else "",
        sentence("figure-map-isolated", language, count=shared.isolated) if shared.isolated else "",
        sentence("figure-map-left-out", language, count=shared.left_out) if shared.left_out else "",
    ]
    for note in filter(None, notes):
        y += LEGEND
        parts.append(text(0, y, note, "small muted", width=width, size=SMALL))
    return "".join(parts), y + 8


def _chance(shared: SharedMap, language: str) -> str:
    return sentence(
        "figure-map-chance", language, ties=shared.all_ties, chance=numeral(shared.by_chance, language),
        proven=shared.proven,
    )  # fmt: skip


def _described(shared: SharedMap, language: str) -> str:
    """Return the map in sentences."""
    if not shared.communities:
        return sentence("figure-map-nothing", language, count=len(shared.places))
    said = [
        sentence("figure-map-described", language, places=len(shared.places) - shared.isolated,
                 communities=len(shared.communities))
    ]  # fmt: skip
    said += [
        sentence("figure-map-community", language, number=one.number, name=clean(one.name), count=len(one.places))
        for one in shared.communities[:3]
    ]
    return " ".join([*said, _chance(shared, language)])


def _table(shared: SharedMap, language: str) -> str:
    """Return the same as a table, for whoever cannot or would not look at it."""
    if not shared.communities:
        return ""
    heads = [word(f"figure-{name}", language) for name in ("map-place-head", "customers", "map-community-head")]
    rows = [(one, shared.places[at]) for one in shared.communities for at in one.places]
    cells = "".join(
        f'<tr><th scope="row"><bdi>{escape(_named(place))}</bdi></th>'
        f"<td>{escape(word('figure-of', language, count=place.overlap, of=place.listed))}</td>"
        f"<td>{one.number}. <bdi>{escape(clean(one.name))}</bdi></td></tr>"
        for one, place in rows
    )
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"
    return f'<div class="picture" role="region" tabindex="0" aria-label="{escape(heads[0])}">{table}</div>'
