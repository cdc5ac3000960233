"""The comparison shows every model the journeys allow, and what depends on the choice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.analytics.attribution import comparison, rules
from service.analytics.attribution.comparison import attribution_comparison
from service.analytics.attribution.journeys import read_journeys
from service.analytics.attribution.markov import markov_attribution
from service.analytics.attribution.shapley import shapley_attribution
from service.message import Refused

FULL = [
    {
        "touchpoints": [
            {"channel": "social", "at": "2026-03-01"},
            {"channel": "search", "at": "2026-03-05", "stage": "lead"},
            {"channel": "search", "at": "2026-03-06", "stage": "opportunity"},
            {"channel": "direct", "at": "2026-03-09"},
        ],
        "conversions": 3,
        "value": 90,
        "not_converted": 5,
    },
    {"touchpoints": [{"channel": "mail", "at": "2026-03-01"}], "value": 10},
]
PLAIN = [{"touchpoints": ["a", "b"], "conversions": 2}, {"touchpoints": ["b"], "not_converted": 1}]

SEPARATE: dict[str, Any] = {
    "first_touch_attribution": rules.first_touch_attribution,
    "last_touch_attribution": rules.last_touch_attribution,
    "last_non_direct_attribution": rules.last_non_direct_attribution,
    "linear_attribution": rules.linear_attribution,
    "position_based_attribution": rules.position_based_attribution,
    "u_shaped_attribution": rules.u_shaped_attribution,
    "w_shaped_attribution": rules.w_shaped_attribution,
    "full_path_attribution": rules.full_path_attribution,
    "time_decay_attribution": rules.time_decay_attribution,
    "custom_weights_attribution": rules.custom_weights_attribution,
    "markov_attribution": markov_attribution,
    "shapley_attribution": shapley_attribution,
}


def compare(raw: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    outcome = attribution_comparison(journeys=read_journeys(raw), **options)
    assert outcome.result is not None
    return dict(outcome.result)


def test_every_model_is_compared_when_the_journeys_allow_all() -> None:
    """With times, stages and weights no model is left out."""
    result = compare(FULL, weights=[2.0, 1.0])

    assert list(SEPARATE) == [row["model"] for row in result["models"]]
    assert [] == result["left_out"]


@pytest.mark.parametrize("model", SEPARATE)
def test_each_column_is_the_model_alone(model: str) -> None:
    """A channel's credit under a model is the one that model gives when asked alone."""
    options = {"weights": [2.0, 1.0]} if model == "custom_weights_attribution" else {}
    alone = SEPARATE[model](journeys=read_journeys(FULL), **options).result["channels"]
    expected = {row["channel"]: (row["conversions"], row["value"], row["share"]) for row in alone}
    compared = {
        row["channel"]: (credit["conversions"], credit["value"], credit["share"])
        for row in compare(FULL, weights=[2.0, 1.0])["channels"]
        for credit in row["credits"]
        if credit["model"] == model
    }

    assert expected == compared


def test_models_left_out_are_named_with_the_reason() -> None:
    """Without times, stages and weights five models are left out, each with a warning."""
    outcome = attribution_comparison(journeys=read_journeys(PLAIN))
    assert outcome.result is not None

    assert [
        "u_shaped_attribution",
        "w_shaped_attribution",
        "full_path_attribution",
        "time_decay_attribution",
        "custom_weights_attribution",
    ] == [row["model"] for row in outcome.result["left_out"]]
    assert ["u_shaped_attribution is left out: no touchpoint has a stage that it needs (lead)"] == [
        str(message) for message in outcome.warnings
    ][:1]
    assert ["model_left_out"] * 5 == [message.code for message in outcome.warnings]


def test_a_chain_of_too_many_states_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Markov chain that is too large does not stop the other models."""
    monkeypatch.setattr("service.analytics.attribution.markov_chain.MOST_STATES", 1)

    assert {"model": "markov_attribution", "code": "too_many_items"} in compare(PLAIN)["left_out"]


def test_spread_and_rank_dependence() -> None:
    """A channel first under one model and last under another depends on the model."""
    result = compare([{"touchpoints": ["a", "b"], "conversions": 4, "not_converted": 1}])
    rows = {row["channel"]: row for row in result["channels"]}

    assert (0.0, 4.0, 4.0) == (
        rows["a"]["lowest_conversions"],
        rows["a"]["highest_conversions"],
        rows["a"]["spread"],
    )
    assert (1, 2) == (rows["a"]["best_rank"], rows["a"]["worst_rank"])
    assert ["b", "a"] == result["rank_depends_on_model"]


def test_ranks_do_not_depend_on_the_last_digit() -> None:
    """Channels whose credits differ by rounding alone share a rank."""
    paths: list[dict[str, Any]] = [
        {"touchpoints": ["x", "x", "x", "z", "z"]},
        {"touchpoints": ["y"], "conversions": Decimal("0.6")},
    ]
    rows = {row["channel"]: row["credits"] for row in compare(paths)["channels"]}
    linear = {
        channel: (credit["conversions"], credit["rank"])
        for channel, listed in rows.items()
        for credit in listed
        if credit["model"] == "linear_attribution"
    }

    assert {"x": (0.2 + 0.2 + 0.2, 1), "y": (0.6, 1), "z": (0.4, 3)} == linear


def test_a_weight_given_applies_to_every_model_that_has_it() -> None:
    """A first weight replaces the default of all models with one."""
    options = {"first_weight": 0.2}
    credit = {
        entry["model"]: entry["conversions"]
        for row in compare(FULL, **options)["channels"]
        for entry in row["credits"]
        if row["channel"] == "social"
    }

    assert pytest.approx(0.6) == credit["position_based_attribution"]
    assert pytest.approx(0.6) == credit["w_shaped_attribution"]


def test_weights_too_large_for_a_model_leave_it_out() -> None:
    """A first weight of 0.5 fits position-based, but not three milestones of 0.3."""
    result = compare(FULL, first_weight=0.5)

    assert {"model": "w_shaped_attribution", "code": "inconsistent_inputs"} in result["left_out"]
    assert "position_based_attribution" in [row["model"] for row in result["models"]]


def test_channels_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More names than the answer has room for are refused before any model runs."""
    monkeypatch.setattr(comparison, "MOST_CHANNELS", 1)
    with pytest.raises(Refused) as caught:
        compare(PLAIN)

    assert ("/journeys", "too_many_items") == (caught.value.pointer, caught.value.message.code)


def test_no_conversions_compare_nothing() -> None:
    """Without conversions all credits are 0 and share the first rank."""
    outcome = attribution_comparison(
        journeys=read_journeys([{"touchpoints": ["a", "b"], "not_converted": 3}])
    )
    assert outcome.result is not None
    assert outcome.reason is not None

    assert "no_conversions" == outcome.reason.code
    assert [] == outcome.result["rank_depends_on_model"]
