"""Compiles the words of the languages when a wheel is built, also that of an editable install."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled words beside the languages, and into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's contract
        package = ModuleType("outreach")  # without running its __init__.py: what that imports is not installed here
        package.__path__ = [str(Path(self.root, "outreach"))]
        sys.modules["outreach"] = package
        from outreach.words import vocabulary

        sources = vocabulary.read_sources(vocabulary.FOLDER)
        vocabulary.write_whole(vocabulary.FOLDER / vocabulary.COMPILED, vocabulary.compiled(sources))
        build_data["artifacts"].append(f"/outreach/words/{vocabulary.COMPILED}")
