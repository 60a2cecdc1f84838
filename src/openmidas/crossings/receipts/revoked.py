"""The keys of posts that the State trusts no more: what is signed with them from then on is no receipt."""

from __future__ import annotations

from datetime import datetime

from openmidas.crossings.receipts.models import ReceiptCertificate
from openmidas.nodes.models import EnrolledNode, Revocation


def revoked_keys() -> dict[bytes, datetime]:
    """Keys that were certified for posts before the HQ revoked these, and since when each is revoked.

    A post that was enrolled again with its old key signs with it again.
    """
    revocations = list(Revocation.objects.order_by("clock"))
    posts = {one.of for one in revocations}
    trusted = EnrolledNode.objects.filter(id__in=posts, revoked_at=None)
    again = {(post.id, bytes(post.public_key)) for post in trusted}
    found: dict[bytes, datetime] = {}
    certificates = list(ReceiptCertificate.objects.filter(post__in=posts))
    for revocation in revocations:
        for one in certificates:
            key = bytes(one.public_key)
            if (
                one.post == revocation.of
                and one.clock < revocation.clock
                and (one.post, key) not in again
            ):
                found.setdefault(key, revocation.at)
    return found
