"""Certificates of those who seal: which one a seal names, what they sign with, who stands behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from openmidas.documents.seals.curves import CURVES, read_point, signature_holds
from openmidas.documents.seals.der import curve_and_point

LONGEST = 16 * 1024
"""Bytes of a certificate."""
VDSNC_USE = x509.ObjectIdentifier("2.23.136.1.1.14.2")
"""The extended key usage of who signs VDS-NC."""
_PEM = b"-----BEGIN CERTIFICATE-----"
_ERRORS = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What `cryptography` raises for certificates that break rules or hold what it does not have."""


class UnknownCurve(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A key of a kind that signatures cannot be checked with here."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Who is believed.

    ``signers``: certificates that are believed as they are, because a person checked whose they are;
    ``offered``: certificates from anywhere, believed as far as one of the ``authorities`` (the CSCA of a
    State) signed them; ``state_keys``: of States whose posts give receipts, 32 bytes each.
    """

    signers: tuple[x509.Certificate, ...] = ()
    offered: tuple[x509.Certificate, ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    state_keys: tuple[bytes, ...] = ()


def load_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates in a file, PEM or DER. Raises `ValueError`."""
    if _PEM not in data:
        return [load_certificate(data)]
    try:
        return [_whole(one) for one in x509.load_pem_x509_certificates(data)]
    except _ERRORS as error:
        raise ValueError("no certificates") from error


def load_certificate(data: bytes) -> x509.Certificate:
    """A certificate in DER. Raises `ValueError`."""
    if len(data) > LONGEST:
        raise ValueError("too long for a certificate")
    try:
        return _whole(x509.load_der_x509_certificate(data))
    except _ERRORS as error:
        raise ValueError("no certificate") from error


def _whole(certificate: x509.Certificate) -> x509.Certificate:
    """The same, once what is asked of it later was read: `cryptography` reads late, and raises then."""
    _ = certificate.subject, certificate.issuer, certificate.serial_number
    _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return certificate


def signer_of(certificate: x509.Certificate) -> str:
    """The signer as a seal's header names it: country and common name; empty where there is none."""
    try:
        subject = certificate.subject
        names = [
            subject.get_attributes_for_oid(oid)[0].value
            for oid in (NameOID.COUNTRY_NAME, NameOID.COMMON_NAME)
        ]
    except IndexError:
        return ""
    return "".join(str(name) for name in names).upper()


def reference_of(certificate: x509.Certificate) -> str:
    """The reference as a header names it: the serial number, hexadecimal."""
    return f"{certificate.serial_number:X}"


def named(
    certificates: Iterable[x509.Certificate], signer: str, reference: str
) -> list[x509.Certificate]:
    """Those that a header can mean: leading zeros of the reference do not count."""
    wanted = reference.lstrip("0").upper()
    return [
        one
        for one in certificates
        if signer_of(one) == signer.upper() and reference_of(one).lstrip("0") == wanted
    ]


def in_force(certificate: x509.Certificate, day: date) -> bool:
    """Whether a certificate is in force at some time of a day."""
    begins = datetime.combine(day, time.min, UTC)
    ends = datetime.combine(day, time.max, UTC)
    return certificate.not_valid_before_utc <= ends and begins <= certificate.not_valid_after_utc


def for_vdsnc(certificate: x509.Certificate) -> bool:
    """Whether a certificate is for signing seals VDS-NC, and says so."""
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, *_ERRORS):
        return False
    return VDSNC_USE in uses


def issuer_among(
    certificate: x509.Certificate, authorities: Iterable[x509.Certificate]
) -> x509.Certificate | None:
    """The authority that signed a certificate; None where none of these did."""
    return next((one for one in authorities if _signed_by(certificate, one)), None)


def holds(certificate: x509.Certificate, message: bytes, signature: bytes) -> bool:
    """Whether a raw signature, r and s, is of the key of this certificate.

    The hash goes by the size of the curve (Doc 9303-13, signature zone). Raises `UnknownCurve`.
    """
    try:
        key = certificate.public_key()
    except _ERRORS:
        return _holds_elsewhere(certificate, message, signature)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise UnknownCurve(type(key).__name__)
    size = (key.key_size + 7) // 8
    if len(signature) != 2 * size:
        return False
    r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    try:
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hash_for(key.key_size)))
    except (InvalidSignature, ValueError):
        return False
    return True


def hash_for(bits: int) -> hashes.HashAlgorithm:
    """The hash that goes with a curve."""
    for limit, algorithm in (
        (224, hashes.SHA224()),
        (256, hashes.SHA256()),
        (384, hashes.SHA384()),
    ):
        if bits <= limit:
            return algorithm
    return hashes.SHA512()


def _holds_elsewhere(certificate: x509.Certificate, message: bytes, signature: bytes) -> bool:
    try:
        oid, point = curve_and_point(certificate.public_bytes(Encoding.DER))
        curve = CURVES[oid]
        key = read_point(curve, point)
    except (KeyError, ValueError) as error:
        raise UnknownCurve(str(error)) from error
    return signature_holds(curve, key, message, signature, hash_for(curve.bits).name)


def _signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, x509.ExtensionNotFound, *_ERRORS):
        return False
    return constraints.ca
