"""What others send that fits the types and must not get through, or must not stop a journal."""

from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from openmidas.journal import JournalError, NodeKind, SealedEntry
from openmidas.journal.following import project_pending
from openmidas.journal.local import HeldReceipt, Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.signing import Place, Receipt, sign_receipt
from openmidas.journal.store import lock_journal, open_journal, receive
from openmidas.journal.verify import verify_journal
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.services import clock_reading
from tests.support.writers import Pen

CONTENT = EpochOpened(name="K", state="MLI", public_key=b"")


def take_in(pen: Pen) -> Journal:
    journal = open_journal(pen.node, 1, pen.kind, pen.public_key)
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))
    journal.refresh_from_db()
    return journal


def test_a_body_without_its_salt_is_a_body_nobody_checked() -> None:
    entry = Pen().write(CONTENT)
    with pytest.raises(JournalError, match=r"entry\.body_changed"):
        SealedEntry(entry.header, b"whatever").check_commitment()


@pytest.mark.parametrize(
    ("field", "value"),
    [("sequence", -1), ("sequence", 2**63), ("epoch", 2**31), ("hash", b"short")],
)
def test_a_place_that_no_signature_could_cover_is_not_read(field: str, value: object) -> None:
    fields = {"node": new_id(), "epoch": 1, "sequence": 1, "hash": bytes(32)} | {field: value}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, Place)


def test_a_receipt_of_no_time_is_not_read() -> None:
    place = {"node": new_id(), "epoch": 1, "sequence": 1, "hash": bytes(32)}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"place": place, "witness": new_id(), "at": -1, "signature": b""}, Receipt)


@pytest.mark.django_db
def test_a_kind_that_no_column_takes_is_stored_and_set_aside() -> None:
    pen = Pen()
    pen.write(CONTENT, kind="lookup\0made")
    journal = take_in(pen)
    assert project_pending(journal) == 1
    assert Quarantined.objects.get().code == "entry.kind_unknown"


@pytest.mark.django_db
def test_every_witness_of_one_place_is_heard() -> None:
    pen, honest, false = Pen(), Pen(NodeKind.HQ), Pen()
    pen.write(CONTENT)
    journal = take_in(pen)
    for witness in (honest, false):
        key = honest.key if witness is honest else Ed25519PrivateKey.generate()
        hold(sign_receipt(pen.place, witness.node, 1_760_000_000_000, key))
    keys = {honest.node: (honest.public_key,), false.node: (false.public_key,)}
    assert verify_journal(journal, keys).code == "receipt.not_signed"


@pytest.mark.usefixtures("own_journal")
def test_receipts_that_a_post_gave_say_nothing_about_the_hqs_time() -> None:
    hq = Pen(NodeKind.HQ)
    hq.write(CONTENT)
    hold(sign_receipt(hq.place, new_id(), 4_000_000_000_000, hq.key))
    assert clock_reading().signed == 0


def hold(receipt: Receipt) -> None:
    place = receipt.place
    HeldReceipt.objects.create(
        node=place.node,
        epoch=place.epoch,
        sequence=place.sequence,
        hash=place.hash,
        witness=receipt.witness,
        at=receipt.at,
        signature=receipt.signature,
    )
