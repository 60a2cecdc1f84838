"""Certificates of the sample country's neighbours: one that two officers took, one that waits for the second.

They are specimens. Their keys are made and forgotten here: no document is signed under them.
"""

from __future__ import annotations

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from openmidas.issuers.given import look_at
from openmidas.issuers.services import approve, propose
from openmidas.journal import Actor
from openmidas.nodes.services import node_time
from openmidas.posts.roles import Role
from openmidas.posts.standing import at_work

TAKEN, WAITING = "NE", "BF"
OBTAINED = {
    TAKEN: "Spécimen : remis à l’ambassade à Niamey",
    WAITING: "Spécimen : reçu de l’ambassade à Ouagadougou, à comparer par téléphone",
}
YEARS = timedelta(days=365 * 10)


def seed_certificates() -> None:
    """At the HQ: its two officers for lists take one certificate, and one of them proposes another."""
    first, second = at_work(Role.HQ_LISTS)[:2]
    for country, obtained in OBTAINED.items():
        seen = look_at(f"csca-{country.lower()}.cer", specimen_authority(country), first.id)
        proposal = propose(Actor(first.id, Role.HQ_LISTS), seen, obtained)
        if country == TAKEN:
            approve(Actor(second.id, Role.HQ_LISTS), proposal, seen.said.fingerprint)


def specimen_authority(country: str) -> bytes:
    """The certificate of a State's authority that nobody has (DER)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SPECIMEN"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"CSCA {country}"),
        ]
    )
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    now = node_time()
    builder = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
