"""How Sphinx builds the manual; see CONTRIBUTING.md."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from outreach import __version__  # noqa: E402 - of this checkout

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "outreach"
author = "The outreach developers"
project_copyright = author
version = release = __version__
language = "en"
exclude_patterns = ["_build", "README.md"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

nb_execution_mode = "off"  # a test runs the notebook, and holds its outputs against those written
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

autodoc_typehints = "none"  # the docstrings say what comes in and out
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
nitpick_ignore = [("py:class", "pandas.DataFrame"), ("py:exc", "click.ClickException")]

html_theme = "furo"
html_title = f"outreach {release}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}


def _name_language(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:  # noqa: ARG001 - Sphinx's signature
    """Tell browsers and screen readers that a page is Russian."""
    if pagename.startswith("ru/"):
        context["language"] = "ru"


def _keep_returns_prose(
    _app: Sphinx, what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Keep napoleon from taking the words before a colon for a type, under Returns and of a property."""
    if what == "property" and lines:
        lines[0] = lines[0].replace(": ", " – ", 1)
    for number, line in enumerate(lines):
        if line.strip() == "Returns:":
            lines[number + 1] = lines[number + 1].replace(": ", " – ", 1)


def setup(app: Sphinx) -> None:
    """Add what no setting does."""
    app.connect("autodoc-process-docstring", _keep_returns_prose, priority=400)  # before napoleon
    app.connect("html-page-context", _name_language)
