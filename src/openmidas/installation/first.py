"""The first installation from a release's folder. Shipped in it as ``install.py``, beside ``release.py``.

Python's standard library only: nothing is installed yet. ``install.sh`` finds a Python and starts
this with ``-I``, so that nothing that lies in the folder is imported but what is named here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from openmidas.installation import release
else:
    _spec = spec_from_file_location("release", Path(__file__).with_name("release.py"))
    release = module_from_spec(_spec)
    sys.modules["release"] = release
    _spec.loader.exec_module(release)

HERE = Path(__file__).resolve().parent
VERSIONS = Path("/opt/openmidas")
OLDEST_PYTHON = (3, 11)

# Both languages stand here because the catalogues are not installed yet.
WORDS = {
    "root": ("Lancez cette commande en tant que root (sudo).", "Run this command as root (sudo)."),
    "python": ("Il faut Python 3.11 ou plus récent.", "Python 3.11 or newer is needed."),
    "key": (
        "Indiquez la clé publique de la version : --key FICHIER. Elle ne doit pas venir de cette clé USB.",
        "Name the release's public key: --key FILE. It must not come from this stick.",
    ),
    "openssl": (
        "Le programme openssl manque : vérifiez la signature sur une autre machine, puis ajoutez --checked.",
        "The program openssl is missing: check the signature on another machine, then add --checked.",
    ),
    "signature": (
        "ARRÊT : la signature n’est pas celle de cette clé. Rien n’a été installé.",
        "STOP: the signature is not this key's. Nothing was installed.",
    ),
    "other": (
        "La version {0} est déjà installée. Pour la remplacer : midas upgrade {1}",
        "Version {0} is installed already. To replace it: midas upgrade {1}",
    ),
    "unreadable": ("Ce dossier n’est pas une version : {0}", "This folder is no release: {0}"),
    "missing": ("Un fichier manque ou est illisible : {0}", "A file is missing or unreadable: {0}"),
    "changed": ("Un fichier a été modifié : {0}", "A file was changed: {0}"),
    "environment": ("L’installation des paquets a échoué :\n{0}", "Installing failed:\n{0}"),
    "space": ("Il manque {0} Mo sur le disque.", "The disk lacks {0} MB."),
    "copying": ("Vérification et copie des fichiers…", "Checking and copying the files…"),
    "making": ("Installation des paquets, une à deux minutes…", "Installing, a minute or two…"),
    "ready": ("OpenMIDAS {0} est en place.", "OpenMIDAS {0} is in place."),
}


def word(code: str, *details: object) -> str:
    """A sentence in the language of the terminal: English if it says so, French otherwise."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return WORDS[code][wanted.startswith("en")].format(*details)


def stop(code: str, *details: object) -> NoReturn:
    """End with a sentence."""
    raise SystemExit(word(code, *details))


def say(code: str, *details: object) -> None:
    """Tell how it goes, on standard error."""
    sys.stderr.write(word(code, *details) + "\n")
    sys.stderr.flush()


def check_signature(raw: bytes, signature: Path, key: Path, checked: bool) -> None:
    """Have openssl verify a manifest; ends the program when it does not fit."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if not checked:
            stop("openssl")
        return
    with tempfile.NamedTemporaryFile() as read:  # the very bytes that are used afterwards
        read.write(raw)
        read.flush()
        line = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin"]
        line += ["-in", read.name, "-sigfile", str(signature)]
        if subprocess.run(line, capture_output=True, check=False).returncode:  # noqa: S603
            stop("signature")


def put_in_place(folder: Path, manifest: Any, versions: Path) -> None:
    """Make a release's environment below a folder of versions and point ``current`` to it."""
    current = versions / "current"
    if current.exists() and current.resolve().name != manifest.version:
        stop("other", current.resolve().name, folder)
    target = versions / manifest.version
    if not release.is_complete(target):
        copy = versions / "incoming"
        say("copying")
        release.copy_checked(folder, manifest, copy)
        say("making")
        release.make_environment(copy, target, str(Path(sys.executable).resolve()))
        shutil.rmtree(copy)
    release.point(current, manifest.version)


def parser() -> argparse.ArgumentParser:
    """The command line; what it does not know goes on to ``midas install``."""
    top = argparse.ArgumentParser(prog="install.sh", add_help=False)
    top.add_argument("--key", type=Path)
    top.add_argument("--checked", action="store_true")
    top.add_argument("--unsigned", action="store_true")
    top.add_argument("--only-files", action="store_true")
    return top


def main(arguments: list[str]) -> None:
    """Check, install, and hand over to ``midas install``."""
    options, rest = parser().parse_known_args(arguments)
    if sys.version_info < OLDEST_PYTHON:
        stop("python")
    if os.geteuid() != 0:
        stop("root")
    if options.key is None and not options.unsigned:
        stop("key")
    try:
        raw = release.read_manifest(HERE)
        if options.key is not None:
            check_signature(raw, HERE / release.SIGNATURE, options.key, options.checked)
        manifest = release.decode_manifest(raw)
        put_in_place(HERE, manifest, VERSIONS)
    except release.ReleaseError as error:
        stop(error.code, error.detail)
    say("ready", manifest.version)
    if options.only_files:
        return
    line = [str(VERSIONS / "current" / "bin" / "midas"), "install", *rest]
    if options.key is not None:
        line += ["--release-key", str(options.key.resolve())]
    os.execv(line[0], line)  # noqa: S606  no shell wanted


if __name__ == "__main__":
    main(sys.argv[1:])
