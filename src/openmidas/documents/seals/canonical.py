"""JSON in the one form that is signed (RFC 8785), and reading it so that nothing can be understood twice."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from openmidas.documents.seals.problems import NotASeal

DEEPEST = 32
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_OPENS, _CLOSES = "[{", "]}"
_SAFE = 2**53
_EXPONENT_FROM, _EXPONENT_BELOW = 21, -6


def read_json(text: str) -> Any:
    """A value; no name twice in one object, no NaN, nothing deeper than `DEEPEST`. Raises `NotASeal`."""
    depth = 0
    for character in _STRING.sub("", text):
        depth += (character in _OPENS) - (character in _CLOSES)
        if depth > DEEPEST:
            raise NotASeal("json_too_deep")
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
        )
    except (ValueError, RecursionError) as error:
        if isinstance(error, NotASeal):
            raise
        raise NotASeal("not_json") from error


def canonical(value: Any) -> bytes:
    """The bytes that are signed. Raises `ValueError` for what RFC 8785 has no form for."""
    return _written(value).encode("utf-8")


def _written(value: Any) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case int():
            # As JavaScript would: a number that it cannot hold has another value there.
            return str(value) if abs(value) <= _SAFE else _number(float(value))
        case float():
            return _number(value)
        case list() | tuple():
            return "[" + ",".join(_written(one) for one in value) + "]"
        case dict():
            names = sorted(value, key=lambda name: name.encode("utf-16-be"))
            parts = (f"{_written(name)}:{_written(value[name])}" for name in names)
            return "{" + ",".join(parts) + "}"
    raise ValueError(f"no JSON: {type(value).__name__}")


def _number(value: float) -> str:
    """A number as ECMAScript writes it (ECMA-262, Number::toString)."""
    if not math.isfinite(value):
        raise ValueError("no number of JSON")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    part = part.rstrip("0") if part != "0" else ""
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + part) - len(digits))
    if not whole.strip("0"):
        point = int(exponent or 0) - (len(part) - len(part.lstrip("0")))
    digits = digits.rstrip("0")
    if len(digits) <= point <= _EXPONENT_FROM:
        return sign + digits.ljust(point, "0")
    if 0 < point <= _EXPONENT_FROM:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if _EXPONENT_BELOW < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = f"{'+' if point > 0 else '-'}{abs(point - 1)}"
    return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{power}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotASeal("json_name_twice")
    return made


def _integer(text: str) -> int | float:
    """As JavaScript would: beyond what it can hold, the nearest number that it can."""
    value = int(text)
    return value if abs(value) <= _SAFE else float(text)


def _constant(name: str) -> Any:
    raise ValueError(name)
