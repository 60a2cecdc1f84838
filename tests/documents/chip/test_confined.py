"""A stranger's chip is read in a process of its own, which ends in time and says nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from openmidas.documents.chip import (
    TrustStore,
    Unreadable,
    import_file,
    read_chip,
    read_chip_confined,
    save,
)
from openmidas.documents.chip.confined import Request
from tests.documents.chip.made import MASTER_LIST, NOW, StateOfOurs, certify, master_list, named

UTOPIA = StateOfOurs()
LISTER = certify(
    named("UT", "List"), UTOPIA.authority.key, UTOPIA.authority, purposes=("2.23.136.1.1.3",)
)


def files() -> dict[str, bytes]:
    groups = {f"DG{number}": file for number, file in UTOPIA.groups.items()}
    return {"SOD": UTOPIA.sod, **groups}


def trust() -> TrustStore:
    signed = UTOPIA.signed.but(
        content=master_list([UTOPIA.authority.certificate]),
        signer=LISTER,
        content_type=MASTER_LIST,
    )
    store, said = import_file(TrustStore(), "ut.ml", signed.written(), by="Issa", at=NOW)
    assert said.accepted
    return store


def test_the_same_as_without(tmp_path: Path) -> None:
    save(tmp_path / "trust.json", trust())
    found = read_chip_confined(files(), tmp_path / "trust.json", at=NOW)
    assert found == read_chip(files(), trust(), at=NOW)
    assert found.authentication.outcome == "valid"
    assert read_chip_confined(files(), trust(), at=NOW) == found, "the store itself, or its file"


def test_it_ends_in_time() -> None:
    with pytest.raises(Unreadable, match="took_too_long"):
        read_chip_confined(files(), None, at=NOW, seconds=0.01)


def test_what_is_larger_than_any_chip_is_not_even_begun() -> None:
    with pytest.raises(Unreadable, match="too_large"):
        read_chip_confined({"DG2": bytes(5 * 1024 * 1024)}, None, at=NOW)


def test_a_store_that_is_broken_is_said(tmp_path: Path) -> None:
    (tmp_path / "trust.json").write_bytes(b"[")
    with pytest.raises(Unreadable, match="reading_failed"):
        read_chip_confined(files(), tmp_path / "trust.json", at=NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such bounds")
def test_it_has_little_room() -> None:
    """The other process cannot take more memory, nor write any file."""
    code = (
        "from openmidas.documents.chip.child import main\n"
        "import io, sys\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b''))\n"
        "try:\n    main()\nexcept Exception as error:\n    assert 'truncated' in str(error), error\n"
        "try:\n    bytes(900 * 1024 * 1024)\n"
        "except MemoryError:\n    print('bounded')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "bounded\n"


def test_what_is_asked_goes_over_a_wire() -> None:
    request = Request(files(), "", NOW)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(request), type=Request) == request
