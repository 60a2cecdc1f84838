"""What a kind of entry promises to read for ever: its fields, in a form that can be compared."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect

Schema = dict[str, Any]


def schema_of(kind: type[msgspec.Struct]) -> Schema:
    """The fields of a struct and of all structs in it, by name: type, and whether it must be there."""
    return _fields(inspect.type_info(kind))


def broken_promises(before: Schema, now: Schema, where: str = "") -> list[str]:
    """What a schema does not read any more that the one before did, field by field; empty if nothing.

    A new field with a default, a new value of an enumeration and a wider bound are no change of
    version. A field that is gone, is of another type, must be there, or takes less, is one.
    """
    wrong = []
    for name, old in before.items():
        if name not in now:
            wrong.append(f"{where}{name} is gone")
        else:
            wrong += _narrower(old, now[name], f"{where}{name}")
    added = [name for name in now if name not in before and now[name]["required"]]
    return wrong + [f"{where}{name} is new and has no default" for name in added]


def _narrower(old: Schema, new: Schema, where: str) -> list[str]:
    if old["type"] != new["type"] or bool(old.get("none")) > bool(new.get("none")):
        return [f"{where} is of another type"]
    wrong = [f"{where} must be there now"] if new["required"] and not old["required"] else []
    if not set(old.get("values", ())) <= set(new.get("values", ())):
        wrong.append(f"{where} has lost a value")
    for bound in ("le", "max_length"):
        if bound in new and (bound not in old or new[bound] < old[bound]):
            wrong.append(f"{where} takes less")
    for bound in ("ge", "min_length"):
        if bound in new and (bound not in old or new[bound] > old[bound]):
            wrong.append(f"{where} takes less")
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        wrong.append(f"{where} takes less")
    if "fields" in old:
        wrong += broken_promises(old["fields"], new["fields"], f"{where}.")
    if "of" in old:
        wrong += _narrower(old["of"], new["of"], f"{where}[]")
    return wrong


def _fields(info: Any) -> Schema:
    return {
        field.encode_name: _type(field.type) | {"required": field.required} for field in info.fields
    }


def _type(info: Any) -> Schema:
    told: Schema = {"type": type(info).__name__.removesuffix("Type"), "required": True}
    for bound in ("ge", "le", "min_length", "max_length", "pattern"):
        if getattr(info, bound, None) is not None:
            told[bound] = getattr(info, bound)
    match info:
        case inspect.StructType():
            told["fields"] = _fields(info)
        case inspect.EnumType():
            told["values"] = sorted(str(each.value) for each in info.cls)
        case inspect.LiteralType():
            told["values"] = sorted(map(str, info.values))
        case inspect.VarTupleType() | inspect.ListType() | inspect.SetType():
            told["of"] = _type(info.item_type)
        case inspect.UnionType():
            kinds = [each for each in info.types if not isinstance(each, inspect.NoneType)]
            return _type(kinds[0]) | {"none": len(kinds) < len(info.types)}
    return told
