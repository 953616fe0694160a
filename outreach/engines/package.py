"""Our code as one archive, which travels with a job: the workers of a cluster need not have it."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import RemoteError
from outreach.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pack_code"]

ROOMS: Final = ("engines", "files", "keys", "likes", "messages", "words")
"""The rooms that a key needs; a test makes keys from the archive alone."""

LIBRARIES: Final = ("idna",)
"""What these rooms import that Python does not bring; pure Python, and so it can travel too."""


def pack_code(folder: Path) -> Path:
    """Write the archive into a folder, and return its path; its name changes with what is in it.

    Raises:
        RemoteError: This installation has no source to send.

    """
    words = vocabulary.compiled(vocabulary.read_sources(vocabulary.FOLDER))
    content = {name: path.read_bytes() for path, name in _sources()}
    content[f"outreach/words/{vocabulary.COMPILED}"] = words
    archive = folder / f"outreach_{vocabulary.checksum_of(content):08x}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, code in content.items():
            packed.writestr(zipfile.ZipInfo(name), code, zipfile.ZIP_DEFLATED)  # of no date: sent twice, it is the same
    return archive


def _sources() -> Iterator[tuple[Path, str]]:
    """Yield each file of code, and its name in the archive."""
    package = Path(__file__).parents[1]
    if not Path(__file__).is_file():
        raise RemoteError("the installed app cannot send its code", hint='use Python: pip install "outreach[spark]"')
    wanted = [*package.glob("*.py"), *(path for room in ROOMS for path in (package / room).rglob("*.py"))]
    for path in sorted(wanted):
        yield path, path.relative_to(package.parent).as_posix()
    for library in LIBRARIES:
        found = importlib.util.find_spec(library)
        if found is not None and found.origin is not None:
            for path in sorted(Path(found.origin).parent.glob("*.py")):
                yield path, f"{library}/{path.name}"
