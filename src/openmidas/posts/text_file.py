"""A text file that an administrator uploads, reads in words, and only then publishes.

The text comes again with the second form, so that what is published is what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from openmidas.posts.models import Officer

MOST_BYTES = 256 * 1024
MOST_UPLOAD_BYTES = 4 * MOST_BYTES
"""With the form around it; the text comes again, percent-encoded, when it is published."""


class Published(Protocol):
    """A row of something that an officer published."""

    officer: UUID | None


RowT = TypeVar("RowT", bound=Published)


class TextFileForm(forms.Form):
    """A file, or the text of one that has been shown. ``said``: what a valid form says.

    A room says in `read` how its files are read.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("TOML, in UTF-8, as the sample."),
        required=False,
    )
    text = forms.CharField(
        widget=forms.HiddenInput(), required=False, strip=False, max_length=MOST_BYTES
    )

    said: Any

    def read(self, text: str) -> Any:
        """What a text says. Raises `ValidationError`, in words."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read it. What is wrong with it stands at the file."""
        data = super().clean() or {}
        try:
            data["text"] = _text_of(data.get("file")) or data.get("text", "")
            if not data["text"]:
                raise ValidationError(_("Choose a file."))
            self.said = self.read(data["text"])
        except ValidationError as error:
            self.add_error("file", error)
        return data


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Such a page: its form and template, what that shows of what was read, how it is published, and
    the name of the page that comes then. ``sample``: the name of the page that gives one to start from,
    ``file_name``: under which it is kept. The template includes ``posts/text_file_choose.html``, and
    ``posts/text_file_publish.html`` below what was read."""

    form: type[TextFileForm]
    template: str
    in_words: Callable[[Any], Mapping[str, Any]]
    publish: Callable[[str], object]
    then: str
    sample: str
    file_name: str


def take_text_file(request: HttpRequest, page: Page) -> HttpResponseBase:
    """Answer on such a page. Its view is exempt from the check of the token, which reads the whole
    upload: it is made here, after the size."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOAD_BYTES:
        form = page.form({})
        form.is_valid()
        form.errors["file"] = form.error_class([_too_large()])
        return render(request, page.template, {"page": page, "form": form}, status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _take(request, page)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _take(request: HttpRequest, page: Page) -> HttpResponse:
    if request.method == "GET":
        return render(request, page.template, {"page": page, "form": page.form()})
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, page.template, {"page": page, "form": form}, status=422)
    text = form.cleaned_data["text"]
    if "publish" in request.POST:
        page.publish(text)
        return redirect(page.then)
    context = {"page": page, "form": page.form(initial={"text": text}), "read": form.said}
    return render(request, page.template, context | dict(page.in_words(form.said)))


def with_publishers(published: Sequence[RowT]) -> list[tuple[RowT, str]]:
    """Rows of what was published, each with the name of its ``officer``; "" where none is known."""
    ids = {row.officer for row in published if row.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [(row, names.get(row.officer, "") if row.officer else "") for row in published]


def _text_of(file: UploadedFile[Any] | None) -> str:
    """The text of an upload, "" where there is none. Raises `ValidationError`."""
    if file is None:
        return ""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_too_large())
    raw: bytes = file.read()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise ValidationError(_("This is no text in UTF-8.")) from error


def _too_large() -> str:
    return _("Too large: such a file has at most %(most)s KiB.") % {"most": MOST_BYTES // 1024}
