"""One file to read, and what readers ask of it."""

from dataclasses import replace

import pytest

from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.files.source import Source


@pytest.fixture
def source(tmp_path):
    """Return a function that makes a source of bytes."""

    def make(content, **more):
        path = tmp_path / "a"
        path.write_bytes(content)
        return Source("a", path, content[:HEAD_BYTES], **more)

    return make


def test_a_byte_outside_the_encoding(source):
    """Of a list one letter is lost; a report is read exactly or not at all."""
    damaged = source(b'{"name": "Caf\xff"} \xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0' * 3)
    assert damaged.text.startswith('{"name": "Caf\ufffd"} Анна')
    with pytest.raises(InputError, match="a: some of it is not valid utf-8"):
        _ = replace(damaged, exact=True).text


def test_a_text_that_is_too_long(source):
    """It is not read whole."""
    with pytest.raises(InputError, match="a: longer than 1 MB"):
        _ = source(b"x" * (1 << 20) + b"y", text_bytes=1 << 20).text


@pytest.mark.parametrize("size", [0, 10, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 10, 3 * HEAD_BYTES])
def test_the_tail(source, size):
    """The last 64 KiB, or all of it."""
    content = bytes(number % 251 for number in range(size))
    assert source(content).tail == content[-HEAD_BYTES:]


def test_json(source):
    """None where nothing begins like it; damage is an error with its line."""
    assert source(b'\xef\xbb\xbf {"a": [1, {"b": 2}]}').json == {"a": [1, {"b": 2}]}
    assert source(b'{"a": [1, {"b": 2}]}').json_keys == {"a", "b"}
    assert source(b"a,b\n1,2\n").json is None
    with pytest.raises(InputError, match="a, line 2: this JSON is cut off"):
        _ = source(b'{"a":\n').json


def test_a_delimited_text_is_a_grid(source):
    """With the lines on which its records begin; blank ones do not count."""
    text = source(b'a;b\n\n1;"2\n3"\n4;5\n')
    assert [grid.rows for grid in text.grids] == [((1, ["a", "b"]), (3, ["1", "2\n3"]), (5, ["4", "5"]))]
    assert list(text.first_rows[0]) == ["a", "b"]
    assert text.workbook is None


def test_names_inside_archives(source):
    """Composed letters, slashes between folders, its own name alone."""
    inside = source(b"x", inner="Anna\\Cafe\u0301.csv")
    assert (inside.inner, inside.name) == ("Anna/Caf\u00e9.csv", "Caf\u00e9.csv")
