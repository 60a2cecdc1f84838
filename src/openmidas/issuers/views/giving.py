"""At the headquarters: a file of certificates is given, looked at, and then proposed or accepted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from openmidas.documents.chip import ChipFinding
from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES
from openmidas.issuers import services
from openmidas.issuers.access import keepers_only
from openmidas.issuers.bringing import bring
from openmidas.issuers.downloads import bringable, download_page, forget_brought
from openmidas.issuers.forms import CertificateForm, FileForm, ObtainedForm
from openmidas.issuers.given import NotTaken, Seen, file_of, seen, take_file
from openmidas.issuers.local import GivenFile
from openmidas.issuers.pages import facts_of, grouped, state_rows, waits
from openmidas.issuers.trusting import standing_lists
from openmidas.issuers.wording import refusal, word_all, word_findings
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused

FORM_BYTES = 64 * 1024
"""What the form around an uploaded file may take."""


@keepers_only
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def give(request: HttpRequest) -> HttpResponseBase:
    """Give a file. Nothing is trusted by it yet."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_DOWNLOAD_BYTES + FORM_BYTES:
        large = ChipFinding("too_large", "file", "", {"most": str(MOST_DOWNLOAD_BYTES)})
        return _asked(request, FileForm(), (large,), status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _give(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _give(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _asked(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        taken = take_file(actor(request), file.name, file.read())
    except NotTaken as error:
        return _asked(request, form, error.findings, status=422)
    except Refused as refused:
        form.add_error(None, refusal(refused))
        return _asked(request, form, status=422)
    return redirect("hq-issuer-file", id=taken.id)


@keepers_only
@require_http_methods(["GET", "POST"])
def given(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a file is; posted: propose its certificate, take its link, or accept its list."""
    try:
        file = file_of(actor(request), id)
        if file.download == file.id:
            return _download(request, file)
        found = seen(file)
    except Refused as refused:
        messages.error(request, refusal(refused))
        return redirect("hq-issuer-give")
    except NotTaken as error:
        messages.error(request, " ".join(word_findings(error.findings)))
        return redirect("hq-issuer-give")
    asked = _words_asked(found)
    form = None if asked is None else asked(request.POST if request.method == "POST" else None)
    if request.method == "GET" or (form is not None and not form.is_valid()):
        return _shown(request, file, found, form)
    try:
        return _take(request, file, found, form.cleaned_data if form is not None else {})
    except Refused as refused:
        messages.error(request, refusal(refused))
        return redirect("hq-issuer-file", id=id)


def _take(
    request: HttpRequest, file: GivenFile, found: Seen, asked: dict[str, Any]
) -> HttpResponse:
    """What the file is for; ``asked``: what `_words_asked` asks for. Raises `Refused`."""
    who = actor(request)
    if found.is_acceptable:
        services.accept_list(who, found)
        messages.success(request, _("Accepted. The posts get it with the next exchange."))
        then = redirect("hq-issuers")
    elif found.brought:
        bring(who, [found])
        messages.success(request, _("Taken in. The posts get it with the next exchange."))
        then = redirect("hq-issuers")
    elif found.is_link:
        services.take_link(who, found)
        messages.success(request, _("Trusted. The posts get it with the next exchange."))
        then = redirect("hq-issuer", fingerprint=found.said.fingerprint)
    else:
        proposal = services.propose(
            who, found, asked["words"], signs_lists=asked.get("signs_lists", False)
        )
        messages.success(request, _("Proposed. Another officer for lists must approve it."))
        then = redirect("hq-issuer-proposal", id=proposal)
    if not file.download:
        file.delete()
        return then
    # A list whose root has just been proposed is accepted once that is approved.
    if found.said.kind != "list" or found.is_acceptable:
        file.delete()
    return redirect("hq-issuer-file", id=file.download)


def _download(request: HttpRequest, file: GivenFile) -> HttpResponse:
    """A download; posted: bring in the revocations and the seal signers that can be."""
    if request.method == "POST":
        try:
            count = bring(actor(request), bringable(file))
        except Refused as refused:
            messages.error(request, refusal(refused))
            if refused.code == "issuer.nothing_new":  # somebody else has brought it in meanwhile
                forget_brought(file)
        else:
            said = _("Taken in: %(count)s. The posts get it with the next exchange.")
            messages.success(request, said % {"count": count})
            forget_brought(file)
        return redirect("hq-issuer-file", id=file.id)
    return render(request, "issuers/download.html", {"file": file, "download": download_page(file)})


def _words_asked(found: Seen) -> type[forms.Form] | None:
    """What whoever takes it has to write; None for nothing."""
    of_root = found.root is not None and not found.is_acceptable
    if found.brought:
        return None
    if found.entry is not None and not found.is_link:
        return CertificateForm
    return ObtainedForm if of_root else None


def _asked(
    request: HttpRequest,
    form: FileForm,
    findings: tuple[ChipFinding, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "why": word_findings(findings)}
    return render(request, "issuers/give.html", context, status=status)


def _shown(
    request: HttpRequest, file: GivenFile, found: Seen, form: forms.Form | None
) -> HttpResponse:
    context: dict[str, Any] = {"file": file, "seen": found, "form": form}
    if found.said.kind == "list":
        digest = found.said.fingerprint
        here = {row.fingerprint for state in state_rows() for row in state.certificates}
        context |= {
            "kept": next(filter(lambda one: one.digest == digest, standing_lists()), None),
            "root": grouped(found.said.root_fingerprint),
            "why": refusal(Refused(found.why_not)) if found.why_not else "",
            "root_waits": waits(found.said.root_fingerprint),
            "states": len({one.country for one in found.listed}),
            "new": sum(one.fingerprint not in here for one in found.listed),
            "unread": len(found.said.unread),
        }
    elif found.entry is not None:
        context["facts"] = facts_of(found.entry)
    elif found.brought:
        context["why"] = word_all(found.said.findings)
    status = 422 if request.method == "POST" else 200
    return render(request, "issuers/given.html", context, status=status)
