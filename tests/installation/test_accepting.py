"""A release is taken as an upgrade when all of it is in order; otherwise nothing is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.installation import release, releasing
from openmidas.installation.accepting import accept
from openmidas.installation.errors import InstallationError
from openmidas.installation.places import Places
from openmidas.installation.release import ReleaseError
from tests.installation import releases

KEY = Ed25519PrivateKey.generate()
NOTHING = {"openmidas/__init__.py": b""}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A machine with version 0.3.0 that trusts one key."""
    there = Places(tmp_path / "machine")
    (there.versions / "0.3.0").mkdir(parents=True)
    release.point(there.current, "0.3.0")
    there.keys.mkdir(parents=True)
    (there.keys / "state.pem").write_bytes(releasing.public_pem(KEY))
    return there


def stick(tmp_path: Path, version: str = "0.4.0", **more: str) -> Path:
    key = Ed25519PrivateKey.generate() if more.pop("other_key", "") else KEY
    releases.make(tmp_path / "stick", version, key, files=NOTHING, **more)
    return tmp_path / "stick"


def test_a_signed_newer_release_is_copied_beside_the_old_one(
    places: Places, tmp_path: Path
) -> None:
    manifest = accept(stick(tmp_path), places)
    assert manifest.version == "0.4.0"
    assert {file.path for file in manifest.files} == {
        path.relative_to(places.incoming).as_posix()
        for path in places.incoming.rglob("*")
        if path.is_file()
    }
    assert places.version == "0.3.0"


@pytest.mark.parametrize(
    ("version", "more", "code"),
    [
        ("0.3.0", {}, "upgrade.not_newer"),
        ("0.2.9", {}, "upgrade.not_newer"),
        ("0.4.0", {"upgrades_from": "0.3.1"}, "upgrade.too_old"),
        ("0.4.0", {"other_key": "yes"}, "release.signature"),
    ],
)
def test_what_does_not_follow_or_is_signed_by_another_is_refused(
    places: Places, tmp_path: Path, version: str, more: dict[str, str], code: str
) -> None:
    folder = stick(tmp_path, version, **more)
    with pytest.raises(InstallationError) as caught:
        accept(folder, places)
    assert caught.value.code == code
    assert not places.incoming.exists()


def test_an_unsigned_or_retold_manifest_is_refused(places: Places, tmp_path: Path) -> None:
    folder = stick(tmp_path)
    manifest = folder / release.MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"0.4.0", b"0.5.0"))
    with pytest.raises(InstallationError, match="signature"):
        accept(folder, places)
    (folder / release.SIGNATURE).unlink()
    with pytest.raises(InstallationError, match="signature"):
        accept(folder, places)


def test_a_changed_wheel_is_found_before_anything_is_installed(
    places: Places, tmp_path: Path
) -> None:
    folder = stick(tmp_path)
    (wheel,) = (folder / release.WHEELS).glob("openmidas-*.whl")
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    with pytest.raises(ReleaseError, match="changed"):
        accept(folder, places)
    assert places.version == "0.3.0"


def test_a_machine_without_a_key_takes_nothing(places: Places, tmp_path: Path) -> None:
    (places.keys / "state.pem").unlink()
    with pytest.raises(InstallationError, match=r"release\.no_key"):
        accept(stick(tmp_path), places)
    (places.keys / "state.pem").write_text("no key")
    with pytest.raises(InstallationError, match=r"release\.key"):
        accept(tmp_path / "stick", places)


def test_a_second_key_lets_the_first_be_replaced(places: Places, tmp_path: Path) -> None:
    another = Ed25519PrivateKey.generate()
    (places.keys / "next.pem").write_bytes(releasing.public_pem(another))
    releases.make(tmp_path / "stick", "0.4.0", another, files=NOTHING)
    assert accept(tmp_path / "stick", places).version == "0.4.0"
