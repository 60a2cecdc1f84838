"""At the post: what it believes of what answers, and what it tells the technician."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest
from django.utils import translation

from openmidas.cli import main
from openmidas.journal import NodeKind
from openmidas.nodes.identity import NodeCard, ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.services import meet
from openmidas.posts import joining
from openmidas.posts.join_client import join
from openmidas.posts.join_codes import new_code
from openmidas.posts.joining import JoinAnswer, JoinRefusal, JoinRequest
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word
from tests.conftest import HQ, HQ_HOME, POST, POST_HOME
from tests.exchange.peers import befriend
from tests.support.cast import refusal

pytestmark = pytest.mark.usefixtures("own_journal")

CODE = new_code()
Say = Callable[[JoinRequest], object]


@contextmanager
def answering(say: Say) -> Iterator[str]:
    """The address of a web server that answers requests to join so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            said = say(msgspec.msgpack.decode(raw, type=JoinRequest))
            self.send_response(409 if isinstance(said, JoinRefusal) else 200)
            self.end_headers()
            self.wfile.write(said if isinstance(said, bytes) else msgspec.msgpack.encode(said))

        def log_message(self, *_: object) -> None:
            """Says nothing on the terminal of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def hq_card(**changed: object) -> NodeCard:
    return msgspec.structs.replace(ThisNode(HQ_HOME).card(), **changed)  # type: ignore[arg-type]  # fields of a card


def says(card: NodeCard) -> Say:
    """An HQ that knows the code and shows this card."""
    return lambda asked: joining.make_answer(asked, CODE.key(), card.encode())


def test_the_post_meets_the_hq_that_knows_the_code() -> None:
    heard: list[JoinRequest] = []

    def say(asked: JoinRequest) -> JoinAnswer:
        heard.append(asked)
        return joining.make_answer(asked, CODE.key(), hq_card().encode())

    with answering(say) as site:
        join(site, CODE.text())
    assert Peer.objects.get().id == HQ
    assert CODE.secret.encode() not in msgspec.msgpack.encode(heard[0])
    assert NodeCard.decode(heard[0].card) == ThisNode(POST_HOME).card()


def test_an_hq_that_listens_everywhere_is_called_where_it_answered() -> None:
    with answering(says(hq_card(exchange="0.0.0.0:8400"))) as site:
        join(site, CODE.text())
    assert Peer.objects.get().exchange == "127.0.0.1:8400"


def test_whoever_does_not_know_the_code_is_not_met() -> None:
    theirs = hq_card(name="Somebody else").encode()
    with (
        answering(lambda asked: joining.make_answer(asked, new_code().key(), theirs)) as site,
        refusal("join.not_proven"),
    ):
        join(site, CODE.text())
    assert not Peer.objects.exists()


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (hq_card(state="NER"), "join.other_state"),
        (hq_card(kind=NodeKind.POST), "join.not_hq"),
        (hq_card(certificate="none"), "join.malformed"),
    ],
)
def test_a_card_that_is_no_hq_of_ours_is_not_met(card: NodeCard, code: str) -> None:
    with answering(says(card)) as site, refusal(code):
        join(site, CODE.text())
    assert not Peer.objects.exists()


def test_a_post_does_not_change_its_headquarters_by_a_code() -> None:
    befriend(NodeKind.HQ, name="Niamey")
    with answering(says(hq_card())) as site, refusal("join.other_hq"):
        join(site, CODE.text())
    assert not Peer.objects.filter(id=HQ).exists()


def test_joining_again_renews_the_card() -> None:
    meet(hq_card(exchange="old:1"))
    with answering(says(hq_card())) as site:
        join(site, CODE.text())
    assert Peer.objects.get().exchange == hq_card().exchange


@pytest.mark.parametrize("code", sorted(joining.REFUSALS))
def test_what_the_hq_refuses_is_worded_here(code: str) -> None:
    with answering(lambda _: JoinRefusal(code=code)) as site, refusal(code):
        join(site, CODE.text())
    for language in ("fr", "en"):
        with translation.override(language):
            assert "%(" not in word(Refused(code))


@pytest.mark.parametrize(
    "said", [JoinRefusal(code="post.unheard_of"), b"<h1>It works!</h1>", b"", ["no", "answer"]]
)
def test_what_is_no_answer_is_not_understood(said: object) -> None:
    with answering(lambda _: said) as site, refusal("join.not_understood"):
        join(site, CODE.text())


@pytest.mark.parametrize("address", ["", "http://", "ftp://hq", "hq:99999", "the HQ"])
def test_what_is_no_address_is_told(address: str) -> None:
    with refusal("join.address"):
        join(address, CODE.text())


def test_the_command_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["join", "127.0.0.1:1", CODE.text()[:-1] + "-"]) == 1
    assert "siège" in capsys.readouterr().err
    assert main(["join", "127.0.0.1:1", CODE.text()]) == 1
    assert "127.0.0.1:1" in capsys.readouterr().err


@pytest.mark.usefixtures("as_hq")
def test_a_headquarters_joins_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["join", "127.0.0.1:1", CODE.text()]) == 1
    assert POST not in Peer.objects.values_list("id", flat=True)
    assert capsys.readouterr().err
