"""A result takes its place at once, for good, and with nothing left beside it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from outreach import leftovers
from outreach.files.output import replacing

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs signals and folders as on Linux and macOS")


def aged(path):
    then = time.time() - 2 * 3600
    os.utime(path, (then, then))


@POSIX
def test_what_a_killed_run_left_goes_with_the_next_result(tmp_path):
    """While the run lives it stays, however old it is."""
    program = (
        "import sys, pathlib; from outreach.files.output import replacing\n"
        "with replacing(pathlib.Path(sys.argv[1])) as path:\n"
        "    path.write_text('half a list'); print(path, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "out.csv")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        (left := tmp_path / run.stdout.readline().strip()).stat()
        aged(left)
        with replacing(tmp_path / "other.csv") as path:
            path.write_text("whole")
        assert left.exists()
        run.send_signal(signal.SIGKILL)
        run.wait()
        with replacing(tmp_path / "other.csv") as path:
            path.write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["other.csv"]


@POSIX
def test_the_folder_is_synced_after_the_file_has_its_name(tmp_path, monkeypatch):
    """Else a power cut may take the new name away, and the old file with it."""
    synced = []
    fsync = os.fsync

    def noted(handle):
        synced.append((stat.S_ISDIR(os.fstat(handle).st_mode), (tmp_path / "out.csv").exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with replacing(tmp_path / "out.csv") as path:
        path.write_text("whole")
    assert synced == [(False, False), (True, True)]


@POSIX
def test_a_folder_that_cannot_be_synced_and_a_file_that_cannot_be_locked_are_no_failures(tmp_path, monkeypatch):
    """As on some network drives."""
    fsync = os.fsync

    def refuse(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        fsync(handle)

    def no_locks(_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "fsync", refuse)
    monkeypatch.setattr("outreach.leftovers.lock", no_locks)
    with replacing(tmp_path / "out.csv") as path:
        path.write_text("whole")
    assert (tmp_path / "out.csv").read_text() == "whole"


def test_a_signal_leaves_no_half_result(tmp_path):
    def work():
        with replacing(tmp_path / "out.csv") as path:
            path.write_text("half")
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert list(tmp_path.iterdir()) == []
    assert leftovers.temporary_name() != leftovers.temporary_name()
