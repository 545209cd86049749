"""Units counted from now, lengths of time, and how often: "last week", "two years ago", "90 days", "every Friday"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from peacetable.reading import calendar_rules as rules
from peacetable.reading.time_meaning import ELSEWHERE, Kept, Meaning, Reader, Relative, Setting, counted, dated, step_of
from peacetable.reading.time_words import Word

#: Units that TimeML writes as another one: a fortnight is two weeks.
AS_OTHER: Final = {
    "F": ("W", 2),
    "E": ("Y", 10),
    "C": ("Y", 100),
    "L": ("Y", 1000),
    "Q": ("M", 3),
    "H": ("M", 6),
    "WE": ("W", 1),
}
UNKNOWN: Final = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
}
UNIT_NAMES: Final = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "E": "decade",
    "C": "century",
}
_AGO: Final = {"ago": -1, "earlier": -1, "later": 1, "hence": 1}


def _unit(kept: Kept, setting: Setting) -> Meaning | None:
    unit, rel = kept["unit"].mark, kept["rel"]
    if unit not in UNKNOWN or setting.after() in ("-", "old") or setting.before() == "once":
        return None
    bare = rel.code == "h"
    if rel.text == "next" and unit == "D" and setting.row[setting.first].code == "h":
        return Meaning("DATE", UNKNOWN[unit], relative=Relative(1, "D", whole=True))
    if bare and not {"edge", "mod", "mid"} & kept.keys() and not _bare_here(kept, setting):
        return None
    step = 0 if bare else step_of(rel)
    if rel.text in ELSEWHERE:
        count = {"following": 1, "previous": -1, "preceding": -1}.get(rel.text, 0)
        return Meaning("DATE", UNKNOWN[unit], relative=Relative(count, unit, whole=True, reach=1))
    if bare and unit == "Q":
        return replace(_bare_quarter(kept, setting), relative=Relative(0, "Q", whole=True, reach=8))
    if setting.published is None or step is None:
        return Meaning("DATE", UNKNOWN[unit])
    if unit == "WE":
        return _weekend(step, kept, setting)
    if rel.text == "coming" and unit == "W":
        step = 1
    if rel.text == "past" and unit in ("Y", "M", "W", "D", "E", "C"):
        return _past_unit(unit, kept, setting)
    if rel.text == "latest":
        step = -1
    found = rules.unit_period(setting.published, step, unit)
    rule = f"{('last', 'this', 'next')[step + 1]}-{UNIT_NAMES[unit]}"
    return dated(counted(found, rule, setting), kept, unknown=UNKNOWN[unit])


def _bare_quarter(kept: Kept, setting: Setting) -> Meaning:
    """ "The quarter": the one that the text spoke of last, else the last one that is over."""
    back = -1 if setting.tense != "future" else 0
    found = rules.unit_period(setting.published, back, "Q") if setting.published else None
    return dated(counted(found, "last-quarter" if back else "this-quarter", setting), kept, unknown="XXXX-QX")


def _bare_here(kept: Kept, setting: Setting) -> bool:
    """ "The week" alone is a date where it is an adverb or a subject, not in "the year of the attack"."""
    article = setting.row[setting.first]
    if article.text != "the":
        return False
    if kept["unit"].mark == "D":
        return False
    return setting.after() not in ("of", "when", "in", "that", "that", "after", "before")


def _weekend(step: int, kept: Kept, setting: Setting) -> Meaning | None:
    """ "The weekend" is the last one in the past tense, the coming one otherwise."""
    published = setting.published
    if published is None:
        return None
    if step == 0:
        # On Saturday and Sunday it is the weekend; in the week the tense tells.
        back = published.isoweekday() < 6 and setting.tense in ("past", "unknown") and setting.before() not in ("this",)
        if kept["rel"].code == "d":
            back = published.isoweekday() < 3 and setting.tense == "past"
        step = -1 if back else 0
        rule = "weekend-before-publication" if back else "weekend-of-this-week"
    else:
        rule = "weekend-of-last-week" if step < 0 else "weekend-of-next-week"
    return dated(counted(rules.unit_period(published, step, "WE"), rule, setting), kept)


def _past_unit(unit: str, kept: Kept, setting: Setting) -> Meaning | None:
    """ "The past year": the year up to publication; TimeML gives it the value of the unit before."""
    if setting.published is None:
        return None
    begin = rules.shift(setting.published, -1, unit)
    before = rules.unit_period(setting.published, -1, unit)
    if begin is None or before is None:
        return None
    period = replace(rules.days_period(begin, setting.published), timex=before.timex)
    return dated(counted(_grained(period, unit), f"past-{UNIT_NAMES[unit]}", setting), kept)


def _grained(period: rules.Period, unit: str) -> rules.Period:
    """A period written no finer than the unit that it was counted in."""
    size = {"Y": 4, "E": 4, "C": 4, "M": 7, "Q": 7, "H": 7}.get(unit, 10)
    first, last = period.first.isoformat()[:size], period.last.isoformat()[:size]
    return replace(period, edtf=f"{first}/{last}" if first != last else first)


# A count of units before or after now.


def _amount(kept: Kept) -> float | None:
    """The number of units; None where nobody gave one."""
    if "vague" in kept:
        return 2 if kept["vague"].text == "couple" else 12 if kept["vague"].text == "dozen" else None
    number = kept.get("num")
    half = 0.5 if "half" in kept else 0.0
    if number is None or number.code in "du":
        return None
    if number.code == "A":
        return (half or 1.0) if "half" not in kept or kept["half"].start < number.start else 1.0 + half
    return number.value + half


def _ago(kept: Kept, setting: Setting) -> Meaning | None:
    word = kept["ago"].text
    if word not in _AGO:
        return None
    unit, count = kept["unit"].mark, _amount(kept)
    if "num" not in kept and "vague" not in kept and kept["unit"].code in "uy":
        count = 1.0
    if "quarter" in kept and kept["quarter"].mark != "Q":
        return None
    if count is None or (kept["unit"].code == "U" and "num" not in kept and "vague" not in kept):
        return Meaning("DATE", "PAST_REF" if _AGO[word] < 0 else "FUTURE_REF")
    base, factor = AS_OTHER.get(unit, (unit, 1)) if unit not in ("Q",) else (unit, 1)
    if word != "ago" and word != "hence":
        # "Two days earlier" counts from another date of the text.
        later = Relative(_AGO[word] * count * factor, base)
        return Meaning("DATE" if base != "TH" else "TIME", UNKNOWN.get(base, "XXXX-XX-XX"), relative=later)
    told = _from_publication(count * factor, base, _AGO[word], kept, setting)
    if base == "Y" and count == 1:
        return replace(told, relative=Relative(-1, "Y", only_quarters=True))
    return told


def _from_publication(count: float, unit: str, sign: int, kept: Kept, setting: Setting) -> Meaning:
    unknown = Meaning("DATE", UNKNOWN.get(unit, "XXXX-XX-XX"))
    if setting.published is None:
        return unknown
    day = rules.shift(setting.published, sign * count, unit)
    if day is None:
        return unknown
    name = UNIT_NAMES.get(unit, "hour") + ("" if count == 1 else "s")
    rule = f"{count:g} {name} {'before' if sign < 0 else 'after'} {setting.published}"
    if unit in ("TH", "TM", "TS"):
        return dated(counted(rules.day_period(day), rule, setting), kept, type_="TIME")
    if unit == "D":
        return dated(counted(rules.day_period(day), rule, setting), kept)
    if unit == "W":
        week = rules.week_period(day)
        period = replace(rules.day_period(day), edtf=f"{day.isoformat()}~", timex=week.timex)
        return dated(counted(period, rule, setting), {key: word for key, word in kept.items() if key != "near"})
    if unit == "Y" and count == 1 and count == int(count):
        month = rules.month_period(day.year, day.month)
        period = replace(month, edtf=f"{month.edtf}~", timex=f"{day.year:04d}")
    elif unit in ("M", "Q"):
        month = rules.month_period(day.year, day.month)
        period = replace(month, edtf=f"{month.edtf}~")
    else:
        year = rules.year_period(day.year)
        period = replace(year, edtf=f"{year.edtf}~" if count >= 10 or "near" in kept else year.edtf)
    return dated(counted(period, rule, setting), {key: word for key, word in kept.items() if key != "near"})


def _from_now(kept: Kept, setting: Setting) -> Meaning | None:
    if kept["now"].text not in ("now", "today"):
        return None
    count, unit = _amount(kept), kept["unit"].mark
    base, factor = AS_OTHER.get(unit, (unit, 1))
    return _from_publication(count * factor, base, 1, kept, setting) if count else None


# Lengths.


def timex_length(count: float | None, unit: str) -> str:
    """A length in TimeML: P90D, PT72H, P2Y6M, PXD where nobody gave a number."""
    base, factor = AS_OTHER.get(unit, (unit, 1))
    prefix, letter = ("PT", base[1]) if base[0] == "T" else ("P", base)
    if count is None:
        return f"{prefix}X{unit[1] if unit[0] == 'T' else unit if unit not in ('F', 'L', 'WE') else base}"
    amount = count * factor
    whole = int(amount)
    if amount == whole:
        return f"{prefix}{whole}{letter}"
    if letter == "Y" and amount - whole == 0.5:
        return f"P{whole}Y6M" if whole else "P6M"
    if base == "TH" and amount - whole == 0.5:
        return f"PT{whole}H30M" if whole else "PT30M"
    if base == "TM" and amount - whole == 0.5:
        return f"PT{whole}M30S" if whole else "PT30S"
    return f"{prefix}{amount:g}{letter}"


def _length(kept: Kept, setting: Setting) -> Meaning | None:
    unit, count = kept["unit"], _amount(kept)
    if unit.mark == "Q" and (setting.after() == "of" or setting.row[setting.last - 2].code == "-"):
        return None
    if not _length_here(kept, setting):
        return None
    if "num2" in kept and kept["num2"].value <= kept["num"].value:
        return None
    if _rate(kept, setting):
        return Meaning("SET", timex_length(1, unit.mark))
    timex = timex_length(count, unit.mark)
    if count is None and "num" not in kept and "vague" not in kept and unit.code != "U":
        return None
    ahead = _ahead(kept, setting, count)
    return ahead or Meaning("DURATION", timex)


def _length_here(kept: Kept, setting: Setting) -> bool:
    """Ages and distances are no times, and "the second day" is none of a length."""
    unit, after = kept["unit"], setting.after()
    if after == "-" or after == "old":
        following = setting.word(1) if after == "-" else setting.word(0)
        if following is not None and following.text == "old" and unit.mark == "Y":
            return False
    if unit.mark == "TS" and unit.code == "u":
        return False
    if unit.code in "uy" and "num" in kept and kept["num"].code in "NBn" and kept["num"].value != 1:
        # "Five year" without a hyphen is rare, and "on March 5 year" is none: it must stand before a noun.
        joined = setting.row[setting.last - 2].code == "-"
        if not joined and setting.after() in (".", ",", "", "of"):
            return False
    if "num" not in kept and "vague" not in kept and unit.code == "U":
        return _bare_units_here(kept, setting)
    if "num" in kept and kept["num"].code == "A" and unit.mark in ("Q", "TS", "H"):
        return False
    return not (unit.mark == "Q" and "num" in kept and kept["num"].code in "A")


def _bare_units_here(kept: Kept, setting: Setting) -> bool:
    """ "Years" and "for months": a length, if no more than that."""
    if kept["unit"].mark in ("Q", "TS", "WE"):
        return False
    return setting.after() not in ("-", "old", "when", "and") and not (
        kept["unit"].mark == "D" and setting.after() == "of"
    )


def _rate(kept: Kept, setting: Setting) -> bool:
    """ "Twice a week", "500 barrels a day": how often, not how long."""
    if "num" not in kept or kept["num"].code != "A" or len(kept) > 2:
        return False
    before = setting.word(-1)
    if before is None:
        return False
    if before.text in ("once", "twice", "times", "barrels", "dollars", "tonnes", "tons", "euros", "people", "trucks"):
        return True
    earlier = setting.word(-2)
    return before.code in "NBn" or (
        earlier is not None
        and earlier.code in "NBn"
        and before.text.endswith("s")
        and before.code == "."
        and setting.before() != "months"
        and setting.word(0) is not None
        and kept["unit"].mark != "Y"
    )


def _ahead(kept: Kept, setting: Setting, count: float | None) -> Meaning | None:
    """ "In six weeks" with something still to come: that day."""
    if count is None or setting.before() != "in" or setting.published is None or "num2" in kept:
        return None
    following = setting.after()
    if (
        following in ("of", "-", "'s", "’s")
        or setting.tense != "future"
        or (kept["unit"].code == "u" and "num" not in kept)
    ):
        return None
    if setting.word(-2) is not None and setting.row[setting.first - 2].text in ("first", "time", "once"):
        return None
    unit = kept["unit"].mark
    base, factor = AS_OTHER.get(unit, (unit, 1))
    found = _from_publication(count * factor, base, 1, {}, setting)
    return replace(found, type="DURATION", timex=timex_length(count, unit)) if found.edtf else None


def _recent_length(kept: Kept, setting: Setting) -> Meaning | None:
    """ "The past five years", "the next few days": a length that ends or begins at publication."""
    count, unit, which = _amount(kept), kept["unit"].mark, kept["which"]
    if which.text in ELSEWHERE or (which.code == "d" and "num" not in kept):
        return Meaning("DURATION", timex_length(count, unit)) if which.code != "d" else None
    timex = timex_length(count, unit)
    if count is None or setting.published is None or which.code == "d" or "num2" in kept:
        return Meaning("DURATION", timex)
    base, factor = AS_OTHER.get(unit, (unit, 1))
    sign = -1 if which.code == "l" else 1
    other = rules.shift(setting.published, sign * count * factor, base)
    if other is None:
        return Meaning("DURATION", timex)
    first, last = sorted((other, setting.published))
    period = replace(_grained(rules.days_period(first, last), base), timex=timex)
    rule = f"{count * factor:g} {UNIT_NAMES.get(base, 'hour')}s {'before' if sign < 0 else 'after'} {setting.published}"
    return dated(counted(period, rule, setting), {}, type_="DURATION")


# How often.


def _often(kept: Kept, setting: Setting) -> Meaning | None:
    word: Word = kept["unit"]
    if word.code == "r":
        capital = word.capital and setting.before() not in ("", ".", "\n")
        return None if capital or setting.after() == "-" else Meaning("SET", word.mark)
    if word.code == "w":
        return Meaning("SET", f"XXXX-WXX-{int(word.value)}")
    if word.code == "W":
        part = kept.get("part")
        if part is not None:
            return Meaning("SET", f"XXXX-WXX-{int(word.value)}{part.mark}") if part.text.endswith("s") else None
        return Meaning("SET", f"XXXX-WXX-{int(word.value)}")
    if word.code == "M":
        return Meaning("SET", f"XXXX-{int(word.value):02d}")
    if word.code == "S":
        return Meaning("SET", f"XXXX-{word.mark}")
    if word.code == "p":
        return Meaning("SET", f"XXXX-XX-XX{word.mark}")
    if setting.row[setting.first].text == "per" and word.text in ("second",):
        return None
    number = kept.get("num")
    return Meaning("SET", timex_length(number.value if number is not None and number.value else 1, word.mark))


#: The readers of this module, by the kind of pattern.
LENGTHS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "unit": _unit, "ago": _ago, "from_now": _from_now, "length": _length, "recent_length": _recent_length,
        "often": _often,
    }
)  # fmt: skip
