"""Editions that travel beside the journal: the one before stays in use until the new one is whole."""

from __future__ import annotations

import hashlib
import threading
from datetime import date
from uuid import UUID

import msgspec
import pytest

from openmidas.exchange.attachments import (
    attachment_bytes,
    forget_unnamed,
    held,
    keep_whole,
    named,
    wanted,
)
from openmidas.exchange.local import ArrivingAttachment, Attachment, AttachmentDelta
from openmidas.journal import Actor
from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import find_kind
from openmidas.journal.models import JournalEntry
from openmidas.journal.rebuild import rebuild
from openmidas.lists.attached import Coming, coming_editions
from openmidas.lists.editions import edition_bytes
from openmidas.lists.entries import EditionPublished
from openmidas.lists.in_use import LISTS, editions_in_use
from openmidas.lists.models import ListEdition, Wholeness
from openmidas.lists.services import import_un
from openmidas.screening import Edition
from tests.lists.conftest import MakeList, arriving
from tests.lists.test_editions import published
from tests.support.tables import all_rows

pytestmark = pytest.mark.usefixtures("hq")

FIRST, SECOND = "2026-01-15", "2026-02-03"


def two(un_list: MakeList) -> tuple[UUID, UUID]:
    """Two editions, one after the other."""
    before = import_un(un_list(FIRST), actor=Actor()).edition
    return before, import_un(un_list(SECOND), actor=Actor()).edition


def in_use() -> list[UUID]:
    LISTS.forget()
    return [edition.edition for edition in editions_in_use()]


def test_one_that_is_half_here_leaves_the_one_before_in_use(un_list: MakeList) -> None:
    before, after = two(un_list)
    row = ListEdition.objects.get(id=after)
    kept = Attachment.objects.get(digest=row.digest)
    arriving(SECOND, here=43)
    assert in_use() == [before]
    assert coming_editions() == (
        Coming(list_code="un", title=row.title, dated=date(2026, 2, 3), percent=43),
    )
    keep_whole(row.digest, row.size, bytes(kept.packed))
    assert in_use() == [after]
    assert coming_editions() == ()
    assert not ArrivingAttachment.objects.exists()


def test_the_lists_in_memory_change_when_the_last_byte_is_here(un_list: MakeList) -> None:
    """Nothing is restarted for it: the next traveller is screened with it."""
    before, after = two(un_list)
    row = ListEdition.objects.get(id=after)
    kept = Attachment.objects.get(digest=row.digest)
    arriving(SECOND, here=99)
    assert in_use() == [before]
    keep_whole(row.digest, row.size, bytes(kept.packed))
    editions_in_use()  # whoever comes first is answered with the one before, and has the new one built
    for thread in threading.enumerate():
        if thread.name == "lists":
            thread.join(10)
    assert [edition.edition for edition in editions_in_use()] == [after]


def test_the_last_of_each_list_is_needed_and_all_are_named(un_list: MakeList) -> None:
    before, after = two(un_list)
    names = {each.digest: each.current for each in named()}
    assert names == {digest_of(before): False, digest_of(after): True}
    assert wanted() is None
    arriving(SECOND, here=1)
    needed = wanted()
    assert needed is not None
    assert needed.digest == digest_of(after)


def test_an_older_one_that_never_came_is_not_fetched_any_more(un_list: MakeList) -> None:
    two(un_list)
    arriving(FIRST, here=43)
    assert wanted() is None


def test_each_edition_is_packed_against_those_before_it(un_list: MakeList) -> None:
    before, after = two(un_list)
    delta = AttachmentDelta.objects.get()
    assert (delta.base, delta.digest) == (digest_of(before), digest_of(after))
    assert delta.length * 4 < Attachment.objects.get(digest=delta.digest).length


def test_a_rebuild_leaves_bytes_alone_and_tables_equal(un_list: MakeList) -> None:
    _, after = two(un_list)
    rows = all_rows()
    arriving(SECOND, here=43)
    rebuild()
    assert all_rows() == rows, "what is here makes no difference to them"
    assert held([digest_of(after)]) == set()


def test_the_entry_names_the_bytes_and_what_they_say(un_list: MakeList) -> None:
    report = import_un(un_list(), actor=Actor())
    row = ListEdition.objects.get(id=report.edition)
    data = attachment_bytes(row.digest)
    assert edition_bytes(row) == data
    assert (row.size, row.parts, row.wholeness) == (len(data), 0, Wholeness.APART)
    assert hashlib.sha256(data).hexdigest() == row.digest
    assert Edition.decode(data).digest() == row.says


def test_what_was_published_before_is_read_as_ever() -> None:
    """Version 1 of the entry: the bytes came in entries, and it said nothing of a size."""
    kind = find_kind("edition.published")
    assert kind is not None
    fields = msgspec.to_builtins(published(UUID(int=7), b"one", b"two"))
    del fields["size"]
    content = kind.decode(1, msgspec.msgpack.encode(fields))
    assert isinstance(content, EditionPublished)
    assert (content.size, content.parts) == (0, 2)


def test_a_list_erased_everywhere_leaves_no_bytes(un_list: MakeList) -> None:
    before, after = two(un_list)
    gone = digest_of(after)
    ListEdition.objects.filter(id=after).delete()  # as a rebuild without its entry leaves it
    forget_unnamed()
    assert held([gone]) == set()
    assert not AttachmentDelta.objects.exists()
    assert in_use() == [before]


def test_only_what_publishes_it_is_in_the_journal(un_list: MakeList) -> None:
    import_un(un_list(), actor=Actor())
    bodies = JournalEntry.objects.filter(kind="edition.published").values_list("body", flat=True)
    (body,) = [decode_body(bytes(body or b"")) for body in bodies]
    assert body.version == 2
    assert not JournalEntry.objects.filter(kind="edition.part").exists()


def digest_of(edition: UUID) -> str:
    return ListEdition.objects.get(id=edition).digest
