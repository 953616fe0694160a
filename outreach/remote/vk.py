"""VK's errors, which come with status 200 and a number, whatever was asked of it."""

from __future__ import annotations

from typing import Any, Final

from outreach.remote.call import Kind, Refused

__all__ = ["VERSION", "refusal"]

VERSION: Final = "5.199"
_ERRORS: Final = {
    1: ("does not know what went wrong", Kind.UNSURE),
    5: ("does not accept the token", Kind.ALL),
    6: ("takes no more requests for now", Kind.BUSY),
    7: ("does not allow this with this token", Kind.ALL),
    9: ("does not take so many requests of one kind: try again later", Kind.ALL),
    10: ("is out of order", Kind.UNSURE),
    14: ("asks for a captcha: try again later", Kind.ALL),
    15: ("does not allow this with this token", Kind.ALL),
    17: ("asks the user to sign in again", Kind.ALL),
    18: ("has deleted or banned the token's user", Kind.ALL),
    27: ("does not accept the community's token", Kind.ALL),
    28: ("does not accept the application's token", Kind.ALL),
    29: ("has used up the requests of this method: try again later", Kind.ALL),
}


def refusal(error: Any, otherwise: str) -> Refused:
    """Return what an error's number means; its text repeats the request and is not shown."""
    code = error.get("error_code") if isinstance(error, dict) else None
    if not isinstance(code, int):
        return Refused("gives an answer that cannot be read", Kind.SENSELESS)
    reason, kind = _ERRORS.get(code, (otherwise, Kind.THIS))
    return Refused(f"{reason} (error {code})", kind)
