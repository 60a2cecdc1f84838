"""QR codes (ISO/IEC 18004:2015) of capital letters and digits, as SVG paths: enough for receipts.

from openmidas.documents.qr import qr_code
qr_code("MIDAS1:AEBAGBAF…").path()
"""

from __future__ import annotations

from openmidas.documents.qr.coding import TooLong
from openmidas.documents.qr.symbol import Symbol, qr_code

__all__ = ["Symbol", "TooLong", "qr_code"]
