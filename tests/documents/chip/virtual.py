"""A chip of our own, on the other side of the line: BAC, PACE and secure messaging written a second time.

Nothing here uses what it tests; keys, MACs and points are those of `virtual_keys`, values those of `made`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from openmidas.documents.chip.curve_table import BY_PRIME
from openmidas.documents.chip.curves import Curve
from tests.documents.chip.made import num, oid, seq, tlv
from tests.documents.chip.virtual_keys import Jacobian, Keys, jacobian, many, plain, plus, sha1
from tests.documents.chip.virtual_proofs import Prover

ZONE_PASSWORD = "L898902C3674081223204153"
CAN = "123456"
CARD_ACCESS = 0x011C
APPLICATION = bytes.fromhex("A0000002471001")
OK, WRONG, ABSENT, DENIED = b"\x90\x00", b"\x63\x00", b"\x6a\x82", b"\x69\x82"
PACE = {"3DES": 1, "AES-128": 2, "AES-192": 3, "AES-256": 4}
CURVES = {12: "secp256r1", 13: "brainpoolP256r1", 15: "secp384r1", 17: "brainpoolP512r1"}


def by_name(name: str) -> Curve:
    return next(curve for curve in BY_PRIME.values() if curve.name == name)


def pace_info(cipher: str, parameters: int, mapping: int = 2) -> bytes:
    """A PACEInfo."""
    return seq(oid(f"0.4.0.127.0.7.2.2.4.{mapping}.{PACE[cipher]}"), num(2), num(parameters))


def card_access(*infos: bytes) -> bytes:
    return tlv(0x31, *infos)


def files_of(groups: dict[int, bytes], sod: bytes, *infos: bytes) -> dict[int, bytes]:
    """The files of a chip by their numbers."""
    tags = bytes.fromhex("617563766566676869 6A6B6C6D6E6F")
    listed = tlv(0x5C, bytes(tags[one - 1] for one in groups))
    com = tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"), listed)
    files = {0x011E: com, 0x011D: sod} | {0x0100 + one: file for one, file in groups.items()}
    return files | ({CARD_ACCESS: card_access(*infos)} if infos else {})


@dataclass
class Asked:
    """A command, taken apart."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    expected: int

    @classmethod
    def of(cls, raw: bytes) -> Asked:
        cla, ins, p1, p2 = raw[:4]
        body = raw[4:]
        if not body:
            return cls(cla, ins, p1, p2, b"", 0)
        if body[0] or len(body) == 1:
            size, width, rest = body[0], 1, body[1:]
        else:
            size, width, rest = int.from_bytes(body[1:3]), 2, body[3:]
        if not rest:
            return cls(cla, ins, p1, p2, b"", size or 256)
        data, asked = rest[:size], rest[size:]
        assert len(data) == size
        assert len(asked) in (0, width)
        most = 256 if width == 1 else 65536
        return cls(cla, ins, p1, p2, data, (int.from_bytes(asked) or most) if asked else 0)


def parts(data: bytes) -> dict[int, bytes]:
    """Values of one level, all with short tags."""
    found = {}
    while data:
        tag, size, data = data[0], data[1], data[2:]
        if size & 0x80:
            many_bytes = size & 0x7F
            size, data = int.from_bytes(data[:many_bytes]), data[many_bytes:]
        found[tag], data = data[:size], data[size:]
    return found


@dataclass
class VirtualChip:
    """Call it with a command. ``bend``: changes an answer on its way out, by the number of the command."""

    files: dict[int, bytes]
    zone: str = ZONE_PASSWORD
    can: str = CAN
    bac: bool = True
    bend: Callable[[int, bytes], bytes] = lambda _number, answer: answer
    bend_point: Callable[[bytes], bytes] = lambda point: point
    prover: Prover | None = None
    numbers: list[int] = field(default_factory=list)
    nonce: bytes = b""
    log: list[bytes] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys: Keys | None = None
        self.counter = 0
        self.selected: int | None = None
        self.inside = False
        self.challenge = b""
        self.state: dict[str, object] = {}

    def __call__(self, raw: bytes) -> bytes:
        self.log.append(raw)
        asked = Asked.of(raw)
        answer = self.secure(asked) if asked.cla & 0x0C else self.open(asked)
        assert len(answer) - 2 <= max(asked.expected, 0), (raw.hex(), len(answer))
        self.said.append(answer)
        return self.bend(len(self.log), answer)

    def open(self, asked: Asked) -> bytes:
        """A command that is not sealed."""
        if asked.ins == 0x84:
            self.challenge = os.urandom(8)
            return self.challenge + OK
        if asked.ins == 0x82:
            return self.external(asked.data)
        if asked.ins == 0x22:
            return self.chosen(parts(asked.data))
        if asked.ins == 0x86:
            return self.general(parts(parts(asked.data)[0x7C]))
        if asked.ins == 0xA4 and asked.p1 == 4:
            self.inside = asked.data == APPLICATION
            return OK if self.inside else ABSENT
        open_to_all = self.selected == CARD_ACCESS or int.from_bytes(asked.data) == CARD_ACCESS
        return self.inner(asked) if open_to_all and not self.inside else DENIED

    def inner(self, asked: Asked) -> bytes:
        """SELECT and READ BINARY, and what proves that it is no copy."""
        if self.prover and asked.ins in (0x22, 0x86, 0x88):
            return self.prover.answer(asked.ins, asked.p2, asked.data)
        if asked.ins == 0xA4 and asked.p1 == 4:
            return OK if asked.data == APPLICATION else ABSENT
        if asked.ins == 0xA4:
            number = int.from_bytes(asked.data)
            self.selected = number if number in self.files else None
            return OK if self.selected else ABSENT
        if asked.ins not in (0xB0, 0xB1) or self.selected is None:
            return b"\x6d\x00"
        file = self.files[self.selected]
        if asked.ins == 0xB0:
            place = asked.p1 << 8 | asked.p2
            return file[place : place + asked.expected] + OK
        place = int.from_bytes(parts(asked.data)[0x54])
        return tlv(0x53, file[place : place + asked.expected - 4]) + OK

    def external(self, data: bytes) -> bytes:
        """BAC's own half."""
        if not self.bac or not self.challenge:
            return DENIED
        keys = Keys("3DES", sha1(self.zone)[:16])
        secret, seal = data[:32], data[32:]
        if keys.mac(keys.filled(secret)) != seal:
            return WRONG
        opened = keys.cbc(bytes(8)).decryptor().update(secret)
        if opened[8:16] != self.challenge:
            return WRONG
        part = os.urandom(16)
        theirs = self.challenge + opened[:8] + part
        answer = keys.cbc(bytes(8)).encryptor().update(theirs)
        shared = bytes(a ^ b for a, b in zip(part, opened[16:], strict=True))
        self.keys, self.inside = Keys("3DES", shared), True
        self.counter = int.from_bytes(self.challenge[4:] + opened[4:8])
        return answer + keys.mac(keys.filled(answer)) + OK

    def chosen(self, said: dict[int, bytes]) -> bytes:
        """MSE:Set AT."""
        cipher = next(
            (
                name
                for name, end in PACE.items()
                if tlv(6, said[0x80]) == oid(f"0.4.0.127.0.7.2.2.4.2.{end}")
            ),
            None,
        )
        offered = [
            number
            for number in CURVES
            if cipher and pace_info(cipher, number) in self.files.get(CARD_ACCESS, b"")
        ]
        if 0x84 in said:
            offered = [one for one in offered if one == said[0x84][0]]
        if cipher is None or len(offered) != 1:
            return b"\x6a\x80"
        password = sha1(self.zone) if said[0x83] == b"\1" else self.can.encode()
        self.state = {
            "cipher": cipher,
            "curve": by_name(CURVES[offered[0]]),
            "oid": tlv(6, said[0x80]),
            "password": password,
        }
        return OK

    def general(self, said: dict[int, bytes]) -> bytes:
        """The four steps of PACE."""
        state = self.state
        if not state:
            return b"\x69\x85"
        curve, cipher = state["curve"], state["cipher"]
        assert isinstance(curve, Curve)
        assert isinstance(cipher, str)
        base = curve.x, curve.y, 1
        if not said:
            password = Keys(cipher, state["password"], single=3)  # type: ignore[arg-type]  # bytes
            size = 32 if cipher in ("AES-192", "AES-256") else 16
            nonce = self.nonce or os.urandom(size)
            state["nonce"] = int.from_bytes(nonce)
            secret = password.cbc(bytes(password.block)).encryptor().update(nonce)
            return tlv(0x7C, tlv(0x80, secret)) + OK
        if 0x81 in said:
            number = self.number(curve)
            shared = many(curve, number, jacobian(curve, said[0x81]))
            state["base"] = plus(curve, many(curve, state["nonce"], base), shared)  # type: ignore[arg-type]  # int
            mine = self.bend_point(plain(curve, many(curve, number, base)))
            return tlv(0x7C, tlv(0x82, mine)) + OK
        if 0x83 in said:
            number = self.number(curve)
            mapped: Jacobian = state["base"]  # type: ignore[assignment]  # put there a step before
            mine = plain(curve, many(curve, number, mapped))
            agreed = plain(curve, many(curve, number, jacobian(curve, said[0x83])))
            keys = Keys(cipher, agreed[1 : 1 + curve.size])
            state |= {"keys": keys, "mine": mine, "theirs": said[0x83]}
            return tlv(0x7C, tlv(0x84, mine)) + OK
        agreed_keys = state["keys"]
        assert isinstance(agreed_keys, Keys)
        mine_now, theirs = state["mine"], state["theirs"]
        if said[0x85] != self.token(agreed_keys, mine_now):
            return WRONG
        self.keys, self.counter = agreed_keys, 0
        return tlv(0x7C, tlv(0x86, self.token(agreed_keys, theirs))) + OK

    def token(self, keys: Keys, public: object) -> bytes:
        assert isinstance(public, bytes)
        kind = self.state["oid"]
        assert isinstance(kind, bytes)
        data = tlv(0x7F49, kind, tlv(0x86, public))
        return keys.mac(keys.filled(data) if keys.block == 8 else data)

    def number(self, curve: Curve) -> int:
        return self.numbers.pop(0) if self.numbers else int.from_bytes(os.urandom(40)) % curve.n

    def secure(self, asked: Asked) -> bytes:
        """A sealed command; anything wrong with it ends the session."""
        keys = self.keys
        if keys is None:
            return b"\x69\x88"
        self.counter += 1
        said = parts(asked.data)
        body = b"".join(tlv(tag, value) for tag, value in said.items() if tag != 0x8E)
        head = keys.filled(bytes((asked.cla, asked.ins, asked.p1, asked.p2)))
        sealed = self.counter.to_bytes(keys.block) + head + (keys.filled(body) if body else b"")
        if keys.mac(sealed) != said[0x8E]:
            self.keys = None
            return b"\x69\x88"
        secret = said.get(0x85) or said.get(0x87, b"")[1:]
        data = b""
        if secret:
            opened = keys.cbc(keys.start(self.counter)).decryptor().update(secret)
            data = opened.rstrip(b"\0")[:-1]
        expected = int.from_bytes(said.get(0x97, b""))
        expected = expected or (0 if 0x97 not in said else 256 if len(said[0x97]) == 1 else 65536)
        answer = self.inner(Asked(asked.cla, asked.ins, asked.p1, asked.p2, data, expected))
        said_now = self.sealed(keys, answer, odd=bool(asked.ins & 1))
        if self.prover and self.prover.agreed:
            self.keys, self.counter, self.prover.agreed = self.prover.agreed, 0, None
        return said_now

    def sealed(self, keys: Keys, answer: bytes, *, odd: bool = False) -> bytes:
        """An answer, sealed."""
        self.counter += 1
        data, status = answer[:-2], answer[-2:]
        body = b""
        if data:
            secret = keys.cbc(keys.start(self.counter)).encryptor().update(keys.filled(data))
            body = tlv(0x85, secret) if odd else tlv(0x87, b"\1" + secret)
        body += tlv(0x99, status)
        seal = keys.mac(self.counter.to_bytes(keys.block) + keys.filled(body))
        return body + tlv(0x8E, seal) + status
