"""What is one value of a CRM's message: a number, a text, an instant, or nothing?

CRMs send numbers as texts, wrap them in objects, and write dates in five ways;
what is read here is what the sender meant, and what is ambiguous is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from service.digits import plain
from service.message import Refused
from service.shape.number import Number
from service.written import Manner, number

WRAPPERS = ("value", "Value")
"""HubSpot's legacy properties and Dataverse's Money and OptionSetValue."""

DEEPEST_WRAPPER = 3

_ANY_NUMBER = Number()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSOFT_DATE = re.compile(r"/Date\((?P<milliseconds>-?\d{1,15})(?:[+-]\d{4})?\)/")
_MILLISECONDS = re.compile(r"\d{12,14}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECONDS_A_DAY = 86_400


def unwrapped(value: Any) -> Any:
    """Return what stands inside ``{"value": …}`` or ``{"Value": …}``."""
    for _ in range(DEEPEST_WRAPPER):
        if not isinstance(value, Mapping):
            break
        inside = [name for name in WRAPPERS if name in value]
        if not inside:
            break
        value = value[inside[0]]
    return value


def is_empty(value: Any) -> bool:
    """Tell whether a field was left empty: null, or a text of blanks."""
    bare = unwrapped(value)
    return bare is None or (isinstance(bare, str) and not bare.strip())


def as_text(value: Any) -> str:
    """Return *value* as filters and distinct counts compare it: 7, 7.0 and "7" are the same."""
    bare = unwrapped(value)
    if bare is None:
        return ""
    if isinstance(bare, bool):
        return "true" if bare else "false"
    if isinstance(bare, Decimal):
        return plain(bare)
    return bare.strip() if isinstance(bare, str) else repr(bare)


def as_number(value: Any, pointer: str, *, ratio: bool = False) -> Decimal:
    """Return the number that *value* is or writes; ``5%`` only where a *ratio* is meant.

    Raises:
        Refused: It is none, with how to write it, or too large to compute with.
    """
    bare = unwrapped(value)
    if type(bare) is str:
        bare = number(bare, pointer, Manner(), ratio)
    return _ANY_NUMBER.read(bare, pointer)


def as_instant(value: Any, pointer: str) -> datetime | date:
    """Return the day, or the instant in UTC, that *value* writes.

    Known are ISO days, ISO times with their offset, ``/Date(ms)/``, and
    milliseconds since 1970 as a number or a text.

    Raises:
        Refused: It is none of these.
    """
    bare = unwrapped(value)
    text = plain(bare) if type(bare) is Decimal else bare
    if type(text) is str:
        try:
            return _instant(text.strip())
        except (ValueError, OverflowError):
            pass
    raise Refused(
        pointer,
        "wrong_type",
        "it must be a date: 2026-03-01, 2026-03-01T10:00:00Z, /Date(1782345600000)/ or"
        " milliseconds since 1970",
    )


def days_between(start: datetime | date, end: datetime | date) -> Decimal:
    """Return the days from *start* to *end*: exact between instants, else between their days."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        gone = end - start
        seconds = gone.days * _SECONDS_A_DAY + gone.seconds
        return (seconds + Decimal(gone.microseconds).scaleb(-6)) / _SECONDS_A_DAY
    return Decimal((_day(end) - _day(start)).days)


def _day(at: datetime | date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _instant(text: str) -> datetime | date:
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if match := _MICROSOFT_DATE.fullmatch(text):
        return _EPOCH + timedelta(milliseconds=int(match["milliseconds"]))
    if _MILLISECONDS.fullmatch(text):
        return _EPOCH + timedelta(milliseconds=int(text))
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant without its offset could be anywhere")
    return at.astimezone(UTC)
