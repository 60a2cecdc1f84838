"""Making a visible digital seal: the way back of `read_vds` and `contents_of`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from openmidas.documents.chip.algorithms import Digest
from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.chip.seal_signers import reference_of, signer_of
from openmidas.documents.seals.certificates import (
    digest_for,
    in_force,
)
from openmidas.documents.seals.problems import CannotSeal
from openmidas.documents.seals.profiles import Profile
from openmidas.documents.seals.values import NotAValue, write_value
from openmidas.documents.seals.vds import VdsFeature, VdsHeader, with_signature, write_unsigned

SIGNER_LETTERS = 4
_HASHES: Mapping[Digest, hashes.HashAlgorithm] = {
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def header_for(
    profile: Profile, certificate: Certificate, *, issuer: str, issued: date, signed: date
) -> VdsHeader:
    """The header of a seal that is signed with this certificate's key. Raises `CannotSeal`.

    Signer and reference come from the certificate: country and common name, two letters each, and the
    serial number. It must be in force on the day of signing.
    """
    signer = signer_of(certificate)
    if len(signer) != SIGNER_LETTERS:
        raise CannotSeal("certificate", "name")
    if not in_force(certificate, signed):
        raise CannotSeal("certificate", "not_in_force")
    return VdsHeader(
        issuer=issuer,
        signer=signer,
        reference=reference_of(certificate),
        issued=issued,
        signed=signed,
        features=int(profile.type_code[:2], 16),
        category=int(profile.type_code[2:], 16),
    )


def message_of(profile: Profile, fields: Mapping[str, str]) -> tuple[VdsFeature, ...]:
    """The features of a kind of seal, by their names. Raises `CannotSeal`."""
    known = {one.name for one in profile.features}
    for name in fields:
        if name not in known:
            raise CannotSeal(name, "unknown")
    if profile.one_of and len(known.intersection(profile.one_of, fields)) != 1:
        raise CannotSeal(profile.one_of[0], "missing")
    features = []
    for one in profile.features:
        if one.name in fields:
            try:
                features.append(VdsFeature(one.tag, write_value(one.coding, fields[one.name])))
            except NotAValue as error:
                raise CannotSeal(one.name, "value") from error
        elif one.required:
            raise CannotSeal(one.name, "missing")
    return tuple(features)


def write_vds(
    header: VdsHeader, message: tuple[VdsFeature, ...], key: ec.EllipticCurvePrivateKey
) -> bytes:
    """The bytes of a seal, signed. Raises `CannotSeal`."""
    covered = write_unsigned(header, message)
    size = (key.key_size + 7) // 8
    r, s = decode_dss_signature(key.sign(covered, ec.ECDSA(_HASHES[digest_for(key.key_size)])))
    return with_signature(covered, r.to_bytes(size) + s.to_bytes(size))
