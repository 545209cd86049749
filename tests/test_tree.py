"""The tree keeps its shape: who may import whom, how long a module may be, what the package shows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import peacetable

SOURCE = Path(peacetable.__file__).parent
ROOT = SOURCE.parent.parent
MODULES = sorted(SOURCE.rglob("*.py"))
SHARED = {"addresses", "countries", "errors", "edtf", "model", "ledger", "scheme", "settings"}
STAGES = {"intake", "reading", "record", "situation", "strategy"}
#: For each room, what it may import besides itself.
MAY_IMPORT = {
    **dict.fromkeys(STAGES, SHARED),
    "views": {*SHARED, "pipeline"},
    "pipeline": {*SHARED, *STAGES},
    "__main__": {"views"},
    "__init__": {*SHARED, "pipeline"},
    "addresses": set[str](),
    "errors": set[str](),
    "countries": set[str](),
    "edtf": {"errors"},
    "model": {"errors", "edtf"},
    "ledger": {"errors", "edtf", "model"},
    "scheme": {"errors", "edtf", "model"},
    "settings": {"errors"},
}


def room_of(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where a name comes from"
            base = node.module or ""
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "peacetable" else [base]
        for name in names:
            if name.startswith("peacetable."):
                yield name.split(".")[1]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_room_may(module: Path) -> None:
    room = room_of(module)
    wrong = set(imported_rooms(module)) - MAY_IMPORT[room] - {room}
    assert not wrong, f"{room} must not import {', '.join(sorted(wrong))}"


def test_module_names_are_unique_so_that_a_name_opens_one_file() -> None:
    names = Counter(
        module.stem for module in MODULES if not module.stem.startswith(("__", "0")) and module.stem != "env"
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_there_are_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "common", "core", "base", "misc"}
    assert [str(module) for module in MODULES if drawers & set(module.relative_to(SOURCE).with_suffix("").parts)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_has_a_docstring_and_at_most_500_lines(module: Path) -> None:
    text = module.read_text("utf-8")
    assert text.count("\n") <= 500
    if text.strip() and module.name != "__init__.py":
        assert ast.get_docstring(ast.parse(text)), "say in a sentence what the module is for"


def test_the_public_names_are_few_and_sorted() -> None:
    assert list(peacetable.__all__) == sorted(peacetable.__all__)
    assert len(peacetable.__all__) <= 15
    shown = {name for name in vars(peacetable) if not name.startswith("_")}
    modules = {path.stem for path in SOURCE.iterdir()}
    assert shown - modules == set(peacetable.__all__) - modules


def test_no_public_name_is_hidden_by_a_folder_of_that_name() -> None:
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir()}
    assert not folders & set(peacetable.__all__)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("numpy", "sqlalchemy", "trafilatura", "jinja2", "typer", "rich", "alembic", "onnxruntime")
    code = f"import sys, peacetable; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_library_never_prints() -> None:
    for module in MODULES:
        if room_of(module) in ("views", "__main__"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"), module


def test_no_except_is_bare() -> None:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None), module
