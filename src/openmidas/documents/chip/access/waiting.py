"""A bound on the time of one exchange, for ways to a chip that have none of their own."""

from __future__ import annotations

import queue
import threading

from openmidas.documents.chip.access.line import Transmit

SECONDS = 15.0
"""A chip that signs or maps a point takes a second or two."""


class Waiting:
    """A `Transmit` that gives up after some seconds, and then for good.

    The exchange runs on a thread that does not keep the program alive: where the driver of a reader hangs,
    nobody can end it, but nobody has to wait for it either.
    """

    def __init__(self, transmit: Transmit, seconds: float = SECONDS) -> None:
        self._transmit, self._seconds = transmit, seconds
        self._hung = False

    def __call__(self, command: bytes, /) -> bytes:
        """The answer. Raises `TimeoutError`, and what the exchange itself raises of `OSError`."""
        if self._hung:
            raise TimeoutError
        answers: queue.SimpleQueue[bytes | OSError] = queue.SimpleQueue()
        threading.Thread(target=self._exchange, args=(command, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=self._seconds)
        except queue.Empty:
            self._hung = True
            raise TimeoutError from None
        if isinstance(answer, OSError):
            raise answer
        return answer

    def _exchange(self, command: bytes, answers: queue.SimpleQueue[bytes | OSError]) -> None:
        try:
            answers.put(self._transmit(command))
        except OSError as error:
            answers.put(error)
