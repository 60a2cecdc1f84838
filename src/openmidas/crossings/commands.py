"""``midas rules``: the rules of stay that the State works by; ``midas read`` is declared for the help."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.receipts import commands as receipts_commands
from openmidas.crossings.rules import RulesError, sample_rules
from openmidas.crossings.rules_wording import word_rules
from openmidas.documents.commands import add_commands, add_document_commands
from openmidas.documents.commands.languages import in_language, terminal_language
from openmidas.documents.commands.reader import add_reader_commands
from openmidas.documents.commands.reader_words import WORDS
from openmidas.documents.commands.words import COMMAND
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.identity import this_node


def register(commands: Commands) -> None:
    """Add ``midas rules``, and ``midas read``, ``documents`` and ``reader``, which need no node."""
    about = _("read travel documents")
    reading = commands.add_parser("read", help=about, description=about)
    group = reading.add_subparsers(metavar=_("COMMAND"), dest="read_command", required=True)
    add_commands(group, terminal_language())
    about = in_language(COMMAND["documents"], terminal_language())
    documents = commands.add_parser("documents", help=about, description=about)
    group = documents.add_subparsers(metavar=_("COMMAND"), dest="documents_command", required=True)
    add_document_commands(group, terminal_language())
    about = in_language(WORDS["about"], terminal_language())
    reader = commands.add_parser("reader", help=about, description=about)
    group = reader.add_subparsers(metavar=_("COMMAND"), dest="reader_command", required=True)
    add_reader_commands(group)
    group = add_group(commands, "rules", _("rules of stay and closures of the border"))
    publish = add_command(group, "publish", _publish, _("publish a rules file to all posts"))
    publish.add_argument("file", type=Path, nargs="?", help=_("TOML; without it, the sample rules"))
    add_command(group, "show", _show, _("the rules in force at this node"))
    add_command(group, "sample", _sample, _("print the sample rules, to change and publish"))
    receipts_commands.register(commands)


def _publish(options: argparse.Namespace) -> None:
    if not this_node().is_hq:
        raise CommandFailed(_("Only a headquarters publishes rules."))
    try:
        text = options.file.read_text(encoding="utf-8") if options.file else sample_rules()
        rules = publish_rules(text, actor=AT_THE_TERMINAL)
    except RulesError as error:
        raise CommandFailed(
            _("Nothing was published. %(reason)s") % {"reason": word_rules(error)}
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": options.file, "reason": error}
        ) from error
    Console().print(
        _("Published: %(title)s, %(dated)s") % {"title": rules.title, "dated": rules.dated}
    )


def _show(options: argparse.Namespace) -> None:
    current = rules_in_force()
    if current is None:
        raise CommandFailed(_("No rules have been published to this node."))
    table = Table()
    for name in (_("Rule"), _("Where"), _("Who"), _("From"), _("Until"), _("Days")):
        table.add_column(name, no_wrap=True)
    table.add_column(_("Source"), overflow="fold")
    for rule in current.rules.rules:
        until = _("further notice") if rule.until_further_notice else str(rule.until or "")
        days = str(rule.days) if rule.days else _("no limit")
        table.add_row(
            rule.code, rule.host, rule.guest, str(rule.since or ""), until, days, rule.source
        )
    Console().print(f"{current.rules.title}, {current.rules.dated}")
    Console().print(table)


def _sample(options: argparse.Namespace) -> None:
    Console().print(sample_rules(), markup=False, highlight=False, soft_wrap=True)
