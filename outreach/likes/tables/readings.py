"""What a reading of a table is: a shape with the reasons for it, each worth some points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from outreach.errors import AmbiguousFormatError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.tables.contract import Head, Shape

__all__ = ["Reading", "either_reading"]


class Reading(NamedTuple):
    """One way to understand a table.

    Args:
        shape: What the table then is; or why nobody can read it so.
        reasons: What speaks for it, each with its points.

    """

    shape: Shape | InputError
    reasons: tuple[tuple[float, str], ...]

    @property
    def score(self) -> float:
        """The points together."""
        return sum(points for points, _ in self.reasons)

    def why(self) -> str:
        """Return the reasons, the weightiest first.

        Example:
            >>> Reading(InputError("f.csv: no"), ((2.0, "addresses"), (3.0, "a header"))).why()
            'a header, addresses'

        """
        return ", ".join(reason for points, reason in sorted(self.reasons, key=lambda one: -one[0]) if points > 0)


def either_reading(label: str, first: str, second: str, hint: str) -> AmbiguousFormatError:
    """Return the refusal of a table that can be read in two ways."""
    return AmbiguousFormatError(f"{label}: this can be read in two ways: {first}, or {second}", hint=hint)


MARGIN = 0.75
"""Readings that are so close are both possible."""


def best(readings: Sequence[Reading], head: Head) -> Reading | None:
    """Return the best founded reading, None where there is none.

    Raises:
        InputError: The best founded reading is that nobody can read it.
        AmbiguousFormatError: Two are about equally founded and give other likes.

    """
    if not readings:
        return None
    first = max(readings, key=lambda one: one.score)
    if isinstance(first.shape, InputError):
        raise first.shape
    likes = None
    for other in readings:
        if other is first or first.score - other.score >= MARGIN:
            continue
        likes = likes or likes_of(first.shape, head)
        if isinstance(other.shape, InputError) or likes_of(other.shape, head) != likes:
            raise either_reading(
                head.label,
                first.shape.kind,
                "not at all" if isinstance(other.shape, InputError) else other.shape.kind,
                "say which it is",
            )
    return first


def likes_of(shape: Shape, head: Head) -> frozenset[tuple[str | None, ...]]:
    """Return who follows what by the first rows, as a shape reads them."""
    from outreach.likes.tables.contract import Tally

    told = [role for role in ("customer", "url", "handle", "resource", "name") if role in shape.roles]
    places = [list(shape.roles).index(role) for role in told]
    return frozenset(tuple(values[at] for at in places) for _, values in shape.records(iter(head.rows), Tally()))
