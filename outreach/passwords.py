"""What of the address of a database may be shown: everything but its passwords.

People type such addresses into a command, mistype them, and send the screen to somebody who may help. So whatever
could be a password is hidden, also where the address is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HIDDEN", "holds_hidden", "without_password", "without_passwords"]

HIDDEN: Final = "***"
"""What stands for a password."""

SERVERS: Final = ("postgre", "psql", "mysql", "mariadb")
SECRETS: Final = ("pass", "pwd", "secret", "_key", "%")
COLONS: Final = (":", "\uff1a", "%3A", "%3a")
SHORTEST_NAME: Final = 4  # a part of a path that is shorter stands in other words as well


def _may_hold_password(text: str) -> bool:
    """Return whether a text has anything of an address with a password; most have not, and need no closer look."""
    plain = text.casefold().replace("\u0131", "i").replace("\u0307", "")  # as expressions compare that ignore case
    if ":/" in plain or ":\\" in plain or any(name in plain for name in SERVERS):
        return True
    return ("=" in plain or "%3d" in plain) and any(sign in plain for sign in SECRETS)


def without_password(address: str) -> str:
    """Return the address of a database as it may be shown, whether it is typed rightly or not.

    Args:
        address: What was given as the database: a path, a URL, or somebody's try at one.

    Example:
        >>> without_password("postgresql://me:secret@host/ledger"), without_password("outreach.db")
        ('postgresql://me:***@host/ledger', 'outreach.db')
        >>> without_password("postgresql:/me:se@cret@host/x?sslpassword=a"), without_password("me:secret@host/x")
        ('postgresql:/me:***@host/x?sslpassword=***', 'me:***@host/x')

    """
    if not (_may_hold_password(address) or any(sign in address for sign in COLONS)):
        return address
    from outreach import password_patterns as patterns

    shown = patterns.PARAMETERS.sub(rf"\g<1>{HIDDEN}", address)
    scheme = patterns.SCHEME.match(shown)
    if scheme is None or patterns.FILE.match(shown):
        return shown
    rest = shown[scheme.end() :]
    before, at, server = rest.rpartition("@")
    colon = patterns.COLON.search(before if at else rest)
    if colon is None or "/" in (user := rest[: colon.start()]) or "\\" in user:
        return shown
    if at:
        return f"{scheme[0]}{user}{colon[0]}{HIDDEN}@{server}"
    is_port = not scheme[0].strip() or patterns.PORT.match(rest[colon.end() :])
    return shown if is_port else f"{scheme[0]}{user}{colon[0]}{HIDDEN}"


def without_passwords(text: str, typed: Iterable[str] = ()) -> str:
    """Return sentences in which no address shows its password.

    Args:
        text: What is to be shown.
        typed: What the user gave. Where it stands in the text, its end is known, whatever the password holds.

    Example:
        >>> without_passwords("postgresql://me:se/cret@host/x: no such file")
        'postgresql://me:***@host/x: no such file'

    """
    typed = tuple(typed)
    if not any(map(_may_hold_password, (text, *typed))):
        return text
    from outreach import password_patterns as patterns

    for word in sorted(filter(patterns.OF_SERVER.search, typed), key=len, reverse=True):
        hidden = without_password(word)
        for quoted in (word, repr(word)[1:-1], word.replace("'", "'\"'\"'"), word.replace("'", "''")):
            text = text.replace(quoted, hidden)
        for name in re.split(r"[/\\]", word):  # a path is called by its last part, too
            if len(name) >= SHORTEST_NAME and name not in hidden:
                text = text.replace(name, HIDDEN)
    text = patterns.PARAMETERS_IN_TEXT.sub(rf"\g<1>{HIDDEN}", text)
    for address in patterns.IN_TEXT:
        text = address.sub(rf"\g<1>{HIDDEN}@", text)
    return patterns.UNFINISHED.sub(rf"\g<1>{HIDDEN}", text)


def holds_hidden(address: str) -> bool:
    """Tell whether an address was copied from a line that did not show its password.

    Example:
        >>> holds_hidden("postgresql://me:***@host/ledger")
        True

    """
    return f":{HIDDEN}@" in address or f"={HIDDEN}" in address
