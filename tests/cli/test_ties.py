"""Wrong tags are tied to a place once, and stay tied."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.ties import ties_of
from outreach.cli import main

HEAD = (
    "# ----------------------------------------\n# Traffic acquisition\n# Property: Shop - GA4\n"
    "# Start date: 20260501\n# End date: 20260531\n"
    "Session source / medium,Session campaign,Session manual ad content,Sessions\n"
)
VISITS = HEAD + "vk / social,spring,old-banner,70\nvk / social,spring,one--a-1xxxx,30\n"


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call ``track`` in a folder with a ledger of two places, of which one has two placements."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    ledger = open_ledger(tmp_path / "outreach.db")
    ledger.put(
        Placement(
            campaign="spring", resource=f"vk:{place}", name=place.title(), status="published", utm_source="vk",
            round=number, utm_medium="social", utm_campaign="spring", utm_content=f"{place}--a-{number}xxxx",
            final_url=f"https://x.example/?utm_source=vk&utm_campaign=spring&utm_content={place}--a-{number}xxxx",
        )
        for place, number in (("one", 1), ("two", 1), ("two", 2))
    )  # fmt: skip

    def call(*args: str):
        return CliRunner().invoke(main, ("track", *args), catch_exceptions=False)

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file into the folder; give its name."""

    def make(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return make


def visits(result):
    """Return the visits by line."""
    return {row["resource"]: row["denominator"] for row in csv.DictReader(io.StringIO(result.stdout))}


def ties(folder):
    """Return what the ledger ties."""
    return [
        (one.number, one.text, one.resource, one.round) for one in ties_of(open_ledger(folder / "outreach.db").database)
    ]


def test_a_tag_is_tied_for_good(outreach, write, tmp_path):
    """What was imported before counts too, and so does what comes later."""
    assert visits(outreach(write("visits.csv", VISITS))) == {
        "vk:one": "30", "(not in the ledger)": "70", "vk:two": "0",
    }  # fmt: skip
    tied = outreach("--tag", "OLD-banner=vk:two")
    assert "old-banner is tied to vk:two; --ties lists all ties." in tied.stderr
    assert visits(tied) == visits(outreach()) == {"vk:one": "30", "vk:two": "70"}
    assert ties(tmp_path) == [(1, "old-banner", "vk:two", 0)]
    later = outreach(write("later.csv", VISITS.replace("70", "80")), "--replace")
    assert visits(later)["vk:two"] == "80"


@pytest.mark.parametrize("tag", ["old-banner", "vk / spring / old-banner", "VK / Spring / old-banner"])
@pytest.mark.parametrize("place", ["vk:two", "two", "Two · VK", "two--a-2xxxx", "https://vk.com/two"])
def test_tag_and_place_are_written_in_many_ways(outreach, write, tag, place):
    """As the program prints them, and as people write them."""
    outreach(write("visits.csv", VISITS))
    assert visits(outreach("--tag", f"{tag}={place}"))["vk:two"] == "70"


def test_a_link_of_signs_is_tied_too(outreach, write):
    """The tag and the place may both hold the sign between them."""
    outreach(write("visits.csv", VISITS.replace("old-banner", "a=b")))
    link = "https://x.example/?utm_source=vk&utm_campaign=spring&utm_content=two--a-1xxxx"
    assert visits(outreach("--tag", f"a=b={link}"))["vk:two"] == "70"


def test_a_tie_goes_before_the_tag_itself(outreach, write):
    """The link of one place was posted in another one: who says so is believed."""
    outreach(write("visits.csv", VISITS))
    assert visits(outreach("--tag", "one--a-1xxxx=vk:two"))["vk:two"] == "30"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("old-banner=vk:three", 3, "--tag: no place in the ledger has the name vk:three"),
        ("old-banner=o", 3, "--tag: 2 places have the name o: vk:one, vk:two"),
        ("old-banner", 2, "--tag old-banner: not a pair"),
        ("=vk:one", 2, "--tag =vk:one: not a pair"),
        ("anna@example.org=vk:one", 2, "--tag: an e-mail address or a phone number is not kept"),
    ],
)
def test_what_cannot_be_tied_is_refused(outreach, write, given, code, said):
    """Nothing is imported then."""
    result = outreach(write("visits.csv", VISITS), "--tag", given)
    assert (result.exit_code, said in result.stderr) == (code, True)
    assert "0 ties." in outreach("--ties").stderr
    assert "0 imports." in outreach("--imports").stderr


def test_without_a_ledger_nothing_is_tied(outreach, write, tmp_path):
    """What cannot be kept is not taken."""
    (tmp_path / "outreach.db").unlink()
    result = outreach(write("visits.csv", VISITS), "--tag", "old-banner=vk:two")
    assert (result.exit_code, "outreach.db" in result.stderr) == (3, True)
    assert not (tmp_path / "outreach.db").exists()


def test_ties_are_listed_and_removed(outreach, write):
    """By numbers that are never given twice."""
    outreach(write("visits.csv", VISITS), "--tag", "old-banner=vk:two", "--tag", "x=two--a-2xxxx")
    listed = outreach("--ties")
    assert listed.stdout == (
        "number,kind,text,resource,campaign,variant,round\n1,tag,old-banner,vk:two,spring,a,\n2,tag,x,vk:two,spring,a,2\n"
    )
    assert "   2  tag  x = vk:two (spring, a, repeat 2)\n" in outreach("--ties", "--format", "table").stdout
    assert "old-banner is no longer tied to vk:two." in outreach("--ties", "--forget", "1").stderr
    assert visits(outreach())["(not in the ledger)"] == "70"
    assert "no such tie" in outreach("--ties", "--forget", "1").stderr
    outreach("--tag", "y=vk:one", "--tag", "x=vk:one")
    assert outreach("--ties").stdout.splitlines()[1:] == ["2,tag,x,vk:one,spring,a,1", "3,tag,y,vk:one,spring,a,1"]


@pytest.mark.parametrize("options", [("--ties", "--imports"), ("--ties", "--tag", "a=b"), ("--ties", "a.csv")])
def test_one_thing_at_a_time(outreach, options):
    """Nothing is passed over in silence."""
    assert outreach(*options).exit_code == 2


@pytest.mark.parametrize("name", ["unmatched.csv", "unmatched.xlsx", "unmatched.tsv"])
def test_the_file_of_unmatched_links_is_read_back(outreach, write, tmp_path, name):
    """A person fills in the column place; a row whose place is not known is told with its line."""
    other = "vk / social,autumn,(not set),5\nok / social,spring,old-banner,4\n"
    outreach(write("visits.csv", VISITS + other), "--unmatched", name)
    _fill(tmp_path / name, {"old-banner": "Two", "": "nowhere"})
    refused = outreach("--unmatched", name)
    assert (refused.exit_code, "it has places filled in that were not read yet" in refused.stderr) == (1, True)
    result = outreach(name, "--rejected", "rejected.csv")
    assert f"{name}: 3 places were filled in; the ties are kept." in result.stderr
    assert visits(result)["vk:two"] == "74"
    assert "place is not in the ledger" in (tmp_path / "rejected.csv").read_text()
    assert {one[1] for one in ties(tmp_path)} == {"vk / spring / old-banner", "ok / spring / old-banner"}


def _fill(path, places):
    """Fill in places by ``utm_content``."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        header, *rows = book.active.iter_rows()
        names = [cell.value for cell in header]
        for row in rows:
            row[names.index("place")].value = places[row[names.index("utm_content")].value or ""]
        book.save(path)
        return
    delimiter = "\t" if path.suffix == ".tsv" else ","
    rows = list(csv.DictReader(io.StringIO(path.read_text()), delimiter=delimiter))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";" if delimiter == "," else delimiter)  # as Excel saves it
    writer.writeheader()
    writer.writerows(row | {"place": places[row["utm_content"]]} for row in rows)
    path.write_text(out.getvalue())


def test_an_empty_column_of_places_says_what_is_missing(outreach, write):
    """The file as it was written ties nothing."""
    outreach(write("visits.csv", VISITS), "--unmatched", "unmatched.csv")
    result = outreach("unmatched.csv")
    assert "unmatched.csv: the column place is empty: fill in the places of the links." in result.stderr
