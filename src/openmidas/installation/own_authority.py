"""A post's own authority for its pages, made when it is installed, so that HTTPS needs nobody's journey.

It can sign for the post's own names and its own local network, and for nothing else (RFC 5280, 4.2.1.10):
its key lies on the post, and who steals that machine fools the post's own workstations alone. A State that
has one authority for all its nodes (`midas ca init`) puts its certificates in place of these.
"""

from __future__ import annotations

import ipaddress
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from openmidas.installation import authority, certificates
from openmidas.installation.authority import Authority
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import (
    LOOPBACK,
    Address,
    Bounds,
    Names,
    bounds_of,
    names_in,
    read_names,
)
from openmidas.nodes.home import OWN_AUTHORITY, NodeConfig, NodeHome, write_file

RENEW_BEFORE = timedelta(days=60)
"""A certificate is made anew so long before its end: a post is off for weeks, and no one notices."""
REPLACE_BEFORE = timedelta(days=365)
"""An authority is made anew so long before its end, when somebody installs again: workstations import it."""
_NETWORK_BITS = {4: 24, 6: 64}


def own_of(home: NodeHome) -> Authority | None:
    """The post's own authority, None where none was made. Raises `InstallationError`."""
    folder = home.path("keys", OWN_AUTHORITY)
    if not (folder / authority.KEY).is_file():
        return None
    certificate = authority.read_certificate(folder / authority.CERTIFICATE)
    try:
        key = load_pem_private_key((folder / authority.KEY).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        path = folder / authority.KEY
        raise InstallationError("file.unreadable", path=path, reason=error) from error
    if not isinstance(key, EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise InstallationError("certificate.other_key")
    return Authority(certificate, key)


def certifiable(hosts: Iterable[str]) -> Names | None:
    """Those of a node's names and addresses that a certificate can name; None where there are none."""
    found: list[str] = []
    for host in hosts:
        try:
            read_names([host])
        except InstallationError:
            continue  # a bare name, which is told by `midas doctor` beside the certificate
        found += [host] if host not in LOOPBACK else []
    return read_names(found) if found else None


def lacks_https(home: NodeHome, now: datetime) -> bool:
    """Whether a post should be given a certificate of its own authority: its first one, one with a name
    more, the next one or the next authority in time. Not where another one's certificate is in use."""
    config = home.config()
    wanted = _wanted(config)
    if wanted is None:
        return False
    if not config.tls_certificate:
        return True
    own, current = own_of(home), certificates.in_use(home)
    if own is None or current is None or not _signed(own, current):
        return False
    lacking = set(wanted.all()) - set(names_in(current.extensions).all())
    ending = current.not_valid_after_utc - now < RENEW_BEFORE
    return bool(lacking) or ending or _ends(own, now)


def make_own(home: NodeHome, port: int, now: datetime) -> None:
    """Make the authority and serve the pages with its certificate to the local network, at this port.

    One that is there and may sign for all its names stays. Raises `InstallationError`; ``ca.no_names``
    where the node has no name or address on its network.
    """
    config = home.config()
    wanted = _wanted(config)
    if wanted is None:
        raise InstallationError("ca.no_names")
    own = own_of(home)
    if (
        own is None
        or _ends(own, now)
        or not all(map(bounds_of(own.certificate).covers, wanted.all()))
    ):
        own = authority.make_authority(config.state, _bounds(config, wanted), now)
        folder = home.path("keys", OWN_AUTHORITY)
        write_file(folder / authority.KEY, authority.unlocked_pem(own.key))
        write_file(folder / authority.CERTIFICATE, own.certificate.public_bytes(Encoding.PEM))
    _certify(home, own, now, f"0.0.0.0:{port}")


def renew_own(home: NodeHome, now: datetime) -> bool:
    """Make the certificate in use anew, if this post's own authority signed it and it ends soon.

    Workstations need nothing for it. False where there is nothing to do, or nothing to be won: the
    authority itself ends. Raises `InstallationError`.
    """
    own, current = own_of(home), certificates.in_use(home)
    if own is None or current is None or not _signed(own, current):
        return False
    ends = current.not_valid_after_utc
    if ends - now >= RENEW_BEFORE or own.certificate.not_valid_after_utc <= max(ends, now):
        return False
    _certify(home, own, now, "")
    return True


def _certify(home: NodeHome, own: Authority, now: datetime, web: str) -> None:
    bounds = bounds_of(own.certificate)
    names = certifiable(one for one in home.config().hosts if bounds.covers(one))
    if names is None:
        raise InstallationError("ca.no_names")
    key = generate_private_key(SECP256R1())
    issued = own.sign(names, key.public_key(), now)
    with tempfile.TemporaryDirectory(dir=home.path("keys")) as at:
        files = [Path(at) / name for name in ("web.crt", "ca.crt", "web.key")]
        pems = (
            issued.public_bytes(Encoding.PEM),
            own.certificate.public_bytes(Encoding.PEM),
            authority.unlocked_pem(key),
        )
        for file, pem in zip(files, pems, strict=True):
            write_file(file, pem)
        certificates.take(home, files[0], files[1], files[2], web, now)


def _ends(own: Authority, now: datetime) -> bool:
    return own.certificate.not_valid_after_utc - now < REPLACE_BEFORE


def _wanted(config: NodeConfig) -> Names | None:
    """The names that an authority made now would sign for: not a second host that is not below the first."""
    names = certifiable(config.hosts)
    return names and certifiable(filter(_bounds(config, names).covers, names.all()))


def _bounds(config: NodeConfig, names: Names) -> Bounds:
    """What this post may sign for: the first of its host names and those below it, its networks."""
    nowhere = f"{config.id.hex[-8:]}.midas.{config.state.lower()}.internal"
    networks = tuple(dict.fromkeys(map(_network, names.addresses)))
    return Bounds(names.hosts[0] if names.hosts else nowhere, networks or ("127.0.0.0/8",))


def _network(address: Address) -> str:
    """The local network around an address, of the usual size; of a public one, itself alone."""
    bits = _NETWORK_BITS[address.version] if address.is_private else address.max_prefixlen
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _signed(own: Authority, certificate: x509.Certificate | None) -> bool:
    if certificate is None:
        return False
    try:
        certificate.verify_directly_issued_by(own.certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
