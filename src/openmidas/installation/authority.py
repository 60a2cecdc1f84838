"""The State's own certificate authority for the pages of its nodes. It can sign for nothing else.

Its certificate constrains names (RFC 5280, 4.2.1.10), so that who steals its key cannot pose as a
bank to the workstations that trust it. P-256, because browsers take no Ed25519.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openmidas.installation.errors import InstallationError
from openmidas.installation.names import Bounds, Names, bounds_of
from openmidas.installation.places import write_public
from openmidas.nodes.home import write_file

CERTIFICATE = "ca.crt"
KEY = "ca.key"
ISSUED = "issued.csv"
AUTHORITY_LASTS = timedelta(days=3653)
CERTIFICATE_LASTS = timedelta(days=730)
"""Two years: Apple's machines take none of more than 825 days, from any authority."""
SLACK = timedelta(days=1)
"""Clocks of workstations may be behind by so much."""
LEAST_PASSPHRASE = 12
SUBJECT = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "OpenMIDAS")])
"""Of every node. No common name: OpenSSL takes one for a host's where a certificate names none."""


class Authority(msgspec.Struct, frozen=True):
    """An authority with its key, unlocked."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    def sign(self, names: Names, public: EllipticCurvePublicKey, now: datetime) -> x509.Certificate:
        """A certificate of a web server for these names. Raises `InstallationError` outside the bounds."""
        bounds_of(self.certificate).check(names)
        until = min(now + CERTIFICATE_LASTS, self.certificate.not_valid_after_utc)
        if until <= now:
            raise InstallationError("ca.over", until=until.date())
        identifier = x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(SUBJECT)
            .issuer_name(self.certificate.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - SLACK)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(names.extension(), critical=False)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
                critical=False,
            )
            .sign(self.key, SHA256())
        )


def make_authority(state: str, bounds: Bounds, now: datetime) -> Authority:
    """A new authority of a State, good for ten years."""
    key = generate_private_key(SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"OpenMIDAS {state}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"OpenMIDAS {state} {now.year}"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(now + AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(bounds.extension(), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        # Not for mail or programs, which the bounds on names do not keep out.
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return Authority(certificate, key)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def store_authority(folder: Path, authority: Authority, passphrase: str) -> None:
    """Keep it in a folder, the key under a passphrase. Raises `InstallationError` over another."""
    if (folder / KEY).exists() or (folder / CERTIFICATE).exists():
        raise InstallationError("ca.exists", folder=folder)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise InstallationError("ca.short_passphrase", least=LEAST_PASSPHRASE)
    sealed = BestAvailableEncryption(passphrase.encode())
    write_file(folder / KEY, authority.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed))
    pem = authority.certificate.public_bytes(Encoding.PEM).decode()
    write_public(folder / CERTIFICATE, pem)


def open_authority(folder: Path, passphrase: str) -> Authority:
    """The authority of a folder. Raises `InstallationError`."""
    certificate = read_certificate(folder / CERTIFICATE)
    try:
        key = load_pem_private_key((folder / KEY).read_bytes(), passphrase.encode())
    except OSError as error:
        raise InstallationError(
            "file.unreadable", path=folder / KEY, reason=error.strerror
        ) from error
    except (ValueError, TypeError) as error:
        raise InstallationError("ca.passphrase", path=folder / KEY) from error
    if not isinstance(key, EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise InstallationError("ca.passphrase", path=folder / KEY)
    return Authority(certificate, key)


def note_issued(folder: Path, certificate: x509.Certificate, names: Names) -> None:
    """One line in the folder's list of what was signed: when, until when, serial number, names."""
    with (folder / ISSUED).open("a", encoding="utf-8", newline="") as file:
        row = (
            datetime.now(UTC).date().isoformat(),
            certificate.not_valid_after_utc.date().isoformat(),
            f"{certificate.serial_number:x}",
            names.as_text(),
        )
        csv.writer(file).writerow(row)


def read_certificate(path: Path) -> x509.Certificate:
    """A certificate from a PEM file. Raises `InstallationError`."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except OSError as error:
        raise InstallationError("file.unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:
        raise InstallationError("file.no_certificate", path=path) from error


def unlocked_pem(key: EllipticCurvePrivateKey) -> bytes:
    """A server's key as its file: the web server starts without anybody to type a passphrase."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
