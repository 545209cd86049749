"""Rules and model as two readers: marked sentences, with a hand-made language that tells what the model would see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked_sentences import analysed
from peacetable.model import (
    Agreement,
    Commitment,
    Count,
    Cue,
    Expectation,
    Finding,
    Incident,
    Position,
    Proposal,
    Span,
    Statement,
    Talks,
)
from peacetable.reading import quantities, sentences
from peacetable.reading.analysis import Analysis, Mention
from peacetable.reading.language import EvidenceSpans, FillScores, Language
from peacetable.reading.second_reading import DOER, LEAST, MAKERS, SURE, sensed, weighed


def span(analysis: Analysis, quote: str) -> Span:
    start = analysis.text.index(quote)
    return Span(start, start + len(quote), quote)


def seen(
    analysis: Analysis,
    of: str,
    quote: str,
    *,
    score: float = 0.9,
    keys: Mapping[str, str] | None = None,
    roles: Mapping[str, Mapping[str, float]] | None = None,
    **values: str,
) -> EvidenceSpans:
    """What the model sees: a passage of a kind with its keys, how well mentions fill each role, and plain values."""
    fills = {}
    for role, scores in (roles or {}).items():
        ends = sorted((span(analysis, words).end, likely) for words, likely in scores.items())
        fills[role] = FillScores(tuple(end for end, _ in ends), tuple(likely for _, likely in ends))
    return EvidenceSpans(
        kind=of,
        span=span(analysis, quote),
        score=score,
        keys={name: (span(analysis, words),) for name, words in (keys or {}).items()},
        roles=fills,
        values={name: (value, 0.9) for name, value in values.items()},
    )


def model(*evidence: EvidenceSpans) -> Language:
    return Language("model", (), evidence=evidence)


def made(analysis: Analysis, *evidence: EvidenceSpans, found: tuple[Finding, ...] = ()) -> list[Finding]:
    return list(sensed(analysis, model(*evidence), found))


MARKED = "[The Front=front] is to give up its heavy guns to [the mission=mission] by 1 May."
ROLES = {"by": {"The Front": 2.0, "the mission": -2.0}, "to": {"The Front": -1.0, "the mission": 1.0}}


def owed(analysis: Analysis, **more: Any) -> EvidenceSpans:
    """A commitment that the model sees in MARKED."""
    given = {
        "score": 0.9, "keys": {"action": "give up its heavy guns"}, "roles": ROLES, "modality": "must", **more
    }  # fmt: skip
    return seen(analysis, "commitments", "The Front is to give up its heavy guns to the mission by 1 May", **given)


# What both see, and what the rules see alone.


@pytest.mark.parametrize(
    ("passage", "thin"),
    [
        ("The Front rejected the map", False),
        ("rejected the map", False),
        ("The Front rejected the map on Monday, and left", False),
        ("on Monday, and left", True),
    ],
)
def test_a_finding_is_thin_unless_the_model_sees_half_of_it(passage: str, thin: bool) -> None:
    analysis = analysed("[The Front=front] rejected the map on Monday, and left.")
    finding = Position(actor="front", stance="rejects", evidence=span(analysis, "The Front rejected the map"))
    (found,) = weighed(analysis, model(seen(analysis, "positions", passage)), [finding])
    assert found.thin is thin


def test_what_the_model_sees_of_another_kind_supports_nothing() -> None:
    analysis = analysed("[The Front=front] rejected the map.")
    finding = Position(actor="front", stance="rejects", evidence=span(analysis, "The Front rejected the map"))
    (found,) = weighed(analysis, model(seen(analysis, "incidents", "The Front rejected the map")), [finding])
    assert found.thin


def test_without_a_model_findings_stay_as_they_are() -> None:
    analysis = analysed("[The Front=front] rejected the map.")
    finding = Position(actor="front", stance="rejects", evidence=span(analysis, "The Front rejected the map"))
    assert list(weighed(analysis, Language("rules", ()), [finding])) == [finding]
    assert list(sensed(analysis, Language("rules", ()), [finding])) == []


@pytest.mark.parametrize(
    ("likely", "doers", "cues"), [(DOER + 0.1, ("front",), (Cue("model", "by"),)), (DOER - 0.1, (), ())]
)
def test_who_did_an_incident_is_taken_from_a_sure_model_where_the_rules_found_nobody(
    likely: float, doers: tuple[str, ...], cues: tuple[Cue, ...]
) -> None:
    analysis = analysed("Shells of [the Front=front] fell on the port.")
    where = "Shells of the Front fell on the port"
    passage = seen(analysis, "incidents", where, roles={"by": {"the Front": likely}})
    finding = Incident(type="shelling", evidence=span(analysis, where))
    (found,) = weighed(analysis, model(passage), [finding])
    assert (found.actors, found.cues) == (doers, cues)


def test_who_did_an_incident_by_the_rules_stays() -> None:
    analysis = analysed("[The army=army] says shells of [the Front=front] fell on the port.")
    where = "shells of the Front fell on the port"
    passage = seen(analysis, "incidents", where, roles={"by": {"The army": 5.0}})
    finding = Incident(type="shelling", actors=("front",), evidence=span(analysis, where))
    (found,) = weighed(analysis, model(passage), [finding])
    assert (found.actors, found.thin) == (("front",), False)


# What the model sees alone.


def test_a_passage_without_a_finding_gives_one_with_its_parts() -> None:
    analysis = analysed(MARKED)
    (found,) = made(analysis, owed(analysis))
    assert isinstance(found, Commitment)
    assert (found.actor, found.to, found.modality, found.action.quote) == (
        "front", "mission", "must", "give up its heavy guns"
    )  # fmt: skip
    assert found.due is not None
    assert found.due.edtf == "../2021-05-01"
    assert (found.condition, found.according_to) == (None, None)


def test_a_finding_names_the_model_and_how_sure_it_is() -> None:
    analysis = analysed(MARKED)
    (found,) = made(analysis, owed(analysis, score=0.876))
    assert found.cues == (Cue("model", "0.88"),)


@pytest.mark.parametrize(("score", "thin"), [(SURE, False), (SURE - 0.01, True)])
def test_a_finding_that_is_not_sure_is_thin(score: float, thin: bool) -> None:
    analysis = analysed(MARKED)
    (found,) = made(analysis, owed(analysis, score=score))
    assert found.thin is thin


def test_a_passage_that_is_hardly_seen_gives_nothing() -> None:
    analysis = analysed(MARKED)
    assert made(analysis, owed(analysis, score=LEAST["commitments"] - 0.01)) == []


@pytest.mark.parametrize(
    ("words", "count"), [("give up its heavy guns", 0), ("The Front is to", 0), (" 1 May.", 1)]
)  # fmt: skip
def test_a_passage_that_shares_half_of_a_finding_of_its_kind_gives_no_second_one(words: str, count: int) -> None:
    analysis = analysed(MARKED + " It will leave on 1 May.")
    start = analysis.text.rindex(words)
    there = Span(start, start + len(words), words)
    known = Commitment(actor="front", modality="must", action=there, evidence=there)
    assert len(made(analysis, owed(analysis), found=(known,))) == count


def test_a_finding_of_another_kind_at_the_same_place_hinders_none() -> None:
    analysis = analysed(MARKED)
    passage = owed(analysis)
    known = Position(actor="front", stance="offers", evidence=passage.span)
    assert len(made(analysis, passage, found=(known,))) == 1


def test_agreements_and_figures_are_left_to_the_rules() -> None:
    analysis = analysed("[The Front=front] signed the Lodar accord with 40 articles.")
    assert (
        made(analysis, seen(analysis, "agreements", "the Lodar accord"), seen(analysis, "figures", "40 articles")) == []
    )
    assert {"agreements", "figures"} & MAKERS.keys() == set()


# Who fills a role.


def test_the_mention_that_fills_a_role_best_does() -> None:
    analysis = analysed("[The Front=front] told [the army=army] that it must leave the hills.")
    passage = seen(
        analysis, "commitments", "it must leave the hills", keys={"action": "leave the hills"}, modality="must",
        roles={"by": {"The Front": 1.0, "the army": 3.0}},
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Commitment)
    assert found.actor == "army"


def test_a_mention_far_before_a_passage_fills_no_role() -> None:
    analysis = analysed("[The Front=front] came." + " Rain fell on the hills." * 30 + " They must leave the port.")
    passage = seen(
        analysis, "commitments", "They must leave the port", keys={"action": "leave the port"}, modality="must",
        roles={"by": {"The Front": 3.0}},
    )  # fmt: skip
    assert made(analysis, passage) == []


def test_of_mentions_that_end_together_the_longest_fills_the_role() -> None:
    analysis = analysed("[The women's wing of the Front=wing] met the elders in Lodar.")
    (outer,) = analysis.mentions
    inner = Mention(outer.end - len("the Front"), outer.end, "the Front", "name", "front")
    analysis = replace(analysis, mentions=(outer, inner))
    passage = seen(
        analysis, "talks", "The women's wing of the Front met the elders in Lodar",
        roles={"participants": {"the Front": 2.0}}, kind="meeting", status="held",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Talks)
    assert found.participants == ("wing",)


def test_whoever_speaks_has_promised_where_nobody_fills_the_role() -> None:
    analysis = analysed("[The envoy=envoy] said {envoy: the guns would be given up}.")
    passage = seen(
        analysis, "commitments", "the guns would be given up", keys={"action": "given up"}, modality="must",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Commitment)
    assert (found.actor, found.according_to, found.chain) == ("envoy", "envoy", ("envoy",))


def test_a_commitment_is_not_owed_to_who_owes_it() -> None:
    analysis = analysed(MARKED)
    (found,) = made(analysis, owed(analysis, roles={"by": {"The Front": 2.0}, "to": {"The Front": 2.0}}))
    assert isinstance(found, Commitment)
    assert found.to is None


# The kinds.


def test_a_statement_has_its_speaker_and_is_according_to_nobody() -> None:
    analysis = analysed("[The envoy=envoy] made it plain that the siege goes on.")
    passage = seen(
        analysis, "statements", "The envoy made it plain that the siege goes on",
        keys={"source": "The envoy", "cue": "made it plain", "content": "the siege goes on"},
        roles={"speaker": {"The envoy": 4.0}}, form="indirect",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Statement)
    assert (found.speaker, found.form, found.according_to) == ("envoy", "indirect", None)
    assert [part.quote for part in found.content] == ["the siege goes on"]
    assert (found.source, found.cue) == (span(analysis, "The envoy"), span(analysis, "made it plain"))


def test_a_position_has_its_actor_stance_and_issue() -> None:
    analysis = analysed("[The Front=front] has no liking for the map.")
    passage = seen(
        analysis, "positions", "The Front has no liking for the map", keys={"issue": "the map"},
        roles={"actor": {"The Front": 2.0}}, stance="opposes",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Position)
    assert (found.actor, found.stance, found.issue) == ("front", "opposes", span(analysis, "the map"))


def test_a_proposal_is_made_to_others_only() -> None:
    analysis = analysed("[The envoy=envoy] laid a map before [the Front=front] and [the army=army].")
    passage = seen(
        analysis, "proposals", "The envoy laid a map before the Front and the army", keys={"content": "a map"},
        roles={"by": {"The envoy": 3.0}, "to": {"The envoy": 1.0, "the Front": 2.0, "the army": 2.0}},
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Proposal)
    assert (found.actor, found.to, found.content.quote) == ("envoy", ("front", "army"), "a map")


def test_talks_have_their_participants_hosts_place_and_day() -> None:
    analysis = analysed("[The Front=front] and [the army=army] sat down in Lodar on 3 March as guests of [Norvania].")
    passage = seen(
        analysis, "talks", "The Front and the army sat down in Lodar on 3 March as guests of Norvania",
        roles={"participants": {"The Front": 2.0, "the army": 2.0}, "hosts": {"the army": 1.0, "Norvania": 2.0}},
        kind="negotiation", status="held",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Talks)
    assert (found.participants, found.hosts, found.place) == (("front", "army"), ("norvania",), "Lodar")
    assert found.date is not None
    assert (found.type, found.status, found.date.edtf) == ("negotiation", "held", "2021-03-03")


def test_an_incident_has_its_sides_and_its_toll() -> None:
    analysis = analysed("[The Front=front] fell upon [the army=army] in Lodar, and nine people were killed.")
    passage = seen(
        analysis, "incidents", "The Front fell upon the army in Lodar, and nine people were killed",
        roles={"by": {"The Front": 2.0}, "against": {"The Front": 1.0, "the army": 2.0}}, kind="attack",
        status="occurred",
    )  # fmt: skip
    (found,) = made(analysis, passage)
    assert isinstance(found, Incident)
    assert (found.actors, found.against, found.type, found.status) == (("front",), ("army",), "attack", "occurred")


def test_the_toll_of_an_incident_is_that_of_its_clause() -> None:
    text = "Nine people were killed near Lodar."
    analysis = analysed(text, quantities=quantities.quantities(text, sentences=sentences.split(text)[1], times=()))
    (found,) = made(
        analysis, seen(analysis, "incidents", "Nine people were killed near Lodar", kind="killing", status="occurred")
    )
    assert isinstance(found, Incident)
    assert (found.killed, found.injured, found.actors) == (Count(9, 9), None, ())


def test_an_expectation_without_a_holder_is_the_speakers() -> None:
    analysis = analysed("[The envoy=envoy] said {envoy: without rain the truce ends}.")
    passage = seen(
        analysis, "expectations", "without rain the truce ends", keys={"if": "without rain", "then": "the truce ends"}
    )
    (found,) = made(analysis, passage)
    assert isinstance(found, Expectation)
    assert (found.holder, found.condition, found.then) == (
        "envoy", span(analysis, "without rain"), span(analysis, "the truce ends")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("statements", {"form": "indirect"}),
        ("positions", {"stance": "supports"}),
        ("commitments", {"modality": "must"}),
        ("proposals", {}),
        ("talks", {"kind": "meeting", "status": "held"}),
        ("expectations", {}),
    ],
)
def test_a_passage_without_the_parts_that_a_finding_needs_gives_none(kind: str, values: dict[str, str]) -> None:
    analysis = analysed("Nobody knows what comes next.")
    told = EvidenceSpans(
        kind, span(analysis, "Nobody knows"), 0.9, {}, {}, {key: (v, 0.9) for key, v in values.items()}
    )
    assert made(analysis, told) == []


@given(st.sampled_from(sorted(MAKERS)), st.integers(0, 60), st.integers(1, 30), st.floats(-3, 3), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_whatever_the_model_sees_a_finding_rests_on_its_passage(
    kind: str, start: int, length: int, likely: float, score: float
) -> None:
    analysis = analysed("[The Front=front] told [the army=army] on Monday that nine guns would go to [Norvania].")
    passage = analysis.span(start, min(start + length, len(analysis.text)))
    ends = tuple(mention.end for mention in analysis.mentions)
    roles = dict.fromkeys(
        ("by", "to", "speaker", "actor", "participants", "hosts", "against", "holder"),
        FillScores(ends, (likely,) * len(ends)),
    )
    keys = dict.fromkeys(("action", "issue", "content", "then"), (passage,))
    values = {"stance": "supports", "modality": "must", "kind": "other", "status": "held", "form": "indirect"}
    told = EvidenceSpans(kind, passage, score, keys, roles, {name: (value, 0.9) for name, value in values.items()})
    for found in made(analysis, told):
        assert found.kind == kind
        assert found.evidence == passage
        assert score >= LEAST[kind]
        assert not isinstance(found, Agreement)
