"""Talking with a chip: opening it with what is printed on the document, and reading its files.

Plain Python over any function that carries bytes there and back:

    from openmidas.documents.chip.access import Password, read_files

    found = read_files(transmit, Password.of_zone(reading))
    found.files["DG1"]
"""

from __future__ import annotations

from openmidas.documents.chip.access.line import Line, Transmit
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.access.reading import ChipFiles, read_files
from openmidas.documents.chip.access.waiting import Waiting

__all__ = ["ChipFiles", "Line", "Password", "Transmit", "Waiting", "read_files"]
