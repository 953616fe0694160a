"""Try a program that was built: it ranks the sample as the package does, and its app answers.

python installers/try_program.py dist/outreach
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "sample_data" / "likes.csv"


def ranking(*program: str) -> str:
    """Return the ranking of the sample as a program writes it."""
    done = subprocess.run(
        [*program, "--campaign", "none", "rank", str(SAMPLE)], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def main() -> None:
    """Try the programs in a folder; a failed check ends with its reason."""
    folder = Path(sys.argv[1])
    ending = ".exe" if sys.platform == "win32" else ""
    ours = ranking(str(folder / f"outreach{ending}"))
    if ours != ranking(sys.executable, "-m", "outreach"):
        sys.exit(f"{folder}: ranks the sample in another way than the package does")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder}: {len(ours.splitlines()) - 1} places ranked, {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
