"""`peacetable` and `python -m peacetable`."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from peacetable.views.commands.app import run


def main() -> None:
    """Run the command line and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name that the terminal's encoding does not have must not end a run.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
