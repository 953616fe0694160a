"""What belongs to the user alone: where it lies, who may read it, and what is said where it cannot."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from outreach import user_folder as module
from outreach.errors import InputError, OutputError
from outreach.leftovers import temporary_name
from outreach.user_folder import read_private, user_folder, write_private

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs permissions as on Linux and macOS")


def test_the_folder_is_the_systems(monkeypatch):
    """Without a word from the user it is where programs of this system keep their settings."""
    monkeypatch.delenv("OUTREACH_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path("/somewhere/settings")))
    assert user_folder().name == "outreach"
    if sys.platform == "linux":
        assert user_folder() == Path("/somewhere/settings/outreach")


def test_the_user_names_another(monkeypatch, tmp_path):
    """It may be named from here or from home; an empty name is none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", "own")
    assert user_folder() == tmp_path / "own"
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", "~/own")
    assert user_folder() == Path.home() / "own"
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", "")
    assert user_folder().name == "outreach"


def test_it_costs_nothing_until_it_is_needed():
    """The library that knows the systems' folders is imported last."""
    program = "import sys, outreach.user_folder; print('platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nobody_else_reads_it(user_folder, mask):
    """Whatever the user lets others see of ordinary files; one that others could read is replaced by a private one."""
    before = os.umask(mask)
    try:
        path = write_private("secrets/one", "first")
        path.chmod(0o644)
        assert write_private("secrets/one", "second") == path
    finally:
        os.umask(before)
    assert read_private("secrets/one") == "second"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, user_folder)] == [0o600, 0o700, 0o700]
    assert [one.name for one in path.parent.iterdir()] == ["one"]


def test_a_file_that_is_not_there(user_folder):
    """Nothing is made by looking."""
    assert read_private("secrets/one") is None
    assert not user_folder.exists()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_older_file(user_folder, monkeypatch, call):
    """Whole or not at all, and nothing beside it."""
    path = write_private("one", "first")

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if call == "fsync" else Path, call, fail)
    with pytest.raises(OutputError, match="it cannot be written") as refused:
        write_private("one", "second")
    assert str(path) in refused.value.message
    assert path.read_text() == "first"
    assert [one.name for one in user_folder.iterdir()] == ["one"]


def test_what_a_kill_left_goes_after_an_hour(user_folder):
    """It may hold a secret."""
    write_private("secrets/one", "first")
    left = [user_folder / "secrets" / temporary_name() for _ in range(2)]
    for path in left:
        path.write_text("a secret")
    then = time.time() - 2 * 3600
    os.utime(left[0], (then, then))
    write_private("secrets/two", "second")
    assert [path.exists() for path in left] == [False, True]
    assert read_private("secrets/one") == "first"


@POSIX
def test_the_file_and_its_folders_are_synced(user_folder, monkeypatch):
    """What was written outlives a loss of power: the file before it gets its name, then the folders."""
    seen = []

    def fsync(descriptor):
        seen.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell names of open files")
    monkeypatch.setattr(module.os, "fsync", fsync)
    write_private("secrets/one", "first")
    assert seen[-1] == "secrets"
    assert seen[-2].endswith(".tmp")
    assert user_folder.name in seen


@pytest.mark.parametrize("name", ["one\0", "x" * 300])
def test_no_name_of_a_file(name):
    """One sentence."""
    with pytest.raises(OutputError):
        write_private(name, "text")
    with pytest.raises(InputError):
        read_private(name)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_something_else_in_its_place(user_folder, kind):
    """It is not waited for."""
    user_folder.mkdir()
    if kind == "pipe":
        if os.name == "nt":
            pytest.skip("no named pipes there")
        os.mkfifo(user_folder / "one")
    else:
        (user_folder / "one").mkdir()
    with pytest.raises(InputError, match="this is not a file"):
        read_private("one")


def test_what_a_killed_run_left_is_removed(user_folder):
    """It holds a secret, too."""
    write_private("secrets/one", "first")
    old, young = (user_folder / "secrets" / f".outreach-{sign * 16}.tmp" for sign in "ab")
    for path in (old, young):
        path.write_text("half")
    os.utime(old, (0, 0))
    write_private("secrets/two", "second")
    assert not old.exists()
    assert young.exists()
