"""What is in a picture: its texts with the room that they take, and its shapes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from outreach.figures.drawing import Box, text_width
from outreach.figures.style import SIZE, SMALL, TITLE

NAMESPACE = "{http://www.w3.org/2000/svg}"
KEYS = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "d")


@dataclass(frozen=True)
class Label:
    """A text that is seen, with the rectangle that it takes."""

    text: str
    box: Box
    kind: str = ""


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
            found.append(Label(shown, Box(left, y - 0.75 * size, left + wide, y + 0.2 * size), kinds))
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


def crossing(box, start, end):
    """Return whether a straight line goes through a rectangle."""
    enters, leaves = 0.0, 1.0
    for low, high, at, to in ((box.left, box.right, start[0], end[0]), (box.top, box.bottom, start[1], end[1])):
        if abs(to - at) < 1e-9:
            if not low < at < high:
                return False
            continue
        one, other = sorted(((low - at) / (to - at), (high - at) / (to - at)))
        enters, leaves = max(enters, one), min(leaves, other)
    return enters < leaves


def shapes(figure):
    """Yield the class, and rectangle or ends, of all dots, bars and lines that mean something."""
    root = tree(figure)
    parents = {child: parent for parent in root.iter() for child in parent}
    for one in root.iter():
        kind, (dx, dy) = one.get("class", ""), moved(one, parents)
        name = one.tag.removeprefix(NAMESPACE)
        value = {key: float(one.get(key)) for key in KEYS if re.fullmatch(r"-?[\d.]+", one.get(key, ""))}
        if name == "circle":
            x, y, r = value["cx"] + dx, value["cy"] + dy, value["r"]
            yield kind, Box(x - r, y - r, x + r, y + r), None
        elif name == "rect" and "ground" not in kind:
            x, y = value["x"] + dx, value["y"] + dy
            yield kind, Box(x, y, x + value["width"], y + value["height"]), None
        elif name == "line" and kind not in {"faint", "tie"}:  # a grid; and ties, above which names have a halo
            yield kind, None, ((value["x1"] + dx, value["y1"] + dy), (value["x2"] + dx, value["y2"] + dy))
        elif name == "path" and kind == "course":
            points = [tuple(map(float, point.split())) for point in one.get("d")[1:].split("L")]
            for (x1, y1), (x2, y2) in pairwise(points):
                yield kind, None, ((x1 + dx, y1 + dy), (x2 + dx, y2 + dy))


def covered(figure, slack=0.5):
    """Return texts with the class of the dot, bar or line that lies over them."""
    every = list(shapes(figure))
    found = []
    for label in labels(figure):
        if "ground" in label.kind:  # a number in its dot
            continue
        box = Box(label.box.left + slack, label.box.top + slack, label.box.right - slack, label.box.bottom - slack)
        found += [
            (label.text, kind) for kind, other, ends in every if (box.meets(other) if other else crossing(box, *ends))
        ]
    return found


def described(figure):
    """Return name, class, numbers and text of every element, a line each: what a picture is compared by."""
    lines = []
    for one in tree(figure).iter():
        name = one.tag.removeprefix(NAMESPACE)
        if name == "style":
            continue
        values = " ".join(f"{key}={one.get(key)}" for key in KEYS if one.get(key))
        text = "".join([one.text or "", *(child.tail or "" for child in one)]).strip()
        lines.append("\t".join((name, one.get("class", ""), values, text)).rstrip("\t"))
    return lines


def differing(lines, others, most=1.5):
    """Return the first lines of two pictures that differ in words, or in a number by more than some pixels."""
    for one, other in zip_longest(lines, others, fillvalue=""):
        parts = [line.split("\t") for line in (one, other)]
        values = [re.findall(r"-?\d+\.?\d*", part[2]) if len(part) > 2 else [] for part in parts]
        words = [[*part[:2], re.sub(r"-?\d+\.?\d*", "", "".join(part[2:3])), *part[3:]] for part in parts]
        if words[0] != words[1] or len(values[0]) != len(values[1]):
            return one, other
        if any(abs(float(a) - float(b)) > most for a, b in zip(*values, strict=True)):
            return one, other
    return None
