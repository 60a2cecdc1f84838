"""At the HQ: certifying the keys of the posts, so that one key of the State checks every receipt."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from openmidas.crossings.receipts.entries import SignerCertified
from openmidas.crossings.receipts.models import ReceiptCertificate
from openmidas.documents.receipts import certify, mark_of, read_certificate
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_day, record
from openmidas.posts.models import Post


@every(timedelta(minutes=5), at=NodeKind.HQ)
def keep_certified() -> None:
    """A post that has joined, has a new key or another name, signs with it soon."""
    certify_posts()


def certify_posts() -> int:
    """Certify every trusted post by its key and its name of today; how many that were new."""
    names = dict(Post.objects.values_list("id", "name"))
    peers = Peer.objects.filter(kind=NodeKind.POST, revoked=False)
    return sum(_certify(peer, names.get(peer.id, peer.name)) for peer in peers)


def _certify(peer: Peer, name: str) -> bool:
    node, key = this_node(), bytes(peer.public_key)
    made = certify(
        node.key,
        state=node.config.state,
        mark=mark_of(peer.id),
        name=name,
        public_key=key,
        since=node_day(),
    )
    last = ReceiptCertificate.objects.filter(post=peer.id, node=node.id).order_by("-clock").first()
    if last is not None and _same(bytes(last.certificate), made):
        return False
    with transaction.atomic():
        record(SignerCertified(certified=new_id(), post=peer.id, certificate=made), actor=Actor())
    return True


def _same(one: bytes, other: bytes) -> bool:
    """Whether two certificates say the same of the same, whenever they were made."""
    first, second = read_certificate(one), read_certificate(other)
    told = [(each.signer, each.mark, each.key, each.name) for each in (first, second)]
    return told[0] == told[1]


def signs_with() -> bytes | None:
    """At a post: the certificate of the key that it signs with now; None before it has come."""
    node = this_node()
    known = ReceiptCertificate.objects.filter(post=node.id).order_by("-clock")
    key = public_bytes(node.key)
    return next((bytes(one.certificate) for one in known if bytes(one.public_key) == key), None)
