"""Whether a lead is ready for sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from service.analytics.funnels import scoring
from service.analytics.funnels.scoring import MAX_SIGNALS
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import ListOf, MapOf, Record
from service.shape.number import Real
from service.shape.word import Choice, Flag, Text
from service.units import unit

_NAMED_NUMBERS = MapOf(Real(), MAX_SIGNALS, least=1)

Signals = Annotated[
    Mapping[str, float],
    Input("signals", "what the lead did or is", unit("1"), MapOf(Real(), MAX_SIGNALS)),
]
Weights = Annotated[
    Mapping[str, float], Input("weights", "points per signal", unit("1"), _NAMED_NUMBERS)
]
Threshold = Annotated[float, Input("threshold", "points that qualify a lead", unit("1"), Real())]
Triggers = Annotated[
    Sequence[str],
    Input(
        "triggers",
        "signals that qualify a lead by themselves",
        unit("name"),
        ListOf(Text(), MAX_SIGNALS),
    ),
]

SCORE = Record(
    {
        "score": Real(),
        "threshold": Real(),
        "qualified": Flag(),
        "decided_by": ListOf(Choice(("score", "trigger")), 2),
        "triggers_fired": ListOf(Text(), MAX_SIGNALS),
        "contributions": ListOf(
            Record({"name": Text(), "signal": Real(), "weight": Real(), "points": Real()}),
            MAX_SIGNALS,
        ),
    }
)


@algorithm(
    "1",
    "up",
    Example(
        {
            "signals": {"e-mails opened": 3, "pricing page": 1, "demo request": 0, "student": 0},
            "weights": {"e-mails opened": 5, "pricing page": 20, "student": -30},
            "threshold": 40,
            "triggers": ["demo request"],
        },
        35.0,
    ),
    statement="score = Σ weight × signal; qualified when score ≥ threshold, or when a trigger is"
    " above 0",
    result=SCORE,
    serves=["leads", "sales"],
    aliases=["lead scoring", "lead grading"],
)
def lead_score(
    signals: Signals, weights: Weights, threshold: Threshold, triggers: Triggers = ()
) -> Outcome:
    """Lead score.

    The points that a lead has earned by what it did and what it is, and whether they make it
    ready for sales. A trigger, such as asking for a demonstration, qualifies a lead whatever its
    points.

    Reading: The scale is yours: only the threshold gives the points a meaning. Set both from leads
    that were won and lost, and test them again every quarter. Look at what decided: a lead that
    only opened many e-mails is curious, not ready.

    Source: fit and behaviour points with a threshold as in
    https://raw.githubusercontent.com/coreyhaines31/marketingskills/HEAD/skills/revops/references/scoring-models.md
    """
    return scoring.lead_score(
        signals=signals, weights=weights, threshold=threshold, triggers=triggers
    )
