"""Lifetimes under contract: published fits, sums by brute force, and the edges."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from records import codes, published

from service.analytics.customers.shifted_beta_geometric import (
    Retention,
    discounted_lifetimes,
    fit_retention,
)
from service.analytics.customers.survival import (
    MOST_RENEWALS,
    PROJECTED_RENEWALS,
    survival_lifetime_value,
)
from service.message import Refused, Undefined

HIGH_END = [1, *published()["sbg_retention"]["high_end"]["survival"]]
REGULAR = [1, *published()["sbg_retention"]["regular"]["survival"]]


def answer(survivors: list[float], discount_rate: float = 0.1, **options: Any) -> dict[str, Any]:
    outcome = survival_lifetime_value(survivors=survivors, discount_rate=discount_rate, **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def survival(retention: Retention, renewals: int) -> list[float]:
    """Return S(0) to S(*renewals*), one renewal after the other."""
    rates = [1.0, *(retention.rate_at(renewal) for renewal in range(1, renewals + 1))]
    return np.cumprod(rates).tolist()


def test_published_high_end_parameters() -> None:
    """α 0.668 and β 3.806 for the High End data (Fader & Hardie 2007)."""
    expected = published()["sbg_retention"]["high_end"]["published"]
    result = answer(HIGH_END)

    assert (expected["alpha"], expected["beta"]) == (
        round(result["alpha"], 3),
        round(result["beta"], 3),
    )


@pytest.mark.parametrize(("name", "survivors"), [("high_end", HIGH_END), ("regular", REGULAR)])
def test_refitted_parameters_and_projection(name: str, survivors: list[float]) -> None:
    """An independent fit finds the same parameters and the same survivors in percent."""
    expected = published()["sbg_retention"][name]["refit_here"]
    result = answer([100 * share for share in survivors])

    assert pytest.approx((expected["alpha"], expected["beta"]), rel=1e-5) == (
        result["alpha"],
        result["beta"],
    )
    assert pytest.approx(expected["survivor_percent_t0_to_12"], rel=1e-6) == [
        row["survivors"] for row in result["renewals"][:13]
    ]


def test_published_projection() -> None:
    """The five renewals after the data: .460, .436, .414, .395, .378."""
    rows = answer(HIGH_END)["renewals"][8:13]

    assert [0.460, 0.436, 0.414, 0.395, 0.378] == [round(row["survival"], 3) for row in rows]


def test_published_residual_lifetime() -> None:
    """DERL at a discount of 10% is 7.530 after the seven renewals observed."""
    assert 7.530 == round(answer(HIGH_END)["discounted_expected_residual_lifetime"], 3)


@pytest.mark.parametrize("renewals_made", [0, 1, 3, 12])
@pytest.mark.parametrize("discount_rate", [0.05, 0.1, 1.0])
def test_lifetimes_are_the_sums_that_define_them(discount_rate: float, renewals_made: int) -> None:
    """DEL = Σ S(t) ÷ (1 + d)^t, and DERL(n) likewise from the next renewal on."""
    result = answer(REGULAR, discount_rate, renewals_made=renewals_made)
    left = survival(Retention(0.0, result["alpha"], result["beta"]), 1000)
    discounts = (1 + discount_rate) ** -np.arange(1001.0)
    residual = np.array(left[renewals_made + 1 :]) / left[renewals_made]

    assert pytest.approx(left @ discounts, rel=1e-10) == result["value"]
    assert (
        pytest.approx(residual @ discounts[: residual.size], rel=1e-10)
        == result["discounted_expected_residual_lifetime"]
    )


@pytest.mark.parametrize("alpha", [1e-3, 0.05, 0.1, 0.668, 1.0, 1.0000001, 3.0, 12.5])
@pytest.mark.parametrize("beta", [0.01, 1.0, 3.806, 40.0])
@pytest.mark.parametrize("discount_rate", [1e-6, 1e-3, 0.1, 10.0])
def test_lifetime_is_the_hypergeometric_function(
    alpha: float, beta: float, discount_rate: float
) -> None:
    """DEL = ₂F₁(1, β; α + β; 1 ÷ (1 + d)), to nine digits, by arbitrary precision."""
    with mpmath.workdps(40):
        exact = mpmath.hyp2f1(
            1, beta, mpmath.mpf(alpha) + beta, 1 / (1 + mpmath.mpf(discount_rate))
        )
    lifetime, _ = discounted_lifetimes(Retention(0.0, alpha, beta), discount_rate, 0)

    assert pytest.approx(float(exact), rel=1e-9) == lifetime


@pytest.mark.parametrize(("alpha", "beta"), [(1e4, 3e4), (5e5, 20.0), (700.0, 1e5)])
def test_little_heterogeneity_comes_near_the_geometric_lifetime(alpha: float, beta: float) -> None:
    """With large α and β all customers are alike, and nothing overflows."""
    churn_rate = alpha / (alpha + beta)
    lifetime, residual = discounted_lifetimes(Retention(churn_rate, alpha, beta), 0.1, 0)
    alike, rest_alike = discounted_lifetimes(Retention(churn_rate), 0.1, 0)

    assert pytest.approx((alike, rest_alike), rel=2e-3) == (lifetime, residual)


def test_without_discount_the_sum_is_closed() -> None:
    """At α above 1 it is (α + β − 1) ÷ (α − 1); at n renewals (β + n) ÷ (α − 1) remain."""
    assert (3, 5) == discounted_lifetimes(Retention(0.5, 3.0, 4.0), 0.0, 6)
    assert (9, 20) == discounted_lifetimes(Retention(0.5, 1.5, 4.0), 0.0, 6)


def test_without_discount_the_lifetime_may_be_infinite() -> None:
    """The High End α is 0.668: a reason and no value, but the projection."""
    result = answer(HIGH_END, 0.0)

    assert (None, "infinite_lifetime") == (result["value"], result["outcome"].reason.code)
    assert result["discounted_expected_residual_lifetime"] is None
    assert len(HIGH_END) + PROJECTED_RENEWALS == len(result["renewals"])


def test_one_churn_rate_for_all_is_reported_as_geometric() -> None:
    """A tenth leaves at every renewal: 5.5 periods at a discount of 10%, 10 without."""
    result = answer([1000, 900, 810, 729])

    assert ("geometric", None, None) == (result["model"], result["alpha"], result["beta"])
    assert pytest.approx((0.1, 5.5, 4.95)) == (
        result["churn_rate"],
        result["value"],
        result["discounted_expected_residual_lifetime"],
    )
    assert pytest.approx(10) == answer([1000, 900, 810, 729], 0.0)["value"]
    assert () == result["outcome"].warnings


def test_churn_that_rises_is_told() -> None:
    """Customers do not get less loyal in either model."""
    result = answer([100, 90, 70, 40, 10])

    assert ("geometric", ["churn_rises"]) == (result["model"], codes(result["outcome"].warnings))


def test_a_cohort_that_leaves_at_once_had_one_period() -> None:
    """Nobody renews."""
    result = answer([100, 0, 0])

    assert (1, 0) == (result["value"], result["discounted_expected_residual_lifetime"])


def test_a_cohort_that_only_leaves_at_first_has_no_maximum() -> None:
    """Some leave at once and the rest never: α and β go to 0."""
    with pytest.raises(Undefined) as undefined:
        answer([100, 60, 60, 60])

    assert "no_convergence" == undefined.value.message.code


def test_the_scale_of_the_cohort_does_not_matter() -> None:
    """Percent, people or shares: the same lifetime."""
    assert (
        pytest.approx(answer(HIGH_END)["value"], rel=1e-9)
        == answer([1e290 * share for share in HIGH_END])["value"]
    )


def test_observed_and_fitted_survivors_stand_side_by_side() -> None:
    """The first row is the whole cohort, the projected ones have nothing observed."""
    rows = answer(HIGH_END)["renewals"]

    assert {
        "renewal": 0,
        "observed_survivors": 1,
        "survivors": 1,
        "survival": 1,
        "retention_rate": None,
    } == rows[0]
    assert [*HIGH_END, *[None] * PROJECTED_RENEWALS] == [row["observed_survivors"] for row in rows]


def test_the_retention_rate_rises() -> None:
    """The likely leavers go first."""
    rates = [row["retention_rate"] for row in answer(HIGH_END)["renewals"][1:]]

    assert all(later > earlier for earlier, later in pairwise(rates))


@pytest.mark.parametrize(
    ("survivors", "code"),
    [
        ([], "too_few_renewals"),
        ([100], "too_few_renewals"),
        ([100, 50], "too_few_renewals"),
        ([0, 0, 0], "division_by_zero"),
        ([100, 100, 100], "no_churn"),
    ],
)
def test_what_says_nothing_of_churn_is_a_reason(survivors: list[float], code: str) -> None:
    """Fewer than two renewals, nobody at all, or nobody lost."""
    with pytest.raises(Undefined) as undefined:
        answer(survivors)

    assert code == undefined.value.message.code


def test_nobody_need_leave_at_the_first_renewal() -> None:
    """Losses may begin later."""
    assert "geometric" == answer([100, 100, 80])["model"]


@pytest.mark.parametrize(("survivors", "index"), [([100, 60, 61], 2), ([60, 61, 50], 1)])
def test_survivors_do_not_rise(survivors: list[float], index: int) -> None:
    """The pointer leads to the number that is more than the one before."""
    with pytest.raises(Refused) as refused:
        answer(survivors)

    assert (f"/survivors/{index}", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )
    assert {"before": 60, "after": 61} == refused.value.message.values


def test_the_longest_list_is_answered() -> None:
    """A thousand renewals, of customers who differ."""
    survivors = survival(Retention(0.0, 0.7, 4.0), MOST_RENEWALS)

    assert pytest.approx((0.7, 4.0), rel=1e-3) == tuple(
        answer(survivors)[name] for name in ("alpha", "beta")
    )


def test_a_longer_list_is_refused() -> None:
    """The limit is in the message."""
    with pytest.raises(Refused) as refused:
        answer([1.0] * (MOST_RENEWALS + 2))

    assert {"count": MOST_RENEWALS + 1, "limit": MOST_RENEWALS} == refused.value.message.values


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.floats(0.05, 20), st.floats(0.05, 20), st.integers(2, 12), st.floats(0.01, 1))
def test_the_fit_finds_the_parameters_of_a_perfect_cohort(
    alpha: float, beta: float, renewals: int, discount_rate: float
) -> None:
    """Survivors that follow the model exactly give its parameters back."""
    survivors = survival(Retention(0.0, alpha, beta), renewals)
    assume(survivors[-1] > 1e-4)
    fitted = fit_retention(survivors)

    assert pytest.approx((alpha, beta), rel=1e-2) == (fitted.alpha, fitted.beta)
    assert pytest.approx(
        discounted_lifetimes(Retention(0.0, alpha, beta), discount_rate, 3), rel=1e-2
    ) == discounted_lifetimes(fitted, discount_rate, 3)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=8),
    st.sampled_from([0.0, 1e-9, 0.1, 5.0]),
    st.integers(0, 1000),
)
def test_any_cohort_has_an_answer_or_a_reason(
    rates: list[float], discount_rate: float, renewals_made: int
) -> None:
    """Whatever the retention rates, a lifetime of at least its first period comes out."""
    survivors = np.cumprod([100.0, *rates]).tolist()
    try:
        outcome = survival_lifetime_value(
            survivors=survivors, discount_rate=discount_rate, renewals_made=renewals_made
        )
    except Undefined:
        return

    assert (outcome.value is None) == (outcome.reason is not None)
    assert outcome.value is None or 1 <= outcome.value
