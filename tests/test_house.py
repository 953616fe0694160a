"""Data flows one way: a room imports the rooms above it and the files that every room may import."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "outreach"
ANYWHERE = {"errors", "passwords", "stopping", "leftovers", "user_folder", "tables", "engine", "words", "keys"}
ROOMS = ["files", "remote", "likes", "ranking", "store", "owners", "teasers", "tracking", "reporting", "cli"]
# These import one another in this order only.
BASE = ["errors", "passwords", "stopping", "leftovers", "user_folder", "engine", "tables", "words", "keys"]
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
    own = {room, "__version__", "_likes"}  # the last: a room and a public function share the name "likes"
    for other in set(imported(path)) - own:
        if room in BASE:
            assert BASE.index(other) < BASE.index(room)
        else:
            assert other in ANYWHERE or ROOMS.index(other) < ROOMS.index(room)


def test_files_stay_readable():
    """A file that needs a second screenful of scrolling is two files."""
    long = {path.name: lines for path in FILES if (lines := len(path.read_text("utf-8").splitlines())) > 450}
    assert not long


READING = {"cli", "ranking", "reporting", "store", "teasers", "tracking"}
BORROWED = {
    "likes.facts",  # the resources sheet, which the marketer fills in
    "likes.apis.vk",  # VK shortens links too
    "likes.tables.contract",  # the first cell of a tab that explains
}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent != PACKAGE], ids=lambda path: path.name)
def test_only_the_room_of_likes_knows_how_lists_are_read(path):
    """Files, words and other machines have rooms of their own; what else others take from likes is named here."""
    room = path.relative_to(PACKAGE).parts[0]
    if room not in READING - {"cli", "ranking"}:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    taken = {node.module.removeprefix("outreach.") for node in ast.walk(tree)
             if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("outreach.likes.")}  # fmt: skip
    assert taken <= BORROWED


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("fold", "words/fold.py"),
        ("delimiter_of", "files/delimited.py"),
        ("encoding_of", "files/encodings.py"),
        ("money", "files/money.py"),
        ("HEAD_BYTES", "files/__init__.py"),
        ("BLOCK_BYTES", "files/__init__.py"),
        ("HEADER_WITHIN", "files/grid.py"),
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
