"""What strangers send does not stop a post, and what is sent reaches the pages whole."""

from __future__ import annotations

import asyncio
import http.client
import io
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec
import pytest
from granian.rsgi import ProtocolClosed

from openmidas.web.carrying import AT_ONCE, PIECE
from openmidas.web.doorway import (
    BUSY,
    MOST_BYTES,
    MOST_SIGNING_IN,
    UPLOADS_AT_ONCE,
    UPLOADS_OF_ONE,
    Doorway,
)
from tests.support.served import ServedPost

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    post = ServedPost(tmp_path_factory.mktemp("post"))
    post.fill()
    post.start()
    address = urlsplit(post.site)
    assert address.hostname
    assert address.port
    yield address.hostname, address.port
    post.kill()


class Reply(msgspec.Struct):
    """What came back."""

    status: int
    headers: Message
    text: str


@pytest.fixture
def token(served: tuple[str, int]) -> str:
    """The cookie of a form's token: whoever opens the sign-in page has one."""
    given = ask(served, "GET", "/sign-in/").headers.get_all("Set-Cookie") or ()
    return "; ".join(one.split(";")[0] for one in given)


def ask(where: tuple[str, int], method: str, path: str, **headers: str) -> Reply:
    with closing(http.client.HTTPConnection(*where, timeout=10)) as connection:
        connection.request(method, path, headers=headers)
        return read(connection)


def read(connection: http.client.HTTPConnection) -> Reply:
    answer = connection.getresponse()
    return Reply(answer.status, answer.headers, answer.read().decode())


def test_those_who_send_nothing_hold_nobody_up(served: tuple[str, int], token: str) -> None:
    waiting = [socket.create_connection(served) for _ in range(40)]
    for one in waiting:
        one.sendall(
            f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {token}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: 1000\r\n\r\na=".encode()
        )
    time.sleep(0.5)
    started = time.monotonic()
    assert ask(served, "GET", "/health/").status == 200
    assert time.monotonic() - started < 5
    for one in waiting:
        one.close()


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_more_than_a_form_is_not_read(served: tuple[str, int], token: str, kind: str) -> None:
    with closing(http.client.HTTPConnection(*served, timeout=10)) as connection:
        connection.putrequest("POST", "/sign-in/")
        stated = str(100 * MOST_BYTES)
        for name, value in {
            "Cookie": token,
            "Content-Type": kind,
            "Content-Length": stated,
        }.items():
            connection.putheader(name, value)
        connection.endheaders(b"--x")
        assert connection.getresponse().status == 413


def test_signing_in_in_masses_does_not_hold_up_the_lanes(
    served: tuple[str, int], token: str
) -> None:
    page = ask(served, "GET", "/sign-in/", Cookie=token).text
    form = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    with ExitStack() as stack:
        trying = []
        for number in range(MOST_SIGNING_IN + 20):
            body = f"csrfmiddlewaretoken={form}&username=u{number}&password=wrong-wrong-wrong"
            connection = http.client.HTTPConnection(*served, timeout=60)
            stack.enter_context(closing(connection))
            connection.request("POST", "/sign-in/", body, {"Cookie": token, "Content-Type": FORM})
            trying.append(connection)
        started = time.monotonic()
        assert ask(served, "GET", "/health/").status == 200
        assert time.monotonic() - started < 2
        # Some were tried, the rest sent away.
        assert {read(one).status for one in trying} == {422, 503}


def test_paths_and_headers_arrive_as_they_were_sent(served: tuple[str, int]) -> None:
    answer = ask(served, "GET", "/officers/?a=%C3%A9&b=%20")
    assert answer.status == 302
    assert answer.headers["Location"] == "/sign-in/?next=/officers/%3Fa%3D%25C3%25A9%26b%3D%2520"
    assert ask(served, "GET", "/%C3%A9%FF/").status == 404
    assert ask(served, "GET", "/sign-in/", Host="elsewhere.example").status == 400
    assert ask(served, "HEAD", "/sign-in/").text == ""


class Sent(msgspec.Struct):
    """A request as the web server hands it on, and its answer."""

    path: str
    pairs: list[tuple[str, str]]
    chunks: tuple[bytes, ...] = ()
    stalls: bool = False
    method: str = "POST"
    http_version: str = "1.1"
    server: str = "127.0.0.1:80"
    client: str = "192.0.2.7:5000"
    scheme: str = "http"
    query_string: str = ""
    authority: str | None = None
    status: int = 0
    pieces: list[bytes] = []
    gone: bool = False

    @property
    def headers(self) -> Any:
        return self

    def items(self) -> list[tuple[str, str]]:
        return self.pairs

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk
        if self.stalls:
            await asyncio.sleep(60)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.pieces.append(body)

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Sent:
        self.status = status
        return self

    async def send_bytes(self, data: bytes) -> None:
        if self.gone:
            raise ProtocolClosed
        self.pieces.append(data)


class Told:
    """A WSGI application that keeps what it was told."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""

    def __call__(self, environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read()
        start("200 OK", [])
        return [b"ok"]


def through(
    sent: Sent,
    told: Told,
    seconds: float = 5,
    knows: Callable[[dict[str, Any]], str | None] = lambda environ: "modibo",
) -> int:
    uploads = {"/upload/": MOST_BYTES * 4}.get
    doorway = Doorway(told, uploads=uploads, seconds=seconds, knows=knows)
    asyncio.run(doorway.__rsgi__(sent, sent))
    return sent.status


def test_what_never_ends_is_given_up() -> None:
    told = Told()
    sent = Sent("/", [("content-length", "9")], (b"a",), stalls=True)
    assert through(sent, told, seconds=0.05) == 408
    assert not told.environ


def test_what_states_no_length_is_bounded_as_well() -> None:
    told = Told()
    chunks = (bytes(MOST_BYTES), b"more")
    assert through(Sent("/", [("transfer-encoding", "chunked")], chunks), told) == 413
    assert not told.environ


def test_only_where_files_are_taken_may_a_request_be_large() -> None:
    large = MOST_BYTES * 3
    told = Told()
    pairs = [("content-length", str(large))]
    assert through(Sent("/upload/", pairs, (bytes(large),)), told) == 200
    assert len(told.body) == large
    assert through(Sent("/other/", pairs, (bytes(large),)), Told()) == 413


def test_an_upload_that_is_too_large_is_not_read_and_its_page_says_so() -> None:
    told = Told()
    size = str(MOST_BYTES * 5)
    assert through(Sent("/upload/", [("content-length", size)], (b"never read",)), told) == 200
    assert (told.environ["CONTENT_LENGTH"], told.body) == (size, b"")


def test_an_upload_of_somebody_unknown_is_not_read_and_holds_no_place() -> None:
    told = Told()
    pairs = [("content-length", str(MOST_BYTES * 2)), ("cookie", "midas=stolen")]
    asked: list[str] = []

    def knows(environ: dict[str, Any]) -> None:
        asked.append(environ["HTTP_COOKIE"])

    sent = Sent("/upload/", pairs, (b"never read",), stalls=True)
    assert through(sent, told, knows=knows) == 200
    assert asked == ["midas=stolen"]
    assert (told.environ["CONTENT_LENGTH"], told.body) == ("0", b"")


def test_an_upload_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openmidas.web.doorway.LEAST_RATE", MOST_BYTES * 1000)
    pairs = [("content-length", str(MOST_BYTES * 2))]
    told = Told()
    sent = Sent("/upload/", pairs, (bytes(MOST_BYTES),), stalls=True)
    assert through(sent, told, seconds=0.05) == 408
    assert not told.environ


class TestUploadsAtOnce:
    """Two of each officer, and a few in all; who finds no place in time is told so."""

    @staticmethod
    def of(officer: str, stalls: bool = False) -> Sent:
        size = MOST_BYTES * 2
        pairs = [("content-length", str(size)), ("cookie", officer)]
        return Sent("/upload/", pairs, (bytes(1 if stalls else size),), stalls=stalls)

    @staticmethod
    def after(slow: list[Sent], *sent: Sent) -> list[Told]:
        """What the pages are told of these, while the slow ones are on their way."""
        seen: list[Told] = []
        officers = {dict(one.pairs)["cookie"] for one in sent}

        def page(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
            told = Told()
            if environ["HTTP_COOKIE"] in officers:
                seen.append(told)
            return told(environ, start)

        async def all_of_them() -> None:
            doorway = Doorway(
                page,
                uploads={"/upload/": MOST_BYTES * 4}.get,
                knows=lambda environ: environ["HTTP_COOKIE"],
                waits=0.05,
            )
            tasks = [asyncio.ensure_future(doorway.__rsgi__(one, one)) for one in slow]
            await asyncio.sleep(0.05)
            for one in sent:
                await doorway.__rsgi__(one, one)
            for task in tasks:
                task.cancel()

        asyncio.run(all_of_them())
        return seen

    def test_the_slow_ones_of_an_officer_hold_up_no_other(self) -> None:
        slow = [self.of("modibo", stalls=True) for _ in range(UPLOADS_OF_ONE + 3)]
        (told,) = self.after(slow, self.of("aminata"))
        assert BUSY not in told.environ
        assert len(told.body) == MOST_BYTES * 2

    def test_one_more_of_the_same_officer_is_told_to_come_again(self) -> None:
        slow = [self.of("modibo", stalls=True) for _ in range(UPLOADS_OF_ONE)]
        (told,) = self.after(slow, self.of("modibo"))
        assert (told.environ[BUSY], told.body) == (True, b"")

    def test_so_is_one_more_than_there_is_room_for(self) -> None:
        slow = [self.of(f"officer {number}", stalls=True) for number in range(UPLOADS_AT_ONCE)]
        (told,) = self.after(slow, self.of("aminata"))
        assert told.environ[BUSY]

    def test_a_place_is_free_again_once_its_upload_is_here(self) -> None:
        sent = [self.of("modibo") for _ in range(UPLOADS_OF_ONE + 1)]
        assert all(BUSY not in told.environ for told in self.after([], *sent))


def test_who_is_signed_out_holds_no_place_of_an_upload(served: tuple[str, int], token: str) -> None:
    address = f"/second-line/{uuid4()}/pictures/"
    with ExitStack() as stack:
        for _ in range(UPLOADS_OF_ONE + 1):
            connection = http.client.HTTPConnection(*served, timeout=10)
            stack.enter_context(closing(connection))
            connection.putrequest("POST", address)
            for name, value in {
                "Cookie": token,
                "Content-Type": "multipart/form-data; boundary=x",
                "Content-Length": str(2 * MOST_BYTES),
            }.items():
                connection.putheader(name, value)
            connection.endheaders(b"--x")
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Location"]) == (302, "/sign-in/")


def test_headers_cannot_pass_for_others() -> None:
    told = Told()
    pairs = [("host", "a"), ("x_real", "1"), ("x-real", "2"), ("cookie", "a=1"), ("cookie", "b=2")]
    through(Sent("/", pairs), told)
    assert told.environ["HTTP_X_REAL"] == "2"
    assert told.environ["HTTP_COOKIE"] == "a=1; b=2"
    assert told.environ["REMOTE_ADDR"] == "192.0.2.7"


class Gives:
    """A WSGI application that answers a file, as Django does."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def __call__(self, environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](self.file)
        return wrapped


def given(file: IO[bytes], sent: Sent) -> list[bytes]:
    asyncio.run(Doorway(Gives(file)).__rsgi__(sent, sent))
    assert sent.status == 200
    assert file.closed, "the page's own file is closed, as soon as the page is made"
    return sent.pieces


def on_disk(content: bytes) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  who answers it closes it
    file.write(content)
    file.seek(0)
    return file


def test_a_large_file_is_carried_piece_by_piece() -> None:
    content = bytes(range(256)) * (AT_ONCE // 256 + 100)
    pieces = given(on_disk(content), Sent("/", [], method="GET"))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) == PIECE


@pytest.mark.parametrize("file", [on_disk(b"small"), io.BytesIO(bytes(AT_ONCE + 1))])
def test_what_is_small_or_in_memory_is_answered_at_once(file: IO[bytes]) -> None:
    assert len(given(file, Sent("/", [], method="GET"))) == 1


def test_a_browser_that_goes_away_leaves_no_file_open() -> None:
    sent = Sent("/", [], method="GET", gone=True)
    assert given(on_disk(bytes(AT_ONCE + 1)), sent) == []


def test_nothing_of_a_large_file_is_sent_to_who_asks_for_its_head_alone() -> None:
    sent = Sent("/", [], method="HEAD")
    assert given(on_disk(bytes(AT_ONCE + 1)), sent) == [b""]
