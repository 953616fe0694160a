"""What of the address of a database may be shown: everything but its passwords.

People type such addresses into a command, mistype them, and send the screen to somebody who may help. So whatever
could be a password is hidden, also where the address is none.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HIDDEN", "holds_hidden", "without_password", "without_passwords"]

HIDDEN: Final = "***"
"""What stands for a password."""

_VALUE: Final = r"(?:'(?:[^'\\]|\\.)*'|\"[^\"]*\"|[^\s&;'\",)]+)"
_PARAMETERS: Final = re.compile(
    rf"((?<![\w-])(?:\w{{0,20}}(?:password|passwd|passphrase)|passfile|pwd|pass)\s*(?:=|%3D)\s*){_VALUE}", re.IGNORECASE
)
_SERVER: Final = r"(?:jdbc:)?(?:postgre|psql|mysql|mariadb)[\w+.-]*"
_FILE: Final = re.compile(r"\s*(?:sqlite[\w+]*:|[a-z]:[\\/])", re.IGNORECASE)
_SCHEME: Final = re.compile(
    rf"\s*(?:{_SERVER}(?:[:;]?[/\\]+|[:;])|[a-z][\w+.:;-]*[/\\]{{2,}}|[a-z][\w+.-]*:[/\\]|[/\\]{{2,}}|)", re.IGNORECASE
)
_PORT: Final = re.compile(r"[0-9]*(?:[/?].*)?$", re.DOTALL)

# In running text only what has a scheme is an address. The password of a database may hold anything; that of a web page
# ends at a slash, since "/@name" is how many networks write a profile.
_IN_TEXT: Final = (
    re.compile(rf"({_SERVER}[:;/\\]+[^\s:]*:)[^\n]*@", re.IGNORECASE),
    re.compile(r"(?<![\w+.-])((?!(?:https?|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{1,3}[^\s/@:]*:)\S*@", re.IGNORECASE),
    re.compile(r"(?<![\w+.-])(https?:/{1,3}[^\s/@:?#]*:)[^\s/@]*@", re.IGNORECASE),
)
_UNFINISHED: Final = re.compile(rf"({_SERVER}:/+[^\s:/@]*:)(?![0-9]*(?:[/?\s:,;)]|$))[^\s@]+(?![^\n]*@)", re.IGNORECASE)


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
    shown = _PARAMETERS.sub(rf"\g<1>{HIDDEN}", address)
    scheme = _SCHEME.match(shown)
    if scheme is None or _FILE.match(shown):
        return shown
    rest = shown[scheme.end() :]
    before, at, server = rest.rpartition("@")
    user, colon, _ = (before if at else rest).partition(":")
    if not colon or "/" in user or "\\" in user:
        return shown
    if at:
        return f"{scheme[0]}{user}:{HIDDEN}@{server}"
    is_port = not scheme[0].strip() or _PORT.match(rest[len(user) + 1 :])
    return shown if is_port else f"{scheme[0]}{user}:{HIDDEN}"


def without_passwords(text: str) -> str:
    """Return sentences in which no address shows its password.

    Example:
        >>> without_passwords("postgresql://me:se/cret@host/x: no such file")
        'postgresql://me:***@host/x: no such file'

    """
    text = _PARAMETERS.sub(rf"\g<1>{HIDDEN}", text)
    for address in _IN_TEXT:
        text = address.sub(rf"\g<1>{HIDDEN}@", text)
    return _UNFINISHED.sub(rf"\g<1>{HIDDEN}", text)


def holds_hidden(address: str) -> bool:
    """Tell whether an address was copied from a line that did not show its password.

    Example:
        >>> holds_hidden("postgresql://me:***@host/ledger")
        True

    """
    return f":{HIDDEN}@" in address or f"={HIDDEN}" in address
