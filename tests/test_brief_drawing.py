"""The timeline's picture: everything inside it, nothing over another, and what lies outside counted."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.model import When
from peacetable.views.brief.drawing import LETTER, Dot, Drawing, Mark, drawing

DAY = date(2021, 3, 18)


def dot(number: int, when: str, *, lane: str = "Talks", label: str = "talks") -> Dot:
    return Dot(number, lane, When(when), label, number)


def drawn(*dots: Dot, width: int = 920, labels: bool = True) -> Drawing:
    picture = drawing(dots, on=DAY, width=width, labels=labels)
    assert picture
    return picture


def covered(mark: Mark) -> tuple[float, float]:
    """From where to where a mark and the number beside it reach."""
    wide = LETTER * len(str(mark.dot.number))
    edge = mark.text + wide if mark.anchor == "start" else mark.text - wide
    return min(mark.left - 4, edge), max(mark.right + 4, edge)


def test_nothing_dated_gives_no_picture() -> None:
    assert drawing([], on=DAY, width=920, labels=True) is None


def test_a_day_is_a_point_and_a_month_is_a_bar() -> None:
    point, bar = drawn(dot(1, "2021-03-10"), dot(2, "2021-04")).marks
    assert point.left == point.right
    assert bar.left < bar.right


def test_a_deadline_is_open_to_the_left() -> None:
    (mark,) = drawn(dot(1, "../2021-05-01")).marks
    assert mark.open_left
    assert not mark.open_right


def test_what_is_long_past_is_counted_and_not_drawn() -> None:
    near = [dot(number, f"2021-03-{number:02}") for number in range(10, 20)]
    picture = drawn(dot(1, "1979"), *near)
    assert picture.before == 1
    assert len(picture.marks) == 10


def test_a_deadline_some_weeks_ahead_is_inside() -> None:
    near = [dot(number, f"2021-03-{number:02}") for number in range(10, 15)]
    assert drawn(*near, dot(20, "../2021-05-01")).after == 0


def test_the_first_and_the_last_year_that_there_are_can_be_drawn() -> None:
    assert drawing([dot(1, "0001"), dot(2, "9999")], on=None, width=920, labels=True)


moments = st.lists(
    st.tuples(st.integers(-400, 400), st.integers(0, 90), st.sampled_from(["Talks", "Deadlines"])),
    min_size=1,
    max_size=25,
)


@settings(max_examples=80, deadline=None)
@given(moments, st.sampled_from([(920, True), (358, False)]))
def test_marks_stay_inside_and_apart(given_moments: list[tuple[int, int, str]], size: tuple[int, bool]) -> None:
    dots = []
    for number, (offset, length, lane) in enumerate(given_moments, start=1):
        start = DAY + timedelta(days=offset)
        dots.append(dot(number, f"{start}/{start + timedelta(days=length)}", lane=lane))
    picture = drawn(*dots, width=size[0], labels=size[1])
    assert len(picture.marks) + picture.before + picture.after == len(dots)
    for mark in picture.marks:
        assert 0 <= mark.left <= mark.right <= picture.width
        assert 0 < mark.y < mark.text_y <= picture.height
        band = next(band for band in picture.lanes if band.name == mark.dot.lane)
        assert band.top < mark.y < band.bottom
    for one in picture.marks:
        for other in picture.marks:
            if one is not other and one.y == other.y:
                assert covered(one)[1] <= covered(other)[0] or covered(other)[1] <= covered(one)[0]
