"""The build step: data tables are made out of packages, so that none of their data lies in the repository."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLE = "src/peacetable/countries.tsv"


class Tables(BuildHookInterface):  # type: ignore[type-arg, misc]  # hatchling is typed from Python 3.12 on only
    """Makes the table of countries before the package is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the table and add it to the package."""
        root = Path(self.root)
        runpy.run_path(str(root / "scripts" / "make_countries.py"))["main"](root / TABLE)
        build_data["artifacts"].append(TABLE)
