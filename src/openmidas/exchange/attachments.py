"""The attachments of this node: which its entries name, which are here, and their bytes.

A room above tells which its rows name (`names_attachments`); whatever no row names any more goes with
the next erasure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

import msgspec
from django.db import transaction

from openmidas.exchange.deltas import pack, unpack
from openmidas.exchange.local import (
    ArrivingAttachment,
    ArrivingPiece,
    Attachment,
    AttachmentDelta,
)
from openmidas.journal import JournalError
from openmidas.journal.wiping import written_anew
from openmidas.nodes.erasing import after_erasure


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment that a row names, by its hash and its bytes. ``current``: to be had here now."""

    digest: str
    size: int
    current: bool


Names = Callable[[], Iterable[Named]]

_names: list[Names] = []


def names_attachments(names: Names) -> Names:
    """Declare which attachments a room's rows name, those that are needed first at the front."""
    _names.append(names)
    return names


def named() -> Iterator[Named]:
    """All attachments that rows of this node name."""
    for names in _names:
        yield from names()


def wanted() -> Named | None:
    """The attachment to fetch next; None where all that are needed are here."""
    current = [each for each in named() if each.current]
    here = held(each.digest for each in current)
    return next((each for each in current if each.digest not in here), None)


def held(digests: Iterable[str]) -> set[str]:
    """Which of these are here whole."""
    found = Attachment.objects.filter(digest__in=list(digests))
    return set(found.values_list("digest", flat=True))


def attachment_bytes(digest: str) -> bytes:
    """The bytes with this hash. Raises `JournalError` ``attachment.unknown``, ``attachment.damaged``."""
    row = Attachment.objects.filter(digest=digest).first()
    if row is None:
        raise JournalError("attachment.unknown", digest=digest)
    return unpack(bytes(row.packed), size=row.size, digest=digest)


def percent_here(digest: str) -> int:
    """How much of an attachment that is not whole has come, in percent of its way."""
    row = ArrivingAttachment.objects.filter(digest=digest).first()
    return row.here * 100 // row.length if row is not None and row.length else 0


class Packed(msgspec.Struct, frozen=True):
    """An attachment made ready to be kept and given: alone, and for those who have a base (by hash)."""

    digest: str
    size: int
    whole: bytes
    deltas: dict[str, bytes]


def prepare(data: bytes, bases: Iterable[str] = ()) -> Packed:
    """Pack bytes, also against the attachments here that others may have. Takes seconds for many MB."""
    digest = hashlib.sha256(data).hexdigest()
    known = sorted(held(bases) - {digest})
    deltas = {base: pack(data, attachment_bytes(base)) for base in known}
    return Packed(digest, len(data), pack(data), deltas)


@transaction.atomic
def keep(made: Packed) -> None:
    """Have an attachment here from now on. Harmless to repeat."""
    keep_whole(made.digest, made.size, made.whole)
    for base, packed in made.deltas.items():
        AttachmentDelta.objects.get_or_create(
            digest=made.digest,
            base=base,
            defaults={
                "packing": hashlib.sha256(packed).hexdigest(),
                "length": len(packed),
                "packed": packed,
            },
        )


@transaction.atomic
def keep_whole(digest: str, size: int, packed: bytes) -> None:
    """Have an attachment here whose packing was seen to hold it; what was on its way of it goes."""
    values = {
        "size": size,
        "packing": hashlib.sha256(packed).hexdigest(),
        "length": len(packed),
        "packed": packed,
    }
    Attachment.objects.get_or_create(digest=digest, defaults=values)
    give_up([digest])


def give_up(digests: Iterable[str]) -> None:
    """Forget what has come of these so far."""
    gone = list(digests)
    ArrivingPiece.objects.filter(digest__in=gone).delete()
    ArrivingAttachment.objects.filter(digest__in=gone).delete()


@after_erasure
@transaction.atomic
def forget_unnamed() -> None:
    """Let go of what no row names any more."""
    kept = {each.digest for each in named()}
    for model in (Attachment, AttachmentDelta, ArrivingAttachment, ArrivingPiece):
        model._default_manager.exclude(digest__in=kept).delete()
    AttachmentDelta.objects.exclude(base__in=kept).delete()


for _model in (Attachment, AttachmentDelta, ArrivingAttachment, ArrivingPiece):
    written_anew(_model)
