"""What `midas doctor` says, as a page and as numbers."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.nodes.doctor import Finding, Level, glance
from openmidas.nodes.doctor_wording import word_finding, word_level
from openmidas.nodes.home import this_home
from openmidas.nodes.metrics import CONTENT_TYPE, metrics
from openmidas.nodes.metrics import render as render_metrics
from openmidas.posts.access import allow, open_to_all
from openmidas.posts.roles import Role

FORWARDED = ("X-Forwarded-For", "Forwarded")
ICONS = {Level.OK: "clear", Level.LOOK: "look", Level.STOP: "stop", Level.UNKNOWN: "unknown"}


class Line(msgspec.Struct, frozen=True):
    """A finding as the page shows it."""

    code: str
    level: Level
    icon: str
    word: str
    says: str
    mend: str


@allow(Role.ADMINISTRATOR, Role.HEAD_OF_POST)
@require_safe
def health_detail(request: HttpRequest) -> HttpResponse:
    """The findings of the checks, the worst first."""
    lines = [_line(finding) for finding in glance()]
    counts = [
        (ICONS[level], word_level(level), sum(line.level is level for line in lines), level)
        for level in Level
    ]
    return render(request, "web/health_detail.html", {"lines": lines, "counts": counts})


@open_to_all
@require_safe
def health_metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus: for this machine itself, or with the token of ``keys/metrics.secret``."""
    if not (_from_here(request) or _has_token(request)):
        return HttpResponse("This machine only, or a bearer token.\n", "text/plain", status=403)
    return HttpResponse(render_metrics(metrics(glance())), content_type=CONTENT_TYPE)


def _from_here(request: HttpRequest) -> bool:
    """A server in front of this one would make everybody a caller from here: it says so itself."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    ours = this_home().secret("metrics")
    return scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), ours.encode())


def _line(finding: Finding) -> Line:
    words = word_finding(finding)
    return Line(
        code=finding.code,
        level=finding.level,
        icon=ICONS[finding.level],
        word=word_level(finding.level),
        says=words.says,
        mend=words.mend,
    )
