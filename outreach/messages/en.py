"""The sentences in English, room by room.

``{name}`` is a value of the message, ``{name:# row|# rows}`` a counted noun.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SENTENCES"]

SENTENCES: Final = {
    # files: where they come from, and plug-ins
    "sentence": "{text}",
    "plug-in-broken": "the plug-in {name} is broken ({error}), and was left out",
    "plug-in-failed": "the plug-in {name} failed",
    "given-twice": "given twice, read once",
    "archive-not-read": "an archive that is not read: unpack it, or save it as ZIP",
    "only-a-link": "only a link to a Google Sheet: choose File > Download > Microsoft Excel there",
    "save-as-table": "save it as .xlsx or .csv",
    "not-a-table-by-name": "not a table by its name",
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
}
