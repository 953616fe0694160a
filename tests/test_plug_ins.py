"""The examples of CONTRIBUTING run as plug-ins that a package manager has installed, and so do broken ones."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from outreach.likes import exports

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LIST = '<telelist><channels><c handle="smm_riga"/><c title="SMM"/><c handle="riga_ads"/></channels></telelist>'
SHORT = '<telelist><channels><c handle="smm_riga"/></channels></telelist>'


def blocks(language):
    """Return the examples of the guide in one language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def code_of(kind):
    return next(block for block in blocks("python") if f"class {kind}:" in block)


@pytest.fixture
def outreach(tmp_path):
    """Return a function that runs the program in a folder where plug-ins are installed."""
    site = tmp_path / "site"

    def install(group, **plug_ins):
        info = site / f"made_up_{group[9:]}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: made-up-{group[9:]}\nVersion: 1.0\n")
        points = [f"{name} = made_up_{name}:{kind}" for name, (kind, _) in plug_ins.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *points, ""]))
        for name, (_, code) in plug_ins.items():
            (site / f"made_up_{name}.py").write_text(code, encoding="utf-8")

    def run(*words):
        path = os.pathsep.join([str(site), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-m", "outreach", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    run.install = install
    return run


@pytest.fixture
def lists(tmp_path):
    """Write lists of two customers."""
    for name, written in (("anna", LIST), ("boris", SHORT)):
        (tmp_path / "lists" / name).mkdir(parents=True)
        (tmp_path / "lists" / name / "channels.xml").write_text(written)
    (tmp_path / "lists" / "boris" / "settings.xml").write_text("<telelist><settings/></telelist>")


def ranked(run, *paths):
    """Return place and number of customers, and what was remarked."""
    result = run("rank", *paths, "--min-subscribers", "0", "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    return {row["resource"]: row["overlap"] for row in map(json.loads, result.stdout.splitlines())}, result.stderr


@pytest.mark.usefixtures("lists")
def test_the_reader_of_lists_in_the_guide(outreach):
    """Folders are customers, unusable records are counted, settings are left out quietly."""
    outreach.install("outreach.readers", telelist=("TeleList", code_of("TeleList")))
    places, remarks = ranked(outreach, "lists")
    assert places == {"telegram:smm_riga": 2, "telegram:riga_ads": 1}
    assert "1 x a channel without its handle" in remarks
    assert "2 followed" in remarks


@pytest.mark.usefixtures("lists")
def test_a_file_alone(outreach, tmp_path):
    """Whatever it is called; nothing built in makes a table of it."""
    outreach.install("outreach.readers", telelist=("TeleList", code_of("TeleList")))
    (tmp_path / "lists" / "anna" / "channels.xml").rename(tmp_path / "anna.txt")
    assert ranked(outreach, "anna.txt")[0] == {"telegram:smm_riga": 1, "telegram:riga_ads": 1}
    assert ranked(outreach, "anna.txt", "lists", "--customer", "boris")[0]["telegram:riga_ads"] == 1


@pytest.mark.usefixtures("lists")
def test_a_member_of_an_archive(outreach, tmp_path):
    """Where nothing built in knows any of its files."""
    import zipfile

    outreach.install("outreach.readers", telelist=("TeleList", code_of("TeleList")))
    with zipfile.ZipFile(tmp_path / "anna.zip", "w") as archive:
        archive.writestr("telelist/channels.xml", LIST)
        archive.writestr("photo.jpg", b"x")
    assert ranked(outreach, "anna.zip")[0] == {"telegram:smm_riga": 1, "telegram:riga_ads": 1}


@pytest.mark.usefixtures("lists")
def test_without_the_plug_in_the_files_are_refused(outreach):
    """So the tests above are about the plug-in."""
    assert outreach("rank", "lists").returncode == 3


BROKEN = {
    "cannot be imported": "import no_such_module_at_all",
    "lacks its platform": "class TeleList:\n    name = reads = 'x'",
    "fails at identify": code_of("TeleList").replace("return source", "return 1 / 0, source"),
    "fails while it reads": code_of("TeleList").replace("for source in sources:", "for source in sources[9]:"),
}


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_a_broken_plug_in_is_a_remark(outreach, tmp_path, code):
    """It is named once, and everything else is read."""
    (tmp_path / "lists" / "likes.csv").write_text("customer,resource\nVera,t.me/smm_riga\n")
    outreach.install("outreach.readers", broken=("TeleList", code))
    places, remarks = ranked(outreach, "lists")
    assert places == {"telegram:smm_riga": 1}
    assert len(re.findall(r"the plug-in (?:broken|telelist) is broken \(", remarks)) == 1
    assert "Traceback" not in remarks


@pytest.mark.usefixtures("lists")
def test_a_sound_plug_in_beside_a_broken_one(outreach):
    """Also where the broken one is asked first."""
    outreach.install(
        "outreach.readers", a=("TeleList", BROKEN["fails at identify"]), b=("TeleList", code_of("TeleList"))
    )
    assert ranked(outreach, "lists")[0] == {"telegram:smm_riga": 2, "telegram:riga_ads": 1}


def test_no_run_looks_for_plug_ins_without_need(outreach, tmp_path):
    """Where everything is read by what is built in, nobody looks through what is installed."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "likes.csv").write_text("customer,resource\nVera,t.me/smm_riga\n")
    outreach.install("outreach.readers", broken=("TeleList", BROKEN["cannot be imported"]))
    assert "plug-in" not in ranked(outreach, "lists")[1]


def test_the_library_warns_of_a_broken_plug_in(monkeypatch, tmp_path):
    """As of everything else that could not be used."""
    import outreach as library
    from outreach.errors import InputWarning
    from outreach.files.contract import Registry, Remark
    from outreach.messages import message

    broken = Registry("outreach.none", exports.__name__, ())
    remark = Remark(message("plug-in-broken", name="telelist", error="ImportError"))
    monkeypatch.setattr(broken, "plug_ins", lambda note: note(remark) or ())
    monkeypatch.setattr("outreach.likes.planning.READERS", broken)
    (tmp_path / "list.made-up").write_text("something")
    (tmp_path / "likes.csv").write_text("customer,resource\nVera,t.me/smm_riga\n")
    with pytest.warns(InputWarning, match="the plug-in telelist is broken"):
        library.read_likes(tmp_path)


def test_the_reader_of_results_in_the_guide(outreach, tmp_path):
    """It counts, and a broken one beside it is named."""
    outreach.install(
        "outreach.results",
        broken=("Peeks", code_of("Peeks").replace("return source", "return 1 / 0, source")),
        peeks=("Peeks", code_of("Peeks")),
    )
    (report,) = [block for block in blocks("csv") if block.startswith("Peeks")]
    (tmp_path / "peeks.csv").write_text(f"{report}x--a-00000,many,1\n")
    result = outreach("track", "peeks.csv", "--format", "csv")
    assert result.returncode == 0, result.stderr
    assert "peeks.csv: peeks, 2026-05-01 to 2026-05-31; 120 visits, 7 sign-ups" in result.stderr
    assert "1 x no number where a count should be" in result.stderr
    assert "the plug-in peeks is broken (ZeroDivisionError)" in result.stderr


@pytest.mark.usefixtures("lists")
def test_two_plug_ins_that_know_one_file(outreach, tmp_path):
    """It is left out with both names, and the others are read."""
    outreach.install("outreach.readers", a=("TeleList", code_of("TeleList")), b=("TeleList", code_of("TeleList")))
    (tmp_path / "lists" / "likes.csv").write_text("customer,resource\nVera,t.me/smm_riga\n")
    places, remarks = ranked(outreach, "lists")
    assert places == {"telegram:smm_riga": 1}
    assert "telelist and telelist both claim this file" in remarks
