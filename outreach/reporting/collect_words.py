"""Texts of the sheet that the marketer fills in, and of the message to his customers, in their language."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from outreach.words.vocabulary import languages_of, text_in

__all__ = ["LANGUAGES", "Words", "platform_title", "words_in"]


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language.

    Args:
        guide: Name of the tab that explains.
        customer: What stands before the number in the header of a column that nobody has named yet.
        other: Name of the tab for everything that has none of its own.
        platforms: The usual tabs, the most usual first.
        steps: How to fill in, a paragraph a line; with places for ``customer``, ``other`` and ``file``.
        steps_named: The same where customers get names in place of their numbers.
        question: The message to customers, a paragraph a line, since a messenger breaks lines itself.

    """

    guide: str
    customer: str
    other: str
    platforms: tuple[str, ...]
    steps: str
    steps_named: str
    question: str

    def label(self, number: int) -> str:
        """Return the header of a column that nobody has named yet.

        Example:
            >>> words_in("lv").label(3)
            'Klients 3'

        """
        return f"{self.customer} {number}"


def words_in(language: str) -> Words:
    """Return what is said in one of :data:`LANGUAGES`.

    Example:
        >>> words_in("ru").question.splitlines()[0]
        'Здравствуйте!'

    """
    said: dict[str, Any] = {field.name: text_in(language, f"collect.{field.name}") for field in fields(Words)}
    return Words(**{**said, "platforms": tuple(said["platforms"].split())})


def platform_title(platform: str, language: str) -> str:
    """Return what people call a platform.

    Example:
        >>> platform_title("youtube", "el"), platform_title("other", "el")
        ('YouTube', 'Άλλο')

    """
    from outreach.keys.fediverse import MASTODON
    from outreach.keys.hosts import HOSTED

    own = {"other": words_in(language).other, "web": "Web"}
    titles = {known.name: known.title for known in (*HOSTED, MASTODON)}
    return own.get(platform) or titles.get(platform, platform)


LANGUAGES: Final = languages_of("collect")
"""What ``--lang`` and ``--ask`` take."""
