"""Ways to get acquainted before asking: steps in working days, what to write down, when it is enough, when to stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the examples call it
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.events import KINDS, PLAYS, Event
from outreach.errors import InputError, TemplateError
from outreach.owners.working_days import WorkingDays
from outreach.teasers.template_folders import packaged_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Due", "Play", "Step", "play_named", "play_of", "read_play", "schedule"]

FOLDER: Final = "plays"
WEEKENDS_ONLY: Final = WorkingDays()
ENGLISH: Final = "en"
MOST_STEPS: Final = 100
MOST_DAYS: Final = 1000
TEXTS: Final = ("title", "when", "enough", "change", "stop", "then")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Args:
        day: Working day of the play, from 1.
        log: Kind of the event that it leads to.
        do: What to do.
        write_down: What to write down of it.

    """

    day: int
    log: str
    do: str
    write_down: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """A way to get acquainted.

    Args:
        name: One of :data:`outreach.campaign.events.PLAYS`, or of the user's own.
        title: What it is called.
        days: How many working days it takes.
        steps: By their day.
        when: When it fits.
        enough: How one knows that a letter may be written.
        change: When to change to another one.
        stop: When to stop.
        then: The play to change to.

    """

    name: str
    title: str
    days: int
    steps: tuple[Step, ...]
    when: str = ""
    enough: str = ""
    change: str = ""
    stop: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a play that was begun.

    Args:
        step: Which one.
        day: When it is to be done, ISO 8601.
        done: On which day it was, empty where it was not.

    """

    step: Step
    day: str
    done: str = ""


def play_named(text: str) -> str:
    """Return the play that a word means; a name of the user's own as it is.

    Example:
        >>> play_named("free work"), play_named("интервью"), play_named("podcast")
        ('free_work', 'interview', 'podcast')

    """
    from outreach.words.fold import fold_header
    from outreach.words.vocabulary import meanings_of

    plain = text.strip().casefold().replace("-", "_").replace(" ", "_")
    return plain if plain in PLAYS else meanings_of("plays").get(fold_header(text), plain)


def read_play(name: str, language: str = ENGLISH, folder: str | Path | None = None) -> Play:
    """Return a play in a language; in English where the language has none.

    Args:
        name: As :func:`play_named` gives it.
        language: Of whoever is to read it.
        folder: Of the user's own templates, whose ``plays`` count before the program's; None for these alone.

    Raises:
        InputError: There is no such play.
        TemplateError: Its file cannot be used.

    Example:
        >>> play = read_play("comment")
        >>> play.days, [(step.day, step.log) for step in play.steps][:3]
        (12, [(1, 'followed'), (2, 'commented'), (5, 'commented')])

    """
    folders = ([Path(folder, FOLDER)] if folder is not None else []) + [packaged_folder() / FOLDER]
    plain = name.isidentifier()  # a part of a path is none
    names = (f"{name}.{language}.toml", f"{name}.toml")
    for path in (one / file for one in folders for file in names if plain):
        if path.is_file():
            return _read(name, path)
    known = sorted({file.name.split(".")[0] for one in folders if one.is_dir() for file in one.glob("*.toml")})
    raise InputError(f"{name}: no such play", hint=f"known: {', '.join(known).replace('_', '-')}")


def schedule(play: Play, start: date, events: Iterable[Event] = (), days: WorkingDays = WEEKENDS_ONLY) -> list[Due]:
    """Return the steps of a play with their days, and when each was done.

    Each event counts for one step: the first one of its kind that is not done, in the order of the days.

    Args:
        play: Which one.
        start: Its first day.
        events: What happened with the place since.
        days: Which days are working days.

    Example:
        >>> play = read_play("comment")
        >>> followed = Event(kind="followed", at="2026-11-30")
        >>> [(due.day, due.done) for due in schedule(play, date(2026, 11, 30), [followed])][:2]
        [('2026-11-30', '2026-11-30'), ('2026-12-01', '')]

    """
    waiting = sorted((one for one in events if one.day >= start.isoformat()), key=lambda one: (one.day, one.kind))
    found = []
    for step in play.steps:
        day = days.after(days.on_or_after(start), step.day - 1).isoformat()
        first = day if step.log == "note" else ""  # anything may be noted before
        done = next((one for one in waiting if one.kind == step.log and one.day >= first), None)
        if done is not None:
            waiting.remove(done)
        found.append(Due(step, day, done.day if done else ""))
    return found


def play_of(events: Iterable[Event]) -> tuple[str, str]:
    """Return the play that was begun last and its first day; two empty texts where none was.

    Example:
        >>> play_of([Event(kind="began", answer="comment", at="2026-11-02")])
        ('comment', '2026-11-02')

    """
    begun = [(one.day, one.recorded_at.rstrip("Z"), one.answer) for one in events if one.kind == "began"]
    day, _, name = max(begun, default=("", "", ""))
    return name, day


def _read(name: str, path: Path) -> Play:
    from outreach.files.toml import Kind, load

    try:
        tables = load(path, Kind("a play", "title, days, steps", "take templates/plays/comment.toml as a model")).tables
        return _play(name, tables)
    except (ValueError, TypeError, AttributeError) as err:
        raise TemplateError(f"{path}: not a play: {err}", hint="see templates/plays/comment.toml") from err
    except InputError as err:
        raise TemplateError(err.message, hint=err.hint) from err


def _play(name: str, tables: Mapping[str, Any]) -> Play:
    """Return the play of a file.

    Raises:
        ValueError: It is none.

    """
    steps = tuple(sorted(map(_step, tables.get("steps", ())), key=lambda step: step.day))
    texts: dict[str, Any] = {key: tables.get(key, "") for key in TEXTS}
    days = tables.get("days", steps[-1].day if steps else 0)
    if not all(isinstance(text, str) for text in texts.values()) or not texts["title"]:
        raise ValueError("title, when, enough, change, stop and then must be texts, title not empty")
    if not isinstance(days, int) or not 0 < days <= MOST_DAYS or not 0 < len(steps) <= MOST_STEPS:
        raise ValueError("days must be a number, and [[steps]] must be there")
    return Play(name=name, days=days, steps=steps, **texts)


def _step(table: dict[str, Any]) -> Step:
    """Return a step of a file.

    Raises:
        ValueError: It is none.

    """
    day, log = table.get("day"), table.get("log", "note")
    if not isinstance(day, int) or not 0 < day <= MOST_DAYS:
        raise ValueError("day of a step must be a number from 1 up")
    if log not in KINDS:
        raise ValueError(f"log of a step must be one of {', '.join(KINDS)}")
    do, write_down = table.get("do", ""), table.get("write_down", "")
    if not (isinstance(do, str) and isinstance(write_down, str) and do):
        raise ValueError("do of a step must be a text")
    return Step(day, log, do, write_down)
