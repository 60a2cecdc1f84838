"""Lists of revoked certificates, by the builder of `cryptography`: a second writer of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from tests.documents.chip.made import NOW, Holder

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def revocations(
    issuer: Holder | tuple[x509.Name, Key],
    revoked: Mapping[int, x509.ReasonFlags | None] | None = None,
    *,
    number: int | None = 1,
    since: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    until: datetime = datetime(2027, 1, 1, tzinfo=UTC),
    more: Mapping[x509.ExtensionType, bool] | None = None,
    of_each: Mapping[x509.ExtensionType, bool] | None = None,
    encoding: Encoding = Encoding.DER,
) -> bytes:
    """A list. ``more``, ``of_each``: extensions of it and of its rows, and whether they are critical."""
    if isinstance(issuer, Holder):
        issuer = x509.load_der_x509_certificate(issuer.certificate).subject, issuer.key
    name, key = issuer
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(name)
        .last_update(since)
        .next_update(until)
    )
    for serial, reason in (revoked or {}).items():
        row = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW)
        if reason:
            row = row.add_extension(x509.CRLReason(reason), critical=False)
        for extension, critical in (of_each or {}).items():
            row = row.add_extension(extension, critical)
        builder = builder.add_revoked_certificate(row.build())
    if number is not None:
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    for extension, critical in (more or {}).items():
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, hashes.SHA256()).public_bytes(encoding)
