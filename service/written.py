"""Inputs as text: numbers, lists and dates as spreadsheets, forms and CRMs write them.

What is read here becomes what JSON would have held; whether it suits the metric
is for its schema to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from service.message import Refused
from service.metric import Metric
from service.schema import Period, options_of
from service.shape import Shape
from service.shape.container import ListOf, MapOf
from service.shape.number import Number, Parts, Real, Whole
from service.shape.refusal import TooLong, escaped, not_a_number, too_long
from service.shape.word import Choice, Day, Flag, Moment
from service.units import RATIO

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(?:[eE][ +-]?\d{1,6})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
_PART = re.compile(r"(?P<name>[^\[\]]+)\[(?P<part>[^\[\]]*)\]")
_SEPARATORS = (";", "|", "\n", "\t")
_EXCEL_EPOCH = date(1899, 12, 30)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
LAST_SERIAL = 2_958_465
"""31 December 9999, the last date a spreadsheet knows."""


@dataclass(frozen=True)
class Manner:
    """How the texts are written: the decimal mark, and whether dates are serial numbers."""

    decimal: str = "."
    excel_dates: bool = False


def fits_a_query(metric: Metric) -> bool:
    """Tell whether *metric* answers with one number, and all it takes is numbers and words."""
    if metric.expression is None and metric.example.value is None:
        return False
    simple = Number | Parts | Real | Whole | Choice | Flag
    return all(
        isinstance(one.shape, simple)
        or (isinstance(one.shape, ListOf | MapOf) and isinstance(one.shape.each, simple))
        for one in metric.inputs
    )


def as_json(metric: Metric, pairs: Iterable[tuple[str, str]], manner: Manner) -> dict[str, Any]:
    """Return name-value *pairs*, such as a query, as the request body they mean.

    ``name[part]=1`` is a named part, ``name[]=1`` and repetition make a list.

    Raises:
        Refused: A text is not what it must be, or a name stands in two forms.
    """
    shapes = {**{one.name: one.shape for one in metric.inputs}, **options_of(metric)}
    ratios = {one.name for one in metric.inputs if one.unit == RATIO}
    plain: dict[str, list[str]] = {}
    named: dict[str, dict[str, str]] = {}
    for key, text in pairs:
        name, part = _split(key)
        if part:
            _refuse_twice(part in named.get(name, {}), key)
            named.setdefault(name, {})[part] = text
        else:
            plain.setdefault(name, []).append(text)
    made: dict[str, Any] = {}
    for name, texts in plain.items():
        _refuse_twice(name in named, name)
        shape = shapes.get(name)
        given = [text for text in texts if text.strip()]
        if given:
            made[name] = _read(shape, given, f"/{escaped(name)}", manner, name in ratios)
    for name, parts in named.items():
        part_shape = Day() if isinstance(shapes.get(name), Period) else Number()
        made[name] = {
            part: _read(
                part_shape, [text], f"/{escaped(name)}/{escaped(part)}", manner, name in ratios
            )
            for part, text in parts.items()
            if text.strip()
        }
    return made


def number(text: str, pointer: str, manner: Manner, ratio: bool = False) -> Decimal:  # noqa: FBT001, FBT002
    """Return the number that *text* writes; ``5%`` only where a *ratio* is meant.

    Raises:
        Refused: `wrong_type`, with how to write it.
    """
    # A plus in a URL arrives as a blank: 1E 021 was 1E+021.
    bare = text.strip().replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-")
    percent = ratio and bare.endswith("%")
    digits = bare.removesuffix("%").rstrip() if percent else bare
    if manner.decimal == ",":
        _refuse_point(digits, text, pointer)
        digits = digits.replace(",", ".")
    if not _NUMBER.fullmatch(digits):
        raise _not_a_number(text, pointer, manner)
    if too_long(digits):
        raise not_a_number(TooLong(digits), pointer)
    value = Decimal(digits.replace("E ", "E").replace("e ", "e"))
    return _hundredth(value) if percent else value


def _hundredth(value: Decimal) -> Decimal:
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) - 2))  # no context rounds this


def serial_date(text: str, pointer: str) -> str:
    """Return a spreadsheet's serial number of a day (1900 system) as an ISO date.

    Raises:
        Refused: `wrong_type`.
    """
    if not re.fullmatch(r"\d{1,7}", text.strip(), re.ASCII) or int(text) > LAST_SERIAL:
        raise Refused(pointer, "wrong_type", "{text} is not a date's serial number", text=text[:32])
    return (_EXCEL_EPOCH + timedelta(days=int(text))).isoformat()


def _read(
    shape: Shape | None,
    texts: Sequence[str],
    pointer: str,
    manner: Manner,
    ratio: bool,  # noqa: FBT001
) -> Any:
    if isinstance(shape, Parts | ListOf | MapOf):
        found = [part for text in texts for part in _listed(text, pointer, manner)]
        numbers = [
            number(text, f"{pointer}/{i}" if len(found) > 1 else pointer, manner, ratio)
            for i, text in enumerate(found)
        ]
        alone = isinstance(shape, Parts) and len(numbers) == 1
        return numbers[0] if alone else numbers
    if len(texts) > 1:
        raise Refused(
            pointer, "duplicate_key", "it stands {count} times; send it once", count=len(texts)
        )
    text = texts[0]
    if isinstance(shape, Number | Real | Whole):
        return number(text, pointer, manner, ratio)
    if isinstance(shape, Flag):
        return _FLAGS.get(text.strip().lower(), text)
    if isinstance(shape, Day | Moment) and manner.excel_dates:
        return serial_date(text, pointer)
    return text


def _listed(text: str, pointer: str, manner: Manner) -> list[str]:
    """Return the entries of a list: parted by one separator, a comma only beside points."""
    found = [mark for mark in _SEPARATORS if mark in text.strip()]
    if len(found) > 1:
        raise Refused(
            pointer, "wrong_type", "one separator at a time: use ; between the numbers, or |"
        )
    if found:
        return [part for part in text.split(found[0]) if part.strip()]
    if manner.decimal == "." and _THOUSANDS.fullmatch(text.strip()):
        raise Refused(
            pointer,
            "wrong_type",
            "{text} may be one number with separators of thousands, or a list: leave them out, or"
            " put ; between the numbers",
            text=text[:32],
        )
    if manner.decimal == ".":
        return [part for part in text.split(",") if part.strip()]
    if text.count(",") > 1:
        raise Refused(
            pointer,
            "wrong_type",
            "{text} may be one list or another: with decimal=, put ; between the numbers",
            text=text[:32],
        )
    return [text]


def _split(key: str) -> tuple[str, str]:
    match = _PART.fullmatch(key)
    return (match["name"], match["part"]) if match else (key, "")


def _refuse_twice(twice: bool, name: str) -> None:  # noqa: FBT001  a guard, not an option
    if twice:
        raise Refused(
            f"/{escaped(name)}",
            "duplicate_key",
            "{name} stands twice; keep one of them",
            name=name[:64],
        )


def _refuse_point(digits: str, text: str, pointer: str) -> None:
    if "." in digits:
        raise Refused(
            pointer,
            "wrong_type",
            "{text} has a point, but decimal=, was asked for; leave out separators of thousands",
            text=text[:32],
        )


def _not_a_number(text: str, pointer: str, manner: Manner) -> Refused:
    if "," in text and manner.decimal == ".":
        return Refused(
            pointer,
            "wrong_type",
            "{text} is not a number here; if the comma is the decimal mark, add decimal=,",
            text=text[:32],
        )
    return Refused(
        pointer, "wrong_type", "{text} is not a number; write it like 1234.5", text=text[:32]
    )
