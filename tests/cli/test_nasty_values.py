"""Whatever stands in an argument or an option: one sentence, and never a traceback.

Commands and options are found by click's own introspection, so that new ones are tried too.
"""

from __future__ import annotations

import contextlib
import errno
import random
import shutil

import click
import pytest
import requests
from click.testing import CliRunner

from outreach.cli import main

SEED = 20260512
TRIES_EACH = 1  # values for each argument and option; more find more, and take longer
PASSWORD = "hunter2"  # noqa: S105 - made up
CODES = {0, 1, 2, 3, 4, 5, 130}
LINK = "https://shop.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm"
FILES = {
    "likes.csv": "customer,resource\nAnna,t.me/smm_riga\nBert,t.me/smm_riga\nAnna,t.me/smm_jobs\n",
    "links.csv": f"place,link,date,cost\nt.me/smm_riga,{LINK},2026-05-12,20 EUR\nt.me/smm_riga_jobs,{LINK},,\n",
    "brief.toml": 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a box."\n',
    "sheet.csv": "place,address,subscribers,subscribers_from,fetched_at,key\nA,https://github.com/a,,,,github:a\n",
    "results.csv": "place,visits,conversions\ntelegram:smm_riga,100,9\ntelegram:smm_riga_jobs,50,1\n",
    "answers.csv": "customer,Recommend (0-10),Price (1-5)\nAnna,10,4\nBert,3,2\n",
    "groups.csv": "customer,group\nAnna,promoters\nBert,detractors\n",
    "cell.csv": f'place,link,customer,resource,same_as,alias\nt.me/smm,{LINK},"{"x" * 200_000}",t.me/smm,t.me/b,u\n',
    "header.csv": ",".join(f"a column of number {number}" for number in range(10_000)) + "\nt.me/smm\n",
    "quote.csv": 'place,link,customer,resource\n"a,b\nc"d"e,f\n"',
    "zeros.csv": "\0" * 5000,
    "empty.csv": "",
}
VALUES = [
    "", " ", " \t\u00a0\u3000", "a\nb", "\x01\x1b[31m\x9b", "a\0b.csv", "---", "…!?", "🎉.csv", ",,,", "=", "a=b",
    "-1", "0", "9" * 400, "1e999", "nan", "٣", "²", "2026-99-99", "99999999999999999999 EUR", "https://", "http://[::1",
    "https://a:b@c:99999/", "t.me/smm", "a\udcff.csv", "\udcff", "\ud800", "x" * 70_000, "y" * 256, "y" * 300 + ".csv",
    "y" * 300 + ".xlsx", "y" * 300 + ".toml", "/".join(["z" * 200] * 30) + "/x.csv", "folder", "folder.csv", "loop.csv",
    "dangling.csv", "likes.csv/x.csv", "nowhere/x.csv", "cell.csv", "quote.csv", "zeros.csv", "empty.csv",
]  # fmt: skip
ADDRESSES = [
    f"postgresql://u:{PASSWORD}@127.0.0.1:1/{rest}"
    for rest in ("x?foo=bar", "x?sslmode=bogus", "%zz", "x?connect_timeout=abc", "x?plugin=foo", "\udcff", "x?self=1")
] + [
    "postgresql://",
    f"postgresql:/u:{PASSWORD}@host/x",
    f"postgresql://u:{PASSWORD}@127.0.0.1:bad/x",
    f"postgresql://u:{PASSWORD}@127.0.0.1:99999/x",
    f"postgresql://u:{PASSWORD}@[::1/x",
    f"postgresql://u:{PASSWORD}@{'h' * 300}/x",
    f"postgresql://u:12/{PASSWORD}@127.0.0.1:1/x",
    f"postgresql+asyncpg://u:{PASSWORD}@127.0.0.1:1/x",
    f"sqlite://{PASSWORD}@x/y",
]
USUAL = {
    "brief check": ["brief.toml"],
    "brief new": ["--no-input"],
    "enrich": ["sheet.csv"],
    "draft": ["brief.toml", "t.me/smm_riga"],
    "placements import": ["links.csv"],
    "placements set": ["smm_riga", "--status", "removed"],
    "link": ["https://x.example/p", "--source", "telegram", "--campaign", "spring"],
    "shorten": ["https://x.example/?utm_source=a", "--with", "clck.ru"],
    "formats": ["vk"],
    "who": ["t.me/smm_riga", "likes.csv"],
    "key": ["t.me/smm_riga"],
    "track": ["results.csv"],
    "check": ["likes.csv"],
    "rank": ["likes.csv", "--min-subscribers", "0"],
    "survey": ["answers.csv"],
    "compare": ["likes.csv", "--groups", "groups.csv", "--min-subscribers", "0"],
    "resources": ["likes.csv", "-o", "places.csv", "--min-subscribers", "0"],
    "collect": ["-o", "follows.xlsx"],
}
"""Arguments with which a command works; one that is not here is tried without any."""


def walk(command=main, path=()):
    """Yield every command with its name."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from walk(command.get_command(context, name), (*path, name))


def calls(name, command):
    """Yield command lines with a nasty value in each place in turn."""
    usual = USUAL.get(name, [])
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 - no secret
    for place in command.params:
        values = ADDRESSES + VALUES if place.name == "db" else VALUES
        for value in chance.sample(values, TRIES_EACH * (4 if place.name == "db" else 1)):
            if isinstance(place, click.Option):
                yield [*usual, place.opts[-1], *([] if place.is_flag else [value])]
            else:
                at = next((number for number, word in enumerate(usual) if word.startswith("-")), len(usual))
                yield [*usual[at:], "--", *usual[: max(at - 1, 0)], value]


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    """Make a folder with a ledger, a link in a circle and other traps."""
    folder = tmp_path_factory.mktemp("traps")
    for file, content in FILES.items():
        (folder / file).write_text(content)
    (folder / "folder").mkdir()
    (folder / "folder.csv").mkdir()
    with contextlib.suppress(OSError):  # Windows asks for a right
        (folder / "loop.csv").symlink_to("loop.csv")
        (folder / "dangling.csv").symlink_to("nowhere/there.csv")
    db = str(folder / "outreach.db")
    done = CliRunner().invoke(main, ["placements", "import", str(folder / "links.csv"), "--db", db])
    assert done.exit_code == 0, done.stderr
    return folder


@pytest.fixture
def call(traps, tmp_path, monkeypatch):
    """Call the command line in a copy of that folder; no request leaves it."""

    def refuse(*_args, **_more):
        raise requests.ConnectionError

    monkeypatch.setattr(requests.Session, "request", refuse)
    monkeypatch.setattr("outreach.cli.enrich._wait", lambda _seconds: None)
    monkeypatch.setattr("outreach.cli.shorten._wait", lambda _seconds: None)
    monkeypatch.setattr("outreach.app.server._serve", lambda socket, *_: socket.close())  # it would answer for an hour
    monkeypatch.setattr("webbrowser.open", lambda *_: True)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    folder = tmp_path / "copy"
    shutil.copytree(traps, folder, symlinks=True)
    monkeypatch.chdir(folder)

    def call(name, *args):
        done = CliRunner().invoke(main, [*name.split(), *args], input=b"")
        assert done.exception is None or isinstance(done.exception, SystemExit), (name, args, done.exc_info)
        assert done.exit_code in CODES, (name, args)
        assert done.exit_code in {0, 130} or "Error: " in done.stderr, (name, args, done.stderr)
        return done

    return call


@pytest.mark.parametrize("name", [name for name, _ in walk()])
def test_a_nasty_value_is_told(call, name):
    """In every place of every command."""
    command = dict(walk())[name]
    for args in calls(name, command):
        done = call(name, *args)
        assert PASSWORD not in done.output or not any("--db" in word for word in args), (name, args, done.output)


@pytest.mark.parametrize("address", ADDRESSES, ids=range(len(ADDRESSES)))
def test_an_address_of_a_database_that_is_none(call, address):
    """It is told in one sentence that repeats nothing of it."""
    done = call("placements list", "--db", address)
    assert done.exit_code in {2, 3, 5}
    assert PASSWORD not in done.output


@pytest.mark.parametrize("option", ["--term", "--id", "--content"])
@pytest.mark.parametrize("value", ["", " ", "\t\u00a0", "\n"])
def test_a_blank_tag_is_left_out(call, option, value):
    """And said, where something was typed."""
    done = call("link", "https://x.example/p", "--source", "telegram", "--campaign", "spring", option, value)
    assert done.stdout == "https://x.example/p?utm_source=telegram&utm_medium=social&utm_campaign=spring\n"
    assert (f"{option} is blank: the link does without it." in done.stderr) == bool(value)


@pytest.mark.parametrize("file", ["cell.csv", "header.csv", "quote.csv"])
@pytest.mark.parametrize(
    "args",
    [
        ("placements import", "{}"),
        ("rank", "likes.csv", "--same-as", "{}"),
        ("rank", "likes.csv", "--own", "{}"),
        ("rank", "likes.csv", "--resources", "{}"),
        ("rank", "likes.csv", "--customers", "{}"),
        ("draft", "brief.toml", "--from", "{}"),
        ("track", "{}"),
    ],
    ids=" ".join,
)
def test_a_table_out_of_measure(call, args, file):
    """A cell or a header line beyond what the csv module takes, quotes without an end."""
    name, *rest = (word.format(file) for word in args)
    done = call(name, *rest)
    assert "x" * 100 not in done.output


LONG = "y" * 300


@pytest.mark.parametrize(
    "args",
    [
        ("rank", "likes.csv", "--min-subscribers", "0", "-o", f"{LONG}.csv"),
        ("rank", "likes.csv", "--min-subscribers", "0", "-o", f"{LONG}.xlsx"),
        ("rank", "likes.csv", "--min-subscribers", "0", "--rejected", f"{LONG}.csv"),
        ("rank", f"{LONG}.csv"),
        ("check", f"{LONG}.csv"),
        ("check", "likes.csv", "--rejected", f"{LONG}.csv"),
        ("resources", "likes.csv", "-o", f"{LONG}.xlsx"),
        ("track", "results.csv", "-o", f"{LONG}.csv"),
        ("track", "results.csv", "--unmatched", f"{LONG}.csv"),
        ("track", f"{LONG}.csv"),
        ("draft", "brief.toml", "t.me/smm_riga", "--templates", LONG),
        ("draft", "brief.toml", "t.me/smm_athens", "-o", f"{LONG}.md"),
        ("draft", f"{LONG}.toml", "t.me/smm_riga"),
        ("brief new", "--no-input", "-o", f"{'z/' * 2500}brief.toml"),
        ("enrich", "sheet.csv", "--aliases", f"{LONG}.csv"),
        ("enrich", f"{LONG}.csv"),
        ("collect", "-o", f"{LONG}.xlsx"),
        ("placements list", "--db", f"{LONG}.db"),
        ("placements export", "-o", f"{LONG}.csv"),
        ("placements import", f"{LONG}.csv"),
    ],
    ids=lambda args: " ".join(args).replace(LONG, "long")[:60],
)
def test_a_name_that_is_too_long(call, args):
    """It is refused, and nothing half-written is left."""
    assert call(*args).exit_code in {1, 2, 3, 4, 5}


def test_an_existing_output_that_may_not_be_read_is_left(call, monkeypatch, tmp_path):
    """It may be somebody's work: it is told, and stays."""
    output = tmp_path / "copy" / "ranking.csv"
    output.write_text("somebody's work")
    opened = type(output).open

    def guarded(path, *args, **more):
        if path.name == output.name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *args, **more)

    monkeypatch.setattr(type(output), "open", guarded)
    done = call("rank", "likes.csv", "--min-subscribers", "0", "-o", "ranking.csv")
    assert (done.exit_code, done.stderr.startswith("Error: ranking.csv: this file is there already")) == (1, True)
    monkeypatch.undo()
    assert output.read_text() == "somebody's work"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG])
def test_a_failure_of_the_system_that_nobody_foresaw(call, monkeypatch, number):
    """It names the file, and is no traceback."""

    def fail(*_args):
        raise OSError(number, "refused", "some/file.csv")

    monkeypatch.setattr("outreach.teasers.brief.read_brief", fail)
    done = call("brief check", "brief.toml")
    assert (done.exit_code, done.stderr.startswith("Error: some/file.csv: ")) == (3, True)
