"""Setting the card as PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typst

from openmidas.residents.card.filling import Filled

TEMPLATE = Path(__file__).parent / "card.typ"


def set_card(filled: Filled) -> bytes:
    """The card as PDF, in the size of an identity card (ISO/IEC 7810, ID-1).

    What stands on it goes in as data: no value is read as a command.
    """
    data = msgspec.json.encode(filled).decode()
    pdf: bytes = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, sys_inputs={"data": data}, ignore_system_fonts=True
    )
    return pdf
