"""A password of a database never reaches the screen, whatever command it is given to and however it is mistyped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from outreach import conversion
from outreach.campaign.ledger import database, open_ledger
from outreach.cli import COMMANDS, main
from outreach.cli.shared import shell_quoted
from outreach.errors import OutreachError
from outreach.owners import open_book
from outreach.passwords import without_password, without_passwords

PASSWORD = "hush-hush"  # noqa: S105 - made up
SERVERS = (
    "postgresql://me:{}@h/x",
    "postgres://me:{}@h:5432/x",
    "postgresql+psycopg://me:{}@h/x?sslmode=require",
    "POSTGRESQL://me:{}@h/x",
    "postgresql://:{}@h/x",
    "postgresql://me:a@{}@h/x",
    "postgresql://me:a/{}/b@h/x",
    "postgresql://me:a:{}@h/x",
    "postgresql://me:my {}@h/x",
    "postgresql://h/x?user=me&password={}",
    "postgresql://h/x?password=%20{}&sslmode=require",
    "postgresql://me@h/x?PassWord={}",
    "postgresql://h/x?sslpassword={}",
    "postgresql://h/x?passfile=/home/me/{}",
    "postgresql:///me:{}@h/x",
    "postgresql://me:{}",
    "postgresql://h/x?password=a&{}",
    "postgresql://h/x?password=a;{}&sslmode=require",
    "postgresql://h/x?password=a b,'{}",
    "postgresql://h/x?p%61ssword={}",
    "postgresql://me%3A{}@h/x",
    "postgresql://me:a\n{}@h1,h2/x",
    "postgresql://me@h/x?oauth_client_secret={}",
)
"""What leads to a server."""
MISTYPED = (
    "postgresql:/me:{}@h/x",
    "postgresql:me:{}@h/x",
    "postgresql//me:{}@h/x",
    "postgresql;//me:{}@h/x",
    "postgressql://me:{}@h/x",
    "postgresql:\\\\me:{}@h/x",
    "jdbc:postgresql://h/x?user=me&password={}",
    "mysql://me:{}@h/x",
    "//me:{}@h/x",
    "me:{}@h/x",
    ":{}@h/x",
    " postgresql://me:{}@h/x",
    "host=h user=me password={} dbname=x",
    "host=h user=me password=a;{} dbname=x",
    "postgresql: //me:{}@h/x",
    "me:{}//b@h/x",
    "OUTREACH_DB=postgresql://me:{}@h/x",
    '"postgresql://me:a {}@h/x"',
    "host=h user=me password='my {}' dbname=x",
)
"""What is taken for the name of a file, or for nothing."""

LIKES = "customer,resource\na,t.me/smm_riga\nb,t.me/smm_riga\n"
LINKS = "place,link\nt.me/smm_riga,https://shop.example/?utm_source=telegram&utm_campaign=spring&utm_content=smm\n"
SIGN_UPS = "email,created at,utm_content\nx@example.org,2026-05-02 10:00,smm-riga\n"
BRIEF = 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a mailbox."\n'
FILES = {"likes.csv": LIKES, "links.csv": LINKS, "signups.csv": SIGN_UPS, "brief.toml": BRIEF}
RUNS = (
    ("placements", "list"),
    ("placements", "list", "smm_riga", "--status", "published"),
    ("placements", "set", "smm_riga", "--status", "sent"),
    ("placements", "set", "nobody", "--status", "sent"),
    ("placements", "import", "links.csv"),
    ("placements", "export"),
    ("placements", "export", "-o", "out.csv"),
    ("placements", "undo"),
    ("draft", "brief.toml", "t.me/smm_riga", "-o", "drafts/"),
    ("draft", "brief.toml", "t.me/smm_riga", "--again"),
    ("draft", "--check", "brief.toml"),
    ("letter", "t.me/smm_riga", "--brief", "brief.toml"),
    ("letter", "--check", "brief.toml"),
    ("rank", "likes.csv", "--min-subscribers", "0"),
    ("rank", "likes.csv", "-o", "ranking.csv"),
    ("plan", "likes.csv", "--min-subscribers", "0"),
    ("track",),
    ("track", "signups.csv"),
    ("track", "signups.csv", "-o", "report.csv"),
    ("track", "--imports"),
    ("track", "--forget", "1"),
    ("track", "--template", "-o", "results.csv"),
    ("link", "https://shop.example/", "--resource", "t.me/smm_riga", "--campaign", "spring", "--add"),
    ("merge", "other.db"),
    ("secret",),
    ("secret", "--set"),
    ("placements", "log", "smm_riga", "paid"),
    ("verify", "--only", "posts"),
    ("verify", "nobody"),
    ("today",),
    ("today", "-o", "today.ics"),
    ("report", "-o", "page.html"),
    ("owners", "log", "t.me/smm_riga", "commented"),
    ("owners", "list"),
    ("owners", "show", "smm_riga"),
    ("owners", "play", "smm_riga"),
    ("owners", "report"),
)
"""Every command that opens the database, and each way out of it."""


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in a folder with a file of each kind; every server is a file beside them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    for name, text in FILES.items():
        Path(name).write_text(text)

    def stand_in(_url: str, naming: database.Naming = database.LEDGER) -> database.Database:
        there = open_book("owners.db").database if naming.option == "--book" else open_ledger("ledger.db").database
        return database.Database("database x on h", there.engine, there.file, naming)

    monkeypatch.setattr(database, "_on_server", stand_in)

    def call(*words: str):
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        return done.exit_code, done.stdout + done.stderr

    return call


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_no_command_shows_it(outreach, monkeypatch, words):
    """Neither in what is said, nor in the line to paste, nor in an error."""
    outreach("placements", "import", "links.csv", "--db", SERVERS[0].format(PASSWORD))
    for address in (SERVERS[0], SERVERS[5], SERVERS[9], MISTYPED[0]):
        _, shown = outreach(*words, "--db", address.format(PASSWORD))
        assert shown
        assert PASSWORD not in shown
    monkeypatch.setenv("OUTREACH_DB", SERVERS[0].format(PASSWORD))
    _, shown = outreach(*words)
    assert PASSWORD not in shown


OF_BOOK = (
    ("owners", "add", "Marina", "--place", "t.me/smm_riga"),
    ("owners", "log", "Marina", "commented"),
    ("owners", "log", "nobody", "commented"),
    ("owners", "list"),
    ("owners", "show", "Marina"),
    ("owners", "play", "smm_riga"),
    ("owners", "report"),
    ("owners", "import", "links.csv"),
    ("owners", "export"),
    ("owners", "export", "-o", "out.csv"),
    ("owners", "forget", "Marina", "--yes"),
    ("report", "--with-owners", "-o", "page.html"),
)
"""Every command that opens the address book."""


@pytest.mark.parametrize("words", OF_BOOK, ids=" ".join)
def test_no_command_shows_that_of_the_address_book(outreach, monkeypatch, words):
    """It is a database like the other."""
    outreach("owners", "add", "Marina", "--place", "t.me/smm_riga", "--book", SERVERS[0].format(PASSWORD))
    for address in (SERVERS[0], SERVERS[5], SERVERS[9], MISTYPED[0]):
        _, shown = outreach(*words, "--book", address.format(PASSWORD))
        assert shown
        assert PASSWORD not in shown
    monkeypatch.setenv("OUTREACH_BOOK", SERVERS[0].format(PASSWORD))
    _, shown = outreach(*words)
    assert PASSWORD not in shown


@pytest.mark.parametrize("address", SERVERS + MISTYPED)
@pytest.mark.parametrize("words", [RUNS[0], RUNS[4], RUNS[13]], ids=" ".join)
def test_no_form_of_an_address_shows_it(outreach, words, address):
    """Addresses are mistyped in many ways, and end up where no password is looked for."""
    code, shown = outreach(*words, "--db", address.format(PASSWORD))
    assert PASSWORD not in shown
    assert (code == 0) == (address in SERVERS), shown


@pytest.mark.parametrize("address", [one for one in SERVERS + MISTYPED[:8] if "@" in one or "password" in one])
def test_an_address_in_a_wrong_place(outreach, address):
    """It is a path, a name, an option's value, a command."""
    address = address.format(PASSWORD)
    for words in (
        ("rank", address),
        ("rank", "likes.csv", "-o", address),
        ("placements", "list", address),
        ("placements", "list", "--format", address),
        ("draft", "brief.toml", "t.me/smm_riga", "--limit", address),
        (address,),
        (f"--{address}",),
    ):
        _, shown = outreach(*words)
        assert PASSWORD not in shown, words


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:a@{PASSWORD}@127.0.0.1:1/x",
        f"postgresql://me@127.0.0.1:1/x?password=a@{PASSWORD}",
        f"postgresql://me/{PASSWORD}?a@127.0.0.1/x",
        f"postgresql://127.0.0.1:1/x?connect_timeout={PASSWORD}",
    ],
)
def test_no_cause_of_an_error_shows_it(tmp_path, monkeypatch, address):
    """Python prints the causes too, and a driver repeats what it took for the name of a host."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutreachError) as failed:
        conversion(db=address)
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))


@pytest.mark.parametrize(
    "address",
    [
        "sc://127.0.0.1:1/;token={}",
        "sc://127.0.0.1:1/;use_ssl=true;token={};user_id=me",
        "SC://127.0.0.1:1/;Token={}/a",
        "sc://127.0.0.1:1/;x-key={}",
        "sc:/127.0.0.1:1;token={}",
        "127.0.0.1:1/;access_token={}",
        "sc://me:{}@127.0.0.1:1",
        "spark://me:{}@127.0.0.1:1",
    ],
)
def test_no_token_of_spark_is_shown(outreach, address):
    """Neither where it is the engine's address, nor in its place among the paths."""
    pytest.importorskip("pyspark")
    address = address.format(PASSWORD)
    for words in (("rank", "likes.csv", "--engine", address), ("rank", address), (f"--engine={address}",)):
        code, shown = outreach(*words)
        assert code != 0
        assert PASSWORD not in shown, words
    assert PASSWORD not in without_passwords(f"{address}: no such file")


def test_the_password_that_is_not_shown_is_asked_for(outreach):
    """Whoever pastes the line reads what it lacks."""
    address = SERVERS[0].format(PASSWORD)
    _, shown = outreach("placements", "import", "links.csv", "--db", address)
    line = shown.splitlines()[-1]
    assert line == "Next: outreach placements list --db 'postgresql://me:***@h/x'"
    code, shown = outreach("placements", "list", "--db", "postgresql://me:***@h/x")
    assert (code, shown.splitlines()) == (
        3,
        [
            "Error: --db: *** replaces a password that is not shown",
            "Hint: write the password itself, or set OUTREACH_DB to the whole address",
        ],
    )


def test_each_command_with_a_database_is_run_here():
    """A new one is tried as well."""

    def walked(command: click.Command, words: tuple[str, ...]):
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from walked(inner, (*words, name))
        elif any("--db" in option.opts for option in command.params):
            yield words

    context = click.Context(main)
    found = {words for name in COMMANDS for words in walked(main.get_command(context, name), (name,))}
    assert found == {words[: 2 if words[0] in ("owners", "placements") else 1] for words in RUNS}


@pytest.mark.parametrize(
    "address",
    [
        "outreach.db",
        "C:\\Users\\me@work\\outreach.db",
        "sqlite:///C:/me@work/outreach.db",
        "sqlite:////home/me@work/outreach.db",
        "clients/me@work.db",
        "/home/a:b/me@x.db",
        "postgresql://me@h/x",
        "postgresql://h:5432/x",
        "postgresql://h/x?sslmode=require&user=me",
        "sc://h:15002/;use_ssl=true;user_id=me",
        "spark://h:7077",
    ],
)
def test_an_address_without_a_password_is_shown_whole(address):
    """A line to paste must not change it."""
    assert without_password(address) == address
    assert without_passwords(f"{address}: no such file") == f"{address}: no such file"


@pytest.mark.parametrize(
    "text",
    [
        "https://mastodon.example:443/@name leads nowhere",
        "see https://x.example: t.me/@x",
        "bypass=3, compass = north",
        "t.me/x: write to foo@bar.example",
    ],
)
def test_other_texts_stay(text):
    """Places are written with colons and at signs too."""
    assert without_passwords(text) == text


@pytest.mark.parametrize(
    ("word", "pasted"),
    [
        ("likes.csv", "likes.csv"),
        ("C:\\lists\\likes.csv", "C:\\lists\\likes.csv"),
        ("--top", "--top"),
        ("my likes.csv", '"my likes.csv"'),
        ("my lists\\", '"my lists\\\\"'),
        ("a&b.csv", '"a&b.csv"'),
        ("customer=1,resource=2", '"customer=1,resource=2"'),
        ("@names", '"@names"'),
        ("{x}.csv", '"{x}.csv"'),
        ("#1.csv", '"#1.csv"'),
        ("", '""'),
        ("o'hara.csv", '"o\'hara.csv"'),
        ("$(calc).csv", "'$(calc).csv'"),
        ("my $(calc).csv", "'my $(calc).csv'"),
        ("`calc`.csv", "'`calc`.csv'"),
        ("$x o'hara.csv", "'$x o''hara.csv'"),
        ("$x o\u2019hara.csv", "'$x o\u2019\u2019hara.csv'"),
        ('a" ; calc "', "'a\" ; calc \"'"),
        ("a\u201c ; calc \u201d", "'a\u201c ; calc \u201d'"),
        ("лайки.csv", "лайки.csv"),
    ],
)
def test_a_line_to_paste_on_windows(word, pasted):
    """PowerShell evaluates $ and ` inside "…", and takes typographic quotation marks for plain ones."""
    assert shell_quoted([word], windows=True) == pasted


def test_nothing_is_left_for_powershell_to_evaluate():
    """Inside "…" there is no sign that it would obey; inside '…' every quotation mark stands twice."""
    signs = [*map(chr, range(32, 127)), *"\u2018\u2019\u201a\u201b\u201c\u201d\u201e"]
    for first in signs:
        for second in signs:
            line = shell_quoted([f"a{first}b{second}c"], windows=True)
            inside = line[1:-1]
            if line[0] == '"':
                assert not re.search('[$`"\u201c-\u201e]', inside), line
            elif line[0] == "'":
                assert not re.search("['\u2018-\u201b]", re.sub("(['\u2018-\u201b])\\1", "", inside)), line
            else:
                assert re.fullmatch(r"[\w@%+=:./\\-]+", line), line


@pytest.mark.skipif(os.name != "nt", reason="needs PowerShell and cmd.exe, as on Windows")
@pytest.mark.parametrize(
    "shell", [("powershell", "-NoProfile", "-Command"), ("cmd", "/d", "/s", "/c")], ids=lambda one: one[0]
)
def test_the_shells_of_windows_take_the_line(shell):
    """What is pasted arrives as it was typed; names with $ only in PowerShell."""
    words = ["my likes.csv", "a&b.csv", "my lists\\", "лайки.csv", "o'hara.csv", "customer=1,resource=2"]
    if shell[0] == "powershell":
        words += ["$(calc).csv", "a`b.csv", "$x o\u2019hara.csv", "@names", "#1.csv", "{x}.csv"]
    program = "import json, sys; print(json.dumps(sys.argv[1:]))"
    call = f'& "{sys.executable}"' if shell[0] == "powershell" else f'"{sys.executable}"'
    line = f"{call} -c '{program}'" if shell[0] == "powershell" else f'{call} -c "{program}"'
    done = subprocess.run([*shell, f"{line} {shell_quoted(words, windows=True)}"], capture_output=True, check=True)
    assert json.loads(done.stdout) == words
