"""The notebook of the manual runs, and shows what it showed when it was written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOK = DOCS / "notebook.ipynb"
SECONDS = 300


def texts(cell):
    """Return what a cell shows in words; pictures have tests of their own."""
    return [
        (one.get("text") or one.get("data", {}).get("text/plain", "")).strip()
        for one in cell.get("outputs", ())
        if one.output_type != "error"
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that run notebooks
def test_the_notebook_shows_what_it_says(request, monkeypatch):
    """Cell by cell; with --update-golden its outputs are written anew."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    written = [texts(cell) for cell in notebook.cells]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(DOCS.parent), *sys.path]))
    resources = {"metadata": {"path": str(DOCS)}}
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when it ran
    if request.config.getoption("update_golden"):
        nbformat.write(notebook, NOTEBOOK)
        return
    assert [texts(cell) for cell in notebook.cells] == written
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", ())]
    assert sum("image/svg+xml" in one.get("data", {}) for one in outputs) == 3
