"""A share with its likely range as a bar."""

from __future__ import annotations

from html import escape
from typing import Final

__all__ = ["interval"]

WIDTH: Final = 160
HEIGHT: Final = 18


def interval(share: float, low: float, high: float, label: str, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return a bar from 0 to 1 with the likely range of a share and the share itself, as SVG.

    Colours come from the page: class ``axis`` is the whole, ``range`` the likely range, ``share`` the mark; without a
    page all are the colour of the text.

    Args:
        share: 0..1.
        low: Lower end of its likely range.
        high: Upper end.
        label: What is read out instead of the picture.
        width: In pixels.
        height: In pixels.

    Example:
        >>> interval(0.5, 0.25, 0.75, "6 of 12", width=100, height=10)[:88]
        '<svg class="interval" role="img" aria-label="6 of 12" viewBox="0 0 100 10" width="100" h'

    """
    left, right, mark = (round(min(1.0, max(0.0, value)) * width, 1) for value in (low, high, share))
    middle, thick = height / 2, max(4.0, round(height / 3, 1))
    at = min(max(mark - 1.5, 0.0), width - 3.0)
    return (
        f'<svg class="interval" role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">'
        f'<rect class="axis" x="0" y="{middle - 0.5:g}" width="{width}" height="1" fill="currentColor" opacity="0.35"/>'
        f'<rect class="range" x="{left:g}" y="{middle - thick / 2:g}" width="{max(right - left, 1.0):g}" '
        f'height="{thick:g}" rx="{thick / 2:g}" fill="currentColor" opacity="0.45"/>'
        f'<rect class="share" x="{at:g}" y="1" width="3" height="{height - 2}" rx="1.5" fill="currentColor"/></svg>'
    )
