"""`midas install`: a machine becomes a post or a headquarters that starts with it. Harmless to repeat."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from openmidas.installation import signatures, units
from openmidas.installation.errors import InstallationError
from openmidas.installation.own_authority import lacks_https
from openmidas.installation.places import ACCOUNT, Account, Installed, Places, write_public
from openmidas.installation.running import Runner, Systemd, run_program
from openmidas.installation.workstations import Workstation
from openmidas.nodes.home import NodeHome

FOLDER = re.compile(r"/[A-Za-z0-9._/-]+")
CLOSED = ("/home", "/root", "/run/user", "/tmp")  # noqa: S108  where services may not look


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is asked, once. ``addresses``: names and numbers of the machine on its network."""

    installed: Installed
    state: str
    name: str
    time_zone: str
    addresses: tuple[str, ...] = ()
    database: str = "sqlite"
    exchange: str = ""
    release_key: Path | None = None


class Action(msgspec.Struct, frozen=True):
    """One thing to do. ``code`` and ``what`` say it; ``needed``: whether it is not done yet."""

    code: str
    what: str
    needed: Callable[[], bool]
    do: Callable[[], None]


def plan(places: Places, answers: Answers) -> Iterator[Action]:
    """All that an installation consists of, in order. Each can be repeated."""
    installed = answers.installed
    _check_folder(installed.home)
    home = places.inside(installed.home)
    yield _text("file", places.accounts, units.sysusers(installed))
    yield Action("account", ACCOUNT, lambda: _no_account(places), lambda: _make_account(places))
    yield Action("folder", str(home), lambda: not home.is_dir(), lambda: _make_home(places, home))
    if answers.release_key is not None:
        pem = _key_pem(answers.release_key)
        name = signatures.fingerprint_of(signatures.load_public_key(answers.release_key))
        file = places.keys / f"{name.replace(' ', '')[:16].lower()}.pem"
        yield _text("release_key", file, pem)
    node = NodeHome(home)
    yield Action("node", answers.name, lambda: not node.exists, lambda: _init(places, answers))
    yield Action(
        "addresses",
        ", ".join(answers.addresses),
        lambda: node.exists and not set(answers.addresses) <= set(node.config().hosts),
        lambda: _add_addresses(places, home, answers.addresses),
    )
    yield Action("prepare", str(home), lambda: True, lambda: _prepare(places, home))
    if installed.https and installed.kind == "post":
        yield Action(
            "https",
            ", ".join(answers.addresses) or answers.name,
            lambda: (
                lacks_https(node, datetime.now(UTC)) if node.exists else bool(answers.addresses)
            ),
            lambda: _make_https(places, home, installed.port),
        )
    yield Action(
        "settings",
        str(places.settings / "installation.toml"),
        lambda: places.read() != installed,
        lambda: places.write(installed),
    )
    yield from unit_actions(places, installed)
    yield Action("enable", units.TARGET, lambda: _not_enabled(places), Systemd(places).enable)
    yield Action("start", units.TARGET, lambda: Systemd(places).runs, Systemd(places).start)


def unit_actions(places: Places, installed: Installed) -> Iterator[Action]:
    """The units and the command, as this version writes them."""
    for name, text in units.units(installed).items():
        yield _text("file", places.units / name, text)
    yield _text("file", places.command, units.command(installed), 0o755)
    yield Action("reload", "systemd", lambda: Systemd(places).runs, Systemd(places).reload)


def may_install(places: Places) -> None:
    """Raises `InstallationError` for somebody who cannot install on this machine."""
    if places.real and (sys.platform == "win32" or os.geteuid() != 0):
        raise InstallationError("install.root")
    for program in ("systemctl", "systemd-sysusers"):
        if shutil.which(program) is None:
            raise InstallationError("install.no_systemd", program=program)


def _check_folder(home: str) -> None:
    closed = any(home == place or home.startswith(f"{place}/") for place in CLOSED)
    if not FOLDER.fullmatch(home) or ".." in home or closed:
        raise InstallationError("install.folder", folder=home)


def _text(code: str, path: Path, text: str, mode: int = 0o644) -> Action:
    def differs() -> bool:
        return not path.is_file() or path.read_text(encoding="utf-8") != text

    return Action(code, str(path), differs, lambda: write_public(path, text, mode))


def _key_pem(path: Path) -> str:
    signatures.load_public_key(path)
    return path.read_text(encoding="ascii")


def _no_account(places: Places) -> bool:
    passwd = places.root / "etc/passwd"
    lines = passwd.read_text(encoding="utf-8").splitlines() if passwd.exists() else []
    return not any(line.startswith(f"{ACCOUNT}:") for line in lines)


def _make_account(places: Places) -> None:
    root = [] if places.real else [f"--root={places.root}"]
    run_program(["systemd-sysusers", *root, "openmidas.conf"])


def _make_home(places: Places, home: Path) -> None:
    home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    home.mkdir(mode=0o700)
    account = Account.of(places)
    if account.uid is not None and account.gid is not None:
        os.chown(home, account.uid, account.gid)


def runner(places: Places, home: Path, python: Path | None = None) -> Runner:
    """Runs this version's commands, or those of another Python, in the node's folder."""
    return Runner(home, Account.of(places), python or Path(sys.executable))


def _init(places: Places, answers: Answers) -> None:
    home = places.inside(answers.installed.home)
    line = ["openmidas.cli", "init", answers.installed.kind, f"--state={answers.state}"]
    line += [f"--name={answers.name}", f"--time-zone={answers.time_zone}"]
    line += [f"--database={answers.database}", f"--exchange={answers.exchange}"]
    runner(places, home).run(*line)


def _add_addresses(places: Places, home: Path, addresses: tuple[str, ...]) -> None:
    runner(places, home).run("openmidas.installation.node_work", "hosts", *addresses)


def _prepare(places: Places, home: Path) -> None:
    runner(places, home).run("openmidas.cli", "prepare")


def _make_https(places: Places, home: Path, port: int) -> None:
    runner(places, home).run("openmidas.installation.node_work", "https", str(port))


def workstation_of(places: Places, home: Path) -> Workstation | None:
    """What workstations are told, as the node itself says it; None where it has no HTTPS."""
    said = runner(places, home).run("openmidas.installation.node_work", "workstation")
    return msgspec.json.decode(said, type=Workstation | None)


def _not_enabled(places: Places) -> bool:
    wants = places.units / "multi-user.target.wants" / units.TARGET
    return not wants.is_symlink()
