"""Data flows one way: a room imports the rooms above it and the files that every room may import."""

import ast
import re
from pathlib import Path

import networkx as nx
import pytest

PACKAGE = Path(__file__).parent.parent / "outreach"
ANYWHERE = {
    "errors", "messages", "passwords", "patterns", "collector", "stopping", "leftovers", "user_folder", "tables",
    "engine", "words", "keys", "intervals",
}  # fmt: skip
ROOMS = [
    "files",
    "remote",
    "sheet",
    "likes",
    "ranking",
    "engines",
    "campaign",
    "teasers",
    "owners",
    "tracking",
    "surveys",
    "figures",
    "reporting",
    "app",
    "assistants",
    "cli",
]
# These import one another in this order only.
BASE = [
    "errors", "messages", "patterns", "passwords", "collector", "stopping", "leftovers", "user_folder", "engine",
    "tables", "words", "keys", "intervals",
]  # fmt: skip
TOP = {f"{name}.py" for name in BASE}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name in TOP)


def imported(path):
    """Yield the rooms that a file imports; what is imported for types only does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "outreach":
            names = (node.module or "").split(".")[1:]
            yield from names[:1] or [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("outreach."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_from_above_only(path):
    """A room never reaches for one below it, and nothing imports the command line."""
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    own = {room, "__version__"}
    for other in set(imported(path)) - own:
        if room in BASE:
            assert BASE.index(other) < BASE.index(room)
        else:
            assert other in ANYWHERE or ROOMS.index(other) < ROOMS.index(room)


def modules_imported(path, modules):
    """Yield the modules that a module needs to be imported itself: not those for types, nor those inside functions."""
    waiting = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (inner & modules) or {node.module} & modules
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & modules
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def test_no_module_needs_itself():
    """Modules import one another in no circle, so that each can be read, tested and imported alone."""
    found = sorted(PACKAGE.rglob("*.py"))
    dotted = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in found]
    names = [name.removesuffix(".__init__") for name in dotted]
    graph = nx.DiGraph()
    for name, path in zip(names, found, strict=True):
        graph.add_edges_from((name, other) for other in set(modules_imported(path, set(names))) - {name})
    assert graph.number_of_edges() > len(found)
    assert [circle for circle in nx.strongly_connected_components(graph) if len(circle) > 1] == []


READING = {"campaign", "ranking", "reporting", "teasers", "tracking"}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent != PACKAGE], ids=lambda path: path.name)
def test_only_the_room_of_likes_knows_how_lists_are_read(path):
    """Files, words, the sheet and other machines have rooms of their own; of likes others see the likes alone."""
    if path.relative_to(PACKAGE).parts[0] not in READING:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in froms if name.startswith("outreach.likes.")]


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("fold", "words/fold.py"),
        ("fold_header", "words/fold.py"),
        ("words_of", "words/vocabulary.py"),
        ("map_headers", "words/columns.py"),
        ("parse_columns", "words/columns.py"),
        ("find_column", "words/columns.py"),
        ("delimiter_of", "files/delimited.py"),
        ("encoding_of", "files/encodings.py"),
        ("money", "files/money.py"),
        ("Unreadable", "files/cells.py"),
        ("day", "files/dates.py"),
        ("day_first", "files/dates.py"),
        ("moment_in", "files/dates.py"),
        ("from_seconds", "files/dates.py"),
        ("DEALS", "tables.py"),
        ("DATABASE", "cli/shared.py"),
        ("HEAD_BYTES", "files/__init__.py"),
        ("BLOCK_BYTES", "files/__init__.py"),
        ("HEADER_WITHIN", "files/grid.py"),
        ("Source", "files/source.py"),
        ("Skipped", "files/contract.py"),
        ("Rejected", "files/contract.py"),
        ("Registry", "files/contract.py"),
    ],
)
def test_one_of_everything(name, home):
    """What several rooms need is defined once, where all of them may import it."""
    defined = set()
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = [getattr(node, "name", None), getattr(getattr(node, "target", None), "id", None)]
            if name in named:
                defined.add(path.relative_to(PACKAGE).as_posix())
    assert defined == {home}


LETTERS = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0530-\u058f]{2,}")
CLASSES = re.compile(r"\[[^\]]*\]")  # of an expression: letters, no words
ELSEWHERE = {
    "owners/letter_check.py": "the ending that Greek names lose when somebody is greeted",
    "words/fold.py": "two spellings of one letter",
    "files/letters.py": "statistics of letters, by which encodings are told apart",
    "keys/domains.py": "endings of domains",
    "figures/drawing.py": "wide letters of alphabets",
    "likes/exports/vk_archive.py": "the button that VK shows whoever wants an archive",
    "messages/en.py": "messages that quote a button",
    "teasers/copy_checks.py": "teaser texts: what companies are called",
    "teasers/folding.py": "teaser texts: letters for accented ones",
    "teasers/in_text.py": "teaser texts: the domains that X makes links of",
    "teasers/questions.py": "teaser texts: the questions of the brief",
    "teasers/sentences.py": "teaser texts: abbreviations that end no sentence",
    "teasers/slugs.py": "transliteration",
    "teasers/spam_words.py": "teaser texts: what filters dislike",
    "tracking/exports/ga4_csv.py": "headers of Google Analytics",
    "tracking/exports/matomo.py": "headers of Matomo",
    "tracking/exports/metrica_report.py": "headers of Yandex Metrica",
    "tracking/tags.py": "values of analytics tools",
}


def words_in_code(path):
    """Yield the texts of a file that hold words of our users' scripts; docstrings are no texts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from LETTERS.findall(CLASSES.sub("", node.value))


def test_words_of_languages_are_data():
    """Words that people write stand in the language files; where code holds some, it is said why."""
    holding = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if any(words_in_code(path))}
    assert holding == ELSEWHERE.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_errors_name_their_place_apart(path):
    """What is wrong with a file can be listed behind the name of the file, since no sentence begins with it."""
    if path.relative_to(PACKAGE).parts[0] == "files" or path.parent.parent.name == "likes":
        assert not re.findall(r"""Error\(\s*f["']\{[^{}]*\}(?:, line [^:]*)?: """, path.read_text(encoding="utf-8"))


TEXTS = {"message", "hint", "why", "reason", "what"}
SEARCHES = {
    "count", "endswith", "find", "fullmatch", "index", "match", "partition", "removeprefix", "removesuffix", "replace",
    "rpartition", "search", "split", "startswith",
}  # fmt: skip


def searched(tree):
    """Yield the lines on which the text of a message is compared with words, or searched for them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES:
            sides = [node.func.value, *node.args]
        else:
            continue
        words = [side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        if any(" " in text or text.isalpha() for text in words) and any(map(is_text_of_message, sides)):
            yield node.lineno


def is_text_of_message(node):
    return isinstance(node, ast.Attribute) and node.attr in TEXTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_depends_on_the_text_of_a_message(path):
    """Decisions look at codes and kinds of errors: a sentence may be changed, and is said in other languages."""
    assert not list(searched(ast.parse(path.read_text(encoding="utf-8"))))


def test_a_search_in_a_message_is_found():
    """The guard sees what it is there for."""
    bad = ["'no such file' in err.message", "one.why == 'refunded'", "err.hint.startswith('say which')"]
    assert [list(searched(ast.parse(line))) for line in bad] == [[1], [1], [1]]
    assert not list(searched(ast.parse("one.reason == other.reason; kind in {'a'}; log.what == ''")))


def test_the_command_line_knows_all_shapes():
    """Its list stands apart, so that help needs no reading of tables."""
    from outreach.cli import shared
    from outreach.likes.tables import readings

    assert shared.READ_AS == readings.READ_AS
    assert set(readings.READ_AS) == set(readings.NAMES.values())
