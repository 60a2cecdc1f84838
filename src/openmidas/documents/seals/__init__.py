"""Digital seals: reading and writing those of Doc 9303-13 (VDS, VDS-NC), and checking receipts of crossings.

Plain Python, of use without the rest of OpenMIDAS:

    from openmidas.documents.seals import Trust, read_codes, read_codes_confined
    codes = [code.data for code in read_codes(picture)]
    readings = read_codes_confined(codes, Trust(signers=certificates), today=date.today())
"""

from __future__ import annotations

from openmidas.documents.seals.anything import Seal, read_seal
from openmidas.documents.seals.certificates import Trust, load_certificate, load_certificates
from openmidas.documents.seals.checking import Checks, Outcome, Verdict, check_seal
from openmidas.documents.seals.codes import FoundCode, draw, is_picture, read_codes
from openmidas.documents.seals.confined import read_codes_confined
from openmidas.documents.seals.contents import Contents, Field, contents_of
from openmidas.documents.seals.problems import CannotSeal, NotASeal
from openmidas.documents.seals.profiles import PROFILES, STAMP, Profile, profile_named
from openmidas.documents.seals.reading import CodeReading, SealReading, read_code
from openmidas.documents.seals.receipt import ReceiptSeal, check_receipt
from openmidas.documents.seals.stamp import read_stamp, stamp_fields
from openmidas.documents.seals.vds import Vds, VdsFeature, VdsHeader, read_vds
from openmidas.documents.seals.vdsnc import VdsNc, read_vdsnc, write_vdsnc
from openmidas.documents.seals.writing import header_for, message_of, write_vds

__all__ = [
    "PROFILES",
    "STAMP",
    "CannotSeal",
    "Checks",
    "CodeReading",
    "Contents",
    "Field",
    "FoundCode",
    "NotASeal",
    "Outcome",
    "Profile",
    "ReceiptSeal",
    "Seal",
    "SealReading",
    "Trust",
    "Vds",
    "VdsFeature",
    "VdsHeader",
    "VdsNc",
    "Verdict",
    "check_receipt",
    "check_seal",
    "contents_of",
    "draw",
    "header_for",
    "is_picture",
    "load_certificate",
    "load_certificates",
    "message_of",
    "profile_named",
    "read_code",
    "read_codes",
    "read_codes_confined",
    "read_seal",
    "read_stamp",
    "read_vds",
    "read_vdsnc",
    "stamp_fields",
    "write_vds",
    "write_vdsnc",
]
