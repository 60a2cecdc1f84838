"""Importing a list from an uploaded file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
from openmidas.lists.given import IMPORTED, MOST_FILES, MOST_TITLE, GivenFile, ImportRefused, Naming
from openmidas.lists.services import MOST_FILE_BYTES, MOST_LIMIT_DAYS, import_list
from openmidas.lists.wording import word_error, word_files, word_report, word_title
from openmidas.posts.access import actor, allow
from openmidas.posts.roles import Role
from openmidas.screening import ListError

FORM_BYTES = 64 * 1024
"""What the form around an uploaded file may take."""
MOST_UPLOAD_BYTES = MOST_FILE_BYTES + FORM_BYTES


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files of one list; its value is a list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = list(data or [])[: MOST_FILES + 1]
        return [super(FilesField, self).clean(file, initial) for file in given or [None]]


def kinds() -> list[tuple[str, str]]:
    """The kinds of list to choose from, with the files of each."""
    return [(kind, f"{word_title(kind, kind)} – {word_files(kind)}") for kind in IMPORTED]


class ImportForm(forms.Form):
    """What is asked for when a list is imported."""

    kind = forms.ChoiceField(label=_("Kind of list"), choices=kinds)
    file = FilesField(
        label=_("File"),
        help_text=_("The list as it is published, plain or gzipped; all its files together."),
    )
    limit_days = forms.IntegerField(
        label=_("Stale after so many days"),
        help_text=_("Left empty: as before."),
        min_value=1,
        max_value=MOST_LIMIT_DAYS,
        required=False,
    )
    title = forms.CharField(
        label=_("Name of the list"),
        help_text=_("For the State’s own lists; left empty: the usual one."),
        max_length=MOST_TITLE,
        required=False,
    )
    list_code = forms.SlugField(
        label=_("Code of the list"),
        help_text=_(
            "Tells lists of one kind apart, for example: police. Left empty: the usual one."
        ),
        max_length=32,
        required=False,
    )
    dated = forms.DateField(
        label=_("Day of the list"),
        help_text=_("For a list that does not bear its date. Left empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    accept_older = forms.BooleanField(
        label=_("Take it even if it is older than the edition in use"), required=False
    )

    def naming(self) -> Naming:
        """What is said of the list beside its files."""
        given = self.cleaned_data
        return Naming(list_code=given["list_code"], title=given["title"], dated=given["dated"])


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
    files = [GivenFile(_path_of(file), file.name) for file in form.cleaned_data["file"]]
    kind = form.cleaned_data["kind"]
    try:
        report = import_list(
            kind,
            files,
            actor=actor(request),
            naming=form.naming(),
            limit_days=form.cleaned_data["limit_days"],
            accept_older=form.cleaned_data["accept_older"],
        )
    except (ListError, ImportRefused, OSError) as error:
        said = word_error(error, Path(files[0].name), kind)
        return _import_page(request, form, said, status=422)
    messages.success(request, word_report(report))
    return redirect("list", report.list_code)


def _path_of(file: TemporaryUploadedFile) -> Path:
    return Path(file.temporary_file_path())


def _import_page(
    request: HttpRequest, form: ImportForm, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "error": error}
    return render(request, "lists/import.html", context, status=status)
