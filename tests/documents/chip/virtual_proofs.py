"""How a chip of our own proves that it is no copy: active and chip authentication written a second time."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from math import ceil

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openmidas.documents.chip.curves import Curve
from tests.documents.chip.made import bits, num, oid, seq, tlv
from tests.documents.chip.virtual_keys import Keys, jacobian, many, plain

Active = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
ENDS = {"sha1": "BC", "sha224": "38CC", "sha256": "34CC", "sha384": "36CC", "sha512": "35CC"}
PLAIN = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
CIPHERS = {"3DES": 1, "AES-128": 2, "AES-192": 3, "AES-256": 4}
DONE, UNKNOWN = b"\x90\x00", b"\x6d\x00"
PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
"""The group of 1024 bits of RFC 2409, 6.2, whose generator is 2."""


def group_15(key: Active) -> bytes:
    """DG15."""
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return tlv(0x6F, info)


def group_14(*infos: bytes) -> bytes:
    """DG14."""
    return tlv(0x6E, tlv(0x31, *infos))


def active_info(name: str) -> bytes:
    """ActiveAuthenticationInfo with ecdsa-plain."""
    return seq(oid("2.23.136.1.1.5"), num(1), oid(f"0.4.0.127.0.7.1.1.4.1.{PLAIN[name]}"))


def chip_info(cipher: str, agreement: int = 2, *key_id: int) -> bytes:
    """ChipAuthenticationInfo."""
    kind = oid(f"0.4.0.127.0.7.2.2.3.{agreement}.{CIPHERS[cipher]}")
    return seq(kind, num(1), *map(num, key_id))


def message_for(
    size: int, challenge: bytes, name: str = "sha1", given: bytes | None = None
) -> bytes:
    """What RSA signs: ISO/IEC 9796-2, scheme 1, as Doc 9303-11 has it."""
    end = bytes.fromhex(ENDS[name])
    room = size - 1 - hashlib.new(name).digest_size - len(end)
    given = os.urandom(room) if given is None else given
    head = "6A" if len(given) == room else "6B" + "BB" * (room - len(given) - 1) + "BA"
    return bytes.fromhex(head) + given + hashlib.new(name, given + challenge).digest() + end


def power(key: rsa.RSAPrivateKey, message: bytes) -> bytes:
    """The private half of RSA, with nothing around it."""
    numbers = key.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(message), numbers.d, n).to_bytes(n.bit_length() // 8)


def signed(key: Active, challenge: bytes, name: str = "sha1") -> bytes:
    """The answer to a challenge."""
    if isinstance(key, rsa.RSAPrivateKey):
        return power(key, message_for(key.key_size // 8, challenge, name))
    r, s = decode_dss_signature(key.sign(challenge, ec.ECDSA(getattr(hashes, name.upper())())))
    size = ceil(key.curve.key_size / 8)
    return r.to_bytes(size) + s.to_bytes(size)


@dataclass
class OnCurve:
    """The chip's key for agreeing, on a curve."""

    curve: Curve
    number: int = field(default_factory=lambda: int.from_bytes(os.urandom(23)))
    agreement = 2

    def info(self, *key_id: int) -> bytes:
        """ChipAuthenticationPublicKeyInfo."""
        point = plain(self.curve, many(self.curve, self.number, self._base))
        named = seq(oid("1.2.840.10045.2.1"), oid(self.curve.oid))
        return seq(oid("0.4.0.127.0.7.2.2.1.2"), seq(named, bits(point)), *map(num, key_id))

    def shared(self, public: bytes) -> bytes:
        """The secret with who sent a public key."""
        found = plain(self.curve, many(self.curve, self.number, jacobian(self.curve, public)))
        return found[1 : 1 + self.curve.size]

    @property
    def _base(self) -> tuple[int, int, int]:
        return self.curve.x, self.curve.y, 1


@dataclass
class InNumbers:
    """The chip's key for agreeing, by Diffie and Hellman."""

    number: int = field(default_factory=lambda: int.from_bytes(os.urandom(64)))
    pkcs: bool = False
    agreement = 1

    def info(self, *key_id: int) -> bytes:
        """ChipAuthenticationPublicKeyInfo."""
        kind = seq(oid("1.2.840.10046.2.1"), seq(num(PRIME), num(2), num(PRIME // 2)))
        if self.pkcs:
            kind = seq(oid("1.2.840.113549.1.3.1"), seq(num(PRIME), num(2), num(512)))
        key = seq(kind, bits(num(pow(2, self.number, PRIME))))
        return seq(oid("0.4.0.127.0.7.2.2.1.1"), key, *map(num, key_id))

    def shared(self, public: bytes) -> bytes:
        """The secret with who sent a public key."""
        return pow(int.from_bytes(public), self.number, PRIME).to_bytes(128)


@dataclass
class Prover:
    """What a chip answers when it is asked. A copy is made by leaving out a key, or by another one."""

    active: Active | None = None
    name: str = "sha1"
    own: OnCurve | InNumbers | None = None
    key_id: int | None = None
    refusal: bytes = UNKNOWN
    agreed: Keys | None = None
    cipher: str = "3DES"
    challenges: list[bytes] = field(default_factory=list)

    def answer(self, ins: int, p2: int, data: bytes) -> bytes:
        """INTERNAL AUTHENTICATE, MSE:Set KAT, MSE:Set AT, GENERAL AUTHENTICATE."""
        if ins == 0x88:
            self.challenges.append(data)
            return signed(self.active, data, self.name) + DONE if self.active else self.refusal
        if self.own is None:
            return self.refusal
        said = _parts(data)
        if ins == 0x22 and said.get(0x84) != (
            None if self.key_id is None else bytes((self.key_id,))
        ):
            return b"\x6a\x88"
        if ins == 0x22 and p2 == 0xA6:
            self.agreed = Keys("3DES", self.own.shared(said[0x91]))
            return DONE
        if ins == 0x22:
            wanted = said[0x80]
            start = oid(f"0.4.0.127.0.7.2.2.3.{self.own.agreement}.1")[2:-1]
            self.cipher = next(name for name, end in CIPHERS.items() if end == wanted[-1])
            return DONE if wanted[:-1] == start else b"\x6a\x80"
        self.agreed = Keys(self.cipher, self.own.shared(_parts(said[0x7C])[0x80]))
        return b"\x7c\x00" + DONE


def _parts(data: bytes) -> dict[int, bytes]:
    from tests.documents.chip.virtual import parts

    return parts(data)
