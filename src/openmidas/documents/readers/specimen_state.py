"""A State for practising: an authority and a document signer that live as long as the program.

Their keys are made anew at each start and lie nowhere: nobody can sign anything with them afterwards, and a
post calls their documents *issuer unknown* until the certificate is imported, as it would those of any State.
"""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from itertools import product
from string import ascii_uppercase

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from openmidas.documents.chip.access.commands import written_value as tlv
from openmidas.documents.chip.countries import same_state
from openmidas.documents.mrz import read_mrz

UTOPIA = "UT"
"""For the UTO of specimens, and for codes that are no State's."""
_YEARS = timedelta(days=10 * 365)
_SHA256 = bytes.fromhex("0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("06082A8648CE3D040302")
_SIGNED_DATA = bytes.fromhex("06092A864886F70D010702")
_CONTENT_TYPE = bytes.fromhex("06092A864886F70D010903")
_MESSAGE_DIGEST = bytes.fromhex("06092A864886F70D010904")
_SIGNING_TIME = bytes.fromhex("06092A864886F70D010905")
_LDS = bytes.fromhex("0606678108010101")
_SIGNS_SHA256 = bytes.fromhex("0606678108010105020101060A04007F00070101040103")
"""ActiveAuthenticationInfo: ECDSA in plain, with SHA-256 (Doc 9303-11, 9.2.4)."""
_SEQUENCE, _SET, _OCTETS, _FIRST = 0x30, 0x31, 0x04, 0xA0
_FACE = (300, 400)


def country_of(zone: str, today: date) -> str:
    """The two letters that the certificates of who issued a document have."""
    issuer = read_mrz(zone, today=today).issuer or ""
    pairs = ("".join(pair) for pair in product(ascii_uppercase, repeat=2))
    return next((pair for pair in pairs if same_state(issuer, pair)), UTOPIA)


class SpecimenState:
    """Signs chips, in the name of this country. ``now``: the moment at which it came to be and signs."""

    def __init__(self, country: str = UTOPIA, now: datetime | None = None) -> None:
        self._country = country
        self._now = (now or datetime.now(UTC)).replace(microsecond=0)
        self._authority_key = ec.generate_private_key(ec.SECP256R1())
        self._signer_key = ec.generate_private_key(ec.SECP256R1())
        self._authority = self._certify("CSCA (specimen)", self._authority_key, own=True)
        self._signer = self._certify("Signer (specimen)", self._signer_key)

    @property
    def certificate(self) -> bytes:
        """The authority's, for those who want to import it."""
        return self._authority.public_bytes(Encoding.DER)

    def chip(self, zone: str, key: ec.EllipticCurvePublicKey) -> dict[int, bytes]:
        """The files of a chip whose DG1 is this zone, by their numbers.

        EF.COM, EF.SOD, DG1, DG2, and DG14 and DG15 with the ``key`` by which it proves that it is no copy.
        """
        written = zone.replace("\r", "").replace("\n", "").encode("ascii", "replace")
        info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        groups = {
            1: tlv(0x61, tlv(0x5F1F, written)),
            2: _group_2(),
            14: tlv(0x6E, tlv(_SET, tlv(_SEQUENCE, _SIGNS_SHA256))),
            15: tlv(0x6F, info),
        }
        com = tlv(0x5F01, b"0107") + tlv(0x5F36, b"040000") + tlv(0x5C, b"\x61\x75\x6e\x6f")
        files = {0x0100 + number: file for number, file in groups.items()}
        return files | {0x011E: tlv(0x60, com), 0x011D: tlv(0x77, self._signed(groups))}

    def _certify(
        self, name: str, key: ec.EllipticCurvePrivateKey, own: bool = False
    ) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            country = x509.NameAttribute(NameOID.COUNTRY_NAME, self._country)
            return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, text)])

        issuer = self._authority_key.public_key()
        usage = dict.fromkeys(_USAGES, False) | dict.fromkeys(
            ("key_cert_sign", "crl_sign") if own else ("digital_signature",), True
        )
        built = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(name) if own else self._authority.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=1))
            .not_valid_after(self._now + _YEARS)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False)
            .add_extension(x509.KeyUsage(**usage), True)
        )
        if own:
            built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        return built.sign(self._authority_key, hashes.SHA256())

    def _signed(self, groups: dict[int, bytes]) -> bytes:
        """The hashes of the groups as signed data (Doc 9303-10, 4.6.2; RFC 5652, 5)."""
        digest = tlv(_SEQUENCE, _SHA256 + b"\x05\0")
        rows = [
            tlv(_SEQUENCE, tlv(2, bytes((one,))) + tlv(_OCTETS, hashlib.sha256(file).digest()))
            for one, file in groups.items()
        ]
        content = tlv(_SEQUENCE, b"\2\1\0" + digest + tlv(_SEQUENCE, b"".join(rows)))
        moment = f"{self._now:%y%m%d%H%M%SZ}".encode()
        attributes = b"".join(
            tlv(_SEQUENCE, kind + tlv(_SET, value))
            for kind, value in (
                (_CONTENT_TYPE, _LDS),
                (_SIGNING_TIME, tlv(0x17, moment)),
                (_MESSAGE_DIGEST, tlv(_OCTETS, hashlib.sha256(content).digest())),
            )
        )
        signature = self._signer_key.sign(tlv(_SET, attributes), ec.ECDSA(hashes.SHA256()))
        key_id = x509.SubjectKeyIdentifier.from_public_key(self._signer_key.public_key()).digest
        signer = (
            b"\2\1\3"
            + tlv(0x80, key_id)
            + digest
            + tlv(_FIRST, attributes)
            + tlv(_SEQUENCE, _ECDSA_SHA256)
            + tlv(_OCTETS, signature)
        )
        data = (
            b"\2\1\3"
            + tlv(_SET, digest)
            + tlv(_SEQUENCE, _LDS + tlv(_FIRST, tlv(_OCTETS, content)))
            + tlv(_FIRST, self._signer.public_bytes(Encoding.DER))
            + tlv(_SET, tlv(_SEQUENCE, signer))
        )
        return tlv(_SEQUENCE, _SIGNED_DATA + tlv(_FIRST, tlv(_SEQUENCE, data)))


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _group_2() -> bytes:
    """DG2: a drawing of nobody, as ISO/IEC 19794-5 has it."""
    from PIL import Image, ImageDraw

    width, height = _FACE
    drawing = Image.new("L", _FACE, 225)
    pen = ImageDraw.Draw(drawing)
    pen.ellipse((85, 70, 215, 250), fill=120)
    pen.ellipse((20, 270, 280, 560), fill=120)
    written = io.BytesIO()
    drawing.save(written, "JPEG", quality=95)
    picture = bytes(2) + width.to_bytes(2) + height.to_bytes(2) + bytes(6) + written.getvalue()
    one = (20 + len(picture)).to_bytes(4) + bytes(16) + picture
    record = b"FAC\x00010\x00" + (14 + len(one)).to_bytes(4) + b"\0\1" + one
    header = tlv(0xA1, tlv(0x80, b"\1\1") + tlv(0x87, b"\1\1") + tlv(0x88, b"\0\x08"))
    template = tlv(0x7F60, header + tlv(0x5F2E, record))
    return tlv(0x75, tlv(0x7F61, b"\2\1\1" + template))
