"""What a release says of itself is checked against what lies in its folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.installation import release, releasing
from openmidas.installation.release import ReleaseError
from tests.installation import releases

KEY = Ed25519PrivateKey.generate()
NOTHING = {"openmidas/__init__.py": b""}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    releases.make(tmp_path / "stick", "0.2.0", KEY, files=NOTHING)
    return tmp_path / "stick"


def copy(stick: Path, into: Path) -> None:
    manifest = release.decode_manifest(release.read_manifest(stick))
    release.copy_checked(stick, manifest, into)


def test_what_is_listed_is_copied_and_nothing_else(stick: Path, tmp_path: Path) -> None:
    (stick / "wheels" / "stowaway-1.0-py3-none-any.whl").write_bytes(b"not listed")
    copy(stick, tmp_path / "copy")
    listed = {file.path for file in release.decode_manifest(release.read_manifest(stick)).files}
    made = {path.relative_to(tmp_path / "copy").as_posix() for path in files_of(tmp_path / "copy")}
    assert made == listed
    assert "install.sh" in listed


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("change", ["longer", "shorter", "other", "gone"])
def test_a_file_that_is_not_as_listed_is_named(stick: Path, tmp_path: Path, change: str) -> None:
    path = stick / "install.sh"
    data = path.read_bytes()
    changed = {
        "longer": data + b"#",
        "shorter": data[:-1],
        "other": data.replace(b"python3", b"python4"),
    }
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(changed[change])
    with pytest.raises(ReleaseError) as caught:
        copy(stick, tmp_path / "copy")
    assert caught.value.code == ("missing" if change == "gone" else "changed")
    assert "install.sh" in caught.value.detail


@pytest.mark.parametrize("path", ["/etc/passwd", "../outside", "a/../../b", "..\\outside"])
def test_a_path_that_leads_out_of_the_folder_is_refused(path: str) -> None:
    manifest = release.Manifest("0.2.0", "0.1.0", (release.File(path, 1, "00"),))
    with pytest.raises(ReleaseError, match="unreadable"):
        release.decode_manifest(manifest.encode())


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{", b'{"name": "openmidas"}', json.dumps({"version": 1}).encode()],
)
def test_what_is_no_manifest_is_said_so(raw: bytes) -> None:
    with pytest.raises(ReleaseError, match="unreadable"):
        release.decode_manifest(raw)


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="unreadable"):
        release.read_manifest(tmp_path)


def test_versions_are_compared_as_numbers() -> None:
    assert release.version_key("0.10.0") > release.version_key("0.9.12")
    for text in ("0.1", "1.2.3rc1", "1.2.٣", ""):
        with pytest.raises(ValueError, match="version"):
            release.version_key(text)


def test_a_full_disk_is_said_before_anything_is_copied(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
    with pytest.raises(ReleaseError, match="space"):
        copy(stick, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_openssl_and_sha256sum_check_a_release_by_hand(stick: Path, tmp_path: Path) -> None:
    """The first installation trusts no program of the stick, so the docs give these two lines."""
    key = tmp_path / "release-key.pem"
    key.write_bytes(releasing.public_pem(KEY))
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin"]
    verify += ["-in", "SHA256SUMS", "-sigfile", "SHA256SUMS.sig"]
    sums = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert [run(line, stick) for line in (verify, sums)] == [0, 0]
    (stick / "install.py").write_text("import os")
    assert [run(line, stick) for line in (verify, sums)] == [0, 1]
    (stick / "SHA256SUMS").write_text("")
    assert run(verify, stick) == 1


def run(line: list[str], folder: Path) -> int:
    return subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode


def test_a_link_is_moved_in_one_step(tmp_path: Path) -> None:
    link = tmp_path / "current"
    release.point(link, "0.1.0")
    (tmp_path / "current.new").symlink_to("left by a power cut")
    release.point(link, "0.2.0")
    assert link.readlink() == Path("0.2.0")
    assert not (tmp_path / "current.new").is_symlink()


@pytest.mark.long
def test_the_wheel_holds_what_the_source_holds(tmp_path: Path) -> None:
    """Built as `run.py release` builds it: a page or catalogue left out would be missed at a post."""
    import zipfile

    releasing.build_wheel(tmp_path)
    (made,) = tmp_path.glob("openmidas-*.whl")
    with zipfile.ZipFile(made) as opened:
        packed = set(opened.namelist())
    source = Path(releasing.PROJECT) / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "openmidas").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - packed == set()
