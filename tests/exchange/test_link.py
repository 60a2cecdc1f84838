"""The link itself: TLS with certificates on both sides, and every failure by its name."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from openmidas.exchange import link, server
from openmidas.exchange.certificates import client_context, server_context
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.link import Link, LinkError
from openmidas.exchange.messages import Ask, News, Refusal, encode
from openmidas.exchange.records import (
    Brought,
    Frame,
    Nudge,
    Ping,
    Pong,
    Stopped,
    Told,
    decode_brought,
)
from openmidas.exchange.server import Server
from openmidas.exchange.threads import DatabaseThreads
from openmidas.journal import JournalError
from openmidas.journal.models import new_id
from openmidas.nodes.home import NodeHome
from openmidas.nodes.keys import certificate, certificate_fingerprint

ASK = Ask(time=1, round_trip=0, heads=(), held=())
NEWS = News(time=2, receipts=(), segments=(), waiting=0)


class Node:
    """A folder with a key and a certificate."""

    def __init__(self, folder: Path) -> None:
        self.home = NodeHome(folder)
        self.id: UUID = new_id()
        self.certificate = certificate(self.home, self.id)

    def calls(self, address: str, hq: Node) -> Link:
        return Link(address, client_context(self.home, self.id, hq.certificate))


@pytest.fixture
def hq(tmp_path: Path) -> Node:
    return Node(tmp_path / "hq")


@pytest.fixture
def post(tmp_path: Path) -> Node:
    return Node(tmp_path / "post")


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


class Heard:
    """Answers with news, and remembers who called."""

    def __init__(self, answer: bytes = encode(NEWS)) -> None:
        self.answer = answer
        self.callers: list[str] = []
        self.messages: list[bytes] = []
        self.records: list[Brought] = []

    async def __call__(self, caller: str, raw: bytes) -> bytes:
        self.callers.append(caller)
        self.messages.append(raw)
        return self.answer

    async def take(self, incoming: Incoming, raws: list[bytes]) -> list[Told]:
        return [self.took(incoming, raw) for raw in raws]

    def took(self, incoming: Incoming, raw: bytes) -> Told:
        record = decode_brought(raw)
        self.records.append(record)
        if isinstance(record, Ping):
            return Pong(record.time)
        incoming.over = True
        return Stopped("chain.gap", {}, None)


@asynccontextmanager
async def listening(hq: Node, heard: Heard, *trusted: Node) -> AsyncIterator[tuple[str, Server]]:
    address = free_address()
    running = Server(address, partial(server_context, hq.home, hq.id), heard, heard.take)
    await running.start(tuple(node.certificate for node in trusted))
    try:
        yield address, running
    finally:
        await running.stop()


async def code_of(calling: Link) -> str:
    """How a call ends: the code of its failure, empty if it went well."""
    async with calling as open_link:
        try:
            assert await open_link.call(ASK) == NEWS
        except LinkError as error:
            return error.code
    return ""


@pytest.mark.parametrize(
    ("spoken", "code"), [(0, "version.hq_too_old"), (2, "version.post_too_old")]
)
def test_an_hq_of_another_version_is_named_as_the_older_or_the_newer(
    hq: Node, post: Node, monkeypatch: pytest.MonkeyPatch, spoken: int, code: str
) -> None:
    """The HQ speaks another version of the exchange than this post calls it in."""

    async def story() -> None:
        async with listening(hq, Heard(), post) as (address, _):
            monkeypatch.setattr(link, "PATH", "/exchange/7")
            monkeypatch.setattr(link, "STREAM_PATH", "/exchange/stream/7")
            ours, theirs = link.versions.SPOKEN, {server.versions.VERSIONS: str(spoken)}
            answered = server.web.Response
            monkeypatch.setattr(
                server.web, "Response", lambda **of: answered(**of | {"headers": theirs})
            )
            assert ours == 1
            assert await code_of(post.calls(address, hq)) == code
            async with post.calls(address, hq) as open_link:
                with pytest.raises(LinkError, match=code):
                    async with open_link.stream(Ping(1, 0)):
                        pass

    asyncio.run(story())


def test_an_hq_tells_which_frames_it_reads(hq: Node, post: Node) -> None:
    async def story() -> None:
        async with (
            listening(hq, Heard(), post) as (address, _),
            post.calls(address, hq) as open_link,
            open_link.stream(Ping(1, 0)) as stream,
        ):
            assert stream.reads == (1,)

    asyncio.run(story())


def test_a_peer_is_known_by_its_certificate(hq: Node, post: Node) -> None:
    async def story() -> None:
        heard = Heard()
        async with listening(hq, heard, post) as (address, _):
            assert await code_of(post.calls(address, hq)) == ""
        assert heard.callers == [certificate_fingerprint(post.certificate)]

    asyncio.run(story())


def test_strangers_are_let_in_on_neither_side(hq: Node, post: Node, tmp_path: Path) -> None:
    stranger = Node(tmp_path / "stranger")

    async def story() -> None:
        heard = Heard()
        async with listening(hq, heard, post) as (address, _):
            assert (await code_of(stranger.calls(address, hq))).startswith("link.")
            assert await code_of(post.calls(address, stranger)) == "link.certificate"
            without = ssl.create_default_context(cadata=hq.certificate)
            without.check_hostname = False
            assert (await code_of(Link(address, without))).startswith("link.")
            old = client_context(post.home, post.id, hq.certificate)
            old.minimum_version = ssl.TLSVersion.TLSv1_2
            old.maximum_version = ssl.TLSVersion.TLSv1_2
            assert (await code_of(Link(address, old))).startswith("link.")
        assert heard.callers == []

    asyncio.run(story())


def test_who_is_trusted_changes_while_it_listens(hq: Node, post: Node, tmp_path: Path) -> None:
    newcomer = Node(tmp_path / "newcomer")

    async def story() -> None:
        async with listening(hq, Heard(), post) as (address, running):
            assert await code_of(newcomer.calls(address, hq)) != ""
            async with post.calls(address, hq) as calling:
                await calling.call(ASK)
                await running.trust((post.certificate, newcomer.certificate))
                await calling.call(ASK)
            assert await code_of(newcomer.calls(address, hq)) == ""
            await running.trust((newcomer.certificate,))
            assert await code_of(post.calls(address, hq)) != ""

    asyncio.run(story())


def test_a_certificate_that_a_peer_issued_is_not_the_peer(
    hq: Node, post: Node, tmp_path: Path
) -> None:
    """OpenSSL takes a peer's certificate as an authority: who calls is told by the very certificate."""
    issued = Node(tmp_path / "issued")
    key = generate_private_key(SECP256R1())
    issuer = x509.load_pem_x509_certificate(post.certificate.encode())
    issuer_key = load_pem_private_key(post.home.path("keys", "exchange.key").read_bytes(), None)
    leaf = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=36_500))
        .sign(issuer_key, SHA256())  # type: ignore[arg-type]  # of elliptic curves, as made above
    )
    issued.home.path("keys", "exchange.crt").write_bytes(leaf.public_bytes(Encoding.PEM))
    issued.home.path("keys", "exchange.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )

    async def story() -> None:
        heard = Heard()
        async with listening(hq, heard, post) as (address, _):
            await code_of(issued.calls(address, hq))
        assert set(heard.callers) <= {
            certificate_fingerprint(leaf.public_bytes(Encoding.PEM).decode())
        }
        assert not any(heard.messages), "what strangers say is not even read"

    asyncio.run(story())


def test_a_battery_that_died_shuts_nobody_out(hq: Node, post: Node) -> None:
    """A certificate "not yet valid" is what a clock of long ago makes of a good one."""
    key = load_pem_private_key(post.home.path("keys", "exchange.key").read_bytes(), None)
    name = x509.Name([])
    future = datetime.now(UTC) + timedelta(days=3650)
    later = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())  # type: ignore[arg-type]  # of elliptic curves
        .serial_number(1)
        .not_valid_before(future)
        .not_valid_after(future + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())  # type: ignore[arg-type]
    )
    pem = later.public_bytes(Encoding.PEM)
    post.home.path("keys", "exchange.crt").write_bytes(pem)
    post.certificate = pem.decode()

    async def story() -> None:
        async with listening(hq, Heard(), post) as (address, _):
            assert await code_of(post.calls(address, hq)) == ""

    asyncio.run(story())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"rubbish", "link.not_understood"),
        (encode(Refusal(time=1, code="node.unknown")), "node.unknown"),
        (encode(Refusal(time=1, code="database.busy")), "database.busy"),
    ],
)
def test_answers_that_are_none(hq: Node, post: Node, answer: bytes, code: str) -> None:
    async def story() -> None:
        async with listening(hq, Heard(answer), post) as (address, _):
            assert await code_of(post.calls(address, hq)) == code

    asyncio.run(story())


def test_messages_are_bounded_both_ways(
    hq: Node, post: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MAX_MESSAGE_BYTES", 1000)
    monkeypatch.setattr(link, "MAX_MESSAGE_BYTES", 1000)

    async def story() -> None:
        heard = Heard(bytes(1001))
        async with listening(hq, heard, post) as (address, _):
            assert await code_of(post.calls(address, hq)) == "link.not_understood"
            context = client_context(post.home, post.id, hq.certificate)
            async with (
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session,
                session.post(f"https://{address}{server.PATH}", data=bytes(1001)) as response,
            ):
                assert response.status == 413
        assert len(heard.callers) == 1

    asyncio.run(story())


def test_a_message_that_does_not_end_is_given_up(
    hq: Node, post: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "READ_SECONDS", 0.2)
    monkeypatch.setattr(server, "SHUTDOWN_SECONDS", 0.1)

    async def never() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.sleep(30)

    async def story() -> None:
        async with listening(hq, Heard(), post) as (address, _):
            context = client_context(post.home, post.id, hq.certificate)
            async with (
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session,
                session.post(f"https://{address}{server.PATH}", data=never()) as response,
            ):
                assert response.status == 408

    asyncio.run(story())


def test_an_hq_that_is_away(hq: Node, post: Node) -> None:
    assert asyncio.run(code_of(post.calls(free_address(), hq))) == "link.unreachable"


def test_an_hq_that_says_nothing(hq: Node, post: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(server, "SHUTDOWN_SECONDS", 0.1)

    class Silent(Heard):
        async def __call__(self, caller: str, raw: bytes) -> bytes:
            await asyncio.sleep(2)
            return self.answer

    async def story() -> None:
        async with listening(hq, Silent(), post) as (address, _):
            assert await code_of(post.calls(address, hq)) == "link.timeout"

    asyncio.run(story())


def test_an_hq_that_hangs_up(post: Node, hq: Node) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.close()

    async def story() -> None:
        address = free_address()
        host, _, port = address.partition(":")
        async with await asyncio.start_server(hang_up, host, int(port)):
            assert (await code_of(post.calls(address, hq))).startswith("link.")

    asyncio.run(story())


class TestStreams:
    def test_records_go_both_ways_at_once_until_one_side_has_enough(
        self, hq: Node, post: Node
    ) -> None:
        async def story() -> None:
            heard = Heard()
            async with (
                listening(hq, heard, post) as (address, running),
                post.calls(address, hq) as calling,
                calling.stream(Ping(1, 0)) as stream,
            ):
                assert await stream.receive() == Pong(1)
                await stream.send(Ping(2, 0))
                assert await stream.receive() == Pong(2)
                assert await calling.call(ASK) == NEWS, "questions have a way of their own"
                running.nudge([certificate_fingerprint(post.certificate), "somebody"])
                assert await stream.receive() == Nudge()
                await stream.send(Frame(bytes(200_000), 7))
                assert await stream.receive() == Stopped("chain.gap", {}, None)
                with pytest.raises(LinkError, match=r"link\.broken_off"):
                    await stream.receive()
            assert heard.records[-1] == Frame(bytes(200_000), 7)

        asyncio.run(story())

    def test_whoever_is_trusted_no_more_is_cut_off_in_the_middle(
        self, hq: Node, post: Node
    ) -> None:
        async def story() -> None:
            async with (
                listening(hq, Heard(), post) as (address, running),
                post.calls(address, hq) as calling,
                calling.stream(Ping(1, 0)) as stream,
            ):
                await stream.receive()
                await running.trust(())
                with pytest.raises(LinkError):
                    await stream.receive()

        asyncio.run(story())

    def test_a_second_stream_takes_the_place_of_the_first(self, hq: Node, post: Node) -> None:
        """The post has given the first up, which the HQ was never told."""

        async def story() -> None:
            async with (
                listening(hq, Heard(), post) as (address, _),
                post.calls(address, hq) as calling,
                calling.stream(Ping(1, 0)) as first,
            ):
                await first.receive()
                async with calling.stream(Ping(2, 0)) as second:
                    assert await second.receive() == Pong(2)
                    with pytest.raises(LinkError):
                        await first.receive()

        asyncio.run(story())

    def test_a_stream_that_falls_silent_is_given_up(
        self, hq: Node, post: Node, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server, "SILENT_SECONDS", 0.2)

        async def story() -> None:
            async with (
                listening(hq, Heard(), post) as (address, _),
                post.calls(address, hq) as calling,
                calling.stream(Ping(1, 0)) as stream,
            ):
                await stream.receive()
                with pytest.raises(LinkError, match=r"link\.broken_off"):
                    await stream.receive()

        asyncio.run(story())

    def test_an_hq_that_says_nothing_at_all_is_given_up(
        self, post: Node, hq: Node, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The session's own time-outs begin with the first byte of an answer."""
        monkeypatch.setattr(link, "SILENCE_SECONDS", 0.3)

        class Silent(Server):
            async def _stream(self, request: web.Request) -> web.StreamResponse:
                await asyncio.sleep(3)
                return web.Response()

        monkeypatch.setattr("tests.exchange.test_link.Server", Silent)
        monkeypatch.setattr(server, "SHUTDOWN_SECONDS", 0.1)

        async def story() -> None:
            async with (
                listening(hq, Heard(), post) as (address, _),
                post.calls(address, hq) as calling,
            ):
                with pytest.raises(LinkError, match=r"link\.timeout"):
                    async with calling.stream(Ping(1, 0)):
                        pass

        asyncio.run(story())

    def test_an_error_within_a_stream_is_not_called_one_of_the_link(
        self, hq: Node, post: Node
    ) -> None:
        async def story() -> None:
            async with (
                listening(hq, Heard(), post) as (address, _),
                post.calls(address, hq) as calling,
            ):
                with pytest.raises(JournalError, match=r"receipt\.not_signed"):
                    async with calling.stream(Ping(1, 0)):
                        raise JournalError("receipt.not_signed")

        asyncio.run(story())

    def test_one_post_holds_one_thread_however_many_streams_it_opens(
        self, hq: Node, post: Node
    ) -> None:
        async def story() -> None:
            heard = Heard()
            database = DatabaseThreads(4)
            busy, most, gate = 0, 0, threading.Event()

            def work() -> None:
                nonlocal busy, most
                busy += 1
                most = max(most, busy)
                gate.wait(3)
                busy -= 1

            async def take(incoming: Incoming, raws: list[bytes]) -> list[Told]:
                await database.run(work)
                return [Pong(1)]

            heard.take = take  # type: ignore[method-assign]
            async with listening(hq, heard, post) as (address, _), AsyncExitStack() as stack:
                for _ in range(5):
                    calling = await stack.enter_async_context(post.calls(address, hq))
                    await stack.enter_async_context(calling.stream(Ping(1, 0)))
                    await asyncio.sleep(0.1)
                assert most == 1
                gate.set()
            await database.close()

        asyncio.run(story())

    def test_a_record_longer_than_any_ends_it(self, hq: Node, post: Node) -> None:
        async def story() -> None:
            heard = Heard()
            async with (
                listening(hq, heard, post) as (address, _),
                post.calls(address, hq) as calling,
                calling.stream(Ping(1, 0)) as stream,
            ):
                await stream.receive()
                await stream._records.put(b"\xff\xff\xff\xff")
                with pytest.raises(LinkError):
                    await stream.receive()
            assert heard.records == [Ping(1, 0)]

        asyncio.run(story())
