"""Answers to "How did you hear of us?": which tie they fall under, and how many people gave those that have none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.tracking.base import is_personal
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outreach.tracking.base import Untied

__all__ = ["Answer", "tied_answer", "untied_answers"]

SEVERAL: Final = re.compile(r"[,;/\n]+|\s\+\s")
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is tied to no place, however it was spelled.

    Args:
        text: In the most frequent spelling; empty where it must not be shown.
        people: How many gave it.

    """

    text: str
    people: int


def tied_answer(text: str, answers: Mapping[str, int]) -> int | None:
    """Return the number of the tie that an answer falls under; of several ticked boxes the one that is tied.

    Example:
        >>> tied_answer("Riga-Life!", {"riga life": 3}), tied_answer("Instagram, Riga life", {"riga life": 3})
        (3, 3)
        >>> tied_answer("Riga life; Mamas", {"riga life": 3, "mamas": 4}), tied_answer("a friend", {"riga life": 3})
        (None, None)

    """
    if not answers:
        return None
    if (whole := answers.get(fold_header(text))) is not None:
        return whole
    found = {answers[part] for part in map(fold_header, SEVERAL.split(text)) if part in answers}
    return found.pop() if len(found) == 1 else None


def untied_answers(found: Iterable[Untied]) -> list[Answer]:
    """Return the answers that are tied to no place, the most frequent first.

    Example:
        >>> from outreach.tracking.base import Untied
        >>> untied_answers([Untied("a.csv", {"Riga Life": 2, "riga life.": 1, "ask anna@example.org": 1})])
        [Answer(text='Riga Life', people=3), Answer(text='', people=1)]

    """
    spellings: dict[str, Counter[str]] = {}
    for one in found:
        for text, people in one.answers.items():
            spellings.setdefault(fold_header(text), Counter())[" ".join(text.split())] += people
    answers = [Answer(_shown(counts), counts.total()) for counts in spellings.values()]
    return sorted(answers, key=lambda one: (-one.people, one.text))


def _shown(counts: Counter[str]) -> str:
    text = min(counts, key=lambda one: (-counts[one], one))
    return "" if is_personal(text) or len(text) > LONGEST or not fold_header(text) else text
