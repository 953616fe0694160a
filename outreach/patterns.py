"""Regular expressions that are compiled on first use: a run needs a few of hundreds, and compiling takes most time."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

__all__ = ["pattern"]


class _Pattern(Generic[AnyStr]):
    """Stands for a compiled expression, and becomes as fast as one when it is first asked."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._text: AnyStr = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # of protocols such as copying, which come before there is anything to ask
        compiled = re.compile(self._text, self._flags)
        for method in ("match", "fullmatch", "search", "sub", "split", "findall", "finditer"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` returns, but for functions of ``re``, which do not take it.

    Example:
        >>> digits = pattern("[0-9]+")
        >>> digits.fullmatch("12").group(), digits.sub("#", "a12"), digits.pattern
        ('12', 'a#', '[0-9]+')

    """
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
