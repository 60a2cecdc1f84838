"""Seals that others made: vdstools' (VDS) and Australia's (VDS-NC) are read and verified."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from openmidas.documents import read_mrz
from openmidas.documents.seals import (
    NotASeal,
    Outcome,
    Trust,
    Vds,
    VdsNc,
    check_seal,
    contents_of,
    load_certificate,
    read_seal,
    read_vds,
)
from tests.documents.seals.made import australian, vector_trust, vectors

TODAY = date(2026, 11, 25)
THEN = date(2022, 6, 1)
OUTCOMES = {
    "addressStickerId": Outcome.VALID,
    "residentPermit": Outcome.VALID,
    "supplementSheet": Outcome.VALID,
    "visa_224bitSig": Outcome.VALID,
    # Their certificates are not published.
    "ankunftsnwPapier2": Outcome.ISSUER_UNKNOWN,
    "arrivalAttestationV02": Outcome.ISSUER_UNKNOWN,
    "meldebescheinigung": Outcome.ISSUER_UNKNOWN,
    # They are not signed.
    "administrativeDocumentV9Basic": Outcome.NOT_PERFORMED,
    "administrativeDocumentV9WithStatus": Outcome.NOT_PERFORMED,
}


@pytest.mark.parametrize("name", sorted(vectors()))
def test_each_is_worth_what_is_known_of_its_signer(name: str) -> None:
    verdict = check_seal(read_seal(vectors()[name]), vector_trust(), on=TODAY)
    assert verdict.outcome is OUTCOMES[name]


@pytest.mark.parametrize("name", sorted(vectors()))
def test_each_is_kept_to_the_byte(name: str) -> None:
    assert read_vds(vectors()[name]).raw == vectors()[name]


def test_a_visa_says_what_its_page_says() -> None:
    seal = read_vds(vectors()["visa_224bitSig"])
    contents = contents_of(seal)
    assert contents.kind == "visa"
    assert (seal.header.issuer, seal.header.signer, seal.header.reference) == ("UTO", "DETS", "32")
    assert (seal.header.issued, seal.header.signed) == (date(2020, 1, 1), date(2023, 8, 19))
    assert contents.text("duration_of_stay") == "P0Y0M160D"
    assert contents.text("passport_number") == "47110815P"
    reading = read_mrz(contents.zone, today=date(2020, 1, 1))
    assert (reading.surname, reading.given_names) == ("DENT", "ARTHUR PHILIP")
    assert (reading.format, reading.ok) == ("MRV-B", True)


def test_the_german_attestation_of_arrival_is_laid_out_as_version_3_is() -> None:
    header = read_vds(vectors()["ankunftsnwPapier2"]).header
    assert (header.version, header.issuer, header.reference) == (4, "D", "00008")
    assert header.issued == date(2016, 2, 1)


def test_a_long_reference_is_read_where_its_length_is_written_in_tens() -> None:
    seal = read_vds(vectors()["meldebescheinigung"])
    assert len(seal.header.reference) == 40
    contents = contents_of(seal)
    assert contents.kind == "administrative_document"
    unknown = {field.tag: field.text for field in contents.fields if not field.name}
    assert bytes.fromhex(unknown[4]).decode() == "Mustermann"
    assert {finding.code for finding in contents.findings} == {"feature_unknown"}


def _australia() -> Trust:
    authority = base64.b64decode(australian()["cscaCertData"])
    return Trust(authorities=(load_certificate(authority),))


def test_a_vdsnc_holds_up_to_its_authority() -> None:
    seal = read_seal(australian()["validVDSJson"].encode())
    assert isinstance(seal, VdsNc)
    assert (seal.kind, seal.issuer, seal.version) == ("icao.vacc", "AUS", 1)
    assert seal.message["pid"]["n"] == "CITIZEN  JOHN"
    assert check_seal(seal, _australia(), on=THEN).outcome is Outcome.VALID
    assert check_seal(seal, Trust(), on=THEN).outcome is Outcome.ISSUER_UNKNOWN
    assert check_seal(seal, _australia(), on=date(2040, 1, 1)).outcome is Outcome.INVALID


def test_one_letter_changed_is_noticed() -> None:
    seal = read_seal(australian()["invalidVDSJson"].encode())
    for trust in (_australia(), Trust()):
        verdict = check_seal(seal, trust, on=THEN)
        assert verdict.outcome is Outcome.INVALID
        assert [finding.code for finding in verdict.findings] == ["signature_wrong"]


def test_other_json_is_no_seal() -> None:
    with pytest.raises(NotASeal):
        read_seal(australian()["nonVDSJson"].encode())


def test_a_changed_bit_never_passes() -> None:
    trust = vector_trust()
    whole = vectors()["residentPermit"]
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            seal = read_seal(bytes(changed))
        except NotASeal:
            continue
        assert isinstance(seal, Vds)
        assert check_seal(seal, trust, on=TODAY).outcome is not Outcome.VALID
        contents_of(seal)
