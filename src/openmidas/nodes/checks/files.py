"""Are the keys here, and closed to everybody else?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate

from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.home import CONFIG, this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.sealing.database import is_sealed

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@check()
def keys() -> Iterator[Finding]:
    """The keys that this node signs, calls and opens its database with."""
    home, node = this_home(), this_node()
    names = [f"epoch-{node.epoch}.pem", "web.secret"]
    if Peer.objects.exists():  # before, they are made when the node's card is printed
        names += ["exchange.key", "exchange.crt"]
    if node.config.database == "sqlite" and not is_sealed(home):
        names.append("database.secret")
    missing = [name for name in names if not os.access(home.path("keys", name), os.R_OK)]
    if missing:
        yield Finding("keys.missing", Level.STOP, {"names": ", ".join(missing)})
    else:
        yield Finding("keys.here", Level.OK)


@check()
def exchange_certificate() -> Iterator[Finding]:
    """The certificate that peers know this node by, and its key. Its dates do not count."""
    home = this_home()
    certificate, key = home.path("keys", "exchange.crt"), home.path("keys", "exchange.key")
    if not (certificate.is_file() and key.is_file()):
        return  # told by `keys`
    try:
        fits = _public(key) == load_pem_x509_certificate(
            certificate.read_bytes()
        ).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        yield Finding("exchange.certificate_unreadable", Level.STOP, {"reason": str(error)[:200]})
        return
    if fits:
        yield Finding("exchange.certificate", Level.OK)
    else:
        yield Finding("exchange.certificate_other_key", Level.STOP)


@check()
def permissions() -> Iterator[Finding]:
    """Nobody but the account that runs the node may read its folder."""
    if os.name != "posix":
        yield Finding("permissions.unknown", Level.UNKNOWN)
        return
    home = this_home()
    private = [home.folder, home.path("keys"), home.path(CONFIG), *home.path("keys").glob("*")]
    private += [home.path("node.db")]
    open_to_others = [path for path in private if path.exists() and _mode(path) & OTHERS]
    # What lies inside a closed folder is out of reach, whatever it says itself: but for the keys,
    # which are copied about, that is not enough.
    serious = [path for path in open_to_others if path != home.path("node.db")]
    if _mode(home.folder) & OTHERS or serious:
        names = ", ".join(str(path) for path in open_to_others[:5])
        yield Finding("permissions.open", Level.STOP, {"names": names, "folder": str(home.folder)})
    else:
        yield Finding("permissions.closed", Level.OK)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _public(key: Path) -> bytes:
    loaded = load_pem_private_key(key.read_bytes(), password=None)
    return loaded.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
