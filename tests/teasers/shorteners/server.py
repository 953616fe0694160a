"""A server on this machine that answers what a test says."""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

TOKEN = "s3cret-t0ken"  # noqa: S105 - made up


@dataclass
class Server:
    """Answers in order; the last answer is given for ever."""

    answers: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    base: str = ""

    def next(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.ours.asked.append(
            (self.command, parts.path, dict(parse_qsl(parts.query)), dict(self.headers), body)
        )
        answer = self.server.ours.next()
        if callable(answer):
            answer(self)
            return
        status, content, *headers = answer
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in dict(*headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer  # noqa: N815 - the base class's names

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def running():
    """Run a server; a test fills in what it answers."""
    ours = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.ours = ours
        ours.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield ours
        server.shutdown()
        thread.join()
