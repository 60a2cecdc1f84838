"""The description of the API (OpenAPI 3.1), in the language asked for."""

from __future__ import annotations

import copy
from typing import Any

from django.utils.translation import gettext as _

from openmidas.api.views.v1 import api
from openmidas.api.wording import ANSWERS

PREFIX = "/api/v1/"
Document = dict[str, Any]


def document() -> Document:
    """The whole description, as it stands at ``/api/v1/openapi.json``."""
    made: Document = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX.lstrip("/"))))
    made["info"]["description"] = _(
        "What the headquarters tells the State’s other systems. All of it only reads. Send your "
        "system’s token in the header “Authorization: Bearer …”; messages come in the language of "
        "the header “Accept-Language”, fr or en."
    )
    for path in made["paths"].values():
        for operation in path.values():
            _word_answers(operation["responses"])
    for schema in made["components"]["schemas"].values():
        schema.pop("description", None)  # what our own code says of it, to programmers here
    return {key: _in_words(value) for key, value in made.items()}


def _word_answers(answers: Document) -> None:
    for status, answer in answers.items():
        answer["description"] = str(ANSWERS[str(status)])


def _in_words(part: Any) -> Any:
    """The same, each description in the language of this request and without pydantic's titles."""
    if isinstance(part, list):
        return [_in_words(one) for one in part]
    if not isinstance(part, dict):
        return part
    # A "title" beside a "type" is what pydantic makes of a field's name; the API's own has none.
    kept = {str(key): value for key, value in part.items() if not _made_title(str(key), part)}
    return {
        key: _(value) if key in ("summary", "description") and value else _in_words(value)
        for key, value in kept.items()
    }


def _made_title(key: str, part: Document) -> bool:
    return key == "title" and "version" not in part
