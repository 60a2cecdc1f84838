"""What a chip and the seals say of the traveller: which findings, how severe."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from openmidas.crossings.evidence.checks import check_chip, check_seals, stops
from openmidas.crossings.evidence.kept import (
    Agreement,
    Opened,
    Originality,
    Proof,
    ReadChip,
    ReadSeal,
    SaidByReceipt,
)
from openmidas.crossings.evidence.wording import CHIP_WHY, SEAL_WHY, SEALS
from openmidas.crossings.inspection import Finding, Severity
from openmidas.crossings.wording import word
from openmidas.documents.chip.steps import STEPS

RECEIPT = SaidByReceipt(
    number="CY3-Z10C1S-K", post="Labbezanga", at="2026-11-25T14:05+01:00", direction="entry"
)


def chip(outcome: Proof = Proof.VALID, **more: object) -> ReadChip:
    told = {"opened": Opened.PACE, "compared": True} | more
    return ReadChip(outcome=outcome, **told)  # type: ignore[arg-type]  # the fields of a ReadChip


def seal(outcome: Proof = Proof.VALID, **more: object) -> ReadSeal:
    told = {"kind": "visa"} | more
    return ReadSeal(outcome=outcome, **told)  # type: ignore[arg-type]  # the fields of a ReadSeal


def told(*findings: Finding) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in findings]


def test_a_chip_that_was_not_read_is_no_finding() -> None:
    assert told(*check_chip(None)) == []


@pytest.mark.parametrize(
    ("outcome", "severity"),
    [
        (Proof.VALID, Severity.INFO),
        (Proof.INVALID, Severity.STOP),
        (Proof.ISSUER_UNKNOWN, Severity.INFO),
        (Proof.NOT_PERFORMED, Severity.INFO),
    ],
)
def test_only_what_is_not_genuine_stops(outcome: Proof, severity: Severity) -> None:
    assert told(*check_chip(chip(outcome))) == [(f"chip_{outcome}", severity)]
    assert told(*check_seals([seal(outcome)])) == [(f"seal_{outcome}", severity)]


@pytest.mark.parametrize("outcome", list(Proof))
def test_a_chip_that_says_something_else_than_the_print_stops_whoever_signed_it(
    outcome: Proof,
) -> None:
    found = list(check_chip(chip(outcome, differs=("number", "surname"))))
    assert ("chip_differs", Severity.STOP) in told(*found)
    assert found[-1].params == {"fields": "number, surname"}
    assert stops(found)


@pytest.mark.parametrize(
    ("outcome", "beside"),
    [
        (Proof.VALID, []),
        (Proof.ISSUER_UNKNOWN, []),
        (Proof.INVALID, [("chip_invalid", Severity.STOP)]),
        (Proof.NOT_PERFORMED, [("chip_not_performed", Severity.INFO)]),
    ],
)
def test_a_copy_stops_and_is_not_called_genuine(
    outcome: Proof, beside: list[tuple[str, Severity]]
) -> None:
    found = check_chip(chip(outcome, originality=Originality.FAILED))
    assert told(*found) == [("chip_copy", Severity.STOP), *beside]


@pytest.mark.parametrize(
    ("outcome", "severities"),
    [
        (Proof.VALID, [("chip_valid", Severity.INFO), ("chip_unproven", Severity.LOOK)]),
        (Proof.ISSUER_UNKNOWN, [("chip_issuer_unknown", Severity.INFO)]),
    ],
)
def test_a_genuine_chip_that_was_asked_and_did_not_prove_itself_is_looked_at(
    outcome: Proof, severities: list[tuple[str, Severity]]
) -> None:
    assert told(*check_chip(chip(outcome, originality=Originality.UNKNOWN))) == severities


@pytest.mark.parametrize(
    "originality", [one for one in Originality if one not in ("failed", "unknown")]
)
def test_nothing_else_of_its_proofs_stops_or_warns(originality: Originality) -> None:
    (found,) = check_chip(chip(originality=originality))
    assert (found.code, found.severity) == ("chip_valid", Severity.INFO)


@pytest.mark.parametrize(
    ("originality", "words", "copy_would_pass"),
    [
        (Originality.PASSED, "it is the original", False),
        (Originality.UNKNOWN, "could not be found out", False),
        (Originality.NOT_OFFERED, "This kind of chip", True),
        (Originality.NOT_ASKED, "not asked", True),
    ],
)
def test_a_genuine_chip_says_whether_it_proved_to_be_no_copy(
    originality: Originality, words: str, copy_would_pass: bool
) -> None:
    found = next(check_chip(chip(originality=originality)))
    with override("en"):
        detail = word(found).detail
    assert words in detail
    assert ("would pass" in detail) is copy_would_pass


def test_a_genuine_chip_that_could_not_be_compared_is_looked_at() -> None:
    found = check_chip(chip(compared=False))
    assert told(*found) == [("chip_valid", Severity.INFO), ("chip_not_compared", Severity.LOOK)]
    assert not stops(check_chip(chip(compared=False)))


def test_a_visa_of_another_passport_stops_and_a_receipt_of_another_does_not() -> None:
    visa = check_seals([seal(document=Agreement.OTHER)])
    assert told(*visa) == [("seal_valid", Severity.INFO), ("seal_differs", Severity.STOP)]
    receipt = check_seals([seal(kind="receipt", receipt=RECEIPT, document=Agreement.OTHER)])
    assert told(*receipt) == [("seal_receipt", Severity.INFO), ("seal_differs", Severity.LOOK)]


def test_each_seal_is_told() -> None:
    found = check_seals([seal(), seal(Proof.INVALID, kind="residence_permit")])
    assert [finding.params["seal"] for finding in found] == ["visa", "residence_permit"]


WHOLE = {
    "fr": {
        "chip_valid": "signée par : Niger",
        "chip_copy": "Puce : copie",
        "chip_unproven": "on ne sait si",
        "chip_invalid": "modifiées après leur signature",
        "chip_issuer_unknown": "ni contre",
        "chip_not_performed": "pris trop de temps",
        "chip_differs": "nom, date de naissance",
        "seal_valid": "Visa : authentique",
        "seal_invalid": "falsification",
        "seal_issuer_unknown": "signataire inconnu ici",
        "seal_receipt": "Entrée à",
    },
    "en": {
        "chip_valid": "signed by Niger",
        "chip_copy": "The chip is a copy",
        "chip_unproven": "Not known whether",
        "chip_invalid": "changed after they were signed",
        "chip_issuer_unknown": "for or against",
        "chip_not_performed": "took too long",
        "chip_differs": "surname, birth date",
        "seal_valid": "Visa: genuine",
        "seal_invalid": "changed or forged",
        "seal_issuer_unknown": "not known here",
        "seal_receipt": "Entry at",
    },
}
EVERY = (
    *check_chip(chip(state="NE", differs=("surname", "birth"))),
    *check_chip(chip(originality=Originality.FAILED)),
    *list(check_chip(chip(originality=Originality.UNKNOWN)))[1:],
    *check_chip(chip(Proof.INVALID, why="hashes")),
    *check_chip(chip(Proof.ISSUER_UNKNOWN)),
    *check_chip(chip(Proof.NOT_PERFORMED, why="took_too_long")),
    *check_seals([seal(signer="MLPF"), seal(Proof.INVALID, why="signature_wrong")]),
    *check_seals([seal(Proof.ISSUER_UNKNOWN), seal(kind="receipt", receipt=RECEIPT)]),
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("finding", EVERY, ids=lambda finding: finding.code)
def test_findings_are_said_in_plain_words(finding: Finding, language: str) -> None:
    with override(language):
        said = word(finding)
    assert WHOLE[language][finding.code] in f"{said.title} {said.detail}"


def test_what_a_newer_node_found_is_named_by_its_code() -> None:
    with override("en"):
        (found,) = check_chip(chip(Proof.INVALID, why="chip_cloned"))
        assert "chip_cloned" in word(found).detail
        (found,) = check_seals([seal(kind="9f02")])
        assert "9f02" in word(found).title


def test_every_step_has_words() -> None:
    assert set(STEPS) <= set(CHIP_WHY)
    assert {"signature_wrong", "certificate_malformed", "zone_differs"} <= set(SEAL_WHY)
    assert {"visa", "receipt"} <= set(SEALS)


def test_a_stale_list_of_revoked_certificates_is_never_clear() -> None:
    found = told(*check_chip(chip(steps={"revocation": "unknown"})))
    assert found == [("chip_valid", Severity.INFO), ("chip_revocations_stale", Severity.LOOK)]
    found = told(*check_seals([seal(why="revocations_old", signer="MLPF")]))
    assert found == [("seal_valid", Severity.INFO), ("seal_revocations_stale", Severity.LOOK)]
    assert told(*check_seals([seal(why="revocations_absent")])) == [("seal_valid", Severity.INFO)]
