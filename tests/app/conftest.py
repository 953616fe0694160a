"""A running app, and a window of it that speaks HTTP as a browser does."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import socket
import sys
import threading
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn

import outreach.likes.check
from outreach.app import desk, reading
from outreach.app.campaigns import Campaigns
from outreach.app.guard import Guard
from outreach.app.keys import ADDRESS, Keys
from outreach.app.pages import MOST_BYTES, app_for
from outreach.stopping import stop_if_asked

ROOT = Path(__file__).parents[2]


class Running:
    """An app that listens on a port of its own."""

    def __init__(self, root: Path, most_bytes=MOST_BYTES, patience_seconds=30.0):
        self.socket = socket.create_server((ADDRESS, 0), backlog=200)
        self.port = self.socket.getsockname()[1]
        self.keys = Keys(self.port)
        self.campaigns = Campaigns(root)
        self.guard = Guard(app_for(self.keys, self.campaigns), self.keys, most_bytes, patience_seconds)
        config = uvicorn.Config(
            self.guard, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
            proxy_headers=False, server_header=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        asyncio.run(self.server.serve(sockets=[self.socket]))

    def stop(self):
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()
        self.campaigns.close()

    def raw(self, request: bytes, *, seconds: float = 10.0) -> bytes:
        """Send bytes and return the answer until it ends."""
        with socket.create_connection((ADDRESS, self.port), timeout=seconds) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(1 << 16):
                parts.append(part)
        return b"".join(parts)

    def window(self) -> Window:
        """Open a window, as a start of the program does."""
        window = Window(self)
        answer = window.get(self.keys.address().removeprefix(self.keys.origin))
        assert answer.status == 200
        window.cookies["jar"] = answer.headers["set-cookie"].partition(";")[0]
        return window

    def sample(self) -> str:
        """Make a campaign of the sample, return the path of its pages."""
        return f"/c/{self.campaigns.create_sample('Sample', 'en')}"


class Answer:
    def __init__(self, answer: http.client.HTTPResponse):
        self.status = answer.status
        self.headers = answer.headers
        self.body = answer.read()

    @property
    def text(self) -> str:
        return self.body.decode()


class Window:
    """What a browser sends: its cookies, and where a request comes from."""

    def __init__(self, running: Running):
        self.running = running
        self.cookies: dict[str, str] = {}
        self.site: str | None = "same-origin"

    def ask(self, method, path, body=None, /, **headers):
        """Send one request; a header of None is left out."""
        usual = {
            "Host": self.running.keys.host,
            "Cookie": "; ".join(self.cookies.values()) or None,
            "Sec-Fetch-Site": self.site,
        }
        sent = usual | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(ADDRESS, self.running.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        try:
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def follow(self, path, **headers):
        """Get a page behind redirects."""
        while (answer := self.get(path, **headers)).status == 303:
            path = answer.headers["location"]
        return answer

    def post(self, path, fields=(), **headers):
        """Send a form as pages do."""
        body = urlencode(list(fields.items()) if isinstance(fields, dict) else list(fields)).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded", **headers)

    def send(self, path, *files: tuple[str, bytes], **headers):
        """Hand over files."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\ncontent-disposition: form-data; name="files"; filename="{_quoted(name)}"\r\n'
            "content-type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, content in files
        ]
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={mark}", **headers)


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")  # as browsers do


class Slow:
    """Readings that go on until they are let go; they are stopped as the real ones are."""

    def __init__(self, monkeypatch):
        self.begun, self.most, self.now = 0, 0, 0
        self.free = threading.Event()
        self.real = outreach.likes.check.check
        monkeypatch.setattr(outreach.likes.check, "check", self)
        for module, name in ((reading, "PATIENCE_SECONDS"), (desk, "ONCE_MORE_SECONDS")):
            monkeypatch.setattr(module, name, 0.02)

    def __call__(self, *args, **options):
        self.begun += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            while not self.free.wait(0.01):
                stop_if_asked()
            return self.real(*args, **options)
        finally:
            self.now -= 1


@pytest.fixture
def make_slow(monkeypatch):
    """Give what makes readings go on until they are let go."""
    made = []

    def make():
        made.append(Slow(monkeypatch))
        return made[-1]

    yield make
    for one in made:
        one.free.set()


@pytest.fixture
def slow(make_slow):
    """Give readings that go on until they are let go."""
    return make_slow()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Let pages wait for lists as long as it takes: a slow machine is no reason to show progress in most tests."""
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 60.0)
    monkeypatch.setattr(desk, "ONCE_MORE_SECONDS", 60.0)


@pytest.fixture
def run_app(tmp_path):
    """Run apps with limits of their own."""
    running: list[Running] = []

    def make(**limits):
        root = tmp_path / "campaigns"
        root.mkdir(exist_ok=True)
        running.append(Running(root, **limits))
        return running[-1]

    yield make
    for one in running:
        one.stop()


@pytest.fixture
def app(run_app):
    """Give a running app."""
    return run_app()


@pytest.fixture
def window(app):
    """Give an open window of it."""
    return app.window()


@pytest.fixture(scope="session")
def chromium(unavailable):
    """Give the path of the system's Chromium; OUTREACH_TEST_CHROMIUM names another one."""
    if sys.platform != "linux" and "OUTREACH_TEST_CHROMIUM" not in os.environ:
        pytest.skip("pages are looked at on Linux")
    found = os.environ.get("OUTREACH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return found or unavailable("there is no Chromium")
