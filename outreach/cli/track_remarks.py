"""What ``outreach track`` says beside its table: what was read, what the rates rest on, what could not be told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from outreach.cli.shared import counted, shell_quoted
from outreach.messages import describe, message
from outreach.reporting import plain, thousands
from outreach.reporting.conversion import kind_words, one_of, unit_words
from outreach.tables import STATUSES
from outreach.tracking.base import JOIN, LEFT, STEPS
from outreach.tracking.conclusion import nearest
from outreach.tracking.read_counts import read_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.campaign.ledger import Natural
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.files.contract import Rejected
    from outreach.tracking.importing import Imported, Reading
    from outreach.tracking.lines import Section
    from outreach.tracking.report import ConversionReport
    from outreach.tracking.unmatched import Unmatched

__all__ = ["imported_lines", "rejected_lines", "report_lines", "status_lines", "untied_lines"]

MOST_SHOWN: Final = 5
MOST_FILES: Final = 3
MOST_ANSWERS: Final = 12
UNDATED: Final = ("view", "click")
"""What no rate divides by, so that its days do not matter."""


def imported_lines(imported: Iterable[Imported], *, kept: bool = True) -> Iterator[str]:
    """Yield what each report is, and what became of it in the ledger, where there is one."""
    for one in imported:
        report, entry = one.report, one.entry
        labels = ", ".join(report.labels[:MOST_FILES])
        more = f" and {len(report.labels) - MOST_FILES} more" if len(report.labels) > MOST_FILES else ""
        days = ""
        if entry.period_start:
            same = entry.period_start == entry.period_end
            days = f", {entry.period_start}" if same else f", {entry.period_start} to {entry.period_end}"
        if not (sums := _sums(one)):
            continue
        yield f"{labels}{more}: {entry.tool}{days}; {'; '.join([sums, *([_became(one)] if kept else [])])}."
        for flag in report.flags:
            yield f"  {describe(flag)}."
        dated = entry.period_start or entry.grain == "event" or entry.unit in UNDATED or entry.kind in (JOIN, LEFT)
        if one.kept.change != "as before" and not dated:
            yield "  Its days are unknown; --period DAY..DAY sets them."


SAID_FIRST: Final = ("published", "removed", "booked", "quoted", "sent", "drafted", "declined")
"""Of several orders in one place, as two posts may be told as one placement."""


def status_lines(ledger: Ledger, imported: Iterable[Imported], database: Sequence[str]) -> Iterator[str]:
    """Yield which posts are further than the ledger says by a list of orders, and the lines that write it down."""
    from outreach.tracking.attribution import Attribution

    told = [(tags, status) for one in imported for tags, status in one.report.statuses]
    if not told:
        return
    attribution = Attribution(ledger.placements())
    found: dict[Natural, str] = {}
    for tags, status in told:
        of_post = attribution.match(tags).placements
        if len(of_post) == 1 and STATUSES.index(status) > STATUSES.index(of_post[0].status) < STATUSES.index(
            "published"
        ):
            one = of_post[0].natural
            found[one] = min(found.get(one, status), status, key=SAID_FIRST.index)
    for at, (one, status) in enumerate(found.items()):
        if at == MOST_SHOWN:
            yield f"  and {len(found) - MOST_SHOWN} more such"
            return
        name = [one.resource, "--campaign", one.campaign, "--variant", one.variant, "--round", str(one.round)]
        line = shell_quoted(["outreach", "placements", "set", *name, *database, "--status", status])
        yield f"{plain(one.resource)} is {status} in the list of orders, but not yet in the ledger: {line}"


def _sums(one: Imported) -> str:
    """Return what a report counts, in words; nothing for costs alone."""
    counts = read_counts(one)
    if counts is None:
        return ""
    parts = (
        _of(each.count, unit_words(each.unit) if each.unit else kind_words(each.kind, each.goal)) for each in counts
    )
    return ", ".join(parts) or "nothing counted"


def _of(number: int, words: str) -> str:
    """Return a number of things, one of them in the singular.

    Example:
        >>> _of(1, "sign-ups"), _of(2000, "page views"), _of(1, "conversions (Sales)")
        ('1 sign-up', '2 000 page views', '1 conversion (Sales)')

    """
    return f"{thousands(number)} {one_of(words) if number == 1 else words}"


def _became(one: Imported) -> str:
    kept = one.kept
    if kept.change == "as before":
        return "imported before; nothing changed"
    if one.entry.grain == "event":
        known = f", {thousands(kept.again)} known and updated" if kept.again else ""
        return f"{thousands(kept.rows)} new{known}"
    if kept.gone:
        both = (
            "" if one.entry.period_start else "; --source NAME keeps both"
        )  # nothing tells that the days are the same
        return f"instead of {counted(kept.gone, 'row')} of {one.entry.source_name} imported before{both}"
    return f"kept as {one.entry.source_name}" if one.entry.source_name != one.entry.tool else "kept"


def rejected_lines(rejected: Sequence[Rejected], file: str | None) -> Iterator[str]:
    """Yield why rows could not be used."""
    if not rejected:
        return
    where = f"written to {file}" if file else "--rejected FILE writes them all"
    yield f"{counted(len(rejected), 'row')} could not be used ({where}):"
    reasons = Counter(one.reason for one in rejected)
    for reason, count in reasons.most_common(MOST_SHOWN):
        first = next(one for one in rejected if one.reason == reason)
        at = f", line {first.line}" if first.line else ""
        yield f"  {count} x {describe(reason)} (first: {first.source}{at})"
    if len(reasons) > MOST_SHOWN:
        yield f"  and {len(reasons) - MOST_SHOWN} more reasons"


def untied_lines(ledger: Ledger, reading: Reading, paths: Sequence[str], database: Sequence[str]) -> Iterator[str]:
    """Yield the answers that are tied to no place, and the lines that tie them: on the screen, and nowhere else."""
    from outreach.tracking.answers import untied_answers
    from outreach.tracking.ties import named_place

    answers = untied_answers(reading.untied)
    if not answers:
        return
    people = sum(one.people for one in answers)
    yield f"{describe(message('answers-untied', people=people))}:"
    placements = ledger.placements()
    shown = [one for one in answers if one.text][:MOST_ANSWERS]
    yield from (f"  {thousands(one.people)} x {plain(one.text)}" for one in shown)
    if rest := people - sum(one.people for one in shown):
        yield f"  {thousands(rest)} x other answers, which are long or may have an address or a number"
    if shown and placements:
        places = [(one.text, named_place(placements, one.text)) for one in shown]
        text, place = next((pair for pair in places if pair[1]), (shown[0].text, "PLACE"))
        line = shell_quoted(["outreach", "track", *paths, *database, "--answer", f"{plain(text)}={place}"])
        yield f"  If an answer names a place, tie it once; it then counts as said: {line}"


def report_lines(
    report: ConversionReport, unmatched_file: str | None, *, whole: bool = True, database: Sequence[str] = ()
) -> Iterator[str]:
    """Yield what the rates rest on, and what belongs to no placement.

    Args:
        report: The report.
        unmatched_file: Where the links of no placement were written.
        whole: Whether nothing was chosen, so that all that was counted is expected in it.
        database: The option that names the ledger, for lines to paste.

    """
    if not report.sections:
        yield "Nothing to show: no visits or conversions were imported."
    if not report.placements and report.imports:
        yield "There is no ledger of posts: the lines are by utm_content, or by source and campaign."
    main = nearest(report.sections)
    yield from dict.fromkeys(text for section in report.sections for text in _about(section, brief=section is not main))
    if any(line.said for section in report.sections for line in section.lines):
        yield '"said" counts people without a tag or a code who named the place; no other count includes them.'
    for one in report.not_shown if whole else ():
        takes = shell_quoted(["--visits", one.option])
        yield f"Not shown: {unit_words(one.unit)} of {plain(one.called)}; {takes} shows them."
    for early in report.early:
        are = "conversion is" if early.count == 1 else "conversions are"
        yield (
            f"{plain(early.name)}: {thousands(early.count)} {are} older (from {early.first}) than its first post of "
            f"{early.published}. Check the tag, or the date of the post."
        )
    if report.unmatched:
        yield from _nobodys(report.unmatched, unmatched_file, database)


def _about(section: Section, *, brief: bool) -> Iterator[str]:
    """Yield what the rates of a section rest on; of the steps of bookings once, and of that which the report is of."""
    pair = section.pair
    brief = (brief and pair.kind in STEPS and pair.kind != STEPS[0]) or pair.kind == LEFT
    kinds, units = kind_words(pair.kind, pair.goal), unit_words(pair.unit)
    if section.untagged is not None and not brief:
        yield f"{100 * section.untagged:.0f} % of the {thousands(section.total)} {kinds} came without a tag."
    if section.per_unit:
        what = f"may happen several times in a {units[:-1]}: a number per {units[:-1]}, no share"
        yield f"{kinds[:1].upper()}{kinds[1:]} {what}."
        yield f"  --once-per-visit {shell_quoted([pair.goal or 'GOAL'])} counts it once in a {units[:-1]}."
    if section.told_apart is False and not brief:
        yield f"These {kinds} do not prove a difference between the lines: it may be chance."
    visits, events = pair.outside
    if visits or events:
        yield (f"Outside the days that both cover: {thousands(visits)} {units}, {thousands(events)} {kinds}; left out.")
    for doubt in map(describe, pair.doubts):
        yield f"{doubt[:1].upper()}{doubt[1:]}."
    models = sorted({one.attribution_model for one in pair.imports} - {""})
    if models:
        yield f"Visits are attributed by: {', '.join(models)}."
    for line in section.lines:
        for flag in line.flags:
            if flag.code != "events-repeat":  # said once for all lines
                yield f"{plain(line.label)}: {describe(flag)}."


def _nobodys(found: Sequence[Unmatched], file: str | None, database: Sequence[str]) -> Iterator[str]:
    """Yield which tagged links belong to no placement, those first that may belong to one."""
    where = f"written to {file}" if file else "--unmatched FILE lists them"
    belong = "belongs" if len(found) == 1 else "belong"
    what = "link or place" if any(one.tags.resource for one in found) else "tagged link"
    yield f"{_several(len(found), what)} {belong} to none of the posts in the ledger ({where})."
    close = [one for one in found if one.maybe or one.tags.resource]
    for one in close[:MOST_SHOWN]:
        maybe = " or ".join(f"{place.resource} ({place.utm_content})" for place in one.maybe)
        count = one.denominator if one.denominator is not None else one.numerator
        meant = f": {plain(maybe)}?" if maybe else "."
        yield f"  {plain(one.called)} ({thousands(count or 0)}): {describe(one.why)}{meant}"
    if len(close) > MOST_SHOWN:
        yield f"  and {len(close) - MOST_SHOWN} more such"
    if close:
        yield f"  If that is right, tie it: {_tying_line(close[0], database)}"


def _tying_line(one: Unmatched, database: Sequence[str]) -> str:
    places = {maybe.resource for maybe in one.maybe}
    exact = one.maybe[0].utm_content if len(one.maybe) == 1 else ""
    place = exact or (places.pop() if len(places) == 1 else "PLACE")
    return shell_quoted(["outreach", "track", *database, "--tag", f"{one.tie_name or 'TAG'}={place}"])


def _several(number: int, what: str) -> str:
    """Return links and places counted, both in the plural."""
    return counted(number, what) if number == 1 or " or " not in what else f"{thousands(number)} links or places"
