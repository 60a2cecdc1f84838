"""How far the journals here are proved, by whom they are witnessed, and what contradicts itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmidas.exchange.wording import word_problem
from openmidas.journal.witnessed import Version
from openmidas.nodes.identity import this_node
from openmidas.nodes.names import node_names
from openmidas.nodes.witnesses import Sides, Witnessed, moment, picture, short
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

WITNESSES_SHOWN = 5


@allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR, Role.OVERSIGHT)
@require_GET
def witness(request: HttpRequest) -> HttpResponse:
    """All journals, the log of heads, contradictions."""
    found, names = picture(), node_names()
    context = {
        "journals": [_journal(one, names) for one in found.journals],
        "left_out": found.left_out,
        "logs": [
            {"log": one, "name": _name(one.node, names), "root": short(one.root)}
            for one in found.logs
        ],
        "carried": found.carried,
        "is_hq": this_node().is_hq,
        "contradictions": [_contradiction(one, names) for one in found.contradictions],
    }
    return render(request, "posts/witness.html", context)


def _journal(one: Witnessed, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "journal": one,
        "name": _name(one.node, names),
        "hash": short(one.hash),
        "stopped": word_problem(one.stopped) if one.stopped else "",
        "problem": word_problem(one.problem) if one.problem else "",
        "witnesses": [
            {"name": _name(said.node, names), "said": said}
            for said in one.witnesses[:WITNESSES_SHOWN]
        ],
        "more": max(0, len(one.witnesses) - WITNESSES_SHOWN),
    }


def _contradiction(one: Sides, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "one": one,
        "name": _name(one.node, names),
        "teller": _name(one.teller, names),
        "words": word_problem(one.code),
        "sides": [_side(one.ours), _side(one.theirs)],
    }


def _side(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "hash": short(version.hash),
        "at": moment(version.at) if version.at else None,
    }


def _name(node: UUID, names: dict[UUID, str]) -> str:
    return names.get(node, str(node))
