"""The frames in which readers on a serial line send what they have read.

Two makers' ways, told apart by their first byte, so that nothing has to be set. They are written after what
is known of the makers' protocols, and have not been tried on a device:

* DESKO: ``STX line CR line CR [line CR] ETX``; what stands between ETX and the next STX (marks of the
  beginning and the end of data, which are settings of the reader) is passed over;
* Elyctis: ``I`` (0x49), two bytes for the length, the high one first, then so many bytes. A length of zero
  says that nothing was read. Answers to commands have another letter and are passed over byte by byte.

Nothing of it proves anything: a frame that lost a byte gives text in which no check digit fits. The counter's
page has the same rules in JavaScript (`static/crossings/frames.js`), held to the same examples.
"""

from __future__ import annotations

STX, ETX, ELYCTIS = 0x02, 0x03, 0x49
LONGEST = 512
"""Bytes in a frame. No zone has as many; what claims more is no frame."""


class Frames:
    """Takes bytes as they come, in pieces of any size, and gives the texts of whole frames.

    Never raises, and keeps at most `LONGEST` bytes and a few more.
    """

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """The texts that these bytes complete, in order; bytes that are no ASCII become ``?``."""
        texts = []
        for byte in data:
            self._kept.append(byte)
            text = self._whole()
            if text:
                texts.append(text)
        return texts

    def forget(self) -> None:
        """The line was silent for a second: what came before belongs to a frame that broke off."""
        self._kept.clear()

    def _whole(self) -> str:
        """The text, if the bytes kept are a frame; drops what cannot become one."""
        kept = self._kept
        if kept[0] == STX:
            if kept[-1] == STX:  # a new frame begins: the one before it broke off
                del kept[:-1]
            elif kept[-1] == ETX:
                return self._take(1, -1)
            elif len(kept) > LONGEST:
                kept.clear()
        elif kept[0] == ELYCTIS:
            length = kept[1] << 8 | kept[2] if len(kept) > 2 else 0
            if length > LONGEST:
                kept.clear()
            elif len(kept) > 2 and len(kept) == 3 + length:
                return self._take(3, None)
        else:
            kept.clear()
        return ""

    def _take(self, start: int, stop: int | None) -> str:
        text = bytes(self._kept[start:stop])
        self._kept.clear()
        return text.decode("ascii", "replace").replace("\ufffd", "?")
