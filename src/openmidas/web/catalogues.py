"""Compile the gettext catalogues: every `.po` of the package to the `.mo` beside it.

Run as `python -m openmidas.web.catalogues`. Needs no gettext on the machine; `.mo` files are made
where the program is set up and are never committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_catalogue(source: Path) -> Path:
    """Compile one `.po` file and return the `.mo` file; `PoFileError` when it cannot be read.

    Fuzzy entries are left out: a person has not looked at them.
    """
    locale = source.parts[-3]
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=locale, abort_invalid=True)
    compiled = source.with_suffix(".mo")
    unfinished = source.with_suffix(".mo.new")
    with unfinished.open("wb") as stream:
        write_mo(stream, catalogue)
    return unfinished.replace(compiled)


def compile_changed(folder: Path = PACKAGE) -> list[Path]:
    """Compile the catalogues below a folder that are newer than their `.mo`; returns those."""
    changed = []
    for source in sorted(folder.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            changed.append(compile_catalogue(source))
    return changed


def main() -> int:
    """Compile what changed; exit status 1 and the place of the mistake when a file is broken."""
    try:
        compile_changed()
    except PoFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
