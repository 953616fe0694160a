"""A program that is killed while it takes the secret out of a ledger, before every line and every statement.

``python killed_moving.py FOLDER EVERY``: one line of JSON for each EVERYth point.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import legacy
import points

from outreach import leftovers, user_folder
from outreach.campaign.ledger import migrate, open_ledger, secret

FILES = {module.__file__ for module in (leftovers, user_folder, secret, migrate)}
FILES |= {str(migrate.REVISIONS / "r3_secret.py")}


def whole(path: Path) -> dict[str, bool]:
    """Open a ledger again, and tell whether all is as it shall be."""
    ledger = open_ledger(path)
    again = open_ledger(path)
    found = secret.LedgerSecret(again.database)()
    folder = Path(os.environ["OUTREACH_CONFIG_DIR"], "secrets")
    kept = [one.read_text() for one in folder.iterdir() if one.suffix != ".tmp"]
    return {
        "same": found.hex() == legacy.SECRET,
        "kept": kept == [f"{legacy.SECRET}\n"],
        "gone": legacy.SECRET.encode() not in path.read_bytes(),
        "settled": set(legacy.settings(path)) == {"ledger id", "check of secret"},
        "alone": [one.name for one in path.parent.iterdir()] == [path.name],
        "rows": len(ledger.placements()) == 1,
    }


def main(folder: Path, every: int) -> None:
    template = folder / "template.db"
    os.environ["OUTREACH_CONFIG_DIR"] = str(folder / "never")
    legacy.make(template)
    legacy.leave_traces(template)
    warm, point = folder / "warm", 1
    for name in ("warm", "count"):  # the first imports what is needed
        (folder / name).mkdir()
        os.environ["OUTREACH_CONFIG_DIR"] = str(folder / f"{name}.settings")
        shutil.copyfile(template, folder / name / "o.db")
    open_ledger(warm / "o.db")
    status, number = points.opened(folder / "count" / "o.db", 10**9, FILES)
    assert status == 0
    for point in range(1, number + 1, every):
        here = folder / str(point)
        here.mkdir()
        os.environ["OUTREACH_CONFIG_DIR"] = str(folder / f"{point}.settings")
        shutil.copyfile(template, here / "o.db")
        status, _ = points.opened(here / "o.db", point, FILES)
        found = whole(here / "o.db")
        sys.stdout.write(json.dumps({"point": point, "of": number, "killed": os.WIFSIGNALED(status), **found}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
