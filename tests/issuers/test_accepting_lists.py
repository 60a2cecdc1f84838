"""Master lists: which one officer accepts, under what two persons took, and what goes with them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from openmidas.issuers import services, trusted
from openmidas.issuers.entries import IssuersListed
from openmidas.issuers.models import CertificateProposal
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from tests.documents.chip import made
from tests.documents.chip.made import Holder
from tests.issuers.conftest import Office
from tests.support.cast import refusal
from tests.support.states import GUINEA, KEY, MALI, NIGER, a_list

pytestmark = pytest.mark.django_db


REAL = Path(__file__).parents[1] / "documents" / "data" / "pki" / "NL_ML_2026-06-09.ml"


def sha(holder: Holder) -> str:
    return hashlib.sha256(holder.certificate).hexdigest()


def countries() -> list[tuple[str, str]]:
    return sorted((one.country, one.how) for one in trusted().trusted())


class TestMasterLists:
    def test_a_list_is_accepted_once_two_persons_have_taken_its_authority(
        self, office: Office
    ) -> None:
        found = office.seen("ne.ml", a_list(NIGER, MALI, GUINEA))
        assert not found.is_acceptable
        with refusal("issuer.root_unknown"):
            services.accept_list(office.fanta, found)
        proposal = services.propose(office.fanta, found, "The page of Niger's police")
        services.approve(office.mariam, proposal, sha(NIGER))
        found = office.seen("ne.ml", a_list(NIGER, MALI, GUINEA))
        assert found.is_acceptable
        services.accept_list(office.fanta, found)
        assert countries() == [("GN", "list"), ("ML", "list"), ("NE", "hand")]

    def test_an_authority_that_only_a_list_vouches_for_signs_no_other_list(
        self, office: Office
    ) -> None:
        office.accepted(NIGER, MALI)
        lister = made.certify(
            made.named("ML", "List signer"), KEY, MALI, purposes=("2.23.136.1.1.3",), serial=9
        )
        found = office.seen("ml.ml", a_list(MALI, GUINEA, signer=lister, root=MALI))
        with refusal("issuer.root_unknown"):
            services.accept_list(office.fanta, found)
        services.approve(
            office.mariam, services.propose(office.fanta, found, "By the embassy"), sha(MALI)
        )
        services.accept_list(office.fanta, found)
        assert ("GN", "list") in countries()

    def test_the_same_list_is_accepted_once(self, office: Office) -> None:
        office.accepted(NIGER)
        found = office.seen("ne.ml", a_list(NIGER, MALI))
        services.accept_list(office.fanta, found)
        with refusal("issuer.list_known"):
            services.accept_list(office.mariam, found)

    def test_the_next_list_under_a_trusted_root_brings_what_is_new_alone(
        self, office: Office
    ) -> None:
        office.accepted(NIGER, MALI)
        services.accept_list(office.mariam, office.seen("next.ml", a_list(NIGER, MALI, GUINEA)))
        sent = JournalEntry.objects.filter(kind="issuer.listed").order_by("sequence")
        contents = [decode_body(bytes(entry.body or b"")).read() for entry in sent]
        brought = [len(one.certificates) for one in contents if isinstance(one, IssuersListed)]
        assert brought == [1, 1]
        assert len(countries()) == 3

    def test_what_a_list_alone_has_goes_with_it(self, office: Office) -> None:
        first = office.accepted(NIGER, MALI)
        services.accept_list(office.fanta, office.seen("b.ml", a_list(NIGER, GUINEA)))
        services.remove_list(office.mariam, first, "Its key was lost")
        assert countries() == [("GN", "list"), ("NE", "hand")]
        with refusal("issuer.unknown"):
            services.remove_list(office.mariam, first, "Its key was lost")

    def test_lists_go_with_their_authority_and_come_back_with_it(self, office: Office) -> None:
        first = office.accepted(NIGER, MALI)
        services.remove(office.mariam, sha(NIGER), "Reported as lost")
        assert countries() == []
        services.remove_list(office.mariam, first, "Its key was lost")
        office.approved(NIGER, signs_lists=True)
        assert countries() == [("NE", "hand")]

    def test_one_accepts_no_list_under_an_authority_that_two_took_for_passports_alone(
        self, office: Office
    ) -> None:
        office.approved(NIGER)
        found = office.seen("ne.ml", a_list(NIGER, MALI))
        with refusal("issuer.root_no_lists"):
            services.accept_list(office.fanta, found)
        proposal = services.propose(office.fanta, found, "The page of Niger's police")
        assert CertificateProposal.objects.get(id=proposal).signs_lists
        services.approve(office.mariam, proposal, sha(NIGER))
        services.accept_list(office.fanta, found)
        assert countries() == [("ML", "list"), ("NE", "hand")]

    def test_after_a_list_was_removed_two_persons_take_its_authority_again(
        self, office: Office
    ) -> None:
        services.remove_list(office.mariam, office.accepted(NIGER, MALI), "It has a forged one")
        for again in (a_list(NIGER, MALI), a_list(NIGER, GUINEA)):
            found = office.seen("ne.ml", again)
            with refusal("issuer.list_removed"):
                services.accept_list(office.fanta, found)
        proposal = services.propose(office.fanta, found, "The page of Niger's police")
        services.approve(office.mariam, proposal, sha(NIGER))
        services.accept_list(office.fanta, found)
        assert countries() == [("GN", "list"), ("NE", "hand")]
        with refusal("issuer.known"):
            services.propose(office.fanta, found, "The page of Niger's police")
