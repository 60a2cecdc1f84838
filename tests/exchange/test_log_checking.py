"""A post and the HQ's log: it follows a log that only grew, and keeps both versions of any other."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.exchange.asking import digest, make_ask
from openmidas.exchange.log_checking import GRACE, LATE, log_mark, take_log_news
from openmidas.exchange.messages import Ask, LogMark, LogNews, News, now
from openmidas.journal import NodeKind, Receipt
from openmidas.journal.log import latest_head
from openmidas.journal.models import Journal
from openmidas.journal.store import open_journal
from openmidas.journal.witnessed import Contradiction, HeldLogHead
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from tests.exchange.logs import PenLog, some_places
from tests.exchange.peers import befriend, receipt_by
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("own_journal")

AT = 1_760_000_000_000
HOUR = 3_600_000


class World:
    """This post, its HQ, and the HQ's log with some leaves."""

    def __init__(self, leaves: int = 5) -> None:
        self.pen, self.hq = befriend(NodeKind.HQ)
        self.log = PenLog(self.pen)
        self.places = some_places(20)
        self.log.add(*self.places[:leaves])

    def take(self, news: LogNews | None = None, *, at: int = AT) -> str:
        return take_log_news(self.hq, news or self.log.news(log_mark(self.hq), at), ())

    def held(self) -> tuple[int, int]:
        held = latest_head(self.hq.id)
        assert held is not None
        return held.epoch, held.size


def own() -> Journal:
    return Journal.objects.get(node=this_node().id)


def problem_of(hq: Peer) -> str:
    return Peer.objects.get(id=hq.id).last_problem


def test_a_log_that_grew_is_followed() -> None:
    world = World()
    assert (world.take(), world.held()) == ("", (1, 5))
    world.log.add(*world.places[5:12])
    assert (world.take(at=AT + HOUR), world.held()) == ("", (1, 12))
    assert Contradiction.objects.count() == 0


def test_a_post_that_was_away_for_weeks_gets_one_proof() -> None:
    world = World(leaves=1)
    world.take()
    for _ in range(300):
        world.log.add(*some_places(9))
    news = world.log.news(log_mark(world.hq), AT + 60 * 24 * HOUR)
    assert (world.take(news), world.held()) == ("", (1, 2701))
    assert len(msgspec.msgpack.encode(news)) < 1000


@pytest.mark.parametrize("size", [5, 9])
def test_a_rewritten_log_is_not_followed_and_both_versions_stay(size: int) -> None:
    world = World()
    world.take()
    honest = world.log.head(AT)
    world.log = PenLog(world.pen)
    world.log.add(*reversed(world.places[:size]))
    assert world.take(at=AT + HOUR) == "log.rewritten" == problem_of(world.hq)
    assert world.held() == (1, 5)
    found = Contradiction.objects.get()
    ours, theirs = found.versions()
    assert (ours.hash, ours.signature) == (honest.root, honest.signature)
    assert (theirs.sequence, theirs.at) == (size, AT + HOUR)
    assert world.take(at=AT + HOUR) == "log.rewritten"
    assert Contradiction.objects.count() == 1, "once, however often it is told"


def test_a_log_without_its_proof_is_not_followed() -> None:
    world = World()
    world.take()
    world.log.add(*world.places[5:9])
    bare = msgspec.structs.replace(world.log.news(log_mark(world.hq)), growth=())
    assert (world.take(bare), world.held()) == ("log.rewritten", (1, 5))


def test_a_log_that_was_set_back_without_a_word_is_found() -> None:
    world = World()
    world.take()
    world.log = PenLog(world.pen)
    world.log.add(*world.places[:3])
    assert (world.take(), world.held()) == ("log.set_back", (1, 5))


def test_a_restored_hq_is_told_what_its_log_lacks_and_followed() -> None:
    world = World()
    world.take()
    open_journal(world.hq.id, 2, NodeKind.HQ, world.pen.public_key)
    world.log = PenLog(world.pen, epoch=2)
    world.log.add(*world.places[:3])
    assert world.take() == "log.lacks" == problem_of(world.hq)
    assert world.held() == (2, 3)
    found = Contradiction.objects.get()
    assert found.settled, "it has said so itself: nobody has to look into it"
    ours, theirs = found.versions()
    assert (ours.epoch, ours.sequence, theirs.epoch, theirs.sequence) == (1, 5, 2, 3)
    world.log.add(*world.places[7:9])
    world.hq.refresh_from_db()
    assert (world.take(at=AT + HOUR), world.held()) == ("", (2, 5))
    assert problem_of(world.hq) == ""
    assert HeldLogHead.objects.count() == 2, "what it had signed before stays as evidence"


def test_a_restored_hq_that_lost_nothing_goes_on_without_a_word() -> None:
    world = World()
    world.take()
    open_journal(world.hq.id, 2, NodeKind.HQ, world.pen.public_key)
    world.log.epoch = 2
    world.log.add(*world.places[5:7])
    assert (world.take(), world.held(), Contradiction.objects.count()) == ("", (2, 7), 0)


def test_the_epoch_before_is_followed_no_more() -> None:
    world = World()
    open_journal(world.hq.id, 2, NodeKind.HQ, world.pen.public_key)
    world.log.epoch = 2
    world.take()
    world.log.epoch = 1
    world.log.add(*world.places[5:9])
    assert (world.take(), world.held()) == ("log.set_back", (2, 5))


class TestOwnPlace:
    """The post's own journal is shown to be in the log, and what has a receipt may not be left out."""

    def test_it_is_shown(self) -> None:
        world = World()
        world.log.add(own().place())
        assert world.take(world.log.news(log_mark(world.hq), leaf=5)) == ""
        assert HeldLogHead.objects.get().shown == own().sequence

    def test_a_leaf_of_another_history(self) -> None:
        world = World()
        world.log.add(msgspec.structs.replace(own().place(), hash=bytes(32)))
        news = world.log.news(log_mark(world.hq), leaf=5)
        assert world.take(news) == "log.other_history" == problem_of(world.hq)

    def test_a_leaf_that_is_not_in_the_log(self) -> None:
        world = World()
        world.log.add(*world.places[5:7])
        news = world.log.news(log_mark(world.hq), leaf=5)
        assert world.take(msgspec.structs.replace(news, leaf=own().place())) == "log.not_included"

    @pytest.mark.parametrize(("later", "code"), [(GRACE + 1, "log.leaves_out"), (GRACE, "")])
    def test_a_receipt_that_the_log_leaves_out(self, later: int, code: str) -> None:
        world = World()
        given = receipt_by(world.pen, own().place(), AT)
        news = world.log.news(log_mark(world.hq), AT + later)
        assert take_log_news(world.hq, news, (given,)) == code


class TestInTheNews:
    """As it comes with everything else."""

    def hear(self, world: World, log: LogNews | None) -> Ask:
        asked = ask(world.hq)
        digest(world.hq, asked, News(time=now(), receipts=(), segments=(), waiting=0, log=log), 100)
        return ask(world.hq)

    def test_it_says_how_far_it_holds_the_log(self) -> None:
        world = World()
        mark = self.hear(world, world.log.news(log_mark(world.hq))).log
        assert mark is not None
        assert (mark.epoch, mark.size, mark.at) == (1, 5, AT)

    def test_an_hq_that_knows_of_no_log(self) -> None:
        assert self.hear(World(), None).log == LogMark()

    def test_a_head_that_the_hq_did_not_sign_holds_up_nothing(self) -> None:
        world = World()
        forged = PenLog(Pen(node=world.pen.node))
        forged.add(*world.places[:4])
        self.hear(world, forged.news(log_mark(world.hq)))
        assert problem_of(world.hq) == "log.not_signed"
        assert latest_head(world.hq.id) is None

    def test_what_it_finds_it_tells_until_the_hq_has_heard(self) -> None:
        world = World()
        world.take()
        world.log = PenLog(world.pen)
        world.log.add(*world.places[3:12])
        world.take()
        (told,) = ask(world.hq).contradictions
        assert (told.code, told.node, told.ours.sequence) == ("log.rewritten", world.hq.id, 5)
        assert self.hear(world, None).contradictions == ()


class TestReceipts:
    """What the HQ gave a receipt for it holds, unless it was restored and has said so."""

    def hear(self, hq: Peer, *receipts: Receipt, time: int) -> list[str]:
        news = News(time=time, receipts=receipts, segments=(), waiting=0)
        digest(hq, ask(hq), news, 100)
        return [one.code for one in Contradiction.objects.all()]

    def test_one_that_is_taken_back(self) -> None:
        pen, hq = befriend(NodeKind.HQ)
        given = receipt_by(pen, own().place(), AT)
        assert self.hear(hq, given, time=AT) == []
        assert self.hear(hq, time=AT + LATE) == [], "this answer may be the older one"
        assert self.hear(hq, time=AT + LATE + 1) == ["receipt.withdrawn"]

    def test_of_an_epoch_that_the_hq_has_left(self) -> None:
        pen, hq = befriend(NodeKind.HQ)
        self.hear(hq, receipt_by(pen, own().place(), AT), time=AT)
        Peer.objects.filter(id=hq.id).update(epoch=2, public_key=Pen().public_key)
        assert self.hear(hq, time=AT + HOUR) == []


def ask(hq: Peer) -> Ask:
    return make_ask(hq, round_trip=0, wants=True, refused="", troubled="")
