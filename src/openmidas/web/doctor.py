"""What `midas doctor` looks at in the web server: the certificate that the workstations see."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time

SOON = timedelta(days=30)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Params = dict[str, str | int]


@check()
def certificate() -> Iterator[Finding]:
    """HTTPS on the LAN: the certificate, its key, its dates, its names and who signed it."""
    config = this_node().config
    if not config.tls_certificate:
        only_here = config.web.rpartition(":")[0] in LOOPBACK
        level = Level.OK if only_here else Level.LOOK
        yield Finding("tls.only_here" if only_here else "tls.none", level)
        return
    path, key = Path(config.tls_certificate), Path(config.tls_key)
    try:
        chain = x509.load_pem_x509_certificates(path.read_bytes())
        fits = _public(key) == chain[0].public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
    except (OSError, ValueError, TypeError, IndexError, UnsupportedAlgorithm) as error:
        yield Finding("tls.unreadable", Level.STOP, {"reason": str(error)[:200]})
        return
    if not fits:
        yield Finding("tls.other_key", Level.STOP)
    yield _dates(chain[0], node_time())
    yield from _names(chain[0], config.hosts)
    yield _authority(chain)
    if os.name == "posix" and key.stat().st_mode & 0o077:
        yield Finding("tls.key_open", Level.STOP, {"path": str(key)})


def _dates(leaf: x509.Certificate, now: datetime) -> Finding:
    left = leaf.not_valid_after_utc - now
    params: Params = {"days": left.days, "until": f"{leaf.not_valid_after_utc:%Y-%m-%d}"}
    if now < leaf.not_valid_before_utc.astimezone(UTC):
        return Finding("tls.not_yet", Level.STOP, params)
    if left <= timedelta(0):
        return Finding("tls.expired", Level.STOP, params)
    if left < SOON:
        return Finding("tls.expires", Level.LOOK, params)
    return Finding("tls.valid", Level.OK, params)


def _names(leaf: x509.Certificate, hosts: tuple[str, ...]) -> Iterator[Finding]:
    """Hosts that the node answers to and the certificate does not name: browsers would warn."""
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        yield Finding("tls.names_missing", Level.LOOK, {"names": ", ".join(hosts)})
        return
    known = {name.lower() for name in names.get_values_for_type(x509.DNSName)}
    known |= {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    lacking = [host for host in hosts if host not in LOOPBACK and _plain(host) not in known]
    if lacking:
        yield Finding("tls.names_missing", Level.LOOK, {"names": ", ".join(lacking)})


def _authority(chain: list[x509.Certificate]) -> Finding:
    """Whether the authority in the chain can only sign for the State's own names."""
    authorities = [one for one in chain[1:] if _is_authority(one)]
    if not authorities:
        return Finding("tls.authority_unknown", Level.UNKNOWN)
    for one in authorities:
        try:
            one.extensions.get_extension_for_class(x509.NameConstraints)
        except x509.ExtensionNotFound:
            continue
        return Finding("tls.constrained", Level.OK)
    return Finding("tls.unconstrained", Level.LOOK)


def _is_authority(one: x509.Certificate) -> bool:
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _plain(host: str) -> str:
    bare = host.strip("[]").lower()
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare


def _public(key: Path) -> bytes:
    loaded = load_pem_private_key(key.read_bytes(), password=None)
    return loaded.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
