"""What a reading of a table is: a shape with the reasons for it, each worth some points."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.errors import AmbiguousFormatError, InputError
from outreach.likes.tables.cells import mostly

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from outreach.likes.tables.contract import Head, Shape

__all__ = ["READ_AS", "Reading", "UndecidedError", "best", "name_of", "names_of_places", "resembles", "undecided"]


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


class UndecidedError(AmbiguousFormatError):
    """Names beside addresses that are customers or the places' own; what other lists hold may decide it.

    Args:
        pairs: The names beside the addresses.

    """

    pairs: frozenset[tuple[str, str]] = frozenset()


def undecided(head: Head, pairs: frozenset[tuple[str, str]]) -> UndecidedError:
    error = UndecidedError(
        "the names next to the addresses may be customers or names of places",
        where=head.label,
        hint="--customer-is column if they are customers; --customer-is file (or tab, or folder) if each file is one "
        "customer; --customer NAME if all are one customer's",
    )
    error.choices = (("customer_is", "column"), ("customer_is", "tab" if head.tabbed else "file"))
    error.pairs = pairs
    return error


def names_of_places(pairs: Collection[tuple[str, str]], head: Head) -> bool:
    """Return whether names beside addresses are the places': they spell them, or stand in several lists."""
    return bool(head.peers & set(pairs)) or mostly((resembles(name, address) for name, address in pairs), 0.8)


@lru_cache(maxsize=8192)
def resembles(name: str, address: str) -> bool:
    """Return whether an address holds the letters of a name.

    Example:
        >>> resembles("SMM Riga", "https://t.me/smm_riga"), resembles("Anna", "https://t.me/smm_riga")
        (True, False)

    """
    letters, spelled = ("".join(filter(str.isalnum, text.casefold())) for text in (name, address))
    return len(letters) > 1 and letters in spelled


NAMES: Final = {
    "Long": "long", "People": "columns", "Matrix": "matrix", "Transposed": "matrix", "Rows": "rows",
    "Blocks": "blocks", "Addresses": "list", "Labelled": "list", "NamedIds": "list", "Dialog": "page",
    "Survey": "survey",
}  # fmt: skip
"""What ``--read-as`` calls the shapes."""
READ_AS: Final = ("long", "list", "columns", "matrix", "rows", "blocks", "page", "survey")


def name_of(shape: Shape) -> str:
    """Return what ``--read-as`` calls a shape."""
    name = NAMES[type(shape).__name__]
    return "list" if name == "long" and getattr(shape, "customer", None) is not None else name


def asked(readings: Sequence[Reading], head: Head) -> list[Reading]:
    """Return the readings that the user allows.

    Raises:
        InputError: None of them is of the shape that he named.

    """
    if head.read_as is None:
        return list(readings)
    shapes = [one for one in readings if not isinstance(one.shape, InputError)]
    wanted = [one for one in shapes if name_of(one.shape) == head.read_as]  # type: ignore[arg-type]  # no error is left
    if not wanted:
        others = ", ".join(sorted({name_of(one.shape) for one in shapes})) or "nothing"  # type: ignore[arg-type]
        raise InputError(f"this cannot be read as {head.read_as}", where=head.label, hint=f"it may be: {others}")
    return wanted


MARGIN: Final = 0.75
"""Readings that are so close are both possible."""


def best(readings: Sequence[Reading], head: Head) -> Reading | None:
    """Return the best founded reading, None where there is none.

    Raises:
        InputError: The best founded reading is that nobody can read it.
        AmbiguousFormatError: Two are about equally founded and give other likes.

    """
    if not readings:
        return None
    readings = asked(readings, head)
    first = max(readings, key=lambda one: one.score)
    if isinstance(first.shape, InputError):
        raise first.shape
    likes = None
    for other in readings:
        if other is first or first.score - other.score >= MARGIN or isinstance(other.shape, InputError):
            continue
        likes = likes or likes_of(first.shape, head)
        if likes_of(other.shape, head) != likes:
            raise _two(head, first.shape, other.shape)
    return first


def _two(head: Head, first: Shape, second: Shape) -> InputError:
    """Return the refusal of a table that can be read in two ways, with the option that decides."""
    names = [name_of(first), name_of(second)]
    if sorted(names) == ["list", "long"]:
        from outreach.likes.tables import pairs_of_head

        return undecided(head, pairs_of_head(head))
    options = " or ".join(f"--read-as {name}" for name in dict.fromkeys(names))
    choices = tuple(("read_as", name) for name in names)
    if names[0] == names[1]:
        options = "--columns customer=HEADER,resource=HEADER"
        choices = _columns_of(first, second)
    error = AmbiguousFormatError(
        f"this can be read in two ways: {first.kind}, or {second.kind}",
        where=head.label,
        hint=f"choose one: {options}",
    )
    error.choices = choices
    return error


def _columns_of(*shapes: Shape) -> tuple[tuple[str, str], ...]:
    """Return for each shape of one like a row the columns by their numbers; nothing for other shapes."""
    found = []
    for shape in shapes:
        mapped = getattr(shape, "mapped", None)
        if mapped is None:
            return ()
        found.append(("columns", ",".join(f"{role}={at + 1}" for role, at in sorted(mapped.positions.items()))))
    return tuple(found)


def likes_of(shape: Shape, head: Head) -> frozenset[tuple[str | None, ...]]:
    """Return who follows what by the first rows, as a shape reads them."""
    from outreach.likes.tables.contract import Tally

    told = [role for role in ("customer", "url", "handle", "resource", "name") if role in shape.roles]
    places = [list(shape.roles).index(role) for role in told]
    return frozenset(tuple(values[at] for at in places) for _, values in shape.records(iter(head.rows), Tally()))
