"""Lists, maps and records of other shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.message import Refused
from service.shape import Shape
from service.shape.refusal import escaped, refuse_duplicates, refuse_size, unknown
from service.shape.word import Text

NAME = Text()


@dataclass(frozen=True)
class ListOf:
    """A list of one shape."""

    each: Shape
    most: int
    least: int = 0

    def read(self, raw: Any, pointer: str) -> list[Any]:
        if not isinstance(raw, list):
            raise Refused(pointer, "wrong_type", "it must be a list in square brackets")
        refuse_size(raw, pointer, self.least, self.most)
        return [self.each.read(one, f"{pointer}/{i}") for i, one in enumerate(raw)]

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": self.each.schema(),
            "minItems": self.least,
            "maxItems": self.most,
        }


@dataclass(frozen=True)
class MapOf:
    """An object whose names the caller chooses."""

    each: Shape
    most: int
    least: int = 0
    name: Text = NAME

    def read(self, raw: Any, pointer: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Refused(pointer, "wrong_type", "it must be an object of named values")
        refuse_duplicates(raw, pointer)
        refuse_size(raw, pointer, self.least, self.most)
        made = {}
        for name, value in raw.items():
            below = f"{pointer}/{escaped(name)}"
            made[self.name.read(name, below)] = self.each.read(value, below)
        return made

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": self.name.schema(),
            "additionalProperties": self.each.schema(),
            "minProperties": self.least,
            "maxProperties": self.most,
        }


@dataclass(frozen=True)
class Record:
    """An object of known fields; an absent optional field is read as its default."""

    fields: Mapping[str, Shape]
    optional: Mapping[str, Any] = field(default_factory=dict)

    def read(self, raw: Any, pointer: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Refused(pointer, "wrong_type", "it must be an object in braces")
        refuse_duplicates(raw, pointer)
        for name in raw:
            if name not in self.fields:
                raise unknown(name, self.fields, f"{pointer}/{escaped(name)}")
        made = {}
        for name, shape in self.fields.items():
            if name in raw:
                made[name] = shape.read(raw[name], f"{pointer}/{name}")
            elif name in self.optional:
                made[name] = self.optional[name]
            else:
                raise Refused(f"{pointer}/{name}", "missing", "{name} is missing", name=name)
        return made

    def schema(self) -> dict[str, Any]:
        required = [name for name in self.fields if name not in self.optional]
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in self.fields.items()},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class Either:
    """The first of several shapes that accepts the value's JSON type."""

    text: Shape
    other: Shape

    def read(self, raw: Any, pointer: str) -> Any:
        return (self.text if isinstance(raw, str) else self.other).read(raw, pointer)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.text.schema(), self.other.schema()]}


@dataclass(frozen=True)
class Nullable:
    """A shape, or null where there is nothing to tell; for results."""

    shape: Shape

    def read(self, raw: Any, pointer: str) -> Any:
        return None if raw is None else self.shape.read(raw, pointer)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}
