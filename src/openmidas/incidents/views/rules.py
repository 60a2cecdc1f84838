"""The rules that raise incidents: which are in use; at the HQ, which were, and publishing a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openmidas.incidents.access import administrators, headquarters, interview_room
from openmidas.incidents.models import PublishedIncidentRules
from openmidas.incidents.publishing import (
    not_loaded,
    passed_over,
    publish_incident_rules,
    published_rules,
    read_new,
    rules_in_use,
)
from openmidas.incidents.rules import IncidentRulesError, Rules, sample_rules
from openmidas.incidents.rules_wording import rules_in_words, word_problem
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor, signed_in
from openmidas.posts.roles import Role
from openmidas.posts.text_file import Page, TextFileForm, take_text_file, with_publishers


class IncidentRulesForm(TextFileForm):
    """A file of rules."""

    def read(self, text: str) -> Rules:
        """The rules. Raises `ValidationError`."""
        try:
            return read_new(text)
        except IncidentRulesError as error:
            raise ValidationError(word_problem(error)) from error


@headquarters
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in use in words, and everything that was published, newest first."""
    return _page(request, "incident-rules-edition")


@interview_room
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """At a post: the same, to read."""
    return _page(request)


def _page(request: HttpRequest, edition: str = "") -> HttpResponse:
    """``edition``: the name of the page that shows one of them, where there is one."""
    published = list(PublishedIncidentRules.objects.order_by("-clock", "-id").defer("rules"))
    context = {
        "published": with_publishers(published),
        "at_hq": this_node().is_hq,
        "may_publish": this_node().is_hq and signed_in(request).has_role(Role.ADMINISTRATOR),
        "not_loaded": not_loaded(),
        "passed_over": passed_over(published[0]) if published else [],
        "edition": edition,
    }
    return render(request, "incidents/rules.html", context | in_words(rules_in_use()))


@headquarters
@require_safe
def edition(request: HttpRequest, id: UUID) -> HttpResponse:
    """One published set of rules in words."""
    row = get_object_or_404(PublishedIncidentRules, id=id)
    newest = published_rules()
    context = {"set": row, "in_use": newest is not None and newest.id == id}
    return render(request, "incidents/hq/rules_edition.html", context | in_words(row.said()))


@administrators
@csrf_exempt  # see `take_text_file`
def new(request: HttpRequest) -> HttpResponseBase:
    """Read a file of rules, show it in words, publish it to all posts."""
    page = Page(
        form=IncidentRulesForm,
        template="incidents/hq/rules_new.html",
        in_words=in_words,
        publish=lambda text: publish_incident_rules(text, actor=actor(request)),
        then="incident-rules",
        sample="incident-rules-sample",
        file_name="incident-rules.toml",
    )
    return take_text_file(request, page)


@administrators
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The rules that the program brings, to change and to publish."""
    return HttpResponse(sample_rules(), content_type="text/plain; charset=utf-8")


def in_words(read: Rules) -> dict[str, Any]:
    """What `rules_in_words.html` shows of rules."""
    return {"said": read, "shown": list(rules_in_words(read))}
