"""One open campaign: what its files say, read again when they change, and no more than once for each state of them."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from outreach.app.reading import ONCE_MORE_SECONDS, Reading, StillReading
from outreach.app.refusal import RefusalError
from outreach.campaign.find import FILE
from outreach.campaign.settings import Campaign, read_campaign
from outreach.campaign.values import is_there, value_of
from outreach.engine import Engine
from outreach.errors import InputError, OutreachError
from outreach.files.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outreach.app.reading import Stamp
    from outreach.likes import Likes
    from outreach.likes.check import Checked
    from outreach.messages import Message
    from outreach.ranking import Choice, Ranking
    from outreach.ranking.followers import Followers
    from outreach.ranking.stability import Stability
    from outreach.reporting.standing import Standing
    from outreach.sheet.facts import Sheet

__all__ = ["Desk", "Note", "Ranked", "Written", "how_to_read"]

T = TypeVar("T")
CLOSING_SECONDS: Final = 3.0
"""How long the end waits for a reading to stop: one within the engine must not be cut off."""
LISTS: Final = "lists"
"""The folder for lists, where the settings name none in the campaign's folder."""
SHEET: Final = "sheet.xlsx"
"""The sheet of places, where the settings name none."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the next page says of what was just done.

    Args:
        text: Name of the text.
        values: Of the text.
        failed: Whether it was not done.

    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking with what it rests on.

    Args:
        likes: What the customers follow, the sheet put over it.
        ranking: Of the places.
        choice: By which they were ranked.
        excluded: Places that the sheet leaves out.
        doubts: What is odd about the sheet.

    """

    likes: Likes
    ranking: Ranking
    choice: Choice
    excluded: tuple[str, ...]
    doubts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a file that was handed over.

    Args:
        name: What it is called now, in the folder of lists.
        replaced: Whether an older one of the name was put aside.
        aside: Where that is now.
        unchanged: Whether the same file was there already.

    """

    name: str
    replaced: bool
    aside: Path | None = None
    unchanged: bool = False


class _Kept(Generic[T]):
    """What was made of files in one state, with the engine that holds it."""

    def __init__(self) -> None:
        self.stamp: Stamp | None = None
        self.how: object = None
        self.value: T | None = None
        self.engine: Engine | None = None
        self.reading: Reading[T] | None = None

    def get(
        self,
        stamp: Stamp,
        how: object,
        make: Callable[[Engine], T],
        *,
        before: Reading[Any] | None = None,
        seconds: float | None = None,
    ) -> T:
        """Return what was made before of the same, else make it; until then what there is stays.

        Args:
            stamp: State of the files.
            how: They are read.
            make: Makes it.
            before: A reading that ends first.
            seconds: How long to wait; None until it is there.

        Raises:
            InputError: The files cannot be used.
            StillReading: It takes longer, or was stopped.

        """
        first = True
        while not self._holds(stamp, how):
            reading = self.reading
            if reading is None or reading.stamp != stamp or (reading.stopped and seconds is None):
                self.forget_reading()
                reading = self.reading = Reading(stamp, how, make, before)
            elif seconds is not None and first:
                seconds = ONCE_MORE_SECONDS  # it was waited for before
            first = False
            if not reading.wait(seconds) or (reading.stopped and seconds is not None):
                raise StillReading(reading)
        if self.value is None:
            raise InputError("there is nothing in these lists", hint="drop others")
        return self.value

    def _holds(self, stamp: Stamp, how: object) -> bool:
        """Take what was made since, whoever asked for it; return whether what is there now is what is wanted.

        Raises:
            InputError: These files cannot be used.

        """
        reading = self.reading
        if reading is not None and reading.done and not reading.stopped:
            self.reading = None
            if reading.error is None:
                self.drop()
                self.value, self.engine = reading.result()
                self.stamp, self.how = reading.stamp, reading.how
            elif (reading.stamp, reading.how) == (stamp, how):
                raise reading.error
        return self.value is not None and (self.stamp, self.how) == (stamp, how)

    def drop(self) -> None:
        self.value = self.stamp = None
        if self.engine is not None:
            self.engine.close()
            self.engine = None

    def forget_reading(self) -> None:
        """Let go of a reading that nobody waits for any more."""
        if self.reading is not None:
            self.reading.drop()
            self.reading = None


class Desk:
    """One open campaign. Whoever asks holds ``lock`` until the answer is used: tables live in an engine.

    Args:
        id: What addresses call it.
        folder: Where it lies.

    """

    def __init__(self, id: str, folder: Path) -> None:  # noqa: A002 - what addresses call it
        self.id: Final = id
        self.folder: Final = folder
        self.lock: Final = threading.RLock()
        self.notes: Final[list[Note]] = []
        self._checked: Final[_Kept[Checked]] = _Kept()
        self._likes: Final[_Kept[tuple[Likes, tuple[str, ...], tuple[Message, ...]]]] = _Kept()
        self._ranked: tuple[object, Ranked] | None = None
        self._followers: tuple[Ranked, Followers] | None = None
        self._stable: tuple[Ranked, Stability] | None = None
        self._counted: tuple[Stamp, dict[str, Any]] | None = None
        self.added: Final[list[Written]] = []
        """Files that were handed over since lists were last read."""

    def campaign(self) -> Campaign:
        """Return the campaign as its file says now.

        Raises:
            InputError: The file cannot be used.

        """
        return read_campaign(self.folder / FILE)

    def close(self) -> None:
        """Let go of what is held, and end what is read."""
        self.stop_reading(CLOSING_SECONDS)
        with self.lock:
            self.forget_ranking()
            for kept in (self._checked, self._likes):
                kept.forget_reading()
                kept.drop()

    def note(self, text: str, *, failed: bool = False, **values: Any) -> None:
        """Leave a note for the next page."""
        self.notes.append(Note(text, values, failed))

    def note_failure(self, error: OutreachError) -> None:
        """Leave for the next page what the library says of a failure."""
        if isinstance(error, RefusalError):
            self.note(error.text, failed=True, **error.values)
        else:
            self.note("notes.failed", failed=True, why=str(error.message), hint=error.hint)

    @contextmanager
    def noting_failures(self) -> Iterator[None]:
        """Hold the lock; a failure of the library meanwhile is a note of the next page."""
        with self.lock:
            try:
                yield
            except OutreachError as err:
                self.note_failure(err)

    def take_notes(self) -> list[Note]:
        """Return the notes since the last page."""
        notes = list(self.notes)
        self.notes.clear()
        return notes

    # What the files say

    def has_lists(self, campaign: Campaign) -> bool:
        """Return whether there is any file with lists."""
        return any(Path(path).is_file() or list(_files(path)) for path in value_of(campaign, "lists"))

    def checked(self, *, named: bool, seconds: float | None = None) -> Checked:
        """Return how the lists are understood, as ``outreach check`` tells it; hold the lock meanwhile.

        Args:
            named: Whether names of customers may be shown.
            seconds: How long to wait for it; None until it is there.

        Raises:
            InputError: The campaign's file, or one that it names, cannot be used.
            StillReading: It takes longer, or was stopped.

        """
        from outreach.likes.check import check

        campaign = self.campaign()
        options, more = how_to_read(campaign)
        paths = value_of(campaign, "lists")
        stamp = _stamp([campaign.file, *paths, *filter(None, more.values())])
        checked = self._checked.get(
            stamp,
            named,
            lambda engine: check(engine, paths, options, named=named, **more),
            before=self.reading(),
            seconds=seconds,
        )
        self.added.clear()
        return checked

    def ranked(self, choice: Choice | None = None, seconds: float | None = None) -> Ranked:
        """Return the ranking as ``outreach rank`` makes it; hold the lock meanwhile.

        Args:
            choice: By what; what the campaign's file says where it is not given.
            seconds: How long to wait for the lists; None until they are read.

        Raises:
            InputError: The lists, the sheet or the campaign's file cannot be used.
            StillReading: It takes longer, or was stopped.

        """
        from outreach.ranking import rank

        campaign = self.campaign()
        choice = choice or self.usual_choice(campaign)
        options, more = how_to_read(campaign)
        paths = value_of(campaign, "lists")
        sheet = value_of(campaign, "sheet")
        stamp = _stamp([campaign.file, *paths, *filter(None, [*more.values(), sheet])])
        if not self.has_lists(campaign):
            raise InputError("no lists yet", hint="drop them on the page Lists")

        def read_all(engine: Engine) -> tuple[Likes, tuple[str, ...], tuple[Message, ...]]:
            from outreach.likes import read
            from outreach.likes.facts import apply_sheet

            likes = read(engine, paths, options, **more)
            if not sheet or not is_there(sheet):
                return likes, (), ()
            known = self.sheet(campaign)
            applied = apply_sheet(likes, known)
            return likes, tuple(applied.excluded), (*known.describe(), *applied.doubts)

        likes, excluded, doubts = self._likes.get(stamp, None, read_all, before=self.reading(), seconds=seconds)
        self.added.clear()
        if self._ranked is None or self._ranked[0] != choice or self._ranked[1].likes is not likes:
            made = rank(likes, replace(choice, exclude=(*choice.exclude, *excluded)))
            self._ranked = choice, Ranked(likes, made, choice, excluded, doubts)
        return self._ranked[1]

    def followers(self, ranked: Ranked) -> Followers:
        """Return who follows the places of the ranking that was made last."""
        from outreach.ranking.followers import followers_of

        if self._followers is None or self._followers[0] is not ranked:
            self._followers = ranked, followers_of(ranked.likes, ranked.choice.since)
        return self._followers[1]

    def stability(self, ranked: Ranked) -> Stability | None:
        """Return how certain the first places of the ranking are that was made last; None of one by a ratio."""
        from outreach.ranking.stability import stability

        if ranked.choice.by != "overlap":
            return None
        if self._stable is None or self._stable[0] is not ranked:
            self._stable = ranked, stability(self.followers(ranked))
        return self._stable[1]

    def forget_ranking(self) -> None:
        """Make the ranking anew when it is asked for: the engine holds another one now."""
        self._ranked = self._followers = self._stable = None

    def reading(self) -> Reading[Any] | None:
        """Return the reading that is going on, None where there is none; one at a time does."""
        several = (self._checked.reading, self._likes.reading)
        return next((one for one in several if one is not None and not one.done), None)

    def stop_reading(self, seconds: float) -> bool:
        """Stop what is being read, and wait for that so long; return whether anything was stopped."""
        reading = self.reading()
        return reading is not None and reading.stop(seconds)

    def read_again(self) -> None:
        """Forget that a reading was stopped: the next page begins it anew."""
        for kept in (self._checked, self._likes):
            if kept.reading is not None and kept.reading.stopped:
                kept.forget_reading()

    def usual_choice(self, campaign: Campaign) -> Choice:
        """Return what ``outreach rank`` ranks by in this campaign where nothing is typed.

        Raises:
            InputError: Addresses of own or excluded places cannot be used.

        """
        from outreach.likes.by_hand import addresses_given
        from outreach.ranking import Choice

        settings = campaign.settings
        own, exclude = (
            tuple(address for entry in value_of(campaign, name) for address in addresses_given(name, entry, None))
            for name in ("own", "exclude")
        )
        usual = Choice()
        smallest = settings.min_subscribers
        return Choice(
            min_subscribers=usual.min_subscribers if smallest is None else smallest,
            accepts_posts=settings.accepts_posts or usual.accepts_posts,
            topic=settings.topic,
            platforms=settings.platforms,
            own=own,
            exclude=exclude,
        )

    def sheet(self, campaign: Campaign) -> Sheet:
        """Return the sheet of places.

        Raises:
            InputError: There is none, or it cannot be used.

        """
        from outreach.sheet.facts import read_sheet

        return read_sheet(value_of(campaign, "sheet"))

    def sheet_path(self, campaign: Campaign) -> Path:
        """Return where the sheet of places is, made or not.

        Raises:
            InputError: It is outside the campaign's folder.

        """
        return self.within(Path(value_of(campaign, "sheet") or str(self.folder / SHEET)))

    def take(self, keys: tuple[str, ...], language: str) -> tuple[int, Path]:
        """Put places of the ranking into the sheet, as ``outreach resources`` does; return how many, and where.

        Args:
            keys: Of the places.
            language: Of a new sheet.

        Raises:
            InputError: The lists or the sheet cannot be used.
            OutputError: The sheet cannot be written.

        """
        from outreach.likes import read
        from outreach.ranking import Choice
        from outreach.reporting.resources_sheet import save_sheet
        from outreach.sheet.facts import read_sheet

        campaign = self.campaign()
        options, more = how_to_read(campaign)
        path = self.sheet_path(campaign)
        old = read_sheet(path) if os.path.lexists(path) else None
        with Engine() as engine:  # the exports alone: the sheet is not put over what goes into it
            likes = read(engine, value_of(campaign, "lists"), options, **more)
            saved = save_sheet(likes, Choice(min_subscribers=0), path, old, language, only=keys, in_place=True)
        return saved.added, saved.path

    def standing(self) -> Standing:
        """Return where the campaign stands, as ``outreach`` alone tells it; lists are counted once a state.

        Raises:
            InputError: The campaign's file cannot be used.

        """
        from outreach.reporting.standing import count_lists, standing

        def counted(campaign: Campaign) -> dict[str, Any]:
            stamp = _stamp(
                [campaign.file, *value_of(campaign, "lists"), *filter(None, [value_of(campaign, "same_as")])]
            )
            if self._counted is None or self._counted[0] != stamp:
                self._counted = stamp, count_lists(campaign)
            return self._counted[1]

        return standing(self.campaign(), counted)

    # Files in the campaign's folder

    def within(self, path: Path) -> Path:
        """Return a path, if it lies in the campaign's folder, links followed.

        Raises:
            InputError: It leads out of it.

        """
        full = Path(os.path.realpath(path if path.is_absolute() else Path.cwd() / path))
        if not full.is_relative_to(os.path.realpath(self.folder)):
            raise InputError("this lies outside the campaign's folder", hint="put it there, or use the command line")
        return full

    def size_of_lists(self) -> tuple[int, float]:
        """Return how many files with lists there are, and how many megabytes they have together."""
        stamp = _stamp(list(value_of(self.campaign(), "lists")))
        return len(stamp), sum(size for _, _, size in stamp) / 1e6

    def lists_folder(self) -> Path:
        """Return the folder that takes new lists."""
        for path in value_of(self.campaign(), "lists"):
            full = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed below
            if full.is_dir() and full != self.folder:
                with suppress(InputError):
                    return self.within(full)
        return self.within(self.folder / LISTS)

    def short(self, label: str) -> str:
        """Return what a page calls a file: its path in the campaign's folder.

        Example:
            >>> Desk("1", Path("/home/me/clinic")).short("/home/me/clinic/lists/anna.csv")
            'lists/anna.csv'

        """
        for folder in (str(self.folder), os.path.realpath(self.folder)):
            near = os.path.relpath(folder)
            for start in (folder + os.sep, near + os.sep):
                if label.startswith(start):
                    return label.removeprefix(start)
        return label


def how_to_read(campaign: Campaign) -> tuple[Any, dict[str, Any]]:
    """Return how the lists of a campaign are read, as the commands read them."""
    from outreach.likes.by_hand import people_in
    from outreach.likes.plan import ReadOptions

    customers = value_of(campaign, "customers")
    people = people_in(customers) if customers else {}
    return ReadOptions(people=people, dated=False, answers=campaign.settings.reading), {
        "same_as": value_of(campaign, "same_as") or None
    }


def _files(path: str | Path) -> Iterator[Path]:
    if os.path.isdir(path):  # noqa: PTH112 - Path's fails at long names
        yield from walk(Path(path)).files
    else:
        yield Path(path)


def _stamp(paths: list[Any]) -> Stamp:
    """Return the state of files and folders: when each was written, and how large it is."""
    found: list[tuple[str, int, int]] = []
    for path in paths:
        for file in _files(path):
            with suppress(OSError):
                state = file.stat()
                found.append((str(file), state.st_mtime_ns, state.st_size))
    return tuple(found)


def now() -> str:
    """Return this moment as a part of a file's name."""
    return datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H.%M.%S")
