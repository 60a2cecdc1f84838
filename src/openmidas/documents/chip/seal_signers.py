"""Certificates of seal signers (Doc 9303-13): a seal names its signer's and does not bring it along."""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.certificates import DIGITAL_SIGNATURE, Certificate

_COUNTRY, _COMMON_NAME = "2.5.4.6", "2.5.4.3"
_NAME = 4
"""Characters of a signer in the header of a seal: two of the State, two of its own."""
_ICAO, _SEALS = "2.23.136.", "2.23.136.1.1.14"


class SealSigner(msgspec.Struct, frozen=True):
    """A certificate by which a seal is checked once it names it: ``signer`` and ``reference``."""

    der: bytes
    fingerprint: str
    signer: str
    reference: str


def signer_of(certificate: Certificate) -> str:
    """The signer as a seal's header names it: country and common name; empty where there is none."""
    said = dict(reversed(certificate.subject.parts))
    if not {_COUNTRY, _COMMON_NAME} <= set(said):
        return ""
    return (said[_COUNTRY] + said[_COMMON_NAME]).upper()


def reference_of(certificate: Certificate) -> str:
    """The reference as a header names it: the serial number, hexadecimal."""
    return f"{certificate.serial:X}"


def may_name_a_seal(certificate: Certificate) -> bool:
    """Whether a seal can name this certificate: the header has room for four characters."""
    return len(signer_of(certificate)) == _NAME


def may_seal(certificate: Certificate) -> bool:
    """Whether it is made for signing, and not for certificates, lists or something else of ICAO's."""
    usage, purposes = certificate.extensions.usage, certificate.extensions.purposes
    signs = usage is None or DIGITAL_SIGNATURE in usage
    other = any(one.startswith(_ICAO) and not one.startswith(_SEALS) for one in purposes)
    authority = certificate.extensions.authority or certificate.may_sign_certificates()
    return signs and not other and not authority


def is_of_its_state(certificate: Certificate) -> bool:
    """Whether it names the State that signed it: no State makes signers of another (Doc 9303-12, 7.1)."""
    return certificate.subject.country == certificate.issuer.country != ""


def seal_signer(certificate: Certificate) -> SealSigner:
    """A certificate as it is kept."""
    return SealSigner(
        certificate.der,
        certificate.fingerprint,
        signer_of(certificate),
        reference_of(certificate),
    )


def is_named(one: SealSigner, signer: str, reference: str) -> bool:
    """Whether a header means this one: leading zeros of the reference do not count."""
    wanted = reference.lstrip("0").upper()
    return one.signer == signer.upper() and one.reference.lstrip("0") == wanted
