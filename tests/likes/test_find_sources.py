"""Files, folders, standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.files import find as room
from outreach.files.contract import Skipped
from outreach.files.find import find_sources
from outreach.files.source import Source
from outreach.messages import describe

LIKES = "customer,resource\nAnna,t.me/smm_riga\n"
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs names and links as on Linux")


@pytest.fixture
def found(tmp_path):
    """List what paths lead to: what is read by its name, what is passed over with the reason."""
    temporary = tmp_path / ".temporary"
    temporary.mkdir(mode=0o700)

    def names(*paths) -> list[str]:
        return [
            f"{one.source}: {describe(one.why)}" if isinstance(one, Skipped) else one.label
            for one in find_sources([str(path) for path in paths], temporary)
        ]

    return names


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_folder_is_read_in_the_order_of_its_names(write, found):
    """Deep, sorted, without what is hidden; what is no table by its name is told."""
    for name in (
        "lists/b.csv",
        "lists/a/z.TSV.GZ",
        "lists/note.docx",
        "lists/.hidden.csv",
        "lists/.git/a.csv",
        "lists/~$a.csv",
    ):
        write(name, LIKES)
    assert found("lists") == ["lists/a/z.TSV.GZ", "lists/b.csv", "lists/note.docx: save it as .xlsx or .csv"]


def test_a_file_is_read_whatever_its_name(write, found):
    """Who names a file means it."""
    write("likes.docx", LIKES)
    assert found("likes.docx") == ["likes.docx"]


def test_a_file_given_twice_is_read_once(write, found):
    """Also as part of a folder, and standard input."""
    write("lists/a.csv", LIKES)
    assert found("lists/a.csv", "lists", "./lists/../lists/a.csv") == [
        "lists/a.csv",
        "lists/a.csv: given twice; read once",
        "lists/../lists/a.csv: given twice; read once",
    ]


@POSIX
def test_links_in_a_circle_end(write, found):
    """A link to the folder above is not followed, one to itself or to nothing is passed over."""
    write("lists/a.csv", LIKES)
    Path("lists/again").symlink_to(".")
    Path("lists/itself.csv").symlink_to("itself.csv")
    Path("lists/broken.csv").symlink_to("nothing.csv")
    assert found("lists") == ["lists/a.csv"]
    with pytest.raises(InputError, match=r"^lists/itself\.csv: cannot be read"):
        found("lists/itself.csv")


def test_bad_files_in_a_folder_are_passed_over(write, found):
    """As long as a good one is there."""
    write("lists/a.csv", LIKES)
    write("lists/b.csv", "")
    write("lists/c.csv.gz", gzip.compress(LIKES.encode())[:15])
    assert found("lists") == [
        "lists/a.csv",
        "lists/b.csv: the file is empty",
        "lists/c.csv.gz: the gzip file is cut off or damaged",
    ]


def test_a_folder_of_bad_files_is_an_error(write, found):
    """The first one's."""
    write("lists/a.csv", "")
    with pytest.raises(InputError, match=r"^lists/a\.csv: the file is empty"):
        found("lists")


@pytest.mark.parametrize(
    "name", ["likes[1].csv", "a b.csv", "лайки.csv", "li'kes.csv", "customer=anna/likes.csv", "~/likes.csv"]
)
def test_names_are_literal(name, write, reading):
    """No sign in a name is a pattern, a partition or a home folder."""
    write("likes1.csv", "customer,resource\nBoris,t.me/wrong_one\n")
    write(name, LIKES)
    assert reading(name).engine.rows("select resource from resources") == [("telegram:smm_riga",)]


@POSIX
@pytest.mark.parametrize(
    "name", ['a"b.csv', "a\nb.csv", "a*?.csv", "file:a.csv", "a\\b.csv", "-a.csv", "a\x1b[31m.csv"]
)
def test_names_that_only_posix_allows(name, write, reading):
    """Quotes, line breaks, wildcards; what would move the cursor is escaped in messages."""
    write(name, LIKES)
    likes = reading(f"./{name}")
    assert likes.engine.rows("select resource from resources") == [("telegram:smm_riga",)]
    assert likes.labels[0].isprintable()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_names_that_are_no_text(reading):
    """Bytes that are no UTF-8, as old archives leave them."""
    with open(b"a\xff.csv", "wb") as file:  # noqa: PTH123 - Path takes no bytes
        file.write(LIKES.encode())
    likes = reading(os.fsdecode(b"a\xff.csv"))
    assert likes.labels == ("a\\udcff.csv",)
    assert likes.customers == 1


def test_standard_input(monkeypatch, reading):
    """Read to its end, packed or not, and once."""
    for content in (LIKES.encode(), gzip.compress(LIKES.encode())):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        likes = reading("-", "-")
        assert (likes.labels, likes.customers) == (("stdin",), 1)
        assert "Skipped stdin: given twice; read once" in map(describe, likes.remarks)


def test_standard_input_that_is_closed(monkeypatch, found):
    """There is a sentence for that too."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match=r"^standard input is closed"):
        found("-")


def test_a_gzip_bomb_is_not_unpacked(monkeypatch, write, found):
    """Beyond 200 times its size a file is refused."""
    monkeypatch.setattr(room, "UNPACKED_BYTES", 1000)
    write("likes.csv.gz", gzip.compress(bytes(10_000_000)))
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        found("likes.csv.gz")


def test_gzip_is_known_by_content(write, tmp_path):
    """Not by its name; several parts behind one another are one file."""
    write("likes.csv", gzip.compress(LIKES.encode()) + gzip.compress(b"Boris,t.me/x\n"))
    temporary = tmp_path / ".temporary"
    temporary.mkdir()
    (source,) = find_sources(["likes.csv"], temporary)
    assert isinstance(source, Source)
    with source.open() as stream:
        assert stream.read() == LIKES.encode() + b"Boris,t.me/x\n"


@pytest.mark.parametrize("path", ["no\0where.csv", "x" * 5000])
def test_paths_that_cannot_be(path, found):
    """A sentence, no traceback."""
    with pytest.raises(InputError):
        found(path)


def test_many_files(write, reading, ranked):
    """A folder of 300 lists is one reading."""
    for number in range(300):
        write(f"lists/{number}.csv", f"customer,resource\nC{number},t.me/smm_riga\n")
    likes = reading("lists")
    assert ranked(likes, "resource", "overlap", "listed") == [("telegram:smm_riga", 300, 300)]
