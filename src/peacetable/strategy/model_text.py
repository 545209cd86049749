"""A model in whichever format it comes: told by what the text holds, never by the file's name."""

from __future__ import annotations

import json
import re
from typing import Final, Literal

import yaml

from peacetable.strategy import conflict_file, gmcr_file
from peacetable.strategy.conflict import Conflict

Form = Literal["yaml", "json", "gmcr"]
#: Keys of a .gmcr file that no other format has.
GMCR: Final = re.compile(r'"(?:decisionMakers|infeasibles|useManualPreference\w+)"\s*:')


def read(text: str, *, where: str) -> Conflict:
    """A model out of YAML, JSON or .gmcr.

    Args:
        text: the file's text.
        where: its name, for messages.

    Raises:
        ConflictError: naming the place and what was expected.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("{") and GMCR.search(text):
        return gmcr_file.read(text, where=where).conflict
    return conflict_file.load(text.lstrip("\ufeff"), where=where)


def write(conflict: Conflict, form: Form) -> str:
    """A model as text that `read` reads back.

    Raises:
        ConflictError: the format cannot hold something that the model has.
    """
    if form == "gmcr":
        return gmcr_file.write(conflict)
    text = conflict_file.dump(conflict)
    if form == "yaml":
        return text
    return json.dumps(yaml.safe_load(text), ensure_ascii=False, indent=1) + "\n"
