"""What the pages of downloads, of revoked certificates and of those who seal show, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.documents.chip import Imported
from openmidas.issuers.given import BROUGHT, Seen
from openmidas.issuers.local import GivenFile
from openmidas.issuers.models import RevocationList, SealSigner
from openmidas.issuers.trusting import standing_lists, standing_signers
from openmidas.issuers.wording import state_of, word_all
from openmidas.nodes.services import node_time

UNKNOWN = ("issuer_unknown", "issuer_key_unknown")
"""What is found where no trusted authority is the one that signed."""


class PartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a download. ``why``: all that is to be known of it, in words; ``is_kept``: whether it is a
    master list that was accepted already."""

    id: UUID
    said: Imported
    why: list[str]
    is_kept: bool

    @property
    def is_brought(self) -> bool:
        """Whether it can be brought in together with others."""
        return self.said.kind in BROUGHT and self.said.accepted and bool(self.said.new)


class DownloadPage(msgspec.Struct, frozen=True, kw_only=True):
    """A download: its lists and authorities, each with a page of its own, and what is brought in together."""

    whole: Imported
    unread: list[tuple[str, str]]
    apart: list[PartRow]
    together: list[PartRow]

    @property
    def bringable(self) -> int:
        """How much can be brought in."""
        return sum(one.is_brought for one in self.together)

    @property
    def wants_authorities(self) -> bool:
        """Whether something cannot be taken only because the authority that signed it is not trusted."""
        findings = [found for one in self.together for found in one.said.findings]
        return any(one.code in UNKNOWN for one in findings)


class RevocationsRow(msgspec.Struct, frozen=True, kw_only=True):
    """A list of revoked certificates. ``stale``: the next one was promised for a day that has passed."""

    row: RevocationList
    state: str
    stale: bool


def download_page(file: GivenFile) -> DownloadPage:
    """What is left of a download."""
    whole = said_of(file)
    kept = {one.digest for one in standing_lists()}
    rows = [
        PartRow(id=id, said=said, why=word_all(said.findings), is_kept=said.fingerprint in kept)
        for id, said in ((one.id, said_of(one)) for one in parts_of(file))
    ]
    return DownloadPage(
        whole=whole,
        unread=[(one.field.split()[-1], word_all([one])[0]) for one in whole.unread],
        apart=[one for one in rows if one.said.kind not in BROUGHT],
        together=[one for one in rows if one.said.kind in BROUGHT],
    )


def parts_of(file: GivenFile) -> Sequence[GivenFile]:
    """The parts of a download, lists first."""
    return list(GivenFile.objects.filter(download=file.id).exclude(id=file.id).order_by("id"))


def bringable(file: GivenFile) -> list[Seen]:
    """What can be brought in together."""
    found = []
    for one in parts_of(file):
        said = said_of(one)
        if said.kind in BROUGHT and said.accepted and said.new:
            found.append(Seen(said=said, brought=bytes(one.data)))
    return found


def said_of(file: GivenFile) -> Imported:
    """What became of a part when it was given."""
    return msgspec.msgpack.decode(bytes(file.said), type=Imported)


def revocations_rows() -> list[RevocationsRow]:
    """The lists of revoked certificates, by State."""
    now = node_time()
    rows = [
        RevocationsRow(row=one, state=state_of(one.country), stale=one.until < now)
        for one in RevocationList.objects.order_by("country", "issuer", "-made")
    ]
    return sorted(rows, key=lambda one: one.state.casefold())


def newest_revocations() -> dict[str, RevocationsRow]:
    """Of each State (two letters) the list that is good the longest."""
    rows = sorted(revocations_rows(), key=lambda one: one.row.until)
    return {one.row.country.upper(): one for one in rows}


def signer_rows() -> list[tuple[str, SealSigner, datetime]]:
    """Those who seal: their State, the certificate, and since when it is here."""
    rows = [(state_of(one.country), one, one.taken_at) for one in standing_signers()]
    return sorted(rows, key=lambda one: (one[0].casefold(), one[1].subject))


def forget_brought(file: GivenFile) -> None:
    """Let go of the parts of a download that were brought in; the others stay to be read and taken."""
    gone = [
        one.id
        for one in parts_of(file)
        if said_of(one).kind in BROUGHT and said_of(one).accepted and said_of(one).new
    ]
    GivenFile.objects.filter(id__in=gone).delete()
