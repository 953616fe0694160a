"""What letters are checked for: a file that people may change, whose items say where they come from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["ITEMS", "Checklist", "Item", "Limits", "read_checklist"]

FILE: Final = "checks.toml"
ITEMS: Final = (
    "name", "specialisation", "proof", "topics", "links", "question", "plain", "placeholder", "length", "subject", "eu",
    "follow_up",
)  # fmt: skip
"""The items of the list, in the order of a letter."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long letters may be, and how much may be in them.

    Args:
        message_characters: Of a direct message, least and most.
        email_words: The most in an e-mail.
        subject_characters: Of its subject, least and most.
        message_links: In a direct message, least and most.
        email_links: In an e-mail.
        follow_up_characters: The most in a follow-up.
        topics: The most.
        sentence_words: The most in one sentence.
        lix: Language to the highest readability index.

    """

    message_characters: tuple[int, int]
    email_words: int
    subject_characters: tuple[int, int]
    message_links: tuple[int, int]
    email_links: tuple[int, int]
    follow_up_characters: int
    topics: int
    sentence_words: int
    lix: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """What a letter is checked for.

    Args:
        name: One of :data:`ITEMS`.
        origin: Where it comes from: the method, editors, studies, the law.
        why: The reason, without a full stop.
        source: Where that is said.
        checked: When that was last read.
        doubt: What could not be confirmed; empty where nothing is open.

    """

    name: str
    origin: str
    why: str
    source: str
    checked: date
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Limits, items by name, and markets where the rule of the EU does not hold."""

    limits: Limits
    items: Mapping[str, Item]
    outside_eu: frozenset[str]

    def in_eu(self, market: str) -> bool:
        """Whether somebody there has to be told where their address was found; so it is where nothing is known.

        Example:
            >>> from outreach.teasers.template_folders import packaged_folder
            >>> found = read_checklist([packaged_folder() / "letter"])
            >>> found.in_eu("LV"), found.in_eu(""), found.in_eu("RU")
            (True, True, False)

        """
        return market.upper() not in self.outside_eu


def read_checklist(folders: Sequence[Path]) -> Checklist:
    """Read the checklist; a folder before lays its own over those behind, name by name.

    Raises:
        TemplateError: A file cannot be read, or a value is none of its kind.

    """
    tables: dict[str, dict[str, Any]] = {"limits": {}, "check": {}, "outside_eu": {}}
    last = folders[-1] / FILE
    for path in (folder / FILE for folder in reversed(folders)):
        if path.is_file():
            last = path
            for heading, table in _loaded(path).items():
                _lay_over(tables, heading, table, path)
    try:
        limits = Limits(**{name: kind(tables["limits"][name]) for name, kind in _LIMITS.items()})
        items = {name: _item(name, tables["check"][name]) for name in ITEMS}
        markets = frozenset(map(str.upper, tables["outside_eu"]["markets"]))
    except (KeyError, TypeError, ValueError, AttributeError, InputError) as err:
        raise TemplateError(
            f"{last}: a value is missing or of the wrong kind ({err})",
            hint="compare it with the file that comes with outreach",
        ) from err
    return Checklist(limits, MappingProxyType(items), markets)


def _lay_over(tables: dict[str, dict[str, Any]], heading: str, table: Any, path: Path) -> None:
    if heading not in tables or not isinstance(table, dict):
        raise TemplateError(f"{path}: {heading} is not a known heading", hint=f"known: {', '.join(tables)}")
    for name, value in table.items():
        before = tables[heading].get(name)
        both = isinstance(before, dict) and isinstance(value, dict)
        tables[heading][name] = {**before, **value} if both and before else value


def _item(name: str, table: Mapping[str, Any]) -> Item:
    texts = {key: table.get(key, "") for key in ("from", "why", "source", "doubt")}
    if not all(isinstance(one, str) for one in texts.values()) or not isinstance(table["checked"], date):
        raise TypeError(name)
    return Item(name, texts["from"], texts["why"].rstrip("."), texts["source"], table["checked"], texts["doubt"])


def _loaded(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as err:
        raise TemplateError(f"{path}: cannot be read ({err.strerror})", hint="check its permissions") from err
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as err:
        raise TemplateError(
            f"{path}: cannot be read", hint="write TOML in UTF-8, like the file that outreach comes with"
        ) from err


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value


def _pair(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2 or _number(value[0]) > _number(value[1]):
        raise TypeError(value)
    return value[0], value[1]


_LIMITS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({
    "message_characters": _pair,
    "email_words": _number,
    "subject_characters": _pair,
    "message_links": _pair,
    "email_links": _pair,
    "follow_up_characters": _number,
    "topics": _number,
    "sentence_words": _number,
    "lix": lambda value: MappingProxyType({str(code): _number(most) for code, most in value.items()}),
})  # fmt: skip
