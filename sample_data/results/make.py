"""Write what the analytics of the made-up article would say, for the five places of the README.

``python sample_data/results/make.py [FOLDER]``; the same input gives the same files. The plan below is the truth that
the files tell: a test reads it back from them.
"""
# ruff: noqa: INP001, S311 - a script beside its data, no package; chance here hides nothing

from __future__ import annotations

import csv
import io
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import outreach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE: Final = Path(__file__).parent
BRIEF: Final = HERE.parent / "brief.toml"
SEED: Final = 20260511
START: Final = datetime(2026, 5, 11, tzinfo=UTC)
DAYS: Final = 14
PAGE: Final = "/guides/ten-posts"
THANKS: Final = "/thanks"
UNTAGGED: Final = "untagged"
"""Whose link told no place."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What came of a place.

    Args:
        visits: People who came by its link, one visit each.
        signups: How many of them signed up.
        views: Of the post, as its owner told.
        cost: In EUR.

    """

    visits: int
    signups: int
    views: int
    cost: float = 0.0


PLANS: Final = {
    "telegram:bez_bublixa": Plan(124, 15, 6400, 40.0),
    "facebook:contentoodlery": Plan(160, 4, 9800, 60.0),
    "facebook:balticmarquely": Plan(58, 3, 2900),
    "youtube:@quillandbarrowby": Plan(31, 1, 11200, 35.0),
    "instagram:storyfribble": Plan(14, 0, 5200),
}
"""The places that ``outreach rank sample_data/likes.csv --own facebook.com/vorblinka`` puts first."""

STAGES: Final = ("Заявка", "Записан", "Пришёл", "Не пришёл", "Отменён", "Думает")
"""Of a booking; what the last one means nobody can know."""

BOOKINGS: Final = {
    "telegram:bez_bublixa": (3, 2, 6, 2, 1, 1),
    "facebook:contentoodlery": (1, 1, 1, 1, 1, 1),
    "facebook:balticmarquely": (1, 0, 2, 0, 0, 0),
    "youtube:@quillandbarrowby": (0, 1, 0, 0, 0, 0),
    UNTAGGED: (1, 1, 1, 1, 0, 0),
}
"""How many of a trial lesson are at each stage."""

ORDERS: Final = {"telegram:bez_bublixa": 9, "facebook:contentoodlery": 1, "facebook:balticmarquely": 2, UNTAGGED: 2}
"""Paid ones; one more was paid back, and one never paid."""

WITHOUT_TAG: Final = Plan(150, 7, 0)
"""People who came by a search or a bookmark, and sign-ups whose tag was lost on the way."""

WEBKIT: Final = "AppleWebKit/537.36 (KHTML, like Gecko)"
SAFARI: Final = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4"
BROWSERS: Final = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/136.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {SAFARI} Safari/605.1.15",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) {SAFARI} Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 15; Pixel 8) {WEBKIT} Chrome/136.0.0.0 Mobile Safari/537.36",
)
ROBOTS: Final = (
    ("GET", "TelegramBot (like TwitterBot)"),
    ("GET", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
    ("HEAD", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"),
    ("GET", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
    ("GET", "curl/8.5.0"),
)
RUSSIAN: Final = ("Олег", "Вера", "Марта", "Тимур", "Нина", "Роман")
NAMES: Final = ("Ilze", "Marta", "Juris", "Nora", "Олег", "Вера", "Ελένη", "Νίκος", "Անի", "Rasa", "Tomas", "Emma")


def main() -> None:
    """Write all files to the folder that is given, else beside this one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in files().items():
        (folder / name).write_bytes(data)


def files() -> dict[str, bytes]:
    """Return each file's name and what is in it."""
    links = tagged_links()
    makers: dict[str, Callable[[dict[str, str]], bytes]] = {
        "access.log": access_log,
        "signups.csv": sign_ups,
        "ga4.csv": ga4,
        "bookings.csv": bookings,
        "orders.csv": orders,
        "posts.csv": posts,
    }
    return {name: make(links) for name, make in makers.items()}


def tagged_links() -> dict[str, str]:
    """Return the link of each place, as ``outreach draft`` makes it."""
    drafts = outreach.draft(BRIEF, list(PLANS))
    return dict(zip(drafts["resource"], drafts["link"], strict=True))


def access_log(links: dict[str, str]) -> bytes:
    """The log of the web server, in the combined format of nginx: people, robots, pictures, mistakes."""
    chance = random.Random(SEED)
    lines = list(people(links, chance))
    lines += list(robots(links, chance))
    return "".join(line for _, line in sorted(lines)).encode()


def people(links: dict[str, str], chance: random.Random) -> Iterator[tuple[datetime, str]]:
    """Yield the requests of every visitor; each has an address of his own."""
    number = 0
    for place, plan in [*PLANS.items(), (UNTAGGED, WITHOUT_TAG)]:
        query = f"?{urlsplit(links[place]).query}" if place in links else ""
        for visitor in range(plan.visits):
            number += 1
            when, agent = moment(chance), chance.choice(BROWSERS)
            yield line(when, number, f"GET {PAGE}{query}", agent)
            if visitor % 8 == 0:
                yield line(when + timedelta(seconds=1), number, "GET /style.css", agent)
            if visitor < plan.signups:
                later = when + timedelta(minutes=chance.randint(2, 9))
                yield line(later, number, "POST /subscribe", agent, 303)
                yield line(later + timedelta(seconds=1), number, f"GET {THANKS}", agent)


def robots(links: dict[str, str], chance: random.Random) -> Iterator[tuple[datetime, str]]:
    """Yield what fetches every published link before people do, and what tries doors."""
    for place in PLANS:
        for method, agent in ROBOTS:
            query = urlsplit(links[place]).query
            yield line(moment(chance), chance.randint(5000, 5100), f"{method} {PAGE}?{query}", agent)
    for _ in range(40):
        yield line(moment(chance), chance.randint(5200, 5300), "GET /wp-login.php", chance.choice(BROWSERS), 404)


def moment(chance: random.Random) -> datetime:
    """Return a time in the two weeks; most people come in the first days, and by day."""
    day = min(int(chance.expovariate(0.25)), DAYS - 1)
    return START + timedelta(days=day, hours=chance.randint(6, 21), seconds=chance.randint(0, 3599))


def line(when: datetime, number: int, request: str, agent: str, status: int = 200) -> tuple[datetime, str]:
    """Return one line of the log; the addresses are those kept for documents."""
    address = f"203.0.113.{number % 250 + 1}" if number < 250 else f"2001:db8::{number:x}"
    shown = when.strftime("%d/May/%Y:%H:%M:%S +0000")
    return when, f'{address} - - [{shown}] "{request} HTTP/1.1" {status} 512 "-" "{agent}"\n'


def sign_ups(links: dict[str, str]) -> bytes:
    """The list of a form: the same number of people, two of them twice, one link copied without its end."""
    chance = random.Random(SEED + 1)
    rows: list[list[str]] = []
    for place, plan in [*PLANS.items(), (UNTAGGED, WITHOUT_TAG)]:
        tags = tags_of(links[place]) if place in links else ["", "", "", ""]
        for number in range(plan.signups):
            name = chance.choice(NAMES)
            mail = f"{place.partition(':')[2].strip('@') or 'guest'}.{number}@example.org"
            rows.append([f"{moment(chance):%Y-%m-%d %H:%M:%S}", mail, name, *tags])
    rows += [[*rows[0]], [*rows[20]]]
    lost = tags_of(links["facebook:balticmarquely"])
    rows.append([f"{moment(chance):%Y-%m-%d %H:%M:%S}", "cut@example.org", "Rasa", *lost[:3], lost[3][:-2]])
    header = ["Submitted at", "Email", "Name", "utm_source", "utm_medium", "utm_campaign", "utm_content"]
    return table(header, sorted(rows), ",")


def ga4(links: dict[str, str]) -> bytes:
    """Google Analytics' report: fewer sessions than visits, because not everybody agrees to be counted."""
    rows = [(tags_of(links[place]), plan.visits * 7 // 10) for place, plan in PLANS.items()]
    rows.append((["google", "organic", "(organic)", "(not set)"], 84))
    rows.append((["(direct)", "(none)", "(direct)", "(not set)"], 41))
    rule = "# ----------------------------------------"
    about = ["Traffic acquisition: Session source / medium", "Account: Vorblinka", "Property: Vorblinka school - GA4"]
    days = [f"Start date: {START:%Y%m%d}", f"End date: {START + timedelta(days=DAYS - 1):%Y%m%d}"]
    preamble = [rule, *(f"# {text}" for text in about), rule, *(f"# {text}" for text in ("", "All Users", *days))]
    header = "Session source / medium,Session campaign,Session manual ad content,Sessions,Engaged sessions"
    body = [
        f"{source} / {medium},{campaign},{content},{count},{count // 2}"
        for (source, medium, campaign, content), count in rows
    ]
    total = sum(count for _, count in rows)
    return "\n".join([*preamble, header, *body, f",,,{total},{total // 2},Grand total", ""]).encode()


def bookings(links: dict[str, str]) -> bytes:
    """The school's table of trial lessons, kept in a Russian Excel: who asked, and what became of it."""
    chance = random.Random(SEED + 2)
    rows: list[list[str]] = []
    for place, counts in BOOKINGS.items():
        tags = tags_of(links[place]) if place in links else ["", "", "", ""]
        for stage in (stage for stage, count in zip(STAGES, counts, strict=True) for _ in range(count)):
            phone = f"+44 7700 900{len(rows):03}"  # numbers kept for films
            rows.append([f"{moment(chance):%d.%m.%Y %H:%M}", chance.choice(RUSSIAN), phone, stage, *tags])
    rows.sort(key=lambda row: (row[0][3:5], row[0]))
    header = ["Дата", "Имя", "Телефон", "Статус", "utm_source", "utm_medium", "utm_campaign", "utm_content"]
    return table(header, rows, ";", "cp1251", "\r\n")


def orders(links: dict[str, str]) -> bytes:
    """The shop's orders of the course: most of them paid, one paid back, one never paid."""
    chance = random.Random(SEED + 3)
    rows: list[list[str]] = []
    for place, count in ORDERS.items():
        tags = tags_of(links[place]) if place in links else ["", "", "", ""]
        for status in ["paid"] * count + ["refunded", "pending"] * (place == "facebook:contentoodlery"):
            mail = f"{place.partition(':')[2] or 'guest'}.{len(rows)}@example.org"
            rows.append([f"{moment(chance):%Y-%m-%d %H:%M:%S}", mail, "29.00", "EUR", status, *tags])
    rows = [[str(number), *row] for number, row in enumerate(sorted(rows), start=1001)]
    names = ["Order ID", "Created at", "Email", "Order total", "Currency", "Status"]
    return table([*names, "utm_source", "utm_medium", "utm_campaign", "utm_content"], rows, ",")


def posts(links: dict[str, str]) -> bytes:
    """What the owners told, typed into a sheet by a Russian Excel: views and what the post cost."""
    rows = [
        [place, links[place], f"{plan.views:,}".replace(",", "\u00a0"), f"{plan.cost:.2f}".replace(".", ","), "EUR"]
        for place, plan in PLANS.items()
    ]
    return table(["Площадка", "Ссылка", "Просмотры", "Стоимость", "Валюта"], rows, ";", "cp1251", "\r\n")


def tags_of(link: str) -> list[str]:
    """Return source, medium, campaign and content of a link."""
    found = dict(part.partition("=")[::2] for part in urlsplit(link).query.split("&"))
    return [found[f"utm_{name}"] for name in ("source", "medium", "campaign", "content")]


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str, encoding: str = "utf-8", end: str = "\n"
) -> bytes:
    """Return a delimited text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


if __name__ == "__main__":
    main()
