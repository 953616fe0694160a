"""Teaser templates: which one, filled in with what people wrote, never evaluated.

What enters a template of Markdown is escaped before, so that a template cannot forget it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, TemplateError
from outreach.teasers.markup import escaper, target_for
from outreach.teasers.template_folders import WORDS, TemplateFolders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.teasers.template_folders import Found

__all__ = ["FIELDS", "Templates"]

FIELDS: Final = (
    "problem", "solution", "bonus", "bonus_how", "title", "author", "company", "hashtags", "link", "link_place",
    "disclosure", "language", "platform", "place", "emoji",
)  # fmt: skip
"""What a template may use, beside ``words`` and ``target``; what was not given is an empty text."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*").fullmatch
_NAMES_THE_PLACE: Final = re.compile(r"(?<![\w.])place\b")


class Templates:
    """The teaser templates of a folder, before those that the program brings.

    Args:
        folder: The user's; it holds ``teaser/`` or the templates themselves.

    Raises:
        InputError: There is no such folder.
        TemplateError: Its ``words.toml`` cannot be read.

    Example:
        >>> templates = Templates()
        >>> given = dict.fromkeys(FIELDS, "") | {"problem": "Lost?", "link": "https://a.example", "link_place": "text"}
        >>> print(templates.text(given, "vk", "ru"))
        Lost?
        <BLANKLINE>
        Читайте дальше: https://a.example

    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self._folders = TemplateFolders("teaser", folder, (*FIELDS, "target"))
        self._naming: bool | None = None

    def text(self, values: Mapping[str, Any], platform: str, language: str) -> str:
        """Return the text of a teaser.

        Args:
            values: What the template may use, see :data:`FIELDS`.
            platform: Where it goes to.
            language: Of the texts.

        Raises:
            TemplateError: The template is wrong, or there is none for the language.

        """
        return self._filled(self._needed(platform, language), values, language)

    def comment(self, values: Mapping[str, Any], language: str) -> str:
        """Return the first comment.

        Raises:
            TemplateError: The template is wrong, or there is none for the language.

        """
        return self._filled(self._needed("comment", language), values, language)

    def marked(self, values: Mapping[str, Any], platform: str, language: str) -> str:
        """Return the text once more with its links as words, empty where a platform has no such template.

        A template of the user's own for the text wants one of his own here too, else the two would differ.

        Raises:
            TemplateError: The template is wrong.

        """
        own = f"{platform}.marked.{language}.j2"
        names = (own, f"{platform}.marked.j2") if language in self._folders.words else (own,)
        found = self._folders.find(names)
        if found is None or self._folders.is_behind(found, self._needed(platform, language)):
            return ""
        return self._filled(found, values, language)

    def names_the_place(self) -> bool:
        """Tell whether any template may put the name of the place into a text."""
        if self._naming is None:
            self._naming = any(map(_NAMES_THE_PLACE.search, self._folders.sources()))
        return self._naming

    def _needed(self, stem: str, language: str) -> Found:
        if not _LANGUAGE(language):
            raise InputError("the language of the brief is not a language code", hint="write it like en, ru or el")
        own = (f"{stem}.{language}.j2", f"{stem}.j2")
        found = self._folders.find(own if stem == "comment" else (*own, f"default.{language}.j2", "default.j2"))
        if found is None or (language not in self._folders.words and f".{language}." not in found.name):
            raise TemplateError(
                f"there is no template {own[0]}, and {WORDS} has no [{language}]",
                hint="put one of them into a folder and give the folder: --templates DIR",
            )
        return found

    def _filled(self, found: Found, values: Mapping[str, Any], language: str) -> str:
        escape = escaper(found.name)
        filled = {key: escape(value) if isinstance(value, str) else value for key, value in values.items()}
        filled |= {"link": values["link"], "target": target_for(values["link"]), "link_place": values["link_place"]}
        words = {key: escape(word) for key, word in self._folders.words.get(language, {}).items()}
        return self._folders.fill(found, filled, language, words)
