"""Damaged inputs give errors in words, and every input that ever did not is tried again."""

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.examples import examples

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "fuzz.py"


@pytest.fixture(scope="module")
def fuzz():
    """Import the script that damages samples."""
    sys.path.insert(0, str(SCRIPT.parent))  # where it looks for what belongs to it
    spec = importlib.util.spec_from_file_location("fuzz", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    sys.path.remove(str(SCRIPT.parent))
    return module


def test_ten_thousand_damaged_inputs(fuzz):
    """The same ones each time, so that a failure belongs to the change that it is shown for; all where it is strict."""
    inputs = examples(10_000)
    tally = fuzz.run(20260601, inputs)
    assert [reason for *_, reason in tally.failed] == []
    assert tally.counts["read"] > inputs / 10
    assert tally.counts["entries used"] > inputs / 20
    assert tally.counts["entries told"] > inputs / 20
    assert tally.counts["told"] > inputs / 20
    assert tally.counts["tables read"] > inputs / 20
    assert tally.counts["tables told"] > inputs / 50
    assert tally.counts["archives ranked"] > inputs / 500
    assert tally.counts["archives told"] > inputs / 500


def test_inputs_that_failed_once(fuzz, tmp_path):
    """Each lies in a folder of its own, below its path inside the export."""
    for path in sorted(fuzz.FAILED.rglob("*")):
        if path.is_file():
            inner = "/".join(path.relative_to(fuzz.FAILED).parts[1:])
            assert fuzz.tried(inner, path.read_bytes(), tmp_path / "input") in fuzz.ENDS
