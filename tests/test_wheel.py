"""What is built and installed works without the checkout."""

from __future__ import annotations

import csv
import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIKES = """\
customer,resource,name,subscribers
Anna,https://t.me/zelvorika,Zelvorika,12000
Boris,https://t.me/s/zelvorika/,,
Anna,https://www.facebook.com/plumbariq,Plumbariq,30000
"""


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command far from the checkout and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OUTREACH_"))}
    environment |= variables
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, unavailable):
    for module in ("build", "hatchling"):  # without isolation, so that the test needs no network
        if importlib.util.find_spec(module) is None:
            unavailable(f"building a wheel needs {module}")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory):
    """Give the scripts of a new environment that has the wheel, and what it depends on by reference."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "env", cwd=folder)
    scripts = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    paths = run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    # A folder that a .pth file names comes after our own, and its .pth files (an editable install) are not followed.
    ours = "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    Path(paths.strip(), "dependencies.pth").write_text(ours, encoding="utf-8")
    return scripts


def test_the_wheel_carries_templates_queries_and_types(wheel):
    """Files that are no Python get into the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any(name.startswith("outreach/_templates/") for name in names)
    assert "outreach/ranking/rank.sql" in names
    assert "outreach/py.typed" in names
    assert {"outreach/_sample/likes.csv", "outreach/_sample/results/ga4.csv"} <= set(names)
    assert {"outreach/_manual/howto/app.md", "outreach/_manual/ru/start.md"} <= set(names)
    app = {"static/htmx.min.js", "static/htmx.txt", "templates/layout.html", "texts/hy.toml"}
    assert {f"outreach/app/{name}" for name in app} <= set(names)
    page = {"reporting/client_page/page.css", "reporting/client_page/table.js", "_templates/report/page.html.j2"}
    assert {f"outreach/{name}" for name in page} <= set(names)
    assert not [name for name in names if not name.startswith(("outreach/", "outreach-"))]


@pytest.mark.slow
def test_an_installed_wheel_ranks(scripts, tmp_path):
    """The command works in a folder of its own, on packaged files alone."""
    (tmp_path / "likes.csv").write_text(LIKES, encoding="utf-8")
    where = run(scripts / "python", "-c", "import outreach; print(outreach.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(scripts.parent)

    ranking = list(csv.DictReader(run(scripts / "outreach", "rank", "likes.csv", cwd=tmp_path).splitlines()))

    columns = ("rank", "resource", "name", "subscribers", "overlap", "listed")
    assert [tuple(row[column] for column in columns) for row in ranking] == [
        ("1", "telegram:zelvorika", "Zelvorika", "12000", "2", "2"),
        ("2", "facebook:plumbariq", "Plumbariq", "30000", "1", "1"),
    ]


SAMPLE = """
import tempfile
from pathlib import Path
from outreach.app.campaigns import Campaigns
folder = Path(tempfile.mkdtemp())
Campaigns(folder).create_sample("Sample", "ru")
print(*sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")))
"""


def test_the_sample_and_the_pages_come_with_the_wheel(scripts, tmp_path):
    """The app makes its sample without the checkout."""
    config = str(tmp_path / "config")
    made = run(scripts / "python", "-c", SAMPLE, cwd=tmp_path, OUTREACH_CONFIG_DIR=config).split()
    assert {"Sample/outreach.toml", "Sample/lists/likes.csv", "Sample/brief.toml", "Sample/results/ga4.csv"} <= {*made}
    assert (scripts / "outreach-app").is_file() or (scripts / "outreach-app.exe").is_file()


COUNT = """
import sys
from outreach.words.vocabulary import words_of
print(len(words_of("cells.yes")), "tomllib" in sys.modules)
"""


def test_the_languages_come_compiled(wheel, scripts):
    """A run from a wheel parses no TOML, unless somebody has changed a language."""
    with zipfile.ZipFile(wheel) as archive:
        assert {"outreach/words/lv.toml", "outreach/words/compiled.txt"} <= set(archive.namelist())
    where = run(
        scripts / "python", "-c", "from outreach.words import vocabulary; print(vocabulary.FOLDER)", cwd=scripts
    )
    path, before = Path(where.strip(), "lv.toml"), run(scripts / "python", "-c", COUNT, cwd=scripts).split()
    assert path.is_relative_to(scripts.parent)
    assert before[1] == "False"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace('yes = ["jā"', 'yes = ["zelvo", "jā"', 1), "utf-8")
        assert run(scripts / "python", "-c", COUNT, cwd=scripts).split() == [str(int(before[0]) + 1), "True"]
        assert run(scripts / "python", "-c", COUNT, cwd=scripts).split() == [str(int(before[0]) + 1), "False"]
    finally:
        path.write_text(text, "utf-8")


@pytest.mark.slow
def test_the_wheel_of_a_release_carries_the_manual(wheel, tmp_path):
    """Built pages are handed to the build, which needs no Sphinx; other wheels have none."""
    pages = tmp_path / "html"
    (pages / "ru").mkdir(parents=True)
    for name in ("index.html", "ru/index.html"):
        (pages / name).write_text("<title>outreach</title>", "utf-8")
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.startswith("outreach/manual/")]
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT)
    run(*command, cwd=tmp_path, OUTREACH_MANUAL=str(pages))
    (path,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        assert {"outreach/manual/index.html", "outreach/manual/ru/index.html"} <= {*archive.namelist()}
