"""What a person tied to a place, kept in the ledger: wrong tags, and answers to "How did you hear of us?"."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from outreach.campaign.ledger.database import Database
    from outreach.campaign.ledger.placement import Placement

__all__ = ["ANSWER", "ANSWERED", "TAG", "Tie", "answer_name", "answers_of", "keep_ties", "remove_tie", "ties_of"]

TIES: Final = "ties"
TAG: Final = "tag"
ANSWER: Final = "answer"
ANSWERED: Final = "answer"
"""The kind of conversion that an answer is."""
FIELDS: Final = {
    "number": int,
    "kind": str,
    "text": str,
    "resource": str,
    "campaign": str,
    "variant": str,
    "round": int,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A tag or an answer, and where it belongs.

    Args:
        kind: ``tag`` or ``answer``.
        text: As it is compared: folded.
        resource: Key of the place.
        campaign: Of the placement; empty for all of the place.
        variant: Likewise.
        round: Likewise; 0 for all.
        number: In the ledger, never given twice; 0 before it is there.

    Example:
        >>> from outreach.campaign.ledger.placement import Placement
        >>> tie = Tie(kind="tag", text="riga", resource="vk:smm", campaign="spring")
        >>> tie.fits(Placement(campaign="spring", resource="vk:smm", final_url="https://x.example", round=2))
        True

    """

    kind: str
    text: str
    resource: str
    campaign: str = ""
    variant: str = ""
    round: int = 0
    number: int = 0

    def fits(self, placement: Placement) -> bool:
        """Tell whether it ties to this placement."""
        return (
            self.resource == placement.resource
            and self.campaign in {"", placement.campaign}
            and self.variant in {"", placement.variant}
            and self.round in {0, placement.round}
        )


def answer_name(number: int) -> str:
    """Return what stands for an answer in the rows of results, which never hold its text.

    Example:
        >>> answer_name(3)
        'answer 3'

    """
    return f"answer {number}"


def ties_of(database: Database) -> tuple[Tie, ...]:
    """Return the ties of a ledger in the order of their numbers."""
    with database.reading() as connection:
        return _read(connection)[0]


def keep_ties(database: Database, ties: Iterable[Tie]) -> None:
    """Write ties down; one of the same text takes the place of the older one and keeps its number."""
    wanted = {(one.kind, one.text): one for one in ties}
    if not wanted:
        return
    with database.writing() as connection:
        known, last = _read(connection)
        kept = {(one.kind, one.text): one for one in known}
        for key, one in wanted.items():
            last += key not in kept
            kept[key] = replace(one, number=kept[key].number if key in kept else last)
        _write(connection, kept.values(), last)


def answers_of(ties: Iterable[Tie]) -> dict[str, int]:
    """Return the answers that are tied to places, with the numbers of their ties."""
    return {one.text: one.number for one in ties if one.kind == ANSWER}


def remove_tie(database: Database, number: int) -> Tie | None:
    """Remove a tie, and of an answer what was counted by it; None where there is none of that number."""
    with database.writing() as connection:
        known, last = _read(connection)
        found = next((one for one in known if one.number == number), None)
        if found is not None:
            _write(connection, [one for one in known if one is not found], last)
            if found.kind == ANSWER:
                _forget_answers(connection, found.number)
    return found


def _forget_answers(connection: Connection, number: int) -> None:
    from sqlalchemy import delete, select

    from outreach.campaign.ledger.schema import IMPORTS, RESULTS

    answered = select(IMPORTS.c.id).where(IMPORTS.c.kind == ANSWERED)
    of_tie = RESULTS.c.resource == answer_name(number)
    connection.execute(delete(RESULTS).where(of_tie, RESULTS.c.import_id.in_(answered)))


def _read(connection: Connection) -> tuple[tuple[Tie, ...], int]:
    """Return the ties, and the last number that was given; what is damaged there is none."""
    from sqlalchemy import select

    from outreach.campaign.ledger.schema import SETTINGS

    stored = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == TIES)).scalar()
    try:
        told = json.loads(stored or "{}")
        found = [Tie(**one) for one in told.get("ties", []) if _is_tie(one)]
        last = max([int(told.get("last", 0)), *(one.number for one in found)])
    except (ValueError, TypeError, AttributeError):
        return (), 0
    return tuple(sorted(found, key=lambda one: one.number)), last


def _is_tie(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() == FIELDS.keys()
        and all(isinstance(one[name], kind) for name, kind in FIELDS.items())
    )


def _write(connection: Connection, ties: Iterable[Tie], last: int) -> None:
    from sqlalchemy import delete, insert

    from outreach.campaign.ledger.schema import SETTINGS

    value = json.dumps({"last": last, "ties": [asdict(one) for one in ties]}, ensure_ascii=False)
    connection.execute(delete(SETTINGS).where(SETTINGS.c.name == TIES))
    connection.execute(insert(SETTINGS).values(name=TIES, value=value))
