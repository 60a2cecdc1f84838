"""VDS-NC: JSON that is signed, with the certificate inside."""

from __future__ import annotations

import base64
import contextlib
import json
import random
from datetime import date
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.seals import (
    CannotSeal,
    NotASeal,
    Outcome,
    Trust,
    VdsNc,
    check_seal,
    load_certificate,
    read_seal,
    read_vdsnc,
    write_vdsnc,
)
from tests.documents.chip import made as asn1
from tests.documents.chip.made import named
from tests.documents.seals.made import australian, certificate, key, signer_of_vdsnc
from tests.documents.seals.test_canonical import ANYTHING

DAY = date(2026, 11, 25)
AUTHORITY = certificate(key(2), authority=True, years=(2020, 2040))
SIGNER = certificate(key(), key(2))


def made(message: dict[str, Any] | None = None) -> str:
    """A seal that Mali's authority stands behind."""
    return write_vdsnc(
        kind="icao.test",
        issuer="MLI",
        message=message or {"n": "DIALLO MAMADOU", "ids": [1, 2.5]},
        key=key(),
        certificate=SIGNER,
    )


def outcome(text: str) -> Outcome:
    trust = Trust(authorities=(AUTHORITY,))
    return check_seal(read_vdsnc(text), trust, on=DAY).outcome


def _nameless(name: str) -> bytes:
    """The name of somebody who does not say of which State."""
    return asn1.seq(asn1.tlv(0x31, asn1.seq(asn1.oid("2.5.4.3"), asn1.tlv(0x0C, name.encode()))))


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=5), ANYTHING, max_size=4
    )
)
def test_what_is_written_is_read_and_holds(message: dict[str, Any]) -> None:
    try:
        text = made(message)
    except CannotSeal:
        return
    seal = read_seal(text.encode())
    assert isinstance(seal, VdsNc)
    assert (seal.kind, seal.issuer) == ("icao.test", "MLI")
    assert check_seal(seal, Trust(authorities=(AUTHORITY,)), on=DAY).outcome is Outcome.VALID


def test_spaces_and_the_order_of_names_change_nothing() -> None:
    whole = json.loads(made())
    turned = {"sig": whole["sig"], "data": dict(reversed(whole["data"].items()))}
    assert outcome(json.dumps(turned, indent=2)) is Outcome.VALID


def _with(part: str, name: str, value: Any) -> str:
    whole = json.loads(made())
    whole[part][name] = value
    return json.dumps(whole)


def test_a_signature_has_one_form() -> None:
    told = json.loads(made())["sig"]["sigvl"]
    assert len(told) == 86
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = last[last.index(told[-1]) | 1 | 2]
    for changed in (told[:-1] + other, told + "=", told + "!", ""):
        with pytest.raises(NotASeal):
            read_vdsnc(_with("sig", "sigvl", changed))
    assert outcome(_with("sig", "sigvl", told + "==")) is Outcome.VALID


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("data", "more", 1),
        ("data", "hdr", []),
        ("data", "msg", "x"),
        ("sig", "cer", 5),
        ("sig", "alg", None),
    ],
)
def test_what_is_laid_out_otherwise_is_refused(part: str, name: str, value: object) -> None:
    with pytest.raises(NotASeal):
        read_vdsnc(_with(part, name, value))


def test_another_algorithm_is_not_checked() -> None:
    for name in ("none", "RS256"):
        assert outcome(_with("sig", "alg", name)) is Outcome.NOT_PERFORMED


def test_a_certificate_that_is_none_makes_it_invalid() -> None:
    assert outcome(_with("sig", "cer", "AAAA")) is Outcome.INVALID


def test_whoever_signs_other_things_of_the_same_authority_seals_nothing() -> None:
    passports = certificate(key(), key(2), for_vdsnc=False)
    text = write_vdsnc(kind="t", issuer="MLI", message={}, key=key(), certificate=passports)
    verdict = check_seal(read_vdsnc(text), Trust(authorities=(AUTHORITY,)), on=DAY)
    assert verdict.outcome is Outcome.INVALID
    assert [finding.code for finding in verdict.findings] == ["certificate_purpose"]


@pytest.mark.parametrize("issuer", ["D", "D<<", "DEU"])
def test_germany_seals_by_whichever_of_its_codes(issuer: str) -> None:
    """Zones have D and fillers, and ISO 3166-1 has DEU."""
    signer, authority = signer_of_vdsnc(named("DE", "VS"), named("DE", "CSCA"))
    text = write_vdsnc(kind="t", issuer=issuer, message={}, key=key(), certificate=signer)
    seal = read_vdsnc(text)
    verdict = check_seal(seal, Trust(authorities=(authority,)), on=DAY)
    assert (verdict.outcome, seal.issuer) == (Outcome.VALID, issuer.rstrip("<"))


@pytest.mark.parametrize(
    ("subject", "of"),
    [(_nameless("VS"), named("DE", "CSCA")), (named("DE", "VS"), _nameless("CSCA"))],
    ids=["the signer", "its authority"],
)
def test_of_whom_no_state_is_named_nothing_is_known(subject: bytes, of: bytes) -> None:
    """A country that is missing is not another one: nothing speaks against such a seal."""
    signer, authority = signer_of_vdsnc(subject, of)
    text = write_vdsnc(kind="t", issuer="D", message={}, key=key(), certificate=signer)
    verdict = check_seal(read_vdsnc(text), Trust(authorities=(authority,)), on=DAY)
    assert (verdict.outcome, verdict.checks.chain) == (Outcome.ISSUER_UNKNOWN,) * 2
    assert [finding.code for finding in verdict.findings] == ["state_missing"]


def test_a_key_of_another_curve_or_person_signs_nothing() -> None:
    other = key(curve=ec.SECP384R1)
    for wrong, name in ((other, certificate(other)), (key(3), SIGNER)):
        with pytest.raises(CannotSeal):
            write_vdsnc(kind="t", issuer="MLI", message={}, key=wrong, certificate=name)


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_spoilt_certificate_never_passes_and_never_raises(data: st.DataObject) -> None:
    seal = read_vdsnc(made())
    spoilt = bytearray(seal.certificate)
    for _each in range(data.draw(st.integers(1, 3))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= data.draw(st.integers(1, 255))
    seal = msgspec.structs.replace(seal, certificate=bytes(spoilt))
    unchanged = bytes(spoilt) == SIGNER.der
    outcome = check_seal(seal, Trust(authorities=(AUTHORITY,)), on=DAY).outcome
    assert unchanged or outcome is not Outcome.VALID


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_a_changed_bit_never_passes() -> None:
    whole = australian()["validVDSJson"].encode()
    authority = load_certificate(base64.b64decode(australian()["cscaCertData"]))
    trust = Trust(authorities=(authority,))
    chance = random.Random(9303)  # noqa: S311  no secret
    for bit in chance.sample(range(len(whole) * 8), 600):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with contextlib.suppress(NotASeal):
            verdict = check_seal(read_seal(bytes(changed)), trust, on=date(2022, 6, 1))
            assert verdict.outcome is not Outcome.VALID
