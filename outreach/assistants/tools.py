"""The tools: what a campaign's folder says, by the functions that the commands call.

The docstring of a tool is what an assistant reads of it, and so are the notes on its parameters.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from outreach.app.desk import Desk
from outreach.assistants.answers import Quoted, picked, quote, quoted_lines, sentences
from outreach.campaign.values import value_of
from outreach.errors import InputError, OutreachError
from outreach.files.walk import walk
from outreach.words.accepting import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outreach.owners.due import Due

__all__ = ["Allowed", "Tools"]

MOST_ROWS: Final = 100
MOST_POSTS: Final = 20
MOST_TEXT: Final = 5000
MOST_SENTENCE: Final = 600
RANKED: Final = (
    "rank", "resource", "platform", "name", "url", "subscribers", "overlap", "listed", "share", "share_low",
    "share_high", "accepts_posts",
)  # fmt: skip
PLANNED: Final = (
    "order", "resource", "name", "overlap", "newly", "coverage", "coverage_low", "coverage_high", "cost", "expected",
    "expected_low", "expected_high", "reason",
)  # fmt: skip
MEASURED: Final = (
    "resource", "name", "unit", "denominator", "conversions", "conversion_kind", "rate", "rate_low", "rate_high",
    "verdict", "more_needed", "views", "cost", "cost_per_conversion", "revenue", "currency", "flags",
)  # fmt: skip
OF_OTHERS: Final = ("name", "url", "accepts_posts", "reason", "flags", "resource")
"""Columns with texts that somebody else wrote, or that hold some."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the user allowed when the server was started.

    Args:
        write: Whether tools may write into the folder.
        owners: Whether answers may name owners of places and what was noted about them.

    """

    write: bool = False
    owners: bool = False


class Tools:
    """The tools over one campaign's folder.

    Args:
        folder: With its ``outreach.toml``.
        allowed: By the user.

    """

    def __init__(self, folder: Path, allowed: Allowed | None = None) -> None:
        self.allowed: Final = allowed or Allowed()
        self._desk: Final = Desk("", folder)

    def all(self) -> list[Callable[..., Any]]:
        """Return the tools that are allowed; those that write come last."""
        reading: list[Callable[..., Any]] = [
            self.status, self.rank, self.plan, self.drafts, self.today, self.conclusion,
        ]  # fmt: skip
        writing: list[Callable[..., Any]] = [self.write_drafts, self.read_results, self.mark_published]
        return [*reading, *(writing if self.allowed.write else ())]

    def close(self) -> None:
        """Let go of what is held."""
        self._desk.close()

    def explain(self, error: OutreachError) -> str:
        """Return a failure as one text: what is wrong, and what to do. Files of lists, called after customers, go."""
        text: Quoted = quote(self._unnamed("; ".join(filter(None, [str(error.message), error.hint]))), MOST_SENTENCE)
        return text["quoted"]

    def _unnamed(self, text: str) -> str:
        """Return a text without the names of files and folders of lists: customers are called so."""
        try:
            lists = [Path(one) for one in value_of(self._desk.campaign(), "lists")]
        except OutreachError:
            return text
        names: set[str] = set()
        for place in lists:
            for file in walk(place).files if place.is_dir() else [place]:
                inner = {*file.relative_to(place).parts, file.stem} if file != place else {file.name}
                names |= {str(file), self._desk.short(str(file)), *inner}
        return _without(text, names)

    @contextmanager
    def _at_work(self) -> Iterator[Desk]:
        """Hold the folder; one call at a time."""
        with self._desk.lock:
            yield self._desk

    def status(self) -> dict[str, Any]:
        """Where the campaign stands: how many customers, places, posts and results there are, and what comes next."""
        from outreach.reporting.standing import standing

        with self._at_work() as desk:
            campaign = desk.campaign()
            found = standing(campaign)
            return {
                "client": quote(campaign.settings.client),
                "customers": found.customers,
                "likes": found.likes,
                "places": found.places,
                "places_filled_in": found.filled,
                "brief": quote(found.brief) if found.brief else None,
                "posts_by_status": dict(found.statuses),
                "due": dict(found.due),
                "imports": found.imports,
                "results_until": found.results_until or None,
                "could_not_be_read": {
                    step: quote(self._unnamed(why), MOST_SENTENCE) for step, why in found.faults.items()
                },
                "next": [" ".join(("outreach", *step)) for step in found.steps],
            }

    def rank(
        self,
        top: Annotated[int, "How many places to list, 1 to 100."] = 20,
        min_subscribers: Annotated[int | None, "Smallest place; without it what the campaign says."] = None,
        platforms: Annotated[list[str] | None, "Only these platforms, like telegram or facebook."] = None,
    ) -> dict[str, Any]:
        """Rank the places that the sample customers share: "overlap" of "listed" customers follow a place.

        share_low and share_high are the 95 % interval of that share. With few customers the intervals are wide: do not
        call a place better than another whose interval overlaps it.
        """
        with self._at_work() as desk:
            choice = desk.usual_choice(desk.campaign())
            if min_subscribers is not None:
                choice = replace(choice, min_subscribers=min_subscribers)
            if platforms:
                choice = replace(choice, platforms=tuple(platforms))
            ranked = desk.ranked(choice)
            found = ranked.ranking
            return {
                "customers": ranked.likes.customers,
                "places": found.places,
                "followed_by_one_customer": found.followed_once,
                "hidden": {one.by: one.resources for one in found.hidden if one.resources},
                "ranking": [self._ranked(row) for row in found.table.head(_within(top, MOST_ROWS))],
            }

    def _ranked(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of the ranking; what the marketer wrote about posts may name the owner."""
        answer = row["accepts_posts"]
        known = answer if answer in {None, *WORDS} or self.allowed.owners else "see the sheet"
        return picked({**row, "accepts_posts": known}, RANKED, OF_OTHERS)

    def plan(
        self,
        posts: Annotated[int, "How many posts to plan, 1 to 20."] = 5,
        budget: Annotated[str | None, 'What they may cost together, like "300 EUR".'] = None,
    ) -> dict[str, Any]:
        """Plan the next posts: which places together cover most customers, or, once results are in, bring most.

        "expected" is of one more post; four posts of five bring a number between expected_low and expected_high.
        """
        from outreach.app.planning import plan_of
        from outreach.files.money import money
        from outreach.reporting.planning import Wanted

        with self._at_work() as desk:
            limit = money(budget) if budget else None
            if budget and limit is None:
                raise InputError("budget: not a sum of money", hint='write it like "300 EUR"')
            currency = desk.campaign().settings.currency
            made, _, why = plan_of(
                desk, Wanted(posts=_within(posts, MOST_POSTS), budget=limit, currency=currency), None
            )
            return {
                "conclusion": sentences(made.conclusion),
                "currency": made.currency or None,
                "plan": [picked(row, PLANNED, OF_OTHERS) for row in made.table.head()],
                "left_out": sentences(made.left_out),
                "results_do_not_count": quote(why, MOST_SENTENCE) if why else None,
            }

    def drafts(
        self, place: Annotated[str | None, "Key of one place, like telegram:smm_riga; without it all."] = None
    ) -> dict[str, Any]:
        """Show the teaser drafts: the text for each place, its tagged link, and what a check finds in it.

        "tag" names a draft to other tools. "written" says whether it is in the campaign's files and ledger yet.
        """
        from outreach.app.drafting import work_on

        with self._at_work() as desk:
            work = work_on(desk)
            if work is None:
                raise InputError("there is no brief yet", hint="outreach brief new")
            return {
                "drafts": [
                    {
                        "tag": one.tags["utm_content"],
                        "place": quote(one.resource),
                        "name": quote(one.name),
                        "written": work.placement(one) is not None,
                        "link": one.link,
                        "text": quoted_lines(one.text, MOST_TEXT),
                        "first_comment": quoted_lines(one.comment, MOST_TEXT) if one.comment else None,
                        "findings": sentences(work.findings(one) if work.edited(one) else one.warnings),
                    }
                    for one in work.drafts
                    if place is None or one.resource == place
                ],
                "remarks": sentences(work.remarks),
            }

    def today(self) -> dict[str, Any]:
        """Show what is due: overdue first, then today and this week: answers, posts to check, money, next steps."""
        from outreach.app.contacting import due_in
        from outreach.campaign.clock import this_day

        with self._at_work() as desk:
            today = this_day()
            return {"today": today.isoformat(), "due": [self._due(one, one.when(today)) for one in due_in(desk)[0]]}

    def _due(self, one: Due, when: str) -> dict[str, Any]:
        """Return one thing that is due, without the person and the notes unless they are allowed."""
        from outreach.messages import describe

        shown: dict[str, Any] = {
            "day": one.day.isoformat(),
            "when": when,
            "kind": one.kind,
            "place": quote(one.resource) if one.resource else None,
        }
        if self.allowed.owners:
            shown |= {"what": quote(describe(one.what), 400), "who": quote(one.who), "note": quote(one.note, 400)}
        return shown

    def conclusion(self) -> dict[str, Any]:
        """Show what the posts brought: the conclusion in words, and one row for each place, unit and kind.

        The verdict says what can be said: "ahead" and "behind" are proven, "not enough yet" is an open question. Do not
        rank places whose verdict is open.
        """
        from outreach.app.measuring import show
        from outreach.engine import Engine
        from outreach.tracking.table import conversion_table

        with self._at_work() as desk:
            shown = show(desk, "en")
            if shown.report is None:
                return {"conclusion": [], "conversion": [], "waiting_files": shown.waiting}
            with Engine() as engine:
                table = conversion_table(engine, shown.report.sections)
                rows: Rows = [picked(row, MEASURED, OF_OTHERS) for row in table.head(MOST_ROWS)]
            return {
                "conclusion": [quote(line, MOST_SENTENCE) for line in shown.conclusion],
                "conversion": rows,
                "waiting_files": shown.waiting,
            }

    def write_drafts(self) -> dict[str, Any]:
        """Write all drafts into the campaign's files and its ledger. Texts that a person edited stay as they are."""
        from outreach.app.drafting import write

        with self._at_work() as desk:
            return {"drafts": write(desk)}

    def read_results(self) -> dict[str, Any]:
        """Read the analytics exports in the campaign's folder of results into its ledger; all of them or none."""
        from outreach.app.measuring import read_files

        with self._at_work() as desk:
            _, imported = read_files(desk)
            return {"imported": len(imported), "files": [quote(one) for each in imported for one in each.report.labels]}

    def mark_published(
        self,
        tag: Annotated[str, "Of the draft, as the tool drafts gives it."],
        address: Annotated[str, "Of the published post; empty if it has none."] = "",
        day: Annotated[str, "When it was published, like 2026-11-30 or today."] = "today",
    ) -> dict[str, Any]:
        """Write down that a post is out. Ask the user first: a post counts as published from then on."""
        from outreach.app.drafting import publish

        with self._at_work() as desk:
            typed = {"post_url": address, "published_at": day}
            placement, remarks, other = publish(desk, tag, typed, "", {"post_url": "address", "published_at": "day"})
            return {
                "place": quote(placement.resource),
                "status": placement.status,
                "remarks": sentences(remarks),
                "address_belongs_to": quote(other) if other else None,
            }


def _within(number: int, most: int) -> int:
    return max(1, min(number, most))


def _without(text: str, names: Iterable[str]) -> str:
    """Return a text without these names, the longest first.

    Example:
        >>> _without("lists/Anna.csv, line 3: no address", ["Anna.csv", "lists/Anna.csv", "Anna"])
        '…, line 3: no address'

    """
    longest = sorted({one for one in names if len(one) > 1}, key=len, reverse=True)
    return re.sub("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest), "…", text) if longest else text
