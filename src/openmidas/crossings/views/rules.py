"""Rules of stay and closures at the HQ: which are in force, which were, and each set in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.models import PublishedRules
from openmidas.crossings.rules import Closure, Member, Rule, RuleSet
from openmidas.crossings.views.hq import headquarters
from openmidas.crossings.words import (
    CONVEYANCES,
    DIRECTIONS,
    PURPOSES,
    bloc_in_words,
    state_in_words,
)
from openmidas.nodes.services import node_day
from openmidas.posts.access import signed_in
from openmidas.posts.roles import Role
from openmidas.posts.text_file import with_publishers


@headquarters
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule set that was published, newest first; the first is in force."""
    published = list(PublishedRules.objects.order_by("-clock", "-id").defer("rules"))
    shown = [{"set": one, "officer": name} for one, name in with_publishers(published)]
    may_publish = signed_in(request).has_role(Role.ADMINISTRATOR)
    context = {"published": shown, "stale": _is_stale(), "may_publish": may_publish}
    return render(request, "crossings/hq/rules.html", context)


@headquarters
@require_safe
def rule_set(request: HttpRequest, id: UUID) -> HttpResponse:
    """One rule set: who may stay where and how long, and when the border was closed."""
    published = get_object_or_404(PublishedRules, id=id)
    in_force = rules_in_force()
    said = published.rule_set()
    context = {
        "set": published,
        "in_force": in_force is not None and in_force.edition == published.id,
    } | in_words(said)
    return render(request, "crossings/hq/rule_set.html", context)


def in_words(said: RuleSet) -> dict[str, Any]:
    """What `rules_in_words.html` shows of a rule set."""
    return {
        "blocs": [
            {"name": bloc_in_words(bloc.code), "members": [_member(one) for one in bloc.members]}
            for bloc in said.blocs
        ],
        "rules": [_rule(one, said) for one in said.rules],
        "closures": [_closure(one) for one in said.closures],
        "refusal": said.refusal,
    }


def _is_stale() -> bool:
    in_force = rules_in_force()
    return (
        in_force is not None
        and (node_day() - in_force.rules.dated).days > in_force.rules.limit_days
    )


def _member(member: Member) -> dict[str, Any]:
    return {
        "name": state_in_words(member.state),
        "since": member.since,
        "until": member.until,
    }


def _rule(rule: Rule, said: RuleSet) -> dict[str, Any]:
    blocs = {bloc.code for bloc in said.blocs}

    def named(code: str) -> str:
        return bloc_in_words(code) if code in blocs else state_in_words(code)

    return {"rule": rule, "host": named(rule.host), "guest": named(rule.guest)}


def _closure(closure: Closure) -> dict[str, Any]:
    exempt = [
        *map(state_in_words, closure.exempt_nationalities),
        *(str(PURPOSES[code]) for code in closure.exempt_purposes),
        *(str(CONVEYANCES[code]) for code in closure.exempt_conveyances),
    ]
    return {
        "closure": closure,
        "hosts": ", ".join(map(state_in_words, closure.hosts)),
        "directions": ", ".join(str(DIRECTIONS[code]) for code in closure.directions),
        "exempt": ", ".join(exempt),
    }
