"""What can go wrong and be told.

::

    OutreachError            1   anything told
    ├── OutputError          1   a result could not be written
    ├── InputError           3   something that was given cannot be read or used
    │   ├── OptionError      2   the value of an option is none of its values
    │   ├── UnknownFormatError     no reader recognises it
    │   ├── AmbiguousFormatError   two readers do
    │   └── UnknownResourceError   an address names no resource
    ├── TemplateError        4   a template is wrong
    └── RemoteError          5   another machine did not answer as it should

The number is the exit code of the command line; 2 is wrong usage, as with click itself. Callers catch the base.
A message names file and line and the way out, never a customer's label or a row's text.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AmbiguousFormatError",
    "InputError",
    "InputWarning",
    "OptionError",
    "OutputError",
    "OutreachError",
    "RemoteError",
    "TemplateError",
    "UnknownFormatError",
    "UnknownResourceError",
]


class OutreachError(Exception):
    """A failure that the user can do something about.

    Args:
        what: What is wrong.
        where: What messages call the file, where there is one.
        line: Its line or row, where there is one.
        hint: What to do.

    Example:
        >>> print(InputError("a quotation mark is never closed", where="likes.csv", line=7, hint="check it"))
        likes.csv, line 7: a quotation mark is never closed
        Hint: check it

    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", line: int | None = None, hint: str = "") -> None:
        place = ", ".join([*filter(None, [where]), *([] if line is None else [f"line {line}"])])
        self.message = f"{place}: {what}" if place else what
        super().__init__(self.message)
        self.what = what
        self.where = where
        self.line = line
        self.hint = hint

    @property
    def reason(self) -> str:
        """What is wrong, and at which line, without the file: for a list that names the file itself."""
        return self.what if self.line is None else f"line {self.line}: {self.what}"

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


class OutputError(OutreachError):
    """A result could not be written."""


class InputError(OutreachError):
    """Something that was given cannot be read or used."""

    exit_code = 3

    choices: tuple[tuple[str, str], ...] = ()
    """Options of reading with a value; each one lets the file be read."""


class OptionError(InputError):
    """The value of an option is none of its values."""

    exit_code = 2


class UnknownFormatError(InputError):
    """No reader recognises a file."""


class AmbiguousFormatError(InputError):
    """More than one reader recognises a file."""


class UnknownResourceError(InputError):
    """An address names no resource."""


class TemplateError(OutreachError):
    """A template is wrong."""

    exit_code = 4


class RemoteError(OutreachError):
    """Another machine did not answer as it should."""

    exit_code = 5


class InputWarning(UserWarning):
    """Part of the input could not be used; the library warns, the command line prints a remark."""
