"""The certificate that workstations see is looked at before they complain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from openmidas.nodes.home import NodeHome
from openmidas.web.doctor import certificate
from tests.conftest import POST_HOME

pytestmark = pytest.mark.django_db
KEY, AUTHORITY = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
WHOLE = {"tls.valid", "tls.constrained"}


def made(
    days: int = 300, *, starts: int = -1, names: tuple[str, ...] = ("post.lan",), ca: str = "own"
) -> bytes:
    """A chain: the node's certificate, and (``ca``: own, any, none) the authority that signed it."""
    leaf = _builder("post", KEY, days, starts)
    leaf = leaf.add_extension(
        x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False
    )
    chain = leaf.sign(AUTHORITY, SHA256()).public_bytes(Encoding.PEM)
    if ca == "none":
        return chain
    top = _builder("authority", AUTHORITY, 3650, -1)
    top = top.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    if ca == "own":
        lan = x509.NameConstraints([x509.DNSName("lan")], None)
        top = top.add_extension(lan, critical=True)
    return chain + top.sign(AUTHORITY, SHA256()).public_bytes(Encoding.PEM)


def _builder(
    name: str, key: EllipticCurvePrivateKey, days: int, starts: int
) -> x509.CertificateBuilder:
    said = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(said)
        .issuer_name(said)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) + timedelta(days=min(starts, days - 1)))
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
    )


def codes(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    chain: bytes,
    key: EllipticCurvePrivateKey = KEY,
) -> set[str]:
    """What is found at a node with this certificate."""
    home = NodeHome(folder / "node")
    paths = (folder / "web.crt", folder / "web.key")
    paths[0].write_bytes(chain)
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    paths[1].chmod(0o600)
    config = msgspec.structs.replace(
        POST_HOME.config(),
        hosts=("localhost", "post.lan"),
        tls_certificate=str(paths[0]),
        tls_key=str(paths[1]),
    )
    home.write_config(config)
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    return {finding.code for finding in certificate()}


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (made(), WHOLE),
        (made(20), {"tls.expires", "tls.constrained"}),
        (made(-1), {"tls.expired", "tls.constrained"}),
        (made(starts=2), {"tls.not_yet", "tls.constrained"}),
        (made(names=("hq.lan",)), WHOLE | {"tls.names_missing"}),
        (made(ca="any"), {"tls.valid", "tls.unconstrained"}),
        (made(ca="none"), {"tls.valid", "tls.authority_unknown"}),
        (b"none", {"tls.unreadable"}),
    ],
)
def test_each_fault_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chain: bytes, expected: set[str]
) -> None:
    assert codes(tmp_path, monkeypatch, chain) == expected


def test_a_key_that_is_not_the_certificates_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "tls.other_key" in codes(tmp_path, monkeypatch, made(), AUTHORITY)
