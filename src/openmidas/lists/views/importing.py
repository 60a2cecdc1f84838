"""Importing a list from an uploaded file."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from openmidas.journal import NodeKind
from openmidas.lists.services import MOST_FILE_BYTES, MOST_LIMIT_DAYS, ImportRefused, import_un
from openmidas.lists.wording import word_error, word_report
from openmidas.posts.access import actor, allow
from openmidas.posts.roles import Role
from openmidas.screening import ListError

FORM_BYTES = 64 * 1024
"""What the form around an uploaded file may take."""
MOST_UPLOAD_BYTES = MOST_FILE_BYTES + FORM_BYTES


class ImportForm(forms.Form):
    """What is asked for when a list is imported."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The list as the United Nations publish it: XML, plain or gzipped."),
    )
    limit_days = forms.IntegerField(
        label=_("Stale after so many days"),
        help_text=_("Left empty: as before."),
        min_value=1,
        max_value=MOST_LIMIT_DAYS,
        required=False,
    )
    accept_older = forms.BooleanField(
        label=_("Take it even if it is older than the edition in use"), required=False
    )


@allow(Role.HQ_LISTS, at=NodeKind.HQ)
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def list_import(request: HttpRequest) -> HttpResponseBase:
    """Import a list from an uploaded file."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOAD_BYTES:
        refused = ImportRefused("too_large", limit=str(MOST_FILE_BYTES))
        return _import_page(request, ImportForm(), word_error(refused, Path()), status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _list_import(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _list_import(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _import_page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        report = import_un(
            _path_of(file),
            actor=actor(request),
            limit_days=form.cleaned_data["limit_days"],
            file_name=file.name,
            accept_older=form.cleaned_data["accept_older"],
        )
    except (ListError, ImportRefused, OSError) as error:
        return _import_page(request, form, word_error(error, Path(file.name)), status=422)
    messages.success(request, word_report(report))
    return redirect("list", report.list_code)


def _path_of(file: TemporaryUploadedFile) -> Path:
    return Path(file.temporary_file_path())


def _import_page(
    request: HttpRequest, form: ImportForm, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "error": error}
    return render(request, "lists/import.html", context, status=status)
