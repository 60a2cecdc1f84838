"""Bytes that are read from one end, and numbers that take as many of them as they need."""

from __future__ import annotations

from openmidas.journal.shapes import scalar_end

_LONGEST_VARINT = 10


class Bytes:
    """Bytes that are read from one end. Raises `ValueError` where there are not enough."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.raw):
            raise ValueError("cut off")
        taken = self.raw[self.at : end]
        self.at = end
        return taken

    def varint(self) -> int:
        number = self.raw[self.at] if self.at < len(self.raw) else 0x80
        if number < 0x80:
            self.at += 1
            return number
        number = shift = 0
        for byte in self.raw[self.at : self.at + _LONGEST_VARINT]:
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
        raise ValueError("a number that does not end")

    def signed(self) -> int:
        number = self.varint()
        return number >> 1 if number & 1 == 0 else -(number >> 1) - 1

    def signeds(self, count: int) -> list[int]:
        """So many numbers of either sign, as `signed` reads one: most of a frame's work is these."""
        raw, at, numbers = self.raw, self.at, []
        try:
            for _ in range(count):
                number = raw[at]
                start, at = at, at + 1
                if number >= 0x80:
                    number &= 0x7F
                    shift = 0
                    more = True
                    while more:
                        byte = raw[at]
                        at, shift = at + 1, shift + 7
                        number |= (byte & 0x7F) << shift
                        more = byte >= 0x80
                        if more and at - start >= _LONGEST_VARINT:
                            raise ValueError("a number that does not end")
                numbers.append(number >> 1 if number & 1 == 0 else -(number >> 1) - 1)
        except IndexError as error:
            raise ValueError("a number that does not end") from error
        self.at = at
        return numbers

    def scalar(self) -> bytes:
        at = self.at
        first = self.raw[at] if at < len(self.raw) else 0
        if 0xA0 <= first < 0xC0:  # a short text, as most are
            return self.take(first - 0x9F)
        try:
            end = scalar_end(self.raw, at)
        except IndexError as error:
            raise ValueError("cut off") from error
        return self.take(end - at)

    @property
    def done(self) -> bool:
        return self.at == len(self.raw)


def varint(number: int) -> bytes:
    """A number of 0 and above, seven bits a byte, the lowest first."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def signed(number: int) -> bytes:
    """A number of either sign: small ones of both are short."""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)
