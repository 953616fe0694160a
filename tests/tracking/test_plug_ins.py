"""Readers of results that somebody else installed."""

import sys

import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.files.contract import Registry
from outreach.tracking import importing
from outreach.tracking.exports import READERS

READER = """
from outreach.tracking.base import Report, Row, Tags


class Kind:
    name = "made-up"
    reads = "made-up counts"

    def identify(self, source):
        return source.beginning.startswith("made up")

    def read(self, sources, options):
        for source in sources:
            {read}
            rows = (Row(Tags(content="smm-riga"), denominator=12),)
            yield Report(tool="made-up", labels=(source.label,), rows=rows, unit="visit", total=(12, None))
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs a plug-in of the given code, and look for it in an empty folder."""
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.syspath_prepend(str(site))

    def install(code):
        info = site / "made_up-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[outreach.results]\nmade-up = made_up_results:Kind\n")
        (site / "made_up_results.py").write_text(code)
        monkeypatch.delitem(sys.modules, "made_up_results", raising=False)
        names = [
            f"{type(reader).__module__.rpartition('.')[2]}:{type(reader).__name__}" for reader in READERS.readers()
        ]
        monkeypatch.setattr(importing, "READERS", Registry("outreach.results", "outreach.tracking.exports", names))

    return install


@pytest.fixture
def tracked(tmp_path):
    """Return a function that runs ``outreach track`` on a text that nothing built in knows."""
    (tmp_path / "work" / "x.txt").write_text("made up counts\n")
    return lambda *words: CliRunner().invoke(main, ["track", "x.txt", "--format", "csv", *words])


@pytest.mark.parametrize("words", [(), ("--read-as", "made-up")])
def test_a_plug_in_reads_what_nothing_built_in_knows(installed, tracked, words):
    """Asked for or not."""
    installed(READER.format(read="pass"))
    result = tracked(*words)
    assert (result.exit_code, "smm-riga" in result.stdout) == (0, True), result.stderr


@pytest.mark.parametrize(
    "code",
    ["raise RuntimeError", READER.format(read="pass").replace("return source", "raise RuntimeError; return source")],
)
def test_a_broken_plug_in_is_named_and_the_file_refused_as_without_it(installed, tracked, code):
    """Its name tells whom to ask."""
    installed(code)
    result = tracked()
    assert result.exit_code == 3
    assert "x.txt: no reader recognises this file" in result.stderr
    assert "the plug-in made-up is broken (RuntimeError) and was left out" in result.stderr


def test_a_plug_in_that_fails_at_reading_is_a_warning(installed, tracked):
    """The other files count."""
    installed(READER.format(read="raise KeyError"))
    result = tracked()
    assert "the plug-in made-up is broken (KeyError) and was left out." in result.stderr
    assert "x.txt: skipped (the plug-in made-up failed)." in result.stderr
    assert (result.exit_code, "Nothing to show" in result.stderr) == (0, True)
