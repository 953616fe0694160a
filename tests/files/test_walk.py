"""Nothing of a folder vanishes: what may not be read is named, wherever folders are read."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import outreach
from outreach.cli import main
from outreach.errors import InputWarning, TemplateError
from outreach.files.walk import walk
from outreach.teasers.rendering import Templates

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs links and permissions as on Linux and macOS")
LIKES = "customer,resource\nann,t.me/smm_riga\nbob,t.me/smm_riga\n"
SIGNUPS = "date,email,url\n2026-05-01,a@example.com,https://example.com/?utm_source=vk&utm_medium=social\n"
NOBODY = 65534


@pytest.fixture
def folder(monkeypatch):
    """Be in an empty folder that everybody may enter; nothing of it is left."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    monkeypatch.chdir(made)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def anybody(folder):
    """Call a command as somebody to whom permissions apply."""

    def call(*arguments: str):
        if os.geteuid() != 0:
            return called(*arguments)
        called(*arguments)  # whatever it imports may not be readable afterwards
        os.seteuid(NOBODY)
        try:
            if not _readable(Path(outreach.__file__)):
                pytest.skip("other users cannot read the program")
            return called(*arguments)
        finally:
            os.seteuid(0)

    yield call
    for path in folder.rglob("*"):
        path.chmod(0o755)


def _readable(path: Path) -> bool:
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True


def made(name: str, content: str = LIKES, mode: int = 0o644) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    path.chmod(mode)
    return path


def called(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def refusing(monkeypatch, names: str | tuple[str, ...], error: OSError) -> None:
    """Let the system refuse to list a folder, or several."""
    listed = os.scandir

    def scandir(path="."):
        if not isinstance(path, int) and Path(path).name in ((names,) if isinstance(names, str) else names):
            raise error
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied"), "no permission to read it"),
        (FileNotFoundError(2, "No such file"), "it is gone, or a link to what is gone"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error)"),
    ],
)
def test_a_folder_that_is_not_read_is_named(outreach_in, monkeypatch, error, why):
    """The rest counts; check says by its exit code that something is missing."""
    made("lists/a.csv")
    made("lists/secret/b.csv")
    refusing(monkeypatch, "secret", error)
    named = Path("lists/secret")
    ranked = outreach_in("rank", "lists", "--min-subscribers", "0")
    assert ranked.exit_code == 0
    assert f"Skipped {named}: {why}" in ranked.stderr
    assert ranked.stdout.splitlines()[1].startswith("1,telegram:smm_riga,")
    checked = outreach_in("check", "lists")
    assert checked.exit_code == 3
    assert f"{named}\n  skipped  {why}" in checked.stdout


@pytest.fixture
def outreach_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return called


@pytest.mark.parametrize(
    ("command", "name"), [("rank", "secret"), ("rank", "lists"), ("check", "secret"), ("track", "secret")]
)
def test_nothing_else_to_read_is_an_error(outreach_in, monkeypatch, command, name):
    made("lists/secret/b.csv")
    refusing(monkeypatch, name, PermissionError(13, "Permission denied"))
    result = outreach_in(command, "lists")
    said = result.stdout + result.stderr
    assert result.exit_code == 3
    assert "no permission to read it" in said
    assert str(Path("lists/secret") if name == "secret" else Path("lists")) in said


def test_results_in_a_folder_that_is_not_read_are_named(outreach_in, monkeypatch):
    made("results/a.csv", SIGNUPS)
    made("results/secret/b.csv", SIGNUPS)
    refusing(monkeypatch, "secret", PermissionError(13, "Permission denied"))
    result = outreach_in("track", "results", "--kind", "signup")
    assert result.exit_code == 0
    assert f"{Path('results/secret')}: skipped (no permission to read it)." in result.stderr


def test_templates_in_a_folder_that_is_not_read_are_named(outreach_in, monkeypatch):
    assert outreach_in  # in an empty folder
    made("own/vk.ru.j2", "{{ problem }}")
    Path("own/secret").mkdir()
    refusing(monkeypatch, "secret", PermissionError(13, "Permission denied"))
    with pytest.raises(TemplateError, match="secret: no permission to read it"):
        Templates("own").names_the_place()


def test_the_library_warns(outreach_in, monkeypatch):
    assert outreach_in  # in an empty folder
    made("lists/a.csv")
    made("lists/secret/b.csv")
    refusing(monkeypatch, "secret", PermissionError(13, "Permission denied"))
    with pytest.warns(InputWarning, match="secret: no permission to read it"):
        outreach.read_likes("lists")


@POSIX
def test_permissions_of_folders_and_files_are_told(anybody):
    """A folder that may not be listed, one that may be listed and not entered, and a file."""
    made("lists/a.csv")
    made("lists/secret/b.csv")
    made("lists/listed/c.csv")
    made("lists/mine.csv", mode=0)
    Path("lists/secret").chmod(0)
    Path("lists/listed").chmod(0o744)
    ranked = anybody("rank", "lists", "--min-subscribers", "0")
    assert ranked.exit_code == 0
    for name in ("lists/secret", "lists/listed/c.csv", "lists/mine.csv"):
        assert f"Skipped {name}: no permission to read it" in ranked.stderr
    assert anybody("check", "lists").exit_code == 3


@POSIX
def test_permissions_of_results_are_told(anybody):
    made("results/a.csv", SIGNUPS)
    made("results/mine.csv", SIGNUPS, mode=0)
    made("results/secret/b.csv", SIGNUPS)
    Path("results/secret").chmod(0)
    result = anybody("track", "results", "--kind", "signup")
    assert result.exit_code == 0
    for name in ("results/secret", "results/mine.csv"):
        assert f"{name}: skipped (no permission to read it)." in result.stderr


@POSIX
@pytest.mark.parametrize("target", ["nothing.csv", "link.csv"])
def test_links_to_nothing_are_named(outreach_in, target):
    made("lists/a.csv")
    Path("lists/link.csv").symlink_to(target)
    ranked = outreach_in("rank", "lists", "--min-subscribers", "0")
    assert ranked.exit_code == 0
    assert "Skipped lists/link.csv: " in ranked.stderr
    assert outreach_in("check", "lists").exit_code == 3


@POSIX
def test_links_to_folders_are_not_followed_and_pipes_are_no_files(tmp_path):
    (tmp_path / "lists" / "below").mkdir(parents=True)
    (tmp_path / "lists" / "below" / "a.csv").write_text(LIKES)
    (tmp_path / "lists" / "circle").symlink_to(tmp_path / "lists", target_is_directory=True)
    (tmp_path / "lists" / "b.csv").symlink_to(tmp_path / "lists" / "below" / "a.csv")
    (tmp_path / "lists" / "again").symlink_to("below")
    os.mkfifo(tmp_path / "lists" / "pipe.csv")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "lists" / "more").symlink_to(tmp_path / "elsewhere")
    walked = walk(tmp_path / "lists")
    assert [path.name for path in walked.files] == ["b.csv", "a.csv"]
    assert walked.unread == ()
    assert [one.path.name for one in walked.others] == ["more", "pipe.csv"], "a circle is read anyway"


def socket_at(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path)


def link_at(path: str) -> None:
    made("elsewhere/b.csv", SIGNUPS)
    Path(path).symlink_to("../elsewhere")


@POSIX
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (os.mkfifo, "this is a pipe or a device, not a file"),
        (socket_at, "this is a pipe or a device, not a file"),
        (link_at, "a link to another folder is not followed"),
    ],
)
def test_what_is_no_file_of_the_folder_is_named(outreach_in, make, why):
    """Nobody waits for a pipe, or walks out of the folder; and nothing is left out without a word."""
    Path("lists").mkdir()
    make("lists/x.csv")
    alone = outreach_in("rank", "lists")
    assert alone.exit_code == 3
    assert f"Error: lists/x.csv: {why}" in alone.stderr
    made("lists/a.csv")
    ranked = outreach_in("rank", "lists", "--min-subscribers", "0")
    assert ranked.exit_code == 0
    assert f"Skipped lists/x.csv: {why}" in ranked.stderr
    assert outreach_in("check", "lists").exit_code == 3
    made("lists/a.csv", SIGNUPS)
    tracked = outreach_in("track", "lists", "--kind", "signup")
    assert tracked.exit_code == 0
    assert f"lists/x.csv: skipped ({why})" in tracked.stderr


def test_what_nobody_put_there_is_not_missed(outreach_in, monkeypatch):
    hidden = (".git", "~$lists", "__MACOSX")
    made("lists/a.csv")
    for name in hidden:
        made(f"lists/{name}/b.csv")
    refusing(monkeypatch, hidden, PermissionError(13, "Permission denied"))
    assert outreach_in("check", "lists").exit_code == 0


@POSIX
def test_names_that_are_no_text_are_read_and_told(outreach_in):
    """As they come from old archives."""
    folder = b"lists/\xe0\xed\xed\xe0"
    Path(os.fsdecode(folder)).mkdir(parents=True)
    Path(os.fsdecode(folder + b"/\xf4.csv")).write_text(LIKES)
    Path(os.fsdecode(folder + b"/\xf5.csv")).symlink_to("nothing")
    ranked = outreach_in("rank", "lists", "--min-subscribers", "0")
    assert ranked.exit_code == 0
    assert r"Skipped lists/\udce0\udced\udced\udce0/\udcf5.csv: it is gone" in ranked.stderr
    checked = outreach_in("check", "lists")
    assert checked.exit_code == 3
    assert r"\udcf5.csv" in checked.stdout


def test_folders_within_folders_without_end(tmp_path):
    """Python's own depth of calls is no limit."""
    inner = tmp_path
    for _ in range(200):
        inner /= "x"
    inner.mkdir(parents=True)
    (inner / "a.csv").write_text(LIKES)
    assert [path.name for path in walk(tmp_path).files] == ["a.csv"]
