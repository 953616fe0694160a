"""What plain tables are refused for, whatever shape they have."""

from __future__ import annotations

from outreach.errors import InputError

__all__ = ["NoListError", "OwnTableError", "followers_refused"]


class NoListError(InputError):
    """A file that holds no list of follows by what it says of itself; in a folder it is passed over like a note."""


class OwnTableError(NoListError):
    """A table that this program wrote."""


def followers_refused(label: str) -> InputError:
    """Return the refusal of a table that lists followers."""
    return InputError(
        "this is a table of followers, not of follows",
        where=label,
        hint="export the lists of what your customers follow (their followings)",
    )
