"""What passwords look like in addresses of databases, and in sentences that quote one."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "COLON", "FILE", "IN_TEXT", "OF_SERVER", "PARAMETERS", "PARAMETERS_IN_TEXT", "PORT", "SCHEME", "UNFINISHED",
]  # fmt: skip


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
PARAMETERS: Final = re.compile(rf"{_SECRET}(?:(?!{_NEXT}).)+", re.IGNORECASE | re.DOTALL)
PARAMETERS_IN_TEXT: Final = re.compile(
    rf"""{_SECRET}(?:'(?:[^'\\]|\\.)*'(?![^\s&;,:)])|"[^"]*"(?![^\s&;,:)])|(?:(?![&;]\w+=|['",;:)]*(?:\s|$))\S)+)""",
    re.IGNORECASE,
)
_SERVER: Final = r"(?:jdbc:)?(?:postgre|psql|mysql|mariadb)[\w+.-]*"
FILE: Final = re.compile(r"\s*(?:sqlite[\w+]*:|[a-z]:[\\/])", re.IGNORECASE)
SCHEME: Final = re.compile(
    rf"(?:.*?{_SERVER}(?:\s{{0,9}}[:;]?\s{{0,9}}[/\\]+|[:;])\s{{0,9}}|"
    rf"\s*(?:[a-z][\w+.-]*[:;]*[/\\]{{2,}}|[a-z][\w+.-]*:[/\\]|[/\\]{{2,}}|))",
    re.IGNORECASE | re.DOTALL,
)
COLON: Final = re.compile(r"[:\uff1a]|%3A", re.IGNORECASE)
PORT: Final = re.compile(r"[0-9]*(?:[/?].*)?$", re.DOTALL)
OF_SERVER: Final = re.compile(
    rf"{_SERVER}\s{{0,9}}[:;]?\s{{0,9}}[/\\]|{_SERVER}[:;]|"
    rf"^\W*(?!(?:https?|ftp|file|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{{2}}|{_SECRET}",
    re.IGNORECASE,
)
"""What is meant for the address of a server, and is no other text."""

# In running text only what has a scheme is an address. The password of a database may hold anything; that of a web page
# ends at a slash, since "/@name" is how many networks write a profile.
IN_TEXT: Final = (
    re.compile(rf"({_SERVER}[:;/\\]+[^\s:]*:)[^\n]*@", re.IGNORECASE),
    re.compile(r"(?<![\w+.-])((?!(?:https?|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{1,3}[^\s/@:]*:)\S*@", re.IGNORECASE),
    re.compile(r"(?<![\w+.-])(https?:/{1,3}[^\s/@:?#]*:)[^\s/@]*@", re.IGNORECASE),
)
UNFINISHED: Final = re.compile(rf"({_SERVER}:/+[^\s:/@]*:)(?![0-9]*(?:[/?\s:,;)]|$))[^\s@]+(?![^\n]*@)", re.IGNORECASE)
