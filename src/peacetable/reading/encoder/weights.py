"""The trained network's files: where they are, whether they are whole, and how ONNX Runtime runs them.

Nothing is loaded before it is asked for, nothing is fetched, and ONNX Runtime's telemetry is off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from peacetable.errors import WeightsDamagedError, WeightsMissingError
from peacetable.reading.encoder.annotation import NAME_TYPES, UPOS
from peacetable.reading.encoder.inputs import Pieces, tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LABELS: Final = "labels.json"
TOKENIZER: Final = "tokenizer.json"
#: Threads at most unless somebody says otherwise: a report has few windows to run side by side.
THREADS: Final = 4
#: Fusions that make the trunk slower: with this one a window of 230 subwords takes 30.5 ms on a core, without it 27.
SLOWER: Final = ("SkipLayerNormFusion",)
#: The labels of the attribution head: O, then B and I of source, cue, content.
ATTRIBUTION: Final = 7

#: A table of scores from label to label, or None where nothing was learned.
Scores = tuple[tuple[float, ...], ...]
#: What a graph is given, by name.
Inputs = Mapping[str, NDArray[Any]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Chains:
    """The labels of the findings head; see `evidence`.

    Attributes:
        names: each BIO chain: a kind ("talks") or a key span of one ("talks.outcome").
        steps, start: of each chain, from label to label and for the first word.
        bias: of each chain, what is added to its B and I: set on reports that training does not see.
        keys: the key spans of each kind; the first one found anchors the finding.
        unanchored: kinds that are anchored at their evidence's first word.
        roles: the roles, as "commitments.by", in the order of the outputs.
        values: the fields with plain values, as "talks.status", and their values, in the order of the outputs.
    """

    names: tuple[str, ...]
    steps: NDArray[np.float64]
    start: NDArray[np.float64]
    bias: NDArray[np.float64]
    keys: Mapping[str, tuple[str, ...]]
    unanchored: frozenset[str]
    roles: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the outputs stand for, and the scores that decoding adds; see `labels.json`.

    Attributes:
        relations, lemmas: of the syntax head, in the order of its outputs.
        name_steps: from label to label of a name; None where nothing was learned.
        attribution_steps, attribution_start: the same for attributions, and for the first word.
        link: the least mean logit at which a source or content belongs to a cue.
        chains: of the findings head; None where there is none.
    """

    relations: tuple[str, ...]
    lemmas: tuple[str, ...]
    name_steps: Scores | None = None
    attribution_steps: Scores | None = None
    attribution_start: tuple[float, ...] | None = None
    link: float = 0.0
    chains: Chains | None = None


class Network(Protocol):
    """The network as the reader needs it: a tokenizer, labels, and graphs that are run by name."""

    @property
    def labels(self) -> Labels:
        """What the outputs stand for."""

    @property
    def pieces(self) -> Pieces:
        """What cuts words into subwords."""

    def run(self, graph: str, **inputs: NDArray[Any]) -> Sequence[NDArray[Any]]:
        """The outputs of a graph, in its own order."""

    def each(self, graph: str, given: Sequence[Inputs]) -> Sequence[Sequence[NDArray[Any]]]:
        """The outputs of a graph for each of several inputs, which may be run side by side."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The shipped files, loaded; a `Network`. May be used from several threads at once.

    A graph is run on one thread, so that no sum depends on how many there are; `pool` runs several side by side.
    """

    labels: Labels
    pieces: Pieces
    sessions: Mapping[str, InferenceSession]
    pool: Executor | None = None

    def run(self, graph: str, **inputs: NDArray[Any]) -> Sequence[NDArray[Any]]:
        """The outputs of a graph, in its own order."""
        found: Sequence[NDArray[Any]] = self.sessions[graph].run(None, inputs)
        return found

    def each(self, graph: str, given: Sequence[Inputs]) -> Sequence[Sequence[NDArray[Any]]]:
        """The outputs of a graph for each of several inputs, run side by side."""

        def one(inputs: Inputs) -> Sequence[NDArray[Any]]:
            return self.run(graph, **inputs)

        return list(map(one, given) if self.pool is None or len(given) < 2 else self.pool.map(one, given))


@dataclass(frozen=True, slots=True)
class Graph:
    """What a graph takes and gives, by name, and how wide each output is where that is known beforehand."""

    inputs: tuple[str, ...]
    outputs: Mapping[str, int | None]


def shipped() -> Traversable:
    """The folder of the files that the package ships."""
    return files("peacetable.reading").joinpath("weights")


def available(folder: Traversable | None = None) -> bool:
    """Whether there are weights at all; a package built without them has none."""
    return (folder or shipped()).joinpath(LABELS).is_file()


def load(folder: Traversable | None = None, *, threads: int | None = None) -> Weights:
    """Load the network.

    Args:
        folder: where the files are; those that the package ships by default.
        threads: how many windows of a report are run side by side; by default as many as there are cores, up to
            `THREADS`. The results do not depend on it.

    Raises:
        WeightsMissingError: a file is not there.
        WeightsDamagedError: a file is not what it should be.
    """
    folder = folder or shipped()
    labels = _labels(folder)
    pieces = _tokenizer(folder)
    sessions = {name: _session(folder, f"{name}.onnx", graph) for name, graph in _graphs(labels).items()}
    count = threads or min(THREADS, _cores())
    pool = ThreadPoolExecutor(count, thread_name_prefix="peacetable") if count > 1 else None
    return Weights(labels, pieces, MappingProxyType(sessions), pool)


def _graphs(labels: Labels) -> Mapping[str, Graph]:
    """Every graph that reading needs."""
    names = 1 + 2 * len(NAME_TYPES)
    syntax = {"upos": len(UPOS), "lemma": len(labels.lemmas), "arcs": None}
    graphs = {
        "trunk": Graph(("ids", "features"), {"states": None}),
        "syntax": Graph(("words", "mask"), syntax),
        "relations": Graph(("dependents", "governors"), {"relations": len(labels.relations)}),
        "names": Graph(("words", "mask"), {"outer": names, "inner": names}),
        "attribution": Graph(("words", "mask"), {"emissions": ATTRIBUTION, "links": None}),
    }
    if labels.chains is not None:
        values = sum(map(len, labels.chains.values.values()))
        told = {"chains": 3, "verdicts": len(labels.chains.names), "roles": None, "values": values}
        graphs["findings"] = Graph(("words", "mask", "sentences"), told)
    return graphs


def _labels(folder: Traversable) -> Labels:
    raw = _parsed(folder, LABELS, json.loads, "labels as JSON")
    found: Labels = _checked(folder, LABELS, lambda: _labels_of(raw))
    if not found.relations or not found.lemmas:
        raise WeightsDamagedError(_name(folder, LABELS), "it names no relation or no lemma rule")
    return found


def _labels_of(raw: Any) -> Labels:
    names, attribution = raw["names"], raw["attribution"]
    if tuple(names["types"]) != NAME_TYPES:
        raise ValueError(f"its names are of the types {', '.join(names['types'])}, not {', '.join(NAME_TYPES)}")
    start = attribution.get("start")
    return Labels(
        relations=tuple(map(str, raw["syntax"]["relations"])),
        lemmas=tuple(map(str, raw["syntax"]["lemmas"])),
        name_steps=_table(names.get("transitions"), 1 + 2 * len(NAME_TYPES)),
        attribution_steps=_table(attribution.get("transitions"), ATTRIBUTION),
        attribution_start=None if start is None else _row(_unwrapped(start, 1), ATTRIBUTION),
        link=float(attribution.get("threshold", 0.0)),
        chains=_chains(raw["findings"]) if "findings" in raw else None,
    )


def _chains(raw: Any) -> Chains:
    names = tuple(map(str, raw["chains"]))
    count = len(names)
    return Chains(
        names=names,
        steps=np.asarray(raw["transitions"], np.float64).reshape(count, 3, 3),
        start=np.asarray(raw["start"], np.float64).reshape(count, 3),
        bias=np.asarray(raw.get("bias", [0.0] * count), np.float64).reshape(count),
        keys=MappingProxyType({kind: tuple(keys) for kind, keys in raw["keys"].items()}),
        unanchored=frozenset(raw["unanchored"]),
        roles=tuple(raw["roles"]),
        values=MappingProxyType({name: tuple(values) for name, values in raw["values"].items()}),
    )


def _table(raw: Any, size: int) -> Scores | None:
    if raw is None:
        return None
    rows = _unwrapped(raw, 2)
    if len(rows) != size:
        raise ValueError(f"a table of transitions has {len(rows)} rows, not {size}")
    return tuple(_row(row, size) for row in rows)


def _row(raw: Any, size: int) -> tuple[float, ...]:
    if len(raw) != size:
        raise ValueError(f"a row of transitions has {len(raw)} values, not {size}")
    return tuple(map(float, raw))


def _unwrapped(raw: Any, depth: int) -> Any:
    """One chain's scores, also where they come as a list of one chain."""
    inner = raw
    for _ in range(depth):
        inner = inner[0]
    return raw[0] if isinstance(inner, list) and len(raw) == 1 else raw


def _tokenizer(folder: Traversable) -> Pieces:
    content = _content(folder, TOKENIZER)
    try:
        return tokenizer(content)
    except Exception as error:
        raise WeightsDamagedError(_name(folder, TOKENIZER), f"no tokenizer: {error}") from error


def _session(folder: Traversable, name: str, graph: Graph) -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    resource = folder.joinpath(name)
    if not resource.is_file():
        raise WeightsMissingError(_name(folder, name))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    with as_file(resource) as path:
        try:
            session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
            )
        except Exception as error:
            raise WeightsDamagedError(_name(folder, name), f"no graph that can be run: {error}") from error
    given = tuple(node.name for node in session.get_inputs())
    widths = {node.name: node.shape[-1] for node in session.get_outputs()}
    if given != graph.inputs or tuple(widths) != tuple(graph.outputs):
        raise WeightsDamagedError(
            _name(folder, name),
            f"it takes {', '.join(given)} and gives {', '.join(widths)}, not "
            f"{', '.join(graph.inputs)} and {', '.join(graph.outputs)}",
        )
    for output, width in graph.outputs.items():
        if width is not None and isinstance(widths[output], int) and widths[output] != width:
            raise WeightsDamagedError(
                _name(folder, name), f"its {output} has {widths[output]} labels and {LABELS} names {width}"
            )
    return session


def _parsed(folder: Traversable, name: str, parse: Callable[[bytes], _T], what: str) -> _T:
    content = _content(folder, name)
    try:
        return parse(content)
    except ValueError as error:
        raise WeightsDamagedError(_name(folder, name), f"no {what}: {error}") from error


def _checked(folder: Traversable, name: str, make: Callable[[], _T]) -> _T:
    try:
        return make()
    except KeyError as error:
        raise WeightsDamagedError(_name(folder, name), f"it has no {error}") from error
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        raise WeightsDamagedError(_name(folder, name), str(error)) from error


def _content(folder: Traversable, name: str) -> bytes:
    resource = folder.joinpath(name)
    if not resource.is_file():
        raise WeightsMissingError(_name(folder, name))
    return resource.read_bytes()


def _name(folder: Traversable, name: str) -> str:
    return f"{folder.name}/{name}"


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
