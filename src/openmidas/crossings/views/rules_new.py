"""Publishing rules of stay from a page: a file is read, shown in words, and only then published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import RulesError, RuleSet, read_rules, sample_rules
from openmidas.crossings.rules_wording import word_rules
from openmidas.crossings.views.rules import in_words
from openmidas.journal import NodeKind
from openmidas.posts.access import actor, allow
from openmidas.posts.roles import Role

MOST_BYTES = 256 * 1024
MOST_UPLOAD_BYTES = 4 * MOST_BYTES
"""With the form around it; the text comes again, percent-encoded, when it is published."""

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class RulesForm(forms.Form):
    """A rules file, or the text of one that has been shown. ``rules``: what a valid form says."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("TOML, in UTF-8, as the sample."),
        required=False,
    )
    text = forms.CharField(
        widget=forms.HiddenInput(), required=False, strip=False, max_length=MOST_BYTES
    )

    rules: RuleSet

    def clean(self) -> dict[str, Any]:
        """Read the rules. What is wrong with them stands at the file."""
        data = super().clean() or {}
        try:
            data["text"] = _text_of(data.get("file")) or data.get("text", "")
            if data["text"]:
                self.rules = read_rules(data["text"])
            else:
                self.add_error("file", _("Choose a file."))
        except RulesError as error:
            self.add_error("file", word_rules(error))
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8."))
        return data


@administrators
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def rules_new(request: HttpRequest) -> HttpResponseBase:
    """Read a rules file, show it in words, publish it to all posts."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOAD_BYTES:
        form = RulesForm({})
        form.is_valid()
        form.errors["file"] = form.error_class([word_rules(_too_large())])
        return render(request, "crossings/hq/rules_new.html", {"form": form}, status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _rules_new(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _rules_new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "crossings/hq/rules_new.html", {"form": RulesForm()})
    form = RulesForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "crossings/hq/rules_new.html", {"form": form}, status=422)
    text = form.cleaned_data["text"]
    if "publish" in request.POST:
        publish_rules(text, actor=actor(request))
        return redirect("hq-rules")
    context = {"form": RulesForm(initial={"text": text}), "read": form.rules}
    return render(request, "crossings/hq/rules_new.html", context | in_words(form.rules))


@administrators
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The sample rules, to change and to publish."""
    return HttpResponse(sample_rules(), content_type="text/plain; charset=utf-8")


def _text_of(file: UploadedFile[Any] | None) -> str:
    """The text of an upload, "" where there is none. Raises `UnicodeDecodeError`, `RulesError`."""
    if file is None:
        return ""
    if (file.size or 0) > MOST_BYTES:
        raise _too_large()
    raw: bytes = file.read()
    return raw.decode()


def _too_large() -> RulesError:
    return RulesError("malformed", reason=f"> {MOST_BYTES // 1024} KiB")
