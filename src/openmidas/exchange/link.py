"""The post's side of the link: one HTTPS session with the HQ, every failure by its code."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from types import TracebackType

import aiohttp

from openmidas.exchange import sockets, versions
from openmidas.exchange.messages import (
    MAX_MESSAGE_BYTES,
    Answer,
    Question,
    Refusal,
    decode_answer,
    encode,
)
from openmidas.exchange.records import (
    LENGTH_BYTES,
    Brought,
    Told,
    decode_told,
    encode_record,
    length_of,
)
from openmidas.exchange.server import PATH, STREAM_PATH
from openmidas.journal import JournalError

CALL_SECONDS = 600
"""The longest that one message and its answer may take."""
CONNECT_SECONDS = 20
SILENCE_SECONDS = 60
"""How long the HQ may be silent within a call before it is given up."""
STREAM_SILENCE = 200
"""The same within a stream, where an idle post says every two minutes that it is still there."""


class LinkError(Exception):
    """The HQ was not reached, or did not let us speak. ``code`` says which."""

    def __init__(self, code: str, reason: str = "") -> None:
        self.code = code
        super().__init__(f"{code} ({reason})" if reason else code)


class Link:
    """A session with one HQ: messages with answers, and streams."""

    def __init__(self, address: str, context: ssl.SSLContext) -> None:
        self._url = f"https://{address}"
        self._context = context
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Link:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=self._context, limit=4, socket_factory=sockets.for_calling
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, message: Question) -> Answer:
        """Say something, hear the answer. Raises `LinkError`."""
        timeout = aiohttp.ClientTimeout(
            total=CALL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=SILENCE_SECONDS
        )
        with _named():
            async with self._post(PATH, encode(message), timeout) as response:
                answer = decode_answer(await _read_all(response))
        if isinstance(answer, Refusal) and answer.code in ("node.unknown", "database.busy"):
            raise LinkError(answer.code)
        return answer

    @asynccontextmanager
    async def stream(self, first: Brought) -> AsyncIterator[Stream]:
        """Open a stream with its first record; it is over when it is left.

        Raises `LinkError`, then and within.
        """
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=STREAM_SILENCE)
        records: asyncio.Queue[bytes] = asyncio.Queue(maxsize=1)
        records.put_nowait(encode_record(first))
        async with AsyncExitStack() as stack:
            # The session's own time-outs begin with the first byte of the answer.
            with _named():
                async with asyncio.timeout(SILENCE_SECONDS):
                    response = await stack.enter_async_context(
                        self._post(STREAM_PATH, _each(records), timeout)
                    )
            await stack.enter_async_context(sockets.knocking(_socket(response)))
            reads = versions.from_header(response.headers.get(versions.HEADER))
            yield Stream(records, response.content, reads)

    def _post(
        self, path: str, body: bytes | AsyncIterator[bytes], timeout: aiohttp.ClientTimeout
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("a link is used inside `async with`")
        return self._session.post(
            f"{self._url}{path}",
            data=body,
            timeout=timeout,
            allow_redirects=False,
            raise_for_status=_check_status,
        )


class Stream:
    """Records in both directions, for as long as it lasts. ``reads``: the formats that the HQ told."""

    def __init__(
        self, records: asyncio.Queue[bytes], answers: aiohttp.StreamReader, reads: tuple[int, ...]
    ) -> None:
        self.reads = reads
        self._records = records
        self._answers = answers

    async def send(self, record: Brought) -> None:
        """Send a record: wait until the one before has gone out."""
        await self._records.put(encode_record(record))

    async def receive(self) -> Told:
        """The next thing that the HQ says, of those that we know. Raises `LinkError`."""
        with _named():
            try:
                told: Told | None = None
                while told is None:
                    length = length_of(await self._answers.readexactly(LENGTH_BYTES))
                    told = decode_told(await self._answers.readexactly(length))
                return told
            except asyncio.IncompleteReadError as error:
                raise LinkError("link.broken_off", "the HQ hung up") from error


def _socket(response: aiohttp.ClientResponse) -> socket.socket | None:
    connection = response.connection
    transport = connection.transport if connection is not None else None
    found: socket.socket | None = transport.get_extra_info("socket") if transport else None
    return found


async def _each(records: asyncio.Queue[bytes]) -> AsyncIterator[bytes]:
    while True:
        yield await records.get()


async def _check_status(response: aiohttp.ClientResponse) -> None:
    if response.status == versions.UPGRADE_REQUIRED:
        theirs = versions.from_header(response.headers.get(versions.VERSIONS))
        raise LinkError(versions.older(theirs, (versions.SPOKEN,), is_post=False))
    if response.status != 200:
        raise LinkError("link.not_understood", f"status {response.status}")


async def _read_all(response: aiohttp.ClientResponse) -> bytes:
    raw = bytearray()
    async for chunk in response.content.iter_any():
        raw += chunk
        if len(raw) > MAX_MESSAGE_BYTES:
            raise LinkError("link.not_understood", "too large")
    return bytes(raw)


@contextmanager
def _named() -> Iterator[None]:
    """Every failure of the link by its code."""
    try:
        yield
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError) as error:
        raise LinkError("link.certificate", str(error)) from error
    except TimeoutError as error:
        raise LinkError("link.timeout") from error
    except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
        raise LinkError("link.unreachable", str(error)) from error
    except (aiohttp.ClientError, OSError) as error:
        code = "link.certificate" if isinstance(error, ssl.SSLError) else "link.broken_off"
        raise LinkError(code, str(error)) from error
    except JournalError as error:
        raise LinkError("link.not_understood", str(error)) from error
