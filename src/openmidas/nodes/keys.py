"""The keys of a node: the signing key of its epoch, and the certificate that its peers know it by."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from openmidas.nodes.home import NodeHome, write_file

# Clocks at posts are wrong by years: a peer is known by its very certificate, which the HQ can strike
# out at once, and not by dates that a dead battery would turn against it.
VALID_FROM = datetime(2000, 1, 1, tzinfo=UTC)
VALID_FOR = timedelta(days=365 * 100)
_KEY_FILE = re.compile(r"epoch-(\d+)\.pem")


def signing_key(home: NodeHome, epoch: int) -> Ed25519PrivateKey:
    """The key that this epoch's entries and receipts are signed with, made when first asked for."""
    path = home.path("keys", f"epoch-{epoch}.pem")
    if not path.is_file():
        write_file(path, _pem(Ed25519PrivateKey.generate()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def epochs_with_keys(home: NodeHome) -> list[int]:
    """The epochs that this node has a signing key of."""
    told = [_KEY_FILE.fullmatch(path.name) for path in home.path("keys").glob("epoch-*.pem")]
    return sorted(int(one[1]) for one in told if one)


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def certificate(home: NodeHome, node: UUID) -> str:
    """The node's own TLS certificate (PEM), made with its key when first asked for."""
    path = home.path("keys", "exchange.crt")
    if not path.is_file():
        key = generate_private_key(SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(node))])
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(VALID_FROM)
            .not_valid_after(VALID_FROM + VALID_FOR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, SHA256())
        )
        write_file(home.path("keys", "exchange.key"), _pem(key))
        write_file(path, built.public_bytes(Encoding.PEM))
    return path.read_text(encoding="ascii")


def fingerprint(certificate_der: bytes) -> str:
    """How a certificate is compared: SHA-256 of its DER form, in hexadecimal."""
    return hashlib.sha256(certificate_der).hexdigest()


def certificate_fingerprint(pem: str) -> str:
    """The fingerprint of a certificate given as PEM. Raises `ValueError`."""
    return fingerprint(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER))


def _pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
