"""The `midas` command: each room adds its own sub-commands from its ``commands.py``.

What needs no node and no Django, such as ``midas screen run`` and ``midas read mrz``, is answered
without loading them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 not possible, 2 not understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["screen"]:
        from openmidas.screening import commands

        if given[1:2] and given[1] in commands.COMMANDS:
            return commands.main(given[1:])
    if given[:1] == ["read"]:
        from openmidas.documents import commands as reading

        return reading.main(given[1:])
    if given[:1] == ["reader"]:
        from openmidas.documents.commands import reader

        return reader.main(given[1:])
    if given[:1] == ["documents"]:
        from openmidas.documents import commands as documents

        return documents.main_documents(given[1:])
    from openmidas.cli.rooms import run

    return run(given)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, put together from the rooms."""
    from openmidas.cli import rooms

    return rooms.build_parser()
