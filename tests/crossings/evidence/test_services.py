"""A chip and seals are shown at a lane: checked with what the post trusts, and kept with the decision."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from openmidas.crossings import services
from openmidas.crossings.evidence import reading
from openmidas.crossings.evidence import services as evidence
from openmidas.crossings.evidence.kept import Opened, Proof
from openmidas.crossings.evidence.reading import ChipFiles
from openmidas.crossings.evidence.services import show_chip, show_seal
from openmidas.crossings.inspection import Conveyance, Inspection, Journey, State
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.crossings.photographs import TURNS
from openmidas.crossings.receipts.certifying import signs_with
from openmidas.crossings.receipts.issuing import receipts_of
from openmidas.documents.chip import TrustStore
from openmidas.documents.chip.access import Password, read_files
from openmidas.documents.receipts import receipt_code
from openmidas.documents.seals import draw, write_vdsnc
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import revoke
from tests.conftest import HQ, POST
from tests.crossings.conftest import (
    AMINATA,
    OUMOU,
    admit,
    cancel,
    codes,
    paper,
    refer,
    scan,
)
from tests.crossings.receipts.conftest import certify
from tests.documents.chip.virtual import ZONE_PASSWORD, VirtualChip, files_of
from tests.documents.chip.virtual_proofs import Prover
from tests.documents.seals.made import key, seal
from tests.documents.seals.test_revocation import OFFERED, believed, with_list
from tests.support.cast import at_node, refusal
from tests.support.chips import Chip, chip_of, trust

KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505  what chips have
pytestmark = pytest.mark.usefixtures("post")


def show(inspection: Inspection, chip: Chip, actor: Actor = AMINATA) -> Inspection:
    known, _portrait = show_chip(
        actor, inspection.id, ChipFiles(chip.sod, chip.groups, Opened.PACE)
    )
    return known


class TestChip:
    def test_a_genuine_one_leaves_the_traveller_clear_and_is_kept_with_the_crossing(self) -> None:
        trust()
        inspection = scan(paper())
        known = show(inspection, chip_of(paper()))
        assert (known.state, "chip_valid" in codes(known)) == (State.CLEAR, True)
        admit(inspection)
        kept = Crossing.objects.get(id=inspection.id).inspected()
        assert kept.chip == known.chip
        assert kept.chip is not None
        assert (kept.chip.outcome, kept.chip.state) == (Proof.VALID, "ML")

    def test_nothing_that_stands_in_it_is_written_down(self) -> None:
        trust()
        inspection = scan(paper())
        chip = chip_of(paper())
        show(inspection, chip)
        admit(inspection)
        entry = JournalEntry.objects.get(kind="crossing.admitted")
        body = bytes(entry.body or b"")
        assert b"JFIF" not in body
        assert all(group[:20] not in body for group in chip.groups.values())

    def test_without_the_state_s_certificate_the_traveller_stays_clear(self) -> None:
        inspection = scan(paper())
        known = show(inspection, chip_of(paper()))
        assert (known.state, "chip_issuer_unknown" in codes(known)) == (State.CLEAR, True)

    @pytest.mark.parametrize(
        ("chip", "code"),
        [
            (chip_of(paper()).tampered(), "chip_invalid"),
            (chip_of(paper(number="SP0000002")), "chip_differs"),
        ],
    )
    def test_what_is_not_genuine_or_differs_cannot_be_admitted_at_the_primary_line(
        self, chip: Chip, code: str
    ) -> None:
        trust()
        inspection = scan(paper())
        known = show(inspection, chip)
        assert (known.state, code in codes(known)) == (State.STOP, True)
        with refusal("stop.at_primary"):
            admit(inspection)
        refer(inspection)
        assert code in codes(Crossing.objects.get(id=inspection.id).inspected())

    @pytest.mark.parametrize(
        ("prover", "state", "code"),
        [
            (Prover(KEY), State.CLEAR, "chip_valid"),
            (Prover(), State.STOP, "chip_copy"),
            (Prover(refusal=b"\x67\x00"), State.LOOK, "chip_unproven"),
        ],
    )
    def test_a_copy_of_all_files_without_the_key_is_never_clear_and_the_original_is(
        self, prover: Prover, state: State, code: str
    ) -> None:
        trust()
        inspection = scan(paper())
        chip = chip_of(paper(), key=KEY)
        virtual = VirtualChip(files_of(chip.groups, chip.sod), prover=prover)
        proofs = read_files(virtual, Password.of_printed(ZONE_PASSWORD)).proofs
        shown = ChipFiles(chip.sod, chip.groups, Opened.BAC, proofs)
        known, _portrait = show_chip(AMINATA, inspection.id, shown)
        assert (known.state, code in codes(known)) == (state, True)

    @pytest.mark.parametrize("other", [chip_of(paper()), chip_of(paper(number="SP0000002"))])
    def test_one_that_stopped_the_traveller_is_not_replaced_by_another(self, other: Chip) -> None:
        trust()
        inspection = scan(paper())
        known = show(inspection, chip_of(paper()).tampered())
        with refusal("chip.stopped"):
            show(inspection, other)
        assert show(inspection, chip_of(paper()).tampered()).chip == known.chip
        cancel(inspection)
        kept = CancelledInspection.objects.get(id=inspection.id).inspected()
        assert "chip_invalid" in codes(kept)

    def test_one_that_was_not_read_whole_is_read_again(self) -> None:
        trust()
        inspection = scan(paper())
        assert "chip_not_performed" in codes(show(inspection, chip_of(paper()).without(1)))
        known = show(inspection, chip_of(paper()))
        assert codes(known) >= {"chip_valid"}
        assert "chip_not_performed" not in codes(known)

    def test_what_it_came_to_stays_when_the_journey_changes(self) -> None:
        inspection = scan(paper())
        show(inspection, chip_of(paper()).tampered())
        (known,) = services.set_journey(AMINATA, Journey(conveyance=Conveyance.CAR))
        assert "chip_invalid" in codes(known)

    def test_hostile_bytes_come_to_an_answer(self) -> None:
        inspection = scan(paper())
        known = show(inspection, Chip(b"\x77\x84\xff\xff\xff\xff", {1: b"\x61" * 5000}))
        assert known.chip is not None
        assert known.chip.outcome is Proof.INVALID

    def test_nobody_shows_a_chip_for_who_stands_at_another_lane_or_is_gone(self) -> None:
        inspection = scan(paper())
        with refusal("scan.unknown"):
            show(inspection, chip_of(paper()), OUMOU)
        with refusal("request.broken"):
            show(inspection, chip_of(paper()), Actor(new_id(), "primary"))
        admit(inspection)
        with refusal("scan.decided"):
            show(inspection, chip_of(paper()))

    def test_one_at_a_time_for_each_lane(self) -> None:
        inspection = scan(paper())
        with TURNS.take("1"), refusal("camera.busy"):
            show(inspection, chip_of(paper()))


class TestSeal:
    def test_one_in_a_photograph_is_found_and_told(self) -> None:
        inspection = scan(paper(number="B0123456"))
        known, seen = show_seal(AMINATA, inspection.id, picture=draw(seal()))
        assert (seen.kind, seen.outcome) == ("visa", Proof.ISSUER_UNKNOWN)
        assert (known.state, codes(known)) == (State.CLEAR, codes(known) | {"seal_issuer_unknown"})

    def test_one_of_another_passport_stops(self) -> None:
        inspection = scan(paper())
        known, _seen = show_seal(AMINATA, inspection.id, data=seal())
        assert (known.state, "seal_differs" in codes(known)) == (State.STOP, True)

    @pytest.mark.parametrize(
        ("store", "outcome", "state"),
        [
            (believed(), Proof.VALID, State.CLEAR),
            (with_list(OFFERED.serial), Proof.INVALID, State.STOP),
        ],
    )
    def test_what_this_node_trusts_and_knows_as_revoked_counts_for_seals_too(
        self, monkeypatch: pytest.MonkeyPatch, store: TrustStore, outcome: Proof, state: State
    ) -> None:
        monkeypatch.setattr(reading, "trusted", lambda: store)
        said = {"pid": {"i": "SP0000001"}}
        data = write_vdsnc(
            kind="icao.vacc", issuer="MLI", message=said, key=key(), certificate=OFFERED
        )
        known, seen = show_seal(AMINATA, scan(paper()).id, data=data.encode())
        assert (seen.outcome, known.state) == (outcome, state)

    def test_our_own_receipt_names_its_crossing(self) -> None:
        certify()
        first = scan(paper())
        admit(first)
        (receipt,) = receipts_of(first.id)
        again = scan(paper())
        known, seen = show_seal(AMINATA, again.id, data=receipt.code.encode())
        assert seen.receipt is not None
        assert (seen.receipt.crossing, seen.receipt.number) == (first.id, receipt.said.number)
        (told,) = [one for one in known.findings if one.code == "seal_receipt"]
        assert told.params["number"] == receipt.said.number

    def test_a_receipt_of_a_post_that_was_revoked_before_names_nothing_and_stops(
        self,
    ) -> None:
        certify()
        first = scan(paper())
        admit(first)
        (receipt,) = receipts_of(first.id)
        certificate = signs_with()
        assert certificate
        with at_node(HQ):
            revoke(POST, "its machine was stolen", actor=Actor())
        late = msgspec.structs.replace(receipt.said, at=receipt.said.at + timedelta(hours=1))
        forged = receipt_code(this_node().key, certificate, late)
        known, seen = show_seal(AMINATA, scan(paper()).id, data=forged.encode())
        assert (seen.outcome, seen.why, seen.receipt) == (Proof.INVALID, "post_revoked", None)
        assert known.state is State.STOP

    @pytest.mark.parametrize(
        ("picture", "data", "code"),
        [
            (b"GIF89a", b"", "seal.no_picture"),
            (draw(b"https://example.org"), b"", "seal.none"),
            (b"", b"https://example.org", "seal.none"),
            (b"", b"\xdc\x03", "seal.none"),
        ],
    )
    def test_what_is_no_seal_is_refused_and_leaves_nothing(
        self, picture: bytes, data: bytes, code: str
    ) -> None:
        inspection = scan(paper())
        with refusal(code):
            show_seal(AMINATA, inspection.id, picture=picture, data=data)
        assert services.standing("1") == [inspection]

    def test_the_same_one_again_is_one(self) -> None:
        inspection = scan(paper(number="B0123456"))
        show_seal(AMINATA, inspection.id, data=seal())
        known, _seen = show_seal(AMINATA, inspection.id, data=seal())
        assert len(known.seals) == 1

    def test_there_is_an_end_to_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(evidence, "MOST_SEALS", 1)
        inspection = scan(paper(number="B0123456"))
        show_seal(AMINATA, inspection.id, data=seal("entry_stamp"))
        with refusal("seal.many"):
            show_seal(AMINATA, inspection.id, data=seal())

    def test_one_that_is_not_genuine_takes_the_room_of_a_harmless_one_and_keeps_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(evidence, "MOST_SEALS", 1)
        monkeypatch.setattr(reading, "trusted", lambda: with_list(OFFERED.serial))
        said = {"pid": {"i": "B0123456"}}
        revoked = write_vdsnc(
            kind="icao.vacc", issuer="MLI", message=said, key=key(), certificate=OFFERED
        )
        inspection = scan(paper(number="B0123456"))
        show_seal(AMINATA, inspection.id, data=seal())
        known, seen = show_seal(AMINATA, inspection.id, data=revoked.encode())
        assert known.seals == (seen,)
        assert (seen.outcome, known.state) == (Proof.INVALID, State.STOP)
        with refusal("seal.many"):
            show_seal(AMINATA, inspection.id, data=seal())
        assert services.standing("1")[0].seals == (seen,)

    def test_of_many_in_one_picture_the_worst_are_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(evidence, "MOST_SEALS", 1)
        both = [seal("entry_stamp"), seal()]
        monkeypatch.setattr(evidence, "codes_of", lambda _picture: both)
        known, seen = show_seal(AMINATA, scan(paper()).id, picture=b"a photograph")
        assert (seen.kind, known.seals) == ("visa", (seen,)), "a visa of another passport stops"
        assert known.state is State.STOP
