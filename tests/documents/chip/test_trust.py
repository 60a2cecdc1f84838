"""Whose certificates are trusted: lists by their signer, everything else by two persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.documents.chip import (
    NotPossible,
    TrustStore,
    Unreadable,
    approve,
    import_file,
    load,
    remove,
    save,
)
from tests.documents.chip import made
from tests.documents.chip.made import MASTER_LIST, NOW, Signed

KEY = made.new_key()
NIGER = made.certify(made.named("NE", "CSCA Niger"), KEY, authority=True)
MALI = made.certify(made.named("ML", "CSCA Mali"), KEY, authority=True)
LISTER = made.certify(
    made.named("NE", "List signer"), KEY, NIGER, purposes=("2.23.136.1.1.3",), serial=9
)


def a_list(*certificates: bytes, signer: made.Holder = LISTER, root: bytes = b"") -> bytes:
    content = made.master_list(list(certificates))
    bundle = (signer.certificate, root or NIGER.certificate)
    return Signed(content, signer, MASTER_LIST, certificates=bundle).written()


def test_by_hand_under_four_eyes() -> None:
    store, said = import_file(TrustStore(), "ne.cer", NIGER.certificate, by="Issa Seyni", at=NOW)
    assert (said.accepted, said.state, said.new) == (True, "proposed", 1)
    assert not list(store.trusted())
    for same in ("Issa Seyni", "  issa  SEYNI ", ""):
        with pytest.raises(NotPossible, match="same_person"):
            approve(store, said.fingerprint, by=same, at=NOW)
    approved = approve(store, said.fingerprint[:10].upper(), by="Awa", at=NOW)
    (entry,) = approved.trusted()
    assert (entry.country, entry.proposed_by, entry.approved_by) == ("NE", "Issa Seyni", "Awa")
    with pytest.raises(NotPossible, match="nothing_to_approve"):
        approve(approved, said.fingerprint, by="Awa", at=NOW)


def test_proposing_again_changes_nothing() -> None:
    store, _ = import_file(TrustStore(), "ne.cer", NIGER.certificate, by="Issa", at=NOW)
    again, said = import_file(store, "ne.cer", NIGER.certificate, by="Awa", at=NOW)
    assert again == store
    assert said.new == 0


def test_somebody_must_be_named() -> None:
    with pytest.raises(NotPossible, match="nobody"):
        import_file(TrustStore(), "ne.cer", NIGER.certificate, by=" ", at=NOW)


def test_removing_is_remembered() -> None:
    store, said = import_file(TrustStore(), "ne.cer", NIGER.certificate, by="Issa", at=NOW)
    gone = remove(store, said.fingerprint, by="Awa", at=NOW)
    assert gone.entries == ()
    assert [(one.subject, one.by) for one in gone.removed] == [("C=NE, CN=CSCA Niger", "Awa")]
    with pytest.raises(NotPossible, match="none_fits"):
        remove(gone, said.fingerprint, by="Awa", at=NOW)


def test_a_seal_signer_is_taken_off_as_well() -> None:
    store, said = import_file(TrustStore(), "ne.ml", a_list(NIGER.certificate), by="Issa", at=NOW)
    sealer = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)
    store, said = import_file(store, "v1.cer", sealer.certificate, by="Issa", at=NOW)
    gone = remove(store, said.fingerprint[:16], by="Awa", at=NOW)
    assert (gone.signers, gone.entries) == ((), store.entries)
    assert [(one.subject, one.by) for one in gone.removed] == [("C=NE, CN=V1", "Awa")]
    with pytest.raises(NotPossible, match="none_fits"):
        remove(gone, said.fingerprint, by="Awa", at=NOW)


def test_a_list_is_taken_off_with_what_it_alone_has() -> None:
    store, first = import_file(TrustStore(), "a.ml", a_list(NIGER.certificate), by="Issa", at=NOW)
    both = a_list(NIGER.certificate, MALI.certificate)
    store, second = import_file(store, "b.ml", both, by="Issa", at=NOW)
    less = remove(store, second.fingerprint, by="Awa", at=NOW)
    assert [entry.country for entry in less.trusted()] == ["NE"]
    assert remove(less, first.fingerprint, by="Awa", at=NOW).entries == ()


def test_pem_is_read_as_well() -> None:
    import ssl

    pem = ssl.DER_cert_to_PEM_cert(NIGER.certificate).encode()
    _store, said = import_file(TrustStore(), "ne.pem", pem, by="Issa", at=NOW)
    assert said.accepted


def test_a_list_says_who_signed_it() -> None:
    store, said = import_file(
        TrustStore(), "ne.ml", a_list(NIGER.certificate, MALI.certificate), by="Issa", at=NOW
    )
    assert (said.accepted, said.loaded, said.new) == (True, 2, 2)
    assert said.signer == "C=NE, CN=List signer"
    assert said.root == "C=NE, CN=CSCA Niger"
    assert not said.root_known
    assert {store.vouchers(entry) for entry in store.trusted()} == {"C=NE, CN=CSCA Niger"}
    _again, once_more = import_file(store, "ne.ml", a_list(MALI.certificate), by="Issa", at=NOW)
    assert once_more.root_known


def test_the_root_that_a_state_publishes_is_asked_for() -> None:
    file = a_list(MALI.certificate)
    store, said = import_file(TrustStore(), "x.ml", file, by="Issa", at=NOW, roots=["ab:cd"])
    assert (said.accepted, [one.code for one in said.findings]) == (False, ["root_is_another"])
    assert store == TrustStore()
    known = said.root_fingerprint.upper()
    assert import_file(TrustStore(), "x.ml", file, by="Issa", at=NOW, roots=["00", known])[
        1
    ].accepted


def test_a_certificate_that_cannot_be_read_costs_no_other() -> None:
    _store, said = import_file(
        TrustStore(), "x.ml", a_list(made.seq(made.num(1)), MALI.certificate), by="Issa", at=NOW
    )
    assert (said.accepted, said.loaded) == (True, 1)
    assert [(one.field, one.params["place"]) for one in said.unread] == [("certificate", "1")]


WRONG = {
    "not signed by its root": (a_list(MALI.certificate, root=MALI.certificate), "list_root_absent"),
    "not made to sign lists": (a_list(MALI.certificate, signer=NIGER), "not_a_list_signer"),
}


@pytest.mark.parametrize(("file", "code"), WRONG.values(), ids=WRONG)
def test_lists_that_are_not_taken_in(file: bytes, code: str) -> None:
    store, said = import_file(TrustStore(), "x.ml", file, by="Issa", at=NOW)
    assert not said.accepted
    assert code in [one.code for one in said.findings]
    assert store == TrustStore()


def test_only_authorities_are_taken_in() -> None:
    signer = made.certify(made.named("NE", "Signer"), KEY, NIGER)
    _store, said = import_file(TrustStore(), "x.cer", signer.certificate, by="Issa", at=NOW)
    assert [one.code for one in said.findings] == ["not_an_authority"]


def test_a_link_of_another_state_waits_for_two_persons() -> None:
    store, said = import_file(TrustStore(), "ne.cer", NIGER.certificate, by="Issa", at=NOW)
    store = approve(store, said.fingerprint, by="Awa", at=NOW)
    link = made.certify(made.named("ML", "CSCA Mali"), KEY, NIGER, authority=True)
    _store, said = import_file(store, "link.cer", link.certificate, by="Issa", at=NOW)
    assert said.state == "proposed"


def test_what_is_proposed_is_trusted_once_a_list_has_it() -> None:
    store, _ = import_file(TrustStore(), "ml.cer", MALI.certificate, by="Issa", at=NOW)
    store, _ = import_file(store, "x.ml", a_list(MALI.certificate), by="Issa", at=NOW)
    assert [entry.how for entry in store.trusted()] == ["list"]


def test_a_store_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "trust.json"
    assert load(path) == TrustStore()
    store, _ = import_file(TrustStore(), "x.ml", a_list(MALI.certificate), by="Issa", at=NOW)
    save(path, store)
    assert load(path) == store
    assert [one.name for one in path.parent.iterdir()] == ["trust.json"]
    path.write_bytes(b"{}}")
    with pytest.raises(Unreadable):
        load(path)
