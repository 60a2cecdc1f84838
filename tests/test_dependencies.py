"""The page on dependencies, held against `lock/*.in` and what the packages say of themselves.

``python -m tests.test_dependencies`` prints each package's licence and weight.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"^([a-z0-9][a-z0-9-]*)", re.MULTILINE)
LOCKED = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)

# Packages from before SPDX expressions say the same thing in many ways.
SPDX = {
    "MIT License": "MIT",
    "MIT Licence": "MIT",
    "BSD": "BSD-3-Clause",  # django-csp: three clauses, in its LICENSE file
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "pytest-django is released under the BSD (3-clause) license": "BSD-3-Clause",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
BY_TEXT = {
    "Permission is hereby granted, free of charge, to any person obtaining a copy": "MIT",
    "This software is provided 'as-is', without any express or implied": "Zlib",
}
FINE = re.compile(
    r"any-OSI|MIT|MIT-0|MIT-CMU|BSD-[23]-Clause|0BSD|ISC|Zlib|Apache-2\.0|PSF-2\.0|MPL-2\.0|Unlicense|CC0-1\.0|LGPL-3\.0-only"
)
# Who may be under the LGPL: see "On the licences" on the page.
LGPL = {"psycopg", "psycopg-binary"}


def licence_of(found: Distribution) -> str:
    """What a package says of its licence, as an SPDX expression where that can be told."""
    if stated := found.metadata["License-Expression"]:
        return str(stated)
    named = [
        text.rpartition(" :: ")[2]
        for text in found.metadata.get_all("Classifier") or []
        if text.startswith("License :: OSI Approved ::")
    ]
    first_line = (found.metadata["License"] or "").partition("\n")[0].strip(" -")
    for text in (first_line, *named):
        if text:
            return SPDX.get(text, text)
    texts = [file.read_text() for file in found.files or [] if file.name.startswith("LICENSE")]
    known = [
        spdx for words, spdx in BY_TEXT.items() for text in texts if words in " ".join(text.split())
    ]
    return known[0] if known else "unknown"


def weight_of(found: Distribution) -> float:
    """Megabytes of a package's own files."""
    return sum(file.size or 0 for file in found.files or []) / 1e6


def asked_for(group: Path) -> set[str]:
    return set(NAME.findall(group.read_text(encoding="utf-8")))


def rows() -> dict[str, tuple[str, str]]:
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == len({name for name, _, _ in found}), "a package stands twice on the page"
    return {name: (licence, why) for name, licence, why in found}


PACKAGES = sorted(set().union(*(asked_for(path) for path in (ROOT / "lock").glob("*.in"))))
ALL = sorted(
    set().union(*(LOCKED.findall(path.read_text()) for path in (ROOT / "lock").glob("*.txt")))
)


def installed(package: str) -> Distribution:
    try:
        return distribution(package)
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed on this machine")


def test_the_page_names_what_is_asked_for_and_nothing_else() -> None:
    assert sorted(rows()) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_the_licence_on_the_page_is_the_package_s_own(package: str) -> None:
    assert rows()[package][0] == licence_of(installed(package))


@pytest.mark.parametrize("package", ALL)
def test_no_package_asks_for_more_than_we_can_give(package: str) -> None:
    licence = licence_of(installed(package))
    parts = re.split(r" (?:AND|OR) ", licence.strip("()"))
    assert all(FINE.fullmatch(part) for part in parts), licence
    assert "LGPL" not in licence or package in LGPL


if __name__ == "__main__":
    for package in PACKAGES:
        found = distribution(package)
        sys.stdout.write(f"{package:24}{licence_of(found):34}{weight_of(found):7.1f} MB\n")
