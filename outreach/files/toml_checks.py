"""Whether the tables of a TOML file say what they have to: each name and each value, all faults in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outreach.files.toml import Loaded

__all__ = ["Faults", "checked"]

LONGEST_SHOWN = 40


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, noted while it is read, so that all of it is shown at once."""

    loaded: Loaded
    sentences: list[str] = field(default_factory=list)
    named: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def note(self, sentence: str, *where: str) -> None:
        """Note what is wrong with a name."""
        self.named.append((where, sentence))
        self.sentences.append(f"{self.loaded.where(*where)}: {sentence}")


def checked(
    table: object,
    kinds: Mapping[str, Callable[[Any], Any]],
    faults: Faults,
    *where: str,
    also: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the values of a table that can be used; what is wrong with the others is noted.

    Args:
        table: Of the file.
        kinds: Name to what checks its value, and says with an :class:`~outreach.errors.InputError` what is wrong.
        faults: Where that is noted.
        where: The headings above the table.
        also: Names that somebody else checks.

    """
    if not isinstance(table, dict):
        faults.note(f"{where[-1]} has names of its own: write it as a heading, [{'.'.join(where)}]", *where)
        return {}
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key in kinds:
            try:
                found[key] = kinds[key](value)
            except InputError as err:
                faults.note(f"{key}: {err.message}{f'; {err.hint}' if err.hint else ''}", *where, key)
        elif key not in also:
            faults.note(_unknown(key, (*kinds, *also), where), *where, key)
    return found


def _unknown(word: str, known: tuple[str, ...], where: tuple[str, ...]) -> str:
    """Say that a name is none of ours, and which one may be meant."""
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), known, 1, 0.6)
    place = f" below [{where[0]}]" if where else ""
    shown = word if word.isprintable() and len(word) < LONGEST_SHOWN else "this"
    advice = f"do you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return f"{shown} is not a known name{place}; {advice}"
