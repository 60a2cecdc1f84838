"""A document's number as it is shown: what no check digit proves is marked in it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from openmidas.crossings.blind import marked
from openmidas.crossings.document_wording import BLIND
from openmidas.crossings.inspection import Inspection
from openmidas.documents import BlindCharacter

register = template.Library()


@register.filter
def number_marked(inspection: Inspection) -> SafeString:
    """The number, each doubtful character marked, with what it may be as a hint and for those who listen."""
    number = inspection.document.number
    doubtful = {one.position: _said(one) for one in marked(inspection)}
    shown = format_html_join(
        "",
        "{}",
        (
            (_mark(read, doubtful[place]) if place in doubtful else read,)
            for place, read in enumerate(number, 1)
        ),
    )
    heard = format_html_join(
        "", '<span class="said"> {}</span>', ((one,) for one in doubtful.values())
    )
    return format_html('<bdi dir="ltr">{}</bdi>{}', shown, heard)


def _mark(read: str, said: str) -> SafeString:
    return format_html('<mark title="{}">{}</mark>', said, read)


def _said(one: BlindCharacter) -> str:
    return str(BLIND) % {
        "position": one.position,
        "read": one.read,
        "may_be": "/".join(one.may_be),
    }
