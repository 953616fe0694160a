"""Tokens that the user saved in the app: one private file outside of all campaigns; the environment goes first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from outreach.errors import InputError, OptionError
from outreach.remote.settings import server_address, token_in
from outreach.user_folder import read_private, user_folder, write_private

__all__ = ["Known", "Tokens", "forget_token", "keep_token", "known_tokens"]

NAME: Final = "tokens.json"
ADDRESS: Final = "_URL"
"""End of the names of variables that hold an address."""


@dataclass(frozen=True, slots=True)
class Known:
    """A token as it was saved.

    Args:
        token: The token.
        saved: The day on which it was saved, ``2026-11-30``.

    """

    token: str = field(repr=False)
    saved: str


class Tokens(Mapping[str, str]):
    """The environment, and where it does not set a variable, the token that was saved for it.

    The file is read when it is first needed.

    Args:
        environment: That of this program where it is not given.

    Example:
        >>> Tokens({"OUTREACH_VK_TOKEN": "abc"})["OUTREACH_VK_TOKEN"]
        'abc'

    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment: Final = os.environ if environment is None else environment
        self._saved: Mapping[str, Known] | None = None

    def __getitem__(self, variable: str) -> str:
        """Return the value of a variable.

        Raises:
            InputError: The file of saved tokens cannot be used.

        """
        if given := self._environment.get(variable, "").strip():
            return given
        return self._kept()[variable].token

    def __iter__(self) -> Iterator[str]:
        return iter({**self._environment, **self._kept()})

    def __len__(self) -> int:
        return len({**self._environment, **self._kept()})

    def _kept(self) -> Mapping[str, Known]:
        if self._saved is None:
            self._saved = known_tokens()
        return self._saved


def known_tokens() -> dict[str, Known]:
    """Return the tokens that were saved, by their variables.

    Raises:
        InputError: Others can read the file, or it cannot be read.

    """
    text = read_private(NAME, secret=True)
    if not text:
        return {}
    try:
        found = json.loads(text)
        return {str(name): Known(str(one["token"]), str(one["saved"])) for name, one in found.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise InputError(
            "this file of saved tokens is damaged",
            where=str(user_folder() / NAME),
            hint="remove it, and save them again",
        ) from err


def keep_token(variable: str, token: str, title: str, day: str) -> None:
    """Save a token for a variable.

    Args:
        variable: Its name.
        token: As it was typed.
        title: What wants it, as sentences begin.
        day: On which it is saved.

    Raises:
        OptionError: It is no token; names what wants it.
        InputError: Others can read the file.
        OutputError: It cannot be written.

    """
    given = token.strip()
    try:
        checked = (
            server_address(variable, given)
            if variable.endswith(ADDRESS)
            else token_in(variable, {variable: given}, title, "")
        )
    except InputError as err:
        raise OptionError(f"{title}: this cannot be used", hint="copy it again, on one line") from err
    _write({**known_tokens(), variable: Known(checked, day)})


def forget_token(variable: str) -> bool:
    """Remove the token that was saved for a variable; return whether there was one.

    Raises:
        InputError: Others can read the file, or it cannot be read.
        OutputError: It cannot be written.

    """
    known = known_tokens()
    if known.pop(variable, None) is None:
        return False
    _write(known)
    return True


def _write(known: Mapping[str, Known]) -> None:
    write_private(NAME, json.dumps({name: {"token": one.token, "saved": one.saved} for name, one in known.items()}))
