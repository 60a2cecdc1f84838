"""TLS between nodes: version 1.3, a certificate on both sides, and nobody trusted but one's peers."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from uuid import UUID

from openmidas.nodes.home import NodeHome
from openmidas.nodes.keys import certificate

# X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which Python has no name for. A certificate is trusted because
# it is that of a peer, and until it is struck out; dates would only shut a post out whose battery died.
_NO_CHECK_TIME = 0x200000


def server_context(home: NodeHome, node: UUID, peers: Iterable[str]) -> ssl.SSLContext:
    """For an HQ that accepts calls from these peers' certificates (PEM)."""
    context = _context(ssl.PROTOCOL_TLS_SERVER, home, node, peers)
    # Whoever calls shows the certificate each time: a ticket would outlive its being struck out.
    context.num_tickets = 0
    return context


def client_context(home: NodeHome, node: UUID, peer: str) -> ssl.SSLContext:
    """For a post that calls the HQ with this certificate (PEM).

    The certificate is the only anchor of trust; the name in it is the node's and no host's.
    """
    return _context(ssl.PROTOCOL_TLS_CLIENT, home, node, [peer])


def _context(
    protocol: ssl._SSLMethod, home: NodeHome, node: UUID, peers: Iterable[str]
) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= _NO_CHECK_TIME
    certificate(home, node)  # made with its key, where there is none yet
    context.load_cert_chain(home.path("keys", "exchange.crt"), home.path("keys", "exchange.key"))
    for peer in peers:
        context.load_verify_locations(cadata=peer)
    return context
