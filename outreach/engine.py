"""DuckDB, opened our way.

No extension is loaded from anywhere, temporary files live in a private folder that goes with the engine and are
encrypted, paths are literals, Ctrl-C stops a running query, and the engine's own error texts (they quote the row)
go no further than here.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from outreach.errors import OptionError, OutputError, OutreachError
from outreach.leftovers import new_folder, remove_folder
from outreach.stopping import postponed, stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType, TracebackType

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

__all__ = ["Engine", "driver", "is_io_failure", "literal", "literal_path", "quoted"]

T = TypeVar("T")

POLL_SECONDS: Final = 0.1  # how soon Ctrl-C is noticed on systems where waiting cannot be interrupted
UNITS: Final = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")
PATIENCE_SECONDS: Final = 1.0  # a query shorter than this shows no progress


class Engine:
    """One DuckDB connection with its private folder; a context manager.

    Args:
        memory_limit: What the engine may hold in memory, as DuckDB writes it (``"1GB"``); the rest is spilled to the
            private folder. The default is DuckDB's own, four fifths of the machine.
        progress: Show a line of progress on a terminal while a query takes long.

    Raises:
        InputError: ``memory_limit`` is not a size.
        OutputError: There is no place for temporary files.

    Example:
        >>> with Engine() as engine:
        ...     engine.rows("select 6 * 7")
        [(42,)]

    """

    def __init__(self, *, memory_limit: str | None = None, progress: bool = False) -> None:
        duckdb = driver()
        try:
            self.folder: Final = new_folder()
        except OSError as err:
            raise OutputError(
                f"no folder for temporary files can be made ({err.strerror})",
                hint="free some space, or set TMPDIR (on Windows TEMP) to a folder that you may write to",
            ) from err
        self.progress: Final = progress and sys.stderr is not None and sys.stderr.isatty()
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "temp_directory": str(self.folder),
            "temp_file_encryption": True,
            # Without it DuckDB 2 refuses to encrypt unless httpfs is loaded. Its own random numbers are not vetted for
            # secrets; what they encrypt lives for one run, in a folder that only the user can read.
            "force_mbedtls_unsafe": True,
            "preserve_insertion_order": False,
        }
        if memory_limit is not None:
            settings["memory_limit"] = memory_limit
        try:
            self.connection: Final[DuckDBPyConnection] = duckdb.connect(":memory:", config=settings)
        except (duckdb.Error, RuntimeError) as err:  # the latter for half a character
            remove_folder(self.folder)
            if memory_limit is None:
                raise
            raise OptionError(f"--memory-limit {memory_limit}: not a size", hint="write it like 500MB or 2GB") from err

        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._thread: Final = threading.Thread(target=_work, args=(self._jobs,), daemon=True)
        self._thread.start()
        self.run("set timezone = 'UTC'")  # same input, same output, on every machine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection and remove the private folder. Twice is fine."""
        with postponed():
            self._jobs.put(None)
            if self._thread.is_alive():  # a query may still write into the private folder
                self.connection.interrupt()
                self._thread.join()
            self.connection.close()
            remove_folder(self.folder)

    def run(self, sql: str, values: Sequence[Any] | dict[str, Any] | None = None, *, doing: str = "") -> None:
        """Run one statement for its effect.

        Args:
            sql: The statement.
            values: Bound values.
            doing: What the user reads while it runs.

        """
        self._watched(lambda: self.connection.execute(sql, values), doing)

    def rows(
        self, sql: str, values: Sequence[Any] | dict[str, Any] | None = None, *, doing: str = ""
    ) -> list[tuple[Any, ...]]:
        """Run a query and return its rows; for results that a person could read."""
        return self._watched(lambda: self.connection.execute(sql, values).fetchall(), doing)

    def batches(self, sql: str, size: int = 50_000) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a query, ``size`` at a time; other statements may run in between."""
        cursor = self.connection.cursor()
        try:
            self._watched(lambda: cursor.execute(sql), stop=cursor.interrupt)
            while rows := self._watched(lambda: cursor.fetchmany(size), stop=cursor.interrupt):
                yield rows
        finally:
            cursor.close()

    def numbers(self, sql: str) -> NDArray[Any]:
        """Run a query for the one column of its result: whole numbers, none of them missing.

        Example:
            >>> with Engine() as engine:
            ...     engine.numbers("select unnest([3, 1]) as number").tolist()
            [3, 1]

        """
        (column,) = self.arrays(sql).values()
        return column

    def arrays(self, sql: str) -> dict[str, NDArray[Any]]:
        """Run a query and return each column of its result by its name; no value may be missing.

        Example:
            >>> with Engine() as engine:
            ...     found = engine.arrays("select unnest([3, 1]) as number, unnest(['a', 'b']) as text")
            >>> found["number"].tolist(), found["text"].tolist()
            ([3, 1], ['a', 'b'])

        """
        import numpy as np

        found = self._watched(lambda: self.connection.execute(sql).fetchnumpy())
        return {name: np.asarray(column) for name, column in found.items()}

    def memory_bytes(self) -> int:
        """Return how much the engine may hold in memory.

        Example:
            >>> with Engine(memory_limit="1GB") as engine:
            ...     engine.memory_bytes() // 10**6
            999

        """
        number, unit = self.rows("select current_setting('memory_limit')")[0][0].split()
        return int(float(number) * 1024 ** UNITS.index(unit))

    def append(self, table: str, columns: Sequence[Sequence[Any]]) -> None:
        """Append columns of Python values to a table; ``table`` may name its columns behind it.

        Example:
            >>> with Engine() as engine:
            ...     engine.run("create table t (a integer, b varchar)")
            ...     engine.append("t", [[1, 2], ["x", None]])
            ...     engine.rows("select * from t order by a")
            [(1, 'x'), (2, None)]

        """
        if columns and columns[0]:
            lists = ", ".join(f"unnest(${number + 1})" for number in range(len(columns)))
            self.run(
                f"insert into {table} select {lists}", [[_storable(value) for value in column] for column in columns]
            )

    def append_arrays(self, sql: str, arrays: Mapping[str, Any]) -> None:
        """Run a statement that reads from ``arrays``, columns of numpy: several times as fast as :meth:`append`.

        Example:
            >>> import numpy
            >>> with Engine() as engine:
            ...     engine.run("create table t (a integer, b varchar)")
            ...     columns = {"a": numpy.array([1, 2]), "b": numpy.array(["x", None], dtype=object)}
            ...     engine.append_arrays("insert into t select a, b from arrays", columns)
            ...     engine.rows("select * from t order by a")
            [(1, 'x'), (2, None)]

        """
        self.connection.register("arrays", dict(arrays))
        try:
            self.run(sql)
        finally:
            self.connection.unregister("arrays")

    @contextmanager
    def in_order(self) -> Iterator[None]:
        """Keep the order of the rows of a file while the block runs; slower."""
        self.run("set preserve_insertion_order = true")
        try:
            yield
        finally:
            self.run("set preserve_insertion_order = false")

    @contextmanager
    def as_written(self) -> Iterator[None]:
        """Join in the order of the query while the block runs: what stands on the right is held in memory.

        The engine cannot know how many rows a text file has, takes it for small and would hold it whole.
        """
        self.run("set disabled_optimizers = 'join_order,build_side_probe_side'")
        try:
            yield
        finally:
            self.run("reset disabled_optimizers")

    def _watched(self, work: Callable[[], T], doing: str = "", stop: Callable[[], None] | None = None) -> T:
        """Run ``work`` beside the main thread, so that Ctrl-C is heard and progress can be shown.

        In the main thread DuckDB would make an error of its own of a signal. ``stop`` ends a query of a cursor.
        """
        duckdb = driver()
        stop_if_asked()
        job = _Job(work, stop or self.connection.interrupt)
        self._jobs.put(job)
        try:
            self._wait(job, doing)
        except KeyboardInterrupt:
            with postponed():  # the query still writes into the private folder
                job.stop()
                while not job.waited(POLL_SECONDS):
                    job.stop()  # the first time may have been before the query
            raise
        try:
            return job.result()
        except duckdb.OutOfMemoryException as err:
            raise OutreachError(
                "not enough memory for these files", hint="close other programs, or give a larger --memory-limit"
            ) from err
        except duckdb.IOException as err:
            if "No space left" in str(err) or "not enough space" in str(err).lower():
                raise OutputError(
                    "no space left on the disk for temporary files",
                    hint="free some space, or set TMPDIR (on Windows TEMP) to a folder on another disk",
                ) from err
            raise

    def _wait(self, job: _Job[T], doing: str) -> None:
        """Wait for a job; on a terminal say how far a long query is."""
        start = time.monotonic()
        shown = False
        while not job.waited(POLL_SECONDS):
            stop_if_asked()
            if self.progress and doing and time.monotonic() - start > PATIENCE_SECONDS:
                share = max(0.0, self.connection.query_progress())
                sys.stderr.write(f"\r{doing} {share:3.0f} %\x1b[K")
                sys.stderr.flush()
                shown = True
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class _Job(Generic[T]):
    """A piece of work for the engine's thread, and what came of it."""

    def __init__(self, work: Callable[[], T], stop: Callable[[], None]) -> None:
        self.work: Final = work
        self.stop: Final = stop
        self.done = False
        self._working: Final = threading.Lock()  # an Event breaks where Ctrl-C meets it between its own locks
        self._working.acquire()
        self.value: T
        self.error: BaseException | None = None

    def do(self) -> None:
        """Do the work."""
        try:
            self.value = self.work()
        except BaseException as err:  # noqa: BLE001 - handed whole to the thread that waits
            self.error = err
        self.done = True
        self._working.release()

    def waited(self, seconds: float) -> bool:
        """Wait for at most so long; return whether it is done."""
        return self.done or self._working.acquire(timeout=seconds) or self.done

    def result(self) -> T:
        """Return what came of it, after it is done."""
        if self.error is not None:
            raise self.error
        return self.value


def as_array(cells: Sequence[Any], kind: str) -> Any:
    """Return the cells of a column as numpy has them, a missing number as NaN.

    Args:
        cells: Texts or numbers; None is missing.
        kind: ``varchar``, ``double``, or an integer type.

    Example:
        >>> as_array([1, None], "bigint").tolist(), as_array(["a", None], "varchar").tolist()
        ([1.0, nan], ['a', None])

    """
    import numpy as np

    if kind == "varchar":
        plain = "".join(filter(None, cells)).isascii()
        return np.array([*(cells if plain else map(_storable, cells)), None], dtype=object)[:-1]  # texts stay objects
    if kind == "double" or None in cells:
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
    return np.array(cells, dtype=np.int64)


def _work(jobs: SimpleQueue[_Job[Any] | None]) -> None:
    """Do jobs until there is none."""
    while (job := jobs.get()) is not None:
        job.do()


def _storable(value: Any) -> Any:
    """Return a value as a table can hold it: names of files may hold bytes that are no text."""
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def driver() -> ModuleType:
    """Return the engine's module; its wrappers for data frames, twice as slow to load as itself, are left out."""
    try:
        import _duckdb
    except ImportError:  # of another version, where it may be called otherwise
        import duckdb

        return duckdb
    return _duckdb


def is_io_failure(error: Exception) -> bool:
    """Return whether an error is the engine's, at a file; without the engine there are none."""
    return "_duckdb" in sys.modules and isinstance(error, driver().IOException)


def literal(text: str) -> str:
    """Return ``text`` as an SQL literal.

    Example:
        >>> literal("it's")
        "'it''s'"

    """
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str | os.PathLike[str]) -> str:
    """Return a path as an SQL literal that names this one file, whatever signs its name holds.

    Example:
        >>> literal_path("likes[1].csv")
        "'likes[[]1].csv'"

    """
    return literal("".join(f"[{sign}]" if sign in "[*?" else sign for sign in os.fspath(path)))


def quoted(name: str) -> str:
    """Return ``name`` as an SQL identifier.

    Example:
        >>> quoted('a"b')
        '"a""b"'

    """
    return '"' + name.replace('"', '""') + '"'
