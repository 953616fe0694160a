"""A JSON text as a whole."""

from __future__ import annotations

import json
from typing import Any

from outreach.errors import InputError

__all__ = ["parsed"]


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
        raise InputError("nested too deep for an export", where=label, hint="download it again") from err
    except ValueError as err:
        line = getattr(err, "lineno", 1)
        raise InputError(
            "this JSON is cut off or damaged", where=label, line=line, hint="download the export again"
        ) from err
