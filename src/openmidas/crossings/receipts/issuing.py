"""The receipts of travellers who were let cross here: made when asked for, always the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils import timezone

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Recorded, Status
from openmidas.crossings.receipts.certifying import signs_with
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.documents.receipts import (
    CrossingReceipt,
    Verdict,
    read_number,
    receipt_code,
    receipt_number,
    verify,
)
from openmidas.documents.receipts import mark_of as mark_of
from openmidas.documents.receipts.code import MOST_DIGITS
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import keys_of, node_time, own_keys

OFFERED_FOR = timedelta(minutes=30)
"""For so long the receipt of the last traveller is offered at the lane."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt to hand over. ``code`` empty: the headquarters has not certified this post's key yet."""

    crossing: UUID
    said: CrossingReceipt
    code: str


def receipts_of(crossing: UUID) -> list[Receipt]:
    """The receipt of a traveller who was let cross here, and of those who were decided on together.

    Empty where nobody was: unknown, waiting, refused, or written down later.
    """
    row = given().filter(id=crossing).first()
    if row is None:
        return []
    together = given().filter(group=row.group).order_by("at", "id") if row.group else [row]
    certificate = signs_with()
    return [_receipt(one, certificate) for one in together]


def last_at(lane: str) -> Crossing | None:
    """The last traveller whom this lane let cross, while they may still stand there."""
    since = node_time() - OFFERED_FOR
    return given().filter(lane=lane, at__gte=since, resolved_at=None).order_by("-at").first()


def number_of(crossing: Crossing) -> str:
    """The number of a crossing's receipt, at whatever node; empty where none is given."""
    if crossing.receipt_sequence is None or crossing.receipt_epoch is None:
        return ""
    return receipt_number(crossing.node, crossing.receipt_epoch, crossing.receipt_sequence)


def crossing_of(typed: str, posts: Sequence[UUID]) -> Crossing | None:
    """The crossing that a number is of, among those of these posts."""
    number = read_number(typed)
    marked = [post for post in posts if number is not None and mark_of(post) == number.mark]
    if number is None or not marked:
        return None
    found = Crossing.objects.filter(node__in=marked, receipt_sequence=number.sequence)
    return next((one for one in found if (one.receipt_epoch or 0) % 32 == number.epoch), None)


def check(text: str) -> Verdict:
    """What a code is worth, by the keys of this State that are known here, and those it has revoked."""
    return verify(text, state_keys(), revoked_keys())


def state_keys() -> tuple[bytes, ...]:
    """The public keys of the headquarters of this State, of all its epochs."""
    if this_node().is_hq:
        return tuple(own_keys().values())
    hqs = Peer.objects.filter(kind=NodeKind.HQ).values_list("id", flat=True)
    return tuple(key for hq in hqs for key in keys_of(hq))


def given() -> QuerySet[Crossing]:
    """Crossings of this post that a receipt is given for."""
    return Crossing.objects.filter(
        node=this_node().id,
        status=Status.ADMITTED,
        recorded=Recorded.LIVE,
        receipt_sequence__isnull=False,
    )


def _receipt(row: Crossing, certificate: bytes | None) -> Receipt:
    entry = row.direction == Direction.ENTRY
    said = CrossingReceipt(
        number=number_of(row),
        at=timezone.localtime(row.resolved_at or row.at).replace(microsecond=0),
        exit=not entry,
        stay_until=row.stay_until if entry else None,
        no_limit=entry and bool(row.stay_rule) and row.stay_until is None,
        digits=re.sub("[^0-9A-Z]", "", row.document_number.upper())[-MOST_DIGITS:],
    )
    code = receipt_code(this_node().key, certificate, said) if certificate else ""
    return Receipt(crossing=row.id, said=said, code=code)
