"""Spark opened our way: a local one, a cluster's master, or a server that speaks Spark Connect."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sys
import threading
import time
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from outreach.engines.failures import NO_JAVA, NO_PYSPARK, translated_failures
from outreach.engines.package import pack_code
from outreach.errors import OptionError, RemoteError
from outreach.leftovers import new_folder
from outreach.passwords import holds_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from outreach.engine import Engine

__all__ = ["Spark", "is_local"]

ADDRESS: Final = re.compile(
    r"(?:local(?:\[(?:\d+|\*)(?:,\s*\d+)?\])?|spark://\S+|sc://\S+|yarn|k8s://\S+)", re.IGNORECASE
)
ANSWER_SECONDS: Final = 10
WORKER_SECONDS: Final = 60
LOCAL_MEMORY_MB: Final = 2048
CONNECT_PORT: Final = 15002


def is_local(address: object) -> bool:
    """Return whether an engine is a Spark on this machine alone.

    Example:
        >>> is_local("local[2]"), is_local("spark://host:7077")
        (True, False)

    """
    return isinstance(address, str) and address.lower().startswith("local")


class Spark:
    """A session with our code on its workers; a context manager.

    Args:
        address: ``local[2]``, ``spark://host:7077``, ``sc://host:15002``, or an open session, which stays open.
        engine: The engine of this machine; lends its private folder.
        memory_mb: What a local Spark may hold in memory.

    Raises:
        OptionError: The address is none.
        RemoteError: There is no Spark behind it.

    """

    def __init__(self, address: Any, engine: Engine, memory_mb: int | None = None) -> None:
        self.address: Final = address
        self.kept: Final[list[Any]] = []
        self.ours = isinstance(address, str)
        if self.ours:
            _refuse_address(address)
            _refuse_missing(address)
        with translated_failures():
            self.session: Final[Any] = _session(address, engine, memory_mb) if self.ours else address
        try:
            with translated_failures():
                self.session.addArtifacts(str(_archive()), pyfile=True)
                sys.path[:] = [path for path in sys.path if not path.endswith(_archive().name)]  # here we are already
                if self.ours and address.lower().startswith("spark:"):
                    _wait_for_worker(self.session)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget what was kept, and end the session if it is ours."""
        with suppress(Exception), _quiet():  # whatever it meets, the result is there or the failure is told already
            for kept in self.kept:
                kept.unpersist()
            if self.ours:
                self.session.stop()
        self.kept.clear()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows; for results that a person could read."""
        with translated_failures():
            return [tuple(row) for row in self.session.sql(sql).collect()]

    def arrow(self, sql: str) -> pa.Table:
        """Run a query and return its rows as a table of Arrow."""
        with translated_failures():
            return self.session.sql(sql).toArrow()

    def view(self, name: str, made: Any, values: Mapping[str, Any] | None = None, *, keep: bool = False) -> None:
        """Name a query, or rows that Spark holds, as later queries call it.

        Args:
            name: As later queries call it.
            made: A query, or a data frame of Spark.
            values: What is bound in the query; its names stand behind a dollar sign, as in ``rank.sql``.
            keep: Make it once, and keep it for several queries.

        """
        with translated_failures():
            if isinstance(made, str):
                made = self.session.sql(re.sub(r"\$([a-z_]+)", r":\1", made), args=dict(values) if values else None)
            if keep:
                self.kept.append(made := made.persist())
            made.createOrReplaceTempView(name)

    def table(self, name: str, schema: str, columns: Sequence[Sequence[Any]]) -> None:
        """Send the few rows of a table."""
        with translated_failures():
            self.view(name, self.session.createDataFrame(list(zip(*columns, strict=True)), schema))

    def mapped(self, name: str, sql: str, function: Callable[..., Any], schema: str) -> None:
        """Name what a function makes of the batches of a query, made once."""
        with translated_failures():
            self.view(name, self.session.sql(sql).mapInArrow(function, schema), keep=True)


@cache
def _archive() -> Path:
    """Return our code, packed once a run: a session that stays open fetches it again for each new worker."""
    return pack_code(new_folder())


def _refuse_address(address: str) -> None:
    if holds_hidden(address):
        raise OptionError("--engine: *** replaces a token that is not shown", hint="write the token itself")
    if not ADDRESS.fullmatch(address.strip()):
        raise OptionError(
            "--engine: not an address of Spark", hint="write local[2], spark://HOST:7077 or sc://HOST:15002"
        )


def _refuse_missing(address: str) -> None:
    """Say at once what would be found out in a minute: no library, no Java, nobody there."""
    try:
        import pyspark  # noqa: F401 - it is loaded to know
    except ImportError as err:
        raise RemoteError(NO_PYSPARK[0], hint=NO_PYSPARK[1]) from err
    scheme, _, rest = address.partition("://")
    if scheme.lower() != "sc" and not (
        shutil.which("java")
        or (os.environ.get("JAVA_HOME") and shutil.which("java", path=os.environ["JAVA_HOME"] + "/bin"))
    ):
        raise RemoteError(NO_JAVA[0], hint=NO_JAVA[1])
    if scheme.lower() in {"sc", "spark"}:
        port = CONNECT_PORT if scheme.lower() == "sc" else 7077
        hosts = re.split(r"[/;]", rest, maxsplit=1)[0].rpartition("@")[2].split(",")
        if not any(_answers(host, port) for host in hosts):
            raise RemoteError("Spark does not answer", hint="is it running, and is the address right?")


def _answers(host: str, port: int) -> bool:
    """Return whether anybody listens at HOST or HOST:PORT."""
    name, colon, number = host.rpartition(":")
    if not colon or not number.isdecimal():
        name, number = host, str(port)
    try:
        socket.create_connection((name.strip("[]"), int(number)), timeout=ANSWER_SECONDS).close()
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _session(address: str, engine: Engine, memory_mb: int | None) -> Any:
    """Open a session; one of the caller's that runs already is left alone by Spark Connect, and refused otherwise."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    if address.lower().startswith("sc:"):
        session = builder.remote(address).create()
        session.conf.set("spark.sql.session.timeZone", "UTC")
        return session
    if SparkSession.getActiveSession() is not None:
        raise OptionError("a session of Spark is open already", hint="pass it: engine=spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    if is_local(address):
        settings |= {
            "spark.driver.memory": f"{memory_mb or LOCAL_MEMORY_MB}m",
            "spark.driver.bindAddress": "127.0.0.1",  # nobody else is to speak to it
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": str(engine.folder),
            "spark.sql.warehouse.dir": str(engine.folder / "warehouse"),
            "spark.sql.shuffle.partitions": "8",
        }
    builder = builder.appName("outreach rank").master(address)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _quiet(), _own_python(is_local(address)), _own_ctrl_c():
        return builder.getOrCreate()


@contextmanager
def _own_ctrl_c() -> Iterator[None]:
    """Keep the handler of Ctrl-C, for which Spark puts one of its own that stays when the session has ended."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


@contextmanager
def _own_python(local: bool) -> Iterator[None]:
    """Have a local Spark use this Python while it opens; it asks the environment alone."""
    name = "PYSPARK_PYTHON"
    ours = local and name not in os.environ
    if ours:
        os.environ[name] = sys.executable
    try:
        yield
    finally:
        if ours:
            del os.environ[name]


@contextmanager
def _quiet() -> Iterator[None]:
    """Give the Java program nowhere to write while the block runs: its notes are no remarks, and may hold rows."""
    try:
        before = os.dup(2)
    except OSError:  # closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


def _wait_for_worker(session: Any) -> None:
    """Wait until a worker takes work; without one a job would wait for ever."""
    end = time.monotonic() + WORKER_SECONDS
    while session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < 2:  # noqa: SLF001 - Python has no other way
        if time.monotonic() > end:
            raise RemoteError(
                "no worker of the cluster takes the work",
                hint="its page shows which workers are free, and their memory",
            )
        time.sleep(0.2)
