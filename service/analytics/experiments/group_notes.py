"""What must a reader of a comparison of groups know beside its numbers?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from service.analytics.experiments.arm_comparison import two_sided
from service.message import Message, Refused, Term


def conventions(
    result: Mapping[str, Any], added: Collection[str], *, is_fraction: bool
) -> tuple[Message, ...]:
    """Return what was assumed in the `result` of `compare_groups`."""
    return tuple(_conventions(result, added, is_fraction=is_fraction))


def _conventions(
    result: Mapping[str, Any], added: Collection[str], *, is_fraction: bool
) -> Iterator[Message]:
    yield _HIGHEST_FIRST if result["better"] == "up" else _LOWEST_FIRST
    pooled = result["pooled_inputs"] or {}
    sums = ", ".join(name for name in pooled if name in added)
    if sums:
        yield Message(
            "inputs_added",
            "for the pooled value {names} were added up; the groups must not share people, orders "
            "or money, nor one whole that is given again for each",
            {"names": sums},
        )
    kept = ", ".join(name for name in pooled if name not in added)
    if kept:
        yield Message(
            "inputs_kept",
            "for the pooled value {names} were not added up, but kept, as all groups have the same",
            {"names": kept},
        )
    if any(row["contribution"] is not None for row in result["groups"]):
        yield _OWN_NUMERATOR if is_fraction else _OWN_VALUE
    if result["overall"]:
        yield two_sided(round(1 - result["confidence"], 12))
        yield _TESTS


def not_additive(names: Sequence[str]) -> Message:
    """Return why there is no pooled value of groups that differ in the inputs *names*."""
    return Message(
        "not_additive",
        "{names} cannot be added up over groups, so there is no pooled value; compare a metric "
        "whose inputs are counts and amounts",
        {"names": ", ".join(names)},
    )


def no_formula(name: str) -> Refused:
    """Return the refusal of the metric called *name*, whose inputs are records."""
    return Refused(
        "/metric",
        "inconsistent_inputs",
        "{metric} is computed from records, not by a formula; compare a metric whose inputs are "
        "numbers",
        metric=Term(name),
    )


def excess(names: Sequence[str]) -> tuple[Message, ...]:
    """Return the warning about the groups *names*, in which a part exceeds its whole."""
    if not names:
        return ()
    return (
        Message(
            "part_exceeds_whole",
            "a part is more than its whole in {names}: some probably come from an earlier period; "
            "follow one cohort instead",
            {"names": ", ".join(names)},
        ),
    )


NO_DIRECTION = Message(
    "direction_unknown",
    "whether a high value is good is not known of this metric; give better to say so",
)
_HIGHEST_FIRST = Message("highest_first", "the group with the highest value is ranked first")
_LOWEST_FIRST = Message("lowest_first", "the group with the lowest value is ranked first")
_OWN_NUMERATOR = Message(
    "contribution_of_numerator",
    "a group contributes its numerator divided by the denominator of all groups, so that the "
    "contributions add up to the pooled value",
)
_OWN_VALUE = Message(
    "contribution_of_value",
    "a group contributes its value; the contributions add up to the pooled value",
)
_TESTS = Message(
    "each_against_the_others",
    "each group is compared with all others together, by the pooled z test or, where a count "
    "under 5 is expected, Fisher's exact test; p is adjusted for the number of groups by Holm's "
    "method; units must be independent and count at most once",
)
