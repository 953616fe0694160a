"""Cases of the golden corpus: files as a person has them, one command, and what comes out.

A case is one table of a TOML file, so that input and outcome are read together::

    [[case]]
    name = "a header nobody knows"
    run = "rank f.csv"
    files."f.csv" = '''
    Surname;Reads
    Anna;t.me/smm_riga
    '''
    golden = '''
    exit 0
    ...
    '''

A file is a text, or a table of ``text`` with ``encoding``, ``newline`` (``crlf``, ``cr``) or ``gzip``; of ``base64``;
or of ``copy``, a file or folder of the checkout. ``a.zip!/b.csv`` is a member of an archive. Where a case has ``words``
(rows of words), a file whose name holds ``{n}`` is written once for each row, and the lines ``each`` of a file are
repeated for each row; ``{0}``, ``{1}`` … are its words.
"""

from __future__ import annotations

import base64
import gzip
import io
import re
import tomllib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
LONG_AGO = (2026, 1, 1, 0, 0, 0)
GOLDEN = re.compile(r"^golden = ('''|\"\"\").*?\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One command on some files, and what is expected of it."""

    source: Path
    number: int
    name: str
    run: str
    files: dict[str, Any] = field(default_factory=dict)
    golden: str = ""
    stdin: str = ""
    words: Sequence[Sequence[str]] = ()
    slow: bool = False

    @property
    def id(self) -> str:
        """What pytest calls it."""
        return f"{self.source.parent.name}/{self.source.stem}: {self.name}"


def all_cases() -> list[Case]:
    """Return the cases of every file, in order."""
    return [case for path in sorted(HERE.glob("*/*.toml")) for case in cases_of(path)]


def cases_of(path: Path) -> list[Case]:
    """Return the cases of one file; their names differ."""
    found = [Case(path, number, **case) for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"])]
    names = [case.name for case in found]
    assert len(names) == len(set(names)), f"{path.name}: two cases of one name"
    return found


def write(case: Case, folder: Path) -> None:
    """Write the files of a case into a folder."""
    archives: dict[str, dict[str, bytes]] = {}
    for name, content in filled(case):
        if "!/" in name:
            archive, _, member = name.partition("!/")
            archives.setdefault(archive, {})[member] = content_of(content)
        elif isinstance(content, dict) and "copy" in content and (ROOT / content["copy"]).is_dir():
            origin = ROOT / content["copy"]
            for one in sorted(origin.rglob("*")):
                if one.is_file():
                    put(folder / name / one.relative_to(origin), one.read_bytes())
        else:
            put(folder / name, content_of(content))
    for archive, members in archives.items():
        put(folder / archive, zipped(members))


def filled(case: Case) -> Iterator[tuple[str, str | dict[str, Any]]]:
    """Yield the files of a case with the words in their places."""
    for name, content in case.files.items():
        if "{n}" in name:
            yield from (
                (name.format(n=f"{n:03}"), content.format(*row, n=f"{n:03}")) for n, row in enumerate(case.words, 1)
            )
        elif isinstance(content, dict) and "each" in content:
            rows = (content["each"].format(*row, n=f"{n:03}") for n, row in enumerate(case.words, 1))
            yield name, content["head"] + "".join(rows)
        else:
            yield name, content


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def content_of(content: str | dict[str, Any]) -> bytes:
    """Return the bytes of one file."""
    if isinstance(content, str):
        return content.encode()
    if "copy" in content:
        return (ROOT / content["copy"]).read_bytes()
    if "base64" in content:
        made = base64.b64decode(content["base64"])
    else:
        text = content["text"].replace("\n", NEWLINES[content.get("newline", "lf")])
        made = text.encode(content.get("encoding", "utf-8"))
    return gzip.compress(made, mtime=0) if content.get("gzip") else made


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive that is the same on every day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return stream.getvalue()


def update(case: Case, golden: str) -> None:
    """Write what came out into the file of the case."""
    head, *bodies = re.split(r"^(?=\[\[case\]\]$)", case.source.read_text("utf-8"), flags=re.MULTILINE)
    body = bodies[case.number]
    new = f"golden = {literal(golden)}"
    bodies[case.number] = (
        GOLDEN.sub(lambda _: new, body, count=1) if GOLDEN.search(body) else f"{body.rstrip()}\n{new}\n\n"
    )
    case.source.write_bytes("".join([head, *bodies]).encode())


def literal(text: str) -> str:
    """Return a text of several lines as TOML, plain where that says the same.

    Example:
        >>> print(literal("a;b\\n"))
        '''
        a;b
        '''

    """
    plain = not re.search(r"[\x00-\x08\x0b-\x1f\x7f]|'''|[ \t]$|'$", text, flags=re.MULTILINE)
    if plain and text.endswith("\n"):
        return f"'''\n{text}'''"
    escaped = re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f\\\"]|[ \t](?=\n|$)",
        lambda found: {"\\": "\\\\", '"': '\\"'}.get(found[0], f"\\u{ord(found[0]):04x}"),
        text,
    )
    return f'"""\n{escaped}"""'
