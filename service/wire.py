"""JSON as it travels: every digit kept on the way in, every number exact on the way out."""

from __future__ import annotations

import decimal
import json
from decimal import Decimal
from typing import Any

import simplejson

from service.digits import plain
from service.message import Refused
from service.shape.refusal import LONGEST_NUMBER, Duplicated, NotFinite, TooLong, too_long

DEEPEST = 32


def loads(text: str | bytes) -> Any:
    """Return the JSON value of *text*: numbers as `Decimal`.

    NaN, Infinity and numbers beyond any decimal become `NotFinite`, objects
    with repeated names become `Duplicated`: whoever reads the value refuses
    them, so that one of them in a batch spoils only its own item.

    Raises:
        Refused: `not_json` or `too_deep`.
    """
    try:
        value = _READER.decode(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError:
        raise Refused("", "not_json", "the body is not UTF-8") from None
    except ValueError as error:
        at = error.colno if isinstance(error, json.JSONDecodeError) else 0
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise Refused(
            "",
            "not_json",
            "the body is not JSON: look at line {line}, column {column}",
            line=line,
            column=at,
        ) from None
    _refuse_depth(value)
    return value


def dumps(value: Any) -> str:
    """Return *value* as JSON: a `Decimal` in plain digits, letters of any script as they are."""
    if value is None:
        return "null"
    if type(value) is str:
        return quoted(value)
    if type(value) is Decimal:
        return plain(value)
    if not value and type(value) is list:
        return "[]"
    if type(value) is dict and all(type(one) is Decimal for one in value.values()):
        return "{" + ", ".join(f"{quoted(n)}: {plain(one)}" for n, one in value.items()) + "}"
    return _WRITER.encode(value)


def number(value: Decimal | float | None) -> Decimal | None:
    """Return *value* as the decimal whose digits `dumps` writes: a float's shortest."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _raw(value: object) -> Any:
    if isinstance(value, Decimal):
        return simplejson.RawJSON(plain(value))
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _number(digits: str) -> Decimal | NotFinite | TooLong:
    if len(digits) > LONGEST_NUMBER and too_long(digits):
        return TooLong(digits)
    try:
        return Decimal(digits)
    except decimal.InvalidOperation:  # an exponent that no decimal holds
        return NotFinite(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    names = [name for name, _ in pairs]
    marked = Duplicated(made)
    marked.duplicates = tuple(dict.fromkeys(n for n in names if names.count(n) > 1))
    return marked


def _refuse_depth(value: Any) -> None:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> Refused:
    return Refused("", "too_deep", "the body nests deeper than {limit} levels", limit=DEEPEST)


quoted = json.encoder.encode_basestring
"""Return a text as JSON writes it."""

# Made once: a reader and a writer with options of their own cost more than a small body does.
_READER = json.JSONDecoder(
    parse_float=_number,
    parse_int=_number,
    parse_constant=NotFinite,
    object_pairs_hook=_object,
)
_WRITER = simplejson.JSONEncoder(
    ensure_ascii=False, allow_nan=False, use_decimal=False, default=_raw
)
