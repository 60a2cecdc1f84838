"""The page of the flows, and its files."""

from __future__ import annotations

import threading
from typing import IO

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.flows.answers import answer
from openmidas.flows.files import FORMATS, file_response, table_file
from openmidas.flows.forms import PERIODS, LongTableForm, QuestionForm, query_of
from openmidas.flows.long_table import long_file
from openmidas.flows.page import shown
from openmidas.flows.questions import Question, QuestionRefused
from openmidas.flows.wording import word_refused
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_day
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

readers = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)

_LONG_AT_ONCE = threading.BoundedSemaphore(2)
"""Long tables that are made at a time: they take seconds, and other pages need threads too."""


@readers
@require_safe
def flows(request: HttpRequest) -> HttpResponse:
    """How many crossed: any two dimensions as a table with a chart, and how that changed."""
    form = QuestionForm(request.GET, today=node_day())
    return _page(request, form)


@readers
@require_safe
def table(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table of a question as a file, with every row and column."""
    _know(form)
    asked = QuestionForm(request.GET, today=node_day())
    if not asked.is_valid():
        return _page(request, asked)
    question = asked.question
    whole = answer(question)
    try:
        whole.check_size()
    except QuestionRefused as refused:
        asked.add_error(None, word_refused(refused))
        return _page(request, asked)
    name = "-".join(one.value for one in question.dimensions)
    return file_response(table_file(whole, form), question, form, name)


@readers
@require_safe
def long_table(request: HttpRequest, form: str) -> HttpResponseBase:
    """The long table of the same days, posts, direction and decision as a file."""
    _know(form)
    asked, divided = QuestionForm(request.GET, today=node_day()), LongTableForm(request.GET)
    if not asked.is_valid():
        return _page(request, asked)
    try:
        file = _long(asked.question, divided, form)
    except QuestionRefused as refused:
        asked.add_error(None, word_refused(refused))
        return _page(request, asked)
    return file_response(file, asked.question, form, "long")


def _long(question: Question, divided: LongTableForm, form: str) -> IO[bytes]:
    if not divided.is_valid():
        raise QuestionRefused("question.unknown_dimension")
    if not _LONG_AT_ONCE.acquire(blocking=False):
        raise QuestionRefused("question.busy")
    try:
        return long_file(question, divided.cleaned_data["by"], form)
    finally:
        _LONG_AT_ONCE.release()


def _page(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    context: dict[str, object] = {"form": form, "periods": PERIODS, "long": LongTableForm()}
    if form.is_valid():
        context |= {"shown": shown(form.question, node_day()), "query": query_of(form.question)}
    status = 422 if form.errors else 200
    return render(request, "flows/flows.html", context, status=status)


def _know(form: str) -> None:
    if form not in FORMATS:
        raise Http404
