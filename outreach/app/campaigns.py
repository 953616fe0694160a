"""The campaigns that this user opened, and those that are open now."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach.app.desk import Desk
from outreach.campaign.find import FILE, find_campaign_file
from outreach.errors import InputError, OutreachError
from outreach.user_folder import read_private, write_private

__all__ = ["Campaigns", "Known", "sample_folder", "usual_root"]

LIST: Final = "campaigns"
MOST: Final = 50
MOST_OPEN: Final = 4
"""Each open campaign may hold its lists in memory."""
LONGEST_NAME: Final = 60
RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


@dataclass(frozen=True, slots=True)
class Known:
    """A campaign that was opened before.

    Args:
        id: What addresses of pages call it.
        folder: Where it lies.

    """

    id: str
    folder: Path

    @property
    def name(self) -> str:
        """What people call it: the client, or the folder where that is not said."""
        from outreach.campaign.settings import read_campaign

        try:
            return read_campaign(self.folder / FILE).settings.client or self.folder.name
        except OutreachError:
            return self.folder.name


class Campaigns:
    """What can be opened by pages: folders on the user's own list, and no others.

    Args:
        root: Where new campaigns are made.

    """

    def __init__(self, root: Path) -> None:
        self.root: Final = root
        self._lock: Final = threading.Lock()
        self._open: Final[dict[str, Desk]] = {}

    def known(self) -> list[Known]:
        """Return the campaigns that were opened, the last one first; those that are gone are left out."""
        lines = (read_private(LIST) or "").splitlines()
        return [Known(_id(line), Path(line)) for line in lines if os.path.isfile(os.path.join(line, FILE))]  # noqa: PTH113, PTH118

    def add(self, folder: Path) -> str:
        """Put a campaign on the list, first; return what addresses call it.

        Raises:
            InputError: It is another user's, or the folder holds none.

        """
        file = find_campaign_file(folder)
        if file is None:
            raise InputError("no campaign in this folder", where=str(folder), hint="outreach init makes one")
        line = os.path.realpath(file.parent)
        if "\n" in line or "\r" in line:
            raise InputError("the name of this folder has two lines", hint="give it another name")
        with self._lock:
            before = [one for one in (read_private(LIST) or "").splitlines() if one != line]
            write_private(LIST, "".join(f"{one}\n" for one in [line, *before][:MOST]))
        return _id(line)

    def desk(self, campaign_id: str) -> Desk | None:
        """Return an open campaign; None where none on the list is called so."""
        known = next((one for one in self.known() if one.id == campaign_id), None)
        if known is None:
            return None
        with self._lock:
            desk = self._open.pop(campaign_id, None) or Desk(campaign_id, known.folder)
            self._open[campaign_id] = desk  # the last one used is the last in order
            closing = [self._open.pop(one) for one in list(self._open)[:-MOST_OPEN]]
        for one in closing:
            one.close()
        return desk

    def create(self, client: str, values: dict[str, object], language: str) -> str:
        """Make a campaign in a new folder; return what addresses call it.

        Raises:
            OutputError: It cannot be made.

        """
        from outreach.campaign.new import make_campaign
        from outreach.campaign.writing import DEFAULTS

        home = free_folder(self.root, client)
        make_campaign(home, {**DEFAULTS, "my_language": language, **values}, language)
        return self.add(home)

    def create_sample(self, name: str, language: str) -> str:
        """Make a campaign of the made-up customers; return what addresses call it.

        Raises:
            InputError: The installation lacks the sample.

        """
        from outreach.campaign.new import make_campaign
        from outreach.campaign.writing import DEFAULTS

        source = sample_folder()
        home = free_folder(self.root, name)
        values: dict[str, object] = {
            **DEFAULTS, "client": name, "own": ("facebook:vorblinka",), "my_language": language, "currency": "EUR",
        }  # fmt: skip
        make_campaign(home, values, language)
        shutil.copyfile(source / "likes.csv", home / "lists" / "likes.csv")
        brief = source / f"brief_{language}.toml"
        shutil.copyfile(brief if brief.is_file() else source / "brief.toml", home / "brief.toml")
        for file in sorted((source / "results").iterdir()):
            if file.suffix != ".py":
                shutil.copyfile(file, home / "results" / file.name)
        return self.add(home)

    def close(self) -> None:
        """Let go of what open campaigns hold."""
        with self._lock:
            desks = list(self._open.values())
            self._open.clear()
        for desk in desks:
            desk.close()


def _id(folder: str) -> str:
    return hashlib.sha256(folder.encode(errors="surrogateescape")).hexdigest()[:12]


def free_folder(root: Path, name: str) -> Path:
    """Return a folder for a name that is not there yet, right below another, whatever signs the name holds.

    Example:
        >>> free_folder(Path("nowhere"), "../..//Zobi: Rīga?").as_posix(), free_folder(Path("nowhere"), "CON").name
        ('nowhere/Zobi Rīga', 'campaign CON')

    """
    kept = "".join(sign if sign.isalnum() or sign in " -_.&'()" else " " for sign in name)
    plain = " ".join(kept.split()).strip(" .")[:LONGEST_NAME].strip(" .") or "campaign"
    if RESERVED.match(plain):
        plain = f"campaign {plain}"
    number = 1
    while os.path.lexists(folder := root / (plain if number == 1 else f"{plain} {number}")):
        number += 1
    return folder


def sample_folder() -> Path:
    """Return where the sample lies: in the wheel, or in the checkout.

    Raises:
        InputError: Nowhere.

    """
    package = Path(__file__).parents[1]
    for folder in (package / "_sample", package.parent / "sample_data"):
        if (folder / "likes.csv").is_file():
            return folder
    raise InputError("this installation has no sample", hint="install outreach again")


def usual_root() -> Path:
    """Return where new campaigns are made if nothing else is said: below the user's documents."""
    import platformdirs

    return platformdirs.user_documents_path() / "outreach"
