"""A State's authority, a signer of seals, and seals that they made."""

from __future__ import annotations

import functools
import json
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.seals import (
    Trust,
    VdsFeature,
    header_for,
    load_certificate,
    message_of,
    profile_named,
    write_vds,
)
from openmidas.documents.seals.certificates import VDSNC_USE
from tests.documents.chip.made import certify

DATA = Path(__file__).parents[1] / "data" / "seals"
SIGNED = date(2026, 11, 25)
VISA_ZONE = (
    "VCMLIDIALLO<<MAMADOU".ljust(36, "<") + "\n" + "L898902C36MLI7408122M2704151".ljust(36, "<")
)
VISA = {
    "mrz_b": VISA_ZONE,
    "entries": "2",
    "duration_of_stay": "P0Y0M90D",
    "passport_number": "B0123456",
}
STAMP_FIELDS = {
    "number": "CY3Z10C1SK",
    "at": "2026-11-25T14:05:09+01:00",
    "direction": "entry",
    "stay_until": "2027-02-22",
    "document_ends_in": "4711",
    "post": "Kourémalé",
}


@functools.cache
def key(which: int = 1, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    """A private key, always the same."""
    return ec.derive_private_key(9303 + which, curve())


def certificate(
    of: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey | None = None,
    *,
    name: str = "PF",
    years: tuple[int, int] = (2026, 2031),
    authority: bool = False,
    for_vdsnc: bool = True,
) -> Certificate:
    """A certificate of a key, of Mali; signed by itself where ``by`` is not given."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name("CSCA" if authority else name))
        .issuer_name(_name("CSCA"))
        .public_key(of.public_key())
        .serial_number(0x1F)
        .not_valid_before(datetime(years[0], 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(years[1], 1, 1, tzinfo=UTC))
    )
    if authority:
        builder = builder.add_extension(x509.BasicConstraints(True, None), critical=True)
    elif for_vdsnc:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([x509.ObjectIdentifier(VDSNC_USE)]), critical=True
        )
    made = builder.sign(by or of, hashes.SHA256())
    return load_certificate(made.public_bytes(Encoding.DER))


def signer_of_vdsnc(subject: bytes, of: bytes) -> tuple[Certificate, Certificate]:
    """The certificate of ``key()``, for signing VDS-NC, and of the authority ``of`` that made it."""
    state = certify(of, key(2), authority=True)
    signer = certify(subject, key(), state, serial=0x1F, purposes=(VDSNC_USE,))
    return load_certificate(signer.certificate), load_certificate(state.certificate)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ML"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@functools.cache
def seal(
    kind: str = "visa", curve: type[ec.EllipticCurve] = ec.SECP256R1, extra: bytes = b""
) -> bytes:
    """A seal of Mali, signed on the 25th of November 2026."""
    profile = profile_named(kind)
    assert profile is not None
    signs = key(curve=curve)
    message = message_of(profile, VISA if kind == "visa" else STAMP_FIELDS)
    if extra:
        message += (VdsFeature(0x63, extra),)
    header = header_for(profile, certificate(signs), issuer="MLI", issued=SIGNED, signed=SIGNED)
    return write_vds(header, message, signs)


@functools.cache
def vectors() -> dict[str, bytes]:
    """The seals of vdstools."""
    told = json.loads((DATA / "vds.json").read_text(encoding="utf-8"))
    return {name: bytes.fromhex(seal) for name, seal in told.items()}


@functools.cache
def vector_trust() -> Trust:
    """Their certificates, believed as they are."""
    told = json.loads((DATA / "vds-certs.json").read_text(encoding="utf-8"))
    return Trust(signers=tuple(load_certificate(bytes.fromhex(one)) for one in told.values()))


@functools.cache
def australian() -> dict[str, str]:
    """Seals and authority of Australia."""
    told: dict[str, str] = json.loads((DATA / "vdsnc-au.json").read_text(encoding="utf-8"))
    return told
