"""``midas backup`` and ``midas restore``: a node copies itself, and comes back on another machine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmidas.journal import NodeKind
from openmidas.nodes.backup import back_up
from openmidas.nodes.backup_opening import open_backup, verify
from openmidas.nodes.backup_plan import (
    Plan,
    mark,
    read_plan,
    read_public_key,
    read_recovery_key,
    recipient_of_passphrase,
    write_plan,
    write_recovery_key,
)
from openmidas.nodes.backup_seal import BackupFailed, Preface, new_secret, secret_of_passphrase
from openmidas.nodes.backup_wording import word_failure
from openmidas.nodes.commanding import (
    CommandFailed,
    Commands,
    Run,
    add_command,
    add_group,
    progress_bar,
)
from openmidas.nodes.home import this_home
from openmidas.nodes.restore import restore
from openmidas.nodes.room import database_bytes


def register(commands: Commands) -> None:
    """Add ``midas backup`` and ``midas restore``."""
    group = add_group(commands, "backup", _("copy this node, sealed, to a second disk or a stick"))
    key = add_command(
        group,
        "key",
        _failing(_key),
        _("make the State's recovery key, at the capital"),
        needs_node=False,
    )
    key.add_argument(
        "file", type=Path, help=_("where to keep it; FILE.pub is what nodes are given")
    )
    init = add_command(
        group, "init", _failing(_init), _("whom backups open for, and where they go from now on")
    )
    init.add_argument(
        "folder", type=Path, nargs="*", help=_("on another disk; several may be named")
    )
    init.add_argument("--recovery-key", type=Path, metavar="FILE.pub", help=_("public half of it"))
    init.add_argument("--passphrase", action="store_true", help=_("asks for a passphrase"))
    now = add_command(group, "now", _failing(_now), _("make a backup now"))
    now.add_argument("folder", type=Path, nargs="?", help=_("instead of those that were set up"))
    check = add_command(
        group, "verify", _failing(_verify), _("open a backup and read all of it"), needs_node=False
    )
    _add_opening(check)
    back = add_command(
        commands,
        "restore",
        _failing(_restore),
        _("bring a node back from a backup"),
        needs_node=False,
    )
    _add_opening(back)
    back.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=_("a new folder"))
    back.add_argument(
        "--database",
        default="",
        help=_("postgresql://… of an empty database, if it is another one"),
    )
    back.add_argument(
        "--new-certificate",
        action="store_true",
        help=_("at an HQ whose keys may have been stolen; every post must then meet it anew"),
    )


def _add_opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--key", type=Path, help=_("the recovery key; without, a passphrase is asked for")
    )


def _failing(run: Run) -> Run:
    """The command, with what goes wrong in words."""

    @wraps(run)
    def told(options: argparse.Namespace) -> int | None:
        try:
            return run(options)
        except BackupFailed as error:
            raise CommandFailed(word_failure(error)) from error
        except OSError as error:
            raise CommandFailed(
                _("Cannot read %(path)s: %(reason)s")
                % {"path": error.filename, "reason": error.strerror}
            ) from error

    return told


def _key(options: argparse.Namespace) -> None:
    if options.file.exists():
        raise CommandFailed(_("There is a file %(path)s already.") % {"path": options.file})
    public = write_recovery_key(options.file, new_secret())
    sys.stdout.write(
        _(
            "Made %(secret)s. Keep it offline, twice, in two places: without it no backup opens."
            " Give nodes %(public)s."
        )
        % {"secret": options.file, "public": public}
        + "\n"
    )


def _init(options: argparse.Namespace) -> None:
    before = read_plan(this_home()) or Plan()
    recipients = list(before.recipients)
    if options.recovery_key:
        recipients.append(read_public_key(options.recovery_key))
    if options.passphrase:
        recipients.append(recipient_of_passphrase(_new_passphrase()))
    if not recipients:
        raise BackupFailed("backup.not_set_up")
    folders = [str(folder.absolute()) for folder in options.folder]
    for folder in options.folder:
        mark(folder)
    targets = tuple(dict.fromkeys([*before.targets, *folders]))
    write_plan(this_home(), Plan(targets, tuple(dict.fromkeys(recipients))))
    sys.stdout.write(
        ngettext(
            "Backups go to %(number)s place. Try it: midas backup now",
            "Backups go to %(number)s places. Try it: midas backup now",
            len(targets),
        )
        % {"number": len(targets)}
        + "\n"
    )


def _now(options: argparse.Namespace) -> None:
    plan = read_plan(this_home()) or Plan()
    targets = [options.folder] if options.folder else list(map(Path, plan.targets))
    if not targets:
        raise BackupFailed("backup.not_set_up")
    for target in targets:
        with progress_bar(_("Copying"), database_bytes()) as advance:
            done = back_up(target, advance)
        sys.stdout.write(_("Backed up: %(path)s") % {"path": done} + "\n")


def _verify(options: argparse.Namespace) -> None:
    with progress_bar(_("Reading"), options.file.stat().st_size) as advance:
        preface = verify(options.file, _asking(options), advance)
    sys.stdout.write(
        _("Whole: %(name)s, epoch %(epoch)s, journal up to entry %(sequence)s or further.")
        % {"name": preface.name, "epoch": preface.epoch, "sequence": preface.sequence}
        + "\n"
    )


def _restore(options: argparse.Namespace) -> None:
    with (
        progress_bar(_("Restoring"), options.file.stat().st_size) as advance,
        open_backup(options.file, _asking(options), advance) as backup,
    ):
        restore(
            backup,
            options.to.absolute(),
            database=options.database,
            new_certificate=options.new_certificate,
        )
    sys.stdout.write(
        _("Restored in %(folder)s; it goes on in a new epoch.") % {"folder": options.to} + "\n"
    )
    if backup.preface.kind is NodeKind.HQ and not options.new_certificate:
        next_step = _(
            "Its posts find it again by themselves and bring what it lacks. Posts that were revoked or "
            "replaced after the copy was made are as they were then: revoke those again at once (midas "
            "post revoke), before it starts, and have those that were replaced join anew."
        )
    else:
        next_step = _(
            "Take its new card to the other side: midas card; there: midas enrol or meet."
        )
    sys.stdout.write(next_step + "\n")


def _asking(options: argparse.Namespace) -> Callable[[Preface], X25519PrivateKey]:
    """How the secret is come by: from a file, or from a person, once the salt is known."""

    def secret(preface: Preface) -> X25519PrivateKey:
        if options.key:
            return read_recovery_key(options.key)
        salts = [one.recipient.salt for one in preface.keys if one.recipient.salt]
        if not salts:
            raise CommandFailed(_("This backup opens with the recovery key only: --key FILE"))
        return secret_of_passphrase(_passphrase(_("Passphrase: ")), salts[0])

    return secret


def _new_passphrase() -> str:
    first = _passphrase(_("New passphrase: "))
    if sys.stdin.isatty() and _passphrase(_("Once more: ")) != first:
        raise CommandFailed(_("The two are not the same."))
    return first


def _passphrase(prompt: str) -> str:
    """From the keyboard, unseen; from what is piped in, its first line."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")
