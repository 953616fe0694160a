"""The commands that write, each with what there is before it; all of them run in a folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from tests.campaign.ledger import legacy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LEDGER = "outreach.db"
TYPED = "typed by hand"
SAMPLES = Path(__file__).parents[2] / "sample_data"
LABEL = "Somebody Special"
LIKES = "customer,resource,name,subscribers\n" + "".join(
    f"{LABEL} {customer},t.me/place_{place},Place {place},{5000 + place}\n"
    for customer in range(40)
    for place in range(customer % 7, 60, 1 + customer % 5)
)
BAD = LIKES + f"{LABEL},\n,t.me/nobody\n"
FEW = "customer,resource\nAnna,t.me/one_place\nBoris,t.me/one_place\n"
PLACES = (*(f"t.me/place_{number}" for number in range(6)), "vk.com/club1", "reddit.com/r/smm")
LINK = "https://shop.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content="
LINKS = "place,link,date,cost\n" + "".join(f"t.me/place_{n},{LINK}p{n},2026-05-12,20 EUR\n" for n in range(12))
SIGN_UPS = "Submitted at,Email,utm_source,utm_campaign,utm_content\n" + "".join(
    f"2026-05-{2 + n % 20:02} 10:00,person{n}@example.org,telegram,spring,p{n % 14}\n" for n in range(60)
)
VISITS = "place,visits,conversions\nt.me/place_1,100,9\nt.me/place_2,50,1\nt.me/nobody_knows,7,0\n"
SHEET = "place,address,subscribers,subscribers_from,fetched_at,note,price,key\n" + "".join(
    f"G{n},https://github.com/g{n},,,,{TYPED} {n},{n},github:g{n}\n" for n in range(5)
) + f"V,https://vk.com/g7,,,,{TYPED},,vk:g7\n"  # fmt: skip
LETTER = """\
to = "Tom"
found = "website"
post_date = 2026-11-03
post_fact = "forty people asked the same"
why = "Your members ask us every week"
[[topic]]
headline = "Ten posts from one conversation"
text = "Five questions. What to do with the answers."
[writer]
name = "Olive Barrowby"
role = "an editor"
years = 9
published = ["https://example.org/a"]
offer = "a sheet"
"""
ANSWERS = """\
https://example.org/a
Spring 2026
A plan
Nobody reads it.

Ask five questions.

A sheet.

in the article, no sign-up
Olive
Vorblinka

#smm, plan

eu
"""


@dataclass(frozen=True)
class Command:
    """A line at the command line.

    ``files`` are there before; ``first`` are lines that were run before; ``made`` does what no line can do.
    """

    name: str
    args: tuple[str, ...]
    files: Mapping[str, str] | None = None
    first: tuple[tuple[str, ...], ...] = ()
    made: Callable[[], None] | None = None
    patch: Callable[[], None] = lambda: None

    def prepare(self) -> None:
        """Make the folder as it is before the command; we are in it."""
        for name, text in (self.files or {}).items():
            Path(name).write_text(text, encoding="utf-8")
        shutil.copyfile(SAMPLES / "brief.toml", "b.toml")
        for args in self.first:
            call(*args)
        if self.made is not None:
            self.made()


def call(*args: str) -> None:
    from outreach.cli import main

    assert not main(list(args), standalone_mode=False), args


def zipped() -> None:
    with zipfile.ZipFile("lists.zip", "w") as archive:
        for path in (SAMPLES / "exports").rglob("*"):
            archive.write(path, str(Path("exports", path.relative_to(SAMPLES / "exports"))))


def typed_into_book(name: str, column: str) -> Callable[[], None]:
    """Return what types into a sheet, as a person does in Excel."""

    def typed() -> None:
        from openpyxl import load_workbook

        book = load_workbook(name)
        header = {str(cell.value).casefold(): cell.column for cell in book.active[1]}
        for row in range(2, 5):
            book.active.cell(row, header[column]).value = f"{TYPED} {row}"
        book.save(name)
        Path(name).chmod(0o640)

    return typed


def typed_into_text() -> None:
    path = Path("sheet.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(",").index("note")
    cells = [line.split(",") for line in lines]
    for row in cells[1:]:
        row[place] = TYPED
    path.write_text("\n".join(map(",".join, cells)) + "\n", encoding="utf-8-sig")
    path.chmod(0o640)


def edited_draft() -> None:
    """One draft was edited, the text of the brief has changed since for all the others."""
    path = min(Path("drafts").glob("*.md"))
    path.write_text(path.read_text() + f"\n{TYPED}\n")
    Path("b.toml").write_text(Path("b.toml").read_text().replace("One conversation", "A conversation"))


def secret_elsewhere() -> None:
    """Have the ledger come from another machine, and its secret by standard input."""
    settings = Path(os.environ["OUTREACH_CONFIG_DIR"])
    (secret,) = (settings / "secrets").iterdir()
    shutil.move(secret, "stdin")
    shutil.rmtree(settings)
    Path("../elsewhere").touch()  # known to be missing until it is set


def old_ledger() -> None:
    legacy.make(LEDGER)
    legacy.leave_traces(Path(LEDGER))
    shutil.rmtree(os.environ["OUTREACH_CONFIG_DIR"], ignore_errors=True)


def somebody_answers() -> None:
    from outreach.cli import brief

    brief.can_ask = lambda: True


class Answer:
    """What a platform says."""

    status_code = 200

    def __init__(self, body: object) -> None:
        self.body, self.headers = body, {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def iter_content(self, _size: int) -> list[bytes]:
        return [json.dumps(self.body).encode()]


def platforms_answer() -> None:
    import requests

    from outreach.cli import enrich

    def request(_session: object, _method: str, url: str, **_given: object) -> Answer:
        if "github" in urlsplit(url).netloc:
            return Answer({"followers": 51})
        return Answer({"response": {"groups": [{"id": 7, "screen_name": "g7", "members_count": 7000}]}})

    os.environ["OUTREACH_VK_TOKEN"] = "made-up"  # noqa: S105
    requests.Session.request = request
    enrich._wait = lambda _seconds: None


def half_results() -> None:
    """Let results be written where they belong, a piece at a time."""
    from contextlib import contextmanager

    from outreach.files import output

    @contextmanager
    def replacing(target: Path) -> Iterator[Path]:
        with target.open("wb") as file:
            file.write(b"half")
            file.flush()
            os.fsync(file.fileno())
        yield target

    output.replacing = replacing


def half_transactions() -> None:
    """Let every statement be a transaction."""
    from sqlalchemy import Connection

    execute = Connection.exec_driver_sql

    def without_begin(connection: Connection, sql: str, *args: object) -> object:
        return execute(connection, "select 1" if sql.startswith("begin") else sql, *args)

    Connection.exec_driver_sql = without_begin


def no_secret() -> None:
    """Let the ledger have its id before the secret is kept, which never comes."""
    from outreach.campaign.ledger import secret

    secret._save = lambda *_args: Path()


FAULTS: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    "half results": half_results,
    "half transactions": half_transactions,
    "no secret": no_secret,
}
IMPORTED = ("placements", "import", "links.csv")
TRACKED = ("track", "signups.csv", "visits.csv")
RANK = ("rank", "--min-subscribers", "0")
OLD = (*RANK, "few.csv", "-o")
LISTS = {"likes.csv": LIKES, "bad.csv": BAD, "few.csv": FEW, "stdin": BAD}
MEASURED = {"links.csv": LINKS, "signups.csv": SIGN_UPS, "visits.csv": VISITS}
ANSWERED = "customer,Recommend (0-10),Price (1-5)\n" + "".join(
    f"{LABEL} {customer},{customer % 11},{customer % 7}\n" for customer in range(40)
)
GROUPED = {
    **LISTS,
    "groups.csv": "customer,group\n" + "".join(f"{LABEL} {n},{'ab'[n % 2]}\n" for n in range(40)),
}
MORE = {**MEASURED, "more.csv": LINKS.replace("/place_", "/more_"), "later.csv": SIGN_UPS.replace("person", "friend")}
DRAFTED = ("draft", "b.toml", *PLACES, "-o", "drafts/")

ALL = [
    Command("track FILE", (*TRACKED, "-o", "report.csv", "--unmatched", "unmatched.csv", "--rejected", "rejected.csv"),
            {**MEASURED, "signups.csv": SIGN_UPS + "nothing,,,\n"}, (IMPORTED,)),
    Command("migration", ("placements", "list", "--format", "csv"), made=old_ledger),
    Command("draft into a folder", DRAFTED),
    Command("resources on a workbook", ("resources", "likes.csv", "--top", "0", "-o", "sheet.xlsx"), LISTS,
            (("resources", "likes.csv", "--top", "9", "-o", "sheet.xlsx"),), typed_into_book("sheet.xlsx", "note")),
    Command("rank csv", (*RANK, "-", "-o", "ranking.csv", "--rejected", "rejected.csv"), LISTS,
            ((*OLD, "ranking.csv"),)),
    Command("enrich", ("enrich", "sheet.csv", "--aliases", "same.csv"), {"sheet.csv": SHEET}, patch=platforms_answer),
    Command("placements import", (*IMPORTED,), MEASURED),
    Command("secret --set", ("secret", "--set"), MEASURED, (IMPORTED, TRACKED), secret_elsewhere),
    Command("rank xlsx", (*RANK, "lists.zip", "-o", "ranking.xlsx", "--rejected", "rejected.xlsx"), LISTS,
            ((*OLD, "ranking.xlsx"),), zipped),
    Command("rank json", (*RANK, "likes.csv", "few.csv", "-o", "ranking.json"), LISTS),
    Command("plan xlsx", ("plan", "likes.csv", "few.csv", "--min-subscribers", "0", "-o", "plan.xlsx"), LISTS),
    Command("resources, a new workbook", ("resources", "likes.csv", "-o", "sheet.xlsx"), LISTS),
    Command("resources, a new text", ("resources", "-", "-o", "sheet.csv", "--rejected", "rejected.csv"), LISTS),
    Command("resources on a text", ("resources", "likes.csv", "--top", "0", "-o", "sheet.csv"), LISTS,
            (("resources", "likes.csv", "--top", "9", "-o", "sheet.csv"),), typed_into_text),
    Command("survey", ("survey", "answers.csv", "-o", "groups.csv", "--rejected", "rejected.csv"),
            {"answers.csv": ANSWERED}),
    Command("compare", ("compare", "likes.csv", "--groups", "groups.csv", "--min-subscribers", "0", "-o", "both.csv"),
            GROUPED),
    Command("map", ("map", "likes.csv", "few.csv", "--min-subscribers", "0", "-o", "map.html"), LISTS),
    Command("report", ("report", "likes.csv", "few.csv", "--min-subscribers", "0", "-o", "page.html"), LISTS),
    Command("report xlsx", ("report", "-o", "page.xlsx"), MEASURED, (IMPORTED, TRACKED)),
    Command("collect", ("collect", "-o", "follows.xlsx")),
    Command("collect --force", ("collect", "--force", "--lang", "ru", "-o", "follows.xlsx"), None,
            (("collect", "-o", "follows.xlsx"),)),
    Command("brief new", ("brief", "new", "-o", "new.toml"), {"stdin": ANSWERS}, patch=somebody_answers),
    Command("letter", ("letter", "t.me/place_1", "--facts", "letter.toml", "-o", "marina.md"), {"letter.toml": LETTER}),
    Command("letter again", ("letter", "t.me/place_1", "--facts", "letter.toml", "-o", "marina.eml", "--force"),
            {"letter.toml": LETTER}, (("letter", "t.me/place_1", "--facts", "letter.toml", "-o", "marina.eml"),)),
    Command("draft into a folder again", DRAFTED, None, (DRAFTED,), edited_draft),
    Command("draft into a table", ("draft", "b.toml", *PLACES, "-o", "all.csv")),
    Command("draft --again", ("draft", "b.toml", *PLACES, "-o", "all.md", "--again"), None, (DRAFTED,)),
    Command("placements set", ("placements", "set", "place_3", "--status", "removed", "--cost", "12.5 EUR"), MEASURED,
            (IMPORTED,)),
    Command("placements log", ("placements", "log", "place_3", "paid", "--date", "2026-05-13", "--amount", "12 EUR"),
            MEASURED, (IMPORTED,)),
    Command("today xlsx", ("today", "--date", "2026-06-01", "-o", "today.xlsx"), MEASURED, (IMPORTED,)),
    Command("today ics", ("today", "--date", "2026-06-01", "-o", "today.ics"), MEASURED, (IMPORTED,)),
    Command("placements import more", ("placements", "import", "more.csv"), MORE, (IMPORTED,)),
    Command("placements export csv", ("placements", "export", "-o", "all.csv"), MEASURED, (IMPORTED,)),
    Command("placements export xlsx", ("placements", "export", "-o", "all.xlsx"), MEASURED, (IMPORTED,)),
    Command("placements undo", ("placements", "undo"), MORE, (IMPORTED, ("placements", "import", "more.csv"))),
    Command("track another FILE", ("track", "later.csv", "-o", "report.xlsx"), MORE, (IMPORTED, TRACKED)),
    Command("track -o", ("track", "--by", "campaign", "-o", "report.json", "--unmatched", "unmatched.csv"), MEASURED,
            (IMPORTED, TRACKED)),
    Command("track --template", ("track", "--template", "-o", "results.xlsx"), MEASURED, (IMPORTED,)),
    Command("track --template on a workbook", ("track", "--template", "-o", "results.xlsx"), MORE,
            (IMPORTED, ("track", "--template", "-o", "results.xlsx"), ("placements", "import", "more.csv")),
            typed_into_book("results.xlsx", "views")),
    Command("track --forget", ("track", "--forget", "1"), MEASURED, (IMPORTED, TRACKED)),
    Command("enrich a workbook", ("enrich", "sheet.xlsx"), {"likes.csv": FEW.replace("t.me/one", "github.com/one")},
            (("resources", "likes.csv", "-o", "sheet.xlsx"),), typed_into_book("sheet.xlsx", "note"), platforms_answer),
]  # fmt: skip
"""Those first that differ most from one another."""
LOOKS = Command("looks", ("rank", "--min-subscribers", "0", "b.toml"))
"""Makes a private folder, and no result."""
