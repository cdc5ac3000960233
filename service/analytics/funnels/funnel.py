"""Where do people drop out on the way to the order?"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias, TypedDict

from service.analytics.funnels.advice import advice, worst_step
from service.analytics.funnels.events import Event, follow
from service.analytics.funnels.yardsticks import Reference, Wanted, references
from service.analytics.magnitude import in_range, ratio
from service.analytics.proportions import Proportion, wilson_interval
from service.message import Message, Refused
from service.outcome import Outcome

MAX_STAGES = 50
MAX_COUNT = 1e15
"""The largest count of a stage: a little beyond it floats are no longer whole numbers."""

Row: TypeAlias = dict[str, Any]


class Stage(TypedDict):
    """A stage and how many reached it; with events nobody has been counted yet."""

    name: str
    count: float | None


@in_range
def funnel_analysis(
    *,
    stages: Sequence[Stage],
    events: Sequence[Event] | None = None,
    within_days: float | None = None,
    targets: Sequence[Wanted] = (),
    benchmarks: Sequence[Wanted] = (),
    previous: Sequence[Wanted] = (),
    open: bool = False,  # noqa: A002  the name of the input
    confidence: float = 0.95,
) -> Outcome:
    """Return the overall conversion of a funnel, its steps and the worst of them.

    With c_k people at stage k of n:

        conversion of a step = c_k ÷ c_(k−1)        overall = c_n ÷ c_1

    each with Wilson's interval; None, not 100%, where nobody entered.  With *events*
    people are counted as `follow` says and a step has its median duration.  In an *open*
    funnel people may enter at any stage: counts may rise, a step that rises has no
    conversion, and none has an interval, since those who advanced need not be among
    those who entered.

    The result holds `stages` (`name`, `count`, `target_count`, `benchmark_count`,
    `previous_count`), `steps` (`from`, `to`, `entered`, `advanced`, `rate`, `drop_off`,
    `drop_off_rate`, `interval`, `cumulative_rate`, `median_days`, `target_rate`,
    `benchmark_rate`, `previous_rate`), `overall` (`entered`, `conversions`, `rate`,
    `interval`), `worst_step` and `advice` (see `funnel_advice`).

    Raises:
        Refused: Counts that rise in a closed funnel, or inputs that contradict each other.
    """
    names = [stage["name"] for stage in stages]
    _refuse_bad_names(names)
    given = references(names, targets, benchmarks, previous)
    assumptions, warnings = [], []
    medians: list[float | None] = [None] * (len(names) - 1)
    if events is None:
        counts = _given_counts(stages, within_days, may_rise=open)
    else:
        _refuse_counts_beside_events(stages, may_rise=open)
        followed = follow(events, names, within_days)
        counts = [float(count) for count in followed.counts]
        medians = [statistics.median(days) if days else None for days in followed.days]
        assumptions.append(_window(within_days))
        if followed.others:
            warnings.append(
                Message(
                    "other_events",
                    "{count} events are of stages that this funnel does not have; they are left"
                    " out",
                    {"count": followed.others},
                )
            )
    if open:
        assumptions.append(_OPEN)
    steps = [
        _step(names, counts, k, None if open else confidence) | {"median_days": medians[k - 1]}
        for k in range(1, len(names))
    ]
    for k, step in enumerate(steps):
        step.update({f"{one.yardstick}_rate": one.rates[k] for one in given})
    rows = [_stage(names[k], counts[k], given, k) for k in range(len(names))]
    worst, doubts = worst_step(steps, given)
    advised, sentences = advice(rows, steps, given)
    warnings += [_rises(step) for step in steps if step["advanced"] > step["entered"]]
    overall = _conversion(counts[0], counts[-1], None if open else confidence)
    result = {
        "stages": rows,
        "steps": steps,
        "overall": {"entered": counts[0], "conversions": counts[-1], **overall},
        "worst_step": worst,
        "advice": advised,
    }
    return Outcome(
        overall["rate"],
        result,
        _reason(names, counts),
        tuple(assumptions),
        (*warnings, *doubts, *sentences),
    )


def _step(names: Sequence[str], counts: Sequence[float], k: int, confidence: float | None) -> Row:
    entered, advanced = counts[k - 1], counts[k]
    conversion = _conversion(entered, advanced, confidence)
    rate = conversion["rate"]
    return {
        "from": names[k - 1],
        "to": names[k],
        "entered": entered,
        "advanced": advanced,
        "rate": rate,
        "drop_off": None if advanced > entered else entered - advanced,
        "drop_off_rate": None if rate is None else (entered - advanced) / entered,
        "interval": conversion["interval"],
        "cumulative_rate": _conversion(counts[0], advanced, None)["rate"],
    }


def _conversion(entered: float, advanced: float, confidence: float | None) -> Row:
    """Return rate and interval; no rate where nobody entered or more came out than went in."""
    if advanced > entered:
        return {"rate": None, "interval": None}
    rate = ratio(advanced, entered)
    if rate is None or confidence is None:
        return {"rate": rate, "interval": None}
    low, high = wilson_interval(Proportion(advanced, entered), confidence)
    return {"rate": rate, "interval": {"low": low, "high": high}}


def _stage(name: str, count: float, given: Sequence[Reference], k: int) -> Row:
    return {"name": name, "count": count} | {
        f"{one.yardstick}_count": one.counts[k] for one in given
    }


def _refuse_bad_names(names: Sequence[str]) -> None:
    if len(names) < 2:  # noqa: PLR2004  a step leads from one stage to another
        raise Refused(
            "/stages", "missing", "a funnel needs at least two stages; give them in order"
        )
    seen: set[str] = set()
    for i, name in enumerate(names):
        if name in seen:
            raise Refused(
                f"/stages/{i}/name",
                "inconsistent_inputs",
                "{name} stands twice; give each stage a name of its own",
                name=name,
            )
        seen.add(name)


def _given_counts(
    stages: Sequence[Stage], within_days: float | None, *, may_rise: bool
) -> list[float]:
    if within_days is not None:
        raise Refused(
            "/within_days",
            "inconsistent_inputs",
            "within_days limits the time between events, and there are none; leave it out",
        )
    counts = []
    for i, stage in enumerate(stages):
        if stage["count"] is None:
            raise Refused(
                f"/stages/{i}/count",
                "missing",
                "the count of {name} is missing; give a count for each stage, or events",
                name=stage["name"],
            )
        counts.append(stage["count"])
    for i, (entered, advanced) in enumerate(pairwise(counts)):
        if advanced > entered and not may_rise:
            raise Refused(
                f"/stages/{i + 1}/count",
                "part_exceeds_whole",
                "{to} ({advanced}) is more than {start} ({entered}): count the same people at"
                " every stage, or set open to true if people may enter in the middle",
                to=stages[i + 1]["name"],
                advanced=f"{advanced:.15g}",
                start=stages[i]["name"],
                entered=f"{entered:.15g}",
            )
    return counts


def _refuse_counts_beside_events(stages: Sequence[Stage], *, may_rise: bool) -> None:
    for i, stage in enumerate(stages):
        if stage["count"] is not None:
            raise Refused(
                f"/stages/{i}/count",
                "inconsistent_inputs",
                "the people of {name} are counted from events; leave its count out",
                name=stage["name"],
            )
    if may_rise:
        raise Refused(
            "/open",
            "inconsistent_inputs",
            "open is for counts; with events everybody enters at the first stage",
        )


def _reason(names: Sequence[str], counts: Sequence[float]) -> Message | None:
    if counts[0] == 0:
        return Message(
            "division_by_zero",
            "{stage} is 0, so the conversion of the funnel is undefined",
            {"stage": names[0]},
        )
    if counts[-1] > counts[0]:
        return Message(
            "more_out_than_in",
            "{last} is more than {first}: most people entered in the middle of this open funnel,"
            " so it has no overall conversion",
            {"last": names[-1], "first": names[0]},
        )
    return None


def _rises(step: Row) -> Message:
    return Message(
        "count_rises",
        "{to} is more than {start}: people entered there, so the step has no conversion",
        {"to": step["to"], "start": step["from"]},
    )


def _window(within_days: float | None) -> Message:
    if within_days is None:
        return Message(
            "first_events",
            "a person counts at a stage at their first event of it at or after counting at the"
            " stage before, however much later",
        )
    return Message(
        "first_events_within",
        "a person counts at a stage at their first event of it at or after counting at the stage"
        " before, within {days} days of their first stage",
        {"days": f"{within_days:.15g}"},
    )


_OPEN = Message(
    "open_funnel",
    "people may enter this funnel at any stage: a rate compares two counts, not one group of"
    " people, and has no interval",
)
