"""What users read speaks as a good manual does: short, active, in standard terms."""

import ast
import re
import tomllib
from pathlib import Path

import click
import pytest

from outreach.cli import main
from outreach.messages import en

HOME = Path(__file__).parents[1]
CODE = sorted((HOME / "outreach").rglob("*.py"))
MANUAL = [path for path in sorted((HOME / "docs").rglob("*.md")) if "_build" not in path.parts]
APP = tomllib.loads((HOME / "outreach" / "app" / "texts" / "en.toml").read_text("utf-8"))

BANNED = {
    "told": r"\btold\b",
    "passed over": r"\bpass(?:ed)? over\b",
    "lead to": r"\blead(?:s|ing)? to\b",
    "tell how, whether": r"\btells? (?:how|whether|which|what|why|who)\b",
    "said": r"\bsaid\b",
    "whom": r"\b(?:whom|whoever)\b",
    "nobody's": r"\bnobody's\b",
    "is none": r"(?<!\bthere )\b(?:is|are) none\b",
    "is no database": r"(?<!\bthere )\b(?:is|are) no (?!longer\b)",
    "resource": r"\b(?:an|the|this|that|these|each|one|two|no|of|names|whose|same) resources?\b(?! sheet| column|=|,)",
    "placement": r"\b(?:a|the|this|that|these|each|one|two|no|of|any) placements?\b(?!\.csv)",
    "тизер": r"\bтизер",
}
"""What we do not write, as a pattern; the name is what stands in its failure."""

ALLOWED = {
    # The count of answers; and what statistics cannot say.
    "said": re.compile(r'"said"|“said”|counts as said|^Said$|nothing can be said'),
}
"""Where a word is right, for the reason that stands behind it."""

DATA = {"spam_words.py", "letters.py", "en.py"}
"""Files whose texts are words of other people, for recognising them; and the sentences, which have their own test."""


def found(text):
    """Return the names of what is banned in a text."""
    return [
        name
        for name, pattern in BANNED.items()
        if re.search(pattern, ALLOWED[name].sub("", text) if name in ALLOWED else text, re.IGNORECASE)
    ]


def texts(path):
    """Yield the texts of a file with their lines: literals of several words, without docstrings and without fields."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passive = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passive.update(map(id, node.values))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and id(node) not in passive and " " in str(node.value).strip():
            yield node.lineno, str(node.value)


def prose(path):
    """Yield the lines of a page that people wrote, without what programs show."""
    fence = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if begins := re.match("`{3,}", line):
            fence = "" if begins[0] == fence else fence or begins[0]
        elif not fence:
            yield number, re.sub(r"`[^`]*`", "", line)


def commands(command):
    """Yield a command and every command in it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            yield from commands(command.get_command(context, part))


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(HOME).as_posix())
def test_texts_of_the_program(path):
    """No literal that a user can see has a banned word."""
    wrong = [(line, found(text), text) for line, text in texts(path) if path.name not in DATA and found(text)]
    assert not wrong


@pytest.mark.parametrize("code", sorted(en.SENTENCES))
def test_sentences(code):
    """No sentence has a banned word; names of its values are not read."""
    assert not found(re.sub(r"\{(\w+)", "{", en.SENTENCES[code]))


@pytest.mark.parametrize("table", sorted(APP))
def test_app(table):
    """No text of the app's pages has a banned word."""
    assert not [text for text in APP[table].values() if found(re.sub(r"\{(\w+)", "{", text))]


@pytest.mark.parametrize("command", [*commands(main)], ids=lambda command: command.name)
def test_help(command):
    """No help of a command or an option has a banned word."""
    options = [getattr(one, "help", None) or "" for one in command.params]
    shown = [command.help or "", command.get_short_help_str(limit=200), *options]
    assert not [text for text in shown if found(text)]


@pytest.mark.parametrize("path", MANUAL, ids=lambda path: path.relative_to(HOME).as_posix())
def test_manual(path):
    """No page of the manual has a banned word."""
    assert not [(line, found(text), text) for line, text in prose(path) if found(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("this is no database", ["is no database"]),
        ("there is no ledger", []),
        ("Tell how files are understood", ["tell how, whether"]),
        ("the resource of a placement", ["resource", "placement"]),
        ("outreach placements list --resource KEY", []),
        ("it counts as said", []),
    ],
)
def test_the_guard_sees_them(text, names):
    """Inversions and old words are found; names of commands, options and columns are not."""
    assert found(text) == names
