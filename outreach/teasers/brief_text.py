"""A brief as a commented file: filled in from answers, or to fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.teasers.questions import ASKED, NEEDED, questions_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.teasers.questions import Questions

__all__ = ["brief_text", "quoted"]

TABLES: Final = {
    "short": '[short]\nproblem = ""\nsolution = ""\nbonus = ""',
    "disclosure": '[disclosure]\ntext = ""\nerid = ""\nadvertiser = ""',
    "utm": '[utm]\nscheme = "standard"  # resource-first\nsource = ""\nmedium = "social"\nseparator = "-"\nid = false',
    "platform": '[platform.telegram]\nlink_place = "text"  # comment, button, bio, sticker',
    "resource": '[resource."telegram:smm_riga"]\nhashtags = []',
}
_ESCAPED: Final = re.compile(r'[\\"\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]')


def brief_text(answers: Mapping[str, str], language: str) -> str:
    """Return a brief as text: what was answered stands there, the rest is a note to fill in.

    Args:
        answers: Name to text; those of :data:`~outreach.teasers.questions.ASKED`.
        language: Of the notes.

    Example:
        >>> print(*brief_text({"url": "https://example.org"}, "en").splitlines()[4:6], sep=chr(10))
        # Address of the article, in full
        url = "https://example.org"

    """
    questions = questions_in(language)
    head = "".join(f"# {line}\n" for line in questions.head.splitlines())
    parts = [head, *(_entry(name, answers, questions) for name in ASKED)]
    parts.append(f"# {questions.names['emoji']}\nemoji = false\n")
    for name, table in TABLES.items():
        parts.append(f"# {questions.names[name]}\n" + "".join(f"# {line}\n" for line in table.splitlines()))
    return "\n".join(parts)


def _entry(name: str, answers: Mapping[str, str], questions: Questions) -> str:
    """Return a name with its note; one that nobody needs and nobody answered is a note itself."""
    answer = answers.get(name, "")
    if name == "hashtags":
        words = ", ".join(quoted(word) for word in re.split(r"[\s,;]+", answer) if word)
        value = f"[{words}]"
    else:
        value = quoted(answer)
    used = "" if answer or name in NEEDED else "# "
    return f"# {questions.names[name]}\n{used}{name} = {value}\n"


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it, several lines as several lines.

    Example:
        >>> print(quoted("C:\\pics"))
        "C:\\pics"

    """
    plain = _ESCAPED.sub(_escape, text)
    return f'"""\n{plain}"""' if "\n" in plain else f'"{plain}"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in '\\"':
        return f"\\{sign}"
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04x}"
