"""Bad input gets a sentence: what, where, the way out. Never a traceback, a customer's label or a row's text."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.cases import HEADER, LABEL, LIKES, POSIX, ROW, SLOW, TEXT, Case, Outcome, judge

if TYPE_CHECKING:
    from collections.abc import Callable


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", LIKES)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"customer": [LABEL] * 1000, "resource": [f"t.me/{TEXT}{n}" for n in range(1000)]}), stream)
    return stream.getvalue()


def environment(**more: str) -> dict[str, str]:
    """Return this environment, in which a process in another folder finds the package, installed or not."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more}


def program(args: tuple[str, ...], temporary: str | None = None, **options) -> subprocess.Popen[bytes]:
    """Start the command line in a process of its own, where Ctrl-C is heard."""
    hear = (lambda: signal.signal(signal.SIGINT, signal.default_int_handler)) if os.name != "nt" else None
    return subprocess.Popen(
        [sys.executable, "-m", "outreach", "rank", *args, "--min-subscribers", "0"],
        stderr=subprocess.PIPE,
        env=environment(TMPDIR=temporary) if temporary else environment(),
        preexec_fn=hear,  # noqa: PLW1509 - no threads are started before
        **options,
    )


def no_permission(folder: Path) -> Outcome:
    """Read a file of somebody else; root may read everything, so he becomes nobody."""
    from click.testing import CliRunner

    from outreach.cli import main

    (folder / "likes.csv").write_text(LIKES)
    CliRunner().invoke(main, ["rank", "likes.csv"])  # imports everything while that is allowed
    folder.chmod(0o777)
    (folder / "likes.csv").chmod(0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        result = CliRunner().invoke(main, ["rank", "likes.csv", "-o", "out.csv"])
    finally:
        if root:
            os.seteuid(0)
    return Outcome(result.exit_code, result.stdout_bytes, result.stderr)


def reader_leaves(_: Path) -> Outcome:
    """``outreach rank likes.csv | head -n 1``."""
    Path("likes.csv").write_text(HEADER + "".join(f"{LABEL},t.me/{TEXT}{n}\n" for n in range(20_000)))
    with program(("likes.csv",), stdout=subprocess.PIPE) as process:
        first = process.stdout.readline()
        process.stdout.close()
        stderr = process.stderr.read().decode()
    return Outcome(process.returncode, first, stderr)


def nobody_reads_remarks(_: Path) -> Outcome:
    """``outreach rank likes.csv -o new.csv 2>&1 | true``: the file is written all the same."""
    Path("likes.csv").write_text(LIKES)
    with program(("likes.csv", "-o", "new.csv"), stdout=subprocess.DEVNULL) as process:
        process.stderr.close()
    return Outcome(process.returncode, Path("new.csv").read_bytes(), "")


def as_a_shell_sees_it(code: int) -> int:
    """Return the exit code in a shell: Python ends by the signal itself if a C library was running Python code."""
    return 128 - code if code < 0 else code


def ctrl_c(_: Path) -> Outcome:
    """Ctrl-C while half a million addresses are read; nothing is left behind."""
    with Path("likes.csv").open("w") as file:
        file.write(HEADER)
        file.writelines(f"{LABEL},https://www.example{n}.org/{TEXT}\n" for n in range(600_000))
    Path("temporary").mkdir()
    process = program(("likes.csv", "-o", "out.csv"), temporary="temporary", stdout=subprocess.PIPE)
    while not any(Path("temporary").iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert not any(Path("temporary").iterdir()), "temporary files are left"
    return Outcome(as_a_shell_sees_it(process.returncode), stdout, stderr.decode())


def ctrl_c_at_a_pipe(_: Path) -> Outcome:
    """Ctrl-C while standard input has not ended yet."""
    process = program(("-", "-o", "out.csv"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(LIKES.encode())
    process.stdin.flush()
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    return Outcome(as_a_shell_sees_it(process.returncode), stdout, stderr.decode())


def from_a_pipe(_: Path) -> Outcome:
    """``outreach rank <(cat likes.csv)``."""
    from click.testing import CliRunner

    from outreach.cli import main

    os.mkfifo("likes.csv")
    writer = threading.Thread(target=lambda: Path("likes.csv").write_text(LIKES))
    writer.start()
    result = CliRunner().invoke(main, ["rank", "likes.csv", "--min-subscribers", "0", "-o", "out.csv"])
    writer.join()
    return Outcome(result.exit_code, result.stdout_bytes, result.stderr)


def long_line(*, only: bool) -> Callable[[Path], Outcome]:
    """Read a line of 200 MB, and measure the memory."""

    def act(_: Path) -> Outcome:
        measured = (
            "import resource, sys\n"
            "from pathlib import Path\n"
            "from outreach.cli import main\n"
            "try:\n"
            "    main(['rank', 'likes.csv', '--min-subscribers', '0', '-o', 'out.csv'])\n"
            "finally:\n"
            "    status = Path('/proc/self/status')\n"  # ru_maxrss begins with the peak of the test's own process
            "    if status.exists():\n"
            "        print(int(status.read_text().split('VmHWM:')[1].split()[0]) // 1024)\n"
            "    else:\n"
            "        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20)\n"
        )
        with Path("likes.csv").open("wb") as file:
            file.write(b"" if only else (HEADER + ROW).encode())
            for _ in range(200):
                file.write(b"secrets, " * 116_508)
            file.write(b"" if only else f"\n{LABEL} 2,t.me/{TEXT}\n".encode())
        done = subprocess.run([sys.executable, "-c", measured], capture_output=True, check=False, env=environment())
        Path("likes.csv").unlink()
        peak_mb = int(done.stdout.split()[-1])
        assert peak_mb < 300
        return Outcome(done.returncode, b"", done.stderr.decode())

    return act


NOT_TEXT = "likes.csv: this is not text"
NO_CUSTOMER = "likes.csv: no column has the customer"
CUT_GZIP = "likes.csv.gz: the gzip file is cut off or damaged"
FOLLOWERS = "this is a table of followers, not of follows"
NOT_USABLE = (
    "likes.csv: none of the 1 rows can be used; most often (1): "
    "not a Telegram name: 4 to 32 letters, digits and underscores, a letter first"
)
ENDINGS = ".csv, .tsv, .json, .jsonl, .ndjson, .md, .markdown, .xlsx, .svg, .png, .html"
GOOD = {"likes.csv": LIKES}

CASES = (
    # what is not there, or empty
    Case("missing file", 3, "likes.csv: no such file or folder"),
    Case(
        "an address",
        3,
        "https://example.com/likes.csv: no such file or folder",
        args=("https://example.com/likes.csv",),
    ),
    Case("folder without tables", 3, "lists: no tables in this folder", {"lists/photo.png": "x"}, ("lists",)),
    Case("empty file", 3, "likes.csv: the file is empty", {"likes.csv": ""}),
    Case("white space only", 3, "likes.csv: the file is empty", {"likes.csv": " \n\n\t\n"}),
    Case("header only", 3, "likes.csv: it has a header and no rows", {"likes.csv": HEADER}),
    Case(
        "gzip of nothing",
        3,
        "likes.csv.gz: the file inside is empty",
        {"likes.csv.gz": gzip.compress(b"")},
        ("likes.csv.gz",),
    ),
    Case("no paths", 2, "Give the files with your customers' lists.", args=()),
    # what is something else
    Case("binary junk", 3, NOT_TEXT, {"likes.csv": bytes(range(256)) * 100}),
    Case(
        "ZIP named .csv",
        3,
        "likes.csv: this is a ZIP archive, not a table",
        {"likes.csv": zipped()},
    ),
    Case(
        "ZIP named .xlsx",
        3,
        "likes.xlsx: this is a ZIP archive, not a table",
        {"likes.xlsx": zipped()},
        ("likes.xlsx",),
    ),
    Case(
        "old workbook",
        3,
        "likes.xls: this is a document of an old office program, not a table",
        {"likes.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)},
        ("likes.xls",),
    ),
    Case(
        "HTML named .csv",
        3,
        "likes.csv: this is a web page or XML without a table",
        {"likes.csv": f"<!DOCTYPE html>\n<p>{LABEL}</p>"},
    ),
    Case("PDF", 3, "likes.csv: this is a PDF document, not a table", {"likes.csv": b"%PDF-1.7\n" + LABEL.encode()}),
    Case("truncated .gz", 3, CUT_GZIP, {"likes.csv.gz": gzip.compress(LIKES.encode() * 50)[:-20]}, ("likes.csv.gz",)),
    Case(
        "damaged .gz",
        3,
        CUT_GZIP,
        {"likes.csv.gz": gzip.compress(LIKES.encode())[:12] + b"\xff" * 30},
        ("likes.csv.gz",),
    ),
    Case("plain text named .gz", 0, "customer = customer", {"likes.csv.gz": LIKES}, ("likes.csv.gz",), overlap=2),
    Case(
        "truncated .parquet",
        3,
        "likes.parquet: the Parquet file is cut off or damaged",
        {"likes.parquet": parquet()[:-100]},
        ("likes.parquet",),
    ),
    Case(
        "damaged .parquet",
        3,
        "likes.parquet: the file is cut off or damaged, or changed while it was read",
        {"likes.parquet": parquet()[:30] + b"\xff" * 300 + parquet()[330:]},
        ("likes.parquet",),
    ),
    # what does not tell who follows what
    Case(
        "no customer column",
        3,
        f"{NO_CUSTOMER} (found: url = link)",
        {"likes.csv": f"link,comment\nt.me/{TEXT},{LABEL}\n"},
    ),
    Case("no known column", 3, NO_CUSTOMER, {"likes.csv": f"foo,bar\n{LABEL},{TEXT}\n"}),
    Case(
        "no resource column",
        3,
        "likes.csv: no column has what the customers follow (found: customer = customer)",
        {"likes.csv": f"customer,comment\n{LABEL},{TEXT}\n"},
    ),
    Case(
        "headerless",
        3,
        "likes.csv: the first line looks like data, not like column names",
        {"likes.csv": f"t.me/{LABEL},t.me/{TEXT}\n"},
    ),
    Case(
        "followers",
        3,
        f"anna_followers.csv: {FOLLOWERS}",
        {"anna_followers.csv": f"queryUsername,username\n{LABEL},{TEXT}\n"},
        ("anna_followers.csv",),
    ),
    Case(
        "followers by a column",
        3,
        f"likes.csv: {FOLLOWERS}",
        {"likes.csv": f"target_username,username,relation\n{LABEL},{TEXT},follower\n"},
    ),
    Case("no usable row", 3, NOT_USABLE, {"likes.csv": f"customer,resource\n{LABEL},t.me/!{TEXT}\n"}),
    Case(
        "duplicated headers",
        0,
        "customer = column 1, resources = the cells from column 2 on",
        {"likes.csv": f"customer,resource,resource,customer\n{LABEL},t.me/{TEXT},t.me/{TEXT},y\n"},
        overlap=1,
    ),
    Case(
        "10,000 columns",
        0,
        "customer = customer, resource = resource",
        {"likes.csv": HEADER[:-1] + "".join(f",c{n}" for n in range(9998)) + "\n" + ROW[:-1] + "," * 9998 + "\n"},
        overlap=1,
        marks=(SLOW,),
    ),
    # single lines that are damaged: rejected, and the rows below are counted
    Case(
        "unbalanced quote",
        0,
        "1 x a quotation mark is opened and never closed (first: likes.csv, line 3)",
        {"likes.csv": HEADER + ROW + f'{LABEL} 2,"t.me/{TEXT}\n' + f"{LABEL} 3,t.me/{TEXT}\n" * 300},
        overlap=2,
    ),
    Case(
        "two unbalanced quotes",
        0,
        "2 x a quotation mark is opened and never closed (first: likes.csv, line 2)",
        {"likes.csv": HEADER + f'{LABEL} 2,"t.me/{TEXT}\n' * 2 + f'{LABEL} 3,"t.me/{TEXT}"\n'},
        overlap=1,
    ),
    Case(
        "quotes the wrong way round",
        0,
        "1 x a quotation mark is opened and never closed (first: likes.csv, line 2)",
        {"likes.csv": HEADER + f'{LABEL}","t.me/{TEXT}\n' + LIKES[len(HEADER) :]},
        overlap=2,
    ),
    Case(
        "NUL bytes",
        0,
        "1 x a NUL byte: the file is damaged here (first: likes.csv, line 3)",
        {"likes.csv": LIKES.replace(" 2", " \0002") + f"{LABEL} 3,t.me/{TEXT}\n" * 200},
        overlap=2,
    ),
    Case(
        "one line in another encoding",
        0,
        "1 x not UTF-8: letters are damaged, or the line has another encoding (first: likes.csv, line 4004)",
        {"likes.csv": (LIKES + ROW * 4000).encode() + f"Анна,t.me/{TEXT}\n".encode("cp1251")},
        overlap=2,
    ),
    Case(
        "a BOM in the middle",
        0,
        "1 x the header line again (first: likes.csv, line 4)",
        {"likes.csv": LIKES + "\ufeff" + HEADER + f'\ufeff"{LABEL}",t.me/{TEXT}\n'},
        overlap=2,
    ),
    Case(
        "more cells than columns",
        0,
        "1 x more cells than the header has columns: quote the cells that contain the separator (first: likes.csv, "
        "line 2)",
        {"likes.csv": HEADER + f"{LABEL},t.me/{TEXT},x\n" + ROW},
        overlap=1,
    ),
    Case(
        "200 MB in one line",
        3,
        "likes.csv, line 1: this line is too long for column names",
        act=long_line(only=True),
        marks=(POSIX,),
    ),
    Case(
        "200 MB in a line",
        0,
        "1 x a line of more than 2 MB (first: likes.csv, line 3)",
        overlap=2,
        act=long_line(only=False),
        marks=(POSIX, SLOW),
    ),
    # encodings
    Case("UTF-16 without its mark", 0, "customer = customer", {"likes.csv": LIKES.encode("utf-16-le")}, overlap=2),
    Case(
        "cp1251 with semicolons",
        0,
        "likes.csv: cp1251 (Windows, Cyrillic); customer = клиент, resource = канал",
        {"likes.csv": f"клиент;канал\nАнна {LABEL};t.me/{TEXT}\nБорис;t.me/{TEXT}\n".encode("cp1251")},
        overlap=2,
    ),
    Case(
        "an encoding that is none",
        2,
        "--encoding: unknown text encoding 'rot13'",
        GOOD,
        ("likes.csv", "--encoding", "rot13"),
    ),
    Case(
        "an encoding that it is not",
        3,
        "likes.csv: no column has the customer",
        GOOD,
        ("likes.csv", "--encoding", "utf-16"),
    ),
    # JSON
    Case(
        "JSON object",
        3,
        "likes.json: no column has the resource",
        {"likes.json": f'{{"follows": [{{"customer": "{LABEL}"}}]}}'},
        ("likes.json",),
    ),
    Case(
        "JSON list of strings",
        3,
        "likes.json: no column has the customer",
        {"likes.json": f'["{LABEL}", "{TEXT}"]'},
        ("likes.json",),
    ),
    Case("empty JSON list", 3, "likes.json: the JSON list is empty", {"likes.json": "[]"}, ("likes.json",)),
    Case(
        "JSON cut off",
        3,
        "likes.json: the file is cut off or damaged, or changed while it was read",
        {"likes.json": f'[{{"customer": "{LABEL}", "resource": "t.me/{TEXT}"}}, {{"customer": "{LABEL}", "reso'},
        ("likes.json",),
    ),
    Case(
        "deep JSON",
        3,
        "likes.json: this is neither a JSON list of records nor one record on each line",
        {"likes.json": "[" * 100_000},
        ("likes.json",),
    ),
    Case(
        "JSON lines with a broken one",
        0,
        "1 x not a JSON record with the same columns as the others (first: likes.jsonl, line 3)",
        {
            "likes.jsonl": f'{{"customer": "{LABEL}", "resource": "t.me/{TEXT}"}}\n\n'
            f'{{"customer": "{LABEL} 2", "reso\n'
            f'{{"customer": "{LABEL} 3", "resource": "t.me/{TEXT}"}}\n'
        },
        ("likes.jsonl",),
        overlap=2,
    ),
    # names and places of files
    Case(
        "likes[1].csv beside likes1.csv",
        0,
        "likes[1].csv: customer = customer",
        {"likes[1].csv": LIKES, "likes1.csv": f"customer,resource\n{LABEL},t.me/another\n"},
        ("likes[1].csv",),
        overlap=2,
    ),
    Case(
        "one good and one bad file",
        0,
        "Skipped lists/b.csv: the file is empty",
        {"lists/a.csv": LIKES, "lists/b.csv": ""},
        ("lists",),
        overlap=2,
    ),
    Case("no permission", 3, "likes.csv: no permission to read it", act=no_permission, marks=(POSIX,)),
    Case("a pipe with a name", 0, "likes.csv: customer = customer", overlap=2, act=from_a_pipe, marks=(POSIX,)),
    # where the result goes
    Case(
        "full disk",
        1,
        "/dev/full: no space left on the disk",
        GOOD,
        ("likes.csv", "-o", "/dev/full", "--format", "csv"),
        marks=(pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full"),),
    ),
    Case(
        "no such folder",
        1,
        "nowhere/out.csv: the folder nowhere does not exist",
        GOOD,
        ("likes.csv", "-o", "nowhere/out.csv"),
    ),
    Case(
        "unknown ending",
        1,
        f"out.doc: the name of an output file ends in {ENDINGS}",
        GOOD,
        ("likes.csv", "-o", "out.doc"),
    ),
    Case(
        "the input as output",
        1,
        "./likes.csv: given twice; it would be overwritten",
        GOOD,
        ("likes.csv", "-o", "./likes.csv"),
    ),
    Case("closed pipe", 0, "", act=reader_leaves, marks=(POSIX,)),
    Case("remarks to a closed pipe", 0, "", act=nobody_reads_remarks, marks=(POSIX,)),
    Case("Ctrl-C", 130, "Interrupted; nothing was written.", act=ctrl_c, marks=(POSIX,)),
    Case("Ctrl-C at standard input", 130, "Interrupted; nothing was written.", act=ctrl_c_at_a_pipe, marks=(POSIX,)),
    # options
    Case(
        "bad --columns",
        2,
        "--columns: write role=column pairs, separated by commas",
        GOOD,
        ("likes.csv", "--columns", "potato"),
    ),
    Case(
        "--columns that are not there",
        3,
        "likes.csv: --columns names a customer column that the table does not have",
        GOOD,
        ("likes.csv", "--columns", "customer=Who,resource=2"),
    ),
    Case("unknown platform", 2, "--platform potato: not a platform", GOOD, ("likes.csv", "--platform", "potato")),
    Case(
        "unknown platform of handles",
        2,
        "--assume-platform potato: not a platform",
        GOOD,
        ("likes.csv", "--assume-platform", "potato"),
    ),
    Case(
        "--memory-limit potato", 2, "--memory-limit potato: not a size", GOOD, ("likes.csv", "--memory-limit", "potato")
    ),
    Case(
        "--memory-limit of nothing",
        1,
        "not enough memory for these files",
        GOOD,
        ("likes.csv", "--memory-limit", "1KB"),
    ),
    Case("--since soon", 2, "--since: neither a span nor a date", GOOD, ("likes.csv", "--since", "soon")),
    Case(
        "--min-subscribers beyond counting",
        2,
        f"Invalid value for '--min-subscribers': '{10**40}' does not fit: write a whole number in digits, "
        "up to 1000000000000000.",
        GOOD,
        ("likes.csv", "--min-subscribers", str(10**40)),
    ),
    Case(
        "--exclude in another encoding, of no address",
        3,
        "own.txt: an address in it is not one of a place: "
        "an e-mail address, not a place; for a fediverse account put an @ before it",
        {**GOOD, "own.txt": f"Анна.{LABEL}@example.org".encode("cp1251")},
        ("likes.csv", "--exclude", "own.txt"),
    ),
    Case(
        "--exclude that is not there",
        3,
        "--exclude seen.txt: no such file",
        GOOD,
        ("likes.csv", "--exclude", "seen.txt"),
    ),
    Case(
        "--exclude with a bad line",
        3,
        "seen.txt: an address in it is not one of a place: x.com/search is a search",
        {**GOOD, "seen.txt": f"t.me/{TEXT}\nhttps://x.com/search?q={LABEL}\n"},
        ("likes.csv", "--exclude", "seen.txt"),
    ),
    Case(
        "--own that is none",
        3,
        "--own a@example.com: this address is not one of a place: "
        "an e-mail address, not a place; for a fediverse account put an @ before it",
        GOOD,
        ("likes.csv", "--own", "a@example.com"),
    ),
    Case(
        "--rejected of an unknown ending",
        1,
        f"rejected.doc: the name of an output file ends in {ENDINGS}",
        GOOD,
        ("likes.csv", "--rejected", "rejected.doc"),
    ),
    Case(
        "--same-as with a bad line",
        3,
        "same.csv, line 3: the same_as address is not one of a place",
        {
            **GOOD,
            "same.csv": f"resource,same_as\nt.me/{TEXT},vk.com/club1\nt.me/{TEXT},https://x.com/search?q={LABEL}\n",
        },
        ("likes.csv", "--same-as", "same.csv"),
    ),
    Case(
        "--same-as without its columns",
        3,
        "same.csv: no column resource",
        {**GOOD, "same.csv": f"a,b\nt.me/{TEXT},vk.com/club1\n"},
        ("likes.csv", "--same-as", "same.csv"),
    ),
    Case(
        "--same-as that is not there",
        3,
        "same.csv: cannot be read (No such file or directory)",
        GOOD,
        ("likes.csv", "--same-as", "same.csv"),
    ),
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name, marks=case.marks) for case in CASES])
def test_bad_input_gets_a_sentence(case, outreach, tmp_path):
    """The exit code is as promised, one sentence says what, where and the way out, and an old result stays."""
    judge(case, outreach, tmp_path)
