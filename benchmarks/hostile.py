"""Read small files that are made to cost much, each in a process of its own, and tell the processor seconds of each.

``README.md`` beside this file says what is made.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
MOST_BYTES: Final = 100_000
MOST_SECONDS: Final = 5.0
NAMESPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
UNPACKED_BYTES: Final = 13_000_000  # of very short lines
TAIL: Final = 120_000
SEED: Final = 3
SIGNS: Final = {
    "line ends": "\n", "carriage returns": "\r", "blanks": " ", "tabs": "\t", "semicolons": ";", "commas": ",",
    "slashes": "/", "dots": ".", "ats": "@", "digits": "1", "letters": "a", "colons": "a:", "dashes": "- ",
    "brackets": "(", "quotes": "«", "double quotes": '"', "lists": "[", "objects": '{"a":', "tags": "<table><tr><td>",
    "words": "подписчики ", "pairs": "a b\n", "outlines": "<outline ", "buttons": "Follow\nname\n",
}  # fmt: skip
"""What a text may hold and nothing else."""


def cell(text: str, repeated: int = 1) -> str:
    """Return a cell of an OpenDocument sheet."""
    told = f'table:number-columns-repeated="{repeated}" office:value-type="string"'
    return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"


def row(cells: str, repeated: int = 1) -> str:
    """Return a row of an OpenDocument sheet."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def zipped(members: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a ZIP archive."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def ods(*rows: str) -> bytes:
    """Return an OpenDocument workbook of one sheet."""
    sheet = f'<table:table table:name="a">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    return zipped(
        [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<manifest/>"),
            ("content.xml", f"<office:document-content {NAMESPACES}>{body}</office:document-content>"),
        ]
    )


def xlsx(cells: Iterable[tuple[int, int, str]]) -> bytes:
    """Return an Excel workbook with these cells."""
    import xlsxwriter  # type: ignore[import-untyped]  # has no types

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, column, text in cells:
            sheet.write_string(at, column, text)
    return made.getvalue()


def files() -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of files of less than 100 kB that were slow, or are of a kind that was."""
    header, body = row(cell("customer") + cell("resource")), row(cell("Anna") + cell("t.me/smm_riga"))
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    for name, sign in SIGNS.items():
        yield f"{name}.txt", (sign * (MOST_BYTES // len(sign.encode()) - 1)).encode()
    yield "blanks inside.txt", b"Anna:" + b" " * 90_000 + b"t.me/smm_riga"
    yield "repeated columns.ods", ods(header, row(cell("Anna") + cell("t.me/smm_riga", 16_000), 400))
    yield "repeated column.ods", ods(header, row(cell("x", 7_900_000)))
    yield "repeated rows.ods", ods(header, row(cell("Anna") + cell("t.me/smm_riga"), 3_900_000))
    yield "empty columns.ods", ods(header, row(empty + cell("t.me/x"), 400))
    yield "empty rows.ods", ods(header, row("<table:table-cell/>", 1_000_000), body)
    pair = [(0, 0, "customer"), (0, 1, "resource"), (1, 0, "Anna"), (1, 1, "t.me/smm_riga")]
    yield "far cell.xlsx", xlsx([*pair, (480, 16_383, "x")])
    yield "far row.xlsx", xlsx([*pair, (1_048_575, 6, "x")])
    yield "wide.csv", b"customer,resource" + b"," * 97_000 + b"\nAnna,t.me/smm_riga\n"
    yield "wide short.csv", b"a," * 40_000 + b"\n" + b"t," * 9_000
    yield "wide names.csv", ",".join(f"c{at}" for at in range(13_000)).encode() + b"\nAnna,t.me/smm_riga\n"
    yield "wide.html", b"<html><table><tr>" + b"<td>a" * 18_000 + b"</table>"
    ones = "1," * 4_000
    places = ",".join(f"t.me/c{at}" for at in range(4_000))
    yield "matrix.csv", f"customer,{places}\nAnna,{ones}\nBoris,{ones}\n".encode()
    yield "keys.json", ("[{" + ",".join(f'"k{at}":"t.me/a{at}"' for at in range(4_500)) + "}]").encode()
    yield "deep.json", b"[" * 49_000 + b"]" * 49_000
    yield "members.zip", zipped((f"{at}.csv", "t.me/smm_riga\n") for at in range(700))
    yield "archive in archive.zip", zipped([("a.zip", zipped((f"{at}.csv", "t.me/smm_riga\n") for at in range(700)))])
    yield "large member.zip", zipped([("a.csv", "customer,resource\n" + "Anna,t.me/smm_riga\n" * 400_000)])
    tail = "".join(random.Random(SEED).choices("abcdefgh,\n", k=TAIL))  # noqa: S311 - else it is refused as a bomb
    for name, line in (("short lines", "a\n"), ("comma lines", ",\n"), ("short pairs", "a,b\n")):
        yield f"{name}.csv.gz", gzip.compress((line * (UNPACKED_BYTES // len(line)) + tail).encode())
    yield "large.csv.gz", gzip.compress(b"t.me/smm_riga\n" * 500_000)


def seconds_of(folder: Path, path: Path) -> float:
    """Return the processor seconds that ``outreach rank`` takes for a file."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "outreach", "rank", path.name],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Measure; fail where a file takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="files whose name has this in it")
    parser.add_argument("--most", type=float, default=MOST_SECONDS, help="processor seconds that a file may take")
    given = parser.parse_args()
    most = given.most
    slow = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files():
            if given.only not in file:
                continue
            (folder / file).write_bytes(content)
            if len(content) > MOST_BYTES:
                sys.exit(f"{file}: {len(content):,} bytes are no small file")
            taken = seconds_of(folder, folder / file)
            slow += taken > most
            print(
                f"{taken:6.2f} s {'TOO SLOW' if taken > most else '        '} {len(content):6,} bytes  {file}",
                flush=True,
            )
    sys.exit(f"{slow} files take longer than {most:g} s" if slow else 0)


if __name__ == "__main__":
    main()
