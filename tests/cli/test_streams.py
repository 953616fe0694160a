"""A pipe in place of a file gives what the file gives, read once, whichever option names it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.files import streams
from outreach.files.streams import read_once

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs pipes as on Linux and macOS")

LIKES = "customer,resource\nann,t.me/smm_riga\nbob,t.me/smm_riga\nbob,vk.com/retail\n"
SHEET = "place,address,subscribers,topic,key\nRiga,https://t.me/smm_riga,12500,smm,telegram:smm_riga\n"
LINKS = "place,link\nRiga,https://example.com/a?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=riga\n"
SIGNUPS = "date,email,url\n2026-05-01,a@example.com,https://example.com/?utm_source=vk&utm_medium=social\n"
BRIEF = (Path(__file__).parents[2] / "sample_data" / "brief.toml").read_text("utf-8")
ALL = ("--min-subscribers", "0")
CASES = {
    "rank PATH": (LIKES, ("rank", "it.csv", *ALL)),
    "rank --resources": (SHEET, ("rank", "likes.csv", "--resources", "it.csv")),
    "rank --own": ("t.me/smm_riga\n", ("rank", "likes.csv", *ALL, "--own", "it.csv")),
    "rank --own, a table": ("resource\nt.me/smm_riga\n", ("rank", "likes.csv", *ALL, "--own", "it.csv")),
    "rank --exclude": ("resource\nvk.com/retail\n", ("rank", "likes.csv", *ALL, "--exclude", "it.csv")),
    "rank --same-as": ("resource,same_as\nt.me/smm_riga,vk.com/retail\n",
                       ("rank", "likes.csv", *ALL, "--same-as", "it.csv")),
    "rank --customers": ("customer,alias\nann,bob\n", ("rank", "likes.csv", *ALL, "--customers", "it.csv")),
    "check PATH": (LIKES, ("check", "it.csv")),
    "check --same-as": ("resource,same_as\nt.me/smm_riga,vk.com/retail\n",
                        ("check", "likes.csv", "--same-as", "it.csv")),
    "resources PATH": (LIKES, ("resources", "it.csv", "-o", "made.csv")),
    "resources --own": ("resource\nt.me/smm_riga\n", ("resources", "likes.csv", "-o", "made.csv", "--own", "it.csv")),
    "draft BRIEF": (BRIEF, ("draft", "it.csv", "t.me/smm_riga")),
    "draft --from, a sheet": (SHEET, ("draft", "brief.toml", "--from", "it.csv")),
    "draft --from, a list": ("t.me/smm_riga\nvk.com/retail\n",
                             ("draft", "brief.toml", "--from", "it.csv", "--top", "1")),
    "draft --likes": (LIKES, ("draft", "brief.toml", "t.me/smm_riga", "vk.com/retail", "--likes", "it.csv")),
    "draft --check": ("A post. https://example.com/?utm_source=vk", ("draft", "--check", "it.csv", "--platform", "vk")),
    "brief check": (BRIEF, ("brief", "check", "it.csv")),
    "placements import": (LINKS, ("placements", "import", "it.csv", "--dry-run")),
    "placements import, kept": (LINKS, ("placements", "import", "it.csv", "--db", "made.db")),
    "placements set --text": ("Come and see", ("placements", "set", "riga", "--text", "it.csv", "--db", "made.db")),
    "track PATH": (SIGNUPS, ("track", "it.csv", "--kind", "signup")),
    "no sheet": ("a,b\n1,2\n", ("rank", "likes.csv", "--resources", "it.csv")),
    "no links": ("a,b\n1,2\n", ("placements", "import", "it.csv", "--dry-run")),
    "nothing": ("", ("placements", "import", "it.csv", "--dry-run")),
}  # fmt: skip


@pytest.fixture
def patient():
    """Fail instead of waiting for ever for a second writer."""

    def give_up(*_):
        raise AssertionError("the pipe was opened again")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def fed(path: str, content: bytes) -> threading.Thread:
    def write():
        try:
            Path(path).write_bytes(content)
        except BrokenPipeError:
            return

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


def prepared(outreach, arguments) -> None:
    for name in ("made.csv", "made.db"):
        Path(name).unlink(missing_ok=True)
    Path("likes.csv").write_text(LIKES)
    Path("brief.toml").write_text(BRIEF, "utf-8")
    if arguments[:2] == ("placements", "set"):
        Path("links.csv").write_text(LINKS)
        assert outreach("placements", "import", "links.csv", "--db", "made.db").exit_code == 0


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("name", CASES)
def test_a_pipe_is_a_file_that_is_read_once(outreach, name):
    content, arguments = CASES[name]
    prepared(outreach, arguments)
    Path("it.csv").write_text(content, "utf-8")
    file = outreach(*arguments)
    made = Path("made.csv").read_bytes() if Path("made.csv").exists() else b""
    prepared(outreach, arguments)
    Path("it.csv").unlink()
    os.mkfifo("it.csv")
    writer = fed("it.csv", content.encode())
    pipe = outreach(*arguments)
    writer.join()
    assert (pipe.exit_code, pipe.stdout, pipe.stderr) == (file.exit_code, file.stdout, file.stderr)
    assert (Path("made.csv").read_bytes() if Path("made.csv").exists() else b"") == made
    assert (pipe.exit_code == 0) is not name.startswith("no")


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_what_is_open_already_is_read_by_its_number(outreach, kind):
    """As bash gives ``<(…)``; a socket has no name that could be opened."""
    Path("likes.csv").write_text(LIKES)
    if kind == "pipe":
        reader, writer = os.pipe()
    else:
        reader, writer = (one.detach() for one in socket.socketpair())
    os.write(writer, SHEET.encode())
    os.close(writer)
    result = outreach("rank", "likes.csv", "--resources", f"/dev/fd/{reader}")
    os.close(reader)
    assert result.exit_code == 0
    assert "12500" in result.stdout


@pytest.mark.usefixtures("patient")
def test_messages_call_a_pipe_as_it_was_typed(outreach):
    Path("likes.csv").write_text(LIKES)
    os.mkfifo("my pipe")
    writer = fed("my pipe", b"resource,same_as\nt.me/smm_riga,\n")
    result = outreach("rank", "likes.csv", "--same-as", "my pipe")
    writer.join()
    assert result.exit_code == 3
    assert "Error: my pipe, line 2: the same_as address is not one of a place" in result.stderr


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "arguments",
    [
        ("enrich", "it.csv"),
        ("resources", "likes.csv", "-o", "it.csv"),
        ("track", "--template", "-o", "it.csv", "--db", "made.db"),
    ],
)
def test_a_sheet_that_is_written_back_is_no_pipe(outreach, arguments):
    """It is refused at once: nobody waits for a writer."""
    prepared(outreach, ("placements", "set"))
    os.mkfifo("it.csv")
    result = outreach(*arguments)
    assert result.exit_code == 3
    assert (
        "Error: it.csv: this is not a file, and the sheet must be written back to where it was read\n" in result.stderr
    )


@pytest.mark.usefixtures("patient")
def test_a_result_does_not_take_the_place_of_a_pipe(outreach):
    os.mkfifo("brief.toml")
    result = outreach("brief", "new", "--no-input", "--force", "-o", "brief.toml")
    assert result.exit_code == 1
    assert "this is a pipe or a device" in result.stderr
    assert Path("brief.toml").is_fifo()


@pytest.mark.usefixtures("patient")
def test_a_pipe_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "MOST_BYTES", 1000)
    os.mkfifo(tmp_path / "it")
    writer = fed(str(tmp_path / "it"), b"x" * 3000)
    with pytest.raises(InputError, match="it: longer than"), read_once(tmp_path / "it"):
        pass
    writer.join()


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("arguments", [("rank", "/dev/zero"), ("rank", "likes.csv", "--resources", "/dev/zero")])
def test_a_device_without_end_is_refused(outreach, monkeypatch, arguments):
    monkeypatch.setattr(streams, "MOST_BYTES", 3 << 20)
    Path("likes.csv").write_text(LIKES)
    result = outreach(*arguments)
    assert result.exit_code == 3
    assert "Error: /dev/zero: longer than 3 MB\n" in result.stderr


def test_a_copy_goes_at_the_end(tmp_path):
    os.mkfifo(tmp_path / "it.csv")
    writer = fed(str(tmp_path / "it.csv"), b"a list")
    with read_once(tmp_path / "it.csv") as copy:
        assert copy.read_bytes() == b"a list"
        assert copy.suffix == ".csv"
    writer.join()
    assert not copy.parent.exists()


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", "likes.csv", "--own", "it.csv", "--exclude", "it.csv"),
        ("rank", "it.csv", "--resources", "./it.csv"),
        ("check", "it.csv", "--same-as", "it.csv"),
        ("draft", "it.csv", "--from", "it.csv"),
        ("track", "it.csv", "--db", "it.csv"),
    ],
)
def test_one_pipe_cannot_be_two_things(outreach, arguments):
    """The second would wait for ever for somebody to write again."""
    prepared(outreach, arguments)
    os.mkfifo("it.csv")
    result = outreach(*arguments)
    assert result.exit_code == 2
    assert "are one pipe, which can be read only once: save it to a file." in result.stderr


@pytest.mark.parametrize("arguments", [("rank", "-", "--own", "/dev/stdin"), ("rank", "-", "/dev/stdin")])
def test_standard_input_cannot_be_two_things(tmp_path, arguments):
    run = subprocess.run(
        [sys.executable, "-m", "outreach", *arguments],
        input=LIKES,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.endswith(
        "Error: - and /dev/stdin are one pipe, which can be read only once: save it to a file.\n"
    )


@pytest.mark.parametrize("command", ["rank", "check", "track"])
def test_an_empty_path_is_not_the_current_folder(outreach, command):
    """A variable of the shell that is not set gives one."""
    Path("likes.csv").write_text(LIKES)
    result = outreach(command, "")
    assert result.exit_code == 3
    assert "a path is empty" in result.stdout + result.stderr
