"""The words of our users' languages: every TOML file beside this one is a language.

Parsing them takes a tenth of a small ranking, so that they are compiled into one file, which the wheel brings along. It
holds a checksum of what it was made from: where the two differ it is made anew, and kept where the folder can be
written to, just as Python keeps its own compiled files. Its lists are parted when they are asked for.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.words import fold as folds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["FOLDER", "keys_of", "languages_of", "meanings_of", "ordered_words_of", "text_in", "texts_of", "words_of"]

FOLDER: Final = Path(__file__).parent
COMPILED: Final = "compiled.txt"
CODE: Final = ("fold.py", "vocabulary.py")
"""The checksum covers these too: they decide what is made of the languages."""

BETWEEN: Final = b"\x1e"  # between blocks; TOML holds no such sign

FIRST: Final = ("en", "ru", "lv", "el", "hy")
"""The order of the languages where one is needed; the others follow by their code."""

COMPARED: Final[Mapping[str, Callable[[str], str]]] = {
    **dict.fromkeys(("cells", "accepting_signs", "memberships"), folds.fold),
    **dict.fromkeys(("sizes", "months"), folds.fold_size),
    **dict.fromkeys(
        ("accepting", "headers", "titles", "questions", "sentences", "statuses", "deals", "link_places", "prices",
         "ways_in", "event_kinds", "replies", "channels", "plays",
         "payments", "json", "own_sources", "search_engines", "hits", "counts", "calls", "joins",
         "short_links", "size_origins", "ga4", "metrica", "matomo", "regulated",
         "synchronised", "survey", "survey_groups", "survey_steps", "trials"),
        folds.fold_header,
    ),
    "found_in": folds.fold_header,
    "answers": folds.fold_answer,
    **dict.fromkeys(("interface", "letters"), folds.fold_letters),
}  # fmt: skip
"""How the words of a table are compared; those of other tables stay as they are written."""


@cache
def words_of(section: str) -> frozenset[str]:
    """Return the words of a list in all languages, folded as the list is compared.

    Args:
        section: Its table and its name, ``headers.likes.customer``.

    Raises:
        KeyError: No language has such a list.

    Example:
        >>> "нет" in words_of("cells.no"), "δεν ξερω" in words_of("answers.unknown")
        (True, True)

    """
    return frozenset(ordered_words_of(section))


def ordered_words_of(section: str) -> tuple[str, ...]:
    """Return the words of a list, folded, in the order of the languages and of their lists.

    Example:
        >>> ordered_words_of("headers.sheet.topic")
        ('topic', 'тема', 'tema', 'θεμα', 'թեմա')

    """
    return _parted(_vocabulary()[f"folded {section}"])


def texts_of(section: str) -> tuple[str, ...]:
    """Return the words of a list as they are written.

    Example:
        >>> texts_of("headers.sheet.topic")
        ('topic', 'тема', 'tēma', 'θέμα', 'թեմա')

    """
    found = _vocabulary()
    return _parted(found.get(f"written {section}") or found[f"folded {section}"])


def keys_of(table: str) -> tuple[str, ...]:
    """Return the names of the lists of a table, in the order of ``en.toml``.

    Example:
        >>> keys_of("statuses")
        ('drafted', 'sent', 'quoted', 'booked', 'published', 'declined', 'removed')

    """
    return tuple(section.removeprefix(f"{table}.") for section in _sections(table))


@cache
def meanings_of(table: str) -> Mapping[str, str]:
    """Return what the words of a table mean, by the folded word; of two meanings the first counts.

    Example:
        >>> meanings_of("deals")["бартер"], meanings_of("currencies")["€"]
        ('barter', 'EUR')

    """
    return MappingProxyType(
        {
            word: section.removeprefix(f"{table}.")
            for section in reversed(_sections(table))
            for word in ordered_words_of(section)
        }
    )


def languages_of(table: str) -> tuple[str, ...]:
    """Return the languages that have texts of their own in a table.

    Example:
        >>> languages_of("collect")
        ('en', 'ru', 'lv', 'el', 'hy')

    """
    of_texts = [name.split(" ") for name in _vocabulary() if name.startswith("text ")]
    return tuple(dict.fromkeys(code for _, code, section in of_texts if section.startswith(f"{table}.")))


def text_in(language: str, section: str) -> str:
    """Return a text of one language.

    Raises:
        KeyError: The language has none.

    Example:
        >>> text_in("lv", "collect.customer")
        'Klients'

    """
    return _vocabulary()[f"text {language} {section}"].decode()


def _parted(words: bytes) -> tuple[str, ...]:
    return tuple(words.decode().split("\n")) if words else ()


def _sections(table: str) -> list[str]:
    """Return the lists right below a table."""
    begin = f"folded {table}."
    names = [name for name in _vocabulary() if name.startswith(begin) and "." not in name[len(begin) :]]
    return [name.removeprefix("folded ") for name in names]


@cache
def _vocabulary() -> dict[str, bytes]:
    """Return the compiled lists and texts, made anew where they are missing or of other sources."""
    if not FOLDER.is_dir():  # in an archive, as the workers of a cluster have us: it is packed with compiled words
        from pkgutil import get_data

        return _unpacked(get_data(__package__, COMPILED) or b"")
    sources = read_sources(FOLDER)
    with suppress(OSError, ValueError):
        found = _unpacked((FOLDER / COMPILED).read_bytes())
        if found.get("checksum") == b"%d" % checksum_of(sources):
            return found
    made = compiled(sources)
    with suppress(OSError):  # a folder that cannot be written to: this run parses, and so does the next
        write_whole(FOLDER / COMPILED, made)
    return _unpacked(made)


def _unpacked(content: bytes) -> dict[str, bytes]:
    named = (block.partition(b"\n") for block in content.split(BETWEEN))
    return {name.decode(): rest for name, _, rest in named}


def read_sources(folder: Path) -> dict[str, bytes]:
    """Return what the compiled words are made from: the languages in their order, and the code."""
    codes = {name.removesuffix(".toml") for name in os.listdir(folder) if name.endswith(".toml")}  # noqa: PTH208 - faster
    ordered = [code for code in FIRST if code in codes] + sorted(codes.difference(FIRST))
    return {name: (folder / name).read_bytes() for name in (*(f"{code}.toml" for code in ordered), *CODE)}


def checksum_of(sources: Mapping[str, bytes]) -> int:
    """Return a number that changes with any of the sources."""
    checksum = 0
    for name, content in sources.items():
        checksum = zlib.crc32(content, zlib.crc32(name.encode(), checksum))
    return checksum


def compiled(sources: Mapping[str, bytes]) -> bytes:
    """Return the words of all languages together, and the texts of each: blocks of a name and what it holds.

    Raises:
        ValueError: A file is no TOML, or holds something else than lists of words and texts.

    """
    import tomllib

    written: dict[str, list[str]] = {}
    texts: dict[str, dict[str, str]] = {}
    for name, content in sources.items():
        code, dot, ending = name.rpartition(".")
        if dot and ending == "toml":
            try:
                language = tomllib.loads(content.decode("utf-8"))
            except ValueError as err:
                raise ValueError(f"{name}: {err}") from err
            for section, value in _entries(language, name):
                if isinstance(value, str):
                    texts.setdefault(code, {})[section] = value
                else:
                    written.setdefault(section, []).extend(value)
    written = {section: list(dict.fromkeys(words)) for section, words in written.items()}
    folded = {section: _folded(section, words) for section, words in written.items()}
    changed = {section: words for section, words in written.items() if words != folded[section]}
    blocks = {
        **{f"folded {section}": "\n".join(words) for section, words in folded.items()},
        **{f"written {section}": "\n".join(words) for section, words in changed.items()},
        **{f"text {code} {section}": text for code, mine in texts.items() for section, text in mine.items()},
        "checksum": str(checksum_of(sources)),  # the last one: without it the file was cut off
    }
    return BETWEEN.join(f"{name}\n{content}".encode() for name, content in blocks.items())


def _entries(table: Mapping[str, Any], name: str, above: str = "") -> Iterator[tuple[str, list[str] | str]]:
    for key, value in table.items():
        section = f"{above}{key}"
        if isinstance(value, dict):
            yield from _entries(value, name, f"{section}.")
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(word, str) for word in value)):
            yield section, value
        else:
            raise ValueError(f"{name}: {section} is neither a text nor a list of words")


def _folded(section: str, words: list[str]) -> list[str]:
    """Return words as they are compared; a sign that folding takes away stays as it is."""
    fold = COMPARED.get(section.partition(".")[0])
    return words if fold is None else list(dict.fromkeys(fold(word) or word for word in words))


def write_whole(path: Path, made: bytes) -> None:
    """Write compiled words, whole or not at all: two programs may do so at once."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(made)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
