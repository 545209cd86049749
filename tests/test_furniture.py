"""What belongs to the site is marked to the letter, and no sentence of a report is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.intake.furniture import find_furniture

SENTENCE = "The rebels said on Friday that they would open the roads to the valley within ten days."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("[ad_1]", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("[Advertisement]", "advert"),
        ("Comments are closed.", "comments"),
        ("Leave a comment", "comments"),
        ("Comments (31)", "comments"),
        ("Accessibility links", "accessibility"),
        ("Skip to main content", "accessibility"),
        ("Share this", "share"),
        ("Share on Facebook", "share"),
        ("Copy link", "share"),
        ("Email", "share"),
        ("Share on Facebook | Tweet | WhatsApp (214 shares)", "share"),
        ("Read more: Who are the guards?", "related"),
        ("Related articles", "related"),
        ("More on this story", "related"),
        ("Sign up for our newsletter", "subscription"),
        ("Subscribe", "subscription"),
        ("Image caption: Aid workers at the river", "caption"),
        ("Image caption, Aid workers at the river", "caption"),
        ("FILE PHOTO: Aid workers at the river", "caption"),
        ("[Photo: Aid workers at the river. A. Ruiz/Example]", "caption"),
        ("Aid workers at the river (Photo by Ana Ruiz)", "caption"),
        ("Ana Ruiz/Getty Images", "caption"),
        ("By Jane Doe", "byline"),
        ("By Jane Doe and Li Wen in Port Elise", "byline"),
        ("From our correspondent in Port Elise", "byline"),
        ("Reporting by Jane Doe; Editing by Li Wen", "byline"),
        ("(Reporting by Jane Doe; Editing by Li Wen)", "byline"),
        ("© 2021 Example Wire", "copyright"),
        ("Copyright 2021 Example Wire. All rights reserved.", "copyright"),
        ("Home > World > Africa", "navigation"),
        ("Last updated: 6 July 2001, 17:05 GMT", "timestamp"),
        ("- ENDS -", "endmark"),
    ],
)
def test_a_line_of_the_site_is_marked(line: str, kind: str) -> None:
    text = f"{SENTENCE}\n\n  {line}  \n\n{SENTENCE}"
    (found,) = find_furniture(text)
    assert (found.span.quote, found.kind) == (line, kind)
    assert text[found.span.start : found.span.end] == line


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        "Share prices fell after the talks broke down.",
        "By Friday the guns had fallen silent.",
        "By the river, the guns had fallen silent",
        "Comments by the minister drew protests.",
        "(c) neither Party shall move its guns;",
        "Copyright was not on the table, the minister said.",
        "Related violence killed nine people in the valley.",
        "Watch towers were taken down.",
        "More on this was to be said on Friday, the mediators promised.",
        "Email messages between the two sides were published on Friday.",
        "Photographs showed the guns by the river.",
        "Subscribe to the truce or leave, the mediators told the rebels.",
        "The minister told the Getty family that the images were false.",
        "Reporting by the mission found no guns; the rebels agreed.",
        "“Advertisement for war,” the minister called it.",
    ],
)
def test_a_sentence_of_the_report_is_never_marked(line: str) -> None:
    assert find_furniture(f"{SENTENCE}\n{line}\n{SENTENCE}") == ()


def test_a_credit_at_the_end_of_a_paragraph_is_marked_alone() -> None:
    (found,) = find_furniture(f"{SENTENCE} (Reporting by Jane Doe; Editing by Li Wen)")
    assert found.span.quote == "(Reporting by Jane Doe; Editing by Li Wen)"


def test_headlines_under_a_heading_for_other_stories_are_marked_with_it() -> None:
    text = f"{SENTENCE}\n\nMore on this story\nWho are the guards?\n• Guards agree to talk\n\n{SENTENCE}"
    quotes = [item.span.quote for item in find_furniture(text)]
    assert quotes == ["More on this story", "Who are the guards?", "• Guards agree to talk"]


def test_header_lines_are_furniture() -> None:
    (found,) = find_furniture(f"Title: Truce\n\n{SENTENCE}", header=12)
    assert (found.span.quote, found.kind) == ("Title: Truce", "header")


@given(
    st.lists(
        st.sampled_from(["Share", "[ad_1]", SENTENCE, "", " | ", "Comments are closed.", "\r", "More on this story"])
    )
)
@settings(max_examples=100, deadline=None)
def test_marks_stand_in_order_apart_and_to_the_letter(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = find_furniture(text)
    assert all(text[item.span.start : item.span.end] == item.span.quote != "" for item in found)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
