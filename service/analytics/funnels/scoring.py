"""Is the lead ready for sales, and what decided it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.analytics.magnitude import in_range, reaches, total
from service.message import Message
from service.outcome import Outcome

MAX_SIGNALS = 1_000


@in_range
def lead_score(
    *,
    signals: Mapping[str, float],
    weights: Mapping[str, float],
    threshold: float,
    triggers: Sequence[str] = (),
) -> Outcome:
    """Return the score of a lead, and whether it qualifies.

        score = Σ weight × signal        qualified if score >= threshold, or a trigger fired

    A signal is how much of something the lead did or is (1 and 0 for yes and no); a
    weight may be negative.  *triggers* are signals that qualify a lead by themselves, such
    as asking to be called: one fires when its signal is above 0.  A weighted signal that
    is not given counts as 0; a signal without a weight adds nothing, with a warning
    unless it is a trigger.

    The result holds `score`, `threshold`, `qualified`, `decided_by` (of `score` and
    `trigger` those that qualify the lead; empty when none does), `triggers_fired` and
    `contributions` (`name`, `signal`, `weight`, `points`), the largest first.
    """
    points = {name: weight * signals.get(name, 0.0) for name, weight in weights.items()}
    score = total(points.values())
    fired = [name for name in dict.fromkeys(triggers) if signals.get(name, 0.0) > 0]
    decided_by = ["score"] if reaches(score, threshold) else []
    if fired:
        decided_by.append("trigger")
    result = {
        "score": score,
        "threshold": threshold,
        "qualified": bool(decided_by),
        "decided_by": decided_by,
        "triggers_fired": fired,
        "contributions": [
            {
                "name": name,
                "signal": signals.get(name, 0.0),
                "weight": weights[name],
                "points": points[name],
            }
            for name in sorted(points, key=lambda name: -abs(points[name]))
        ],
    }
    unused = [name for name in signals if name not in weights and name not in set(triggers)]
    warnings = []
    if unused:
        warnings.append(
            Message(
                "signals_without_weight",
                "signals without a weight add nothing to the score: {names}",
                {"names": ", ".join(unused)},
            )
        )
    return Outcome(score, result, None, (_MISSING_IS_ZERO,), tuple(warnings))


_MISSING_IS_ZERO = Message(
    "missing_signal_is_zero", "a weighted signal that is not given counts as 0"
)
