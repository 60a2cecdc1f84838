"""Compiled lists are kept: opened at the next start, made anew when an edition comes, forgotten."""

from __future__ import annotations

import pytest

from openmidas.journal import Actor
from openmidas.lists.compiled import compile_latest, forget_compiled
from openmidas.lists.in_use import LISTS, editions_in_use, lists_now
from openmidas.lists.local import CompiledLists
from openmidas.lists.models import ListEdition
from openmidas.lists.services import import_un
from openmidas.screening import Edition, Index, Query
from tests.lists.conftest import MakeList

pytestmark = pytest.mark.usefixtures("hq")

LISTED = Query(number="B0117641", number_issuer="MLI")


def never(*_: object) -> Index:
    raise AssertionError("built although it is kept")


def test_nothing_is_compiled_without_a_list() -> None:
    assert not compile_latest()


def test_what_is_kept_is_opened_and_nothing_decoded(
    un_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_un(un_list(), actor=Actor())
    assert compile_latest()
    assert not compile_latest()
    LISTS.forget()
    monkeypatch.setattr(Index, "build", never)
    monkeypatch.setattr(Edition, "decode", never)
    (hit,) = lists_now().screen(LISTED)
    assert (hit.listing.id, hit.edition.edition) == ("TSi.001", first.edition)


def test_a_newer_edition_that_is_compiled_is_swapped_in_at_once(
    un_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_un(un_list(), actor=Actor())
    assert compile_latest()
    LISTS.forget()
    lists_now()
    second = import_un(un_list("2026-02-02"), actor=Actor())
    assert compile_latest()
    monkeypatch.setattr(Index, "build", never)
    assert [edition.edition for edition in editions_in_use()] == [second.edition]
    assert CompiledLists.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"OMINDEX\x01 cut off", b"OMINDEX\x09" + bytes(200)])
def test_what_cannot_be_opened_is_built(un_list: MakeList, data: bytes) -> None:
    first = import_un(un_list(), actor=Actor())
    compile_latest()
    CompiledLists.objects.update(data=data)
    LISTS.forget()
    assert [edition.edition for edition in editions_in_use()] == [first.edition]
    assert lists_now().screen(LISTED)


def test_what_was_made_of_editions_that_are_gone_is_not_used(un_list: MakeList) -> None:
    import_un(un_list(), actor=Actor())
    compile_latest()
    CompiledLists.objects.update(editions=["00000000-0000-0000-0000-000000000000"])
    LISTS.forget()
    assert ListEdition.objects.count() == len(editions_in_use()) == 1


def test_an_erasure_takes_it_away(un_list: MakeList) -> None:
    import_un(un_list(), actor=Actor())
    compile_latest()
    forget_compiled()
    assert not CompiledLists.objects.exists()
