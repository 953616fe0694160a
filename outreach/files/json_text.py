"""A JSON text as a whole."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["parsed", "parsed_all"]

SPACE: Final = re.compile(r"[\s\ufeff]*")


def parsed(label: str, text: str) -> Any:
    """Return what a JSON text says.

    Args:
        label: What messages call its file.
        text: The JSON alone, with empty lines for what stood before it, so that messages name the right line.

    Raises:
        InputError: It is cut off, damaged or nested too deep.

    """
    try:
        return json.loads(text)
    except RecursionError as err:
        raise InputError("nested too deeply for an export", where=label, hint="download it again") from err
    except ValueError as err:
        line = getattr(err, "lineno", 1)
        raise InputError(
            "this JSON is cut off or damaged", where=label, line=line, hint="download the export again"
        ) from err


def parsed_all(label: str, text: str) -> Iterator[Any]:
    """Yield what several JSON texts say that stand one after the other.

    Args:
        label: What messages call their file.
        text: All of them.

    Raises:
        InputError: One of them is cut off, damaged or nested too deep.

    Example:
        >>> list(parsed_all("pages.json", '{"page": 1} {"page": 2}'))
        [{'page': 1}, {'page': 2}]

    """
    decode, at = json.JSONDecoder().raw_decode, 0
    while (at := _after_space(text, at)) < len(text):
        try:
            document, at = decode(text, at)
        except RecursionError as err:
            raise InputError("nested too deeply for an export", where=label, hint="download it again") from err
        except ValueError as err:
            line = text.count("\n", 0, getattr(err, "pos", at)) + 1
            raise InputError(
                "this JSON is cut off or damaged", where=label, line=line, hint="download it again"
            ) from err
        yield document


def _after_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at
