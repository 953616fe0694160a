"""Golden pictures: words are compared, numbers within a pixel and a half."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures.drawn import described, differing

DATA = Path(__file__).parent / "data"


@pytest.fixture
def golden_picture(request):
    """Compare a picture with a golden one; with ``--update-golden`` write it there, for review in the diff."""

    def compare(figure, name):
        path, lines = DATA / f"{name}.golden", described(figure)
        if request.config.getoption("update_golden"):
            path.write_bytes(("\n".join(lines) + "\n").encode())
            return
        kept = path.read_bytes().decode().removesuffix("\n").split("\n")
        assert differing(lines, kept) is None, "pytest --update-golden, then read the diff"

    return compare
