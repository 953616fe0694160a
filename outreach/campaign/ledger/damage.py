"""The failure that tells of rows which no program of ours wrote; it imports nothing."""

from __future__ import annotations

__all__ = ["Damaged"]


class Damaged(Exception):  # noqa: N818 - becomes a told error where the database's name is known
    """A row holds what cannot be there; without a word of it."""
