"""What must a reader of an A/B test know beside its numbers?

These read the `result` of `ab_test`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from service.analytics.experiments.arm_comparison import (
    RATE_METHODS,
    contradicts,
    interval_disagrees,
    two_sided,
)
from service.analytics.experiments.power import POWER
from service.analytics.experiments.sample_ratio import mismatch_warning
from service.analytics.proportions import FEWEST_EXPECTED
from service.message import Message

Result: TypeAlias = Mapping[str, Any]


def undefined(result: Result, *, counted: bool) -> Message | None:
    """Return why there is no lift, None if there is one."""
    lifts = [row["lift"] for row in result["comparisons"] if row["name"] == result["leader"]]
    if not lifts:
        return Message(
            "division_by_zero",
            "the control {control}, or every other variant, has too few visitors to be compared",
            {"control": result["control"]},
        )
    if lifts[0] is not None:
        return None
    if counted:
        return Message(
            "division_by_zero",
            "nobody converted in the control {control}, so a lift relative to it is undefined; "
            "read the difference",
            {"control": result["control"]},
        )
    return Message(
        "division_by_zero",
        "the mean of the control {control} is 0 or next to it, so a lift relative to it is "
        "undefined; read the difference",
        {"control": result["control"]},
    )


def assumptions(
    result: Result, significance: float, *, counted: bool, equal_split: bool
) -> tuple[Message, ...]:
    """Return the conventions that were used."""
    return tuple(_assumptions(result, significance, counted=counted, equal_split=equal_split))


def warnings(result: Result, significance: float) -> tuple[Message, ...]:
    """Return what casts doubt on the result."""
    return (
        *_doubts_about_data(result),
        *_doubts_about_verdicts(result),
        *_doubts_about_size(result, significance),
    )


def _assumptions(
    result: Result, significance: float, *, counted: bool, equal_split: bool
) -> Iterator[Message]:
    yield two_sided(significance)
    if counted:
        yield RATE_METHODS
    else:
        yield Message(
            "welch_test",
            "means are compared by Welch's test, which allows for unequal spreads; the lift is "
            "the difference divided by the control's mean without its sign",
        )
    if equal_split:
        yield Message(
            "equal_split",
            "the visitors were meant to be split equally, as expected_share is not given",
        )
    if len(result["comparisons"]) > 1:
        yield Message(
            "holm",
            "p values are adjusted for {count} comparisons by Holm's method, intervals are not; "
            "variants are compared with the control, not with each other",
            {"count": len(result["comparisons"])},
        )
        if result["leader"] is not None:
            yield Message(
                "best_of_several",
                "the value is the lift of the best variant, {leader}; the best of several is "
                "likely to do less well when it runs alone",
                {"leader": result["leader"]},
            )
    yield Message(
        "plan",
        "power, sizes and detectable effects are normal approximations from the control as it "
        "was seen, for a power of {power}",
        {"power": POWER},
    )


def _doubts_about_data(result: Result) -> Iterator[Message]:
    split = result["sample_ratio"]
    if split and split["mismatch"]:
        yield mismatch_warning(split["p_value"])
    empty = _names(row for row in result["comparisons"] if row["difference"] is None)
    if empty and result["leader"] is not None:
        yield Message(
            "too_few_visitors",
            "not compared for want of visitors: {names}",
            {"names": empty},
        )
    overall = result["overall"]
    if overall and overall["smallest_expected_count"] < FEWEST_EXPECTED:
        yield Message(
            "small_expected_counts",
            "only {count:.2g} conversions or failures are expected in a variant: the χ² test of "
            "all rates is rough; rely on the comparisons with the control",
            {"count": overall["smallest_expected_count"]},
        )


def _doubts_about_verdicts(result: Result) -> Iterator[Message]:
    untested = _names(
        row
        for row in result["comparisons"]
        if row["difference"] is not None and row["p_value"] is None
    )
    if untested:
        yield Message(
            "no_spread",
            "no verdict where the values do not vary: {names}; check the standard deviations",
            {"names": untested},
        )
    contradicted = _names(row for row in result["comparisons"] if contradicts(row))
    if contradicted:
        yield interval_disagrees(contradicted)


def _doubts_about_size(result: Result, significance: float) -> Iterator[Message]:
    effect, size = result["minimum_detectable_effect"], result["planned_visitors_per_variant"]
    if effect is None:
        yield Message(
            "peeking",
            "p holds for one look at a size that was fixed in advance; looking repeatedly and "
            "stopping as soon as it is below {significance} finds differences that are not there",
            {"significance": significance},
        )
    elif size is None:
        if result["leader"] is not None:
            yield Message(
                "no_plan",
                "no size can be planned for an effect of {effect:.6g} on this control: it is 0, "
                "leads to no rate between 0 and 1, needs more visitors than can be counted, or "
                "the values do not vary",
                {"effect": effect},
            )
    elif any(row["visitors_needed"] for row in result["variants"]):
        yield Message(
            "below_planned_size",
            "an effect of {effect:.6g} needs {size} visitors in each variant; until then any "
            "verdict is a peek, and stopping at a significant one finds differences that are not "
            "there",
            {"effect": effect, "size": size},
        )


def _names(rows: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(row["name"] for row in rows)
