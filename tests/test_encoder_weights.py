from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fake_network import small_tokenizer
from peacetable.errors import WeightsDamagedError, WeightsMissingError
from peacetable.reading.encoder.annotation import NAME_TYPES
from peacetable.reading.encoder.weights import available, load


def labels(**attribution: Any) -> dict[str, Any]:
    return {
        "syntax": {"relations": ["root", "dep"], "lemmas": ["l-0+"]},
        "names": {"types": list(NAME_TYPES), "transitions": None},
        "attribution": attribution,
    }


def folder(path: Path, told: object = None, **contents: str) -> Path:
    """A folder with labels, a tokenizer and whatever else is given."""
    told = labels() if told is None else told
    path.joinpath("labels.json").write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    made: Any = small_tokenizer()
    path.joinpath("tokenizer.json").write_text(made.to_str(), "utf-8")
    for name, content in contents.items():
        path.joinpath(name.replace("_", ".")).write_text(content, "utf-8")
    return path


def test_a_folder_without_labels_has_no_weights(tmp_path: Path) -> None:
    assert not available(tmp_path)
    assert available(folder(tmp_path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match=r"trunk\.onnx: this file of the language model is not there"):
        load(folder(tmp_path))


def test_a_file_that_is_no_graph_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamagedError, match=r"trunk\.onnx"):
        load(folder(tmp_path, trunk_onnx="no graph"))


def test_a_tokenizer_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamagedError, match=r"tokenizer\.json"):
        load(folder(tmp_path, tokenizer_json="{"))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("{", "no labels as JSON"),
        ([], "list"),
        ({"syntax": {}}, "it has no 'names'"),
        ({**labels(), "syntax": {"relations": [], "lemmas": []}}, "names no relation"),
        ({**labels(), "names": {"types": ["person"]}}, "are of the types person, not"),
        (labels(transitions=[[0.0] * 7] * 3), "has 3 rows, not 7"),
        (labels(start=[0.0] * 2), "has 2 values, not 7"),
        (labels(threshold="high"), "could not convert"),
    ],
)
def test_labels_that_do_not_fit_are_damaged_and_it_says_why(tmp_path: Path, told: object, why: str) -> None:
    with pytest.raises(WeightsDamagedError, match=why):
        load(folder(tmp_path, told))


def test_the_modules_of_the_model_load_no_runtime_before_it_is_used() -> None:
    code = (
        "import sys, peacetable.reading.encoder.reader as r; r.Reader();"
        "print([name for name in ('onnxruntime', 'tokenizers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
