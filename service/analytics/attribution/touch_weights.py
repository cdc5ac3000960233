"""What does each rule give the touches of one path?

Rules are relative: `credit.credit_by_rule` divides by the sum, so that a rule never
has to renormalise itself.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from service.analytics.attribution.credit import Weigh
from service.analytics.attribution.paths import Path, Paths
from service.message import Refused

POSITION_BASED = {"first_weight": 0.4, "last_weight": 0.4}
U_SHAPED = {"first_weight": 0.4, "lead_weight": 0.4}
W_SHAPED = {"first_weight": 0.3, "lead_weight": 0.3, "opportunity_weight": 0.3}
FULL_PATH = {
    "first_weight": 0.225,
    "lead_weight": 0.225,
    "opportunity_weight": 0.225,
    "close_weight": 0.225,
}
STAGES = {"lead_weight": "lead", "opportunity_weight": "opportunity"}
"""Which stage a touch must carry to earn a weight."""

ROUNDING = 1e-9


def first_touch(path: Path) -> list[float]:
    """Return all for the first touch."""
    return [1.0] + [0.0] * (len(path.touches) - 1)


def last_touch(path: Path) -> list[float]:
    """Return all for the last touch."""
    return [0.0] * (len(path.touches) - 1) + [1.0]


def linear(path: Path) -> list[float]:
    """Return the same for every touch."""
    return [1.0] * len(path.touches)


def last_outside(excluded: Collection[int]) -> Weigh:
    """Return the rule that gives all to the last touch whose touchpoint is not *excluded*.

    A path of excluded touchpoints alone gives all to its last touch.
    """

    def weigh(path: Path) -> list[float]:
        last = len(path.touches) - 1
        place = next((i for i in range(last, -1, -1) if path.touches[i] not in excluded), last)
        weights = [0.0] * len(path.touches)
        weights[place] = 1.0
        return weights

    return weigh


def milestones(paths: Paths, weights: Mapping[str, float]) -> Weigh:
    """Return the rule with fixed *weights* for milestones and the rest for the other touches.

    `first_weight` goes to the first touch, `last_weight` and `close_weight` to the last,
    those in `STAGES` to the first touch that carries the stage.  A stage that no touch
    carries is left out, weight and all.  With no other touches the milestones share all.

    Raises:
        Refused: `inconsistent_inputs`, when the weights add up to more than 1.
    """
    whole = math.fsum(weights.values())
    if whole > 1 + ROUNDING:
        raise Refused(
            f"/{next(iter(weights))}",
            "inconsistent_inputs",
            "{names} add up to {total}; together they are at most 1",
            names=", ".join(weights),
            total=f"{whole:.15g}",
        )
    rest = max(0.0, 1 - whole)
    carriers = {name: with_stage(paths, STAGES[name]) for name in weights if name in STAGES}

    def place_of(name: str, touches: tuple[int, ...]) -> int | None:
        if name in carriers:
            carrying = carriers[name]
            return next((place for place, touch in enumerate(touches) if touch in carrying), None)
        return 0 if name == "first_weight" else len(touches) - 1

    def weigh(path: Path) -> list[float]:
        length = len(path.touches)
        placed = [(place_of(name, path.touches), weight) for name, weight in weights.items()]
        taken = {place for place, _ in placed if place is not None}
        each = rest / (length - len(taken)) if len(taken) < length else 0.0
        shares = [0.0 if place in taken else each for place in range(length)]
        for place, weight in placed:
            if place is not None:
                shares[place] += weight
        return shares if any(shares) else [1.0] * length

    return weigh


def direct_touchpoints(paths: Paths, direct_channels: Iterable[str]) -> set[int]:
    """Return the numbers of the touchpoints by a direct channel, names compared without case."""
    direct = {name.casefold() for name in direct_channels}
    return {n for n, one in enumerate(paths.touchpoints) if one.channel.casefold() in direct}


def with_stage(paths: Paths, stage: str) -> set[int]:
    """Return the numbers of the touchpoints that carry *stage*, compared without case."""
    return {n for n, one in enumerate(paths.touchpoints) if (one.stage or "").casefold() == stage}


def time_decay(half_life_days: float) -> Weigh:
    """Return the rule 2^(−days before the end ÷ half life); paths must carry days.

    Days are counted from the path's last touch, which changes no share and keeps an old
    journey from vanishing below the smallest float.
    """

    def weigh(path: Path) -> list[float]:
        last = path.days[-1]
        return [2.0 ** -((days - last) / half_life_days) for days in path.days]

    return weigh


def custom(weights: Sequence[float]) -> Weigh:
    """Return the rule that gives `weights[0]` to the last touch, `weights[1]` to the one before.

    Raises:
        Refused: `inconsistent_inputs`, here or from the rule, when a path gets nothing.
    """
    if not any(weights):
        raise Refused(
            "/weights", "inconsistent_inputs", "the weights add up to 0; give one above 0"
        )

    def weigh(path: Path) -> list[float]:
        length = len(path.touches)
        used = list(weights[:length])
        if not any(used):
            raise Refused(
                "/weights",
                "inconsistent_inputs",
                "a journey of {count} touches gets no weight;"
                " give one of the first {count} weights more than 0",
                count=length,
            )
        return [0.0] * (length - len(used)) + used[::-1]

    return weigh
