"""``midas documents trust`` with lists of revoked certificates, in both languages."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from cryptography import x509

from openmidas.documents.chip import load, save
from openmidas.documents.chip.revocations import Reason
from openmidas.documents.commands import main, main_documents
from openmidas.documents.commands.revocation_words import REASONS
from tests.documents.chip.made import StateOfOurs, certify, named, new_key
from tests.documents.chip.made_ldif import download, list_entry, revocations_entry
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting
from tests.support.states import a_list_with_unread

UTOPIA = StateOfOurs()
YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "trust.json"
    save(path, trusting(UTOPIA.authority.certificate))
    return str(path)


def test_a_list_is_taken_in_shown_and_asked(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ut.crl"
    reason = {UTOPIA.signer.serial: x509.ReasonFlags.key_compromise}
    file.write_bytes(revocations(UTOPIA.authority, reason, number=12))
    assert main_documents(["trust", str(file), "--store", store, "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert (
        "liste de 1 certificats révoqués de C=UT, CN=CSCA Utopia, numéro 12, du 2026-01-01" in said
    )

    assert main_documents(["trust", "--list", "--store", store, "--json"]) == 0
    *_entries, listed = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (listed["number"], listed["revoked"]) == ("12", 1)

    chip = tmp_path / "chip"
    chip.mkdir()
    (chip / "EF.SOD").write_bytes(UTOPIA.sod)
    for number, group in UTOPIA.groups.items():
        (chip / f"DG{number}").write_bytes(group)
    assert main(["chip", str(chip), "--store", store, "--lang", "fr", "--today", "2026-11-27"]) == 3
    said = capsys.readouterr().out
    assert said.startswith("Non valide")
    assert "a été révoqué le 2026-11-27 : sa clé est en d’autres mains." in said


@pytest.mark.parametrize(("lang", "said"), [("en", "STALE since"), ("fr", "PÉRIMÉE depuis le")])
def test_a_stale_list_is_called_stale(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    file = tmp_path / "ut.crl"
    file.write_bytes(revocations(UTOPIA.authority, until=YESTERDAY))
    assert main_documents(["trust", str(file), "--store", store, "--lang", lang]) == 0
    assert main_documents(["trust", "--list", "--store", store, "--lang", lang]) == 0
    assert said in capsys.readouterr().out


def test_every_reason_has_words() -> None:
    assert set(get_args(Reason)) == REASONS.keys()


def test_certificates_steer_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "trust.json")
    name = named("UT", "Foo\x1b[31m")
    key = new_key()
    authority = certify(name, key, authority=True)
    sealer = certify(named("UT", "V1"), new_key(), authority, serial=0xA1)
    files = {"ut.cer": authority.certificate, "v1.cer": sealer.certificate}
    files["ut.crl"] = revocations(authority)
    said = ["--store", store, "--lang", "fr"]
    fingerprint = hashlib.sha256(authority.certificate).hexdigest()
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
        assert main_documents(["trust", str(tmp_path / file), *said, "--by", "Issa"]) == 0
        if file == "ut.cer":
            assert main_documents(["trust", "--approve", fingerprint, *said, "--by", "Awa"]) == 0
    assert main_documents(["trust", "--list", *said]) == 0
    assert main_documents(["trust", str(tmp_path / "\x1b[2J.cer"), *said]) == 1
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert told.out.count("CN=Foo\\x1b[31m") == 6
    assert "\\x1b[2J.cer" in told.err


def test_a_seal_signer_is_listed_and_removed(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealer = certify(named("UT", "V1"), new_key(), UTOPIA.authority, serial=0xA1)
    file = tmp_path / "v1.cer"
    file.write_bytes(sealer.certificate)
    fingerprint = hashlib.sha256(sealer.certificate).hexdigest()
    assert main_documents(["trust", str(file), "--store", store, "--lang", "fr"]) == 0
    assert main_documents(["trust", "--list", "--store", store, "--lang", "fr"]) == 0
    told = capsys.readouterr().out
    assert "C=UT, CN=V1  signe des cachets : UTV1 A1 (C=UT, CN=CSCA Utopia)" in told

    assert main_documents(["trust", "--list", "--store", store, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (listed,) = (one for one in lines if one["fingerprint"] == fingerprint)
    assert (listed["seals"], listed["state"]) == ("UTV1 A1", "trusted")

    gone = ["trust", "--remove", fingerprint, "--store", store, "--by", "Awa", "--lang", "fr"]
    assert main_documents(gone) == 0
    assert load(Path(store)).signers == ()


@pytest.mark.parametrize(("lang", "said"), [("en", " either: 3. "), ("fr", " illisibles : 3. ")])
def test_unread_certificates_of_a_download_beyond_a_thousand_are_counted(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    file = tmp_path / "icao.ldif"
    file.write_bytes(download(list_entry(a_list_with_unread(1003))))
    assert main_documents(["trust", str(file), "--store", store, "--lang", lang]) == 0
    assert said in capsys.readouterr().out
    assert main_documents(["trust", str(file), "--store", store, "--json"]) == 0
    _whole, one, *_counts = map(json.loads, capsys.readouterr().out.splitlines())
    assert (len(one["unread"]), one["untold"]) == (1000, 3)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "CN=V1  NOT trusted, as its authority is not (C=UT, CN=CSCA Utopia); in seals: UTV1 A1",
        ),
        (
            "fr",
            "CN=V1  PAS admis, son autorité ne l’étant pas (C=UT, CN=CSCA Utopia) ; cachets : UTV1",
        ),
    ],
)
def test_a_seal_signer_stands_no_longer_than_its_authority(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    sealer = certify(named("UT", "V1"), new_key(), UTOPIA.authority, serial=0xA1)
    file = tmp_path / "v1.cer"
    file.write_bytes(sealer.certificate)
    given = ["--store", store, "--lang", lang]
    authority = hashlib.sha256(UTOPIA.authority.certificate).hexdigest()
    assert main_documents(["trust", str(file), *given]) == 0
    assert main_documents(["trust", "--remove", authority, "--by", "Awa", *given]) == 0
    capsys.readouterr()
    assert main_documents(["trust", "--list", *given]) == 0
    assert said in capsys.readouterr().out
    assert main_documents(["trust", "--list", "--json", *given]) == 0
    (listed,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (listed["seals"], listed["state"]) == ("UTV1 A1", "untrusted")


@pytest.mark.parametrize(("lang", "said"), [("en", "  entry 2: "), ("fr", "  entrée 2 : ")])
def test_an_entry_that_cannot_be_read_is_told_by_its_number(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    file = tmp_path / "icao.ldif"
    wrong = "dn: c=UT\nuserCertificate;binary:: %%%\n"
    file.write_bytes(download(revocations_entry(revocations(UTOPIA.authority)), wrong))
    assert main_documents(["trust", str(file), "--store", store, "--lang", lang]) == 1
    assert said in capsys.readouterr().out
    assert main_documents(["trust", str(file), "--store", store, "--json"]) == 1
    whole = json.loads(capsys.readouterr().out.splitlines()[0])
    assert [(one["field"], one["place"]) for one in whole["unread"]] == [("entry", "2")]
