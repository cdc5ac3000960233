"""What did each customer touch, in which order, before converting or leaving?

Reading is one loop over parsed JSON, because journeys are the largest input there
is.  Touchpoints that are alike in every name are kept once and referred to by
number, so that what follows handles tuples of small integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias

from service.analytics.attribution.fields import (
    count,
    instant,
    list_of,
    number,
    record_of,
    required,
)
from service.analytics.instants import Instant, refuse_mixed
from service.message import Refused

MOST_JOURNEYS = 100_000
MOST_TOUCHPOINTS = 1_000_000
LONGEST_NAME = 200

UNATTRIBUTED = "(unattributed)"
"""Where the answer puts conversions that no touch can be credited with."""

Key: TypeAlias = Literal["channel", "campaign", "effort", "stage"]
"""The field of a touchpoint that earns credit."""

_JOURNEY_FIELDS = ("touchpoints", "conversions", "value", "not_converted", "converted_at")
_TOUCHPOINT_FIELDS = ("channel", "at", "campaign", "effort", "stage")


class Touchpoint(NamedTuple):
    """The names one contact carries."""

    channel: str
    campaign: str | None
    effort: str | None
    stage: str | None


class Endings(NamedTuple):
    """How often journeys ended in each way, and the value of the conversions."""

    conversions: float
    value: float
    not_converted: float


class Journey(NamedTuple):
    """Identical journeys: the numbers of their touchpoints in order of time, and their endings.

    *instants* is empty when the touches have no times.
    """

    touches: tuple[int, ...]
    instants: tuple[Instant, ...]
    converted_at: Instant | None
    endings: Endings


@dataclass(frozen=True)
class Journeys:
    """All journeys of a request; *touchpoints* are the different ones, by number."""

    touchpoints: tuple[Touchpoint, ...]
    records: tuple[Journey, ...]
    pointer: str = "/journeys"


def read_journeys(raw: object, pointer: str = "/journeys") -> Journeys:
    """Return the journeys in *raw*, a list of parsed JSON whose numbers are int or Decimal.

    Touches are put in order of time, those of one instant staying in the listed
    order; touches without times stay as listed.

    Raises:
        Refused: at the first thing that is wrong, with a pointer below *pointer*.
    """
    listed = list_of(raw, pointer)
    if len(listed) > MOST_JOURNEYS:
        raise Refused(
            pointer,
            "too_many_items",
            "{count} journeys are too many; send at most {most}, counting identical ones together",
            count=len(listed),
            most=MOST_JOURNEYS,
        )
    known: dict[tuple[Any, ...], int] = {}
    records: list[Journey] = []
    room = MOST_TOUCHPOINTS
    try:
        for one in listed:
            journey = _journey(one, known, room)
            room -= len(journey.touches)
            records.append(journey)
    except Refused as refused:
        refused.pointer = f"{pointer}/{len(records)}{refused.pointer}"
        raise
    return Journeys(tuple(Touchpoint(*names) for names in known), tuple(records), pointer)


def _journey(raw: object, known: dict[tuple[Any, ...], int], room: int) -> Journey:
    record = record_of(raw, _JOURNEY_FIELDS)
    listed = list_of(required(record, "touchpoints"), "/touchpoints")
    if len(listed) > room:
        raise Refused(
            "/touchpoints",
            "too_many_items",
            "the journeys have more than {most} touchpoints in all; send fewer at a time",
            most=MOST_TOUCHPOINTS,
        )
    touches, instants = _touches(listed, known)
    conversions = count(record, "conversions", 0.0 if "not_converted" in record else 1.0)
    not_converted = count(record, "not_converted", 0.0)
    value = number(record, "value", 0.0)
    if value and not conversions:
        raise Refused(
            "/value",
            "inconsistent_inputs",
            "there is a value and no conversion that it came from; give the conversions too",
        )
    converted_at = _converted_at(record, conversions, instants)
    if any(earlier > later for earlier, later in pairwise(instants)):
        order = sorted(range(len(touches)), key=instants.__getitem__)
        touches = [touches[place] for place in order]
        instants = [instants[place] for place in order]
    endings = Endings(conversions, value, not_converted)
    return Journey(tuple(touches), tuple(instants), converted_at, endings)


def _touches(
    listed: list[Any], known: dict[tuple[Any, ...], int]
) -> tuple[list[int], list[Instant]]:
    touches: list[int] = []
    instants: list[Instant | None] = []
    try:
        for one in listed:
            if type(one) is str:
                instants.append(None)
                touches.append(_touchpoint((one, None, None, None), known, ""))
            else:
                record = record_of(one, _TOUCHPOINT_FIELDS)
                channel = required(record, "channel")
                names = (channel, *map(record.get, ("campaign", "effort", "stage")))
                instants.append(instant(record, "at"))
                touches.append(_touchpoint(names, known, "/"))
    except Refused as refused:
        refused.pointer = f"/touchpoints/{len(touches)}{refused.pointer}"
        raise
    timed = [at for at in instants if at is not None]
    if timed and len(timed) < len(instants):
        raise Refused(
            f"/touchpoints/{instants.index(None)}",
            "inconsistent_inputs",
            "other touchpoints of this journey have a time and this one has none;"
            " give every one its time, or none",
        )
    refuse_mixed(timed, "/touchpoints")
    return touches, timed


def _touchpoint(names: tuple[Any, ...], known: dict[tuple[Any, ...], int], pointer: str) -> int:
    """Return the number of the touchpoint with these *names*, checking them the first time.

    *pointer* is what stands before a field's name, empty for a touchpoint that is a name itself.
    """
    try:
        return known[names]
    except (KeyError, TypeError):  # new, or a name that cannot even be hashed
        for field, name in zip(Touchpoint._fields, names, strict=True):
            if name is not None or field == "channel":
                _check_name(name, pointer and pointer + field)
    return known.setdefault(names, len(known))


def _check_name(name: object, pointer: str) -> None:
    if type(name) is not str:
        raise Refused(pointer, "wrong_type", "it must be a text in quotes")
    if len(name) > LONGEST_NAME or not name.strip():
        raise Refused(
            pointer,
            "out_of_range",
            "a name has 1 to {longest} characters and is not blank",
            longest=LONGEST_NAME,
        )
    if name == UNATTRIBUTED:
        raise Refused(
            pointer,
            "inconsistent_inputs",
            "the answer puts conversions without a touch under {name}; use another name",
            name=name,
        )


def _converted_at(
    record: Mapping[str, Any], conversions: float, instants: list[Instant]
) -> Instant | None:
    converted_at = instant(record, "converted_at")
    if converted_at is None:
        return None
    if not conversions:
        raise Refused(
            "/converted_at",
            "inconsistent_inputs",
            "there is a time of conversion and no conversion; give the conversions, or drop it",
        )
    refuse_mixed([converted_at, *instants], "/converted_at")
    for place, at in enumerate(instants):
        if at > converted_at:
            raise Refused(
                f"/touchpoints/{place}/at",
                "inconsistent_inputs",
                "this touch comes after converted_at; leave it out, or correct the time",
            )
    return converted_at
