"""The encoding of a text, and the text as UTF-8.

Marks at the beginning come first, then UTF-8, then UTF-16 without a mark, then the older encodings of Windows and Mac,
told apart by the pairs of letters that they would mean and by the names of columns that they would spell.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.files import BLOCK_BYTES, HEAD_BYTES, letters
from outreach.patterns import pattern
from outreach.words.columns import VOCABULARY
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Encoding", "beginning_of", "damaged", "decoded", "encoding_of"]

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ALPHABETS: Final = bytes(range(6))  # upper bytes of Latin, Greek, Cyrillic, Armenian in UTF-16; controls in UTF-8
CONTROLS: Final = bytes(byte for byte in range(32) if byte < 9 or byte > 13)
ASCII: Final = bytes(range(128))
SAID: Final = {
    "utf-8": "",
    "utf-16": "utf-16 (Excel's Unicode text)",
    "utf-16-le": "utf-16-le (Excel's Unicode text)",
    "utf-16-be": "utf-16-be (Unicode text)",
    "utf-32": "utf-32 (Unicode text)",
    "cp1250": "cp1250 (Windows, Central European)",
    "cp1251": "cp1251 (Windows, Cyrillic)",
    "cp1252": "cp1252 (Windows, Western)",
    "cp1253": "cp1253 (Windows, Greek)",
    "cp1257": "cp1257 (Windows, Baltic)",
    "mac-cyrillic": "mac-cyrillic (Mac, Cyrillic)",
    "mac-roman": "mac-roman (Mac, Western)",
    "mac-greek": "mac-greek (Mac, Greek)",
    "cp866": "cp866 (DOS, Cyrillic)",
    "koi8-r": "koi8-r (Unix, Cyrillic)",
}
USUAL: Final = "utf-8, utf-16, cp1251, cp1252, cp1253, cp1257, mac-cyrillic"
NO_ENCODINGS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
RARE: Final = 1.5  # what an encoding of Mac, DOS or Unix must be better by, in all
PER_UNDEFINED: Final = 2.0  # by the mean of all pairs
PER_HEADER: Final = 0.5
WORST: Final = -6.0  # below it the letters are of no language that we know ...
ENOUGH: Final = 8  # ... if there are as many pairs of them
CELLS: Final = pattern(rb'[^,;\t|"\r\n]*[\x80-\xff][^,;\t|"\r\n]*')
QUESTION_MARKS: Final = pattern(r"(?<![\w?!])\?(?:\s*\?){2,}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text are to be read.

    Args:
        name: Python's name of the codec; ``utf-8`` with or without a mark.
        said: What the remark says; empty for UTF-8.

    """

    name: str
    said: str


def encoding_of(label: str, head: bytes, forced: str | None = None) -> Encoding:
    """Find the encoding of a text.

    Args:
        label: What messages call the text.
        head: Its first 64 KiB, or all of it.
        forced: What the user says it is: any of Python's names.

    Raises:
        InputError: This is no text, or in an encoding that is not recognised.
        OptionError: There is no encoding of the name that the user gave.

    Example:
        >>> encoding_of("a.csv", "Клиент;Сообщество".encode("cp1251")).said
        'cp1251 (Windows, Cyrillic)'
        >>> encoding_of("a.csv", "Κοινότητα".encode())
        Encoding(name='utf-8', said='')

    """
    if forced is not None:
        return _forced(label, head, forced)
    name = next((name for bom, name in BOMS if head.startswith(bom)), None) or _unmarked_utf16(head)
    if name is None:
        if head.count(0) > len(head) / 100:
            raise _no_text(label)
        name = "utf-8" if _is_utf8(head) else _older(label, head)
    return Encoding(name, SAID[name])


def beginning_of(label: str, head: bytes, forced: str | None = None) -> str:
    """Return the beginning of a text without its mark, empty where it cannot be read as one; for telling what it is.

    Args:
        label: What messages call the text.
        head: Its first 64 KiB, or all of it.
        forced: What the user says it is: any of Python's names.

    Example:
        >>> beginning_of("a.csv", "Клиент;Сообщество".encode("cp1251"))
        'Клиент;Сообщество'

    """
    try:
        name = encoding_of(label, head, forced).name
    except InputError:
        return ""
    return head.decode(name, "replace").removeprefix("\ufeff")


def decoded(path: Path, encoding: Encoding, target: Path) -> int:
    """Write a text as UTF-8 without a mark.

    Returns:
        The number of damaged signs: bytes that the encoding does not have became U+FFFD.

    """
    decoder = codecs.getincrementaldecoder(encoding.name)(errors="replace")
    damage = 0
    first = True
    with path.open("rb") as stream, target.open("wb") as copy:
        while True:
            block = stream.read(BLOCK_BYTES)
            text = decoder.decode(block, final=not block)
            if first and text:
                text, first = text.removeprefix("\ufeff"), False
            damage += text.count("\ufffd")
            copy.write(text.encode("utf-8", errors="replace"))
            if not block:
                return damage


def damaged(text: str) -> bool:
    """Whether question marks stand where letters were: the text was saved in an encoding that lacks them.

    Three and more without a letter before them; a lone ``?`` and ``what???`` are what people write.

    Example:
        >>> damaged("??????? ????"), damaged("?? ???"), damaged("Ford ????"), damaged("Who???"), damaged("?")
        (True, True, True, False, False)

    """
    return "?" in text and QUESTION_MARKS.search(text) is not None


def _forced(label: str, head: bytes, forced: str) -> Encoding:
    """Check what the user says."""
    try:
        name = codecs.lookup(forced.strip()).name.replace("_", "-").removesuffix("-sig")
        bytes(8).decode(name, errors="replace")  # refuses base64 and its like
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as err:
        raise _no_encoding(forced) from err
    if name in NO_ENCODINGS:
        raise _no_encoding(forced)
    if head.count(0) > len(head) / 100 and not name.startswith(("utf-16", "utf-32")):
        raise _no_text(label)
    if name in {"utf-16", "utf-32"} and not any(head.startswith(bom) for bom, _ in BOMS):
        name += "-le"  # without a mark they are what Windows writes
    return Encoding(name, SAID.get(name, name))


def _no_encoding(forced: str) -> OptionError:
    return OptionError(f"--encoding: unknown text encoding {forced!r}", hint=f"common ones: {USUAL}")


def _no_text(label: str) -> InputError:
    return InputError(
        "this is not text",
        where=label,
        hint="give a table: CSV, TSV, JSON or Parquet; save workbooks as CSV UTF-8",
    )


def _unmarked_utf16(head: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every second byte is the small number of an alphabet."""
    pairs = len(head) // 2
    if 0 in head:
        first, second = (len(half) - len(half.translate(None, ALPHABETS)) for half in (head[::2], head[1::2]))
        if second > pairs * 0.5 and first < pairs * 0.2:
            return "utf-16-le"
        if first > pairs * 0.5 and second < pairs * 0.2:
            return "utf-16-be"
    return None


def _is_utf8(head: bytes) -> bool:
    """Whether a text is UTF-8; the head may end inside a letter, and a few lines may be damaged."""
    whole = len(head) < HEAD_BYTES
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        text = head.decode("utf-8", errors="replace")
        return len(text) - len(text.encode("ascii", errors="ignore")) > 4 * text.count("\ufffd")
    return True


def _older(label: str, head: bytes) -> str:
    """Choose among the encodings of Windows and Mac.

    Raises:
        InputError: None of them gives words.

    """
    if len(head) - len(head.translate(None, CONTROLS)) > len(head) / 50:
        raise _no_text(label)
    counted = letters.pairs(head)
    number = sum(counted.values())
    present = set(head.translate(None, ASCII))
    cells = CELLS.findall(head[:2000])[:8]
    scores = {
        codec: letters.score(codec, counted)
        + PER_HEADER * _headers(codec, cells)
        - PER_UNDEFINED * len(present & letters.undefined(codec))
        - RARE / number * (not codec.startswith("cp125"))
        for codec in letters.CODECS
    }
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < WORST and number >= ENOUGH:
        line = _first_fault(head)
        raise InputError(
            "the text is not UTF-8 (an older Windows or Mac encoding)",
            where=label,
            line=line,
            hint='give its encoding: --encoding cp1250; or save it in Excel as "CSV UTF-8 (comma delimited)"',
        )
    return best


def _headers(codec: str, cells: list[bytes]) -> int:
    """Count the cells that would be names of columns."""
    return sum(fold_header(cell.decode(codec, errors="replace")) in _names() for cell in cells)


@cache
def _names() -> frozenset[str]:
    return frozenset().union(*VOCABULARY.values())


def _first_fault(head: bytes) -> int:
    """Return the first line that is not UTF-8."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as err:
        return head.count(b"\n", 0, err.start) + 1
    return 1
