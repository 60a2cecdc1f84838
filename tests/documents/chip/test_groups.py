"""The data groups: what they say, within bounds, and never another error than `Unreadable`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents import PartialDate
from openmidas.documents.chip import (
    TrustStore,
    Unreadable,
    authenticate,
    file_name,
    import_file,
    read_certificate,
    read_chip,
    read_chip_key,
    read_com,
    read_document,
    read_faces,
    read_master_list,
    read_options,
    read_person,
    read_zone,
)
from openmidas.documents.chip.revocations import read_revocations
from openmidas.documents.chip.tlv import read_one
from tests.documents.chip import made
from tests.documents.chip.made import NOW, StateOfOurs, tlv

TODAY = date(2026, 11, 27)
UTOPIA = StateOfOurs()
DETAILS = tlv(
    0x6B,
    tlv(0x5C, b"\x5f\x0e\x5f\x2b"),
    tlv(0x5F0E, "DIALLO<<AÏSSATOU<MARIE".encode()),
    tlv(0xA0, tlv(0x02, b"\1"), tlv(0x5F0F, b"BARRY<<AISSATOU")),
    tlv(0x5F10, b"1 23 45"),
    tlv(0x5F2B, bytes.fromhex("19740800")),
    tlv(0x5F11, b"SIGUIRI<GUINEA"),
    tlv(0x5F13, b"TRADER"),
)
DOCUMENT = tlv(
    0x6C,
    tlv(0x5C, b"\x5f\x19\x5f\x26"),
    tlv(0x5F19, b"DPAF"),
    tlv(0x5F26, b"20240229"),
    tlv(0x5F55, bytes.fromhex("20240301120000")),
)
OPTIONS = tlv(
    0x6E,
    tlv(
        0x31,
        made.seq(made.oid("2.23.136.1.1.5"), made.num(1)),
        made.seq(made.oid("0.4.0.127.0.7.2.2.3.2.2"), made.num(2)),
    ),
)
CONTENTS = tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"), tlv(0x5C, b"\x61\x75\x6b\x6f"))
KEY = tlv(0x6F, made.key_info(made.new_key(), explicit=True))
FACES = {
    "JPEG": (tlv(0x5F2E, made.face_record(made.jpeg())), "jpeg", "ISO/IEC 19794-5"),
    "with points": (
        tlv(0x5F2E, made.face_record(made.jpeg(), points=3)),
        "jpeg",
        "ISO/IEC 19794-5",
    ),
    "JPEG 2000": (tlv(0x5F2E, made.face_record(made.jpeg2000())), "jpeg2000", "ISO/IEC 19794-5"),
    "new tag, old record": (
        tlv(0x7F2E, made.face_record(made.jpeg())),
        "jpeg",
        "ISO/IEC 19794-5",
    ),
    "39794": (made.face_39794(made.jpeg2000()), "jpeg2000", "ISO/IEC 39794-5"),
}


def test_the_zone_is_read_as_a_printed_one() -> None:
    zone = read_zone(made.group_1(), today=TODAY)
    assert zone.text.splitlines() == [made.MRZ[:44], made.MRZ[44:]]
    assert (zone.reading.number, zone.reading.surname) == ("L898902C3", "ERIKSSON")


@pytest.mark.parametrize(("block", "kind", "standard"), FACES.values(), ids=FACES)
def test_the_face(block: bytes, kind: str, standard: str) -> None:
    (face,) = read_faces(made.group_2(block)).faces
    assert (face.kind, face.standard) == (kind, standard)
    assert (face.width, face.height) == (240, 320)
    assert face.picture in (made.jpeg(), made.jpeg2000())


def test_a_picture_of_another_size_than_said() -> None:
    block = tlv(0x5F2E, made.face_record(made.jpeg(), width=480))
    assert [one.code for one in read_faces(made.group_2(block)).findings] == ["face_size_differs"]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"GIF89a" + bytes(40), "picture_kind"),
        (made.jpeg(60000, 60000), "picture_size"),
        (made.jpeg2000(7900, 7900), "picture_size"),
        (made.jpeg() + bytes(1024 * 1024), "picture_too_large"),
    ],
)
def test_pictures_that_nobody_should_unpack(picture: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read_faces(made.group_2(tlv(0x5F2E, made.face_record(picture))))


def test_more_about_the_holder() -> None:
    found = read_person(DETAILS)
    assert found.name == "DIALLO, AÏSSATOU MARIE"
    assert found.other_names == ("BARRY, AISSATOU",)
    assert found.birth == PartialDate(1974, 8)
    assert found.birth_place == ("SIGUIRI", "GUINEA")
    assert (found.personal_number, found.profession) == ("1 23 45", "TRADER")
    assert found.findings == ()


def test_a_field_that_cannot_be_read_costs_no_other() -> None:
    found = read_person(tlv(0x6B, tlv(0x5F0E, b"A\xff"), tlv(0x5F2B, b"x"), tlv(0x5F12, b"123")))
    assert found.telephone == "123"
    assert [one.code for one in found.findings] == ["text_not_allowed", "date_not_allowed"]


def test_more_about_the_document() -> None:
    found = read_document(DOCUMENT)
    assert (found.authority, found.issued) == ("DPAF", date(2024, 2, 29))
    assert found.personalised == "20240301120000"


def test_what_the_chip_can_prove() -> None:
    found = read_options(OPTIONS)
    assert found.active_authentication
    assert found.chip_authentication
    assert not found.pace
    key = read_chip_key(KEY)
    assert (key.kind, key.text) == ("EC", "brainpoolP256r1")


def test_the_contents_are_not_signed() -> None:
    assert read_com(CONTENTS).groups == (1, 2, 11, 15)
    files = {"COM": CONTENTS, "SOD": UTOPIA.sod, "DG1": UTOPIA.groups[1]}
    found = read_chip(files, TrustStore(), at=NOW)
    assert [(one.code, one.params) for one in found.findings] == [
        ("contents_differ", {"groups": "DG15"})
    ]


def test_the_printed_zone_and_the_chip() -> None:
    other = made.MRZ.replace("ANNA", "ANNE")
    printed = read_zone(made.group_1(other), today=TODAY).reading
    found = read_chip({"DG1": made.group_1()}, TrustStore(), at=NOW, printed=printed)
    assert [(one.code, one.field) for one in found.findings] == [("zone_differs", "given_names")]
    same = read_zone(made.group_1(), today=TODAY).reading
    assert not read_chip({"DG1": made.group_1()}, TrustStore(), at=NOW, printed=same).findings


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("EF.SOD", "SOD"),
        ("sod.bin", "SOD"),
        ("EF_DG1.bin", "DG1"),
        ("DG02", "DG2"),
        ("ef.com", "COM"),
        ("DG16.dat", "DG16"),
        ("DG17", None),
        ("photo.jpg", None),
    ],
)
def test_files_by_their_names(name: str, wanted: str | None) -> None:
    assert file_name(name) == wanted


def test_bounds() -> None:
    deep = b""
    for _each in range(40):
        deep = tlv(0x30, deep)
    found = [read_one(deep)]
    for _each in range(24):
        found.extend(found[-1].parts())
    with pytest.raises(Unreadable, match="too_deep"):
        found[-1].parts()
    for file, code in (
        (bytes(5 * 1024 * 1024), "too_large"),
        (b"\x30\x85\1\1\1\1\1", "length_not_allowed"),
        (b"\x30\x80" * 30, "too_deep"),
        (b"\x30\x80" + b"\5\0" * 6000, "too_many_parts"),
        (b"\x1f\xff\xff\xff\xff\x01\0", "tag_not_allowed"),
        (b"\x30\x03\1", "cut_short"),
        (b"\x30\0\0", "bytes_after_end"),
    ):
        with pytest.raises(Unreadable, match=code):
            read_one(file)


READERS: list[tuple[Callable[[bytes], Any], bytes]] = [
    (lambda file: read_zone(file, today=TODAY), made.group_1()),
    (read_faces, made.group_2(FACES["with points"][0])),
    (read_faces, made.group_2(FACES["39794"][0])),
    (read_person, DETAILS),
    (read_document, DOCUMENT),
    (read_options, OPTIONS),
    (read_com, CONTENTS),
    (read_chip_key, KEY),
    (read_certificate, UTOPIA.signer.certificate),
    (read_revocations, made.revoked(UTOPIA.authority, 1, 2)),
    (
        read_master_list,
        made.Signed(
            made.master_list([UTOPIA.authority.certificate]), UTOPIA.signer, made.MASTER_LIST
        ).written(),
    ),
]


@st.composite
def spoilt(draw: st.DrawFn, files: list[bytes]) -> tuple[int, bytes]:
    """One of the files, cut short, with bytes changed, lost or put in; or anything at all."""
    which = draw(st.integers(0, len(files) - 1))
    raw = bytearray(files[which])
    for _each in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    cut = draw(st.none() | st.integers(0, len(raw)))
    return which, draw(st.just(bytes(raw[:cut])) | st.binary(max_size=60))


@given(spoilt([file for _read, file in READERS]))
@settings(max_examples=500, deadline=None)
def test_no_other_error(given_file: tuple[int, bytes]) -> None:
    which, file = given_file
    try:
        READERS[which][0](file)
    except Unreadable as error:
        assert error.code  # noqa: PT017  nothing else may come


@given(spoilt([UTOPIA.sod]))
@settings(max_examples=120, deadline=None)
def test_a_security_object_never_raises(given_file: tuple[int, bytes]) -> None:
    said = authenticate(given_file[1], UTOPIA.groups, TrustStore(), at=NOW)
    assert said.outcome != "valid"
    import_file(TrustStore(), "x", given_file[1], by="Issa", at=NOW)
