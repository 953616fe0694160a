"""Another program that reads access logs counts the same requests."""

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "logs.py"


def test_goaccess_counts_the_same(needs_program):
    """As many GETs for each tagged link, on a small log of the benchmark."""
    needs_program("goaccess")
    command = [sys.executable, BENCHMARK, "--lines", "5000", "--rounds", "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    assert "equal for 200 tagged links" in run.stdout
