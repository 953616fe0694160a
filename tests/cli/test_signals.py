"""Whatever signal ends a command: exit code 130, and no customer's list stays in the folder for temporary files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows ends programs without asking them")

LIKES = b"customer,resource\nsomebody,t.me/smm_riga\n"
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
COMMANDS = {
    "rank": ("rank", "pipe"),
    "check": ("check", "pipe"),
    "resources": ("resources", "likes.csv", "-o", "sheet.csv", "--own", "pipe"),
    "rank --resources": ("rank", "likes.csv", "--resources", "pipe"),
    "draft": ("draft", "brief.toml", "--from", "pipe"),
    "draft --check": ("draft", "--check", "pipe"),
    "placements": ("placements", "import", "pipe"),
    "track": ("track", "pipe"),
    "shorten": ("shorten", "pipe", "--with", "clck.ru"),
}
EACH_WITH_ONE = [(name, SIGNALS[1 + number % 2]) for number, name in enumerate(COMMANDS)] + [("rank", "SIGHUP")]


def hearing(ignored: str = ""):
    """Let a program hear the signals, also where whoever runs the tests ignores some."""

    def prepare():
        for name in SIGNALS:
            signal.signal(getattr(signal, name), signal.SIG_IGN if name == ignored else signal.SIG_DFL)

    return prepare


@pytest.fixture
def waiting(tmp_path, monkeypatch):
    """Start a command that reads a pipe; it has read the beginning, and waits for more."""
    monkeypatch.chdir(tmp_path)
    Path("temporary").mkdir()
    Path("likes.csv").write_bytes(LIKES)
    brief = Path(__file__).parents[2] / "sample_data" / "brief.toml"
    Path("brief.toml").write_bytes(brief.read_bytes())
    os.mkfifo("pipe")
    runs = []

    def start(command, ignored="", *, writer=True):
        run = subprocess.Popen(
            [sys.executable, "-m", "outreach", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
            preexec_fn=hearing(ignored),  # noqa: PLW1509
        )
        handle = opened(run) if writer else os.open(os.devnull, os.O_WRONLY)
        runs.append((run, handle))
        os.write(handle, LIKES)
        return run, handle

    yield start
    for run, handle in runs:
        os.close(handle)
        run.kill()
        run.communicate()


def opened(run) -> int:
    """Open the pipe for writing, which works as soon as somebody reads it."""
    while True:
        try:
            return os.open("pipe", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            assert run.poll() is None, run.communicate()
            time.sleep(0.01)


def lists() -> list[Path]:
    return list(Path("temporary").iterdir())


@pytest.mark.parametrize(("name", "number"), EACH_WITH_ONE)
def test_a_command_ends_as_with_ctrl_c(waiting, name, number):
    run, _ = waiting(COMMANDS[name])
    assert lists(), "it has begun to copy the pipe"
    run.send_signal(getattr(signal, number))
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert said.endswith("\nInterrupted; nothing was written.\n")
    assert "Traceback" not in said
    assert lists() == []
    assert not Path("sheet.csv").exists()


def test_a_command_that_waits_for_somebody_to_write_can_be_stopped(waiting):
    """Nobody has opened the pipe yet."""
    run, _ = waiting(COMMANDS["rank"], writer=False)
    while not lists():
        time.sleep(0.01)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    assert run.returncode in (130, -signal.SIGINT)  # a shell shows 130 for both
    assert lists() == []


def test_several_signals_leave_nothing_either(waiting):
    run, _ = waiting(COMMANDS["rank"])
    for _ in range(40):
        run.send_signal(signal.SIGTERM)
        run.send_signal(signal.SIGHUP)
        time.sleep(0.001)
    run.communicate(timeout=30)
    assert lists() == []


def test_nohup_is_respected(waiting):
    run, handle = waiting(("rank", "pipe", "--min-subscribers", "0"), ignored="SIGHUP")
    run.send_signal(signal.SIGHUP)
    time.sleep(0.1)
    os.write(handle, b"another,t.me/smm_riga\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), handle)  # the end of the pipe
    out, _ = run.communicate(timeout=30)
    assert run.returncode == 0
    assert out.splitlines()[1].startswith("1,telegram:smm_riga,")


def test_after_kill_the_next_run_cleans_up(waiting, outreach, monkeypatch):
    run, _ = waiting(COMMANDS["rank"])
    run.kill()
    run.wait()
    assert lists()
    monkeypatch.setattr("tempfile.tempdir", str(Path("temporary").resolve()))
    monkeypatch.chdir(Path("temporary").resolve().parent)
    assert outreach("rank", "likes.csv", "--min-subscribers", "0").exit_code == 0
    assert lists() == []


@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_whoever_calls_the_program_keeps_his_handlers(outreach, number):
    def own(*_):
        raise AssertionError

    before = signal.signal(getattr(signal, number), own)
    try:
        outreach("formats")
        assert signal.getsignal(getattr(signal, number)) is own
    finally:
        signal.signal(getattr(signal, number), before)
