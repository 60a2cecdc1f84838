"""Small releases for tests: the real program in a real wheel, its packages borrowed from the tests.

Nothing is fetched: pip comes from the environment of the tests, and so do all packages, by a wheel
whose only file is a path to them.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.metadata
import io
import site
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.installation import releasing
from openmidas.installation.release import REQUIREMENTS, WHEELS, Manifest

PACKAGE = Path(releasing.__file__).parents[1]
BORROWED = "borrowed.pth"


def wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes], **more: str) -> str:
    """Write a wheel; its line for a requirements file. ``more``: files of its dist-info."""
    info = f"{name}-{version}.dist-info"
    contents = dict(files)
    contents[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    )
    contents[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    for other, text in more.items():
        contents[f"{info}/{other}.txt"] = text.encode()
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.writerow((path, f"sha256={digest}", len(data)))
    rows.writerow((f"{info}/RECORD", "", ""))
    contents[f"{info}/RECORD"] = record.getvalue().encode()
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for name_in, data in contents.items():
            made.writestr(name_in, data)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def program(version: str, added: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the program, told that it is this version, with some added or replaced."""
    files = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "help_site" not in path.parts:
            files[path.relative_to(PACKAGE.parent).as_posix()] = path.read_bytes()
    files["openmidas/__init__.py"] = f'__version__ = "{version}"\n'.encode()
    return files | {path: text.encode() for path, text in added.items()}


def pip_wheel(folder: Path) -> None:
    """The pip of the tests' environment, in the form in which a release brings it."""
    found = importlib.metadata.distribution("pip")
    with zipfile.ZipFile(folder / f"pip-{found.version}-py3-none-any.whl", "w") as made:
        for file in found.files or []:
            if file.parts[0] == "pip" and file.suffix != ".pyc":
                made.write(str(file.locate()), file.as_posix())


def make(
    folder: Path,
    version: str,
    key: Ed25519PrivateKey | None,
    *,
    upgrades_from: str = "0.1.0",
    added: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Manifest:
    """A release in a folder. ``files``: instead of the program, for tests that never run it."""
    wheels = folder / WHEELS
    wheels.mkdir(parents=True)
    pip_wheel(wheels)
    places = [sysconfig.get_path("purelib"), *site.getsitepackages(), *extra_paths()]
    borrowed = "\n".join(dict.fromkeys(places)).encode() + b"\n"
    contents = program(version, added or {}) if files is None else files
    entry = "[console_scripts]\nmidas = openmidas.cli:main\n"
    lines = wheel(wheels, "borrowed", "1.0", {BORROWED: borrowed})
    lines += wheel(wheels, "openmidas", version, contents, entry_points=entry)
    (folder / REQUIREMENTS).write_text(lines)
    for name in ("first.py", "release.py"):
        target = "install.py" if name == "first.py" else name
        (folder / target).write_bytes((PACKAGE / "installation" / name).read_bytes())
    (folder / "install.sh").write_text(releasing.INSTALL_SH)
    manifest = releasing.describe(folder, version, upgrades_from)
    releasing.seal(folder, manifest, key)
    return manifest


def extra_paths() -> list[str]:
    """Where an environment of a developer points on to; the program's own source is not wanted."""
    found = []
    for folder in site.getsitepackages():
        for file in Path(folder).glob("*.pth"):
            found += [line for line in file.read_text().splitlines() if Path(line).is_dir()]
    return [path for path in found if Path(path).name == "site-packages"]
