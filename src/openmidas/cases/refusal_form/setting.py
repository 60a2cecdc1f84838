"""Setting the form as PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typst

from openmidas.cases.refusal_form.filling import Filled

TEMPLATE = Path(__file__).parent / "form.typ"


def set_form(filled: Filled) -> bytes:
    """The form as PDF, on A4. What stands on it goes in as data: no value is read as a command.

    Fonts are those inside the package, so that every machine prints the same.
    """
    data = msgspec.json.encode(filled).decode()
    pdf: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        sys_inputs={"data": data},
        ignore_system_fonts=True,
    )
    return pdf
