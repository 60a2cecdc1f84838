"""``midas lists build``: an edition as a compiled, signed file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from rich.console import Console
from rich.text import Text

from openmidas.lists.building import BuildRefused, Built, build
from openmidas.lists.wording import word_build_refused, word_title
from openmidas.nodes.commanding import CommandFailed, add_command

if TYPE_CHECKING:
    Group = argparse._SubParsersAction[argparse.ArgumentParser]


def add_build(group: Group) -> None:
    """Add ``midas lists build``."""
    shown = _("at the headquarters: compile an edition into a signed file")
    command = add_command(group, "build", _build, shown)
    command.add_argument("list", help=_("the code of the list, as midas lists shows it"))
    command.add_argument("file", type=Path, help=_("where to write it"))


def build_command(list_code: str, path: Path, console: Console) -> None:
    """Build, and tell what was written. Raises `CommandFailed` with one sentence."""
    try:
        built = build(list_code, path)
    except BuildRefused as error:
        raise CommandFailed(word_build_refused(error)) from error
    except OSError as error:
        failed = _("“%(path)s” cannot be written: %(reason)s.")
        raise CommandFailed(failed % {"path": path, "reason": error.strerror or ""}) from error
    console.print(Text(_word(built, path)))


def _build(options: argparse.Namespace) -> None:
    build_command(options.list, options.file, Console())


def _word(built: Built, path: Path) -> str:
    said = _("%(title)s, edition of %(dated)s: %(path)s, %(size)s. SHA-256: %(digest)s")
    return said % {
        "title": word_title(built.edition.list_code, built.edition.title),
        "dated": built.edition.day.isoformat(),
        "path": path,
        "size": filesizeformat(built.bytes),
        "digest": built.digest,
    }
