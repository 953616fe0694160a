"""Two executors take the same plan and give the same rows."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach import ranking
from outreach.engine import Engine
from outreach.errors import InputError
from outreach.likes import from_tables, plain_keys, planning, read
from outreach.likes.executors import ADDRESS, FACTS, expressions, relations
from outreach.likes.executors.reading import read_rows
from outreach.likes.executors.relations import RelationExecutor
from outreach.likes.executors.rules import is_askew, is_error, tidy
from outreach.likes.executors.written import ROW, RowFile, WrittenExecutor
from outreach.likes.plain.columns import without_errors
from outreach.likes.plain.text import plan_text
from outreach.likes.plan import Column, Fault, Form, Kind, ReadOptions, ReadPlan, SourceTable

HEADERS = {
    "customer,resource": ("customer", "resource"),
    "customer,resource,name,subscribers,platform": ("customer", "resource", "name", "subscribers", "platform"),
    "customer;url;handle;followed at;topic": ("customer", "url", "handle", "followed_at", "topic"),
    "queryUsername,username,relation": ("customer", "handle", "direction"),
    "customer,notes,resource": ("customer", "resource"),
    "customer,name,platform,followers,note": ("customer", "name", "platform", "subscribers"),
}
CELLS = [
    "", "a", " a", "Anna  P.", "\u00a0Анна\u200b П.", "e\u0301", "#N/A", "#ССЫЛКА!", "#tag", "t.me/alpha", "@beta_b",
    "vk.com/club7", "follower", "Подписчик", "following", "5000", "5к", "?", '"q"', '"a,b"', '"a;b"', '"a ""b"" c"',
    '"two\nlines"', '"', 'in"side', " ", "x\x1fy", "\ufeffz", "2026-05-01", "customer", "telegram", "VK", "😀",
    "\x0b", "\x85",
]  # fmt: skip
ROWS = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=7), max_size=12)


@pytest.fixture(scope="module")
def shared_engine():
    with Engine() as engine:
        yield engine


def planned(folder: Path, header: str, rows, end: str = "\n"):
    """Write a text and plan it as one whose header line says it all."""
    path = folder / "likes.csv"
    sign = ";" if ";" in header else ","
    lines = [header, *(sign.join(row) for row in rows)]
    first = ["Anna", "t.me/alpha", "t.me/alpha", "1", "1"][: header.count(sign) + 1]
    if "platform,followers" in header:
        first = ["Anna", "Alpha", "telegram", "9000", "good"]
    path.write_bytes("".join(line + end for line in lines).encode())
    head = folder / "head.csv"
    head.write_text("".join(f"{line}\n" for line in (header, sign.join(first), sign.join(first))))
    return without_errors(replace(plan_text("likes.csv", (), head, ReadOptions()), path=path))


def rows_of(executor, roles):
    """Return all rows of an executor with their lines."""
    told = ", ".join(role for role in (*ADDRESS, *FACTS, "followed_at") if role in roles)
    with executor.engine.in_order():
        if isinstance(executor, RelationExecutor):
            rows = executor.engine.rows(
                f"select row, fault, customer, {told} from {executor.rows(numbered=True)} order by row"
            )
            lines = executor.lines([row for row, *_ in rows])
            return [(line, *row[1:]) for line, row in zip(lines, rows, strict=True)]
        return executor.engine.rows(
            f"select line, fault, customer, {told} from {executor._rows(spot=True)} order by spot"
        )


@given(st.sampled_from(sorted(HEADERS)), ROWS, st.sampled_from(["\n", "\r\n"]))
@example("customer,resource", [["a", '"two\nlines"'], ["", ""], ["#N/A", "x", "y"]], "\n")
@example("customer,resource", [["a", '"b', "c"], ["d", 'e"'], ["f", "g"]], "\n")
def test_both_give_the_same_rows(header, rows, end):
    """Lines, faults, labels and cells, and the lines that neither reads."""
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        plan = planned(Path(folder), header, rows, end)
        assert plan.layout is None
        assert set(HEADERS[header]) == plan.roles
        by_engine = planning.text_for_engine(plan, plan.path, engine.folder)
        file = RowFile(engine.folder)
        by_python = read_rows(plan, None, file)
        file.close()
        got = rows_of(WrittenExecutor(engine, {0: by_python}), plan.roles)
        assert got == rows_of(RelationExecutor(engine, 0, by_engine), plan.roles)
        assert sorted(by_python.bad, key=str) == sorted(by_engine.bad, key=str)


def results(text: str, limit: int, monkeypatch):
    """Return everything that reading a text gives, when texts from this size on are the engine's."""
    monkeypatch.setattr(planning, "PYTHON_BYTES", limit)
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        path = Path(folder) / "likes.csv"
        path.write_text(text, encoding="utf-8")
        try:
            likes = read(engine, [path])
        except InputError as err:
            return err.message.replace(folder, ""), err.hint
        tables = [table.head() for table in (likes.likes, likes.lists, likes.resources, likes.rejected())]
        said = [likes.rejections, likes.remarks, likes.doubts, likes.customers]
        return str([tables, said, likes.rejected(1).head(), likes.gathering.follows.by_table(1)]).replace(folder, "")


@given(st.sampled_from(sorted(HEADERS)), ROWS)
def test_both_give_the_same_likes(header, rows):
    """The whole of a reading is the same, remarks included."""
    sign = ";" if ";" in header else ","
    text = "".join(sign.join(row) + "\n" for row in [[header], ["Anna", "t.me/alpha", "t.me/alpha"], *rows])
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert results(text, 0, monkeypatch) == results(text, 10**6, monkeypatch)


SOUND = {
    "customer,name,city,url,subscribers": ("Anna,Food,Riga,t.me/riga_food,9000", "Boris,Walks,Ogre,vk.com/walks,800"),
    "customer,page,platform": ("Anna,riga_food,telegram", "Boris,walks,VK", "Anna,Walks,"),
    "customer,page,subscribers,note": ("Anna,Riga Food,9000,daily", "Boris,Walks,800,", "Anna,Runs,,dull"),
}
OUT_OF_STEP = st.sampled_from(["", "Carl", "t.me/pizza", "@pizza", "telegram", "vk", "9000", "8K", "?", "Riga"])
SHIFTED = st.lists(st.lists(OUT_OF_STEP, max_size=5), max_size=4)


@given(st.sampled_from(sorted(SOUND)), SHIFTED)
@example("customer,page,platform", [["walks", "vk"], ["Carl", "telegram"]])
@example("customer,page,subscribers,note", [["Carl", "9000"], ["Carl", "Pizza", "Riga", "9000"]])
def test_both_reject_rows_with_a_cell_too_many_or_few(header, rows):
    """Below rows in which every column holds what it is for."""
    text = "".join(f"{line}\n" for line in (header, *SOUND[header], *map(",".join, rows)))
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert results(text, 0, monkeypatch) == results(text, 10**6, monkeypatch)


def test_three_hundred_small_tables_cost_as_many_statements_as_three(tmp_path, monkeypatch):
    """What Python reads is one table for the engine."""
    statements = []
    run = Engine._watched
    monkeypatch.setattr(Engine, "_watched", lambda *given, **more: statements.append(1) or run(*given, **more))
    counts = []
    for number in (3, 300):
        folder = tmp_path / str(number)
        folder.mkdir()
        for file in range(number):
            (folder / f"{file}.csv").write_text(
                f"customer,resource\nAnna {file},t.me/alpha_{file}\nAnna,vk.com/club7\n"
            )
        statements.clear()
        with Engine() as engine:
            likes = read(engine, [folder])
            assert (likes.customers, len(likes.likes)) == (number + 1, number + 1)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_plan_is_a_value(tmp_path):
    """It can be compared and holds no function; made before the table is read, it does not change with its rows."""
    path = tmp_path / "likes.csv"
    path.write_text("customer,resource\nAnna,t.me/alpha\n")
    plan = plan_text("likes.csv", (), path, ReadOptions())
    path.write_text("customer,resource\nAnna,t.me/alpha\nBoris,\n")
    assert plan == plan_text("likes.csv", (), path, ReadOptions())
    assert plan.form is Form.TEXT
    assert not any(callable(getattr(plan, name)) for name in plan.__slots__)


def test_all_files_are_planned_before_one_is_read(tmp_path, monkeypatch):
    """A file that is refused costs no reading of the others."""
    (tmp_path / "a.csv").write_text("customer,resource\nAnna,t.me/alpha\n")
    (tmp_path / "b.csv").write_text("surname,colour\nAnna,red\n")

    def never(*_given, **_more):
        raise AssertionError("a table was read")

    monkeypatch.setattr(planning, "read_rows", never)
    with Engine() as engine, pytest.raises(InputError, match="no column has"):
        read(engine, [tmp_path / "a.csv", tmp_path / "b.csv"])


@given(st.text(st.sampled_from("ab #N/AН!?.\t\n\u00a0\u200b\u0301é\u1680\u2028\x0b\x1f\ufeff"), max_size=8))
def test_python_and_the_engine_tidy_alike(shared_engine, text):
    """One label is one customer, whoever reads it."""
    sql = f"select {expressions.tidy('$1::varchar')}, {expressions.is_error('$1::varchar')}"
    assert shared_engine.rows(sql, [text or None]) == [(tidy(text) if text else None, is_error(text) if text else None)]


ADDRESSES = st.sampled_from([
    None, "", "SMM Riga", "10/12", "t.me/a", " vk.com/club7 ", "https://x.example", "@smm", "a@b.lv", "see t.me/a",
    "r/smm", "smm.com", "e.g. this", "Ltd.", "кафе.рф/a", "\x0b@a", "a\tt.me/b", "HTTP://A", "n/a",
])  # fmt: skip


CELLS_OF_KINDS = (
    ADDRESSES
    | st.text("a./@: ru\t\x0b", max_size=6)
    | st.sampled_from(["9000", " 12 500 ", "12,5K", "2026-05-01", "club7", "Telegram", " vk ", "ВКонтакте", "web", "?"])
)


@given(st.sampled_from(Kind), st.booleans(), CELLS_OF_KINDS, st.lists(CELLS_OF_KINDS, max_size=2))
def test_python_and_the_engine_find_askew_rows_alike(shared_engine, kind, filled, cell, beside):
    """A row with a cell too many or few is one for both, and so for tables that have to be turned."""
    cells = [*beside, None]
    places = [f"${n}::varchar" for n in range(2, len(cells) + 2)]
    sql = f"select {expressions.is_askew(kind, '$1::varchar', places, filled=filled)}"
    assert shared_engine.rows(sql, [cell, *cells]) == [(is_askew(kind, cell or "", cells, filled=filled),)]


def test_faults_are_told_in_one_order():
    """A plan's faults are looked for by their numbers, in SQL and in Python."""
    assert [fault.value for fault in Fault] == list(range(1, len(Fault) + 1))
    assert len({fault.reason for fault in Fault}) == len(Fault)


def test_tables_of_both_kinds_stand_side_by_side(tmp_path, monkeypatch):
    """A large text and a small one make the same likes as two small ones."""
    (tmp_path / "a.csv").write_text("customer,resource\n" + "Anna,t.me/alpha\n" * 3 + "Anna,x@example.org\n")
    (tmp_path / "b.csv").write_text("customer,resource\nBoris,t.me/alpha\n,t.me/b_eta\n")
    found = []
    for limit in (0, 50, 10**6):
        monkeypatch.setattr(planning, "PYTHON_BYTES", limit)
        with Engine() as engine:
            tables, skipped = planning.tables_in(engine, [tmp_path])
            likes = from_tables(engine, tables, skipped=skipped)
            found.append((likes.likes.head(), likes.rejected().head(), likes.lists.head(), likes.remarks))
    assert found[0] == found[1] == found[2]


NASTY = st.text(st.sampled_from("ab,;\"'\n\r\t |\\#\x1f\x85\u2028é😀"), max_size=6)


@given(st.lists(st.lists(NASTY, min_size=1, max_size=len(ROW) - 3), min_size=1, max_size=6))
def test_what_is_written_is_read_as_it_was(shared_engine, rows):
    """Separators, quotes and line breaks inside cells stay; rows end with their last filled cell."""
    file = RowFile(shared_engine.folder)
    written = file.new_list("list")
    file.write((written.number, line, None, *cells) for line, cells in enumerate(rows, 1))
    file.close()
    roles = {role: Column(0) for role in ROW[3:]}
    table = SourceTable(ReadPlan("list", Form.EXPORT, columns=roles), written=(written,))
    for name in ("written_rows", "written_lists"):
        shared_engine.run(f"drop table if exists {name}")
    with shared_engine.in_order():
        executor = WrittenExecutor(shared_engine, {0: table})
        told = ", ".join(ROW[3:])
        got = shared_engine.rows(f"select {told} from {executor._rows(spot=True)} order by spot")
    padding = [None] * len(ROW)
    assert got == [tuple([*(cell or None for cell in cells), *padding][: len(ROW) - 3]) for cells in rows]


LABELS = st.sampled_from(
    ["Anna", " Anna ", "Anna  P.", "Boris\u00a0K.", "", "#N/A", "e\u0301va", '"Carl, jr"', 'D"ora']
)
HOSTS = st.sampled_from([
    "https://t.me/", "t.me/", "http://www.t.me/", "https://vk.com/", "m.vk.com/", "https://www.facebook.com/",
    "https://m.facebook.com/groups/", "https://www.instagram.com/", "https://x.com/", "https://www.youtube.com/@",
    "https://www.reddit.com/r/", "https://example.org/", "https://mas.to/@", "facebook.com/", "",
])  # fmt: skip
HANDLES = st.sampled_from([
    "smm_riga", "smm_riga_2", "walks7", "walks_of_ogre", "Walks7", "name_12", "name12", "public", "club7", "club07",
    "club0", "wall1_2", "share", "sharer", "joinchat", "explore", "posts", "find_friends", "u_name", "abc", "a.b", "p",
    "x" * 33, "channel", "search?q=a", "",
])  # fmt: skip
ODD_PLACES = st.sampled_from([
    "", " ", "#REF!", "SMM Riga", "anna@gmail.com", "t.me/a t.me/b", "resource", '"t.me/alpha"', '"vk.com/a',
])  # fmt: skip
ENDS = st.sampled_from(["", "", "/", "?ref=1", "."])
PLACES = st.tuples(HOSTS, HANDLES, ENDS).map("".join) | ODD_PLACES
SIZES = st.sampled_from(["", "9000", "9000", "12,5K", "?"])
LISTS = st.lists(
    st.tuples(st.booleans(), st.lists(st.tuples(LABELS, PLACES, SIZES), max_size=20)), min_size=1, max_size=3
)
NAMES = ("a.csv", "b.csv", "c.csv")


def result_of_lists(folder, engines_bytes, many):
    """Return all that reading a folder gives.

    Args:
        folder: Where the lists are.
        engines_bytes: Texts from this size on are the engine's.
        many: From this number on keys, pairs and addresses are made in bulk.

    """
    with pytest.MonkeyPatch.context() as patch, Engine() as engine:
        patch.setattr(planning, "PYTHON_BYTES", engines_bytes)
        patch.setattr(plain_keys, "MANY_OF_A_CLASS", 0)
        for module in (relations, plain_keys, ranking):
            patch.setattr(module, "MANY", many)
        likes = read(engine, [folder])
        tables = [likes.likes, likes.lists, likes.resources, likes.rejected(), likes.rejected(1)]
        tables.append(ranking.rank(likes, ranking.Choice(min_subscribers=0)).table)
        said = [likes.rejections, likes.remarks, likes.doubts, likes.customers]
        return str([*(table.head() for table in tables), *said, likes.gathering.follows.by_table(len(NAMES))])


@given(LISTS, st.integers(1, 3))
@example([(False, [("Anna", "https://t.me/smm_riga", "")])], 3)
def test_every_way_gives_the_same_likes_and_ranking(lists, times):
    """Python row by row, the engine, and the engine with what is done in bulk for millions of rows."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (sized, rows) in zip(NAMES, lists, strict=False):
            cells = [("customer", "resource", "subscribers"), ("Anna", "t.me/alpha", "9000"), *rows * times]
            lines = (",".join(row[: 2 + sized]) for row in cells)
            Path(folder, name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        by_python = result_of_lists(folder, 10**6, 10**6)
        assert by_python == result_of_lists(folder, 0, 10**6)
        assert by_python == result_of_lists(folder, 0, 0)
