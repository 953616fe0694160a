"""``outreach manual``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from outreach.cli.output import put
from outreach.cli.shared import remark
from outreach.errors import InputError
from outreach.reporting.manual import sources

__all__ = ["manual"]

PACKAGE: Final = Path(__file__).parents[1]
PAGES: Final = PACKAGE / "manual"
"""The built pages, which the wheel of a release carries."""

FIRST: Final = {"en": "index", "ru": "ru/index"}
"""The first page in each language."""


@click.command()
@click.option(
    "--lang", type=click.Choice(list(FIRST)), default="en", show_default=True, help="Language of the first page."
)
@click.option("--no-open", is_flag=True, help="Only print the address of the manual.")
def manual(lang: str, no_open: bool) -> None:
    """Open the manual in the browser and print its address.

    The pages are on this computer: nothing is loaded from the internet. An installation from a folder has only the
    source texts of the pages; then it prints the address of these.

    Example:

    \b
        outreach manual --lang ru

    """
    page = PAGES / f"{FIRST[lang]}.html"
    if page.is_file():
        put(page.as_uri() + "\n")
        if not no_open:
            import webbrowser

            if not webbrowser.open(page.as_uri()):
                remark("No browser opened: open this address yourself.")
        return
    folder = sources()
    text = folder / f"{FIRST[lang]}.md" if folder else None
    if text is not None and text.is_file():
        put(f"{text}\n")
        remark("This installation has no built pages; these are their source texts.")
        return
    raise InputError("this installation has no manual", hint=f"read it {_elsewhere()}")


def _elsewhere() -> str:
    """Return where else the manual can be read: where the package says, else in its source."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        addresses = metadata("outreach").get_all("Project-URL") or []
    except PackageNotFoundError:
        addresses = []
    named = dict(one.split(", ", 1) for one in addresses if ", " in one)
    return f"at {named['Documentation']}" if "Documentation" in named else "in the folder docs of the source"
