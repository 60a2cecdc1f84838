"""What a traveller shows: reading it, and saying exactly how far the reading can be trusted.

Plain Python, of use without the rest of OpenMIDAS:

    from openmidas.documents import read_mrz
    reading = read_mrz(lines, today=date.today())
"""

from __future__ import annotations

from openmidas.documents.blind import BlindCharacter, blind_characters
from openmidas.documents.cannot_write import CannotWrite
from openmidas.documents.dates import PartialDate
from openmidas.documents.find import find_mrz
from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import Reading, ReadingFinding
from openmidas.documents.state_names import alpha3, state_name
from openmidas.documents.states import is_state
from openmidas.documents.transliteration import mrz_components
from openmidas.documents.writing import TravelDocument, write_mrz

__all__ = [
    "BlindCharacter",
    "CannotWrite",
    "PartialDate",
    "Reading",
    "ReadingFinding",
    "TravelDocument",
    "alpha3",
    "blind_characters",
    "find_mrz",
    "is_state",
    "mrz_components",
    "read_mrz",
    "state_name",
    "write_mrz",
]
