"""A ledger moves to another machine with its secret, and imports of people wait for that."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from sqlalchemy import text

import outreach as library
from outreach.campaign.ledger import open_ledger
from outreach.campaign.ledger.database import Database
from outreach.campaign.ledger.results import Results
from outreach.cli import main
from outreach.errors import InputError
from outreach.tracking.lines import Choice
from outreach.tracking.report import report

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs a terminal as on Linux and macOS")
OTHER = "0a" * 32
SIGNUPS = "email,created at,utm_content\nann@example.org,2026-05-02 10:00,smm\nbob@example.org,2026-05-02 11:00,smm\n"
VISITS = "place,visits,conversions\nvk:one,100,9\n"
GA4 = (
    "# Property: Shop - GA4\n# Start date: 20260501\n# End date: 20260531\n"
    "Session source / medium,Session campaign,Session manual ad content,Sessions\nvk / social,spring,one,40\n"
)
LOG = '1.2.3.4 - - [02/May/2026:10:00:00 +0000] "GET /?utm_content=smm HTTP/1.1" 200 5 "-" "Mozilla/5.0 Firefox/99"\n'


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    for name, content in (("signups.csv", SIGNUPS), ("visits.csv", VISITS), ("ga4.csv", GA4), ("access.log", LOG)):
        (tmp_path / name).write_text(content)
    return lambda *args, stdin=None: CliRunner().invoke(main, args, input=stdin, catch_exceptions=False)


@pytest.fixture
def shown(outreach, tmp_path):
    """Make a ledger with sign-ups; give its secret."""
    open_ledger(tmp_path / "outreach.db")
    assert outreach("track", "signups.csv").exit_code == 0
    return outreach("secret").stdout.strip()


@pytest.fixture
def other_machine(shown, monkeypatch, user_folder):
    """Go to a machine that has the ledger and nothing else."""
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(user_folder / "other"))
    return shown


def imports(tmp_path):
    return Results(open_ledger(tmp_path / "outreach.db").database).imports()


def test_a_copy_confirms_no_file_about_people(outreach, shown, tmp_path):
    """A file of few sign-ups can be guessed whole, so that a plain hash of it would tell of them; it is known again."""
    assert shown
    hashes = {one.sha256 for one in imports(tmp_path)}
    assert hashlib.sha256(SIGNUPS.encode()).hexdigest() not in hashes
    assert outreach("track", "signups.csv").exit_code == 0
    assert {one.sha256 for one in imports(tmp_path)} == hashes


def test_hashes_of_such_files_from_before_go(outreach, shown, tmp_path):
    """With the next import; those of other files stay."""
    assert shown
    assert outreach("track", "ga4.csv").exit_code == 0
    database = open_ledger(tmp_path / "outreach.db").database
    plain = hashlib.sha256(SIGNUPS.encode()).hexdigest()
    with database.writing() as connection:
        connection.execute(text("update imports set sha256 = :plain where grain = 'event'"), {"plain": plain})
    assert outreach("track", "visits.csv").exit_code == 0
    assert plain not in (tmp_path / "outreach.db").read_bytes().decode("latin-1")
    assert hashlib.sha256(GA4.encode()).hexdigest() in {one.sha256 for one in imports(tmp_path)}


def test_a_report_is_of_one_moment(outreach, shown, tmp_path, monkeypatch):
    """Another program imports while it is made."""
    assert shown
    reading, ledger = Database.reading, open_ledger(tmp_path / "outreach.db")

    @contextmanager
    def followed_by_an_import(database):
        with reading(database) as connection:
            yield connection
        monkeypatch.setattr(Database, "reading", reading)
        assert outreach("track", "ga4.csv").exit_code == 0
        monkeypatch.setattr(Database, "reading", followed_by_an_import)

    monkeypatch.setattr(Database, "reading", followed_by_an_import)
    told = report(ledger, Choice())
    assert [one.tool for one in told.imports] == ["sign-ups"]


def test_the_secret_is_shown(outreach, shown):
    """Alone on standard output, so that it can be piped; what it is stands beside."""
    done = outreach("secret")
    assert done.exit_code == 0
    assert done.stdout == f"{shown}\n"
    assert len(bytes.fromhex(shown)) == 32
    assert "Keep it private" in done.stderr
    assert shown not in done.stderr


def test_a_ledger_without_a_secret(outreach, tmp_path):
    """Looking makes none."""
    open_ledger(tmp_path / "outreach.db")
    done = outreach("secret")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith("Error: outreach.db: this ledger has no secret yet\n")


def test_no_ledger(outreach, tmp_path):
    """None is made."""
    for args in (("secret",), ("secret", "--set")):
        done = outreach(*args, stdin=OTHER)
        assert (done.exit_code, done.stdout) == (3, "")
        assert "no such file" in done.stderr
    assert not (tmp_path / "outreach.db").exists()


@pytest.mark.usefixtures("other_machine")
@pytest.mark.parametrize("files", [["signups.csv"], ["visits.csv", "signups.csv"], ["access.log", "signups.csv"]])
def test_people_wait_for_the_secret(outreach, tmp_path, files):
    """One sentence with the way out, and nothing of any file is written."""
    before = (tmp_path / "outreach.db").read_bytes()
    done = outreach("track", *files)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.count("Error: ") == 1
    assert "the secret of its hashes is not on this computer" in done.stderr
    assert "outreach secret --set" in done.stderr
    assert "OUTREACH_SECRET" in done.stderr
    assert (tmp_path / "outreach.db").read_bytes() == before
    with pytest.raises(InputError, match="is not on this computer"):
        library.conversion(files, db="outreach.db")


@pytest.mark.usefixtures("other_machine")
@pytest.mark.parametrize("args", [
    ["track"], ["track", "--imports"], ["track", "visits.csv"], ["track", "ga4.csv"], ["track", "access.log"],
    ["track", "--forget", "1"], ["placements", "list"], ["track", "--by", "campaign", "-o", "report.xlsx"],
])  # fmt: skip
def test_all_else_does_not(outreach, args):
    """Reports, counts without people, logs: their visitors are hashed for one run only."""
    assert outreach(*args).exit_code == 0


def test_a_ledger_moves(outreach, tmp_path, other_machine):
    """With its secret from the other machine, the same people are known again."""
    done = outreach("secret", "--set", stdin=f"{other_machine}\n")
    assert (done.exit_code, done.stdout) == (0, "")
    assert other_machine not in done.stderr
    (tmp_path / "more.csv").write_text(SIGNUPS + "cid@example.org,2026-05-03 10:00,smm\n")
    assert outreach("track", "more.csv").exit_code == 0
    assert outreach("secret").stdout.strip() == other_machine
    assert sum(row.numerator for row in Results(open_ledger(tmp_path / "outreach.db").database).sums()) == 3
    assert library.conversion(db="outreach.db")["conversions"].sum() == 3


@pytest.mark.parametrize(("encoding", "end"), [
    ("utf-8", ""), ("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\r\n"), ("utf-16-le", None), ("ascii", "  \n\n"),
])  # fmt: skip
def test_any_shell_hands_it_over(outreach, other_machine, encoding, end):
    """With a line end, a mark at the beginning, or as PowerShell writes a file."""
    content = other_machine.upper().encode(encoding) if end is None else (other_machine + end).encode(encoding)
    if end is None:
        content = b"\xff\xfe" + content
    assert outreach("secret", "--set", stdin=content).exit_code == 0
    assert outreach("secret").stdout.strip() == other_machine


@pytest.mark.parametrize(("stdin", "says"), [
    (b"", "standard input is empty"), (b" \n", "standard input is empty"), (b"my-secret", "not the secret of a ledger"),
    (OTHER[:-1].encode(), "not the secret of a ledger"), (f"{OTHER} {OTHER}".encode(), "not the secret of a ledger"),
    (b"\xff\xfe\x00", "not the secret of a ledger"), (b"\0" * 99_999, "not the secret of a ledger"),
    (OTHER.encode(), "this is not the secret of outreach.db; nothing was changed"),
])  # fmt: skip
def test_what_is_no_secret_is_refused(outreach, other_machine, user_folder, stdin, says):
    """In one sentence, without repeating it."""
    done = outreach("secret", "--set", stdin=stdin)
    assert (done.exit_code, done.stdout) == (3, "")
    assert says in done.stderr
    assert "my-secret" not in done.stderr
    assert OTHER[:-1] not in done.stderr
    assert other_machine not in done.stderr
    assert not (user_folder / "other").exists()


def test_a_team_sets_the_environment(outreach, other_machine, monkeypatch):
    """It counts before what this machine keeps; a wrong one is refused without being shown."""
    monkeypatch.setenv("OUTREACH_SECRET", other_machine)
    assert outreach("track", "signups.csv").exit_code == 0
    assert outreach("secret").stdout.strip() == other_machine
    assert "OUTREACH_SECRET is set and takes precedence." in outreach("secret", "--set", stdin=other_machine).stderr
    for value, code in ((OTHER, 3), ("my-secret", 2)):
        monkeypatch.setenv("OUTREACH_SECRET", value)
        done = outreach("track", "signups.csv", "--replace")
        assert done.exit_code == code
        assert done.stderr.startswith("Error: OUTREACH_SECRET: ")
        assert value not in done.stderr
        assert outreach("track").exit_code == 0


def test_without_a_ledger_nothing_is_kept(outreach, user_folder):
    """Neither beside the files nor in the user's folder."""
    done = outreach("track", "signups.csv")
    assert "The results are not kept" in done.stderr
    assert len(library.conversion("signups.csv")) == 1
    assert not user_folder.exists()


def test_a_user_folder_that_takes_nothing(outreach, tmp_path, user_folder):
    """The import is refused in one sentence; reports are not."""
    user_folder.write_text("")
    open_ledger(tmp_path / "outreach.db")
    done = outreach("track", "signups.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the secret of the ledger's hashes cannot be kept: ")
    assert imports(tmp_path) == []
    assert outreach("track", "visits.csv").exit_code == 0


@POSIX
def test_a_person_types_without_being_watched(outreach, tmp_path, other_machine):
    """On a terminal it is asked for, and not shown."""
    keyboard, terminal = os.openpty()
    program = "import os; os.setsid(); from outreach.cli import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", program, "secret", "--set"],
        stdin=terminal,
        stdout=-1,
        stderr=-1,
        text=True,
        cwd=tmp_path,
    )
    assert started.stderr.read(len("Secret: ")) == "Secret: "  # what is typed before is thrown away
    os.write(keyboard, f"{other_machine}\n".encode())
    stdout, stderr = started.communicate(timeout=60)
    os.write(terminal, b"nothing before this")
    echoed = os.read(keyboard, 1000).decode()
    os.close(terminal)
    os.close(keyboard)
    assert (started.returncode, stdout) == (0, ""), stderr
    assert other_machine not in stderr + echoed
    assert outreach("secret").stdout.strip() == other_machine


def test_a_database_that_holds_its_secret_says_so(outreach, request, monkeypatch):
    """One remark at an import of people, none without people, none once the team has the secret."""
    address = request.getfixturevalue("postgresql")
    monkeypatch.setenv("OUTREACH_DB", address)
    assert "it contains the secret" not in outreach("track", "visits.csv").stderr
    assert outreach("track", "signups.csv").stderr.count("it contains the secret of its hashes") == 1
    monkeypatch.setenv("OUTREACH_SECRET", outreach("secret").stdout.strip())
    assert "it contains the secret" not in outreach("track", "signups.csv", "--replace").stderr
