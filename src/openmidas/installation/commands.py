"""``midas install``, ``midas upgrade`` and ``midas ca``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.utils.translation import gettext as _

from openmidas.installation import ca_commands
from openmidas.installation.accepting import accept
from openmidas.installation.certificates import AUTHORITY
from openmidas.installation.errors import InstallationError
from openmidas.installation.installing import (
    Action,
    Answers,
    may_install,
    plan,
    unit_actions,
    workstation_of,
)
from openmidas.installation.places import Installed, Places
from openmidas.installation.progress import Progress, read_progress
from openmidas.installation.release import ReleaseError
from openmidas.installation.upgrading import Upgrade
from openmidas.installation.wording import STEPS, word_action, word_error
from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.home import NodeHome

UNITS = "units"
ALWAYS = ("prepare", "start", "reload")
"""Harmless to repeat, and told only where something else changed."""


def register(commands: Commands) -> None:
    """Add this room's commands."""
    install = add_command(
        commands,
        "install",
        _install,
        _("make this machine a post or a headquarters that starts with it"),
        needs_node=False,
    )
    install.add_argument("kind", choices=["post", "hq", UNITS])
    install.add_argument("--state", help=_("State code of three letters, as in passports"))
    install.add_argument("--name", help=_("what people call it"))
    install.add_argument("--time-zone", help=_("where the node is"))
    install.add_argument(
        "--address",
        action="append",
        default=[],
        help=_("name or number of this machine on its network; may be repeated"),
    )
    install.add_argument("--database", help=_("sqlite, or postgresql://…"))
    install.add_argument("--exchange", help=_("where posts call, host:port"))
    install.add_argument("--folder", default="/var/lib/openmidas", help=_("the node's folder"))
    install.add_argument("--port", type=int, default=443, help=_("port of the pages"))
    install.add_argument(
        "--no-https",
        action="store_true",
        help=_("make no authority for the pages of a post: the network has its own"),
    )
    install.add_argument("--release-key", type=Path, help=_("public key of the releases to trust"))
    install.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    install.add_argument("--root", type=Path, default=Path("/"), help=argparse.SUPPRESS)
    upgrade = add_command(
        commands,
        "upgrade",
        _upgrade,
        _("replace the installed version by the one in a folder, or go back"),
        needs_node=False,
    )
    what = upgrade.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", type=Path, help=_("the folder of the release"))
    what.add_argument("--resume", action="store_true", help=_("go on after an interruption"))
    what.add_argument("--back", action="store_true", help=_("undo the last upgrade"))
    upgrade.add_argument("--without-copy", action="store_true", help=_("do not copy the database"))
    upgrade.add_argument("--root", type=Path, default=Path("/"), help=argparse.SUPPRESS)
    ca_commands.register(commands)


def _install(options: argparse.Namespace) -> None:
    places = Places(options.root)
    try:
        may_install(places)
        actions = _units(places) if options.kind == UNITS else plan(places, _ask(options, places))
        done = [action for action in actions if _carry_out(action, options.dry_run)]
    except (InstallationError, ReleaseError) as error:
        raise CommandFailed(word_error(error)) from error
    if options.dry_run or options.kind == UNITS:
        return
    if all(action.code in ALWAYS for action in done):
        sys.stdout.write(_("Nothing had to be changed.") + "\n")
    _tell_https(places)


def _tell_https(places: Places) -> None:
    """Where the pages are, and what workstations import; or what is still to be done for HTTPS."""
    installed = places.read()
    if installed is None:
        return
    steps = workstation_of(places, places.inside(installed.home))
    if steps is None:
        lines = [_("Installed. Next, for HTTPS: midas ca request")]
        if installed.kind == "post" and installed.https:
            lines = [
                _("Installed, without HTTPS: say this machine’s name or number on its network."),
                "midas install post --address …",
            ]
    else:
        lines = [
            _("Installed. The pages: %(address)s") % {"address": steps.address},
            _("Each workstation imports the authority once; how, and the file: %(address)s")
            % {"address": f"{steps.address}workstation/"},
            _("The file is here, too: %(path)s") % {"path": f"{installed.home}/keys/{AUTHORITY}"},
            _("Fingerprint of the authority, to be written down and compared there:"),
            steps.mark,
        ]
    sys.stdout.write("\n".join(lines) + "\n")


def _units(places: Places) -> Iterator[Action]:
    installed = places.read()
    if installed is None:
        raise InstallationError("install.no_units")
    return unit_actions(places, installed)


def _carry_out(action: Action, dry_run: bool) -> bool:
    """Do what is needed; whether it was."""
    if not action.needed():
        return False
    sys.stdout.write(f"– {word_action(action.code, action.what)}\n")
    sys.stdout.flush()
    if not dry_run:
        action.do()
    return True


def _ask(options: argparse.Namespace, places: Places) -> Answers:
    """What was said on the command line or before, the rest from whoever sits at the terminal."""
    before = places.read()
    if before is not None and before.kind != options.kind:
        raise InstallationError("install.other_kind", kind=before.kind)
    installed = before or Installed(kind=options.kind, home=options.folder, port=options.port)
    if options.no_https:
        installed = msgspec.structs.replace(installed, https=False)
    home = NodeHome(places.inside(installed.home))
    if home.exists:
        config = home.config()
        options.state, options.name, options.time_zone = config.state, config.name, config.time_zone
        options.database, options.exchange = config.database, config.exchange
    hq = options.kind == "hq"
    questions = {
        "name": _("What people call it"),
        "state": _("State code of three letters, as in passports"),
        "time_zone": _("Time zone, for example Africa/Bamako"),
        **({"database": _("PostgreSQL, postgresql://…")} if hq else {}),
        **({"exchange": _("Where posts call, host:port")} if hq else {}),
    }
    missing = [name for name in questions if getattr(options, name) is None]
    if missing and not sys.stdin.isatty():
        named = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise InstallationError("install.missing", options=named)
    for name in missing:
        setattr(options, name, input(f"{questions[name]}: ").strip())
    return Answers(
        installed=installed,
        state=options.state,
        name=options.name,
        time_zone=options.time_zone,
        addresses=tuple(options.address),
        database=options.database if hq else "sqlite",
        exchange=options.exchange if hq else "",
        release_key=options.release_key,
    )


def _upgrade(options: argparse.Namespace) -> None:
    places = Places(options.root)
    try:
        may_install(places)
        with _one_at_a_time(places):
            ended = _run_upgrade(options, places)
    except (InstallationError, ReleaseError) as error:
        raise CommandFailed(word_error(error)) from error
    if ended is None:
        sys.stdout.write(_("Nothing was interrupted.") + "\n")
    elif not ended.back:
        sys.stdout.write(_("Version %(version)s is in use.") % {"version": ended.goes_to} + "\n")
    else:
        told = _("Version %(version)s is in use again, as it was.") % {"version": ended.came_from}
        if not ended.why:
            sys.stdout.write(told + "\n")
            return
        raise CommandFailed(_("The upgrade failed: %(why)s") % {"why": ended.why} + f"\n{told}")


def _run_upgrade(options: argparse.Namespace, places: Places) -> Progress | None:
    upgrade = Upgrade(places, told=_tell, at_boot=options.resume)
    under_way = read_progress(places.versions)
    if options.back:
        return upgrade.back()
    if options.resume:
        if under_way is None:
            upgrade.systemd.start(wait=False)  # the interruption may have come just before that
            return None
        return upgrade.run(under_way)
    if under_way:
        raise InstallationError("upgrade.under_way", version=under_way.goes_to)
    sys.stdout.write(_("Checking the release …") + "\n")
    manifest = accept(options.folder, places)
    progress = upgrade.begin(
        str(places.version), manifest.version, with_copy=not options.without_copy
    )
    return upgrade.run(progress)


def _tell(step: str, moment: str) -> None:
    if moment == "do":
        sys.stdout.write(f"{STEPS[step]}\n")
        sys.stdout.flush()


@contextmanager
def _one_at_a_time(places: Places) -> Iterator[None]:
    """Two upgrades at once would undo each other.

    The kernel lets go when this process has ended, and all those that it started.
    """
    import fcntl  # POSIX only, and the other commands run elsewhere, too

    places.versions.mkdir(parents=True, exist_ok=True)
    folder = os.open(places.versions, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.set_inheritable(folder, True)
        yield
    except BlockingIOError as error:
        raise InstallationError("upgrade.busy") from error
    finally:
        os.close(folder)
