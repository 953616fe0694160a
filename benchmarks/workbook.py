"""Time reading an Excel workbook of likes against python-calamine giving the same cells as Python's own values.

All run in processes of their own, in turn; imports are not counted.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CONTENDERS: Final = {
    "calamine": "python-calamine, `to_python()`",
    "table": "the cells as a table in our engine",
    "likes": "who likes which place: with keys, each pair once",
}
PLACES: Final = 27_000
CUSTOMERS: Final = 6_000


def generate(path: Path, rows: int) -> None:
    """Write who follows what: customer, address, subscribers."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("likes")
        sheet.write_row(0, 0, ["customer", "resource", "subscribers"])
        for row in range(1, rows + 1):
            place = row * 7919 % PLACES
            site = "https://t.me" if place % 3 else "https://vk.com"
            sheet.write_row(row, 0, [f"c{row % CUSTOMERS}", f"{site}/name_{place}", 1000 + place * 7919 % 900_000])


def calamine(path: Path, rows: int) -> float:
    """Return the seconds that calamine takes."""
    from python_calamine import CalamineWorkbook

    start = time.perf_counter()
    found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    seconds = time.perf_counter() - start
    expect(len(found), rows + 1)
    return seconds


def table(path: Path, rows: int) -> float:
    """Return the seconds until the engine has the cells, the checks of the file included."""
    import duckdb  # noqa: F401  # imports are not counted
    import python_calamine  # noqa: F401  # imports are not counted

    import outreach.likes.plain.tabs  # noqa: F401
    from outreach.engine import Engine
    from outreach.likes.counts import count
    from outreach.likes.executors import executors_of
    from outreach.likes.planning import tables_in

    with Engine() as engine:
        start = time.perf_counter()
        ((found,), _) = tables_in(engine, [path])
        executors = executors_of(engine, [found])
        seconds = time.perf_counter() - start
        expect(count(engine, [found], executors).usable()[0], rows)
    return seconds


def likes(path: Path, rows: int) -> float:
    """Return the seconds from the file to the likes table."""
    import duckdb  # noqa: F401  # imports are not counted
    import python_calamine  # noqa: F401  # imports are not counted

    import outreach.likes.plain.tabs
    import outreach.likes.remarks  # noqa: F401
    from outreach.engine import Engine
    from outreach.likes import read

    with Engine() as engine:
        start = time.perf_counter()
        found = read(engine, [path])
        seconds = time.perf_counter() - start
        if found.rejected_count or not 0 < found.customers <= min(rows, CUSTOMERS):
            raise SystemExit(f"{found.customers} customers and {found.rejected_count} rejected rows were read")
    return seconds


def expect(found: int, wanted: int) -> None:
    if found != wanted:
        raise SystemExit(f"{found} rows were read, not {wanted}")


def measure(name: str, path: Path, rows: int) -> float:
    """Run one contender in a process of its own."""
    command = [sys.executable, __file__, "--child", name, str(path), str(rows)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def compare(rows: int, rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as folder:
        path = Path(folder) / "likes.xlsx"
        generate(path, rows)
        runs: dict[str, list[float]] = {name: [] for name in CONTENDERS}
        for _ in range(rounds):
            for name, measured in runs.items():
                measured.append(measure(name, path, rows))
    base = statistics.median(runs["calamine"])
    print(f"{rows:,} likes; the middle of {rounds}\n\n| what | seconds | × calamine |\n| --- | ---: | ---: |")
    for name, measured in runs.items():
        seconds = statistics.median(measured)
        print(f"| {CONTENDERS[name]} | {seconds:.2f} | {seconds / base:.2f} |")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("python-calamine", "duckdb"))
    print(f"\nPython {platform.python_version()}, {versions}; {platform.system()}, {os.cpu_count()} CPUs")


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        sys.path.insert(0, str(ROOT))  # run as a file, Python looks for modules beside it only
        _, name, path, rows = arguments
        print({"calamine": calamine, "table": table, "likes": likes}[name](Path(path), int(rows)))
        return
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        compare(options.rows, options.rounds)
    except subprocess.CalledProcessError as err:
        raise SystemExit(err.stderr or str(err)) from err


if __name__ == "__main__":
    main(sys.argv[1:])
