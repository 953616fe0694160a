"""The sections about what was posted and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from outreach.figures import Mark, Month, draw_conversion, draw_months, draw_timeline
from outreach.keys import url_of
from outreach.messages import message
from outreach.reporting.client_page.blocks import WIDTH, Drawing, Grid, Lines, Part, Tile, Tiles
from outreach.reporting.measure_words import kind_in, kind_inside, verdict_in
from outreach.reporting.overview import COST, PER_1000, columns_of, overview, per_one
from outreach.reporting.people_sheet import Field, Link, PeopleRow, field_of
from outreach.reporting.report_sheet import report_sheet
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words
from outreach.tracking.conclusion import conclude, nearest
from outreach.tracking.nouns import hits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.reporting.client_page.blocks import Block
    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions
    from outreach.reporting.client_page.totals import Totals
    from outreach.reporting.client_page.wording import Wording
    from outreach.tracking.lines import Section

__all__ = ["conclusion", "figures", "name_of", "names_of", "numbers", "places", "posts"]

MOST_POSTS: Final = 200
MOST_PLACES: Final = 300
MOST_MARKS: Final = 40


def name_of(post: Placement) -> str:
    """Return what the place of a post is called."""
    return plain(post.name or "") or plain(own_words(post.resource))


def numbers(found: Facts, words: Wording) -> str:
    """Return the headline's numbers: enquiries, customers, what one of them cost."""
    sums = found.totals
    parts = []
    if sums.enquiries is not None:
        parts.append(words.said(hits_of(sums.first_kind, sums.enquiries)))
    if sums.customers is not None and sums.kind:
        hits = words.said(hits_of(sums.kind, sums.customers))
        if sums.each:
            each = words.said(message("each", amount=round(sums.each, 2), currency=sums.currency))
            hits = words.text("customers_each", hits=hits, each=each)
        parts.append(hits)
    elif sums.visits is not None:
        parts.append(words.said(hits_of(sums.unit or "visit", sums.visits)))
    return ", ".join(parts)


def conclusion(found: Facts, _options: PageOptions, words: Wording) -> Part | None:
    """Return what tracking concludes, None where nothing was measured."""
    said = conclude(found.report.sections) if found.report else ()
    if not said:
        return None
    lines = tuple(map(words.sentence, said))
    return Part("conclusion", words.text("conclusion"), (Lines(lines, "lead"),))


def figures(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return the big figures beside those of the month before, and month by month."""
    sums = found.totals
    if not sums.spent and sums.customers is None and sums.visits is None:
        return None
    blocks: list[Block] = [Tiles(tuple(_tiles(found, options, words)))]
    known = [(day, one) for day, one in found.months if one.spent or one.customers is not None]
    if len(known) > 1:
        months = [Month(f"{words.month(day)} {day.year}", one.cost, one.customers, one.each) for day, one in known]
        currency = sums.currency or next((one.currency for _, one in known if one.currency), "")
        what = kind_in(sums.kind, "", options.language) if sums.kind else ""
        blocks.append(
            Drawing("months", draw_months(months, currency=currency, what=what, language=options.language, width=WIDTH))
        )
    return Part("figures", words.text("figures"), tuple(blocks))


def _tiles(found: Facts, options: PageOptions, words: Wording) -> Iterator[Tile]:
    sums, before = found.totals, found.before
    yield _spent(found, options, words)
    if sums.enquiries is not None:
        label = kind_in(sums.first_kind, "", options.language)
        yield _count(label, sums.enquiries, _before(before, "enquiries", sums.first_kind), found, words)
    elif sums.visits is not None:
        yield _count(words.text("visits"), sums.visits, before.visits if before else None, found, words)
    if sums.customers is not None and sums.kind:
        label = kind_in(sums.kind, "", options.language)
        yield _count(label, sums.customers, _before(before, "customers", sums.kind), found, words)
        each = words.text("each", kind=kind_inside(sums.kind, options.language))
        value = words.number(round(sums.each, 2)) if sums.each is not None else words.text("unknown")
        was = before.each if before and before.kind == sums.kind and before.currency == sums.currency else None
        below = (_was(words.money(was, sums.currency) if was is not None else None, found, words),)
        unit = sums.currency if sums.each is not None else ""
        yield Tile(each, value, sums.each, unit, below if before is not None else ())


def _before(before: Totals | None, field: str, kind: str) -> int | None:
    """Return a count of the month before, where it is of the same kind."""
    if before is None or kind != (before.first_kind if field == "enquiries" else before.kind):
        return None
    value: int | None = getattr(before, field)
    return value


def _count(label: str, count: int, was: int | None, found: Facts, words: Wording) -> Tile:
    below = (_was(words.number(was) if was is not None else None, found, words),) if found.before is not None else ()
    return Tile(label, words.number(count), count, below=below)


def _was(value: str | None, found: Facts, words: Wording) -> str:
    month = words.month(found.months[-2][0]) if len(found.months) > 1 else ""
    return words.text("before_none", month=month) if value is None else words.text("before", month=month, value=value)


def _spent(found: Facts, options: PageOptions, words: Wording) -> Tile:
    sums, budget = found.totals, options.budget
    several = len(sums.spent) > 1
    shown = " + ".join(words.money(amount, currency if several else "") for currency, amount in sums.spent)
    shown = shown or words.text("unknown")
    if sums.unpriced and sums.spent:
        shown = words.text("at_least", value=shown)
    below, share = [], None
    one = sums.spent[0][1] if len(sums.spent) == 1 else None
    if budget is not None and one is not None and budget.amount and (budget.currency or sums.currency) == sums.currency:
        share = one / budget.amount
        whole = words.money(budget.amount, sums.currency)
        below.append(words.text("of_budget", budget=whole, percent=words.number(round(100 * share))))
    else:
        below.append(words.text("no_budget", count=len(found.posts)))
    if found.before is not None:
        was = [words.money(amount, currency) for currency, amount in found.before.spent]
        below.append(_was(" + ".join(was) if was else None, found, words))
    return Tile(
        words.text("spent"), shown, one, sums.currency, tuple(below), None if share is None else min(share, 1.0)
    )


def places(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return the table of places, and their rates as a picture."""
    table = overview(found.report.sections) if found.report else None
    if table is None:
        return None
    sheet = report_sheet(table, (), language=options.language)
    fields, rows = list(sheet.fields), list(sheet.rows)
    money = [at for at, name in enumerate(columns_of(table), start=1) if name in (COST, PER_1000, per_one(table))]
    if COST in columns_of(table):
        at = len(columns_of(table)) + 1  # the currency stands behind them
        currencies = {row.cells[at] for row in rows if row.cells[at]}
        if len(currencies) <= 1:
            for place in money:
                header = ", ".join([fields[place].header, *currencies])
                fields[place] = replace(fields[place], header=header)
            del fields[at]
            rows = [PeopleRow([*row.cells[:at], *row.cells[at + 1 :]], row.ruled) for row in rows]
    if found.owners:
        fields.insert(1, Field(words.text("owner"), ""))
        names = [", ".join(found.owners.get(row.line.label, ())) for row in table.rows]
        rows = [PeopleRow([row.cells[0], one, *row.cells[1:]], row.ruled) for row, one in zip(rows, names, strict=True)]
    title = words.text("places")
    note = _note(len(rows), MOST_PLACES, words)
    blocks: list[Block] = [Grid("places", title, fields, rows[:MOST_PLACES], note, tools=len(rows) > 3)]
    if drawn := _conversion(table.section, options.language):
        blocks.append(drawn)
    return Part("places", title, tuple(blocks))


def _conversion(section: Section, language: str) -> Drawing | None:
    rows = [
        {
            "resource": line.label, "name": line.name, "denominator": line.denominator,
            "conversions": line.conversions, "rate": line.rate, "rate_low": line.low, "rate_high": line.high,
            "verdict": line.verdict,
        }
        for line in section.lines if line.ours and line.rate is not None
    ]  # fmt: skip
    if len(rows) < 2 or section.per_unit:
        return None
    return Drawing("conversion", draw_conversion(
        rows, language=language, width=WIDTH, verdict=lambda told: verdict_in(told, language) or "",
    ))  # fmt: skip


def posts(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return the posts that went out, with their links, and the days on which people came."""
    if not found.posts:
        return None
    language = options.language
    views = any(one.views_24h is not None for one in found.posts)
    costs = any(one.cost is not None for one in found.posts)
    links = any(one.post_url for one in found.posts)
    fields = [Field(words.text("day"), ""), field_of("place", language, "link")]
    fields += [Field(words.text("post"), "", "link")] if links else []
    fields += [Field(words.text("views_24h"), "", "number")] if views else []
    currencies = {one.currency or "" for one in found.posts if one.cost is not None}
    removed = any(one.status == "removed" for one in found.posts)
    if costs:
        cost = field_of("cost", language, "decimal")
        one_only = ", ".join(filter(None, [cost.header, *currencies])) if len(currencies) == 1 else cost.header
        fields.append(replace(cost, header=one_only))
    fields += [field_of("currency", language)] if len(currencies) > 1 else []
    fields += [Field(words.text("status"), "")] if removed else []
    rows = []
    for one in found.posts[:MOST_POSTS]:
        day = words.day(date.fromisoformat((one.published_at or "")[:10]))
        cells: list[Any] = [day, Link(name_of(one), url_of(one.resource))]
        cells += [Link(words.text("open_post"), one.post_url) if one.post_url else None] if links else []
        cells += [one.views_24h] if views else []
        cells += [one.cost] if costs else []
        cells += [(one.currency or None) if one.cost is not None else None] if len(currencies) > 1 else []
        cells += [words.text("removed" if one.status == "removed" else "published")] if removed else []
        rows.append(PeopleRow(cells))
    title = words.text("posts")
    note = _note(len(found.posts), MOST_POSTS, words)
    blocks: list[Block] = [Grid("posts", title, fields, rows, note)]
    if drawn := _timeline(found, words):
        blocks.append(drawn)
    return Part("posts", title, tuple(blocks))


def _timeline(found: Facts, words: Wording) -> Drawing | None:
    section = nearest(found.report.sections) if found.report else None
    rows = (section.pair.denominators or section.pair.numerators or ()) if section else ()
    visits = section is not None and section.pair.denominators is not None
    counts: dict[date, float] = {}
    for row in rows:
        count = row.denominator if visits else row.numerator
        if row.day and count:
            day = date.fromisoformat(row.day[:10])
            counts[day] = counts.get(day, 0) + count
    if len(counts) < 2:
        return None
    marks = [Mark(date.fromisoformat((one.published_at or "")[:10]), name_of(one)) for one in found.posts]
    first, last = min(counts), max(counts)
    near = [mark for mark in marks if (first - mark.day).days <= 31 and (mark.day - last).days <= 31]
    what = words.text("visits") if visits or section is None else kind_in(section.pair.kind, "", words.language)
    return Drawing(
        "timeline", draw_timeline(counts, near[:MOST_MARKS], what=what, language=words.language, width=WIDTH)
    )


def _note(all_rows: int, most: int, words: Wording) -> str:
    if all_rows <= most:
        return ""
    return words.text("not_shown", shown=words.number(most), all=words.number(all_rows))


def names_of(posts: Sequence[Placement]) -> list[str]:
    """Return the names of the places of posts, each once."""
    return list(dict.fromkeys(name_of(one) for one in posts))
