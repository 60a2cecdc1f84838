"""Publishing rules of stay from a page: a file is read, shown in words, and only then published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import RulesError, RuleSet, read_rules, sample_rules
from openmidas.crossings.rules_wording import word_rules
from openmidas.crossings.views.rules import in_words
from openmidas.journal import NodeKind
from openmidas.posts.access import actor, allow
from openmidas.posts.roles import Role
from openmidas.posts.text_file import Page, TextFileForm, take_text_file

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class RulesForm(TextFileForm):
    """A rules file."""

    def read(self, text: str) -> RuleSet:
        """The rules. Raises `ValidationError`."""
        try:
            return read_rules(text)
        except RulesError as error:
            raise ValidationError(word_rules(error)) from error


@administrators
@csrf_exempt  # see `take_text_file`
def rules_new(request: HttpRequest) -> HttpResponseBase:
    """Read a rules file, show it in words, publish it to all posts."""
    page = Page(
        form=RulesForm,
        template="crossings/hq/rules_new.html",
        in_words=in_words,
        publish=lambda text: publish_rules(text, actor=actor(request)),
        then="hq-rules",
        sample="hq-rules-sample",
        file_name="rules.toml",
    )
    return take_text_file(request, page)


@administrators
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The sample rules, to change and to publish."""
    return HttpResponse(sample_rules(), content_type="text/plain; charset=utf-8")
