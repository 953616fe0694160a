"""From what a reader says of one list in an export to the plan of a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected, Remark, Skipped
from outreach.likes.executors.rules import tidy
from outreach.likes.executors.written import ROW, RowFile
from outreach.likes.exports.base import Like, Listed
from outreach.likes.plain.columns import columns_of
from outreach.likes.plan import Form, ReadPlan
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine
    from outreach.files.source import Source
    from outreach.likes.exports.base import ListReader, Part
    from outreach.likes.plan import WrittenRows
    from outreach.messages import Message

__all__ = ["LikesWriter", "joined", "plan_list", "with_customer"]

ROLES: Final = ("customer", "platform", "url", "handle", "resource", "name", "subscribers", "followed_at")
BEFORE: Final = ROW.index("platform")
"""Cells of a row before those that a like has, in the same order."""
MANY: Final = 20  # lists of one reader
NOTES_SHOWN: Final = 3


class LikesWriter:
    """Writes the likes of one list down as they come.

    Args:
        parts: What a reader says of the file.
        profiles: Whether people's own profiles count.
        dated: Whether it matters when somebody began to follow.

    """

    def __init__(
        self,
        parts: Iterator[Part],
        *,
        profiles: bool,
        dated: bool = True,
    ) -> None:
        self._parts: Final = parts
        self._profiles: Final = profiles
        self._values: Final = len(ROLES) - 1 if dated else len(ROLES) - 2  # so many of a like's, from the first
        self.dated: Final = dated
        self.listed: Final[set[str]] = set()
        self.bad: Final[list[Rejected]] = []
        self.notes: Final[list[Message]] = []
        self.skipped: Skipped | None = None
        self.count = 0

    def written(self, engine: Engine, label: str) -> WrittenRows:
        """Write all likes down; an empty list is a row with its platform alone.

        Raises:
            InputError: The file cannot be read.

        """
        target = RowFile(engine.folder)
        try:
            rows = target.new_list(label)
            target.write(self._likes(rows.number))
            if not self.count:
                target.write((rows.number, 0, None, None, platform) for platform in sorted(self.listed))
        finally:
            target.close()
        return replace(rows, rows=self.count or len(self.listed))

    def _likes(self, number: int) -> Iterator[tuple[str | int | None, ...]]:
        """Yield the rows of all likes, and note what else there is."""
        values, left_out, found = self._values, 0, 0
        for part in self._parts:
            if isinstance(part, Like):
                if part.person and not self._profiles:
                    left_out += 1
                    continue
                found += 1
                yield (number, part.line, None, None, *part[:values])
                if part.platform not in self.listed:
                    self.listed.add(part.platform)
            else:
                self._note(part)
        self.count = found
        if left_out:
            self.notes.append(message("people-left-out", people=left_out))

    def _note(self, part: Listed | Rejected | Skipped | Remark) -> None:
        if isinstance(part, Listed):
            self.listed.add(part.platform)
        elif isinstance(part, Rejected):
            self.bad.append(part)
        elif isinstance(part, Skipped):
            self.skipped = part
        else:
            self.notes.append(part.message)


def plan_list(source: Source, reader: ListReader, likes: LikesWriter, rows: WrittenRows, by: str) -> ReadPlan:
    """Return the plan of a list that was written down, of no customer yet; ``by`` is what tells the customer."""
    roles = ROLES if likes.dated else ROLES[:-1]
    return ReadPlan(
        label=source.label,
        form=Form.EXPORT,
        columns=columns_of({role: place for place, role in enumerate(roles, BEFORE - 1)}),
        description=f"{likes.count} followed, customer = {by}",
        kind=message("shape-export", platform=reader.platform),
        bad=tuple(sorted(likes.bad, key=lambda row: (row.line or 0, row.reason.code))),
        notes=tuple(likes.notes),
        lists=(rows,),
        export=reader.name,
        platform=reader.platform,
    )


def with_customer(plan: ReadPlan, customer: str) -> ReadPlan:
    """Return the plan of a list as one of this customer."""
    return replace(plan, lists=tuple(replace(rows, customer=tidy(customer)) for rows in plan.lists))


def joined(plans: Sequence[ReadPlan]) -> list[ReadPlan]:
    """Return plans with those of one reader's lists as one, where there are many: nobody reads a line for each."""
    groups: dict[str, list[ReadPlan]] = {}
    for plan in plans:
        groups.setdefault(plan.export, []).append(plan)
    many = {name for name, some in groups.items() if name and len(some) > MANY}
    return [plan for plan in plans if plan.export not in many] + [_together(groups[name]) for name in sorted(many)]


def _together(plans: Sequence[ReadPlan]) -> ReadPlan:
    """Return several lists as one table."""
    first = plans[0]
    notes = Counter(note for plan in plans for note in plan.notes)
    return replace(
        first,
        label=f"{len(plans)} files of export of {first.platform}",
        description=f"{sum(rows.rows for plan in plans for rows in plan.lists)} followed",
        bad=tuple(bad for plan in plans for bad in plan.bad),
        notes=tuple(message("note-of-files", note=note, files=count) for note, count in notes.most_common(NOTES_SHOWN)),
        lists=tuple(rows for plan in plans for rows in plan.lists),
    )
