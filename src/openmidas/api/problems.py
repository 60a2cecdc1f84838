"""What goes wrong with a question, as every address of the API tells it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """Why a question was not answered."""

    code: str = Field(description=_("What is wrong, for programs: noun.what_is_wrong."))
    message: str = Field(description=_("What is wrong, for people, in the language asked for."))


class NotAnswered(Exception):  # noqa: N818  # what it is, not that it is a fault
    """A question is not answered. ``status``: of HTTP; ``code`` is worded in `api.wording`."""

    def __init__(self, status: int, code: str, **params: str) -> None:
        self.status = status
        self.code = code
        self.params = params
        super().__init__(code)


class NotYet(NotAnswered):
    """Too many questions. ``seconds``: until the next one is taken."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(429, "rate.exceeded", seconds=str(seconds))
