"""Codes of the API's room, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.api.problems import NotAnswered
from openmidas.api.scopes import Scope
from openmidas.api.services import Standing
from openmidas.posts import wording as posts_wording
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SCOPE_NAMES: dict[Scope, _StrPromise] = {
    Scope.CROSSINGS: _("Crossings, without who crossed"),
    Scope.PERSONS: _("Who crossed: names, birth dates, document numbers"),
    Scope.FLOWS: _("Flows: numbers of crossings"),
    Scope.HEALTH: _("Health of the posts"),
    Scope.SCREENING: _("Screening: whether a person is on a public list"),
}

STANDING_NAMES: dict[Standing, _StrPromise] = {
    Standing.VALID: pgettext_lazy("token", "Valid"),
    Standing.EXPIRED: pgettext_lazy("token", "Expired"),
    Standing.REVOKED: pgettext_lazy("token", "Revoked"),
}

ANSWERS: dict[str, _StrPromise] = {
    "200": _("What was asked for."),
    "401": _("No token, or one that is unknown, expired or revoked."),
    "403": _("The token does not open this."),
    "404": _("There is no such thing."),
    "422": _("A parameter is unknown, or its value cannot be."),
    "429": _("Too many questions; the header Retry-After says how many seconds to wait."),
}
"""What a status of HTTP means here."""

_REFUSED: dict[str, _StrPromise] = {
    "system.expiry_impossible": _("A token is valid for a year at most, and not for the past."),
    "system.name_malformed": _("Type the name of the system: one line of at most 120 characters."),
    "system.name_taken": _(
        "The system %(name)s has a token already. Revoke that one first, or choose another name."
    ),
    "system.persons_alone": _("Who crossed can only be told together with crossings."),
    "system.purpose_missing": _(
        "Say in %(least)s to %(most)s characters what the system needs this for."
    ),
    "system.reason_missing": _("Say why, in at most %(most)s characters."),
    "system.responsible_missing": _(
        "Say who is responsible for the system: one line of at most 120 characters."
    ),
    "system.revoked_already": _("This token has been revoked already."),
    "system.scopes_missing": _("Choose at least one thing that the system may ask for."),
    "system.unknown": _("There is no such system."),
}

_PROBLEMS: dict[str, _StrPromise] = {
    "address.unknown": _("There is nothing at this address. See /api/v1/docs/."),
    "crossing.unknown": _("There is no such crossing."),
    "cursor.malformed": _("This cursor is none that an answer gave. Begin without one."),
    "method.not_allowed": _("This address does not take this method. See /api/v1/docs/."),
    "parameter.malformed": _("The value of “%(name)s” cannot be. See /api/v1/docs/."),
    "parameter.repeated": _("“%(name)s” may only be given once."),
    "parameter.unknown": _("There is no parameter “%(name)s” here. See /api/v1/docs/."),
    "person.missing": _("Give a name or the number of a document."),
    "range.day_and_range": _("Ask for one day, or from a moment until another, not for both."),
    "range.empty": _("“until” must be later than “from”."),
    "range.too_long": _("Ask for at most 31 days at once."),
    "range.year": _("Only years from 2000 to 2199 can be asked for."),
    "rate.exceeded": _("Too many questions. Ask again in %(seconds)s seconds."),
    "request.malformed": _("The question could not be read."),
    "scope.missing": _(
        "This token does not open “%(scope)s”. The administrator of the headquarters can give "
        "another one."
    ),
    "server.failed": _("Something went wrong here. Try again; if it stays so, tell headquarters."),
    "token.expired": _("This token has expired. Ask the administrator of the headquarters."),
    "token.missing": _("Send the token in the header: Authorization: Bearer …"),
    "token.revoked": _("This token was revoked. Ask the administrator of the headquarters."),
    "token.unknown": _("This token is not known here."),
}


def word(refused: Refused) -> str:
    """What was refused, as a sentence that says what to do."""
    if refused.code in _REFUSED:
        return str(_REFUSED[refused.code]) % refused.params
    return posts_wording.word(refused)


def word_problem(problem: NotAnswered) -> str:
    """Why a question is not answered, as a sentence. The room that refused may have ``said`` it."""
    if "said" in problem.params:
        return problem.params["said"]
    return str(_PROBLEMS[problem.code]) % problem.params


def scope_names(scopes: list[str]) -> list[str]:
    """The names of scopes; a code where a newer program knew a newer scope."""
    known = {scope.value: str(name) for scope, name in SCOPE_NAMES.items()}
    return [known.get(scope, scope) for scope in scopes]
