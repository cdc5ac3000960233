"""Numbers: exact, real, whole, and several to be added up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.message import Refused
from service.shape.refusal import escaped, not_a_number, refuse_duplicates, refuse_size

LARGEST = Decimal("1e300")
LARGEST_EXPONENT = 300
SMALLEST_EXPONENT = -400
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Number:
    """A decimal number within bounds; *below* is a bound that is not reached itself."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    below: Decimal | None = None

    def read(self, raw: Any, pointer: str) -> Decimal:
        if type(raw) is not Decimal:
            raise not_a_number(raw, pointer)
        if raw and not SMALLEST_EXPONENT <= raw.adjusted() < LARGEST_EXPONENT:
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
            refuse_size(raw, pointer, 1, self.most)
            return {
                name: self.each.read(part, f"{pointer}/{escaped(name)}")
                for name, part in raw.items()
            }
        if isinstance(raw, list):
            refuse_size(raw, pointer, 1, self.most)
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
            raise not_a_number(raw, pointer)
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
            raise not_a_number(raw, pointer)
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


def _beyond(pointer: str, template: str, bound: Decimal | float) -> Refused:
    return Refused(pointer, "out_of_range", template, bound=f"{bound:g}")


def _too_large(pointer: str, raw: Decimal, bound: Decimal, template: str) -> Refused:
    if bound == 1 < raw <= HUNDRED:  # 5 where 5% is meant
        return Refused(
            pointer,
            "out_of_range",
            "it must be a ratio of at most 1: write {percent}% as {ratio}",
            percent=f"{raw:f}",
            ratio=f"{raw / HUNDRED:f}",
        )
    return _beyond(pointer, template, bound)
