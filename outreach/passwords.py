"""What of the address of a database or a cluster may be shown: everything but its passwords and tokens.

People type such addresses into a command, mistype them, and send the screen to somebody who may help. So whatever
could be a password is hidden, also where the address is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HIDDEN", "holds_hidden", "without_password", "without_passwords"]

HIDDEN: Final = "***"
"""What stands for a password."""

SERVERS: Final = ("postgre", "psql", "mysql", "mariadb")
SECRETS: Final = ("pass", "pwd", "secret", "token", "_key", "%")
COLONS: Final = (":", "\uff1a", "%3A", "%3a")
SHORTEST_NAME: Final = 4  # a part of a path that is shorter stands in other words as well


def _encodable(word: str) -> str:
    """Return the expression of a word in which any letter may be percent-encoded."""
    return "".join(f"(?:{sign}|%{ord(sign):x}|%{ord(sign.upper()):x})" for sign in word)


class _Patterns(NamedTuple):
    """Expressions for passwords in addresses, and in sentences that quote one."""

    parameters: re.Pattern[str]
    parameters_in_text: re.Pattern[str]
    file: re.Pattern[str]
    scheme: re.Pattern[str]
    colon: re.Pattern[str]
    port: re.Pattern[str]
    of_server: re.Pattern[str]
    token: re.Pattern[str]
    of_spark: re.Pattern[str]
    spark_in_text: re.Pattern[str]
    in_text: tuple[re.Pattern[str], ...]
    unfinished: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the expressions, made when a text may hold a password: most runs meet none."""
    equals = r"\s{0,9}(?:=|%3D)\s{0,9}"
    secret = (
        rf"((?<![\w-])(?:(?:\w|%5f){{0,20}}(?:{'|'.join(map(_encodable, ('password', 'passwd', 'passphrase')))})"
        rf"|{'|'.join(map(_encodable, ('passfile', 'pwd', 'pass')))}|oauth_client_secret|scram_\w+_key){equals})"
    )
    following = (
        r"[&;\s]{1,9}(?:app|channel|client|connect|db|database|fallback|gss|host|keep|krb|load|max|min|oauth|options|pass"
        rf"|port|pwd|replication|require|scram|server|service|ssl|target|tcp|uid|user)\w*{equals}"
    )
    # The next parameter; what is no name of one may be a part of the password.
    parameters = re.compile(rf"{secret}(?:(?!{following}).)+", re.IGNORECASE | re.DOTALL)
    parameters_in_text = re.compile(
        rf"""{secret}(?:'(?:[^'\\]|\\.)*'(?![^\s&;,:)])|"[^"]*"(?![^\s&;,:)])|(?:(?![&;]\w+=|['",;:)]*(?:\s|$))\S)+)""",
        re.IGNORECASE,
    )
    server = r"(?:jdbc:)?(?:postgre|psql|mysql|mariadb)[\w+.-]*"
    file = re.compile(r"\s*(?:sqlite[\w+]*:|[a-z]:[\\/])", re.IGNORECASE)
    scheme = re.compile(
        rf"(?:.*?{server}(?:\s{{0,9}}[:;]?\s{{0,9}}[/\\]+|[:;])\s{{0,9}}|"
        rf"\s*(?:[a-z][\w+.-]*[:;]*[/\\]{{2,}}|[a-z][\w+.-]*:[/\\]|[/\\]{{2,}}|))",
        re.IGNORECASE | re.DOTALL,
    )
    colon = re.compile(r"[:\uff1a]|%3A", re.IGNORECASE)
    port = re.compile(r"[0-9]*(?:[/?].*)?$", re.DOTALL)
    of_server = re.compile(
        rf"{server}\s{{0,9}}[:;]?\s{{0,9}}[/\\]|{server}[:;]|"
        rf"^\W*(?!(?:https?|ftp|file|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{{2}}|{secret}",
        re.IGNORECASE,
    )
    # What is meant for the address of a server, and is no other text.

    # In running text only what has a scheme is an address. The password of a database may hold anything; that of a
    # web page ends at a slash, since "/@name" is how many networks write a profile.
    in_text = (
        re.compile(rf"({server}[:;/\\]+[^\s:]*:)[^\n]*@", re.IGNORECASE),
        re.compile(r"(?<![\w+.-])((?!(?:https?|sqlite[\w+]*):)[a-z][\w+.-]+:[/\\]{1,3}[^\s/@:]*:)\S*@", re.IGNORECASE),
        re.compile(r"(?<![\w+.-])(https?:/{1,3}[^\s/@:?#]*:)[^\s/@]*@", re.IGNORECASE),
    )
    unfinished = re.compile(rf"({server}:/+[^\s:/@]*:)(?![0-9]*(?:[/?\s:,;)]|$))[^\s@]+(?![^\n]*@)", re.IGNORECASE)
    # Behind a semicolon Spark takes a token, or a header by any name.
    harmless = r"(?:user_id|user_agent|use_ssl|session_id|grpc_max_message_size)\s{0,9}="
    token = re.compile(rf"(;\s{{0,9}}(?!{harmless})[^;=]{{1,80}}=)[^;]+", re.IGNORECASE)
    by_name = r";\s{0,9}[\w%-]{0,20}token[\w%-]{0,20}\s{0,9}="
    of_spark = re.compile(rf"^\W*(?:\w+=)?sc\s{{0,9}}[:;]|{by_name}", re.IGNORECASE)
    spark_in_text = re.compile(rf"\bsc[:;][^\s'\"]*|{by_name}[^\s'\",)]*", re.IGNORECASE)
    return _Patterns(
        parameters,
        parameters_in_text,
        file,
        scheme,
        colon,
        port,
        of_server,
        token,
        of_spark,
        spark_in_text,
        in_text,
        unfinished,
    )


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
        >>> without_password("sc://host:443/;use_ssl=true;token=secret")
        'sc://host:443/;use_ssl=true;token=***'

    """
    if not (_may_hold_password(address) or any(sign in address for sign in COLONS)):
        return address
    patterns = _patterns()
    shown = patterns.parameters.sub(rf"\g<1>{HIDDEN}", address)
    if patterns.of_spark.search(shown):
        shown = patterns.token.sub(rf"\g<1>{HIDDEN}", shown)
    scheme = patterns.scheme.match(shown)
    if scheme is None or patterns.file.match(shown):
        return shown
    rest = shown[scheme.end() :]
    before, at, server = rest.rpartition("@")
    colon = patterns.colon.search(before if at else rest)
    if colon is None or "/" in (user := rest[: colon.start()]) or "\\" in user:
        return shown
    if at:
        return f"{scheme[0]}{user}{colon[0]}{HIDDEN}@{server}"
    is_port = not scheme[0].strip() or patterns.port.match(rest[colon.end() :])
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
    patterns = _patterns()
    of_servers = [word for word in typed if patterns.of_server.search(word) or patterns.of_spark.search(word)]
    for word in sorted(of_servers, key=len, reverse=True):
        hidden = without_password(word)
        for quoted in (word, repr(word)[1:-1], word.replace("'", "'\"'\"'"), word.replace("'", "''")):
            text = text.replace(quoted, hidden)
        for name in re.split(r"[/\\]", word):  # a path is called by its last part, too
            if len(name) >= SHORTEST_NAME and name not in hidden:
                text = text.replace(name, HIDDEN)
    text = patterns.parameters_in_text.sub(rf"\g<1>{HIDDEN}", text)
    text = patterns.spark_in_text.sub(lambda found: patterns.token.sub(rf"\g<1>{HIDDEN}", found[0]), text)
    for address in patterns.in_text:
        text = address.sub(rf"\g<1>{HIDDEN}@", text)
    return patterns.unfinished.sub(rf"\g<1>{HIDDEN}", text)


def holds_hidden(address: str) -> bool:
    """Tell whether an address was copied from a line that did not show its password.

    Example:
        >>> holds_hidden("postgresql://me:***@host/ledger")
        True

    """
    return f":{HIDDEN}@" in address or f"={HIDDEN}" in address
