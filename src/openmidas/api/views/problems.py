"""The one shape in which the API tells what goes wrong: code and message, as JSON."""

from __future__ import annotations

import logging

import msgspec
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from openmidas.api.problems import NotAnswered, NotYet
from openmidas.api.wording import word_problem

logger = logging.getLogger(__name__)


def answer_problem(problem: NotAnswered) -> HttpResponse:
    """Why a question is not answered, in the language of the request."""
    said = {"code": problem.code, "message": word_problem(problem)}
    response = HttpResponse(
        msgspec.json.encode(said), content_type="application/json", status=problem.status
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(problem, NotYet):
        response["Retry-After"] = str(problem.seconds)
    return response


def answer_error(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The same for whatever was raised while a question was answered."""
    if isinstance(error, NotAnswered):
        return answer_problem(error)
    if isinstance(error, ValidationError):
        # The first parameter that does not fit; pydantic's own words are long and English.
        name = str(error.errors[0]["loc"][-1])
        return answer_problem(NotAnswered(422, "parameter.malformed", name=name))
    if isinstance(error, HttpError) and error.status_code == 400:  # a body that is no JSON
        return answer_problem(NotAnswered(422, "request.malformed"))
    if isinstance(error, HttpError):  # ninja itself refuses: no token came
        code = "token.missing" if error.status_code == 401 else "request.malformed"
        return answer_problem(NotAnswered(error.status_code, code))
    if isinstance(error, SuspiciousOperation):  # Django refuses: too many parameters, for one
        return answer_problem(NotAnswered(422, "request.malformed"))
    logger.error(
        "%s failed", request.path, exc_info=error if isinstance(error, Exception) else None
    )
    return answer_problem(NotAnswered(500, "server.failed"))
