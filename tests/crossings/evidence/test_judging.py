"""From a chip or a seal to what is kept of it: what it came to, and nothing that stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from openmidas.crossings.evidence.judging import judge_chip, judge_seal, unread_chip
from openmidas.crossings.evidence.kept import (
    Agreement,
    Opened,
    Originality,
    Proof,
    ReadChip,
    ReadSeal,
)
from openmidas.crossings.inspection import Document, Traveller
from openmidas.crossings.reading import document_of, read_document, traveller_of
from openmidas.documents import PartialDate
from openmidas.documents.chip import ActiveAnswer, ChipProofs, TrustStore, read_chip
from openmidas.documents.seals import Trust, read_code, write_vdsnc
from openmidas.web.demo.specimens import Specimen
from tests.documents.chip import made
from tests.documents.chip.made import Signed
from tests.documents.chip.virtual_proofs import Active, signed
from tests.documents.receipts.made import OTHER, RECEIPT, STATE, code
from tests.documents.seals.made import certificate, key, seal
from tests.support.chips import SIGNER, Chip, chip_of, store_of
from tests.support.states import GUINEA, MALI

TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PASSPORT = Specimen(
    surname="KEITA", given_names="MARIAM", number="SP0000001", birth=date(1991, 2, 3), sex="F"
)
ZONE = PASSPORT.mrz()
KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505  what chips have
FORGED = rsa.generate_private_key(65537, 1024)  # noqa: S505
CHALLENGE = bytes.fromhex("F173589974BF40C6")
STEPS_BEFORE_THE_STATE = ("structure", "signer", "content", "signature", "hashes")


def document(zone: str = ZONE) -> Document:
    reading = read_document(zone, TODAY)
    assert reading is not None
    return document_of(reading)


def judged(
    chip: Chip,
    trust: TrustStore | None = None,
    of: Document | None = None,
    traveller: Traveller | None = None,
) -> ReadChip:
    store = store_of(MALI) if trust is None else trust
    read = read_chip(chip.files(), store, at=NOW)
    return judge_chip(read, traveller or Traveller(), of or document(), Opened.PACE, today=TODAY)


class TestChip:
    def test_a_genuine_one_names_the_state_that_signed_and_agrees(self) -> None:
        chip = judged(chip_of(ZONE))
        assert (chip.outcome, chip.state, chip.why) == (Proof.VALID, "ML", "")
        assert (chip.compared, chip.differs, chip.opened) == (True, (), Opened.PACE)
        assert "failed" not in chip.steps.values()
        assert chip.steps["revocation"] == "not_performed", "there is no list of revoked ones"

    def test_without_the_certificate_of_the_state_nothing_speaks_against_it(self) -> None:
        chip = judged(chip_of(ZONE), TrustStore())
        assert (chip.outcome, chip.why, chip.state) == (Proof.ISSUER_UNKNOWN, "", "")
        assert all(chip.steps[step] == "passed" for step in STEPS_BEFORE_THE_STATE)

    @pytest.mark.parametrize(
        ("chip", "step"),
        [
            (chip_of(ZONE).tampered(), "hashes"),
            (Chip(b"\x77\x02\x30\x00", chip_of(ZONE).groups), "structure"),
            (chip_of(ZONE.replace("MLI", "GIN")), "state"),
            (
                chip_of(ZONE, made.certify(made.named("ML", "Forger"), SIGNER.key, GUINEA)),
                "chain",
            ),
        ],
    )
    def test_one_that_is_not_genuine_names_the_step_that_failed(
        self, chip: Chip, step: str
    ) -> None:
        found = judged(chip, store_of(MALI, GUINEA), document(ZONE))
        assert (found.outcome, found.why, found.state) == (Proof.INVALID, step, "")
        assert found.steps[step] == "failed"

    @pytest.mark.parametrize(
        ("chip", "why"),
        [
            (Chip(b"", chip_of(ZONE).groups), "sod_absent"),
            (chip_of(ZONE).without(1), "zone_absent"),
            (chip_of(ZONE).without(1, 2), "zone_absent"),
        ],
    )
    def test_of_one_that_was_not_read_whole_it_is_told_why_nothing_is_known(
        self, chip: Chip, why: str
    ) -> None:
        found = judged(chip)
        assert (found.outcome, found.why) == (Proof.NOT_PERFORMED, why)

    def test_what_ended_without_saying_when_it_was_signed_is_not_known(self) -> None:
        ended = made.certify(
            made.named("ML", "Old"), SIGNER.key, MALI, until=datetime(2026, 1, 1, tzinfo=UTC)
        )
        groups = chip_of(ZONE).groups
        signed = Signed(made.hashes_of(groups), ended, signed_at=None)
        found = judged(Chip(made.sod_of(signed), groups))
        assert (found.outcome, found.why) == (Proof.NOT_PERFORMED, "time_unknown")

    @pytest.mark.parametrize(
        ("changed", "fields"),
        [
            ({"surname": "KEITO"}, ("surname",)),
            ({"number": "SP0000002"}, ("number",)),
            ({"birth": date(1992, 2, 3), "sex": "M"}, ("birth", "sex")),
        ],
    )
    def test_the_fields_that_differ_from_the_printed_zone_are_named_and_not_what_they_say(
        self, changed: dict[str, Any], fields: tuple[str, ...]
    ) -> None:
        other = msgspec.structs.replace(PASSPORT, **changed).mrz()
        chip = judged(chip_of(other))
        assert (chip.outcome, chip.compared, chip.differs) == (Proof.VALID, True, fields)
        assert b"KEITO" not in msgspec.msgpack.encode(chip)

    @pytest.mark.parametrize(
        ("key", "proofs", "expected"),
        [
            (KEY, ChipProofs(ActiveAnswer(CHALLENGE, signed(KEY, CHALLENGE))), "passed"),
            (KEY, ChipProofs(ActiveAnswer(CHALLENGE, signed(FORGED, CHALLENGE))), "failed"),
            (KEY, ChipProofs(), "unknown"),
            (KEY, None, "not_asked"),
            (None, ChipProofs(), "not_offered"),
            (None, None, "not_offered"),
        ],
    )
    def test_whether_it_proved_to_be_no_copy_and_nothing_of_what_it_answered(
        self, key: Active | None, proofs: ChipProofs | None, expected: str
    ) -> None:
        read = read_chip(chip_of(ZONE, key=key).files(), store_of(MALI), at=NOW, proofs=proofs)
        chip = judge_chip(read, Traveller(), document(), Opened.PACE, today=TODAY)
        assert (chip.outcome, chip.originality) == (Proof.VALID, Originality(expected))
        assert CHALLENGE not in msgspec.msgpack.encode(chip)

    @pytest.mark.parametrize(
        ("typed", "fields"),
        [
            ({}, ()),
            ({"number": "SP0000007"}, ("number",)),
            ({"surname": "KEYTA", "given_names": ""}, ()),
            ({"birth": PartialDate(1991, 2, 4)}, ("birth",)),
            ({"birth": PartialDate(1891, 2, 3)}, ()),
            ({"birth": PartialDate(1990)}, ()),
            ({"birth": PartialDate(1990, 2, 3, approximate=True)}, ()),
            ({"sex": "M"}, ("sex",)),
            ({"nationality": "NER", "issuer": "NER"}, ("nationality",)),
            ({"nationality": "", "issuer": "GIN"}, ()),
            ({"expiry": PartialDate(2027, 1, 1)}, ("expiry",)),
            ({"birth": None, "sex": "", "nationality": "", "expiry": None}, ()),
        ],
    )
    def test_of_a_document_that_was_typed_what_was_typed_exactly_is_compared(
        self, typed: dict[str, Any], fields: tuple[str, ...]
    ) -> None:
        reading = read_document(ZONE, TODAY)
        assert reading is not None
        of = Document(code="P", number="sp0000001", issuer="MLI", expiry=reading.expiry)
        held = {name: typed[name] for name in typed if name in Document.__struct_fields__}
        stated = {name: typed[name] for name in typed if name in Traveller.__struct_fields__}
        chip = judged(
            chip_of(ZONE),
            of=msgspec.structs.replace(of, **held),
            traveller=msgspec.structs.replace(traveller_of(reading), **stated),
        )
        assert chip.differs == fields
        assert (chip.compared, chip.number_agrees) == (False, "number" not in fields)

    def test_what_ended_without_an_answer_keeps_why(self) -> None:
        chip = unread_chip("took_too_long", Opened.BAC)
        assert (chip.outcome, chip.why, chip.compared) == (
            Proof.NOT_PERFORMED,
            "took_too_long",
            False,
        )


def sealed(data: bytes, trust: Trust, number: str = "B0123456", on: date = TODAY) -> ReadSeal:
    read = read_code(data, trust, today=on).seal
    assert read is not None
    return judge_seal(read, Document(code="P", number=number, issuer="MLI"))


BELIEVED = Trust(signers=(certificate(key()),))


class TestSeal:
    def test_a_genuine_one_names_its_kind_its_signer_and_the_document(self) -> None:
        visa = sealed(seal(), BELIEVED)
        assert (visa.outcome, visa.kind, visa.signer) == (Proof.VALID, "visa", "MLPF")
        assert (visa.document, visa.why) == (Agreement.SAME, "revocations_absent")

    def test_one_that_names_another_passport_says_so(self) -> None:
        assert sealed(seal(), BELIEVED, number="B0123457").document is Agreement.OTHER

    def test_the_number_of_the_sealed_document_itself_agrees_as_well(self) -> None:
        assert sealed(seal(), BELIEVED, number="L898902C3").document is Agreement.SAME

    def test_without_a_document_nothing_is_compared(self) -> None:
        assert sealed(seal(), BELIEVED, number="").document is Agreement.UNSAID

    def test_a_forged_one_keeps_why(self) -> None:
        forged = seal()[:-1] + bytes([seal()[-1] ^ 1])
        visa = sealed(forged, BELIEVED)
        assert (visa.outcome, visa.why, visa.signer) == (Proof.INVALID, "signature_wrong", "")

    def test_of_an_unknown_signer_nothing_is_said(self) -> None:
        visa = sealed(seal(), Trust())
        assert (visa.outcome, visa.why) == (Proof.ISSUER_UNKNOWN, "certificate_missing")

    @pytest.mark.parametrize(
        ("person", "agreement"),
        [
            ({"n": "KEITA MARIAM", "i": "B0123456"}, Agreement.SAME),
            ({"n": "KEITA MARIAM", "i": "B0000000"}, Agreement.OTHER),
            ({"n": "KEITA MARIAM", "i": 7}, Agreement.UNSAID),
            ("KEITA", Agreement.UNSAID),
        ],
    )
    def test_a_certificate_of_health_is_held_against_the_number_that_it_names(
        self, person: object, agreement: Agreement
    ) -> None:
        authority = certificate(key(2), authority=True)
        text = write_vdsnc(
            kind="icao.vacc",
            issuer="MLI",
            message={"pid": person},
            key=key(),
            certificate=certificate(key(), key(2)),
        )
        found = sealed(text.encode(), Trust(authorities=(authority,)))
        assert (found.outcome, found.kind) == (Proof.VALID, "icao.vacc")
        assert found.document is agreement

    def test_a_receipt_of_a_crossing_says_which_one(self) -> None:
        found = sealed(code().encode(), Trust(state_keys=(STATE,)), number="AA4711")
        assert (found.outcome, found.kind, found.document) == (
            Proof.VALID,
            "receipt",
            Agreement.SAME,
        )
        assert found.receipt is not None
        assert (found.receipt.number, found.receipt.until) == (RECEIPT.number, "2027-02-22")
        assert (found.receipt.direction, found.receipt.post) == ("entry", "Kourémalé")

    def test_a_receipt_of_another_state_says_nothing_that_is_believed(self) -> None:
        found = sealed(code().encode(), Trust(state_keys=(OTHER,)), number="AA4711")
        assert (found.outcome, found.receipt) == (Proof.ISSUER_UNKNOWN, None)

    def test_an_entry_stamp_is_a_receipt_in_another_form(self) -> None:
        found = sealed(seal("entry_stamp"), BELIEVED, number="B9911")
        assert (found.kind, found.document) == ("entry_stamp", Agreement.OTHER)
        assert found.receipt is not None

    def test_another_seal_is_no_receipt(self) -> None:
        assert sealed(seal(), BELIEVED).receipt is None
