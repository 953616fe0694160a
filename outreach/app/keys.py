"""The secrets of one run of the app: what the browser shows, what opens a window, what a second start shows."""

from __future__ import annotations

import secrets
from typing import Final

__all__ = ["ADDRESS", "Keys"]

ADDRESS: Final = "127.0.0.1"
"""The only address on which the app listens, and by which it is called."""

MOST_TOKENS: Final = 50


class Keys:
    """The secrets of one run.

    Args:
        port: On which the run listens; cookies know no ports, so the cookie's name holds it.

    """

    def __init__(self, port: int) -> None:
        self.host: Final = f"{ADDRESS}:{port}"
        self.origin: Final = f"http://{self.host}"
        self.cookie_name: Final = f"outreach-{port}"
        self.cookie: Final = secrets.token_urlsafe(32)
        self.second_start: Final = secrets.token_urlsafe(32)
        self._tokens: Final[dict[str, str]] = {}

    def address(self, path: str = "/") -> str:
        """Return an address that opens a window once, at a path.

        Example:
            >>> keys = Keys(8427)
            >>> keys.address().partition("token=")[0]
            'http://127.0.0.1:8427/open?'

        """
        token = secrets.token_urlsafe(32)
        while len(self._tokens) >= MOST_TOKENS:
            self._tokens.pop(next(iter(self._tokens)), None)
        self._tokens[token] = path
        return f"{self.origin}/open?token={token}"

    def take(self, token: str) -> str | None:
        """Return the path that a token opens, the first time; None for any other.

        Example:
            >>> keys = Keys(8427)
            >>> token = keys.address("/c/1/lists").partition("token=")[2]
            >>> keys.take(token), keys.take(token)
            ('/c/1/lists', None)

        """
        return self._tokens.pop(token, None)
