"""The store under whatever order of appends, arrivals, repeats and crashes somebody may think of.

Hypothesis looks for a way to lose an entry, to have one twice, or to have a journal that does not
verify; and is shown to find one where the store has a fault.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from openmidas.journal import Actor, JournalError, SealedEntry, Segment, store
from openmidas.journal.inserting import insert
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.store import lock_journal, open_journal, receive
from openmidas.journal.verify import verify_all
from openmidas.nodes.services import record, record_all, witness_keys
from openmidas.posts.entries import LookupMade
from openmidas.posts.models import Lookup
from tests.support.writers import Pen

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.both,
    pytest.mark.usefixtures("own_journal"),
]

numbers = st.integers(0, 30)


class Crash(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The process is gone before it could commit."""


def a_lookup() -> LookupMade:
    return LookupMade(lookup=new_id(), purpose="case", reason="", query="Diallo", results=0)


class Store(RuleBasedStateMachine):
    """This node writes, and copies the journal of a post whose segments come in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._example = transaction.atomic()
        self._example.__enter__()
        self.written: list[LookupMade] = []
        self.before = Journal.objects.get().sequence
        self.pen = Pen()
        open_journal(self.pen.node, 1, self.pen.kind, self.pen.public_key)
        self.taken = 0

    def teardown(self) -> None:
        """The next example begins with the database as it was."""
        transaction.set_rollback(True)
        self._example.__exit__(None, None, None)

    @rule(number=st.integers(1, 4), crash=st.booleans())
    def append(self, number: int, crash: bool) -> None:
        lookups = [a_lookup() for _ in range(number)]

        def write() -> None:
            if number == 1:
                record(lookups[0], actor=Actor())
            else:
                record_all(lookups, actor=Actor())

        if _unless_crashed(write, crash):
            self.written += lookups

    @rule(number=st.integers(1, 4))
    def the_post_writes(self, number: int) -> None:
        for _ in range(number):
            self.pen.write(a_lookup())

    @precondition(lambda self: self.pen.entries)
    @rule(start=numbers, length=st.integers(1, 8), crash=st.booleans())
    def a_run_arrives(self, start: int, length: int, crash: bool) -> None:
        """From anywhere in the journal: the next, one again, one that is late, one too early."""
        start %= len(self.pen.entries)
        run = self.pen.segment(start, min(start + length, len(self.pen.entries)))

        def take() -> None:
            receive(run, lock_journal(self.pen.node, 1))

        if start > self.taken:
            assert _refusal(take) == "chain.gap"
        elif _unless_crashed(take, crash):
            self.taken = max(self.taken, start + len(run.entries))

    @invariant()
    def what_was_written_is_there_once_and_in_order(self) -> None:
        own = JournalEntry.objects.exclude(node=self.pen.node).order_by("sequence")
        sequences = list(own.values_list("sequence", flat=True))
        assert sequences == list(range(1, self.before + len(self.written) + 1))
        wanted = {one.lookup for one in self.written}
        assert set(Lookup.objects.values_list("id", flat=True)) == wanted

    @invariant()
    def what_arrived_is_the_posts_journal_so_far(self) -> None:
        copied = JournalEntry.objects.filter(node=self.pen.node).order_by("sequence", "id")
        assert [entry.sealed() for entry in copied] == self.pen.entries[: self.taken]

    @invariant()
    def all_of_it_verifies(self) -> None:
        for verdict in verify_all(witness_keys()):
            assert verdict.holds, verdict


def _unless_crashed(do: Callable[[], None], crash: bool) -> bool:
    """Do it in a transaction of its own; whether it was committed."""
    try:
        with transaction.atomic():
            do()
            if crash:
                raise Crash
    except Crash:
        return False
    return True


def _refusal(do: Callable[[], None]) -> str:
    """The code with which it is refused; empty where it is not."""
    try:
        with transaction.atomic():
            do()
    except JournalError as error:
        return error.code
    return ""


QUICK = settings(max_examples=25, stateful_step_count=20, database=None)
FOUND_OUT = settings(
    QUICK, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False, max_examples=100
)


def test_nothing_is_lost_doubled_or_out_of_order() -> None:
    run_state_machine_as_test(Store, settings=QUICK)


def test_a_store_that_takes_repeats_for_new_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_new(segment: Segment, journal: Journal) -> tuple[list[SealedEntry], list[SealedEntry]]:
        return [], list(segment.entries)

    monkeypatch.setattr(store, "split", all_new)
    monkeypatch.setattr(store, "check_segment", lambda segment, after, key: segment.head.place)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Store, settings=FOUND_OUT)


def test_a_store_that_writes_half_a_transaction_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgets_the_last(model: type[JournalEntry], rows: list[JournalEntry]) -> None:
        insert(model, rows[:-1] if len(rows) > 2 else rows)

    monkeypatch.setattr(store, "insert", forgets_the_last)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Store, settings=FOUND_OUT)
