"""The contract of everything that reads files: what a reader has, what it may hand over, and who finds it.

Rooms add what their files hold: a reader of lists also yields likes, one of results reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, cast

from outreach.errors import AmbiguousFormatError, InputError, OptionError, OutreachError
from outreach.messages import Message, Value, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.metadata import EntryPoint

    from outreach.files.source import Source

__all__ = ["Reader", "Registry", "Rejected", "Remark", "Skipped", "reason", "refusal", "sentence"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row or a record that cannot be used, and why; never its text.

    Args:
        source: What messages call the file; empty where whoever has the row knows it.
        line: Where it stands, from 1; None where the file has no lines.
        reason: Why; one message for all rows of one kind (:func:`reason`), since there may be millions.

    """

    source: str
    line: int | None
    reason: Message


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the user should know of what was read.

    Args:
        message: What; numbers of records, never their text.
        usual: Whether it only explains how a file was understood, and no program needs to be warned of it.

    """

    message: Message
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one, that was left out.

    Args:
        source: What messages call it.
        why: The reason.
        wanted: Whether it should have been read: it is, or may hold, a table.
        hint: The way out, where the reason does not tell it.
        parts: Names of the files, where they were left out together.
        quiet: Whether it is a part of an export that nobody misses, named by ``check`` and counted by the others.
        choices: Answers of which each lets the file be read: option of reading and its value.

    """

    source: str
    why: Message
    wanted: bool = False
    hint: str = ""
    parts: tuple[str, ...] = ()
    quiet: bool = False
    choices: tuple[tuple[str, str], ...] = ()


Yields_co = TypeVar("Yields_co", covariant=True)
Options_contra = TypeVar("Options_contra", contravariant=True)


class Reader(Protocol[Yields_co, Options_contra]):
    """Reads the files of one kind: one class, one line in its room's registry, or an entry point of a plug-in.

    ``Yields_co`` is what the room makes of files, ``Options_contra`` what the user asked of its readers.
    """

    name: str
    """What ``--read-as`` takes."""

    reads: str
    """What it reads, one line for the list of formats."""

    def identify(self, source: Source) -> bool:
        """Return whether a file is of this kind, by its content and where that does not suffice by its name.

        Also true for files of the same export that hold nothing of use and could be taken for a table of it:
        :meth:`read` skips them. Reads no more than it must.

        Raises:
            InputError: It is damaged; counts as no, and whoever reads it as something else names the damage.

        """

    def read(
        self, sources: Sequence[Source], options: Options_contra
    ) -> Iterator[Yields_co | Rejected | Remark | Skipped]:
        """Yield what some files hold, all of which this reader identified, in the order given.

        Raises:
            InputError: A file cannot be used; file, line, what is wrong, what to do. Then nothing of it is kept.

        """


def sentence(text: str) -> Message:
    """Return a message that is a sentence already: the words of an error, or a plug-in's own.

    Args:
        text: English, without a full stop at its end, and without anything that stands in the file.

    """
    return message("sentence", text=text)


@lru_cache(maxsize=1024, typed=True)
def reason(code: str, /, **values: Value) -> Message:
    """Return a message, and for the same code and values the same one: a million rows may be rejected for it.

    Example:
        >>> reason("no-customer") is reason("no-customer")
        True

    """
    return message(code, **values)


def refusal(label: str, error: InputError) -> Skipped:
    """Return that something should have been read, and why it was not; the error may name a part of it."""
    return Skipped(error.where or label, sentence(error.reason), wanted=True, hint=error.hint, choices=error.choices)


R = TypeVar("R", bound=Reader[Any, Any])


class Registry(Generic[R]):
    """All readers of a room, and the plug-ins that others have installed.

    Args:
        group: Entry-point group of the plug-ins, like ``outreach.readers``.
        package: Where the built-in readers are.
        built_in: Module and class of each (``x:X``), imported when the first file has to be told.
        needs: Attributes that a reader of this room has beside those of the contract.

    """

    def __init__(self, group: str, package: str, built_in: Sequence[str], needs: Sequence[str] = ()) -> None:
        self.group: Final = group
        self._package: Final = package
        self._built_in: Final = tuple(built_in)
        self._needs: Final = ("name", "reads", *needs)

    def readers(self) -> tuple[R, ...]:
        """Return one of each built-in reader."""
        return self._readers

    def plug_ins(self, note: Callable[[Remark], None]) -> tuple[R, ...]:
        """Return one of each plug-in's reader; one that cannot be loaded is a remark, each time.

        Args:
            note: Takes the remarks.

        """
        loaded, broken = self._loaded
        for remark in broken:
            note(remark)
        return tuple(cast("R", _Guarded(reader, note)) for reader in loaded)

    def named(self, name: str, note: Callable[[Remark], None]) -> R:
        """Return the reader that ``--read-as`` names; plug-ins are looked at if no built-in one is called so.

        Raises:
            OptionError: There is none of that name.

        """
        known = {reader.name: reader for reader in self.readers()}
        if name not in known:
            known = {reader.name: reader for reader in self.plug_ins(note)} | known
        if name not in known:
            raise OptionError(f"--read-as {name}: no such reader", hint=f"known: {', '.join(sorted(known))}")
        return known[name]

    def claimed(self, source: Source, among: Sequence[R] | None = None) -> R | None:
        """Return the built-in reader that knows a file, None where none does.

        Args:
            source: The file.
            among: Only these readers.

        Raises:
            AmbiguousFormatError: Two of them do.

        """
        found = [reader for reader in (self.readers() if among is None else among) if _identifies(reader, source)]
        if len(found) > 1:
            raise AmbiguousFormatError(
                f"{' and '.join(reader.name for reader in found)} both claim this file",
                where=source.label,
                hint=f"choose one: --read-as {found[0].name}",
            )
        return found[0] if found else None

    def claimed_by_plug_in(self, source: Source, note: Callable[[Remark], None]) -> R | None:
        """Return the plug-in that knows a file that would be refused or left out else; None where none does.

        Asked last, since nobody's run shall wait for looking through what is installed.

        Raises:
            AmbiguousFormatError: Two of them do.

        """
        return self.claimed(source, self.plug_ins(note))

    @cached_property
    def _readers(self) -> tuple[R, ...]:
        import importlib

        found = []
        for name in self._built_in:
            module, _, kind = name.partition(":")
            found.append(getattr(importlib.import_module(f"{self._package}.{module}"), kind)())
        return tuple(found)

    @cached_property
    def _loaded(self) -> tuple[tuple[R, ...], tuple[Remark, ...]]:
        from importlib.metadata import entry_points

        loaded, broken = [], []
        for point in sorted(entry_points(group=self.group), key=lambda point: (point.name, point.value)):
            try:
                loaded.append(self._reader(point))
            except Exception as err:  # noqa: BLE001 - whatever somebody else's code does
                broken.append(_broken(point.name, err))
        return tuple(loaded), tuple(broken)

    def _reader(self, point: EntryPoint) -> R:
        """Return the reader of an entry point.

        Raises:
            AttributeError, TypeError: It lacks something of the contract.

        """
        reader: R = point.load()()
        for name in self._needs:
            if not isinstance(getattr(reader, name), str):
                raise TypeError(name)
        if not (callable(reader.identify) and callable(reader.read)):
            raise TypeError("identify, read")
        return reader


class _Guarded:
    """A plug-in's reader whose failures are remarks, and never stop what else is read."""

    def __init__(self, reader: Reader[Any, Any], note: Callable[[Remark], None]) -> None:
        self._reader: Final = reader
        self._note: Final = note

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def identify(self, source: Source) -> bool:
        try:
            return bool(self._reader.identify(source))
        except OutreachError:
            return False
        except Exception as err:  # noqa: BLE001 - whatever somebody else's code does
            self._note(_broken(self._reader.name, err))
            return False

    def read(self, sources: Sequence[Source], options: Any) -> Iterator[Any]:
        """Yield what the plug-in hands over, once it has come to its end: nothing of a broken one counts."""
        try:
            parts = list(self._reader.read(sources, options))
        except OutreachError:
            raise
        except Exception as err:  # noqa: BLE001 - whatever somebody else's code does
            self._note(_broken(self._reader.name, err))
            why = message("plug-in-failed", name=self._reader.name)
            parts = [Skipped(source.label, why, wanted=True) for source in sources]
        yield from parts


def _broken(name: str, err: Exception) -> Remark:
    """Return the remark of a plug-in that failed; its error's text may hold a row."""
    what = (
        f"{type(err).__name__}: {err}"
        if isinstance(err, (ImportError, AttributeError, TypeError))
        else type(err).__name__
    )
    return Remark(message("plug-in-broken", name=name, error=what))


def _identifies(reader: Reader[Any, Any], source: Source) -> bool:
    try:
        return reader.identify(source)
    except InputError:  # damaged: whoever reads it names the damage
        return False
