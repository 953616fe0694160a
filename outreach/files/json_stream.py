"""A JSON text from its beginning to its end, of which only what is asked for becomes an object.

The rest is skipped without parsing it: of a block only quotes and brackets are kept, by functions of ``bytes`` that run
at the speed of C, and pairs of them cancel out. Files of many gigabytes need the memory of a few blocks.

What is skipped is checked for brackets, ends of strings, line breaks inside strings and zero bytes, not for commas.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Broken", "JsonStream"]

LARGEST: Final = 1 << 18  # bytes looked at in one go: what a processor's cache holds
SMALLEST: Final = 1 << 12  # bytes that are looked through sign by sign
DEEPEST: Final = 10_000  # brackets; exports have ten
LONGEST: Final = 1 << 16  # bytes of a text that is kept, and of a number
ROUNDS: Final = 32  # of cancelling pairs before counting them one by one
SPACE: Final = re.compile(rb"[ \t\r\n]*+")
PLAIN: Final = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
ATOM: Final = re.compile(rb"[-+.0-9A-Za-z]*+")
MARK: Final = re.compile(rb'["\[\]{}\n\0]|\\.', re.DOTALL)
NOISE: Final = bytes(byte for byte in range(256) if byte not in b'"[]{}\n\0')
UNESCAPED: Final = bytes(byte for byte in NOISE if byte not in b"\\/bfnrtu")
CLOSES: Final = {b"{": b"}", b"[": b"]"}


class Broken(ValueError):  # noqa: N818 - it is a state of the text
    """The text is no JSON from a byte on."""

    def __init__(self, byte: int) -> None:
        super().__init__(byte)
        self.byte: Final = byte


class JsonStream:
    r"""One JSON text.

    Args:
        blocks: Its bytes, UTF-8, in order.
        smallest: Bytes that are looked through sign by sign.

    Example:
        >>> stream = JsonStream([b'{"skipped": [1, {"x": "]}"}], "na', b'me": "a\\n\\u0416", "size": 7}'])
        >>> [stream.scalar() for key in stream.members() if key != "skipped"]
        ['a\nЖ', 7]

    """

    def __init__(self, blocks: Iterable[bytes], *, smallest: int = SMALLEST) -> None:
        self._blocks = iter(blocks)
        self._smallest = smallest
        self._buffer = b""
        self._at = 0
        self._before = 0  # bytes of the text before the buffer
        self._depth = 0

    @property
    def byte(self) -> int:
        """How many bytes are behind us."""
        return self._before + self._at

    def next(self) -> bytes:
        """Return the first sign of the value that comes, without taking it.

        Raises:
            Broken: The text ends here.

        """
        while True:
            found = SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._more():
                raise Broken(self.byte)

    def ended(self) -> bool:
        """Whether nothing but space comes."""
        try:
            self.next()
        except Broken:
            return True
        return False

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes; a value that is not taken is skipped.

        Raises:
            Broken: This is no object, or it breaks off.

        """
        for _ in self._inside(b"{"):
            key = self._string()
            self._take(b":")
            self.next()
            start = self.byte
            yield key
            if self.byte == start:
                self.skip()

    def items(self) -> Iterator[None]:
        """Stop at each value of the array that comes; one that is not taken is skipped.

        Raises:
            Broken: This is no array, or it breaks off.

        """
        for _ in self._inside(b"["):
            start = self.byte
            yield
            if self.byte == start:
                self.skip()

    def scalar(self) -> str | float | bool | None:
        """Take the value that comes: a text, a number or a word of JSON; None for objects and arrays.

        Raises:
            Broken: It is none, or breaks off.

        """
        sign = self.next()
        if sign == b'"':
            return self._string()
        if sign in CLOSES:
            self._skip_nest(sign)
            return None
        return self._atom()

    def skip(self) -> None:
        """Pass over the value that comes.

        Raises:
            Broken: It is none, or breaks off.

        """
        self.scalar()

    def _inside(self, opening: bytes) -> Iterator[None]:
        """Stop before each part of an object or array."""
        self._take(opening)
        self._depth += 1
        sign = b","
        if self.next() == CLOSES[opening]:
            sign = self._take()
        while sign == b",":
            self.next()
            yield
            sign = self._take()
        if sign != CLOSES[opening]:
            raise Broken(self.byte - 1)
        self._depth -= 1

    def _take(self, wanted: bytes | None = None) -> bytes:
        sign = self.next()
        if wanted not in {None, sign}:
            raise Broken(self.byte)
        self._at += 1
        return sign

    def _more(self) -> bool:
        """Put the next block behind what is left of this one."""
        block = next((block for block in self._blocks if block), b"")
        self._before += self._at
        self._buffer = self._buffer[self._at :] + block
        self._at = 0
        return bool(block)

    def _string(self) -> str:
        """Take a text; one that is longer than any name is empty."""
        self._take(b'"')
        start, kept, size = self.byte, [], 0
        while True:
            found = PLAIN.match(self._buffer, self._at)
            end = found.end() if found else self._at
            size += end - self._at
            if size <= LONGEST:
                kept.append(self._buffer[self._at : end])
            self._at = end
            if self._buffer[end : end + 1] == b'"':
                break
            if not self._more():  # the end of the block, or of the block without the second half of an escape
                raise Broken(self.byte)
        self._at += 1
        return _text(b"".join(kept), start) if size <= LONGEST else ""

    def _atom(self) -> str | float | bool | None:
        """Take a number, or true, false and null."""
        while True:
            found = ATOM.match(self._buffer, self._at)
            word = found[0] if found else b""
            whole = self._at + len(word) < len(self._buffer)
            if whole or len(word) > LONGEST or not self._more():
                break
        if self._depth and not whole:  # half of a number is a number
            raise Broken(self.byte)
        try:
            value: str | float | bool | None = json.loads(word)
        except ValueError as err:
            raise Broken(self.byte) from err
        self._at += len(word)
        return value

    def _skip_nest(self, opening: bytes) -> None:
        """Pass over an object or array: in large steps, in ever smaller ones where it must end."""
        self._at += 1
        nest, size, ends = Nest(CLOSES[opening]), self._smallest, False
        while True:
            chunk = self._chunk(size)
            end = nest.step(chunk)
            if end is None and len(chunk) <= max(self._smallest, 2):
                self._at += nest.end(chunk, self.byte)
                return
            self._at += end or 0
            ends = ends or end is None
            size = max(size // 2, self._smallest) if ends else min(size * 2, LARGEST)

    def _chunk(self, size: int) -> bytes:
        """Return what comes, at least one byte and no half of an escape."""
        while True:
            chunk = self._buffer[self._at : self._at + size]
            if (len(chunk) - len(chunk.rstrip(b"\\"))) % 2:
                chunk = chunk[:-1] or self._buffer[self._at : self._at + 2] * (len(self._buffer) > self._at + 1)
            if chunk:
                return chunk
            if not self._more():
                raise Broken(self.byte)


class Nest:
    """How deep inside an object or array that is skipped we are.

    Args:
        closing: What ends it.

    """

    def __init__(self, closing: bytes) -> None:
        self.closing: Final = closing
        self.open = b""
        self.quoted = False

    def step(self, chunk: bytes) -> int | None:
        """Pass over a chunk and return its length; None and no change where the end or a fault may be in it."""
        marks = _marks(chunk)
        parts = marks.split(b'"')
        if b"\0" in marks or any(b"\n" in part for part in parts[not self.quoted :: 2]):
            return None
        nest = _cancelled(self.open + b"".join(parts[self.quoted :: 2]).replace(b"\n", b""))
        if b"}" in nest or b"]" in nest or len(nest) > DEEPEST:
            return None
        self.open = nest
        self.quoted ^= len(parts) % 2 == 0
        return len(chunk)

    def end(self, chunk: bytes, byte: int) -> int:
        """Return where in a chunk the end is.

        Args:
            chunk: What comes.
            byte: Where it begins.

        Raises:
            Broken: Another bracket closes, or signs that JSON does not have come before.

        """
        nest, quoted = [bytes([sign]) for sign in self.open], self.quoted
        for found in MARK.finditer(chunk):
            sign = found[0]
            if sign == b'"':
                quoted = not quoted
            elif sign == b"\0" or (quoted and sign == b"\n"):
                raise Broken(byte + found.start())
            elif quoted or sign == b"\n" or len(sign) == 2:
                continue
            elif sign in CLOSES:
                nest.append(sign)
            elif sign != (CLOSES[nest[-1]] if nest else self.closing):
                raise Broken(byte + found.start())
            elif not nest:
                return found.end()
            else:
                nest.pop()
        raise Broken(byte + len(chunk))  # nested too deep


def _marks(chunk: bytes) -> bytes:
    r"""Return the quotes, brackets, line breaks and zero bytes of a chunk without what is escaped.

    Two quotes side by side change nothing and are left out.

    Example:
        >>> _marks(rb'{"a\\": ["\"[", 7]')
        b'{["["]'

    """
    if b"\\" in chunk:  # what follows no backslash first: then there is ten times less to search
        chunk = chunk.translate(None, UNESCAPED).replace(rb"\\", b"").replace(rb"\"", b"")
    return chunk.translate(None, NOISE).replace(b'""', b"")


def _cancelled(brackets: bytes) -> bytes:
    """Return brackets without the pairs.

    Example:
        >>> _cancelled(b"{[{}[]]"), _cancelled(b"[]]{"), _cancelled(b"[" * 99 + b"]" * 98)
        (b'{', b']{', b'[')

    """
    for _ in range(ROUNDS):
        before = len(brackets)
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(brackets) == before:
            return brackets
    nest: list[int] = []
    for sign in brackets:
        if nest and (nest[-1], sign) in {(0x7B, 0x7D), (0x5B, 0x5D)}:
            nest.pop()
        else:
            nest.append(sign)
    return bytes(nest)


def _text(raw: bytes, byte: int) -> str:
    """Return what stands between the quotes of a text; bytes that are no UTF-8 become U+FFFD."""
    text = raw.decode("utf-8", "replace")
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError as err:
        raise Broken(byte) from err
