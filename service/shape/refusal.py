"""What several shapes refuse, said in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.message import Refused
from service.names import nearest

LONGEST_NUMBER = 100


class NotFinite(str):
    """NaN, Infinity or a number no decimal holds, kept as a marker while JSON is parsed."""

    __slots__ = ()


class TooLong(str):
    """A number with more significant digits than are computed with, kept as a marker."""

    __slots__ = ()


def too_long(digits: str) -> bool:
    """Tell whether a number as written has too many significant digits."""
    mantissa = digits.lower().partition("e")[0].lstrip("+-").replace(".", "")
    return len(mantissa.strip("0")) > LONGEST_NUMBER


class Duplicated(dict[str, Any]):
    """A JSON object in which the names in *duplicates* stood more than once."""

    duplicates: tuple[str, ...] = ()


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


def not_a_number(raw: Any, pointer: str) -> Refused:
    """Return the refusal of what is not a number."""
    if isinstance(raw, NotFinite):
        return Refused(pointer, "not_finite", "{raw} is not a number to compute with", raw=raw[:20])
    if isinstance(raw, TooLong):
        return Refused(
            pointer,
            "out_of_range",
            "a number has at most {limit} significant digits",
            limit=LONGEST_NUMBER,
        )
    if isinstance(raw, str):
        return Refused(pointer, "wrong_type", "it must be a number, without quotes")
    return Refused(pointer, "wrong_type", "it must be a number")


def refuse_duplicates(raw: Mapping[str, Any], pointer: str) -> None:
    """Refuse an object in which a name stood twice."""
    if isinstance(raw, Duplicated):
        raise Refused(
            f"{pointer}/{escaped(raw.duplicates[0])}",
            "duplicate_key",
            "{name} stands twice; keep one of them",
            name=raw.duplicates[0][:64],
        )


def refuse_size(
    raw: Sequence[Any] | Mapping[str, Any], pointer: str, least: int, most: int
) -> None:
    """Refuse fewer than *least* or more than *most* entries."""
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
