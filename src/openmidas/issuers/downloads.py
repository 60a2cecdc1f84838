"""What the pages of downloads, of revoked certificates and of seal signers show, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.documents.chip import Imported
from openmidas.issuers.bringing import kept_out
from openmidas.issuers.given import BROUGHT, Seen, is_bringable
from openmidas.issuers.local import GivenFile
from openmidas.issuers.models import RevocationList, SealSigner
from openmidas.issuers.trusting import asked_lists, standing_lists, standing_signers
from openmidas.issuers.wording import refusal, state_of, word_all
from openmidas.nodes.services import node_time
from openmidas.posts.refusals import Refused

UNKNOWN = ("issuer_unknown", "issuer_key_unknown")
"""What is found where no trusted authority is the one that signed."""


class PartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a download. ``why``: all that is to be known of it, in words; ``kept_out``: why this officer
    does not bring it in; ``is_brought``: whether it can be brought in together with others; ``is_kept``:
    whether it is a master list that was accepted already."""

    id: UUID
    said: Imported
    why: list[str]
    kept_out: str
    is_brought: bool
    is_kept: bool

    @property
    def is_barred(self) -> bool:
        """Whether nothing can be taken of it."""
        return bool(self.kept_out) or not self.said.accepted


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
    """A list of revoked certificates. ``asked``: whether certificates are checked by it: not where a newer
    key's speaks for them, or its authority is not trusted any more; ``stale``: so, and the next one was
    promised for a day that has passed."""

    row: RevocationList
    state: str
    asked: bool
    stale: bool


def download_page(file: GivenFile) -> DownloadPage:
    """What is left of a download."""
    whole = said_of(file)
    lists = {one.digest for one in standing_lists()}
    rows = [_row(one, code, lists) for one, code in _parts(file)]
    return DownloadPage(
        whole=whole,
        unread=[(one.params.get("place", ""), word_all([one])[0]) for one in whole.unread],
        apart=[one for one in rows if one.said.kind not in BROUGHT],
        together=[one for one in rows if one.said.kind in BROUGHT],
    )


def parts_of(file: GivenFile) -> Sequence[GivenFile]:
    """The parts of a download, lists first."""
    return list(GivenFile.objects.filter(download=file.id).exclude(id=file.id).order_by("id"))


def bringable(file: GivenFile) -> list[Seen]:
    """What can be brought in together."""
    return [_seen(one) for one, code in _parts(file) if not code and is_bringable(said_of(one))]


def _parts(file: GivenFile) -> list[tuple[GivenFile, str]]:
    """The parts of a download, each with why its officer does not bring it in, as the code of a refusal."""
    parts = parts_of(file)
    could = [one for one in parts if is_bringable(said_of(one))]
    codes = kept_out(file.officer, [_seen(one) for one in could])
    why = {one.id: code for one, code in zip(could, codes, strict=True)}
    return [(one, why.get(one.id, "")) for one in parts]


def _seen(file: GivenFile) -> Seen:
    return Seen(said=said_of(file), brought=bytes(file.data))


def _row(file: GivenFile, code: str, lists: set[str]) -> PartRow:
    said = said_of(file)
    return PartRow(
        id=file.id,
        said=said,
        why=word_all(said.findings),
        kept_out=refusal(Refused(code)) if code else "",
        is_brought=is_bringable(said) and not code,
        is_kept=said.fingerprint in lists,
    )


def said_of(file: GivenFile) -> Imported:
    """What became of a part when it was given."""
    return msgspec.msgpack.decode(bytes(file.said), type=Imported)


def revocations_rows() -> list[RevocationsRow]:
    """The lists of revoked certificates, by State."""
    now, in_use = node_time(), asked_lists()
    rows = []
    for one in RevocationList.objects.order_by("country", "issuer", "-made"):
        asked = bytes(one.der) in in_use
        stale = asked and one.until < now
        rows.append(RevocationsRow(row=one, state=state_of(one.country), asked=asked, stale=stale))
    return sorted(rows, key=lambda one: one.state.casefold())


def revocations_of_states() -> dict[str, RevocationsRow]:
    """Of each State (two letters), of the lists that are asked, the one that ends first: none hides a stale
    one."""
    rows = sorted(revocations_rows(), key=lambda one: one.row.until, reverse=True)
    return {one.row.country.upper(): one for one in rows if one.asked}


def signer_rows() -> list[tuple[str, SealSigner, datetime]]:
    """Seal signers: their State, the certificate, and since when it is here."""
    rows = [(state_of(one.country), one, one.taken_at) for one in standing_signers()]
    return sorted(rows, key=lambda one: (one[0].casefold(), one[1].subject))


def forget_brought(file: GivenFile) -> None:
    """Let go of the parts of a download that were brought in; the others stay to be read and taken."""
    gone = [one.id for one, code in _parts(file) if not code and is_bringable(said_of(one))]
    GivenFile.objects.filter(id__in=gone).delete()
