"""A receipt says what was decided, bears the same number at every node, and is signed."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from openmidas.crossings.entries import Outcome, RefusalReason
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.certifying import certify_posts, signs_with
from openmidas.crossings.receipts.entries import SignerCertified
from openmidas.crossings.receipts.issuing import (
    check,
    crossing_of,
    last_at,
    number_of,
    receipts_of,
)
from openmidas.crossings.receipts.models import ReceiptCertificate
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.crossings.second_line import resolve
from openmidas.documents.receipts import Outcome as Checked
from openmidas.documents.receipts import read_certificate, read_number, receipt_code
from openmidas.journal import Actor
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import enrol, revoke
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.conftest import AMINATA, BOUBACAR, admit, listed, paper, refer, scan
from tests.crossings.receipts.conftest import admitted
from tests.crossings.test_projections import arrive
from tests.documents.receipts.made import OTHER
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen


def test_a_receipt_says_what_was_decided_and_nobodys_name(certified: None) -> None:
    crossing = Crossing.objects.get(id=admitted(state="GIN"))
    (receipt,) = receipts_of(crossing.id)
    found = check(receipt.code)
    assert found.outcome is Checked.VALID
    assert found.receipt == receipt.said
    assert receipt.said.digits == "0001"
    assert receipt.said.stay_until == crossing.stay_until
    assert not receipt.said.exit
    assert abs(receipt.said.at - crossing.at) < timedelta(seconds=1)
    assert found.certificate is not None
    assert (found.certificate.state, found.certificate.name) == ("MLI", "Kourémalé")


def test_a_stolen_post_signs_no_more_and_what_it_signed_before_stays_valid(certified: None) -> None:
    (before,) = receipts_of(admitted())
    with at_node(HQ):
        revoke(POST, "its machine was stolen", actor=Actor())
    late = msgspec.structs.replace(before.said, at=before.said.at + timedelta(hours=1))
    certificate = signs_with()
    assert certificate
    forged = receipt_code(this_node().key, certificate, late)
    for node in (POST, HQ):
        with at_node(node):
            assert check(before.code).outcome is Checked.VALID
            assert check(forged).outcome is Checked.REVOKED
            assert list(revoked_keys()) == [read_certificate(certificate).key]
    with at_node(POST):
        card = this_node().card()
    with at_node(HQ):  # it was a mistake: the same machine, with the same key
        enrol(card, actor=Actor())
    assert revoked_keys() == {}
    assert check(forged).outcome is Checked.VALID


def test_the_key_of_a_stolen_post_stays_revoked_when_another_machine_takes_its_place(
    certified: None,
) -> None:
    with at_node(HQ):
        revoke(POST, "its machine was stolen", actor=Actor())
    (since,) = revoked_keys().values()
    with at_node(POST):
        card = this_node().card()
    new = msgspec.structs.replace(card, epoch=card.epoch + 1, public_key=OTHER)
    with at_node(HQ):
        enrol(new, actor=Actor())
        certify_posts()
    assert revoked_keys() == {bytes(card.public_key): since}


def test_a_national_has_no_limit(certified: None) -> None:
    (receipt,) = receipts_of(admitted())
    assert receipt.said.no_limit
    assert receipt.said.stay_until is None


def test_the_number_is_the_place_of_the_decision(certified: None) -> None:
    crossing = Crossing.objects.get(id=admitted())
    entry = JournalEntry.objects.get(kind="crossing.admitted")
    number = read_number(number_of(crossing))
    assert number is not None
    assert (number.epoch, number.sequence) == (entry.epoch, entry.sequence)
    assert crossing_of(number_of(crossing).lower(), [POST, HQ]) == crossing
    assert crossing_of(number_of(crossing), [HQ]) is None
    assert crossing_of("0000-10001-1", [POST, HQ]) is None


def test_a_rebuilt_post_gives_the_same_receipt(certified: None) -> None:
    crossing = admitted()
    before, rows = receipts_of(crossing), all_rows()
    rebuild()
    assert receipts_of(crossing) == before
    assert all_rows() == rows


def test_whom_the_second_line_lets_cross_has_one_too(certified: None) -> None:
    inspection = scan(paper())
    refer(inspection)
    assert receipts_of(inspection.id) == []
    resolve(BOUBACAR, inspection.id, Outcome.ADMITTED)
    (receipt,) = receipts_of(inspection.id)
    crossing = Crossing.objects.get(id=inspection.id)
    assert crossing.resolved_at is not None
    assert abs(receipt.said.at - crossing.resolved_at) < timedelta(seconds=1)
    entry = JournalEntry.objects.get(kind="crossing.resolved")
    assert crossing.receipt_sequence == entry.sequence


def test_whoever_is_refused_has_none(certified: None) -> None:
    inspection = scan(listed())
    refer(inspection)
    resolve(BOUBACAR, inspection.id, Outcome.REFUSED, refusal=RefusalReason.NO_VISA)
    assert receipts_of(inspection.id) == []
    assert receipts_of(new_id()) == []


def test_a_group_has_one_each(certified: None) -> None:
    first = scan(paper(), group=True)
    second = scan(paper(number="SP0000002", given_names="AWA"), group=True)
    admit(first, second)
    numbers = {receipt.said.number for receipt in receipts_of(first.id)}
    assert len(numbers) == 2


def test_the_lane_offers_the_last_one(certified: None, monkeypatch: pytest.MonkeyPatch) -> None:
    crossing = admitted()
    last = last_at(AMINATA.lane)
    assert last is not None
    assert last.id == crossing
    assert last_at("2") is None
    later = last.at + timedelta(minutes=31)
    monkeypatch.setattr("openmidas.crossings.receipts.issuing.node_time", lambda: later)
    assert last_at(AMINATA.lane) is None


def test_without_a_certificate_there_is_a_number_and_no_code(post: None) -> None:
    (receipt,) = receipts_of(admitted())
    assert receipt.code == ""
    assert read_number(receipt.said.number) is not None


def test_a_post_is_certified_once_and_anew_under_another_name(certified: None) -> None:
    with at_node(HQ):
        assert certify_posts() == 0
        configure_post(Actor(), POST, PostLayout(name="Kourémalé-Est", lanes=("1",)))
        assert certify_posts() == 1
    assert ReceiptCertificate.objects.count() == 2
    certificate = signs_with()
    assert certificate is not None
    assert read_certificate(certificate).name == "Kourémalé-Est"


def test_no_post_certifies_a_key(certified: None) -> None:
    before = ReceiptCertificate.objects.count()
    pen = Pen()
    row = ReceiptCertificate.objects.get()
    told = bytes(row.certificate)
    pen.write(SignerCertified(certified=new_id(), post=pen.node, certificate=told))
    with at_node(HQ):
        arrive(pen)
    assert ReceiptCertificate.objects.count() == before
    assert Quarantined.objects.get().kind == "signer.certified"


def test_a_receipt_goes_with_its_crossing(certified: None) -> None:
    mine, other = admitted(), admitted(number="SP0000002")
    with at_node(HQ):
        order_erasure(places_of_crossing(mine), ErasureReason.REQUEST, actor=Actor())
        rebuild()
    assert receipts_of(mine) == []
    assert len(receipts_of(other)) == 1
