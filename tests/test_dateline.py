"""The line that says where and when a report was written, and days as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.intake.dateline import day_in_address, find_dateline
from peacetable.intake.days import read_day

PROSE = "The government and the rebels agreed on Friday to stop shooting, a spokesman told reporters in the capital.\n"


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("GENEVA, 3 May 2014 —", "Geneva", "2014-05-03"),
        ("PORT ELISE, Maravi, Sept. 4, 2011 (Example Wire) --", "Port Elise, Maravi", "2011-09-04"),
        ("Kuala Lumpur, 3rd September 2015:", "Kuala Lumpur", "2015-09-03"),
        ("RIVERTON/LAKESIDE, 20 August 2015 (Example) –", "Riverton/Lakeside", "2015-08-20"),
        ("LAKE CITY (October 2, 2024) —", "Lake City", "2024-10-02"),
        ("Muscat, 20 Ramadan 1444 / 11 April 2023 –", "Muscat", "2023-04-11"),
        ("UNITED NATIONS, 14 March 2007 -", "United Nations", "2007-03-14"),
        ("22 October 2021 –", None, "2021-10-22"),
    ],
)
def test_a_dateline_tells_place_and_day(opening: str, place: str | None, day: str) -> None:
    text = f"{opening} {PROSE}"
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.day, found.span.quote) == (place, day, opening)


@pytest.mark.parametrize(
    ("opening", "place", "words"),
    [
        ("MOSCOW, March 18 (Example Wire) -", "Moscow", "March 18"),
        ("Doha – September 10 (ENA) –", "Doha", "September 10"),
        ("MINSK. July 12 (Example) -", "Minsk", "July 12"),
        ("RIVERTON, November 5. /corr. Example/.", "Riverton", "November 5"),
        ("Managua, 8 Aug (Prensa Example).-", "Managua", "8 Aug"),
        ("Dimapur, August 19:", "Dimapur", "August 19"),
    ],
)
def test_a_year_that_the_dateline_does_not_name_stays_unknown(opening: str, place: str, words: str) -> None:
    found = find_dateline(f"{opening} {PROSE}")
    assert found is not None
    assert (found.place, found.day, found.words) == (place, None, words)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("MOSCOW:", "Moscow"),
        ("MANILA -", "Manila"),
        ("MEXICO CITY —", "Mexico City"),
        ("SAN JUAN DEL RIO, Colombia:", "San Juan del Rio, Colombia"),
        ("NAIROBI, Kenya (EXA) —", "Nairobi, Kenya"),
        ("Damascus, (EXA) -", "Damascus"),
    ],
)
def test_a_dateline_may_name_its_place_alone(opening: str, place: str) -> None:
    found = find_dateline(f"{opening} {PROSE}")
    assert found is not None
    assert (found.place, found.day, found.span.quote) == (place, None, opening)


@pytest.mark.parametrize("rest", ["President Ruiz — who had left —", "President Ruiz on May 3 —", "Rebels: they"])
def test_a_dateline_takes_no_word_of_the_report(rest: str) -> None:
    found = find_dateline(f"BOGOTA — {rest} {PROSE}")
    assert found is not None
    assert found.span.quote == "BOGOTA —"


@pytest.mark.parametrize(
    "text",
    [
        f"ANALYSIS: {PROSE}",
        f"UPDATE 1 - {PROSE}",
        f"SENIOR OFFICIAL: {PROSE}",
        f"FIRST SPEAKER: {PROSE}\nSECOND SPEAKER: {PROSE}",
        f"RIVERLAND: Truce holds. {PROSE}\nHIGHLAND: Talks stall. {PROSE}",
        f"TRUCE HOLDS IN NORVELA - SECOND DAY\n\n{PROSE}",
        f"REBELS SAY NO TO PLAN: {PROSE}",
        f"JOINT TEAM, PORT ELISE – FOR THE MEDIA\n\n{PROSE}",
        f"12 May 2014 – {PROSE}\n13 May 2014 – {PROSE}",
        f"AUGUST 1997: {PROSE}",
        f"On 19 December 2016 the council met. {PROSE}",
        PROSE,
        "",
    ],
)
def test_headlines_speakers_and_chronologies_are_no_datelines(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "Published 11 March 2024",
        "11 March 2024 | 3 min read",
        "By our desk | March 11, 2024 | Share",
        "Monday, March 11, 2024 | 16:40",
        "11.03.2024 - 14:22 | Font size: A- A+",
    ],
)
def test_a_full_date_over_the_report_is_its_day(line: str) -> None:
    found = find_dateline(f"Truce holds\n\n{line}\n\n{PROSE}")
    assert found is not None
    assert (found.place, found.day) == (None, "2024-03-11")


def test_the_date_over_the_report_gives_the_dateline_its_year() -> None:
    found = find_dateline(f"Published 19 March 2021\n\nMOSCOW, March 18 (Example Wire) - {PROSE}")
    assert found is not None
    assert (found.place, found.day) == ("Moscow", "2021-03-19")


def test_when_a_page_was_changed_is_not_when_it_was_published() -> None:
    assert find_dateline(f"Last updated 11 March 2024, 10:00\n\n{PROSE}") is None


def test_a_dateline_stands_at_the_top() -> None:
    assert find_dateline(PROSE * 2 + f"\nMOSCOW, March 18, 2021 - {PROSE}") is None


@given(st.text(st.sampled_from("ABC ab,.:-–—()/|1234\nMarch MOSCOW")))
@settings(max_examples=200, deadline=None)
def test_a_dateline_quotes_the_text_to_the_letter(text: str) -> None:
    found = find_dateline(text + "\n" + PROSE)
    if found:
        assert (text + "\n" + PROSE)[found.span.start : found.span.end] == found.span.quote != ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-12", "2021-03-12"),
        ("2021-03-12T23:30:00-05:00", "2021-03-12"),
        ("2021/3/12 10:00", "2021-03-12"),
        ("20210312", "2021-03-12"),
        ("12 March 2021", "2021-03-12"),
        ("the 12th of March 2021", "2021-03-12"),
        ("Fri, 12 Mar 2021 10:15:00 +0000", "2021-03-12"),
        ("Friday, March 12, 2021 at 10:15 GMT", "2021-03-12"),
        ("Sept. 4, 2011", "2011-09-04"),
        ("12.03.2021", "2021-03-12"),
        ("25/03/2021", "2021-03-25"),
        ("03/25/2021", "2021-03-25"),
        ("03/03/2021", "2021-03-03"),
        ("2021-03", "2021-03"),
        ("March 2021", "2021-03"),
        ("2021", "2021"),
    ],
)
def test_a_written_day_is_read_as_exactly_as_it_is_written(text: str, day: str) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "03/04/2021", "2021-02-30", "31 April 2021", "March 12", "12", "2021-13-01", "May", "x" * 500],
)
def test_what_cannot_be_read_without_guessing_is_no_day(text: str) -> None:
    assert read_day(text) is None


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_day_or_none(text: str) -> None:
    day = read_day(text)
    assert day is None or len(day) in (4, 7, 10)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2021/03/12/truce", "2021-03-12"),
        ("https://example.org/news/2021-03-12-truce.html", "2021-03-12"),
        ("https://example.org/truce-20210312.html", "2021-03-12"),
        ("https://example.org/2021/mar/12/truce", "2021-03-12"),
        ("https://example.org/2021/03/truce", "2021-03"),
        ("https://example.org/2021/03/12/20210312.html", "2021-03-12"),
        ("https://example.org/2021/03/12/what-happened-on-2019-01-01", None),
        ("https://example.org/story/120210312999", None),
        ("https://2021-03-12.example.org/truce", None),
        ("https://example.org/2021/13/45/truce", None),
    ],
)
def test_an_address_may_tell_the_day(url: str, day: str | None) -> None:
    assert day_in_address(url) == day
