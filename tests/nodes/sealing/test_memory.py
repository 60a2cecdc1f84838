"""The key of an open post is in memory, and nowhere that others or a disk could keep it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from openmidas.nodes.sealing import memory as memory_module
from openmidas.nodes.sealing.memory import (
    forget_key,
    memory_folder,
    put_key,
    read_key,
    swaps_to_disk,
)
from openmidas.nodes.sealing.sealed import SealFailed

KEY = bytes(range(32))


def test_a_key_is_there_until_it_is_forgotten(memory: Path) -> None:
    node = uuid4()
    assert read_key(node) is None
    put_key(node, KEY)
    assert read_key(node) == KEY
    assert read_key(uuid4()) is None
    forget_key(node)
    assert read_key(node) is None
    assert list(memory.iterdir()) == []


def test_only_this_account_can_read_it(memory: Path) -> None:
    put_key(uuid4(), KEY)
    (file,) = memory.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_others_can_enter_is_not_taken(memory: Path) -> None:
    memory.chmod(0o755)
    with pytest.raises(SealFailed, match=r"seal\.no_memory"):
        memory_folder()


def test_a_folder_that_is_a_link_is_not_taken(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (memory / "here").mkdir(mode=0o700)
    (memory / "link").symlink_to(memory / "here")
    monkeypatch.setenv("OPENMIDAS_RUN", str(memory / "link"))
    with pytest.raises(SealFailed, match=r"seal\.no_memory"):
        memory_folder()


def test_a_folder_on_a_disk_is_not_taken(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "_file_system", lambda folder: "ext4")
    with pytest.raises(SealFailed, match=r"seal\.no_memory"):
        memory_folder()
    assert read_key(uuid4()) is None, "and no key is found there"


def test_what_a_folder_is_on_is_found_by_the_longest_mount(memory: Path) -> None:
    assert memory_module._file_system(memory / "deeper") == "tmpfs"
    assert memory_module._file_system(Path("/proc/self")) == "proc"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [([], False), (["/dev/zram0 partition 1 0 5"], False), (["/swapfile file 1 0 -2"], True)],
)
def test_whether_memory_goes_to_a_disk(tmp_path: Path, lines: list[str], expected: bool) -> None:
    swaps = tmp_path / "swaps"
    swaps.write_text("\n".join(["Filename Type Size Used Priority", *lines]))
    assert swaps_to_disk(swaps) is expected
    assert not swaps_to_disk(tmp_path / "no-swaps")
