"""Two invented reports, written for the tests of the brief, and how things stand after them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factories import make_reading, make_report
from fake_view import FakeView, actor
from peacetable import pipeline
from peacetable.ledger import Dispute, Side, Situation, View
from peacetable.model import Furniture, Problem, Span

FIRST = """\
Delegates of the Karsk government and the Orla Front signed the Lindholm Accord on Thursday.

Under the accord the Front must hand over its heavy weapons in July, and the government must open the valley road if \
the guns stay silent. "We shall keep our word," said Mira Tolan, who speaks for the Front.

The two sides are to meet again in Port Lind next week. Norway offered to pay for observers, and the government turned \
the offer down.

At least 14 villagers were killed when shells fell on Dunmere on Monday, the Red Lantern relief group said. "If the \
road stays shut, hunger will be back by autumn," it warned.

Share this story"""

SECOND = """\
The Front has until 15 July to give up its heavy guns, observers told this newspaper.

Talks opened in Port Lind on Wednesday and ended without a text.

A hospital list names 19 dead in the shelling of Dunmere.

Tolan now rejects the Norwegian observers, state radio quoted her as saying."""

PEOPLE = [
    actor("Karsk", "government", aliases=["Karsk government", "the government"]),
    actor("Front", "armed_group", aliases=["Orla Front", "the Front"]),
    actor("Tolan", "person", aliases=["Mira Tolan", "Tolan"], part_of="front", role="spokeswoman"),
    actor("Norway"),
    actor("Red Lantern", "organisation", id="lantern"),
    actor("observers", "unnamed"),
    actor("state radio", "media", id="radio"),
]
FIRST_FINDINGS: Mapping[str, Any] = {
    "actors": PEOPLE,
    "statements": [
        {
            "speaker": "tolan",
            "content": [{"quote": "We shall keep our word"}],
            "form": "direct",
            "evidence": {"quote": '"We shall keep our word," said Mira Tolan'},
        }
    ],
    "positions": [
        {
            "actor": "norway",
            "stance": "offers",
            "issue": {"quote": "pay for observers"},
            "evidence": {"quote": "Norway offered to pay for observers"},
        }
    ],
    "agreements": [
        {
            "name": {"quote": "Lindholm Accord"},
            "kind": "comprehensive",
            "parties": ["karsk", "front"],
            "date": "2022-06-02",
            "when": {"date": {"words": "Thursday", "rule": "weekday-before-publication", "anchor": "2022-06-03"}},
            "status": "signed",
            "evidence": {"quote": "signed the Lindholm Accord on Thursday"},
        }
    ],
    "commitments": [
        {
            "by": "front",
            "modality": "must",
            "action": {"quote": "hand over its heavy weapons"},
            "to": "karsk",
            "due": "2022-07",
            "under": 0,
            "evidence": {"quote": "the Front must hand over its heavy weapons in July"},
        },
        {
            "by": "karsk",
            "modality": "must",
            "action": {"quote": "open the valley road"},
            "condition": {"quote": "if the guns stay silent"},
            "under": 0,
            "thin": True,
            "evidence": {"quote": "the government must open the valley road if the guns stay silent"},
        },
    ],
    "proposals": [
        {
            "by": "norway",
            "content": {"quote": "pay for observers"},
            "to": ["karsk", "front"],
            "responses": [
                {"actor": "karsk", "stance": "rejects", "evidence": {"quote": "the government turned the offer down"}}
            ],
            "evidence": {"quote": "Norway offered to pay for observers"},
        }
    ],
    "talks": [
        {
            "kind": "negotiation",
            "participants": ["karsk", "front"],
            "place": "Port Lind",
            "date": "2022-06-06/2022-06-12",
            "when": {"date": {"words": "next week", "rule": "next-week", "anchor": "2022-06-03"}},
            "status": "planned",
            "evidence": {"quote": "The two sides are to meet again in Port Lind next week."},
        }
    ],
    "incidents": [
        {
            "kind": "shelling",
            "place": "Dunmere",
            "date": "2022-05-30",
            "killed": [14, None],
            "evidence": {"quote": "At least 14 villagers were killed when shells fell on Dunmere on Monday"},
            "according_to": "lantern",
        }
    ],
    "figures": [
        {
            "value": 14,
            "unit": "villagers",
            "approximate": True,
            "evidence": {"quote": "At least 14 villagers were killed"},
            "according_to": "lantern",
        }
    ],
    "expectations": [
        {
            "holder": "lantern",
            "if": {"quote": "the road stays shut"},
            "then": {"quote": "hunger will be back by autumn"},
            "evidence": {"quote": '"If the road stays shut, hunger will be back by autumn," it warned.'},
            "according_to": "lantern",
        }
    ],
}
SECOND_FINDINGS: Mapping[str, Any] = {
    "actors": PEOPLE,
    "positions": [
        {
            "actor": "tolan",
            "stance": "rejects",
            "issue": {"quote": "the Norwegian observers"},
            "evidence": {"quote": "Tolan now rejects the Norwegian observers"},
            "according_to": "tolan",
            "chain": ["tolan", "radio"],
        }
    ],
    "commitments": [
        {
            "by": "front",
            "modality": "must",
            "action": {"quote": "give up its heavy guns"},
            "due": "../2022-07-15",
            "evidence": {"quote": "The Front has until 15 July to give up its heavy guns"},
            "according_to": "observers",
        }
    ],
    "talks": [
        {
            "kind": "negotiation",
            "place": "Port Lind",
            "date": "2022-06-08",
            "status": "held",
            "outcome": {"quote": "without a text"},
            "evidence": {"quote": "Talks opened in Port Lind on Wednesday and ended without a text."},
        }
    ],
    "incidents": [
        {
            "kind": "shelling",
            "place": "Dunmere",
            "killed": [19, 19],
            "evidence": {"quote": "A hospital list names 19 dead in the shelling of Dunmere."},
        }
    ],
}


def situation() -> Situation:
    """How things stand after the two reports: one dispute, one refinement, one proposed join, one thin finding."""
    first = make_report(
        FIRST,
        published="2022-06-03",
        name="first",
        source="Northern Wire",
        title="A signature in Lindholm",
        url="https://wire.example/lindholm",
        furniture=(Furniture(Span.of(FIRST, FIRST.index("Share"), len(FIRST)), "share"),),
    )
    second = make_report(SECOND, published="2022-06-10", name="second", source="Harbour Post")
    readings = (make_reading(first, FIRST_FINDINGS), make_reading(second, SECOND_FINDINGS))
    joins: dict[str, Any] = {
        "same": {
            "commitments": [[("first", 0), ("second", 0)]],
            "incidents": [[("first", 0), ("second", 0)]],
        },
        "proposed": {"talks": [[("first", 0), ("second", 0)]]},
        "problems": [Problem("map.bin", "this is no text; save it as text, HTML or PDF")],
    }
    plain = FakeView(*readings, **joins)
    return pipeline.assess(FakeView(*readings, **joins, disputes=_disputes(plain)))


def situation_of(text: str, findings: Mapping[str, Any], **report: Any) -> Situation:
    """How things stand after one report."""
    return pipeline.assess(FakeView(make_reading(make_report(text, **report), findings)))


def _disputes(view: View) -> tuple[Dispute, ...]:
    shelling, weapons = view.entries("incidents")[0], view.entries("commitments")[0]
    return (
        Dispute(
            entry=shelling.id,
            about="incidents",
            field="killed",
            sides=(Side("14 or more", shelling.members[:1]), Side("19", shelling.members[1:])),
        ),
        Dispute(
            entry=weapons.id,
            about="commitments",
            field="due",
            sides=(Side("2022-07", weapons.members[:1]), Side("../2022-07-15", weapons.members[1:])),
            kind="refinement",
        ),
    )
