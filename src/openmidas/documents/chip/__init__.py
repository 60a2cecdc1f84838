"""The chip of an electronic travel document: its files, and whether they are as the State wrote them.

Plain Python, of use without the rest of OpenMIDAS:

    from openmidas.documents.chip import TrustStore, import_file, read_chip_confined
"""

from __future__ import annotations

from openmidas.documents.chip.active import check_active
from openmidas.documents.chip.approving import NotPossible, approve, remove
from openmidas.documents.chip.authentication import authenticate
from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.confined import read_chip_confined
from openmidas.documents.chip.details import (
    DocumentDetails,
    PersonDetails,
    read_document,
    read_person,
)
from openmidas.documents.chip.downloads import Looked, Part, import_all
from openmidas.documents.chip.faces import Face, Faces, read_faces
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import (
    ChipKey,
    Contents,
    SecurityOptions,
    Zone,
    read_chip_key,
    read_com,
    read_options,
    read_zone,
)
from openmidas.documents.chip.importing import import_file
from openmidas.documents.chip.importing_confined import (
    import_all_confined,
    import_file_confined,
    look_through_confined,
)
from openmidas.documents.chip.list_importing import Imported
from openmidas.documents.chip.master_lists import MasterList, read_master_list
from openmidas.documents.chip.portraits import draw_portrait
from openmidas.documents.chip.proofs import ActiveAnswer, AgreedKeys, ChipProofs
from openmidas.documents.chip.reading import ChipReading, file_name, read_chip, zone_differences
from openmidas.documents.chip.steps import Authentication, Step
from openmidas.documents.chip.store import load, save
from openmidas.documents.chip.trust import Entry, TrustStore

__all__ = [
    "ActiveAnswer",
    "AgreedKeys",
    "Authentication",
    "Certificate",
    "ChipFinding",
    "ChipKey",
    "ChipProofs",
    "ChipReading",
    "Contents",
    "DocumentDetails",
    "Entry",
    "Face",
    "Faces",
    "Imported",
    "Looked",
    "MasterList",
    "NotPossible",
    "Part",
    "PersonDetails",
    "SecurityOptions",
    "Step",
    "TrustStore",
    "Unreadable",
    "Zone",
    "approve",
    "authenticate",
    "check_active",
    "draw_portrait",
    "file_name",
    "import_all",
    "import_all_confined",
    "import_file",
    "import_file_confined",
    "load",
    "look_through_confined",
    "read_certificate",
    "read_chip",
    "read_chip_confined",
    "read_chip_key",
    "read_com",
    "read_document",
    "read_faces",
    "read_master_list",
    "read_options",
    "read_person",
    "read_zone",
    "remove",
    "save",
    "zone_differences",
]
