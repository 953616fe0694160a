"""A server on this machine whose pages a test says, and which writes down who asked for them how."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Pages(ThreadingHTTPServer):
    """Pages by their path: a status and a text, an address to go on to, or a function of the request.

    ``asked`` holds path and headers of every request.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {}
        self.asked = []

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path, self.server.pages.get(self.path.partition("?")[0], (404, "no")))
        if callable(page):
            page(self)
        elif isinstance(page, str):
            self._answer(302, b"", Location=page)
        else:
            status, text = page
            self._answer(status, text if isinstance(text, bytes) else text.encode())

    def _answer(self, status, content, **headers):
        self.send_response(status)
        self.send_header("Set-Cookie", "seen=1")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def pages():
    """Give a server that runs."""
    server = Pages()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
