"""The documentation is true: every code block runs, every command and file that it names exists."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md"])
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: What would install or test the project from within its own tests.
LEFT_TO_CI = ("make ", "git clone", "pip install")


def blocks(language: str) -> list[tuple[Path, str]]:
    return [(page, body) for page in PAGES for kind, body in FENCE.findall(page.read_text("utf-8")) if kind == language]


def label(value: object) -> str:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else ""


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout to whoever follows the documentation."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("sh")}), ids=label)
def test_every_shell_block_of_a_page_runs_in_order(page: Path, workplace: Path) -> None:
    folder = workplace / label(page).replace("/", "-")
    shutil.copytree(workplace / "examples", folder / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for _, body in (pair for pair in blocks("sh") if pair[0] == page):
        lines = [line for line in body.splitlines() if not line.startswith(LEFT_TO_CI)]
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
            cwd=folder,
            env={**os.environ, "PATH": path, "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{body}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("python")}), ids=label)
def test_every_python_block_of_a_page_runs_in_order(
    page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)
    names: dict[str, object] = {}
    for _, body in (pair for pair in blocks("python") if pair[0] == page):
        exec(compile(body, str(page), "exec"), names)  # noqa: S102  # our own documentation


def test_every_json_block_is_json() -> None:
    for _, body in blocks("json"):
        json.loads(body)


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_command_is_documented_with_its_name() -> None:
    from peacetable.views.commands.app import app

    reference = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    names = [
        command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands
    ]
    assert names
    assert [name for name in names if f"## `{name}`" not in reference] == []
