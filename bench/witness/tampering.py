"""Eight ways to tamper with a node's tables, by somebody who knows the program well.

A clumsy one changes a row. A thorough one makes everything fit that can be made to: all hashes and
commitments, the end, the witnesses that lie in the same database; and signs, where the key is there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Model

from bench.witness.node import Done
from bench.witness.tampering_log import tamper_log
from openmidas.journal import Place
from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.entry import Header, commit, decode_body, encode_body, hash_header, new_salt
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.signing import sign_head
from openmidas.journal.witnessed import (
    CarriedHead,
    Contradiction,
    HeldLogHead,
    LoggedJournal,
    LogLeaf,
    LogNode,
)
from openmidas.nodes.identity import this_node

KINDS = ("change", "delete", "insert", "swap", "back-date", "truncate", "old backup", "clone")
TABLES: tuple[type[Model], ...] = (
    Journal, JournalEntry, HeldReceipt, HeldLogHead, CarriedHead, Contradiction,
    LoggedJournal, LogLeaf, LogNode,
)  # fmt: skip
DAY = 86_400_000


class Past:
    """All tables as they were at a moment, with every signature that was in them."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Any]] = {
            table: list(table._default_manager.all()) for table in TABLES
        }
        self.ends = {(one.node, one.epoch): one for one in self.rows[Journal]}
        own = [one for one in self.rows[HeldLogHead] if one.log == this_node().id]
        self.log = own[-1] if own else None

    def sequence_of(self, node: UUID, epoch: int) -> int:
        """How far a journal went."""
        end = self.ends.get((node, epoch))
        return end.sequence if end is not None else 0

    def restore(self) -> None:
        """Put it back."""
        for table, rows in self.rows.items():
            table._default_manager.all().delete()
            table._default_manager.bulk_create(rows)


def vouched() -> dict[str, int]:
    """How far what is kept here vouches for others: by node, and for the log.

    A post vouches for the HQ's copy of its own journal, too: it has it all.
    """
    found = {str(one.node): one.sequence for one in Journal.objects.all()}
    for held in HeldLogHead.objects.exclude(log=this_node().id):
        found["log"] = max(found.get("log", 0), held.size)
    return found


def tamper(
    chance: random.Random,
    kind: str,
    with_key: bool,
    past: Sequence[Past],
    witnessed: dict[str, int],
) -> Done | None:
    """Do one tampering, chosen by chance within its kind."""
    if kind == "old backup":
        return _old_backup(chance, past, witnessed)
    node = this_node()
    things = ["own"] if not node.is_hq else ["own", "copy", "log"]
    thing = chance.choice(things)
    if thing == "log":
        return tamper_log(chance, kind, with_key, [one.log for one in past if one.log is not None])
    journals = list(Journal.objects.order_by("node"))
    mine = [one for one in journals if (one.node == node.id) == (thing == "own") and one.sequence]
    journal = chance.choice(mine)
    signs = with_key and journal.node == node.id
    return _Forger(journal, chance, signs, past).do(kind)


def _old_backup(
    chance: random.Random, past: Sequence[Past], witnessed: dict[str, int]
) -> Done | None:
    """All tables as they once were. What is gone, and whether somebody has seen it, decides."""
    node = this_node()
    chosen = chance.choice(past)
    before = {(one.node, one.epoch): one.sequence for one in Journal.objects.all()}
    log = HeldLogHead.objects.filter(log=node.id).first()
    lost = [
        (str(whose), then + 1)
        for (whose, epoch), sequence in before.items()
        if (then := chosen.sequence_of(whose, epoch)) < sequence
        # What a post lacks of the HQ's journal comes again: that is no history of its own.
        if whose == node.id or node.is_hq
    ]
    kept = chosen.log.size if chosen.log is not None else 0
    if log is not None and kept < log.size:
        lost.append(("log", kept + 1))
    chosen.restore()
    seen = [one for one in lost if one[1] <= witnessed.get(one[0], 0)]
    if not lost:
        return None
    what, first = (seen or lost)[0]
    return Done(what, first, cut=True)


class _Forger:
    """Tampers with one journal."""

    def __init__(
        self, journal: Journal, chance: random.Random, signs: bool, past: Sequence[Past]
    ) -> None:
        self.journal = journal
        self.chance = chance
        self.signs = signs
        self.past = past
        found = JournalEntry.objects.filter(node=journal.node, epoch=journal.epoch)
        self.rows = list(found.order_by("sequence"))
        self.whole = journal.node == this_node().id

    def do(self, kind: str) -> Done | None:
        if kind == "truncate":
            return self._truncate()
        # The first entry names the key: it is left alone, as any forger would.
        at = self.chance.randrange(1, len(self.rows) - 1)
        thorough = self.signs or self.chance.random() < 0.5
        bodies = [(row.body, row.salt) for row in self.rows]
        change: dict[str, Callable[[list[Any], int], None]] = {
            "change": _change, "delete": _delete, "insert": _insert, "swap": _swap,
            "back-date": _back_date,
        }  # fmt: skip
        change[kind](bodies, at)
        if thorough:
            self._rewrite(bodies, at)
        else:
            self._clumsily(kind, at, bodies)
        return Done(str(self.journal.node), at + 1, thorough=thorough)

    def _clumsily(self, kind: str, at: int, bodies: list[Any]) -> None:
        """As somebody with a database tool would: rows are changed, and hashes left as they are."""
        row = self.rows[at]
        if kind == "delete":
            row.delete()
        elif kind == "insert":
            row.pk = new_id()
            row.save(force_insert=True)
        elif kind == "swap":
            other = self.rows[at + 1]
            JournalEntry.objects.filter(pk=row.pk).update(sequence=other.sequence)
            JournalEntry.objects.filter(pk=other.pk).update(sequence=row.sequence)
        else:
            row.body, row.salt = bodies[at]
            row.save()

    def _rewrite(self, bodies: list[Any], start: int) -> None:
        """All entries from here on anew, so that every hash fits; signed, if the key is here."""
        JournalEntry.objects.filter(pk__in=[row.pk for row in self.rows[start:]]).delete()
        node, epoch = self.journal.node, self.journal.epoch
        previous = hash_header(bytes(self.rows[start - 1].header))
        rows = []
        for number, (body, _salt) in enumerate(bodies[start:], start=start + 1):
            salt = new_salt()
            header = Header(node, epoch, number, previous, commit(salt, bytes(body)))
            previous = hash_header(header.encode())
            rows.append(
                JournalEntry(
                    node=node, epoch=epoch, sequence=number, kind="epoch.opened",
                    header=header.encode(), body=bytes(body), salt=salt,
                )
            )  # fmt: skip
        JournalEntry.objects.bulk_create(rows)
        self._end(Place(node, epoch, len(bodies), previous), start + 1)

    def _truncate(self) -> Done | None:
        """Cut the end off, at a place whose signature the forger has, or can make."""
        node, epoch = self.journal.node, self.journal.epoch
        if self.signs:
            keep = self.chance.randrange(1, len(self.rows))
            signature = b""
        else:
            ends = [one.ends.get((node, epoch)) for one in self.past]
            old = [one for one in ends if one is not None and 0 < one.sequence < len(self.rows)]
            if not old:
                return None
            end = self.chance.choice(old)
            keep, signature = end.sequence, bytes(end.signature)
        JournalEntry.objects.filter(pk__in=[row.pk for row in self.rows[keep:]]).delete()
        place = Place(node, epoch, keep, hash_header(bytes(self.rows[keep - 1].header)))
        self._end(place, keep + 1, signature)
        return Done(str(node), keep + 1, cut=True)

    def _end(self, place: Place, first: int, signature: bytes = b"") -> None:
        """The journal's end, and away with the witnesses in the same database that tell otherwise."""
        journal = self.journal
        if self.signs:
            signature = sign_head(place, this_node().key).signature
        Journal.objects.filter(pk=journal.pk).update(
            sequence=place.sequence,
            hash=place.hash,
            projected=place.sequence,
            signature=signature or bytes(journal.signature),
        )
        held = HeldReceipt.objects.filter(node=journal.node, epoch=journal.epoch)
        held.filter(sequence__gte=first).delete()


def _change(bodies: list[Any], at: int) -> None:
    body = decode_body(bytes(bodies[at][0]))
    content = msgspec.msgpack.decode(body.content) | {"name": "something else"}
    new = msgspec.structs.replace(body, content=msgspec.Raw(msgspec.msgpack.encode(content)))
    bodies[at] = (encode_body(new), bodies[at][1])


def _delete(bodies: list[Any], at: int) -> None:
    del bodies[at]


def _insert(bodies: list[Any], at: int) -> None:
    body = decode_body(bytes(bodies[at - 1][0]))
    between = msgspec.structs.replace(body, clock=body.clock + 1)
    bodies.insert(at, (encode_body(between), bodies[at - 1][1]))
    _change(bodies, at)


def _swap(bodies: list[Any], at: int) -> None:
    first, second = (decode_body(bytes(bodies[number][0])) for number in (at, at + 1))
    for number, said, time in ((at, second, first), (at + 1, first, second)):
        moved = msgspec.structs.replace(said, at=time.at, clock=time.clock)
        bodies[number] = (encode_body(moved), bodies[number][1])


def _back_date(bodies: list[Any], at: int) -> None:
    """The entry, and whatever must be earlier for it to fit: between the one before and itself."""
    before = decode_body(bytes(bodies[at - 1][0]))
    body = decode_body(bytes(bodies[at][0]))
    earlier = msgspec.structs.replace(
        body,
        at=max(before.at, body.at - DAY),
        clock=max(before.clock + 1, body.clock - (DAY << COUNTER_BITS)),
    )
    if earlier == body:
        earlier = msgspec.structs.replace(body, at=before.at - 1)
    bodies[at] = (encode_body(earlier), bodies[at][1])
