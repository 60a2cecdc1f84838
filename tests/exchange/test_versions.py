"""A newer and an older side understand each other, or say which of them must be upgraded first."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.utils import translation

from openmidas.exchange import asking, messages, versions
from openmidas.exchange.answering import answer
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.messages import Ask, News, Refusal, decode_answer, encode, now
from openmidas.exchange.records import (
    Frame,
    Passed,
    Ping,
    Pong,
    Received,
    Stopped,
    decode_brought,
    decode_told,
)
from openmidas.exchange.wording import word_problem
from openmidas.journal import JournalError, NodeKind, dictionary
from openmidas.journal.following import project_pending
from openmidas.journal.frames import FrameReader, FrameWriter
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal
from openmidas.journal.quarantine import retry_quarantined
from openmidas.journal.segments import MAX_SEGMENT_BYTES, pack, unpack
from openmidas.nodes.local import Peer
from openmidas.nodes.models import NodeReport
from openmidas.posts.entries import LookupMade
from openmidas.posts.models import Lookup
from tests.exchange.peers import befriend, opened
from tests.support.newer import LookupWitnessed, PostRested, upgraded
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("own_journal")


@pytest.fixture
def two_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """This program knows a second format of frames: the same dictionary under another number."""
    first = dictionary.dictionary(1)
    monkeypatch.setattr(dictionary, "FORMATS", (1, 2))
    monkeypatch.setattr(dictionary, "dictionary", lambda number=1: first)


@pytest.fixture
def only_the_second(two_formats: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads and writes the first no more."""
    monkeypatch.setattr(dictionary, "FORMATS", (2, 3))


def newer_entries(pen: Pen) -> None:
    """One of a kind, one of a version that today does not know, and one that it does."""
    from openmidas.journal.models import new_id

    with upgraded():
        pen.write(PostRested(rest=new_id()))
        pen.write(
            LookupWitnessed(
                lookup=new_id(), purpose="case", why="asked", query="D", results=0, beside="Awa"
            )
        )
    pen.write(opened("last"))


def problem_of(peer: Peer) -> str:
    return Peer.objects.get(id=peer.id).last_problem


def codes_aside() -> list[str]:
    return list(Quarantined.objects.order_by("sequence").values_list("code", flat=True))


def follows_after_the_upgrade(pen: Pen, entries: int) -> None:
    """The tables, before and after: what was set aside is there, and nothing is set aside any more."""
    journal = Journal.objects.get(node=pen.node)
    assert project_pending(journal) == entries
    assert codes_aside() == ["entry.kind_unknown", "entry.version_unknown"]
    assert not Lookup.objects.exists()
    with upgraded():
        assert retry_quarantined()[:2] == (2, 2)
    assert codes_aside() == []
    assert Lookup.objects.get().reason == "asked (Awa)"
    assert NodeReport.objects.count() == 1


@pytest.mark.usefixtures("as_hq")
def test_an_older_hq_gives_receipts_for_what_it_does_not_know_and_reads_it_later() -> None:
    pen, peer = befriend(NodeKind.POST)
    newer_entries(pen)
    run = pen.segment()
    raw = FrameWriter().write(run.entries, run.head)
    told = Incoming(peer.fingerprint).take(msgspec.msgpack.encode(Frame(raw, 0)))
    assert isinstance(told, Received)
    assert told.sequence == 3
    follows_after_the_upgrade(pen, 3)


def test_so_does_an_older_post() -> None:
    pen, hq = befriend(NodeKind.HQ)
    newer_entries(pen)
    ask = asking.make_ask(hq, round_trip=0, wants=True, refused="", troubled="")
    news = News(time=now(), receipts=(), segments=(pack(pen.segment()),), waiting=0)
    told = msgspec.msgpack.encode(
        msgspec.msgpack.decode(encode(news)) | {"weather": {"rain": True}}
    )
    digest = asking.digest(hq, ask, as_news(told), 100)
    assert (digest.refused, digest.more) == ("", True)
    again = asking.make_ask(hq, round_trip=0, wants=True, refused="", troubled="")
    assert again.held[0].place.sequence == 3
    follows_after_the_upgrade(pen, 3)


def as_news(raw: bytes) -> News:
    """A newer HQ's answer, as today's post reads it."""
    news = decode_answer(raw)
    assert isinstance(news, News)
    return news


@pytest.mark.usefixtures("as_hq")
def test_a_newer_hq_lifts_what_older_posts_write() -> None:
    from openmidas.journal.models import new_id

    pen, peer = befriend(NodeKind.POST)
    pen.write(LookupMade(lookup=new_id(), purpose="case", reason="old", query="D", results=0))
    run = pen.segment()
    raw = FrameWriter().write(run.entries, run.head)
    with upgraded():
        told = Incoming(peer.fingerprint).take(msgspec.msgpack.encode(Frame(raw, 0)))
        assert isinstance(told, Received)
        project_pending(Journal.objects.get(node=pen.node))
    assert Lookup.objects.get().reason == "old"
    assert codes_aside() == []


@pytest.mark.usefixtures("as_hq")
def test_a_record_that_is_not_known_is_answered_and_the_stream_goes_on() -> None:
    pen, peer = befriend(NodeKind.POST, entries=2)
    stream = Incoming(peer.fingerprint)
    assert stream.take(msgspec.msgpack.encode(["photo", b"...", {"of": 1}])) == Passed()
    more = msgspec.msgpack.encode(["p", now(), 0, [1], "more than today's ping says"])
    assert isinstance(stream.take(more), Pong)
    run = pen.segment()
    raw = FrameWriter().write(run.entries, run.head)
    assert isinstance(stream.take(msgspec.msgpack.encode(Frame(raw, 0))), Received)
    assert not stream.over
    assert problem_of(peer) == ""


def test_unknown_is_told_from_malformed() -> None:
    assert decode_told(msgspec.msgpack.encode(["w", 1])) is None
    assert decode_brought(msgspec.msgpack.encode(["w", 1])) is None
    for wrong in (["f"], ["n"], [1], [], {"a": 1}):
        with pytest.raises(JournalError, match=r"message\.malformed"):
            decode_brought(msgspec.msgpack.encode(wrong))
    with pytest.raises(JournalError, match=r"message\.unknown"):
        messages.decode_question(msgspec.msgpack.encode({"type": "weather"}))
    with pytest.raises(JournalError, match=r"message\.malformed"):
        messages.decode_question(msgspec.msgpack.encode({"type": "ask"}))


@pytest.mark.usefixtures("as_hq")
def test_an_unknown_question_is_refused_by_its_own_code() -> None:
    _, peer = befriend(NodeKind.POST)
    told = decode_answer(answer(peer.fingerprint, msgspec.msgpack.encode({"type": "weather"})))
    assert isinstance(told, Refusal)
    assert told.code == "message.unknown"


@pytest.mark.usefixtures("as_hq", "two_formats")
def test_two_sides_take_the_newest_format_that_both_know() -> None:
    assert versions.agree_with_post((1,)) == 1
    assert versions.agree_with_post(()) == 1, "what is not told is the first"
    assert versions.agree_with_post((1, 2, 3)) == 2
    pen, peer = befriend(NodeKind.POST, entries=2)
    run = pen.segment()
    raw = FrameWriter(2).write(run.entries, run.head)
    assert raw[0] == 2
    stream = Incoming(peer.fingerprint)
    assert isinstance(stream.take(msgspec.msgpack.encode(Ping(now(), 0, (1, 2)))), Pong)
    assert isinstance(stream.take(msgspec.msgpack.encode(Frame(raw, 0))), Received)


@pytest.mark.usefixtures("as_hq", "two_formats")
@pytest.mark.parametrize(("told", "used"), [((), 1), ((1,), 1), ((1, 2), 2), ((2, 7), 2)])
def test_a_newer_hq_answers_in_a_format_that_the_post_reads(
    told: tuple[int, ...], used: int
) -> None:
    _, peer = befriend(NodeKind.POST)
    ask = Ask(time=now(), round_trip=0, heads=(), held=(), frames=told)
    news = decode_answer(answer(peer.fingerprint, encode(ask)))
    assert isinstance(news, News)
    assert news.segments[0][0] == used


@pytest.mark.usefixtures("two_formats")
def test_a_stream_does_not_change_its_format() -> None:
    pen = Pen()
    for number in range(2):
        pen.write(opened(str(number)))
    reader = FrameReader(MAX_SEGMENT_BYTES)
    first, second = pen.segment(0, 1), pen.segment(1, 2)
    reader.read(FrameWriter(1).write(first.entries, first.head))
    with pytest.raises(JournalError, match="changes its format"):
        reader.read(FrameWriter(2).write(second.entries, second.head))


@pytest.mark.usefixtures("as_hq", "only_the_second")
@pytest.mark.parametrize(
    ("theirs", "code"), [((1,), "version.post_too_old"), ((4, 5), "version.hq_too_old")]
)
def test_an_hq_says_who_must_be_upgraded_first(theirs: tuple[int, ...], code: str) -> None:
    _, peer = befriend(NodeKind.POST)
    stream = Incoming(peer.fingerprint)
    told = stream.take(msgspec.msgpack.encode(Ping(now(), 0, theirs)))
    assert told == Stopped(code, {}, None)
    assert problem_of(peer) == code, "the page of posts shows it"
    ask = Ask(time=now(), round_trip=0, heads=(), held=(), frames=theirs)
    refused = decode_answer(answer(peer.fingerprint, encode(ask)))
    assert isinstance(refused, Refusal)
    assert refused.code == code
    again = Incoming(peer.fingerprint).take(msgspec.msgpack.encode(Ping(now(), 0, (2,))))
    assert isinstance(again, Pong)
    assert problem_of(peer) == "", "after the upgrade it is over"


@pytest.mark.parametrize(
    ("theirs", "code"), [((2, 3), "version.post_too_old"), ((0,), "version.hq_too_old")]
)
def test_a_post_says_so_too(theirs: tuple[int, ...], code: str) -> None:
    with pytest.raises(JournalError, match=code):
        versions.agree_with_hq(theirs)


def test_a_stick_says_which_machine_must_be_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = Pen()
    pen.write(opened("1"))
    raw = pack(pen.segment())
    with pytest.raises(JournalError, match=r"segment\.format_newer"):
        unpack(b"\2" + raw[1:])
    monkeypatch.setattr(dictionary, "FORMATS", (2, 3))
    with pytest.raises(JournalError, match=r"segment\.format_older"):
        unpack(raw)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_said_in_words(language: str) -> None:
    begins: dict[str, Any] = {
        "en": ("this post must be upgraded first", "the headquarters must be upgraded first"),
        "fr": (
            "ce poste doit d’abord être mis à niveau",
            "le siège doit d’abord être mis à niveau",
        ),
    }
    with translation.override(language):
        for code, words in zip(
            (versions.POST_TOO_OLD, versions.HQ_TOO_OLD), begins[language], strict=True
        ):
            assert word_problem(code).startswith(words)


@pytest.mark.parametrize("text", [None, "", "rubbish", "1 x 2.5 ³", "-1", "9" * 5000])
def test_a_header_may_say_anything(text: str | None) -> None:
    assert all(isinstance(number, int) for number in versions.from_header(text))
    assert versions.from_header("1 2") == (1, 2)
