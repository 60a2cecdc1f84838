"""At the headquarters: whose signatures the State takes, deciding on proposals, taking off."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.issuers import pages, services
from openmidas.issuers.access import headquarters, keepers_only
from openmidas.issuers.downloads import revocations_rows, signer_rows
from openmidas.issuers.forms import ReasonForm
from openmidas.issuers.models import (
    AcceptedList,
    CertificateProposal,
    IssuerCertificate,
    SealSigner,
)
from openmidas.issuers.people import KEEPER
from openmidas.issuers.trusting import standing_signers
from openmidas.issuers.wording import refusal
from openmidas.posts.access import actor, signed_in
from openmidas.posts.refusals import Refused


@headquarters
@require_safe
def issuers(request: HttpRequest) -> HttpResponse:
    """Everything: what waits, the States, the master lists, what was taken off."""
    context = {
        "waiting": pages.proposal_rows(pages.waiting(), signed_in(request).id),
        "states": pages.state_rows(),
        "lists": pages.list_pages(),
        "revocations": revocations_rows(),
        "signers": signer_rows(),
        "removals": pages.removal_rows(),
        "keeps": _keeps(request),
    }
    return render(request, "issuers/hq.html", context)


@headquarters
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """One certificate and its history; posted: taken off, with the reason."""
    row = get_object_or_404(IssuerCertificate, fingerprint=fingerprint)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _allowed(request) and form.is_valid():
        words = form.cleaned_data["words"]
        return _do(
            request,
            lambda: services.remove(actor(request), fingerprint, words),
            _("Removed. The posts get this with the next exchange."),
            redirect("hq-issuer", fingerprint=fingerprint),
        )
    proposals = CertificateProposal.objects.filter(fingerprint=fingerprint).order_by("proposed_at")
    context = {
        "facts": pages.facts_of(row),
        "standing": pages.certificate_row(fingerprint),
        "history": pages.proposal_rows(proposals, signed_in(request).id),
        "removals": pages.removal_rows(fingerprint),
        "lists": [one for one in pages.list_pages() if fingerprint in one.row.names],
        "keeps": _keeps(request),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "issuers/certificate.html", context, status=status)


@headquarters
@require_http_methods(["GET", "POST"])
def signer(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The certificate of a seal signer; posted: taken off, with the reason."""
    row = get_object_or_404(SealSigner, fingerprint=fingerprint)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _allowed(request) and form.is_valid():
        words = form.cleaned_data["words"]
        return _do(
            request,
            lambda: services.remove(actor(request), fingerprint, words),
            _("Removed. The posts get this with the next exchange."),
            redirect("hq-issuer-signer", fingerprint=fingerprint),
        )
    context = {
        "signer": row,
        "facts": pages.facts_of(row),
        "stands": fingerprint in {one.fingerprint for one in standing_signers()},
        "removals": pages.removal_rows(fingerprint),
        "keeps": _keeps(request),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "issuers/signer.html", context, status=status)


@headquarters
@require_safe
def proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """A proposed certificate, to be compared with what its State says by another way."""
    row = get_object_or_404(CertificateProposal, id=id)
    return _proposal(request, row, ReasonForm())


@keepers_only
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """``decision``: approve, with the ``fingerprint`` of what was seen, or refuse, with ``words``."""
    row = get_object_or_404(CertificateProposal, id=id)
    then = redirect("hq-issuer-proposal", id=id)
    who = actor(request)
    match request.POST.get("decision"):
        case "approve":
            seen = request.POST.get("fingerprint", "")
            said = _("Approved. The posts get it with the next exchange.")
            return _do(request, lambda: services.approve(who, id, seen), said, then)
        case "refuse":
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return _proposal(request, row, form, status=422)
            words = form.cleaned_data["words"]
            said = _("Not taken. It stands here with the reason.")
            return _do(request, lambda: services.refuse(who, id, words), said, then)
        case _:
            return then


@headquarters
@require_http_methods(["GET", "POST"])
def one_list(request: HttpRequest, id: UUID) -> HttpResponse:
    """A master list that was accepted; posted: taken off, with the reason."""
    row = get_object_or_404(AcceptedList, id=id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _allowed(request) and form.is_valid():
        words = form.cleaned_data["words"]
        return _do(
            request,
            lambda: services.remove_list(actor(request), id, words),
            _("Removed. The posts get this with the next exchange."),
            redirect("hq-issuer-list", id=id),
        )
    context = {
        "list": pages.list_page(row),
        "root": pages.grouped(row.root),
        "digest": pages.grouped(row.digest),
        "keeps": _keeps(request),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "issuers/list.html", context, status=status)


def _proposal(
    request: HttpRequest, row: CertificateProposal, form: ReasonForm, status: int = 200
) -> HttpResponse:
    shown = pages.proposal_rows([row], signed_in(request).id)[0]
    context = {
        "proposal": shown,
        "facts": pages.facts_of(shown.certificate),
        "keeps": _keeps(request),
        "form": form,
    }
    return render(request, "issuers/proposal.html", context, status=status)


def _keeps(request: HttpRequest) -> bool:
    return signed_in(request).has_role(KEEPER)


def _allowed(request: HttpRequest) -> bool:
    """True for who keeps certificates. Raises `PermissionDenied` for who only reads them."""
    if not _keeps(request):
        raise PermissionDenied
    return True


def _do(
    request: HttpRequest, act: Callable[[], object], said: str, then: HttpResponse
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, said)
    return then
