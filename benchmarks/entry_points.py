"""The doors of the program besides lists: what the fuzzer damages, and how each is tried.

Each entry point has samples and a function that uses a damaged one as a command or the app does. Only a failure that
the user can do something about may come out of it, and of the app no answer of 500.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from outreach.errors import OutreachError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from starlette.applications import Starlette

    from outreach.engine import Engine

__all__ = ["ENDS", "PREFIX", "attempt", "chosen", "release"]

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLE_DATA: Final = ROOT / "sample_data"
RESULTS: Final = ROOT / "tests" / "tracking" / "exports" / "data"
TODAY: Final = date(2026, 6, 15)
LARGEST: Final = 60_000
PREFIX: Final = "entry/"
"""Before the name of an input for one of these doors, and the door's own."""
USED: Final = "entries used"
TOLD: Final = "entries told"
ENDS: Final = (USED, TOLD)
CALLS_OF_ONE_CAMPAIGN: Final = 40
OFF_LIMITS: Final = ("/places/sizes", "/settings/token")
"""Forms that ask other machines, or change what belongs to whoever runs this."""
ADDRESSES: Final = (
    "https://t.me/smm_riga/12?single", "vk.com/club7", "@smm_riga", "https://www.facebook.com/groups/12345/posts/6/",
    "https://youtu.be/watch?v=dQw4w9WgXcQ", "instagram.com/zobi.riga", "at://did:plc:abc/app.bsky.feed.post/1",
    "https://xn--80ak6aa92e.com/путь?q=1#a", "mailto:anna@example.org", "telegram:smm_riga", "//[::1]:80/x",
    "Riga Life", "https://mastodon.social/@anna@example.org", "https://discord.gg/abc",
    "reddit.com/r/latvia/comments/x/y",
)  # fmt: skip
LETTER: Final = b"""Subject: Seven questions

Hi Tom, I'm Anna, an implant dentist for 14 years. In your 3 November post 40 people asked one thing.

Which one shall I send? How I write: https://zobi.example/en/bridge
"""
SETTINGS: Final = b"""client = "Zobi"
lists = ["lists"]
own = ["t.me/zobi"]
sheet = "sheet.csv"
min_subscribers = 5000
market = "LV"
currency = "EUR"
platforms = ["telegram", "vk"]
[utm]
medium = "social"
[disclosure]
lv = "Reklama"
[writer]
name = "Anna Ozola"
"""
TEMPLATE: Final = b"{{ problem }}\n\n{{ solution }}\n{% if bonus %}{{ bonus }}{% endif %}\n{{ link }}\n"
GROUPS: Final = b"customer;group\nAnna;promoter\nBoris;detractor\n"
SHEET: Final = """place;address;subscribers;accepts posts;owner;contact;price;rules;exclude
Riga Life;t.me/rigalife;~12,5 тыс;да, по пятницам;Марина;@marina;60 EUR;no links;
Рижские мамы;vk.com/club7;48 200;нет;;;;;x
;https://www.facebook.com/vorblinka;6.400;yes;Jānis;+371 20000000;300 EUR + 10 %;;
""".encode()
LINKS: Final = b"place,link\nt.me/smm_riga,https://shop.example/?utm_source=telegram&utm_campaign=a&utm_content=b\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A door of the program.

    Args:
        name: Of the door.
        samples: What comes in by it, by name and content.
        use: Uses one: its name, its content, a folder that is its own.
        weight: How often it is chosen.

    """

    name: str
    samples: Callable[[], Sequence[tuple[str, bytes]]]
    use: Callable[[str, bytes, Path], object]
    weight: int = 2


def _files(*paths: Path) -> list[tuple[str, bytes]]:
    every = [file for path in paths for file in (sorted(path.rglob("*.*")) if path.is_dir() else [path])]
    files = [file for file in every if file.is_file() and file.suffix != ".py"]
    return [(file.name, file.read_bytes()) for file in files if file.stat().st_size <= LARGEST]


def _put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@dataclass(slots=True)
class _Held:
    """What several inputs share, since to make it takes longer than to use it."""

    engine: Engine | None = None
    app: _App | None = None

    def lend_engine(self) -> Engine:
        from outreach.engine import Engine

        if self.engine is None:
            self.engine = Engine()
        return self.engine


_HELD: Final = _Held()


def release() -> None:
    """Close what inputs shared."""
    if _HELD.engine is not None:
        _HELD.engine.close()
    if _HELD.app is not None:
        _HELD.app.close()
    _HELD.engine = _HELD.app = None


def _sheet(name: str, data: bytes, folder: Path) -> None:
    from outreach.engine import Engine
    from outreach.likes.facts import apply_sheet
    from outreach.sheet.facts import read_sheet

    read = read_sheet(_put(folder, name, data))
    read.describe()
    with Engine() as engine:
        apply_sheet(_likes(engine, folder), read)


def _likes(engine: Engine, folder: Path) -> Any:
    from outreach.likes import read

    return read(engine, [_put(folder, "likes.csv", b"customer,resource\nAnna,t.me/rigalife\n")])


def _brief(name: str, data: bytes, folder: Path) -> None:
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import draft
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import Target

    draft(read_brief(_put(folder, name, data)), [Target("telegram:a", "telegram"), Target("x:b", "x")], Templates())


def _template(name: str, data: bytes, folder: Path) -> None:
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import draft
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import Target

    own = folder / "templates"
    own.mkdir()
    _put(own, name, data)
    brief = read_brief(SAMPLE_DATA / "brief.toml")
    draft(brief, [Target("telegram:a", "telegram"), Target("reddit:b", "reddit")], Templates(own))


def _letter_template(name: str, data: bytes, folder: Path) -> None:
    from outreach.owners.checklist import read_checklist
    from outreach.owners.plays import read_play

    own = folder / "templates"
    for kind in ("letter", "plays"):
        (own / kind).mkdir(parents=True)
    if name == "checks.toml":
        _put(own / "letter", name, data)
        read_checklist([own / "letter", ROOT / "templates" / "letter"])
    else:
        _put(own / "plays", name, data)
        read_play("comment", "en", own)


def _results(name: str, data: bytes, folder: Path) -> None:
    from outreach.campaign.ledger import open_ledger
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import import_files, report

    options = ImportOptions(_HELD.lend_engine(), lambda: b"secret", TODAY)
    ledger = open_ledger(str(folder / "outreach.db"))
    import_files(ledger, [str(_put(folder, name, data))], options)
    report(ledger, Choice("resource"))


def _read_results(name: str, data: bytes, folder: Path) -> None:
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.importing import read

    read([str(_put(folder, name, data))], ImportOptions(_HELD.lend_engine(), lambda: b"secret", TODAY))


@cache
def _ledger_bytes() -> bytes:
    """Return a ledger with placements, a change, an import and its results."""
    from outreach.campaign.ledger import Placement, open_ledger
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.report import import_files

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = open_ledger(str(folder / "outreach.db"))
        link = "https://shop.example/?utm_source=telegram&utm_campaign=spring&utm_content=place"
        ledger.put(
            Placement(campaign="spring", resource=f"telegram:place_{n}", final_url=f"{link}{n}") for n in range(1, 5)
        )
        ledger.set(ledger.placements()[:1], status="published")
        table = _put(folder, "typed.csv", b"place,visits,conversions\ntelegram:place_1,100,9\ntelegram:place_2,50,1\n")
        import_files(ledger, [str(table)], ImportOptions(_HELD.lend_engine(), lambda: b"secret", TODAY))
        with closing(sqlite3.connect(folder / "outreach.db")) as connection:
            connection.execute("vacuum")
        return (folder / "outreach.db").read_bytes()


def _ledger(name: str, data: bytes, folder: Path) -> None:
    from outreach.campaign.ledger import open_ledger
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import report

    ledger = open_ledger(str(_put(folder, name, data)), create=False)
    placements = ledger.placements()
    report(ledger, Choice("resource"))
    if placements:
        ledger.set(placements[:1], status="removed")


@cache
def _book_bytes() -> bytes:
    from outreach.owners import open_book
    from outreach.owners.reading import read_book_file

    with tempfile.TemporaryDirectory() as name:
        book = open_book(Path(name, "owners.db"))
        read = read_book_file(SAMPLE_DATA / "owners.csv", today=TODAY)
        for person in read.people:
            book.add(person)
        return Path(name, "owners.db").read_bytes()


def _book(name: str, data: bytes, folder: Path) -> None:
    from outreach.owners import open_book

    book = open_book(_put(folder, name, data), create=False)
    book.people()
    book.places()
    book.events()


def _owners(name: str, data: bytes, folder: Path) -> None:
    from outreach.owners.reading import read_book_file

    read_book_file(_put(folder, name, data), today=TODAY)


def _settings(name: str, data: bytes, folder: Path) -> None:
    from outreach.campaign.settings import read_campaign
    from outreach.campaign.values import value_of

    campaign = read_campaign(_put(folder, name, data))
    for setting in ("lists", "sheet", "db", "own", "results", "brief"):
        value_of(campaign, setting)


def _survey(name: str, data: bytes, folder: Path) -> None:
    from outreach.surveys import survey

    survey(_put(folder, name, data))


def _groups(name: str, data: bytes, folder: Path) -> None:
    from outreach.engine import Engine
    from outreach.likes.groups import match_groups, read_groups

    with Engine() as engine:
        match_groups(_likes(engine, folder), read_groups(_put(folder, name, data)))


def _letter(name: str, data: bytes, folder: Path) -> None:
    from outreach.owners.checklist import read_checklist
    from outreach.owners.letter_check import check_text
    from outreach.owners.letter_files import parts_in

    del folder
    checklist = read_checklist([ROOT / "templates" / "letter"])
    for one in parts_in(data, name):
        check_text(one.text, one.kind, checklist, subject=one.subject)


def _key(_name: str, data: bytes, _folder: Path) -> None:
    from outreach.keys import identify, url_of

    found = identify(data.decode("utf-8", "replace"))
    if found.key:
        again = identify(found.key)
        if again.key != found.key:
            raise AssertionError(f"the key of {found.key!r} is {again.key!r}")
        url_of(found.key)


def _link(_name: str, data: bytes, _folder: Path) -> None:
    from outreach.teasers.links import tagged, tags_for
    from outreach.tracking.tags import tags_in

    text = data.decode("utf-8", "replace")
    tags_in(text)
    tagged(text, tags_for("spring", "telegram:smm_riga", "a", 1), existing="replace")


def _linkfile(name: str, data: bytes, folder: Path) -> None:
    from click.testing import CliRunner

    from outreach.cli import main

    _put(folder, name, data)
    words = ["--campaign", "none", "placements", "import", str(folder / name), "--db", str(folder / "outreach.db")]
    _no_traceback(CliRunner().invoke(main, words))


def _no_traceback(result: Any) -> None:
    """Raise what came out of a command and is no exit; a refusal as one."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code:
        raise OutreachError(result.output[-200:])


class _Forms(HTMLParser):
    """The forms of a page that are sent: where they go, and their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.found.append((given.get("action", ""), []))
        elif self._inside and tag in {"input", "textarea", "select", "button"} and given.get("name"):
            self.found[-1][1].append((given["name"], given.get("value", "x")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


PAGES: Final = ("", "lists", "ranking", "places", "texts", "results", "settings")


@dataclass(slots=True)
class _App:
    """The app over a campaign of the sample, without its guard: what reaches its pages."""

    folder: str = field(default_factory=lambda: tempfile.mkdtemp(prefix="outreach-fuzz-"))
    calls: int = 0
    app: Starlette | None = None
    campaigns: Any = None
    path: str = ""
    forms: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    turn: itertools.count[int] = field(default_factory=itertools.count)

    def renew(self) -> None:
        """Begin with another campaign now and then."""
        from outreach.app.campaigns import Campaigns
        from outreach.app.keys import Keys
        from outreach.app.pages import app_for

        if self.app is not None and self.calls % CALLS_OF_ONE_CAMPAIGN:
            return
        self.close()
        os.makedirs(self.folder, exist_ok=True)  # noqa: PTH103 - a name, not a path
        os.environ["OUTREACH_CONFIG_DIR"] = str(Path(self.folder, "config"))
        self.campaigns = Campaigns(Path(self.folder, f"root-{self.calls}"))
        self.app = app_for(Keys(8427), self.campaigns)
        self.path = f"/c/{self.campaigns.create_sample('Sample', 'en')}"
        self.forms = []
        for page in PAGES:
            parser = _Forms()
            parser.feed(self.ask("GET", f"{self.path}/{page}")[1].decode())
            self.forms += [(to or f"{self.path}/{page}", fields) for to, fields in parser.found]
        self.forms = [one for one in self.forms if not one[0].endswith(OFF_LIMITS) and one[0].startswith("/")]

    def close(self) -> None:
        if self.campaigns is not None:
            self.campaigns.close()
        self.app = self.campaigns = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Send a request to the pages.

        Raises:
            Exception: A page failed.

        """
        return asyncio.run(self._ask(method, path, body, kind))

    async def _ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        if self.app is None:
            raise AssertionError("renew first")
        where, _, query = path.partition("?")
        headers = [(b"host", b"127.0.0.1:8427"), (b"content-length", str(len(body)).encode())]
        if kind:
            headers.append((b"content-type", kind.encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": where, "raw_path": where.encode(), "query_string": query.encode("ascii", "ignore"), "root_path": "",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8427), "state": {},
        }  # fmt: skip
        status, parts = 500, []
        sent = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Any:
            return next(sent, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self.app(scope, receive, send)
        return status, b"".join(parts)


def _app() -> _App:
    if _HELD.app is None:
        _HELD.app = _App()
    _HELD.app.renew()
    _HELD.app.calls += 1
    return _HELD.app


def _upload(name: str, data: bytes, folder: Path) -> None:
    del folder
    app = _app()
    border = b"----fuzz"
    called = name.encode("utf-8", "replace").replace(b'"', b"%22")
    head = b'Content-Disposition: form-data; name="files"; filename="' + called + b'"\r\n\r\n'
    body = b"--" + border + b"\r\n" + head + data + b"\r\n--" + border + b"--\r\n"
    to = "results" if app.calls % 3 == 0 else "lists"
    _answered(app, f"{app.path}/{to}/files", body, f"multipart/form-data; boundary={border.decode()}")


def _form(_name: str, data: bytes, folder: Path) -> None:
    """Send one of the app's own forms with a field that says something else."""
    del folder
    app = _app()
    if not app.forms:
        return
    to, fields = app.forms[next(app.turn) * 7 % len(app.forms)]
    odd = data.decode("utf-8", "replace")
    at = len(data) % (len(fields) + 1)
    sent = [(name, odd if place == at else value) for place, (name, value) in enumerate(fields)]
    _answered(app, to, urlencode(sent).encode(), "application/x-www-form-urlencoded")


def _answered(app: _App, to: str, body: bytes, kind: str) -> None:
    status, _ = app.ask("POST", to, body, kind)
    seen, _ = app.ask("GET", f"{app.path}/{PAGES[app.calls % len(PAGES)]}")
    if max(status, seen) >= 500:
        raise AssertionError(f"{to} was answered by {status}, the page after it by {seen}")
    if status >= 400:
        raise OutreachError(f"refused with {status}")


@cache
def _texts_typed() -> list[tuple[str, bytes]]:
    odd = ("12", "300 EUR", "2026-05-12", "yes", "Riga Life", "<script>alert(1)</script>", "../../etc/passwd", "=1+1")
    return [(f"{n}.txt", text.encode()) for n, text in enumerate((*odd, *ADDRESSES))]


ENTRY_POINTS: Final = (
    Entry("sheet", lambda: [("sheet.csv", SHEET), ("sheet.txt", SHEET)], _sheet),
    Entry("brief", lambda: _files(SAMPLE_DATA / "brief.toml", SAMPLE_DATA / "brief_ru.toml"), _brief),
    Entry("template", lambda: [(f"{name}.j2", TEMPLATE) for name in ("default", "telegram", "comment")], _template),
    Entry(
        "checklist",
        lambda: _files(ROOT / "templates" / "letter" / "checks.toml", ROOT / "templates" / "plays" / "comment.toml"),
        _letter_template,
        1,
    ),
    Entry("results", lambda: _files(SAMPLE_DATA / "results", RESULTS), _read_results, 8),
    Entry("import", lambda: _files(SAMPLE_DATA / "results"), _results, 1),
    Entry("ledger", lambda: [("outreach.db", _ledger_bytes())], _ledger, 1),
    Entry("book", lambda: [("owners.db", _book_bytes())], _book, 1),
    Entry("owners", lambda: _files(SAMPLE_DATA / "owners.csv", SAMPLE_DATA / "events.csv"), _owners),
    Entry("settings", lambda: [("outreach.toml", SETTINGS)], _settings),
    Entry("survey", lambda: _files(SAMPLE_DATA / "survey.csv"), _survey),
    Entry("groups", lambda: [("groups.csv", GROUPS)], _groups, 1),
    Entry("letter", lambda: [("letter.eml", LETTER), ("letter.txt", LETTER), ("letter.md", LETTER)], _letter),
    Entry("links", lambda: [("links.csv", LINKS)], _linkfile, 1),
    Entry("key", lambda: [("address", one.encode()) for one in ADDRESSES], _key, 4),
    Entry("link", lambda: [("address", one.encode()) for one in ADDRESSES], _link, 4),
    Entry("upload", lambda: _files(SAMPLE_DATA / "results", SAMPLE_DATA / "likes.csv"), _upload, 1),
    Entry("form", _texts_typed, _form, 1),
)  # fmt: skip
"""All of them, in a fixed order: a seed gives the same inputs."""

_WEIGHTS: Final = [one.weight for one in ENTRY_POINTS]


@cache
def _samples(name: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(next(one for one in ENTRY_POINTS if one.name == name).samples())


def chosen(chance: random.Random) -> tuple[str, bytes]:
    """Return a sample of some entry point, the name of which stands before its own."""
    entry = chance.choices(ENTRY_POINTS, _WEIGHTS)[0]
    name, data = chance.choice(_samples(entry.name))
    return f"{PREFIX}{entry.name}/{name}", data


def attempt(name: str, data: bytes) -> str:
    """Use an input; return whether it was used, or refused in words.

    Args:
        name: As :func:`chosen` gives it.
        data: Its content, damaged or not.

    Raises:
        Exception: What no user should see.

    """
    door, _, own = name.removeprefix(PREFIX).partition("/")
    entry = next(one for one in ENTRY_POINTS if one.name == door)
    with tempfile.TemporaryDirectory(prefix="outreach-fuzz-") as folder:
        try:
            entry.use(own, data, Path(folder))
        except OutreachError:
            return TOLD
    return USED
