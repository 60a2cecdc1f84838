"""Compiling an edition into a file that is signed by the HQ: for a stick, and for other tools.

    the compiled file (see `openmidas.screening.compiled.layout`)
    magic "OMSIGN\\0\\1" | node, 16 bytes | epoch, 4 bytes, most significant first | signature, 64 bytes

The signature is Ed25519, with the key of the node's epoch, over the label `LABEL`, node, epoch and the
SHA-256 of the compiled file. Whoever has the node's card can check it without a database.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openmidas.journal import JournalError
from openmidas.lists.editions import edition_bytes, latest_edition
from openmidas.lists.models import ListEdition
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.screening import Edition, EditionError, compile_editions

LABEL = b"openmidas compiled lists 1\0"
_MAGIC = b"OMSIGN\0\1"
_SIGNED = struct.Struct(">8s16sI64s")
_BY = struct.Struct(">16sI")


class BuildRefused(Exception):  # noqa: N818  an answer, no mistake of the program
    """An edition that was not built. "not_hq" {}, "no_edition" {list}, "unreadable" {list}."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class SignatureFailed(Exception):  # noqa: N818  an answer, no mistake of the program
    """A compiled file that is not signed by whom it should be: "unsigned", "other_node", "wrong"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: of which edition, how many bytes, and their SHA-256 with the signature."""

    edition: ListEdition
    persons: int
    bytes: int
    digest: str


def build(list_code: str, path: Path) -> Built:
    """Write the edition in use of a list to a file, compiled and signed by this HQ.

    The file appears when it is whole. Raises `BuildRefused`, `OSError`.
    """
    node = this_node()
    if not node.is_hq:
        raise BuildRefused("not_hq")
    row = latest_edition(list_code)
    if row is None:
        raise BuildRefused("no_edition", list=list_code)
    try:
        edition = Edition.decode(edition_bytes(row))
    except (EditionError, JournalError) as error:
        raise BuildRefused("unreadable", list=list_code) from error
    compiled = compile_editions([edition])
    signature = node.key.sign(_signed(compiled, node.id, node.epoch))
    data = compiled + _SIGNED.pack(_MAGIC, node.id.bytes, node.epoch, signature)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
    return Built(
        edition=row, persons=row.persons, bytes=len(data), digest=hashlib.sha256(data).hexdigest()
    )


def signed_lists(data: bytes, card: NodeCard) -> memoryview:
    """The compiled lists in these bytes, for `Index.open`, once the node of the card signed them.

    Raises `SignatureFailed`.
    """
    if len(data) < _SIGNED.size:
        raise SignatureFailed("unsigned")
    compiled = memoryview(data)[: -_SIGNED.size]
    magic, node, epoch, signature = _SIGNED.unpack(data[-_SIGNED.size :])
    if magic != _MAGIC:
        raise SignatureFailed("unsigned")
    if (UUID(bytes=node), epoch) != (card.id, card.epoch):
        raise SignatureFailed("other_node")
    try:
        key = Ed25519PublicKey.from_public_bytes(card.public_key)
        key.verify(signature, _signed(compiled, card.id, card.epoch))
    except (InvalidSignature, ValueError) as error:
        raise SignatureFailed("wrong") from error
    return compiled


def _signed(compiled: bytes | memoryview, node: UUID, epoch: int) -> bytes:
    return LABEL + _BY.pack(node.bytes, epoch) + hashlib.sha256(compiled).digest()
