"""VDS-NC, the seal for codes with room: JSON, with the certificate of who sealed it inside (Doc 9303-13)."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.seals.canonical import canonical, read_json
from openmidas.documents.seals.certificates import is_of, load_certificate
from openmidas.documents.seals.problems import CannotSeal, NotASeal

ALGORITHM = "ES256"
LONGEST = 16 * 1024
"""Bytes: several times what the largest code holds, for seals in a file."""
_SIZE = 32


class VdsNc(msgspec.Struct, frozen=True, kw_only=True, tag="vds-nc"):
    """A seal. ``kind``: such as "icao.vacc"; ``issuer``: without fillers; ``message``: what it says, as it
    came; ``covered``: the bytes that are signed; ``certificate`` in DER, of whoever claims to have signed."""

    kind: str
    version: int
    issuer: str
    message: dict[str, Any]
    algorithm: str
    certificate: bytes
    signature: bytes
    covered: bytes


def read_vdsnc(text: str) -> VdsNc:
    """Take a seal apart. Raises `NotASeal`."""
    if len(text) > LONGEST:
        raise NotASeal("seal_too_long", bytes=str(len(text)))
    whole = read_json(text)
    data, signed = _part(whole, "data", dict), _part(whole, "sig", dict)
    header, message = _part(data, "hdr", dict), _part(data, "msg", dict)
    if set(data) != {"hdr", "msg"} or set(whole) != {"data", "sig"}:
        raise NotASeal("part_unknown", "message")
    try:
        covered = canonical(data)
        canonical(signed)  # what has no such form could not be told to anybody either
    except ValueError as error:
        raise NotASeal("not_json", "message") from error
    return VdsNc(
        kind=_part(header, "t", str, "header"),
        version=_part(header, "v", int, "header"),
        issuer=_part(header, "is", str, "header").rstrip("<"),
        message=message,
        algorithm=_part(signed, "alg", str, "signature"),
        certificate=_bytes(_part(signed, "cer", str, "signature"), "certificate"),
        signature=_bytes(_part(signed, "sigvl", str, "signature"), "signature"),
        covered=covered,
    )


def write_vdsnc(
    *,
    kind: str,
    issuer: str,
    message: dict[str, Any],
    key: ec.EllipticCurvePrivateKey,
    certificate: Certificate,
    version: int = 1,
) -> str:
    """A seal, signed. Raises `CannotSeal`."""
    if not isinstance(key.curve, ec.SECP256R1):
        raise CannotSeal("key", "curve")
    if not is_of(certificate, key):
        raise CannotSeal("certificate", "not_of_this_key")
    data = {"hdr": {"is": issuer, "t": kind, "v": version}, "msg": message}
    try:
        covered = canonical(data)
    except ValueError as error:
        raise CannotSeal("message", "not_json") from error
    r, s = decode_dss_signature(key.sign(covered, ec.ECDSA(hashes.SHA256())))
    signed = {
        "alg": ALGORITHM,
        "cer": _text(certificate.der),
        "sigvl": _text(r.to_bytes(_SIZE) + s.to_bytes(_SIZE)),
    }
    text = canonical({"data": data, "sig": signed}).decode()
    if len(text) > LONGEST:
        raise CannotSeal("message", "too_long")
    return text


def _part(whole: Any, name: str, kind: type, zone: Any = "seal") -> Any:
    found = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(found, kind) or isinstance(found, bool):
        raise NotASeal("part_missing", zone, part=name)
    return found


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str, part: str) -> bytes:
    """Bytes in their one form: with the same bytes in another, a changed seal would pass as this one."""
    bare = text.rstrip("=") if len(text) % 4 == 0 else text
    try:
        data = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotASeal("part_malformed", "signature", part=part) from error
    if _text(data) != bare or not data:
        raise NotASeal("part_malformed", "signature", part=part)
    return data


def certificate_of(seal: VdsNc) -> Certificate | None:
    """The certificate inside; None where it is none."""
    try:
        return load_certificate(seal.certificate)
    except ValueError:
        return None
