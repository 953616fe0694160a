"""One export format a file; this tuple is all that the rest of the program knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import AmbiguousFormatError, InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.tracking.base import Reader
    from outreach.tracking.exports import Export

__all__ = ["READERS", "claimed", "reader_named", "readers"]

READERS: Final[tuple[str, ...]] = (
    "access_log:AccessLog",
    "ga4_api:Ga4Api",
    "ga4_csv:Ga4Csv",
    "hand_sheet:HandSheet",
    "matomo:Matomo",
    "metrica_api:MetricaApi",
    "metrica_logs:MetricaLogs",
    "metrica_report:MetricaReport",
    "plausible_api:PlausibleApi",
    "plausible_dashboard:PlausibleDashboard",
    "plausible_export:PlausibleExport",
    "short_links:ShortLinks",
    "sign_ups:SignUps",
)
"""Module and class of each reader, imported when a file has to be told."""


def readers() -> tuple[Reader, ...]:
    """Return one of each reader."""
    import importlib

    found = []
    for name in READERS:
        module, _, kind = name.partition(":")
        found.append(getattr(importlib.import_module(f"outreach.tracking.readers.{module}"), kind)())
    return tuple(found)


def reader_named(name: str) -> Reader:
    """Return the reader that ``--read-as`` names.

    Raises:
        OptionError: There is none of that name.

    """
    known = {reader.name: reader for reader in readers()}
    if name not in known:
        raise OptionError(f"--read-as {name}: no such reader", hint=f"known: {', '.join(sorted(known))}")
    return known[name]


def claimed(export: Export, among: Sequence[Reader]) -> Reader | None:
    """Return the reader that knows a file, None where none does.

    Raises:
        AmbiguousFormatError: Two of them do.

    """
    found = [reader for reader in among if _identifies(reader, export)]
    if len(found) > 1:
        names = " and ".join(reader.name for reader in found)
        raise AmbiguousFormatError(
            f"{export.label}: {names} both recognise this file", hint=f"say which: --read-as {found[0].name}"
        )
    return found[0] if found else None


def _identifies(reader: Reader, export: Export) -> bool:
    try:
        return reader.identify(export)
    except InputError:  # damaged: said when it is read
        return False
