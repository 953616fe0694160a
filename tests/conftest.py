"""What all tests share: golden files, programs and files that may be missing, how hypothesis runs."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
import uuid
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest
from hypothesis import settings

from tests.examples import STRICT, examples

ROOT = Path(__file__).parents[1]
SERVER = "OUTREACH_TEST_PG"

# No deadline: one slow example on a busy machine is no bug. On CI the same examples each time, so that a failure there
# belongs to the change that it is shown for.
settings.register_profile("default", deadline=None, max_examples=examples(100))
settings.register_profile("ci", deadline=None, max_examples=examples(100), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


# A program that is started in the background ignores Ctrl-C, and hands that on: here signals do what they usually do.
for _name in ("SIGINT", "SIGTERM", "SIGHUP"):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)


# No test reads or writes what belongs to whoever runs them. Programs that a test starts inherit it.
_FOLDERS = tempfile.TemporaryDirectory(prefix="outreach-tests-", ignore_cleanup_errors=True)
_NUMBERS = itertools.count(1)
os.environ["OUTREACH_CONFIG_DIR"] = os.path.join(_FOLDERS.name, "0")  # noqa: PTH118
os.environ.pop("OUTREACH_SECRET", None)


@pytest.fixture(autouse=True)
def user_folder(monkeypatch):
    """Give each test a folder of the user's own, which is not there yet."""
    folder = Path(_FOLDERS.name, str(next(_NUMBERS)))
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(folder))
    return folder


def pytest_collection_modifyitems(items):
    """Begin with the files of which some test takes long, so that no processor waits for one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files instead of comparing with them")


@pytest.fixture
def write(tmp_path):
    """Write a file, return its path."""

    def make(name: str, content: str | bytes):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


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


@pytest.fixture
def server(monkeypatch):
    """Give a server of this machine that may be visited."""
    from outreach.remote import visit
    from tests.remote.pages import pages

    monkeypatch.setattr(visit, "LOOPBACK_ALLOWED", True)
    with pages() as running:
        yield running


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


@pytest.fixture
def postgresql(unavailable):
    """Give the address of an empty corner of the PostgreSQL database that OUTREACH_TEST_PG names."""
    address = os.environ.get(SERVER) or unavailable(f"{SERVER} names no PostgreSQL database")
    from sqlalchemy import create_engine, text

    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1))
    corner = f"outreach_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"create schema {corner}"))
    mark = "&" if "?" in address else "?"
    yield f"{address}{mark}options={quote(f'-csearch_path={corner}')}"
    with engine.begin() as connection:
        connection.execute(text(f"drop schema {corner} cascade"))
    engine.dispose()
