"""A State's own list as a file: uploaded, looked at row by row, then proposed with one act."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.lists.given import ImportRefused
from openmidas.lists.local import UploadedList
from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import owners_of
from openmidas.lists.national.preview_pages import preview_page, rejected_rows
from openmidas.lists.national.upload_forms import UploadForm
from openmidas.lists.national.uploads import (
    preview_of,
    propose_upload,
    table_of,
    take_upload,
    upload_of,
)
from openmidas.lists.national.wording import word
from openmidas.lists.views.listing import FIRST_REVIEW
from openmidas.lists.views.national import keepers, readable
from openmidas.lists.wording import PAGE, word_error
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, signed_in
from openmidas.posts.refusals import Refused
from openmidas.screening import ListError, write_template
from openmidas.screening.own import write_table

MOST_BYTES = 8 * 1024 * 1024
FORM_BYTES = 64 * 1024
"""What the form around an uploaded file may take."""


class InMemory(MemoryFileUploadHandler):
    """Names of listed persons are never laid down in a plain file on the way to the sealed database."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


@keepers
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def upload(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """Give a file, and what holds for all of its rows. Nothing is proposed by it yet."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + FORM_BYTES:
        refused = ImportRefused("too_large", limit=str(MOST_BYTES))
        form = UploadForm(initial=_first())
        return _page(request, _own(request, id), form, word_error(refused, Path()), status=413)
    request.upload_handlers = [InMemory(request)]
    return _upload(request, id)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _upload(request: HttpRequest, id: UUID) -> HttpResponse:
    of = _own(request, id)
    if request.method == "GET":
        return _page(request, of, UploadForm(initial=_first()))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, of, form, status=422)
    table = form.table()
    try:
        taken = take_upload(actor(request), id, table, form.said(), form.cleaned_data["why"])
    except ListError as error:
        said = word_error(error, Path(table.name), PAGE)
        return _page(request, of, form, said, status=422)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, of, form, status=422)
    return redirect("national-list-upload", id=id, upload=taken.id)


@keepers
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, id: UUID, upload: UUID) -> HttpResponse:
    """What was understood of the file, row by row; posted: propose all of that."""
    of = _own(request, id)
    known = _known(request, id, upload)
    if known is None:
        messages.error(request, _("This file was proposed already, or has gone. Give it again."))
        return redirect("national-list-file", id=id)
    if request.method == "POST":
        try:
            batch = propose_upload(actor(request), known)
        except Refused as refused:
            messages.error(request, word(refused))
            return redirect("national-list-upload", id=id, upload=upload)
        messages.success(
            request, _("Proposed. Another officer must approve it before anything happens.")
        )
        return redirect("proposal-batch", id=batch)
    context = {"list": of, "upload": known, "preview": preview_page(preview_of(known))}
    return render(request, "lists/national/upload.html", context)


@keepers
@require_safe
def rejected(request: HttpRequest, id: UUID, upload: UUID) -> HttpResponse:
    """The rows of which nothing is proposed, as a table of the same kind, with the reason beside each."""
    _own(request, id)
    known = _known(request, id, upload)
    if known is None:
        raise Http404
    rows = rejected_rows(table_of(known), preview_of(known))
    name = Path(known.file_name)
    suffix = ".xlsx" if bytes(known.data).startswith(b"PK") else ".csv"
    separator = "," if get_language() == "en" else ";"
    data = write_table(f"x{suffix}", rows, separator)
    left_out = _("left-out")
    return _download(data, f"{name.stem}-{left_out}{suffix}")


@keepers
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty table."""
    data = write_template("x.xlsx", "en" if get_language() == "en" else "fr")
    return _download(data, "midas-list.xlsx")


def _own(request: HttpRequest, id: UUID) -> NationalList:
    """The list, for an owner. Raises `Http404`, `PermissionDenied`."""
    of = readable(request, id)
    if signed_in(request).id not in owners_of(of):
        raise PermissionDenied
    return of


def _known(request: HttpRequest, list: UUID, id: UUID) -> UploadedList | None:
    found = upload_of(actor(request), id)
    return found if found is not None and found.list == list else None


def _first() -> dict[str, object]:
    return {"expires_on": node_day() + FIRST_REVIEW}


def _page(
    request: HttpRequest, of: NationalList, form: UploadForm, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"list": of, "form": form, "error": error}
    return render(request, "lists/national/file.html", context, status=status)


def _download(data: bytes, name: str) -> HttpResponse:
    named = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": named},
    )
