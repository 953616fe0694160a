"""Time ``outreach rank`` on a large table against the best other ways to count the same, and its start-up.

``README.md`` beside this file says what is compared and why. Every measured thing is a process of its own; this one
stays small and imports none of the libraries, because a child starts with the peak memory of its parent on its record.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLE: Final = "sample_data/likes.csv"
MIN_SUBSCRIBERS: Final = 5000

CONTENDERS: Final = {
    "a": "`outreach rank`",
    "a-limited": "`outreach rank --memory-limit {limit}`",
    "b": "DuckDB by hand, on keys",
    "c": "polars streaming, raw addresses",
    "d": "pandas with pyarrow, raw addresses",
    "e": "DuckDB, parsing alone",
}
DRAFT: Final = "draft sample_data/brief.toml --from ranking.csv --top 5 -o drafts"
SMALL: Final = {
    "--version": ("import click", 1.2),
    f"rank {SAMPLE}": ("import duckdb, click", 2.3),
    f"check {SAMPLE}": ("import duckdb, click", 2.3),
    "track sample_data/results/ga4.csv": ("import sqlalchemy, click", 2.2),
    DRAFT: ("import click, jinja2", 3.0),
}
"""Commands that everybody runs, the imports that they cannot do without, and the ratio to reach."""


@dataclass(frozen=True, slots=True)
class Data:
    """The generated files: the same rows with addresses as people write them (raw), and with our keys (keyed)."""

    rows: int
    addresses: int
    customers: int
    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw.csv"

    @property
    def keyed(self) -> Path:
        return self.folder / "keyed.csv"

    def result(self, name: str) -> Path:
        return self.folder / f"result-{name}.csv"


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    peak_mb: float
    stdout: str


class ChildError(Exception):
    """A measured process failed."""


# --- the processes that are measured ----------------------------------------------------------------------------------


def outreach_rank(data: Data, name: str, memory_limit: str | None) -> list[str]:
    """(a): our command; the only contender that has to find out which addresses are one place."""
    limit = ["--memory-limit", memory_limit] if memory_limit else []
    return [sys.executable, "-m", "outreach", "rank", str(data.raw), "-o", str(data.result(name)), *limit]


# Faster than one query with subqueries, than counting before making pairs distinct, and than numbering customers and
# resources first. Flags a customer for the platforms are faster than distinct pairs of customer and platform.
BY_HAND: Final = """
set preserve_insertion_order = false;
create temp table pairs as
select distinct customer, resource, subscribers
from read_csv('{keyed}', header = true, delim = ',', quote = '"', escape = '"',
              columns = {{customer: 'varchar', resource: 'varchar', subscribers: 'bigint'}});
create temp table counted as
select resource, split_part(resource, ':', 1) as platform, count(*) as overlap, max(subscribers) as subscribers
from pairs group by resource;
create temp table lists as
select bool_or(starts_with(resource, 'facebook:')) as facebook,
       bool_or(starts_with(resource, 'instagram:')) as instagram,
       bool_or(starts_with(resource, 'telegram:')) as telegram,
       bool_or(starts_with(resource, 'vk:')) as vk
from pairs group by customer;
create temp table listed as
unpivot (select count(*) filter (facebook) as facebook, count(*) filter (instagram) as instagram,
                count(*) filter (telegram) as telegram, count(*) filter (vk) as vk from lists)
on facebook, instagram, telegram, vk into name platform value listed;
copy (
    with kept as (
        select *, overlap / listed as share, 1.959963984540054 ^ 2 as z2,
               sum(overlap) over (partition by platform) as all_overlap,
               sum(subscribers) over (partition by platform) as all_subscribers
        from counted join listed using (platform)
        where subscribers >= {min_subscribers}
    )
    select rank() over (order by overlap desc, subscribers desc) as rank, resource, platform, null as name,
           case platform
               when 'facebook' then 'https://www.facebook.com/'
               when 'instagram' then 'https://www.instagram.com/'
               when 'telegram' then 'https://t.me/'
               else 'https://vk.com/'
           end || split_part(resource, ':', 2) || if(platform = 'instagram', '/', '') as url,
           subscribers, overlap, listed, round(share, 6) as share,
           round((share + z2 / (2 * listed) - sqrt(z2 * (share * (1 - share) / listed + z2 / (4 * listed ^ 2))))
               / (1 + z2 / listed), 6) as share_low,
           round((share + z2 / (2 * listed) + sqrt(z2 * (share * (1 - share) / listed + z2 / (4 * listed ^ 2))))
               / (1 + z2 / listed), 6) as share_high,
           case when overlap >= 3
               then round((overlap / all_overlap) / (subscribers / all_subscribers) * 100, 6)
           end as affinity,
           null as accepts_posts
    from kept
    order by overlap desc, subscribers desc, resource
) to '{result}' (header);
"""


def duckdb_by_hand(data: Data) -> None:
    """(b): the same table from keys that somebody else made; what the machine can do."""
    import duckdb

    duckdb.connect().execute(BY_HAND.format(keyed=data.keyed, result=data.result("b"), min_subscribers=MIN_SUBSCRIBERS))


def polars_streaming(data: Data) -> None:
    """(c): overlap by address. No keys, no shares, so two spellings of a place stay two places."""
    import polars as pl

    size = pl.col("subscribers")
    (
        pl.scan_csv(data.raw, schema_overrides={"subscribers": pl.Int64})
        .group_by("customer", "resource")  # faster than unique(), and than n_unique() in one step
        .agg(size.max())
        .group_by("resource")
        .agg(pl.len().alias("overlap"), size.max())
        .filter(size >= MIN_SUBSCRIBERS)
        .sort("overlap", "subscribers", "resource", descending=[True, True, False])
        .collect(engine="streaming")
        .write_csv(data.result("c"))
    )


def pandas_with_pyarrow(data: Data) -> None:
    """(d): as (c)."""
    import pandas as pd

    likes = pd.read_csv(data.raw, engine="pyarrow")
    for column in ("customer", "resource"):
        likes[column] = likes[column].astype("category")  # twice as fast as text, and half the memory
    counted = (
        likes.drop_duplicates(["customer", "resource"])
        .groupby("resource", observed=True)
        .agg(overlap=("customer", "size"), subscribers=("subscribers", "max"))
        .reset_index()
    )
    counted[counted["subscribers"] >= MIN_SUBSCRIBERS].sort_values(
        ["overlap", "subscribers", "resource"], ascending=[False, False, True]
    ).to_csv(data.result("d"), index=False)


def parse(data: Data) -> None:
    """(e): read every cell and keep none."""
    import duckdb

    duckdb.sql(
        f"select count(customer), count(resource), count(subscribers) from read_csv('{data.raw}', header = true,"
        " delim = ',', columns = {customer: 'varchar', resource: 'varchar', subscribers: 'bigint'})"
    ).fetchall()


# Pseudo-random by hash, so that with one version of DuckDB every machine gets the same rows. The cube of a uniform
# number makes the first places popular. A tenth of the places is written in two ways, each half of the time.
GENERATE: Final = """
copy (
    with drawn as (
        select hash(i, 'customer') % {customers} as c,
               floor({places} * (hash(i, 'place') / 18446744073709551616.0) ^ 3)::bigint as p,
               hash(i, 'spelling') % 2 = 0 as other_spelling
        from range({rows}) as numbers(i)
    )
    select 'c' || c as customer, {resource} as resource, 1000 + p * 7919 % 900000 as subscribers
    from drawn
) to '{path}' (header)
"""
ADDRESS: Final = """
    case p % 4
        when 0 then case when p // 4 % 10 = 0 and other_spelling then 'http://www.t.me/name_' || p || '/'
                         else 'https://t.me/name_' || p end
        when 1 then case when p // 4 % 10 = 0 and other_spelling then 'https://m.vk.com/name_' || p
                         else 'https://vk.com/name_' || p end
        when 2 then case when p // 4 % 10 = 0 and other_spelling then 'https://m.facebook.com/name' || p
                         else 'https://www.facebook.com/name' || p end
        else case when p // 4 % 10 = 0 and other_spelling then 'instagram.com/name_' || p
                  else 'https://www.instagram.com/name_' || p || '/' end
    end
"""
KEY: Final = """
    case p % 4
        when 0 then 'telegram:name_' when 1 then 'vk:name_' when 2 then 'facebook:name' else 'instagram:name_'
    end || p
"""


def generate(data: Data) -> None:
    """Write both files; a file appears under its name only when it is whole."""
    import duckdb

    for path, resource in ((data.raw, ADDRESS), (data.keyed, KEY)):
        part = path.with_suffix(".part")
        places = round(data.addresses / 1.1)
        duckdb.execute(
            GENERATE.format(customers=data.customers, places=places, rows=data.rows, resource=resource, path=part)
        )
        part.replace(path)


def keys(data: Data) -> None:
    """Print the number of distinct addresses, and the microseconds that one of them takes."""
    import duckdb

    from outreach.keys import identify

    addresses = [
        address for (address,) in duckdb.sql(f"select distinct resource from read_csv('{data.raw}')").fetchall()
    ]
    start = time.perf_counter()
    for address in addresses:
        identify(address)
    print(len(addresses), (time.perf_counter() - start) / len(addresses) * 1e6)


CHECK: Final = """
select count(*)
from read_csv('{ours}', header = true, all_varchar = true, parallel = false) as ours
full join read_csv('{theirs}', header = true, all_varchar = true, parallel = false) as theirs using (resource)
where ours.rank is distinct from theirs.rank
   or ours.platform is distinct from theirs.platform
   or ours.subscribers is distinct from theirs.subscribers
   or ours.overlap is distinct from theirs.overlap
   or ours.listed is distinct from theirs.listed
   or {floats}
"""
# Both are written with six digits behind the point.
NEAR: Final = """
    (ours.{0} is null) <> (theirs.{0} is null)
    or abs(ours.{0}::double - theirs.{0}::double) > 2e-6 * greatest(1, abs(theirs.{0}::double))
"""


def check(data: Data) -> None:
    """Fail unless our tables equal the one made by hand from keys: the same places, counts and shares."""
    import duckdb

    floats = " or ".join(NEAR.format(name) for name in ("share", "share_low", "share_high", "affinity"))
    theirs = data.result("b")
    for name in ("a", "a-limited"):
        ours = data.result(name)
        if not ours.exists():
            continue
        sql = CHECK.format(ours=ours, theirs=theirs, floats=floats)
        ((rows,),) = duckdb.sql(f"select count(*) from read_csv('{theirs}')").fetchall()
        ((different,),) = duckdb.sql(sql).fetchall()
        if different or not rows:
            raise SystemExit(f"({name}) and (b) differ in {different} of {rows} rows: see {data.folder}")
        print(f"({name}) and (b): the same {rows} rows")


CHILDREN: Final[dict[str, Callable[[Data], None]]] = {
    "b": duckdb_by_hand,
    "c": polars_streaming,
    "d": pandas_with_pyarrow,
    "e": parse,
    "generate": generate,
    "keys": keys,
    "check": check,
}


# --- measuring --------------------------------------------------------------------------------------------------------


def child(name: str, data: Data) -> list[str]:
    """Return the command that runs one of ``CHILDREN`` in a process of its own."""
    numbers = [str(number) for number in (data.rows, data.addresses, data.customers)]
    return [sys.executable, __file__, "--child", name, *numbers, str(data.folder)]


def measure(command: Sequence[str]) -> Run:
    """Run a command in the checkout; wall seconds, and the peak memory of that one process.

    Raises:
        ChildError: It did not end with 0.

    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=ROOT)
        peak_mb = _wait(process)
        seconds = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise ChildError(f"exit {process.returncode}: {err.read().strip() or out.read().strip()}")
        return Run(seconds, peak_mb, out.read())


def _wait(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process and return its peak memory in MB (10^6 bytes)."""
    if sys.platform == "win32":
        import psutil

        watched = psutil.Process(process.pid)
        peak = 0
        while process.poll() is None:
            try:
                peak = watched.memory_info().peak_wset
            except psutil.NoSuchProcess:
                break
            time.sleep(0.01)
        process.wait()
        return peak / 1e6
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_rounds(data: Data, names: Sequence[str], rounds: int, memory_limit: str | None) -> dict[str, list[Run]]:
    """Run the contenders in turn, ``rounds`` times, so that a busy minute hits all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            if name.startswith("a"):
                command = outreach_rank(data, name, memory_limit if name == "a-limited" else None)
            else:
                command = child(name, data)
            run = measure(command)
            runs[name].append(run)
            say(f"round {number + 1}: ({name}) {run.seconds:.2f} s, {run.peak_mb:,.0f} MB")
    return runs


def middle(runs: Sequence[Run]) -> tuple[float, float]:
    """Return the medians of seconds and of peak memory."""
    return statistics.median(run.seconds for run in runs), statistics.median(run.peak_mb for run in runs)


def table(runs: dict[str, list[Run]], memory_limit: str | None) -> Iterator[str]:
    """Yield the lines of the Markdown table; ratios are times (a), or times the first where (a) did not run."""
    base_seconds, base_mb = middle(runs["a"] if "a" in runs else next(iter(runs.values())))
    base = "a" if "a" in runs else next(iter(runs))
    yield f"| | what | seconds | × ({base}) | peak MB | × ({base}) |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for name, measured in runs.items():
        seconds, peak_mb = middle(measured)
        what = CONTENDERS[name].format(limit=memory_limit)
        yield (
            f"| {name} | {what} | {seconds:.2f} | {seconds / base_seconds:.2f} "
            f"| {peak_mb:,.0f} | {peak_mb / base_mb:.2f} |"
        )


def versions() -> str:
    """Return what the figures depend on, in one line."""
    parts = [f"Python {platform.python_version()}"]
    for name in ("duckdb", "polars", "pandas", "pyarrow", "click"):
        try:
            parts.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            parts.append(f"no {name}")
    return f"{', '.join(parts)}; {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"


def large(options: argparse.Namespace, folder: Path) -> None:
    """Generate the files unless they are there, run the contenders and print their table."""
    data = Data(options.rows, options.addresses, options.customers, folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (data.raw.exists() and data.keyed.exists()):
        say(f"writing {data.rows:,} rows to {folder} …")
        measure(child("generate", data))
    for name in CONTENDERS:
        data.result(name).unlink(missing_ok=True)  # an old result must not pass for a new one

    default = [name for name in CONTENDERS if name != "a-limited" or options.memory_limit]
    names = [name for name in default if not options.only or name in options.only]
    if names:
        runs = run_rounds(data, names, options.rounds, options.memory_limit)
        print(f"{data.rows:,} rows, {data.raw.stat().st_size / 1e6:,.0f} MB; the middle of {options.rounds}\n")
        print("\n".join(table(runs, options.memory_limit)))
        print()
    if not options.only or "keys" in options.only:
        outputs = [measure(child("keys", data)).stdout.split() for _ in range(options.rounds)]
        each = statistics.median(float(microseconds) for _, microseconds in outputs)
        print(f"keys: {each:.2f} microseconds an address, {int(outputs[0][0]):,} distinct addresses\n")
    if options.check:
        print(measure(child("check", data)).stdout)
    print(versions())


def small(count: int) -> None:
    """Print how long the commands take that everybody runs, next to the imports that they cannot do without."""
    runs: dict[str, list[float]] = {name: [] for pair in SMALL.items() for name in (pair[0], pair[1][0])}
    with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as name:
        before = Path(name) / "before"
        shutil.copytree(ROOT / "sample_data", before / "sample_data")
        for command in (f"rank {SAMPLE} -o ranking.csv", DRAFT):
            processor_seconds(outreach(command), before)
        for number in range(count + 1):
            for text, taken in runs.items():
                folder = Path(name) / "run"
                shutil.copytree(before, folder)  # what a run leaves behind is not there for the next one
                if text == DRAFT:
                    shutil.rmtree(folder / "drafts")
                    (folder / "outreach.db").unlink()
                code = text.startswith("import ")
                seconds = processor_seconds([sys.executable, "-c", text] if code else outreach(text), folder)
                shutil.rmtree(folder)
                if number:  # the first round writes bytecode and fills the disk cache
                    taken.append(seconds)
    print(f"processor seconds: the middle of {count}, and the least\n")
    print("| command | ms | least | compared with | ms | least | ratio | of the least | aim |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for ours, (theirs, aim) in SMALL.items():
        cells = [f"{statistics.median(runs[one]) * 1000:.0f} | {min(runs[one]) * 1000:.0f}" for one in (ours, theirs)]
        ratio = statistics.median(runs[ours]) / statistics.median(runs[theirs])
        least = min(runs[ours]) / min(runs[theirs])
        print(f"| `outreach {ours}` | {cells[0]} | `{theirs}` | {cells[1]} | {ratio:.2f} | {least:.2f} | {aim:g} |")
    print(f"\n{versions()}")


def outreach(arguments: str) -> list[str]:
    """Return the command line of one of ours."""
    return [sys.executable, "-m", "outreach", *arguments.split()]


def processor_seconds(command: Sequence[str], folder: Path) -> float:
    """Return the processor seconds of a command that is run in a folder.

    Raises:
        ChildError: It did not end with 0.

    """
    import resource  # not on Windows, which tells nothing of children

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise ChildError(f"exit {done.returncode}: {done.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--addresses", type=int, default=500_000, help="distinct addresses, both spellings counted")
    parser.add_argument("--customers", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the files here and reuse them; default: a temporary folder")
    parser.add_argument("--only", nargs="+", choices=[*CONTENDERS, "keys"], metavar="WHICH", help="a b c d e keys")
    parser.add_argument("--memory-limit", metavar="SIZE", help="also run (a) with this limit, such as 1GB")
    parser.add_argument("--check", action="store_true", help="fail unless the tables of (a) and (b) are the same")
    parser.add_argument("--small", action="store_true", help="measure start-up instead")
    parser.add_argument("--count", type=int, default=15, help="runs of each command with --small")
    options = parser.parse_args(arguments)
    if options.check and options.only and not {"a", "b"} <= set(options.only):
        parser.error("--check compares (a) with (b): --only must name both")
    return options


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["--child"]:
        name, rows, addresses, customers, folder = arguments[1:]
        sys.path.insert(0, str(ROOT))  # run as a file, Python looks for modules beside it only
        CHILDREN[name](Data(int(rows), int(addresses), int(customers), Path(folder)))
        return
    options = parsed(arguments)
    try:
        if options.small:
            small(options.count)
        elif options.folder:
            shape = f"{options.rows}-{options.addresses}-{options.customers}"
            large(options, options.folder.resolve() / shape)
        else:
            with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as folder:
                large(options, Path(folder))
    except ChildError as err:
        raise SystemExit(str(err)) from err


if __name__ == "__main__":
    main(sys.argv[1:])
