"""Did the visitors of an experiment split between its arms as they were meant to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.analytics.proportions import goodness_of_fit_test
from service.message import Message, Refused

MISMATCH_P = 0.001
"""A split less likely than this was not left to chance; ordinary bad luck passes."""

SHARES_SUM_TOLERANCE = 0.02
"""How far shares may miss 1: thirds are written 0.33, sevenths 0.14."""


def planned_shares(names: Sequence[str], expected_share: Mapping[str, float] | None) -> list[float]:
    """Return the share of the visitors meant for each arm, adding up to 1.

    Equal shares unless *expected_share* names others.

    Raises:
        Refused: where the shares name other arms, or do not add up to 1.
    """
    if expected_share is None:
        return [1 / len(names)] * len(names)
    if set(expected_share) != set(names):
        raise Refused(
            "/expected_share",
            "inconsistent_inputs",
            "expected_share names {given}, the variants are {names}; give every variant its share",
            given=", ".join(expected_share),
            names=", ".join(names),
        )
    total = sum(expected_share.values())
    if abs(total - 1) > SHARES_SUM_TOLERANCE:
        raise Refused(
            "/expected_share",
            "inconsistent_inputs",
            "the shares in expected_share add up to {total:.6g}; make them add up to 1",
            total=total,
        )
    return [expected_share[name] / total for name in names]


def sample_ratio(visitors: Sequence[int], shares: Sequence[float]) -> dict[str, Any] | None:
    """Return the χ² test that *visitors* were split in *shares*, None without visitors."""
    if not sum(visitors):
        return None
    test = goodness_of_fit_test(visitors, shares)
    return {
        "statistic": test.statistic,
        "degrees_of_freedom": test.degrees_of_freedom,
        "p_value": test.p_value,
        "mismatch": test.p_value < MISMATCH_P,
    }


def mismatch_warning(p_value: float) -> Message:
    """Return what to do about a split that chance does not explain."""
    return Message(
        "sample_ratio_mismatch",
        "the visitors are not split as planned (p {p_value:.2g}): find out why before using this "
        "result, or give expected_share if another split was meant",
        {"p_value": p_value},
    )
