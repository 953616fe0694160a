"""Lists that take long: a page with progress, one reading at a time, and a stop that leaves all as it was."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from outreach.engine import Engine
from outreach.stopping import Stopped, stoppable

MORE = b"customer,resource\nNew,t.me/newcomer\nOther,t.me/newcomer\n"


def until(found):
    """Wait for what another thread does, a moment at most."""
    for _ in range(500):
        if found():
            return
        time.sleep(0.01)
    raise AssertionError


def test_a_long_reading_is_shown_and_then_its_page(app, window, slow):
    """Asked again and again it is read once; other pages answer meanwhile."""
    campaign = app.sample()
    with ThreadPoolExecutor(4) as pool:
        texts = [one.text for one in pool.map(lambda _: window.get(f"{campaign}/lists?names=1"), range(4))]
    for text in texts:
        assert "reading-cancel" in text
        assert f'hx-get="{campaign}/lists?names=1"' in text
        assert '<noscript><meta http-equiv="refresh"' in text
    for path in ("/", f"{campaign}/settings", f"{campaign}/texts"):
        assert window.get(path).status == 200
    part = window.get(f"{campaign}/lists", HX_Request="true", HX_Target="div#asking")
    assert part.headers["hx-redirect"] == f"{campaign}/lists"
    slow.free.set()
    until(lambda: "Read: 12 customers" in window.get(f"{campaign}/lists?names=1").text)
    assert slow.most == 1


def test_a_stopped_drop_leaves_all_as_it_was(app, window, make_slow):
    """The new file is put aside, the older one is back, and what was known before is still there, unread again."""
    campaign = app.sample()
    lists_of = app.campaigns.desk(campaign.removeprefix("/c/")).folder / "lists"
    window.send(f"{campaign}/lists/files", ("more.csv", b"customer,resource\nOld,t.me/older\n"))
    before = window.get(f"{campaign}/lists").text
    lists = {path.name: path.read_bytes() for path in lists_of.iterdir()}
    slow = make_slow()
    window.send(f"{campaign}/lists/files", ("more.csv", MORE), ("new.csv", MORE), ("likes.csv", lists["likes.csv"]))
    assert "reading-cancel" in window.get(f"{campaign}/lists").text
    until(lambda: slow.begun == 1)
    assert window.post(f"{campaign}/reading/cancel").status == 303
    assert {path.name: path.read_bytes() for path in lists_of.iterdir()} == lists
    assert len([path for path in (lists_of.parent / "replaced").iterdir() if path.read_bytes() == MORE]) == 2
    text = window.get(f"{campaign}/lists").text
    assert "2 files were not added" in text
    assert text[text.index("<h1") :] == before[before.index("<h1") :]
    assert (slow.begun, slow.now) == (1, 0)


def test_what_was_stopped_is_read_when_asked(app, window, slow):
    """Without a drop there is nothing to take back: the page offers to read, and nothing is begun by itself."""
    campaign = app.sample()
    window.get(f"{campaign}/lists")
    window.post(f"{campaign}/reading/cancel")
    for _ in range(2):
        assert "The lists are not read" in window.get(f"{campaign}/lists").text
    assert slow.begun <= 1
    slow.free.set()
    assert window.post(f"{campaign}/reading/again", {"back": "//evil"}).headers["location"] == f"{campaign}/lists"
    until(lambda: "Read: 12 customers" in window.get(f"{campaign}/lists").text)
    assert window.post(f"{campaign}/reading/cancel").status == 303  # too late: nothing happens
    assert "Read: 12 customers" in window.get(f"{campaign}/lists").text


def test_other_files_begin_another_reading(app, window, slow):
    """The one of before ends first, since nobody waits for it any more; never two at once."""
    campaign = app.sample()
    window.get(f"{campaign}/lists")
    until(lambda: slow.begun == 1)
    window.send(f"{campaign}/lists/files", ("more.csv", MORE))
    window.get(f"{campaign}/lists")
    until(lambda: slow.begun == 2)
    window.get(f"{campaign}/ranking")
    assert slow.most == 1
    slow.free.set()
    until(lambda: "Read: 14 customers" in window.get(f"{campaign}/lists").text)
    until(lambda: "What 14 customers follow" in window.get(f"{campaign}/ranking").text)


def test_a_query_is_stopped_at_once():
    """A thread is asked to stop while the engine counts for minutes."""
    asked, failed = threading.Event(), []

    def work():
        with Engine() as engine:
            try:
                with stoppable(asked):
                    begun.set()
                    engine.rows(
                        "select count(*) from range(1000000) a, range(1000000) b where a.range % 7 = b.range % 5"
                    )
            except Stopped as err:
                failed.append(err)
            assert engine.rows("select 1") == [(1,)]

    begun = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    asked.set()
    thread.join(20)
    assert not thread.is_alive()
    assert len(failed) == 1
