"""Pages that are sent a picture: how much is read, and that nothing of it is laid down in a plain file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from openmidas.nodes.refusals import Refused
from openmidas.pictures.models import Picture
from openmidas.pictures.reading import picture_bytes
from openmidas.pictures.redrawing import MOST_GIVEN, Redrawn, redraw
from openmidas.pictures.wording import refusal

FORM_BYTES = 64 * 1024
"""What the form around a picture may take."""
FIELD = "picture"

View = Callable[..., HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """A picture of a person is never in a plain file on its way to the sealed database."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def takes_picture(back_to: str) -> Callable[[View], View]:
    """The view is sent a picture. ``back_to``: the name of the page that says where one is too large."""

    def too_large(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        megabytes = str(MOST_GIVEN // (1024 * 1024))
        messages.error(request, refusal(Refused("picture.too_large", megabytes=megabytes)))
        back: HttpResponse = redirect(back_to, *args, **kwargs)
        return back

    return takes_pictures(too_large)


def takes_pictures(too_large: View) -> Callable[[View], View]:
    """The view is sent pictures. ``too_large`` answers instead of it where they are, all together.

    The token of the form is looked at after the size: reading the token reads the whole upload.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_GIVEN + FORM_BYTES:
                return too_large(request, *args, **kwargs)
            request.upload_handlers = [InMemory(request)]
            answer: HttpResponse = protected(request, *args, **kwargs)
            return answer

        exempt = csrf_exempt(taking)
        exempt.takes_bytes = MOST_GIVEN + FORM_BYTES  # type: ignore[attr-defined]  # for the doorway
        return exempt

    return decorate


def given_picture(request: HttpRequest) -> Redrawn:
    """The picture that was sent as ``picture``, drawn anew. Raises `Refused` as `redraw` does."""
    file = request.FILES.get(FIELD)
    if file is None:
        raise Refused("picture.empty")
    return redraw(file.read())


def picture_response(about: UUID, id: UUID, node: UUID) -> HttpResponse:
    """A picture that its own ``node`` attached to ``about``. Raises `Http404`.

    Whoever asks was let in before.
    """
    row = Picture.objects.filter(id=id, about=about, node=node).first()
    data = picture_bytes(row) if row is not None else None
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")
