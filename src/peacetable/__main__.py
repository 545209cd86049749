"""`peacetable` and `python -m peacetable`."""

from __future__ import annotations

import sys

from peacetable.views.commands.app import run


def main() -> None:
    """Run the command line and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
