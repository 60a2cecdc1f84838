"""Reading a seal of whatever kind."""

from __future__ import annotations

from openmidas.documents.seals.problems import NotASeal
from openmidas.documents.seals.receipt import ReceiptSeal, read_receipt
from openmidas.documents.seals.vds import MAGIC, Vds, read_vds
from openmidas.documents.seals.vdsnc import VdsNc, read_vdsnc

Seal = Vds | VdsNc | ReceiptSeal


def read_seal(data: bytes) -> Seal:
    """A seal from the bytes of a code: VDS, VDS-NC, or the receipt of a crossing. Raises `NotASeal`."""
    if data[:1] == bytes([MAGIC]):
        return read_vds(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotASeal("not_a_seal") from error
    if text.lstrip().startswith("{"):
        return read_vdsnc(text)
    return read_receipt(text)
