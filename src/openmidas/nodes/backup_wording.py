"""Why a backup could not be made, opened or restored, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.backup_seal import BackupFailed

WORDS = {
    "backup.cut_off": _("The backup is not whole: its end was cut off. Use another copy."),
    "backup.damaged": _("The backup was changed or damaged. Use another copy."),
    "backup.database": _("The database could not be copied: %(reason)s"),
    "backup.no_backup": _("This file is no backup of OpenMIDAS."),
    "backup.no_key": _("%(path)s is no recovery key: %(reason)s"),
    "backup.no_pg_dump": _(
        "The programs pg_dump and pg_restore of PostgreSQL %(release)s or later are needed. On Debian:"
        " apt install postgresql-client"
    ),
    "backup.not_for_this_key": _("The backup does not open with this key or passphrase."),
    "backup.not_set_up": _(
        "Whom backups open for is not set up yet: midas backup init --recovery-key FILE.pub FOLDER"
    ),
    "backup.passphrase_short": _("The passphrase must have %(least)s characters or more."),
    "backup.plan_unreadable": _(
        "backup.toml cannot be read (%(reason)s). Set it up again: midas backup init"
    ),
    "backup.target_failed": _("%(target)s does not take the backup: %(reason)s"),
    "backup.target_full": _(
        "%(target)s has %(free_mb)s MB free; a backup needs %(needed_mb)s MB. Make room, or take a"
        " larger stick."
    ),
    "backup.target_missing": _(
        "%(target)s is not there, or was never set up as a place for backups. Plug it in, or:"
        " midas backup init %(target)s"
    ),
    "backup.target_unusable": _("%(target)s cannot be written: %(reason)s"),
    "restore.database_in_use": _(
        "The database that is to take the backup is not empty. Make an empty one, and name it with"
        " --database."
    ),
    "restore.folder_in_use": _(
        "%(folder)s is not empty. A backup is never restored over anything: choose a new folder."
    ),
    "restore.not_prepared": _(
        "The node is back in %(folder)s, but not ready (%(reason)s). Mend that, then:"
        " OPENMIDAS_HOME=%(folder)s midas prepare"
    ),
    "restore.unsafe": _("The backup holds a file that does not belong into a node: %(name)s"),
    "restore.incomplete": _("The backup lacks %(name)s."),
}


def word_failure(error: BackupFailed) -> str:
    """The sentence, in the user's language."""
    return str(WORDS[error.code]) % error.params
