"""The gamma-gamma model of order values: published parameters and expectations."""

from __future__ import annotations

import numpy as np
import pytest
from lifetimes_oracle import spend_with
from records import cdnow, published
from scipy.integrate import quad
from scipy.stats import gamma

from service.analytics.customers.spend import (
    SpendModel,
    correlation,
    expected_order_value,
    fit_spend,
)
from service.message import Undefined

FREQUENCY, _, _, VALUE = cdnow()
REPEAT = (FREQUENCY > 0) & (VALUE > 0)
CDNOW = fit_spend(FREQUENCY[REPEAT], VALUE[REPEAT])


def test_published_parameters() -> None:
    """CDNOW: p 6.25, q 3.74 and v 15.44 (Fader & Hardie, note 025), 946 repeat buyers."""
    expected = published()["gamma_gamma"]["published"]

    assert 946 == REPEAT.sum()
    assert pytest.approx([expected[name] for name in "pqv"], abs=0.01) == CDNOW[:3]


def test_parameters_of_an_independent_fit() -> None:
    """Another optimiser, to five digits."""
    expected = published()["gamma_gamma"]["refit_here"]

    assert pytest.approx([expected[name] for name in "pqv"], rel=1e-5) == CDNOW[:3]


def test_log_likelihood_as_lifetimes_has_it() -> None:
    """The sum over the repeat buyers, in the money of the data."""
    oracle = spend_with({})
    each = oracle._negative_log_likelihood(  # noqa: SLF001 it has no public one
        np.log(CDNOW[:3]), FREQUENCY[REPEAT], VALUE[REPEAT], np.ones(REPEAT.sum()), 0.0
    )

    assert pytest.approx(-each * REPEAT.sum(), abs=1e-6) == CDNOW.log_likelihood


def test_published_expectations() -> None:
    """What the first ten customers spend on an order, to the dime."""
    expected = published()["gamma_gamma"]["conditional_expected_average_profit_first10"]
    got = expected_order_value(CDNOW, FREQUENCY, np.where(REPEAT, VALUE, 0.0))

    assert pytest.approx(expected, abs=0.1) == got[:10]


def test_expectation_is_the_posterior_mean() -> None:
    """By integration: ν ~ gamma(q + p·x, v + x·z), and the mean order value is p ÷ ν."""
    p, q, v = CDNOW[:3]
    posterior = gamma(q + p * 4, scale=1 / (v + 4 * 20.0))
    mean, _ = quad(lambda rate: p / rate * posterior.pdf(rate), 0, np.inf)

    assert (
        pytest.approx(mean, rel=1e-6)
        == expected_order_value(CDNOW, np.array([4.0]), np.array([20.0]))[0]
    )


def test_without_orders_the_mean_of_all_is_expected() -> None:
    """The mean is p · v ÷ (q − 1)."""
    assert CDNOW.mean == expected_order_value(CDNOW, np.zeros(1), np.zeros(1))[0]
    assert 6 == SpendModel(3.0, 2.0, 2.0, 0.0).mean


def test_many_orders_speak_for_themselves() -> None:
    """The expectation lies between the mean of all and the customer's own, and nears it."""
    got = expected_order_value(CDNOW, np.array([1.0, 10.0, 1e6]), np.full(3, 100.0))

    assert CDNOW.mean < got[0] < got[1] < got[2] == pytest.approx(100, rel=1e-4)


def test_the_currency_changes_v_alone() -> None:
    """In dong instead of dollars: v is 25,000 times as large, the rest as before."""
    dong = fit_spend(FREQUENCY[REPEAT], VALUE[REPEAT] * 25_000)

    assert pytest.approx((CDNOW.p, CDNOW.q, CDNOW.v * 25_000), rel=1e-7) == dong[:3]


@pytest.mark.parametrize("scale", [1e-290, 1e290])
def test_extreme_money_does_not_overflow(scale: float) -> None:
    """The search runs in a unit of its own."""
    assert pytest.approx(CDNOW.q, rel=1e-6) == fit_spend(FREQUENCY[REPEAT], VALUE[REPEAT] * scale).q


def test_simulated_customers_give_the_parameters_back() -> None:
    """20,000 customers who spend as the model says are recognised."""
    random = np.random.default_rng(3)
    orders = random.integers(1, 8, 20_000).astype(float)
    rates = random.gamma(4.0, 1 / 15.0, orders.size)
    values = random.gamma(6.0 * orders, 1 / (rates * orders))

    assert pytest.approx((6, 4, 15), rel=0.1) == fit_spend(orders, values)[:3]


def test_nobody_to_learn_from_is_a_reason() -> None:
    """No repeat buyer with a value."""
    with pytest.raises(Undefined) as undefined:
        fit_spend(np.empty(0), np.empty(0))

    assert "no_order_values" == undefined.value.message.code


def test_values_spread_without_a_mean_are_a_reason() -> None:
    """At q of 1 or less the mean order value does not exist."""
    random = np.random.default_rng(5)
    values = random.gamma(2.0, 1 / random.gamma(0.6, 1.0, 3000))
    with pytest.raises(Undefined) as undefined:
        fit_spend(np.ones(values.size), values)

    assert "no_mean_order_value" == undefined.value.message.code


def test_equal_values_are_a_reason() -> None:
    """Where everybody spends the same there is no spread to fit."""
    with pytest.raises(Undefined) as undefined:
        fit_spend(np.array([1.0, 2.0, 3.0]), np.full(3, 10.0))

    assert "no_convergence" == undefined.value.message.code


def test_correlation_of_the_published_data() -> None:
    """0.11 between frequency and mean value in CDNOW (Fader, Hardie & Lee 2005)."""
    assert 0.11 == round(correlation(FREQUENCY[REPEAT], VALUE[REPEAT]) or 0, 2)


def test_what_does_not_vary_has_no_correlation() -> None:
    """A constant has none."""
    assert correlation(np.ones(3), np.arange(3.0)) is None
    assert correlation(np.arange(3.0), np.ones(3)) is None
