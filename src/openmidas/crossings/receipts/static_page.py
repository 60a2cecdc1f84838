"""The page that checks receipts without a link: one file, with the State's public keys in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from openmidas.crossings.receipts.wording import CHOICES, FACTS
from openmidas.documents.receipts import Outcome

LANGUAGES = ("fr", "en")
_PARTS = files("openmidas.crossings.receipts") / "page"


def static_page(
    state: str, keys: Iterable[bytes], revoked: Mapping[bytes, datetime] | None = None
) -> str:
    """The whole page, for a State (its code), its keys, and the posts' keys that it has revoked, each
    since when. It loads nothing and sends nothing."""
    # The policy of the page allows these very bytes and nothing else.
    scripts = [_part("receipt.js"), _part("page.js")]
    style = _part("page.css")
    context = {
        "home": state,
        "languages": LANGUAGES,
        "outcomes": [str(outcome) for outcome in Outcome],
        "facts": FACTS,
        "choices": CHOICES,
        "keys": _numbers([list(key) for key in keys]),
        "revoked": _numbers(
            [[list(key), int(at.timestamp())] for key, at in (revoked or {}).items()]
        ),
        "scripts": scripts,
        "scripts_allowed": [_hash(script) for script in scripts],
        "style": style,
        "style_allowed": _hash(style),
    }
    return render_to_string("crossings/receipts/static_page.html", context)


def _numbers(lists: list[list[Any]]) -> SafeString:
    return mark_safe(msgspec.json.encode(lists).decode())  # noqa: S308  nothing but numbers


def _part(name: str) -> SafeString:
    return mark_safe((_PARTS / name).read_text(encoding="utf-8"))  # noqa: S308  files of our own


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
