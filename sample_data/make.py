"""Write the facts of ``likes.csv`` in the other shapes that people have them in.

``python sample_data/make.py [FOLDER]``; the same input gives the same files. Where a shape does not tell the platform,
a bare ``@handle`` gets it written before it, as a person would.
"""
# ruff: noqa: INP001 - a script beside its data, no package

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from outreach.keys import identify, is_name, name_key, url_of
from outreach.reporting.collect_sheet import Tab, collect_book
from outreach.reporting.collect_words import platform_title, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE: Final = Path(__file__).parent
PLATFORMS: Final = ("facebook", "instagram", "telegram", "vk", "youtube")
UNKNOWN: Final = "?"  # nobody asked: nothing at all would mean that the customer follows nothing there
NBSP: Final = "\u00a0"
RUSSIAN: Final = "cp1251"
FIRST_ANSWER: Final = datetime(2026, 3, 2, 9, 14, 7, tzinfo=UTC)

QUESTIONS: Final = {
    "facebook": "Which Facebook pages and groups do you read?",
    "instagram": "Whom do you follow on Instagram?",
    "telegram": "Which Telegram channels do you read?",
    "vk": "Which VK communities do you read?",
    "youtube": "Which YouTube channels do you watch?",
}
MAILS: Final = {
    "Ilze K.": "ilze.k@example.org",
    "Jānis B.": "janis.b@example.com",
    "Anna P.": "anna.p@example.org",
    "Сергей М.": "sergey.m@example.com",
    "Олена Т.": "olena.t@example.org",
    "Дмитрий Л.": "dmitry.l@example.com",
    "Марина Г.": "marina.g@example.org",
    "Ελένη Π.": "eleni.p@example.com",
    "Γιώργος Α.": "giorgos.a@example.org",
    "Անի Հ.": "ani.h@example.com",
    "Tigran S.": "tigran.s@example.org",
    "Rachel W.": "rachel.w@example.com",
}
IN_RUSSIAN: Final = {"Jānis B.": "Янис Б.", "Ελένη Π.": "Элени П.", "Γιώργος Α.": "Йоргос А.", "Անի Հ.": "Ани А."}
BUTTONS: Final = {0: "Following", 3: "Вы подписаны"}  # by the customer's place: what they pasted along


@dataclass(frozen=True, slots=True)
class Like:
    """One row of ``likes.csv`` that says which place is meant.

    Args:
        customer: Label.
        platform: Where the place is.
        key: Of the place; of one known by its name the same as in the rows that hold its address too.
        address: As found; the name where nothing else is known.
        name: Of the place, empty where the row does not say.
        subscribers: As written, empty where the row does not say.

    """

    customer: str
    platform: str
    key: str
    address: str
    name: str
    subscribers: str

    def alone(self) -> str:
        """Return the address as it is understood without a platform beside it."""
        if identify(self.address).key == self.key:
            return self.address
        return f"{platform_title(self.platform, 'en')}: {self.address}"


def main() -> None:
    """Write all files to the folder that is given, else beside this one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in files().items():
        (folder / name).write_bytes(data)


def files() -> dict[str, bytes]:
    """Return each file's name and what is in it."""
    likes = read()
    makers: dict[str, Callable[[Sequence[Like]], bytes]] = {
        "matrix.xlsx": matrix,
        "follows.xlsx": follows,
        "columns.csv": columns,
        "form.csv": form,
        "pasted.txt": pasted,
        "excel_ru.csv": excel_ru,
    }
    return {name: make(likes) for name, make in makers.items()}


def read() -> list[Like]:
    """Return what ``likes.csv`` says; a name is replaced by an address where other rows tell it."""
    with (HERE / "likes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [identify(row["resource"] or row["name"], row["platform"]).key for row in rows]
    by_name = {
        name_key(row["name"], row["platform"]): key
        for row, key in zip(rows, keys, strict=True)
        if key and row["name"] and not is_name(key)
    }
    known: list[Like] = []
    for row, key in zip(rows, keys, strict=True):
        if key is None:
            continue
        place = by_name.get(key, key)
        address = row["resource"] or (row["name"] if is_name(place) else url_of(place)) or ""
        known.append(Like(row["customer"], row["platform"], place, address, row["name"], row["subscribers"]))
    return known


def customers(likes: Iterable[Like]) -> list[str]:
    """Return the labels in the order of the file."""
    return list(dict.fromkeys(like.customer for like in likes))


def listed(likes: Sequence[Like], customer: str, platform: str | None = None) -> list[Like]:
    """Return what a customer follows."""
    return [like for like in likes if like.customer == customer and platform in {None, like.platform}]


def matrix(likes: Sequence[Like]) -> bytes:
    """One row a customer, one column a place; in a matrix an empty cell is a no."""
    places = sorted({(like.platform, like.key) for like in likes})
    rows = [["Customer", *(heading(likes, key) for _, key in places)]]
    for customer in customers(likes):
        follows = {like.key for like in listed(likes, customer)}
        asked = {like.platform for like in listed(likes, customer)}
        rows.append([customer, *("x" if key in follows else "" if on in asked else UNKNOWN for on, key in places)])
    return sheet("Customers", rows)


def heading(likes: Sequence[Like], key: str) -> str:
    """Return the address that most customers have of a place, of equals the first one."""
    found = Counter(like.alone() for like in likes if like.key == key)
    return found.most_common(1)[0][0]


def sheet(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with one tab of text cells."""
    import xlsxwriter  # type: ignore[import-untyped]  # has no types

    stream = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        tab = book.add_worksheet(name)
        tab.freeze_panes(1, 1)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                if text:
                    tab.write_string(number, place, text)
    return stream.getvalue()


def follows(likes: Sequence[Like]) -> bytes:
    """Return the sheet of ``outreach collect``, filled in; who was not asked keeps an unnamed column."""
    words = words_in("en")
    tabs = []
    for platform in PLATFORMS:
        lists = {}
        for number, customer in enumerate(customers(likes), 1):
            addresses = [like.address for like in listed(likes, customer, platform)]
            lists[customer if addresses else words.label(number)] = addresses
        tabs.append(Tab(platform_title(platform, "en"), lists))
    return collect_book(tabs, "en", named=True)


def columns(likes: Sequence[Like]) -> bytes:
    """One column a customer, as long as their list is."""
    labels = customers(likes)
    lists = [[like.alone() for like in listed(likes, customer)] for customer in labels]
    rows = [labels, *(list(row) for row in zip_longest(*lists, fillvalue=""))]
    return table([without_end(row) for row in rows], ",", "\n").encode()


def without_end(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    while row and not row[-1]:
        row = row[:-1]
    return row


def form(likes: Sequence[Like]) -> bytes:
    """Return what Google Forms exports: one row an answer; some separate by commas, some by lines."""
    rows = [["Timestamp", "Email Address", "How long have you been our customer?", *QUESTIONS.values()]]
    for number, customer in enumerate(customers(likes)):
        moment = FIRST_ANSWER + timedelta(minutes=47 * number, seconds=13 * number)
        separator = ", " if number % 2 else "\n"
        answers = [separator.join(like.address for like in listed(likes, customer, on)) for on in QUESTIONS]
        rows.append(
            [
                f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}:{moment:%M:%S} {'PM' if moment.hour > 11 else 'AM'} GMT",
                MAILS[customer],
                ("Less than a year", "One to three years", "Longer")[number % 3],
                *(answer or UNKNOWN for answer in answers),
            ]
        )
    return table(rows, ",", "\n", quoted=True).encode()


def pasted(likes: Sequence[Like]) -> bytes:
    """One block a customer: the name, addresses, then under a platform's name what is no address; a blank line."""
    blocks = []
    for number, customer in enumerate(customers(likes)):
        mine = listed(likes, customer)
        lines = [customer]
        for like in mine:
            if like.alone() == like.address:
                lines.append(like.address)
                lines += [BUTTONS[number]] if number in BUTTONS and like.platform == "instagram" else []
        for platform in PLATFORMS:
            bare = [like.address for like in mine if like.platform == platform and like.alone() != like.address]
            lines += [f"{platform_title(platform, 'en')}:", *bare] if bare else []
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks).encode()


def excel_ru(likes: Sequence[Like]) -> bytes:
    """One like a row as a Russian Excel saves it; what cp1251 cannot hold is spelled otherwise or left out."""
    rows = [["Клиент", "Площадка", "Сообщество", "Название", "Подписчики"]]
    for like in likes:
        label = IN_RUSSIAN.get(like.customer, like.customer)
        address = (
            like.address
            if in_cp1251(like.address)
            else "".join(sign if in_cp1251(sign) else quote(sign) for sign in like.key)
        )
        name = like.name if in_cp1251(like.name) else ""
        size = f"{int(like.subscribers):,}".replace(",", NBSP) if like.subscribers else ""
        rows.append([label, platform_title(like.platform, "en"), address, name, size])
    return table(rows, ";", "\r\n").encode(RUSSIAN)


def in_cp1251(text: str) -> bool:
    """Whether the code page holds all letters of a text."""
    return text.encode(RUSSIAN, "ignore").decode(RUSSIAN) == text


def table(rows: Iterable[Sequence[str]], delimiter: str, end: str, *, quoted: bool = False) -> str:
    """Return rows as delimited text."""
    stream = io.StringIO(newline="")
    csv.writer(
        stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    ).writerows(rows)
    return stream.getvalue()


if __name__ == "__main__":
    main()
