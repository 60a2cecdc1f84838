"""Whether a release is taken as an upgrade: all of it is checked before anything is touched."""

from __future__ import annotations

from pathlib import Path

from openmidas.installation import release, signatures
from openmidas.installation.errors import InstallationError
from openmidas.installation.places import Places
from openmidas.installation.release import Manifest, version_key


def accept(folder: Path, places: Places) -> Manifest:
    """Check a release and copy it beside the installation. Raises `InstallationError`, `ReleaseError`.

    In this order: who signed it, whether it follows the version that is in use, every file.
    """
    manifest = read_signed(folder, places)
    current = places.version
    if current is None:
        raise InstallationError("upgrade.nothing_installed")
    if version_key(manifest.version) <= version_key(current):
        raise InstallationError("upgrade.not_newer", new=manifest.version, current=current)
    if version_key(current) < version_key(manifest.upgrades_from):
        raise InstallationError(
            "upgrade.too_old", new=manifest.version, current=current, oldest=manifest.upgrades_from
        )
    release.copy_checked(folder, manifest, places.incoming)
    return manifest


def read_signed(folder: Path, places: Places) -> Manifest:
    """A release's manifest, of which nothing is read before its signature fits a pinned key."""
    keys = signatures.pinned_keys(places.keys)
    raw = release.read_manifest(folder)
    try:
        signature = (folder / release.SIGNATURE).read_bytes()
    except OSError as error:
        raise InstallationError("release.signature") from error
    signatures.check_signature(raw, signature, keys)
    return release.decode_manifest(raw)
