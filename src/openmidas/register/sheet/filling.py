"""What stands on the closing sheet of a shift, in one language.

After the Schengen Borders Code, annex II: who was on duty, what happened, relaxations of checks, persons
held and refused, complaints; and how far the journal went, so that paper and journal can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec import Struct

from openmidas.exchange.status import exchange_status
from openmidas.journal.entry import hash_header
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import JournalEntry
from openmidas.journal.projecting import moment
from openmidas.nodes.witnesses import short
from openmidas.register.figure_lines import Line
from openmidas.register.models import Shift
from openmidas.register.page import ShiftPage, ShownOccurrence, shift_page

LANGUAGES: Mapping[str, str] = {"fr": "Français", "en": "English"}
"""The languages that the sheet is written in, each by its own name."""


class Told(Struct, frozen=True):
    """Something that happened: when, what, and more of it in small print."""

    at: str
    what: str
    more: str


class Part(Struct, frozen=True):
    """A part of the sheet. ``none``: what it says where there is nothing to tell."""

    title: str
    told: tuple[Told, ...]
    none: str


class Filled(Struct, frozen=True, kw_only=True):
    """The sheet as it is set."""

    language: str
    title: str
    subtitle: str
    facts: tuple[Line, ...]
    numbers_title: str
    numbers: tuple[Line, ...]
    left_title: str
    left: tuple[Line, ...]
    note_title: str
    note: str
    parts: tuple[Part, ...]
    journal_title: str
    journal: tuple[Line, ...]
    signatures: tuple[str, ...]


def fill(row: Shift, language: str) -> Filled:
    """The sheet of a shift that has ended, in one of `LANGUAGES`."""
    with override(language):
        return _filled(row, shift_page(row), language)


def _filled(row: Shift, page: ShiftPage, language: str) -> Filled:
    return Filled(
        language=language,
        title=_("Closing sheet of the shift"),
        subtitle=f"{page.shown.post} · {_time(row.since)} – {_time(row.until)}",
        facts=_facts(row, page),
        numbers_title=_("The shift in numbers"),
        numbers=page.lines,
        left_title=_("Left to whoever comes next"),
        left=page.left,
        note_title=_("Hand-over note"),
        note=row.note or "–",
        parts=(_relaxations(page), _occurrences(page), _outages(page)),
        journal_title=_("The journal at the end of the shift"),
        journal=_journal(row),
        signatures=(_("Hands over"), _("Takes over"), _("Head of post")),
    )


def _facts(row: Shift, page: ShiftPage) -> tuple[Line, ...]:
    team = tuple(Line(one.duty, one.name) for one in page.team)
    opened = Line(_("Opened in the book"), _time(row.opened_at))
    ended = _("%(at)s, by %(name)s") % {"at": _time(row.closed_at), "name": page.closed_by}
    return (*team, opened, Line(_("Ended in the book"), ended))


def _relaxations(page: ShiftPage) -> Part:
    told = tuple(
        Told(
            f"{_time(one.row.at)} – {_time(one.row.ended_at) if one.row.ended_at else '…'}",
            one.row.words,
            _("%(ground)s. Ordered by: %(who)s. Written down by %(name)s.")
            % {"ground": one.ground, "who": one.ordered_by, "name": one.by},
        )
        for one in page.relaxations
    )
    return Part(_("Relaxations of checks"), told, _("No relaxation was written down."))


def _occurrences(page: ShiftPage) -> Part:
    told = tuple(
        Told(f"{one.number} · {_time(one.row.happened_at)}", one.row.words, _by(one))
        for one in page.occurrences
    )
    return Part(_("Lines in the book"), told, _("Nothing was written down."))


def _by(line: ShownOccurrence) -> str:
    """Who wrote it, and which line it puts right."""
    if not line.corrects:
        return line.by
    corrects = _("corrects line %(number)s") % {"number": line.corrects}
    return f"{line.by}, {corrects}"


def _outages(page: ShiftPage) -> Part:
    told = tuple(
        Told(
            f"{_time(one.outage.span.start)} – {_time(one.outage.span.end)}", one.cause, one.lasted
        )
        for one in page.outages
    )
    return Part(_("Outages"), told, _("None that the machine noticed."))


def _journal(row: Shift) -> tuple[Line, ...]:
    """The place of the entry that ended the shift, and how far headquarters holds the journal by now."""
    at = {"epoch": row.closed_epoch, "sequence": row.closed_sequence}
    place = _("epoch %(epoch)s, entry %(sequence)s") % at
    return (
        Line(_("Last entry"), place),
        Line(_("Mark of the journal"), _mark(row)),
        Line(_("Receipt of headquarters"), _receipt(row)),
    )


def _mark(row: Shift) -> str:
    """The beginning of the hash that stands there; "–" where this machine has not got the entry back."""
    entry = JournalEntry.objects.filter(
        node=row.node, epoch=row.closed_epoch or 0, sequence=row.closed_sequence or 0
    ).first()
    return short(hash_header(bytes(entry.header))) if entry is not None else "–"


def _receipt(row: Shift) -> str:
    hq = exchange_status().hq
    held = HeldReceipt.objects.filter(node=row.node, epoch=row.closed_epoch or 0)
    receipt = held.filter(witness=hq.id).first() if hq is not None else None
    if hq is None or receipt is None:
        return _("None yet: headquarters holds nothing of this journal.")
    said = {
        "number": receipt.sequence,
        "name": hq.name,
        "at": _time(moment(receipt.at)),
    }
    if receipt.sequence >= (row.closed_sequence or 0):
        return _("%(name)s holds this shift whole: up to entry %(number)s, %(at)s") % said
    return _("%(name)s holds it up to entry %(number)s only, %(at)s") % said


def _time(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at is not None else "–"
