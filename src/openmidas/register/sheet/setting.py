"""Setting the closing sheet as PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typst

from openmidas.register.sheet.filling import Filled

TEMPLATE = Path(__file__).parent / "sheet.typ"


def set_sheet(filled: Filled) -> bytes:
    """The sheet as PDF, on A4. What stands on it goes in as data: no value is read as a command.

    Fonts are those inside the package, so that every machine prints the same.
    """
    pdf: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        sys_inputs={"data": msgspec.json.encode(filled).decode()},
        ignore_system_fonts=True,
    )
    return pdf
