"""Lists of revoked certificates that arrive in a journal: each node looks at the signature itself."""

from __future__ import annotations

import pytest

from openmidas.documents.chip.revocations import read_revocations
from openmidas.issuers import trusted
from openmidas.issuers.entries import RevocationsTaken, SealSignersTaken
from openmidas.issuers.models import RevocationList, SealSigner
from openmidas.journal import NodeKind
from openmidas.journal.local import Quarantined
from tests.documents.chip import made
from tests.documents.chip.made import Holder
from tests.documents.chip.made_revocations import revocations
from tests.issuers.test_projections import FANTA, Journal, sha
from tests.support.states import MALI, NIGER
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db

IMPOSTOR = Holder(made.new_key(), NIGER.name, NIGER.key_id, NIGER.certificate, NIGER.serial)
"""Calls itself as the authority of Niger does, and has another key."""
SEALER = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)


def of(pen: Pen, data: bytes, authority: Holder = NIGER) -> None:
    pen.write(RevocationsTaken(list=data, authority=sha(authority)), actor=FANTA)


def numbers() -> list[int | None]:
    """Of the lists that are used here."""
    return [read_revocations(one).number for one in trusted().revocations]


def set_aside() -> list[str]:
    return sorted(Quarantined.objects.values_list("code", flat=True))


@pytest.fixture
def hq() -> Journal:
    """The headquarters, of which two persons have taken the authority of Niger."""
    journal = Journal()
    journal.by_hand(NIGER)
    return journal


def changed(data: bytes) -> bytes:
    """The same with another last byte, which is of the signature."""
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    "forged",
    [
        revocations(IMPOSTOR, number=9),
        changed(revocations(NIGER, number=9)),
        revocations(MALI, number=9),  # of the same key: the States of these tests share one
    ],
    ids=["by another key", "changed", "in the name of another State"],
)
def test_a_forged_one_is_set_aside_and_the_genuine_one_stays(hq: Journal, forged: bytes) -> None:
    of(hq.pen, revocations(NIGER, {5: None}, number=7))
    of(hq.pen, forged)
    hq.arrive()
    assert numbers() == [7]
    assert set_aside() == ["issuer.revocations_forged"]


def test_an_older_one_changes_nothing_in_whatever_order_it_comes(hq: Journal) -> None:
    of(hq.pen, revocations(NIGER, {5: None}, number=8))
    of(hq.pen, revocations(NIGER, number=7))
    of(hq.pen, revocations(NIGER, number=8))
    hq.arrive()
    assert RevocationList.objects.get().revoked == 1
    assert numbers() == [8]
    assert set_aside() == []


def test_one_of_an_authority_that_is_not_here_waits_for_it(hq: Journal) -> None:
    of(hq.pen, revocations(MALI), authority=MALI)
    hq.arrive()
    assert (numbers(), set_aside()) == ([], ["row.missing"])


def test_what_is_no_list_is_set_aside(hq: Journal) -> None:
    of(hq.pen, b"no list")
    hq.arrive()
    assert set_aside() == ["issuer.unreadable"]


def test_no_post_says_what_is_revoked_or_who_seals(hq: Journal) -> None:
    hq.arrive()
    post = Journal(NodeKind.POST)
    of(post.pen, revocations(NIGER))
    post.pen.write(SealSignersTaken(certificates=(SEALER.certificate,)), actor=FANTA)
    post.arrive()
    assert not RevocationList.objects.exists()
    assert not SealSigner.objects.exists()
    assert Quarantined.objects.count() == 2
