"""The entry: ``python -m fieldlog`` and the ``fieldlog`` command."""

from __future__ import annotations

import sys

from fieldlog.bootstrap import run


def main() -> int:
    """Run one command, or the window, and answer the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
