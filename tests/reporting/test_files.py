import csv
import errno
import io
import json
import math
import os
import re
import stat
import threading
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.errors import OutputError
from outreach.files.output import describe_place
from outreach.reporting import FORMATS, format_of, send, sheet, write
from outreach.tables import RANKING, Column, Schema, Table, neutral, verbatim

TEXT = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("=+-@\t\r\n'\",;|\\<>&[]`*_\x00\x1b\u2028\ufeff"))
)
HOSTILE = (
    '=cmd|"/C calc"!A0',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "<b>x</b>",
    "[a](https://e.example)",
    "a|b\nc",
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sent(table, format_name):
    stream = io.BytesIO()
    send(table, format_name, stream)
    return stream.getvalue()


def csv_rows(table, format_name="csv"):
    text = sent(table, format_name).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if format_name == "tsv" else ","))


def sheet_rows(content):
    """Read the cells of the only sheet: rows of (type, text)."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    return [
        {
            re.sub(r"\d", "", cell.get("r")): (
                cell.get("t", "n"),
                "".join(part.text or "" for part in cell.iter() if part.tag in (MAIN + "t", MAIN + "v")),
            )
            for cell in row
        }
        for row in root.iter(MAIN + "row")
    ], root


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a.csv", "csv"),
        ("a.TSV", "tsv"),
        ("dir.x/a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.md", "md"),
        ("a.markdown", "md"),
        ("a b.c.xlsx", "xlsx"),
    ],
)
def test_name_tells_the_format(name, known):
    """The ending counts, in either case, of text and of paths."""
    assert format_of(name) == format_of(Path(name)) == known


@pytest.mark.parametrize("name", ["a", "a.txt", "a.csv.gz", ".csv", "a.xls", "", "csv"])
def test_unknown_ending_names_the_known_ones(name):
    """One sentence with the way out."""
    with pytest.raises(OutputError, match=r"\.csv, \.tsv, .*\.xlsx"):
        format_of(name)


def test_unknown_format_names_the_known_ones(ranking, tmp_path):
    """Also for the library's users."""
    with pytest.raises(OutputError, match="known formats: table, csv"):
        write(ranking({}), "xml", tmp_path / "x")


def test_csv_known_by_hand(ranking):
    """Header, order, rounding, missing cells, a quote, a comma; nothing else."""
    table = ranking({"rank": 2, "name": 'A "b", c'}, {"rank": 1, "resource": "x:y", "name": None, "subscribers": None})
    assert sent(table, "csv").decode() == (
        "rank,resource,platform,name,url,subscribers,overlap,listed,share,share_low,share_high,affinity,accepts_posts\n"
        "1,x:y,telegram,,https://t.me/budget,,7,9,0.777778,0.4526,0.9368,132.4,\n"
        '2,telegram:budget,telegram,"A ""b"", c",https://t.me/budget,48200,7,9,0.777778,0.4526,0.9368,132.4,\n'
    )


@settings(deadline=None)  # the engine's first query is slow
@given(names=st.lists(TEXT.filter(bool), min_size=1, max_size=5))
def test_csv_gives_every_text_back(ranking, names):
    """The engine writes what ``neutral`` returns, and ``verbatim`` of it is the name, in order."""
    rows = csv_rows(ranking(*({"name": name} for name in names)))
    assert [row["name"] for row in rows] == [neutral(name) for name in names]
    assert [verbatim(row["name"]) for row in rows] == names


@settings(deadline=None)  # the engine's first query is slow
@given(name=TEXT)
def test_tsv_is_a_line_a_row(ranking, name):
    """Tabs and line breaks inside a text become spaces; a formula is neutral all the same."""
    text = sent(ranking({"name": name}), "tsv").decode()
    assert len(text.splitlines()) == 2 or re.search("[\x1c-\x1e]", text)  # Python breaks there, editors do not
    (row,) = csv_rows(ranking({"name": name}), "tsv")
    assert "\t" not in row["name"]
    assert not row["name"].startswith(tuple("=+-@"))
    assert row["name"] == re.sub("\r\n|[\t-\r\x85\u2028\u2029]", " ", neutral(name))


@settings(deadline=None)  # the engine's first query is slow
@given(names=st.lists(TEXT, min_size=1, max_size=5))
def test_json_is_verbatim(ranking, names):
    """Both JSON formats give every value back as it is, whole numbers whole, missing as null."""
    table = ranking(*({"name": name, "subscribers": None} for name in names))
    whole = json.loads(sent(table, "json"))
    lines = [json.loads(line) for line in sent(table, "jsonl").decode().split("\n")[:-1]]
    assert whole == lines == table.head()
    assert [row["name"] for row in whole] == names
    assert all(tuple(row) == RANKING.names and type(row["overlap"]) is int for row in whole)
    assert whole[0]["share"] == 7 / 9
    assert whole[0]["subscribers"] is None


@pytest.mark.parametrize("format_name", FORMATS)
def test_empty_table_is_a_valid_file(ranking, format_name):
    """A header where the format has one; an empty list in JSON."""
    content = sent(ranking(), format_name)
    if format_name == "json":
        assert json.loads(content) == []
    elif format_name == "xlsx":
        assert len(sheet_rows(content)[0]) == 1
    else:
        assert content.decode().count("\n") == {"csv": 1, "tsv": 1, "jsonl": 0, "md": 2, "table": 1}[format_name]


@pytest.mark.parametrize("format_name", ["csv", "tsv", "json", "jsonl", "md"])
def test_not_a_number_never_appears(ranking, format_name):
    """It is missing, as is the infinite."""
    content = sent(ranking({"affinity": math.nan, "share": math.inf}), format_name).decode().lower()
    assert "nan" not in content
    assert "inf" not in content.replace("affinity", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(ranking, name):
    """No cell of a spreadsheet file starts a formula; a text stays one text cell."""
    table = ranking({"name": name})
    for format_name in ("csv", "tsv"):
        assert csv_rows(table, format_name)[0]["name"][0] not in "=+-@\t\r"
    rows, root = sheet_rows(sent(table, "xlsx"))
    assert rows[1]["D"][0] == "inlineStr"
    assert not list(root.iter(MAIN + "f"))
    lines = sent(table, "md").decode().split("\n")
    assert len(lines) == 4
    assert len(re.findall(r"(?<!\\)\|", lines[2])) == len(RANKING.names) + 1


@settings(deadline=None)  # the engine's first query is slow
@given(name=TEXT)
def test_markdown_shows_a_name_as_text(ranking, name):
    """A Markdown reader finds text and nothing else: no link, picture, HTML, code or emphasis, the same columns."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(sent(ranking({"name": name, "url": None}), "md").decode())
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 2 * len(RANKING.names)
    kinds = {child.type for cell in cells for child in cell.children}
    assert kinds <= {"text", "text_special"}


def test_markdown_known_by_hand(ranking):
    """Numbers to the right, safe addresses as links, special signs escaped."""
    schema = Schema("t", (Column("name", "varchar", ""), Column("url", "varchar", ""), Column("n", "double", "")))
    table = ranking({"name": "=*a*|`b` <i> R&D", "share": 1 / 3}, {"name": None, "url": "javascript:x", "rank": 2})
    table.engine.run(f"create or replace view few as select name, url, share as n, rank from {table.relation}")
    table.engine.run("create or replace table small as select name, url, n from few order by rank")
    assert sent(Table(table.engine, "small", schema, "url"), "md").decode() == (
        "| name | url | n |\n"
        "| --- | --- | ---: |\n"
        r"| '\=\*a\*\|\`b\` &lt;i&gt; R&amp;D | <https://t.me/budget> | 0.333333 |"
        "\n|  | javascript:x | 0.777778 |\n"
    )


def test_dates_are_iso(engine):
    """A moment is UTC and says so, in every format."""
    engine.run("create or replace table moments as select timestamp '2024-01-02 03:04:05' as followed_at")
    table = Table(engine, "moments", Schema("moments", (Column("followed_at", "timestamp", ""),)), "followed_at")
    for format_name in ("csv", "tsv", "json", "jsonl", "md"):
        assert b"2024-01-02T03:04:05Z" in sent(table, format_name)
    assert sheet_rows(sent(table, "xlsx"))[0][1]["A"] == ("inlineStr", "2024-01-02T03:04:05Z")


def test_sheet_has_typed_cells(ranking):
    """Texts are texts, numbers numbers, missing empty; header frozen and filtered, addresses clickable when safe."""
    table = ranking(
        {"rank": 1, "name": "<r><t>raw</t></r>", "accepts_posts": "_x0041_"},
        {"rank": 2, "name": "long " * 8000, "url": "javascript:alert(1)", "subscribers": None},
        {"rank": 3, "name": "\x00\x1b\ufffe", "url": "https://x.example/" + "y" * 2100},
    )
    content = sent(table, "xlsx")
    rows, root = sheet_rows(content)
    assert [cell[1] for cell in rows[0].values()] == list(RANKING.names)
    assert rows[1]["A"] == ("n", "1")
    assert rows[1]["D"] == ("inlineStr", "<r><t>raw</t></r> ")
    assert rows[1]["M"] == ("inlineStr", "_x005F_x0041_")  # what Excel shows as _x0041_
    assert rows[1]["F"] == ("n", "48200")
    assert "F" not in rows[2]
    assert len(rows[2]["D"][1]) == 32_767
    assert rows[3]["D"] == ("inlineStr", "_x0000__x001B_\ufffd")
    assert [link.get("ref") for link in root.iter(MAIN + "hyperlink")] == ["E2"]
    assert root.find(f".//{MAIN}pane").get("state") == "frozen"
    assert root.find(f"{MAIN}autoFilter").get("ref") == "A1:M4"
    assert all(float(column.get("width")) <= 62 for column in root.iter(MAIN + "col"))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        styles = book.read("xl/styles.xml").decode()
    assert "0.0%" in styles
    assert "#,##0" in styles


def test_sheet_bounds(ranking, monkeypatch):
    """Too many rows are refused in a sentence; past the most links the rest is text."""
    table = ranking({}, {}, {})
    monkeypatch.setattr(sheet, "MOST_LINKS", 2)
    assert len(list(sheet_rows(sent(table, "xlsx"))[1].iter(MAIN + "hyperlink"))) == 2
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with pytest.raises(OutputError, match="an Excel sheet can have 2 rows and this table has 3"):
        sent(table, "xlsx")


@pytest.mark.parametrize("format_name", FORMATS)
def test_file_and_stream_get_the_same_bytes(ranking, tmp_path, format_name):
    """And the same table gives the same bytes again."""
    table = ranking({"name": "=Ø"}, {"name": "b"})
    write(table, format_name, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == sent(table, format_name) == sent(table, format_name)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert b"\r\n" not in sent(table, format_name) or format_name == "xlsx"


def test_picture_in_a_file(ranking, tmp_path):
    """The table for people, with its title, all places, in plain text."""
    write(ranking({}), "table", str(tmp_path / "out.txt"), title="Mine", wide=True)
    lines = (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == " Mine"
    assert lines[2].endswith("  telegram:budget")


@pytest.mark.parametrize("format_name", ["csv", "tsv", "json", "jsonl"])
def test_order_survives_the_threads(engine, format_name, tmp_path):
    """Many rows in the table's order, also when the order's column is one that is made neutral."""
    count = 300_000
    engine.run(f"create or replace table many as select '-' || n % 7 as name, n from range({count}) t(n)")
    schema = Schema("many", (Column("name", "varchar", ""), Column("n", "bigint", "")))
    write(Table(engine, "many", schema, "name desc, n desc"), format_name, tmp_path / "out")
    with (tmp_path / "out").open(encoding="utf-8", newline="") as file:
        if format_name == "csv":
            found = [int(row[1]) for row in list(csv.reader(file))[1:]]
        elif format_name == "tsv":
            found = [int(line.split("\t")[1]) for line in list(file)[1:]]
        else:
            found = [int(number) for number in re.findall(r'"n":(\d+)', file.read())]
    assert found == sorted(range(count), key=lambda n: (n % 7, n), reverse=True)


@pytest.mark.parametrize("name", ["likes[1].csv", "it's.csv", "a b.csv", "*.csv", "~.csv", "имя.csv", "$HOME.csv"])
def test_odd_file_names_are_names(ranking, tmp_path, monkeypatch, name):
    """Whatever signs a name holds, it names one file; a bare name is in the current folder."""
    if os.name == "nt" and "*" in name:
        pytest.skip("not a name on Windows")
    monkeypatch.chdir(tmp_path)
    write(ranking({}), "csv", name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_old_file_is_replaced_with_its_permissions(ranking, tmp_path):
    """A private file stays private, a new one is as the system makes new files."""
    output, plain = tmp_path / "x.csv", tmp_path / "plain"
    output.write_text("old")
    output.chmod(0o640)
    plain.write_text("")
    write(ranking({}), "csv", output)
    assert output.read_text(encoding="utf-8").startswith("rank,")
    if os.name != "nt":
        assert stat.S_IMODE(output.stat().st_mode) == 0o640
        write(ranking({}), "csv", tmp_path / "new.csv")
        assert (tmp_path / "new.csv").stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_link_keeps_pointing_to_the_file(ranking, tmp_path):
    """The file behind a link is replaced, not the link."""
    (tmp_path / "deep").mkdir()
    target, link = tmp_path / "deep" / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    write(ranking({}), "csv", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("rank,")


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, RuntimeError])
def test_failure_leaves_the_old_file_and_nothing_else(ranking, tmp_path, monkeypatch, format_name, error):
    """Whatever goes wrong at the last moment: the old file is whole, no temporary stays."""
    output = tmp_path / "x"
    output.write_text("old")

    def fail(_):
        raise error(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError if error is OSError else error):
        write(ranking({}), format_name, output)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"x": "old"}


@pytest.mark.parametrize("format_name", FORMATS)
def test_full_disk_while_writing_is_told(ranking, tmp_path, monkeypatch, format_name):
    """Python's writers and the engine alike: one sentence with the file's name, the old file stays."""
    import duckdb

    output = tmp_path / "x"
    output.write_text("old")
    table = ranking({})

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    def engine_full(sql, _values=None):
        if sql.startswith("copy"):
            raise duckdb.IOException("Could not write file: No space left on device")
        return real.execute(sql)

    class Connection:
        def __getattr__(self, name):
            return engine_full if name == "execute" else getattr(real, name)

    real = table.engine.connection
    monkeypatch.setattr(Path, "open", full)
    monkeypatch.setattr(zipfile, "ZipFile", full)
    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    monkeypatch.setattr(table.engine, "connection", Connection())
    with pytest.raises(OutputError, match=r"x: no space left on the disk"):
        write(table, format_name, output)
    monkeypatch.undo()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"x": "old"}


def test_engine_errors_do_not_quote_rows(ranking, tmp_path, monkeypatch):
    """The engine's text goes no further."""
    import duckdb

    table = ranking({})

    def fail(*_, **__):
        raise duckdb.IOException("row: secret")

    monkeypatch.setattr(table.engine, "run", fail)
    with pytest.raises(OutputError, match=r"x.csv: cannot be written$"):
        write(table, "csv", tmp_path / "x.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format_name", FORMATS)
def test_places_that_take_no_file(ranking, tmp_path, format_name):
    """A missing folder, a folder, a file as folder, too long a name: each its sentence, nothing is made."""
    table = ranking({})
    (tmp_path / "file").write_text("old")
    for output, reason in [
        (tmp_path / "no" / "x.csv", "the folder no does not exist"),
        (tmp_path, "this is a folder"),
        ("", "this is a folder"),
        (tmp_path / "file" / "x.csv", "a part of the path is a file|does not exist"),
        (tmp_path / ("n" * 300), "the name is too long|cannot be written"),
        (f"{tmp_path}/a\0b", "NUL"),
    ]:
        with pytest.raises(OutputError, match=reason):
            write(table, format_name, output)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", int)() == 0, reason="this user may do everything")
def test_no_permission_is_told(ranking, tmp_path):
    """A folder without write permission, and a read-only file."""
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    with pytest.raises(OutputError, match="no permission to write there"):
        write(ranking({}), "csv", locked / "x.csv")
    locked.chmod(0o700)
    (tmp_path / "x.csv").write_text("old")
    (tmp_path / "x.csv").chmod(0o400)
    with pytest.raises(OutputError, match="read-only"):
        write(ranking({}), "csv", tmp_path / "x.csv")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("format_name", FORMATS)
def test_devices_are_written_through(ranking, format_name):
    """/dev/null swallows, /dev/full is a full disk; neither is replaced."""
    write(ranking({}), format_name, "/dev/null")
    with pytest.raises(OutputError, match="/dev/full: no space left on the disk"):
        write(ranking({}), format_name, "/dev/full")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipes_are_written_through(ranking, tmp_path):
    """A reader at the other end gets the bytes."""
    pipe = tmp_path / "x.csv"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    write(ranking({}), "csv", pipe)
    reader.join()
    assert found == [sent(ranking({}), "csv")]


def test_closed_pipe_reaches_the_caller(ranking):
    """`| head` is no failure; the caller decides."""
    ends = os.pipe()
    os.close(ends[0])
    with pytest.raises(BrokenPipeError), os.fdopen(ends[1], "wb", buffering=0) as stream:
        send(ranking({}), "csv", stream)


def test_private_folder_is_left_clean(ranking):
    """What a stream needed on disk is gone."""
    table = ranking({})
    before = set(table.engine.folder.iterdir())
    for format_name in FORMATS:
        sent(table, format_name)
    assert set(table.engine.folder.iterdir()) == before


@pytest.mark.parametrize("lock", ["~$ranking.xlsx", ".~lock.ranking.xlsx#"])
def test_a_file_that_an_office_program_has_open_is_left(lock, ranking, tmp_path):
    """Where the system would let us replace it, the program would write over our rows; the message names the mark."""
    output = tmp_path / "ranking.xlsx"
    (tmp_path / lock).write_text("somebody")
    assert write(ranking({}), "xlsx", output) == output  # a new file cannot be open anywhere
    old = output.read_bytes()
    where = write(ranking({}, {}), "xlsx", output)
    assert (where, output.read_bytes()) == (tmp_path / "ranking.new.xlsx", old)
    (said,) = describe_place(output, where)
    assert f"{lock} next to it is left over): the result is in {where}." in said
    (tmp_path / lock).unlink()
    assert write(ranking({}, {}), "xlsx", output) == output


def test_the_mark_of_another_file_does_not_count(ranking, tmp_path):
    """Only the file itself is open."""
    output = tmp_path / "ranking.csv"
    (tmp_path / "~$ranking.xlsx").write_text("somebody")
    assert [write(ranking({}), "csv", output) for _ in range(2)] == [output, output]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_open_in_excel_is_left_and_the_result_stands_beside_it(ending, ranking, tmp_path, monkeypatch):
    """Windows refuses to replace a file that a program holds open; nothing is lost, and the path tells."""
    output = tmp_path / f"ranking.{ending}"
    write(ranking({}), ending, output)
    old = output.read_bytes()
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == output:
            raise PermissionError(13, "held open")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    beside = [write(ranking({}, {}), ending, output) for _ in range(2)]
    assert [path.name for path in beside] == [f"ranking.new.{ending}", f"ranking.new2.{ending}"]
    assert output.read_bytes() == old
    assert {path.name for path in tmp_path.iterdir()} == {output.name, *(path.name for path in beside)}
