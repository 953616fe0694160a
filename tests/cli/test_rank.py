"""The commands, on small inputs, with everything that they say."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from outreach import __version__
from outreach.cli import COMMANDS, WEEK, main
from outreach.cli.shared import shell_quoted

ROOT = Path(__file__).parents[2]
HEADER = (
    "rank,resource,platform,name,url,subscribers,overlap,listed,share,share_low,share_high,affinity,accepts_posts\n"
)
LIKES = """\
customer,platform,resource,name,subscribers
Anna,telegram,smm_riga,SMM Riga,"48 200"
Boris,telegram,t.me/s/SMM_Riga,SMM Riga,48200
Clara,telegram,@smm_riga,,
Anna,vk,club7,Семь,6000
Boris,vk,https://vk.com/public7,Семь,6000
Anna,vk,small_one,Small one,3900
Boris,vk,small_one,Small one,3900
Clara,telegram,unknown_one,=Unknown one,
Dina,telegram,,,
Dina,vk,https://vk.com/feed,,
"""
RANKED = (
    HEADER + "1,telegram:smm_riga,telegram,SMM Riga,https://t.me/smm_riga,48200,3,4,0.75,0.300642,0.954413,100.0,\n"
    "2,vk:club7,vk,Семь,https://vk.com/club7,6000,2,2,1.0,0.34238,1.0,,\n"
    "3,telegram:unknown_one,telegram,'=Unknown one,https://t.me/unknown_one,,1,4,0.25,0.045587,0.699358,,\n"
)


@pytest.fixture
def likes(outreach):
    """Write the little table into the folder of the test."""
    Path("likes.csv").write_text(LIKES, encoding="utf-8")
    return outreach


def test_rank_into_a_pipe(likes):
    """CSV with all rows and columns on standard output, remarks and the next step on standard error."""
    result = likes("rank", "likes.csv")
    assert result.exit_code == 0
    assert result.stdout == RANKED
    assert result.stderr == (
        "likes.csv: customer = customer, resource = resource, name = name, platform = platform, "
        "subscribers = subscribers\n"
        "1 row could not be used (--rejected FILE writes them all):\n"
        "  1 x vk.com/feed is a search or a feed: give the address of a community (first: likes.csv, line 11)\n"
        "Lists: telegram 4, vk 2 of 4 customers; no count can be higher.\n"
        "Only 4 customers: ask a few more; with ten, a pattern begins to show.\n"
        "1 place is followed by one customer only.\n"
        "Hidden: 1 under 5 000 subscribers; the best is Small one (vk), 2 of 2, 3 900: --min-subscribers 3000\n"
        "1 place listed has no known size; --unknown-size drop hides such places.\n"
        "Next: outreach rank likes.csv -o ranking.xlsx\n"
    )


def test_formats_hold_the_same_rows(likes):
    """Each of them on standard output: the same places in the same order."""
    want = [row["resource"] for row in csv.DictReader(io.StringIO(RANKED))]

    def stdout(name: str) -> str:
        result = likes("rank", "likes.csv", "--format", name)
        assert result.exit_code == 0
        return result.stdout

    assert stdout("csv") == RANKED
    assert [row["resource"] for row in csv.DictReader(io.StringIO(stdout("tsv")), delimiter="\t")] == want
    assert [row["resource"] for row in json.loads(stdout("json"))] == want
    assert [json.loads(line)["resource"] for line in stdout("jsonl").splitlines()] == want
    assert json.loads(stdout("json"))[2]["name"] == "=Unknown one"
    assert [name in stdout("md") for name in ("SMM Riga", "Семь", "Unknown one")] == [True] * 3
    table = stdout("table").splitlines()
    assert table[0] == " What your customers follow · 4 customers"
    assert [line.split()[0] for line in table[2:] if line.split()[0].isdecimal()] == ["1", "2", "3"]
    book = likes("rank", "likes.csv", "--format", "xlsx").stdout_bytes
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.json", "out.jsonl", "out.md", "out.xlsx"])
def test_the_name_of_the_output_tells_its_format(name, likes):
    """Nothing goes to standard output; the next step is the brief."""
    result = likes("rank", "likes.csv", "-o", name)
    assert (result.exit_code, result.stdout) == (0, "")
    written = Path(name).read_bytes()
    if name != "out.xlsx":  # holds the time
        assert written == likes("rank", "likes.csv", "--format", name.partition(".")[2]).stdout_bytes
    assert result.stderr.splitlines()[-1] == "Next: outreach brief new"
    Path("brief.toml").touch()
    again = likes("rank", "likes.csv", "-o", name).stderr.splitlines()[-1]
    assert again == f"Next: outreach draft brief.toml --from {name} --top 5 -o drafts/"


def test_the_format_beats_the_name(likes):
    """``--format`` always means the output."""
    assert likes("rank", "likes.csv", "-o", "out.txt", "--format", "json").exit_code == 0
    assert json.loads(Path("out.txt").read_text(encoding="utf-8"))[0]["rank"] == 1


def test_remarks_pair_each_filter_with_its_best(likes):
    """What each filter hid, the best of it by name, and the flag that shows it."""
    result = likes(
        "rank",
        "likes.csv",
        "--platform",
        "tg",
        "--own",
        "t.me/smm_riga",
        "--unknown-size",
        "drop",
        "--exclude",
        "t.me/gone1",
    )
    assert result.stdout == HEADER
    assert [
        line for line in result.stderr.splitlines() if line.startswith(("Left out", "Hidden", "1 place given", "Next"))
    ] == [
        "Left out: 1 place of your own: SMM Riga (telegram), 3 of 4, 48 200",
        "Hidden: 2 on other platforms; the best is Семь (vk), 2 of 2, 6 000: --platform vk",
        "Hidden: 1 of unknown size; the best is =Unknown one (telegram), 1 of 4, size unknown: --unknown-size keep",
        "1 place given as own or excluded: no customer follows it.",
        "Next: outreach rank likes.csv --platform tg --own t.me/smm_riga --exclude t.me/gone1 --unknown-size keep",
    ]


def test_the_flag_of_a_remark_shows_the_place(likes):
    """Pasting it brings the hidden place into the table."""
    assert "vk:small_one" in likes("rank", "likes.csv", "--min-subscribers", "3000").stdout
    hidden = likes("rank", "likes.csv", "--by", "share")
    assert (
        "Hidden: 2 with fewer than 3 customers; the best is Семь (vk), 2 of 2, 6 000: --min-overlap 2" in hidden.stderr
    )
    assert "vk:club7" in likes("rank", "likes.csv", "--by", "share", "--min-overlap", "2").stdout


def test_exclude_takes_a_file(likes):
    """One address a line, or a column named resource."""
    Path("seen.txt").write_text("https://t.me/s/smm_riga\n\nvk.com/club7\n")
    Path("seen.csv").write_text("comment;resource\nx;t.me/smm_riga\n")
    assert "unknown_one" in likes("rank", "likes.csv", "--exclude", "seen.txt").stdout.splitlines()[1]
    assert "vk:club7" in likes("rank", "likes.csv", "--exclude", "seen.csv").stdout.splitlines()[1]


def test_a_long_address_is_no_file(likes):
    """Longer than any name of a file may be."""
    assert likes("rank", "likes.csv", "--exclude", "https://example.org/" + "x" * 300).exit_code == 0


def test_ten_customers_are_enough(outreach):
    """From ten on nothing is said about few."""
    for count in (9, 10):
        rows = "".join(f"C{n},t.me/smm_riga\n" for n in range(count))
        Path("likes.csv").write_text("customer,resource\n" + rows)
        assert ("Only 9 customers" in outreach("rank", "likes.csv").stderr) == (count == 9)


def test_nothing_left_is_no_failure(likes):
    """An empty table, exit 0."""
    result = likes("rank", "likes.csv", "--min-overlap", "9")
    assert (result.exit_code, result.stdout) == (0, HEADER)
    assert result.stderr.splitlines()[-1] == "Next: outreach rank likes.csv --min-overlap 3"


def test_the_next_line_keeps_what_changes_the_meaning(outreach, tmp_path):
    """Of another command too, where it has the option; what only shows or writes is left out."""
    (tmp_path / "my likes.csv").write_text("customer,resource\nAnna,t.me/alpha\nAnna,t.me/own_page\n")
    typed = [
        "--own",
        "t.me/own_page",
        "--platform",
        "telegram",
        "--read-as",
        "long",
        "--top",
        "3",
        "--unknown-size=keep",
    ]
    assert outreach("rank", "my likes.csv", *typed).stderr.splitlines()[-1] == (
        "Next: outreach resources 'my likes.csv' --platform telegram --own t.me/own_page --read-as long -o sheet.xlsx"
    )


def test_standard_input_is_not_called_by_the_name_of_a_file(outreach):
    """It is gone, so the line says that it is needed once more."""
    done = outreach(
        "rank", "-", "--min-subscribers", "0", stdin=b"customer,resource,subscribers\nAnna,t.me/alpha,7000\n"
    )
    assert done.stderr.splitlines()[-1] == (
        "With the same input once more: outreach rank - --min-subscribers 0 -o ranking.xlsx"
    )


def test_remarks_are_broken_at_words_on_a_terminal_only(monkeypatch):
    """A command to paste stays in one line."""
    import io

    from outreach.cli import shared

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    text = "  7 x a reason of many words that does not fit\nNext: outreach rank likes.csv --own t.me/mine -o out.csv"
    monkeypatch.setenv("COLUMNS", "31")
    for stream, shown in (
        (io.StringIO(), text),
        (Terminal(), text.replace("words that", "words\n    that")),
    ):
        monkeypatch.setattr("sys.stderr", stream)
        shared.remark(text)
        assert stream.getvalue() == shown + "\n"


def test_the_next_line_keeps_what_was_typed(likes):
    """Names that a shell would take apart are quoted; how to read is passed on, how to show is not."""
    Path("my [likes].csv").write_text("Who,Where,Subscribers\nAnna,t.me/smm_riga,9000\n")
    args = ("my [likes].csv", "--columns", "customer=Who,resource=Where", "--wide", "--format", "json")
    quoted = shell_quoted(["my [likes].csv"])
    assert likes("rank", *args).stderr.splitlines()[-1] == (
        f"Next: outreach rank {quoted} --wide --columns customer=Who,resource=Where -o ranking.xlsx"
    )


def test_stability_in_every_form(outreach):
    """A number for programs, steps of ten percent for people, and what ten more customers would change."""
    sample = [str(ROOT / "sample_data/likes.csv"), "--own", "facebook:vorblinka", "--stability"]
    told = outreach("rank", *sample, "--top", "2")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert list(rows[0])[:-1] == HEADER.strip().split(",")
    assert all(0.3 < float(row["in_top_five"]) < 0.9 for row in rows)
    assert "With 10 more customers, about 3 of today's first 5 places would stay: ask 10 more before" in told.stderr
    found = json.loads(outreach("rank", *sample, "--top", "2", "--format", "json").stdout)
    assert [row["in_top_five"] for row in found] == [float(row["in_top_five"]) for row in rows]
    assert "in\\_top\\_five" in outreach("rank", *sample, "--top", "1", "--format", "md").stdout
    picture = outreach("rank", *sample, "--top", "1", "--format", "table").stdout
    assert re.search(r"in top five\n.*Storyfribble .* about \d0 %\n", picture)
    assert max(map(len, picture.splitlines())) < 80
    assert outreach("rank", *sample, "-o", "ranking.xlsx", "--language", "ru").exit_code == 0
    with zipfile.ZipFile("ranking.xlsx") as book:
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert all(
        text in texts for text in ("В первой пятёрке", "около 10 %", "прежде чем платить за пост", "in_top_five")
    )


def test_stability_where_nothing_is_known(likes):
    """Too few places: the column is empty, and that is the sentence; of a ratio there is no stability."""
    told = likes("rank", "likes.csv", "--stability")
    assert told.stdout == RANKED.replace("accepts_posts\n", "accepts_posts,in_top_five\n").replace(",\n", ",,\n")
    assert "How certain the first 5 places are is not known: only 3 places are listed." in told.stderr
    refused = likes("rank", "likes.csv", "--stability", "--by", "share")
    assert (refused.exit_code, "leave out --by share" in refused.stderr) == (2, True)


def test_top(likes):
    """So many places; 0 is all; a pipe gets all anyway."""
    assert likes("rank", "likes.csv", "--top", "1").stdout.count("\n") == 2
    assert likes("rank", "likes.csv", "--top", "0").stdout == RANKED


def test_rejected_rows_are_written(likes):
    """File, line and reason; never the row."""
    result = likes("rank", "likes.csv", "--rejected", "rejected.csv")
    assert "1 row could not be used (written to rejected.csv):\n" in result.stderr
    assert Path("rejected.csv").read_text() == (
        "source,line,reason\nlikes.csv,11,vk.com/feed is a search or a feed: give the address of a community\n"
    )


def test_the_first_line_of_a_reason_is_the_first(outreach):
    """Of rows with one reason, the top one is told."""
    Path("likes.csv").write_text('customer,resource\nA,t.me/smm_riga\nB,"x\nC,"y\nD,"z\n')
    assert (
        "3 x a quotation mark is opened and never closed (first: likes.csv, line 3)"
        in outreach("rank", "likes.csv").stderr
    )


def test_who_needs_a_terminal(likes):
    """Labels go into no pipe and no file."""
    result = likes("who", "t.me/smm_riga", "likes.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Error: outreach who shows customers' labels on a terminal only\nHint: run it without | and > in a terminal "
        "window\n"
    )


def on_a_terminal(*args: str, columns: int = 80) -> tuple[int, str]:
    """Run a command on a terminal of its own; return its exit code and the text without colours and links."""
    import fcntl
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "outreach", *args], stdin=follower, stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    text = b""
    try:
        while piece := os.read(leader, 65536):
            text += piece
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(leader)
    plain = re.sub(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[A-Za-z]", "", text.decode())
    return process.wait(), plain.replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_who_on_a_terminal(likes):  # noqa: ARG001 - writes the table
    """The labels, sorted, and how many."""
    code, text = on_a_terminal("who", "t.me/smm_riga", "likes.csv")
    assert code == 0
    assert "\nAnna\nBoris\nClara\n3 of 4 customers.\nNext: outreach rank likes.csv -o ranking.xlsx\n" in text


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_rank_on_a_terminal(outreach):  # noqa: ARG001 - changes the folder
    """A table of at most 20 places that fits the window, with the file's name."""
    rows = "".join(f"C{n % 12},t.me/page_{n // 2}\n" for n in range(80))
    Path("likes.csv").write_text("customer,resource\n" + rows)
    code, text = on_a_terminal("rank", "likes.csv")
    assert code == 0
    assert " What your customers follow · likes.csv · 12 customers\n" in text
    table = text[text.index(" What") : text.index("Lists:")].splitlines()
    assert sum(line[1:3].strip().isdecimal() for line in table) == 20
    assert max(map(len, table)) <= 80
    assert "Not shown: affinity, key; --wide shows them.\n" in text
    assert text.endswith("Next: outreach resources likes.csv -o sheet.xlsx\n")


def test_key(outreach):
    """Key, platform and why, a line an address; exit 3 where one names no resource."""
    result = outreach("key", "https://m.vk.com/wall-123_4", "telegram:smm_riga")
    assert result.exit_code == 0
    assert [line.split("\t")[:2] for line in result.stdout.splitlines()] == [
        ["vk:club123", "vk"],
        ["telegram:smm_riga", "telegram"],
    ]
    result = outreach("key", "@name", "a@example.com", "--assume-platform", "ig")
    assert result.exit_code == 3
    assert [line.split("\t")[:2] for line in result.stdout.splitlines()] == [
        ["instagram:name", "instagram"],
        ["-", "-"],
    ]
    assert result.stderr == "Error: 1 of 2 addresses are not of a place\n"


def test_bare_outreach_prints_the_week(outreach):
    """The commands in the order of the week, one line each, the rest under "more"."""
    result = outreach()
    assert result.exit_code == 0
    listed = re.findall(r"^  (\w+)  +(.+)$", result.stdout[result.stdout.index("The week:") :], re.MULTILINE)
    assert listed == [(name, COMMANDS[name]) for name in (*WEEK, *(name for name in COMMANDS if name not in WEEK))]
    assert result.stderr == "\nExample: outreach rank likes.csv\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example(name, outreach):
    """And ``-h`` is ``--help``; the one line in the list is the first line of the help."""
    short, long = outreach(name, "-h"), outreach(name, "--help")
    assert (short.exit_code, short.stdout) == (0, long.stdout)
    assert re.search(rf"Example:\n\n      outreach {name}\s", short.stdout)
    command = main.get_command(click.Context(main), name)
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_version(outreach):
    """The package's."""
    assert outreach("--version").stdout == f"outreach, version {__version__}\n"


@pytest.mark.parametrize(
    "args", [("potato",), ("rank", "--potato"), ("rank", "x.csv", "--by", "potato"), ("rank",), ("who",), ("key",)]
)
def test_usage(args, outreach):
    """What is typed wrongly is click's, exit 2."""
    result = outreach(*args)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_a_bug_keeps_its_traceback(monkeypatch):
    """Only what can be told is told."""
    monkeypatch.setattr("outreach.keys.identify", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["key", "x"], catch_exceptions=False)


def test_the_command_line_imports_nothing_heavy():
    """``outreach --version`` costs no more than click."""
    code = (
        "import sys, outreach.cli; print(*{'duckdb', 'pandas', 'rich', 'networkx', 'numpy', 'idna'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "\n"


def test_the_sample_ranks(outreach):
    """The first command that anybody pastes."""
    result = outreach("rank", str(ROOT / "sample_data" / "likes.csv"))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 20


@pytest.mark.parametrize("flag", ["-o", "--rejected"])
def test_a_file_of_a_folder_that_is_read_is_not_written_over(flag, outreach):
    """It was not named, and is the only copy of somebody's list all the same."""
    Path("lists").mkdir()
    Path("lists/a.csv").write_text("customer,resource\nAnna,t.me/smm_riga\n")
    result = outreach("rank", "lists", flag, "lists/a.csv")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2].startswith("Error: lists/a.csv: ")
    assert Path("lists/a.csv").read_text() == "customer,resource\nAnna,t.me/smm_riga\n"


@pytest.mark.parametrize("name", ["answers.csv", "sheet.xlsx"])
def test_a_table_of_another_kind_is_not_written_over(name, outreach):
    """A ranking replaces a ranking; a form's answers and a sheet that was filled in stay."""
    Path("likes.csv").write_text("customer,resource\nAnna,t.me/smm_riga\n")
    if name.endswith("csv"):
        Path(name).write_text("Timestamp,E-mail\n1,a@example.org\n")
    else:
        assert outreach("resources", "likes.csv", "-o", name).exit_code == 0
    before = Path(name).read_bytes()
    result = outreach("rank", "likes.csv", "-o", name)
    assert result.exit_code == 1
    assert f"Error: {name}: this file is there already and is not a ranking table of outreach" in result.stderr
    assert Path(name).read_bytes() == before
    ranking = f"ranking{Path(name).suffix}"
    assert [outreach("rank", "likes.csv", "-o", ranking).exit_code for _ in range(2)] == [0, 0]


def test_the_way_to_sizes_is_named_where_most_are_unknown(outreach):
    """The sheet is the next step; once it is given, the result is."""
    Path("likes.csv").write_text("customer,resource\nAnna,t.me/smm_riga\n")
    result = outreach("rank", "likes.csv", "--format", "csv")
    assert "1 place listed has no known size; outreach resources makes a sheet to add sizes." in result.stderr
    assert result.stderr.endswith("Next: outreach resources likes.csv -o sheet.xlsx\n")


def test_dates_of_exports_count_when_asked_for(outreach, tmp_path):
    """--since leaves out what was followed long ago, also in an export."""
    follow = {
        "title": "",
        "string_list_data": [{"href": "https://www.instagram.com/smm", "value": "smm", "timestamp": 1}],
    }
    old, new = json.loads(json.dumps(follow)), json.loads(json.dumps(follow))
    old["string_list_data"][0] |= {"value": "smm_riga", "timestamp": 1_400_000_000}
    new["string_list_data"][0] |= {"value": "smm_vilnius", "timestamp": 1_900_000_000}
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "following.json").write_text(json.dumps({"relationships_following": [old, new]}))
    keys = [line.split(",")[1] for line in outreach("rank", "anna").stdout.splitlines()[1:]]
    assert keys == ["instagram:smm_riga", "instagram:smm_vilnius"]
    keys = [line.split(",")[1] for line in outreach("rank", "anna", "--since", "2020-01-01").stdout.splitlines()[1:]]
    assert keys == ["instagram:smm_vilnius"]
