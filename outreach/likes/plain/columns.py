"""From recognised columns, or a recognised shape, to what a plan says about cells and rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outreach.likes.plain.base import followers_refused
from outreach.likes.plan import ADDRESS_CELLS, NONE, Column, Fault, Transform
from outreach.likes.tables.hits import Hits
from outreach.likes.tables.long import Long
from outreach.words.columns import Mapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.likes.plan import ReadOptions, ReadPlan
    from outreach.likes.tables.contract import Head, Shape

__all__ = ["below_header", "columns_of", "explained", "turned", "without_errors", "without_followers"]


def columns_of(places: Mapping[str, int | str]) -> dict[str, Column]:
    """Return the columns of roles, each with what is done to its cells.

    Example:
        >>> columns_of({"customer": 0, "resource": 2})["customer"].transform.name
        'LABEL'

    """
    named = {"customer": Transform.LABEL, "name": Transform.NAME, "subscribers": Transform.SIZE}
    return {role: Column(place, named.get(role, Transform.AS_FOUND)) for role, place in places.items()}


def below_header(plan: ReadPlan, mapped: Mapped, constants: Mapping[str, str] = NONE) -> ReadPlan:
    """Return the plan of a table below a header line.

    Raises:
        InputError: It is a table of followers.

    """
    headers = frozenset(mapped.headers or ())
    columns = columns_of(mapped.positions)
    plan = replace(plan, columns=columns, constants=constants, headers=headers, size_unit=mapped.size_unit)
    return without_followers(plan, mapped)


def turned(plan: ReadPlan, shape: Shape) -> ReadPlan:
    """Return the plan of a table whose rows have to be turned."""
    counted = shape.customers if isinstance(shape, Hits) else None
    plan = replace(plan, layout=shape, kind=shape.kind, description=shape.describe(), counted=counted)
    inner = _unwrapped(shape)
    mapped = getattr(inner, "mapped", None)
    unit = mapped.size_unit if isinstance(mapped, Mapped) else ""
    return replace(plan, size_unit=unit, of_places=isinstance(inner, Long) and inner.of_places)


def _unwrapped(shape: Shape) -> Shape:
    """Return what a table is below sizes behind addresses, or names in two columns."""
    from outreach.likes.tables.fullname import FullName
    from outreach.likes.tables.sized import Sized

    return _unwrapped(shape.shape) if isinstance(shape, FullName | Sized) else shape


def explained(plan: ReadPlan, head: Head, shape: Shape, options: ReadOptions) -> ReadPlan:
    """Return a plan with the columns that are not read, and where that is asked for with why it is so."""
    from outreach.likes.tables.unused import unused_columns

    plan = replace(plan, unused=unused_columns(head, shape))
    if not options.explained:
        return plan
    from outreach.likes.tables.explain import explain, scored_readings

    scored = () if head.chosen or plan.counted is not None else scored_readings(head)
    return replace(plan, why=explain(head, shape), readings=scored)


def without_followers(plan: ReadPlan, mapped: Mapped) -> ReadPlan:
    """Refuse a table of followers; where a column tells the direction, sort out the rows of followers and persons.

    Raises:
        InputError: It is a table of followers.

    """
    if "direction" in plan.roles:
        plan = replace(plan, faults=tuple(sorted({*plan.faults, Fault.A_PERSON})))
    if not mapped.queried:
        return plan
    if "direction" in plan.roles:
        return replace(plan, faults=tuple(sorted({*plan.faults, Fault.A_FOLLOWER})))
    name = plan.label.lower()
    if "follower" in name and "following" not in name:
        raise followers_refused(plan.label)
    return plan


def without_errors(plan: ReadPlan) -> ReadPlan:
    """Reject the rows whose customer or address is the error of a formula.

    All such customers would be one person, and such an address an empty list where a platform stands beside it.
    """
    faults = {*plan.faults, Fault.NO_LABEL}
    if not plan.roles.isdisjoint(ADDRESS_CELLS):
        faults.add(Fault.NO_ADDRESS)
    return replace(plan, faults=tuple(sorted(faults)))
