"""The master lists of two States, and what six States signed, verify; spoilt, none does."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from openmidas.documents.chip import (
    Authentication,
    TrustStore,
    approve,
    authenticate,
    import_file,
    read_master_list,
)
from openmidas.documents.chip.keys import EcKey
from tests.documents.chip.made import NOW

DATA = Path(__file__).parents[1] / "data" / "pki"
LISTS = {"DE_ML_2026-05-05-12-15-36.ml": ("DE", 580), "NL_ML_2026-06-09.ml": ("NL", 412)}
SODS = {
    one["state"]: bytes.fromhex(one["sod"])
    for one in json.loads((DATA / "sod.json").read_text(encoding="utf-8"))
}
FLIPS = 60


@cache
def trust() -> TrustStore:
    """Both lists, and two certificates that a State brought by hand, under four eyes."""
    store = TrustStore()
    for name in (*LISTS, "2016-01_CSCA.cer", "2020-10_CSCA.cer", "2020-10_CSCA_LINK.cer"):
        store, said = import_file(store, name, (DATA / name).read_bytes(), by="Issa", at=NOW)
        assert said.accepted
        if said.state == "proposed":
            store = approve(store, said.fingerprint, by="Awa", at=NOW)
    return store


def accepted(said: Authentication) -> bool:
    """All that can be checked without the data groups holds, up to a trusted State."""
    outcomes = {step.name: step.outcome for step in said.steps}
    return "failed" not in outcomes.values() and outcomes["chain"] == "passed"


@pytest.mark.parametrize("name", LISTS)
def test_a_master_list_is_signed_and_read_to_the_last_certificate(name: str) -> None:
    found = read_master_list((DATA / name).read_bytes())
    state, certificates = LISTS[name]
    assert found.verified
    assert (len(found.certificates), found.unread) == (certificates, ())
    assert found.signer
    assert found.root
    assert found.root.subject.country == state
    assert found.root.is_signed_by(found.root)


def test_every_certificate_that_signed_itself_did() -> None:
    certificates = [entry.certificate for entry in trust().entries]
    own = [one for one in certificates if one.self_issued]
    assert len(own) > 400
    assert all(one.is_signed_by(one) for one in own)
    keys = [one.key for one in certificates]
    assert sum(isinstance(key, EcKey) and key.explicit for key in keys) > 100


@pytest.mark.parametrize("state", SODS)
def test_what_a_state_signed_verifies(state: str) -> None:
    said = authenticate(SODS[state], {}, trust(), at=NOW)
    assert accepted(said)
    assert said.country == {"UK": "GB"}.get(state, state)
    # Nobody has the data groups of these persons, and without them nothing is said.
    assert said.outcome == "not_performed"
    assert set(said.groups.values()) == {"not_read"}
    assert authenticate(SODS[state], {1: b"\x61\0"}, trust(), at=NOW).outcome == "invalid"


def test_through_the_link_by_which_a_state_changed_its_key() -> None:
    said = authenticate(SODS["ID"], {}, trust(), at=NOW)
    assert said.step("chain").findings[-1].code == "trusted_by_hand"


def test_in_no_list_the_issuer_is_unknown() -> None:
    store, _ = import_file(
        TrustStore(), "x.ml", (DATA / next(iter(LISTS))).read_bytes(), by="Issa", at=NOW
    )
    assert authenticate(SODS["ID"], {}, store, at=NOW).step("chain").outcome == "unknown"


@pytest.mark.parametrize("state", SODS)
def test_no_flipped_bit_is_accepted_but_in_how_a_name_is_written(state: str) -> None:
    """Of the issuer's name in the signature, capitals may change: by RFC 5280, 7.1 it is the same name."""
    sod, chance = SODS[state], random.Random(state)  # noqa: S311  the same bits each time
    counted: Counter[str] = Counter()
    for _each in range(FLIPS):
        spoilt = bytearray(sod)
        at, bit = chance.randrange(len(sod)), chance.randrange(8)
        spoilt[at] ^= 1 << bit
        said = authenticate(bytes(spoilt), {}, trust(), at=NOW)
        counted["accepted" if accepted(said) else "refused"] += 1
        if accepted(said):
            assert bit == 5
            assert chr(sod[at]).isalpha()
            assert said.step("signer").findings[0].code == "signer_spelled_otherwise"
    assert counted["refused"] > 0.95 * FLIPS


@pytest.mark.parametrize("name", LISTS)
def test_a_spoilt_master_list_is_not_taken_in(name: str) -> None:
    file = bytearray((DATA / name).read_bytes())
    chance = random.Random(name)  # noqa: S311  the same bits each time
    for _each in range(4):
        at = chance.randrange(len(file))
        file[at] ^= 1
        store, said = import_file(TrustStore(), name, bytes(file), by="Issa", at=NOW)
        file[at] ^= 1
        assert not said.accepted
        assert said.findings
        assert store == TrustStore()
