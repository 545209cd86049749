"""The brief as a page of text: what it shows, where each cell leads, and what it keeps out."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from brief_reports import FIRST, SECOND, situation, situation_of
from factories import make_reading, make_report
from fake_view import FakeView, actor
from pages import section, seen, words
from peacetable import pipeline
from peacetable.ledger import Judgement, Place, Reason
from peacetable.views.brief import ground
from peacetable.views.brief.cells import Row
from peacetable.views.brief.page import render, web_address
from peacetable.views.brief.pairing import Item, arranged

GOLDEN = Path(__file__).parent / "golden" / "brief.html"


def without_assets(page: str) -> str:
    """The page without its style, its script and their fingerprints, which say nothing about a situation."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-...", page)


def test_the_page_is_the_golden_one() -> None:
    page = without_assets(render(situation()))
    if os.environ.get("PEACETABLE_UPDATE_GOLDEN"):
        GOLDEN.write_text(page, "utf-8")
    assert page == GOLDEN.read_text("utf-8"), (
        "the brief has changed: look at it, and if it is better, run this test once with PEACETABLE_UPDATE_GOLDEN=1"
    )


def test_the_same_situation_gives_the_same_page() -> None:
    assert render(situation(), full_text=True) == render(situation(), full_text=True)


# Where cells lead.


def test_every_cell_leads_to_a_passage_on_the_page() -> None:
    page = seen(render(situation()))
    assert len(page.cells) > 40
    for text, references in page.cells:
        assert text
        assert references, f"the cell {text!r} leads nowhere"
    assert {reference.removeprefix("#") for reference in page.references} <= set(page.ids)


def test_no_two_things_on_the_page_share_an_id() -> None:
    ids = seen(render(situation(), full_text=True)).ids
    assert len(ids) == len(set(ids))


def test_every_passage_stands_in_its_report_to_the_letter() -> None:
    page = render(situation())
    marked = seen(page).marked
    assert len(marked) == page.count('<li id="p')
    for quote in marked:
        assert quote in FIRST or quote in SECOND
    paragraphs = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    for paragraph in paragraphs:
        shown = "".join(re.split(r"</?mark>", paragraph)).replace("&#34;", '"').replace("&#39;", "'")
        assert shown in FIRST or shown in SECOND


def test_every_passage_leads_back_to_where_it_is_first_used() -> None:
    page = seen(render(situation()))
    back = [link["href"] for link in page.links if link.get("class") == "back"]
    assert back
    assert {href.removeprefix("#") for href in back} <= set(page.ids)


# What sections say.


def test_a_commitment_stands_under_who_owes_it_with_both_dates_and_its_status() -> None:
    owed = words(section(render(situation()), "owed"))
    assert owed.index("Front") < owed.index("hand over its heavy weapons")
    assert "July 2022" in owed
    assert "by 15 July 2022" in owed
    assert "pending" in owed


def test_the_three_voices_are_told_in_words() -> None:
    page = words(section(render(situation()), "ground") + section(render(situation()), "owed"))
    assert "says Red Lantern" in page
    assert "in its own voice, 10 June 2022" in page
    assert "worked out: pending" in page


def test_a_relayed_word_names_the_relay() -> None:
    assert "says Tolan, relayed by state radio" in words(section(render(situation()), "stands"))


def test_a_speaker_stands_under_the_party_that_is_spoken_for() -> None:
    stands = section(render(situation()), "stands")
    assert "<h3><bdi>Front</bdi></h3>" in stands
    assert "<h3><bdi>Tolan</bdi></h3>" not in stands


def test_thin_support_is_marked_and_not_hidden() -> None:
    owed = words(section(render(situation()), "owed"))
    assert "open the valley road" in owed
    assert "needs a look" in owed


def test_values_that_differ_stand_side_by_side() -> None:
    ground_section = words(section(render(situation()), "ground"))
    assert "14 or more dead" in ground_section
    assert "19 dead" in ground_section
    assert "16" not in re.findall(r"\d+ dead", ground_section)


def test_an_answer_to_a_proposal_cites_the_words_of_the_answer() -> None:
    page = render(situation())
    answer = re.search(r'href="#(p\d+)"[^>]*><bdi>Karsk rejects', section(page, "offers"))
    assert answer
    note = re.search(rf'<li id="{answer[1]}".*?</li>', page, re.DOTALL)
    assert note
    assert "<mark>the government turned the offer down</mark>" in note[0]


def test_two_things_that_may_be_one_stand_together_under_the_reason() -> None:
    talks = words(section(render(situation()), "meetings"))
    assert "Proposed to be one, because:" in talks
    assert "Not decided: both stand." in talks
    between = talks[talks.index("Proposed to be one") :]
    assert between.index("planned") < between.index("held")


def test_what_speaks_for_a_proposal_and_what_against_it_is_told() -> None:
    view = situation().view
    one, other = view.entries("talks")
    link = Judgement(
        left=one.latest.place,
        right=other.latest.place,
        verdict="unsure",
        score=0.6,
        reasons=(
            Reason("same_name", (("name", "Port Lind"),), weight=1.0),
            Reason("similar_name", (("left", "here"), ("right", "there")), weight=-0.5),
        ),
    )
    items = [Item(partial(Row, ()), entry=replace(entry, proposed=(link,))) for entry in (one, other)]
    (group,), left = arranged(items, most=10)
    assert group.bundles[0].because == ("Both are called Port Lind.",)
    assert group.bundles[0].against == ("The names are alike: here and there.",)
    assert left == 0


def test_a_proposal_about_something_that_is_not_shown_stands_alone() -> None:
    entry = situation().view.entries("agreements")[0]
    link = Judgement(left=entry.latest.place, right=Place("elsewhere", 0, 5, "agreements"), verdict="unsure", score=0.6)
    (group,), _ = arranged([Item(partial(Row, ()), entry=replace(entry, proposed=(link,)))], most=10)
    assert group.bundles[0].because == ()


def test_disputes_and_refinements_name_every_value_with_its_report() -> None:
    told = words(section(render(situation()), "differences"))
    assert re.search(r"14 or more.{0,20}Northern Wire, 3 June 2022", told)
    assert re.search(r"19.{0,20}Harbour Post, 10 June 2022", told)
    assert "July 2022" in told
    assert "by 15 July 2022" in told


def test_what_could_not_be_read_is_named() -> None:
    assert "not read map.bin : this is no text" in words(section(render(situation()), "made-of"))


def test_a_long_section_is_cut_and_counts_what_it_leaves_out() -> None:
    text = "\n\n".join(f"Shells fell on village {number}." for number in range(35))
    incidents = [
        {"kind": "shelling", "evidence": {"quote": f"Shells fell on village {number}."}} for number in range(35)
    ]
    page = render(situation_of(text, {"incidents": incidents}))
    assert section(page, "ground").count('class="row') == ground.MOST
    assert "Left out here: 5 earlier incidents." in words(section(page, "ground"))
    assert "5 earlier incidents" in words(section(page, "made-of"))


def test_a_report_of_unknown_day_gives_a_brief_without_a_day() -> None:
    page = render(situation_of("The army left.", {}, published=None))
    assert "<h1>How things stand</h1>" in page
    assert "day not known" in page


def test_nothing_at_all_gives_a_page_that_says_so() -> None:
    page = render(pipeline.assess(FakeView()))
    assert "No report was taken in." in page
    assert "No commitment was found in these reports." in page


def test_reprints_of_one_story_are_told_as_one_origin() -> None:
    readings = [
        make_reading(make_report("The army left.", name=name, source=source), {})
        for name, source in (("a", "Wire A"), ("b", "Wire B"))
    ]

    class Reprinted(FakeView):
        def origins(self) -> list[tuple[str, ...]]:
            return [tuple(report.id for report in self.reports())]

    made_of = words(section(render(pipeline.assess(Reprinted(*readings))), "made-of"))
    assert "same story as Wire B" in made_of


def test_reprints_by_one_outlet_are_told_apart_by_their_names() -> None:
    readings = [
        make_reading(make_report(f"The army left{mark}", name=name, source="Wire A"), {})
        for name, mark in (("first", "."), ("second", "!"))
    ]

    class Reprinted(FakeView):
        def origins(self) -> list[tuple[str, ...]]:
            return [tuple(report.id for report in self.reports())]

    made_of = words(section(render(pipeline.assess(Reprinted(*readings))), "made-of"))
    assert "same story as Wire A (second)" in made_of


def test_versions_of_one_page_say_which_replaced_which() -> None:
    readings = [
        make_reading(make_report(text, name=text, published=day, url=f"https://example.org/page{mark}"), {})
        for text, day, mark in (("Talks go on.", "2021-03-12", ""), ("Talks stall.", "2021-03-14", "/?utm_source=x"))
    ]
    made_of = words(section(render(pipeline.assess(FakeView(*readings))), "made-of"))
    assert "an earlier version of the page; replaced by that of 14 March 2021" in made_of
    assert "a later version of the page; replaces that of 12 March 2021" in made_of


def test_a_report_in_another_language_tells_it_by_its_name() -> None:
    reading = make_reading(make_report("Une trêve.", language="fr"), {})
    assert "in French" in words(section(render(pipeline.assess(FakeView(reading))), "made-of"))


def test_where_the_day_of_a_report_is_not_known_a_deadline_without_a_date_says_so() -> None:
    text = "Arland must leave by Friday."
    findings = {
        "actors": [{"id": "a", "name": "Arland", "kind": "state"}],
        "commitments": [
            {"by": "a", "modality": "must", "action": {"quote": "leave by Friday"}, "evidence": {"quote": text}}
        ],
    }
    for day, told in ((None, True), ("2021-03-12", False)):
        page = render(situation_of(text, findings, published=day))
        assert ("open: the report’s own day is not known" in section(page, "owed")) is told


# What is kept out.


def test_the_policy_allows_this_style_and_this_script_and_nothing_from_elsewhere() -> None:
    page = render(situation())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    assert rules.startswith("default-src 'none';")
    assert "unsafe" not in rules
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert content
        fingerprint = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{fingerprint}'" in rules


def test_the_page_fetches_nothing_and_links_only_to_the_web_and_to_itself() -> None:
    page = seen(render(situation(), full_text=True))
    assert page.sources == []
    for link in page.links:
        assert link["href"].startswith(("#", "https://wire.example/"))
        if not link["href"].startswith("#"):
            assert link["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", " https://a.example", "https://", "file:///etc",
     "https://a.example/\nx", "//a.example", "http://[", None],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_no_link(url: str | None) -> None:
    assert web_address(url) == ""


def test_markup_of_a_report_is_shown_as_text() -> None:
    text = 'He said "</blockquote><script>alert(1)</script>" & left <b>at once</b>.'
    findings = {
        "actors": [actor("<i>X</i>", id="x")],
        "positions": [{"actor": "x", "stance": "supports", "evidence": {"quote": text}}],
    }
    page = render(
        situation_of(text, findings, title="<script>1</script>", source='"><img src=x>', url="javascript:alert(1)"),
        full_text=True,
    )
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "<i>X" not in page
    assert seen(page).marked[0] == text


def test_half_a_character_does_not_break_the_page() -> None:
    assert "Half ?" in render(situation_of("The army left.", {}, title="Half \ud800"))


def test_whole_reports_are_given_only_when_asked_for() -> None:
    assert "Share this story" not in render(situation())
    whole = render(situation(), full_text=True)
    assert '<span class="furniture">Share this story</span>' in whole
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', whole, re.DOTALL)
    assert text
    assert re.sub(r"<a .*?</a>|</?span[^>]*>", "", text[1]).replace("&#34;", '"') == FIRST


def test_a_brief_of_two_reports_is_small() -> None:
    assert len(render(situation()).encode()) < 120_000


# What matters on the day.


def promised(number: int, due: str | None, modality: str = "must") -> dict[str, object]:
    quote = f"Duty {number} stands."
    return {"by": "x", "modality": modality, "action": {"quote": quote}, "due": due, "evidence": {"quote": quote}}


def test_the_dates_nearest_to_the_day_come_first_and_what_is_over_last() -> None:
    duties = [
        promised(1, "2021-12-01"),
        promised(2, "2001-01-01"),
        promised(3, "2021-03-15"),
        promised(4, "2021-03-10"),
        promised(5, "2021-03-11", "must_not"),
        promised(6, None),
    ]
    text = " ".join(f"Duty {number} stands." for number in range(1, 7))
    shown = situation_of(text, {"actors": [actor("X")], "commitments": duties}, published="2021-03-12")
    owed = words(section(render(shown), "owed"))
    order = re.findall(r"must(?: not)? Duty (\d)", owed)
    assert order[:4] == ["4", "3", "1", "2"]
    assert set(order[4:]) == {"5", "6"}
    glance = words(section(render(shown), "glance"))
    assert re.findall(r"Duty (\d)", glance) == ["4", "3", "1"]


def test_talks_whose_date_is_past_are_not_ahead() -> None:
    text = "They meet in May. They were to meet in January."
    talks = [
        {"kind": "meeting", "place": place, "date": when, "status": "planned", "evidence": {"quote": quote}}
        for place, when, quote in (
            ("Oslo", "2021-05", "They meet in May."),
            ("Rome", "2021-01", "They were to meet in January."),
        )
    ]
    glance = words(section(render(situation_of(text, {"talks": talks}, published="2021-03-12")), "glance"))
    assert "Oslo" in glance
    assert "Rome" not in glance
