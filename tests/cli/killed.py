"""A program that kills whole commands at many points of their work, and judges what each left and what the next makes.

``python killed.py FOLDER POINTS [COMMAND [FAULT]]``: a line of JSON for each command that gets some of the points, one
for each kill, and one with the processor's seconds at the end. With fewer points than commands the first ones get one
each. FAULT is one of ``FAULTS``, which the judge is to find.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import event
from sqlalchemy.pool import Pool

from outreach.cli import COMMANDS
from outreach.cli import main as outreach
from tests.cli.killed_commands import ALL, FAULTS, LEDGER, LOOKS, TYPED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cli.killed_commands import Command

HOURS = 2 * 3600
DAYS = 2 * 24 * 3600
BY_THE_CLOCK = 6  # one kill of so many
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.utime", "shutil.rmtree",
            "shutil.copyfile", "shutil.move", "tempfile.mkdtemp", "sqlite3.connect")  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LEFT = re.compile(r"\.outreach-[0-9a-f]{16}\.tmp").fullmatch
RANDOM = re.compile(r"\b[0-9a-f]{32,64}\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.\d]*)(?:Z|\+\d\d:?\d\d)?")
OFTEN = 10**9


@dataclass
class Ticker:
    """Counts what changes something on the disk, and ends the process before one of it."""

    point: int = OFTEN
    states: Path | None = None
    passed: int = 0
    committed: bool = True
    quiet: bool = False

    def tick(self) -> None:
        if self.quiet:
            return
        self.passed += 1
        if self.passed == self.point:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.committed and self.states is not None:
            self.keep()

    def keep(self) -> None:
        """Keep the ledger as it is between two transactions."""
        self.quiet, self.committed = True, False
        if Path(LEDGER).exists():
            shutil.copyfile(LEDGER, self.states / f"{self.passed}.db")
        self.quiet = False

    def audited(self, name: str, about: tuple) -> None:
        if name in CHANGING or (name == "open" and isinstance(about[2], int) and about[2] & WRITING):
            self.tick()

    def traced(self, sql: str) -> None:
        self.tick()
        self.committed = self.committed or sql.lower().startswith(("commit", "vacuum"))

    def listen(self) -> None:
        """Hear everything; only a process that ends can stop it."""
        for name in ("fsync", "write", "close"):
            setattr(os, name, self.before(getattr(os, name)))
        event.listen(Pool, "connect", lambda opened, _record: opened.set_trace_callback(self.traced))
        sys.addaudithook(self.audited)

    def before(self, call: Callable) -> Callable:
        def counted(*args):
            self.tick()
            return call(*args)

        return counted


@dataclass
class Place:
    """Where a command runs: its folder, the user's folder, and one for temporary files."""

    root: Path
    work: Path = field(init=False)
    settings: Path = field(init=False)
    temporary: Path = field(init=False)

    def __post_init__(self) -> None:
        self.work, self.settings, self.temporary = (self.root / name for name in ("work", "settings", "temporary"))
        for folder in (self.work, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)

    def copied(self, root: Path) -> Place:
        shutil.copytree(self.root, root)
        return Place(root)

    def enter(self) -> None:
        os.umask(0o022)
        os.chdir(self.work)
        os.environ |= {"TMPDIR": str(self.temporary), "OUTREACH_CONFIG_DIR": str(self.settings)}
        tempfile.tempdir = None

    def ledger(self) -> tuple[str, dict[str, str]] | None:
        """Return everything that the ledger holds and its settings, None where there is none yet; from a copy."""
        if not (self.work / LEDGER).exists():
            return None
        copy = self.root / "copy.db"
        for end in ("", "-journal"):
            Path(f"{copy}{end}").unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(self.work / f"{LEDGER}{end}", f"{copy}{end}")
        return dumped(copy)

    def files(self) -> dict[str, object]:
        """Return what all files but the ledger hold."""
        found = (path for path in self.work.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.work)): content(path)
            for path in found
            if not path.name.startswith(LEDGER) and not LEFT(path.name)
        }

    def modes(self) -> dict[str, int]:
        found = (path for path in self.root.glob("[ws]*/**/*") if path.is_file() and not LEFT(path.name))
        return {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}

    def left(self) -> list[Path]:
        return [path for path in self.root.glob("[ws]*/**/.*.tmp") if LEFT(path.name)]

    def secrets(self) -> dict[str, str]:
        folder = self.settings / "secrets"
        return {path.name: path.read_text().strip() for path in folder.glob("*") if not LEFT(path.name)}


def dumped(path: Path) -> tuple[str, dict[str, str]] | None:
    """Return a database as text in which moments and random numbers are told by their order, and its settings."""
    with sqlite3.connect(path) as connection:
        whole = connection.execute("pragma integrity_check").fetchone()[0]
        rows = "\n".join(connection.iterdump())
        there = "CREATE TABLE settings" in rows
        settings = dict(connection.execute("select name, value from settings")) if there else {}
    connection.close()
    if whole != "ok":
        return whole, {}
    if rows == "BEGIN TRANSACTION;\nCOMMIT;":
        return None
    numbers: dict[str, str] = {}
    rows = RANDOM.sub(lambda found: numbers.setdefault(found[0], f"<{len(numbers)}>"), MOMENT.sub("<moment>", rows))
    return rows, settings


def content(path: Path) -> object:
    """Return what a file holds for a person: the cells of a workbook, a text without moments."""
    data = path.read_bytes()
    if path.suffix != ".xlsx":
        return MOMENT.sub("<moment>", data.decode("utf-8", "replace"))
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
    except Exception as err:  # noqa: BLE001 - whatever a half workbook raises
        return f"no workbook: {err}"
    return {sheet.title: MOMENT.sub("<moment>", repr(list(sheet.values))) for sheet in book}


def run(command: Command, place: Place, ticker: Ticker | None = None, *, seconds: float | None = None) -> int | None:
    """Run a command in a process of its own; return its exit code, None if it was killed."""
    if (child := os.fork()) == 0:
        code = 70
        try:
            code = inside(command, place, ticker)
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)  # it is not waited for yet, so that the number is its own
    _, status = os.waitpid(child, 0)
    return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


def inside(command: Command, place: Place, ticker: Ticker | None) -> int:
    place.enter()
    command.patch()
    (place.root / "stdin").touch()
    for number, (name, flags) in enumerate([("stdin", os.O_RDONLY), *[(one, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
                                            for one in ("stdout", "stderr")]]):  # fmt: skip
        os.dup2(os.open(place.root / name, flags), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode) for number, mode in enumerate("rww"))  # noqa: SIM115, PTH123
    modules = set(sys.modules)
    if ticker:
        ticker.listen()
    try:
        outreach(list(command.args), prog_name="outreach")
    except SystemExit as end:
        code = int(end.code or 0)
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()
    if ticker and ticker.states:
        ticker.quiet = True
        about = {"events": ticker.passed, "modules": sorted(set(sys.modules) - modules)}
        (place.root / "told").write_text(json.dumps(about))
    return code


@dataclass
class Known:
    """What a command does when nobody disturbs it, once and twice."""

    start: Place
    before: dict[str, object]
    after: list[dict[str, object]]
    states: list
    ends: list
    codes: list[int]
    modes: dict[str, set[int]]
    events: int
    seconds: float


def known(command: Command, root: Path) -> Known:
    """Prepare a command and run it twice without a kill."""
    start = Place(root / "start")
    if (child := os.fork()) == 0:
        code = 1
        try:
            start.enter()
            for number in (1, 2):
                os.dup2(os.open(root / "prepared", os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
            command.prepare()
            shutil.rmtree(start.temporary)
            start.temporary.mkdir()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0, (command.name, (root / "prepared").read_text())
    (start.root / "stdin").write_bytes((start.work / "stdin").read_bytes() if (start.work / "stdin").exists() else b"")
    whole, snapshots = start.copied(root / "whole"), root / "states"
    snapshots.mkdir()
    ticker = Ticker(states=snapshots)
    codes = [run(command, whole, ticker)]
    told = json.loads((whole.root / "told").read_text())
    for name in told["modules"]:
        with suppress(Exception):
            importlib.import_module(name)
    after, ends = [whole.files()], [whole.ledger()]
    kept = [dumped(path) for path in snapshots.iterdir()]
    modes = {name: {mode} for name, mode in whole.modes().items()}
    for name, mode in start.modes().items():
        modes.setdefault(name, set()).add(mode)
    again = whole.copied(root / "again")
    began = time.monotonic()
    codes.append(run(command, again))
    took = time.monotonic() - began
    after.append(again.files())
    ends.append(again.ledger())
    assert codes[0] == 0, (command.name, codes, (whole.root / "stderr").read_text())
    states = [start.ledger(), *kept, ends[0]]
    return Known(start, start.files(), after, states, ends, codes, modes, told["events"], took)


def texts(states: Sequence) -> list[str | None]:
    return [state and state[0] for state in states]


def wrong_after_kill(place: Place, what: Known) -> list[str]:
    """Name what is not as it shall be right after a kill."""
    wrong = []
    for name, found in place.files().items():
        allowed = [files[name] for files in (what.before, what.after[0]) if name in files]
        if found not in allowed:
            wrong.append(f"{name} is {'half' if allowed else 'stray'}")
        if TYPED in repr(what.before.get(name)) and TYPED not in repr(found):
            wrong.append(f"{name} lost typed cells")
    wrong += [f"{name} is lost" for name in what.before if name not in place.files()]
    state = place.ledger()
    if (state and state[0]) not in texts(what.states):
        wrong.append("the ledger is between two transactions")
    return wrong + wrong_secret(place, state) + wrong_modes(place, what)


def wrong_secret(place: Place, state: tuple[str, dict[str, str]] | None) -> list[str]:
    """Tell a ledger that lacks its secret; the check of it is computed apart from the program."""
    settings = state[1] if state else {}
    if "ledger id" not in settings or "key of hashes" in settings:
        return []
    ledger_id = settings["ledger id"]
    if (secret := place.secrets().get(ledger_id)) is None:
        return ["the secret is lost"] * (not (place.root / "elsewhere").exists())
    key = bytes.fromhex(secret)
    mark = hashlib.blake2b(ledger_id.encode(), key=key, digest_size=16, person=b"check of secret").hexdigest()
    return [] if mark == settings["check of secret"] else ["the secret does not fit"]


def wrong_modes(place: Place, what: Known) -> list[str]:
    wrong = []
    for name, mode in place.modes().items():
        private = name.startswith(LEDGER) or name in place.secrets()
        if mode not in ({0o600} if private else what.modes.get(name, {mode})):
            wrong.append(f"{'secret' if name in place.secrets() else name} has the mode {mode:o}")
    wrong += ["a file left in the user's folder may be read by others" for path in place.left()
              if place.settings in path.parents and stat.S_IMODE(path.stat().st_mode) != 0o600]  # fmt: skip
    return wrong


def wrong_at_the_end(command: Command, place: Place, what: Known) -> list[str]:
    """Run a command once more, two hours later, and name what is not as it shall be then."""
    for path in place.left():
        os.utime(path, (time.time() - HOURS,) * 2)
    (place.root / "stderr").unlink(missing_ok=True)
    code = run(command, place)
    wrong = [] if code in what.codes else [f"the next run ends with {code}: {(place.root / 'stderr').read_text()}"]
    files = place.files()
    wrong += [
        f"{name} differs after the next run"
        for name in {*files, *what.after[0], *what.after[1]}
        if files.get(name) not in [one.get(name) for one in what.after]
    ]
    state = place.ledger()
    if (state and state[0]) not in texts(what.ends):
        wrong.append("the ledger differs after the next run")
    wrong += [f"{path.parent.name}/.outreach-….tmp stays" for path in place.left()]
    return wrong + wrong_secret(place, state) + wrong_modes(place, what) + wrong_temporary(place)


def wrong_temporary(place: Place) -> list[str]:
    """Have a command start that makes a private folder; nothing else may be in the folder for temporary files then."""
    if not any(place.temporary.iterdir()):
        return []
    run(LOOKS, place)
    found = [path for path in place.temporary.iterdir() if not is_trial(path)]
    wrong = [f"{path.name[:9]}… stays among temporary files" for path in found if not is_empty(path)]
    for path in found:
        os.utime(path, (time.time() - DAYS,) * 2)
    run(LOOKS, place)
    empty = "an empty private folder stays for ever"
    return wrong or ([empty] if any(path.exists() for path in found) else [])


def is_trial(path: Path) -> bool:
    """Whether Python was trying out, when it was killed, whether the folder can be written to."""
    return bool(re.fullmatch("[a-z0-9_]{8}", path.name)) and path.is_file() and path.read_bytes() in (b"", b"blat")


def is_empty(path: Path) -> bool:
    """Whether a private folder holds no more than a lock that nobody got round to."""
    return path.is_dir() and all(one.name == ".outreach-lock" and not one.stat().st_size for one in path.iterdir())


def killed(command: Command, root: Path, what: Known, point: int, seconds: float | None) -> dict:
    """Kill a command at one point; return what is said of it."""
    place = what.start.copied(root)
    code = run(command, place, Ticker(point) if seconds is None else None, seconds=seconds)
    spare = len(place.left())
    temporary = sorted({path.name[:9] for path in place.temporary.iterdir()})
    wrong = wrong_after_kill(place, what)
    wrong += wrong_at_the_end(command, place, what)
    keys = len(place.secrets()) - ("ledger id" in (place.ledger() or ("", {}))[1])
    if not wrong:
        shutil.rmtree(root)
    return {"command": command.name, "point": point if seconds is None else f"{seconds:.3f} s", "killed": code is None,
            "left": spare, "temporary": temporary, "secrets too many": max(0, keys), "wrong": wrong}  # fmt: skip


def kills(command: Command, root: Path, number: int, chance: random.Random) -> None:
    """Kill a command so many times."""
    what = known(command, root)
    about = {"command": command.name, "events": what.events, "transactions": len({*texts(what.states)}) - 1}
    tell({**about, "codes": what.codes, "seconds": round(what.seconds, 3)})
    by_clock = number // BY_THE_CLOCK
    for turn in range(number):
        share = (turn + 0.5) / (number - by_clock)
        seconds = None if turn < number - by_clock else chance.random() * what.seconds
        tell(killed(command, root / str(turn), what, 1 + int(share * what.events), seconds))


def tell(about: dict) -> None:
    sys.stdout.write(json.dumps(about) + "\n")
    sys.stdout.flush()


def main(folder: Path, points: int, only: str = "", fault: str = "none") -> None:
    sys.dont_write_bytecode = True
    FAULTS[fault]()
    importlib.import_module("duckdb")
    for name in COMMANDS:
        importlib.import_module(f"outreach.cli.{name}")
    chance = random.Random(12)  # noqa: S311 - the same points each time
    commands = [command for command in ALL if only in ("", command.name)]
    shares = Counter(number % len(commands) for number in range(points))
    for number, share in shares.items():
        kills(commands[number], folder / str(number), share, chance)
    import resource  # which Windows lacks

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    tell({"processor": round(sum(one.ru_utime + one.ru_stime for one in used), 1)})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]), *sys.argv[3:])
