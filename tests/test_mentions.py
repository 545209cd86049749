from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from factories import make_report
from peacetable.model import Actor
from peacetable.reading.analysis import Analysis
from peacetable.reading.engines import analyse

CASES = Path(__file__).parent / "cases" / "actors.txt"


@dataclass(frozen=True)
class Case:
    """A text, a name in it and what its actor must be."""

    text: str
    name: str
    kind: str
    fields: dict[str, str]

    def __str__(self) -> str:
        return f"{self.name} in {self.text[:50]}"


def cases() -> list[Case]:
    """The cases of tests/cases/actors.txt."""
    found = []
    for line in CASES.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, _, wanted = line.partition("=>")
            name, kind, *fields = (part.strip() for part in wanted.split(";"))
            found.append(Case(text.strip(), name, kind, dict(field.split(" ", 1) for field in fields)))
    return found


def actor(analysis: Analysis, name: str) -> Actor:
    """The one actor of a name."""
    (found,) = [actor for actor in analysis.actors if name in actor.aliases]
    return found


@pytest.mark.parametrize("case", cases(), ids=str)
def test_an_actor_is_known_as_marked(case: Case) -> None:
    analysis = analyse(make_report(case.text))
    found = actor(analysis, case.name)
    assert found.kind == case.kind
    if "country" in case.fields:
        assert found.country == case.fields["country"]
    if "role" in case.fields:
        assert found.role == case.fields["role"]
    if "same" in case.fields:
        assert case.fields["same"] in found.aliases
    if "part_of" in case.fields:
        assert found.part_of is not None
        assert case.fields["part_of"] in analysis.actor_by_id[found.part_of].aliases


def test_a_minister_speaks_for_the_state() -> None:
    analysis = analyse(make_report("Turkish Foreign Minister Jane Roe met Russia's envoy. Turkey hosts the talks."))
    minister = actor(analysis, "Jane Roe")
    assert minister.part_of == actor(analysis, "Turkey").id


def test_a_capital_where_something_happens_is_no_actor() -> None:
    analysis = analyse(make_report("Both sides met in Kabul."))
    assert not any("Kabul" in actor.aliases for actor in analysis.actors)


def test_a_mention_stands_where_it_says() -> None:
    analysis = analyse(make_report("The rebels' spokesman, Samuel Okoro, met Jane Roe. He said little."))
    for mention in analysis.mentions:
        assert analysis.text[mention.start : mention.end] == mention.text
        assert mention.actor is None or mention.actor in analysis.actor_by_id


def test_a_pronoun_goes_to_the_nearest_subject_that_fits() -> None:
    analysis = analyse(make_report("Spokeswoman Jane Roe met the rebels. She left on Monday."))
    she = next(mention for mention in analysis.mentions if mention.text == "She")
    assert she.actor == actor(analysis, "Jane Roe").id


def test_a_pronoun_that_fits_nobody_stays_open() -> None:
    analysis = analyse(make_report("He left on Monday."))
    assert [mention.actor for mention in analysis.mentions if mention.text == "He"] == [None]


def test_an_invented_state_is_a_state() -> None:
    analysis = analyse(make_report("Karvenia said the bridge was open. Two men died in Karvenia on Monday."))
    assert actor(analysis, "Karvenia").kind == "state"


def test_every_part_of_names_an_actor() -> None:
    text = "The army's spokesman, Colonel Amadou Bah, met UN envoy Jane Roe and the head of the Karu Front."
    analysis = analyse(make_report(text))
    ids = {actor.id for actor in analysis.actors}
    assert {actor.part_of for actor in analysis.actors if actor.part_of} <= ids
