"""What officers do about certificates: four eyes, links, taking off."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.exchange.reading import for_peer
from openmidas.issuers import services, trusted
from openmidas.issuers.bringing import bring
from openmidas.issuers.given import KEPT, NotTaken, file_of, forget_old_files, take_file
from openmidas.issuers.local import GivenFile
from openmidas.issuers.models import CertificateProposal
from openmidas.journal import Actor, NodeKind, entry_kinds
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from tests.conftest import POST
from tests.documents.chip import made
from tests.documents.chip.made import Holder
from tests.documents.chip.made_revocations import revocations
from tests.issuers.conftest import Office
from tests.support.cast import Cast, acting, at_node, refusal
from tests.support.states import GUINEA, KEY, MALI, NIGER, NIGER_LINK, a_list

pytestmark = pytest.mark.django_db


REAL = Path(__file__).parents[1] / "documents" / "data" / "pki" / "NL_ML_2026-06-09.ml"


def sha(holder: Holder) -> str:
    return hashlib.sha256(holder.certificate).hexdigest()


def countries() -> list[tuple[str, str]]:
    return sorted((one.country, one.how) for one in trusted().trusted())


class TestFourEyes:
    def test_one_proposes_and_another_approves(self, office: Office) -> None:
        proposal = office.proposed(NIGER)
        assert countries() == []
        services.approve(office.mariam, proposal, sha(NIGER))
        assert countries() == [("NE", "hand")]
        row = CertificateProposal.objects.get()
        assert (row.obtained, row.proposed_by, row.ended_by) == (
            "By the embassy, on paper",
            office.fanta.officer,
            office.mariam.officer,
        )

    def test_nobody_approves_what_they_proposed(self, office: Office) -> None:
        proposal = office.proposed(NIGER)
        with refusal("proposal.same_person"):
            services.approve(office.fanta, proposal, sha(NIGER))
        assert countries() == []

    def test_only_what_was_seen_is_approved(self, office: Office) -> None:
        proposal = office.proposed(NIGER)
        with refusal("proposal.changed"):
            services.approve(office.mariam, proposal, sha(MALI))

    def test_who_does_not_keep_lists_neither_proposes_nor_approves(
        self, office: Office, cast: Cast
    ) -> None:
        proposal = office.proposed(NIGER)
        found = office.seen("ml.cer", MALI.certificate)
        for other in (acting(cast.idrissa), acting(cast.djibril), Actor()):
            with refusal("issuer.nobody"):
                services.approve(other, proposal, sha(NIGER))
            with refusal("issuer.nobody"):
                services.propose(other, found, "By the embassy")

    def test_what_somebody_proposed_who_has_gone_is_not_approved(
        self, office: Office, cast: Cast
    ) -> None:
        proposal = office.proposed(NIGER)
        office.suspend(cast.fanta)
        with refusal("proposal.proposer_gone"):
            services.approve(office.mariam, proposal, sha(NIGER))

    def test_what_is_refused_or_taken_back_is_over(self, office: Office) -> None:
        for other in (office.mariam, office.fanta):
            proposal = office.proposed(NIGER)
            with refusal("reason.missing"):
                services.refuse(other, proposal, " x ")
            services.refuse(other, proposal, "The State read another fingerprint")
            with refusal("proposal.ended"):
                services.approve(office.mariam, proposal, sha(NIGER))
        assert countries() == []

    def test_the_same_certificate_waits_once_and_is_trusted_once(self, office: Office) -> None:
        proposal = office.proposed(NIGER)
        with refusal("issuer.waiting"):
            office.proposed(NIGER)
        services.approve(office.mariam, proposal, sha(NIGER))
        with refusal("issuer.known"):
            office.proposed(NIGER)

    def test_how_it_was_obtained_is_asked_for(self, office: Office) -> None:
        with refusal("reason.missing"):
            services.propose(office.fanta, office.seen("ne.cer", NIGER.certificate), "  ")

    def test_no_post_decides_whom_the_state_trusts(self, office: Office, cast: Cast) -> None:
        found = office.seen("ne.cer", NIGER.certificate)
        with at_node(POST), refusal("issuer.nobody"):
            services.propose(acting(cast.coumba), found, "By the embassy")


class TestFiles:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"no certificate", "cut_short"),
            (made.revoked(NIGER, 7), "issuer_unknown"),
            (a_list(MALI, root=MALI), "list_root_absent"),
            (
                made.certify(made.named("NE", "Signer"), KEY, NIGER).certificate,
                "not_an_authority",
            ),
            (b"0" * (MOST_BYTES + 1), "too_large"),
        ],
        ids=["text", "revocations", "list without root", "signer", "large"],
    )
    def test_of_which_nothing_can_be_taken_are_not_kept(
        self, office: Office, data: bytes, code: str
    ) -> None:
        with pytest.raises(NotTaken) as caught:
            take_file(office.fanta, "x.cer", data)
        assert code in [one.code for one in caught.value.findings]
        assert not GivenFile.objects.exists()

    def test_are_for_who_gave_them_and_for_a_day(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = take_file(office.fanta, "ne.cer", NIGER.certificate)
        assert file_of(office.fanta, file.id) == file
        with refusal("issuer.file_gone"):
            file_of(office.mariam, file.id)
        GivenFile.objects.update(at=node_time() - KEPT)
        with refusal("issuer.file_gone"):
            file_of(office.fanta, file.id)
        assert forget_old_files() == 1

    def test_the_next_takes_the_place_of_the_one_before(self, office: Office) -> None:
        take_file(office.fanta, "ne.cer", NIGER.certificate)
        take_file(office.fanta, "ml.cer", MALI.certificate)
        assert [one.name for one in GivenFile.objects.all()] == ["ml.cer"]


class TestLinks:
    def test_a_link_needs_nobody_else(self, office: Office) -> None:
        office.approved(NIGER)
        found = office.seen("link.cer", NIGER_LINK.certificate)
        assert found.is_link
        services.take_link(office.fanta, found)
        assert countries() == [("NE", "hand"), ("NE", "link")]

    def test_a_link_to_what_was_removed_meanwhile_is_not_taken(self, office: Office) -> None:
        office.approved(NIGER)
        found = office.seen("link.cer", NIGER_LINK.certificate)
        services.remove(office.mariam, sha(NIGER), "Reported as lost")
        with refusal("issuer.no_link"):
            services.take_link(office.fanta, found)


class TestTravelling:
    def test_every_post_gets_all_that_is_said(self, office: Office) -> None:
        listed = office.accepted(NIGER, MALI)
        services.take_link(office.fanta, office.seen("link.cer", NIGER_LINK.certificate))
        office.approved(GUINEA)
        services.remove(office.mariam, sha(GUINEA), "Reported as lost")
        services.refuse(office.mariam, office.proposed(GUINEA), "Not compared yet")
        services.remove_list(office.mariam, listed, "Its key was lost")
        bring(office.fanta, [office.seen("ne.crl", revocations(NIGER))])
        sealer = made.certify(made.named("NE", "V1"), made.new_key(), NIGER)
        bring(office.fanta, [office.seen("v1.cer", sealer.certificate)])
        peer = Peer(id=new_id(), kind=NodeKind.POST)
        said = JournalEntry.objects.filter(kind__startswith="issuer.")
        bodies = {entry.kind: for_peer(entry.sealed(), peer).body for entry in said}
        assert set(bodies) == {name for name in entry_kinds() if name.startswith("issuer.")}
        assert all(bodies.values())

    def test_no_entry_of_a_real_list_is_too_large_for_a_poor_link(self, office: Office) -> None:
        found = office.seen(REAL.name, REAL.read_bytes())
        proposal = services.propose(office.fanta, found, "The page of the Netherlands")
        services.approve(office.mariam, proposal, found.said.root_fingerprint)
        services.accept_list(office.fanta, found)
        said = JournalEntry.objects.filter(kind__startswith="issuer.")
        assert max(len(bytes(entry.body or b"")) for entry in said) < 64 * 1024
        assert len(countries()) == len(found.listed) == 412


class TestRemoving:
    def test_one_person_removes_and_two_bring_back(self, office: Office) -> None:
        office.accepted(NIGER, MALI)
        services.remove(office.mariam, sha(MALI), "Reported as lost")
        assert countries() == [("NE", "hand")]
        with refusal("issuer.unknown"):
            services.remove(office.mariam, sha(MALI), "Reported as lost")
        office.approved(MALI)
        assert countries() == [("ML", "hand"), ("NE", "hand")]

    def test_a_link_that_was_removed_needs_two_persons(self, office: Office) -> None:
        office.approved(NIGER)
        services.take_link(office.fanta, office.seen("link.cer", NIGER_LINK.certificate))
        services.remove(office.fanta, sha(NIGER_LINK), "Reported as lost")
        assert not office.seen("link.cer", NIGER_LINK.certificate).is_link

    def test_a_reason_is_asked_for(self, office: Office) -> None:
        office.approved(NIGER)
        with refusal("reason.missing"):
            services.remove(office.mariam, sha(NIGER), "")
