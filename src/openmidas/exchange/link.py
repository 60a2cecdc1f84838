"""The post's side of the link: one HTTPS session with the HQ, every failure by its code."""

from __future__ import annotations

import ssl
from types import TracebackType

import aiohttp

from openmidas.exchange.messages import (
    MAX_MESSAGE_BYTES,
    Answer,
    Question,
    Refusal,
    decode_answer,
    encode,
)
from openmidas.exchange.server import PATH
from openmidas.journal import JournalError

CALL_SECONDS = 600
"""The longest that one message and its answer may take."""
CONNECT_SECONDS = 20
SILENCE_SECONDS = 60
"""How long the HQ may be silent within a call before it is given up."""


class LinkError(Exception):
    """The HQ was not reached, or did not let us speak. ``code`` says which."""

    def __init__(self, code: str, reason: str = "") -> None:
        self.code = code
        super().__init__(f"{code} ({reason})" if reason else code)


class Link:
    """A session with one HQ."""

    def __init__(self, address: str, context: ssl.SSLContext) -> None:
        self._url = f"https://{address}{PATH}"
        self._context = context
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Link:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self._context, limit=4),
            timeout=aiohttp.ClientTimeout(
                total=CALL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=SILENCE_SECONDS
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
        try:
            raw = await self._post(encode(message))
            answer = decode_answer(raw)
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
        if isinstance(answer, Refusal) and answer.code in ("node.unknown", "database.busy"):
            raise LinkError(answer.code)
        return answer

    async def _post(self, body: bytes) -> bytes:
        if self._session is None:
            raise RuntimeError("a link is used inside `async with`")
        async with self._session.post(self._url, data=body, allow_redirects=False) as response:
            if response.status != 200:
                raise LinkError("link.not_understood", f"status {response.status}")
            raw = bytearray()
            async for chunk in response.content.iter_any():
                raw += chunk
                if len(raw) > MAX_MESSAGE_BYTES:
                    raise LinkError("link.not_understood", "too large")
            return bytes(raw)
