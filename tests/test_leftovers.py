"""Folders and files of runs that were killed go; those of runs that live, and of anybody else, stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from outreach import leftovers
from outreach.engine import Engine
from outreach.leftovers import new_folder, private_folder, remove_folder, remove_old_files, temporary_name

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs links and signals as on Linux and macOS")
DAY = 24 * 3600


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Put temporary files where nobody else has any."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left(folder: Path, *, ready: bool = True) -> Path:
    """Make a folder as a run leaves it that was killed."""
    folder.mkdir(mode=0o700)
    (folder / leftovers.LOCK).write_bytes(leftovers.READY if ready else b"")
    (folder / "list.csv").write_text("somebody,t.me/smm_riga\n")
    (folder / "below").mkdir()
    (folder / "below" / "more").write_text("")
    return folder


def aged(path: Path, seconds: float) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then), follow_symlinks=False)
    return path


def test_a_folder_of_a_dead_run_goes(temporary):
    dead = left(temporary / "outreach-dead0000")
    remove_folder(new_folder())
    assert not dead.exists()
    assert list(temporary.iterdir()) == []


def test_folders_of_this_process_stay_until_it_is_done_with_them(temporary):
    """Also while it makes more of them."""
    with private_folder() as one, Engine() as engine, private_folder():
        assert one.is_dir()
        assert engine.folder.is_dir()
        assert engine.folder.stat().st_mode & 0o777 == 0o700 or os.name == "nt"
        assert len(list(temporary.iterdir())) == 3
    assert list(temporary.iterdir()) == []


@POSIX
def test_kill_leaves_a_folder_to_the_next_start_and_to_none_before(temporary):
    """An engine of another process keeps its folder while that lives."""
    program = "from outreach.engine import Engine; engine = Engine(); print(engine.folder, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as run:
        folder = Path(run.stdout.readline().strip())
        (folder / "list.csv").write_text("somebody,t.me/smm_riga\n")
        with Engine():
            assert (folder / "list.csv").exists()
        run.kill()
        run.wait()
        assert (folder / "list.csv").exists()
        with Engine():
            assert not folder.exists()


@pytest.mark.parametrize("age", [0, 3 * DAY])
def test_a_folder_that_is_about_to_be_locked_stays(temporary, age):
    folder = aged(left(temporary / "outreach-new00000", ready=False), age)
    remove_folder(new_folder())
    assert (folder / "list.csv").exists()


@pytest.mark.parametrize(
    ("age", "content", "stays"), [(0, "", True), (3 * DAY, "", False), (3 * DAY, "mine.csv", True)]
)
def test_a_folder_without_a_lock_goes_only_when_old_and_empty(temporary, age, content, stays):
    """It may be somebody's own, called so by chance."""
    folder = temporary / "outreach-campaign"
    folder.mkdir()
    if content:
        (folder / content).write_text("my work")
    aged(folder, age)
    remove_folder(new_folder())
    assert folder.exists() is stays


@pytest.mark.parametrize(("age", "stays"), [(0, True), (3 * DAY, False)])
def test_a_folder_whose_lock_was_never_taken_goes_when_old(temporary, age, stays):
    """A kill between making the lock and taking it; nothing else is in the folder yet."""
    folder = temporary / "outreach-begun000"
    folder.mkdir()
    (folder / leftovers.LOCK).touch()
    aged(folder, age)
    remove_folder(new_folder())
    assert folder.exists() is stays


@POSIX
def test_a_folder_that_is_held_stays_however_old(temporary):
    """Also one whose lock is still empty."""
    folder = temporary / "outreach-held0000"
    folder.mkdir()
    handle = os.open(folder / leftovers.LOCK, os.O_CREAT | os.O_RDWR)
    leftovers.lock(handle)
    aged(folder, 3 * DAY)
    remove_folder(new_folder())
    assert folder.exists()
    os.close(handle)


@POSIX
def test_links_lead_to_the_removal_of_nothing(temporary, tmp_path):
    own = left(tmp_path / "own")
    (temporary / "outreach-link0000").symlink_to(own, target_is_directory=True)
    dead = left(temporary / "outreach-dead0000")
    (dead / "folder").symlink_to(own, target_is_directory=True)
    (dead / "file").symlink_to(own / "list.csv")
    remove_folder(new_folder())
    assert not dead.exists()
    assert (temporary / "outreach-link0000").is_symlink()
    assert sorted(path.name for path in own.iterdir()) == [leftovers.LOCK, "below", "list.csv"]


@POSIX
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_lock_that_is_no_file_tells_nothing(temporary, tmp_path, kind):
    """Nor does it stop the run."""
    folder = left(temporary / "outreach-odd00000")
    lock = folder / leftovers.LOCK
    lock.rename(tmp_path / "lock")
    if kind == "link":
        lock.symlink_to(tmp_path / "lock")
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    remove_folder(new_folder())
    assert (folder / "list.csv").exists()


@POSIX
def test_folders_of_other_users_stay(temporary, monkeypatch):
    folder = left(temporary / "outreach-other000")
    user = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: user)
    remove_folder(new_folder())
    assert (folder / "list.csv").exists()


def test_a_start_never_fails_for_what_others_left(temporary, monkeypatch):
    """A folder for temporary files that may not be listed, and a file system without locks."""

    def refuse(*_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(leftovers, "lock", refuse)
    folder = new_folder()
    assert folder.is_dir()
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    remove_folder(new_folder())
    assert folder.is_dir(), "who holds no lock is left alone"
    remove_folder(folder)
    assert not folder.exists()


def test_a_removal_that_is_cut_short_is_gone_on_with(temporary, monkeypatch):
    """The lock goes last: without it nobody would know."""
    folder = new_folder()
    (folder / "below").mkdir()
    (folder / "list.csv").write_text("somebody,t.me/smm_riga\n")

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(shutil, "rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            remove_folder(folder)
    assert (folder / leftovers.LOCK).exists()
    remove_folder(new_folder())
    assert list(temporary.iterdir()) == []


def test_what_an_interrupted_cleaning_left_goes_at_the_end_of_the_process(temporary):
    program = "from outreach.leftovers import new_folder; print(new_folder()); raise KeyboardInterrupt"
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert "outreach-" in run.stdout
    assert list(temporary.iterdir()) == []


def old_file(folder: Path, name: str, age: float = 2 * 3600) -> Path:
    path = folder / name
    path.write_text("half a result")
    return aged(path, age)


def test_a_file_of_a_dead_run_goes_after_an_hour(tmp_path):
    dead, young = old_file(tmp_path, temporary_name()), old_file(tmp_path, temporary_name(), age=1800)
    remove_old_files(tmp_path)
    assert not dead.exists()
    assert young.exists()


@POSIX
def test_a_file_that_is_still_written_stays(tmp_path):
    """However long it takes."""
    path = old_file(tmp_path, temporary_name())
    handle = os.open(path, os.O_RDWR)
    leftovers.lock(handle)
    remove_old_files(tmp_path)
    assert path.exists()
    os.close(handle)
    remove_old_files(tmp_path)
    assert not path.exists()


@pytest.mark.parametrize(
    "name",
    [
        ".outreach-0123456789abcdef.tmp.csv",
        "x.outreach-0123456789abcdef.tmp",
        ".outreach-0123456789ABCDEF.tmp",
        ".outreach-0123456789abcde.tmp",
        ".outreach-notes.tmp",
        "outreach-0123456789abcdef.tmp",
    ],
)
def test_files_of_others_stay(tmp_path, name):
    path = old_file(tmp_path, name)
    remove_old_files(tmp_path)
    assert path.exists()


@POSIX
def test_links_and_folders_of_such_a_name_stay(tmp_path):
    own = old_file(tmp_path, "own.csv")
    link, folder = tmp_path / temporary_name(), tmp_path / temporary_name()
    link.symlink_to(own)
    folder.mkdir()
    aged(link, 2 * 3600)
    aged(folder, 2 * 3600)
    remove_old_files(tmp_path)
    assert own.exists()
    assert link.is_symlink()
    assert folder.is_dir()


def test_a_folder_that_cannot_be_listed_is_no_failure(tmp_path):
    remove_old_files(tmp_path / "nowhere")
