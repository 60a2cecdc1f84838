"""``midas lease``: what an administrator types at the headquarters."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from openmidas.cli import main
from openmidas.journal import NodeKind
from openmidas.nodes.local import HeldShare, Peer, PostLease
from openmidas.nodes.models import LeaseChange
from tests.exchange.peers import befriend

REASON = ("--reason", "The road  is cut")


@pytest.fixture
def post(as_hq: None, own_journal: None, monkeypatch: pytest.MonkeyPatch) -> Peer:
    """A sealed post, whose share was given and refused."""
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    peer = befriend(NodeKind.POST, name="Labbézanga")[1]
    now = timezone.now().replace(year=2030, month=5, day=6)
    PostLease.objects.create(post=peer.id, days=14, until=now + timedelta(days=14))
    HeldShare.objects.create(
        id=uuid4(), post=peer.id, share=b"s", proof=b"p", deposited_at=now, released_at=now
    )
    return peer


def test_the_list_says_how_each_stands(post: Peer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lease", "list"]) == 0
    said = capsys.readouterr().out
    assert "Labbézanga" in said
    assert "2030-05-20" in said
    assert "2030-05-06" in said
    Peer.objects.update(revoked=True)
    main(["lease", "list"])
    assert "revoked" in capsys.readouterr().out


@pytest.mark.parametrize("days", [30, 0])
def test_it_is_set_with_a_reason_that_stays(
    post: Peer, days: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lease", "set", "Labbézanga", str(days), *REASON]) == 0
    assert f"{days} days from the next renewal on" in capsys.readouterr().out
    assert PostLease.objects.get(post=post.id).days == days
    row = LeaseChange.objects.get()
    assert (row.post, row.days, row.reason) == (post.id, days, "The road is cut")
    assert (row.officer, row.role) == (None, "administrator")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("Labbézanga", "366", *REASON), "From 0 to 365 days"),
        (("Labbézanga", "-1", *REASON), "From 0 to 365 days"),
        (("Kidal", "7", *REASON), "No node of this name is known here"),
        (("Labbézanga", "7", "--reason", " x "), "Say why"),
    ],
)
def test_what_cannot_be_changes_nothing(
    post: Peer, typed: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lease", "set", *typed]) == 1
    assert words in capsys.readouterr().err
    assert PostLease.objects.get(post=post.id).days == 14
    assert not LeaseChange.objects.exists()


def test_of_two_posts_of_one_name_none_is_guessed(
    post: Peer, capsys: pytest.CaptureFixture[str]
) -> None:
    befriend(NodeKind.POST, name="Labbézanga")
    assert main(["lease", "set", "Labbézanga", "7", *REASON]) == 1
    assert "there are several" in capsys.readouterr().err
    assert main(["lease", "set", str(post.id), "7", *REASON]) == 0


def test_without_a_reason_it_is_not_understood(post: Peer) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["lease", "set", "Labbézanga", "7"])
    assert ended.value.code == 2


def test_a_post_gives_no_lease(
    own_journal: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    assert main(["lease", "set", "Labbézanga", "7", *REASON]) == 1
    assert "Only a headquarters gives leases" in capsys.readouterr().err
