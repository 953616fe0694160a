"""Which form of a noun a number takes, language by language (Unicode CLDR, cardinal numbers)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORM"]


def _one_or_more(number: int) -> int:
    return int(number != 1)


def _russian(number: int) -> int:
    """One for 1, 21, 101; few for 2-4, 22-24; many for all others, 11-14 among them."""
    ones, tens = number % 10, number % 100
    if ones == 1 and tens != 11:
        return 0
    return 1 if 2 <= ones <= 4 and not 12 <= tens <= 14 else 2


def _latvian(number: int) -> int:
    """One for 1, 21, 101, not for 11."""
    return int(not (number % 10 == 1 and number % 100 != 11))


def _always_one(_number: int) -> int:
    """Armenian nouns stay in the singular behind a number."""
    return 0


FORM: Final[Mapping[str, Callable[[int], int]]] = MappingProxyType(
    {"en": _one_or_more, "el": _one_or_more, "ru": _russian, "lv": _latvian, "hy": _always_one}
)
"""By the code of the language: the number of the form, from 0."""
