"""Sticks, where there is no link: make one for the other side, take one in, see what went and came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.exchange.stick_file import MOST_BYTES, StickRefused
from openmidas.exchange.stick_making import file_name, make_stick, peers_for_sticks
from openmidas.exchange.stick_wording import word_stick_refused, word_taken
from openmidas.exchange.sticks import Decision, take_stick
from openmidas.exchange.wording import word_problem
from openmidas.journal import Actor
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer, StickNote
from openmidas.posts.access import actor, allow
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

SHOWN = 30
_AROUND = 64 * 1024
"""What a form adds to the file in it."""

carriers = allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR)


class StickForm(forms.Form):
    """The file that came; at the HQ also why it is taken, where its machine is trusted no more."""

    file = forms.FileField(label=_("File on the stick"))
    reason = forms.CharField(
        label=_("Only if its machine is trusted no more: why it is taken all the same"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("It stays in the journal, with your name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not this_node().is_hq:
            del self.fields["reason"]

    def decision(self, actor: Actor) -> Decision | None:
        """What somebody decided by giving a reason."""
        reason = self.cleaned_data.get("reason")
        return Decision(actor, reason) if reason else None


@carriers
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def sticks(request: HttpRequest) -> HttpResponseBase:
    """What went and came; a file that is sent here is taken in."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _AROUND:
        refused = StickRefused("too_large", most=str(MOST_BYTES // 2**20))
        return _page(request, StickForm(), word_stick_refused(refused), status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _sticks(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _sticks(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, StickForm())
    form = StickForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        who = actor(request)
        raw = form.cleaned_data["file"].read()
        taken = take_stick(raw, who.officer, decision=form.decision(who))
    except StickRefused as refused:
        return _page(request, form, word_stick_refused(refused), status=422)
    level = messages.ERROR if taken.problem else messages.SUCCESS
    messages.add_message(request, level, " ".join(word_taken(taken)))
    return redirect("sticks")


@carriers
@require_POST
def make(request: HttpRequest, id: UUID) -> HttpResponse:
    """A file for a peer, to be saved to a stick."""
    peer = get_object_or_404(Peer, id__in=[one.id for one in peers_for_sticks()], id=id)
    made = make_stick(peer, actor(request).officer)
    named = content_disposition_header(as_attachment=True, filename=file_name(peer, made.at))
    return HttpResponse(
        made.raw,
        content_type="application/octet-stream",
        headers={"Content-Disposition": named, "Cache-Control": "no-store"},
    )


def _page(
    request: HttpRequest, form: StickForm, error: str = "", status: int = 200
) -> HttpResponse:
    peers = peers_for_sticks()
    names = dict(Peer.objects.values_list("id", "name"))
    notes = list(StickNote.objects.order_by("-at", "-id")[:SHOWN])
    officers = {note.officer for note in notes if note.officer}
    who = dict(Officer.objects.filter(id__in=officers).values_list("id", "name"))
    shown = [
        {
            "note": note,
            "peer": names.get(note.peer, str(note.peer)),
            "officer": who.get(note.officer, "") if note.officer else "",
            "problem": word_problem(note.problem) if note.problem else "",
        }
        for note in notes
    ]
    context = {"form": form, "error": error, "peers": peers, "notes": shown}
    return render(request, "posts/sticks.html", context, status=status)
