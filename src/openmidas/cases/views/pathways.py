"""Pathways at the HQ: which are in force, which were, each in words, and publishing a file of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

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
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

MOST_BYTES = 256 * 1024
MOST_UPLOAD_BYTES = 4 * MOST_BYTES
"""With the form around it; the text comes again, percent-encoded, when it is published."""

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class PathwaysForm(forms.Form):
    """A file of pathways, or the text of one that has been shown. ``said``: what a valid form says."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("TOML, in UTF-8, as the sample."),
        required=False,
    )
    text = forms.CharField(
        widget=forms.HiddenInput(), required=False, strip=False, max_length=MOST_BYTES
    )

    said: Pathways

    def clean(self) -> dict[str, Any]:
        """Read the pathways. What is wrong with them stands at the file."""
        data = super().clean() or {}
        try:
            data["text"] = _text_of(data.get("file")) or data.get("text", "")
            if data["text"]:
                self.said = read_pathways(data["text"], post_names())
            else:
                self.add_error("file", _("Choose a file."))
        except PathwaysError as error:
            self.add_error("file", word_pathways(error))
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8."))
        return data


@headquarters
@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Every set of pathways that was published, newest first; the first is in force."""
    published = list(PublishedPathways.objects.order_by("-clock", "-id").defer("pathways"))
    ids = {one.officer for one in published if one.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    now = in_force()
    context = {
        "published": [
            (one, names.get(one.officer, "") if one.officer else "") for one in published
        ],
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
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def pathways_new(request: HttpRequest) -> HttpResponseBase:
    """Read a file of pathways, show it in words, publish it to all posts."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOAD_BYTES:
        form = PathwaysForm({})
        form.is_valid()
        form.errors["file"] = form.error_class([word_pathways(_too_large())])
        return render(request, "cases/referrals/pathways_new.html", {"form": form}, status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _pathways_new(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _pathways_new(request: HttpRequest) -> HttpResponse:
    page = "cases/referrals/pathways_new.html"
    if request.method == "GET":
        return render(request, page, {"form": PathwaysForm()})
    form = PathwaysForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, page, {"form": form}, status=422)
    text = form.cleaned_data["text"]
    if "publish" in request.POST:
        publish_pathways(text, actor=actor(request))
        return redirect("pathways")
    context = {"form": PathwaysForm(initial={"text": text}), "read": form.said}
    return render(request, page, context | in_words(form.said))


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


def _text_of(file: UploadedFile[Any] | None) -> str:
    """The text of an upload, "" where there is none. Raises `UnicodeDecodeError`, `PathwaysError`."""
    if file is None:
        return ""
    if (file.size or 0) > MOST_BYTES:
        raise _too_large()
    raw: bytes = file.read()
    return raw.decode()


def _too_large() -> PathwaysError:
    return PathwaysError("malformed", reason=f"> {MOST_BYTES // 1024} KiB")
