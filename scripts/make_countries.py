"""Make the table of countries out of packages: countryinfo (MIT) and the Unicode CLDR by way of Babel (BSD, Unicode).

    python scripts/make_countries.py OUT.tsv

Run by the build (`hatch_build.py`), so that no such data lies in the repository. `scripts/countries.toml` holds our own
additions and corrections: short names, second capitals, adjectives as newspapers write them, states of the past.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

HEAD = """\
# Made by scripts/make_countries.py: ISO 3166-1 alpha-3, names (the first is the usual one), seats of government,
# adjectives, people where irregular. From countryinfo (MIT) and the Unicode CLDR, with corrections.
"""
COLUMNS = ("names", "capitals", "adjectives", "people")
FORMAL = re.compile(r"(?:[A-Z][\w-]+ )*(?:Republic|Kingdom|State|States|Principality|Commonwealth|Union|Emirate) of .*")

Row = dict[str, list[str]]


def rows(ours: Mapping[str, Any]) -> dict[str, Row]:
    """The table by code, our corrections applied."""
    from babel import Locale

    usual = Locale("en").territories
    table: dict[str, Row] = {}
    data = files("countryinfo").joinpath("data")
    for entry in sorted((one for one in data.iterdir() if one.name.endswith(".json")), key=lambda one: one.name):
        country = json.loads(entry.read_text("utf-8"))
        codes = country.get("ISO", {})
        if codes.get("alpha3") and codes["alpha3"] not in ours["left-out"]:
            table[codes["alpha3"]] = _row(country, usual.get(codes.get("alpha2"), ""))
    for code, corrected in ours["countries"].items():
        table[code] = {**table.get(code, {column: [] for column in COLUMNS}), **corrected}
    return dict(sorted(table.items()))


def _row(country: Mapping[str, Any], usual: str) -> Row:
    formal = [name for name in country.get("altSpellings", ()) if FORMAL.fullmatch(name) and name.isascii()]
    shortest = usual if usual and "(" not in usual and "&" not in usual and "SAR" not in usual else ""
    demonyms = [word.strip() for word in (country.get("demonym") or "").split(",")]
    capital = country.get("capital") or ""  # South Africa has a list of them
    return {
        "names": _unique([country["name"], shortest, *formal]),
        "capitals": _unique(capital if isinstance(capital, list) else [capital]),
        "adjectives": _unique(demonyms),
        "people": [],
    }


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def main(out: Path) -> None:
    """Write the table."""
    ours = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
    lines = ["\t".join((code, *("|".join(row[column]) for column in COLUMNS))) for code, row in rows(ours).items()]
    out.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
