"""Pictures as SVG, for pages, the report, notebooks and files; nobody needs a script to see them."""

from outreach.figures.comparison import draw_comparison
from outreach.figures.conversion import draw_conversion
from outreach.figures.coverage import draw_coverage
from outreach.figures.figure import FORMS, Figure, policy
from outreach.figures.intervals import interval
from outreach.figures.map import draw_map
from outreach.figures.months import Month, draw_months
from outreach.figures.ranking import draw_ranking
from outreach.figures.style import STYLE
from outreach.figures.timeline import Mark, draw_timeline

__all__ = [
    "FORMS", "STYLE", "Figure", "Mark", "Month", "draw_comparison", "draw_conversion", "draw_coverage", "draw_map",
    "draw_months", "draw_ranking", "draw_timeline", "interval", "policy",
]  # fmt: skip
