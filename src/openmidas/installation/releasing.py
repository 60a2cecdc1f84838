"""Making a release: ``python3 run.py release``. Needs a network; what it makes needs none.

Builds the project's wheel from its source, fetches the locked packages for the machines and Pythons
of posts and headquarters, and writes the manifest and, with a key, the signatures.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openmidas import __version__
from openmidas.installation import UPGRADES_FROM, signatures
from openmidas.installation.release import (
    MANIFEST,
    REQUIREMENTS,
    SIGNATURE,
    SUMS,
    SUMS_SIGNATURE,
    WHEELS,
    File,
    Manifest,
)

ROOM = Path(__file__).resolve().parent
PROJECT = ROOM.parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
# The C libraries of Debian 12 (2.36) and newer, of Ubuntu 24.04 (2.39), and what came before.
PLATFORMS = (
    *(f"manylinux_2_{minor}" for minor in (36, 35, 34, 31, 28, 27, 26, 24, 17, 12, 5)),
    "manylinux2014",
    "manylinux2010",
    "manylinux1",
)
INSTALL_SH = """\
#!/bin/sh
# Finds a Python and starts install.py. / Trouve un Python et lance install.py.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
for python in python3.13 python3.12 python3.11 python3; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" -I -B "$here/install.py" "$@"
    fi
done
echo "Python 3.11 ou plus récent manque : apt install python3 / Python 3.11 or newer is missing." >&2
exit 1
"""


def make_release(folder: Path, pythons: Sequence[str], machines: Sequence[str]) -> None:
    """Fill an empty folder with all files of a release but its manifest and signatures."""
    wheels = folder / WHEELS
    wheels.mkdir(parents=True)
    build_wheel(wheels)
    for machine in machines:
        for python in pythons:
            fetch_wheels(wheels, python, machine)
    for builder in wheels.glob("setuptools-*.whl"):  # locked beside pip, of no use to a node
        builder.unlink()
    shutil.copy(ROOM / "first.py", folder / "install.py")
    shutil.copy(ROOM / "release.py", folder / "release.py")
    for page in sorted((PROJECT / "docs" / "administrators").glob("*.md")):
        shutil.copy(page, folder / page.name)
    script = folder / "install.sh"
    script.write_text(INSTALL_SH, encoding="utf-8")
    script.chmod(0o755)


def build_wheel(wheels: Path) -> None:
    """Build the project's own wheel from a copy of its source, so that the source stays as it is."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
            shutil.copy(PROJECT / name, copy / name)
        shutil.copytree(PROJECT / "lock", copy / "lock")
        shutil.copytree(
            PROJECT / "src",
            copy / "src",
            ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
        )
        _pip(["wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(copy)])


def fetch_wheels(wheels: Path, python: str, machine: str) -> None:
    """Fetch pip and the locked packages for one Python on one kind of machine."""
    line = ["download", "--only-binary=:all:", "--no-deps", "--require-hashes"]
    line += [
        "-r",
        str(PROJECT / "lock" / "runtime.txt"),
        "-r",
        str(PROJECT / "lock" / "release.txt"),
    ]
    line += ["--implementation", "cp", "--python-version", python, "-d", str(wheels)]
    for tag in (f"cp{python.replace('.', '')}", "abi3", "none"):
        line += ["--abi", tag]
    for platform in PLATFORMS:
        line += ["--platform", f"{platform}_{machine}"]
    _pip(line)


def _pip(line: list[str]) -> None:
    subprocess.run(  # noqa: S603  our own environment's pip
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *line], check=True
    )


def write_requirements(folder: Path) -> None:
    """The locked packages, and the project's wheel with the hash that it has."""
    lines = [(PROJECT / "lock" / "runtime.txt").read_text(encoding="utf-8").rstrip()]
    (own,) = (folder / WHEELS).glob("openmidas-*.whl")
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    version = own.name.split("-")[1]
    lines.append(f"openmidas=={version} --hash=sha256:{digest}\n")
    (folder / REQUIREMENTS).write_text("\n".join(lines), encoding="utf-8")


def describe(folder: Path, version: str, upgrades_from: str) -> Manifest:
    """The manifest of all files that are in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listed = [
        File(
            path.relative_to(folder).as_posix(),
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    ]
    return Manifest(version, upgrades_from, tuple(listed))


def seal(folder: Path, manifest: Manifest, key: Ed25519PrivateKey | None) -> None:
    """Write the manifest, and a list for ``sha256sum -c``; sign both where there is a key.

    The list is for the first installation: it is checked by hand, with nothing of the stick running.
    """
    raw = manifest.encode()
    (folder / MANIFEST).write_bytes(raw)
    lines = [f"{file.sha256}  {file.path}\n" for file in manifest.files]
    lines.append(f"{hashlib.sha256(raw).hexdigest()}  {MANIFEST}\n")
    sums = "".join(lines).encode()
    (folder / SUMS).write_bytes(sums)
    if key is not None:
        (folder / SIGNATURE).write_bytes(key.sign(raw))
        (folder / SUMS_SIGNATURE).write_bytes(key.sign(sums))


def parser() -> argparse.ArgumentParser:
    """The command line of ``run.py release``."""
    top = argparse.ArgumentParser(prog="run.py release", description=make_release.__doc__)
    top.add_argument("--out", type=Path, default=Path("dist"), help="where the folder is made")
    top.add_argument("--sign", type=Path, metavar="KEY", help="Ed25519 private key, PEM")
    top.add_argument("--passphrase-file", type=Path, help="where the key's passphrase is")
    top.add_argument("--python", action="append", choices=PYTHONS, help="only for this Python")
    top.add_argument("--machine", action="append", choices=MACHINES, help="only for such machines")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the release; the exit status."""
    options = parser().parse_args(arguments)
    key = signing_key(options.sign, options.passphrase_file) if options.sign else None
    folder = options.out / f"openmidas-{__version__}"
    unfinished = folder.with_name(f"{folder.name}.new")
    for old in (unfinished, folder):
        if old.exists():
            shutil.rmtree(old)
    os.umask(0o022)
    make_release(unfinished, options.python or PYTHONS, options.machine or MACHINES)
    write_requirements(unfinished)
    manifest = describe(unfinished, __version__, UPGRADES_FROM)
    seal(unfinished, manifest, key)
    unfinished.rename(folder)
    size = sum(file.size for file in manifest.files) / 1e6
    sys.stdout.write(f"{folder}: {len(manifest.files)} files, {size:.0f} MB\n")
    if key is None:
        sys.stdout.write("Not signed: no installation takes it as an upgrade. See --sign.\n")
    else:
        sys.stdout.write(f"Signed by {signatures.fingerprint_of(key.public_key())}\n")
    return 0


def signing_key(path: Path, passphrase_file: Path | None) -> Ed25519PrivateKey:
    """The release key, unlocked; ends the program when it cannot be."""
    passphrase = None
    if b"ENCRYPTED" in path.read_bytes():
        said = passphrase_file.read_text().strip() if passphrase_file else getpass.getpass()
        passphrase = said.encode()
    try:
        return signatures.load_signing_key(path, passphrase)
    except (ValueError, TypeError) as error:
        raise SystemExit(f"{path}: {error}") from error


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public half as the file that installations pin."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


if __name__ == "__main__":
    sys.exit(main())
