"""The sample data: the same facts in every shape give the same ranking."""

from __future__ import annotations

import csv
import importlib.util
import io
import warnings
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import outreach
from outreach.campaign.ledger import Placement, open_ledger
from outreach.errors import InputWarning

FOLDER = Path(__file__).parents[1] / "sample_data"
SHAPES = ["columns.csv", "excel_ru.csv", "follows.xlsx", "form.csv", "matrix.xlsx", "pasted.txt"]


def ranked(name, *columns):
    """Rank a file of the folder; the places by key, with what these columns say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        ranking = outreach.rank(outreach.read_likes(FOLDER / name), min_subscribers=0)
    return ranking.set_index("resource")[list(columns)].astype(object).to_dict("index")


def imported(name, path):
    """Import a script that writes files, for as long as its module is wanted."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look themselves up under the module's name.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(importlib.sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        yield module


@pytest.fixture(scope="module")
def make():
    """Import the script that writes the files."""
    yield from imported("make_sample_data", FOLDER / "make.py")


@pytest.fixture(scope="module")
def results():
    """Import the script that writes the results."""
    yield from imported("make_sample_results", FOLDER / "results" / "make.py")


def cells(data):
    """Read a workbook: the rows of each tab."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_ranking(name):
    """Who follows what, and of how many we know it, does not depend on how it was written down."""
    columns = ("overlap", "listed", "share", "share_low", "share_high")
    want = ranked("likes.csv", *columns)
    assert len(want) == 82
    assert ranked(name, *columns) == want


def test_numbers_of_a_russian_excel_are_the_same_sizes():
    """No-break spaces between thousands in a file of another encoding change no size and no order."""
    want = ranked("likes.csv", "rank", "subscribers")
    assert ranked("excel_ru.csv", "rank", "subscribers") == want


@pytest.mark.parametrize("name", SHAPES)
def test_files_are_what_the_script_writes(make, name):
    """Nobody edited one of them alone; of a workbook the cells count, since its bytes change with the writer."""
    made, kept = make.files()[name], (FOLDER / name).read_bytes()
    if name.endswith(".xlsx"):
        assert cells(made) == cells(kept)
    else:
        assert made == kept


def test_script_writes_all_files(make, tmp_path, monkeypatch):
    """To the folder that it is given."""
    monkeypatch.setattr("sys.argv", ["make.py", str(tmp_path)])
    make.main()
    assert sorted(path.name for path in tmp_path.iterdir()) == SHAPES


def test_a_cell_says_where_nobody_asked(make):
    """In a matrix and a form, where an empty cell is an answer, a question mark stands for each missing list."""
    unknown = {(like.customer, on) for like in make.read() for on in make.PLATFORMS} - {
        (like.customer, like.platform) for like in make.read()
    }
    assert len(unknown) == 12 * 5 - (12 + 11 + 10 + 9 + 6)
    answers = csv.DictReader(io.StringIO((FOLDER / "form.csv").read_text("utf-8"), newline=""))
    assert sum(answer == "?" for row in answers for answer in row.values()) == len(unknown)
    (matrix,) = cells((FOLDER / "matrix.xlsx").read_bytes()).values()
    asked = [[cell for cell in row[1:] if cell != "?"] for row in matrix[1:]]
    assert all(set(row) <= {"x", ""} for row in asked)
    assert {len(row) for row in asked} != {82}


def test_every_file_is_explained():
    """The folder's README has a line on each."""
    text = (FOLDER / "README.md").read_text("utf-8")
    files = [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()]
    wanted = [name for name in files if name != "README.md" and "__pycache__" not in name]
    wanted = [name for name in wanted if not name.startswith("exports/") or name.endswith(".py")]
    assert not [name for name in wanted if f"- `{name}`: " not in text]


def test_results_are_what_their_script_writes(results):
    """Nobody edited one of them alone; their links are those that `outreach draft` makes of the brief."""
    for name, made in results.files().items():
        assert made == (FOLDER / "results" / name).read_bytes(), name


def test_results_tell_the_plan(results, tmp_path):
    """What the script meant is what comes out: every visit and every sign-up at its place."""
    ledger = open_ledger(tmp_path / "outreach.db")
    drafts = outreach.draft(FOLDER / "brief.toml", list(results.PLANS))
    ledger.put(
        Placement(campaign="ten-posts-spring-2026", resource=row.resource, variant=row.variant, final_url=row.link,
                  status="published", utm_content=row.link.rpartition("=")[2])
        for row in drafts.itertuples()
    )  # fmt: skip
    files = [FOLDER / "results" / name for name in ("access.log", "signups.csv")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        told = outreach.conversion(files, db=tmp_path / "outreach.db", goal_path="/thanks").set_index("resource")
    signups, reached = (told[told["conversion_kind"] == kind] for kind in ("signup", "conversion: /thanks"))
    for place, plan in results.PLANS.items():
        assert list(signups.loc[place, ["denominator", "conversions"]]) == [plan.visits, plan.signups]
        assert list(reached.loc[place, ["denominator", "conversions"]]) == [plan.visits, plan.signups]
    lost = results.WITHOUT_TAG
    assert list(reached.loc["(untagged)", ["denominator", "conversions"]]) == [lost.visits, lost.signups]
    assert signups.loc["(not in the ledger)", "conversions"] == 1
    assert signups.loc["telegram:bez_bublixa", "verdict"] == "ahead"


def test_all_results_together_give_one_table(results, tmp_path):
    """Bookings and orders are counted as they were meant, beside the visits of the log."""
    ledger = open_ledger(tmp_path / "outreach.db")
    drafts = outreach.draft(FOLDER / "brief.toml", list(results.PLANS))
    ledger.put(
        Placement(campaign="ten-posts-spring-2026", resource=row.resource, variant=row.variant, final_url=row.link,
                  status="published", utm_content=row.link.rpartition("=")[2])
        for row in drafts.itertuples()
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        told = outreach.conversion(FOLDER / "results", db=tmp_path / "outreach.db").set_index("resource")
    found = told[told["unit"] == "visit"]
    counts = {kind: found[found["conversion_kind"] == kind]["conversions"] for kind in set(found["conversion_kind"])}
    stages = {place: dict(zip(results.STAGES, some, strict=True)) for place, some in results.BOOKINGS.items()}
    for place in results.PLANS:
        known = {**stages.get(place, {}), "Думает": 0}
        assert counts["enquiry"][place] == sum(known.values())
        assert counts["came"][place] == known.get("Пришёл", 0)
        assert counts["no-show"][place] == known.get("Не пришёл", 0)
        assert counts["sale"][place] == results.ORDERS.get(place, 0)
    assert counts.keys() == {"signup", "sale", "enquiry", "cancelled", "booked", "no-show", "came"}


@pytest.fixture(scope="module")
def export_maker():
    """Import the script that writes the exports."""
    yield from imported("make_sample_exports", FOLDER / "exports" / "make.py")


def inside(data):
    """Return what is in an archive; of another file its bytes."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_exports_are_what_their_script_writes(export_maker):
    """Nobody edited one of them alone; of an archive the files count, since its bytes change with the packer."""
    made = export_maker.files()
    kept = [
        path for path in (FOLDER / "exports").rglob("*") if path.is_file() and path.suffix in {".zip", ".json", ".csv"}
    ]
    assert {path.relative_to(FOLDER / "exports").as_posix() for path in kept} == set(made)
    for name, data in made.items():
        assert inside(data) == inside((FOLDER / "exports" / name).read_bytes()), name


def test_exports_say_what_the_table_says(export_maker):
    """Every place of an export is one that the customer follows in `likes.csv`, and one group more; none is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        found = outreach.read_likes(FOLDER / "exports", customers=FOLDER / "customers.csv")
        everything = outreach.read_likes(FOLDER / "likes.csv")
    for label in export_maker.PEOPLE:
        mine = found[(found["customer"] == label) & found["resource"].notna()]
        known = everything[everything["customer"] == label]
        names = set(known["name"].dropna()) | {"Posts and patience"}
        keys = set(known["resource"])
        strange = [row.resource for row in mine.itertuples() if row.resource not in keys and row.name not in names]
        assert strange == [], label
        for platform in mine["platform"].unique():
            count = len(known[known["platform"] == platform])
            groups = 1 if platform == "facebook" else 0
            assert len(mine[mine["platform"] == platform]) == count + groups, (label, platform)
    listed = found[found["platform"] == "tiktok"]
    assert (list(listed["customer"]), listed["resource"].isna().all()) == (["Անի Հ."], True)
