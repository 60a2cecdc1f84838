"""The API's page for programmers, made from its description, so that the two cannot differ."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openmidas.api.openapi import Document


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a question, or a field of an answer. ``kind``: in words."""

    name: str
    kind: str
    description: str
    required: bool = False


class Shape(msgspec.Struct, frozen=True):
    """What an answer looks like: its name on the page, and its fields."""

    name: str
    values: tuple[Value, ...]


class Answer(msgspec.Struct, frozen=True):
    """What may come back."""

    status: str
    description: str
    shape: str


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """One address of the API. ``example``: what follows the host in a question that works.

    ``body``: the shape of what is sent, ``sent``: an example of it; both empty where nothing is.
    """

    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Value, ...]
    answers: tuple[Answer, ...]
    example: str
    method: str
    body: str
    sent: str


class Manual(msgspec.Struct, frozen=True):
    """The page."""

    description: str
    addresses: tuple[Address, ...]
    shapes: tuple[Shape, ...]


def manual(document: Document) -> Manual:
    """The page that tells what this description says."""
    return Manual(
        document["info"]["description"],
        tuple(
            _address(path, method, said)
            for path, methods in document["paths"].items()
            for method, said in methods.items()
        ),
        tuple(_shape(name, one) for name, one in document["components"]["schemas"].items()),
    )


def _address(path: str, method: str, said: Document) -> Address:
    example = path.replace("{crossing}", "01900000-0000-7000-8000-000000000001")
    posted = method == "post"
    return Address(
        id=said["operationId"],
        path=path,
        summary=said["summary"],
        description=said["description"],
        parameters=tuple(_parameter(one) for one in said["parameters"]),
        answers=tuple(_answer(status, one) for status, one in said["responses"].items()),
        example=example if posted else example + said["x-example"],
        method=method.upper(),
        body=_body(said),
        sent=said["x-example"] if posted else "",
    )


def _body(said: Document) -> str:
    if "requestBody" not in said:
        return ""
    return _name(said["requestBody"]["content"]["application/json"]["schema"])


def _parameter(said: Document) -> Value:
    return Value(
        name=said["name"],
        kind=_kind(said["schema"]),
        description=said.get("description", ""),
        required=said["required"],
    )


def _answer(status: str, said: Document) -> Answer:
    schema = said["content"]["application/json"]["schema"]
    return Answer(status, said["description"], _name(schema))


def _shape(name: str, schema: Document) -> Shape:
    values = (
        Value(name=field, kind=_kind(said), description=said.get("description", ""))
        for field, said in schema["properties"].items()
    )
    return Shape(name, tuple(values))


def _kind(schema: Document) -> str:
    """What kind of value a schema takes, in words."""
    if "anyOf" in schema:
        return " / ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " / ".join(str(one) for one in schema["enum"])
    if "$ref" in schema:
        return _name(schema)
    if schema.get("type") == "array":
        return _("list of %(kind)s") % {"kind": _kind(schema["items"])}
    return _plain(schema)


def _plain(schema: Document) -> str:
    words: dict[str, str] = {
        "boolean": _("true / false"),
        "date": pgettext("kind of value", "day"),
        "date-time": _("moment (RFC 3339)"),
        "integer": pgettext("kind of value", "whole number"),
        "null": "null",
        "number": pgettext("kind of value", "number"),
        "object": _("numbers by name"),
        "string": pgettext("kind of value", "text"),
        "uuid": _("id (UUID)"),
    }
    kind = words.get(schema.get("format", ""), words.get(schema.get("type", ""), ""))
    if "maximum" in schema:
        return f"{kind}, {schema['minimum']}–{schema['maximum']}"
    return kind


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]
