"""Visible digital seals: what is written is read, and whatever else comes ends in one error."""

from __future__ import annotations

import contextlib
from datetime import date

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.seals import (
    PROFILES,
    CannotSeal,
    NotASeal,
    VdsFeature,
    VdsHeader,
    contents_of,
    header_for,
    message_of,
    profile_named,
    read_seal,
    read_vds,
    write_vds,
)
from openmidas.documents.seals.vds import LONGEST
from tests.documents.seals.made import SIGNED, VISA, certificate, key, seal

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DAYS = st.none() | st.dates(date(1000, 1, 1), date(9999, 12, 31))


@st.composite
def headers(draw: st.DrawFn) -> VdsHeader:
    """Any header that there can be."""
    version = draw(st.sampled_from((3, 4)))
    shortest, longest = (5, 5) if version == 3 else (1, 40)
    return VdsHeader(
        version=version,
        issuer=draw(st.text(LETTERS, min_size=1, max_size=3)),
        signer=draw(st.text(LETTERS, min_size=4, max_size=4)),
        reference=draw(st.text(LETTERS, min_size=shortest, max_size=longest)),
        issued=draw(DAYS),
        signed=draw(DAYS),
        features=draw(st.integers(1, 0xFC)),
        category=draw(st.integers(0, 0xFF)),
    )


FEATURES = st.lists(
    st.builds(VdsFeature, st.integers(0, 0xFE), st.binary(max_size=300)), max_size=5
).map(tuple)


@settings(deadline=None)
@given(headers(), FEATURES)
def test_what_is_written_is_read(header: VdsHeader, message: tuple[VdsFeature, ...]) -> None:
    read = read_vds(write_vds(header, message, key()))
    assert (read.header, read.message) == (header, message)
    assert len(read.signature) == 64


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_whatever_comes_ends_in_one_error(data: bytes) -> None:
    for start in (b"", b"\xdc\x03", b"{", b"MIDAS1:"):
        with contextlib.suppress(NotASeal):
            read_seal(start + data)


@pytest.mark.parametrize("cut", range(0, len(seal()), 7))
def test_a_seal_cut_short_is_none_or_not_signed(cut: int) -> None:
    with contextlib.suppress(NotASeal):
        assert not read_vds(seal()[:cut]).signature


@pytest.mark.parametrize(
    "spoilt",
    [
        seal() + b"\0",
        b"\xdc" * (LONGEST + 1),
        b"\xdc\x09" + seal()[2:],
        seal()[:-66] + b"\xff\x00",
        seal()[:-66] + b"\x05\x81\x03abc",
        seal()[:-66] + b"\x05\x84\x7f\xff\xff\xff",
        seal()[:-66] + b"\x05\x80abc\0\0",
    ],
)
def test_what_is_laid_out_otherwise_is_refused(spoilt: bytes) -> None:
    with pytest.raises(NotASeal):
        read_vds(spoilt)


@settings(max_examples=40, deadline=None)
@given(
    entries=st.integers(0, 255),
    parts=st.tuples(*[st.integers(0, 255)] * 3),
    number=st.text(LETTERS, min_size=1, max_size=9),
    kind=st.binary(max_size=4),
)
def test_fields_are_read_as_they_were_given(
    entries: int, parts: tuple[int, int, int], number: str, kind: bytes
) -> None:
    fields = VISA | {
        "entries": str(entries),
        "duration_of_stay": "P{}Y{}M{}D".format(*parts),
        "passport_number": number,
        "visa_type": kind.hex(),
    }
    profile = profile_named("visa")
    assert profile is not None
    header = read_vds(seal()).header
    contents = contents_of(read_vds(write_vds(header, message_of(profile, fields), key())))
    assert {field.name: field.text for field in contents.fields} == fields
    assert not contents.findings


def test_the_longer_visa_is_sealed_as_far_as_doc_9303_has_it() -> None:
    profile = profile_named("visa")
    assert profile is not None
    lines = ("V<MLIDIALLO<<MAMADOU".ljust(44, "<"), "L898902C36MLI7408122M2704159".ljust(44, "<"))
    fields = {name: text for name, text in VISA.items() if name != "mrz_b"}
    message = message_of(profile, fields | {"mrz_a": "\n".join(lines)})
    assert len(message[0].value) == 48
    read = read_vds(write_vds(read_vds(seal()).header, message, key()))
    assert contents_of(read).zone == "\n".join(lines)


def test_what_is_not_known_is_shown_as_it_is() -> None:
    contents = contents_of(read_vds(seal(extra=b"\x01\x02")))
    assert (contents.fields[-1].name, contents.fields[-1].text) == ("", "0102")
    assert [finding.code for finding in contents.findings] == ["feature_unknown"]
    header = msgspec.structs.replace(read_vds(seal()).header, features=0x42)
    unknown = contents_of(read_vds(write_vds(header, (VdsFeature(1, b"x"),), key())))
    assert (unknown.kind, unknown.fields[0].text) == ("", "78")
    assert [one.code for one in unknown.findings] == ["kind_unknown", "feature_unknown"]


def test_what_is_not_as_its_kind_has_it_is_said() -> None:
    message = (VdsFeature(5, b"\xff\xff\xff"), VdsFeature(3, b"\1"), VdsFeature(3, b"\1"))
    header = msgspec.structs.replace(read_vds(seal()).header, signed=None)
    findings = contents_of(read_vds(write_vds(header, message, key()))).findings
    assert {(one.code, one.field) for one in findings} == {
        ("date_not_allowed", "signed"),
        ("feature_malformed", "passport_number"),
        ("feature_missing", "duration_of_stay"),
        ("feature_missing", "mrz_a"),
        ("feature_twice", "03"),
    }


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"nationality": "MLI"}, "nationality", "unknown"),
        ({"mrz_a": VISA["mrz_b"]}, "mrz_a", "missing"),
        ({"duration_of_stay": "90 days"}, "duration_of_stay", "value"),
        ({"entries": "256"}, "entries", "value"),
        ({"passport_number": "é"}, "passport_number", "value"),
        ({"mrz_b": "V<MLI"}, "mrz_b", "value"),
    ],
)
def test_what_no_seal_can_say(changed: dict[str, str], field: str, code: str) -> None:
    profile = profile_named("visa")
    assert profile is not None
    with pytest.raises(CannotSeal) as problem:
        message_of(profile, VISA | changed)
    assert (problem.value.field, problem.value.code) == (field, code)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"version": 3}, "reference"),
        ({"reference": ""}, "reference"),
        ({"signer": "MLP"}, "signer"),
        ({"issuer": ""}, "issuer"),
        ({"issuer": "mli"}, "header"),
        ({"category": 256}, "category"),
    ],
)
def test_what_no_header_can_say(changed: dict[str, object], field: str) -> None:
    header = msgspec.structs.replace(read_vds(seal()).header, **changed)
    with pytest.raises(CannotSeal) as problem:
        write_vds(header, (), key())
    assert problem.value.field == field


def test_a_certificate_signs_while_it_is_in_force() -> None:
    profile = profile_named("visa")
    assert profile is not None
    for wrong in (certificate(key(), years=(2024, 2025)), certificate(key(), name="POLICE")):
        with pytest.raises(CannotSeal):
            header_for(profile, wrong, issuer="MLI", issued=SIGNED, signed=SIGNED)


def test_a_message_that_no_code_holds_is_refused() -> None:
    with pytest.raises(CannotSeal):
        write_vds(read_vds(seal()).header, (VdsFeature(7, bytes(LONGEST)),), key())
    with pytest.raises(CannotSeal):
        write_vds(read_vds(seal()).header, (VdsFeature(0xFF, b""),), key())


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.BrainpoolP384R1, ec.SECP521R1, ec.SECP224R1])
def test_the_signature_is_as_long_as_the_curve_asks(curve: type[ec.EllipticCurve]) -> None:
    signature = read_vds(seal(curve=curve)).signature
    assert len(signature) == 2 * ((curve().key_size + 7) // 8)


def test_no_two_kinds_are_one() -> None:
    assert len({one.type_code for one in PROFILES}) == len({one.name for one in PROFILES})
