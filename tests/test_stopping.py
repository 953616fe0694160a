"""Signals act like Ctrl-C in a program, wait while it cleans up, and are the caller's again afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from outreach.engine import Engine
from outreach.stopping import all_as_ctrl_c, as_a_program, postponed

ENDING = [number for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None))]


@pytest.fixture
def heard(request):
    """Let a signal do what it usually does, whatever it does to whoever runs the tests."""
    before = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, before)


@pytest.mark.parametrize("heard", ENDING, indirect=True)
def test_a_signal_is_ctrl_c_and_then_the_callers_again(heard):
    with all_as_ctrl_c(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(heard)
    assert signal.getsignal(heard) is signal.SIG_DFL


@pytest.mark.parametrize("heard", ENDING, indirect=True)
def test_what_is_ignored_or_handled_stays_so(heard):
    """``nohup``, and a program that calls ours."""
    seen = []
    for handler in (signal.SIG_IGN, lambda *_: seen.append(1)):
        signal.signal(heard, handler)
        with all_as_ctrl_c():
            signal.raise_signal(heard)
            assert signal.getsignal(heard) is handler
    assert seen == [1]


def test_other_threads_leave_signals_alone():
    before = [signal.getsignal(number) for number in ENDING]
    during = []

    def work():
        with all_as_ctrl_c(), postponed():
            during.extend(signal.getsignal(number) for number in ENDING)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert during == before


def test_signals_wait_until_the_block_has_ended():
    done = []

    def work():
        with postponed():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            done.append("cleaned up")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["cleaned up"]


def test_signals_are_not_lost_in_a_failure():
    def work():
        with postponed():
            signal.raise_signal(signal.SIGINT)
            raise OSError

    with pytest.raises(KeyboardInterrupt):
        work()


def test_who_has_done_what_was_asked_may_forget_them():
    with postponed() as waiting:
        signal.raise_signal(signal.SIGINT)
        waiting.clear()


def test_signals_that_come_together_are_one(monkeypatch):
    """A terminal that closes sends two; the second must not cut short what the first one ends."""
    monkeypatch.setattr("outreach.stopping._TOGETHER_SECONDS", 60.0)  # however busy the machine is
    ended = []
    with all_as_ctrl_c():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            signal.raise_signal(signal.SIGINT)
            ended.append(1)
    assert ended == [1]


def test_later_ones_are_heard_again(monkeypatch):
    monkeypatch.setattr("outreach.stopping._TOGETHER_SECONDS", 0.0)
    with all_as_ctrl_c():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)


def test_after_a_program_signals_change_nothing():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with as_a_program(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends programs without asking them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_still_starts_ends_as_any_other(number):
    """The signal comes while click is imported."""
    code = (
        "import signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == 'click': signal.raise_signal({int(number)})\n"
        "for one in (signal.SIGTERM, signal.SIGINT): signal.signal(one, signal.SIG_DFL)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from outreach.__main__ import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 130
    assert run.stderr == "\nInterrupted; nothing was written.\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a timer that sends a signal")
@pytest.mark.parametrize("how", ["run", "batches"])
def test_a_query_is_interrupted_by_nothing_but_ctrl_c(how):
    """DuckDB itself would make another error of a signal, wherever a query runs in the main thread."""
    slow = "select sum(sqrt(a.range * b.range)) from range(300000) a, range(300000) b"
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with Engine() as engine:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(KeyboardInterrupt):
                engine.run(slow) if how == "run" else list(engine.batches(slow))
            folder = engine.folder
        assert not folder.exists()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def forever(engine):
    while True:
        engine.rows("select 1")


@pytest.mark.skipif(os.name == "nt", reason="needs a timer that sends a signal")
def test_no_signal_breaks_the_wait_for_a_query():
    """However it falls between the locks of a wait, what comes out is Ctrl-C."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with Engine() as engine:
            for number in range(200):
                signal.setitimer(signal.ITIMER_REAL, 0.0005 + number / 1e6)
                with pytest.raises(KeyboardInterrupt):
                    forever(engine)
    finally:
        signal.signal(signal.SIGALRM, before)
