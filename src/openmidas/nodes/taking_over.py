"""At a new machine: becoming the post whose machine was destroyed, lost or stolen.

The machine was made as any post is, with a number and a key of its own, and has done nothing yet. It
keeps the key, and is the post from then on: with its number, in its next epoch. What the post wrote
before comes back from the HQ (`openmidas.exchange.giving_back`), signed with keys that are gone.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.db import transaction
from django.db.models import Q

from openmidas.journal import Actor, NodeKind
from openmidas.journal.entry import NO_HASH
from openmidas.journal.local import HeldReceipt, Quarantined
from openmidas.journal.models import Journal, JournalEntry, Projection
from openmidas.journal.store import CLOSED, append, open_journal
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.home import NodeHome, write_file
from openmidas.nodes.identity import NodeCard, ThisNode, forget_this_node, this_node
from openmidas.nodes.keys import epochs_with_keys, public_bytes
from openmidas.nodes.local import JournalProof, Peer
from openmidas.nodes.refusals import Refused
from openmidas.nodes.replacing import PostIdentity
from openmidas.nodes.sealing.database import is_sealed
from openmidas.nodes.services import meet

OF_THE_MACHINE = ("epoch.opened", "node.reported")
"""What a machine writes by itself before anybody works with it."""


class _Writer(msgspec.Struct, frozen=True):
    """The post, as it writes from now on."""

    id: UUID
    kind: NodeKind
    epoch: int
    key: Ed25519PrivateKey


def take_over(identity: PostIdentity, hq: NodeCard) -> None:
    """Be this post from now on, and exchange with this HQ.

    Raises `Refused` ``join.not_fresh`` where somebody has worked with this machine already, and
    ``join.sealed`` where it was sealed under the number that it gives up. Broken off at any moment,
    it is done by doing it again. Processes of this node that run must be started anew: they still
    take themselves for the machine that it was.
    """
    node = this_node()
    key_file = f"epoch-{identity.epoch}.pem"
    if node.id != identity.id:
        if is_sealed(node.home):
            # Its phrases and shares are bound to that number: nothing would ever open it again.
            raise Refused("join.sealed")
        own = node.home.path("keys", f"epoch-{node.epoch}.pem")
        write_file(node.home.path("keys", key_file), own.read_bytes())
        with transaction.atomic():
            _become(node, identity, hq)
        node.home.write_config(
            msgspec.structs.replace(
                node.config, id=identity.id, name=identity.name, epoch=identity.epoch
            )
        )
        forget_this_node()
    _drop_other_keys(node.home, identity.epoch)
    meet(hq)


def _become(node: ThisNode, identity: PostIdentity, hq: NodeCard) -> None:
    mine = public_bytes(node.key)
    done = Journal.objects.filter(node=identity.id, epoch=identity.epoch, public_key=mine).exists()
    if not done:
        _check_fresh(node.id)
    _forget(node.id)
    if done:
        return
    for past in identity.past:
        old = open_journal(identity.id, past.epoch, NodeKind.POST, past.public_key, past.continues)
        Journal.objects.filter(pk=old.pk).update(stopped=CLOSED)
    for past in identity.hq_past:
        open_journal(hq.id, past.epoch, NodeKind.HQ, past.public_key, past.continues)
    meet(hq)
    _open_epoch(_Writer(identity.id, NodeKind.POST, identity.epoch, node.key), node, identity)


def _check_fresh(machine: UUID) -> None:
    by_itself = JournalEntry.objects.filter(node=machine, kind__in=OF_THE_MACHINE)
    others = JournalEntry.objects.exclude(id__in=by_itself.values("id"))
    if others.exists() or Peer.objects.exists():
        raise Refused("join.not_fresh")


def _forget(machine: UUID) -> None:
    """Drop what the machine wrote by itself under its own number: nobody else has ever seen it."""
    for model in apps.get_models():
        if issubclass(model, Projection):
            model._default_manager.filter(node=machine).delete()
    Quarantined.objects.filter(node=machine).delete()
    HeldReceipt.objects.filter(Q(node=machine) | Q(witness=machine)).delete()
    JournalProof.objects.all().delete()
    JournalEntry.objects.filter(node=machine).delete()
    Journal.objects.filter(node=machine).delete()


def _open_epoch(writer: _Writer, node: ThisNode, identity: PostIdentity) -> None:
    """The first entry names the last receipt, and is no earlier than what the post wrote before."""
    place, public_key = identity.continues, public_bytes(writer.key)
    journal = open_journal(
        writer.id, writer.epoch, writer.kind, public_key, NO_HASH if place is None else place.hash
    )
    Journal.objects.filter(pk=journal.pk).update(at=identity.at, clock=identity.clock)
    opened = EpochOpened(
        name=identity.name,
        state=node.config.state,
        public_key=public_key,
        continues=place.hash if place else None,
        after_epoch=place.epoch if place else 0,
        after=place.sequence if place else 0,
    )
    append(writer, opened, actor=Actor())


def _drop_other_keys(home: NodeHome, epoch: int) -> None:
    """The file of the machine's first key bears the number of an epoch that others have signed."""
    for other in epochs_with_keys(home):
        if other != epoch:
            home.path("keys", f"epoch-{other}.pem").unlink()
