"""Expressions that count from another date of the text, because they say so.

"Two days after the 12 March meeting", "within 14 months of 29 February 2020", "an accord of May 2019 that collapsed two
months later", "from 12 to 20 April". What says nothing of the kind is left as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from peacetable.model import When
from peacetable.reading import calendar_rules as rules
from peacetable.reading.analysis import TimeExpression
from peacetable.reading.time_meaning import Relative
from peacetable.reading.time_words import Word

#: How many words may lie between an expression and the date that it counts from, for each sentence that may.
FAR: Final = 60
#: Marks between which a sentence stands.
_ENDS: Final = (".", "?", "!")


class Found(NamedTuple):
    """An expression at words `first` to `last` (not included), and how it counts from another one, if it does."""

    first: int
    last: int
    expression: TimeExpression
    relative: Relative | None


def anchored(row: Sequence[Word], found: Sequence[Found]) -> tuple[TimeExpression, ...]:
    """The expressions of a text, those that count from another one worked out.

    Args:
        row: the words of the text.
        found: its expressions, in order.
    """
    done: list[TimeExpression] = []
    for place, one in enumerate(found):
        expression = one.expression
        following = found[place + 1] if place + 1 < len(found) else None
        if one.relative is not None:
            expression = _related(row, found, done, place)
        elif expression.type == "DURATION" and expression.when is None:
            expression = _tied(row, one.last, expression, following)
        elif place and expression.function == "plain" and row[one.first - 1].text == "to":
            before = found[place - 1]
            if before.last == one.first - 1 and done[-1].function == "since":
                expression = replace(expression, function="until")
        done.append(expression)
    return tuple(done)


def length_of(timex: str | None) -> tuple[float, str] | None:
    """A TimeML length as a count and a unit, where it is one of each."""
    if not timex or not timex.startswith("P"):
        return None
    prefix = "T" if timex.startswith("PT") else ""
    number, unit = timex[1 + len(prefix) : -1], timex[-1]
    try:
        return float(number), prefix + unit
    except ValueError:
        return None


def _related(row: Sequence[Word], found: Sequence[Found], done: Sequence[TimeExpression], place: int) -> TimeExpression:
    """ "Two months later", "the following year", "a year earlier": counted from the date before it in its sentence."""
    one = found[place]
    expression, relative = one.expression, one.relative
    if relative is None:
        return expression
    for earlier in range(place - 1, -1, -1):
        last = found[earlier].last
        if one.first - last > FAR * (1 + relative.reach) or _sentences_between(row, last, one.first) > relative.reach:
            break
        anchor = done[earlier]
        if anchor.when is None or anchor.type not in ("DATE", "TIME") or anchor.timex is None:
            continue
        if relative.unit == "Q" and "-Q" not in anchor.timex:
            continue
        if relative.only_quarters and "-Q" not in anchor.timex:
            continue
        period = _counted_from(anchor, relative)
        if period is not None:
            rule = f"{relative.count:+g} {relative.unit} from {anchor.when.edtf}"
            when = When(period.edtf, words=expression.text, rule=rule, anchor=anchor.when.edtf)
            return replace(expression, when=when, timex=period.timex)
    return expression


def _counted_from(anchor: TimeExpression, relative: Relative) -> rules.Period | None:
    period = rules.period_of(anchor.timex or "")
    if period is None:
        return None
    if relative.whole:
        return rules.unit_period(period.first, int(relative.count), relative.unit)
    return rules.shifted(period, relative.count, relative.unit)


def _sentences_between(row: Sequence[Word], first: int, last: int) -> int:
    """How many sentences end between two words; a paragraph's end counts for many."""
    return sum(99 if word.code == "\n" and "\n" in word.text else word.text in _ENDS for word in row[first:last])


def _tied(row: Sequence[Word], last: int, expression: TimeExpression, following: Found | None) -> TimeExpression:
    """A length that counts from an event; dated where that is itself a date of the text."""
    link = row[last].text if last < len(row) else ""
    within = expression.function == "deadline"
    if link not in ("of", "from", "after", "before", "following") or (link in ("of", "from") and not within):
        return expression
    length = length_of(expression.timex)
    event = replace(expression, rule=f"{expression.timex} {link} an event")
    if length is None or following is None or following.expression.when is None or following.first - last > 2:
        return event
    if following.first - last == 2 and row[last + 1].text not in ("the", "its", "their"):
        return event
    anchor = following.expression.when
    if anchor.day is None:
        return replace(expression, rule=f"{expression.timex} {link} {anchor.edtf}")
    end = rules.shift(anchor.day, length[0] * (-1 if link == "before" else 1), length[1])
    if end is None:
        return expression
    text = f"../{end.isoformat()}" if within else end.isoformat()
    rule = f"{'within ' if within else ''}{expression.timex} {link} {anchor.edtf}"
    return replace(expression, when=When(text, words=expression.text, rule=rule, anchor=anchor.edtf), rule=rule)
