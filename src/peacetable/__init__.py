"""Peacetable keeps a sourced ledger of a peace process.

take_in(sources, settings)   reports come in
read(reports, settings)      what each says, and where
open_record(file, settings)  many reports become one record
assess(view)                 how things stand on a date
"""

from peacetable.errors import PeacetableError
from peacetable.ledger import Situation, View
from peacetable.model import Problem, Reading, Report, Span, When
from peacetable.pipeline import assess, open_record, read, take_in
from peacetable.scheme import from_json, to_json
from peacetable.settings import Settings

__all__ = [
    "PeacetableError",
    "Problem",
    "Reading",
    "Report",
    "Settings",
    "Situation",
    "Span",
    "View",
    "When",
    "assess",
    "from_json",
    "open_record",
    "read",
    "take_in",
    "to_json",
]
