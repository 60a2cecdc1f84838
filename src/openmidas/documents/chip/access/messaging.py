"""Secure messaging: every command and answer enciphered and sealed (Doc 9303-11, 9.8)."""

from __future__ import annotations

import hmac

from openmidas.documents.chip.access.ciphers import Suite, pad, unpad
from openmidas.documents.chip.access.commands import (
    EXTENDED_MOST,
    OK,
    SHORT_MOST,
    Answer,
    Command,
    written_value,
)
from openmidas.documents.chip.access.line import Line, refused
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import Tlv, read_all

_SECURE = 0x0C
_PADDED, _PLAIN_TAGS, _EXPECTED, _STATUS, _SEAL = 0x87, 0x85, 0x97, 0x99, 0x8E
_PADDING_SAID = b"\x01"
_MOST_PARTS = 3


class SecureLine:
    """A line on which everything is sealed. What is not sealed, or not rightly, ends it."""

    def __init__(self, line: Line, suite: Suite, counter: int) -> None:
        """`counter`: where the counter of messages begins (zero after PACE)."""
        self._line, self._suite, self._counter = line, suite, counter
        self._over = False

    def send(self, command: Command) -> Answer:
        """The answer, opened. Raises `Unreadable`: ``messaging_lost``, ``messaging_wrong``, the line's."""
        if self._over:
            raise Unreadable("messaging_lost")
        self._over = True  # until it has gone well
        answer = self._line.send(self._sealed(command))
        if not answer.data:
            raise Unreadable("messaging_lost")
        opened = self._opened(answer, command)
        self._over = False
        return opened

    def ask(self, command: Command) -> bytes:
        """The data of an answer that went well. Raises `Unreadable`, also ``chip_refused``."""
        answer = self.send(command)
        if answer.status != OK:
            raise refused(answer.status)
        return answer.data

    @property
    def over(self) -> bool:
        """Whether nothing goes over it any more."""
        return self._over

    def renewed(self, suite: Suite) -> SecureLine:
        """The same line under other keys, counted from the beginning. This one is over."""
        self._over = True
        return SecureLine(self._line, suite, 0)

    def _next(self) -> bytes:
        self._counter = (self._counter + 1) % (1 << 8 * self._suite.block)
        return self._counter.to_bytes(self._suite.block)

    def _sealed(self, command: Command) -> Command:
        counter, block = self._next(), self._suite.block
        header = bytes((command.cla | _SECURE,)) + command.header[1:]
        body = b""
        if command.data:
            secret = self._suite.encrypt(pad(command.data, block), self._suite.vector(counter))
            odd = command.ins & 1
            body += (
                written_value(_PLAIN_TAGS, secret)
                if odd
                else written_value(_PADDED, _PADDING_SAID + secret)
            )
        if command.expected:
            short = command.expected <= SHORT_MOST
            size, bound = (1, 0xFF) if short else (2, 0xFFFF)
            body += written_value(_EXPECTED, (command.expected & bound).to_bytes(size))
        sealed = counter + pad(header, block) + (pad(body, block) if body else b"")
        body += written_value(_SEAL, self._suite.mac(sealed))
        most = EXTENDED_MOST if command.expected > SHORT_MOST else SHORT_MOST
        return Command(header[0], command.ins, command.p1, command.p2, body, most)

    def _opened(self, answer: Answer, command: Command) -> Answer:
        counter = self._next()
        parts = self._parts(answer.data)
        seal = parts.pop().value
        body = b"".join(part.raw for part in parts)
        right = self._suite.mac(counter + pad(body, self._suite.block))
        if not hmac.compare_digest(seal, right):
            raise Unreadable("messaging_wrong")
        status = int.from_bytes(parts.pop().value)
        if status != answer.status:
            raise Unreadable("messaging_wrong")
        data = self._data(parts[0], counter) if parts else b""
        if len(data) > command.expected:
            raise Unreadable("messaging_wrong")
        return Answer(data, status)

    def _parts(self, data: bytes) -> list[Tlv]:
        """Data perhaps, a status, a seal, in this order and nothing else."""
        try:
            parts = list(read_all(data))
        except Unreadable:
            raise Unreadable("messaging_wrong") from None
        tags = [part.tag for part in parts]
        if (
            not 2 <= len(parts) <= _MOST_PARTS
            or tags[-2:] != [_STATUS, _SEAL]
            or any(tag not in (_PADDED, _PLAIN_TAGS) for tag in tags[:-2])
            or len(parts[-2].value) != 2
        ):
            raise Unreadable("messaging_wrong")
        return parts

    def _data(self, part: Tlv, counter: bytes) -> bytes:
        secret = part.value
        if part.tag == _PADDED:
            if secret[:1] != _PADDING_SAID:
                raise Unreadable("messaging_wrong")
            secret = secret[1:]
        if not secret or len(secret) % self._suite.block:
            raise Unreadable("messaging_wrong")
        data = unpad(self._suite.decrypt(secret, self._suite.vector(counter)))
        if data is None:
            raise Unreadable("messaging_wrong")
        return data
