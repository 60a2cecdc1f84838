"""``midas ca``: the State's certificate authority at the capital, and the certificates of its nodes."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext as _

from openmidas.documents import is_state
from openmidas.installation import authority, certificates
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import (
    LOOPBACK,
    PRIVATE_NETWORKS,
    Bounds,
    Names,
    bounds_of,
    names_in,
    read_names,
)
from openmidas.installation.places import Places, write_public
from openmidas.installation.wording import word_error
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.nodes.home import NodeConfig, this_home, write_file

Run = Callable[[argparse.Namespace], None]


def register(commands: Commands) -> None:
    """Add ``midas ca``."""
    ca = add_group(commands, "ca", _("certificates for the pages: authority, requests, renewal"))
    init = _add(ca, "init", _init, _("make the State's authority, on a stick"))
    init.add_argument(
        "--state", required=True, help=_("State code of three letters, as in passports")
    )
    init.add_argument("--suffix", help=_("what its host names end in (midas.STATE.internal)"))
    init.add_argument("--network", action="append", help=_("addresses that it may sign for"))
    sign = _add(ca, "sign", _sign, _("at the authority: sign the request of a node"))
    sign.add_argument("request", type=Path)
    sign.add_argument("--out", type=Path, help=_("the certificate's file"))
    sign.add_argument("--yes", action="store_true", help=_("do not ask"))
    issue = _add(ca, "issue", _issue, _("at the authority: key and certificate, without a request"))
    issue.add_argument("names", nargs="+", help=_("names or addresses of the machine"))
    issue.add_argument(
        "--out", type=Path, required=True, help=_("certificate; the key goes beside it")
    )
    for command in (init, sign, issue):
        command.add_argument(
            "--folder", type=Path, default=Path("midas-ca"), help=_("the authority's folder")
        )
        command.add_argument("--passphrase-file", type=Path, help=_("instead of asking"))
    request = _add(ca, "request", _request, _("at a node: ask for a certificate, or for a new one"))
    request.add_argument("names", nargs="*", help=_("names or addresses of the machine"))
    take = _add(
        ca, "use", _use, _("at a node: serve the pages with the certificate that came back")
    )
    take.add_argument("certificate", type=Path)
    take.add_argument("--ca", type=Path, required=True, help=_("the authority's certificate"))
    take.add_argument("--key", type=Path, help=_("the key, if it was made by `midas ca issue`"))
    take.add_argument("--web", help=_("where the pages are, host:port"))
    _add(ca, "show", _show, _("at a node: the certificates in use, to compare and to renew"))


def _add(ca: Commands, name: str, run: Run, help: str) -> argparse.ArgumentParser:
    def told(options: argparse.Namespace) -> None:
        try:
            run(options)
        except InstallationError as error:
            raise CommandFailed(word_error(error)) from error

    return add_command(ca, name, told, help, needs_node=name in ("request", "use", "show"))


def _init(options: argparse.Namespace) -> None:
    state = options.state.upper()
    if not is_state(state):
        raise CommandFailed(_("“%(state)s” is no State code.") % {"state": state})
    if options.folder.resolve().is_relative_to(this_home().folder) and this_home().exists:
        raise InstallationError("ca.on_node")
    bounds = Bounds(
        (options.suffix or f"midas.{state.lower()}.internal").lower().lstrip("."),
        tuple(options.network or PRIVATE_NETWORKS),
    )
    made = authority.make_authority(state, bounds, datetime.now(UTC))
    passphrase = _passphrase(options, twice=True)
    authority.store_authority(options.folder, made, passphrase)
    _say(
        _("The authority is in %(folder)s. It may sign for: %(bounds)s."),
        folder=options.folder,
        bounds=bounds.as_text(),
    )
    _say(_("Fingerprint: %(mark)s"), mark=certificates.fingerprint(made.certificate))


def _sign(options: argparse.Namespace) -> None:
    request, names = certificates.read_request(options.request)
    public = certificates.public_key_of(request)
    _say(_("This request asks for: %(names)s"), names=names.as_text())
    _say(_("Its mark, to compare by telephone: %(mark)s"), mark=_mark(public))
    if not options.yes and not _agreed():
        raise CommandFailed(_("Not signed."))
    signer = authority.open_authority(options.folder, _passphrase(options))
    issued = signer.sign(names, public, datetime.now(UTC))
    authority.note_issued(options.folder, issued, names)
    target = options.out or options.request.with_suffix(".crt")
    write_public(target, issued.public_bytes(Encoding.PEM).decode())
    _say(
        _("%(path)s is good until %(until)s."),
        path=target,
        until=issued.not_valid_after_utc.date(),
    )


def _issue(options: argparse.Namespace) -> None:
    signer = authority.open_authority(options.folder, _passphrase(options))
    names = read_names(options.names, bounds_of(signer.certificate).suffix)
    key = generate_private_key(SECP256R1())
    issued = signer.sign(names, key.public_key(), datetime.now(UTC))
    authority.note_issued(options.folder, issued, names)
    write_file(options.out.with_suffix(".key"), authority.unlocked_pem(key))
    write_public(options.out, issued.public_bytes(Encoding.PEM).decode())
    _say(
        _("%(path)s is good until %(until)s."),
        path=options.out,
        until=issued.not_valid_after_utc.date(),
    )


def _request(options: argparse.Namespace) -> None:
    home = this_home()
    asked = read_names(options.names) if options.names else _names_so_far(home.config())
    request = certificates.make_request(home, asked)
    sys.stdout.write(request.public_bytes(Encoding.PEM).decode())
    sys.stdout.flush()
    mark = _mark(certificates.public_key_of(request))
    for line in (
        _("This request asks for: %(names)s") % {"names": asked.as_text()},
        _("Its mark, to compare by telephone: %(mark)s") % {"mark": mark},
    ):
        sys.stderr.write(line + "\n")  # standard output is the request itself


def _names_so_far(config: NodeConfig) -> Names:
    """For a renewal: what the certificate has; before the first: what the pages answer to."""
    current = certificates.in_use(this_home())
    if current is not None:
        return names_in(current.extensions)
    return read_names([host for host in config.hosts if host not in LOOPBACK])


def _use(options: argparse.Namespace) -> None:
    # Imported here: the authority's machine has no database to ask.
    from openmidas.nodes.services import node_time

    web = options.web or _lan()
    issued = certificates.take(
        this_home(), options.certificate, options.ca, options.key, web, node_time()
    )
    _say(
        _("In use from the next start on, until %(until)s: systemctl restart midas-serve"),
        until=issued.not_valid_after_utc.date(),
    )
    _say(_("Addresses: %(names)s"), names=_addresses(names_in(issued.extensions), web))


def _lan() -> str:
    """With a certificate the pages are for the whole local network, at the port of the installation."""
    installed = Places().read()
    return f"0.0.0.0:{installed.port if installed else 443}"


def _addresses(names: Names, web: str) -> str:
    port = web.rpartition(":")[2]
    return " ".join(f"https://{one}{'' if port == '443' else ':' + port}/" for one in names.all())


def _show(options: argparse.Namespace) -> None:
    current, trusted = certificates.in_use(this_home()), certificates.authority_of(this_home())
    if current is None:
        raise CommandFailed(_("The pages have no certificate yet: midas ca request"))
    _say(_("Names: %(names)s"), names=names_in(current.extensions).as_text())
    _say(_("Good until: %(until)s"), until=current.not_valid_after_utc.date())
    if trusted is not None:
        _say(_("Fingerprint of the authority: %(mark)s"), mark=certificates.fingerprint(trusted))


def _mark(public: EllipticCurvePublicKey) -> str:
    return certificates.short_mark(
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise CommandFailed(_("Nobody is there to agree: add --yes."))
    return input(_("Sign it? Type yes: ")).strip().lower() in ("yes", "oui")


def _passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    if options.passphrase_file:
        try:
            return str(options.passphrase_file.read_text(encoding="utf-8").rstrip("\r\n"))
        except OSError as error:
            raise InstallationError(
                "file.unreadable", path=options.passphrase_file, reason=error.strerror
            ) from error
    said = getpass.getpass(_("Passphrase of the authority: "))
    if twice and getpass.getpass(_("Once more: ")) != said:
        raise InstallationError("ca.passphrases_differ")
    return said


def _say(text: str, **blanks: object) -> None:
    sys.stdout.write(text % blanks + "\n")
