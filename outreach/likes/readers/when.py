"""Moments as exports write them: in ``outreach.files.dates``."""

from outreach.files.dates import as_iso as said
from outreach.files.dates import from_seconds, iso, moment_in, number_of

__all__ = ["from_seconds", "iso", "moment_in", "number_of", "said"]
