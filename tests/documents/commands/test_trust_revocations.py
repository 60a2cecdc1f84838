"""``midas documents trust`` with lists of revoked certificates, in both languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from cryptography import x509

from openmidas.documents.chip import save
from openmidas.documents.chip.revocations import Reason
from openmidas.documents.commands import main, main_documents
from openmidas.documents.commands.revocation_words import REASONS
from tests.documents.chip.made import StateOfOurs
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting

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
