"""The client's logo: a picture that is known by its bytes, and small enough to travel inside of a page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach.errors import InputError

__all__ = ["Logo", "logo_in", "read_logo"]

MOST_BYTES: Final = 150_000
KINDS: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and what its bytes say that it is."""

    kind: str
    content: bytes

    @property
    def address(self) -> str:
        """The picture as an address that holds it."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode('ascii')}"


def logo_in(content: bytes) -> Logo:
    r"""Return a logo.

    Raises:
        InputError: It is not a PNG, JPEG or WebP picture, or too large.

    Example:
        >>> logo_in(b"\x89PNG\r\n\x1a\n...").kind
        'image/png'

    """
    if len(content) > MOST_BYTES:
        raise InputError(
            f"the logo has {len(content) // 1000:,} KB, more than {MOST_BYTES // 1000}", hint="save it smaller"
        )
    kind = next((kind for sign, kind in KINDS if content.startswith(sign)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    if not kind:
        raise InputError("the logo is not a PNG, JPEG or WebP picture", hint="save it in one of these formats")
    return Logo(kind, content)


def read_logo(path: str) -> Logo:
    """Return the logo in a file.

    Raises:
        InputError: It cannot be read, or is none.

    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as err:
        raise InputError("the logo cannot be read", where=path, hint="check the path and its permissions") from err
    try:
        return logo_in(content)
    except InputError as err:
        raise InputError(err.message, where=path, hint=err.hint) from err
