"""Seals ask the store that chips are checked with: for authorities, and for what these have taken back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import msgspec
import pytest
from cryptography import x509

from openmidas.documents.chip import TrustStore, import_file, save
from openmidas.documents.commands import main
from openmidas.documents.seals import Checks, Outcome, Trust, Verdict, check_seal, read_seal
from tests.documents.chip.made import NOW
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting
from tests.documents.seals.made import certificate, key, seal

AUTHORITY = certificate(key(2), authority=True, years=(2020, 2040))
OFFERED = certificate(key(), key(2))
CSCA = x509.load_der_x509_certificate(AUTHORITY.der).subject
TODAY = date(2026, 11, 27)
NOT_CHECKED = "On n’a pas vérifié si le certificat a été révoqué"
STALE = datetime(2026, 11, 26, tzinfo=UTC)


@cache
def believed() -> TrustStore:
    return trusting(AUTHORITY.der)


def with_list(*serials: int, until: datetime = datetime(2027, 1, 1, tzinfo=UTC)) -> TrustStore:
    reason = x509.ReasonFlags.cessation_of_operation
    file = revocations((CSCA, key(2)), dict.fromkeys(serials, reason), until=until)
    store, said = import_file(believed(), "ml.crl", file, by="Issa", at=NOW)
    assert said.accepted
    return store


def checked(store: TrustStore, data: bytes | None = None) -> Verdict:
    return check_seal(read_seal(data or seal()), Trust(offered=(OFFERED,), store=store), on=TODAY)


def test_an_authority_of_the_store_is_believed() -> None:
    valid = Checks(signature=Outcome.VALID, in_force=Outcome.VALID, chain=Outcome.VALID)
    verdict = checked(believed())
    assert (verdict.outcome, verdict.checks, verdict.signer) == (Outcome.VALID, valid, "MLPF")
    assert [one.code for one in verdict.findings] == ["revocations_absent"]
    assert checked(TrustStore()).outcome is Outcome.ISSUER_UNKNOWN


def test_a_signer_that_still_stands() -> None:
    verdict = checked(with_list(99))
    assert (verdict.outcome, verdict.checks.revocation) == (Outcome.VALID, Outcome.VALID)


def test_a_revoked_signer_is_told_with_the_day_and_the_reason() -> None:
    verdict = checked(with_list(OFFERED.serial))
    assert (verdict.outcome, verdict.checks.revocation) == (Outcome.INVALID, Outcome.INVALID)
    (found,) = verdict.findings
    assert found.code == "certificate_revoked"
    assert (found.params["day"], found.params["reason"]) == ("2026-11-27", "cessation")


def test_one_who_is_believed_as_it_is_can_be_revoked_too() -> None:
    trust = Trust(signers=(OFFERED,), store=with_list(OFFERED.serial))
    assert check_seal(read_seal(seal()), trust, on=TODAY).outcome is Outcome.INVALID


def test_a_stale_list_is_said() -> None:
    verdict = checked(with_list(99, until=STALE))
    assert (verdict.outcome, verdict.checks.revocation) == (Outcome.VALID, Outcome.NOT_PERFORMED)
    assert [one.code for one in verdict.findings] == ["revocations_old"]


@pytest.mark.parametrize(
    ("issuer", "outcome"),
    [
        ("NER", Outcome.INVALID),
        ("UTO", Outcome.ISSUER_UNKNOWN),  # specimens are of no State
        ("QQQ", Outcome.ISSUER_UNKNOWN),
    ],
)
def test_a_state_does_not_seal_for_another(issuer: str, outcome: Outcome) -> None:
    other = read_seal(seal())
    header = msgspec.structs.replace(other.header, issuer=issuer)  # type: ignore[union-attr]  a VDS
    verdict = check_seal(
        msgspec.structs.replace(other, header=header),  # type: ignore[arg-type]  a VDS
        Trust(offered=(OFFERED,), store=believed()),
        on=TODAY,
    )
    assert verdict.outcome is outcome
    assert [one.code for one in verdict.findings] == ["state_differs"]
    assert verdict.checks.signature is Outcome.VALID


@pytest.mark.parametrize(
    ("by", "store", "status", "said"),
    [
        ("--offered", with_list(99), 0, ""),
        ("--offered", with_list(99, until=STALE), 4, "La liste de révocation est périmée"),
        ("--offered", believed(), 4, NOT_CHECKED),
        ("--signer", with_list(99), 0, ""),
        ("--signer", TrustStore(), 4, NOT_CHECKED),
    ],
    ids=["listed", "stale", "absent", "believed and listed", "believed, of no known authority"],
)
def test_only_what_is_known_not_to_be_revoked_ends_well(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    by: str,
    store: TrustStore,
    status: int,
    said: str,
) -> None:
    (tmp_path / "visa.bin").write_bytes(seal())
    (tmp_path / "signer.cer").write_bytes(OFFERED.der)
    save(tmp_path / "trust.json", store)
    given = [by, str(tmp_path / "signer.cer"), "--today", "2026-11-27", "--lang", "fr"]
    given += ["--store", str(tmp_path / "trust.json")]
    assert main(["seal", str(tmp_path / "visa.bin"), *given]) == status
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "was revoked on 2026-11-27: it is used no more."), ("fr", "il n’est plus utilisé.")],
)
def test_at_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    (tmp_path / "visa.bin").write_bytes(seal())
    (tmp_path / "signer.cer").write_bytes(OFFERED.der)
    save(tmp_path / "trust.json", with_list(OFFERED.serial))
    given = ["--offered", str(tmp_path / "signer.cer"), "--today", "2026-11-27", "--lang", lang]
    given += ["--store", str(tmp_path / "trust.json"), "--json"]
    assert main(["seal", str(tmp_path / "visa.bin"), *given]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["checks"]["revocation"]) == ("invalid", "invalid")
    assert answer["findings"][0]["message"].endswith(said)
    (tmp_path / "trust.json").write_bytes(b"[")
    assert main(["seal", str(tmp_path / "visa.bin"), *given]) == 1
