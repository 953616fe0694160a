"""What goes wrong on a cluster, as one sentence: its own texts hold rows and paths, and are not passed on."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.errors import InputError, OutreachError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NO_JAVA", "NO_PYSPARK", "translated_failures"]

NO_PYSPARK: Final = ("Spark's Python library is missing", 'pip install "outreach[spark]"')
NO_JAVA: Final = ("Spark needs Java 17 or newer, and none was found", "install it, or set JAVA_HOME; sc:// needs none")


class _Failure(NamedTuple):
    """How a failure is known, and what it is called here."""

    pattern: str
    error: type[OutreachError]
    what: str
    hint: str


FAILURES: Final = (
    _Failure(
        r"UNAUTHENTICATED|PERMISSION_DENIED|INSUFFICIENT_PERMISSIONS|AccessControl|[Pp]ermission denied|AccessDenied"
        r"|Forbidden|Unauthorized",
        RemoteError, "Spark has no permission to read this", "ask those who run the cluster; a token may be old",
    ),
    _Failure(
        r"TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|PARSE_SYNTAX_ERROR",
        InputError, "Spark knows no such table", "give its whole name, like catalog.schema.table",
    ),
    _Failure(
        r"PATH_NOT_FOUND|FILE_NOT_EXIST|FileNotFoundException|NoSuchBucket",
        InputError, "Spark finds no such file", "paths are the cluster's; --send sends a file of this machine",
    ),
    _Failure(
        r"UNRESOLVED_COLUMN|FIELD_NOT_FOUND|DATATYPE_MISMATCH|CAST_WITHOUT_SUGGESTION",
        InputError, "a column is not in the table, or holds no texts", "--columns customer=NAME,resource=NAME",
    ),
    _Failure(
        r"CANNOT_READ_FILE|FAILED_READ_FILE|UNABLE_TO_INFER_SCHEMA|not a Parquet file|CANNOT_READ_FILE_FOOTER"
        r"|MALFORMED_RECORD",
        InputError, "the file is damaged or no table", "Parquet and CSV are read",
    ),
    _Failure(
        r"PYTHON_VERSION_MISMATCH|Python in worker has different version",
        RemoteError, "the workers have another version of Python than this machine",
        "run outreach with the same one, or set PYSPARK_PYTHON to its path on the workers",
    ),
    _Failure(
        r"ModuleNotFoundError|No module named|PACKAGE_NOT_INSTALLED|UNSUPPORTED_PACKAGE_VERSION|Cannot run program",
        RemoteError, "the workers lack Python or its pyarrow",
        "install pyarrow there, or set PYSPARK_PYTHON to a Python on the workers that has it",
    ),
    _Failure(
        r"JAVA_GATEWAY_EXITED|UnsupportedClassVersion|[Jj]ava gateway process exited|JAVA_HOME",
        RemoteError, *NO_JAVA,
    ),
    _Failure(
        r"No space left", RemoteError, "a machine of the cluster has no space left on its disk", "free some there",
    ),
    _Failure(
        r"ExecutorLost|[Ee]xecutor \S+ exited|[Ww]orker (?:lost|exited|is lost)|OutOfMemory"
        r"|Python worker (?:exited|failed)|EOFException|heartbeat|FetchFailed"
        r"|SparkContext was shut down|stopped SparkContext|Py4JNetwork|Job \d+ cancelled"
        r"|Answer from Java side is empty|ConnectionReset|SESSION_CLOSED|SESSION_NOT_FOUND",
        RemoteError, "a worker or the driver was lost", "try again, or give the cluster more memory",
    ),
    _Failure(
        r"UNAVAILABLE|failed to connect|[Cc]onnection refused|masters are unresponsive|DEADLINE_EXCEEDED|Timeout",
        RemoteError, "Spark does not answer", "is it running, and is the address right?",
    ),
)  # fmt: skip
OURS: Final = (OutreachError, KeyboardInterrupt, SystemExit)


@contextmanager
def translated_failures(what: str = "") -> Iterator[None]:
    """Make errors of ours of those of Spark, its bridge to Java and its connection.

    Args:
        what: The table or file that the work is about.

    Raises:
        InputError: A table, file or column is not there.
        RemoteError: Everything else that a cluster can refuse.

    """
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that Spark does not know yet
            yield
    except Exception as err:
        if isinstance(err, OURS) or not _is_sparks(err):
            raise
        text = f"{type(err).__name__} {err} {getattr(err, 'java_exception', '')}"
        for failure in FAILURES:
            if re.search(failure.pattern, text):
                where = what if failure.error is InputError else ""
                raise failure.error(failure.what, where=where, hint=failure.hint) from None
        name = re.search(r"\[([A-Z][A-Z0-9_.]{3,80})\]", text)
        told = f"Spark refused the work ({name[1] if name else type(err).__name__})"
        raise RemoteError(told, hint="its own log says more") from None


def _is_sparks(err: BaseException) -> bool:
    """Return whether an error comes from Spark's library or one that it speaks through."""
    modules = {kind.__module__.partition(".")[0] for kind in type(err).__mro__}
    return not modules.isdisjoint({"pyspark", "py4j", "grpc"}) or isinstance(err, (ConnectionError, OSError))
