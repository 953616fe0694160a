"""A brief as a commented file: filled in from answers, or to fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.toml import quoted
from outreach.teasers.questions import ASKED, NEEDED, questions_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.teasers.questions import Questions

__all__ = ["brief_text"]

TABLES: Final = {
    "short": '[short]\nproblem = ""\nsolution = ""\nbonus = ""',
    "disclosure": '[disclosure]\ntext = ""\nerid = ""\nadvertiser = ""',
    "utm": '[utm]\nscheme = "standard"  # resource-first\nsource = ""\nmedium = "social"\nseparator = "-"\nid = false',
    "platform": '[platform.telegram]\nlink_place = "text"  # comment, button, bio, sticker',
    "resource": '[resource."telegram:smm_riga"]\nhashtags = []',
}


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
