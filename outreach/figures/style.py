"""The look of all pictures: type, and colours for light, dark and paper.

A picture on a page has classes only, and the page carries :data:`STYLE`; one in a file of its own carries it itself.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMUNITIES", "DARK", "FONTS", "LIGHT", "SIZE", "SMALL", "STYLE", "TITLE", "literal"]

FONTS: Final = '"Segoe UI", "Noto Sans", "Noto Sans Armenian", "DejaVu Sans", Arial, sans-serif'
"""Named families: a generic name alone shows Armenian with serifs on some machines."""

SIZE: Final = 13.0
SMALL: Final = 11.0
TITLE: Final = 16.0

LIGHT: Final[Mapping[str, str]] = MappingProxyType({
    "ink": "#1d2426", "muted": "#566063", "line": "#c9cfcf", "strong": "#0b5c66", "soft": "#b9d8da",
    "paper": "#ffffff", "wrong": "#9c1c1c", "other": "#b5480c", "edge": "#4f989e", "tie": "#869192",
    "c1": "#0b5c66", "c2": "#b5480c", "c3": "#5b3a9b", "c4": "#8a6400", "c5": "#1f67a8", "c6": "#a02058",
    "c7": "#3b7020", "c8": "#6b5a4b",
})  # fmt: skip
"""Name of a colour to its value on paper and on light screens."""

DARK: Final[Mapping[str, str]] = MappingProxyType({
    "ink": "#e8eceb", "muted": "#a8b3b3", "line": "#3f4b4c", "strong": "#7fd0d6", "soft": "#2f5a5e",
    "paper": "#1c2324", "wrong": "#ff9b92", "other": "#ffb27d", "edge": "#4a8a90", "tie": "#768687",
    "c1": "#7fd0d6", "c2": "#ffb27d", "c3": "#c3b0f2", "c4": "#e2c15c", "c5": "#8fc3f0", "c6": "#f2a3c2",
    "c7": "#a6d68a", "c8": "#cfc2b4",
})  # fmt: skip
"""The same names on dark screens."""

COMMUNITIES: Final = 8
"""How many colours of communities there are; further ones share them, and their labels tell them apart."""

_RULES: Final = f"""\
.figure text{{font-family:{FONTS};font-size:{SIZE:g}px;fill:var(--f-ink)}}
.figure .small{{font-size:{SMALL:g}px}}
.figure .title{{font-size:{TITLE:g}px;font-weight:600}}
.figure .bold{{font-weight:600}}
.figure .muted{{fill:var(--f-muted)}}
.figure .strong{{fill:var(--f-strong)}}
.figure .wrong{{fill:var(--f-wrong)}}
.figure .rule{{stroke:var(--f-line);stroke-width:1;fill:none}}
.figure .faint{{stroke:var(--f-line);stroke-width:1;fill:none;stroke-dasharray:1 3}}
.figure .tie{{stroke:var(--f-tie);fill:none}}
.figure .range{{fill:var(--f-soft);stroke:var(--f-edge);stroke-width:1}}
.figure .mark{{fill:var(--f-strong)}}
.figure .open{{fill:var(--f-paper);stroke:var(--f-strong);stroke-width:1.5}}
.figure .course{{fill:none;stroke:var(--f-strong);stroke-width:1.5}}
.figure .second{{fill:var(--f-paper);stroke:var(--f-other);stroke-width:2}}
.figure .second-range{{fill:none;stroke:var(--f-other);stroke-width:1.5}}
.figure .first-range{{fill:none;stroke:var(--f-strong);stroke-width:1.5}}
.figure .bar{{fill:var(--f-strong)}}
.figure .bar.soft{{fill:var(--f-soft);stroke:var(--f-edge);stroke-width:1}}
.figure .halo{{stroke:var(--f-paper);stroke-width:3;stroke-linejoin:round;paint-order:stroke}}
.figure .ground{{fill:var(--f-paper)}}
""" + "".join(f".figure .c{number}{{fill:var(--f-c{number})}}\n" for number in range(1, COMMUNITIES + 1))


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--f-{name}:{value};" for name, value in colours.items())


STYLE: Final = (
    f".figure{{{_variables(LIGHT)}}}\n"
    f"@media (prefers-color-scheme:dark){{.figure{{{_variables(DARK)}}}}}\n"
    f"@media print{{.figure{{{_variables(LIGHT)}}}}}\n"
    f"{_RULES}"
)
"""What a page with pictures carries once."""


def literal(colours: Mapping[str, str] = LIGHT) -> str:
    """Return the rules with their colours written out, for programs that know no variables.

    Example:
        >>> ".figure .mark{fill:#0b5c66}" in literal()
        True

    """
    return re.sub(r"var\(--f-([a-z0-9]+)\)", lambda name: colours[name[1]], _RULES)
