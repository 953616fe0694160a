"""Compiles the words of the languages when a wheel is built, also that of an editable install.

Every wheel carries the chapters of the manual, which the app shows; that of a release its built pages too:
``OUTREACH_MANUAL`` names their folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled words beside the languages and into the wheel, with the manual."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's contract
        package = ModuleType("outreach")  # without running its __init__.py: what that imports is not installed here
        package.__path__ = [str(Path(self.root, "outreach"))]
        sys.modules["outreach"] = package
        from outreach.words import vocabulary

        sources = vocabulary.read_sources(vocabulary.FOLDER)
        vocabulary.write_whole(vocabulary.FOLDER / vocabulary.COMPILED, vocabulary.compiled(sources))
        build_data["artifacts"].append(f"/outreach/words/{vocabulary.COMPILED}")
        docs = Path(self.root, "docs")
        for chapter in sorted(docs.rglob("*.md")):
            inner = chapter.relative_to(docs)
            if not inner.parts[0].startswith("_"):
                build_data["force_include"][str(chapter)] = f"outreach/_manual/{inner.as_posix()}"
        if pages := os.environ.get("OUTREACH_MANUAL"):
            if not Path(pages, "index.html").is_file():
                raise FileNotFoundError(f"OUTREACH_MANUAL: {pages} holds no index.html; build the manual first")
            build_data["force_include"][str(Path(pages).resolve())] = "outreach/manual"
