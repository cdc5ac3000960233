"""What does one field of a parsed JSON object hold?

For records too many to go through a general schema.  JSON numbers arrive as int
or Decimal; every refusal points below the object that was read.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from service.analytics.instants import Instant
from service.message import Refused

LARGEST_NUMBER = 1e300
LONGEST_GUESS = 64

_DATE = "2026-03-01"
_MOMENT = "2026-03-01T10:00:00.000000+00:00"


def record_of(raw: object, fields: Collection[str]) -> dict[str, Any]:
    """Return *raw*, an object with no other names than *fields*.

    Raises:
        Refused: `wrong_type`, `unknown_field` or `duplicate_key`.
    """
    if not isinstance(raw, dict):
        raise Refused("", "wrong_type", "it must be an object in braces")
    for name in getattr(raw, "duplicates", ()):  # how the JSON parser marks them
        raise Refused(
            _below(name),
            "duplicate_key",
            "{name} stands twice; keep one of them",
            name=name[:LONGEST_GUESS],
        )
    for name in raw:
        if name not in fields:
            raise _unknown(name, fields)
    return raw


def list_of(raw: object, pointer: str) -> list[Any]:
    """Return *raw*, a list, or refuse it at *pointer*."""
    if not isinstance(raw, list):
        raise Refused(pointer, "wrong_type", "it must be a list in square brackets")
    return raw


def required(record: Mapping[str, Any], field: str) -> object:
    """Return what *record* gives for *field*, or refuse it as missing."""
    if field not in record:
        raise Refused(f"/{field}", "missing", "{name} is missing", name=field)
    return record[field]


def number(record: Mapping[str, Any], field: str, default: float) -> float:
    """Return the number in *field*, or *default* when the field is absent."""
    if field not in record:
        return default
    given = record[field]
    if type(given) is not int and type(given) is not Decimal:
        raise Refused(f"/{field}", "wrong_type", "it must be a number, without quotes")
    try:
        real = float(given)
    except OverflowError:  # an int beyond all floats
        real = math.inf
    if not abs(real) < LARGEST_NUMBER:
        raise Refused(
            f"/{field}",
            "out_of_range",
            "the size of a number is 0, or at least 1e-400 and less than 1e300",
        )
    return real


def count(record: Mapping[str, Any], field: str, default: float) -> float:
    """Return the number of zero or more in *field*, or *default* when the field is absent."""
    given = number(record, field, default)
    if given < 0:
        raise Refused(f"/{field}", "out_of_range", "it must be at least {bound}", bound="0")
    return given


def instant(record: Mapping[str, Any], field: str) -> Instant | None:
    """Return the ISO 8601 date, or time with its offset, in *field*; None when it has none."""
    text = record.get(field)
    if text is None:
        return None
    try:
        if type(text) is str and len(text) == len(_DATE):
            return date.fromisoformat(text)
        if type(text) is str and len(text) <= len(_MOMENT):
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is not None:
                return moment
    except ValueError:
        pass
    raise Refused(
        f"/{field}",
        "wrong_type",
        "it must be a date such as 2026-03-01, or a time with its offset such as"
        " 2026-03-01T10:00:00Z",
    )


def _unknown(name: str, fields: Collection[str]) -> Refused:
    # difflib compares every pair of characters: a long name is nobody's typing slip.
    near = difflib.get_close_matches(name[:LONGEST_GUESS], fields, n=1)
    if near:
        return Refused(
            _below(name),
            "unknown_field",
            "{name} is not known here; did you mean {nearest}?",
            name=name[:LONGEST_GUESS],
            nearest=near[0],
        )
    return Refused(
        _below(name),
        "unknown_field",
        "{name} is not known here; known are {known}",
        name=name[:LONGEST_GUESS],
        known=", ".join(fields),
    )


def _below(name: str) -> str:
    """Return *name* as the last token of a JSON pointer (RFC 6901)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")
