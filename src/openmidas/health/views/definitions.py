"""Alert definitions at the HQ: which are in force, which were, each in words, and publishing a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openmidas.cases.referrals.wording import said as in_language
from openmidas.crossings.views.hq import headquarters
from openmidas.health.definitions import (
    Definitions,
    DefinitionsError,
    read_definitions,
    sample_definitions,
)
from openmidas.health.models import PublishedDefinitions
from openmidas.health.publishing import in_force, publish_definitions
from openmidas.health.wording import name_of, word_definition, word_exposure, word_rule
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.roles import Role
from openmidas.posts.text_file import Page, TextFileForm, take_text_file, with_publishers

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class DefinitionsForm(TextFileForm):
    """A file of definitions."""

    def read(self, text: str) -> Definitions:
        """The definitions. Raises `ValidationError`."""
        try:
            return read_definitions(text, node_day())
        except DefinitionsError as error:
            raise ValidationError(word_definition(error)) from error


@headquarters
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every set of definitions that was published, newest first; the first is in force."""
    published = list(PublishedDefinitions.objects.order_by("-clock", "-id").defer("definitions"))
    now = in_force()
    context = {
        "published": with_publishers(published),
        "stale": now is not None and now.stale,
        "may_publish": signed_in(request).has_role(Role.ADMINISTRATOR),
    }
    return render(request, "health/definitions.html", context)


@headquarters
@require_safe
def edition(request: HttpRequest, id: UUID) -> HttpResponse:
    """One set of definitions in words."""
    row = get_object_or_404(PublishedDefinitions, id=id)
    now = in_force()
    context = {"set": row, "in_force": now is not None and now.edition == id}
    return render(request, "health/edition.html", context | in_words(row.said()))


@administrators
@csrf_exempt  # see `take_text_file`
def new(request: HttpRequest) -> HttpResponseBase:
    """Read a file of definitions, show it in words, publish it to all posts."""
    page = Page(
        form=DefinitionsForm,
        template="health/definitions_new.html",
        in_words=in_words,
        publish=lambda text: publish_definitions(text, actor=actor(request)),
        then="health-definitions",
        sample="health-definitions-sample",
        file_name="definitions.toml",
    )
    return take_text_file(request, page)


@administrators
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The sample definitions, to check and to publish."""
    return HttpResponse(sample_definitions(), content_type="text/plain; charset=utf-8")


def in_words(read: Definitions) -> dict[str, Any]:
    """What `definitions_in_words.html` shows of a set of definitions."""
    return {
        "said": read,
        "shown": [
            {
                "name": name_of(one.name),
                "signs": word_rule(one),
                "exposure": word_exposure(one, one.days),
                "days": one.days,
                "minutes": one.minutes,
                "advice": in_language(one.advice),
                "source": in_language(one.source),
            }
            for one in read.definitions
        ],
    }
