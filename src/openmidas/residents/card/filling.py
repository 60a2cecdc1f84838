"""What stands on the card, in the language of the page that it is printed from."""

from __future__ import annotations

import io

import msgspec
import segno
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmidas.crossings.words import DOCUMENT_KINDS, state_in_words
from openmidas.nodes.identity import this_node
from openmidas.residents.models import Resident
from openmidas.residents.wording import KINDS

EDGE = 2
"""Squares that stay white around the code; the card around it is white as well."""


LONGEST_NAME, LONGEST_VILLAGE = 60, 40
"""Characters that have their place on the card; what is longer ends in dots."""


class Line(msgspec.Struct, frozen=True):
    """A field of the card and what stands in it."""

    label: str
    value: str


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """The card as it is set. ``code``: the number as a QR code, a drawing in SVG."""

    language: str
    state: str
    title: str
    number: str
    lines: tuple[Line, ...]
    code: str
    notice: str


def fill(row: Resident) -> Filled:
    """The card of a resident."""
    traveller = row.traveller()
    lines = [
        Line(_("Name"), Truncator(row.name).chars(LONGEST_NAME)),
        Line(_("Born"), traveller.birth.text() if traveller.birth else "–"),
        Line(_("Village"), Truncator(row.village).chars(LONGEST_VILLAGE)),
        Line(_("Valid until"), row.until.isoformat()),
    ]
    if row.plate:
        lines.insert(3, Line(str(KINDS[row.kind]), row.plate))
    node = this_node().config
    return Filled(
        language=(get_language() or "fr").split("-")[0],
        state=f"{state_in_words(node.state)} · {node.name}",
        title=str(DOCUMENT_KINDS["R"]),
        number=str(row),
        lines=tuple(lines),
        code=draw(row.number),
        notice=_("Holds at this post only. It costs nothing."),
    )


def draw(number: str) -> str:
    """The number as a QR code of medium correction, which a reader types at the counter."""
    out = io.BytesIO()
    segno.make_qr(number, error="m").save(out, kind="svg", border=EDGE, scale=4, light="#fff")
    return out.getvalue().decode()
