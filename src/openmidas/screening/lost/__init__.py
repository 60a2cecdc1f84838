"""A hundred million lost and stolen documents on a small computer, without giving their numbers away.

    key = new_key()
    with open_list(Path("sltd.csv.gz")) as stream:
        built = build(Path("edition.lost"), key, read_lost(stream, LostReport()))
    numbers = LostNumbers(LostFile(Path("edition.lost"), key), key)
    match = numbers.look("GIN", "P", "O0456789")

Only keyed hashes are in the file. A match tells why, since when, and how alike the writing is.
"""

from __future__ import annotations

from openmidas.screening.lost.building import Built, build
from openmidas.screening.lost.changes import Changes, Overlay, make_changes
from openmidas.screening.lost.edition import LostFile, file_digest
from openmidas.screening.lost.keys import new_key
from openmidas.screening.lost.layout import MOST_FILE_BYTES
from openmidas.screening.lost.numbers import (
    LostMatch,
    LostNumbers,
    PutOn,
    can_look,
    number_reference,
)
from openmidas.screening.lost.problems import LostError
from openmidas.screening.lost.reading import LostReport, WrongRow, read_lost
from openmidas.screening.lost.reasons import Reason
from openmidas.screening.lost.rows import LostRow, Sort
from openmidas.screening.lost.written import Written, written

__all__ = [
    "MOST_FILE_BYTES",
    "Built",
    "Changes",
    "LostError",
    "LostFile",
    "LostMatch",
    "LostNumbers",
    "LostReport",
    "LostRow",
    "Overlay",
    "PutOn",
    "Reason",
    "Sort",
    "Written",
    "WrongRow",
    "build",
    "can_look",
    "file_digest",
    "make_changes",
    "new_key",
    "number_reference",
    "read_lost",
    "written",
]
