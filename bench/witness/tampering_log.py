"""The same with the HQ's log of heads: its leaves, all hashes over them, its signed end."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

import msgspec

from bench.witness.node import Done
from openmidas.journal import Place, merkle
from openmidas.journal.log import node_key
from openmidas.journal.loghead import sign_log_head
from openmidas.journal.witnessed import HeldLogHead, LoggedJournal, LogLeaf, LogNode
from openmidas.nodes.identity import this_node


def tamper_log(
    chance: random.Random, kind: str, with_key: bool, past: Sequence[HeldLogHead]
) -> Done | None:
    """The log of heads: its leaves, all hashes over them, and its signed end."""
    leaves = [leaf.place() for leaf in LogLeaf.objects.order_by("index")]
    head = HeldLogHead.objects.filter(log=this_node().id).order_by("-epoch")[0]
    signature, size = bytes(head.signature), head.size
    at = chance.randrange(0, len(leaves) - 1)
    match kind:
        case "change" | "back-date":
            leaves[at] = msgspec.structs.replace(leaves[at], hash=chance.randbytes(32))
        case "delete":
            del leaves[at]
        case "insert":
            leaves.insert(at, Place(UUID(int=chance.getrandbits(128)), 1, 1, chance.randbytes(32)))
        case "swap":
            leaves[at], leaves[at + 1] = leaves[at + 1], leaves[at]
        case "truncate":
            old = [one for one in past if one.size < size]
            if not with_key and not old:
                return None
            kept = chance.choice(old) if not with_key else None
            at = kept.size if kept is not None else max(1, at)
            leaves, size = leaves[:at], at
            signature = bytes(kept.signature) if kept is not None else signature
            if kept is not None:
                head.at, head.root = kept.at, kept.root
    _put_log(leaves, head, signature, with_key)
    return Done("log", at + 1, cut=kind == "truncate")


def _put_log(leaves: list[Place], head: HeldLogHead, signature: bytes, with_key: bool) -> None:
    for table in (LogLeaf, LogNode, LoggedJournal):
        table.objects.all().delete()
    LogLeaf.objects.bulk_create(
        LogLeaf(index=index, node=one.node, epoch=one.epoch, sequence=one.sequence, hash=one.hash)
        for index, one in enumerate(leaves)
    )
    made = merkle.grown(0, [one.encode() for one in leaves], lambda level, number: b"")
    LogNode.objects.bulk_create(
        LogNode(key=node_key(*where), hash=hashed) for where, hashed in made.items()
    )
    last = {(one.node, one.epoch): (one.sequence, index) for index, one in enumerate(leaves)}
    LoggedJournal.objects.bulk_create(
        LoggedJournal(node=node, epoch=epoch, sequence=sequence, index=index)
        for (node, epoch), (sequence, index) in last.items()
    )
    root = merkle.root(len(leaves), lambda level, number: made[level, number])
    node = this_node()
    if with_key:
        signature = sign_log_head(
            node.id, node.epoch, len(leaves), root, head.at, node.key
        ).signature
    HeldLogHead.objects.filter(pk=head.pk).update(
        size=len(leaves), root=root, at=head.at, signature=signature
    )
