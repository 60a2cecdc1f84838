"""A release: a folder with all wheels and a manifest of them. Standard library only.

The programs on both sides of an installation share it: `first.py`, which stands beside it in the
folder and runs before anything is installed, and the installed program that takes an upgrade.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
SUMS = "SHA256SUMS"
SUMS_SIGNATURE = "SHA256SUMS.sig"
REQUIREMENTS = "requirements.txt"
WHEELS = "wheels"
COMPLETE = "openmidas-complete"
"""The file in an environment that says that nothing of it is missing."""
FORMAT = 1
MOST_MANIFEST_BYTES = 1024 * 1024
_CHUNK = 1024 * 1024


class ReleaseError(Exception):
    """A release cannot be used. ``code`` says why, ``detail`` names what.

    Codes: ``unreadable`` (no manifest, or one that says nothing), ``missing``, ``changed`` (a file),
    ``environment`` (it could not be made), ``space`` (megabytes that are missing).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class File:
    """One file of a release: its path in the folder, its bytes, their SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a release consists of. ``upgrades_from``: the oldest version that it can take over."""

    version: str
    upgrades_from: str
    files: tuple[File, ...]

    def encode(self) -> bytes:
        """The manifest as its file, byte for byte as it is signed."""
        files = [vars(file) for file in self.files]
        said = {"name": "openmidas", "format": FORMAT, "version": self.version}
        said |= {"upgrades_from": self.upgrades_from, "files": files}
        return json.dumps(said, indent=1).encode() + b"\n"


def read_manifest(folder: Path) -> bytes:
    """The bytes of a folder's manifest. Raises `ReleaseError`."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            raw = file.read(MOST_MANIFEST_BYTES + 1)
    except OSError as error:
        raise ReleaseError("unreadable", f"{folder / MANIFEST}: {error.strerror}") from error
    if len(raw) > MOST_MANIFEST_BYTES:
        raise ReleaseError("unreadable", MANIFEST)
    return raw


def decode_manifest(raw: bytes) -> Manifest:
    """Read a manifest. Raises `ReleaseError` for one whose paths lead out of its folder, too."""
    try:
        said = json.loads(raw)
        files = tuple(
            File(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in said["files"]
        )
        manifest = Manifest(str(said["version"]), str(said["upgrades_from"]), files)
        if (said["name"], said["format"]) != ("openmidas", FORMAT):
            raise ReleaseError("unreadable", f"format {said['format']}")
        version_key(manifest.version)
        version_key(manifest.upgrades_from)
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError("unreadable", f"{MANIFEST}: {error}") from error
    for file in files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or "\\" in file.path or file.size < 0:
            raise ReleaseError("unreadable", file.path)
    return manifest


def version_key(version: str) -> tuple[int, ...]:
    """Three numbers to compare versions by. Raises `ValueError` for anything but ``1.2.3``."""
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"not a version: {version!r}")
    return tuple(int(part) for part in parts)


def copy_checked(folder: Path, manifest: Manifest, into: Path) -> None:
    """Copy the files of a manifest, and nothing else, into a new folder. Raises `ReleaseError`.

    What is used later is this copy, so that nobody can swap a file on the stick after it was checked.
    """
    needed = sum(file.size for file in manifest.files)
    into.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(into.parent).free
    if free < 4 * needed:  # the copy, the environment made of it, and room to breathe
        raise ReleaseError("space", str((4 * needed - free) // 1_000_000 + 1))
    if into.exists():
        shutil.rmtree(into)
    into.mkdir(mode=0o755)
    for file in manifest.files:
        _copy_file(folder / file.path, into / file.path, file)
    os.sync()


def _copy_file(source: Path, target: Path, file: File) -> None:
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            while size <= file.size and (chunk := reading.read(_CHUNK)):
                size += len(chunk)
                digest.update(chunk)
                writing.write(chunk)
    except OSError as error:
        raise ReleaseError("missing", f"{file.path}: {error.strerror}") from error
    if size != file.size or digest.hexdigest() != file.sha256:
        raise ReleaseError("changed", file.path)


def make_environment(release: Path, folder: Path, python: str) -> None:
    """Make a virtual environment from the wheels of a checked release, without any index.

    Debian's Python has ``venv`` and no ``ensurepip``, hence the pip of the release. Each file must
    have the hash that the requirements name. One that is left half made is made anew.
    """
    if is_complete(folder):
        return
    if folder.exists():
        shutil.rmtree(folder)
    installer = next((release / WHEELS).glob("pip-*.whl"), None)
    if installer is None:
        raise ReleaseError("missing", "pip-*.whl")
    _run([python, "-I", "-m", "venv", "--without-pip", str(folder)])
    line = [str(folder / "bin" / "python"), "-I", str(installer / "pip"), "install"]
    line += ["--isolated", "--no-index", "--no-deps", "--no-cache-dir", "--quiet"]
    line += ["--disable-pip-version-check", "--root-user-action=ignore", "--require-hashes"]
    line += ["--find-links", str(release / WHEELS), "-r", str(release / REQUIREMENTS)]
    _run(line)
    os.sync()
    (folder / COMPLETE).touch()
    os.sync()


def is_complete(folder: Path) -> bool:
    """Whether an environment is whole, and its Python is still on this machine."""
    return (folder / COMPLETE).exists() and (folder / "bin" / "python").exists()


def _run(line: list[str]) -> None:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(  # noqa: S603  our own programs, no shell
        line,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        umask=0o022,  # the services' account must read it
        close_fds=False,  # it holds the lock of an upgrade as long as it works
        check=False,
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip().splitlines()[-5:]
        raise ReleaseError("environment", "\n".join(said))


def point(link: Path, target: str) -> None:
    """Let a symbolic link lead to a target, in one step: before it the old one holds, after it the new."""
    new = link.with_name(link.name + ".new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
    descriptor = os.open(link.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
