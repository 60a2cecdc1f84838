"""A node that has its certificate from an authority of the State."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from openmidas.installation import authority, certificates
from openmidas.installation.authority import Authority
from openmidas.installation.names import Bounds, read_names
from openmidas.nodes.home import NodeHome

NAME = "kouremale.midas.mli.internal"
NOW = datetime.now(UTC)


def certify(home: NodeHome, web: str = "0.0.0.0:443") -> Authority:
    """Give a node a certificate of a fresh authority, as `midas ca use` does."""
    ca = authority.make_authority("MLI", Bounds("midas.mli.internal"), NOW)
    key = generate_private_key(SECP256R1())
    issued = ca.sign(read_names([NAME, "192.168.10.1"]), key.public_key(), NOW)
    folder = home.path("carried")
    folder.mkdir()
    for file, pem in (
        ("post.crt", issued.public_bytes(Encoding.PEM)),
        ("post.key", authority.unlocked_pem(key)),
        ("ca.crt", ca.certificate.public_bytes(Encoding.PEM)),
    ):
        (folder / file).write_bytes(pem)
    certificates.take(home, folder / "post.crt", folder / "ca.crt", folder / "post.key", web, NOW)
    return ca
