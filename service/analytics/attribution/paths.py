"""Which touches of each journey can earn credit, and how often did each path come?

A path is what is left of a journey once the look-back is applied.  Identical paths
are counted together, with `math.fsum`, so that one journey of ten conversions, ten
journeys of one, and any order of them give the same answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from service.analytics.attribution.journeys import Endings, Journey, Journeys, Key, Touchpoint
from service.analytics.instants import days_between
from service.message import Refused, Undefined

NOT_SET = "(not set)"
"""What earns the credit of a touch without the field that earns credit."""

LARGEST_TOTAL = 1e300
NO_DAYS: tuple[float, ...] = ()


class Path(NamedTuple):
    """Numbers of touchpoints in order, and the endings of the journeys that took this path.

    *days* holds how long before the end each touch came; it is empty unless asked for.
    """

    touches: tuple[int, ...]
    days: tuple[float, ...]
    endings: Endings


@dataclass(frozen=True)
class Paths:
    """The paths of a request.

    *keys* gives, for each touchpoint by number, the place in *names* of what earns its
    credit.  *untouched* are the journeys with no touch within the look-back: they are in
    *totals* and not in *rows*.
    """

    by: Key
    lookback_days: float | None
    touchpoints: tuple[Touchpoint, ...]
    names: tuple[str, ...]
    keys: tuple[int, ...]
    rows: tuple[Path, ...]
    untouched: Endings
    totals: Endings


def paths_of(
    journeys: Journeys, by: Key, lookback_days: float | None, *, timed: bool = False
) -> Paths:
    """Return the paths in *journeys*, whose touches earn credit for their field *by*.

    A touch counts when it came at most *lookback_days* before `converted_at`, or
    before the last touch where that is not given.  Paths carry days when *timed*.

    Raises:
        Refused: `missing`, when times are needed and a journey has none, or when no
            touchpoint has the field *by*.
        Undefined: `out_of_range`, when the totals are too large to compute with.
    """
    if timed or lookback_days is not None:
        _refuse_untimed(journeys)
    names, keys = _credited(journeys.touchpoints, by)
    groups: defaultdict[tuple[tuple[int, ...], tuple[float, ...]], list[Endings]]
    groups = defaultdict(list)
    for journey in journeys.records:
        touches, days = journey.touches, NO_DAYS
        if timed or lookback_days is not None:
            touches, days = _recent(journey, lookback_days)
        groups[touches, days if timed else NO_DAYS].append(journey.endings)
    paths = [Path(touches, days, summed(group)) for (touches, days), group in groups.items()]
    totals = summed(path.endings for path in paths)
    if max(totals.conversions, abs(totals.value), totals.not_converted) >= LARGEST_TOTAL:
        raise Undefined("out_of_range", "the journeys add up to 1e300 or more")
    return Paths(
        by=by,
        lookback_days=lookback_days,
        touchpoints=journeys.touchpoints,
        names=names,
        keys=keys,
        rows=tuple(path for path in paths if path.touches),
        untouched=summed(path.endings for path in paths if not path.touches),
        totals=totals,
    )


def summed(endings: Iterable[Endings]) -> Endings:
    """Return the endings added up, each exactly rounded whatever the order."""
    listed = list(endings)
    if len(listed) == 1:
        return listed[0]
    return Endings(
        math.fsum([one.conversions for one in listed]),
        math.fsum([one.value for one in listed]),
        math.fsum([one.not_converted for one in listed]),
    )


def _refuse_untimed(journeys: Journeys) -> None:
    for place, journey in enumerate(journeys.records):
        if len(journey.instants) < len(journey.touches):
            raise Refused(
                f"{journeys.pointer}/{place}/touchpoints/0/at",
                "missing",
                "this needs the time of every touch; give each touchpoint its channel and at",
            )


def _credited(
    touchpoints: tuple[Touchpoint, ...], by: Key
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    fields = [getattr(touchpoint, by) for touchpoint in touchpoints]
    if fields and not any(fields):
        raise Refused(
            "/by",
            "missing",
            "no touchpoint has a {field}; give the touchpoints theirs, or credit another field",
            field=by,
        )
    places: dict[str, int] = {}
    keys = tuple(places.setdefault(name or NOT_SET, len(places)) for name in fields)
    return tuple(places), keys


def _recent(
    journey: Journey, lookback_days: float | None
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return the touches within the look-back and how many days before the end they came."""
    if not journey.instants:
        return (), ()
    end = journey.converted_at or journey.instants[-1]
    days = tuple(days_between(at, end) for at in journey.instants)
    first = 0
    if lookback_days is not None:
        first = next((place for place, d in enumerate(days) if d <= lookback_days), len(days))
    return journey.touches[first:], days[first:]
