"""Files of one name: lists that each customer keeps in a folder of his own, and copies of one list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Skipped, sentence
from outreach.files.source import Source
from outreach.likes.tables.titles import customer_of_titles
from outreach.words.fold import fold
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["by_folder", "without_copies"]

COPIES: Final = "|".join(map(fold, texts_of("titles.copies")))
COPY: Final = re.compile(rf"\s*(?:\(\d+\)|[-_ ]+(?:{COPIES})(?:\s*\(\d+\))?)$")
SEASONS: Final = frozenset(map(fold, texts_of("titles.seasons")))


def by_folder(found: Sequence[Source | Skipped]) -> list[Source | Skipped]:
    """Return what was found, with the folder for the customer where every folder holds one file of the same name.

    Folders that are called like a platform, a year or a season are nobody's. The file may still name the platform.

    Example:
        >>> from pathlib import Path
        >>> def source(*titles): return Source("/".join(reversed(titles)), Path(), b"", titles=titles)
        >>> [one.titles[0] for one in by_folder([source("mine", "anna", "lists"), source("mine", "boris", "lists")])]
        ['anna', 'boris']
        >>> [one.titles[0] for one in by_folder([source("anna", "2025"), source("anna", "2026")])]
        ['anna', 'anna']

    """
    sources = [one for one in found if isinstance(one, Source)]
    folders = [one.titles[1:] for one in sources if len(one.titles) > 1]
    same = len({one.titles[0] for one in sources if one.titles}) == 1
    people = all(customer_of_titles(titles[:1]) and fold(titles[0]) not in SEASONS for titles in folders)
    if len(sources) < 2 or len(set(folders)) < len(sources) or not same or not people:
        return list(found)
    return [
        replace(one, titles=(one.titles[1], one.titles[0], *one.titles[2:])) if isinstance(one, Source) else one
        for one in found
    ]


def without_copies(found: Sequence[Source | Skipped]) -> Iterator[Source | Skipped]:
    """Yield what was found, a copy of a list as passed over: ``anna (1).txt`` with the content of ``anna.txt``."""
    groups: dict[tuple[str, ...], list[Source]] = {}
    for one in found:
        if isinstance(one, Source) and one.titles:
            groups.setdefault((COPY.sub("", fold(one.titles[0])), *one.titles[1:]), []).append(one)
    copies: dict[str, str] = {}
    for alike in groups.values():
        firsts: dict[str, str] = {}
        for one in sorted(alike, key=lambda source: (len(source.titles[0]), source.label)) if len(alike) > 1 else ():
            first = firsts.setdefault(one.sha256, one.label)
            if first != one.label:
                copies[one.label] = first
    for one in found:
        if isinstance(one, Source) and one.label in copies:
            yield Skipped(one.label, sentence(f"a copy of {copies[one.label]}"))
        else:
            yield one
