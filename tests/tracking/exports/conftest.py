"""What the tests of readers of analytics exports share."""

from datetime import date
from pathlib import Path

import pytest

from outreach.engine import Engine
from outreach.files.contract import Rejected, Remark
from outreach.files.source import Source
from outreach.messages import describe
from outreach.tracking.base import ImportOptions, Report
from outreach.tracking.exports import READERS
from outreach.tracking.find import find_files

SHARED = Path(__file__).parents[4] / "shared" / "fixtures" / "results"
"""Real files beside the checkout, where there are any."""


class Told:
    """What a reader told of files."""

    def __init__(self, parts):
        self.reports = [part for part in parts if isinstance(part, Report)]
        self.rejected = [part for part in parts if isinstance(part, Rejected)]
        self.remarks = [describe(part.message) for part in parts if isinstance(part, Remark)]

    @property
    def report(self):
        assert len(self.reports) == 1, [(one.unit, one.kind, one.goal) for one in self.reports]
        return self.reports[0]


@pytest.fixture
def engine():
    with Engine() as opened:
        yield opened


@pytest.fixture
def asked(engine):
    """Return a function that makes an ``ImportOptions``."""

    def make(**values):
        return ImportOptions(engine=engine, secret=lambda: b"secret of the tests", today=date(2026, 6, 15), **values)

    return make


@pytest.fixture
def export(tmp_path, engine):
    """Return a function that writes a file and opens it as an export."""

    def make(name, content, encoding=None):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (opened,) = [one for one in find_files([str(path)], engine.folder, encoding) if isinstance(one, Source)]
        return opened

    return make


@pytest.fixture
def read(asked, engine):
    """Return a function that reads paths or exports with the one reader that claims them all."""

    def run(*files, **values):
        opened = [
            one
            for file in files
            for one in ([file] if isinstance(file, Source) else find_files([str(file)], engine.folder))
        ]
        found = {reader.name: reader for one in opened if (reader := READERS.claimed(one))}
        assert len(found) == 1, f"claimed by {sorted(found)}"
        (reader,) = found.values()
        mine = [one for one in opened if READERS.claimed(one)]
        return Told(list(reader.read(mine, asked(**values))))

    return run


@pytest.fixture
def shared():
    """Return the folder of real files, or skip."""
    if not SHARED.is_dir():
        pytest.skip("no real files beside the checkout")
    return SHARED
