"""The contract of readers: who claims a file, and what a plug-in may do."""

import sys

import pytest

from outreach.errors import AmbiguousFormatError, InputError, OptionError
from outreach.files.contract import Registry, Remark, Skipped, reason
from outreach.files.source import Source
from outreach.messages import describe, message

READER = """
class {kind}:
    name = "{name}"
    reads = "lines"

    def identify(self, source):
        {identify}

    def read(self, sources, options):
        yield "first"
        {read}
"""


@pytest.fixture
def source(tmp_path):
    """Return a source of a text."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"ours: 1\n")
    return Source("a.txt", path, path.read_bytes(), inner="a.txt")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs plug-ins, as a package manager would: entry point to the reader's code."""
    site = tmp_path / "site"
    monkeypatch.syspath_prepend(str(site))

    def install(**readers):
        info = site / "made_up-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n")
        points = [f"{name} = made_up_{name}:Kind" for name in readers]
        (info / "entry_points.txt").write_text("\n".join(["[outreach.test]", *points, ""]))
        for name, code in readers.items():
            (site / f"made_up_{name}.py").write_text(code)
            monkeypatch.delitem(sys.modules, f"made_up_{name}", raising=False)
        return Registry("outreach.test", "outreach", ())

    return install


def code(name, identify='return source.beginning.startswith("ours")', read="pass"):
    """Return the code of a reader."""
    return READER.format(kind="Kind", name=name, identify=identify, read=read)


def test_a_plug_in_is_found_by_its_entry_point(installed, source):
    """It reads what it claims, and can be named."""
    registry, noted = installed(lines=code("lines")), []
    assert registry.claimed(source) is None
    reader = registry.claimed_by_plug_in(source, noted.append)
    assert list(reader.read([source], None)) == ["first"]
    assert registry.named("lines", noted.append).reads == "lines"
    assert not noted


BROKEN = {
    "no module at import": "import no_such_module_at_all",
    "no class": "x = 1",
    "a class without a name": "class Kind:\n    reads = 'x'",
    "an error at identify": code("broken", identify="raise ValueError('Anna')"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_plug_in_is_a_remark_with_its_name(installed, source, broken):
    """The others are asked all the same; the text of its error is not shown, for it may hold a row."""
    registry, noted = installed(broken=broken, lines=code("lines")), []
    assert registry.claimed_by_plug_in(source, noted.append).name == "lines"
    assert [one.message["name"] for one in noted] == ["broken"]
    assert "Anna" not in describe(noted[0].message)


def test_a_plug_in_that_fails_while_it_reads_gives_nothing(installed, source):
    """Half of a list would be a wrong list."""
    registry, noted = installed(broken=code("broken", read="raise KeyError('Anna')")), []
    reader = registry.claimed_by_plug_in(source, noted.append)
    assert list(reader.read([source], None)) == [
        Skipped("a.txt", message("plug-in-failed", name="broken"), wanted=True)
    ]
    assert noted == [Remark(message("plug-in-broken", name="broken", error="KeyError"))]


def test_what_a_plug_in_refuses_is_refused(installed, source):
    """An error that the user can do something about is no failure of the plug-in."""
    refusing = "from outreach.errors import InputError\n" + code("lines", read="raise InputError('cut off')")
    reader = installed(lines=refusing).claimed_by_plug_in(source, [].append)
    with pytest.raises(InputError, match="cut off"):
        list(reader.read([source], None))


def test_two_that_know_one_file(installed, source):
    """Order never decides."""
    with pytest.raises(AmbiguousFormatError, match=r"a\.txt: first and second both claim this file"):
        installed(one=code("first"), two=code("second")).claimed_by_plug_in(source, [].append)


def test_a_name_that_no_reader_has(installed):
    """The ones that there are, are named."""
    with pytest.raises(OptionError, match="--read-as other: no such reader") as caught:
        installed(one=code("first")).named("other", [].append)
    assert caught.value.hint == "known: first"


def test_plug_ins_are_not_looked_for_while_built_in_readers_suffice(source, monkeypatch):
    """Looking through what is installed takes longer than to read a list."""
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: pytest.fail("looked"))
    assert Registry("outreach.test", "outreach", ()).claimed(source) is None


def test_a_reason_is_made_once():
    """A million rows may be rejected for it."""
    assert reason("no-day", rows=1) is reason("no-day", rows=1)
    assert reason("no-day", rows=1) is not reason("no-day", rows=1.0)
