"""DG2: the face, as bytes of a picture that nobody has unpacked yet (Doc 9303-10, 4.7.2).

Both ways of wrapping it are read: ISO/IEC 19794-5 (tag 5F2E, until 2030) and ISO/IEC 39794-5 (tag 7F2E, from
2026 on). The picture's own header says its size; what is said about it elsewhere is only compared.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

import msgspec

from openmidas.documents.chip.asn1 import INTEGER, expect
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import DG2
from openmidas.documents.chip.tlv import Tlv, read_one

MOST_FACES = 9
"""Doc 9303-10 allows a few; one is the rule."""
MOST_PICTURE_BYTES = 1024 * 1024
LONGEST_EDGE = 8000
MOST_PIXELS = 40_000_000
_PARAGRAPH = "Doc 9303-10, 4.7.2"
_GROUP, _ONE, _OLD, _NEW = 0x7F61, 0x7F60, 0x5F2E, 0x7F2E
_FORMAT, _VERSIONS = b"FAC\0", (b"010\0", b"020\0", b"030\0")
_HEADER = struct.Struct(">4s4sIH")
_RECORD = struct.Struct(">IH14s")
_PICTURE = struct.Struct(">BBHHBBHH")
_POINT_BYTES = 8
_NEW_BLOCK, _FIRST, _SECOND, _DATA = 0x65, 0xA0, 0xA1, 0x80
_JPEG_START = b"\xff\xd8\xff"
_JP2_START = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_CODESTREAM = b"\xff\x4f\xff\x51"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class Face(msgspec.Struct, frozen=True):
    """One picture of the holder. ``width`` and ``height``: pixels, by the picture's own header."""

    kind: Literal["jpeg", "jpeg2000"]
    picture: bytes
    width: int
    height: int
    standard: Literal["ISO/IEC 19794-5", "ISO/IEC 39794-5"]


class Faces(msgspec.Struct, frozen=True):
    """DG2, read. The first face is the one to compare with."""

    faces: tuple[Face, ...]
    findings: tuple[ChipFinding, ...] = ()


def read_faces(file: bytes) -> Faces:
    """DG2. Raises `Unreadable` where no picture of a face can be taken out."""
    group = _must(read_one(file, DG2), _GROUP)
    faces: list[Face] = []
    findings: list[ChipFinding] = []
    for template in group.parts():
        if template.tag != _ONE:
            expect(template, INTEGER)
            continue
        for picture, standard, said in _pictures(template):
            if len(faces) >= MOST_FACES:
                raise Unreadable("too_many_parts", most=str(MOST_FACES))
            face = _face(picture, standard)
            faces.append(face)
            if said not in (None, (0, 0), (face.width, face.height)):
                findings.append(_size_differs(face, said))
    if not faces:
        raise Unreadable("face_missing")
    return Faces(tuple(faces), tuple(findings))


_Standard = Literal["ISO/IEC 19794-5", "ISO/IEC 39794-5"]
_Size = tuple[int, int]


def _pictures(template: Tlv) -> Iterator[tuple[bytes, _Standard, _Size | None]]:
    for part in template.parts():
        if part.tag == _OLD:
            for picture, said in _old(part.value):
                yield picture, "ISO/IEC 19794-5", said
        elif part.tag == _NEW:
            if part.value.startswith(_FORMAT):  # the old record under the new tag
                for picture, said in _old(part.value):
                    yield picture, "ISO/IEC 19794-5", said
            else:
                for picture in _new(part):
                    yield picture, "ISO/IEC 39794-5", None


def _old(record: bytes) -> Iterator[tuple[bytes, _Size]]:
    """ISO/IEC 19794-5:2005, 5: a header, then for each face its own, its points, and the picture."""
    _within(record, 0, _HEADER.size)
    form, version, length, count = _HEADER.unpack_from(record)
    if form != _FORMAT or version not in _VERSIONS or length > len(record):
        raise Unreadable("face_record")
    if not 1 <= count <= MOST_FACES:
        raise Unreadable("too_many_parts", most=str(MOST_FACES))
    at = _HEADER.size
    for _each in range(count):
        _within(record, at, _RECORD.size)
        size, points, _about = _RECORD.unpack_from(record, at)
        begin = at + _RECORD.size + points * _POINT_BYTES
        _within(record, begin, _PICTURE.size)
        _type, _data, width, height, *_rest = _PICTURE.unpack_from(record, begin)
        if at + size > len(record) or begin + _PICTURE.size > at + size:
            raise Unreadable("cut_short")
        yield record[begin + _PICTURE.size : at + size], (width, height)
        at += size


def _new(block: Tlv) -> Iterator[bytes]:
    """ISO/IEC 39794-5:2019, annex A: implicit tags all the way down to representationData2D."""
    holder = block.part(_NEW_BLOCK)
    if holder is None:
        holder = _must(_must(block, _SECOND), _NEW_BLOCK)
    for representation in _must(holder, _SECOND).parts():
        base = _must(_must(representation, _SECOND), _FIRST)
        yield _must(_must(base, _FIRST), _DATA).value


def _face(picture: bytes, standard: _Standard) -> Face:
    if len(picture) > MOST_PICTURE_BYTES:
        raise Unreadable("picture_too_large", most=str(MOST_PICTURE_BYTES))
    kind: Literal["jpeg", "jpeg2000"] = "jpeg2000"
    if picture.startswith(_JPEG_START):
        kind, size = "jpeg", _jpeg_size(picture)
    elif picture.startswith((_JP2_START, _CODESTREAM)):
        size = _jpeg2000_size(picture)
    else:
        raise Unreadable("picture_kind")
    width, height = size
    if (
        not (0 < width <= LONGEST_EDGE and 0 < height <= LONGEST_EDGE)
        or width * height > MOST_PIXELS
    ):
        raise Unreadable("picture_size", width=str(width), height=str(height))
    return Face(kind, picture, width, height, standard)


def _jpeg_size(picture: bytes) -> _Size:
    """By the first frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", picture, at + 5)
            return width, height
        at += 1 if marker == 0xFF else 2 + struct.unpack_from(">H", picture, at + 2)[0]
    raise Unreadable("picture_kind")


def _jpeg2000_size(picture: bytes) -> _Size:
    """By the size segment of the code stream (ITU-T T.800, A.5.1)."""
    at = picture.find(_CODESTREAM)
    if at < 0 or at + 24 > len(picture):
        raise Unreadable("picture_kind")
    right, bottom, left, top = struct.unpack_from(">IIII", picture, at + 8)
    return right - left, bottom - top


def _size_differs(face: Face, said: _Size | None) -> ChipFinding:
    params = {"picture": f"{face.width}×{face.height}", "said": "×".join(map(str, said or ()))}
    return ChipFinding("face_size_differs", "DG2", _PARAGRAPH, params, informative=True)


def _must(holder: Tlv, tag: int) -> Tlv:
    found = holder.part(tag)
    if found is None:
        raise Unreadable("part_missing", tag=f"{tag:X}")
    return found


def _within(record: bytes, at: int, size: int) -> None:
    if at + size > len(record):
        raise Unreadable("cut_short")
