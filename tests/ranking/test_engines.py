"""The one query gives the same bits on DuckDB, DataFusion and Spark; SQLite is in ``test_rank_sql.py``.

Spark is started once, and compiles each of its queries anew: so there are few cases, each has a bit of all, and neither
Java nor Spark optimises more than such small tables are worth.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import outreach
from outreach.cli import main
from outreach.engine import Engine
from outreach.engines.package import pack_code
from outreach.engines.source import give
from outreach.engines.spark import Spark
from outreach.errors import InputError, InputWarning
from outreach.ranking import QUERY
from tests.examples import ALL, STRICT

pytestmark = pytest.mark.xdist_group("spark")
TEXT = QUERY.read_text("utf-8")
COLUMNS = "resource, rank, overlap, listed, share, share_low, share_high, affinity, hidden_by"
TABLES = {
    "likes": ("customer", "resource_id", "followed_at"),
    "lists": ("customer", "platform"),
    "resources": ("resource_id", "resource", "platform", "platforms", "name", "subscribers", "accepts_posts", "topic"),
    "set_aside": ("resource_id", "reason"),
    "on_topic": ("topic",),
}
DATES = (None, *map(datetime.fromisoformat, ("2024-12-31 23:59", "2025-06-01 00:00", "2025-07-15 12:30")))
QUICK = {
    "spark.sql.shuffle.partitions": "1", "spark.sql.codegen.wholeStage": "false", "spark.sql.adaptive.enabled": "false",
}  # fmt: skip
KINDS = {"resource_id": "int", "subscribers": "bigint", "followed_at": "timestamp_ntz"}
EVERYTHING = {
    "since": None, "platforms": "", "min_subscribers": 0, "unknown_size": "keep", "accepts_posts": "any", "topic": "",
    "min_overlap": 1, "by": "overlap",
}  # fmt: skip
CASES = {
    "everything": {},
    "by affinity": {"by": "affinity", "min_overlap": 3},
    "by share, filtered": {"by": "share", "platforms": ",telegram,web,", "min_subscribers": 5000, "min_overlap": 3},
    "since, on topic": {
        "since": "2025-06-01 00:00:00",
        "topic": "asked",
        "unknown_size": "drop",
        "accepts_posts": "not-no",
    },
}


def made(seed):
    """Return tables with a bit of all: several platforms a place, ties, gaps, many lengths of lists."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    customers = [f"c{number}" for number in range(draw.choice([3, 17, 90]))]
    platforms = ("telegram", "vk", "web", "other", "other:a_b")
    resources, likes, lists = [], [], set()
    for number in range(1, 60):
        homes = sorted(draw.sample(platforms[:4], draw.choice([1, 1, 1, 2])))
        resources.append((
            number, f"{homes[0]}:r{number}", homes[0], ",".join(homes), draw.choice([None, "R"]),
            draw.choice([None, 1, 4999, 5000, 70_001, 5_000_003]), draw.choice([None, "yes", "no", "ask"]),
            draw.choice([None, "SMM", "100% smm", "a_b"]),
        ))  # fmt: skip
        for customer in draw.sample(customers, draw.randint(1, len(customers))):
            likes.append((customer, number, draw.choice(DATES)))
            lists.add((customer, draw.choice(homes)))
    return {
        "likes": likes, "lists": sorted(lists), "resources": resources,
        "set_aside": [(4, "own"), (9, "exclude")], "on_topic": [("SMM",), ("a_b",)],
    }  # fmt: skip


@pytest.fixture(scope="session")
def spark():
    """Open Spark once, with our code."""
    pytest.importorskip("pyspark", reason="Spark's library is not installed") if not STRICT else None
    if not shutil.which("java") and not STRICT:
        pytest.skip("no Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with Engine() as engine, Spark("local[2]", engine, memory_mb=700) as opened:
            for name, value in QUICK.items():
                opened.session.conf.set(name, value)
            yield opened


def in_duckdb(tables, values):
    with Engine() as engine:
        for name, columns in TABLES.items():
            kinds = {"resource_id": "integer", "subscribers": "bigint", "followed_at": "timestamp"}
            definition = ", ".join(f"{one} {kinds.get(one, 'varchar')}" for one in columns)
            engine.run(f"create table {name} ({definition})")
            engine.append(name, [list(cells) for cells in zip(*tables[name], strict=True)])
        return engine.rows(f"select {COLUMNS} from ({TEXT}) order by resource", values)


def in_datafusion(tables, values):
    import pyarrow as pa
    from datafusion import SessionContext

    context = SessionContext()
    kinds = {"resource_id": pa.int32(), "subscribers": pa.int64(), "followed_at": pa.timestamp("us")}
    for name, columns in TABLES.items():
        cells = zip(*tables[name], strict=True)
        arrays = [pa.array(one, kinds.get(column, pa.string())) for column, one in zip(columns, cells, strict=True)]
        context.from_arrow(pa.table(dict(zip(columns, arrays, strict=True))), name=name)
    values = {
        **values,
        "since": pa.scalar(values["since"] and datetime.fromisoformat(values["since"]), pa.timestamp("us")),
    }
    found = context.sql(f"select {COLUMNS} from ({TEXT}) order by resource", param_values=values).to_pylist()
    return [tuple(row.values()) for row in found]


def in_spark(spark, tables, values):
    for name, columns in TABLES.items():
        schema = ", ".join(f"{column} {KINDS.get(column, 'string')}" for column in columns)
        spark.table(name, schema, [list(cells) for cells in zip(*tables[name], strict=True)])
    spark.view("asked", TEXT, values)
    return spark.rows(f"select {COLUMNS} from asked order by resource")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_datafusion_gives_the_same_bits(seed, options):
    """Every rank, count, share, bound and affinity of generated tables."""
    pytest.importorskip("datafusion") if not STRICT else None
    tables, values = made(seed), EVERYTHING | options
    assert in_datafusion(tables, values) == in_duckdb(tables, values)


@pytest.mark.parametrize("options", [CASES["by affinity"], CASES["since, on topic"]], ids=["by affinity", "since"])
def test_spark_gives_the_same_bits(spark, options):
    """Likewise; no number of its is a decimal."""
    tables, values = made(4), EVERYTHING | options
    assert in_spark(spark, tables, values) == in_duckdb(tables, values)


FOLLOWS = [
    ("Anna", "https://t.me/smm_riga", "SMM Riga", "9000", "2025-06-02"),
    (" Anna ", "t.me/smm_riga?x=1", "SMM Riga", "9500", "2024-06-02"),
    ("Boris", "@smm_riga", "SMM Riga", "", ""),
    ("Boris", "vk.com/club7", "Club", "8000", "2025-06-02"),
    ("Anna", "https://vk.com/public7", "", "", "2025-06-02"),
    ("Carla", "https://www.instagram.com/p/abc/", "", "", ""),
    ("Carla", "instagram.com/nice_place", "", "6000", ""),
    ("Carla", "vk.com/small", "", "30", ""),
    ("", "vk.com/nobody", "", "", ""),
    ("Dana", "vk.com/mine", "", "12000", "2023-01-01"),
    ("Dana", "vk.com/renamed", "", "", "2025-01-01"),
]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write a list as Parquet and as CSV, aliases, and a sheet."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    monkeypatch.chdir(tmp_path)
    names = ("who", "page", "name", "size", "since")
    table = pa.table({name: [row[at] or None for row in FOLLOWS] for at, name in enumerate(names)})
    parquet.write_table(table, "follows.parquet")
    csv.write_csv(table, "follows.csv")
    Path("same.csv").write_text("resource,same_as\nvk.com/renamed,vk.com/club7\n")
    Path("sheet.csv").write_text(
        "resource,subscribers,topic,exclude\nvk:small,7000,SMM and cats,\ninstagram:nice_place,,,yes\n"
    )
    return tmp_path


OPTIONS = {
    "columns": {"customer": "who", "resource": "page", "name": "name", "subscribers": "size", "followed_at": "since"},
    "own": "vk.com/mine", "exclude": "vk.com/never", "same_as": "same.csv", "resources": "sheet.csv",
}  # fmt: skip


@pytest.mark.usefixtures("files")
def test_a_table_is_ranked_as_here(spark):
    """Keys, aliases, the sheet, own pages, dates and names are the same, wherever the rows are."""
    import pandas as pd

    here = pd.read_parquet("follows.parquet")
    asked = {**OPTIONS, "min_subscribers": 0, "since": "2025-01-15", "accepts_posts": "not-no"}
    with pytest.warns(InputWarning):
        want = outreach.rank(here, **asked)
    with pytest.warns(InputWarning, match="2 rows could not be used"):
        got = outreach.rank(str(Path("follows.parquet").absolute()), engine=spark.session, **asked)
    pd.testing.assert_frame_equal(got, want, check_exact=True)
    assert spark.rows("select 1") == [(1,)]  # a session that was open stays so


@pytest.mark.usefixtures("files")
def test_a_text_and_a_frame_give_the_same_rows(spark):
    """CSV is read by Spark, or sent from here; a frame is sent, for it was handed over."""
    import pandas as pd

    parquet, text = (str(Path(f"follows.{ending}").absolute()) for ending in ("parquet", "csv"))
    found = []
    for tables, send in (
        ([parquet], False),
        ([text], False),
        (["follows.csv"], True),
        ([pd.read_parquet(parquet)], False),
    ):
        given = give(spark, tables, OPTIONS["columns"], send=send)
        assert {"customer", "address", "name", "subscribers", "followed_at"} <= given.roles
        found.append(spark.rows("select * from given order by all"))
    assert len(found[0]) == len(FOLLOWS)
    assert found[1:] == found[:1] * 3


@pytest.mark.usefixtures("files")
def test_what_is_not_there_is_one_sentence(spark):
    """A file, a table, a column."""
    for table, columns, match in (
        ("/no.parquet", {}, "no.parquet: Spark finds no such file"),
        ("nowhere.at_all", {}, "nowhere.at_all: Spark knows no such table"),
        (str(Path("follows.parquet").absolute()), {"customer": "nobody"}, "names a customer column"),
        ("follows.xlsx", {}, "Parquet, CSV"),
        (str(Path("same.csv").absolute()), {}, "no column has the customer"),
    ):
        with pytest.raises(InputError, match=match):
            outreach.rank(table, engine=spark.session, columns=columns)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--engine", "mars"), 2, "not an address of Spark"),
        (("--engine", "sc://127.0.0.1:1/;token=***"), 2, "*** replaces a token"),
        (("--engine", "sc://127.0.0.1:1"), 5, "Spark does not answer"),
        (("--engine", "spark://127.0.0.1:1"), 5, "Spark does not answer"),
        (("--engine", "local[2]", "--stability"), 2, "--stability needs to know who follows what"),
        (("--engine", "local[2]", "--rejected", "r.csv"), 2, "--rejected needs to know"),
        (("--engine", "local[2]", "--read-as", "matrix"), 2, "--read-as does not go with --engine"),
        (("--send",), 2, "give --engine ADDRESS too"),
    ],
    ids=str,
)
def test_the_command_says_what_does_not_go(words, code, sentence):
    """Before anything is opened."""
    pytest.importorskip("pyspark") if not STRICT else None
    done = CliRunner().invoke(main, ["rank", "follows.parquet", *words])
    assert (done.exit_code, sentence in done.output) == (code, True), done.output


def test_without_java_or_library_it_is_one_sentence(monkeypatch):
    """Exit 5, and what to install."""
    pytest.importorskip("pyspark") if not STRICT else None
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = CliRunner().invoke(main, ["rank", "follows.parquet", "--engine", "local[2]"])
    assert (done.exit_code, "Spark needs Java 17" in done.output) == (5, True)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    done = CliRunner().invoke(main, ["rank", "follows.parquet", "--engine", "local[2]"])
    assert (done.exit_code, 'pip install "outreach[spark]"' in done.output) == (5, True)


def test_the_archive_alone_makes_keys(tmp_path):
    """Python without anything of ours needs no more than the archive, and it holds no list, template or page."""
    archive = pack_code(tmp_path)
    code = (
        f"import sys; sys.path[:0] = [{str(archive)!r}]; from outreach.likes.addresses import Address, Addresses; "
        "import outreach.engines.keys; print(outreach.engines.keys.__file__); "
        "print(*(Addresses().answer(Address(None, None, one, None, None)).key for one in "
        "['https://t.me/smm_riga', 'пурвциемс.рф/ok', 'SMM Рига клуб']))"
    )
    done = subprocess.run(
        [sys._base_executable, "-I", "-S", "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    where, keys = done.stdout.splitlines()
    assert where.startswith(str(archive))
    assert keys == "telegram:smm_riga web:xn--b1agirlglk3a.xn--p1ai/ok other:name/smm%20рига%20клуб"
    names = zipfile.ZipFile(archive).namelist()
    assert not [name for name in names if not name.endswith((".py", "compiled.txt"))]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """Start a master and two workers on loopback, whose Python has pyarrow and nothing of ours."""
    pyspark = pytest.importorskip("pyspark")
    if not shutil.which("java") and not STRICT:
        pytest.skip("no Java")
    home = Path(pyspark.__file__).parent
    installed = home.parent
    few = tmp_path / "few"
    few.mkdir()
    for pattern in ("pyarrow*", "numpy*", "pandas*", "dateutil", "six.py", "zstandard*"):
        for path in installed.glob(pattern):
            (few / path.name).symlink_to(path)
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{few}" exec {sys._base_executable} -S "$@"\n')
    python.chmod(0o755)
    monkeypatch.setenv("PYSPARK_PYTHON", str(python))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "200m"}
    started = []

    def start(role, *words):
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", "--host", "127.0.0.1", *words]
        started.append(
            subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path
            )
        )

    start("master.Master", "--port", str(port), "--webui-port", "0")
    folders = [tmp_path / "work1", tmp_path / "work2"]
    for folder in folders:
        start(
            "worker.Worker", "--cores", "1", "--memory", "1100m", "--webui-port", "0", "--work-dir", str(folder),
            f"spark://127.0.0.1:{port}",
        )  # fmt: skip
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.3)
        yield f"spark://127.0.0.1:{port}", folders
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="two minutes: only with OUTREACH_TEST_EXAMPLES=all, as every week")
@pytest.mark.usefixtures("files")
def test_two_workers_without_our_code_give_the_ranking_of_one_machine(cluster):
    """The job brings what they lack; both of them work."""
    address, folders = cluster
    columns = ",".join(f"{role}={name}" for role, name in OPTIONS["columns"].items())
    words = ["rank", str(Path("follows.parquet").absolute()), "--columns", columns, "--min-subscribers", "0"]
    environment = os.environ | {"PYTHONPATH": str(Path(outreach.__file__).parents[1])}

    def run(*more):
        command = [sys.executable, "-m", "outreach", *words, "--format", "csv", *more]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, encoding="utf-8", timeout=300
        )

    there, here = run("--engine", address), run()
    assert (there.returncode, here.returncode) == (0, 0), there.stderr
    assert there.stdout == here.stdout
    assert all(list(folder.glob("app-*/*")) for folder in folders)
    assert not {"Anna", "Boris", "Carla", "Dana"} & set(re.findall(r"\w+", there.stderr))
