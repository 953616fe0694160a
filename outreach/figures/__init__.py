"""Pictures as SVG, for pages, the report and notebooks: no script, no style of their own, sizes and classes only."""

from outreach.figures.intervals import interval

__all__ = ["interval"]
