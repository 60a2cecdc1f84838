"""Certificates of seal signers: which one a seal names, what they sign with, who stands behind them.

They are read as those of chips are (`openmidas.documents.chip`): real authorities spell their curves out,
and some sign on curves that `cryptography` does not have.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import chain

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from openmidas.documents.chip.algorithms import Digest, Scheme
from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.keys import EcKey, verify
from openmidas.documents.chip.seal_signers import is_named, seal_signer
from openmidas.documents.chip.trust import TrustStore

LONGEST = 16 * 1024
"""Bytes of a certificate."""
VDSNC_USE = "2.23.136.1.1.14.2"
"""The extended key usage of who signs VDS-NC."""
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")


_NOTHING = TrustStore()


class UnknownCurve(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A key of a kind that signatures cannot be checked with here."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Who is believed.

    ``signers``: certificates that are believed as they are, because a person checked whose they are;
    ``offered``: certificates from anywhere, believed as far as one of the ``authorities`` (the CSCA of a
    State) signed them, as are those that the ``store`` has; ``state_keys``: of States whose posts give
    receipts, 32 bytes each; ``store``: the one that chips are checked with, for its authorities, its signers
    and its lists of revoked certificates; ``revoked``: keys of posts that give receipts, and since when their
    State trusts each no more.
    """

    signers: tuple[Certificate, ...] = ()
    offered: tuple[Certificate, ...] = ()
    authorities: tuple[Certificate, ...] = ()
    state_keys: tuple[bytes, ...] = ()
    store: TrustStore = _NOTHING
    revoked: Mapping[bytes, datetime] = field(default_factory=dict)

    def named(self, signer: str, reference: str) -> list[Certificate]:
        """The certificates that a seal's header can mean."""
        given = (*self.signers, *self.offered)
        brought = (one for one in given if is_named(seal_signer(one), signer, reference))
        return [*brought, *self.store.signers_named(signer, reference)]

    def authority_of(self, certificate: Certificate) -> Certificate | None:
        """The authority that signed a certificate; None where none of these did."""
        stored = (entry.certificate for entry in self.store.with_name(certificate))
        return issuer_among(certificate, chain(self.authorities, stored))


def load_certificates(data: bytes) -> list[Certificate]:
    """The certificates in a file, PEM or DER. Raises `ValueError`."""
    found = _PEM.findall(data)
    if not found:
        return [load_certificate(data)]
    try:
        return [load_certificate(base64.b64decode(one)) for one in found]
    except binascii.Error as error:
        raise ValueError("no certificates") from error


def load_certificate(data: bytes) -> Certificate:
    """A certificate in DER. Raises `ValueError`."""
    if len(data) > LONGEST:
        raise ValueError("too long for a certificate")
    try:
        return read_certificate(data)
    except Unreadable as error:
        raise ValueError("no certificate") from error


def in_force(certificate: Certificate, day: date) -> bool:
    """Whether a certificate is in force at some time of a day."""
    begins = datetime.combine(day, time.min, UTC)
    ends = datetime.combine(day, time.max, UTC)
    return certificate.not_before <= ends and begins <= certificate.not_after


def for_vdsnc(certificate: Certificate) -> bool:
    """Whether a certificate is for signing seals VDS-NC, and says so."""
    return VDSNC_USE in certificate.extensions.purposes


def is_of(certificate: Certificate, key: ec.EllipticCurvePrivateKey) -> bool:
    """Whether a certificate is of the public key that belongs to a private one."""
    numbers = key.public_key().public_numbers()
    try:
        told = certificate.key
    except Unreadable:
        return False
    return isinstance(told, EcKey) and (told.x, told.y) == (numbers.x, numbers.y)


def issuer_among(
    certificate: Certificate, authorities: Iterable[Certificate]
) -> Certificate | None:
    """The authority that signed a certificate; None where none of these did."""
    return next((one for one in authorities if _signed_by(certificate, one)), None)


def holds(certificate: Certificate, message: bytes, signature: bytes) -> bool:
    """Whether a raw signature, r and s, is of the key of this certificate.

    The hash goes by the size of the curve (Doc 9303-13, signature zone). Raises `UnknownCurve`.
    """
    try:
        key = certificate.key
    except Unreadable as error:
        raise UnknownCurve(error.code) from error
    if not isinstance(key, EcKey):
        raise UnknownCurve(key.text)
    size = key.curve.size
    if len(signature) != 2 * size:
        return False
    r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    scheme = Scheme("ecdsa", digest_for(key.curve.p.bit_length()))
    try:
        return verify(key, scheme, encode_dss_signature(r, s), message)
    except Unreadable as error:
        raise UnknownCurve(error.code) from error


def digest_for(bits: int) -> Digest:
    """The hash that goes with a curve."""
    digests: tuple[tuple[int, Digest], ...] = ((224, "sha224"), (256, "sha256"), (384, "sha384"))
    return next((digest for limit, digest in digests if bits <= limit), "sha512")


def _signed_by(certificate: Certificate, authority: Certificate) -> bool:
    named_so = certificate.issuer.key == authority.subject.key
    try:
        return (
            named_so and authority.may_sign_certificates() and certificate.is_signed_by(authority)
        )
    except Unreadable:
        return False
