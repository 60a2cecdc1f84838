"""A State of our own: its authority, the link to the next one, a document signer, and a chip that it signed.

Written byte by byte, so that each of them can be made wrong in one place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openmidas.documents.chip.curve_table import BY_PRIME

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204153ZE184226B<<<<<16"
Signing = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
SHA256 = "2.16.840.1.101.3.4.2.1"
LDS, MASTER_LIST = "2.23.136.1.1.1", "2.23.136.1.1.2"


def tlv(tag: int, *parts: bytes) -> bytes:
    """A value, by DER."""
    value = b"".join(parts)
    name = tag.to_bytes((tag.bit_length() + 7) // 8 or 1)
    if len(value) < 0x80:
        return name + bytes([len(value)]) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8)
    return name + bytes([0x80 | len(size)]) + size + value


def seq(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def num(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1))


def oid(dotted: str) -> bytes:
    first, second, *arcs = (int(arc) for arc in dotted.split("."))
    written = b""
    for arc in (40 * first + second, *arcs):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | 0x80)
        written += bytes(reversed(groups))
    return tlv(6, written)


def bits(value: bytes) -> bytes:
    return tlv(3, b"\0" + value)


def when(moment: datetime) -> bytes:
    return tlv(0x18, f"{moment:%Y%m%d%H%M%SZ}".encode())


def named(country: str, name: str, tag: int = 0x0C) -> bytes:
    pairs = (("2.5.4.6", 0x13, country), ("2.5.4.3", tag, name))
    return seq(
        *(tlv(0x31, seq(oid(kind), tlv(kind_of, text.encode()))) for kind, kind_of, text in pairs)
    )


def algorithm(key: Signing, pss: bool = False) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return seq(oid("1.2.840.10045.4.3.2"))
    if not pss:
        return seq(oid("1.2.840.113549.1.1.11"), tlv(5))
    sha = seq(oid(SHA256), tlv(5))
    mask = seq(oid("1.2.840.113549.1.1.8"), sha)
    return seq(
        oid("1.2.840.113549.1.1.10"),
        seq(tlv(0xA0, sha), tlv(0xA1, mask), tlv(0xA2, num(32))),
    )


def sign(key: Signing, data: bytes, pss: bool = False) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256()))
    way = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if pss else padding.PKCS1v15()
    return key.sign(data, way, hashes.SHA256())


def key_info(key: Signing, explicit: bool = False, generator_twisted: bool = False) -> bytes:
    """A SubjectPublicKeyInfo; on request with the curve spelled out, as States do it."""
    public = key.public_key()
    plain = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if not explicit or isinstance(key, rsa.RSAPrivateKey):
        return plain
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    prime = {"brainpoolP256r1": 0xA9FB57DB, "secp256r1": 0xFFFFFFFF}[key.curve.name]
    curve = next(c for p, c in BY_PRIME.items() if p.bit_length() == 256 and p >> 224 == prime)
    base = point if generator_twisted else b"\4" + curve.x.to_bytes(32) + curve.y.to_bytes(32)
    parameters = seq(
        num(1),
        seq(oid("1.2.840.10045.1.1"), num(curve.p)),
        seq(tlv(4, curve.a.to_bytes(32)), tlv(4, curve.b.to_bytes(32))),
        tlv(4, base),
        num(curve.n),
        num(1),
    )
    return seq(seq(oid("1.2.840.10045.2.1"), parameters), bits(point))


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate."""

    key: Signing
    name: bytes
    key_id: bytes
    certificate: bytes
    serial: int


def certify(
    subject: bytes,
    key: Signing,
    issuer: Holder | None = None,
    *,
    serial: int = 7,
    authority: bool = False,
    since: datetime = datetime(2024, 1, 1, tzinfo=UTC),
    until: datetime = datetime(2036, 1, 1, tzinfo=UTC),
    info: bytes = b"",
    purposes: tuple[str, ...] = (),
    pss: bool = False,
) -> Holder:
    """A certificate; of its own where there is no issuer."""
    info = info or key_info(key)
    key_id = hashlib.sha1(info, usedforsecurity=False).digest()
    signer = issuer.key if issuer else key
    extensions = [
        seq(oid("2.5.29.14"), tlv(4, tlv(4, key_id))),
        seq(oid("2.5.29.35"), tlv(4, seq(tlv(0x80, issuer.key_id if issuer else key_id)))),
        seq(oid("2.5.29.15"), tlv(4, tlv(3, b"\x01\x06" if authority else b"\x07\x80"))),
    ]
    if authority:
        extensions.append(seq(oid("2.5.29.19"), tlv(1, b"\xff"), tlv(4, seq(tlv(1, b"\xff")))))
    if purposes:
        extensions.append(seq(oid("2.5.29.37"), tlv(4, seq(*map(oid, purposes)))))
    signed = seq(
        tlv(0xA0, num(2)),
        num(serial),
        algorithm(signer, pss),
        issuer.name if issuer else subject,
        seq(when(since), when(until)),
        subject,
        info,
        tlv(0xA3, seq(*extensions)),
    )
    whole = seq(signed, algorithm(signer, pss), bits(sign(signer, signed, pss)))
    return Holder(key, subject, key_id, whole, serial)


def revoked(
    issuer: Holder,
    *serials: int,
    until: datetime = datetime(2027, 1, 1, tzinfo=UTC),
    since: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    number: int | None = None,
) -> bytes:
    """A list of revoked certificates. ``number``: of the list itself."""
    more = [] if number is None else [seq(oid("2.5.29.20"), tlv(4, num(number)))]
    rows = [seq(num(serial), when(NOW)) for serial in serials]
    signed = seq(
        num(1),
        algorithm(issuer.key),
        issuer.name,
        when(since),
        when(until),
        *([seq(*rows)] if rows else []),
        *([tlv(0xA0, seq(*more))] if more else []),
    )
    return seq(signed, algorithm(issuer.key), bits(sign(issuer.key, signed)))


@dataclass(frozen=True)
class Signed:
    """What goes into signed data, each part of which a test may make wrong."""

    content: bytes
    signer: Holder
    content_type: str = LDS
    signed_type: str = ""
    issuer_name: bytes = b""
    serial: int | None = None
    by_key_id: bool = False
    digests: tuple[str, ...] = (SHA256,)
    signed_at: datetime | None = datetime(2025, 6, 1, tzinfo=UTC)
    certificates: tuple[bytes, ...] = field(default=())
    pss: bool = False
    version: int = 3

    def written(self) -> bytes:
        """As a ContentInfo."""
        attributes = [
            seq(oid("1.2.840.113549.1.9.3"), tlv(0x31, oid(self.signed_type or self.content_type))),
            seq(
                oid("1.2.840.113549.1.9.4"),
                tlv(0x31, tlv(4, hashlib.sha256(self.content).digest())),
            ),
        ]
        if self.signed_at:
            attributes.append(seq(oid("1.2.840.113549.1.9.5"), tlv(0x31, when(self.signed_at))))
        signature = sign(self.signer.key, tlv(0x31, *attributes), self.pss)
        sid = tlv(0x80, self.signer.key_id)
        if not self.by_key_id:
            serial = self.signer.serial if self.serial is None else self.serial
            sid = seq(self.issuer_name or issuer_of(self.signer.certificate), num(serial))
        info = seq(
            num(3 if self.by_key_id else 1),
            sid,
            seq(oid(SHA256), tlv(5)),
            tlv(0xA0, *attributes),
            algorithm(self.signer.key, self.pss),
            tlv(4, signature),
        )
        data = seq(
            num(self.version),
            tlv(0x31, *(seq(oid(one)) for one in self.digests)),
            seq(oid(self.content_type), tlv(0xA0, tlv(4, self.content))),
            tlv(0xA0, *(self.certificates or (self.signer.certificate,))),
            tlv(0x31, info),
        )
        return seq(oid("1.2.840.113549.1.7.2"), tlv(0xA0, data))

    def but(self, **changes: object) -> Signed:
        """The same with something else in it."""
        return replace(self, **changes)  # type: ignore[arg-type]  # a test names the fields


def issuer_of(certificate: bytes) -> bytes:
    from openmidas.documents.chip import read_certificate

    return read_certificate(certificate).issuer.raw


def hashes_of(groups: dict[int, bytes], version: int = 0) -> bytes:
    """The content of EF.SOD."""
    rows = [seq(num(one), tlv(4, hashlib.sha256(file).digest())) for one, file in groups.items()]
    return seq(num(version), seq(oid(SHA256), tlv(5)), seq(*rows))


def master_list(certificates: list[bytes], version: int = 0) -> bytes:
    """The content of a master list."""
    return seq(num(version), tlv(0x31, *certificates))


def jpeg(width: int = 240, height: int = 320) -> bytes:
    """As much of a JPEG as tells its size."""
    frame = b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9) + b"\xff\xc0\x00\x0b" + frame + b"\xff\xd9"


def jpeg2000(width: int = 240, height: int = 320) -> bytes:
    """As much of a JPEG 2000 code stream as tells its size."""
    size = width.to_bytes(4) + height.to_bytes(4) + bytes(8)
    return b"\xff\x4f\xff\x51\x00\x29\x00\x00" + size + bytes(20)


def face_record(picture: bytes, width: int = 240, height: int = 320, points: int = 0) -> bytes:
    """ISO/IEC 19794-5: one face."""
    size = 20 + 8 * points + 12 + len(picture)
    about = bytes([1, 0]) + width.to_bytes(2) + height.to_bytes(2) + bytes(6)
    one = size.to_bytes(4) + points.to_bytes(2) + bytes(14) + bytes(8 * points) + about + picture
    return b"FAC\x00010\x00" + (14 + len(one)).to_bytes(4) + b"\0\1" + one


def group_2(block: bytes) -> bytes:
    """DG2 with one biometric data block."""
    header = tlv(0xA1, tlv(0x80, b"\1\1"), tlv(0x87, b"\1\1"), tlv(0x88, b"\0\x08"))
    return tlv(0x75, tlv(0x7F61, num(1), tlv(0x7F60, header, block)))


def face_39794(picture: bytes) -> bytes:
    """ISO/IEC 39794-5: one face."""
    two = tlv(0xA0, tlv(0x80, picture), tlv(0xA1, tlv(0xA0, tlv(0x80, b"\2"))))
    representation = tlv(0x30, tlv(0x80, b"\0"), tlv(0xA1, tlv(0xA0, two)))
    version = tlv(0xA0, tlv(0x80, b"\3"), tlv(0x81, b"\x07\xe3"))
    return tlv(0x7F2E, tlv(0xA1, tlv(0x65, version, tlv(0xA1, representation))))


def group_1(zone: str = MRZ) -> bytes:
    return tlv(0x61, tlv(0x5F1F, zone.encode()))


def new_key(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve or ec.BrainpoolP256R1())


class StateOfOurs:
    """Utopia: an authority, its document signer, and a chip."""

    def __init__(self) -> None:
        self.name = named("UT", "CSCA Utopia")
        self.authority = certify(self.name, new_key(), serial=1, authority=True)
        self.signer = certify(named("UT", "Signer 1"), new_key(), self.authority)
        self.groups = {
            1: group_1(),
            2: group_2(tlv(0x5F2E, face_record(jpeg()))),
            11: tlv(0x6B, tlv(0x5C, b"\x5f\x0e"), tlv(0x5F0E, b"ERIKSSON<<ANNA<MARIA")),
        }
        self.signed = Signed(hashes_of(self.groups), self.signer)

    @property
    def sod(self) -> bytes:
        return sod_of(self.signed)


def sod_of(signed: Signed) -> bytes:
    """EF.SOD."""
    return tlv(0x77, signed.written())
