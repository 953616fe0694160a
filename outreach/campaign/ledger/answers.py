"""What the user answered once for a campaign, kept in its ledger: stages that mean paid, currency, kinds of lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from outreach.campaign.ledger.schema import RESULTS, SETTINGS
from outreach.campaign.ledger.stages import is_paid
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from outreach.campaign.ledger.database import Database

__all__ = [
    "CODE",
    "keep_currency",
    "keep_kinds",
    "keep_paid_stages",
    "kept_currency",
    "kept_kinds",
    "paid_codes",
    "paid_stages",
    "stage_word",
]

PAID: Final = "paid stages"
PAID_CODES: Final = "codes of stages"
CURRENCY: Final = "currency"
KINDS: Final = "kinds of lists"
CODE: Final = 16
"""Digits of the hash that stands for the words of a stage."""


def stage_word(text: str) -> str:
    """Return what is hashed of a stage, which no address and no number is."""
    return f"stage {text}"


def paid_stages(database: Database) -> tuple[str, ...]:
    """Return the stages that mean that somebody paid, folded and sorted."""
    with database.reading() as connection:
        return _paid(connection)


def paid_codes(connection: Connection) -> frozenset[str]:
    """Return what stands for the stages that mean that somebody paid."""
    codes = _told(connection, PAID_CODES, dict)
    return frozenset(code for stage in _paid(connection) if isinstance(code := codes.get(stage), str) and code)


def keep_paid_stages(database: Database, stages: Iterable[str], hidden: Callable[[str], str]) -> int:
    """Add stages to those that mean that somebody paid; return how many events imported before are at these.

    Args:
        database: Of the campaign.
        stages: As the user writes them.
        hidden: Gives the keyed hash of a text.

    """
    wanted = {fold_header(stage) for stage in stages} - {""}
    if not wanted:
        return 0
    codes = {stage: hidden(stage_word(stage))[:CODE] for stage in sorted(wanted)}
    with database.reading() as connection:
        stages_known, known = _paid(connection), _told(connection, PAID_CODES, dict)
        query = select(func.count()).select_from(RESULTS).where(RESULTS.c.stage != "", is_paid(codes.values()))
        rows = int(connection.execute(query).scalar_one())
    if not (wanted <= set(stages_known) and codes.items() <= known.items()):
        with database.writing() as connection:
            _keep(connection, PAID, sorted(wanted.union(_paid(connection))))
            _keep(connection, PAID_CODES, _told(connection, PAID_CODES, dict) | codes)
    return rows


def kept_currency(database: Database) -> str:
    """Return the currency of sums without one, empty where the user did not say."""
    with database.reading() as connection:
        return str(_told(connection, CURRENCY, str))


def keep_currency(database: Database, currency: str, *, again: bool) -> int:
    """Give sums without a currency one, those of later files too; return how many there were.

    Args:
        database: Of the campaign.
        currency: Three letters.
        again: Whether sums get it too whose currency was only assumed before.

    """
    table = RESULTS.c
    money = table.revenue.is_not(None) | table.cost.is_not(None)
    bare = (table.currency == "") | (table.assumed == 1) if again else table.currency == ""
    with database.writing() as connection:
        _keep(connection, CURRENCY, currency)
        changed = update(RESULTS).where(money, bare, table.currency != currency)
        return connection.execute(changed.values(currency=currency, assumed=1)).rowcount


def kept_kinds(database: Database) -> dict[str, str]:
    """Return what the user said that the rows of lists are, by what stands for the headers of a list."""
    with database.reading() as connection:
        return {form: kind for form, kind in _told(connection, KINDS, dict).items() if isinstance(kind, str)}


def keep_kinds(database: Database, kinds: dict[str, str]) -> None:
    """Add what the user said that the rows of lists are."""
    if not kinds.items() <= kept_kinds(database).items():
        with database.writing() as connection:
            _keep(connection, KINDS, _told(connection, KINDS, dict) | kinds)


def _paid(connection: Connection) -> tuple[str, ...]:
    return tuple(sorted(stage for stage in _told(connection, PAID, list) if isinstance(stage, str)))


def _told(connection: Connection, name: str, kind: type) -> Any:
    """Return a setting of a kind; an empty one where there is none, or something else."""
    found = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == name)).scalar()
    try:
        told = json.loads(found or "null")
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, kind) else kind()


def _keep(connection: Connection, name: str, value: object) -> None:
    connection.execute(delete(SETTINGS).where(SETTINGS.c.name == name))
    connection.execute(insert(SETTINGS).values(name=name, value=json.dumps(value, ensure_ascii=False)))
