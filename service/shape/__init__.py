"""The shapes an input may have: how each is read from JSON, and its JSON Schema.

JSON numbers arrive as `Decimal`, so that no digit is lost before it is looked
at; a `Number` of a closed formula stays one, a `Real` of an algorithm becomes a
`float`.  `read` returns the value a metric computes with or raises `Refused`
with a pointer to the place.
"""

from __future__ import annotations

from typing import Any, Protocol


class Shape(Protocol):
    """What every shape can do."""

    def read(self, raw: Any, pointer: str) -> Any:
        """Return *raw* as the metric takes it, or raise `Refused` at *pointer*."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) that accepts what `read` accepts."""
