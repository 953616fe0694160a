"""The sentences in English, room by room.

``{name}`` is a value of the message, ``{name:# row|# rows}`` a counted noun.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SENTENCES"]

SENTENCES: Final = {
    # likes: how tables were read
    "totals-left-out": "{rows:# row|# rows} of totals left out",
}
