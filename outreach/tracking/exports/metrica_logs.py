"""Yandex Metrica: visits by the Logs API, one line a visit; counted in the engine, for there may be millions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import driver, literal, literal_path
from outreach.errors import InputError
from outreach.files.temporary import new_file
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, Tags, about
from outreach.tracking.exports.summary import goal_named, listed, remarks_on
from outreach.tracking.tags import decode_tag, tags_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from outreach.engine import Engine
    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["MetricaLogs"]

RULES: Final = ("lastsign", "automatic", "last", "first", "")
UTM: Final = re.compile(r"ym:s:(?P<rule>[a-z_]*)UTM(?P<tag>Source|Medium|Campaign|Content)")
TAGS: Final = ("Source", "Medium", "Campaign", "Content")
LANDING: Final = "landing page"
VISIT, DAY, MOMENT, URL, GOALS, COUNTER = (
    f"ym:s:{name}" for name in ("visitID", "date", "dateTime", "startURL", "goalsID", "counterID")
)
WHOLE_LINE: Final = (
    "auto_detect=false, header=false, skip=1, delim=chr(1), quote='', escape='', strict_mode=false, "
    "max_line_size=67108864, compression='none', hive_partitioning=false, nullstr=chr(2), columns={'line': 'varchar'}"
)
TAG_IN_URL: Final = (
    r"(?i)(?:^|[?&#;]|%3f|%26)((?:(?:utm|mtm)_(?:source|medium|campaign|content)|matomo_campaign|pk_campaign|promo|coupon"
    r"|promocode|start|startapp)=[^&#]*)"
)


@dataclass(frozen=True, slots=True)
class _Log:
    """A file of visits: which fields it has, and how its visits got their tags.

    Args:
        source: The file.
        fields: Name of a field to its place, from 1.
        rules: Rules of attribution for which it has tags.

    """

    source: Source
    fields: Mapping[str, int]
    rules: tuple[str, ...]


class MetricaLogs:
    """Reader of visits from Metrica's Logs API."""

    name = "metrica-logs"
    reads = "Yandex Metrica: Logs API, visits (TSV)"

    def identify(self, source: Source) -> bool:
        """Tell by the names of fields in the first line."""
        first = source.beginning[:100_000].partition("\n")[0].strip("\r").split("\t")
        return len(first) > 1 and all(field.strip('"').startswith(("ym:s:", "ym:pv:")) for field in first)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report of all files: the Logs API gives the visits of one request in parts."""
        logs = [_opened(source) for source in sources]
        if not logs:
            return
        rule = _common_rule(logs)
        engine = options.engine
        _load(engine, logs, rule)
        try:
            yield from _reported(engine, logs, options, rule)
        finally:
            engine.run("drop table if exists metrica_visits")


def _opened(source: Source) -> _Log:
    """Return what the first line of a file says.

    Raises:
        InputError: The file is no list of visits with days.

    """
    first = source.beginning.partition("\n")[0].strip("\r").split("\t")
    fields = {name.strip('"').strip(): place for place, name in enumerate(first, 1)}
    if any(name.startswith("ym:pv:") for name in fields):
        raise InputError(f"{source.label}: these are page views (hits)", hint="ask the Logs API for visits")
    if DAY not in fields and MOMENT not in fields:
        raise InputError(f"{source.label}: its visits have no days", hint=f"add the field {DAY} or {MOMENT}")
    rules = {found["rule"] for name in fields if (found := UTM.fullmatch(name))}
    if not rules and URL not in fields:
        raise InputError(
            f"{source.label}: its visits have no tags",
            hint=f"add the fields ym:s:lastsignUTMSource, …Content, or {URL}",
        )
    return _Log(source, fields, tuple(sorted(rules)))


def _common_rule(logs: Sequence[_Log]) -> str:
    """Return the rule of attribution for which every file has tags; the page of entry where there is none.

    Raises:
        InputError: The files were asked for with different fields.

    """
    common = set(logs[0].rules).intersection(*(log.rules for log in logs))
    if common:
        return min(common, key=lambda rule: (RULES.index(rule) if rule in RULES else len(RULES), rule))
    if any(log.rules for log in logs) or any(URL not in log.fields for log in logs):
        raise InputError(
            f"{logs[-1].source.label}: other tags than in {logs[0].source.label}",
            hint="ask for all with the same fields",
        )
    return LANDING


def _load(engine: Engine, logs: Sequence[_Log], rule: str) -> None:
    """Put the visits of all files into one table.

    Raises:
        InputError: A line is cut off or has no day, or a file is no text.

    """
    engine.run(
        "create or replace temp table metrica_visits "
        "(visit varchar, counter varchar, day date, source varchar, medium varchar, campaign varchar, content varchar, "
        "url varchar, goals varchar)"
    )
    for log in logs:
        try:
            engine.run(f"insert into metrica_visits {_select(engine, log, rule)}", doing="Reading visits")
        except driver().Error as err:
            raise InputError(
                f"{log.source.label}: some of it is not from the Logs API", hint="download it again"
            ) from err
        ((bad,),) = engine.rows("select count(*) from metrica_visits where day is null")
        if bad:
            raise _bad_line(engine, log)


def _lines(engine: Engine, log: _Log) -> str:
    """Return the lines of a file below the first as a relation; the engine reads UTF-8 only."""
    from outreach.files.encodings import decoded, encoding_of

    encoding = encoding_of(log.source.label, log.source.head, log.source.encoding)
    path = log.source.path
    if encoding.name != "utf-8":
        path = new_file(engine.folder)
        decoded(log.source.path, encoding, path)
    return f"read_csv({literal_path(path)}, {WHOLE_LINE})"


def _cell(log: _Log, name: str) -> str:
    """Return a field as SQL; quotes around a whole cell are some programs' own."""
    return f"trim(cells[{log.fields[name]}], '\"')" if name in log.fields else "''"


def _day_of(log: _Log) -> str:
    """Return the day of a visit as SQL; none where the line is cut off."""
    day = f"try_cast(left({_cell(log, DAY if DAY in log.fields else MOMENT)}, 10) as date)"
    return f"case when len(cells) = {len(log.fields)} then {day} end"


def _split(engine: Engine, log: _Log) -> str:
    return f"select string_split(rtrim(line, chr(13)), chr(9)) as cells from {_lines(engine, log)} where line <> ''"


def _select(engine: Engine, log: _Log, rule: str) -> str:
    tags = [_cell(log, f"ym:s:{rule}UTM{tag}") if rule != LANDING else "''" for tag in TAGS]
    url = f"array_to_string(regexp_extract_all({_cell(log, URL)}, {literal(TAG_IN_URL)}, 1), '&')"
    return (
        f"select {_cell(log, VISIT)}, {_cell(log, COUNTER)}, {_day_of(log)}, {', '.join(tags)}, "
        f"{url if rule == LANDING else literal('')}, {_cell(log, GOALS)} from ({_split(engine, log)})"
    )


def _bad_line(engine: Engine, log: _Log) -> InputError:
    """Return what is wrong with the first line that has no day."""
    with engine.in_order():
        ((line, width),) = engine.rows(
            f"select number, len(cells) from (select row_number() over () + 1 as number, cells from "
            f"({_split(engine, log)})) where {_day_of(log)} is null order by number limit 1"
        )
    problem = "a cell without a day" if width == len(log.fields) else "fewer or more cells than fields"
    return InputError(
        f"{log.source.label}, line {line}: {problem}", hint="the download is incomplete: download it again"
    )


def _reported(engine: Engine, logs: Sequence[_Log], options: ImportOptions, rule: str) -> Iterator[Report | Remark]:
    label = logs[0].source.label
    with_ids = all(VISIT in log.fields for log in logs)
    twice = _keep_once(engine) if with_ids else 0
    goal, numbers = _goal(engine, logs, options)
    rows = _rows(engine, goal)
    visits = sum(row.denominator or 0 for row in rows)
    report = Report(
        tool="yandex-metrica",
        labels=tuple(log.source.label for log in logs),
        rows=rows,
        unit="visit",
        kind="conversion" if goal else "",
        goal=goal,
        source_name=_counter(engine, label),
        period=_period(rows, options.period),
        attribution=rule or "last",
        flags=() if with_ids else (message("visits-without-numbers"),),
        total=(visits, sum(row.numerator or 0 for row in rows) if goal else None),
    )
    yield report
    yield from remarks_on(report, ["content"])
    if twice:
        yield about(label, "visits-in-several-lines", visits=twice)
    if goal and goal not in numbers:
        if numbers:
            yield about(label, "goal-never-reached", goal=goal, others=listed(numbers))
        else:
            yield about(label, "no-goal-reached", goal=goal)


def _keep_once(engine: Engine) -> int:
    """Keep one line of each visit: the one that tells most, of equal ones the last by its text."""
    ((before, after),) = engine.rows("select count(*), count(distinct (counter, visit)) from metrica_visits")
    if before != after:
        engine.run(
            "create or replace temp table metrica_visits as select one.* from (select max_by(v, "
            "(length(v.goals), v)) as one from metrica_visits v group by v.counter, v.visit)"
        )
    return int(before - after)


def _counter(engine: Engine, label: str) -> str:
    """Return the number of the counter, empty where the files do not tell.

    Raises:
        InputError: There are several.

    """
    found = [str(name) for (name,) in engine.rows("select distinct counter from metrica_visits order by 1") if name]
    if len(found) > 1:
        raise InputError(f"{label}: visits of several counters", hint="give the files of one counter at a time")
    return found[0] if found else ""


def _goal(engine: Engine, logs: Sequence[_Log], options: ImportOptions) -> tuple[str, list[str]]:
    """Return the number of the goal to count, empty where the files have none, and the numbers in them.

    Raises:
        InputError: There are several goals and none was named, or the name is no number.

    """
    if any(GOALS not in log.fields for log in logs):
        return "", []
    numbers = [
        str(number)
        for (number,) in engine.rows(
            "select distinct unnest(regexp_extract_all(goals, '[0-9]+')) as goal from metrica_visits order by 1"
        )
    ]
    if options.goal.isdecimal():
        return options.goal, numbers
    return (goal_named(logs[0].source.label, numbers, options.goal) if numbers else ""), numbers


def _rows(engine: Engine, goal: str) -> tuple[Row, ...]:
    """Return the visits of each day and link; tags are decoded once for each distinct text."""
    found = engine.rows(
        "select day, source, medium, campaign, content, url, count(*), "
        "count(*) filter (list_contains(regexp_extract_all(goals, '[0-9]+'), $goal)) "
        "from metrica_visits group by all order by all",
        {"goal": goal},
        doing="Counting visits",
    )
    counted: dict[tuple[date, Tags], tuple[int, int]] = {}
    for day, source, medium, campaign, content, url, visits, reached in found:
        tags = tags_in("?" + url) if url else _tags(source, medium, campaign, content)
        before = counted.get((day, tags), (0, 0))
        counted[day, tags] = (before[0] + visits, before[1] + reached)
    return tuple(
        Row(tags, day=day, denominator=visits, numerator=reached if goal else None)
        for (day, tags), (visits, reached) in counted.items()
    )


def _tags(*values: Any) -> Tags:
    source, medium, campaign, content = (decode_tag(_unescaped(str(value or ""))) for value in values)
    return Tags(source=source, medium=medium, campaign=campaign, content=content)


def _unescaped(text: str) -> str:
    r"""Return a value without the signs by which the Logs API keeps a line a line.

    Example:
        >>> _unescaped(r"it\'s")
        "it's"

    """
    return re.sub(r"\\(.)", lambda found: {"t": " ", "n": " "}.get(found[1], found[1]), text)


def _period(rows: Sequence[Row], options: Period | None) -> Period | None:
    days = [row.day for row in rows if row.day]
    if options and all(options.start <= one <= options.end for one in days):
        return options
    return Period(min(days), max(days)) if days else options
