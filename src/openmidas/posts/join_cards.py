"""Cards that came over the network: whether they can be, and are of whom they should be."""

from __future__ import annotations

from uuid import UUID

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.home import LONGEST_NAME
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.keys import certificate_fingerprint
from openmidas.nodes.local import Peer
from openmidas.posts.refusals import Refused

KEY_BYTES = 32
_LAST_EPOCH = 1_000_000
"""No machine is restored or replaced so often. The post's next one must have epochs left, and the last
that can be is that of what posts collect (`openmidas.nodes.collecting.chain`)."""
_LONGEST_ADDRESS = 255


def check_card(raw: bytes) -> NodeCard:
    """At the HQ: the card of a post that may be enrolled.

    Raises `Refused`: ``join.malformed``, ``join.not_a_post``, ``join.other_state``,
    ``join.known_otherwise`` (we know this node, or this certificate, by another card).
    """
    card = read_card(raw)
    if card.kind is not NodeKind.POST:
        raise Refused("join.not_a_post")
    _check_state(card)
    _check_known(card)
    return card


def check_next_card(raw: bytes, post: UUID) -> NodeCard:
    """At the HQ: the card of a machine that may take the place of this post's.

    A machine of its own that is no post yet, or one that came back from a backup of this post, in a
    later epoch and with a new certificate. Raises `Refused`: as `check_card`, and
    ``join.old_machine`` for the one that is to be replaced.
    """
    card = read_card(raw)
    if card.kind is not NodeKind.POST:
        raise Refused("join.not_a_post")
    _check_state(card)
    journals = Journal.objects.filter(public_key=card.public_key)
    print_ = certificate_fingerprint(card.certificate)
    known = journals.exists() or Peer.objects.filter(fingerprint=print_).exists()
    if card.id == post:
        epochs = Journal.objects.filter(node=post, epoch__gte=card.epoch)
        if known or epochs.exists():
            raise Refused("join.old_machine")
    elif known or card.id == this_node().id or Peer.objects.filter(id=card.id).exists():
        raise Refused("join.known_otherwise")
    return card


def same_machine(one: bytes, other: bytes) -> bool:
    """Whether two cards are of one machine: with one key and one certificate, under whatever name.

    Raises `Refused` ``join.malformed``.
    """
    first, second = read_card(one), read_card(other)
    return (first.public_key, first.certificate) == (second.public_key, second.certificate)


def check_hq_card(raw: bytes) -> NodeCard:
    """At a post: the card of an HQ that may be met.

    Raises `Refused`: ``join.malformed``, ``join.not_hq``, ``join.other_state``, ``join.other_hq``
    (the post exchanges with another one).
    """
    card = read_card(raw)
    if card.kind is not NodeKind.HQ:
        raise Refused("join.not_hq")
    _check_state(card)
    check_no_other_hq(card)
    return card


def read_card(raw: bytes) -> NodeCard:
    """A card that every node's tables and TLS can take. Raises `Refused` ``join.malformed``."""
    try:
        card = NodeCard.decode(raw)
        loaded = x509.load_pem_x509_certificate(card.certificate.encode())
        # TLS reads all that stands in the text: it must be this certificate and nothing more.
        whole = loaded.public_bytes(Encoding.PEM).decode() == card.certificate
    except (msgspec.DecodeError, ValueError, x509.InvalidVersion) as error:
        raise Refused("join.malformed") from error
    fits = (
        whole
        # Nought stands for all posts together, wherever posts are counted.
        and card.id.version == 7
        and 0 < len(card.name) <= LONGEST_NAME
        and card.name.isprintable()
        and len(card.public_key) == KEY_BYTES
        and 0 < card.epoch <= _LAST_EPOCH
        and len(card.exchange) <= _LONGEST_ADDRESS
        and card.exchange.isprintable()
    )
    if not fits:
        raise Refused("join.malformed")
    return card


def check_no_other_hq(card: NodeCard) -> None:
    """A node belongs to one State, which has one HQ. Raises `Refused` ``join.other_hq``."""
    other = Peer.objects.filter(kind=NodeKind.HQ).exclude(id=card.id).first()
    if other is not None:
        raise Refused("join.other_hq", name=other.name)


def _check_state(card: NodeCard) -> None:
    ours = this_node().config.state
    if card.state != ours:
        raise Refused("join.other_state")


def _check_known(card: NodeCard) -> None:
    """A node may join again, as itself; nobody may join in the place of one that is enrolled."""
    print_ = certificate_fingerprint(card.certificate)
    known = Peer.objects.filter(id=card.id).first()
    if known is not None and (bytes(known.public_key), known.epoch, known.fingerprint) != (
        card.public_key,
        card.epoch,
        print_,
    ):
        raise Refused("join.known_otherwise")
    if known is not None and known.revoked:
        raise Refused("join.trusted_no_more")
    others = Peer.objects.filter(fingerprint=print_).exclude(id=card.id)
    if card.id == this_node().id or others.exists():
        raise Refused("join.known_otherwise")
