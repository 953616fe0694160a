"""What is in a picture: its texts with the room that they take, and its shapes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from outreach.figures.drawing import Box, text_width
from outreach.figures.style import SIZE, SMALL, TITLE

NAMESPACE = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Label:
    """A text that is seen, with the rectangle that it takes."""

    text: str
    box: Box


def tree(figure):
    """Return the picture's elements, as any reader of XML gives them."""
    return ET.fromstring(figure.svg)  # noqa: S314 - made by us


def moved(element, parents):
    """Return how far an element is moved by the groups around it."""
    x = y = 0.0
    while element is not None:
        if found := re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform", "")):
            x, y = x + float(found[1]), y + float(found[2])
        element = parents.get(element)
    return x, y


def labels(figure):
    """Return all texts that are seen."""
    root = tree(figure)
    parents = {child: parent for parent in root.iter() for child in parent}
    found = []
    for one in root.iter(f"{NAMESPACE}text"):
        shown = "".join([one.text or "", *(child.tail or "" for child in one)]).strip("\u2068\u2069")
        kinds = one.get("class", "")
        size = TITLE if "title" in kinds else SMALL if "small" in kinds else SIZE
        wide = text_width(shown, size, bold="bold" in kinds or "title" in kinds)
        dx, dy = moved(one, parents)
        x, y = float(one.get("x")) + dx, float(one.get("y")) + dy
        left = x - {"end": wide, "middle": wide / 2}.get(one.get("text-anchor"), 0)
        if shown.strip():
            found.append(Label(shown, Box(left, y - 0.75 * size, left + wide, y + 0.2 * size)))
    return found


def overlapping(figure, slack=0.5):
    """Return pairs of texts that lie over one another."""
    every = labels(figure)
    smaller = [
        Label(one.text, Box(one.box.left + slack, one.box.top + slack, one.box.right - slack, one.box.bottom - slack))
        for one in every
    ]
    return [
        (one.text, other.text)
        for place, one in enumerate(smaller)
        for other in smaller[place + 1 :]
        if one.box.meets(other.box)
    ]


def numbers(figure):
    """Return name, texts and rounded numbers of every element: what a picture is compared by."""
    described = []
    for one in tree(figure).iter():
        name = one.tag.removeprefix(NAMESPACE)
        if name == "style":
            continue
        values = {
            key: [round(float(part)) for part in re.findall(r"-?\d+\.?\d*", value)]
            for key, value in sorted(one.attrib.items())
            if key in {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d"}
        }
        told = " ".join(f"{key}={','.join(map(str, found))}" for key, found in values.items())
        text = "".join([one.text or "", *(child.tail or "" for child in one)]).strip()
        described.append(" ".join(filter(None, [name, one.get("class", ""), told, text])))
    return described
