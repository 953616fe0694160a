"""Teaser templates: which one, filled in with what people wrote, never evaluated.

What enters a template of Markdown is escaped before, so that a template cannot forget it.
"""

from __future__ import annotations

import os
import re
import tomllib
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, TemplateError
from outreach.files.walk import walk
from outreach.teasers.markup import escaper, target_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["FIELDS", "Templates", "packaged_folder"]

FIELDS: Final = (
    "problem", "solution", "bonus", "bonus_how", "title", "author", "company", "hashtags", "link", "link_place",
    "disclosure", "language", "platform", "place", "emoji",
)  # fmt: skip
"""What a template may use, beside ``words`` and ``target``; what was not given is an empty text."""

WORDS: Final = "words.toml"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*").fullmatch
_NAMES_THE_PLACE: Final = re.compile(r"(?<![\w.])place\b")
_GAPS: Final = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+\n")


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
        self._folders = [*([_teasers_in(Path(folder))] if folder is not None else []), packaged_folder() / "teaser"]
        self._environment = _environment(self._folders)
        self._words = _words(self._folders)
        self._found: dict[tuple[str, ...], _Found | None] = {}
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
        names = (own, f"{platform}.marked.j2") if language in self._words else (own,)
        found = self._find(names)
        if found is None or self._is_behind(found, self._needed(platform, language)):
            return ""
        return self._filled(found, values, language)

    def names_the_place(self) -> bool:
        """Tell whether any template may put the name of the place into a text."""
        if self._naming is None:
            self._naming = any(
                _NAMES_THE_PLACE.search(_source(path)) for folder in self._folders for path in _templates_below(folder)
            )
        return self._naming

    def _is_behind(self, one: _Found, other: _Found) -> bool:
        """Whether a template is in a later folder than another: the user's text is not that of the program's."""
        return self._folders.index(one.path.parent) > self._folders.index(other.path.parent)

    def _needed(self, stem: str, language: str) -> _Found:
        if not _LANGUAGE(language):
            raise InputError("the language of the brief is not a language code", hint="write it like en, ru or el")
        own = (f"{stem}.{language}.j2", f"{stem}.j2")
        found = self._find(own if stem == "comment" else (*own, f"default.{language}.j2", "default.j2"))
        if found is None or (language not in self._words and f".{language}." not in found.name):
            raise TemplateError(
                f"there is no template {own[0]}, and {WORDS} has no [{language}]",
                hint="put one of them into a folder and give the folder: --templates DIR",
            )
        return found

    def _find(self, names: tuple[str, ...]) -> _Found | None:
        """Return the first template of the first folder that has one."""
        if names not in self._found:
            self._found[names] = self._look_for(names)
        return self._found[names]

    def _look_for(self, names: tuple[str, ...]) -> _Found | None:
        for folder in self._folders:
            for name in names:
                if (folder / name).is_file():
                    with _translated_errors(folder / name):
                        return _Found(name, folder / name, self._environment.get_template(name), escaper(name))
        return None

    def _filled(self, found: _Found, values: Mapping[str, Any], language: str) -> str:
        escape = found.escape
        filled = {key: escape(value) if isinstance(value, str) else value for key, value in values.items()}
        filled |= {
            "link": values["link"],
            "target": target_for(values["link"]),
            "link_place": values["link_place"],
            "words": _Words(language, {key: escape(word) for key, word in self._words.get(language, {}).items()}),
        }
        with _translated_errors(found.path):
            text = found.template.render(filled)
        return _GAPS.sub("\n\n", text).strip()


@dataclass(frozen=True, slots=True)
class _Found:
    """A template and how texts are made harmless for it."""

    name: str
    path: Path
    template: Template
    escape: Callable[[str], str]


class _NoWord(Exception):  # noqa: N818 - a LookupError, and jinja would take it for an empty text
    """A template asks for a word that a language has not."""


class _Words(dict[str, str]):
    """The words of a language; what is not among them is told by its name."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._language = language

    def __missing__(self, name: str) -> str:
        raise _NoWord(f"{WORDS} has no {name} below [{self._language}]")


@cache
def packaged_folder() -> Path:
    """Return the templates that the program brings: of the wheel, or of the checkout."""
    package = Path(__file__).parents[1]
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _templates_below(folder: Path) -> Iterator[Path]:
    """Return the templates in a folder and those below it, which templates may include."""
    walked = walk(folder)
    if walked.unread:
        raise TemplateError(walked.unread[0].error.message, hint=walked.unread[0].error.hint)
    return (path for path in walked.files if path.suffix == ".j2")


def _source(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError as err:
        raise TemplateError(f"{path}: cannot be read ({err.strerror})", hint="check its permissions") from err


def _teasers_in(folder: Path) -> Path:
    if not os.path.isdir(folder):  # noqa: PTH112 - Path's fails at long names
        raise InputError(f"--templates {folder}: no such folder", hint="check the path")
    inside = folder / "teaser"
    found = inside if os.path.isdir(inside) else folder  # noqa: PTH112 - Path's fails where the folder may not be entered
    for one in (folder, found):
        if not os.access(one, os.R_OK | os.X_OK):
            raise InputError(f"--templates {one}: no permission to read it", hint="check its permissions")
    if not (found / WORDS).is_file() and not any(found.glob("*.j2")):
        raise InputError(f"--templates {folder}: it has no templates", hint="name one like telegram.j2 or vk.ru.j2")
    return found


def _environment(folders: Sequence[Path]) -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html", "html.j2"), default_for_string=True),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _words(folders: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Return the words between the texts, by language; a folder before lays its own over those of one behind."""
    words: dict[str, dict[str, str]] = {}
    for path in [folder / WORDS for folder in reversed(folders)]:
        for language, table in (_table(path) if path.is_file() else {}).items():
            if not isinstance(table, dict) or not all(isinstance(word, str) for word in table.values()):
                raise TemplateError(
                    f"{path}: [{language}] is not a table of texts", hint='write [de] and read_on = "…"'
                )
            words[language] = words.get(language, {}) | table
    return words


def _table(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = path.read_text("utf-8-sig")
        return tomllib.loads(text)
    except OSError as err:
        raise TemplateError(f"{path}: cannot be read ({err.strerror})", hint="check its permissions") from err
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as err:
        at = re.search(r"line (\d+)", str(err))
        line = at[1] if at else len(text.rstrip().split("\n"))  # the parser's own words for it: end of document
        where = f"{path}, line {line}" if text else str(path)
        raise TemplateError(
            f"{where}: cannot be read", hint="write TOML in UTF-8, like the file that outreach comes with"
        ) from err


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """Turn failures of a template into a sentence with its file and line."""
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

    try:
        yield
    except TemplateNotFound as err:  # of something that it includes
        raise TemplateError(f"{_at(path, err)}: the template that it includes does not exist") from err
    except TemplateSyntaxError as err:
        raise TemplateError(f"{err.filename or path}, line {err.lineno}: {err.message}") from err
    except UndefinedError as err:
        hint = f"known: {', '.join(FIELDS)}, target, words"
        raise TemplateError(f"{_at(path, err)}: {err.message}", hint=hint) from err
    except JinjaError as err:
        raise TemplateError(f"{_at(path, err)}: {err.message}") from err
    except UnicodeDecodeError as err:
        line = err.object.count(b"\n", 0, err.start) + 1
        raise TemplateError(f"{path}, line {line}: this is not text in UTF-8", hint="save it as UTF-8") from err
    except _NoWord as err:
        raise TemplateError(f"{_at(path, err)}: {err}", hint=f"write it into a {WORDS} in --templates DIR") from err
    except RecursionError as err:
        raise TemplateError(f"{_at(path, err)}: it includes or calls itself endlessly") from err
    except OSError as err:
        raise TemplateError(f"{path}: cannot be read ({err.strerror})", hint="check its permissions") from err
    except Exception as err:  # a template may do anything that an expression can
        raise TemplateError(f"{_at(path, err)}: this cannot be computed ({type(err).__name__})") from err


def _at(path: Path, err: BaseException) -> str:
    """Return where in a template something went wrong: jinja puts its lines into the traceback."""
    lines = [
        (frame.filename, frame.lineno)
        for frame in traceback.extract_tb(err.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    return f"{lines[-1][0]}, line {lines[-1][1]}" if lines else str(path)
