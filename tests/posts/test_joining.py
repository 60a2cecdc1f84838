"""Joining by a code: what the HQ takes in, and what nobody can change, repeat or guess."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.nodes.identity import NodeCard, ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.posts import invitations, joining, services, taking_in
from openmidas.posts.invitations import Invitation, invite, recent_invitations, revoke
from openmidas.posts.join_codes import read_code
from openmidas.posts.joining import JoinAnswer, JoinRequest
from openmidas.posts.layouts import PostLayout
from openmidas.posts.local import InvitationSecret
from openmidas.posts.models import Post, PostInvitation
from openmidas.posts.roles import Role
from openmidas.posts.taking_in import take_in
from tests.conftest import HQ, HQ_HOME, POST, POST_HOME
from tests.support.cast import Cast, acting, officer_with, refusal

LAYOUT = PostLayout(
    name="Labbezanga", lanes=("1", "Bus"), latitude=14.96, longitude=0.7, hours=("06:00-18:00",) * 7
)
WRONG = b"\0" * 32


@pytest.fixture
def hq(cast: Cast, as_hq: None) -> Cast:
    """This process is the HQ."""
    return cast


@cache
def card() -> NodeCard:
    """The card of a post whose machine was made at the post, under a name of its own."""
    return msgspec.structs.replace(ThisNode(POST_HOME).card(), name="midas-pc-3")


def expect(cast: Cast) -> Invitation:
    return invite(acting(cast.idrissa), LAYOUT)


def request(invitation: Invitation, shown: NodeCard | None = None) -> JoinRequest:
    return joining.make_request(read_code(invitation.text), (shown or card()).encode())


def send(asked: JoinRequest) -> JoinAnswer:
    return take_in(msgspec.msgpack.encode(asked))


def guess(invitation: Invitation) -> JoinRequest:
    return msgspec.structs.replace(request(invitation), proof=WRONG)


class TestTakingIn:
    def test_the_post_is_enrolled_and_laid_out_as_the_hq_said(self, hq: Cast) -> None:
        invitation = expect(hq)
        asked = request(invitation)
        answer = send(asked)
        assert joining.answer_holds(answer, asked, read_code(invitation.text).key())
        assert NodeCard.decode(answer.card) == ThisNode(HQ_HOME).card()
        enrolled = EnrolledNode.objects.get(id=POST)
        assert (enrolled.name, bytes(enrolled.public_key)) == ("Labbezanga", card().public_key)
        post = Post.objects.get(id=POST)
        assert (post.lanes, post.latitude, post.hours) == (["1", "Bus"], 14.96, ["06:00-18:00"] * 7)
        assert Peer.objects.get(id=POST).certificate == card().certificate

    def test_who_invited_stands_behind_all_of_it(self, hq: Cast) -> None:
        send(request(expect(hq)))
        row = PostInvitation.objects.get()
        assert (row.officer, row.ended, row.ended_by) == (hq.idrissa.id, "joined", hq.idrissa.id)
        assert row.post == POST
        assert recent_invitations() == [(row, "joined")]

    def test_neither_code_nor_key_enters_a_journal_and_invitations_stay_here(
        self, hq: Cast
    ) -> None:
        invitation = expect(hq)
        send(request(invitation))
        code = read_code(invitation.text)
        bodies = [bytes(entry.body or b"") for entry in JournalEntry.objects.all()]
        written = b"".join(bodies)
        for secret in (code.secret.encode(), code.key(), invitation.text.encode()):
            assert secret not in written
        own = JournalEntry.objects.filter(kind__in=("post.invited", "post.joined"))
        assert [b"\xa5scope\xa4node" in bytes(entry.body or b"") for entry in own] == [True, True]

    def test_a_post_whose_answer_was_lost_asks_again_and_nothing_more_is_written(
        self, hq: Cast
    ) -> None:
        invitation = expect(hq)
        send(request(invitation))
        written = Journal.objects.get(node=HQ).sequence
        asked = request(invitation)
        assert joining.answer_holds(send(asked), asked, read_code(invitation.text).key())
        assert Journal.objects.get(node=HQ).sequence == written

    def test_an_enrolled_post_may_join_again_as_itself(self, hq: Cast) -> None:
        send(request(expect(hq)))
        send(request(expect(hq)))
        assert PostInvitation.objects.filter(ended="joined", post=POST).count() == 2


class TestRefusing:
    def test_a_request_that_was_recorded_and_is_sent_again(self, hq: Cast) -> None:
        asked = request(expect(hq))
        send(asked)
        with refusal("join.replayed"):
            send(asked)

    def test_a_second_machine(self, hq: Cast) -> None:
        invitation = expect(hq)
        send(request(invitation))
        with refusal("join.used"):
            send(request(invitation, msgspec.structs.replace(card(), id=new_id())))
        assert EnrolledNode.objects.count() == 1

    def test_endless_questions_of_the_same_machine(self, hq: Cast) -> None:
        invitation = expect(hq)
        for _ in range(taking_in.MOST_ANSWERS):
            send(request(invitation))
        with refusal("join.used"):
            send(request(invitation))

    def test_after_72_hours(self, hq: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        invitation = expect(hq)
        late = invitation.expires + timedelta(seconds=1)
        for module in (invitations, taking_in):
            monkeypatch.setattr(module, "node_time", lambda: late)
        with refusal("join.expired"):
            send(request(invitation))
        assert [state for _, state in recent_invitations()] == ["expired"]

    def test_a_code_that_was_taken_back(self, hq: Cast) -> None:
        invitation = expect(hq)
        revoke(acting(hq.idrissa), invitation.id)
        with refusal("join.revoked"):
            send(request(invitation))
        with refusal("invitation.ended"):
            revoke(acting(hq.idrissa), invitation.id)

    def test_a_code_of_an_administrator_who_was_shut_out_since(self, hq: Cast) -> None:
        invitation = expect(hq)
        other = officer_with(Role.ADMINISTRATOR, HQ)
        services.suspend(acting(other), hq.idrissa.id, reason="Under inquiry")
        with refusal("join.revoked"):
            send(request(invitation))
        assert not EnrolledNode.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "NER"}, "join.other_state"),
            ({"kind": NodeKind.HQ}, "join.not_a_post"),
            ({"certificate": "none"}, "join.malformed"),
            ({"certificate": card().certificate * 2}, "join.malformed"),
            ({"public_key": b"short"}, "join.malformed"),
            ({"epoch": 0}, "join.malformed"),
            ({"name": "x" * 121}, "join.malformed"),
            ({"id": HQ}, "join.known_otherwise"),
        ],
    )
    def test_a_card_that_cannot_be_and_the_code_stays_good(
        self, hq: Cast, changed: dict[str, object], code: str
    ) -> None:
        invitation = expect(hq)
        with refusal(code):
            send(request(invitation, msgspec.structs.replace(card(), **changed)))
        assert not EnrolledNode.objects.exists()
        send(request(invitation))

    @pytest.mark.parametrize("changed", ["id", "public_key"])
    def test_the_place_of_an_enrolled_post(self, hq: Cast, changed: str) -> None:
        send(request(expect(hq)))
        other = {"id": new_id(), "public_key": b"k" * 32}[changed]
        with refusal("join.known_otherwise"):
            send(request(expect(hq), msgspec.structs.replace(card(), **{changed: other})))

    def test_only_an_administrator_invites_and_revokes(self, hq: Cast) -> None:
        with refusal("mandate.missing"):
            invite(acting(hq.djibril), LAYOUT)
        invitation = expect(hq)
        with refusal("mandate.missing"):
            revoke(acting(hq.djibril), invitation.id)

    def test_a_layout_that_cannot_be_is_told_before_there_is_a_code(self, hq: Cast) -> None:
        with refusal("post.place"):
            invite(acting(hq.idrissa), msgspec.structs.replace(LAYOUT, latitude=91.0))
        assert not InvitationSecret.objects.exists()


class TestGuessing:
    def test_ten_wrong_tries_make_the_code_void_for_everybody(self, hq: Cast) -> None:
        invitation = expect(hq)
        for _ in range(taking_in.MOST_TRIES - 1):
            with refusal("join.wrong"):
                send(guess(invitation))
        with refusal("join.void"):
            send(guess(invitation))
        with refusal("join.void"):
            send(request(invitation))
        row = PostInvitation.objects.get()
        assert (row.ended, row.ended_by) == ("void", None)
        assert not EnrolledNode.objects.exists()

    def test_nine_wrong_tries_do_not(self, hq: Cast) -> None:
        invitation = expect(hq)
        for _ in range(taking_in.MOST_TRIES - 1):
            with refusal("join.wrong"):
                send(guess(invitation))
        send(request(invitation))

    def test_a_number_that_is_none_says_no_more_than_a_wrong_proof(self, hq: Cast) -> None:
        with refusal("join.wrong"):
            send(JoinRequest(number="0000", nonce=b"", card=b"", proof=WRONG))

    def test_tries_after_the_end_change_nothing(self, hq: Cast) -> None:
        invitation = expect(hq)
        send(request(invitation))
        for _ in range(2 * taking_in.MOST_TRIES):
            with refusal("join.wrong"):
                send(guess(invitation))
        assert PostInvitation.objects.get().ended == "joined"


class TestTampering:
    """Whoever stands between sees both messages and may change each byte of them."""

    code = read_code("K7QF0-00000-00000-00000-0000P")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
    @given(st.data())
    def test_of_a_request_nothing_can_be_changed(self, data: st.DataObject) -> None:
        raw = msgspec.msgpack.encode(joining.make_request(self.code, card().encode()))
        changed = _with_one_byte_changed(raw, data)
        try:
            asked = msgspec.msgpack.decode(changed, type=JoinRequest)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        assert not joining.request_holds(asked, self.code.key())

    @settings(max_examples=300)
    @given(st.data())
    def test_of_an_answer_nothing_can_be_changed(self, data: st.DataObject) -> None:
        asked = joining.make_request(self.code, card().encode())
        hq_card = ThisNode(HQ_HOME).card().encode()
        raw = msgspec.msgpack.encode(joining.make_answer(asked, self.code.key(), hq_card))
        changed = _with_one_byte_changed(raw, data)
        try:
            answer = msgspec.msgpack.decode(changed, type=JoinAnswer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        assert not joining.answer_holds(answer, asked, self.code.key())

    def test_an_answer_is_to_one_request_and_no_request_is_an_answer(self) -> None:
        key, shown = self.code.key(), card().encode()
        one, other = (joining.make_request(self.code, shown) for _ in range(2))
        assert one.nonce != other.nonce
        assert not joining.answer_holds(joining.make_answer(one, key, shown), other, key)
        assert not joining.answer_holds(JoinAnswer(card=shown, proof=one.proof), one, key)

    @given(st.binary(max_size=200))
    def test_rubbish_is_refused(self, raw: bytes) -> None:
        with refusal("join.malformed"):
            take_in(raw)


def _with_one_byte_changed(raw: bytes, data: st.DataObject) -> bytes:
    place = data.draw(st.integers(0, len(raw) - 1))
    bits = data.draw(st.integers(1, 255))
    return raw[:place] + bytes([raw[place] ^ bits]) + raw[place + 1 :]


def test_the_command_line_may_invite_without_an_officer(hq: Cast) -> None:
    invitation = invite(Actor(role="administrator"), LAYOUT)
    send(request(invitation))
    assert PostInvitation.objects.get().ended == "joined"
