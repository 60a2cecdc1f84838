"""Proving a node's journals: every hash, commitment and signature, from the first entry to the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import msgspec

from openmidas.journal.entry import SealedEntry, decode_body
from openmidas.journal.errors import JournalError
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import check_chain
from openmidas.journal.signing import NO_SIGNATURE, Place, check_head, check_receipt


class Verdict(msgspec.Struct, frozen=True):
    """What verifying one journal epoch showed.

    ``verified``: the last sequence up to which everything holds; ``code`` and ``params`` name the
    first thing that does not (empty code: all holds); ``witnessed``: the sequence of the last
    receipt that holds, 0 if none; ``erased``: entries without a body, which verify all the same.
    """

    node: UUID
    epoch: int
    verified: int
    sequence: int
    witnessed: int
    erased: int
    code: str = ""
    params: dict[str, str] = {}

    @property
    def holds(self) -> bool:
        """Whether the whole journal verifies."""
        return not self.code


Progress = Callable[[int], None]
WitnessKeys = dict[UUID, tuple[bytes, ...]]
"""The public keys of those who gave receipts: one for each of their epochs."""
WriterKeys = dict[tuple[UUID, int], bytes]
"""The public key of each node's epoch."""


def verify_all(
    witness_keys: WitnessKeys,
    progress: Progress = lambda _: None,
    writer_keys: WriterKeys | None = None,
) -> list[Verdict]:
    """Verify every journal that this node has.

    ``witness_keys``: public keys of receipts' signers. ``writer_keys``: the journals that must be
    here, and their keys from elsewhere than the tables that are proved: who rewrites a journal can
    put a key of their own beside it, or take it away as a whole.
    """
    known = writer_keys or {}
    journals = list(Journal.objects.order_by("node", "epoch"))
    here = {(journal.node, journal.epoch) for journal in journals}
    missing = [_missing(*journal) for journal in known if journal not in here]
    return missing + [
        verify_journal(journal, witness_keys, progress, known.get((journal.node, journal.epoch)))
        for journal in journals
    ]


def _missing(node: UUID, epoch: int) -> Verdict:
    return Verdict(node, epoch, 0, 0, 0, 0, "journal.missing")


def verify_journal(
    journal: Journal,
    witness_keys: WitnessKeys,
    progress: Progress = lambda _: None,
    writer_key: bytes | None = None,
) -> Verdict:
    """Verify one journal epoch; the verdict names the first bad entry.

    ``writer_key``: whose signature it must bear, where that is known from elsewhere.
    """
    walk = _Walk(journal, _receipts(journal), witness_keys)
    code, params = "", {}
    try:
        if writer_key not in (None, bytes(journal.public_key)):
            raise JournalError("journal.other_key")
        # Again while it grows: a node that is at work appends behind our back.
        while walk.grown():
            for entry in _entries(journal, walk.place.sequence):
                walk.step(entry)
                progress(1)
            journal.refresh_from_db()
        walk.finish()
    except JournalError as error:
        code, params = error.code, error.params
    return Verdict(
        journal.node,
        journal.epoch,
        walk.place.sequence,
        journal.sequence,
        walk.witnessed,
        walk.erased,
        code,
        params,
    )


class _Walk:
    """Follows a chain entry by entry."""

    def __init__(
        self,
        journal: Journal,
        receipts: dict[int, list[HeldReceipt]],
        witness_keys: WitnessKeys,
    ) -> None:
        self.journal = journal
        self.receipts = receipts
        self.witness_keys = witness_keys
        self.place = Place(journal.node, journal.epoch, 0, bytes(journal.continues))
        self.seen = -1
        self.clock = 0
        self.at = 0
        self.erased = 0
        self.witnessed = 0

    def grown(self) -> bool:
        """Whether there is more than the last look has seen; the first time, always."""
        before, self.seen = self.seen, self.journal.sequence
        return before != self.seen

    def step(self, entry: JournalEntry) -> None:
        sealed = entry.sealed()
        place = check_chain([sealed], self.place)
        if entry.sequence != place.sequence:
            raise JournalError("entry.misplaced", sequence=str(place.sequence))
        self._check_clock(sealed, place)
        self.place = place
        for receipt in self.receipts.pop(place.sequence, []):
            self._check_receipt(receipt)

    def _check_clock(self, sealed: SealedEntry, place: Place) -> None:
        """Within one journal both clocks only rise: a back-dated entry does not fit."""
        if sealed.body is None:
            self.erased += 1
            return
        body = decode_body(sealed.body)
        if body.clock <= self.clock or body.at < self.at:
            raise JournalError("entry.back_dated", sequence=str(place.sequence))
        self.clock, self.at = body.clock, body.at

    def _check_receipt(self, receipt: HeldReceipt) -> None:
        keys = self.witness_keys.get(receipt.witness)
        if not keys:
            raise JournalError("receipt.witness_unknown", witness=str(receipt.witness))
        check_receipt(receipt.receipt(), *keys)
        if bytes(receipt.hash) != self.place.hash:
            raise JournalError("receipt.other_history", sequence=str(receipt.sequence))
        self.witnessed = receipt.sequence

    def finish(self) -> None:
        if self.place != self.journal.place():
            raise JournalError("journal.cut", expected=str(self.journal.sequence))
        if self.receipts:
            raise JournalError("journal.cut", expected=str(max(self.receipts)))
        if bytes(self.journal.signature) == NO_SIGNATURE:
            raise JournalError("journal.incomplete")
        if self.place.sequence:
            check_head(self.journal.head(), bytes(self.journal.public_key))


def _receipts(journal: Journal) -> dict[int, list[HeldReceipt]]:
    """The receipts by sequence: every post gives one for the HQ's journal, many at one place."""
    found: dict[int, list[HeldReceipt]] = {}
    for receipt in HeldReceipt.objects.filter(node=journal.node, epoch=journal.epoch):
        found.setdefault(receipt.sequence, []).append(receipt)
    return found


def _entries(journal: Journal, after: int) -> Iterator[JournalEntry]:
    found = JournalEntry.objects.filter(node=journal.node, epoch=journal.epoch, sequence__gt=after)
    return found.order_by("sequence", "id").iterator()
