"""Pathways at the HQ: which are in force, which were, each in words, and publishing a file of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openmidas.cases.referrals.models import PublishedPathways
from openmidas.cases.referrals.page import shown_pathway
from openmidas.cases.referrals.pathways import (
    Pathways,
    PathwaysError,
    read_pathways,
    sample_pathways,
)
from openmidas.cases.referrals.publishing import in_force, post_names, publish_pathways
from openmidas.cases.referrals.wording import said as in_language
from openmidas.cases.referrals.wording import word_pathways
from openmidas.crossings.views.hq import headquarters
from openmidas.journal import NodeKind
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.roles import Role
from openmidas.posts.text_file import Page, TextFileForm, take_text_file, with_publishers

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class PathwaysForm(TextFileForm):
    """A file of pathways."""

    def read(self, text: str) -> Pathways:
        """The pathways. Raises `ValidationError`."""
        try:
            return read_pathways(text, post_names())
        except PathwaysError as error:
            raise ValidationError(word_pathways(error)) from error


@headquarters
@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Every set of pathways that was published, newest first; the first is in force."""
    published = list(PublishedPathways.objects.order_by("-clock", "-id").defer("pathways"))
    now = in_force()
    context = {
        "published": with_publishers(published),
        "stale": now is not None and now.stale,
        "may_publish": signed_in(request).has_role(Role.ADMINISTRATOR),
    }
    return render(request, "cases/referrals/pathways.html", context)


@headquarters
@require_safe
def edition(request: HttpRequest, id: UUID) -> HttpResponse:
    """One set of pathways in words."""
    row = get_object_or_404(PublishedPathways, id=id)
    now = in_force()
    context = {"set": row, "in_force": now is not None and now.edition == id}
    return render(request, "cases/referrals/edition.html", context | in_words(row.said()))


@administrators
@csrf_exempt  # see `take_text_file`
def pathways_new(request: HttpRequest) -> HttpResponseBase:
    """Read a file of pathways, show it in words, publish it to all posts."""
    page = Page(
        form=PathwaysForm,
        template="cases/referrals/pathways_new.html",
        in_words=in_words,
        publish=lambda text: publish_pathways(text, actor=actor(request)),
        then="pathways",
        sample="pathways-sample",
        file_name="pathways.toml",
    )
    return take_text_file(request, page)


@administrators
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The sample pathways, to fill in and to publish."""
    return HttpResponse(sample_pathways(), content_type="text/plain; charset=utf-8")


def in_words(read: Pathways) -> dict[str, Any]:
    """What `pathways_in_words.html` shows of a set of pathways."""
    return {
        "shown": [
            {
                "pathway": shown_pathway(one),
                "posts": one.posts,
                "data": [(in_language(field.label), field.needed) for field in one.data],
            }
            for one in read.pathways
        ]
    }
