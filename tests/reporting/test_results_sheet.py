"""The sheet of results: written once, added to afterwards, never overwritten."""

import openpyxl
import pytest

from outreach.campaign.ledger.placement import Placement
from outreach.errors import InputError, OutputError
from outreach.reporting.results_sheet import save_results_sheet

HEADER = "place,link,date,views,clicks,visits,conversions,revenue,currency,cost,note,campaign,variant,round,key"


def placed(resource="telegram:smm_riga", **values):
    made = {"campaign": "spring", "final_url": f"https://acme.example/?utm_content={resource[-4:]}"} | values
    return Placement(resource=resource, **made)


def cells(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_a_new_workbook(tmp_path):
    """The placements with empty columns to fill in; the header stays in sight, explains itself and can be filtered."""
    path = tmp_path / "results.xlsx"
    saved = save_results_sheet([placed(name="SMM Riga", published_at="2026-05-12T10:00:00Z")], path)
    assert (saved.path, saved.added, saved.changed) == (path, 1, True)
    header, row = cells(path)
    assert header == HEADER.split(",")
    assert row[:3] == ["SMM Riga", "https://acme.example/?utm_content=riga", "2026-05-12"]
    assert row[3:11] == [None] * 8
    assert row[11:] == ["spring", "a", 1, "telegram:smm_riga"]
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "B2"
    prompts = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt}
    assert prompts["F1"].startswith("visits by this link")
    assert "F2" in {str(rule.sqref) for rule in sheet.data_validations.dataValidation if rule.type == "whole"}


def test_the_same_placements_give_the_same_bytes(tmp_path):
    """No clock gets into the file."""
    for name in ("a.xlsx", "b.xlsx"):
        save_results_sheet([placed()], tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_new_text(tmp_path):
    """CSV has a mark for Excel and no cell that is a formula."""
    path = tmp_path / "results.csv"
    save_results_sheet([placed(name='=HYPERLINK("x")')], path)
    text = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0] == HEADER
    assert text.splitlines()[1].startswith('"\'=HYPERLINK(""x"")",')


@pytest.mark.parametrize("name", ["results.xlsx", "results.csv"])
def test_what_was_typed_is_kept(tmp_path, name):
    """New placements go to the end; filled cells and a person's own column stay, as does a sheet that lacks nothing."""
    path = tmp_path / name
    save_results_sheet([placed()], path)
    fill(path, "F2", 5, "90")
    added = save_results_sheet([placed(published_at="2026-05-12"), placed("vk:club")], path)
    assert (added.added, added.kept) == (1, 1)
    if name.endswith("xlsx"):
        _, first, second = cells(path)
    else:
        _, first, second = (line.split(",") for line in path.read_text("utf-8-sig").splitlines())
    assert (str(first[5]), first[2], second[0], second[-1]) == ("90", "2026-05-12", "vk:club", "vk:club")
    before = path.read_bytes()
    assert not save_results_sheet([placed(), placed("vk:club")], path).changed
    assert path.read_bytes() == before


def fill(path, cell, column, value):
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        book.active[cell] = int(value)
        book.save(path)
        return
    lines = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
    lines[1][column] = value
    path.write_text("\n".join(map(",".join, lines)) + "\n", "utf-8-sig")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.csv", b"customer,resource\nAnna,t.me/a\n"),
        ("r.csv", b"place,visits\nA,5\n"),
        ("r.xlsx", b"not a workbook"),
        ("r.csv", b""),
        ("r.csv", b"\x00\x01\x02\x03"),
    ],
)
def test_another_file_of_that_name_stays(tmp_path, name, content):
    """A file that is no sheet of results of ours is not touched."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a sheet of results, so it was not replaced"):
        save_results_sheet([placed()], path)
    assert path.read_bytes() == content


def test_the_name_tells_the_form(tmp_path):
    """Other endings are refused before anything is written."""
    with pytest.raises(OutputError, match=r"ends in \.xlsx or \.csv"):
        save_results_sheet([placed()], tmp_path / "results.ods")
    assert not list(tmp_path.iterdir())
