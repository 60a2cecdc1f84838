"""``midas incident-rules``: the rules that raise incidents by themselves."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.incidents.publishing import publish_incident_rules, rules_in_use
from openmidas.incidents.rules import IncidentRulesError, sample_rules
from openmidas.incidents.rules_wording import rules_in_words, word_problem
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.identity import this_node


def register(commands: Commands) -> None:
    """Add ``midas incident-rules``."""
    group = add_group(commands, "incident-rules", _("rules that raise incidents by themselves"))
    publish = add_command(group, "publish", _publish, _("publish a rules file to all posts"))
    publish.add_argument("file", type=Path, help=_("TOML, as the sample"))
    add_command(group, "show", _show, _("the rules in use at this node"))
    add_command(group, "sample", _sample, _("print the sample rules, to change and publish"))


def _publish(options: argparse.Namespace) -> None:
    if not this_node().is_hq:
        raise CommandFailed(_("Only a headquarters publishes rules."))
    try:
        text = options.file.read_text(encoding="utf-8")
        rules = publish_incident_rules(text, actor=AT_THE_TERMINAL)
    except IncidentRulesError as error:
        raise CommandFailed(
            _("Nothing was published. %(reason)s") % {"reason": word_problem(error)}
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": options.file, "reason": error}
        ) from error
    Console().print(_("Published: edition %(edition)s") % {"edition": rules.edition})


def _show(options: argparse.Namespace) -> None:
    rules = rules_in_use()
    table = Table()
    table.add_column(_("Rule"), no_wrap=True)
    table.add_column(_("What it sees"), overflow="fold")
    for one in rules_in_words(rules):
        table.add_row(one.name, one.said or _("Left out: it raises nothing."))
    Console().print(_("In use: edition %(edition)s") % {"edition": rules.edition})
    Console().print(table)


def _sample(options: argparse.Namespace) -> None:
    Console().print(sample_rules(), markup=False, highlight=False, soft_wrap=True)
