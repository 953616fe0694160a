"""``outreach enrich``: sizes into the sheet, and never over what a person typed."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from outreach.reporting.resources.base import Place
from outreach.reporting.resources.book import new_book
from tests.teasers.shorteners.server import TOKEN, running

TODAY = datetime.now(UTC).date().isoformat()
OLD = (datetime.now(UTC).date() - timedelta(days=31)).isoformat()
FRESH = (datetime.now(UTC).date() - timedelta(days=3)).isoformat()
HEADER = "place,address,subscribers,subscribers_from,fetched_at,note,key\n"


@pytest.fixture
def server(monkeypatch):
    """Stand for every platform, which the command finds by its environment."""
    with running() as ours:
        for name in ("VK", "GITHUB", "BLUESKY", "REDDIT"):
            monkeypatch.setenv(f"OUTREACH_{name}_URL", ours.base)
        monkeypatch.setenv("OUTREACH_VK_TOKEN", TOKEN)
        monkeypatch.setenv("NO_PROXY", "*")
        monkeypatch.setattr("outreach.cli.enrich._wait", lambda _seconds: None)
        yield ours


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def group(number, members):
    return (200, {"response": {"groups": [{"id": number, "screen_name": f"g{number}", "members_count": members}]}})


def test_a_sheet_gets_sizes(outreach, server, tmp_path):
    """Where the size is empty, an export's, or old; everything else stays."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        HEADER
        + "Empty,https://github.com/a,,,,my note,github:a\n"
        + f"Export,https://github.com/b,10,export,,,github:b\nOld,https://github.com/c,10,api,{OLD},,github:c\n"
        + f"Fresh,https://github.com/d,10,api,{FRESH},,github:d\nHand,https://github.com/e,10,hand,,,github:e\n"
        + "Typed,https://github.com/f,10,,,,github:f\nDash,https://github.com/g,-,,,,github:g\n"
    )
    server.answers = [(200, {"followers": 51}), (200, {"followers": 52}), (200, {"followers": 53})]
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 0
    assert result.stderr == (
        "3 sizes of 3 looked up and written to sheet.csv.\n"
        "Left as they are: 3 typed by hand, 1 looked up within 30d.\n"
        "Example: outreach rank likes.csv --resources sheet.csv\n"
    )
    told = [(row["place"], row["subscribers"], row["subscribers_from"], row["fetched_at"]) for row in rows_of(sheet)]
    assert told == [
        ("Empty", "51", "api", TODAY),
        ("Export", "52", "api", TODAY),
        ("Old", "53", "api", TODAY),
        ("Fresh", "10", "api", FRESH),
        ("Hand", "10", "hand", ""),
        ("Typed", "10", "", ""),
        ("Dash", "-", "", ""),
    ]
    assert rows_of(sheet)[0]["note"] == "my note"


def test_twice_asks_once(outreach, server, tmp_path):
    """What was looked up is known; 0d asks again."""
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://github.com/a,,,,,github:a\n")
    server.answers = [(200, {"followers": 51})]
    outreach("enrich", "sheet.csv")
    outreach("enrich", "sheet.csv")
    assert len(server.asked) == 1
    outreach("enrich", "sheet.csv", "--max-age", "0d")
    assert len(server.asked) == 2


def test_a_workbook(outreach, server, tmp_path):
    sheet = tmp_path / "sheet.xlsx"
    new_book(sheet, [Place("vk:club7", "vk", "Семь", "https://vk.com/club7", None, None, None, 2, 3)])
    server.answers = [group(7, 7000)]
    assert outreach("enrich", "sheet.xlsx").exit_code == 0
    header, row = openpyxl.load_workbook(sheet).active.iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert (cells["Subscribers"], cells["Subscribers from"], cells["Checked on"]) == (7000, "api", TODAY)
    assert cells["Place"] == "Семь"


def test_aliases_for_the_ranking(outreach, server, tmp_path):
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://vk.com/g7,,,,,vk:g7\n")
    server.answers = [group(7, 7000)]
    assert outreach("enrich", "sheet.csv", "--aliases", "same.csv").exit_code == 0
    assert (tmp_path / "same.csv").read_text() == "resource,same_as\nvk:g7,vk:club7\n"


def test_aliases_are_there_before_the_sizes(outreach, server, tmp_path, monkeypatch):
    """A place whose size is in the sheet is not asked again, so that its alias would be lost with a run cut short."""

    def killed(*_args, **_options):
        raise SystemExit(137)

    monkeypatch.setattr("outreach.reporting.sizes_sheet.save_cells", killed)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://vk.com/g7,,,,,vk:g7\n")
    server.answers = [group(7, 7000)]
    assert outreach("enrich", "sheet.csv", "--aliases", "same.csv").exit_code == 137
    assert (tmp_path / "same.csv").read_text() == "resource,same_as\nvk:g7,vk:club7\n"


def test_one_platform(outreach, server, tmp_path):
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://vk.com/g7,,,,,vk:g7\nB,https://github.com/b,,,,,github:b\n")
    server.answers = [(200, {"followers": 51})]
    outreach("enrich", "sheet.csv", "--platform", "GitHub")
    assert [path for _, path, *_ in server.asked] == ["/users/b"]


def test_without_a_token_nothing_is_asked(outreach, server, tmp_path, monkeypatch):
    """The message names the variable; the sheet stays as it was."""
    monkeypatch.delenv("OUTREACH_VK_TOKEN")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://vk.com/g7,,,,,vk:g7\n")
    before = sheet.read_bytes()
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 3
    assert "1 place of unknown size: VK needs a token, but the environment variable OUTREACH_VK_TOKEN is not set." in (
        result.stderr
    )
    assert (sheet.read_bytes(), server.asked) == (before, [])


def test_stopped_it_keeps_what_it_knows(outreach, server, tmp_path, monkeypatch):
    """And goes on from there the next time."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://github.com/a,,,,,github:a\nB,https://github.com/b,,,,,github:b\n")
    server.answers = [(200, {"followers": 51})]

    def stop(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("outreach.cli.enrich._wait", stop)
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 130
    assert "Interrupted: 1 place not looked up; the sizes so far are kept." in result.stderr
    assert result.stderr.endswith("Next: outreach enrich sheet.csv\n")
    assert [row["subscribers"] for row in rows_of(sheet)] == ["51", ""]
    monkeypatch.setattr("outreach.cli.enrich._wait", lambda _seconds: None)
    assert outreach("enrich", "sheet.csv").exit_code == 0
    assert [row["subscribers"] for row in rows_of(sheet)] == ["51", "51"]


def test_nothing_but_keys_is_sent(outreach, server, tmp_path):
    """Neither names, nor notes, nor how many customers follow a place."""
    (tmp_path / "sheet.csv").write_text(
        "place,address,customers,subscribers,subscribers_from,fetched_at,note,key\n"
        "Ilzes vieta,https://github.com/a,3 of 9,,,,slepens,github:a\n"
    )
    server.answers = [(200, {"followers": 51})]
    outreach("enrich", "sheet.csv")
    assert not any(word in repr(server.asked) for word in ("Ilze", "3 of 9", "slepens"))


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("sheet.csv", "--max-age", "soon"), 2, "--max-age soon: not an age"),
        (("sheet.txt",), 1, "the name of a sheet of places ends in .xlsx or .csv"),
        (("none.csv",), 3, "none.csv"),
        (("small.csv",), 3, "no column subscribers_from"),
    ],
)
def test_wrong_use_is_told(outreach, tmp_path, args, code, said):
    (tmp_path / "sheet.csv").write_text(HEADER)
    (tmp_path / "small.csv").write_text("place,address,subscribers,key\nA,https://github.com/a,,github:a\n")
    result = outreach("enrich", *args)
    assert (result.exit_code, said in result.stderr) == (code, True)


def test_no_network_is_told_and_costs_nothing(outreach, server, tmp_path, monkeypatch):
    """Exit code 5, the sheet as it was."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://github.com/a,,,,,github:a\n")
    before = sheet.read_bytes()
    monkeypatch.setenv("OUTREACH_GITHUB_URL", "http://127.0.0.1:1")
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 5
    assert "no platform could be reached\nHint: this computer seems to be offline" in result.stderr
    assert sheet.read_bytes() == before
    assert server.asked == []


def hang_up(handler):
    handler.close_connection = True
    handler.connection.close()


@pytest.mark.parametrize(
    "answer",
    [(401, {}), (403, b"rate limit"), (429, {}), (500, b""), (503, b"<html>"), (200, b"<html>"), (200, b""), (200, []),
     (200, b"null"), hang_up],
    ids=["401", "403", "429", "500", "503", "page", "empty", "list", "null", "closed the connection"],
)  # fmt: skip
def test_where_every_request_failed_it_is_no_success(outreach, server, tmp_path, answer):
    """Exit code 5 as with shorten, the sheet as it was, the reason said."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://github.com/a,,,,,github:a\nB,https://www.facebook.com/b,,,,,facebook:b\n")
    before = sheet.read_bytes()
    server.answers = [answer]
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 5
    assert "1 place of unknown size: GitHub " in result.stderr
    assert "Error: no platform answered\nHint: the sheet was not changed" in result.stderr
    assert "Next:" not in result.stderr
    assert sheet.read_bytes() == before


@pytest.mark.parametrize(
    "answer", [(404, {}), (410, {}), (200, {}), (200, {"followers": 0})], ids=["404", "410", "hidden", "nobody"]
)
def test_not_found_is_an_answer(outreach, server, tmp_path, answer):
    """So is a size that is not shown."""
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://github.com/a,,,,,github:a\n")
    server.answers = [answer]
    assert outreach("enrich", "sheet.csv").exit_code == 0


def test_offline_one_platform_is_waited_for_and_no_other(outreach, tmp_path, monkeypatch):
    """Seven seconds in all, however many platforms the sheet has."""
    waits = []
    monkeypatch.setattr("outreach.cli.enrich._wait", waits.append)
    monkeypatch.setenv("NO_PROXY", "*")
    names = ("github", "bluesky", "reddit", "mastodon", "discord", "telegram")
    for name in names:
        monkeypatch.setenv(f"OUTREACH_{name.upper()}_URL", "http://127.0.0.1:1")
        monkeypatch.setenv(f"OUTREACH_{name.upper()}_TOKEN", TOKEN)
    keys = (
        "github:a",
        "bluesky:a.example",
        "reddit:r/riga",
        "mastodon:a@b.example",
        "discord:invite/smm",
        "telegram:smm_riga",
    )
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "".join(f"A,,,,,,{key}\n" for key in keys))
    before = sheet.read_bytes()
    result = outreach("enrich", "sheet.csv")
    assert result.exit_code == 5
    assert "this computer seems to be offline; the sheet was not changed" in result.stderr
    assert result.stderr.count("cannot be reached") == len(names)
    assert sum(waits) <= 7 + 3 * 0.5
    assert sheet.read_bytes() == before


def test_stopped_it_says_how_to_go_on_as_it_was_typed(outreach, server, tmp_path, monkeypatch):
    """With the options that would be lost otherwise."""
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://github.com/a,,,,,github:a\nB,,,,,,github:b\n")
    server.answers = [(200, {"followers": 51})]

    def stop(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("outreach.cli.enrich._wait", stop)
    typed = ("--max-age", "2w", "--platform", "github", "--platform", "vk", "--aliases", "same.csv")
    result = outreach("enrich", "sheet.csv", *typed)
    assert result.exit_code == 130
    assert result.stderr.endswith(f"Next: outreach enrich sheet.csv {' '.join(typed)}\n")


def hearing():
    """Let a program hear all signals, also where whoever runs the tests ignores some."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends programs without asking them")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whatever_stops_it_keeps_what_it_knows(server, tmp_path, name):
    """A closed window and a system that shuts down cost no more than Ctrl-C."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEADER + "A,https://github.com/a,,,,,github:a\nB,https://github.com/b,,,,,github:b\n")
    second, over = threading.Event(), threading.Event()

    def hang(_handler):
        second.set()
        over.wait(30)

    server.answers = [(200, {"followers": 51}), hang]
    command = [sys.executable, "-m", "outreach", "enrich", "sheet.csv"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=tmp_path, preexec_fn=hearing, **pipes) as run:  # noqa: PLW1509
        assert second.wait(30)
        run.send_signal(getattr(signal, name))
        _, said = run.communicate(timeout=30)
        over.set()
    assert run.returncode == 130
    assert "Interrupted: 1 place not looked up; the sizes so far are kept." in said
    assert [row["subscribers"] for row in rows_of(sheet)] == ["51", ""]


def test_a_sheet_that_was_sorted_meanwhile_gets_its_sizes_by_key(outreach, server, tmp_path):
    """And a number typed meanwhile stays."""
    sheet = tmp_path / "sheet.csv"
    rows = [f"{name},https://github.com/{name},,,,,github:{name}\n" for name in "abc"]
    sheet.write_text(HEADER + "".join(rows))

    def sort(handler):
        typed = rows[0].replace("/a,,,", "/a,555,hand,")
        sheet.write_text(HEADER + rows[2] + rows[1] + typed)
        content = b'{"followers": 51}'
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    server.answers = [sort, (200, {"followers": 52}), (200, {"followers": 53})]
    assert outreach("enrich", "sheet.csv").exit_code == 0
    assert [(row["place"], row["subscribers"], row["subscribers_from"]) for row in rows_of(sheet)] == [
        ("c", "53", "api"), ("b", "52", "api"), ("a", "555", "hand"),
    ]  # fmt: skip


def test_aliases_are_added_to_those_of_before(outreach, server, tmp_path):
    """What is fresh is not asked again, and its alias is still true; another file is somebody's work."""
    (tmp_path / "sheet.csv").write_text(HEADER + "A,https://vk.com/g7,,,,,vk:g7\n")
    (tmp_path / "same.csv").write_text("resource,same_as\nvk:smm_riga,vk:club9\n")
    server.answers = [group(7, 7000)]
    assert outreach("enrich", "sheet.csv", "--aliases", "same.csv").exit_code == 0
    both = "resource,same_as\nvk:g7,vk:club7\nvk:smm_riga,vk:club9\n"
    assert (tmp_path / "same.csv").read_text() == both
    assert outreach("enrich", "sheet.csv", "--aliases", "same.csv").exit_code == 0
    assert (tmp_path / "same.csv").read_text() == both
    (tmp_path / "likes.csv").write_text("customer,resource\nAnna,vk:g7\n")
    asked = len(server.asked)
    for name, why in (("likes.csv", "not a table resource,same_as"), ("none/same.csv", "the folder does not exist")):
        result = outreach("enrich", "sheet.csv", "--max-age", "0d", "--aliases", name)
        assert (result.exit_code, why in result.stderr) == (1, True)
    assert len(server.asked) == asked, "told before anything is asked"
    assert (tmp_path / "likes.csv").read_text() == "customer,resource\nAnna,vk:g7\n"


def test_what_a_person_wrote_of_a_place_counts_in_every_row(outreach, server, tmp_path):
    """A second row with the size, a dash, and an address found out for a name."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        HEADER + "A,https://github.com/a,,,,,github:a\nA,https://github.com/a,777,hand,,,github:a\n"
        "B,https://github.com/b,-,export,,,github:b\nC,https://vk.com/g7,,,,,vk:name/c\n"
        f"D,https://github.com/d,5,api,{datetime.now(UTC):%d.%m.%Y},,github:d\n"
    )
    server.answers = [group(7, 7000)]
    outreach("enrich", "sheet.csv")
    assert [row["subscribers"] for row in rows_of(sheet)] == ["", "777", "-", "7000", "5"]
    assert [path for _, path, *_ in server.asked] == ["/method/groups.getById"]
