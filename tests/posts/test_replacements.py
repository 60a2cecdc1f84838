"""Another machine becomes a post: only by two administrators, and only the machine with the code."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.utils import timezone

from openmidas.exchange.answering import answer
from openmidas.exchange.contact import trusted_certificates
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.projecting import Origin
from openmidas.journal.segments import pack
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.identity import NodeCard, ThisNode
from openmidas.nodes.keys import certificate_fingerprint
from openmidas.nodes.local import HeldShare, Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.replacing import PostIdentity
from openmidas.nodes.services import enrol
from openmidas.posts import entries, joining, projections, replacements, services, taking_in
from openmidas.posts.join_codes import read_code
from openmidas.posts.joining import JoinAnswer, JoinRequest
from openmidas.posts.local import InvitationSecret
from openmidas.posts.models import Officer, PostReplacement
from openmidas.posts.replacements import approve, propose, replacements_of, withdraw
from openmidas.posts.roles import Role
from openmidas.posts.taking_in import take_in
from openmidas.posts.wording import REPLACEMENT_STATES
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.cast import Cast, acting, officer_with, refusal

REASON = "Burned on the night of the attack"


class Scene:
    """An HQ with two administrators, and a post that wrote some entries before its machine burned."""

    def __init__(self, cast: Cast) -> None:
        self.one, self.other = cast.idrissa, officer_with(Role.ADMINISTRATOR, HQ)
        self.analyst = cast.djibril
        self.pen, self.peer = befriend(NodeKind.POST, 5)
        enrol(card_of(self.peer), actor=acting(self.one))
        take_segment(self.peer, pack(self.pen.segment(0, 4)))

    def propose(self, by: Officer | None = None) -> PostReplacement:
        return propose(acting(by or self.one), self.peer.id, REASON)

    def code(self) -> str:
        return approve(acting(self.other), self.propose().id).text

    def state(self) -> str:
        return replacements_of(self.peer.id)[0][1]


@pytest.fixture
def scene(cast: Cast, as_hq: None) -> Scene:
    return Scene(cast)


@pytest.fixture
def machine(tmp_path: Path) -> NodeCard:
    """The card of a new machine, with a number and a key of its own."""
    home = NodeHome(tmp_path / "new")
    home.write_config(NodeConfig(id=new_id(), kind=NodeKind.POST, state="MLI", name="midas-pc-9"))
    return ThisNode(home).card()


def card_of(peer: Peer) -> NodeCard:
    return NodeCard(
        id=peer.id, kind=NodeKind.POST, state="MLI", name=peer.name, epoch=1,
        public_key=bytes(peer.public_key), certificate=peer.certificate, exchange="",
    )  # fmt: skip


def request(code: str, card: NodeCard) -> JoinRequest:
    return joining.make_request(read_code(code), card.encode())


def send(asked: JoinRequest) -> JoinAnswer:
    return take_in(msgspec.msgpack.encode(asked))


def told(answered: JoinAnswer) -> PostIdentity:
    return msgspec.msgpack.decode(answered.identity, type=PostIdentity)


class TestFourEyes:
    def test_a_proposal_changes_nothing_yet(self, scene: Scene) -> None:
        proposed = scene.propose()
        assert (proposed.proposed_by, proposed.reason) == (scene.one.id, REASON)
        assert scene.state() == "proposed"
        assert not Peer.objects.get(id=scene.peer.id).revoked
        assert not InvitationSecret.objects.exists()

    def test_who_proposed_cannot_approve(self, scene: Scene) -> None:
        proposed = scene.propose()
        with refusal("replacement.same_person"):
            approve(acting(scene.one), proposed.id)
        assert not Peer.objects.get(id=scene.peer.id).revoked
        assert not InvitationSecret.objects.exists()

    def test_the_tables_take_no_second_pair_of_the_same_eyes_either(self, scene: Scene) -> None:
        proposed = scene.propose()
        content = entries.PostReplacementApproved(replacement=proposed.id, expires=0)
        for officer in (scene.one.id, None):
            origin = Origin(
                HQ, 1, 99, Actor(officer, "administrator"), proposed.proposed_at, 0,
                proposed.proposed_at,
            )  # fmt: skip
            with pytest.raises(JournalError, match="same_person"):
                projections.replacement_approved(origin, content)

    def test_another_approves_and_the_machine_before_is_shut_out_at_once(
        self, scene: Scene
    ) -> None:
        scene.code()
        row = PostReplacement.objects.get()
        assert (row.proposed_by, row.approved_by) == (scene.one.id, scene.other.id)
        assert scene.state() == "approved"
        assert scene.peer.certificate not in trusted_certificates()
        assert b"node.revoked" in answer(scene.peer.fingerprint, b"")
        assert EnrolledNode.objects.get(id=scene.peer.id).revoked_reason == REASON

    def test_the_command_line_alone_is_nobody(self, scene: Scene) -> None:
        nobody = Actor(role="administrator")
        with refusal("replacement.nobody"):
            propose(nobody, scene.peer.id, REASON)
        proposed = scene.propose()
        with refusal("replacement.nobody"):
            approve(nobody, proposed.id)

    def test_others_may_not(self, scene: Scene) -> None:
        with refusal("mandate.missing"):
            scene.propose(scene.analyst)
        proposed = scene.propose()
        with refusal("mandate.missing"):
            approve(acting(scene.analyst), proposed.id)

    def test_one_at_a_time_and_for_a_reason(self, scene: Scene) -> None:
        with refusal("reason.missing"):
            propose(acting(scene.one), scene.peer.id, " ")
        with refusal("post.unknown"):
            propose(acting(scene.one), new_id(), REASON)
        proposed = scene.propose()
        with refusal("replacement.open"):
            scene.propose(scene.other)
        approve(acting(scene.other), proposed.id)
        with refusal("replacement.approved"):
            approve(acting(scene.other), proposed.id)

    def test_a_proposal_that_nobody_approved_in_time(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposed = scene.propose()
        late = proposed.expires_at + timedelta(seconds=1)
        monkeypatch.setattr(replacements, "node_time", lambda: late)
        assert scene.state() == "expired"
        with refusal("replacement.ended"):
            approve(acting(scene.other), proposed.id)
        scene.propose()

    def test_withdrawn_and_its_code_is_good_for_nothing(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        code = scene.code()
        withdraw(acting(scene.one), PostReplacement.objects.get().id)
        assert scene.state() == "withdrawn"
        with refusal("join.revoked"):
            send(request(code, machine))
        assert Peer.objects.get(id=scene.peer.id).revoked, "what was shut out stays so"

    @pytest.mark.parametrize("shut_out", ["one", "other"])
    def test_one_of_the_two_was_shut_out_since(
        self, scene: Scene, machine: NodeCard, shut_out: str
    ) -> None:
        code = scene.code()
        third = officer_with(Role.ADMINISTRATOR, HQ)
        services.suspend(acting(third), getattr(scene, shut_out).id, reason="Under inquiry")
        with refusal("join.revoked"):
            send(request(code, machine))

    def test_who_proposed_was_shut_out_before_anybody_approved(self, scene: Scene) -> None:
        proposed = scene.propose()
        services.suspend(acting(scene.other), scene.one.id, reason="Under inquiry")
        with refusal("replacement.proposer_gone"):
            approve(acting(scene.other), proposed.id)
        assert not Peer.objects.get(id=scene.peer.id).revoked


class TestTakingThePlace:
    def test_the_new_machine_is_the_post_in_the_next_epoch(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        code = scene.code()
        asked = request(code, machine)
        answered = send(asked)
        assert joining.answer_holds(answered, asked, read_code(code).key())
        identity = told(answered)
        held = Journal.objects.get(node=scene.pen.node, epoch=1).place()
        assert (identity.id, identity.epoch, identity.continues) == (scene.pen.node, 2, held)
        peer = Peer.objects.get(id=scene.peer.id)
        assert (peer.epoch, bytes(peer.public_key), peer.revoked) == (2, machine.public_key, False)
        assert trusted_certificates() == (machine.certificate,)
        assert bytes(Journal.objects.get(node=peer.id, epoch=2).continues) == held.hash
        assert not Peer.objects.filter(id=machine.id).exists()
        row = PostReplacement.objects.get()
        assert (scene.state(), row.epoch) == ("replaced", 2)

    def test_the_machine_before_is_nobody(self, scene: Scene, machine: NodeCard) -> None:
        send(request(scene.code(), machine))
        assert certificate_fingerprint(scene.peer.certificate) == scene.peer.fingerprint
        assert b"node.unknown" in answer(scene.peer.fingerprint, b"")

    def test_nothing_is_kept_that_opens_the_machine_before(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        HeldShare.objects.create(
            id=new_id(), post=scene.peer.id, share=b"", proof=b"", deposited_at=timezone.now()
        )
        code = scene.code()
        assert HeldShare.objects.exists(), "a machine that is enrolled again needs it"
        send(request(code, machine))
        assert not HeldShare.objects.exists()

    def test_a_lost_answer_is_given_again_word_for_word(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        code = scene.code()
        first = send(request(code, machine))
        as_the_post = msgspec.structs.replace(machine, id=scene.pen.node, epoch=2)
        for card in (machine, as_the_post):
            assert send(request(code, card)).identity == first.identity

    def test_a_second_machine_gets_nothing(
        self, scene: Scene, machine: NodeCard, tmp_path: Path
    ) -> None:
        code = scene.code()
        send(request(code, machine))
        home = NodeHome(tmp_path / "other")
        home.write_config(NodeConfig(id=new_id(), kind=NodeKind.POST, state="MLI", name="x"))
        with refusal("join.used"):
            send(request(code, ThisNode(home).card()))

    def test_the_machine_that_is_replaced_cannot_replace_itself(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        code = scene.code()
        old = msgspec.structs.replace(
            machine, id=scene.pen.node, public_key=scene.pen.public_key,
            certificate=scene.peer.certificate,
        )  # fmt: skip
        for card, why in (
            (old, "join.old_machine"),
            (msgspec.structs.replace(old, epoch=2), "join.old_machine"),
            (msgspec.structs.replace(machine, id=scene.pen.node, epoch=1), "join.old_machine"),
            (msgspec.structs.replace(machine, public_key=scene.pen.public_key), "join.known_otherwise"),
            (msgspec.structs.replace(machine, id=HQ), "join.known_otherwise"),
            # It would leave no epoch to the machine after it.
            (msgspec.structs.replace(machine, id=scene.pen.node, epoch=2**31 - 1), "join.malformed"),
            (msgspec.structs.replace(machine, state="NER"), "join.other_state"),
        ):  # fmt: skip
            with refusal(why):
                send(request(code, card))
        assert scene.state() == "approved"

    def test_one_that_came_back_from_a_backup_keeps_its_epoch(
        self, scene: Scene, machine: NodeCard
    ) -> None:
        restored = msgspec.structs.replace(machine, id=scene.pen.node, epoch=3)
        assert send(request(scene.code(), restored)).identity == b""
        assert Peer.objects.get(id=scene.peer.id).epoch == 3

    def test_ten_wrong_tries_make_the_code_void(self, scene: Scene, machine: NodeCard) -> None:
        code = scene.code()
        wrong = msgspec.structs.replace(request(code, machine), proof=b"\0" * 32)
        for _ in range(taking_in.MOST_TRIES - 1):
            with refusal("join.wrong"):
                send(wrong)
        with refusal("join.void"):
            send(wrong)
        assert scene.state() == "void"

    def test_neither_code_nor_key_is_in_the_journal(self, scene: Scene, machine: NodeCard) -> None:
        code = scene.code()
        send(request(code, machine))
        written = b"".join(bytes(entry.body or b"") for entry in JournalEntry.objects.all())
        secret = read_code(code)
        assert REASON.encode() in written
        for hidden in (secret.secret.encode(), secret.key()):
            assert hidden not in written


def test_every_state_has_its_words() -> None:
    states = {*entries.ReplacementEnd, "proposed", "approved", "expired"}
    assert set(REPLACEMENT_STATES) == states
