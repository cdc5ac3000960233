"""The shapes an input may have: how each is read from JSON, and its JSON Schema.

JSON numbers arrive as `Decimal`, so that no digit is lost before it is looked
at; a `Number` of a closed formula stays one, a `Real` of an algorithm becomes a
`float`.  `read` returns the value a metric computes with or raises `Refused`
with a pointer to the place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from service.message import Refused
from service.names import nearest

LONGEST_NUMBER = 100
LARGEST = Decimal("1e300")
SMALLEST = Decimal("1e-400")
HUNDRED = Decimal(100)


class NotFinite(str):
    """NaN, Infinity or a number no decimal holds, kept as a marker while JSON is parsed."""

    __slots__ = ()


class Duplicated(dict[str, Any]):
    """A JSON object in which the names in *duplicates* stood more than once."""

    duplicates: tuple[str, ...] = ()


class Shape(Protocol):
    """What every shape can do."""

    def read(self, raw: Any, pointer: str) -> Any:
        """Return *raw* as the metric takes it, or raise `Refused` at *pointer*."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) that accepts what `read` accepts."""


@dataclass(frozen=True)
class Number:
    """A decimal number within bounds; *below* is a bound that is not reached itself."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    below: Decimal | None = None

    def read(self, raw: Any, pointer: str) -> Decimal:
        if type(raw) is not Decimal:
            raise _not_a_number(raw, pointer)
        if len(raw.as_tuple().digits) > LONGEST_NUMBER:
            raise Refused(
                pointer,
                "out_of_range",
                "a number has at most {limit} significant digits",
                limit=LONGEST_NUMBER,
            )
        if raw and not SMALLEST <= abs(raw) < LARGEST:
            raise Refused(
                pointer,
                "out_of_range",
                "the size of a number is 0, or at least 1e-400 and less than 1e300",
            )
        if self.minimum is not None and raw < self.minimum:
            raise _beyond(pointer, "it must be at least {bound}", self.minimum)
        if self.maximum is not None and raw > self.maximum:
            raise _too_large(pointer, raw, self.maximum, "it must be at most {bound}")
        if self.below is not None and raw >= self.below:
            raise _too_large(pointer, raw, self.below, "it must be less than {bound}")
        return raw

    def schema(self) -> dict[str, Any]:
        low = {"exclusiveMinimum": -LARGEST} if self.minimum is None else {"minimum": self.minimum}
        if self.below is not None:
            return {"type": "number", **low, "exclusiveMaximum": self.below}
        if self.maximum is not None:
            return {"type": "number", **low, "maximum": self.maximum}
        return {"type": "number", **low, "exclusiveMaximum": LARGEST}


@dataclass(frozen=True)
class Parts:
    """One number, a list of numbers or an object of named numbers, to be added up."""

    each: Number = field(default_factory=Number)
    most: int = 10_000

    def read(self, raw: Any, pointer: str) -> Decimal | list[Decimal] | dict[str, Decimal]:
        if isinstance(raw, Mapping):
            refuse_duplicates(raw, pointer)
            _refuse_size(raw, pointer, 1, self.most)
            return {
                name: self.each.read(part, f"{pointer}/{escaped(name)}")
                for name, part in raw.items()
            }
        if isinstance(raw, list):
            _refuse_size(raw, pointer, 1, self.most)
            return [self.each.read(part, f"{pointer}/{i}") for i, part in enumerate(raw)]
        return self.each.read(raw, pointer)

    def schema(self) -> dict[str, Any]:
        each = self.each.schema()
        return {
            "anyOf": [
                each,
                {"type": "array", "items": each, "minItems": 1, "maxItems": self.most},
                {
                    "type": "object",
                    "additionalProperties": each,
                    "minProperties": 1,
                    "maxProperties": self.most,
                },
            ]
        }


@dataclass(frozen=True)
class Real:
    """A number for an algorithm, read as the nearest `float`."""

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None

    def read(self, raw: Any, pointer: str) -> float:
        if type(raw) is not Decimal:
            raise _not_a_number(raw, pointer)
        value = float(raw)
        if not math.isfinite(value) or abs(raw) >= LARGEST:
            raise Refused(
                pointer,
                "out_of_range",
                "the size of a number is 0, or at least 1e-400 and less than 1e300",
            )
        if self.minimum is not None and value < self.minimum:
            raise _beyond(pointer, "it must be at least {bound}", self.minimum)
        if self.maximum is not None and value > self.maximum:
            raise _beyond(pointer, "it must be at most {bound}", self.maximum)
        if self.above is not None and value <= self.above:
            raise _beyond(pointer, "it must be more than {bound}", self.above)
        if self.below is not None and value >= self.below:
            raise _beyond(pointer, "it must be less than {bound}", self.below)
        return value

    def schema(self) -> dict[str, Any]:
        bounds = {
            "minimum": self.minimum,
            "maximum": self.maximum,
            "exclusiveMinimum": self.above,
            "exclusiveMaximum": self.below,
        }
        made = {key: bound for key, bound in bounds.items() if bound is not None}
        if not made.keys() & {"minimum", "exclusiveMinimum"}:
            made["exclusiveMinimum"] = -float(LARGEST)
        if not made.keys() & {"maximum", "exclusiveMaximum"}:
            made["exclusiveMaximum"] = float(LARGEST)
        return {"type": "number", **made}


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds, read as an `int`; 3.0 is one."""

    minimum: int
    maximum: int

    def read(self, raw: Any, pointer: str) -> int:
        if type(raw) is not Decimal:
            raise _not_a_number(raw, pointer)
        if not self.minimum <= raw <= self.maximum:
            raise Refused(
                pointer,
                "out_of_range",
                "it must be a whole number from {low} to {high}",
                low=self.minimum,
                high=self.maximum,
            )
        if raw != raw.to_integral_value():
            raise Refused(pointer, "wrong_type", "it must be a whole number")
        return int(raw)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True)
class Text:
    """A text of bounded length; not empty unless *shortest* is 0."""

    longest: int = 200
    shortest: int = 1

    def read(self, raw: Any, pointer: str) -> str:
        if type(raw) is not str:
            raise Refused(pointer, "wrong_type", "it must be a text in quotes")
        if not self.shortest <= len(raw) <= self.longest:
            raise Refused(
                pointer,
                "out_of_range",
                "a text here has {low} to {high} characters",
                low=self.shortest,
                high=self.longest,
            )
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.shortest, "maxLength": self.longest}


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: Any, pointer: str) -> str:
        if type(raw) is not str or raw not in self.words:
            raise Refused(
                pointer, "wrong_type", "it must be one of {words}", words=", ".join(self.words)
            )
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, raw: Any, pointer: str) -> bool:
        if not isinstance(raw, bool):
            raise Refused(pointer, "wrong_type", "it must be true or false, without quotes")
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day:
    """A calendar date."""

    def read(self, raw: Any, pointer: str) -> date:
        try:
            if type(raw) is str and len(raw) == len("2026-03-01"):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        raise Refused(pointer, "wrong_type", "it must be a date such as 2026-03-01")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Moment:
    """A calendar date, or an instant with its offset."""

    def read(self, raw: Any, pointer: str) -> date:
        try:
            if type(raw) is str and len(raw) == len("2026-03-01"):
                return date.fromisoformat(raw)
            if type(raw) is str and len(raw) <= len("2026-03-01T10:00:00.000000+00:00"):
                instant = datetime.fromisoformat(raw)
                if instant.tzinfo is not None:
                    return instant
        except ValueError:
            pass
        raise Refused(
            pointer,
            "wrong_type",
            "it must be a date such as 2026-03-01, or a time with its offset such as"
            " 2026-03-01T10:00:00Z",
        )

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": f} for f in ("date", "date-time")]}


@dataclass(frozen=True)
class ListOf:
    """A list of one shape."""

    each: Shape
    most: int
    least: int = 0

    def read(self, raw: Any, pointer: str) -> list[Any]:
        if not isinstance(raw, list):
            raise Refused(pointer, "wrong_type", "it must be a list in square brackets")
        _refuse_size(raw, pointer, self.least, self.most)
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

    def read(self, raw: Any, pointer: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Refused(pointer, "wrong_type", "it must be an object of named values")
        refuse_duplicates(raw, pointer)
        _refuse_size(raw, pointer, self.least, self.most)
        return {n: self.each.read(v, f"{pointer}/{escaped(n)}") for n, v in raw.items()}

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
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


def escaped(name: str) -> str:
    """Return *name* as a token of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def unknown(name: str, known: Sequence[str] | Mapping[str, object], pointer: str) -> Refused:
    """Return the refusal of a name that is not known here, with the nearest that is."""
    near = nearest(name, known)
    if near:
        return Refused(
            pointer,
            "unknown_field",
            "{name} is not known here; did you mean {nearest}?",
            name=name[:64],
            nearest=near,
        )
    return Refused(
        pointer,
        "unknown_field",
        "{name} is not known here; known are {known}",
        name=name[:64],
        known=", ".join(known),
    )


def _not_a_number(raw: Any, pointer: str) -> Refused:
    if isinstance(raw, NotFinite):
        return Refused(pointer, "not_finite", "{raw} is not a number to compute with", raw=raw[:20])
    if isinstance(raw, str):
        return Refused(pointer, "wrong_type", "it must be a number, without quotes")
    return Refused(pointer, "wrong_type", "it must be a number")


def _beyond(pointer: str, template: str, bound: Decimal | float) -> Refused:
    return Refused(pointer, "out_of_range", template, bound=f"{bound:g}")


def _too_large(pointer: str, raw: Decimal, bound: Decimal, template: str) -> Refused:
    if bound == 1 and raw <= HUNDRED:  # 5 where 5% is meant
        return Refused(
            pointer,
            "out_of_range",
            "it must be a ratio of at most 1: write {percent}% as {ratio}",
            percent=f"{raw:f}",
            ratio=f"{raw / HUNDRED:f}",
        )
    return _beyond(pointer, template, bound)


def refuse_duplicates(raw: Mapping[str, Any], pointer: str) -> None:
    """Refuse an object in which a name stood twice."""
    if isinstance(raw, Duplicated):
        raise Refused(
            f"{pointer}/{escaped(raw.duplicates[0])}",
            "duplicate_key",
            "{name} stands twice; keep one of them",
            name=raw.duplicates[0][:64],
        )


def _refuse_size(
    raw: Sequence[Any] | Mapping[str, Any], pointer: str, least: int, most: int
) -> None:
    if len(raw) < least:
        raise Refused(pointer, "out_of_range", "it needs at least {least} entries", least=least)
    if len(raw) > most:
        raise Refused(
            pointer,
            "too_many_items",
            "{count} entries are too many; send at most {most}",
            count=len(raw),
            most=most,
        )
