"""The node's side of HTTPS: asking for a certificate, taking it into use, renewing it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from openmidas.installation.authority import SUBJECT, read_certificate, unlocked_pem
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import Names, bounds_of, names_in
from openmidas.installation.signatures import in_groups
from openmidas.nodes.home import NodeHome, write_file

AUTHORITY = "ca.crt"
ASKED_WITH = "web-next.key"


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, as browsers show it: in groups of four."""
    return in_groups(certificate.fingerprint(SHA256()).hex())


def short_mark(public: bytes) -> str:
    """Sixteen characters to compare a request by on the telephone."""
    digest = Hash(SHA256())
    digest.update(public)
    return in_groups(digest.finalize().hex()[:16])


def make_request(home: NodeHome, names: Names) -> x509.CertificateSigningRequest:
    """A request for a certificate, with a key that is made here and never leaves.

    The certificate in use stays so until `take` has the new one.
    """
    path = home.path("keys", ASKED_WITH)
    if path.exists():
        key = _load_key(path)
    else:
        key = generate_private_key(SECP256R1())
        write_file(path, unlocked_pem(key))
    request = x509.CertificateSigningRequestBuilder().subject_name(SUBJECT)
    return request.add_extension(names.extension(), critical=False).sign(key, SHA256())


def read_request(path: Path) -> tuple[x509.CertificateSigningRequest, Names]:
    """A node's request and the names in it. Raises `InstallationError`."""
    try:
        request = x509.load_pem_x509_csr(path.read_bytes())
        names = names_in(request.extensions)
    except OSError as error:
        raise InstallationError("file.unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:
        raise InstallationError("request.malformed", path=path) from error
    if not request.is_signature_valid or not names.all():
        raise InstallationError("request.malformed", path=path)
    return request, names


def public_key_of(request: x509.CertificateSigningRequest) -> EllipticCurvePublicKey:
    """The key to be certified. Raises `InstallationError` for one that is not P-256."""
    key = request.public_key()
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise InstallationError("request.key")
    return key


def take(
    home: NodeHome, certificate: Path, authority: Path, key: Path | None, web: str, now: datetime
) -> x509.Certificate:
    """Serve the pages with this certificate from the next start on. Raises `InstallationError`.

    Certificate and key get names of their own, so that `node.toml` leads to both or to neither.
    """
    issued, ca = read_certificate(certificate), read_certificate(authority)
    private = _load_key(key or home.path("keys", ASKED_WITH))
    names = _check(issued, ca, private, now)
    stem = f"web-{issued.serial_number:x}"[:24]
    chain, kept = home.path("keys", f"{stem}.crt"), home.path("keys", f"{stem}.key")
    write_file(kept, unlocked_pem(private))
    write_file(chain, issued.public_bytes(Encoding.PEM))
    write_file(home.path("keys", AUTHORITY), ca.public_bytes(Encoding.PEM))
    config = home.config()
    home.write_config(
        msgspec.structs.replace(
            config,
            tls_certificate=str(chain),
            tls_key=str(kept),
            web=web or config.web,
            hosts=tuple(dict.fromkeys((*config.hosts, *names.all()))),
        )
    )
    _remove(home, config.tls_certificate, config.tls_key, keep=(str(chain), str(kept)))
    home.path("keys", ASKED_WITH).unlink(missing_ok=True)
    return issued


def in_use(home: NodeHome) -> x509.Certificate | None:
    """The certificate that the pages are served with, None where there is none."""
    path = home.config().tls_certificate
    return read_certificate(Path(path)) if path else None


def authority_of(home: NodeHome) -> x509.Certificate | None:
    """The authority that workstations shall trust, None where none was brought here."""
    path = home.path("keys", AUTHORITY)
    return read_certificate(path) if path.is_file() else None


def _check(
    issued: x509.Certificate, ca: x509.Certificate, key: EllipticCurvePrivateKey, now: datetime
) -> Names:
    if issued.public_key() != key.public_key():
        raise InstallationError("certificate.other_key")
    try:
        issued.verify_directly_issued_by(ca)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise InstallationError("certificate.other_authority") from error
    if issued.not_valid_after_utc <= now:
        raise InstallationError("ca.over", until=issued.not_valid_after_utc.date())
    names = names_in(issued.extensions)
    bounds_of(ca).check(names)
    return names


def _load_key(path: Path) -> EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise InstallationError("certificate.no_request", path=path) from error
    except (ValueError, TypeError) as error:
        raise InstallationError("certificate.other_key") from error
    if not isinstance(key, EllipticCurvePrivateKey):
        raise InstallationError("certificate.other_key")
    return key


def _remove(home: NodeHome, *paths: str, keep: tuple[str, ...]) -> None:
    """A key that was replaced is of no use but to a thief; nothing outside the folder is touched."""
    for path in map(Path, paths):
        if path.parent == home.path("keys") and str(path) not in keep:
            path.unlink(missing_ok=True)
