"""Time ``outreach rank --engine local[2]`` against plain Spark SQL on ready keys; ``README.md`` beside it says more.

Each is a process of its own: our command on addresses, Spark SQL on the same rows with keys in their place,
and the keys of the distinct addresses alone, by one process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
HANDLE: Final = "'place' || (pow(random(), 3) * {addresses})::bigint"
PLAIN: Final = """
import os, sys
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession
s = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "{memory}")
    .config("spark.sql.shuffle.partitions", "8").config("spark.local.dir", {folder!r}).getOrCreate())
s.sparkContext.setLogLevel("OFF")
s.read.parquet({path!r}).createOrReplaceTempView("rows")
found = s.sql('''
    with pairs as (select distinct customer, resource, split_part(resource, ':', 1) as platform from rows),
    sizes as (select resource, max(subscribers) as subscribers from rows group by resource),
    listed as (select platform, count(distinct customer) as listed from pairs group by platform),
    counted as (select resource, platform, count(*) as overlap from pairs group by resource, platform)
    select rank() over (order by overlap desc, subscribers desc) as rank, resource, subscribers, overlap, listed,
        overlap / listed as share
    from counted join sizes using (resource) join listed using (platform) where subscribers >= 5000
    order by rank, resource
''').toArrow()
print(found.num_rows)
"""


def make(folder: Path, rows: int, addresses: int, customers: int) -> tuple[Path, Path]:
    """Write the rows twice: with addresses as people write them, and with keys."""
    import duckdb

    raw, keyed = folder / "raw.parquet", folder / "keyed.parquet"
    if not raw.exists():
        duckdb.execute("select setseed(0.5)")
        duckdb.execute(
            f"create table rows as select 'c' || (random() * {customers})::bigint as customer, "
            f"{HANDLE.format(addresses=addresses)} as handle, (random() * 4)::int % 4 as network from range({rows})"
        )
        duckdb.execute(
            "create view full_rows as select customer, handle, network, 1000 + hash(handle) % 100000 as subscribers, "
            "hash(customer, handle) % 10 = 0 as otherwise from rows"
        )
        host = "case network when 0 then 't.me/' when 1 then 'vk.com/' when 2 then 'instagram.com/' else 'x.com/' end"
        key = "case network when 0 then 'telegram:' when 1 then 'vk:' when 2 then 'instagram:' else 'x:' end"
        written = f"case when otherwise then 'https://' || {host} || handle || '/' else {host} || handle end"
        for path, resource in ((raw, written), (keyed, f"{key} || handle")):
            duckdb.execute(
                f"copy (select customer, {resource} as resource, subscribers::bigint as subscribers from full_rows) "
                f"to '{path}'"
            )
    return raw, keyed


def timed(words: list[str], folder: Path) -> float:
    """Return the wall seconds of a process; its Java program outlives every count of processor time."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    nowhere = subprocess.DEVNULL
    subprocess.run(words, check=True, cwd=folder, env=environment, stdout=nowhere, stderr=nowhere)
    return time.perf_counter() - start


def keys_a_second(raw: Path) -> tuple[int, float]:
    """Return how many distinct addresses there are, and how many keys one process makes in a second."""
    import duckdb

    sys.path.insert(0, str(ROOT))
    from outreach.keys import identify

    texts = [text for (text,) in duckdb.execute(f"select distinct resource from '{raw}'").fetchall()]
    start = time.process_time()
    for text in texts:
        identify(text)
    return len(texts), len(texts) / (time.process_time() - start)


def main() -> None:
    """Run all three in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--addresses", type=int, default=125_000, help="of each of four networks")
    parser.add_argument("--customers", type=int, default=400_000)
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--folder", type=Path, help="keeps the generated files")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        raw, keyed = make(folder, asked.rows, asked.addresses, asked.customers)
        addresses, speed = keys_a_second(raw)
        ours = [sys.executable, "-m", "outreach", "rank", str(raw), "--engine", "local[2]", "-o", "ranking.csv"]
        here = [sys.executable, "-m", "outreach", "rank", str(raw), "-o", "here.csv"]
        plain = [sys.executable, "-c", PLAIN.format(memory=asked.memory, folder=str(folder), path=str(keyed))]
        print(f"{asked.rows} rows, {addresses} distinct addresses, {speed:.0f} keys a second and processor")
        print("| what | wall s |\n| --- | ---: |")
        for name, words in (("plain Spark SQL, on keys", plain), ("outreach on Spark", ours), ("outreach here", here)):
            print(f"| {name} | {timed(words, folder):.1f} |", flush=True)
        print("same table:", (folder / "ranking.csv").read_bytes() == (folder / "here.csv").read_bytes())


if __name__ == "__main__":
    main()
