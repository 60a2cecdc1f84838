"""``midas doctor``: what is wrong with this node, and what to type to mend it."""

from __future__ import annotations

import argparse
import sys

import msgspec
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.nodes.commanding import Commands, add_command
from openmidas.nodes.doctor import Finding, Level, examine, worst
from openmidas.nodes.doctor_wording import word_finding, word_level

STYLES = {Level.STOP: "bold red", Level.LOOK: "yellow", Level.UNKNOWN: "cyan", Level.OK: "green"}


class Report(msgspec.Struct, frozen=True):
    """What ``--json`` prints."""

    level: Level
    findings: tuple[Finding, ...]


def register(commands: Commands) -> None:
    """Add ``midas doctor``."""
    doctor = add_command(
        commands,
        "doctor",
        _doctor,
        _("what is wrong with this node, and how to mend it; exit status 1 if anything is"),
    )
    doctor.add_argument(
        "--json", action="store_true", help=_("for machines: codes instead of words")
    )


def _doctor(options: argparse.Namespace) -> int:
    """0 where nothing was found to be wrong: what is not known is shown, and is no fault by itself."""
    findings = examine()
    if options.json:
        report = Report(worst(findings), tuple(findings))
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        _print(findings)
    return 1 if worst(findings) in (Level.STOP, Level.LOOK) else 0


def _print(findings: list[Finding]) -> None:
    table = Table("", _("What was found"), _("What to do"), show_lines=False)
    for finding in findings:
        words = word_finding(finding)
        level = Text(word_level(finding.level), style=STYLES[finding.level])
        table.add_row(level, Text(words.says), Text(words.mend))
    Console().print(table)
