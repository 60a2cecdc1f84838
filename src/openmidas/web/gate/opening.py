"""One opening of a post at a time, in a thread: the page asks how far it is.

Who was wrong waits, from that workstation only, so that nobody on the network of a post can shut its
officers out. Guessing is slow anyway: each try takes Argon2id's second, one after the other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

import msgspec
from argon2.exceptions import HashingError

from openmidas.exchange.unsealing import Step, unseal
from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.sealed import Phrase, SealFailed, Token

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
MOST_CALLERS = 256


class Caller(msgspec.Struct):
    """One workstation: what came of its last try, and until when (monotonic) it must wait."""

    names: tuple[str, ...] = ()
    failed: SealFailed | None = None
    wrong: int = 0
    until: float = 0.0

    def failing(self, failed: SealFailed, clock: float) -> None:
        """A try went wrong; only a wrong phrase costs a pause, which doubles."""
        self.failed = failed
        if failed.code == "seal.wrong_phrase":
            self.until = clock + min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.wrong)
            self.wrong = min(self.wrong + 1, 10)


class Opening:
    """What this process knows of tries to open the post."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callers: dict[str, Caller] = {}
        self.step: Step | None = None

    def caller(self, address: str) -> Caller:
        """What is known of this workstation."""
        with self._lock:
            while len(self._callers) >= MOST_CALLERS and address not in self._callers:
                del self._callers[next(iter(self._callers))]
            return self._callers.setdefault(address, Caller())

    def pause(self, address: str) -> int:
        """For how many seconds this workstation must still wait."""
        left = self.caller(address).until - time.monotonic()
        return int(left) + 1 if left > 0 else 0

    def begin(
        self, home: NodeHome, phrases: Sequence[Phrase], token: Token | None, address: str
    ) -> bool:
        """Try, in a thread; False where somebody's try is under way."""
        caller = self.caller(address)
        with self._lock:
            if self.step is not None:
                return False
            self.step = Step.PHRASES
        caller.names = tuple(each.officer for each in phrases)
        caller.failed = None
        trying = threading.Thread(
            target=self._try, args=(home, phrases, token, caller), name="unseal", daemon=True
        )
        trying.start()
        return True

    def _try(
        self, home: NodeHome, phrases: Sequence[Phrase], token: Token | None, caller: Caller
    ) -> None:
        try:
            unseal(home, phrases, token, self._tell)
        except SealFailed as failed:
            logger.warning("the post stays sealed: %s", failed.code)
            caller.failing(failed, time.monotonic())
        except (OSError, HashingError, MemoryError) as error:
            # A full disk, or too little memory for the one thing here that needs much.
            logger.exception("the post could not be opened")
            caller.failed = SealFailed("seal.not_opened", reason=str(error))
        else:
            logger.info("the post is open")
        finally:
            self.step = None

    def _tell(self, step: Step) -> None:
        self.step = step
