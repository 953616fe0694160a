"""Which kind of thing a sentence says: the one place of the golden corpus that knows how sentences are worded.

Messages that have a code show it. The others are texts: where a change of the program words one differently, its line
in ``KINDS`` follows; the golden texts stay. When all of them have a code, this file goes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from outreach.messages import en
from tests.golden.sentences import CODES, KINDS, PARTS, SILENT, SILENT_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PATTERNS = [(kind, re.compile(pattern, re.DOTALL)) for kind, pattern in KINDS.items()]
CODED = re.compile(r"⟨([^⟩]*)⟩(?:, .*| \(\d+ more such rows?\))?")
NOT_TOLD = re.compile("|".join((*SILENT, *(f"(?:.*: )?⟨{code}⟩\\.?" for code in SILENT_CODES))), re.DOTALL)
PASSED_OVER = re.compile(r"Skipped (?!\d+ )(?P<why>.*: .*)|.*: skipped \((?P<reason>.*)\)\.")
BEHIND = (" (", "; ")
"""What begins a hint behind a reason."""


def show_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let messages show their codes in place of their sentences."""
    for code in en.SENTENCES:
        if code != "sum" and (code in CODES or not code.startswith(PARTS)):
            monkeypatch.setitem(en.SENTENCES, code, f"⟨{CODES.get(code, code)}⟩")


@cache
def kind(sentence: str) -> str | None:
    """Return the kind of a sentence, with the number that it tells; None where nothing here knows it."""
    sentence = sentence.strip().removesuffix(".")
    if found := CODED.fullmatch(sentence):
        return found[1]
    for name, pattern in PATTERNS:
        if found := pattern.fullmatch(sentence):
            return " ".join([name, *filter(None, found.groups())])
    return None


def placed_kind(sentence: str) -> str | None:
    """Return the kind of a sentence behind what it is about: ``likes.csv, line 7: the sentence``."""
    rest = sentence
    while True:
        if (found := kind(rest)) is not None or ": " not in rest:
            return found
        rest = rest.partition(": ")[2]


def known(found: str | None, sentence: str) -> str:
    assert found is not None, f"name its kind in tests/golden/sentences.py: {sentence}"
    return found


def error_kind(sentence: str) -> str:
    """Return the kind of an error."""
    return known(placed_kind(sentence), sentence)


def reason_kind(sentence: str) -> str:
    """Return the kind of a reason for which a row was rejected or a file was passed over, a hint behind it or not."""
    found = placed_kind(sentence)
    rest = sentence
    while found is None and any(sign in rest for sign in BEHIND):
        rest = rest[: max(map(rest.rfind, BEHIND))]
        found = placed_kind(rest)
    return known(found, sentence)


def shape_kind(words: str) -> str:
    """Return the kind of a shape as ``check`` calls it."""
    return known(kind(words), words)


def remark_kinds(stderr: str) -> Iterator[str]:
    """Yield the kinds of the remarks, without what the golden text tells by itself."""
    for line in stderr.splitlines():
        if not line.strip() or line.startswith(("Error: ", "Hint: ")) or NOT_TOLD.fullmatch(line):
            continue
        if (found := PASSED_OVER.fullmatch(line)) is not None:
            yield f"passed over: {reason_kind(found['why'] or found['reason'])}"
        elif (found := placed_kind(line)) is not None:
            yield found
        else:
            yield from understood(line)


def understood(line: str) -> Iterator[str]:
    """Yield the kinds of what was noted when a table was read: ``likes.csv: cp1251; customer = Client; a note``."""
    parts = line.split("; ")
    at = 0
    while at < len(parts):
        longest = ("; ".join(parts[at:end]) for end in range(len(parts), at, -1))
        for part in longest:
            if NOT_TOLD.fullmatch(part):
                break
            if (found := placed_kind(part)) is not None:
                yield found
                break
        else:
            part = known(None, parts[at])
        at += part.count("; ") + 1
