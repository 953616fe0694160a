"""A text that is too long gives up its parts one by one, and never half a sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from outreach.teasers.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from outreach.teasers.lengths import Measured

__all__ = ["Copy", "Fitted", "Written", "fit"]


@dataclass(frozen=True, slots=True)
class Copy:
    """The texts of one draft that can be given up, or be exchanged for shorter ones; empty is not given."""

    problem: str = ""
    solution: str = ""
    bonus: str = ""
    hashtags: tuple[str, ...] = ()


class Written(Protocol):
    """What was made of a copy."""

    @property
    def measured(self) -> Measured:
        """How long it is."""


T = TypeVar("T", bound=Written)


@dataclass(frozen=True, slots=True)
class Fitted(Generic[T]):
    """The fullest text that fits, or the shortest one where none does.

    Args:
        written: What was made of the copy.
        copy: The texts in it.
        dropped: What was given up, in that order.
        shorten: Where nothing fits, what has to become shorter; empty where it fits.

    """

    written: T
    copy: Copy
    dropped: tuple[str, ...] = ()
    shorten: str = ""


def fit(copy: Copy, short: Copy, write: Callable[[Copy], T], kept: str = "address") -> Fitted[T]:
    """Return the fullest of the texts that fits.

    Given up in this order: hashtags from the last, sentences of the solution from the last but not its first, the
    long texts for the short ones, the solution, the bonus. The problem always stays, and whatever else ``write`` adds.

    Args:
        copy: The texts.
        short: Shorter ones; an empty one takes no text's place.
        write: Makes a text and measures it; called for a few copies only.
        kept: What else is in it and could be shorter, as a sentence goes on.

    Example:
        >>> from outreach.teasers.lengths import Measured
        >>> class Text(str):
        ...     measured = property(lambda self: Measured(len(self), 20, "code points", max(0, len(self) - 20)))
        >>> copy = Copy("Lost?", "Look here. Look there.", hashtags=("smm",))
        >>> found = fit(copy, Copy(), lambda copy: Text(" ".join([copy.problem, copy.solution, *copy.hashtags])))
        >>> found.written, found.dropped
        ('Lost? Look here.', ('hashtags', '1 sentence of the solution'))

    """
    first = write(copy)
    if not first.measured.over:
        return Fitted(first, copy)
    last = Fitted(first, copy)
    for stage in _stages(copy, short):
        if not stage:
            continue
        shortest = write(stage[-1][0])
        last = Fitted(shortest, *stage[-1])
        if not shortest.measured.over:
            return _fullest(stage, write, last)
    return replace(last, shorten=_to_shorten(last, short, kept))


def _fullest(stage: Sequence[tuple[Copy, tuple[str, ...]]], write: Callable[[Copy], T], last: Fitted[T]) -> Fitted[T]:
    """Return the first of a stage's copies that fits; they get shorter, and the last one fits."""
    made: dict[int, T] = {len(stage) - 1: last.written}

    def fits(number: int) -> bool:
        if number not in made:
            made[number] = write(stage[number][0])
        return not made[number].measured.over

    number = bisect_left(range(len(stage) - 1), x=True, key=fits)
    return Fitted(made[number], *stage[number])


def _stages(copy: Copy, short: Copy) -> Iterator[list[tuple[Copy, tuple[str, ...]]]]:
    """Yield copies that get shorter, each with what it gave up."""
    count = len(copy.hashtags)
    yield [
        (replace(copy, hashtags=copy.hashtags[:kept]), ("hashtags" if not kept else _many(count - kept, "hashtag"),))
        for kept in reversed(range(count))
    ]
    bare = replace(copy, hashtags=())
    gone = ("hashtags",) if count else ()
    yield _without_sentences(bare, gone)
    given: dict[str, Any] = {name: text for name in ("problem", "solution", "bonus") if (text := getattr(short, name))}
    if given:
        bare, gone = replace(bare, **given), (*gone, f"long {', '.join(given)}: [short] instead")
        yield [(bare, gone), *_without_sentences(bare, gone)]
    if bare.solution:
        bare, gone = replace(bare, solution=""), (*gone, "solution")
        yield [(bare, gone)]
    if bare.bonus:
        yield [(replace(bare, bonus=""), (*gone, "bonus"))]


def _without_sentences(copy: Copy, gone: tuple[str, ...]) -> list[tuple[Copy, tuple[str, ...]]]:
    parts = sentences(copy.solution)
    return [
        (
            replace(copy, solution="".join(parts[:kept]).rstrip()),
            (*gone, f"{_many(len(parts) - kept, 'sentence')} of the solution"),
        )
        for kept in reversed(range(1, len(parts)))
    ]


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _to_shorten(last: Fitted[Any], short: Copy, kept: str) -> str:
    if last.written.measured.over >= len(last.copy.problem):
        return f"problem{',' if ' and ' in kept else ' and'} {kept}"
    return "problem in [short]" if short.problem else "problem"
