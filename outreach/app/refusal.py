"""What a page refuses itself, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.messages import Value

__all__ = ["RefusalError"]


class RefusalError(InputError):
    """Something that a page refuses.

    Args:
        text: Name of the sentence in ``texts``, ``page.name``.
        values: That it names.

    Example:
        >>> RefusalError("contacts.fail-nothing").text
        'contacts.fail-nothing'

    """

    def __init__(self, text: str, **values: Value) -> None:
        super().__init__(text)
        self.text = text
        self.values = values
