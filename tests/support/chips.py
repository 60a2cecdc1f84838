"""Chips of passports of Mali, signed by a State of ours; and that the headquarters trusts it, or does not."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import transaction

from openmidas.documents.chip import TrustStore
from openmidas.documents.chip.certificates import read_certificate
from openmidas.documents.chip.trust import entry_of
from openmidas.issuers.entries import IssuerApproved, IssuerProposed
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import record
from tests.conftest import HQ
from tests.documents.chip import made
from tests.documents.chip.made import Holder, Signed
from tests.documents.chip.virtual_proofs import Active, group_15
from tests.support.cast import at_node
from tests.support.states import MALI

SIGNER = made.certify(made.named("ML", "Signer 1"), made.new_key(), MALI)
SIGNED = datetime(2025, 6, 1, tzinfo=UTC)


class Chip(msgspec.Struct, frozen=True):
    """What a workstation reads of a chip."""

    sod: bytes
    groups: dict[int, bytes]

    def files(self) -> dict[str, bytes]:
        """By their names, as `documents.chip` reads them."""
        return {"SOD": self.sod} | {f"DG{number}": one for number, one in self.groups.items()}

    def tampered(self) -> Chip:
        """Somebody changed the data after they were signed."""
        changed = self.groups[2].replace(b"JFIF", b"JFIX")
        return Chip(self.sod, self.groups | {2: changed})

    def without(self, *groups: int) -> Chip:
        """Some groups were not read."""
        return Chip(self.sod, {one: data for one, data in self.groups.items() if one not in groups})

    def posted(self, access: str = "pace") -> str:
        """As the page's script sends it."""
        groups = {str(number): b64encode(one).decode() for number, one in self.groups.items()}
        told: dict[str, Any] = {"sod": b64encode(self.sod).decode(), "groups": groups}
        return json.dumps(told | {"access": access, "proofs": None})


def chip_of(
    zone: str, signer: Holder = SIGNER, key: Active | None = None, face: bytes = b""
) -> Chip:
    """The chip of a document with this printed zone.

    ``key``: by which it proves that it is no copy; ``face``: a picture, in place of the beginning of one.
    """
    groups = {
        1: made.group_1(zone.replace("\n", "")),
        2: made.group_2(made.tlv(0x5F2E, made.face_record(face or made.jpeg()))),
    } | ({15: group_15(key)} if key else {})
    return Chip(made.sod_of(Signed(made.hashes_of(groups), signer, signed_at=SIGNED)), groups)


def store_of(*authorities: Holder) -> TrustStore:
    """A store that trusts these."""
    entries = [entry_of(read_certificate(one.certificate), "list") for one in authorities]
    return TrustStore(entries=tuple(entries))


def trust(authority: bytes = MALI.certificate) -> None:
    """Two officers of the headquarters take the certificate of this authority in."""
    proposal = new_id()
    fingerprint = read_certificate(authority).fingerprint
    with at_node(HQ), transaction.atomic():
        told = IssuerProposed(
            proposal=proposal,
            certificate=authority,
            obtained="By the embassy",
            signs_lists=False,
        )
        record(told, actor=Actor(new_id()))
        record(IssuerApproved(proposal=proposal, fingerprint=fingerprint), actor=Actor(new_id()))
