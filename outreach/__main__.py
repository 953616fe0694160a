"""The programs: ``outreach``, which is ``python -m outreach`` too, and ``outreach-app``.

It hears signals before it imports anything that takes time.
"""

from __future__ import annotations

import sys

from outreach.stopping import INTERRUPTED, as_a_program

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a signal while it starts ends it as any other."""
    with as_a_program():
        try:
            from outreach.cli import main as command_line

            command_line()
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
