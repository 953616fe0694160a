"""Tables for people and programs: the terminal, CSV, TSV, JSON, Markdown, Excel.

What a person outside wrote (a name, an address) can change neither the terminal nor a spreadsheet nor a page.
"""

from outreach.reporting.files import send, write
from outreach.reporting.formats import FORMATS, format_of, is_of_another_kind
from outreach.reporting.terminal import ranking_lines, show_ranking
from outreach.reporting.words import percent_range, plain, safe_address, thousands

__all__ = [
    "FORMATS",
    "format_of",
    "is_of_another_kind",
    "percent_range",
    "plain",
    "ranking_lines",
    "safe_address",
    "send",
    "show_ranking",
    "thousands",
    "write",
]
