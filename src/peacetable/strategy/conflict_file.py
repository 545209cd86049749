"""The model as people write it: YAML (or JSON) in, YAML out, with a version (its schema: `conflict_schema`).

See docs/reference/conflict-file.md for the format. Options are named in formulas by their ids; a state is written as Y
and N, one mark an option in the order of the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast, get_args

import yaml

from peacetable.strategy import formulas, preferences
from peacetable.strategy.conflict import (
    Arc,
    Conflict,
    DecisionMaker,
    Degrees,
    Direction,
    Option,
    Pairwise,
    Preference,
    Ranking,
    Rule,
    Source,
    Statements,
    Weights,
)
from peacetable.strategy.conflict_nodes import Node, document
from peacetable.strategy.conflict_schema import schema as schema
from peacetable.strategy.formulas import Formula, FormulaError

VERSION: Final = 1
ROOT: Final = (
    "peacetable-conflict", "title", "decision-makers", "order", "infeasible", "exclusive", "at-least-one", "requires",
    "alike", "arcs", "coalitions", "status-quo",
)  # fmt: skip
MAKER: Final = ("id", "name", "options", "passages", "preference-passages", "overlooks", "attitudes", "believes")
RULES: Final[tuple[Rule, ...]] = ("exclusive", "at_least_one", "requires", "alike")
PREFERENCE: Final = ("prefers", "weights", "ranking", "pairs", "degrees")
ID: Final = re.compile(r"[^\W\d]\w*(?:-\w+)*")
RESERVED: Final = {"and", "or", "not", "if", "iff", "always", "never"}


def load(text: str, *, where: str = "model") -> Conflict:
    """A model out of its text.

    Args:
        text: YAML, or JSON.
        where: the file's name, for messages.

    Raises:
        FileError: naming the line and what was expected.
        ConflictError: the parts do not make a model.
    """
    root = document(text.replace("\t", " ") if text.lstrip().startswith("{") else text, where)
    parts = root.mapping(ROOT)
    for key in ("peacetable-conflict", "decision-makers"):
        if key not in parts:
            raise root.fail(f"{key!r} is missing")
    if parts["peacetable-conflict"].number() != VERSION:
        raise parts["peacetable-conflict"].fail(
            f"this is version {parts['peacetable-conflict'].text()}; known is {VERSION}"
        )
    reader = _Reader(parts["decision-makers"], parts.get("order"))
    makers = reader.makers()
    infeasible = tuple(reader.sourced(node) for node in _list(parts.get("infeasible")))
    return Conflict(
        title=parts["title"].text() if "title" in parts else "",
        options=tuple(reader.options),
        decision_makers=makers,
        infeasible=tuple(formula for formula, _ in infeasible),
        infeasible_sources=tuple(sources for _, sources in infeasible),
        exclusive=tuple(reader.group(_inner(node)) for node in _list(parts.get("exclusive"))),
        at_least_one=tuple(reader.group(_inner(node)) for node in _list(parts.get("at-least-one"))),
        requires=tuple(reader.pair(_inner(node)) for node in _list(parts.get("requires"))),
        alike=tuple(reader.sourced(node)[0] for node in _list(parts.get("alike"))),
        rule_sources=tuple(
            (rule, place, sources)
            for rule in RULES
            for place, node in enumerate(_list(parts.get(rule.replace("_", "-"))))
            if node.is_mapping and (sources := _sources(dict(node.items()).get("passages")))
        ),
        arcs=tuple(reader.arc(node) for node in _list(parts.get("arcs"))),
        coalitions=tuple(reader.coalition(node) for node in _list(parts.get("coalitions"))),
        status_quo=reader.state(parts["status-quo"]) if "status-quo" in parts else None,
    )


class _Reader:
    """Reads the parts of one document; the options must be known before any formula."""

    def __init__(self, makers: Node, order: Node | None) -> None:
        self.nodes = [(node, node.mapping((*MAKER, *PREFERENCE))) for node in makers.items_of_list()]
        if not self.nodes:
            raise makers.fail("there is no decision maker: list one at least")
        self.options: list[Option] = []
        self.owned: list[tuple[int, ...]] = []
        self.ids: dict[str, int] = {}
        self.maker_ids: dict[str, int] = {}
        for place, (node, parts) in enumerate(self.nodes):
            self.maker_ids[self._id(node, parts, self.maker_ids)] = place
            first = len(self.options)
            for option in _list(parts.get("options")):
                self._option(option)
            self.owned.append(tuple(range(first, len(self.options))))
        if order is not None:
            self._put_in_order(order)

    def _put_in_order(self, node: Node) -> None:
        """Number the options as the file says, where those of several decision makers take turns."""
        wanted = self.group(node)
        missing = set(range(len(self.options))) - set(wanted)
        if missing or len(wanted) != len(self.options):
            name = self.options[min(missing)].id if missing else self.options[_twice(wanted)].id
            raise node.fail(f"the order names every option once; look at {name!r}")
        number = {old: new for new, old in enumerate(wanted)}
        self.options = [self.options[old] for old in wanted]
        self.owned = [tuple(number[old] for old in owned) for owned in self.owned]
        self.ids = {option.id: place for place, option in enumerate(self.options)}

    def _id(self, node: Node, parts: Mapping[str, Node], taken: Mapping[str, int]) -> str:
        if "id" not in parts:
            raise node.fail("'id' is missing")
        name = parts["id"].text().lower()
        if not ID.fullmatch(name) or name in RESERVED:
            raise parts["id"].fail(f"{name!r} is no id: begin with a letter, go on with letters, digits and hyphens")
        if name in taken:
            raise parts["id"].fail(f"the id {name!r} is taken: choose another")
        return name

    def _option(self, node: Node) -> None:
        parts = node.mapping(("id", "name", "direction", "passages"))
        name = self._id(node, parts, self.ids)
        direction = parts["direction"].choice(get_args(Direction)) if "direction" in parts else "both"
        self.ids[name] = len(self.options)
        self.options.append(
            Option(
                id=name,
                name=parts["name"].text() if "name" in parts else name,
                direction=cast(Direction, direction),
                sources=_sources(parts.get("passages")),
            )
        )

    def makers(self) -> tuple[DecisionMaker, ...]:
        return tuple(self._maker(place) for place in range(len(self.nodes)))

    def _maker(self, place: int) -> DecisionMaker:
        node, parts = self.nodes[place]
        believes = []
        for who, belief in parts["believes"].items() if "believes" in parts else ():
            preference = self._preference(belief, belief.mapping(PREFERENCE))
            if preference is None:
                raise belief.fail(f"expected one of {', '.join(PREFERENCE)}")
            believes.append((self._maker_place(belief, who), preference))
        attitudes = tuple(part.whole() for part in _list(parts.get("attitudes")))
        if attitudes and (len(attitudes) != len(self.nodes) or set(attitudes) - {-1, 0, 1}):
            raise parts["attitudes"].fail(f"expected {len(self.nodes)} numbers, each 1, 0 or -1")
        name = parts["id"].text().lower()
        return DecisionMaker(
            id=name,
            name=parts["name"].text() if "name" in parts else name,
            options=self.owned[place],
            preference=self._preference(node, parts),
            overlooks=tuple(self.formula(part) for part in _list(parts.get("overlooks"))),
            perceived=tuple(believes),
            attitudes=attitudes,
            sources=_sources(parts.get("passages")),
            preference_sources=_sources(parts.get("preference-passages")),
        )

    def _maker_place(self, node: Node, name: str) -> int:
        if name.lower() not in self.maker_ids:
            raise node.fail(f"there is no decision maker {name!r}; known are {', '.join(self.maker_ids)}")
        return self.maker_ids[name.lower()]

    def _preference(self, node: Node, parts: Mapping[str, Node]) -> Preference | None:
        given = [key for key in PREFERENCE if key in parts]
        if len(given) > 1:
            raise parts[given[1]].fail(f"preference is told by {given[0]!r} already: keep one of the two")
        if not given:
            return None
        part = parts[given[0]]
        read: dict[str, Callable[[Node], Preference]] = {
            "prefers": self._statements,
            "weights": self._weights,
            "ranking": self._ranking,
            "pairs": self._pairs,
            "degrees": self._degrees,
        }
        return read[given[0]](part)

    def _statements(self, node: Node) -> Statements:
        statements, sources, uncertain = [], [], set()
        for number, part in enumerate(node.items_of_list()):
            formula, found = self.sourced(part)
            statements.append(formula)
            sources.append(found)
            if part.is_mapping and any(key == "uncertain" and value.truth() for key, value in part.items()):
                uncertain.add(number)
        return Statements(tuple(statements), frozenset(uncertain), tuple(sources))

    def _weights(self, node: Node) -> Weights:
        return Weights(tuple((self._number_of(part, key), part.number()) for key, part in node.items()))

    def _ranking(self, node: Node) -> Ranking:
        levels: list[tuple[int, ...]] = []
        strong = set()
        ranked: set[int] = set()
        for part in node.items_of_list():
            if not part.is_list and part.text() == ">>":
                if not levels:
                    raise part.fail("'>>' stands between two levels: what is before it is much preferred")
                strong.add(len(levels) - 1)
            else:
                states = list(part.items_of_list()) if part.is_list else [part]
                for state in states:
                    if self.state(state) in ranked:
                        raise state.fail(f"the state {state.text().upper()} is ranked already: keep one place for it")
                    ranked.add(self.state(state))
                levels.append(tuple(self.state(state) for state in states))
        return Ranking(tuple(levels), frozenset(strong))

    def _pairs(self, node: Node) -> Pairwise:
        parts = node.mapping(("better", "equal", "much-better", "intransitive"))
        better, equal, much_better = (
            frozenset(self._two_states(pair) for pair in _list(parts.get(key)))
            for key in ("better", "equal", "much-better")
        )
        meant = parts["intransitive"].truth() if "intransitive" in parts else False
        preference = Pairwise(better, equal, much_better, meant)
        circle = () if meant else preferences.cycle(preference)
        if circle:
            raise node.fail(preferences.cycle_told(self.yn, circle))
        return preference

    def yn(self, decimal: int) -> str:
        """A state as Y and N."""
        return "".join("Y" if decimal >> option & 1 else "N" for option in range(len(self.options)))

    def _two_states(self, node: Node) -> tuple[int, int]:
        parts = list(node.items_of_list())
        if len(parts) != 2:
            raise node.fail(f"expected two states, found {len(parts)}")
        return self.state(parts[0]), self.state(parts[1])

    def _degrees(self, node: Node) -> Degrees:
        parts = node.mapping(("pairs", "threshold", "kind", "deterrent"))
        degrees = []
        for part in _list(parts.get("pairs")):
            three = list(part.items_of_list())
            if len(three) != 3 or not 0 <= three[2].number() <= 1:
                raise part.fail("expected two states and a degree from 0 to 1")
            degrees.append((self.state(three[0]), self.state(three[1]), three[2].number()))
        kind = parts["kind"].choice(("fuzzy", "probability")) if "kind" in parts else "fuzzy"
        return Degrees(
            tuple(degrees),
            parts["threshold"].number() if "threshold" in parts else (1.0 if kind == "fuzzy" else 0.5),
            "fuzzy" if kind == "fuzzy" else "probability",
            parts["deterrent"].number() if "deterrent" in parts else None,
        )

    def formula(self, node: Node) -> Formula:
        """A statement, as text."""
        try:
            return formulas.parse(node.text(), self.ids)
        except FormulaError as error:
            raise node.fail(str(error)) from error

    def sourced(self, node: Node) -> tuple[Formula, tuple[Source, ...]]:
        """A statement as text, or as a mapping with its passages."""
        if not node.is_mapping:
            return self.formula(node), ()
        parts = node.mapping(("statement", "passages", "uncertain"))
        if "statement" not in parts:
            raise node.fail("'statement' is missing")
        return self.formula(parts["statement"]), _sources(parts.get("passages"))

    def state(self, node: Node) -> int:
        """A state as Y and N, one mark an option."""
        text = node.text().upper()
        if len(text) != len(self.options) or set(text) - {"Y", "N"}:
            raise node.fail(
                f"{text!r} is no state: write one Y (taken) or N (not taken) for each of the {len(self.options)} "
                f"options, in the order {', '.join(self.ids)}"
            )
        return sum(1 << number for number, mark in enumerate(text) if mark == "Y")

    def _number_of(self, node: Node, name: str) -> int:
        if name.lower() not in self.ids:
            raise node.fail(f"there is no option {name!r}; known are {', '.join(self.ids)}")
        return self.ids[name.lower()]

    def group(self, node: Node) -> tuple[int, ...]:
        """Some options."""
        return tuple(self._number_of(part, part.text()) for part in node.items_of_list())

    def pair(self, node: Node) -> tuple[int, int]:
        """An option and the one that it requires."""
        group = self.group(node)
        if len(group) != 2:
            raise node.fail(f"expected two options (the first only with the second), found {len(group)}")
        return group[0], group[1]

    def coalition(self, node: Node) -> tuple[int, ...]:
        """Some decision makers."""
        return tuple(self._maker_place(part, part.text()) for part in node.items_of_list())

    def arc(self, node: Node) -> Arc:
        """A move that is added or taken away."""
        parts = node.mapping(("by", "from", "to", "add", "passages"))
        missing = [key for key in ("by", "from", "to") if key not in parts]
        if missing:
            raise node.fail(f"{missing[0]!r} is missing")
        return Arc(
            self._maker_place(parts["by"], parts["by"].text()),
            self.state(parts["from"]),
            self.state(parts["to"]),
            parts["add"].truth() if "add" in parts else True,
            _sources(parts.get("passages")),
        )


def dump(conflict: Conflict) -> str:
    """A model as YAML that `load` reads back to an equal one."""
    names = {number: option.id for number, option in enumerate(conflict.options)}
    data: dict[str, Any] = {"peacetable-conflict": VERSION, "title": conflict.title}
    data["decision-makers"] = [_maker_out(conflict, maker, names) for maker in conflict.decision_makers]
    told = [option for maker in conflict.decision_makers for option in maker.options]
    if told != sorted(told):
        data["order"] = [option.id for option in conflict.options]
    sources = conflict.infeasible_sources or ((),) * len(conflict.infeasible)
    rests: defaultdict[tuple[Rule, int], tuple[Source, ...]] = defaultdict(tuple)
    rests.update({(rule, place): found for rule, place, found in conflict.rule_sources})
    lists = {
        "infeasible": [
            _statement_out(formula, names, found) for formula, found in zip(conflict.infeasible, sources, strict=True)
        ],
        "exclusive": [_group_out(names, group, rests["exclusive", at]) for at, group in enumerate(conflict.exclusive)],
        "at-least-one": [
            _group_out(names, group, rests["at_least_one", at]) for at, group in enumerate(conflict.at_least_one)
        ],
        "requires": [_group_out(names, pair, rests["requires", at]) for at, pair in enumerate(conflict.requires)],
        "alike": [_statement_out(formula, names, rests["alike", at]) for at, formula in enumerate(conflict.alike)],
        "arcs": [
            {
                "by": conflict.decision_makers[arc.decision_maker].id,
                "from": conflict.yn(arc.before),
                "to": conflict.yn(arc.after),
                "add": arc.add,
                **_passages_out(arc.sources),
            }
            for arc in conflict.arcs
        ],
        "coalitions": [[conflict.decision_makers[place].id for place in group] for group in conflict.coalitions],
    }
    data.update({key: value for key, value in lists.items() if value})
    if conflict.status_quo is not None:
        data["status-quo"] = conflict.yn(conflict.status_quo)
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def _maker_out(conflict: Conflict, maker: DecisionMaker, names: Mapping[int, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": maker.id, "name": maker.name, "options": []}
    for option in (conflict.options[number] for number in maker.options):
        out: dict[str, Any] = {"id": option.id, "name": option.name}
        if option.direction != "both":
            out["direction"] = option.direction
        data["options"].append({**out, **_passages_out(option.sources)})
    if maker.preference is not None:
        data.update(_preference_out(conflict, maker.preference, names))
    if maker.overlooks:
        data["overlooks"] = [formulas.to_text(formula, names) for formula in maker.overlooks]
    if maker.attitudes:
        data["attitudes"] = list(maker.attitudes)
    if maker.perceived:
        data["believes"] = {
            conflict.decision_makers[place].id: _preference_out(conflict, preference, names)
            for place, preference in maker.perceived
        }
    because = _passages_out(maker.preference_sources)
    if because:
        data["preference-passages"] = because["passages"]
    return {**data, **_passages_out(maker.sources)}


def _preference_out(conflict: Conflict, preference: Preference, names: Mapping[int, str]) -> dict[str, Any]:
    yn = conflict.yn
    match preference:
        case Statements(statements, uncertain, sources):
            found = sources or ((),) * len(statements)
            return {
                "prefers": [
                    _statement_out(formula, names, found[number], uncertain=number in uncertain)
                    for number, formula in enumerate(statements)
                ]
            }
        case Weights(weights):
            return {"weights": {names[option]: weight for option, weight in weights}}
        case Ranking(levels, strong):
            out: list[Any] = []
            for number, level in enumerate(levels):
                out.append(yn(level[0]) if len(level) == 1 else [yn(decimal) for decimal in level])
                if number in strong:
                    out.append(">>")
            return {"ranking": out}
        case Pairwise(better, equal, much_better, intransitive):
            pairs = {"better": better, "equal": equal, "much-better": much_better}
            told = {key: [[yn(a), yn(b)] for a, b in sorted(value)] for key, value in pairs.items() if value}
            return {"pairs": {**told, **({"intransitive": True} if intransitive else {})}}
        case Degrees(degrees, threshold, kind, deterrent):
            told_degrees = {"pairs": [[yn(a), yn(b), value] for a, b, value in degrees], "threshold": threshold}
            optional = {"kind": kind, **({} if deterrent is None else {"deterrent": deterrent})}
            return {"degrees": {**told_degrees, **(optional if kind == "probability" else {})}}


def _statement_out(
    formula: Formula, names: Mapping[int, str], sources: Sequence[Source], *, uncertain: bool = False
) -> str | dict[str, Any]:
    text = formulas.to_text(formula, names)
    if not sources and not uncertain:
        return text
    return {"statement": text, **({"uncertain": True} if uncertain else {}), **_passages_out(sources)}


def _group_out(names: Mapping[int, str], group: Sequence[int], sources: Sequence[Source]) -> list[str] | dict[str, Any]:
    options = [names[option] for option in group]
    return {"options": options, **_passages_out(sources)} if sources else options


def _passages_out(sources: Sequence[Source]) -> dict[str, Any]:
    passages = [
        {
            key: value
            for key, value in zip(("report", "quote", "start", "end"), _fields(source), strict=True)
            if value is not None
        }
        for source in sources
    ]
    return {"passages": passages} if passages else {}


def _fields(source: Source) -> tuple[str, str, int | None, int | None]:
    return source.report, source.quote, source.start, source.end


def _sources(node: Node | None) -> tuple[Source, ...]:
    sources = []
    for part in _list(node):
        parts = part.mapping(("report", "quote", "start", "end"))
        for key in ("report", "quote"):
            if key not in parts:
                raise part.fail(f"{key!r} is missing: a passage names its report and quotes it")
        at = [parts[key].whole() if key in parts else None for key in ("start", "end")]
        sources.append(Source(parts["report"].text(), parts["quote"].text(), at[0], at[1]))
    return tuple(sources)


def _inner(node: Node) -> Node:
    """The options of a rule that is told as a mapping with its passages."""
    if not node.is_mapping:
        return node
    parts = node.mapping(("options", "passages"))
    if "options" not in parts:
        raise node.fail("'options' is missing")
    return parts["options"]


def _twice(numbers: Sequence[int]) -> int:
    return next(number for number in numbers if list(numbers).count(number) > 1)


def _list(node: Node | None) -> Sequence[Node]:
    return tuple(node.items_of_list()) if node is not None else ()
