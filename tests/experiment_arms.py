"""Arms of experiments, and what is looked up in the answers about them."""

from __future__ import annotations

import json
from typing import Any

from service.message import Message
from service.outcome import Outcome


def counted(*arms: tuple[int, int]) -> list[dict[str, Any]]:
    """Return variants A, B, C… from (conversions, visitors)."""
    return [_variant(index, arm[1], conversions=arm[0]) for index, arm in enumerate(arms)]


def measured(*arms: tuple[float, float, int]) -> list[dict[str, Any]]:
    """Return variants A, B, C… from (mean, standard deviation, visitors)."""
    return [
        _variant(index, visitors, value_mean=mean, value_sd=sd)
        for index, (mean, sd, visitors) in enumerate(arms)
    ]


def table(outcome: Outcome) -> dict[str, Any]:
    """Return the result, which must be JSON without NaN and infinities."""
    assert outcome.result is not None
    json.dumps(outcome.result, allow_nan=False)
    return dict(outcome.result)


def comparison(outcome: Outcome, index: int = 0) -> dict[str, Any]:
    """Return the row that compares a variant with the control."""
    return dict(table(outcome)["comparisons"][index])


def codes(messages: tuple[Message, ...]) -> set[str]:
    """Return the codes of messages whose every value is filled in."""
    assert not any("{" in str(message) for message in messages)
    return {message.code for message in messages}


def _variant(index: int, visitors: int, **figures: float) -> dict[str, Any]:
    absent = {"conversions": None, "value_mean": None, "value_sd": None}
    return {"name": chr(ord("A") + index), "visitors": visitors} | absent | figures
