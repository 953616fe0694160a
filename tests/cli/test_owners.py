"""The address book at the command line: what a person types, and what nobody may find afterwards."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.owners import open_book

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
DAY = 86400


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call outreach owners in an empty folder; return exit code, output and remarks."""
    monkeypatch.chdir(tmp_path)

    def call(*words, group="owners", **options):
        done = CliRunner().invoke(main, [*([group] if group else []), *words], catch_exceptions=False, **options)
        return done.exit_code, done.stdout, done.stderr

    return call


def days_ago(days):
    return time.strftime("%Y-%m-%d", time.localtime(time.time() - days * DAY))


def test_from_a_stranger_to_an_agreement(run):
    """Named by parts of names, with dates and words as people write them."""
    code, _, said = run(
        "add", "Marina", "--place", "t.me/smm_riga", "--email", "m@x.example", "--telegram", "@marina_ex"
    )
    assert (code, said) == (0, "Marina: added.\nNext: outreach owners log Marina followed\n")
    assert [one.kind for one in open_book().people()[0].channels] == ["email", "telegram"]
    for what, more in (("followed", "1 of 3"), ("прокомментировала", "2 of 3"), ("σχολίασα", "stage acquainted.\n")):
        code, _, said = run("log", "SMM Riga", what, "--date", "yesterday")
        assert (code, more in said) == (0, True)
    run("log", "marina", "wrote")
    code, _, said = run("log", "Marina", "replied", "цена", "--sum", "20 EUR", "--slot", "1/24")
    assert "replied price" in said
    assert said.splitlines()[0].endswith("stage quoted.")
    code, out, _ = run("list", "--stage", "quoted", "--format", "json")
    assert json.loads(out)[0] | {"last_on": None} == {
        "place": None, "key": "telegram:smm_riga", "person": "Marina", "channel": "email m@x.example", "way_in": None,
        "stage": "quoted", "last_event": "replied", "last_on": None, "due": None, "price": None, "note": None,
        "do_not_contact": None,
    }  # fmt: skip
    _, out, _ = run("show", "smm riga")
    assert "replied price, email, 20 EUR, 1/24" in out


def test_a_letter_for_another_client_is_remembered(run):
    """The same person is asked for two campaigns in one week."""
    run("add", "Marina", "--place", "t.me/smm_riga", "--do-not-contact")
    run("log", "Marina", "wrote", "--campaign", "dental", "--date", days_ago(4))
    _, _, said = run("log", "Marina", "wrote", "--campaign", "zobi")
    assert said.startswith(
        "Marina asked not to be contacted.\nYou wrote to Marina for another campaign (dental) 4 days ago.\n"
    )
    _, _, said = run("log", "Marina", "wrote", "--campaign", "other", "--date", days_ago(60))
    assert "(zobi) today" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("log", "nobody", "commented"), 3, "nothing in"),
        (("log", "t.me/smm_riga", "danced"), 2, "not a known event"),
        (("log", "t.me/smm_riga", "replied", "maybe"), 2, "one of yes, no, price, later"),
        (("log", "t.me/smm_riga", "paid", "--sum", "much"), 2, "not a sum of money"),
        (("log", "t.me/smm_riga", "wrote", "--date", "05/06/2026"), 2, "read in two ways"),
        (("log", "t.me/smm_riga", "wrote", "--channel", "pigeon"), 2, "not known"),
        (("play", "t.me/smm_riga", "--with", "podcast"), 3, "known: comment, free-work, interview"),
        (("play",), 2, "Name a place"),
        (("add",), 2, "Name a person"),
        (("import", "nothing.csv"), 3, "nothing.csv"),
        (("list",), 3, "there is no address book yet"),
    ],
)
def test_what_cannot_be_is_said(run, words, code, said):
    """With a way out, and no trace."""
    found = run(*words)
    assert found[0] == code
    assert said in found[2]


def test_two_people_of_one_name_are_asked_for(run):
    """The id in brackets decides."""
    run("add", "Ann", "--place", "t.me/smm_riga")
    run("add", "Ann", "--place", "vk.com/smm", "--new")
    code, _, said = run("log", "Ann", "wrote")
    assert (code, "2 people are called Ann" in said) == (3, True)
    first = min(open_book().people(), key=lambda one: one.places)
    assert run("log", first.id, "wrote")[0] == 0
    assert open_book().events()[0].resource == first.places[0]


def test_a_table_comes_in_once_and_goes_out_whole(run, tmp_path):
    """Import of an export into an empty book gives the same book."""
    run("import", str(SAMPLE / "owners.csv"), str(SAMPLE / "events.csv"))
    _, _, said = run("import", str(SAMPLE / "owners.csv"), str(SAMPLE / "events.csv"))
    assert "owners.csv: 0 added, 0 changed, 0 events added." in said
    run("export", "-o", "owners.xlsx")
    run("export", "--events", "-o", "events.csv")
    assert run("import", "owners.xlsx", "events.csv", "--dry-run", "--book", "other.db")[0] == 0
    run("import", "owners.xlsx", "events.csv", "--book", "other.db")
    ours, other = open_book(), open_book(tmp_path / "other.db")
    assert (ours.people(), ours.places()) == (other.people(), other.places())
    plain, again = (sorted(repr(one._replace(id=None)) for one in book.events()) for book in (ours, other))
    assert plain == again


def test_a_table_comes_in_by_standard_input(run):
    """It can be read once only, and is looked at twice: as a sheet of places, and as a table of owners."""
    table = "Площадка;Владелец;Контакт;Как попасть\nt.me/smm_riga;Марина;@marina_example;написать\n"
    code, _, said = run("import", "-", input=table.encode("cp1251"))
    assert (code, said.splitlines()[0]) == (0, "-: 2 added, 0 changed, 0 events added.")
    sheet = (SAMPLE / "owners.csv").read_bytes()
    assert run("import", "-", input=sheet)[2].startswith("-: 9 added")
    assert run("import", "-", input=b"")[0] == 3


def test_a_workbook_has_a_sheet_for_people(run):
    """In their language, before the table that programs read."""
    from python_calamine import CalamineWorkbook

    run("import", str(SAMPLE / "owners.csv"))
    run("export", "-o", "owners.xlsx", "--lang", "ru")
    book = CalamineWorkbook.from_path("owners.xlsx")
    assert book.sheet_names == ["Владельцы", "owners", "Столбцы"]
    rows = book.get_sheet_by_name("Владельцы").to_python()
    assert ["SMM Rigoria", "", "", "post myself", "free"] in [row[:5] for row in rows]
    assert any(row[1:3] == ["Зоя Пряник, admin", "telegram @zoya_pryanik_example"] for row in rows)


def test_the_sheet_fills_the_book_and_is_filled_from_it(run, tmp_path):
    """What a person typed stays on both sides."""
    shutil.copy(SAMPLE / "likes.csv", tmp_path / "likes.csv")
    run("resources", "likes.csv", "--top", "8", "-o", "sheet.csv", group="")
    text = (tmp_path / "sheet.csv").read_text("utf-8").splitlines()
    header = text[0].split(",")
    at = next(line for line, row in enumerate(text) if "telegram:bez_bublixa" in row)
    cells = text[at].split(",")
    cells[header.index("Owner") if "Owner" in header else header.index("owner")] = "Zoya"
    text[at] = ",".join(cells)
    (tmp_path / "sheet.csv").write_text("\n".join(text) + "\n", "utf-8")
    run("import", "sheet.csv")
    assert [(one.name, one.places) for one in open_book().people()] == [("Zoya", ("telegram:bez_bublixa",))]
    run("add", "Zoya", "--telegram", "@zoya_ex", "--role", "editor")
    run("add", "--place", "t.me/bez_bublixa", "--price", "40 EUR", "--way-in", "write")
    _, _, said = run("export", "--to-sheet", "sheet.csv")
    assert said.startswith("3 empty cells filled in sheet.csv.")
    _, _, said = run("import", "sheet.csv")
    assert "0 added, 0 changed" in said
    assert (open_book().people()[0].role, "Zoya" in (tmp_path / "sheet.csv").read_text("utf-8")) == ("editor", True)


def test_plays_are_for_places_that_one_writes_to(run):
    """Elsewhere the rules and the next step stand there; a play that was begun goes on where it is."""
    run("import", str(SAMPLE / "owners.csv"))
    _, out, _ = run("play", "SMM Rigoria")
    assert "You post here yourself" in out
    _, out, _ = run("play", "bez_bublixa", "--with", "comment", "--begin", "2026-11-27")
    assert out.splitlines()[5] == "  2026-11-27        Follow the place and read 15 posts."
    run("log", "bez_bublixa", "followed", "--date", "2026-11-30")
    _, out, _ = run("play", "bez_bublixa", "--lang", "ru")
    assert "2026-11-27  done  Подпишитесь" in out
    assert "2026-11-30        Напишите один комментарий" in out


def test_own_plays_count_first(run, tmp_path):
    """A folder of templates; a damaged file says what is wrong."""
    folder = tmp_path / "mine" / "plays"
    folder.mkdir(parents=True)
    (folder / "comment.toml").write_text(
        'title = "Ours"\n[[steps]]\nday = 1\nlog = "followed"\ndo = "Wave."\n', "utf-8"
    )
    _, out, _ = run("play", "t.me/smm_riga", "--templates", "mine")
    assert "Ours, 1 working day." in out
    (folder / "comment.toml").write_text('title = "Ours"\n[[steps]]\nday = 0\ndo = "Wave."\n', "utf-8")
    code, _, said = run("play", "t.me/smm_riga", "--templates", "mine")
    assert (code, "day of a step must be a number from 1 up" in said) == (4, True)


def test_every_language_has_the_same_plays():
    """The same days and events in all five; only the words differ."""
    from outreach.campaign.events import PLAYS
    from outreach.owners.plays import read_play

    for name in PLAYS:
        plays = {language: read_play(name, language) for language in ("en", "ru", "el", "lv", "hy")}
        assert len({play.title for play in plays.values()}) == 5
        assert (
            len({(play.days, play.then, *((one.day, one.log) for one in play.steps)) for play in plays.values()}) == 1
        )
        assert all(step.do and step.write_down for play in plays.values() for step in play.steps)


def test_a_report_names_nobody(run):
    """Money by currency, stages, days, replies with their range; names only where they are asked for."""
    run("import", str(SAMPLE / "owners.csv"), str(SAMPLE / "events.csv"))
    run("log", "bez_bublixa", "paid", "--sum", "500 RUB", "--campaign", "ten-posts-spring-2026")
    _, out, _ = run("report")
    for line in (
        "Stages: 3 new, 1 agreed, 2 booked",
        "  comment: 1 of 1 (likely 21-100 %)",
        "  The Contentoodlery, ten-posts-spring-2026: spent 0 EUR, owed 60 EUR",
        "  Маркетинг без бубликса, ten-posts-spring-2026: spent 40 EUR",
        "  Маркетинг без бубликса, ten-posts-spring-2026: spent 500 RUB",
    ):
        assert line in out.splitlines()
    names = [one.name for one in open_book().people()]
    assert [name for name in names if name in out] == []
    _, out, _ = run("report", "--with-owners")
    assert "Зоя Пряник" in out
    _, out, _ = run("report", "--format", "json")
    assert [name for name in names if name in out] == []


def test_acquaintance_pays_where_chance_does_not_explain_it(run):
    """Ten that were commented on answered, of ten others nobody did."""
    for number in range(10):
        run("log", f"vk.com/known_{number}", "commented", "--date", "2026-10-01")
        for name in (f"vk.com/known_{number}", f"vk.com/strange_{number}"):
            run("log", name, "wrote", "--date", "2026-10-05")
        run("log", f"vk.com/known_{number}", "replied", "yes", "--date", "2026-10-06")
    _, out, _ = run("report")
    assert out.splitlines()[-1] == (
        "Acquaintance pays: 10 of 10 answered after it, 0 of 10 without it; chance hardly explains the difference."
    )


def test_who_is_forgotten_is_nowhere(run, user_folder):
    """Not in the file, not in the lists; the files that may still hold them are named."""
    run("import", str(SAMPLE / "owners.csv"), str(SAMPLE / "events.csv"))
    run("export", "-o", "owners.csv")
    code, _, said = run("forget", "Tom Fribble")
    assert (code, "--yes removes without asking" in said) == (2, True)
    code, _, said = run("forget", "Tom Fribble", "--yes")
    assert said.startswith("Removed; 4 events without a name stay")
    assert str(Path("owners.csv").resolve()) in said
    content = (user_folder / "owners.db").read_bytes()
    assert [word for word in (b"Tom", b"tom@", b"Fribble,") if word in content] == []
    _, out, _ = run("list", "--format", "csv")
    assert "storyfribble" in out
    assert "agreed" in out


def test_owners_stand_in_nothing_that_is_handed_on(run, tmp_path):
    """Neither ranking, drafts, links nor the ledger hold a name or an address; no customer's label is in the book."""
    run("import", str(SAMPLE / "owners.csv"), str(SAMPLE / "events.csv"))
    people = open_book().people()
    private = [word for one in people for word in (one.name, *(channel.address for channel in one.channels))]
    shutil.copytree(SAMPLE, tmp_path / "sample_data")
    run("rank", "sample_data/likes.csv", "-o", "ranking.csv", group="")
    run("draft", "sample_data/brief.toml", "--from", "ranking.csv", "--top", "5", "-o", "drafts/", group="")
    run("export", group="placements")
    made = [path for path in tmp_path.rglob("*") if path.is_file() and "sample_data" not in path.parts]
    for path in made:
        content = path.read_bytes().decode("utf-8", "replace")
        assert [word for word in private if word in content] == [], path
    labels = {line.split(",")[0] for line in (SAMPLE / "likes.csv").read_text("utf-8").splitlines()[1:]} - {""}
    book = open_book().database.file.read_bytes().decode("utf-8", "replace")
    assert [label for label in labels if label in book] == []
