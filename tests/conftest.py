"""What all tests share: golden files, programs and files that may be missing, how hypothesis runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from tests.examples import STRICT, examples

ROOT = Path(__file__).parents[1]

# No deadline: one slow example on a busy machine is no bug. On CI the same examples each time, so that a failure there
# belongs to the change that it is shown for.
settings.register_profile("default", deadline=None, max_examples=examples(100))
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files instead of comparing with them")


@pytest.fixture
def golden(request):
    """Compare text with a golden file; with ``--update-golden`` write it there, for review in the diff."""

    def compare(text: str, path: Path) -> None:
        if request.config.getoption("update_golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.exists(), f"{path.name} is missing: pytest --update-golden writes it"
        # As bytes, because reading as text would hide a wrong line ending.
        assert text == path.read_bytes().decode(), f"{path.name} differs: pytest --update-golden, then read the diff"

    return compare


@pytest.fixture(scope="session")
def unavailable():
    """Skip a test for what this machine lacks; fail it where OUTREACH_TEST_STRICT=1 says that nothing is lacking."""

    def leave(reason: str) -> NoReturn:
        if STRICT:
            pytest.fail(f"{reason}, and OUTREACH_TEST_STRICT=1", pytrace=False)
        pytest.skip(reason)

    return leave


@pytest.fixture(scope="session")
def needs_program(unavailable):
    """Give the path of a program, or leave the test as ``unavailable`` does."""

    def find(name: str) -> str:
        return shutil.which(name) or unavailable(f"the program {name} is not installed")

    return find


@pytest.fixture(scope="session")
def shared_data():
    """Give the folder with real files beside the checkout; they are not ours to publish."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no folder with real files beside the checkout")
    return folder
