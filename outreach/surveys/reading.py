"""A survey's answers as they lie in a file: which column asks what, and what each person answered.

Google Forms, Typeform, SurveyMonkey (with its second header line) and Yandex Forms write a row an answer; so do people.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from outreach.errors import AmbiguousFormatError, InputError, OptionError, UnknownFormatError
from outreach.files.contract import Rejected, Skipped, reason
from outreach.files.dates import day_first, moment, moment_in
from outreach.files.grid import HEADER_WITHIN
from outreach.messages import describe, message
from outreach.surveys.scales import (
    NPS,
    Scale,
    begins,
    declared_scale,
    grade,
    is_blank,
    is_unknown,
    may_be_grades,
    scales_of,
    typed_scales,
    without_scale,
)
from outreach.tables import visible
from outreach.words.cells import is_total
from outreach.words.columns import Form, map_headers, named_columns, tells_likes
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Grid, Row
    from outreach.files.source import Source
    from outreach.messages import Message

__all__ = ["ROLES", "Answer", "Answers", "Factor", "SurveyOptions", "read_answers"]

FORM: Final = Form(
    "headers.survey",
    ("customer", "email", "name", "first_name", "last_name", "time", "step"),
    more=(
        ("email", "questions.mail"), ("email", "headers.events.email"), ("name", "questions.name"),
        ("name", "headers.likes.customer"), ("time", "headers.events.date"),
    ),
)  # fmt: skip
ROLES: Final = ("customer", "recommend", "time", "step")
"""What ``--columns`` names."""
LABELS: Final = ("customer", "email", "name")
"""Columns that say who answered, the first that is there."""
SIDE: Final = re.compile(r"\s*[:\[\]()]\s*|\s+[-–—]\s+")
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
AT_LEAST: Final = 0.5
"""Of the filled cells of a question so many must be grades."""
MOST_WORDS: Final = 5
LONGEST_HEADER: Final = 60


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """What the user says of a survey.

    Args:
        columns: Role to header or number.
        scale: Scales, each ``1-5`` or ``Question=1-5``.
        weight: Name of a factor to its weight.
        encoding: Of a text; None finds out.

    """

    columns: Mapping[str, str] = field(default_factory=dict)
    scale: tuple[str, ...] = ()
    weight: Mapping[str, float] = field(default_factory=dict)
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that was rated.

    Args:
        name: What is rated.
        scale: Its ends.
        header: As written.

    """

    name: str
    scale: Scale
    header: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered; None where a question was not.

    Args:
        line: Where it stands.
        customer: Label; empty for nobody's.
        recommend: From 0 to 10.
        factors: Grades of the factors, in their order.
        expected: Grades of the touchpoints, in their order.
        received: Likewise.
        step: How near to the firm the person is; empty if unknown.

    """

    line: int
    customer: str
    recommend: float | None
    factors: tuple[float | None, ...]
    expected: tuple[float | None, ...] = ()
    received: tuple[float | None, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A survey that was read, one answer for each person.

    Args:
        label: What messages call the file.
        answers: In the order of their lines.
        recommend: Header of the question on recommending; empty where there is none.
        factors: What was rated.
        touchpoints: What was expected and received.
        labelled: Whether a column says who answered.
        remarks: How the file was understood.
        unused: Answers that do not count, with their lines.

    """

    label: str
    answers: tuple[Answer, ...]
    recommend: str
    factors: tuple[Factor, ...]
    touchpoints: tuple[Factor, ...]
    labelled: bool
    remarks: tuple[Message, ...] = ()
    unused: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """A column of grades.

    Args:
        at: Its position.
        header: As written.
        name: What is rated.
        scale: By the header; None where it names none.

    """

    at: int
    header: str
    name: str
    scale: Scale | None


_Pair: TypeAlias = tuple[_Question, _Question]
"""What was expected, and what was received."""


@dataclass(frozen=True, slots=True)
class _Graded:
    """The questions whose answers are grades.

    Args:
        recommend: That on recommending; None where there is none.
        factors: What was rated.
        pairs: What was expected and received, on one scale.
        names: Position of a column to what its question is called; not of that on recommending.
        scales: Position to scale.
        apart: Touchpoints of pairs on different scales.

    """

    recommend: _Question | None
    factors: tuple[_Question, ...]
    pairs: tuple[_Pair, ...]
    names: Mapping[int, str]
    scales: Mapping[int, Scale]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of answers: its header as one line, and the rows below."""

    label: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, at: int) -> list[str]:
        return [cells[at] if at < len(cells) else "" for _, cells in self.rows]


def read_answers(path: str | Path, options: SurveyOptions | None = None) -> Answers:
    """Read a survey's answers from a table: CSV, TSV, Excel, OpenDocument, JSON, or a ZIP archive of one.

    Args:
        path: Where it lies; ``-`` is standard input.
        options: What the user says of it.

    Raises:
        InputError: It cannot be read, holds no grades, or a scale or a column is not clear.

    """
    options = options or SurveyOptions()
    table = _table(path, options)
    chosen = named_columns(table.headers, options.columns, table.label)
    at = _roles(table, chosen)
    taken = set(at.values())
    questions = [one for one in _questions(table, options) if one.at not in taken]
    recommend = _recommend(table, questions, chosen, options)
    rated = [one for one in questions if recommend is None or one.at != recommend.at]
    pairs = _pairs(rated)
    factors = [one for one in rated if not _asks_expected(one, pairs)]
    if recommend is None and not factors and not pairs:
        if tells_likes(table.headers):
            raise UnknownFormatError(
                "this is a list of what customers follow, not a survey",
                where=table.label,
                hint=f"outreach rank {table.label} reads it",
            )
        raise UnknownFormatError(
            "no column holds grades: neither a question from 0 to 10 nor factors",
            where=table.label,
            hint="name the question on recommending: --columns recommend=HEADER; or the scale of grades: --scale 1-5",
        )
    return _answers(table, at, _graded(table, recommend, factors, pairs, typed_scales(options.scale)))


def _table(path: str | Path, options: SurveyOptions) -> _Table:
    """Return the one table of answers behind a path.

    Raises:
        InputError: There is none, or more than one.

    """
    from outreach.leftovers import private_folder

    found: list[_Table] = []
    label = str(path)
    with private_folder() as folder:
        for source in _sources(path, folder, options.encoding):
            label = source.label
            found += _tables_in(source)
    if not found:
        raise UnknownFormatError(
            "no table of answers is in it", where=label, hint="export the answers of the survey as CSV or Excel"
        )
    rated = [table for table in found if len(found) == 1 or _questions(table, SurveyOptions(scale=options.scale))]
    if len(rated) > 1:
        raise AmbiguousFormatError(
            f"{len(rated)} tables of answers are in it", where=label, hint="give a file with one of them alone"
        )
    return (rated or found)[0]


def _sources(path: str | Path, folder: Path, encoding: str | None) -> Iterator[Source]:
    """Yield the files behind a path, and those of an archive."""
    from outreach.files import ZIP
    from outreach.files.find import find_sources, sources_in_archive

    for source in find_sources([str(path)], folder):
        if isinstance(source, Skipped):
            continue
        packed = source.head.startswith(ZIP) and not source.workbook
        for one in sources_in_archive(source.path, folder, set()) if packed else [source]:
            if not isinstance(one, Skipped):
                yield replace(one, encoding=encoding, exact=True)


def _tables_in(source: Source) -> list[_Table]:
    """Return the tables of answers in a file; none of a file of a folder that cannot be read."""
    from outreach.tracking.exports.flat import grids_of

    try:
        return [table for grid in grids_of(source) if (table := _in_grid(source.label, grid))]
    except InputError:
        if source.found:
            return []
        raise


def _in_grid(label: str, grid: Grid) -> _Table | None:
    """Return the table of answers in a tab; None where no row of it looks like a header with answers below."""
    rows = grid.rows
    for place, (_, header) in enumerate(rows[: HEADER_WITHIN + 1]):
        filled = [cell for cell in header if cell.strip()]
        if len(filled) < 2 or any(NUMBER.fullmatch(cell.strip()) for cell in filled):
            continue
        below = rows[place + 1 :]
        headers = tuple(header)
        if below and _is_second_header(header, below[0][1]):
            headers, below = _joined(header, below[0][1]), below[1:]
        if below:
            return _Table(label if not grid.tab else f"{label}, {grid.tab}", headers, below)
    return None


def _is_second_header(header: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row goes on with the header, as that of SurveyMonkey does: texts alone, the first cells empty."""
    if not any(cell.strip() for cell in below) or below[0].strip():
        return False
    spans = any(first.strip() and not after.strip() for first, after in pairwise([*header, *[""] * len(below)]))
    return spans and not any(re.search(r"\d", cell) for cell in below)


def _joined(header: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return two header lines as one: a question over several columns has what each of them is about in brackets."""
    width = max(len(header), len(below))
    above, under = ([*line, *[""] * (width - len(line))] for line in (header, below))
    texts, last = [], ""
    for at in range(width):
        last = above[at].strip() or last
        alone = above[at].strip() and (at + 1 == width or above[at + 1].strip())
        texts.append(last if alone or not under[at].strip() else f"{last} [{under[at].strip()}]")
    return tuple(texts)


def _roles(table: _Table, chosen: Mapping[str, int]) -> dict[str, int]:
    """Return where the columns of each role are; those that the user named count first."""
    mapped = dict(map_headers(table.headers, FORM).positions)
    forced = {role: place for role, place in chosen.items() if role != "recommend"}
    taken = set(chosen.values())
    return {role: place for role, place in mapped.items() if place not in taken and role not in forced} | forced


def _questions(table: _Table, options: SurveyOptions) -> list[_Question]:
    """Return the columns that hold grades."""
    typed = typed_scales(options.scale)
    named = set(named_columns(table.headers, options.columns, table.label).values())
    found = []
    for at, header in enumerate(table.headers):
        if not header.strip():
            continue
        filled = [cell for cell in table.column(at) if not is_blank(cell)]
        numbers = [number for cell in filled if (number := grade(cell)) is not None]
        known = sum(not is_unknown(cell) for cell in filled)
        name = without_scale(header)
        scale = declared_scale(header) or typed.get(fold_header(name)) or typed.get(fold_header(header))
        usual = NPS if begins(header, "recommend") else typed.get("", NPS)
        fitting = may_be_grades(numbers, usual) and not begins(header, "not_rated")
        rated = scale is not None or at in named or fitting
        if numbers and len(numbers) >= AT_LEAST * known and rated:
            found.append(_Question(at, header, name, scale))
    return found


def _recommend(
    table: _Table, questions: Sequence[_Question], chosen: Mapping[str, int], options: SurveyOptions
) -> _Question | None:
    """Return the question on recommending; None where there is none.

    Raises:
        InputError: Several may be it, or it is on another scale.

    """
    typed = typed_scales(options.scale)
    ruled = typed.get("recommend")
    if "recommend" in chosen:
        one = next((one for one in questions if one.at == chosen["recommend"]), None)
        if one is None:
            raise OptionError(
                "--columns recommend=…: that column holds no grades",
                hint="name the column of the question from 0 to 10",
            )
        return _on_ten(table, replace(one, scale=ruled or one.scale), sure=True)
    asked = [one for one in questions if begins(one.header, "recommend")]
    if len(asked) > 1:
        asked = [one for one in asked if one.scale == NPS] or asked
    if not asked and sum(one.scale == NPS for one in questions) == 1 and len(questions) == 1:
        asked = list(questions)
    if len(asked) > 1:
        raise AmbiguousFormatError(
            f"{len(asked)} questions are on recommending",
            where=table.label,
            hint=f"name one: --columns recommend={asked[0].at + 1}",
        )
    if not asked or (ruled is not None and ruled != NPS):
        return None
    return _on_ten(table, replace(asked[0], scale=ruled or asked[0].scale), sure=False)


def _on_ten(table: _Table, one: _Question, *, sure: bool) -> _Question:
    if one.scale is not None and one.scale not in (NPS, Scale(1, 10)):
        raise InputError(
            f"the question on recommending is on a scale of {one.scale}: the net promoter score needs 0-10",
            where=table.label,
            hint="read it as another factor: --scale recommend=1-5; or name another: --columns recommend=HEADER",
        )
    numbers = [number for cell in table.column(one.at) if (number := grade(cell)) is not None]
    if one.scale is None and not sure and max(numbers) <= 5:
        raise InputError(
            "the scale of the question on recommending is not clear: nobody gave more than 5",
            where=table.label,
            hint="if it is from 0 to 10: --scale recommend=0-10; if it is another factor: --scale recommend=1-5",
        )
    return one if one.scale else replace(one, scale=NPS)


def _side(header: str) -> tuple[str, str, str] | None:
    """Return which side of a pair a header is, its touchpoint, and that as it is compared; None for neither.

    Example:
        >>> _side("Expected: delivery (1-5)"), _side("Доставка — ожидание"), _side("Delivery")
        (('expected', 'delivery', 'delivery'), ('expected', 'Доставка', 'доставка'), None)

    """
    parts = [
        part
        for part in SIDE.split(header)
        if part.strip() and not (declared_scale(part) and fold_header(part)[:1].isdecimal())
    ]
    for at, part in enumerate(parts):
        if len(parts) > 1 and len(part.split()) <= MOST_WORDS:
            for side in ("expected", "received"):
                if begins(part, side):
                    name = " ".join(other.strip() for place, other in enumerate(parts) if place != at)
                    return side, name, fold_header(name)
    first, _, rest = " ".join(header.split()).partition(" ")
    for side in ("expected", "received"):
        if rest and len(parts) == 1 and begins(first, side):
            name = without_scale(rest)
            return side, name, fold_header(name)
    return None


def _pairs(questions: Sequence[_Question]) -> list[_Pair]:
    """Return the questions that ask what was expected of a touchpoint, and what was received."""
    sides: dict[tuple[str, str], list[_Question]] = {}
    for one in questions:
        if found := _side(one.header):
            side, name, key = found
            sides.setdefault((side, key), []).append(replace(one, name=name))
    keys = dict.fromkeys(key for _, key in sides)
    both = [(sides.get(("expected", key), []), sides.get(("received", key), [])) for key in keys]
    return [(expected[0], received[0]) for expected, received in both if len(expected) == len(received) == 1]


def _asks_expected(one: _Question, pairs: Sequence[_Pair]) -> bool:
    """Whether a question asks what was expected: that is no satisfaction, whatever stands beside it."""
    if any(one.at in (expected.at, received.at) for expected, received in pairs):
        return any(one.at == expected.at for expected, _ in pairs)
    side = _side(one.header)
    return side is not None and side[0] == "expected"


def _graded(
    table: _Table,
    recommend: _Question | None,
    factors: Sequence[_Question],
    pairs: Sequence[_Pair],
    typed: Mapping[str, Scale],
) -> _Graded:
    """Return the questions with all scales known.

    Raises:
        InputError: Several scales fit the grades of a question.

    """
    rated = {one.at: one for one in (*factors, *(one for pair in pairs for one in pair))}
    names = _names(rated, pairs)
    values = {names[one.at]: _numbers(table, one.at) for one in rated.values()}
    ruled = typed.get("recommend") if recommend is None else None
    declared = {
        names[place]: scale
        for place, one in rated.items()
        if (scale := one.scale or (ruled if begins(one.header, "recommend") else None))
    }
    try:
        found = scales_of(table.label, values, declared, typed.get(""))
    except InputError as err:
        if recommend is None and len(rated) == 1:
            err.hint += f"; if it asks who would recommend you: --columns recommend={next(iter(rated)) + 1}"
        raise
    scales = {place: found[names[place]] for place in rated}
    if recommend is not None:
        scales[recommend.at] = recommend.scale or NPS
    same = tuple((expected, received) for expected, received in pairs if scales[expected.at] == scales[received.at])
    apart = tuple(_short(pair[0].name) for pair in pairs if pair not in same)
    return _Graded(recommend, tuple(factors), same, names, scales, apart)


def _numbers(table: _Table, at: int) -> list[float]:
    """Return the numbers of a column that may be grades of a scale that nobody named."""
    return [number for cell in table.column(at) if (number := grade(cell)) is not None and 0 <= number <= NPS.high]


def _answers(table: _Table, at: Mapping[str, int], asked: _Graded) -> Answers:
    """Return what each person answered, and which answers do not count."""
    found: list[tuple[Answer, str]] = []
    unused: list[Rejected] = []
    for line, cells in table.rows:
        label = _label(cells, at)
        if is_total(label) or fold_header(label) in words_of("survey.mean"):
            unused.append(Rejected(table.label, line, reason("survey-total")))
            continue
        grades = {}
        for place, scale in asked.scales.items():
            cell = cells[place] if place < len(cells) else ""
            grades[place], why = _grade(cell, scale, asked.names.get(place, ""))
            if why is not None:
                unused.append(Rejected(table.label, line, why))
        answer = Answer(
            line,
            label,
            grades[asked.recommend.at] if asked.recommend else None,
            tuple(grades[one.at] for one in asked.factors),
            tuple(grades[expected.at] for expected, _ in asked.pairs),
            tuple(grades[received.at] for _, received in asked.pairs),
            _step(_cell(cells, at.get("step"))),
        )
        found.append((answer, _cell(cells, at.get("time"))))
    answers, repeated = _last_of_each(table.label, found)
    dropped = {one.line for one in repeated}
    not_used = [*(one for one in unused if one.line not in dropped), *repeated]
    return Answers(
        table.label,
        tuple(answers),
        asked.recommend.header if asked.recommend else "",
        tuple(Factor(asked.names[one.at], asked.scales[one.at], one.header) for one in asked.factors),
        tuple(Factor(_short(expected.name), asked.scales[expected.at]) for expected, _ in asked.pairs),
        any(one.customer for one in answers),
        tuple(_remarks(table, at, asked)),
        tuple(sorted(not_used, key=lambda one: (one.line or 0, describe(one.reason)))),
    )


def _names(questions: Mapping[int, _Question], pairs: Sequence[_Pair]) -> dict[int, str]:
    """Return what to call each question; two of one name are told apart by their columns."""
    received = {one.at: one.name for _, one in pairs}
    expected = {one.at for one, _ in pairs}
    names = {at: _short(received.get(at) or one.name) for at, one in questions.items()}
    seen: dict[str, int] = {}
    for at, name in sorted(names.items()):
        if at in expected:
            names[at] = _short(questions[at].header)
        elif fold_header(name) in seen:
            names[at] = f"{name} (column {at + 1})"
        else:
            seen[fold_header(name)] = at
    return names


def _grade(cell: str, scale: Scale, name: str) -> tuple[float | None, Message | None]:
    """Return the grade in a cell, and why there is none."""
    number = grade(cell)
    if is_blank(cell):
        code = "survey-empty"
    elif number is None:
        code = "survey-unknown" if is_unknown(cell) else "survey-no-grade"
    elif number not in scale:
        code = "survey-outside"
    else:
        return number, None
    return None, reason(code, question=name) if name else reason(f"{code}-recommend")


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def tidy_label(text: str) -> str:
    r"""Return a label as the reader of likes has it: one blank between words, NFC.

    Example:
        >>> tidy_label(" Anna\u00a0 P. ")
        'Anna P.'

    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def _label(cells: Sequence[str], at: Mapping[str, int]) -> str:
    """Return who answered: the first of the columns that say so and are filled."""
    for role in LABELS:
        text = tidy_label(_cell(cells, at.get(role)))
        if role == "name" and text and "first_name" not in at and "last_name" in at:
            text = tidy_label(f"{text} {_cell(cells, at['last_name'])}")
        if text and not is_blank(text):
            return text
    return tidy_label(f"{_cell(cells, at.get('first_name'))} {_cell(cells, at.get('last_name'))}")


def _step(text: str) -> str:
    """Return the step that a cell names; as it is written where it is none of ours."""
    return meanings_of("survey_steps").get(fold_header(text), text)


def _last_of_each(label: str, found: Iterable[tuple[Answer, str]]) -> tuple[list[Answer], list[Rejected]]:
    """Return the last answer of each person by its time; where no time tells, none that differ."""
    found = list(found)
    first = day_first(time for _, time in found)
    by_person: dict[str, list[tuple[Answer, str]]] = {}
    kept: list[Answer] = []
    for answer, time in found:
        if answer.customer:
            same = answer.customer.casefold() if "@" in answer.customer else answer.customer
            by_person.setdefault(same, []).append((answer, time))
        else:
            kept.append(answer)
    dropped: list[Rejected] = []
    for several in by_person.values():
        lasts = [_last(several, first=way) for way in ((True, False) if first is None else (first,))]
        if (last := lasts[0]) is None or any(other is not last for other in lasts):
            dropped += [Rejected(label, one.line, reason("survey-which-is-last")) for one, _ in several]
            continue
        kept.append(last)
        alike = len({_said(one) for one, _ in several}) == 1
        code = "survey-answered-twice" if alike else "survey-answered-again"
        dropped += [Rejected(label, one.line, reason(code)) for one, _ in several if one is not last]
    return sorted(kept, key=lambda one: one.line), dropped


def _said(answer: Answer) -> Answer:
    """Return an answer without where it stands, and by whom."""
    return replace(answer, line=0, customer="")


def _last(several: Sequence[tuple[Answer, str]], *, first: bool) -> Answer | None:
    """Return the last of several answers of one person; the first of those that are alike; None where no time tells.

    Args:
        several: With their times.
        first: Whether days with slashes have the day first.

    """
    if len({_said(one) for one, _ in several}) == 1:
        return several[0][0]
    times = [_moment(time, first=first) for _, time in several]
    last = [one for (one, _), time in zip(several, times, strict=True) if time == max(times)]
    return last[0] if all(times) and len({_said(one) for one in last}) == 1 else None


def _moment(text: str, *, first: bool) -> str:
    """Return a time as a text that sorts; empty where it is not clear."""
    from datetime import UTC, date

    tidy = " ".join(text.split())
    if slashed := re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})( .*)?", tidy):  # Google Forms
        tidy = f"{slashed[1]}-{int(slashed[2]):02}-{int(slashed[3]):02}{slashed[4] or ''}"
    try:
        if (found := moment_in(tidy)) is not None:
            return (found if found.tzinfo is None else found.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%S")
        day, _, clock = tidy.partition(" ")
        if (of_day := moment(day, date.max, first=first)) is not None:
            time = moment_in(f"2000-01-01 {clock}")
            return f"{of_day[:10]}T{time:%H:%M:%S}" if time else of_day[:19]
    except (ValueError, OverflowError):
        return ""
    return ""


def _remarks(table: _Table, at: Mapping[str, int], asked: _Graded) -> Iterator[Message]:
    """Yield how the columns were understood."""
    roles = {role: table.headers[at[role]] for role in (*LABELS, "time", "step") if role in at}
    if asked.recommend is not None:
        roles["recommend"] = asked.recommend.header
    if roles:
        columns = tuple(f"{role} = {_quoted(header)}" for role, header in roles.items())
        yield message("survey-understood", file=table.label, columns=columns)
    used = {*at.values(), *asked.scales}
    unread = [_quoted(header) for place, header in enumerate(table.headers) if header.strip() and place not in used]
    if unread:
        yield message("survey-not-used", columns=tuple(unread))
    if asked.recommend is not None and asked.recommend.scale == Scale(1, 10):
        yield message("survey-from-one")
    if asked.apart:
        yield message("survey-scales-apart", touchpoints=asked.apart)


def _short(header: str) -> str:
    """Return a header as it is shown: a long question is cut."""
    text = visible(" ".join(header.split()))
    return text if len(text) <= LONGEST_HEADER else f"{text[: LONGEST_HEADER - 1].rstrip()}…"


def _quoted(header: str) -> str:
    return f"“{_short(header)}”"
