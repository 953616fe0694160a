"""What the program makes of every kind of file, held fast; see CONTRIBUTING, Golden files."""

from __future__ import annotations

import pytest

from tests.golden.cases import all_cases, update, write
from tests.golden.observe import observed

CASES = [pytest.param(case, id=case.id, marks=[pytest.mark.slow] if case.slow else []) for case in all_cases()]


@pytest.mark.parametrize("case", CASES)
def test_golden(case, tmp_path, monkeypatch, request):
    """The same files give the same likes, rejected rows, results, exit code and kinds of remarks."""
    write(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    got = observed(case, monkeypatch)
    if request.config.getoption("update_golden"):
        update(case, got)
    else:
        assert got == case.golden, f"{case.id}: pytest --update-golden, then read the diff"
