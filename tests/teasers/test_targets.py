"""For which places teasers are made."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from outreach.cli import main
from outreach.errors import InputError, UnknownResourceError
from outreach.keys import identify
from outreach.sheet.grid import map_sheet
from outreach.teasers.target_words import place_cells
from outreach.teasers.targets import Target, choose, targets

HEADER = (
    "rank,resource,platform,name,url,subscribers,overlap,listed,share,share_low,share_high,affinity,accepts_posts\n"
)
RANKING = (
    HEADER + "1,telegram:smm_riga,telegram,SMM Riga,https://t.me/smm_riga,48200,7,9,0.777778,0.45,0.94,132.1,\n"
    "2,facebook:name/baltic%20club,facebook,'=Baltic Club,,,5,11,0.454545,0.2,0.7,,paid\n"
    "3,vk:club7,vk,Седьмой,https://vk.com/club7,6400,4,6,0.666667,0.3,0.9,,no\n"
)
LIKES = """\
customer,platform,resource,name,subscribers
Anna Secret,telegram,smm_riga,SMM Riga,48200
Boris Secret,telegram,smm_riga,SMM Riga,48200
Anna Secret,vk,club7,@Семь,6400
Anna Secret,facebook,,Baltic Club,
"""
PIECES = [
    "\n", "resource", "overlap", "key", "address", "name", "place", ",", ";", "\t", "|", '"', "'", "=",
    "telegram:smm_riga", "https://vk.com/club7", "vk:club7", "7", "48 200", "[", "]", "{", "}", ":",
    '"resource": "x:smm"', "-", "yes", "exclude",
]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write a file, return its path."""

    def make(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call the command line in the test's folder."""
    monkeypatch.chdir(tmp_path)

    def call(*args):
        result = CliRunner().invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.stderr

    return call


def keys(found):
    return [one.resource for one in found]


def test_keys_and_addresses_are_places():
    """Each once, in the order given, with what a key tells."""
    found = targets(["https://t.me/s/smm_riga", "vk:club7", "t.me/smm_riga"])
    assert found == [
        Target("telegram:smm_riga", "telegram", url="https://t.me/smm_riga"),
        Target("vk:club7", "vk", url="https://vk.com/club7"),
    ]


@pytest.mark.parametrize("text", ["smm_riga", "@smm_riga", "Baltic Club", "anna@example.org", ""])
def test_what_names_no_place_for_sure_is_refused(text):
    """A bare handle could be on any platform."""
    with pytest.raises(UnknownResourceError, match="is not a place"):
        targets([text])


def test_nothing_given_is_told():
    """The hint says both ways."""
    with pytest.raises(InputError, match="no places given") as told:
        targets()
    assert "--from" in told.value.hint


def test_ranking_gives_its_facts(write):
    """Key, counts and sizes as they stand there; the sign that made a name neutral goes."""
    first, second, third = targets(table=write("ranking.csv", RANKING))
    assert first == Target("telegram:smm_riga", "telegram", "SMM Riga", "https://t.me/smm_riga", 48200, 7, 9)
    assert (second.name, second.subscribers, second.accepts_posts, second.deal) == (
        "=Baltic Club",
        None,
        "paid",
        "paid",
    )
    assert (third.accepts_posts, third.deal) == ("no", "")


def test_only_the_top_is_taken(write):
    """Counted without the places left out."""
    table = RANKING.replace("accepts_posts\n", "accepts_posts,exclude\n").replace("132.1,\n", "132.1,,yes\n")
    assert keys(targets(table=write("ranking.csv", table), top=1)) == ["facebook:name/baltic%20club"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "xlsx"])
def test_every_format_that_rank_writes(run, write, ending):
    """The same places with the same facts, whatever they were written in."""
    write("likes.csv", LIKES)
    run("rank", "likes.csv", "--min-subscribers", "0", "-o", "want.csv")
    run("rank", "likes.csv", "--min-subscribers", "0", "-o", f"ranking.{ending}")
    want = targets(table="want.csv")
    assert [(one.resource, one.name, one.subscribers, one.overlap, one.listed) for one in want] == [
        ("telegram:smm_riga", "SMM Riga", 48200, 2, 2),
        ("vk:club7", "@Семь", 6400, 1, 1),
        ("facebook:name/baltic%20club", "Baltic Club", None, 1, 1),
    ]
    assert targets(table=f"ranking.{ending}") == want


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_after_excel_saved_it_again(write, encoding, delimiter):
    """Semicolons or tabs, decimal commas, spaces in numbers, an older encoding: the same places."""
    lines = RANKING.replace(",", delimiter).replace("0.", "0,").replace("48200", "48\u00a0200")
    table = write("ranking.csv", lines.replace("\n", "\r\n").encode(encoding))
    assert targets(table=table) == targets(table=write("want.csv", RANKING))


def test_columns_may_stand_in_any_order(write):
    """And a title above the header, as people add one."""
    table = "Где писать\n\nOverlap;Resource;Моё;Name\n7;telegram:smm_riga;!;SMM Riga\n"
    (found,) = targets(table=write("ranking.csv", table))
    assert (found.resource, found.name, found.overlap, found.listed) == ("telegram:smm_riga", "SMM Riga", 7, None)


def test_what_the_marketer_added(write):
    """Rules, where the link goes, language and deal, in any of five languages; a word that is none is told."""
    table = (
        "resource,overlap,Правила,Место ссылки,Язык,Условия\n"
        "telegram:smm_riga,7,без ссылок,в комментарии,русский,бартер\n"
        "vk:club7,4,,somewhere,xx yy,soon\n"
    )
    chosen = choose(table=write("ranking.csv", table))
    first, second = chosen.targets
    assert (first.rules, first.link_place, first.language, first.deal) == ("без ссылок", "comment", "ru", "barter")
    assert (second.link_place, second.language, second.deal) == ("", "", "")
    assert [str(line).partition("row 3: ")[2] for line in chosen.remarks] == [
        f"{name}: not a known word; taken as empty" for name in ("link_place", "language", "deal")
    ]


@pytest.mark.parametrize(
    ("said", "link_place"),
    [
        ("первый комментарий", "comment"), ("στο σχόλιο", "comment"), ("komentārā", "comment"),
        ("մեկնաբանություն", "comment"), ("Bio", "bio"), ("кнопка", "button"), ("poga", "button"),
        ("In the text", "text"), ("-", ""),
    ],
)  # fmt: skip
def test_link_place_in_five_languages(write, said, link_place):
    """A dash says nothing."""
    (found,) = targets(table=write("ranking.csv", f"resource,overlap,link place\nvk:club7,4,{said}\n"))
    assert found.link_place == link_place


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_resources_sheet(run, write, name):
    """What was found out by hand comes with the place; places added by hand count, those left out do not."""
    write("likes.csv", LIKES)
    run("resources", "likes.csv", "-o", name)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(name)
        sheet = book["places"]
        columns = {name: place + 1 for name, place in map_sheet([cell.value for cell in sheet[1]]).items()}
        sheet.cell(2, columns["rules"]).value = "no links on Monday"
        sheet.cell(2, columns["way_in"]).value = "buy"
        sheet.cell(3, columns["exclude"]).value = "yes"
        sheet.cell(5, columns["address"]).value = "https://www.reddit.com/r/smm"
        sheet.cell(2, columns["link_place"]).value = "comment"
        book.save(name)
    else:
        lines = Path(name).read_text("utf-8-sig").splitlines()
        columns = {column: place for place, column in enumerate(lines[0].split(","))}
        rows = [line.split(",") for line in lines[1:]]
        rows[0][columns["rules"]], rows[0][columns["way_in"]] = "no links on Monday", "buy"
        rows[0][columns["link_place"]] = "comment"
        rows[1][columns["exclude"]] = "yes"
        rows.append([""] * len(columns))
        rows[3][columns["address"]] = "https://www.reddit.com/r/smm"
        write(name, "\n".join([lines[0], *map(",".join, rows)]) + "\n")
    found = targets(table=name)
    assert keys(found) == ["telegram:smm_riga", "facebook:name/baltic%20club", "reddit:r/smm"]
    first = found[0]
    assert (first.name, first.subscribers, first.overlap, first.listed) == ("SMM Riga", 48200, 2, 2)
    assert (first.rules, first.deal, first.link_place) == ("no links on Monday", "paid", "comment")
    assert found[2].url == "https://www.reddit.com/r/smm/"


def test_rows_that_name_no_place_are_told(write):
    """By their row and without their text; repeated places too."""
    table = RANKING + "4,,,Secret Name,,,2,9,0.2,0.1,0.4,,\n" + RANKING.splitlines()[1] + "\n"
    path = write("ranking.csv", table)
    chosen = choose(table=path)
    assert len(chosen.targets) == 3
    assert tuple(map(str, chosen.remarks)) == (
        f"{path}, row 5: it does not name a place",
        f"{path}, row 6: this place is in a row above too; the first row counts",
    )


def test_a_list_of_addresses(write):
    """One a line, with or without a header."""
    for header in ("", "resource\n"):
        chosen = choose(table=write("places.txt", header + "t.me/smm_riga\n\nhttps://vk.com/club7\nanna@example.org\n"))
        assert keys(chosen.targets) == ["telegram:smm_riga", "vk:club7"]
        assert str(chosen.remarks[0]).endswith(": it does not name a place")


def test_standard_input(monkeypatch):
    """A ranking through a pipe; messages say stdin."""
    stream = io.TextIOWrapper(io.BytesIO((RANKING + "4,,,,,,2,9,,,,,\n").encode()))
    monkeypatch.setattr("sys.stdin", stream)
    chosen = choose(table="-")
    assert len(chosen.targets) == 3
    assert tuple(map(str, chosen.remarks)) == ("stdin, row 5: it does not name a place",)


def test_keys_pick_from_the_table(write):
    """By key, address or name, whatever top says; what is not in the table comes without facts."""
    table = write("ranking.csv", RANKING)
    found = targets(["седьмой", "https://t.me/smm_riga", "x:smm"], table, 1)
    assert [(one.resource, one.overlap) for one in found] == [
        ("vk:club7", 4),
        ("telegram:smm_riga", 7),
        ("x:smm", None),
    ]


def test_a_name_that_two_places_have(write):
    """The message gives their keys."""
    table = write("ranking.csv", RANKING.replace("SMM Riga", "Седьмой"))
    with pytest.raises(UnknownResourceError, match="2 places") as told:
        targets(["Седьмой"], table)
    assert told.value.hint == "give the key: telegram:smm_riga, vk:club7"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        ("Мы встретились вчера.\nИ поговорили.\n", "it has no column with places"),
        ("[1, 2]", "this JSON has no list of places"),
        ('[{"resource": "vk:club7"}', "damaged JSON"),
        ("| rank | resource |\n| ---: | --- |\n| 1 | vk:club7 |\n", "a table in Markdown is for reading only"),
        (LIKES, "these are your customers' lists, not places"),
        (HEADER + "1,me@mail.example,,,,,,,,,,,\n", "it has no places to write for"),
        (RANKING + '4,"vk:club8,vk\n', "a quotation mark that is never closed"),
        (b"PK\x03\x04 nothing more", ""),
    ],
)
def test_other_files_are_told(write, content, said):
    """In one sentence with the file's name, never with its rows."""
    path = write("table.csv", content)
    with pytest.raises(InputError) as told:
        targets(table=path)
    assert told.value.message.startswith(str(path))
    assert said in told.value.message
    assert "Secret" not in str(told.value)
    assert told.value.hint


def test_a_missing_file_is_told(tmp_path):
    """With the way out."""
    with pytest.raises(InputError, match="cannot be read"):
        targets(table=tmp_path / "nowhere.csv")


@given(st.lists(st.sampled_from(["telegram:smm_riga", "vk:club7", "x:smm", "anna@example.org"]), max_size=8))
def test_no_row_vanishes(tmp_path_factory, names):
    """Each is a place, a repeated one, or told as none."""
    path = tmp_path_factory.mktemp("table") / "ranking.json"
    path.write_text(json.dumps([{"resource": "vk:club1"}, *({"resource": name} for name in names)]), "utf-8")
    chosen = choose(table=path)
    wanted = dict.fromkeys(key for name in ["vk:club1", *names] if (key := identify(name).key))
    assert keys(chosen.targets) == list(wanted)
    assert len(chosen.targets) + len(chosen.remarks) == len(names) + 1


@given(
    st.one_of(
        st.binary(),
        st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join([HEADER, *pieces]).encode()),
        st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode()),
    )
)
def test_any_file_gives_places_or_is_told(tmp_path_factory, content):
    """Never anything else."""
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes(content)
    try:
        chosen = choose(table=path)
    except InputError as told:
        assert told.message.startswith(str(path))  # noqa: PT017 - places are as right
    else:
        assert chosen.targets or len(chosen.remarks) == 1


@pytest.mark.parametrize(
    ("price", "deal", "kept"),
    [
        *((word, "barter", "") for word in ("barter", "Бартер", "ανταλλαγή", "barters", "բարտեր")),
        *((word, "free", "") for word in ("free", "бесплатно", "δωρεάν", "bez maksas", "անվճար", "0", "0 EUR")),
        *((word, "", "") for word in ("ask", "спросить", "по запросу", "ρωτήστε", "pajautāt", "հարցնել", "-")),
        ("платно", "paid", ""),
        ("1 500 руб", "", "1 500 руб"),
        ("ask Anna", "", "ask Anna"),
    ],
)
def test_prices_in_words(price, deal, kept):
    """Barter and free are deals, to ask is a price that is not known, in five languages."""
    found = place_cells({"price": price}).values
    assert (found.get("deal", ""), found.get("price", "")) == (deal, kept)
    assert place_cells({"price": price, "accepts_posts": "paid"}).values["deal"] == (deal or "paid")
    assert place_cells({"price": price, "deal": "paid"}).values["deal"] == "paid"


@pytest.mark.parametrize(("name", "content"), [("ranking.csv", HEADER), ("ranking.json", "[]")])
def test_an_empty_ranking_is_no_fault(write, name, content):
    """Nothing is left, and that is said."""
    chosen = choose(table=write(name, content))
    assert chosen.targets == ()
    assert [str(one).partition(";")[0].rpartition("/")[2] for one in chosen.remarks] == [
        f"{name}: it has no places left"
    ]
