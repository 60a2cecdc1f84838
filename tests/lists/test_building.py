"""Building an edition: compiled, signed by the HQ, checked by whoever has its card."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation
from rich.console import Console

from openmidas.exchange.local import Attachment
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.build_command import build_command
from openmidas.lists.building import BuildRefused, SignatureFailed, build, signed_lists
from openmidas.lists.services import import_un
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.screening import Index, Query
from tests.lists.conftest import MakeList

LISTED = Query(number="B0117641", number_issuer="MLI")


@pytest.fixture
def path(hq: None, un_list: MakeList, tmp_path: Path) -> Path:
    import_un(un_list(), actor=Actor())
    return tmp_path / "un.lists"


def test_a_built_edition_is_signed_and_found_in(path: Path) -> None:
    built = build("un", path)
    data = path.read_bytes()
    assert built.bytes == len(data)
    index = Index.open(signed_lists(data, this_node().card()))
    assert [hit.listing.id for hit in index.screen(LISTED)] == ["TSi.001"]
    assert [hit.listing.id for hit in Index.open(path).screen(LISTED)] == ["TSi.001"]
    assert index.lists[0].edition == built.edition.says
    assert build("un", path).digest == built.digest


def test_what_is_not_signed_by_that_node_is_told(path: Path) -> None:
    build("un", path)
    data, card = path.read_bytes(), this_node().card()
    another = public_bytes(Ed25519PrivateKey.generate())
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    for wrong, by, code in [
        (bytes(changed), card, "wrong"),
        (data, msgspec.structs.replace(card, public_key=another), "wrong"),
        (data, msgspec.structs.replace(card, public_key=b"short"), "wrong"),
        (data, msgspec.structs.replace(card, id=new_id()), "other_node"),
        (data, msgspec.structs.replace(card, epoch=card.epoch + 1), "other_node"),
        (data[:-92], card, "unsigned"),
        (data[:50], card, "unsigned"),
    ]:
        with pytest.raises(SignatureFailed) as failed:
            signed_lists(wrong, by)
        assert failed.value.code == code


def test_the_command_tells_what_it_wrote_and_why_not(path: Path) -> None:
    out = StringIO()
    with translation.override("en"):
        build_command("un", path, Console(file=out, width=300))
        assert "edition of 2026-01-15" in out.getvalue()
        with pytest.raises(CommandFailed, match="no edition of a list “no”"):
            build_command("no", path, Console(file=out))
        with pytest.raises(CommandFailed, match="cannot be written: No such file"):
            build_command("un", path.parent / "none" / "file", Console(file=out))
        Attachment.objects.update(packed=b"damaged on the disk")
        with pytest.raises(CommandFailed, match="cannot be read here"):
            build_command("un", path, Console(file=out))


@pytest.mark.django_db
@pytest.mark.usefixtures("own_journal")
def test_a_post_builds_nothing(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused) as refused:
        build("un", tmp_path / "un")
    assert refused.value.code == "not_hq"
