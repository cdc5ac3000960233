"""Shapley credit is the average of what a channel adds over all orders of arrival."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.attribution.journeys import read_journeys
from service.analytics.attribution.rules import linear_attribution
from service.analytics.attribution.shapley import shapley_attribution
from service.outcome import Outcome

PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads(
        (Path(__file__).parents[1] / "literature/attribution/worked_examples.json").read_text()
    )
}


def by_permutations(
    players: list[str], worth: Callable[[frozenset[str]], Fraction]
) -> dict[str, Fraction]:
    """The definition: the mean, over all orders, of what a player adds to those before it."""
    orders = list(permutations(players))
    total = dict.fromkeys(players, Fraction(0))
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            total[player] += worth(before | {player}) - worth(before)
    return {player: added / len(orders) for player, added in total.items()}


def answer(paths: list[tuple[list[str], int]]) -> Outcome:
    raw = [{"touchpoints": path, "conversions": count} for path, count in paths]
    return shapley_attribution(journeys=read_journeys(raw))


def credit_of(outcome: Outcome) -> dict[str, float]:
    assert outcome.result is not None
    return {row["channel"]: row["conversions"] for row in outcome.result["channels"]}


def test_the_oracle_solves_the_glove_game() -> None:
    """Two left gloves and one right glove are worth 1/6, 1/6 and 2/3."""
    game = PUBLISHED["shapley_glove_game"]
    worth = game["characteristic_function"]

    assert pytest.approx(game["shapley"]) == by_permutations(
        ["1", "2", "3"],
        lambda players: Fraction(worth.get(",".join(sorted(players)), 0)),
    )


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abcde"), min_size=1, max_size=6), st.integers(0, 9)),
        min_size=1,
        max_size=6,
    )
)
def test_the_closed_form_is_the_definition(paths: list[tuple[list[str], int]]) -> None:
    """Over all permutations each channel adds on average what the closed form gives it."""
    players = sorted({channel for path, _ in paths for channel in path})
    expected = by_permutations(
        players,
        lambda players: Fraction(sum(count for path, count in paths if players.issuperset(path))),
    )

    assert pytest.approx({p: float(credit) for p, credit in expected.items()}) == credit_of(
        answer(paths)
    )


@pytest.mark.parametrize("case", PUBLISHED["mta_tests_small"]["cases"][:2])
def test_published_credits(case: dict[str, Any]) -> None:
    """The published Shapley examples come out."""
    paths = [(one["path"], one["conversions"]) for one in case["paths"]]

    assert pytest.approx(case["shapley"]) == credit_of(answer(paths))


def test_no_channel_is_dropped_beyond_four() -> None:
    """Five channels on one path earn a fifth each; one known package drops the first."""
    case = PUBLISHED["edge_cases_where_peers_fail"]["cases"][0]
    raw = [
        {"touchpoints": p["path"], "conversions": p["conversions"], "not_converted": p["nulls"]}
        for p in case["paths"]
    ]

    assert dict.fromkeys("abcde", 2.0) == credit_of(
        shapley_attribution(journeys=read_journeys(raw))
    )


def test_a_channel_of_journeys_that_never_convert_earns_nothing_less() -> None:
    """A channel that only appears on lost journeys earns 0, never less."""
    raw = [{"touchpoints": ["a"]}, {"touchpoints": ["a", "bad"], "not_converted": 100}]

    assert {"a": 1.0, "bad": 0.0} == credit_of(shapley_attribution(journeys=read_journeys(raw)))


@pytest.mark.parametrize(
    ("path", "equal", "code"),
    [
        (["a", "b", "c"], True, "equals_linear"),
        (["a", "b", "a"], False, "differs_from_linear"),
    ],
)
def test_it_says_whether_it_equals_linear(path: list[str], equal: bool, code: str) -> None:  # noqa: FBT001 - a parameter of the test, not of a call
    """Where no converting journey repeats a channel the answer equals linear and says so."""
    outcome = answer([(path, 3)])
    linear = linear_attribution(journeys=read_journeys([{"touchpoints": path, "conversions": 3}]))
    assert outcome.result is not None

    assert equal == outcome.result["equals_linear"]
    assert equal == (credit_of(linear) == credit_of(outcome))
    assert code in [message.code for message in outcome.assumptions]


def test_a_lost_journey_that_repeats_a_channel_does_not_matter() -> None:
    """Only converting journeys decide whether the answer equals linear."""
    raw = [{"touchpoints": ["a", "b"]}, {"touchpoints": ["a", "a"], "not_converted": 1}]
    outcome = shapley_attribution(journeys=read_journeys(raw))
    assert outcome.result is not None

    assert outcome.result["equals_linear"]
