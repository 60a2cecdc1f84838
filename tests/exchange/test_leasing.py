"""At the HQ: who gets a share from outside, and whose lease is renewed."""

from __future__ import annotations

import argparse
import os
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from openmidas.exchange import answering, lease_commands
from openmidas.exchange.leasing import DEFAULT_DAYS, KEPT, forget_machine, set_days
from openmidas.exchange.messages import (
    Answer,
    Ask,
    Deposit,
    Leased,
    News,
    Refusal,
    Release,
    decode_answer,
    encode,
    now,
)
from openmidas.journal import NodeKind
from openmidas.nodes.commanding import AT_THE_TERMINAL
from openmidas.nodes.local import HeldShare, Peer, PostLease
from openmidas.nodes.models import LeaseChange
from openmidas.nodes.sealing.wrapping import proof_of
from tests.exchange.peers import befriend

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")

SHARE = bytes(range(32))
RELEASE = bytes(range(32, 64))
DAY = 24 * 3600


def say(peer: Peer, message: Deposit | Release | Ask) -> Answer:
    return decode_answer(answering.answer(peer.fingerprint, encode(message)))


def a_post(name: str = "Labbézanga") -> Peer:
    return befriend(NodeKind.POST, name=name)[1]


def deposit(peer: Peer, share: bytes = SHARE) -> UUID:
    id = uuid4()
    said = say(peer, Deposit(time=now(), id=id, share=share, proof=proof_of(RELEASE)))
    assert isinstance(said, Leased), said
    assert (said.lease, said.share) == (DEFAULT_DAYS * DAY, None)
    return id


def release(peer: Peer, id: UUID, shown: bytes = RELEASE) -> Answer:
    return say(peer, Release(time=now(), id=id, release=shown))


def renewed(peer: Peer, share: UUID | None) -> int:
    answer = say(peer, Ask(time=now(), round_trip=0, heads=(), held=(), share=share))
    assert isinstance(answer, News), answer
    return answer.lease


def refused(answer: Answer) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_who_proves_the_phrases_gets_the_share_and_a_lease() -> None:
    peer = a_post()
    id = deposit(peer)
    answer = release(peer, id)
    assert isinstance(answer, Leased)
    assert (answer.share, answer.lease) == (SHARE, DEFAULT_DAYS * DAY)
    held = HeldShare.objects.get(id=id)
    assert (held.released, held.refused_at) == (1, None)
    assert held.released_at is not None


def test_who_has_the_disk_and_not_the_phrases_gets_nothing_and_is_noted() -> None:
    peer = a_post()
    id = deposit(peer)
    assert refused(release(peer, id, os.urandom(32))) == "share.not_proved"
    held = HeldShare.objects.get(id=id)
    assert held.refused_at is not None
    assert held.released == 0
    assert Peer.objects.get(id=peer.id).last_problem == "share.not_proved", "and seen at the HQ"


def test_another_post_gets_nothing() -> None:
    id = deposit(a_post())
    other = a_post("Kongo Kiré")
    answer = release(other, id)
    assert isinstance(answer, Leased)
    assert answer.share is None


def test_a_revoked_post_gets_no_share_and_no_lease() -> None:
    peer = a_post()
    id = deposit(peer)
    Peer.objects.filter(id=peer.id).update(revoked=True)
    assert refused(release(peer, id)) == "node.revoked"
    ask = Ask(time=now(), round_trip=0, heads=(), held=(), share=id)
    assert refused(say(peer, ask)) == "node.revoked"
    assert HeldShare.objects.get(id=id).released == 0


def test_the_lease_is_renewed_whenever_the_post_asks_for_news() -> None:
    peer = a_post()
    id = deposit(peer)
    PostLease.objects.update(until=timezone.now() - timedelta(days=3))
    assert renewed(peer, id) == DEFAULT_DAYS * DAY
    until = PostLease.objects.get(post=peer.id).until
    assert until is not None
    assert until > timezone.now() + timedelta(days=DEFAULT_DAYS - 1)


def test_a_post_that_is_not_sealed_gets_no_lease() -> None:
    peer = a_post()
    assert renewed(peer, None) == 0
    assert not PostLease.objects.exists()


def test_the_state_says_how_long_a_lease_is() -> None:
    peer = a_post()
    id = deposit(peer)
    set_days(peer.id, 3, "The road is cut", actor=AT_THE_TERMINAL)
    assert renewed(peer, id) == 3 * DAY
    set_days(peer.id, 0, "The machine was taken", actor=AT_THE_TERMINAL)
    assert renewed(peer, id) == 0, "it runs out"
    assert refused(release(peer, id)) == "share.no_lease"
    changes = LeaseChange.objects.filter(post=peer.id).order_by("at", "id")
    assert [(each.days, each.reason, each.role) for each in changes] == [
        (3, "The road is cut", "administrator"),
        (0, "The machine was taken", "administrator"),
    ]


def test_a_share_is_not_changed_by_who_gives_another_of_its_name() -> None:
    peer = a_post()
    id = deposit(peer)
    again = Deposit(time=now(), id=id, share=bytes(32), proof=proof_of(bytes(32)))
    assert isinstance(say(peer, again), Leased)
    answer = release(peer, id)
    assert isinstance(answer, Leased)
    assert answer.share == SHARE


def test_the_last_few_shares_are_kept() -> None:
    peer = a_post()
    ids = [deposit(peer) for _number in range(KEPT + 2)]
    kept = HeldShare.objects.filter(post=peer.id).values_list("id", flat=True)
    assert set(kept) == set(ids[2:])


def test_what_came_before_the_share_in_force_opens_no_old_copy_of_the_disk() -> None:
    peer, other = a_post(), a_post("Kongo Kiré")
    old, new, of_other = deposit(peer), deposit(peer), deposit(other)
    assert isinstance(release(peer, old), Leased), "it may be that the new one was never used"
    assert HeldShare.objects.filter(id=new).exists()
    assert renewed(peer, new) == DEFAULT_DAYS * DAY
    assert not HeldShare.objects.filter(id=old).exists()
    newest = deposit(peer)
    assert isinstance(release(peer, newest), Leased)
    assert set(HeldShare.objects.values_list("id", flat=True)) == {newest, of_other}


def test_an_hq_that_lost_the_share_gives_the_lease_and_says_so() -> None:
    """It was restored from a copy that is older than the share."""
    peer, lost = a_post(), uuid4()
    assert renewed(peer, lost) == DEFAULT_DAYS * DAY
    assert Peer.objects.get(id=peer.id).last_problem == "share.unknown"
    answer = release(peer, lost)
    assert isinstance(answer, Leased)
    assert (answer.share, answer.lease) == (None, DEFAULT_DAYS * DAY)
    deposit(peer)
    assert Peer.objects.get(id=peer.id).last_problem == "", "midas seal hq has mended it"
    PostLease.objects.filter(post=peer.id).update(days=0)
    assert renewed(peer, lost) == 0
    assert refused(release(peer, lost)) == "share.no_lease"


def test_a_machine_that_was_replaced_leaves_nothing_that_opens_it() -> None:
    peer, other = a_post(), a_post("Kongo Kiré")
    deposit(peer)
    kept = deposit(other)
    PostLease.objects.filter(post=peer.id).update(days=0)
    forget_machine(peer.id)
    assert [held.id for held in HeldShare.objects.all()] == [kept]
    deposit(peer)  # the next machine is sealed, and has a lease again


def test_the_list_of_leases_says_where_no_share_is(capsys: pytest.CaptureFixture[str]) -> None:
    peer, other = a_post(), a_post("Kongo Kiré")
    deposit(peer)
    deposit(other)
    forget_machine(peer.id)
    lease_commands._leases(argparse.Namespace())
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if "14" in line}
    assert "14 (" in lines["Labbézanga"]
    assert "14 (" not in lines["Kongo"]


@pytest.mark.parametrize("change", [{"share": b"short"}, {"proof": b""}])
def test_a_share_of_another_length_is_refused(change: dict[str, Any]) -> None:
    peer = a_post()
    values: dict[str, Any] = {"time": now(), "id": uuid4(), "share": SHARE, "proof": SHARE} | change
    assert refused(say(peer, Deposit(**values))) == "message.malformed"
    assert not HeldShare.objects.exists()
