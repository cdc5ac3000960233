"""Could the rates of several groups differ by chance alone?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from service.analytics.experiments.arm_comparison import limits, verdict
from service.analytics.proportions import (
    FEWEST_EXPECTED,
    Proportion,
    SignificanceTest,
    holm,
    homogeneity_test,
    rate_difference,
    smallest_expected,
    two_proportion_test,
    wilson_interval,
)
from service.message import Message

Row: TypeAlias = Mapping[str, Any]

UNTESTED: Row = dict.fromkeys(["interval", "test", "p_value", "adjusted_p_value", "verdict"])
"""The columns of a group that is not tested."""

FEWEST_GROUPS = 2


class Tests(NamedTuple):
    """The χ² test of all rates, None without one, and the columns of each tested group."""

    overall: Row | None
    rows: Mapping[str, Row]
    warnings: tuple[Message, ...] = ()

    def of_group(self, name: str) -> Row:
        return self.rows.get(name, UNTESTED)


NO_TESTS = Tests(None, {})


def compare_counts(counts: Mapping[str, Proportion | None], confidence: float) -> Tests:
    """Return whether the rates of *counts*, None for what is no count, differ.

    χ² that all rates are equal, and the test of `two_proportion_test` of each group against
    the others together, with p adjusted by Holm's method; of two groups, both tests are one.
    """
    if None in counts.values():
        return Tests(None, {}, (_NOT_COUNTED,))
    samples = {name: one for name, one in counts.items() if one and one.trials}
    if len(samples) < FEWEST_GROUPS:
        return Tests(None, {}, (_TOO_FEW,))
    together = Proportion(
        sum(one.successes for one in samples.values()), sum(one.trials for one in samples.values())
    )
    others = {
        name: Proportion(together.successes - one.successes, together.trials - one.trials)
        for name, one in samples.items()
    }
    tests = {name: two_proportion_test(others[name], one) for name, one in samples.items()}
    p_values = [one.p_value for one in tests.values()]
    adjusted = p_values if len(samples) == FEWEST_GROUPS else holm(p_values)
    rows = {
        name: _row(sample, others[name], tests[name], p_value, confidence)
        for (name, sample), p_value in zip(samples.items(), adjusted, strict=True)
    }
    expected = smallest_expected(list(samples.values()))
    overall = homogeneity_test(list(samples.values()))
    return Tests(
        {
            "test": overall.name,
            "statistic": overall.statistic,
            "degrees_of_freedom": overall.degrees_of_freedom,
            "p_value": overall.p_value,
            "smallest_expected_count": expected,
        },
        rows,
        (_small(expected),) if expected < FEWEST_EXPECTED else (),
    )


def _row(
    sample: Proportion,
    others: Proportion,
    test: SignificanceTest,
    adjusted_p_value: float,
    confidence: float,
) -> Row:
    return {
        "interval": limits(wilson_interval(sample, confidence)),
        "test": test.name,
        "p_value": test.p_value,
        "adjusted_p_value": adjusted_p_value,
        "verdict": verdict(
            rate_difference(others, sample), adjusted_p_value, round(1 - confidence, 12)
        ),
    }


def _small(expected: float) -> Message:
    return Message(
        "small_expected_counts",
        "only {count:.2g} units are expected on one side of a group: the χ² test of all rates is "
        "rough; rely on the comparisons of each group with the others",
        {"count": expected},
    )


_NOT_COUNTED = Message(
    "not_tested",
    "whether the rates differ by chance is not tested: it needs whole counts, up to 1e15, whose "
    "part is within its whole in every group",
)
_TOO_FEW = Message(
    "not_tested",
    "whether the rates differ by chance is not tested: fewer than two groups have any units",
)
