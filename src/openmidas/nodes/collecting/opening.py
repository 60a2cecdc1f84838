"""At the HQ: opening what posts have collected, and giving it back to them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DataError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from openmidas.journal import Actor, JournalError, NodeKind, Place, to_posts
from openmidas.journal.entry import decode_body, hash_header
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import is_of_database
from openmidas.nodes.collecting.chain import (
    EPOCH,
    Collected,
    Opened,
    beginning,
    check_link,
    open_sealed,
)
from openmidas.nodes.collecting.entries import CollectedOpened, CollectedSealed, may_be_collected
from openmidas.nodes.collecting.projections import place_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.models import CollectedEntry, CollectingRun, OpenedEntry
from openmidas.nodes.refusals import Refused
from openmidas.nodes.services import record

logger = logging.getLogger(__name__)

AT_ONCE = 200


def open_collected(most: int = AT_ONCE) -> int:
    """Open what is here and not opened yet, in the order of each run; how many bodies were found.

    What cannot be opened is written down with the reason, and what follows it is opened all the same:
    each entry is signed by itself. What stands behind a gap waits for what is missing.
    """
    keys = keys_to_open_with()
    return sum(_open(row, keys) for row in list(ready()[:most]))


def keys_to_open_with() -> list[Ed25519PrivateKey]:
    """The keys of all epochs that are here, the last first."""
    home = this_node().home
    return [signing_key(home, epoch) for epoch in reversed(epochs_with_keys(home))]


def ready() -> QuerySet[CollectedEntry]:
    """What can be opened now: a post that sends what follows nothing keeps nobody waiting."""
    same = CollectedEntry.objects.filter(node=OuterRef("node"), run=OuterRef("run"))
    before = same.filter(number=OuterRef("number") - 1)
    run = CollectingRun.objects.filter(id=OuterRef("run"), node=OuterRef("node"))
    ready = CollectedEntry.objects.filter(
        ~Exists(OpenedEntry.objects.filter(id=OuterRef("id"))),
        Exists(run),
        Q(number=1) | Exists(before),
    )
    return ready.order_by("node", "run", "number")


@transaction.atomic
def _open(row: CollectedEntry, keys: Sequence[Ed25519PrivateKey]) -> bool:
    # The journal is held first: two who open at once must not both write.
    Journal.objects.select_for_update().get(node=this_node().id, epoch=this_node().epoch)
    if OpenedEntry.objects.filter(id=row.id).exists():
        return False
    found, problem = None, ""
    try:
        found = find_body(row, keys)
    except JournalError as error:
        problem = error.code
        logger.error("entry %d of run %s cannot be opened: %s", row.number, row.run, error)
    return give_back(row, found, problem)


def give_back(row: CollectedEntry, found: Opened | None, problem: str, before: str = "") -> bool:
    """Write down for its post what was found, or (``found`` None) why nothing could be.

    Whether it was opened: a body that makes no rows is a problem as well. ``before``: the problem that
    is written down already, and is not told again.
    """
    if found is not None:
        problem = _record_body(row, found)
    if problem and problem != before:
        _record(row, CollectedOpened(**_place(row), problem=problem))
    return not problem


def _record_body(row: CollectedEntry, found: Opened) -> str:
    """Write down a body, with the rows that follow; the code of why none do, and nothing is written.

    Whatever a body holds that a post made up must not keep the others waiting, hence the broad clause.
    """
    try:
        with transaction.atomic():
            _record(row, CollectedOpened(**_place(row), body=found.body, salt=found.salt))
    except JournalError as error:
        logger.error("entry %d of run %s makes no rows: %s", row.number, row.run, error)
        return error.code
    except Refused:
        raise
    except Exception as error:
        if is_of_database(error):
            raise
        logger.exception("entry %d of run %s makes no rows", row.number, row.run)
        unfit = isinstance(error, OverflowError | DataError)
        return "entry.malformed" if unfit else "projection.failed"
    return ""


def _record(row: CollectedEntry, content: CollectedOpened) -> None:
    record(content, actor=Actor(), audience=to_posts([row.node]))


def _place(row: CollectedEntry) -> dict[str, Any]:
    return {"post": row.node, "run": row.run, "sequence": row.number}


def find_body(row: CollectedEntry, keys: Sequence[Ed25519PrivateKey]) -> Opened:
    """The body, once everything about it holds. Raises `JournalError` with what does not."""
    key = bytes(CollectingRun.objects.get(id=row.run).public_key)
    sealed = _sealed(row)
    check_link(Collected(sealed.header, sealed.sealed, sealed.signature), _before(row, key), key)
    found = open_sealed(sealed.header, sealed.sealed, keys)
    body = decode_body(found.body)
    body.check_authority(NodeKind.POST)
    if not may_be_collected(body.read()):
        raise JournalError("collected.kind", kind=body.kind)
    return found


def _before(row: CollectedEntry, key: bytes) -> Place:
    """The place that an entry must follow."""
    if row.number == 1:
        return beginning(row.node, row.run, key)
    before = CollectedEntry.objects.get(id=place_id(row.node, row.run, row.number - 1))
    return Place(row.node, EPOCH, before.number, hash_header(bytes(before.header)))


def _sealed(row: CollectedEntry) -> CollectedSealed:
    """What the post's entry says. Raises `JournalError` ``collected.erased``."""
    entry = JournalEntry.objects.get(node=row.node, epoch=row.epoch, sequence=row.sequence)
    if entry.body is None:
        raise JournalError("collected.erased")
    return msgspec.convert(decode_body(bytes(entry.body)).read(), CollectedSealed)
