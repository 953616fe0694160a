"""Files, folders and archives of exports: what is inside is believed of nobody, and nothing is lost in silence."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from outreach.engine import Engine
from outreach.errors import InputError
from outreach.files.contract import Skipped
from outreach.files.delimited import delimiter_of
from outreach.files.source import Source
from outreach.messages import message
from outreach.tracking.find import find_files


@pytest.fixture
def opened():
    """Open paths; give the exports and what was passed over."""
    with Engine() as engine:

        def run(*paths):
            found = list(find_files([str(path) for path in paths], engine.folder))
            return [one for one in found if isinstance(one, Source)], [one for one in found if isinstance(one, Skipped)]

        yield run


def archive(**members):
    """Return a ZIP archive."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return whole.getvalue()


def test_an_archive_is_its_files_in_the_order_of_their_names(tmp_path, opened):
    """Names of members are shown and never used as paths; what systems put there is passed over."""
    path = tmp_path / "stats.zip"
    path.write_bytes(
        archive(**{"b/sources.csv": "name,visitors\n", "../../a.csv": "x\n1\n", "__MACOSX/._a.csv": "junk", "c/": ""})
    )
    found, _ = opened(path)
    assert [(one.label, one.name, one.archive) for one in found] == [
        (f"{path}: a.csv", "a.csv", str(path)),
        (f"{path}: sources.csv", "sources.csv", str(path)),
    ]
    assert [one.text for one in found] == ["x\n1\n", "name,visitors\n"]
    assert not (tmp_path.parent / "a.csv").exists()


def test_archives_in_archives_end(tmp_path, opened):
    """Two deep is what tools give; more is a trap."""
    inner = archive(**{"a.csv": "x\n"})
    (tmp_path / "two.zip").write_bytes(archive(inner=inner))
    assert [one.name for one in opened(tmp_path / "two.zip")[0]] == ["a.csv"]
    (tmp_path / "three.zip").write_bytes(archive(inner=archive(inner=inner)))
    with pytest.raises(InputError, match=r"three\.zip.*archives nested too deeply"):
        opened(tmp_path / "three.zip")


def test_a_bomb_is_refused(tmp_path, opened, monkeypatch):
    """What is really unpacked is counted."""
    monkeypatch.setattr("outreach.files.package.UNPACKED_BYTES", 1 << 20)
    monkeypatch.setattr("outreach.files.package.UNPACKED_RATIO", 10)
    (tmp_path / "bomb.zip").write_bytes(archive(a=b"0" * (4 << 20)))
    with pytest.raises(InputError, match=r"bomb\.zip: it unpacks to more than 1 MiB") as told:
        opened(tmp_path / "bomb.zip")
    assert told.value.hint == "unpack it yourself if you trust it"


def test_too_many_files_are_refused(tmp_path, opened, monkeypatch):
    """An archive of millions of empty files costs its reader, not its maker."""
    monkeypatch.setattr("outreach.tracking.find.MEMBERS", 2)
    (tmp_path / "many.zip").write_bytes(archive(a="1", b="2", c="3"))
    with pytest.raises(InputError, match="more than 2 files in it"):
        opened(tmp_path / "many.zip")


@pytest.mark.parametrize("cut", [30, 60, -10])
def test_a_damaged_archive_is_a_sentence(tmp_path, opened, cut):
    """Cut off anywhere."""
    whole = archive(**{"a.csv": "x,y\n" * 50})
    (tmp_path / "cut.zip").write_bytes(whole[:cut])
    with pytest.raises(InputError, match=r"cut\.zip: the ZIP archive is cut off or damaged"):
        opened(tmp_path / "cut.zip")


def test_a_damaged_archive_in_a_folder_keeps_nobody_from_the_rest(tmp_path, opened):
    """It is named, as every other file that cannot be read."""
    (tmp_path / "a.zip").write_bytes(archive(**{"a.csv": "x,y\n" * 50})[:60])
    (tmp_path / "b.csv").write_text("x\n")
    found, skipped = opened(tmp_path)
    assert [one.text for one in found] == ["x\n"]
    assert [(one.source, one.wanted) for one in skipped] == [(str(tmp_path / "a.zip"), True)]


def test_an_encrypted_archive_is_a_sentence(tmp_path, opened):
    """The flag of encryption in the header is enough."""
    whole = bytearray(archive(**{"a.csv": "x"}))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(whole)
    with pytest.raises(InputError, match="protected by a password"):
        opened(tmp_path / "locked.zip")


def test_gzip_and_folders_are_files_too(tmp_path, opened):
    """A folder of rotated logs gives each of them; what is hidden is not meant."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "access.log.1").write_text("one\n")
    (tmp_path / "logs" / "access.log.2.gz").write_bytes(gzip.compress(b"two\n"))
    (tmp_path / "logs" / ".DS_Store").write_text("junk")
    found, _ = opened(tmp_path / "logs")
    assert [one.text for one in found] == ["one\n", "two\n"]


def test_a_file_given_twice_is_read_once(tmp_path, opened):
    """By whatever path."""
    (tmp_path / "a.csv").write_text("x\n")
    found, skipped = opened(tmp_path / "a.csv", tmp_path)
    assert len(found) == 1
    assert skipped == [Skipped(str(tmp_path / "a.csv"), message("given-twice"))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_encodings_are_recognised(tmp_path, opened, encoding):
    """Excel's, Matomo's and the old Windows'."""
    (tmp_path / "a.csv").write_bytes("Источник;Визиты\nВКонтакте;12\nТелеграм;1 200\n".encode(encoding))
    (found,), _ = opened(tmp_path / "a.csv")
    assert [cells for _, cells in found.grids[0].rows][2] == ["Телеграм", "1 200"]
    assert found.first_rows[0] == ["Источник", "Визиты"]


def test_rows_keep_their_lines(tmp_path, opened):
    """Blank lines and cells over several lines count as lines of the file."""
    (tmp_path / "a.csv").write_text('a,b\n\n"x\ny",1\nz,2\n')
    (found,), _ = opened(tmp_path / "a.csv")
    assert [number for number, _ in found.grids[0].rows] == [1, 3, 5]


@pytest.mark.parametrize("text", ['{"rows": [', "[1, 2", '{"a": 1}}'])
def test_json_that_is_cut_off_is_a_sentence(tmp_path, opened, text):
    """With the line where it ends."""
    (tmp_path / "a.json").write_text(text)
    (found,), _ = opened(tmp_path / "a.json")
    with pytest.raises(InputError, match=r"a\.json, line 1: this JSON is cut off or damaged"):
        _ = found.json


def test_json_nested_too_deep_is_a_sentence(tmp_path, opened):
    """No report is a thousand levels deep."""
    (tmp_path / "a.json").write_text("[" * 200_000)
    (found,), _ = opened(tmp_path / "a.json")
    with pytest.raises(InputError):
        _ = found.json


def test_the_delimiter_is_what_most_lines_agree_on():
    """A preamble with commas does not decide."""
    assert delimiter_of(["# Account, x", "# All, users", "a;b;c", "1;2,5;3", "4;5,5;6"]) == ";"
    assert delimiter_of(["sep=,", "a;b", "c;d"]) == ","
    assert delimiter_of([]) == ","


def test_members_that_lie_in_each_other_are_refused(tmp_path, opened):
    """Many names of the same bytes: a small archive that is read for ever."""
    whole = archive(**{"a.csv": "x\n1\n"})
    start, end = whole.rindex(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")
    entry = whole[start:end]
    count, size = (2).to_bytes(2, "little"), (2 * len(entry)).to_bytes(4, "little")
    path = tmp_path / "twice.zip"
    path.write_bytes(
        whole[:start] + entry + entry.replace(b"a.csv", b"b.csv") + whole[end : end + 8] + 2 * count + size
        + whole[end + 16 :]
    )  # fmt: skip
    with pytest.raises(InputError, match="cut off or damaged"):
        opened(path)
