"""Every exception that peacetable raises.

    PeacetableError
    |-- EvidenceError          a finding's words do not stand where it says
    |-- DateError              a date is not written in EDTF
    |-- SchemeError            findings JSON does not follow the scheme
    |-- UnknownEngineError     no reading engine has that name
    |-- InputError             a file cannot be read
    |-- OutputError            a file cannot be written
    |-- WeightsError           the trained model cannot be used
    |   |-- WeightsMissingError    a file of it is not there
    |   `-- WeightsDamagedError    a file of it is not what it should be
    `-- RecordError            a record cannot be used
        |-- RecordMissingError     there is none at that address
        |-- NotARecordError        the file is something else
        |-- RecordDamagedError     the file is a record and is damaged
        |-- RecordNewerError       a newer peacetable wrote it
        |-- RecordLockedError      another program holds it
        |-- RecordUnreachableError its server does not answer
        |-- ImportedError          what is to be imported is no whole record
        `-- RecordFullError        the disk is full

What is wrong with one report is no exception: it is a `Problem` (see `model`), and other reports go on.
Catch `PeacetableError` to catch whatever this package raises on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable


class PeacetableError(Exception):
    """Base of all: the message says what was found, what was expected and what to do."""


class EvidenceError(PeacetableError):
    """A finding's words do not stand where it says that they do."""

    def __init__(self, *, where: str, quote: str, start: int, end: int, found: str) -> None:
        super().__init__(
            f"{where}: the report has {_short(found)} at {start}-{end}, not {_short(quote)}. "
            "A span must quote the report to the letter; offsets count code points."
        )


class DateError(PeacetableError):
    """A date is not written in EDTF."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no EDTF date that peacetable knows. "
            "Write 2021-05-01, 2021-05, 2021, 2021-21 (spring), 2021-05-01/2021-05-07, ../2021-05-01 or 2021-02~."
        )


class SchemeError(PeacetableError):
    """Findings JSON does not follow the scheme."""

    def __init__(self, *, where: str, found: object, expected: str) -> None:
        super().__init__(f"{where}: found {_short(repr(found))}, expected {expected}.")


class UnknownEngineError(PeacetableError):
    """No reading engine has that name."""

    def __init__(self, name: str, available: Iterable[str]) -> None:
        super().__init__(f"there is no reading engine {name!r}. Available: {', '.join(sorted(available))}.")


class InputError(PeacetableError):
    """A file cannot be read."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: cannot be read ({detail}). Name another file, or - for standard input.")


class OutputError(PeacetableError):
    """A file cannot be written."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: cannot be written ({detail}). Nothing was left half-written; name another place.")


class WeightsError(PeacetableError):
    """The trained model cannot be used."""


class WeightsMissingError(WeightsError):
    """A file of the trained model is not there."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file}: this file of the language model is not there. Install peacetable again from its wheel, "
            "which holds the model, or train it (see training/README.md)."
        )


class WeightsDamagedError(WeightsError):
    """A file of the trained model is not what it should be."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(
            f"{file}: this file of the language model is damaged or of another version ({detail}). "
            "Install peacetable again from its wheel, or train the model anew (see training/README.md)."
        )


class RecordError(PeacetableError):
    """A record cannot be used."""


class RecordMissingError(RecordError):
    """There is no record at that address."""

    def __init__(self, target: str) -> None:
        super().__init__(f"{target}: there is no record here. Make one with: peacetable add {target} REPORT...")


class NotARecordError(RecordError):
    """The file is something else than a record."""

    def __init__(self, target: str, found: str, remedy: str = "Name another file.") -> None:
        super().__init__(f"{target}: this is no peacetable record ({found}). {remedy}")


class RecordDamagedError(RecordError):
    """The file is a record, and it is damaged."""

    def __init__(self, target: str, detail: str) -> None:
        super().__init__(
            f"{target}: the record is damaged ({detail}). Nothing was changed. "
            "Restore a backup, or add the reports again to a new record."
        )


class RecordNewerError(RecordError):
    """A newer peacetable wrote the record."""

    def __init__(self, target: str, *, found: str, known: str) -> None:
        super().__init__(
            f"{target}: the record has layout {found}, and this peacetable knows layouts up to {known}. "
            "Nothing was changed. Use the newer peacetable that wrote it."
        )


class RecordLockedError(RecordError):
    """Another program holds the record."""

    def __init__(self, target: str) -> None:
        super().__init__(
            f"{target}: another program is writing to the record. Nothing was changed. "
            "Wait until it is done (or end it) and try again."
        )


class RecordUnreachableError(RecordError):
    """The server of a record does not answer, or the connection to it was cut."""

    def __init__(self, target: str, detail: str) -> None:
        super().__init__(
            f"{target}: the server does not answer ({detail}). What was recorded before is whole. Check the address "
            "and that the server runs, then run the same command again: a report that is there already stays once."
        )


class ImportedError(RecordError):
    """What is to be imported is no whole record."""

    def __init__(self, target: str, line: int, detail: str) -> None:
        super().__init__(
            f"{target}: nothing was imported, because of line {line}: {detail}. "
            "Export the record again (peacetable export RECORD -o FILE), and import that file."
        )


class RecordFullError(RecordError):
    """The disk is full."""

    def __init__(self, target: str) -> None:
        super().__init__(
            f"{target}: the disk is full. What was recorded before is whole; the report at hand was not recorded. "
            "Make room and run the same command again."
        )


def _short(text: str, most: int = 60) -> str:
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return shown if shown.startswith(("'", '"')) else repr(shown)
