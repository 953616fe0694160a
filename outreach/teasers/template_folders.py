"""Folders of templates: the user's before those that the program brings, filled in, never evaluated."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["WORDS", "Found", "TemplateFolders", "packaged_folder"]

KINDS: Final = ("teaser", "letter", "plays", "report")
"""Folders of templates below the one that a user gives."""

WORDS: Final = "words.toml"
DATA: Final = (WORDS, "checks.toml")
"""What such a folder may hold beside templates."""

_GAPS: Final = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A template: its name, where it lies, and what fills it in."""

    name: str
    path: Path
    template: Template


class TemplateFolders:
    """The templates of one kind: those in a folder of the user's, before those that the program brings.

    Args:
        kind: ``teaser``, ``letter`` or ``report``.
        folder: The user's; it holds a folder of the kind, or the templates themselves.
        fields: What a template may use, for errors.

    Raises:
        InputError: There is no such folder.
        TemplateError: Its ``words.toml`` cannot be read.

    Example:
        >>> folders = TemplateFolders("teaser", None, ())
        >>> folders.find(("vk.j2", "default.j2")).name
        'default.j2'

    """

    def __init__(self, kind: str, folder: str | Path | None, fields: Sequence[str]) -> None:
        own = _own_folder(kind, Path(folder)) if folder is not None else None
        self.paths: Final = [*([own] if own is not None else []), packaged_folder() / kind]
        self.words: Final = _words(self.paths)
        self._fields: Final = fields
        self._environment: Final = _environment(self.paths)
        self._found: Final[dict[tuple[str, ...], Found | None]] = {}

    def find(self, names: tuple[str, ...]) -> Found | None:
        """Return the first template of the first folder that has one.

        Raises:
            TemplateError: It cannot be read.

        """
        if names not in self._found:
            self._found[names] = self._look_for(names)
        return self._found[names]

    def fill(self, found: Found, values: Mapping[str, Any], language: str, words: Mapping[str, str]) -> str:
        """Return the text of a template; empty lines in a row become one.

        Args:
            found: The template.
            values: What it may use.
            language: Of its words.
            words: Those words.

        Raises:
            TemplateError: It cannot be filled in.

        """
        with _translated_errors(found.path, self._fields):
            text = found.template.render({**values, "words": _Words(language, words)})
        return _GAPS.sub("\n\n", text).strip()

    def is_behind(self, one: Found, other: Found) -> bool:
        """Whether a template is in a later folder than another: the user's text is not that of the program's."""
        return self.paths.index(one.path.parent) > self.paths.index(other.path.parent)

    def sources(self) -> Iterator[str]:
        """Yield the texts of all templates, those that others may include too."""
        return (_source(path) for folder in self.paths for path in _templates_below(folder))

    def _look_for(self, names: tuple[str, ...]) -> Found | None:
        for folder in self.paths:
            for name in names:
                if (folder / name).is_file():
                    with _translated_errors(folder / name, self._fields):
                        return Found(name, folder / name, self._environment.get_template(name))
        return None


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


def _own_folder(kind: str, folder: Path) -> Path | None:
    """Return where a folder of the user's has templates of a kind; None where it has those of other kinds only."""
    if not os.path.isdir(folder):  # noqa: PTH112 - Path's fails at long names
        raise InputError(f"--templates {folder}: no such folder", hint="check the path")
    inside = folder / kind
    found = inside if os.path.isdir(inside) else folder  # noqa: PTH112 - Path's fails where the folder may not be entered
    for one in (folder, found):
        if not os.access(one, os.R_OK | os.X_OK):
            raise InputError(f"--templates {one}: no permission to read it", hint="check its permissions")
    if not any((found / name).is_file() for name in DATA) and not any(found.glob("*.j2")):
        if any((folder / other).is_dir() for other in KINDS if other != kind):
            return None
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
def _translated_errors(path: Path, fields: Sequence[str]) -> Iterator[None]:
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
        hint = f"known: {', '.join(fields)}, words"
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
