"""What the tests of readers of analytics exports share."""

from datetime import date
from pathlib import Path

import pytest

from outreach.engine import Engine
from outreach.tracking.base import Asked, Rejected, Remark, Report
from outreach.tracking.exports import Export, exports
from outreach.tracking.readers import claimed, readers

SHARED = Path(__file__).parents[4] / "shared" / "fixtures" / "results"
"""Real files beside the checkout, where there are any."""


class Told:
    """What a reader told of files."""

    def __init__(self, parts):
        self.reports = [part for part in parts if isinstance(part, Report)]
        self.rejected = [part for part in parts if isinstance(part, Rejected)]
        self.remarks = [part.text for part in parts if isinstance(part, Remark)]

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
    """Return a function that makes an ``Asked``."""

    def make(**values):
        return Asked(engine=engine, secret=lambda: b"secret of the tests", today=date(2026, 6, 15), **values)

    return make


@pytest.fixture
def export(tmp_path, engine):
    """Return a function that writes a file and opens it as an export."""

    def make(name, content, encoding=None):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (opened,) = [one for one in exports([str(path)], engine.folder, encoding) if isinstance(one, Export)]
        return opened

    return make


@pytest.fixture
def read(asked, engine):
    """Return a function that reads paths or exports with the one reader that claims them all."""

    def run(*files, **values):
        opened = [
            one
            for file in files
            for one in ([file] if isinstance(file, Export) else exports([str(file)], engine.folder))
        ]
        every = readers()
        found = {reader.name: reader for one in opened if (reader := claimed(one, every))}
        assert len(found) == 1, f"claimed by {sorted(found)}"
        (reader,) = found.values()
        mine = [one for one in opened if claimed(one, every)]
        return Told(list(reader.read(mine, asked(**values))))

    return run


@pytest.fixture
def shared():
    """Return the folder of real files, or skip."""
    if not SHARED.is_dir():
        pytest.skip("no real files beside the checkout")
    return SHARED
