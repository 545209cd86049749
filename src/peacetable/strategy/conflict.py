"""The model of a conflict: decision makers, their options, which states can be, and who prefers what.

The Graph Model for Conflict Resolution in option form (Howard 1971; Fang, Hipel & Kilgour 1993). A state is a set of
options taken, written as the sum of 2^option (its decimal); the feasible states are numbered from 1 in that order.
Indistinguishable states can be told to be one, arcs can be added and taken away, and every element may carry the
passages that it rests on. `conflict_file` reads and writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from peacetable.errors import PeacetableError
from peacetable.strategy.formulas import And, Formula, Taken, holds, to_text
from peacetable.strategy.statespace import MOST_OPTIONS, MOST_STATES, OverflowingError, contradiction, enumerate_states

Direction = Literal["both", "fwd", "back"]
Rule = Literal["exclusive", "at_least_one", "requires", "alike"]


class ConflictError(PeacetableError):
    """A model of a conflict cannot be used as it stands."""


class TooLargeError(ConflictError):
    """A model needs more than is spent on one: refused before the work begins."""


class NoFeasibleStateError(ConflictError):
    """Every state is ruled out."""

    def __init__(self, because: Sequence[str]) -> None:
        told = "; ".join(because)
        super().__init__(
            f"no state is feasible: these rule out everything between them: {told}. Take one of them out, or turn it "
            "round: infeasible patterns say what can NOT be."
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an element rests on: the report, its words and where they stand."""

    report: str
    quote: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that a decision maker may do.

    Attributes:
        id: the name used in formulas: letters, digits, hyphens.
        name: in words.
        direction: "both" ways, "fwd" only taken up, "back" only dropped.
    """

    id: str
    name: str
    direction: Direction = "both"
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Preference by statements, the most important first: score = sum of 2^(k-j) over the true ones (Peng 1999).

    Attributes:
        uncertain: the places (from 0) of statements that robustness analysis leaves out in turn.
    """

    statements: tuple[Formula, ...]
    uncertain: frozenset[int] = frozenset()
    sources: tuple[tuple[Source, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Preference by option weights: the sum of the weights of the options taken."""

    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Preference by direct ranking of states (decimals), best first, ties as one level.

    Attributes:
        strong: the places (from 0) of levels that are much preferred to all levels after them.
    """

    levels: tuple[tuple[int, ...], ...]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Preference pair by pair, so that some may be unknown and the rest need not be transitive.

    Attributes:
        better, much_better: (preferred, other) decimals; whatever pair is neither here nor in `equal` is unknown.
        equal: pairs between which the decision maker is indifferent.
        intransitive: cycles are meant; otherwise one is taken for a mistake.
    """

    better: frozenset[tuple[int, int]]
    equal: frozenset[tuple[int, int]] = frozenset()
    much_better: frozenset[tuple[int, int]] = frozenset()
    intransitive: bool = False


@dataclass(frozen=True, slots=True)
class Degrees:
    """Fuzzy or probabilistic preference: how far the first state of a pair is preferred to the second.

    Attributes:
        degrees: (first, second, degree in [0, 1]); the reverse is 1 less the degree unless it is given too; a pair that
            is not given at all has 0.5 both ways.
        threshold: of fuzzy degrees, what a degree less its reverse has to reach to be an improvement (Hipel, Kilgour &
            Bashar 2011); of probabilities, what has to be exceeded (Rego & dos Santos 2015).
        kind: how the degrees are meant.
        deterrent: of probabilities, what a state's chance to be preferred may not exceed for it to deter; the
            threshold where nothing is said.
    """

    degrees: tuple[tuple[int, int, float], ...]
    threshold: float = 1.0
    kind: Literal["fuzzy", "probability"] = "fuzzy"
    deterrent: float | None = None


Preference = Statements | Weights | Ranking | Pairwise | Degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMaker:
    """Somebody who can change the state.

    Attributes:
        options: the numbers of its options.
        preference: how it ranks the states; None while nobody has said.
        overlooks: states that it does not see as possible: it solves the model without them (hypergame).
        perceived: what it believes the others prefer, by their place, where it is mistaken.
        attitudes: towards each decision maker by place: +1 devoting, 0 indifferent, -1 aggressive (Inohara, Hipel &
            Walker 2007); empty for the usual: devoted to itself, indifferent to others.
        preference_sources: what the preference as a whole rests on (statements have their own, too).
    """

    id: str
    name: str
    options: tuple[int, ...]
    preference: Preference | None = None
    overlooks: tuple[Formula, ...] = ()
    perceived: tuple[tuple[int, Preference], ...] = ()
    attitudes: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()
    preference_sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """A move that the options do not give (`add`), or that they give and that cannot be made (not `add`)."""

    decision_maker: int
    before: int
    after: int
    add: bool = True
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A model: what `solve` and the analyses work on. Immutable; a what-if is another model.

    Attributes:
        infeasible: what can not be; a state that satisfies any of them is left out.
        exclusive: sets of options of which at most one is taken.
        at_least_one: sets of options of which at least one is taken.
        requires: pairs (a, b): a only if b.
        alike: the states that satisfy one of these are one state (its lowest decimal stands for it).
        arcs: moves added or taken away.
        coalitions: decision makers that act together, by their places.
        status_quo: the decimal of the present state.
        infeasible_sources: what each infeasible pattern rests on, in their order.
        rule_sources: what sets, dependences and likenesses rest on: the attribute, the place in it, the passages.
    """

    title: str
    options: tuple[Option, ...]
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Formula, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    at_least_one: tuple[tuple[int, ...], ...] = ()
    requires: tuple[tuple[int, int], ...] = ()
    alike: tuple[Formula, ...] = ()
    arcs: tuple[Arc, ...] = ()
    coalitions: tuple[tuple[int, ...], ...] = ()
    status_quo: int | None = None
    infeasible_sources: tuple[tuple[Source, ...], ...] = ()
    rule_sources: tuple[tuple[Rule, int, tuple[Source, ...]], ...] = ()

    def __post_init__(self) -> None:
        owned: dict[int, str] = {}
        for maker in self.decision_makers:
            for option in maker.options:
                if not 0 <= option < len(self.options):
                    raise ConflictError(
                        f"{maker.name}: option {option + 1} does not exist; there are {len(self.options)}"
                    )
                if option in owned:
                    raise ConflictError(
                        f"the option {self.options[option].id!r} belongs to {owned[option]} and to {maker.name}: "
                        "give each its own"
                    )
                owned[option] = maker.name
        orphans = [option.id for number, option in enumerate(self.options) if number not in owned]
        if orphans:
            raise ConflictError(f"nobody owns the option {orphans[0]!r}: list it under a decision maker")

    @cached_property
    def states(self) -> NDArray[np.int64]:
        """The decimals of the feasible states, in order; what is alike is there once.

        Raises:
            TooLargeError, NoFeasibleStateError: there are too many or none.
        """
        return self._enumerated[0]

    @cached_property
    def merged(self) -> dict[int, int]:
        """For each feasible decimal that another stands for, that other."""
        return self._enumerated[1]

    @cached_property
    def _enumerated(self) -> tuple[NDArray[np.int64], dict[int, int]]:
        impossible = self.impossible
        try:
            if len(self.options) > MOST_OPTIONS:
                raise OverflowingError(0, 1)
            states = enumerate_states(len(self.options), impossible)
        except OverflowingError as error:
            raise self._too_large(error) from error
        if not len(states):
            names = {number: option.id for number, option in enumerate(self.options)}
            culprits = contradiction(len(self.options), impossible)
            raise NoFeasibleStateError([to_text(impossible[place], names) for place in culprits])
        merged: dict[int, int] = {}
        for formula in self.alike:
            group = states[holds(formula, states)]
            merged.update({int(other): int(group[0]) for other in group[1:]})
        if merged:
            states = states[~np.isin(states, list(merged))]
        states.flags.writeable = False
        return states, merged

    def _too_large(self, error: OverflowingError) -> TooLargeError:
        most = error.states * 2 ** (len(self.options) - error.options)
        return TooLargeError(
            f"the model has {len(self.options)} options and up to {most:,} states, which need about "
            f"{max(1, round(most * 250 / 1e9)):,} GB; at most {MOST_STATES:,} states are enumerated (and at most "
            f"{MOST_OPTIONS} options). Make it smaller: leave out options that everybody treats alike, make one option "
            "of those that are always taken together, or tell which patterns cannot be."
        )

    @cached_property
    def impossible(self) -> tuple[Formula, ...]:
        """Everything that rules states out, as formulas of what cannot be."""
        pairs = [(a, b) for group in self.exclusive for place, a in enumerate(group) for b in group[place + 1 :]]
        return (
            *self.infeasible,
            *(And((Taken(first), Taken(second))) for first, second in pairs),
            *(And(tuple(Taken(option, value=False) for option in group)) for group in self.at_least_one),
            *(And((Taken(first), Taken(second, value=False))) for first, second in self.requires),
        )

    @property
    def plain(self) -> bool:
        """Are the moves just the options', with nothing merged, added or taken away?"""
        return not self.alike and not self.arcs

    def number(self, decimal: int) -> int:
        """The number of a feasible state, from 1.

        Raises:
            ConflictError: the state is not feasible.
        """
        decimal = self.merged.get(decimal, decimal)
        place = int(np.searchsorted(self.states, decimal))
        if place == len(self.states) or self.states[place] != decimal:
            raise ConflictError(f"the state {self.yn(decimal)} ({decimal}) is not feasible in this model")
        return place + 1

    def yn(self, decimal: int) -> str:
        """A state as Y and N, one mark an option in order."""
        return "".join("Y" if decimal >> option & 1 else "N" for option in range(len(self.options)))

    def owner(self, option: int) -> int:
        """Whose option it is, by place among the decision makers."""
        return next(place for place, maker in enumerate(self.decision_makers) if option in maker.options)

    def mask(self, maker: int) -> int:
        """The options of a decision maker as one number."""
        return mask_of(self.decision_makers[maker].options)


def mask_of(options: Sequence[int]) -> int:
    """Options as a number: the sum of 2^option."""
    return sum(1 << option for option in options)
