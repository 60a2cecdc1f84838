"""Public keys as certificates and chips give them, and what they verify."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from openmidas.documents.chip.algorithms import Digest, Scheme, digest
from openmidas.documents.chip.asn1 import LONGEST_OF_KEY, OID, bits, members, number, octets, oid
from openmidas.documents.chip.curve_table import BY_OID, BY_PRIME
from openmidas.documents.chip.curves import Curve, is_on, verifies
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import Tlv, read_one

_RSA_KEYS = ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10")
_EC_KEY = "1.2.840.10045.2.1"
_PRIME_FIELD = "1.2.840.10045.1.1"
_LEAST_RSA, _MOST_RSA = 1024, 8192
_MOST_EXPONENT_BITS = 64
_HASHES: Mapping[Digest, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303  passports of ten years ago are signed with it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_LIBRARY: Mapping[str, ec.EllipticCurve] = {
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}


class RsaKey(msgspec.Struct, frozen=True):
    """An RSA public key."""

    modulus: int
    exponent: int

    @property
    def text(self) -> str:
        """For people: ``RSA 4096``."""
        return f"RSA {self.modulus.bit_length()}"


class EcKey(msgspec.Struct, frozen=True):
    """A point of a named curve. ``explicit``: the certificate spelled the curve out."""

    curve: Curve
    x: int
    y: int
    explicit: bool = False

    @property
    def text(self) -> str:
        """For people: ``brainpoolP256r1``."""
        return self.curve.name


PublicKey = RsaKey | EcKey


def read_key(info: bytes) -> PublicKey:
    """A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). Raises `Unreadable`."""
    algorithm, key = members(read_one(info), 2)[:2]
    parts = members(algorithm, 1)
    kind = oid(parts[0])
    if kind in _RSA_KEYS:
        return _rsa(bits(key))
    if kind == _EC_KEY and len(parts) > 1:
        curve, explicit = _curve(parts[1])
        x, y = read_point(curve, bits(key))
        return EcKey(curve, x, y, explicit)
    raise Unreadable("algorithm_unknown", oid=kind)


def verify(key: PublicKey, scheme: Scheme, signature: bytes, data: bytes) -> bool:
    """Whether a signature over some bytes is of this key. Raises `Unreadable` where nobody can tell."""
    try:
        if isinstance(key, RsaKey) and scheme.kind != "ecdsa":
            return _verify_rsa(key, scheme, signature, data)
        if isinstance(key, EcKey) and scheme.kind == "ecdsa":
            return _verify_ec(key, scheme, signature, data)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError) as error:
        raise Unreadable("key_not_allowed", reason=str(error)[:100]) from error
    return False


def _verify_rsa(key: RsaKey, scheme: Scheme, signature: bytes, data: bytes) -> bool:
    way: padding.AsymmetricPadding = padding.PKCS1v15()
    if scheme.kind == "pss":
        way = padding.PSS(padding.MGF1(_HASHES[scheme.mask]), scheme.salt)
    public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
    public.verify(signature, data, way, _HASHES[scheme.digest])
    return True


def _verify_ec(key: EcKey, scheme: Scheme, signature: bytes, data: bytes) -> bool:
    library = _LIBRARY.get(key.curve.name)
    if library is not None:
        public = ec.EllipticCurvePublicNumbers(key.x, key.y, library).public_key()
        public.verify(signature, data, ec.ECDSA(_HASHES[scheme.digest]))
        return True
    try:
        r, s = (number(part, LONGEST_OF_KEY) for part in members(read_one(signature), 2))
    except (Unreadable, ValueError):
        return False
    return verifies(key.curve, (key.x, key.y), r, s, digest(scheme.digest, data))


def _rsa(key: bytes) -> RsaKey:
    modulus, exponent = (number(part, LONGEST_OF_KEY) for part in members(read_one(key), 2)[:2])
    fitting = _LEAST_RSA <= modulus.bit_length() <= _MOST_RSA and modulus > 0
    if not fitting or not 2 < exponent < 1 << _MOST_EXPONENT_BITS:
        raise Unreadable("key_not_allowed", reason=f"RSA {modulus.bit_length()}")
    return RsaKey(modulus, exponent)


def _curve(parameters: Tlv) -> tuple[Curve, bool]:
    """The named curve that the parameters name, or spell out to the last figure."""
    if parameters.tag == OID:
        named = BY_OID.get(oid(parameters))
        if named is None:
            raise Unreadable("curve_unknown", curve=oid(parameters))
        return named, False
    _version, field, curve, base, order, *_cofactor = members(parameters, 5)
    kind, prime = members(field, 2)[:2]
    a, b = (int.from_bytes(octets(part)) for part in members(curve, 2)[:2])
    found = BY_PRIME.get(number(prime, LONGEST_OF_KEY)) if oid(kind) == _PRIME_FIELD else None
    if found is None:
        raise Unreadable("curve_unknown", curve=oid(kind))
    generator = read_point(found, octets(base))
    if (a, b, *generator, number(order, LONGEST_OF_KEY)) != (
        found.a,
        found.b,
        found.x,
        found.y,
        found.n,
    ):
        raise Unreadable("curve_unknown", curve=f"≠ {found.name}")
    return found, True


def read_point(curve: Curve, encoded: bytes) -> tuple[int, int]:
    """A point as SEC 1, 2.3.4 writes it, compressed or not. Raises `Unreadable`."""
    x = int.from_bytes(encoded[1 : 1 + curve.size])
    if len(encoded) == 1 + 2 * curve.size and encoded[0] == 4:
        y = int.from_bytes(encoded[1 + curve.size :])
    elif len(encoded) == 1 + curve.size and encoded[0] in (2, 3) and curve.p % 4 == 3:
        y = pow(x**3 + curve.a * x + curve.b, (curve.p + 1) // 4, curve.p)
        y = y if y & 1 == encoded[0] & 1 else curve.p - y
    else:
        raise Unreadable("point_not_allowed")
    if not is_on(curve, x, y):
        raise Unreadable("point_not_allowed")
    return x, y
