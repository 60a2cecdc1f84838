"""What goes wrong, and what is done, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openmidas.installation.errors import InstallationError
from openmidas.installation.first import WORDS as RELEASE_WORDS
from openmidas.installation.progress import Step
from openmidas.installation.release import ReleaseError

ERRORS: dict[str, str | Promise] = {
    "ca.exists": _("There is an authority in %(folder)s already. It is not replaced."),
    "ca.name": _("“%(name)s” is no name or address of a machine."),
    "ca.no_names": _("Say for which names or addresses: those that people type into the browser."),
    "ca.on_node": _(
        "The authority's key does not belong on a node: who takes the machine would have it. Use a"
        " stick that stays in a safe: --folder."
    ),
    "ca.outside": _("“%(name)s” is outside of what this authority may sign: %(bounds)s."),
    "ca.over": _("The certificate was good until %(until)s only. Is the clock right?"),
    "ca.passphrase": _("The passphrase does not open %(path)s."),
    "ca.passphrases_differ": _("The two passphrases are not the same."),
    "ca.short_passphrase": _("The passphrase must have at least %(least)s characters."),
    "ca.unbounded": _(
        "This authority may sign for the whole world. OpenMIDAS takes only one that is bounded to names"
        " of the State and private addresses."
    ),
    "certificate.no_request": _(
        "There is no key in %(path)s. Make a request first: midas ca request"
    ),
    "certificate.other_authority": _("The certificate was not signed by this authority."),
    "certificate.other_key": _("The certificate does not belong to the key."),
    "file.no_certificate": _("%(path)s is no certificate."),
    "file.unreadable": _("Cannot read %(path)s: %(reason)s"),
    "install.folder": _(
        "The folder cannot be %(folder)s: services do not see /home, /root and /tmp, and the path may"
        " hold letters, figures, dots, hyphens and slashes only."
    ),
    "install.missing": _("Not said: %(options)s."),
    "install.no_account": _("There is no account “%(account)s” on this machine."),
    "install.no_systemd": _(
        "The program %(program)s is missing. A node is installed on Debian or Ubuntu."
    ),
    "install.no_units": _(
        "Nothing was installed here yet: midas install post, or midas install hq."
    ),
    "install.other_kind": _("This machine is installed as something else: %(kind)s."),
    "install.root": _("Only root installs and upgrades: put sudo before the command."),
    "install.settings": _("%(path)s cannot be read: %(reason)s"),
    "release.key": _("%(path)s is no public key of releases (Ed25519, PEM)."),
    "release.no_key": _(
        "No public key of releases in %(path)s: put the one of your State there first."
    ),
    "release.signature": _(
        "The release is not signed by a key that this machine trusts. Nothing was touched."
    ),
    "release.space": _("The disk lacks %(megabytes)s MB. Nothing was touched."),
    "request.key": _("The request has a key of another kind than this program makes (P-256)."),
    "request.malformed": _(
        "%(path)s is no request for a certificate, or it was changed on its way."
    ),
    "run.failed": _("This failed: %(command)s\n%(said)s"),
    "upgrade.busy": _("Another upgrade is running on this machine."),
    "upgrade.cannot_undo": _(
        "The upgrade cannot be undone, because no copy of the database was made. Mend what is wrong and"
        " start `midas upgrade --resume`. What was wrong: %(why)s"
    ),
    "upgrade.copy": _("The copy of the database is not whole: %(said)s"),
    "upgrade.no_answer": _("The new version does not serve its pages: %(said)s"),
    "upgrade.no_copy": _("No copy of the database was made before the last upgrade."),
    "upgrade.no_program": _(
        "%(program)s is missing, and without it there is no copy of the database to go back to. Install"
        " postgresql-client, or make a copy yourself and add --without-copy."
    ),
    "upgrade.not_newer": _("Version %(new)s is not newer than %(current)s, which is in use."),
    "upgrade.not_started": _(
        "The services were started, and the pages do not answer: see journalctl -u midas-serve. To go"
        " back: midas upgrade --back"
    ),
    "upgrade.nothing_installed": _(
        "There is no installation here to upgrade. See `midas install`."
    ),
    "upgrade.nothing_to_undo": _("There is no upgrade to undo."),
    "upgrade.other_journals": _("The new version finds other journals than the old one."),
    "upgrade.program": _("%(program)s failed: %(said)s"),
    "upgrade.progress": _("%(path)s cannot be read: %(reason)s"),
    "upgrade.too_old": _(
        "Version %(new)s takes over from %(oldest)s on; %(current)s is in use. Upgrade to one between"
        " first."
    ),
    "upgrade.under_way": _(
        "An upgrade to %(version)s is under way and was interrupted. First: midas upgrade --resume"
    ),
    "upgrade.written_since": _(
        "Entries were written or received since the upgrade. Going back would lose them, so it is not"
        " done."
    ),
}

STEPS: dict[str, str | Promise] = {
    Step.BUILD: _("Installing the new version beside the old one …"),
    Step.STOP: _("Stopping the services …"),
    Step.COPY: _("Copying the database …"),
    Step.MIGRATE: _("Bringing the database up to date …"),
    Step.CHECK: _("Checking that the new version serves its pages …"),
    Step.SWITCH: _("Switching to the new version …"),
    "start": _("Starting the services …"),
    "undo": _("Undoing …"),
}

ACTIONS: dict[str, str | Promise] = {
    "account": _("make the account %(what)s"),
    "addresses": _("let the pages answer to %(what)s"),
    "enable": _("start %(what)s with the machine"),
    "file": _("write %(what)s"),
    "folder": _("make the folder %(what)s, closed to others"),
    "https": _("make an authority of its own for the pages, and a certificate: %(what)s"),
    "node": _("make the node “%(what)s”"),
    "prepare": _("bring the database in %(what)s up to date"),
    "release_key": _("trust releases signed by this key: %(what)s"),
    "reload": _("tell %(what)s of the changes"),
    "settings": _("write %(what)s"),
    "start": _("start %(what)s"),
}


def word_error(error: InstallationError | ReleaseError) -> str:
    """A sentence for what went wrong."""
    if isinstance(error, ReleaseError):
        french, english = RELEASE_WORDS[error.code]
        return (french if get_language() == "fr" else english).format(error.detail)
    return str(ERRORS[error.code]) % error.details


def word_action(code: str, what: str) -> str:
    """What is to be done on this machine."""
    return str(ACTIONS[code]) % {"what": what}
