"""The whole page: its headline and its sections, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.reporting.client_page.blocks import Page, Part, Prose
from outreach.reporting.client_page.facts import facts
from outreach.reporting.client_page.lists import coverage, next_posts, places_map, ranking
from outreach.reporting.client_page.method import method
from outreach.reporting.client_page.needs import need
from outreach.reporting.client_page.options import SECTIONS
from outreach.reporting.client_page.results import conclusion, figures, numbers, places, posts
from outreach.reporting.client_page.wording import Wording
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions, Sources

__all__ = ["KIND", "client_page"]

KIND: Final = "report"
"""Folder of the page's templates."""

MADE: Final[Mapping[str, Callable[[Facts, PageOptions, Wording], Part | None]]] = {
    "conclusion": conclusion, "figures": figures, "places": places, "posts": posts, "next": next_posts, "need": need,
    "ranking": ranking, "coverage": coverage, "map": places_map,
    "method": method,
}  # fmt: skip
OUTRO_BEFORE: Final = frozenset({"ranking", "coverage", "map", "method"})
"""What a reader looks things up in; the user's last words stand before it."""
LONGEST_NAME: Final = 120


def client_page(sources: Sources, options: PageOptions) -> Page:
    """Return what a client's page says.

    Sections without data are left out and named in one sentence. Customers' labels never stand in it, and owners' names
    only where they are asked for.

    Args:
        sources: Ledger, lists, sheet of places.
        options: Month, language, sections, own words.

    Raises:
        InputError: Several sources count the same visits, and none was chosen.
        TemplateError: The words of the user's own templates cannot be read.

    Example:
        >>> from outreach.reporting.client_page.options import PageOptions, Sources
        >>> page = client_page(Sources(), PageOptions(today=date(2026, 11, 30), client="Zobi"))
        >>> page.title, page.parts
        ('Zobi: nothing to report yet', ())

    """
    from outreach.teasers.template_folders import TemplateFolders

    words = Wording(TemplateFolders(KIND, options.templates, ()).words[options.language], options.language)
    found = facts(sources, options)
    made = {name: MADE[name](found, options, words) for name in SECTIONS if name in options.sections}
    parts = [part for part in made.values() if part is not None]
    if options.intro.strip():
        parts.insert(0, Part("intro", "", (Prose(options.intro),)))
    if options.outro.strip():
        at = next((at for at, one in enumerate(parts) if one.name in OUTRO_BEFORE), len(parts))
        parts.insert(at, Part("outro", "", (Prose(options.outro),)))
    missing = [words.text(name) for name, part in made.items() if part is None]
    client = plain(options.client)[:LONGEST_NAME]
    return Page(
        language=options.language,
        client=client,
        title=_title(found, options, words, client),
        days=_days(found, options, words),
        parts=tuple(parts),
        left_out=words.text("left_out", sections=", ".join(missing)) if missing else "",
        words=words.words,
        logo=options.logo,
    )


def _title(found: Facts, options: PageOptions, words: Wording, client: str) -> str:
    told = numbers(found, words) or words.text("nothing")
    if options.month is not None:
        month = words.month(options.month.start)
        if client:
            return words.text("month_for", month=month, client=client, numbers=told)
        return words.text("month_only", month=month, numbers=told)
    return words.text("whole_for", client=client or words.text("report"), numbers=told)


def _days(found: Facts, options: PageOptions, words: Wording) -> str:
    made = words.text("made", day=words.day(options.today))
    if options.month is not None:
        first, last = (words.day(day) for day in (options.month.start, options.month.end))
        return f"{words.text('days', first=first, last=last)} · {made}"
    ends = [one.period_end for one in found.report.imports if one.period_end] if found.report else []
    if not ends:
        return made
    return f"{words.text('whole', day=words.day(date.fromisoformat(max(ends)[:10])))} · {made}"
