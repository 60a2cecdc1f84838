"""A value of every type that an entry may hold: synthetic, the same each time, no two fields alike."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect

TIME = "14:00"
CARD = "R1234567890112"
DIGEST = "0123456789abcdef" * 4
DAY = "2026-11-25"
_NUMBERS = {"year": 1974, "month": 4, "day": 12}
# Texts that are checked when they are read, by the name of their field.
_TEXTS = {"dated": DAY, "day": DAY, "hours": "06:00-18:00", "kind": "list"}


def sample(kind: type[msgspec.Struct], *, full: bool) -> Any:
    """One of this struct: with every field, or with nothing but what it must have."""
    return _struct(inspect.type_info(kind), full=full)


def _struct(info: Any, *, full: bool) -> Any:
    values = {
        field.name: _value(field.type, field.name, full=full)
        for field in info.fields
        if full or field.required
    }
    return info.cls(**values)


def _value(info: Any, name: str, *, full: bool) -> Any:
    match info:
        case inspect.StructType():
            return _struct(info, full=full)
        case inspect.UnionType():
            return _value(_first(info), name, full=full)
        case inspect.EnumType():
            return list(info.cls)[-1 if full else 0]
        case inspect.LiteralType():
            return sorted(info.values)[-1 if full else 0]
        case inspect.StrType():
            return _text(info, name)
        case inspect.VarTupleType():
            few = max(2 if full else 0, info.min_length or 0)
            return tuple(_value(info.item_type, name, full=full) for _ in range(few))
        case inspect.DictType():
            return {"level": "A"} if full else {}
        case _:
            return _plain(info, name)


def _plain(info: Any, name: str) -> Any:
    match info:
        case inspect.UUIDType():
            return UUID(int=(0x019 << 116) | (7 << 76) | (1 << 63) | sum(name.encode()))
        case inspect.IntType():
            bounds = (info.le, info.lt - 1 if info.lt is not None else None)
            most = min((each for each in bounds if each is not None), default=2**40)
            return _NUMBERS.get(name, min(most, 1_000 + len(name)))
        case inspect.FloatType():
            return 11.25 if info.ge is None else max(11.25, info.ge)
        case inspect.BoolType():
            return True
        case inspect.BytesType():
            length = max(info.min_length or 0, min(info.max_length or 32, 32))
            return (name.encode() * 32)[:length]
        case inspect.DateType():
            return date.fromisoformat(DAY)
        case inspect.DateTimeType():
            return datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
    raise TypeError(f"no sample of {info} for {name}")


def _first(info: Any) -> Any:
    return next(each for each in info.types if not isinstance(each, inspect.NoneType))


def _text(info: Any, name: str) -> str:
    if info.pattern is not None:
        return next(
            text for text in (DIGEST, DAY, TIME, CARD, name) if re.search(info.pattern, text)
        )
    return _TEXTS.get(name, f"{name} é")[: info.max_length]
