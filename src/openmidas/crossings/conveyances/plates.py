"""Plates, as they are compared: one bus is written with spaces here and with hyphens there."""

from __future__ import annotations

import unicodedata

from openmidas.crossings.conveyances.limits import PLATE


def plate_key(plate: str) -> str:
    """The letters and figures of a plate alone, in capitals; "" where there are none."""
    written = unicodedata.normalize("NFKC", plate).upper()
    return "".join(sign for sign in written if sign.isalnum())[:PLATE]
