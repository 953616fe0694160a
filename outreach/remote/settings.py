"""What the user says of a service in the environment: where it answers, and the token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OWN_MACHINE", "server_address", "token_in"]

OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,4096}").fullmatch  # what a header can hold


def server_address(variable: str, given: str) -> str:
    """Return the address of a server that a variable holds, without a slash at the end.

    Raises:
        InputError: It is none, or is not to be trusted with a token.

    Example:
        >>> server_address("OUTREACH_VK_URL", "https://vk.example.com/")
        'https://vk.example.com'

    """
    wrong = f"{variable}: not the address of a server"
    try:
        parts = urlsplit(given)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise InputError(wrong, hint="give one like https://go.example.com") from None
    whole = parts.hostname and "@" not in parts.netloc and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not whole or not given.isprintable() or " " in given:
        raise InputError(wrong, hint="give one like https://go.example.com")
    if parts.scheme == "http" and parts.hostname not in OWN_MACHINE:
        raise InputError(f"{variable}: without https, others could read the token", hint="give an https address")
    return given.rstrip("/")


def token_in(variable: str, env: Mapping[str, str], title: str, token_from: str, what: str = "token") -> str:
    """Return the token, or what else a service wants to know its user by, that a variable holds.

    Args:
        variable: Its name.
        env: The environment.
        title: What wants it, as sentences begin.
        token_from: Where one is to be had.
        what: It is called.

    Raises:
        InputError: The variable is missing, or holds what no token is.

    """
    if not (token := env.get(variable, "").strip()):
        raise InputError(
            f"{title} needs a {what}, but the environment variable {variable} is not set",
            hint=f"get one ({token_from}) and set {variable}, or save it in the app: Settings",
        )
    if not _TOKEN(token):
        raise InputError(f"{variable} is not a valid {what}", hint="copy it again, on one line")
    return token
