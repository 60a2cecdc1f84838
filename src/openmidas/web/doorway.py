"""The web server's way in: a request reaches a thread once it is here as a whole, and in bounds.

The pages are made by a few threads. If those read what browsers send, four connections that send
nothing would stop every lane of a post, and anybody on its network could fill its disk. Hence
waiting costs no thread here, and signing in, whose password digests are slow on purpose, has a
thread of its own. A list or a picture is taken from who is signed in alone, and not from who sends it
drop by drop: of each officer two are taken at once, so that a slow one holds up nobody else's camera,
and of all together a few.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from types import TracebackType
from typing import IO, Any, Protocol, TypeVar

import msgspec

from openmidas.web.carrying import Transport, WrappedFile, large_file, send_file

logger = logging.getLogger(__name__)

MOST_BYTES = 256 * 1024
"""What a request may send, but for the upload of a list or a picture."""
MOST_SECONDS = 30.0
UPLOAD_SECONDS = 600.0
UPLOADS_OF_ONE = 2
"""Of the same officer, at once; more wait for `PLACE_SECONDS`, then come again."""
UPLOADS_AT_ONCE = 12
PLACE_SECONDS = 10.0
BUSY = "openmidas.busy"
"""Set where an upload was not read because others are on their way: `openmidas.web.busy` says so."""
LEAST_RATE = 64 * 1024
"""Bytes a second, after the first seconds: who sends an upload more slowly holds others up."""
THREADS = 4
MOST_WAITING = 256
"""Requests that may wait for a thread; the next is told to come again."""
MOST_SIGNING_IN = 16
_IN_MEMORY = 12 * 1024 * 1024
"""A picture of a person fits: it is not laid down on the disk on its way."""

Environ = dict[str, Any]
Pair = tuple[str, str]
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType]
ResultT = TypeVar("ResultT")


class Headers(Protocol):
    """The headers of a request, as the web server has them."""

    def items(self) -> list[Pair]: ...


class Scope(Protocol):
    """A request without its body (RSGI 1)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Headers: ...


class Exchange(Protocol):
    """The body of a request, and the way back (RSGI 1)."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[Pair], body: bytes) -> None: ...
    def response_stream(self, status: int, headers: list[Pair]) -> Transport: ...


class Answer(msgspec.Struct, frozen=True):
    """What the pages answer: a body, or a file that is too large to be one."""

    status: int
    headers: list[Pair]
    body: bytes = b""
    file: IO[bytes] | None = None


class TooLargeError(Exception):
    """A request that sends more than it may."""


class BusyError(Exception):
    """Too many requests wait for a thread."""


class Rooms:
    """Threads with a bounded number of requests before them."""

    def __init__(self, name: str, threads: int, most: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._free = most + threads

    async def run(self, work: Callable[[Environ], ResultT], environ: Environ) -> ResultT:
        """Do it in a thread. Raises `BusyError` at once where too many wait already."""
        if self._free <= 0:
            raise BusyError
        self._free -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, environ)
        finally:
            self._free += 1


class Places:
    """For how many uploads there is room: so many of each officer, so many in all."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._each: dict[Hashable, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(UPLOADS_OF_ONE)
        )
        self._all = asyncio.Semaphore(UPLOADS_AT_ONCE)

    @asynccontextmanager
    async def of(self, officer: Hashable) -> AsyncIterator[None]:
        """A place for an upload of this officer. Raises `BusyError` where none gets free in time."""
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._seconds):
                    await held.enter_async_context(self._each[officer])
                    await held.enter_async_context(self._all)
            except TimeoutError:
                raise BusyError from None
            yield


class Doorway:
    """An application of the web server (RSGI) that takes requests in for a WSGI application.

    ``slow``: paths whose POSTs are slow on purpose; ``uploads``: how many bytes a path may be sent,
    None where no more than others. A larger upload is not read, and its path is told so by CONTENT_LENGTH.
    ``knows``: who sends an upload, None for nobody who is signed in; what they send is not read, as if it
    were empty. ``seconds``: how long a request may take to arrive; ``waits``: and an upload for its turn.
    """

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        *,
        slow: Iterable[str] = (),
        uploads: Callable[[str], int | None] = lambda path: None,
        knows: Callable[[Environ], Hashable | None] = lambda environ: "",
        seconds: float = MOST_SECONDS,
        waits: float = PLACE_SECONDS,
    ) -> None:
        self._application = application
        self._slow = frozenset(slow)
        self._uploads = uploads
        self._knows = knows
        self._seconds = seconds
        self._pages = Rooms("pages", THREADS, MOST_WAITING)
        self._door = Rooms("door", 1, MOST_SIGNING_IN)
        self._places = Places(waits)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        answer = await self._answer(scope, exchange)
        if answer.file is None:
            exchange.response_bytes(answer.status, answer.headers, answer.body)
        else:
            await send_file(answer.file, exchange.response_stream(answer.status, answer.headers))

    async def _answer(self, scope: Scope, exchange: Exchange) -> Answer:
        sent = dict(scope.headers.items())
        stated = sent.get("content-length", "")
        size = int(stated) if stated.isascii() and stated.isdigit() else 0
        upload = self._uploads(scope.path) if size > MOST_BYTES else None
        try:
            if not stated and "transfer-encoding" not in sent:
                return await self._serve(scope, io.BytesIO(), 0)
            if upload is None:
                return await self._read_and_serve(scope, exchange, MOST_BYTES, size, self._seconds)
            if size > upload:
                return await self._serve(scope, io.BytesIO(), size)
            who = await self._pages.run(self._knows, environ_of(scope, io.BytesIO(), 0))
            if who is None:
                return await self._serve(scope, io.BytesIO(), 0)
            return await self._upload(scope, exchange, who, upload, size)
        except TooLargeError:
            return plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except TimeoutError:
            return plain(HTTPStatus.REQUEST_TIMEOUT)
        except BusyError:
            return plain(HTTPStatus.SERVICE_UNAVAILABLE)

    async def _upload(
        self, scope: Scope, exchange: Exchange, who: Hashable, most: int, stated: int
    ) -> Answer:
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(self._places.of(who))
            except BusyError:
                told = environ_of(scope, io.BytesIO(), 0) | {BUSY: True}
                return await self._pages.run(self._call, told)
            return await self._read_and_serve(scope, exchange, most, stated, UPLOAD_SECONDS)

    async def _read_and_serve(
        self, scope: Scope, exchange: Exchange, most: int, stated: int, seconds: float
    ) -> Answer:
        if stated > most:
            raise TooLargeError
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            size = 0
            began = asyncio.get_running_loop().time()
            async with asyncio.timeout(min(seconds, self._seconds)) as limit:
                async for chunk in exchange:
                    size += len(chunk)
                    if size > most:
                        raise TooLargeError
                    body.write(chunk)
                    limit.reschedule(began + min(seconds, self._seconds + size / LEAST_RATE))
            body.seek(0)
            return await self._serve(scope, body, size)

    async def _serve(self, scope: Scope, body: IO[bytes], size: int) -> Answer:
        slow = scope.path in self._slow and scope.method == "POST"
        rooms = self._door if slow else self._pages
        return await rooms.run(self._call, environ_of(scope, body, size))

    def _call(self, environ: Environ) -> Answer:
        started: list[tuple[str, list[Pair]]] = []

        def start(status: str, headers: list[Pair], error: ErrorInfo | None = None) -> None:
            started.append((status, headers))

        result = self._application(environ, start)
        try:
            file = large_file(result)
            body = b"".join(result) if file is None else b""
            if file is not None and environ["REQUEST_METHOD"] == "HEAD":
                file.close()
                file = None
        finally:
            if close := getattr(result, "close", None):
                close()
        status, headers = started[-1]
        return Answer(int(status.split(" ", 1)[0]), headers, body, file)


def plain(status: HTTPStatus) -> Answer:
    """What never reaches the pages is answered in the words of HTTP."""
    return Answer(status, [("content-type", "text/plain; charset=utf-8")], status.phrase.encode())


def environ_of(scope: Scope, body: IO[bytes], size: int) -> Environ:
    """The request as WSGI applications read it (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": WrappedFile,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        _add_header(environ, name, value)
    environ["CONTENT_LENGTH"] = str(size)
    return environ


def _add_header(environ: Environ, name: str, value: str) -> None:
    if "_" in name:
        return  # would pass for the same name with a hyphen
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
