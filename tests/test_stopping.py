"""Signals act like Ctrl-C in a program, wait while it cleans up, and are the caller's again afterwards."""

from __future__ import annotations

import signal
import threading

import pytest

from outreach.stopping import all_as_ctrl_c, postponed

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
