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

SHORTEST_NAME: Final = 4  # a part of a path that is shorter stands in other words as well


def _encodable(word: str) -> str:
    """Return the expression of a word in which any letter may be percent-encoded."""
    return "".join(f"(?:{sign}|%{ord(sign):x}|%{ord(sign.upper()):x})" for sign in word)


_EQUALS: Final = r"\s{0,9}(?:=|%3D)\s{0,9}"
_SECRET: Final = (
    rf"((?<![\w-])(?:(?:\w|%5f){{0,20}}(?:{'|'.join(map(_encodable, ('password', 'passwd', 'passphrase')))})"
    rf"|{'|'.join(map(_encodable, ('passfile', 'pwd', 'pass')))}|oauth_client_secret|scram_\w+_key){_EQUALS})"
)
_NEXT: Final = (
    r"[&;\s]{1,9}(?:app|channel|client|connect|db|database|fallback|gss|host|keep|krb|load|max|min|oauth|options|pass"
    rf"|port|pwd|replication|require|scram|server|service|ssl|target|tcp|uid|user)\w*{_EQUALS}"
)
"""The next parameter; what is no name of one may be a part of the password."""
_PARAMETERS: Final = re.compile(rf"{_SECRET}(?:(?!{_NEXT}).)+", re.IGNORECASE | re.DOTALL)
_PARAMETERS_IN_TEXT: Final = re.compile(
    rf"""{_SECRET}(?:'(?:[^'\\]|\\.)*'(?![^\s&;,:)])|"[^"]*"(?![^\s&;,:)])|(?:(?![&;]\w+=|['",;:)]*(?:\s|$))\S)+)""",
    re.IGNORECASE,
)
_SERVER: Final = r"(?:jdbc:)?(?:postgre|psql|mysql|mariadb)[\w+.-]*"
_FILE: Final = re.compile(r"\s*(?:sqlite[\w+]*:|[a-z]:[\\/])", re.IGNORECASE)
_SCHEME: Final = re.compile(
    rf"(?:.*?{_SERVER}(?:\s{{0,9}}[:;]?\s{{0,9}}[/\\]+|[:;])\s{{0,9}}|"
    rf"\s*(?:[a-z][\w+.-]*[:;]*[/\\]{{2,}}|[a-z][\w+.-]*:[/\\]|[/\\]{{2,}}|))",
    re.IGNORECASE | re.DOTALL,
)
_COLON: Final = re.compile(r"[:\uff1a]|%3A", re.IGNORECASE)
_PORT: Final = re.compile(r"[0-9]*(?:[/?].*)?$", re.DOTALL)
_OF_SERVER: Final = re.compile(
    rf"{_SERVER}\s{{0,9}}[:;]?\s{{0,9}}[/\\]|{_SERVER}[:;]|"
    rf"^\W*(?!(?:https?|ftp|file|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{{2}}|{_SECRET}",
    re.IGNORECASE,
)
"""What is meant for the address of a server, and is no other text."""

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
    colon = _COLON.search(before if at else rest)
    if colon is None or "/" in (user := rest[: colon.start()]) or "\\" in user:
        return shown
    if at:
        return f"{scheme[0]}{user}{colon[0]}{HIDDEN}@{server}"
    is_port = not scheme[0].strip() or _PORT.match(rest[colon.end() :])
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
    for word in sorted(filter(_OF_SERVER.search, typed), key=len, reverse=True):
        hidden = without_password(word)
        for quoted in (word, repr(word)[1:-1], word.replace("'", "'\"'\"'"), word.replace("'", "''")):
            text = text.replace(quoted, hidden)
        for name in re.split(r"[/\\]", word):  # a path is called by its last part, too
            if len(name) >= SHORTEST_NAME and name not in hidden:
                text = text.replace(name, HIDDEN)
    text = _PARAMETERS_IN_TEXT.sub(rf"\g<1>{HIDDEN}", text)
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
