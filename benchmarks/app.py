"""How long the app takes, as a person sees it: the first page, dropped lists, a long ranking; and its memory.

``python benchmarks/app.py`` starts ``outreach app`` and speaks HTTP with it; beside it runs what the same takes
elsewhere: Python that imports the server, and ``outreach rank`` of the same files. ``--check`` fails above the bars.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import requests

RUNS = 5
FIRST_PAGE = 1.5
"""Most of the first page, in starts of Python with the server's libraries."""
DROPPED_SECONDS = 1.0
PAGE_SECONDS = 0.3
MEGABYTES = 250
PLACES = 10_000
CUSTOMERS = 12
OWNERS = 10_000


class App:
    """The program, in a folder of its own."""

    def __init__(self, folder: Path):
        mine = os.environ | {"OUTREACH_CONFIG_DIR": str(folder / "settings")}
        self.began = time.perf_counter()
        command = [sys.executable, "-m", "outreach", "app", str(folder), "--no-browser"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=mine)
        address = self.process.stdout.readline().strip()
        self.origin = address.partition("/open")[0]
        self.window = requests.Session()
        self.window.headers["Sec-Fetch-Site"] = "same-origin"
        self.window.get(address, timeout=60)

    def get(self, path: str) -> str:
        """Return a page."""
        answer = self.window.get(self.origin + path, timeout=60)
        answer.raise_for_status()
        return answer.text

    def log(self, pages: str) -> None:
        """Write down an answer of one owner, and follow to the page that shows it."""
        sent = {"person": "p77", "place": "telegram:place_77", "what": "replied", "where": "who=p77"}
        self.window.post(f"{self.origin}{pages}/contacts/log", data=sent, timeout=60).raise_for_status()

    def stop(self) -> None:
        """End the program."""
        self.process.terminate()
        self.process.wait()

    def campaign(self) -> str:
        """Make the sample's campaign; return where its pages are."""
        answer = self.window.post(f"{self.origin}/sample", allow_redirects=True, timeout=60)
        return re.search(r"/c/[0-9a-f]+", answer.url)[0]

    def ranked(self, pages: str) -> str:
        """Return the ranking, as soon as the lists are read."""
        while "<progress" in (shown := self.get(f"{pages}/ranking")):
            time.sleep(0.05)
        return shown


def lists(places: int, customers: int, of: int) -> bytes:
    """Return a table of what some customers follow, each a part of the places."""
    rows = [
        f"C{customer},https://t.me/place_{place},Place {place},{9000 + place}"
        for customer in range(customers)
        for place in range(customer, places, of)
    ]
    return "\n".join(["customer,resource,name,subscribers", *rows, ""]).encode()


def write_book(settings: Path) -> None:
    """Write an address book of many owners, each with a letter and an answer."""
    from outreach.campaign.events import Event
    from outreach.owners import Channel, Person, open_book

    book = open_book(str(settings / "owners.db"))
    book.write([
        Person(id=f"p{one}", name=f"Owner {one}", channels=(Channel("telegram", f"@owner_{one}"),),
               places=(f"telegram:place_{one}",))
        for one in range(OWNERS)
    ])  # fmt: skip
    book.log(
        [
            Event(
                kind=kind, at=f"2026-0{1 + one % 6}-0{1 + one % 9}", person=f"p{one}", resource=f"telegram:place_{one}"
            )
            for one in range(OWNERS)
            for kind in ("wrote", "replied")
        ]
    )


def timed(work) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def seconds(*arguments: str, folder: Path | None = None) -> float:
    """Return how long a Python with these arguments takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, cwd=folder, capture_output=True)
    return time.perf_counter() - began


def first_page() -> float:
    """Return how long it takes from the start of the program to its first page."""
    with tempfile.TemporaryDirectory() as name:
        app = App(Path(name))
        app.get("/")
        took = time.perf_counter() - app.began
        app.stop()
    return took


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    starts, pages = [], []
    for _ in range(RUNS):
        starts.append(seconds("-c", "import starlette.applications, starlette.routing, uvicorn"))
        pages.append(first_page())
    ratio = min(pages) / min(starts)
    print(f"first page {min(pages):.2f} s, import of starlette and uvicorn {min(starts):.2f} s, ratio {ratio:.2f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = App(folder)
        campaign = app.campaign()
        app.ranked(campaign)
        drops, commands = [], []
        for run in range(RUNS):
            files = [(f"{part}{run}.csv", lists(40 + run, CUSTOMERS, 2 + part)) for part in range(2)]
            for file, content in files:
                (folder / file).write_bytes(content)
            began = time.perf_counter()
            sent = [("files", (file, content)) for file, content in files]
            app.window.post(f"{app.origin}{campaign}/lists/files", files=sent, timeout=60).raise_for_status()
            app.ranked(campaign)
            drops.append(time.perf_counter() - began)
            commands.append(seconds("-m", "outreach", "rank", *(file for file, _ in files), folder=folder))
        print(f"two files dropped to a ranking {min(drops):.2f} s, outreach rank of them {min(commands):.2f} s")
        many = [("files", ("many.csv", lists(PLACES, CUSTOMERS, 3)))]
        app.window.post(f"{app.origin}{campaign}/lists/files", files=many, timeout=60).raise_for_status()
        app.ranked(campaign)
        turned = []
        for page in range(1, RUNS + 1):
            began = time.perf_counter()
            app.get(f"{campaign}/ranking?page={page}")
            turned.append(time.perf_counter() - began)
        keys = "&".join(f"take=telegram:place_{place}" for place in range(0, 15, 3))
        ticks = [timed(lambda: app.get(f"{campaign}/ranking/ticked?{keys}")) for _ in range(RUNS)]
        plans = [timed(lambda: app.get(f"{campaign}/plan")) for _ in range(RUNS)]
        memory = psutil.Process(app.process.pid).memory_info().rss / 1e6
        today = [timed(lambda: app.get(f"{campaign}/today")) for _ in range(RUNS)]
        write_book(folder / "settings")
        app.get(f"{campaign}/contacts")  # reads the book, which has changed
        contacts = [timed(lambda: app.get(f"{campaign}/contacts?page=9")) for _ in range(RUNS)]
        searches = [timed(lambda: app.get(f"{campaign}/contacts?q=owner+59")) for _ in range(RUNS)]
        logs = [timed(lambda: app.log(campaign)) for _ in range(RUNS)]
        with_owners = psutil.Process(app.process.pid).memory_info().rss / 1e6
        app.stop()
    print(f"a page of {PLACES:,} places {max(turned):.2f} s at most; {memory:.0f} MB after that")
    print(f"a tick tells its coverage in {min(ticks):.2f} s, a plan is there in {min(plans):.2f} s")
    print(f"Today of the sample {min(today):.2f} s")
    print(
        f"contacts of {OWNERS:,} owners {min(contacts):.2f} s, a search {min(searches):.2f} s, "
        f"an answer written down and shown {min(logs):.2f} s; {with_owners:.0f} MB after that"
    )
    too_much = [
        min(today) > PAGE_SECONDS, min(contacts) > PAGE_SECONDS, min(searches) > PAGE_SECONDS,
        ratio > FIRST_PAGE, min(drops) > DROPPED_SECONDS, max(turned) > PAGE_SECONDS, memory > MEGABYTES,
    ]  # fmt: skip
    if given.check and any(too_much):
        sys.exit("slower or larger than the bars")


if __name__ == "__main__":
    main()
