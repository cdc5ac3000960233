"""Markov credit is the exact share of the removal effects."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.attribution import markov_chain
from service.analytics.attribution.journeys import Journeys, read_journeys
from service.analytics.attribution.markov import markov_attribution
from service.analytics.attribution.rules import last_touch_attribution
from service.message import Refused, Undefined
from service.outcome import Outcome

PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads(
        (Path(__file__).parents[1] / "literature/attribution/worked_examples.json").read_text()
    )
}

Paths = list[tuple[list[str], int, int]]


def grouped(paths: Paths) -> Journeys:
    return read_journeys(
        [
            {"touchpoints": path, "conversions": conversions, "not_converted": nulls}
            for path, conversions, nulls in paths
        ]
    )


def published(entry: str) -> Paths:
    return [(p["path"], p["conversions"], p["nulls"]) for p in PUBLISHED[entry]["paths"]]


def table(outcome: Outcome, name: str, field: str) -> dict[str, Any]:
    assert outcome.result is not None
    return {row["channel"]: row[field] for row in outcome.result[name]}


def credit_of(outcome: Outcome) -> dict[str, float]:
    return table(outcome, "channels", "conversions")


def conversion_chance(paths: Paths, order: int, removed: str | None = None) -> Fraction:
    """Solve the chain in fractions, a visit to *removed* being lost."""
    steps: dict[Any, Counter[Any]] = {}
    for path, conversions, nulls in paths:
        states = [tuple(path[max(0, i - order) : i]) for i in range(len(path) + 1)]
        for here, there in pairwise(states):
            steps.setdefault(here, Counter())[there] += conversions + nulls
        steps.setdefault(states[-1], Counter())["converted"] += conversions
        steps[states[-1]]["lost"] += nulls
    if removed is not None:
        steps = {here: nexts for here, nexts in steps.items() if here[-1:] != (removed,)}
    chances = {
        here: {there: Fraction(n, nexts.total()) for there, n in nexts.items()}
        for here, nexts in steps.items()
        if nexts.total()
    }
    for state in [one for one in chances if one]:
        nexts = chances.pop(state)
        leaving = 1 - nexts.pop(state, Fraction(0))
        for others in chances.values():
            arriving = others.pop(state, Fraction(0))
            for there, chance in nexts.items():
                others[there] = others.get(there, Fraction(0)) + arriving * chance / leaving
    return chances[()].get("converted", Fraction(0))


def removal_effects(paths: Paths, order: int) -> dict[str, Fraction]:
    whole = conversion_chance(paths, order)
    channels = {channel for path, *_ in paths for channel in path}
    return {c: 1 - conversion_chance(paths, order, c) / whole for c in channels}


@pytest.mark.parametrize("entry", ["bryl_2016_markov", "puzyrov_2019_markov"])
def test_published_chains(entry: str) -> None:
    """The published chance, removal effects and credits come out (not 1/3 each)."""
    expected = PUBLISHED[entry]["markov_order1"]
    outcome = markov_attribution(journeys=grouped(published(entry)))
    assert outcome.result is not None

    assert (
        pytest.approx(expected["base_conversion_probability"])
        == (outcome.result["conversion_probability"])
    )
    assert pytest.approx(expected["removal_effect"]) == table(
        outcome, "removal_effects", "removal_effect"
    )
    assert pytest.approx(expected["attributed_conversions"]) == credit_of(outcome)


journeys_of = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcd"), min_size=1, max_size=7),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=8,
).filter(lambda paths: any(conversions for _, conversions, _ in paths))


@settings(deadline=None, derandomize=True, max_examples=120)
@given(journeys_of, st.integers(1, 3))
def test_removal_effects_are_exact(paths: Paths, order: int) -> None:
    """At every order the removal effects equal those of a chain solved in fractions."""
    used = [path for path in paths if path[1] + path[2]]
    exact = {c: float(effect) for c, effect in removal_effects(used, order).items()}
    outcome = markov_attribution(journeys=grouped(paths), order=order)

    assert pytest.approx(exact, abs=1e-12) == table(outcome, "removal_effects", "removal_effect")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(journeys_of, st.integers(1, 3))
def test_credit_is_the_share_of_the_removal_effects(paths: Paths, order: int) -> None:
    """Credit is conversions times the share in the sum, also for channels never converting."""
    used = [path for path in paths if path[1] + path[2]]
    effects = removal_effects(used, order)
    conversions = sum(path[1] for path in paths)
    expected = {c: float(conversions * e / sum(effects.values())) for c, e in effects.items()}
    unused = {channel for path, *_ in paths for channel in path} - set(effects)

    assert pytest.approx({**expected, **dict.fromkeys(unused, 0.0)}) == credit_of(
        markov_attribution(journeys=grouped(paths), order=order)
    )


def test_value_follows_the_same_shares() -> None:
    """Value is shared as conversions are, wherever it was earned."""
    raw = [
        {"touchpoints": ["C1", "C2", "C3"], "value": 500},
        {"touchpoints": ["C1"], "not_converted": 1},
        {"touchpoints": ["C2", "C3"], "not_converted": 1},
    ]
    outcome = markov_attribution(journeys=read_journeys(raw))

    assert pytest.approx({"C1": 100, "C2": 200, "C3": 200}) == table(outcome, "channels", "value")


@pytest.mark.parametrize("order", [1, 2, 3])
def test_one_touch_journeys_equal_last_touch(order: int) -> None:
    """With one touch each, removal costs a channel exactly its own conversions."""
    journeys = grouped([(["a"], 5, 3), (["b"], 2, 0), (["c"], 1, 40)])

    assert pytest.approx(credit_of(last_touch_attribution(journeys=journeys))) == credit_of(
        markov_attribution(journeys=journeys, order=order)
    )


def test_a_rare_channel_is_not_lost() -> None:
    """One conversion in a hundred thousand is credited; a default simulation gives 0."""
    paths: Paths = [(["a", "b"], 60_000, 900_000), (["b"], 39_999, 10**6), (["rare", "b"], 1, 3)]
    effects = removal_effects(paths, 1)

    assert (
        pytest.approx(float(100_000 * effects["rare"] / sum(effects.values())))
        == (credit_of(markov_attribution(journeys=grouped(paths)))["rare"])
    )


def test_order_two_sees_what_came_before() -> None:
    """When b converts only after a, order 1 mixes up what order 2 keeps apart."""
    paths: Paths = [(["a", "b"], 10, 0), (["c", "b"], 0, 10)]
    first = credit_of(markov_attribution(journeys=grouped(paths), order=1))
    second = credit_of(markov_attribution(journeys=grouped(paths), order=2))

    assert pytest.approx({"a": 2.5, "b": 5.0, "c": 2.5}) == first
    assert pytest.approx({"a": 5.0, "b": 5.0, "c": 0.0}) == second


def test_without_lost_journeys_it_is_said() -> None:
    """Converted journeys alone show only who is visited, which deserves a warning."""
    outcome = markov_attribution(journeys=grouped([(["a", "b"], 3, 0), (["a"], 1, 0)]))

    assert ["no_lost_journeys"] == [message.code for message in outcome.warnings]
    assert {"a": 1.0, "b": 0.75} == table(outcome, "removal_effects", "removal_effect")


def test_it_names_its_convention() -> None:
    """The answer says how a channel is removed and how credit is aggregated."""
    outcome = markov_attribution(journeys=grouped([(["a"], 1, 1)]))

    assert ["removal_loses_visitors", "credit_by_removal_effect"] == [
        message.code for message in outcome.assumptions
    ]


def test_unattributed_conversions_stay_out_of_the_chain() -> None:
    """A conversion without a touch is credited to nobody and changes no other share."""
    raw: list[dict[str, Any]] = [
        {"touchpoints": ["a"], "conversions": 2, "not_converted": 2},
        {"touchpoints": ["a", "b"]},
        {"touchpoints": [], "conversions": 6},
    ]
    outcome = markov_attribution(journeys=read_journeys(raw))
    alone = markov_attribution(journeys=read_journeys(raw[:2]))

    assert pytest.approx({**credit_of(alone), "(unattributed)": 6.0}) == credit_of(outcome)


def test_no_conversions_have_no_removal_effect() -> None:
    """Where nothing converts credits are 0, effects null, and the reason is given."""
    outcome = markov_attribution(journeys=grouped([(["a", "b"], 0, 10), (["a"], 0, 10)]))
    assert outcome.reason is not None

    assert "no_conversions" == outcome.reason.code
    assert {"a": 0.0, "b": 0.0} == credit_of(outcome)
    assert {"a": None, "b": None} == table(outcome, "removal_effects", "removal_effect")


def test_no_journeys_make_an_empty_chain() -> None:
    """Without journeys there is no chance of conversion."""
    outcome = markov_attribution(journeys=read_journeys([]))
    assert outcome.result is not None

    assert (0, None) == (outcome.result["states"], outcome.result["conversion_probability"])
    assert () == outcome.warnings


def test_states_are_bounded_before_the_equations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain of too many states is refused while it is counted."""
    monkeypatch.setattr(markov_chain, "MOST_STATES", 3)
    journeys = grouped([(["a", "b", "a", "b"], 1, 1)])
    with pytest.raises(Refused) as caught:
        markov_attribution(journeys=journeys, order=3)
    allowed = markov_attribution(journeys=journeys, order=1)

    assert ("/order", "too_many_items") == (caught.value.pointer, caught.value.message.code)
    assert pytest.approx({"a": 0.5, "b": 0.5}) == credit_of(allowed)


def test_twelve_channels_at_order_three_are_allowed() -> None:
    """All states of 12 channels at order 3 fit."""
    assert 12 + 12**2 + 12**3 <= markov_chain.MOST_STATES


def test_counts_too_far_apart_are_undefined() -> None:
    """A chance of conversion below the smallest float is answered with a reason."""
    raw = [
        {"touchpoints": ["a"], "conversions": Decimal("1e-299")},
        {"touchpoints": ["b"], "not_converted": 10**299},
        {"touchpoints": ["c"], "not_converted": 10**299},
    ]
    with pytest.raises(Undefined) as caught:
        markov_attribution(journeys=read_journeys(raw))

    assert "out_of_range" == caught.value.message.code
