"""The program for people without Python: it is built, and works where no Python is."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

import outreach

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow  # a minute, and a folder of 200 MB


@pytest.fixture(scope="module")
def program(tmp_path_factory, unavailable):
    """Give the folder with the built programs."""
    if importlib.util.find_spec("PyInstaller") is None:
        unavailable("building the program needs PyInstaller")
    folder = tmp_path_factory.mktemp("program")
    places = ("--distpath", folder / "dist", "--workpath", folder / "work", "--log-level", "ERROR", "--noconfirm")
    command = [sys.executable, "-m", "PyInstaller", *places, ROOT / "installers" / "outreach.spec"]
    one = os.environ | {"OUTREACH_PROGRAMS": "outreach"}
    subprocess.run(command, cwd=folder, env=one, check=True, capture_output=True)
    yield folder / "dist" / "outreach"
    shutil.rmtree(folder / "dist")


def test_the_program_ranks_as_the_package_does(program):
    """Every word, template and query is in it, and no Python of the system is asked."""
    done = subprocess.run(
        [sys.executable, ROOT / "installers" / "try_program.py", program], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "places ranked" in done.stdout


def test_the_program_drafts_and_tracks(program, tmp_path):
    """Templates, migrations of the ledger and lists of crawlers came along."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OUTREACH_"))}

    def run(*words):
        done = subprocess.run(
            [program / "outreach", *words], cwd=tmp_path, env=bare, check=False, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    sample = ROOT / "sample_data"
    run("draft", str(sample / "brief.toml"), "t.me/bez_bublixa", "-o", "drafts")
    assert len(list((tmp_path / "drafts").iterdir())) == 1
    run("rank", str(sample / "follows.xlsx"), "-o", "ranking.xlsx")
    assert "(untagged)" in run("track", str(sample / "results"), "--format", "csv")


def test_the_app_of_the_program_shows_its_pages(program, tmp_path):
    """Pages, texts, styles and the manual came along."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OUTREACH_"))}
    mine = bare | {"OUTREACH_CONFIG_DIR": str(tmp_path / "settings")}
    command = [program / "outreach", "app", tmp_path, "--no-browser"]
    with subprocess.Popen(command, env=mine, stdout=subprocess.PIPE, encoding="utf-8") as running:
        try:
            address = running.stdout.readline().strip()
            origin = address.partition("/open")[0]
            with requests.Session() as window:
                window.get(address, timeout=60)
                assert "Try the sample" in window.get(f"{origin}/", timeout=60).text
                assert "<h1" in window.get(f"{origin}/help", timeout=60).text
                assert ".main-button" in window.get(f"{origin}/static/app.css", timeout=60).text
        finally:
            running.terminate()


def test_the_set_up_for_windows_is_built(program, tmp_path, unavailable):
    """NSIS takes the script, whatever system it runs on."""
    if shutil.which("makensis") is None:
        unavailable("building the set-up for Windows needs NSIS (makensis)")
    small = tmp_path / "few"  # the whole folder takes half a minute to pack
    (small / "_internal").mkdir(parents=True)
    shutil.copy(program / "outreach", small / "outreach.exe")
    made = tmp_path / "outreach-setup.exe"
    given = [f"-D{name}={value}" for name, value in
             {"VERSION": outreach.__version__, "FOLDER": small, "OUTPUT": made}.items()]  # fmt: skip
    done = subprocess.run(
        ["makensis", "-WX", *given, ROOT / "installers" / "windows.nsi"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert made.read_bytes().startswith(b"MZ")
