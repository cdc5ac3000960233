"""What was counted or measured in each variant of an A/B test, and can it be?

A variant is a record of name, visitors, and either conversions or value_mean and value_sd,
with None for what is absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from service.analytics.experiments.means import SampleMean
from service.analytics.proportions import Proportion
from service.message import Refused

Variant: TypeAlias = Mapping[str, Any]

MOST_VARIANTS = 100

FEWEST_VARIANTS = 2


def variant_names(variants: Sequence[Variant]) -> list[str]:
    """Return the names, control first.

    Raises:
        Refused: for too few or too many variants, or a name that is used twice.
    """
    if len(variants) > MOST_VARIANTS:
        raise Refused(
            "/variants",
            "too_many_items",
            "{count} variants are more than the {limit} that are compared; leave some out",
            count=len(variants),
            limit=MOST_VARIANTS,
        )
    if len(variants) < FEWEST_VARIANTS:
        raise Refused(
            "/variants",
            "missing",
            "an A/B test compares variants; give the control first and at least one more",
        )
    names: dict[str, int] = {}
    for index, variant in enumerate(variants):
        first = names.setdefault(variant["name"], index)
        if first != index:
            raise Refused(
                f"/variants/{index}/name",
                "inconsistent_inputs",
                "{name} is the name of two variants; give each its own",
                name=variant["name"],
            )
    return list(names)


def conversions_are_counted(variants: Sequence[Variant]) -> bool:
    """Return whether the variants give conversions, not the mean of a value.

    Raises:
        Refused: for a variant with both or neither, other figures than the control, or more
            conversions than visitors.
    """
    counted = variants[0]["conversions"] is not None
    for index, variant in enumerate(variants):
        given = {key for key in _MEASURES if variant[key] is not None}
        if given not in (_COUNTS, _MEANS):
            raise Refused(
                f"/variants/{index}",
                "inconsistent_inputs",
                "variant {name} needs either conversions or both value_mean and value_sd",
                name=variant["name"],
            )
        if (given == _COUNTS) != counted:
            raise Refused(
                f"/variants/{index}",
                "inconsistent_inputs",
                "variant {name} is not measured like the control; give conversions for all "
                "variants, or value_mean and value_sd for all",
                name=variant["name"],
            )
        if counted:
            refuse_excess_conversions(
                variant["conversions"], variant["visitors"], f"/variants/{index}/conversions"
            )
    return counted


def refuse_excess_conversions(conversions: int, people: int, pointer: str) -> None:
    """Refuse more conversions than people who could convert.

    Raises:
        Refused: `part_exceeds_whole`, at *pointer*.
    """
    if conversions > people:
        raise Refused(
            pointer,
            "part_exceeds_whole",
            "{conversions} conversions are more than the {people} people who could convert; "
            "count people who converted, not their orders",
            conversions=conversions,
            people=people,
        )


def proportion(variant: Variant) -> Proportion | None:
    """Return the conversions among the visitors, None where nobody came."""
    if not variant["visitors"]:
        return None
    return Proportion(variant["conversions"], variant["visitors"])


def sample_mean(variant: Variant) -> SampleMean | None:
    """Return the mean over the visitors, None where there are too few for a spread."""
    if variant["visitors"] < SMALLEST_SAMPLE:
        return None
    return SampleMean(variant["value_mean"], variant["value_sd"], variant["visitors"])


SMALLEST_SAMPLE = 2
"""A standard deviation needs two observations."""

_COUNTS = {"conversions"}
_MEANS = {"value_mean", "value_sd"}
_MEASURES = _COUNTS | _MEANS
