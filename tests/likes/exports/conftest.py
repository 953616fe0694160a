"""What the tests of readers of platforms' exports share."""

from pathlib import Path

import pytest

from outreach.files import HEAD_BYTES
from outreach.files.contract import Rejected, Remark, Skipped
from outreach.files.source import Source
from outreach.likes.exports import READERS
from outreach.likes.exports.base import Like, Listed, ListOptions
from outreach.messages import describe

SHARED = Path(__file__).parents[4] / "shared" / "fixtures" / "exports"
"""Real files beside the checkout, where there are any."""


class Told:
    """What a reader told of a file."""

    def __init__(self, reader, parts):
        self.reader = reader.name
        self.likes = [part for part in parts if isinstance(part, Like)]
        self.listed = {part.platform for part in parts if isinstance(part, Listed)}
        self.rejected = [(part.line, describe(part.reason)) for part in parts if isinstance(part, Rejected)]
        self.passed = [describe(part.why) for part in parts if isinstance(part, Skipped)]
        self.remarks = [describe(part.message) for part in parts if isinstance(part, Remark)]


@pytest.fixture
def source(tmp_path):
    """Return a function that makes a source of a text, of bytes, or of a file that is there."""

    def make(inner, content=None):
        if isinstance(content, Path):
            path = content
        else:
            path = tmp_path / inner.replace("/", "__")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        with path.open("rb") as stream:
            return Source(str(path), path, stream.read(HEAD_BYTES), inner=inner)

    return make


@pytest.fixture
def read(source):
    """Return a function that reads a file with the one reader that claims it."""

    def run(inner, content=None):
        opened = source(inner, content)
        reader = READERS.claimed(opened)
        assert reader is not None, "claimed by none"
        return Told(reader, list(reader.read([opened], ListOptions())))

    return run


@pytest.fixture
def shared():
    """Return the folder of real files, or skip."""
    if not SHARED.is_dir():
        pytest.skip("no real files beside the checkout")
    return SHARED
