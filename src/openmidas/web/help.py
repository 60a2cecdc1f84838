"""The documentation inside the program: which page of it helps on which page, and where it lies.

`python3 run.py docs` makes the site from ``docs/`` beside this file; a release has it in its wheel.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

SITE = Path(__file__).parent / "help_site"

# What helps on a page, by the name of its address: the French page of the site, and the English.
START = ("", "help.en/")
AT_THE_COUNTER = ("officers/guichet.fr/", "officers/counter.en/")
IN_THE_SECOND_LINE = ("officers/seconde-ligne.fr/", "officers/second-line.en/")
INCIDENTS = ("officers/incidents.fr/", "officers/incidents.en/")
THE_SHIFT = ("officers/vacation.fr/", "officers/shift.en/")
HERDS = ("officers/troupeaux.fr/", "officers/herds.en/")
RESIDENTS = ("officers/frontaliers.fr/", "officers/residents.en/")
HEALTH = ("officers/sante.fr/", "officers/health-checks.en/")
DISPLACEMENTS = ("officers/deplacements.fr/", "officers/displacements.en/")
AT_THE_HQ = ("headquarters/siege.fr/", "headquarters/headquarters.en/")
KEEPING_LISTS = ("headquarters/listes.fr/", "headquarters/lists.en/")
REFERRING = ("officers/orientations.fr/", "officers/referrals.en/")
ADMINISTERING = ("administrators/health.fr/", "administrators/health.en/")
READERS = ("administrators/lecteurs.fr/", "administrators/readers.en/")
HELPS = {
    "workstation-reader": READERS,
    "counter": AT_THE_COUNTER,
    "conveyances": AT_THE_COUNTER,
    "conveyance": AT_THE_COUNTER,
    "second-line": IN_THE_SECOND_LINE,
    "second-line-case": IN_THE_SECOND_LINE,
    "hit": IN_THE_SECOND_LINE,
    "hits": IN_THE_SECOND_LINE,
    "referrals": REFERRING,
    "referral": REFERRING,
    "referral-new": REFERRING,
    "referral-begin": REFERRING,
    "referral-sheet": REFERRING,
    "pathways": AT_THE_HQ,
    "pathways-new": AT_THE_HQ,
    "compartments": AT_THE_HQ,
    "declarations": HERDS,
    "declaration": HERDS,
    "declare-herd": HERDS,
    "declare-goods": HERDS,
    "hq-declarations": HERDS,
    "residents": RESIDENTS,
    "resident": RESIDENTS,
    "resident-new": RESIDENTS,
    "hq-residents": RESIDENTS,
    "incidents": INCIDENTS,
    "incident": INCIDENTS,
    "incident-report": INCIDENTS,
    "incident-rules-here": INCIDENTS,
    "issuers": KEEPING_LISTS,
    "hq-issuers": KEEPING_LISTS,
    "hq-issuer": KEEPING_LISTS,
    "hq-issuer-give": KEEPING_LISTS,
    "hq-issuer-file": KEEPING_LISTS,
    "hq-issuer-list": KEEPING_LISTS,
    "hq-issuer-signer": KEEPING_LISTS,
    "hq-issuer-proposal": KEEPING_LISTS,
    "shift": THE_SHIFT,
    "shift-open": THE_SHIFT,
    "shift-hand-over": THE_SHIFT,
    "shift-close": THE_SHIFT,
    "shifts": THE_SHIFT,
    "shift-earlier": THE_SHIFT,
    "hq-shifts": AT_THE_HQ,
    "hq-shift": AT_THE_HQ,
    "health-checks": HEALTH,
    "health-check": HEALTH,
    "health-contacts": HEALTH,
    "health-definitions": HEALTH,
    "health-definitions-new": HEALTH,
    "displacements": DISPLACEMENTS,
    "displacement": DISPLACEMENTS,
    "displacement-open": DISPLACEMENTS,
    "displacement-count": DISPLACEMENTS,
    "displacement-mark": DISPLACEMENTS,
    "displacement-of-crossing": DISPLACEMENTS,
    "hq-displacements": DISPLACEMENTS,
    "hq-displacement": DISPLACEMENTS,
    "hits-settled": AT_THE_HQ,
    "situation": AT_THE_HQ,
    "flows": AT_THE_HQ,
    "stays": AT_THE_HQ,
    "stays-over": AT_THE_HQ,
    "stays-matches": AT_THE_HQ,
    "stays-match": AT_THE_HQ,
    "hq-crossings": AT_THE_HQ,
    "hq-incidents": AT_THE_HQ,
    "hq-incident": AT_THE_HQ,
    "incident-rules": AT_THE_HQ,
    "incident-rules-new": AT_THE_HQ,
    "hq-crossing": AT_THE_HQ,
    "hq-conveyances": AT_THE_HQ,
    "hq-conveyance": AT_THE_HQ,
    "hq-nodes": AT_THE_HQ,
    "hq-post": AT_THE_HQ,
    "hq-rules": AT_THE_HQ,
    "hq-rules-new": AT_THE_HQ,
    "systems": AT_THE_HQ,
    "complaints": AT_THE_HQ,
    "complaint": AT_THE_HQ,
    "receipts": AT_THE_COUNTER,
    "national-list": KEEPING_LISTS,
    "national-list-file": KEEPING_LISTS,
    "national-list-upload": KEEPING_LISTS,
    "listing-propose": KEEPING_LISTS,
    "proposals": KEEPING_LISTS,
    "proposal": KEEPING_LISTS,
    "proposal-batch": KEEPING_LISTS,
    "health-detail": ADMINISTERING,
    "sticks": ADMINISTERING,
}
_INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL
)


def page_for(name: str | None, language: str) -> str:
    """The page of the site that helps on the page of this name, in French or else in English."""
    french, english = HELPS.get(name or "", START)
    return french if language.startswith("fr") else english


def find_file(path: str, site: Path = SITE) -> Path | None:
    """The file of the site behind an address; a folder's is its ``index.html``. None: no such one."""
    try:
        asked = (site / path).resolve()
        if not asked.is_relative_to(site.resolve()):
            return None
        file = asked / "index.html" if asked.is_dir() else asked
        return file if file.is_file() else None
    except (OSError, ValueError):  # a name that no file system takes
        return None


@cache
def policy(site: Path = SITE) -> dict[str, list[str]]:
    """What the pages of the site may do beyond the program's own: their few inline scripts, each by
    its hash, pictures inside their style sheet, and styles that their own script brings."""
    scripts = {
        script
        for page in site.rglob("*.html")
        for script in _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    }
    return {
        "script-src": sorted(map(_source, scripts)),
        "img-src": ["data:"],
        "style-src": ["'unsafe-inline'"],
    }


def _source(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
