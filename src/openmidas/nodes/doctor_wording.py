"""What the checks of a node found, in words, and what to type to mend it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from openmidas.nodes.backup_wording import WORDS as BACKUP_WORDS
from openmidas.nodes.doctor import Finding, Level

Text = str | Promise


class Words(msgspec.Struct, frozen=True):
    """``says``: the finding as a sentence; ``mend``: what to do, empty where there is nothing to do."""

    says: str
    mend: str


_words: dict[str, tuple[Text, Text]] = {}


def add_words(words: Mapping[str, tuple[Text, Text]]) -> None:
    """A room above adds the words of its findings: code → (sentence, what to do)."""
    _words.update(words)


def word_finding(finding: Finding) -> Words:
    """The words of a finding in the user's language. Codes without words are shown as they are."""
    says, mend = _words.get(finding.code, (UNKNOWN, ""))
    blanks = {"code": finding.code, **finding.params}
    return Words(str(says) % blanks, str(mend) % blanks if mend else "")


def word_level(level: Level) -> str:
    """What is written beside a finding."""
    return {
        Level.OK: now_("in order"),
        Level.LOOK: now_("needs attention"),
        Level.STOP: now_("must be mended"),
        Level.UNKNOWN: now_("not known"),
    }[level]


def worded_codes() -> set[str]:
    """All codes that have words."""
    return set(_words)


UNKNOWN = _("%(code)s: this version has no words for it.")

add_words({code: (text, "") for code, text in BACKUP_WORDS.items()})
add_words(
    {
        "backup.fresh": (_("The last backup to %(target)s is %(hours)s hours old."), ""),
        "backup.none": (_("There is no backup in %(target)s yet."), "midas backup now"),
        "backup.not_set_up": (
            _("This node is not copied anywhere: if its machine is lost, so is it."),
            "midas backup init --recovery-key FILE.pub FOLDER",
        ),
        "backup.old": (
            _("The last backup to %(target)s is %(hours)s hours old."),
            _("midas backup now; is the worker running?"),
        ),
        "backup.same_disk": (
            _("The backups in %(target)s lie on the node's own disk: they are lost with it."),
            _("Plug in a second disk or a stick, then: midas backup init … FOLDER"),
        ),
        "backup.target_missing": (
            _("%(target)s, the place of the backups, is not there."),
            _("Plug in the disk or stick. A new one: midas backup init … %(target)s"),
        ),
        "check.failed": (_("The check %(check)s could not be made: %(reason)s"), ""),
        "check.not_yet": (
            _("The check %(check)s takes long and has not been made yet."),
            "midas doctor",
        ),
        "clock.agrees": (_("The clock agrees with the headquarters' (%(seconds)s s)."), ""),
        "clock.battery": (_("The computer has a clock that runs while it is off."), ""),
        "clock.battery_unknown": (
            _("Whether the computer has a clock with a battery cannot be seen."),
            "",
        ),
        "clock.differs": (
            _("The clock differs from the headquarters' by %(seconds)s s."),
            _('timedatectl set-time "YYYY-MM-DD HH:MM:SS" (with a link: timedatectl set-ntp true)'),
        ),
        "clock.fell_back": (
            _("The clock stands %(minutes)s minutes before the last journal entry."),
            _('Set it: timedatectl set-time "YYYY-MM-DD HH:MM:SS"; is the battery empty?'),
        ),
        "clock.follows_journal": (_("The clock stands after the last journal entry."), ""),
        "clock.never_compared": (
            _("The clock has never been compared with the headquarters'."),
            _("It is at the next exchange."),
        ),
        "clock.no_battery": (
            _(
                "The computer has no clock that runs while it is off: after a power cut its time is wrong."
            ),
            _(
                "Fit a real-time clock, or let it take the time from the network: timedatectl set-ntp true"
            ),
        ),
        "database.damaged": (
            _("The database is damaged: %(reason)s"),
            _("Stop the node and restore it: midas restore FILE --to FOLDER"),
        ),
        "database.no_checksums": (
            _("Whether the database is whole is not known: the server keeps no checksums."),
            _("With the server stopped: pg_checksums --enable"),
        ),
        "database.postgresql": ("PostgreSQL %(version)s", ""),
        "database.postgresql_old": (
            _("PostgreSQL %(version)s is too old."),
            _("Upgrade the server to PostgreSQL 15 or later."),
        ),
        "database.safe": (_("What is answered is on the disk."), ""),
        "database.sqlite": ("SQLite %(version)s", ""),
        "database.sqlite_unsafe": (
            _("SQLite %(version)s can damage the database (the fault is mended in 3.51.3)."),
            _("Install the sqlcipher3 wheel that came with this version."),
        ),
        "database.unsafe": (
            _("A power cut can lose what was answered: %(setting)s is not set as it must be."),
            _("Set it back in postgresql.conf, then restart the server."),
        ),
        "database.whole": (_("Every page of the database is whole."), ""),
        "disk.fills_up": (
            _(
                "The disk is full in %(days)s days (%(free_mb)s MB free, %(growth_mb)s MB more a day)."
            ),
            _("Make room on the disk of %(folder)s, or fit a larger one."),
        ),
        "disk.full": (
            _("Only %(free_mb)s MB are free: soon no crossing can be recorded."),
            _("Make room on the disk of %(folder)s now."),
        ),
        "disk.little_room": (
            _("%(free_mb)s MB are free."),
            _("Make room on the disk of %(folder)s."),
        ),
        "disk.room": (
            _(
                "%(free_mb)s MB free; the database has %(database_mb)s MB, %(growth_mb)s MB more a day."
            ),
            "",
        ),
        "erasure.done": (_("What was erased is gone from tables and files."), ""),
        "erasure.late": (
            _(
                "%(erasures)s erasures are not carried out to the end, one of them for %(hours)s hours:"
                " tables or files still hold what was erased."
            ),
            _("midas journal erased --now; is the worker running, is the disk full?"),
        ),
        "erasure.not_ordered": (
            _(
                "Entry %(sequence)s of this node's own journal says nothing any more, though nobody"
                " ordered it: the database was changed behind the program's back."
            ),
            _("Keep the machine as it is and tell the headquarters, which may have the entry."),
        ),
        "erasure.ordered": (
            _("All that this node wrote is there, but for what was ordered to be erased."),
            "",
        ),
        "erasure.under_way": (
            _(
                "%(erasures)s erasures are under way: tables or the database's files still hold what"
                " was erased."
            ),
            "",
        ),
        "exchange.certificate": (_("The certificate of the exchange and its key fit."), ""),
        "exchange.certificate_other_key": (
            _("The certificate of the exchange is not that of its key: no peer will be spoken to."),
            _("Put both back from a backup, or remove both and exchange cards again."),
        ),
        "exchange.certificate_unreadable": (
            _("The certificate of the exchange cannot be read: %(reason)s"),
            _("Put it back from a backup, or remove it with its key and exchange cards again."),
        ),
        "journal.contradicted": (
            _(
                "%(number)s contradictions between journals or logs wait for somebody to look into them."
            ),
            _("Leave the machine as it is and look: midas journal verify"),
        ),
        "journal.does_not_hold": (
            _("The journal %(journal)s does not hold after entry %(after)s: %(reason)s"),
            _("Leave the machine as it is and call the headquarters: midas journal verify"),
        ),
        "journal.followed": (_("The tables follow the journals (%(entries)s entries wait)."), ""),
        "journal.log_does_not_hold": (
            _("The log of heads does not hold: %(reason)s"),
            _("Leave the machine as it is and call the headquarters: midas journal verify"),
        ),
        "journal.log_holds": (_("The log of heads holds: %(size)s heads."), ""),
        "journal.not_followed": (
            _("%(entries)s journal entries are not in the tables yet."),
            _("Is the worker running? systemctl restart midas-worker"),
        ),
        "journal.not_opened": (
            _("The journal of epoch %(epoch)s is not opened: nothing can be recorded."),
            "midas prepare",
        ),
        "journal.opened": (_("The journal (epoch %(epoch)s) has %(entries)s entries."), ""),
        "journal.proved": (_("Every journal here holds, from its first entry on."), ""),
        "journal.too_long_to_prove": (
            _("Whether the journals hold was not looked at: they are long."),
            _("At a quiet hour: midas journal verify"),
        ),
        "keys.here": (_("The node's keys are here."), ""),
        "keys.missing": (
            _("Keys are missing: %(names)s"),
            _("Put them back from a backup: midas restore FILE --to FOLDER"),
        ),
        "permissions.closed": (_("Nobody but the node's account can read its folder."), ""),
        "permissions.open": (
            _("Others on this machine can read: %(names)s"),
            "chmod -R go= %(folder)s",
        ),
        "permissions.unknown": (
            _("Who can read the node's folder cannot be seen on this system."),
            "",
        ),
        "process.exchange": (_("The exchange is at work."), ""),
        "process.exchange_silent": (
            _("Nobody listens for the posts at %(address)s: %(reason)s"),
            "systemctl restart midas-exchange",
        ),
        "process.exchange_unknown": (
            _("Whether the exchange is at work is not known: it has noted nothing lately."),
            "systemctl status midas-exchange",
        ),
        "process.pages": (_("The pages answer at %(address)s."), ""),
        "process.pages_silent": (
            _("The pages do not answer at %(address)s: %(reason)s"),
            "systemctl restart midas-serve",
        ),
        "process.worker": (_("The worker is at work."), ""),
        "process.worker_never": (
            _("Whether the worker is at work is not known: it has never left its sign."),
            "systemctl status midas-worker",
        ),
        "process.worker_silent": (
            _("The worker has given no sign for %(minutes)s minutes."),
            "systemctl restart midas-worker",
        ),
        "units.no_systemd": (
            _("Whether the node starts by itself is not known: this system has no systemd."),
            "",
        ),
        "units.not_at_start": (
            _("%(unit)s does not start with the machine."),
            "systemctl enable %(unit)s",
        ),
        "units.not_installed": (
            _("%(unit)s is not installed: nothing starts it after a power cut."),
            "midas install",
        ),
        "units.not_running": (
            _("%(unit)s is not running (%(state)s)."),
            "systemctl start %(unit)s; journalctl -u %(unit)s",
        ),
        "units.running": (_("%(unit)s runs, and starts with the machine."), ""),
        "units.silent": (
            _("Whether the node starts by itself is not known: systemd does not answer."),
            "",
        ),
    }
)
