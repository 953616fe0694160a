"""The programs: ``outreach``, which is ``python -m outreach`` too, and ``outreach-app``.

It hears signals before it imports anything that takes time.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from outreach.stopping import INTERRUPTED, as_a_program

__all__ = ["app", "main"]

COLLECTED_AFTER: Final = 50_000
"""Values made before Python looks for cycles: after each 700, its default, that is a twentieth of a small run."""


def main() -> None:
    """Run the command line; a signal while it starts ends it as any other."""
    with as_a_program():
        gc.set_threshold(COLLECTED_AFTER)
        try:
            from outreach.cli import main as command_line

            built = getattr(sys, "frozen", False)  # by PyInstaller: there is no python to call it with
            command_line(prog_name="outreach" if built else None)
        except KeyboardInterrupt:
            if sys.stderr is not None:
                sys.stderr.write(f"{INTERRUPTED}\n")
            sys.exit(130)


def app() -> None:
    """Run the app without a terminal: the program ``outreach-app``."""
    sys.argv[1:1] = ["app"]
    main()


if __name__ == "__main__":
    main()
