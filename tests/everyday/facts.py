"""Facts (who follows what) and every way to write them down, for the property that what is read equals the facts."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import zip_longest
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.everyday.cases import run, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.everyday.cases import Outcome

Grid = list[list[str]]


class Words(NamedTuple):
    """What headers and totals are called in one language."""

    customer: str
    place: str
    name: str
    platform: str
    size: str
    total: str
    title: str
    customers: Sequence[str]


LANGUAGES: Final = {
    "en": Words(
        *("Customer", "Page", "Name", "Platform", "Subscribers", "Total", "What our customers follow, March 2026"),
        ["Anna", "Boris Lapin", "Carl", "Dora Liepa", "Emma"],
    ),
    "ru": Words(
        *("Клиент", "Страница", "Название", "Платформа", "Подписчики", "Итого", "Что читают наши клиенты, март 2026"),
        ["Анна", "Борис Лапин", "Вера", "Глеб", "Дина Лиепа"],
    ),
    "el": Words(
        *("Πελάτης", "Σελίδα", "Όνομα", "Πλατφόρμα", "Ακόλουθοι", "Σύνολο", "Τι ακολουθούν οι πελάτες μας, 2026"),
        ["Άννα", "Νίκος Λιέπα", "Ελένη", "Μαρία", "Πέτρος"],
    ),
    "lv": Words(
        *("Klients", "Lapa", "Nosaukums", "Platforma", "Sekotāji", "Kopā", "Kam seko mūsu klienti, 2026. gada marts"),
        ["Ilze", "Jānis Bērziņš", "Zane", "Uldis", "Līga"],
    ),
    "hy": Words(
        *("Հաճախորդ", "Էջ", "Անվանում", "Հարթակ", "Հետևորդներ", "Ընդամենը", "Ինչի են հետևում մեր հաճախորդները, 2026"),
        ["Անի", "Տիգրան Լապին", "Մարիամ", "Արամ", "Նարե"],
    ),
}
MARKS: Final = [
    *[("x", ""), ("X", ""), ("1", ""), ("1", "0"), ("+", ""), ("+", "-"), ("✓", ""), ("yes", "no"), ("TRUE", "FALSE")],
    *[("да", "нет"), ("ναι", "όχι"), ("jā", "nē"), ("այո", "ոչ")],
]
ADDRESSES: Final = {
    "telegram": ("t.me/{}", "telegram:{}"),
    "vk": ("https://vk.com/{}", "vk:{}"),
    "instagram": ("https://www.instagram.com/{}/", "instagram:{}"),
    "facebook": ("https://www.facebook.com/{}", "facebook:{}"),
    "youtube": ("youtube.com/@{}", "youtube:@{}"),
}
WITH_HANDLES: Final = ["telegram", "vk", "instagram"]
PLACES: Final = [
    *[
        ("rigafood", "Riga Food"),
        ("nightrunlv", "Ночной бег"),
        ("balconygarden", "Νέα Κουζίνα"),
        ("slowkitchen", "Rīgas virtuve"),
    ],
    *[
        ("parentsclub", "Նոր Խոհանոց"),
        ("teacorner", "Tea Corner"),
        ("woodshoplv", "Мамы Риги"),
        ("oldtownwalks", "Old Town Walks"),
    ],
]


@dataclass(frozen=True)
class Place:
    """One place, as it is written and as it is counted."""

    platform: str
    text: str
    name: str
    key: str
    size: int


@dataclass(frozen=True)
class Facts:
    """Who follows what, and how it is to be written."""

    language: str
    platforms: Sequence[str]
    naming: str
    shape: str
    customer_is: str
    delimiter: str
    marks: tuple[str, str]
    sizes: bool
    totals: bool
    titles: bool
    follows: Mapping[str, Sequence[Place]]

    @property
    def combination(self) -> tuple[str, ...]:
        """What of it is the way of writing."""
        extras = [name for name in ("sizes", "totals", "titles") if getattr(self, name)]
        marks = ["/".join(self.marks)] if self.shape in ("matrix", "transposed") else []
        parted = [] if self.shape == "blocks" or self.customer_is == "tab" else [repr(self.delimiter)]
        return self.shape, self.customer_is, self.naming, self.language, *parted, *marks, *extras

    @property
    def places(self) -> list[Place]:
        """All of them, in order."""
        return sorted({place for some in self.follows.values() for place in some}, key=lambda place: place.key)

    @property
    def words(self) -> Words:
        """The words of its language."""
        return LANGUAGES[self.language]

    def overlaps(self) -> dict[str, int]:
        """Return how many customers follow each place."""
        return {place.key: sum(place in some for some in self.follows.values()) for place in self.places}


def long(facts: Facts) -> Grid:
    """One row a like."""
    words, many = facts.words, facts.naming != "address" and len(facts.platforms) > 1
    head = [words.customer, *[words.platform] * many, words.place, *[words.size] * facts.sizes]
    rows = [
        [customer, *[place.platform] * many, place.text, *[str(place.size)] * facts.sizes]
        for customer, some in facts.follows.items()
        for place in some
    ]
    count = str(sum(int(row[-1]) for row in rows) if facts.sizes else len(rows))
    total = [words.total, *[""] * (len(head) - 2), count]
    return [head, *rows, *[total] * facts.totals]


def rows_of_cells(facts: Facts) -> Grid:
    """One row a customer, a place a cell."""
    widest = max(map(len, facts.follows.values()))
    head = [facts.words.customer, *[f"{facts.words.place} {number}" for number in range(1, widest + 1)]]
    return [head, *[[customer, *[place.text for place in some]] for customer, some in facts.follows.items()]]


def rows_of_lists(facts: Facts) -> Grid:
    """One row a customer, all places in one cell."""
    rows = [[customer, ", ".join(place.text for place in some)] for customer, some in facts.follows.items()]
    return [[facts.words.customer, facts.words.place], *rows]


def columns(facts: Facts) -> Grid:
    """One column a customer."""
    texts = [[place.text for place in some] for some in facts.follows.values()]
    counts = [[str(len(some)) for some in facts.follows.values()]]
    return [list(facts.follows), *map(list, zip_longest(*texts, fillvalue="")), *counts * facts.totals]


def matrix(facts: Facts) -> Grid:
    """Customers down, places across."""
    yes, no = facts.marks
    head = [facts.words.customer, *[place.text for place in facts.places]]
    rows = [[name, *[yes if place in some else no for place in facts.places]] for name, some in facts.follows.items()]
    return [head, *rows, *[[facts.words.total, *map(str, facts.overlaps().values())]] * facts.totals]


def transposed(facts: Facts) -> Grid:
    """Places down, customers across."""
    yes, no = facts.marks
    words = facts.words
    rows = [
        [
            place.text,
            *[str(place.size)] * facts.sizes,
            *[yes if place in some else no for some in facts.follows.values()],
        ]
        for place in facts.places
    ]
    counts = [str(len(some)) for some in facts.follows.values()]
    total = [words.total, *[""] * facts.sizes, *counts]
    return [[words.place, *[words.size] * facts.sizes, *facts.follows], *rows, *[total] * facts.totals]


GRIDS: Final[Mapping[str, Callable[[Facts], Grid]]] = {
    one.__name__: one for one in (long, rows_of_cells, rows_of_lists, columns, matrix, transposed)
}
READ_AS: Final = {"rows_of_cells": "rows", "rows_of_lists": "rows", "transposed": "matrix", "named_list": "list"}
WITH_SIZES: Final = frozenset(["long", "transposed", "named_list"])
WITH_TOTALS: Final = frozenset(["long", "columns", "matrix", "transposed", "list"])


def one_list(facts: Facts, some: Sequence[Place]) -> Grid:
    """The places of one customer: bare, or with their names and sizes below a header."""
    words = facts.words
    if facts.shape == "list":
        return [*[[place.text] for place in some], *[[f"{words.total}: {len(some)}"]] * facts.totals]
    rows = [[place.name, place.text, *[str(place.size)] * facts.sizes] for place in some]
    return [[words.name, words.place, *[words.size] * facts.sizes], *rows]


def blocks(facts: Facts) -> str:
    """A customer, the places below, and an empty line."""
    colon = "" if facts.naming == "address" else ":"
    return "\n".join(
        f"{customer}{colon}\n" + "".join(f"{place.text}\n" for place in some)
        for customer, some in facts.follows.items()
    )


def files_of(facts: Facts) -> dict[str, object]:
    """Return the files that say it."""
    if facts.shape == "blocks":
        return {"lists.txt": blocks(facts)}
    if facts.customer_is == "column":
        title = [[facts.words.title], []] * facts.titles
        text = delimited([*title, *GRIDS[facts.shape](facts)], facts.delimiter)
        return {"table.xlsx": {"tabs": {"Sheet1": text}}} if facts.delimiter == "xlsx" else {"table.csv": text}
    lists = {customer: one_list(facts, some) for customer, some in facts.follows.items()}
    if facts.customer_is == "tab":
        return {"lists.xlsx": {"tabs": {customer: delimited(grid, "xlsx") for customer, grid in lists.items()}}}
    suffix = "txt" if facts.shape == "list" else "csv"
    where = "{}." if facts.customer_is == "file" else "{}/list."
    return {where.format(customer) + suffix: delimited(grid, facts.delimiter) for customer, grid in lists.items()}


def delimited(grid: Grid, delimiter: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";" if delimiter == "xlsx" else delimiter, lineterminator="\n").writerows(grid)
    return stream.getvalue()


SHAPES: Final = [*GRIDS, "blocks", "list", "named_list"]


def written(number: int) -> Facts:
    """Return facts and one way to write them down in which nothing is left open: the same for the same number.

    The shapes take turns, everything else is drawn.
    """
    draw = Random(number)  # noqa: S311  # no secret
    shape = SHAPES[number % len(SHAPES)]
    naming = "address" if shape == "named_list" else draw.choice(["address", "handle", "name"])
    known = WITH_HANDLES if naming == "handle" else list(ADDRESSES)
    platforms = draw.sample(known, 1 if naming != "address" and shape != "long" else draw.randint(1, 3))
    language = draw.choice(list(LANGUAGES))
    at = naming == "handle" and draw.random() < 0.5
    pool = [place(one, draw.choice(platforms), naming=naming, at=at) for one in PLACES]
    places = draw.sample(pool, draw.randint(2, 6))
    customers = LANGUAGES[language].customers[: draw.randint(2, 5)]
    follows = {customer: draw.sample(places, draw.randint(1, len(places))) for customer in customers}
    in_lists = shape in ("list", "named_list")
    return Facts(
        language,
        platforms,
        naming,
        shape,
        draw.choice(["file", "tab", "folder"]) if in_lists else "column",
        draw.choice([",", ";", "\t"] if in_lists else [",", ";", "\t", "|", "xlsx"]),
        draw.choice(MARKS),
        shape in WITH_SIZES and draw.random() < 0.5,
        shape in WITH_TOTALS and draw.random() < 0.5,
        shape in GRIDS and draw.random() < 0.5,
        follows,
    )


def place(one: tuple[str, str], platform: str, *, naming: str, at: bool) -> Place:
    """Return a place on a platform under its address, handle or name."""
    handle, name = one
    address, key = ADDRESSES[platform]
    text = {"address": address.format(handle), "handle": "@" * at + handle, "name": name}[naming]
    rest = f"{platform}:name/{name.lower().replace(' ', '%20')}" if naming == "name" else key.format(handle)
    return Place(platform, text, name, rest, 1000 + 137 * len(name) * len(handle))


def said_outright(facts: Facts) -> list[str]:
    """Return the options that a marketer gives anyway: the platform where nothing in the files tells it."""
    alone = facts.naming != "address" and (facts.shape != "long" or len(facts.platforms) == 1)
    return ["--assume-platform", facts.platforms[0]] if alone else []


def differs(facts: Facts, got: Outcome) -> str:
    """Return how what was read differs from the facts, empty where it does not."""
    have = {key: count for key, (count, _) in got.places.items()}
    if have != facts.overlaps():
        return f"{'/'.join(facts.combination)}: want {facts.overlaps()}, got {got}"
    wrong = [place for place in facts.places if facts.sizes and got.places[place.key][1] != str(place.size)]
    return f"{'/'.join(facts.combination)}: wrong sizes, got {got}" if wrong else ""


def tried(facts: Facts, folder: Path) -> tuple[str, bool]:
    """Return how what is read differs from the facts, and whether the run was refused first.

    A refusal is followed: the options of its hint, each with what is true of these files.
    """
    write(files_of(facts), folder)
    given = said_outright(facts)
    first = got = run(folder, given)
    for _ in range(2):
        if not got.refused:
            break
        ways = list(options_of(got.stderr, facts))
        if not ways:
            return f"{'/'.join(facts.combination)}: its hint names no option that fits, {got}", True
        for way in ways:
            got = run(folder, [*given, *way])
            if not differs(facts, got):
                return "", True
        given += ways[0]
    return differs(facts, got), first.exit_code != 0


def options_of(stderr: str, facts: Facts) -> Iterator[list[str]]:
    """Yield what a hint offers, as somebody who knows the facts gives it: each option alone, then all of them."""
    hint = " ".join(stderr.partition("Hint: ")[2].split())
    true = {
        "--read-as": READ_AS.get(facts.shape, facts.shape),
        "--customer-is": facts.customer_is,
        "--columns": columns_named(facts),
        "--assume-platform": facts.platforms[0],
    }
    offered = {}
    for option, value in true.items():
        texts = re.findall(rf"{option} ([^;.]*)", hint)
        named = any(value in re.findall(r"\w+", text) for text in texts)
        if texts and value and (named or option in ("--columns", "--assume-platform")):
            offered[option] = value
    yield from ([option, value] for option, value in offered.items())
    if len(offered) > 1:
        yield [word for pair in offered.items() for word in pair]


def columns_named(facts: Facts) -> str:
    """Return what ``--columns`` has to say of these files, empty where there are no such columns."""
    words = facts.words
    if facts.shape == "named_list":
        return f"name={words.name},url={words.place}"
    return f"customer={words.customer},resource={words.place}" if facts.shape in ("long", "rows_of_lists") else ""
