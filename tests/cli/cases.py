"""Ways in which things go wrong at the command line, and the one walk that judges them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from outreach.tables import RANKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LABEL = "SECRETLABEL"
TEXT = "secret_text"
OLD = ",".join(RANKING.names).encode() + b"\nthe ranking of last week\n"
HEADER = "customer,resource\n"
ROW = f"{LABEL},t.me/{TEXT}\n"
LIKES = HEADER + ROW + f"{LABEL} 2,t.me/{TEXT}\n"
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs pipes, signals and permissions as on Linux and macOS")
SLOW = pytest.mark.slow
NO_WAY_OUT_NEEDED = {"full disk", "--same-as that is not there"}


@dataclass(frozen=True)
class Outcome:
    code: int
    stdout: bytes
    stderr: str


@dataclass(frozen=True)
class Case:
    """One way in which things go wrong.

    ``says`` is the whole sentence behind "Error: ", or, where the exit code is 0, a text that a remark holds.
    ``overlap`` is what the one place listed has when all goes well. Large files are made when they are needed.
    """

    name: str
    code: int
    says: str
    files: dict[str, bytes | str | Callable[[], bytes]] = field(default_factory=dict)
    args: tuple[str, ...] = ("likes.csv",)
    overlap: int | None = None
    act: Callable[[Path], Outcome] | None = None
    marks: tuple[pytest.MarkDecorator, ...] = ()


def written(files: dict[str, bytes | str | Callable[[], bytes]], folder: Path) -> None:
    """Write the files of a case."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        made = content() if callable(content) else content
        path.write_bytes(made.encode() if isinstance(made, str) else made)


def judge(case: Case, outreach: Callable, folder: Path) -> None:
    """Run ``outreach rank`` on a case, and hold what it does against what is promised."""
    written(case.files, folder)
    output = folder / "out.csv"
    output.write_bytes(OLD)

    if case.act is not None:
        outcome = case.act(folder)
    else:
        there = () if "-o" in case.args else ("-o", "out.csv")
        smallest = () if "--min-subscribers" in case.args else ("--min-subscribers", "0")
        result = outreach("rank", *case.args, *smallest, *there)
        outcome = Outcome(result.exit_code, result.stdout_bytes, result.stderr)

    assert outcome.code == case.code, outcome.stderr
    assert "Traceback" not in outcome.stderr, outcome.stderr
    assert LABEL not in outcome.stderr, outcome.stderr
    assert TEXT not in without_best(outcome.stderr), outcome.stderr
    lines = outcome.stderr.splitlines()
    if case.code == 0:
        assert case.says in outcome.stderr, outcome.stderr
        assert not any(line.startswith("Error: ") for line in lines), outcome.stderr
    elif case.code == 130:
        assert case.says in lines, outcome.stderr
    else:
        assert [line for line in lines if line.startswith("Error: ")] == [f"Error: {case.says}"], outcome.stderr
        assert case.code == 2 or case.name in NO_WAY_OUT_NEEDED or lines[-1].startswith("Hint: "), outcome.stderr
    if case.overlap is None:
        assert output.read_bytes() == OLD
    else:
        places = output.read_text(encoding="utf-8").splitlines()[1:]
        assert [int(place.split(",")[6]) for place in places] == [case.overlap], places
    assert not list(folder.glob(".outreach-*")), "a half-written file is left"


def without_best(stderr: str) -> str:
    """Return what is said apart from the places: those that are hidden or next are named, as in the table."""
    return "\n".join(line for line in stderr.splitlines() if not line.startswith(("Hidden: ", "Next: ")))
